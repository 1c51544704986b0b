"""What else than the indicator of its phrase a number may be of, by the words around that phrase."""

import re

from bulletin.claim import Claim, View
from bulletin.phrases import Phrase, phrases

_OF_THE = re.compile(r"\s+of\s+(?:the|its|their|our)\s+(?=[A-Za-z])")
_AND = re.compile(r"\s+and\s+")
_PLUS = re.compile(r"\s*(?:[+＋/&、和及与]|以及)\s*")


def is_rate_of_else(phrase: Phrase, claim: Claim, view: View) -> bool:
    """Whether a rate of the population is told of what it has no members for: "the penetration of gigabit users"."""
    indicator = view.catalogue.indicators[claim.indicator]
    if not indicator.of_population:
        return False
    if _is_of_unnamed(phrase, view):
        return True
    own = {indicator.id, indicator.of_population}
    other = any(
        not own & {sense.id for sense in token.of("indicator")} for token in phrase.tokens if token.of("indicator")
    )
    return other or not set(phrase.members()) <= set(indicator.dimensions)


def _is_of_unnamed(phrase: Phrase, view: View) -> bool:
    """Whether the rate is of something that is no area, group or population: "penetration of the base"."""
    sentence = view.sentence
    of = _OF_THE.match(sentence.text, phrase.head.end if phrase.head else phrase.end)
    word = sentence.word_at(of.end()) if of else None
    if of is None or of.end() >= sentence.gap_after(view.index)[1] or phrase.end > view.mention.start:
        return False
    named = word is not None and (word.of("area") or word.of("member") or word.of("indicator"))
    return not (named or (word is not None and word.is_cue("population", "people", "whole_country", "whole")))


def counts_others(phrase: Phrase, view: View) -> bool:
    """Whether the number counts something else along with what the phrase names: "2,735 websites and apps"."""
    joined = _AND.match(view.sentence.text, phrase.end)
    if not (joined and phrase.start >= view.mention.end and view.sentence.spaced):
        return False
    after = phrases(view.sentence, joined.end(), view.sentence.gap_after(view.index)[1])[:1]
    return any(other.head and other.start == joined.end() for other in after)


def counts_several(phrase: Phrase, view: View) -> bool:
    """Whether the label of one member has another member joined to it, so that both are counted: 4G+5G用户.

    A list of numbers behind it, or 分别, tells which is of which.
    """
    sentence, head = view.sentence, phrase.head
    if sentence.spaced or head is None or "respectively" in sentence.cues or _is_listed(view):
        return False
    held = {pair for sense in head.of("indicator") for pair in sense.members}
    for word in sentence.right_before(head.start, 3) if held else ():
        named = {pair for sense in word.of("member") for pair in sense.members}
        other = {dimension for dimension, _ in named - held} & {dimension for dimension, _ in held}
        if other and (word.end == head.start or _PLUS.fullmatch(sentence.text, word.end, head.start)):
            return True
    return False


def _is_listed(view: View) -> bool:
    """Whether another number stands beside it in a list: 4G、5G用户2亿、3亿户."""
    sentence = view.sentence
    count = len(sentence.mentions)
    after = view.index + 1 < count and _PLUS.fullmatch(sentence.text, *sentence.gap_after(view.index))
    return bool(after) or _PLUS.fullmatch(sentence.text, *sentence.gap_before(view.index)) is not None


def goes_on_unknown(view: View) -> bool:
    """Whether the sentence is about a share that nothing claims: "62% read at night, mostly by phone (55%)"."""
    by_unit = view.memory.by_unit
    opened = view.sentence.spaced and view.sentence.text.startswith("(", view.mention.start - 1)
    return opened and "percent" in by_unit and by_unit["percent"] is None
