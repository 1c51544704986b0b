"""Rules from the catalogue's structure: what is part of what, what adds up to what, what is a ratio of what."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from schemas.catalogue import Catalogue, Dimension, Indicator
from schemas.concepts import Measure
from schemas.relations import DIFFERENCE, PART_AT_MOST_WHOLE, ratio, sum_of, total_of
from schemas.rules import Comparisons, rule
from schemas.rules.wording import amount, measured, name_of, place_of
from schemas.stated import Flags, Rows, Stated, together

Fact = Any
LEVEL = Measure.LEVEL.value


@rule("part_whole")
def part_is_at_most_its_whole(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """A part must not be larger than its whole.

    Every member of a dimension is part of the total, and of the wider member that holds it, wherever members of the
    indicator add up: 5G base stations are part of all base stations.

    Holds: 284 million rural users of 1,032 million.
    Broken: 2.55 billion rural users of 904 million.
    """
    levels = _additive(stated, catalogue) & stated.measured(Measure.LEVEL) & stated.first

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

    Holds: 748 million urban and 284 million rural users of 1,032 million.
    Broken: 649 million and 2,550 million of 904 million.
    """
    sums = _additive(stated, catalogue) & stated.measured(Measure.LEVEL, Measure.CHANGE) & stated.first
    shares = stated.measured(Measure.SHARE) & stated.first
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

    759 million urban users of 1,067 million are 71.1%, as stated, and not 77.1%. A dimension whose shares are of
    another whole says so in the catalogue (`shares_of_total: false`).

    Holds: 759 million of 1,067 million are 71.1%.
    Broken: 759 million of 1,067 million are 77.1%.
    """
    shares = stated.measured(Measure.SHARE) & stated.first

    def describe(facts: Sequence[Fact]) -> str:
        part, whole, share = facts
        return (
            f"{name_of(part, catalogue)} of {amount(part)} is not {amount(share)} of {amount(whole)} "
            f"{name_of(whole, catalogue)} ({place_of(share)})."
        )

    for dimension in catalogue.dimensions.values():
        if dimension.shares_of_total:
            rows = np.flatnonzero(shares & (stated.hashes(dimension.id) != 0))
            parts = stated.find(stated.moved(rows, measure=LEVEL), rows)
            wholes = stated.find(stated.moved(rows, measure=LEVEL, **{dimension.id: ""}), rows)
            yield Comparisons(ratio(100), together(parts, wholes, rows), describe)


@rule("ratio")
def ratio_is_numerator_over_denominator(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """A ratio must be its numerator over its denominator.

    The catalogue says what an indicator is a ratio of: the usage rate of an application is its users over all internet
    users (`ratio`), internet penetration is internet users over the population (`of_population`, where the catalogue
    has an indicator of the population).

    Holds: 888 million users of short video over 1,011 million internet users: 87.8%.
    Broken: the same numbers: 78.8%.
    """

    def describe(facts: Sequence[Fact]) -> str:
        above, below, rate = facts
        return (
            f"{name_of(above, catalogue)} of {amount(above)} over {name_of(below, catalogue)} of {amount(below)} "
            f"is not {measured(rate, catalogue)} of {amount(rate)} ({place_of(rate)})."
        )

    levels = stated.measured(Measure.LEVEL) & stated.first
    for indicator in catalogue.indicators.values():
        for numerator, denominator, without in _ratios(indicator, catalogue):
            rows = np.flatnonzero(levels & stated.flags("indicator", indicator.id))
            above = stated.find(_cells(stated, rows, numerator, ()), rows)
            below = stated.find(_cells(stated, rows, denominator, without), rows)
            found = together(above, below, rows)
            percent = catalogue.is_rate(indicator.id)
            yield Comparisons(ratio(100 if percent else 1), found[found[:, 0] != found[:, 1]], describe)


def _ratios(indicator: Indicator, catalogue: Catalogue) -> Iterator[tuple[Indicator, Indicator, Sequence[str]]]:
    """Yield numerator, denominator, and the dimensions whose members the denominator does without."""
    known = catalogue.indicators
    if indicator.ratio:
        numerator, denominator = indicator.ratio
        yield known[numerator], known[denominator], indicator.ratio_dimensions
    if indicator.of_population:
        for population in known.values():
            if population.population and population.id != indicator.of_population:
                yield known[indicator.of_population], population, ()


@rule("difference")
def difference_is_one_member_less_another(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """A gap must be one member less the other.

    The catalogue says which two members of which indicator: the gap in internet penetration is urban less rural
    penetration. 82.9% less 58.8% are 24.1 points.

    Holds: 82.9% and 58.8% are 24.1 points apart.
    Broken: 82.9% and 58.8% are 21.4 points apart.
    """

    def describe(facts: Sequence[Fact]) -> str:
        more, less, gap = facts
        return (
            f"{name_of(more, catalogue)} of {amount(more)} less {name_of(less, catalogue)} of {amount(less)} "
            f"is no {name_of(gap, catalogue)} of {amount(gap)} ({place_of(gap)})."
        )

    levels = stated.measured(Measure.LEVEL) & stated.first
    for indicator in catalogue.indicators.values():
        if indicator.difference:
            of = indicator.difference
            rows = np.flatnonzero(levels & stated.flags("indicator", indicator.id))
            sides = [
                stated.find(stated.moved(rows, indicator=of.indicator, **{of.dimension: member}), rows)
                for member in of.members
            ]
            yield Comparisons(DIFFERENCE, together(*sides, rows), describe)


def _cells(stated: Stated, rows: Rows, indicator: Indicator, without: Sequence[str]) -> Any:
    """Return the cells of another indicator with the members that it has too, less those of some dimensions."""
    dropped = [d for d in stated.catalogue.dimensions if d not in indicator.dimensions or d in without]
    return stated.moved(rows, indicator=indicator.id, **dict.fromkeys(dropped, ""))


def _additive(stated: Stated, catalogue: Catalogue) -> Flags:
    return stated.flags("indicator", *(name for name in catalogue.indicators if catalogue.adds_up(name)))


def _summed(parts: Sequence[Fact], dimension: Dimension) -> str:
    return " + ".join(f"{dimension.members[part[dimension.id]].name['en']} {amount(part)}" for part in parts)
