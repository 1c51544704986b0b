"""Tables that stand side by side without rules: names of rows begin a second time, behind a wide gap."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from bulletin.pdf.columns import columns_of
from bulletin.pdf.shapes import Line, Piece, line_of
from bulletin.pdf.signs import is_caption

WIDER = 1.5
"""The gap between two tables is this many times as wide as those between columns."""
NAMED = 0.6
"""Share of the rows that have a name in a column of names."""


def halves(body: Sequence[Line], heads: Sequence[Line], above: Line | None) -> list[float]:
    """Return where across the lines must be cut so that each part is one table; `above` is the line over them."""
    columns = columns_of(body)
    gaps = [two.left - one.right for one, two in pairwise(columns)]
    found: list[float] = []
    first = 0
    titles = [piece for piece in above.pieces if is_caption(piece.text)] if above else []
    for at in range(2, len(columns) - 1):
        if columns[at].values or not any(column.values for column in columns[first + 1 : at]):
            continue
        named = sum(
            any(columns[at].left - 1 <= piece.left <= columns[at].right for piece in line.pieces) for line in body
        )
        place = (columns[at - 1].right + columns[at].left) / 2
        titled = any(title.left > columns[at - 1].left and title.left <= columns[at].left + 30 for title in titles[1:])
        wide = gaps[at - 1] > WIDER * median(gaps) or titled
        crossed = any(piece.left < place < piece.right for line in heads for piece in line.pieces)
        if wide and not crossed and columns[at + 1].values and named >= NAMED * len(body):
            found.append(place)
            first = at
    return found


def cut_lines(lines: Sequence[Line], places: Sequence[float]) -> list[list[Line]]:
    """Return the lines of each part, without those that have nothing there."""
    bounds = [float("-inf"), *places, float("inf")]
    return [
        [line_of(inside) for line in lines if (inside := _between(line, left, right))]
        for left, right in pairwise(bounds)
    ]


def _between(line: Line, left: float, right: float) -> list[Piece]:
    return [piece for piece in line.pieces if left <= piece.centre < right]
