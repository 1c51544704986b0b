"""Tables that go on over the next page: each part is a table of its own, under the same headers and title."""

from collections.abc import Sequence
from dataclasses import replace

from bulletin.model import Cell
from bulletin.pdf.cells import Placed
from bulletin.pdf.signs import is_continued, is_value

SHIFT = 12.0
"""Points that a column may stand elsewhere on the next page."""

Pages = Sequence[tuple[int, list[Placed]]]


def continued(pages: Pages) -> Pages:
    """Return the tables with headers and title given to a page's first where it goes on with the last one before it.

    The parts stay apart, so that the page and row of each cell are those where a person finds it; headers that the
    second part does not repeat are put over it, and its rows count from there.
    """
    found: list[tuple[int, list[Placed]]] = []
    for number, tables in pages:
        before = found[-1] if found else None
        if before and before[0] == number - 1 and before[1] and tables and _goes_on(before[1][-1], tables[0]):
            tables = [_headed(tables[0], before[1][-1]), *tables[1:]]
        found.append((number, tables))
    return found


def _goes_on(before: Placed, table: Placed) -> bool:
    if table.caption and not is_continued(table.caption) and table.caption != before.caption:
        return False
    if len(before.columns) != len(table.columns) or before.notes:
        return False
    return all(abs(one - two) < SHIFT for one, two in zip(before.columns, table.columns, strict=True))


def _headed(table: Placed, before: Placed) -> Placed:
    caption = before.caption or table.caption
    head = before.head or _head(before.cells)
    if not head or table.head or _head(table.cells):
        return replace(table, caption=caption, head=table.head or _head(table.cells))
    above = tuple(cell for cell in before.cells if cell.row <= head)
    below = tuple(replace(cell, row=cell.row + head) for cell in table.cells)
    return replace(table, cells=above + below, head=head, caption=caption)


def _head(cells: Sequence[Cell]) -> int:
    """Return how many rows stand above the first one with a value behind its name."""
    rows = [cell.row for cell in cells if cell.column > 1 and is_value(cell.text)]
    return min(rows) - 1 if rows else 0
