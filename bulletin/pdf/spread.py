"""Names of rows that are set in the middle of several rows, as a merged cell is."""

from collections.abc import Sequence

from bulletin.pdf.columns import Column, place
from bulletin.pdf.shapes import Line, Piece, line_of

OFF = 0.3
"""Share of the rows' distance that a name may stand off the middle of its rows."""

Spread = tuple[Piece, int, int]
"""A name with the first and the last of its rows, counted from 0."""


def spread(lines: Sequence[Line], columns: Sequence[Column], pitch: float) -> tuple[list[Line], list[Spread]]:
    """Return the lines without the names that stand for several rows, and these; no names where they do not fit all.

    Each name of the first column must stand in the middle of its rows, and the rows of all of them be all the rows.
    """
    if len(columns) < 3 or all(line.left < columns[1].left and len(line.pieces) > 1 for line in lines):
        return list(lines), []
    rest, names = [], []
    for line in lines:
        own = [piece for piece in line.pieces if place(piece, columns) == 0 and piece.right <= columns[1].left]
        names += own
        if others := [piece for piece in line.pieces if piece not in own]:
            rest.append(line_of(others))
    # Each name in its own row is the rule; a row of a line each is all that is understood here.
    if not names or len(names) >= len(rest) or len(columns) < max(len(r.pieces) for r in rest) + 1:
        return list(lines), []
    found: list[Spread] = []
    first = 0
    for name in names:
        last = next((at for at in range(first, len(rest)) if _is_middle(name, rest[first], rest[at], pitch)), None)
        if last is None:
            return list(lines), []
        found.append((name, first, last))
        first = last + 1
    return (rest, found) if first == len(rest) else (list(lines), [])


def _is_middle(name: Piece, first: Line, last: Line, pitch: float) -> bool:
    return abs((first.middle + last.middle) / 2 - name.middle) <= OFF * pitch
