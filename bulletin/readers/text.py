"""Plain text and Markdown: headings, list items and paragraphs, with offsets into the text as decoded."""

import re
from collections.abc import Iterator

from bulletin.content import Content, decode
from bulletin.model import Block, Metadata

SUFFIXES = (".txt", ".md", ".markdown", ".text")
MEDIA_TYPE = "text/plain"

_HEADING = re.compile(r"(#{1,6})\s+\S")
_ITEM = re.compile(r"\s*(?:[-*•]\s|\d{1,2}[.)]\s)")
_ENDED = re.compile(r"[.。!！?？:：;；…]['\"”’」』)）*]*\s*$")
WRAPPED = 60
"""A line at least this long that ends in mid-sentence goes on in the next line."""


def read(data: bytes, metadata: Metadata) -> Content:
    """Return the text and its blocks; raises ReaderError where the bytes are no text."""
    text, encoding = decode(data, metadata.encoding)
    return Content(text, tuple(blocks(text)), encoding=encoding)


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of the text: a line each, but lines broken in mid-sentence are one paragraph.

    >>> text = "# Title\\n\\n" + "a" * 60 + "\\nand so on.\\nNext."
    >>> [(block.kind, text[block.start:block.end][-10:]) for block in blocks(text)]
    [('heading', '# Title\\n'), ('paragraph', 'nd so on.\\n'), ('paragraph', 'Next.')]
    """
    pending: Block | None = None
    previous = ""
    at = 0
    for line in text.splitlines(keepends=True):
        start, at = at, at + len(line)
        block = _block(line, start, at)
        if pending and block and block.kind == "paragraph" and _goes_on(pending, previous):
            pending = Block(pending.kind, pending.start, block.end)
        else:
            if pending:
                yield pending
            pending = block
        previous = line
    if pending:
        yield pending


def _block(line: str, start: int, end: int) -> Block | None:
    if not line.strip():
        return None
    if heading := _HEADING.match(line):
        return Block("heading", start, end, len(heading[1]))
    return Block("item" if _ITEM.match(line) else "paragraph", start, end)


def _goes_on(pending: Block, previous: str) -> bool:
    return pending.kind != "heading" and len(previous) >= WRAPPED and not _ENDED.search(previous)
