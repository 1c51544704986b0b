"""Reading hedges: what the words around a number say of its exactness."""

import re
from functools import lru_cache

from bulletin.words import trie_pattern, word_key
from schemas.catalogue import Language
from schemas.concepts import Bound


def hedge(text: str, start: int, end: int, language: Language) -> Bound:
    """Return what the words right before or behind the number `text[start:end]` say of its exactness."""
    before, after, meanings = _hedges(language)
    if match := before.search(text, max(0, start - 30), start):
        return meanings["before", word_key(match["word"])]
    if after and (match := after.match(text, end)):
        return meanings["after", word_key(match["word"])]
    return Bound.EXACT


@lru_cache(maxsize=16)
def _hedges(language: Language) -> tuple[re.Pattern[str], re.Pattern[str] | None, dict[tuple[str, str], Bound]]:
    meanings: dict[tuple[str, str], Bound] = {}
    words: dict[str, list[str]] = {"before": [], "after": []}
    for bound, sides in language.hedges.items():
        for side, listed in sides.items():
            words[side] += listed
            meanings |= {(side, word_key(word)): Bound(bound) for word in listed}
    edge = r"(?<![A-Za-z])" if language.boundaries else ""
    before = re.compile(rf"{edge}(?P<word>{trie_pattern(words['before'], plural=False)})[\s]*$", re.IGNORECASE)
    after = rf"\s*(?P<word>{trie_pattern(words['after'], plural=False)})" if words["after"] else ""
    return before, re.compile(after) if after else None, meanings
