"""A table's cells at the rows and columns that they are laid out at."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from bulletin.errors import ReaderError
from bulletin.word.names import TC, TC_PR, TR, TR_PR, VAL, W, is_on, number, value, within

CELL_LIMIT = 200_000
"""Cells of one table."""
WIDEST = 1_000
"""Columns of a table; Word makes no more than 63."""
_SPAN, _DOWN, _RIGHT = f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge"
_ROWS, _CELLS = frozenset({TR}), frozenset({TC})


@dataclass(slots=True)
class Place:
    """A cell where it is laid out; rows and columns count from 1."""

    row: int
    column: int
    element: Element
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """The places of a table's cells, and how many rows at its top the document repeats on each page."""

    places: tuple[Place, ...]
    head: int


def lay(table: Element) -> Grid:
    """Return where the cells stand.

    Raises:
        ReaderError: the table has more cells or columns than are read.
    """
    places: list[Place] = []
    merged: dict[int, Place] = {}
    row = head = 0
    for element in within(table, _ROWS):
        properties = element.find(TR_PR)
        if properties is not None and (properties.find(f"{W}del") is not None or is_on(properties, "hidden")):
            continue
        row += 1
        if head == row - 1 and is_on(properties, "tblHeader"):
            head = row
        places += _row(row, element, number(value(properties, f"{W}gridBefore")), merged)
        if len(places) > CELL_LIMIT:
            raise ReaderError(f"a table has more than the {CELL_LIMIT:,} cells that are read of one: divide it")
    return Grid(tuple(places), head if head < row else 0)


def _row(row: int, element: Element, before: int, merged: dict[int, Place]) -> Iterator[Place]:
    """Yield the places of a row; a cell that goes on from above lengthens that one, kept in `merged` by its column."""
    column = 1 + before
    last: Place | None = None
    for cell in within(element, _CELLS):
        columns, down, right = _merging(cell.find(TC_PR))
        if column + columns > WIDEST + 1:
            raise ReaderError(
                f"row {row} of a table reaches to column {column + columns - 1:,}, more than the {WIDEST:,} columns "
                "that are read"
            )
        above = merged.get(column)
        if right == "continue" and last is not None:
            last.columns += columns
        elif down == "continue" and above is not None:
            above.rows = row - above.row + 1
        else:
            last = Place(row, column, cell, columns=columns)
            merged.pop(column, None)
            if down:
                merged[column] = last
            yield last
        column += columns


def _merging(properties: Element | None) -> tuple[int, str, str]:
    """Return over how many columns a cell goes, and whether it is merged down and to the right.

    `restart` begins a merged cell, `continue` goes on with it, "" is neither.
    """
    columns, down, right = 1, "", ""
    for one in properties if properties is not None else ():
        if one.tag == _SPAN:
            columns = max(1, number(one.get(VAL), 1))
        elif one.tag == _DOWN:
            down = one.get(VAL, "continue")
        elif one.tag == _RIGHT:
            right = one.get(VAL, "continue")
    return columns, down, right
