"""PDF: tables of every look, prose, running heads, damaged and hostile files."""

from functools import lru_cache

import pytest

from bulletin.content import Content
from bulletin.errors import ReaderError
from bulletin.model import Cell, Table
from tests.pdf_grids import GRIDS, long
from tests.samples import content
from tests.tables.grid import Grid, GridCell
from tests.tables.write_pdf import LOOKS, browser, prose, write

NO_BROWSER = "no Chromium on this machine (chromium, chromium-browser, google-chrome)"


def looks(*names: str) -> list[object]:
    """Return the looks as parameters, those that need a browser skipped where there is none."""
    skip = pytest.mark.skipif(browser() is None, reason=NO_BROWSER)
    return [pytest.param(name, marks=skip) if name == "printed" else name for name in names or LOOKS]


@lru_cache(maxsize=64)
def read_grid(grid: Grid, look: str) -> Content:
    """Return what is read of the grid."""
    return content(write(grid, look), "a.pdf")


def paths(cells: list[tuple[int, int, int, int, str]], head: int) -> dict[tuple[str, str], str]:
    """Return the text of each value cell by its name and the headers over it, the highest first."""
    found = {}
    for row, column, _, _, text in cells:
        if row > head and column > 1:
            over = [c for c in cells if c[0] <= head and c[1] <= column < c[1] + c[3]]
            name = next((c[4] for c in cells if c[0] == row and c[1] == 1), "")
            found[name, " | ".join(c[4] for c in sorted(over))] = text
    return found


def printed_cells(grid: Grid) -> list[tuple[int, int, int, int, str]]:
    """Return the cells of the grid: row, column, rows, columns, text."""
    return [
        (r, c, cell.rows, cell.columns, cell.text)
        for r, row in enumerate(grid.rows, start=1)
        for c, cell in enumerate(row, start=1)
        if isinstance(cell, GridCell)
    ]


def found_cells(table: Table) -> list[tuple[int, int, int, int, str]]:
    """Return the cells of a table in the same form."""
    return [(c.row, c.column, c.rows, c.columns, c.text) for c in table.cells]


@pytest.mark.parametrize("look", looks())
@pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: grid.id)
def test_cells(grid: Grid, look: str) -> None:
    """Every cell is read at its row and column, with its spans and without the signs of notes."""
    (table,) = read_grid(grid, look).tables
    assert found_cells(table) == printed_cells(grid)


@pytest.mark.parametrize("look", looks())
@pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: grid.id)
def test_around_a_table(grid: Grid, look: str) -> None:
    """A table has its title and unit line as caption and the lines under it as notes; its marks are told apart."""
    (table,) = read_grid(grid, look).tables
    assert table.name == "page 1, table 1"
    assert table.caption == f"{grid.title} {grid.unit_line}".strip()
    assert table.notes == grid.notes
    marked = {cell.text: cell.mark for row in grid.rows for cell in row if cell and cell.mark}
    assert {cell.text: cell.marks[0] for cell in table.cells if cell.marks} == marked
