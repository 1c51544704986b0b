"""Rules from the catalogue's structure: what is part of what, what adds up to what, what is a ratio of what."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from schemas.catalogue import Catalogue, Dimension, Indicator
from schemas.concepts import Measure
from schemas.relations import PART_AT_MOST_WHOLE, ratio, sum_of, total_of
from schemas.rules import Comparisons, rule
from schemas.rules.wording import amount, measured, name_of, place_of
from schemas.stated import Flags, Rows, Stated, together

Fact = Any


@rule("part_whole")
def part_is_at_most_its_whole(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """A part must not be larger than its whole.

    Every member of a dimension is part of the total, and of the wider member that holds it, wherever members of the
    indicator add up: 5G base stations are part of all base stations.
    """
    levels = _additive(stated, catalogue) & stated.measured(Measure.LEVEL)

    def describe(facts: Sequence[Fact]) -> str:
        part, whole = facts
        return (
            f"{name_of(part, catalogue)} of {amount(part)} cannot be part of {name_of(whole, catalogue)} "
            f"of {amount(whole)} ({place_of(part)})."
        )

    for dimension in catalogue.dimensions.values():
        parts = np.flatnonzero(levels & (stated.hashes(dimension.id) != 0))
        wider = {member.id: member.within for member in dimension.members.values() if member.within}
        nested = parts[stated.flags(dimension.id, *wider)[parts]]
        wholes = stated.find(stated.moved(parts, **{dimension.id: ""}), parts)
        holders = stated.find(
            stated.moved(nested, **{dimension.id: stated.values_of(dimension.id, wider, nested)}), nested
        )
        yield Comparisons(PART_AT_MOST_WHOLE, together(parts, wholes), describe)
        yield Comparisons(PART_AT_MOST_WHOLE, together(nested, holders), describe)


@rule("parts_sum")
def parts_make_their_whole(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """Parts must sum to their whole.

    A dimension declares which members together are the whole: urban and rural. 748 + 284 = 1,032 million holds,
    2,550 + 649 = 904 million does not. So do changes of the parts make the change of the whole, and shares make 100%.
    """
    sums = _additive(stated, catalogue) & stated.measured(Measure.LEVEL, Measure.CHANGE)
    shares = stated.measured(Measure.SHARE)
    for dimension in catalogue.dimensions.values():
        for partition in dimension.partitions:

            def describe(facts: Sequence[Fact], dimension: Dimension = dimension) -> str:
                whole, *parts = facts
                return (
                    f"{_summed(parts, dimension)} cannot make {measured(whole, catalogue)} of {amount(whole)} "
                    f"({place_of(whole)})."
                )

            def describe_shares(facts: Sequence[Fact], dimension: Dimension = dimension) -> str:
                return f"Shares of {_summed(facts, dimension)} do not make 100% ({place_of(facts[0])})."

            wholes = np.flatnonzero(sums & (stated.hashes(dimension.id) == 0))
            parts = [stated.find(stated.moved(wholes, **{dimension.id: part}), wholes) for part in partition]
            yield Comparisons(sum_of(len(partition)), together(wholes, *parts), describe)
            first = np.flatnonzero(shares & stated.flags(dimension.id, partition[0]))
            others = [stated.find(stated.moved(first, **{dimension.id: part}), first) for part in partition[1:]]
            yield Comparisons(total_of(len(partition), 100), together(first, *others), describe_shares)


@rule("share")
def share_is_part_over_whole(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """A share must be its part over its whole.

    759 million urban users of 1,067 million are 71.1%, as stated, and not 77.1%.
    """
    shares = stated.measured(Measure.SHARE)

    def describe(facts: Sequence[Fact]) -> str:
        part, whole, share = facts
        return (
            f"{name_of(part, catalogue)} of {amount(part)} is not {amount(share)} of {amount(whole)} "
            f"{name_of(whole, catalogue)} ({place_of(share)})."
        )

    for dimension in catalogue.dimensions.values():
        rows = np.flatnonzero(shares & (stated.hashes(dimension.id) != 0))
        parts = stated.find(stated.moved(rows, measure=Measure.LEVEL.value), rows)
        wholes = stated.find(stated.moved(rows, measure=Measure.LEVEL.value, **{dimension.id: ""}), rows)
        yield Comparisons(ratio(100), together(parts, wholes, rows), describe)


@rule("ratio")
def ratio_is_numerator_over_denominator(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """A ratio must be its numerator over its denominator.

    The catalogue says what an indicator is a ratio of: the usage rate of an application is its users over all internet
    users, internet penetration is internet users over the population.
    """

    def describe(facts: Sequence[Fact]) -> str:
        above, below, rate = facts
        return (
            f"{name_of(above, catalogue)} of {amount(above)} over {name_of(below, catalogue)} of {amount(below)} "
            f"is not {measured(rate, catalogue)} of {amount(rate)} ({place_of(rate)})."
        )

    for indicator in catalogue.indicators.values():
        for numerator, denominator in _ratios(indicator, catalogue):
            rows = np.flatnonzero(stated.measured(Measure.LEVEL) & stated.flags("indicator", indicator.id))
            above = stated.find(_cells(stated, rows, numerator, ()), rows)
            below = stated.find(_cells(stated, rows, denominator, indicator.ratio_dimensions), rows)
            yield Comparisons(
                ratio(100 if catalogue.is_rate(indicator.id) else 1), together(above, below, rows), describe
            )


def _ratios(indicator: Indicator, catalogue: Catalogue) -> Iterator[tuple[Indicator, Indicator]]:
    if indicator.ratio:
        numerator, denominator = indicator.ratio
        if numerator in catalogue.indicators and denominator in catalogue.indicators:
            yield catalogue.indicators[numerator], catalogue.indicators[denominator]


def _cells(stated: Stated, rows: Rows, indicator: Indicator, without: Sequence[str]) -> Any:
    """Return the cells of another indicator with the members that it has too, less those of some dimensions."""
    dropped = [d for d in stated.catalogue.dimensions if d not in indicator.dimensions or d in without]
    return stated.moved(rows, indicator=indicator.id, **dict.fromkeys(dropped, ""))


def _additive(stated: Stated, catalogue: Catalogue) -> Flags:
    return stated.flags("indicator", *(name for name in catalogue.indicators if catalogue.adds_up(name)))


def _summed(parts: Sequence[Fact], dimension: Dimension) -> str:
    return " + ".join(f"{dimension.members[part[dimension.id]].name['en']} {amount(part)}" for part in parts)
