"""Reading hedges: what the words around a number say of its exactness."""

import re
from functools import lru_cache

from bulletin.words import trie_pattern, word_key
from schemas.catalogue import Language
from schemas.concepts import Bound

REACH = 30
"""Characters before a number in which its hedge stands."""


def hedge(text: str, start: int, end: int, language: Language) -> Bound:
    """Return what the words right before or behind the number `text[start:end]` say of its exactness."""
    before, ends, after, meanings = _hedges(language)
    ahead = max(0, start - REACH)
    ended = text[ahead:start].rstrip().lower().endswith(ends)
    if ended and (match := before.search(text, ahead, start)):
        return meanings["before", word_key(match["word"])]
    if after and (match := after.match(text, end)):
        return meanings["after", word_key(match["word"])]
    return Bound.EXACT


@lru_cache(maxsize=16)
def _hedges(
    language: Language,
) -> tuple[re.Pattern[str], tuple[str, ...], re.Pattern[str] | None, dict[tuple[str, str], Bound]]:
    """Return the patterns before and behind a number, what those before it end with, and what the words mean."""
    meanings: dict[tuple[str, str], Bound] = {}
    words: dict[str, list[str]] = {"before": [], "after": []}
    for bound, sides in language.hedges.items():
        for side, listed in sides.items():
            words[side] += listed
            meanings |= {(side, word_key(word)): Bound(bound) for word in listed}
    edge = r"(?<![A-Za-z])" if language.boundaries else ""
    before = re.compile(rf"{edge}(?P<word>{trie_pattern(words['before'], plural=False)})[\s]*$", re.IGNORECASE)
    after = rf"\s*(?P<word>{trie_pattern(words['after'], plural=False)})" if words["after"] else ""
    ends = tuple(sorted({word_key(word).split()[-1] for word in words["before"]}))
    return before, ends, re.compile(after) if after else None, meanings
