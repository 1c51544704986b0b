"""Years of works that a text refers to: "(Miller and Wu, 2010)" and "Wu (2010)" date no number."""

import re
from dataclasses import replace

from bulletin.model import FoundPeriod, Token
from bulletin.scan import Sentence
from schemas.catalogue import Catalogue

_OPENED = re.compile(r"[(;]\s*([^();]{1,80}?)[\s,]*$")
_NAMES = re.compile(r"(?:(?:[A-Z][\w.'’-]*|&|and|et|al\.?|of|for|the|see)[\s,]*)+")
_NAMED = re.compile(r"([A-Z][\w'’-]*)(?:\set\sal\.?,?)?\s[(\[]$")
_CLOSED = re.compile(r"[a-z]?\s*[);\],]")
REACH = 100
"""Characters before a year in which the names of its authors stand."""


def without_citations(sentence: Sentence, catalogue: Catalogue) -> Sentence:
    """Return the sentence without the periods that are years of cited works.

    What the catalogue knows is no author's name: "(Brazil, 2010)" and "(4G, 2010)" are no citations.
    """
    if not sentence.spaced:
        return sentence
    kept = tuple(period for period in sentence.periods if not _is_cited(sentence, period, catalogue))
    return sentence if len(kept) == len(sentence.periods) else replace(sentence, periods=kept)


def _is_cited(sentence: Sentence, period: FoundPeriod, catalogue: Catalogue) -> bool:
    bare = period.end - period.start == 4 and sentence.text[period.start : period.end].isdigit()
    if not bare or not _CLOSED.match(sentence.text, period.end):
        return False
    begin = max(sentence.start, period.start - REACH)
    ahead = sentence.text[begin : period.start]
    opened = _OPENED.search(ahead)
    named = opened or _NAMED.search(ahead)
    if not named or (opened and not _NAMES.fullmatch(opened[1])):
        return False
    words = sentence.words_in(begin + named.start(1), begin + named.end(1))
    return all(_is_office(sentence.text[word.start : word.end], word, catalogue) for word in words)


def _is_office(text: str, word: Token, catalogue: Catalogue) -> bool:
    """Whether the word is that of a publisher, by which an area is known, and not the area's name."""
    areas = [catalogue.areas[sense.id] for sense in word.of("area")]
    return bool(areas) and all(text not in area.name.values() for area in areas)
