"""What a caption counts, and in which unit, where the words of its label say so: nights spent in establishments."""

import re

from bulletin.headers import Header
from bulletin.model import Token
from schemas.catalogue import Catalogue, Indicator, Language

_WITHIN = re.compile(r"\b(?:in|at|of|by|to|with|from|on)\b(?![^|]*(?:\band\b|\bor\b|[,;:/&]))", re.IGNORECASE)


def heads_of(header: Header, language: Language) -> list[Token]:
    """Return the words of the header that name what it counts, and not where that happens: visits to museums.

    Only where words are spaced; of 酒店客房 the last is counted, and the longest label is found anyway.
    """
    named = [word for word in header.words if word.of("indicator")]
    if len(named) < 2 or not language.boundaries:
        return named
    first = named[0]
    return [first, *(word for word in named[1:] if not _WITHIN.search(header.bare[first.end : word.start]))]


def says_unit(header: Header, indicator: Indicator, catalogue: Catalogue, language: Language) -> bool:
    """Return whether the header's words for the indicator hold its unit: the nights of "Nights spent"."""
    labels = [w for w in header.words if any(sense.id == indicator.id for sense in w.of("indicator"))]
    units = catalogue.units[indicator.unit].words.get(language.id, ())
    texts = [header.bare[word.start : word.end].casefold() for word in labels]
    edge = r"\b" if language.boundaries else ""
    return any(re.search(rf"{edge}{re.escape(unit.text.casefold())}{edge}", text) for unit in units for text in texts)
