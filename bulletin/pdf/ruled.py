"""Cells of ruled tables with the pieces that stand in them; rows that only their lines part are parted here."""

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from bulletin.model import Cell
from bulletin.pdf.cells import Placed, cell_of
from bulletin.pdf.columns import cut_across, parted
from bulletin.pdf.grids import Grid
from bulletin.pdf.indents import Named, indented
from bulletin.pdf.rows import rows_of
from bulletin.pdf.shapes import Line, Piece, lines_of
from bulletin.pdf.signs import is_missing, is_value

Contents = Mapping[int, list[Piece]]
"""The pieces of each cell of a grid, by the cell's number."""


def ruled(grid: Grid, pieces: Sequence[Piece]) -> Placed | None:
    """Return the table, or None where its rules do not part its values: it is to be read as a table without rules."""
    contents = _contents(grid, pieces)
    if not contents:
        return None
    if any(_beside(inside) for inside in contents.values()):
        return None
    grid = _parted_rows(grid, contents)
    contents = _contents(grid, pieces)
    filled = [(cell, contents[at]) for at, cell in enumerate(grid.cells) if at in contents]
    if len(filled) < 3 or len(grid.ys) < 3 or len(grid.xs) < 3:
        return None
    rows = {row: at for at, row in enumerate(sorted({cell[0] for cell, _ in filled}))}
    columns = {column: at for at, column in enumerate(sorted({cell[1] for cell, _ in filled}))}
    cells: list[Cell] = []
    names: list[Named] = []
    for (row, column, high, wide), inside in filled:
        # Rules drawn twice, or around empty strips, make rows and columns that hold nothing: they do not count.
        spanned = (_count(rows, row, high), _count(columns, column, wide))
        cell = cell_of(inside, rows[row], columns[column], *spanned)
        if cell.column > 1 or cell.columns > 1 or cell.row == 1:
            cells.append(cell)
        else:
            names.append((cell, inside[0]))
    cells = sorted([*cells, *indented(names)], key=lambda cell: (cell.row, cell.column))
    middles = tuple((grid.xs[column] + grid.xs[column + 1]) / 2 for column in columns)
    return Placed(grid.box, tuple(cells), 0, middles, median(piece.size for piece in pieces))


def _count(places: Mapping[int, int], first: int, many: int) -> int:
    return 1 if many == 1 else sum(first <= place < first + many for place in places)


def _contents(grid: Grid, pieces: Sequence[Piece]) -> dict[int, list[Piece]]:
    owners = {
        (row + down, column + right): at
        for at, (row, column, high, wide) in enumerate(grid.cells)
        for down in range(high)
        for right in range(wide)
    }
    found: dict[int, list[Piece]] = {}
    for piece in pieces:
        for part in cut_across(piece, grid.xs[1:-1]) if piece.edges else [piece]:
            row, column = bisect(grid.ys, part.middle) - 1, bisect(grid.xs, part.centre) - 1
            if (row, column) in owners:
                found.setdefault(owners[row, column], []).append(part)
    return found


def _beside(inside: Sequence[Piece]) -> bool:
    """Whether two values stand beside each other in a cell: rules between columns are missing."""
    if sum(is_value(piece.text) for piece in inside) < 2 and not any(piece.edges for piece in inside):
        return False
    for line in map(parted, lines_of(inside)):
        if sum(is_value(piece.text) and not is_missing(piece.text) for piece in line.pieces) > 1:
            return True
    return False


def _parted_rows(grid: Grid, contents: Contents) -> Grid:
    """Return the grid with a row for each line of values where rules part only the columns."""
    ys = list(grid.ys)
    cells = list(grid.cells)
    for row in range(len(grid.ys) - 2, -1, -1):
        inside = {at: contents[at] for at, cell in enumerate(grid.cells) if cell[0] == row and at in contents}
        stacked = [
            pieces for pieces in inside.values() if len(pieces) > 1 and sum(is_value(p.text) for p in pieces) > 1
        ]
        heights = {len(lines_of(pieces)) for pieces in inside.values()}
        if not stacked or (len(stacked) < 2 and len(heights) > 1) or any(grid.cells[at][2] > 1 for at in inside):
            continue
        lines = lines_of(piece for pieces in inside.values() for piece in pieces)
        cuts = _cuts(rows_of(lines, ()))
        if cuts:
            ys[row + 1 : row + 1] = cuts
            cells = [part for cell in cells for part in _split(cell, row, len(cuts))]
    return replace(grid, ys=tuple(ys), cells=tuple(cells))


def _cuts(rows: Sequence[Sequence[Line]]) -> list[float]:
    return [
        (max(line.bottom for line in above) + min(line.top for line in below)) / 2 for above, below in pairwise(rows)
    ]


def _split(cell: tuple[int, int, int, int], row: int, more: int) -> list[tuple[int, int, int, int]]:
    """Return a cell after `more` rows were put in below `row`."""
    top, column, high, wide = cell
    if top > row:
        return [(top + more, column, high, wide)]
    if top == row and high == 1:
        return [(top + extra, column, 1, wide) for extra in range(more + 1)]
    return [(top, column, high + more if top + high > row else high, wide)]
