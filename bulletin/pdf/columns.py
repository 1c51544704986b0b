"""The columns of a table without rules, from where its values stand, and the pieces that are parted for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bulletin.pdf.shapes import Line, Piece, line_of
from bulletin.pdf.signs import is_amount, is_value, is_year

TIGHT = 0.42
"""Values that stand this share of their height apart are in two columns; the groups of 1 162 stand closer."""


@dataclass(slots=True)
class Column:
    """Where a column is; it grows with the header over it."""

    left: float
    right: float
    values: int = 0
    """How many values stand in it."""


def parted(line: Line) -> Line:
    """Return the line with pieces of several values, or of a name and values behind it, cut between these."""
    if not any(piece.edges for piece in line.pieces):
        return line
    return line_of([part for piece in line.pieces for part in _parts(piece)])


def _parts(piece: Piece) -> list[Piece]:
    words = piece.text.split()
    if len(words) != len(piece.edges) or not is_value(words[-1]):
        return [piece]
    first = len(words) - 1
    while first and is_value(words[first - 1]):
        first -= 1
    gaps = [piece.edges[at][0] - piece.edges[at - 1][1] for at in range(1, len(words))]
    usual = min(gaps[: first - 1], default=0.0)
    cuts = [
        at
        for at in range(max(1, first), len(words))
        if gaps[at - 1] > max(TIGHT * piece.size, 1.5 * usual if at == first else 0)
    ]
    return cut(piece, cuts)


def cut(piece: Piece, at: Sequence[int]) -> list[Piece]:
    """Return the parts of a piece that begin at its first word and at those counted in `at`."""
    words = piece.text.split()
    if not at or len(words) != len(piece.edges):
        return [piece]
    bounds = [0, *at, len(words)]
    parts = []
    for begin, end in pairwise(bounds):
        edges = piece.edges[begin:end]
        parts.append(
            Piece(
                " ".join(words[begin:end]),
                edges[0][0],
                piece.top,
                edges[-1][1],
                piece.bottom,
                piece.size,
                piece.marks if end == len(words) else (),
                edges if len(edges) > 1 else (),
            )
        )
    return parts


def cut_across(piece: Piece, places: Iterable[float]) -> list[Piece]:
    """Return the piece cut at each of the places across that falls between two of its words."""
    at = [
        index
        for place in places
        for index in range(1, len(piece.edges))
        if piece.edges[index - 1][1] <= place + 1 and place - 1 <= piece.edges[index][0]
    ]
    return cut(piece, sorted(set(at)))


def columns_of(lines: Sequence[Line]) -> list[Column]:
    """Return the columns: values over one another, and the words beside them that no value stands under."""
    values = [piece for line in lines if len(line.pieces) > 1 for piece in line.pieces if is_amount(piece.text)]
    columns = _overlapping(values, values=1)
    words = [
        piece
        for line in lines
        if len(line.pieces) > 1
        for piece in line.pieces
        if not is_amount(piece.text) and not any(_shared(piece, column) > 0 for column in columns)
    ]
    columns = sorted([*columns, *_overlapping(words, values=0)], key=lambda column: column.left)
    names = [line.pieces[0] for line in lines if len(line.pieces) == 1 and columns and line.right < columns[0].left]
    # Names that stand alone, before every row: each is of several rows, whose own names are behind it.
    return [*_overlapping(names, values=0), *columns] if len(names) > 1 else columns


def _overlapping(pieces: Iterable[Piece], values: int) -> list[Column]:
    columns: list[Column] = []
    for piece in sorted(pieces, key=lambda piece: piece.left):
        if columns and piece.left < columns[-1].right - 0.5:
            columns[-1].right = max(columns[-1].right, piece.right)
            columns[-1].values += values
        else:
            columns.append(Column(piece.left, piece.right, values))
    return columns


def _shared(piece: Piece, column: Column) -> float:
    return min(piece.right, column.right) - max(piece.left, column.left)


def place(piece: Piece, columns: Sequence[Column]) -> int:
    """Return the column that a piece of a row stands in: the one it shares most with, else the nearest."""
    left, right = piece.left, piece.right
    best, most = 0, float("-inf")
    for index, column in enumerate(columns):
        shared = (right if right < column.right else column.right) - (left if left > column.left else column.left)
        if shared > most:
            if shared == right - left:  # it stands in the column as a whole
                return index
            best, most = index, shared
    return best


def conflicts(lines: Sequence[Line], columns: Sequence[Column]) -> int:
    """Return in how many lines two values stand in one column."""
    count = 0
    for line in lines:
        taken = [place(piece, columns) for piece in line.pieces if is_value(piece.text) and not is_year(piece.text)]
        count += len(taken) > len(set(taken))
    return count


def gutters(columns: Sequence[Column]) -> list[float]:
    """Return the middle of the space between each two columns."""
    return [(one.right + two.left) / 2 for one, two in pairwise(columns)]
