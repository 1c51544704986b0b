"""How far the names of rows are set in: parts of what stands above them."""

from collections.abc import Sequence
from dataclasses import replace

from bulletin.model import Cell
from bulletin.pdf.shapes import Piece

INDENT = "\u3000"
"""Stands before a name for each step that it is set in, as in cells of the other formats."""
LEAST, MOST = 0.6, 4.0
"""Heights of a line that one step has."""
SAME = 0.15
"""Heights that two names set in alike may differ by."""
DEEPEST = 3
"""Steps; more places where names begin are those of names set in the middle of their column."""

Named = tuple[Cell, Piece]
"""A cell of the first column, and its first piece."""


def indented(names: Sequence[Named]) -> list[Cell]:
    """Return the cells, those that are set in with a sign for each step before their text."""
    if len(names) < 3:
        return [cell for cell, _ in names]
    size = names[0][1].size
    base = min(piece.left for _, piece in names)
    offsets = [piece.left - base for _, piece in names]
    first = min((offset for offset in offsets if offset > SAME * size), default=0.0)
    if not LEAST * size <= first <= MOST * size or names[0][1].left - base > SAME * size:
        return [cell for cell, _ in names]
    steps = [round(offset / first) for offset in offsets]
    if max(steps) > DEEPEST or any(
        abs(offset - step * first) > SAME * size for offset, step in zip(offsets, steps, strict=True)
    ):
        return [cell for cell, _ in names]
    return [replace(cell, text=INDENT * step + cell.text) for (cell, _), step in zip(names, steps, strict=True)]
