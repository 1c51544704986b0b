"""The rows of a table without rules: which lines are one row, broken, and which are rows of their own."""

from bisect import bisect
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from statistics import median

from bulletin.pdf import limits
from bulletin.pdf.shapes import Line, Rule
from bulletin.pdf.signs import is_amount, is_value

NEAR = 0.8
"""A line without values nearer than this share of the rows' distance belongs to the row beside it."""
LONGEST = 60
"""Characters of a piece in a row of values; prose has more."""


@lru_cache(maxsize=1_024)
def is_row(line: Line) -> bool:
    """Return whether values stand in the line, apart from a name or from one another."""
    if not 2 <= len(line.pieces) <= limits.COLUMNS or any(len(piece.text) > LONGEST for piece in line.pieces):
        return False
    values = sum(is_amount(piece.text) for piece in line.pieces[1:])
    return values > 0 and 3 * values >= len(line.pieces) - 1


def pitch_of(lines: Sequence[Line]) -> float:
    """Return how far rows of values stand apart, from middle to middle; 0 where there is but one."""
    rows = [is_row(line) for line in lines]
    next_to = [two.middle - one.middle for at, (one, two) in enumerate(pairwise(lines)) if rows[at] and rows[at + 1]]
    middles = [line.middle for line, row in zip(lines, rows, strict=True) if row]
    apart = next_to or [two - one for one, two in pairwise(middles)]
    return median(apart) if apart else 0.0


def rows_of(lines: Sequence[Line], rules: Sequence[Rule]) -> list[list[Line]]:
    """Return the lines of each row. Rules between the rows say which these are; without them, how near they are."""
    if len(rules) >= 2 and 2 * len(rules) >= sum(map(is_row, lines)):
        bands: dict[int, list[Line]] = {}
        places = [rule.at for rule in rules]
        for line in lines:
            bands.setdefault(bisect(places, line.middle), []).append(line)
        if all(sum(map(is_row, band)) <= 1 for band in bands.values()):
            return list(bands.values())
    pitch = pitch_of(lines)
    rows: list[list[Line]] = []
    open_above = False
    for at, line in enumerate(lines):
        above = at > 0 and not open_above and _belongs(line, lines[at - 1], lines[at + 1 : at + 2], pitch)
        if rows and (above or open_above):
            rows[-1].append(line)
        else:
            rows.append([line])
        open_above = not is_row(line) and not above and _leads(lines, at, pitch)
    return rows


def _belongs(line: Line, before: Line, behind: Sequence[Line], pitch: float) -> bool:
    """Whether a line without values ends the row above it."""
    if is_row(line):
        return False
    up = line.middle - before.middle
    down = behind[0].middle - line.middle if behind else float("inf")
    if up < NEAR * pitch and up <= 1.1 * down:
        return True
    text, words = line.text, before.pieces[0].text
    opened = any(words.count(one) > words.count(two) for one, two in ("()", "（）"))
    return (text[0].islower() or opened) and up <= max(pitch, 1.5 * line.size)


def _leads(lines: Sequence[Line], at: int, pitch: float) -> bool:
    """Whether a line without values begins the row under it."""
    if at + 1 >= len(lines) or not is_row(lines[at + 1]):
        return False
    line, below = lines[at], lines[at + 1]
    nameless = is_value(below.pieces[0].text) and below.left > line.left + line.size
    return below.middle - line.middle < NEAR * pitch or (nameless and below.middle - line.middle < 1.1 * pitch)
