"""A table in the terminal: as wide as the terminal, each row on one line, and what is left out is said."""

from collections.abc import Sequence
from typing import Any

from bulletin.answers.cells import fitted, plain, shown, width

GAP = 2
LEAST = 12
"""Columns that a long text keeps where the table is too wide."""
Row = Sequence[Any]


def grid(names: Sequence[str], numeric: Sequence[bool], rows: Sequence[Row], room: int) -> tuple[list[str], list[str]]:
    """Return the lines of the table, and the names of the columns that did not fit.

    Where it is too wide, columns without any value go first. Then texts are cut, the longest ones most; where that is
    not enough, the last columns are left out.

    >>> lines, left = grid(["period", "value", "quote"], [False, True, False], [["2021-12", 5, "five million"]], 24)
    >>> lines
    ['period   value', '2021-12      5']
    >>> left
    ['quote']
    """
    if sum(_widths(names, rows)) + GAP * (len(names) - 1) > room and (empty := _empty(rows)):
        kept = [at for at in range(len(names)) if at not in empty]
        lines, left = grid(
            [names[at] for at in kept], [numeric[at] for at in kept], [[row[at] for at in kept] for row in rows], room
        )
        return lines, [*(names[at] for at in empty), *left]
    texts = [[shown(value, name) for name, value in zip(names, row, strict=True)] for row in rows]
    heads = [plain(name) for name in names]
    sizes = _sizes(_widths(names, rows), numeric, room)
    lines = [
        (" " * GAP).join(fitted(line[at], size, right=numeric[at]) for at, size in enumerate(sizes)).rstrip()
        for line in [heads, *texts]
    ]
    return lines, list(names[len(sizes) :])


def _widths(names: Sequence[str], rows: Sequence[Row]) -> list[int]:
    """Return how wide each column is, its name included."""
    return [max([width(plain(name)), *(width(shown(row[at], name)) for row in rows)]) for at, name in enumerate(names)]


def _empty(rows: Sequence[Row]) -> list[int]:
    """Return the columns in which no row has a value, where any has."""
    empty = [at for at in range(len(rows[0]) if rows else 0) if all(row[at] is None for row in rows)]
    return empty if rows and len(empty) < len(rows[0]) else []


def _sizes(wide: Sequence[int], numeric: Sequence[bool], room: int) -> list[int]:
    """Return the width of each column that is shown."""
    for count in range(len(wide), 1, -1):
        fixed = sum(w for w, number in zip(wide[:count], numeric, strict=False) if number)
        texts = [w for w, number in zip(wide[:count], numeric, strict=False) if not number]
        left = room - GAP * (count - 1) - fixed
        if left >= sum(min(w, LEAST) for w in texts):
            most = _most(texts, left)
            return [w if number else min(w, most) for w, number in zip(wide[:count], numeric, strict=False)]
    return [min(wide[0], max(room, LEAST))]


def _most(texts: Sequence[int], left: int) -> int:
    """Return the width that no text may pass so that all of them fit."""
    remaining = sorted(texts)
    while remaining and remaining[0] <= left // len(remaining):
        left -= remaining.pop(0)
    return max(left // len(remaining), 1) if remaining else max(texts, default=1)
