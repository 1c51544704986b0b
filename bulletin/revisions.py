"""Whether a document says that figures of it were revised: words of its language, where they speak of the figure."""

import re
from functools import lru_cache

from bulletin.cells import is_note
from bulletin.extract import language_of
from bulletin.model import Document, Mention
from bulletin.text import normalise
from bulletin.words import lowered, trie_pattern
from schemas.catalogue import Catalogue, Language

APART = ("heading", "caption", "note")
"""Blocks that speak of the figures around them; a word in the middle of a text may be about a law."""


class Revisions:
    """Looks for words of a revision in one document."""

    def __init__(self, document: Document, catalogue: Catalogue) -> None:
        """Look at what speaks of all figures of the document, or of all those in a table."""
        self._pattern = _pattern(language_of(document, catalogue))
        self._everywhere = any(map(self._said, _about_all(document, language_of(document, catalogue))))
        self._tables = tuple(
            f"{table.name}, " for table in document.tables if any(map(self._said, (table.caption, *table.notes)))
        )

    def of(self, mention: Mention) -> bool:
        """Return whether a revision is spoken of beside the number, in its table, or of the whole document."""
        if self._everywhere or (mention.address or "").startswith(self._tables):
            return True
        return self._said(f"{mention.prefix}{mention.quote}{mention.suffix}")

    def _said(self, text: str) -> bool:
        return bool(self._pattern.search(lowered(normalise(text))))


def _about_all(document: Document, language: Language) -> list[str]:
    """Return the title, the sidecar's note, headings, captions and notes."""
    texts = [(block.kind, document.text[block.start : block.end]) for block in document.blocks]
    apart = [text for kind, text in texts if kind in APART or (kind != "menu" and is_note(text, language))]
    return [document.metadata.title or "", document.metadata.note or "", *apart]


@lru_cache(maxsize=16)
def _pattern(language: Language) -> re.Pattern[str]:
    words = trie_pattern(language.revisions, plural=False) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)" if language.boundaries else words)
