"""Rates told by the words around their names: "the rate" of those counted before, and the gap in a rate."""

import re

from bulletin.claim import Claim, View
from bulletin.phrases import Phrase, narrowed
from schemas.concepts import Measure

_THE_RATE = re.compile(
    r"\b(?:the|this|that|its|their)\s+(?:overall\s+|average\s+|national\s+)?rate\b(?!\s+(?:of|for)\b)", re.I
)
_IN = re.compile(r"\s+(?:in|of)\s+(?:the\s+)?\Z", re.IGNORECASE)
GAP_REACH = 60
"""Characters before the name of a rate within which a gap in it is named: "the gap between town and country in"."""


def told_as_rate(view: View) -> Claim | None:
    """Return the rate of those counted before: "where 308 million of the users live, the rate rose 4 points"."""
    sentence, spoken = view.sentence, view.memory.claim
    if not sentence.spaced or spoken is None or "percent" in view.memory.by_unit:
        return None
    if view.mention.unit not in ("percent", "percentage_point") or view.reading.measure is Measure.GROWTH_RATE:
        return None
    begin, end = sentence.gap_before(view.index)
    said = _THE_RATE.search(sentence.text, begin, end)
    if said is None or sentence.named_in(said.end(), end, "indicator"):
        return None
    for rate in view.catalogue.indicators.values():
        if rate.of_population == spoken.indicator:
            return Claim(rate.id, narrowed(dict(spoken.members), rate.dimensions))
    return None


def gap_in(phrase: Phrase, view: View) -> Phrase | None:
    """Return what names the gap in the rate of the phrase: "the gap between town and country in | penetration"."""
    sentence, head = view.sentence, phrase.head
    if not sentence.spaced or head is None or not _IN.search(sentence.text, sentence.start, head.start):
        return None
    rates = {sense.id for sense in head.of("indicator")}
    for word in reversed(sentence.named_in(max(sentence.start, head.start - GAP_REACH), head.start, "indicator")):
        differences = [view.catalogue.indicators[sense.id].difference for sense in word.of("indicator")]
        if any(difference and difference.indicator in rates for difference in differences):
            return Phrase((word,), word)
    return None
