"""Where a person finds a cell."""

from bulletin.model import Cell, Table


def address_of(table: Table, cell: Cell) -> str:
    """Return how a person finds the cell: `sheet 网民规模, C4` or `table 1, row 3, column 2`."""
    if table.addresses == "sheet":
        return f"{table.name}, {_letters(cell.column)}{cell.row}"
    return f"{table.name}, row {cell.row}, column {cell.column}"


def _letters(column: int) -> str:
    """Return a spreadsheet's name of the column: 28 is AB."""
    name = ""
    while column:
        column, digit = divmod(column - 1, 26)
        name = chr(ord("A") + digit) + name
    return name
