"""Rules over time: a level, what it was before, and what is said of the difference."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from schemas.catalogue import Catalogue
from schemas.concepts import Measure, Outcome, Severity
from schemas.relations import DIFFERENCE, GROWTH, GROWTH_BY_CHANGE, NOT_LESS, sum_of
from schemas.rules import Comparisons, Describe, rule
from schemas.rules.series import consecutive, period_parts, year_before
from schemas.rules.wording import amount, measured, name_of, place_of
from schemas.stated import Flags, Rows, Stated, together

Fact = Any
LEVEL = Measure.LEVEL.value
SPLITS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("", ("-H1", "-H2")),
    ("", ("-Q1", "-Q2", "-Q3", "-Q4")),
    ("-H1", ("-Q1", "-Q2")),
    ("-H2", ("-Q3", "-Q4")),
)
"""What of a year is made of which parts: the year of its halves, the first half of two quarters, ..."""


@rule("change")
def change_is_level_less_earlier_level(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """A level less the earlier level must be the stated change.

    1,067 million users less 1,032 million a year before are 35.49 million more, within rounding. Of a rate the
    change is in percentage points. The earlier level may stand in an earlier report.

    Holds: 1,067 million after 1,032 million, an increase of 35.49 million.
    Broken: the same levels, an increase of 354.9 million.
    """
    rows = np.flatnonzero(stated.measured(Measure.CHANGE) & stated.first)
    now, before = _levels(stated, rows)

    def describe(facts: Sequence[Fact]) -> str:
        level, earlier, change = facts
        return f"{_went(level, earlier, catalogue)}, which is no change of {amount(change)} ({level['area']})."

    found = together(now, before, rows)
    for numbers, failing in _by_basis(stated, catalogue, found):
        yield Comparisons(DIFFERENCE, numbers, _said(describe, failing), failing)


@rule("growth")
def growth_is_change_over_earlier_level(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """A growth rate must be what level and earlier level, or level and change, make it.

    1.58 trillion after 1.47 trillion is 7.5% more. A flow whose growth names no base is compared with the same span a
    year before. Growth of flows and averages is mostly computed on a comparable basis: where the earlier figure stands
    in another report and does not fit, it counts as restated.

    Holds: 1.58 trillion yuan after 1.47 trillion, up 7.5%.
    Broken: the same levels, up 75%.
    """
    rows = np.flatnonzero(stated.measured(Measure.GROWTH_RATE) & stated.first)
    now, before = _levels(stated, rows)
    change = stated.find(stated.moved(rows, measure=Measure.CHANGE.value), rows)

    def describe(facts: Sequence[Fact]) -> str:
        level, earlier, growth = facts
        return f"{_went(level, earlier, catalogue)}, which is no growth of {amount(growth)} ({level['area']})."

    def describe_by_change(facts: Sequence[Fact]) -> str:
        level, difference, growth = facts
        return (
            f"{name_of(level, catalogue)} of {amount(level)} after a change of {amount(difference)} is no growth "
            f"of {amount(growth)} ({place_of(level)})."
        )

    for numbers, failing in _by_basis(stated, catalogue, together(now, before, rows)):
        yield Comparisons(GROWTH, numbers, _said(describe, failing), failing)
    for numbers, failing in _by_basis(stated, catalogue, together(now, change, rows)):
        yield Comparisons(GROWTH_BY_CHANGE, numbers, _said(describe_by_change, failing), failing)


@rule("periods_sum")
def periods_make_their_year(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """Halves and quarters of a flow must sum to their year.

    Revenue of the first and the second half makes that of the year; so do four quarters, and two quarters a half.
    Where the figures stand in different reports and do not fit, the earlier ones count as restated.

    Holds: 816 billion and 764 billion yuan in the two halves, 1.58 trillion in the year.
    Broken: 816 billion and 746 billion, 1.58 trillion.
    """
    flows = stated.flows & stated.measured(Measure.LEVEL) & stated.first
    flows &= stated.flags("indicator", *(name for name in catalogue.indicators if catalogue.adds_up(name)))

    def describe(facts: Sequence[Fact]) -> str:
        whole, *parts = facts
        summed = " + ".join(f"{amount(part)} ({part['period']})" for part in parts)
        return f"{name_of(whole, catalogue)}: {summed} do not make {amount(whole)} ({place_of(whole)})."

    for whole, parts in SPLITS:
        rows = np.flatnonzero(flows & period_parts(stated, whole))
        _, periods = stated.codes("period")
        columns = []
        for part in parts:
            named = {period: f"{period[:4]}{part}" for period in periods if period[4:] == whole}
            columns.append(stated.find(stated.moved(rows, period=stated.values_of("period", named, rows)), rows))
        for numbers, failing in _by_basis(stated, catalogue, together(rows, *columns)):
            yield Comparisons(sum_of(len(parts)), numbers, _said(describe, failing), failing)


@rule("monotone", severity=Severity.WARNING)
def what_only_grows_does_not_fall(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """What only grows must not fall.

    The catalogue marks indicators that count all there ever was (`grows: true`), such as vehicles sold to date; a later
    level below an earlier one is a finding, though a recount can cause it.

    Holds: 36.8 billion uses to date, 88.9 billion two years later.
    Broken: 36.8 billion uses to date, 8.89 billion two years later.
    """
    growing = [indicator.id for indicator in catalogue.indicators.values() if indicator.grows]
    rows = np.flatnonzero(stated.measured(Measure.LEVEL) & stated.flags("indicator", *growing))

    def describe(facts: Sequence[Fact]) -> str:
        later, earlier = facts
        return (
            f"{measured(later, catalogue)} of {amount(later)} ({later['period']}) is less than {amount(earlier)} "
            f"({earlier['period']}), and it only grows ({later['area']})."
        )

    yield Comparisons(NOT_LESS, consecutive(stated, rows), describe)


def _levels(stated: Stated, rows: Rows) -> tuple[Rows, Rows]:
    """Return the level of each difference, and the one that it is compared with; -1 for none."""
    _, periods = stated.codes("base_period")
    base = stated.values_of("base_period", {period: period for period in periods}, rows, part="period")
    supposed = stated.flows[rows] & (stated.hashes("base_period")[rows] == 0)
    if supposed.any():
        _, periods = stated.codes("period")
        before = {period: year_before(period) for period in periods}
        base[supposed] = stated.values_of("period", before, rows[supposed])
    own = stated.moved(rows, measure=LEVEL, base_period="", alone="")
    now = stated.find(own, rows)
    earlier = stated.find(stated.moved(rows, measure=LEVEL, base_period="", alone="", period=base), rows)
    unknown = base == 0
    earlier[unknown], now[unknown] = -1, -1
    return now, earlier


def _by_basis(stated: Stated, catalogue: Catalogue, numbers: Rows) -> Iterator[tuple[Rows, Outcome]]:
    """Yield the comparisons that must hold, and those that a later, comparable basis may have changed."""
    loose = _changes_basis(stated, catalogue)[numbers[:, 0]]
    documents = stated.codes("document")[0][numbers]
    loose &= (documents != documents[:, :1]).any(axis=1)
    yield numbers[~loose], Outcome.FAIL
    yield numbers[loose], Outcome.RESTATED


def _changes_basis(stated: Stated, catalogue: Catalogue) -> Flags:
    """Return whether a row is a flow or an average, which offices put on a comparable basis before they compare it."""
    averages = [i.id for i in catalogue.indicators.values() if not i.additive and not catalogue.is_rate(i.id)]
    return stated.flows | stated.flags("indicator", *averages)


def _said(describe: Describe, failing: Outcome) -> Describe:
    """Return the sentence, with what it means where the figures stand in different reports."""
    if failing is Outcome.FAIL:
        return describe
    return lambda facts: (
        f"{describe(facts)} The figures stand in different reports: the earlier one may be restated since, or the "
        "comparison is on another basis."
    )


def _went(level: Fact, earlier: Fact, catalogue: Catalogue) -> str:
    return (
        f"{name_of(level, catalogue)} went from {amount(earlier)} ({earlier['period']}) to {amount(level)} "
        f"({level['period']})"
    )
