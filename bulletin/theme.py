"""The group that a text is about throughout, named where it opens and left out of later sentences."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from bulletin.model import Document, Members, Observation, Token
from bulletin.scan import Sentence
from bulletin.vocabulary import tokens
from bulletin.words import lowered
from schemas.catalogue import Catalogue, Language

OPENING = 5
"""Sentences, next to the title, in which the group must be named."""
NAMED = 3
"""Times that it must be named in all."""
ALL = ("whole", "whole_country", "whole_part", "population", "all_firms", "besides")
"""Cues of a sentence that is not about the group alone."""


def theme_of(document: Document, sentences: Sequence[Sentence], catalogue: Catalogue, language: Language) -> Members:
    """Return the one group of people that the text is about by its opening and throughout; nothing where it is not."""
    title = document.metadata.title or ""
    titled = tokens(lowered(title), catalogue, language, 0, len(title)) if title else ()
    opening = _counts(chain(titled, *(sentence.words_of("member") for sentence in sentences[:OPENING])))
    if not opening:
        return ()
    all_of_it = _counts(chain.from_iterable(sentence.words_of("member") for sentence in sentences))
    found: dict[str, str] = {}
    for dimension in _of_people(catalogue):
        named = [member for other, member in opening if other == dimension]
        times = {member: count for (other, member), count in all_of_it.items() if other == dimension}
        if len(named) == 1 and times.get(named[0], 0) >= NAMED and len(times) == 1:
            found[dimension] = named[0]
    return tuple(sorted(found.items()))


def with_theme(fact: Observation, sentence: Sentence, theme: Members, catalogue: Catalogue) -> Observation:
    """Return the rate among users with the group that the text is about, where the sentence names no people at all."""
    indicator = catalogue.indicators[fact.indicator]
    if not indicator.ratio or not sentence.cues.isdisjoint(ALL):
        return fact
    told = {dimension for dimension, _ in fact.members}
    told |= {dimension for dimension, _ in _counts(sentence.words_of("member"))}
    own = {d: m for d, m in theme if d in indicator.dimensions and d not in told}
    labels = (sense.id for word in sentence.words_of("indicator") for sense in word.of("indicator"))
    members = {**dict(fact.members), **own}
    if not own or indicator.ratio[1] in labels or not indicator.takes(members):
        return fact
    return replace(fact, members=tuple(sorted(members.items())))


def _counts(words: Iterable[Token]) -> Counter[tuple[str, str]]:
    return Counter(pair for word in words for sense in word.of("member") for pair in sense.members[:1])


def _of_people(catalogue: Catalogue) -> list[str]:
    """Return the dimensions that tell people apart, and not what they do."""
    rates = [indicator for indicator in catalogue.indicators.values() if indicator.of_population]
    done = {dimension for indicator in catalogue.indicators.values() for dimension in indicator.ratio_dimensions}
    return sorted({dimension for rate in rates for dimension in rate.dimensions} - done)
