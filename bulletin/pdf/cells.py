"""Cells of tables as they stand on a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from bulletin.model import Cell
from bulletin.pdf.characters import join, unspaced
from bulletin.pdf.marks import without_marks
from bulletin.pdf.shapes import Piece, lines_of


@dataclass(frozen=True, slots=True)
class Placed:
    """A table and where it stands on its page."""

    box: tuple[float, float, float, float]
    """Left, top, right, bottom."""
    cells: tuple[Cell, ...]
    head: int
    """Rows of headers, 0 where nothing tells."""
    columns: tuple[float, ...]
    """Middle of each column."""
    size: float
    """Height of its print."""
    caption: str = ""
    notes: tuple[str, ...] = ()


def cell_of(pieces: Sequence[Piece], row: int, column: int, rows: int = 1, columns: int = 1) -> Cell:
    """Return the cell with the text of its pieces; row and column are counted from 0."""
    text = ""
    marks: tuple[str, ...] = ()
    if len(pieces) == 1:
        text, marks = pieces[0].text, pieces[0].marks
    else:
        for line in lines_of(pieces):
            for piece in line.pieces:
                text, marks = join(text, piece.text), marks + piece.marks
    text, raised = without_marks(unspaced(text))
    return Cell(row + 1, column + 1, text, rows, columns, marks=marks + raised)
