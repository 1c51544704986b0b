"""The rate of the population that "the rate" is, where only those who make it up were told: "..., the rate rose"."""

import re

from bulletin.claim import Claim, View
from bulletin.phrases import narrowed
from schemas.concepts import Measure

_THE_RATE = re.compile(
    r"\b(?:the|this|that|its|their)\s+(?:overall\s+|average\s+|national\s+)?rate\b(?!\s+(?:of|for)\b)", re.I
)


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
