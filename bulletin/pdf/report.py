"""From pages to content: text with blocks, tables, and what a person should know of pages that hold none."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from bulletin.content import Content
from bulletin.model import Block, Table
from bulletin.pdf.cells import Placed
from bulletin.pdf.continued import continued
from bulletin.pdf.margins import is_page_number, running
from bulletin.pdf.prose import Paragraph, Setting, goes_on, paragraphs, reach
from bulletin.pdf.shapes import Page, Piece, lines_of
from bulletin.pdf.tables import tables_of

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(slots=True)
class _Writing:
    """The text as it is written down, block by block."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    length: int = 0

    def write(self, kind: str, text: str, place: str, level: int = 0) -> None:
        """Write a block and a line end."""
        self.blocks.append(Block(kind, self.length, self.length + len(text), level, place))
        self.parts += (text, "\n")
        self.length += len(text) + 1


def content_of(pages: Sequence[Page], title: str | None = None) -> Content:
    """Return the content of a document's pages."""
    heads = running(pages)
    read = [
        tables_of(page, [piece for piece in page.pieces if id(piece) not in menu])
        for page, menu in zip(pages, heads, strict=True)
    ]
    body = _body_size([region for _, _, order in read for region in order])
    unhyphenated = _unhyphenated(pages)
    blocks: list[Paragraph] = []
    reaches = _reaches(pages, [order for _, _, order in read])
    for page, (_, roles, order) in zip(pages, read, strict=True):
        right = reaches.get(round(page.width), 0.0) if len(order) == 1 else 0.0
        setting = Setting(body, right, tuple(rule.at for rule in page.horizontal))
        for region in order:
            _append(blocks, paragraphs(region, roles, setting, page.number, unhyphenated), unhyphenated)
    tables = [(page.number, placed) for page, (placed, _, _) in zip(pages, read, strict=True)]
    writing = _Writing()
    levels = _levels(blocks)
    for block in blocks:
        level = levels[round(block.size)] if block.kind == "heading" else 0
        writing.write(block.kind, block.text, f"page {block.page}", level)
    for text, number in _menus(pages, heads):
        writing.write("menu", text, f"page {number}")
    return Content(
        "".join(writing.parts),
        tuple(writing.blocks),
        tuple(_named(continued(tables))),
        title=title,
        notes=tuple(_unread(pages, heads)),
    )


def _append(blocks: list[Paragraph], more: Sequence[Paragraph], unhyphenated: Callable[[str, str], bool]) -> None:
    """Put blocks behind those before them; the first may end the last paragraph, over captions, notes and tables."""
    last = next((block for block in reversed(blocks) if block.kind not in ("caption", "note")), None)
    at = next((at for at, block in enumerate(more) if block.kind not in ("caption", "note")), None)
    if last is not None and at is not None and goes_on(last, more[at]):
        ending = more[at]
        for line in ending.lines:
            last.add(line, unhyphenated)
        last.right = ending.right
        more = [*more[:at], *more[at + 1 :]]
    blocks += more


def _body_size(regions: Sequence[Sequence[Piece]]) -> float:
    """Return the height that most characters of the text outside tables have."""
    sizes: Counter[int] = Counter()
    for piece in (piece for region in regions for piece in region):
        sizes[round(2 * piece.size)] += len(piece.text)
    return max(sizes.items(), key=lambda item: item[1])[0] / 2 if sizes else 0.0


def _reaches(pages: Sequence[Page], orders: Sequence[Sequence[Sequence[Piece]]]) -> dict[int, float]:
    """Return by the width of pages how far the text of those reaches that have one column."""
    found: dict[int, float] = {}
    for page, order in zip(pages, orders, strict=True):
        if len(order) == 1 and order[0]:
            width = round(page.width)
            found[width] = max(found.get(width, 0.0), reach(lines_of(order[0])))
    return found


def _levels(blocks: Sequence[Paragraph]) -> dict[int, int]:
    """Return the level of each size of heading: the largest is 1."""
    sizes = sorted({round(block.size) for block in blocks if block.kind == "heading"}, reverse=True)
    return {size: min(level, 6) for level, size in enumerate(sizes, start=1)}


def _unhyphenated(pages: Sequence[Page]) -> Callable[[str, str], bool]:
    """Return what tells whether the document writes a word, that a line end broke at a hyphen, without one."""
    known: set[str] = set()

    def tell(before: str, after: str) -> bool:
        if not known:
            known.update(
                word.casefold() for page in pages for piece in page.pieces for word in _WORD.findall(piece.text)
            )
        first, last = re.search(r"[^\W\d_]+$", before), _WORD.match(after)
        return bool(first and last and (first[0] + last[0]).casefold() in known)

    return tell


def _menus(pages: Sequence[Page], heads: Sequence[set[int]]) -> Iterator[tuple[str, int]]:
    """Yield each running head once, with the first page that has it; page numbers are not worth a block."""
    seen: set[str] = set()
    for page, menu in zip(pages, heads, strict=True):
        for piece in page.pieces:
            words = re.sub(r"\d+", "#", piece.text)
            if id(piece) in menu and words not in seen and not is_page_number(piece.text):
                seen.add(words)
                yield piece.text, page.number


def _named(tables: Sequence[tuple[int, Sequence[Placed]]]) -> Iterator[Table]:
    for number, placed in tables:
        for at, table in enumerate(placed, start=1):
            yield Table(f"page {number}, table {at}", table.cells, table.caption, notes=table.notes)


def _unread(pages: Sequence[Page], heads: Sequence[set[int]]) -> Iterator[tuple[str, str]]:
    """Yield a finding where pages show something and have no text."""
    empty = [
        page.number
        for page, menu in zip(pages, heads, strict=True)
        if page.drawn and all(id(piece) in menu for piece in page.pieces)
    ]
    if empty:
        have = "has" if len(empty) == 1 else "have"
        message = (
            f"{_ranges(empty)} of {len(pages)} {have} no text layer, only a picture: nothing is read from there. "
            "Recognise the text (OCR) and put the file with its text layer into raw/"
        )
        yield "needs_ocr", message


def _ranges(numbers: Sequence[int]) -> str:
    """Return page numbers as a person writes them.

    >>> _ranges([3]), _ranges([1, 2, 3, 7])
    ('page 3', 'pages 1-3, 7')
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return f"page {words}" if len(numbers) == 1 else f"pages {words}"
