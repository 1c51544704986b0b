"""Running heads and feet, and page numbers: what stands at the edge of the page and comes back on others."""

import re
from collections.abc import Callable, Iterator, Sequence

from bulletin.pdf.shapes import Line, Page, Piece, lines_of
from bulletin.pdf.signs import is_caption, is_unit_line

EDGE = 0.13
"""Share of the page's height, at its top and at its foot, where running heads stand."""
LINES = 3
"""Lines of a running head."""
APART = 0.7
"""Heights of a line that are empty between a running head and the text; the head of a table is nearer to its rows."""
PLACE = 4.0
"""Points within which lines of two pages are at the same place."""
LARGER = 1.15
"""A line in print this much larger than the one beside it is a heading."""
NEAR = 3
"""Pages on either side on which a running head is looked for: left and right pages may have their own."""
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"[-–—·•|\s]*(?:(?:page|p\.|第)?\s*\d{1,4}\s*页?(?:\s*(?:/|of|共|，共)\s*\d{1,4}\s*页?)?|[ivxl]{1,6})[-–—·•|\s]*",
    re.IGNORECASE,
)

Edges = list[tuple[Line, bool]]
"""Lines at the edge of a page, the outermost first, and whether each is set apart from the text."""

Seen = dict[tuple[str, int], dict[int, tuple[int, ...]]]
"""Words and place of a line: the pages that have it, and the numbers in it there."""


def running(pages: Sequence[Page]) -> list[set[int]]:
    """Return of each page the ids of the pieces that are its running heads and feet and its page number."""
    edges = [_edges(page) for page in pages]
    seen: Seen = {}
    for number, sides in enumerate(edges):
        for line, _ in (found for side in sides for found in side):
            seen.setdefault(_key(line), {})[number] = _numbers(line)
    return [
        {id(piece) for side in sides for piece in _running(side, number, seen)} for number, sides in enumerate(edges)
    ]


def is_page_number(text: str) -> bool:
    """Return whether the text numbers a page and says nothing else.

    >>> [is_page_number(text) for text in ("- 3 -", "Page 3 of 10", "第 3 页 共 10 页", "3 Users")]
    [True, True, True, False]
    """
    return _NUMBER.fullmatch(text) is not None


def _edges(page: Page) -> tuple[Edges, Edges]:
    top = [piece for piece in page.pieces if piece.bottom < 2 * EDGE * page.height]
    foot = [piece for piece in page.pieces if piece.top > (1 - 2 * EDGE) * page.height]
    heads = _apart(lines_of(top), lambda line: line.bottom < EDGE * page.height, page)
    feet = _apart(lines_of(foot)[::-1], lambda line: line.top > (1 - EDGE) * page.height, page)
    return heads, feet


def _apart(lines: Sequence[Line], outside: Callable[[Line], bool], page: Page) -> Edges:
    found: Edges = []
    for at, line in enumerate(lines[:LINES]):
        if not outside(line):
            break
        inner = lines[at + 1] if at + 1 < len(lines) else None
        gap = max(inner.top - line.bottom, line.top - inner.bottom) if inner else float("inf")
        if inner is not None and line.size > LARGER * inner.size:
            break
        apart = gap > APART * line.size or (inner is not None and _ruled_off(line, inner, page))
        found.append((line, apart))
    return found


def _ruled_off(line: Line, inner: Line, page: Page) -> bool:
    top, bottom = sorted((line.middle, inner.middle))
    return any(top < rule.at < bottom and rule.end - rule.start > 0.5 * page.width for rule in page.horizontal)


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.middle / PLACE)


def _numbers(line: Line) -> tuple[int, ...]:
    return tuple(int(digits[:9]) for digits in _DIGITS.findall(line.text))


def _running(side: Edges, page: int, seen: Seen) -> Iterator[Piece]:
    """Yield the pieces of the lines down to the innermost that is set apart and comes back, or is a page number."""
    depth = 0
    for at, (line, apart) in enumerate(side):
        text = line.text
        if is_caption(text) or is_unit_line(text):
            break
        numbered = is_page_number(text) and at == depth
        if apart and (numbered or _comes_back(line, page, seen)):
            depth = at + 1
    for line, _ in side[:depth]:
        yield from line.pieces


def _comes_back(line: Line, page: int, seen: Seen) -> bool:
    """Whether another page has the line at this place: the same words, and numbers that are the same or count pages."""
    text, here = _key(line)
    own = _numbers(line)
    for place in (here - 1, here, here + 1):
        found = seen.get((text, place), {})
        for other in (number for number in range(page - NEAR, page + NEAR + 1) if number != page and number in found):
            pairs = zip(own, found[other], strict=True)
            if all(mine == theirs or mine - theirs == page - other for mine, theirs in pairs):
                return True
    return False
