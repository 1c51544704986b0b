"""The tables of a page, and what is left of it."""

from collections.abc import Sequence
from itertools import islice

from bulletin.errors import ReaderError
from bulletin.pdf import limits
from bulletin.pdf.aligned import aligned
from bulletin.pdf.captions import Roles, framed
from bulletin.pdf.cells import Placed
from bulletin.pdf.flow import regions
from bulletin.pdf.grids import Grid, grids_of
from bulletin.pdf.ruled import ruled
from bulletin.pdf.shapes import Page, Piece, Rule, lines_of

Box = tuple[float, float, float, float]
EDGE = 2.0
"""Points that text may stand out of a table's rules."""


def tables_of(page: Page, pieces: Sequence[Piece]) -> tuple[list[Placed], Roles, list[list[Piece]]]:
    """Return the page's tables from top to bottom, what stands around them, and the text in reading order.

    The text is what belongs to no table: captions and notes are in it, told by their role.
    """
    found: list[Placed] = []
    left = list(pieces)
    for grid in _grids(page):
        inside = _inside(left, grid.box)
        table = ruled(grid, inside)
        tables = [table] if table else list(aligned(lines_of(inside), _inner(page, grid.box), forced=True))
        left = _outside(left, tables)
        found += tables
    across = [table.box for table in found] + [(rule.start, rule.at, rule.end, rule.at) for rule in page.horizontal]
    order = regions(left, across)
    for at, region in enumerate(order):
        tables = list(aligned(lines_of(region), page.horizontal))
        found += tables
        _check(page, found)
        order[at] = _outside(region, tables)
    found.sort(key=lambda table: (round(table.box[1] / 10), table.box[0]))
    framed_tables, roles = framed(found, order)
    return framed_tables, roles, order


def _grids(page: Page) -> list[Grid]:
    """Return the ruled tables; a page with more of them than any report's is a drawing."""
    found = list(islice(grids_of(page), limits.TABLES + 1))
    return found if len(found) <= limits.TABLES else []


def _check(page: Page, found: Sequence[Placed]) -> None:
    if len(found) > limits.TABLES:
        raise ReaderError(f"page {page.number} has more than the {limits.TABLES:,} tables that are read of one page")


def _inside(pieces: Sequence[Piece], box: Box) -> list[Piece]:
    left, top, right, bottom = box[0] - EDGE, box[1] - EDGE, box[2] + EDGE, box[3] + EDGE
    return [
        piece
        for piece in pieces
        if top <= (piece.top + piece.bottom) / 2 <= bottom and left <= (piece.left + piece.right) / 2 <= right
    ]


def _outside(pieces: Sequence[Piece], tables: Sequence[Placed]) -> list[Piece]:
    taken = {id(piece) for table in tables for piece in _inside(pieces, table.box)}
    return [piece for piece in pieces if id(piece) not in taken] if taken else list(pieces)


def _inner(page: Page, box: Box) -> list[Rule]:
    return [
        rule
        for rule in page.horizontal
        if box[1] + EDGE < rule.at < box[3] - EDGE and rule.start < box[2] and rule.end > box[0]
    ]
