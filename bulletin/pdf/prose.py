"""Paragraphs, headings, items and notes from lines; a paragraph goes on over the end of a column or a page."""

import re
from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from bulletin.pdf.captions import Roles
from bulletin.pdf.characters import IS_CJK, join
from bulletin.pdf.shapes import Line, Piece, lines_of
from bulletin.pdf.signs import ends_sentence, has_leaders, is_caption, is_item, is_note

INDENT = 0.8
"""Heights of a line that a first line is set in."""
LEADING = 1.35
"""A line this many times farther from the one above it than usual begins a paragraph."""
ALIKE = 0.14
"""Share by which the heights of two lines of one print differ: a line of figures is lower than one of Chinese."""
SPREAD = 1.4
"""A gap of so many heights within a line is none between words."""
HEADING, HEADING_LENGTH = 1.12, 160
"""A line whose print is this much larger than the text's is a heading, unless it is longer than one."""
_STOPS = re.compile(r"[。；;，,：:]$|[a-z)]\.$")
"""What no heading ends with."""

Unhyphenated = Callable[[str, str], bool]
"""Told what stands before and behind a hyphen at a line's end: whether the word is written without it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a page is set."""

    body: float
    """Height of the document's plain text."""
    right: float = 0.0
    """How far the text of such pages reaches, where they have one column."""
    rules: tuple[float, ...] = ()
    """Where lines are drawn across: no paragraph goes on over one."""


@dataclass(slots=True)
class Paragraph:
    """A block being put together."""

    kind: str
    size: float
    page: int
    text: str = ""
    lines: list[Line] = field(default_factory=list)
    right: float = 0.0
    """How far the lines of its column reach."""

    def add(self, line: Line, unhyphenated: Unhyphenated) -> None:
        """Take a line in."""
        for piece in line.pieces:
            self.text = joined(self.text, piece.text, unhyphenated)
        self.lines.append(line)


def joined(before: str, after: str, unhyphenated: Unhyphenated) -> str:
    """Return two lines as one text; a hyphen at the end goes where the document writes the word without it."""
    if before.endswith("-") and after[:1].islower() and unhyphenated(before[:-1], after):
        return before[:-1] + after
    return join(before, after)


def paragraphs(
    pieces: Sequence[Piece], roles: Roles, setting: Setting, page: int, unhyphenated: Unhyphenated
) -> list[Paragraph]:
    """Return the blocks of one region of a page."""
    lines = lines_of(pieces)
    if not lines:
        return []
    left, right = min(line.left for line in lines), max(reach(lines), setting.right)
    leading = _leading(lines)
    found: list[Paragraph] = []
    for line in lines:
        kind = _kind(line, roles, setting.body)
        last = found[-1] if found else None
        if last is None or _parted(last.lines[-1], line, setting.rules) or not _same(last, kind, line, left, leading):
            last = Paragraph(kind, line.size, page, right=right)
            found.append(last)
        last.add(line, unhyphenated)
    return found


def _kind(line: Line, roles: Roles, body: float) -> str:
    role = roles.get(id(line.pieces[0]))
    if role:
        return role
    if has_leaders(line):
        return "menu"
    if line.size > HEADING * body and len(line.text) <= HEADING_LENGTH and not _STOPS.search(line.text):
        return "heading"
    if is_item(line.text):
        return "item"
    return "note" if line.size < 0.93 * body and is_note(line.text) else "paragraph"


def reach(lines: Sequence[Line]) -> float:
    """Return how far the text reaches: to where at least two lines end."""
    ends = sorted((line.right for line in lines), reverse=True)
    return next((one for one, two in pairwise(ends) if one - two < 8), ends[0])


def _leading(lines: Sequence[Line]) -> float:
    apart = [two.middle - one.middle for one, two in pairwise(lines)]
    near = [gap for gap, line in zip(apart, lines, strict=False) if gap < 2.2 * line.size]
    return median(near) if near else 0.0


def _same(block: Paragraph, kind: str, line: Line, left: float, leading: float) -> bool:
    """Whether the line goes on with the block above it."""
    last = block.lines[-1]
    alike = abs(line.size - block.size) <= ALIKE * block.size
    near = line.middle - last.middle <= max(LEADING * leading, 1.05 * line.size)
    if kind == "heading" or block.kind == "heading":
        return kind == block.kind and alike and line.middle - last.middle < 1.7 * line.size
    if not near or not alike or kind == "item":
        return False
    if kind == "note" or block.kind in ("caption", "note"):
        return block.kind == "note" and kind == "note" and not is_note(line.text)
    if kind != "paragraph" or block.kind == "menu" or (is_caption(line.text) and ends_sentence(block.text)):
        return False
    return _unfinished(block, line) and not _indented(block, line, left)


def _parted(above: Line, line: Line, rules: Sequence[float]) -> bool:
    """Whether a drawn line stands between two lines, or one of them is spread out, as a name and its value are."""
    at = bisect(rules, above.middle)
    return (at < len(rules) and rules[at] < line.middle) or _is_spread(above) or _is_spread(line)


def _is_spread(line: Line) -> bool:
    pieces = line.pieces
    return any(two.left - one.right > SPREAD * line.size for one, two in pairwise(pieces))


def _unfinished(block: Paragraph, line: Line) -> bool:
    """Whether the line above was full: the first word of the next would not have fitted behind it."""
    last = block.lines[-1]
    if last.pieces[-1].text.endswith("-"):
        return True
    first = line.pieces[0]
    chinese = IS_CJK.match(first.text) is not None
    # Chinese breaks anywhere, but not within a number or before a mark.
    if IS_CJK.match(last.text[-1]) and not ends_sentence(last.text) and last.right > block.right - 5 * line.size:
        return True
    word = 1.5 * line.size if chinese else (first.edges[0][1] if first.edges else first.right) - first.left
    space = 0.5 * line.size if chinese else 0.3 * line.size
    fits = last.right + space + word < block.right - 0.6 * line.size
    return not fits or (not chinese and first.text[0].islower() and not ends_sentence(last.text))


def _indented(block: Paragraph, line: Line, left: float) -> bool:
    """Whether the line is set in as a first line is."""
    step = INDENT * line.size
    last = block.lines[-1]
    if len(block.lines) == 1:  # of an item the second line is set in, of a paragraph the first
        return block.kind != "item" and line.left > last.left + step
    return line.left > last.left + step or (line.left > left + step and abs(line.left - last.left) > step)


def goes_on(block: Paragraph, behind: Paragraph) -> bool:
    """Whether a paragraph at the end of a column or page goes on with the first of the next."""
    if block.kind not in ("paragraph", "item") or behind.kind != "paragraph":
        return False
    if abs(block.size - behind.size) > ALIKE * block.size or block.lines[-1].right < block.right - 3 * block.size:
        return False
    open_end = not ends_sentence(block.text) or block.text[-1] in "，,、-"
    first = behind.lines[0]
    second = behind.lines[1] if len(behind.lines) > 1 else first
    return open_end and first.left < second.left + INDENT * first.size
