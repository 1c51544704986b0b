"""Figures that a text states again where no words tell what they are: "Of the 989 million, ...", a headline."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bulletin.claim import UNTOLD
from bulletin.model import Mention, Observation, Unresolved
from schemas.concepts import Measure

DIGITS = 3
"""Digits that a count must be printed with, for two that are alike to be the same one."""


def told_elsewhere(facts: Sequence[Observation | Unresolved]) -> Iterator[Observation | Unresolved]:
    """Yield the facts, a count of which nothing is said as the one that the text states in the same digits."""
    told: dict[tuple[str, str], list[Observation]] = {}
    if not any(map(_is_untold, facts)):
        yield from facts
        return
    for fact in facts:
        if isinstance(fact, Observation) and fact.measure is Measure.LEVEL and _is_long(fact.mention):
            told.setdefault(_printed(fact.mention), []).append(fact)
    for fact in facts:
        same = told.get(_printed(fact.mention), []) if _is_untold(fact) else []
        meant = {(one.indicator, one.members, one.unit, one.area, one.period) for one in same}
        if len(meant) == 1:
            yield replace(same[0], mention=replace(fact.mention, unit=same[0].mention.unit))
        else:
            yield fact


def _is_untold(fact: Observation | Unresolved) -> bool:
    plain = isinstance(fact, Unresolved) and fact.reason == UNTOLD and fact.measure is Measure.LEVEL
    return plain and not fact.mention.in_table and _is_long(fact.mention)


def _is_long(mention: Mention) -> bool:
    """Whether it is a count printed with so many digits that it is hardly twice the same by chance."""
    digits = len(mention.value.normalize().as_tuple().digits)
    return digits >= DIGITS and mention.scaled and mention.unit not in ("percent", "percentage_point")


def _printed(mention: Mention) -> tuple[str, str]:
    return f"{mention.value.normalize():f}", str(mention.bound)
