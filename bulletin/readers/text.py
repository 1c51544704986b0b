"""Plain text and Markdown: paragraphs and headings, with offsets into the text as decoded."""

import re
from collections.abc import Iterator

from bulletin.model import Block

_HEADING = re.compile(r"(#{1,6})\s+\S")
_ITEM = re.compile(r"\s*(?:[-*•]\s|\d{1,2}[.)]\s)")


def blocks(text: str) -> Iterator[Block]:
    """Yield a block for every line that holds anything; Markdown's headings and list items are told apart."""
    at = 0
    for line in text.splitlines(keepends=True):
        start, at = at, at + len(line)
        if not line.strip():
            continue
        if heading := _HEADING.match(line):
            yield Block("heading", start, at, len(heading[1]))
        else:
            yield Block("item" if _ITEM.match(line) else "paragraph", start, at)
