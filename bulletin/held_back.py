"""Why a number is left unresolved though one indicator claims it: its reading, or its area, cannot be what is told."""

from collections.abc import Iterable

from bulletin.asides import aside_before
from bulletin.claim import Claim
from bulletin.from_then import UNDATED, is_undated_start
from bulletin.measures import Reading
from bulletin.model import Mention
from bulletin.places import is_of_several
from bulletin.scan import Sentence
from bulletin.timeline import Dated
from bulletin.timing import is_of_other_time
from schemas.catalogue import Catalogue
from schemas.concepts import Measure

PARTS_SPOKEN_OF = 2
"""Times that a text must say "the whole province" to be about one."""


def why_held_back(
    sentence: Sentence, index: int, claim: Claim, measure: Measure, reading: Reading, when: Dated, catalogue: Catalogue
) -> str:
    """Return why the number cannot be what its indicator is told to be; empty where nothing speaks against it."""
    if why := when.doubt or _why_doubtful(sentence, index, measure, reading, when):
        return why
    if is_of_several(sentence, index):
        return "it is of several areas at once"
    if measure is Measure.GROWTH_RATE and catalogue.is_rate(claim.indicator):
        return _why_no_growth(sentence, index, claim, reading)
    return ""


def is_of_unnamed_part(sentences: Iterable[Sentence], area: str, catalogue: Catalogue) -> bool:
    """Return whether the text speaks of "the whole province" and names none: its numbers are not the country's."""
    known = catalogue.areas.get(area)
    if known is not None and known.part_of:
        return False
    own = sum(len(sentence.cues_in(sentence.start, sentence.end, "whole_part")) for sentence in sentences)
    return own >= PARTS_SPOKEN_OF


def names_area(sentence: Sentence) -> bool:
    """Return whether the sentence says of which area it speaks."""
    return "area" in sentence.kinds or "whole_country" in sentence.cues


def _why_doubtful(sentence: Sentence, index: int, measure: Measure, reading: Reading, when: Dated) -> str:
    """Return why the number cannot be what its indicator is told to be; empty where nothing speaks against it."""
    if measure in (Measure.CHANGE, Measure.GROWTH_RATE) and reading.direction is None:
        return "a difference, but no word says of what kind"
    if measure is Measure.LEVEL and is_of_other_time(sentence, index):
        return UNDATED
    if when.value is None and is_undated_start(sentence, index):
        return UNDATED
    if sentence.mentions[index].negative and reading.direction is None:
        return "a minus stands before it, and what it is said of is never below zero"
    return ""


def _why_no_growth(sentence: Sentence, index: int, claim: Claim, reading: Reading) -> str:
    """Return why a rate, not named in its clause, cannot grow by so many percent: it would move by points."""
    mention = sentence.mentions[index]
    if not sentence.spaced or mention.unit != "percent" or reading.inserted or _is_signed(sentence, mention):
        return ""
    clause = sentence.clause_before(index)
    aside = aside_before(sentence, *sentence.gap_before(index))
    named = sentence.named_in(*(sentence.gap_before(index) if aside else clause), "indicator")
    if any(sense.id == claim.indicator for word in named for sense in word.of("indicator")):
        return ""
    return "a growth in percent, and what it is said of is a rate"


def _is_signed(sentence: Sentence, mention: Mention) -> bool:
    return mention.negative or sentence.text[max(0, mention.start - 1) : mention.start] in ("+", "-", "−", "±")
