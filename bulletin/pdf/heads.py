"""Headers over the columns of a table without rules: what stands over which columns, on how many levels."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from bulletin.pdf.characters import join
from bulletin.pdf.columns import Column, cut_across, gutters
from bulletin.pdf.shapes import Line, Piece, Rule

WRAPPED = 1.35
"""Lines closer than this many heights may be one header that was broken."""
OFF_CENTRE = 2.0
"""Points that a header costs more for standing at a side of its columns than over their middle."""
UNCOVERED = 4.0
"""... and for each column that it leaves without a header of its level."""
NAMES = 6.0
"""... and for standing over the names of the rows and over values at once."""
HALF = 0.75
"""A line nearer than this share of the rows' distance to those above and below it stands half way between them."""
WIDEST = 60
"""Columns over which the best places of headers are sought; in a wider table each stands over the nearest."""


@dataclass(frozen=True, slots=True)
class Head:
    """A header and the columns that it stands over, counted from 0."""

    piece: Piece
    first: int
    last: int


def heads_of(lines: Sequence[Line], columns: Sequence[Column], rules: Sequence[Rule], pitch: float) -> list[Head]:
    """Return the headers of the lines over the columns; `pitch` is how far the table's rows stand apart."""
    found: list[Head] = []
    level: set[int] = set()
    for at in range(len(lines) - 1, -1, -1):
        pieces = [part for piece in lines[at].pieces for part in _cut(piece, columns, at == len(lines) - 1)]
        under = lines[at + 1].middle if at + 1 < len(lines) else None
        covered = set() if _is_half_way(lines, at, pitch) else level
        row = _assign(pieces, columns, covered, _ruled(lines[at], under, rules) if under else [])
        for head in row:
            if head.first == head.last:
                columns[head.first].left = min(columns[head.first].left, head.piece.left)
                columns[head.first].right = max(columns[head.first].right, head.piece.right)
        found = row + found
        if not _is_half_way(lines, at, pitch):
            level |= {column for head in row for column in range(head.first, head.last + 1)}
    return _unwrapped(found, pitch)


def _cut(piece: Piece, columns: Sequence[Column], lowest: bool) -> list[Piece]:
    """Return the words of a piece that stand over different columns, where nothing but a space parts them."""
    if not lowest or not piece.edges:
        return [piece]
    wide = [
        place
        for place in gutters(columns)
        if any(
            one[1] - 1 <= place <= two[0] + 1 and two[0] - one[1] > 0.42 * piece.size
            for one, two in pairwise(piece.edges)
        )
    ]
    return cut_across(piece, wide)


def _is_half_way(lines: Sequence[Line], at: int, pitch: float) -> bool:
    """Whether a line stands between two others as a header over two rows does that is set in their middle."""
    if not 0 < at < len(lines) - 1:
        return False
    above, here, below = lines[at - 1 : at + 2]
    near = max(HALF * pitch, 0.9 * here.size)
    return here.middle - above.middle < near and below.middle - here.middle < near


def _ruled(line: Line, under: float, rules: Sequence[Rule]) -> list[Rule]:
    """Return the short rules between the line and the one under it: each runs below a header of several columns."""
    return [rule for rule in rules if line.middle < rule.at < under]


def _assign(pieces: Sequence[Piece], columns: Sequence[Column], covered: set[int], rules: Sequence[Rule]) -> list[Head]:
    """Return the pieces with the columns that each stands over: all of them together so that they fit best."""
    bounds = gutters(columns)
    count = len(columns)
    rules = [rule for rule in rules if sum(rule.start <= piece.centre <= rule.end for piece in pieces) == 1]
    plain = [_nearest(piece, columns) for piece in pieces]
    single = {head.first for head in plain if head.first == head.last}
    if len(pieces) > count or count > WIDEST or (len(single) == len(pieces) >= count - 1 and not rules):
        return plain

    def cost(piece: Piece, first: int, last: int) -> float:
        left, right = columns[first].left, columns[last].right
        low = bounds[first - 1] if first else float("-inf")
        high = bounds[last] if last < count - 1 else float("inf")
        if not low - 1 <= piece.centre <= high + 1:
            return float("inf")
        for rule in rules:
            if rule.start <= piece.centre <= rule.end:
                return abs(left - rule.start) + abs(right - rule.end)
        sides = (abs(piece.left - left), abs(piece.right - right))
        stub = NAMES if first == 0 < last and not columns[0].values else 0.0
        return min(abs(piece.centre - (left + right) / 2), *(side + OFF_CENTRE for side in sides)) + last - first + stub

    @cache
    def best(index: int, column: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        if index == len(pieces):
            return sum(UNCOVERED for left in range(column, count) if left in covered and left), ()
        options = []
        skipped = 0.0
        for first in range(column, count):
            for last in range(first, count):
                own = cost(pieces[index], first, last)
                if own < float("inf"):
                    rest, places = best(index + 1, last + 1)
                    options.append((skipped + own + rest, ((first, last), *places)))
            skipped += UNCOVERED if first in covered and first else 0.0
        return min(options, default=(float("inf"), ()))

    total, places = best(0, 0)
    if total == float("inf"):
        return plain
    return [Head(piece, *where) for piece, where in zip(pieces, places, strict=True)]


def _nearest(piece: Piece, columns: Sequence[Column]) -> Head:
    over = [at for at, column in enumerate(columns) if column.left < piece.right and piece.left < column.right]
    if over:
        return Head(piece, over[0], over[-1])
    near = min(range(len(columns)), key=lambda at: abs((columns[at].left + columns[at].right) / 2 - piece.centre))
    return Head(piece, near, near)


def _unwrapped(heads: Sequence[Head], pitch: float) -> list[Head]:
    """Return the headers with those made one that stand over the same columns, as close as lines of one text."""
    found: list[Head] = []
    for head in sorted(heads, key=lambda head: head.piece.middle):
        above = next((at for at in range(len(found) - 1, -1, -1) if _touch(found[at], head)), None)
        if above is not None and (found[above].first, found[above].last) == (head.first, head.last):
            upper, lower = found[above].piece, head.piece
            apart = lower.top + lower.size / 2 - (upper.bottom - upper.size / 2)
            goes_on = lower.text[0] in "(（" or lower.text[0].islower()
            if apart < WRAPPED * max(upper.size, lower.size) and (apart < 0.85 * pitch or goes_on):
                whole = replace(
                    upper,
                    text=join(upper.text, lower.text),
                    left=min(upper.left, lower.left),
                    right=max(upper.right, lower.right),
                    bottom=lower.bottom,
                    marks=upper.marks + lower.marks,
                    edges=(),
                )
                found[above] = Head(whole, head.first, head.last)
                continue
        found.append(head)
    return found


def _touch(one: Head, two: Head) -> bool:
    return one.first <= two.last and two.first <= one.last


def levels(heads: Sequence[Head]) -> list[tuple[Head, int, int]]:
    """Return each header with the row it begins in, from 0, and how many rows it takes: down to the next under it."""
    ordered = sorted(heads, key=lambda head: head.piece.middle)
    rows: list[int] = []
    for at, head in enumerate(ordered):
        above = [
            rows[i] for i in range(at) if _touch(ordered[i], head) and ordered[i].piece.bottom <= head.piece.middle
        ]
        rows.append(max(above, default=-1) + 1)
    depth = max(rows, default=-1) + 1
    placed = []
    for at, head in enumerate(ordered):
        below = [rows[i] for i in range(at + 1, len(ordered)) if _touch(ordered[i], head) and rows[i] > rows[at]]
        placed.append((head, rows[at], min(below, default=depth) - rows[at]))
    return placed
