"""Rules over time: a level, what it was before, and what is said of the difference."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from schemas.catalogue import Catalogue
from schemas.concepts import Measure, Severity
from schemas.relations import DIFFERENCE, GROWTH, GROWTH_BY_CHANGE, NOT_LESS, Relation
from schemas.rules import Comparisons, rule
from schemas.rules.wording import amount, measured, name_of, place_of
from schemas.stated import Rows, Stated, together

Fact = Any
AT_MOST_TRIPLE = Relation(x=(-1, 3), upper=math.inf)
"""A value, and its neighbour in the series."""
CALM_STEPS, CALM = 3, math.log(1.25)
"""Steps that a series must have, and the size that half of them stay below, to be called slow."""
LEVEL = Measure.LEVEL.value


@rule("change")
def change_is_level_less_earlier_level(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """A level less the earlier level must be the stated change.

    1,067 million users less 1,032 million a year before are 35.49 million more, within rounding. Of a rate the
    change is in percentage points. The earlier level may stand in an earlier report.
    """
    rows = np.flatnonzero(stated.measured(Measure.CHANGE))
    now, before = _levels(stated, rows)

    def describe(facts: Sequence[Fact]) -> str:
        level, earlier, change = facts
        return (
            f"{name_of(level, catalogue)} went from {amount(earlier)} ({earlier['period']}) to {amount(level)} "
            f"({level['period']}), which is no change of {amount(change)} ({level['area']})."
        )

    yield Comparisons(DIFFERENCE, together(now, before, rows), describe)


@rule("growth")
def growth_is_change_over_earlier_level(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """A growth rate must be what level and earlier level, or level and change, make it.

    1.58 trillion after 1.47 trillion is 7.5% more.
    """
    rows = np.flatnonzero(stated.measured(Measure.GROWTH_RATE))
    now, before = _levels(stated, rows)
    change = stated.find(stated.moved(rows, measure=Measure.CHANGE.value), rows)

    def describe(facts: Sequence[Fact]) -> str:
        level, earlier, growth = facts
        return (
            f"{name_of(level, catalogue)} went from {amount(earlier)} ({earlier['period']}) to {amount(level)} "
            f"({level['period']}), which is no growth of {amount(growth)} ({level['area']})."
        )

    def describe_by_change(facts: Sequence[Fact]) -> str:
        level, difference, growth = facts
        return (
            f"{name_of(level, catalogue)} of {amount(level)} after a change of {amount(difference)} is no growth "
            f"of {amount(growth)} ({place_of(level)})."
        )

    yield Comparisons(GROWTH, together(now, before, rows), describe)
    yield Comparisons(GROWTH_BY_CHANGE, together(now, change, rows), describe_by_change)


@rule("monotone", severity=Severity.WARNING)
def what_only_grows_does_not_fall(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """What only grows must not fall.

    The catalogue marks indicators that count all there ever was (`grows: true`), such as vehicles sold to date; a later
    level below an earlier one is a finding, though a recount can cause it.
    """
    growing = [indicator.id for indicator in catalogue.indicators.values() if indicator.grows]
    rows = np.flatnonzero(stated.measured(Measure.LEVEL) & stated.flags("indicator", *growing))

    def describe(facts: Sequence[Fact]) -> str:
        later, earlier = facts
        return (
            f"{measured(later, catalogue)} of {amount(later)} ({later['period']}) is less than {amount(earlier)} "
            f"({earlier['period']}), and it only grows ({later['area']})."
        )

    yield Comparisons(NOT_LESS, _consecutive(stated, rows), describe)


@rule("jump", severity=Severity.WARNING)
def series_moves_as_it_did(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """A series that moves slowly must not jump.

    Of series with four values or more, half of whose steps are smaller than a quarter, a value three times or a
    third of its neighbour is a finding: mostly a slip of a scale word or a decimal point. The thresholds are ours:
    of the gold texts' series none that is right steps over them.
    """
    rows = np.flatnonzero(stated.measured(Measure.LEVEL) & (stated.low > 0))
    pairs = _calm(stated, _consecutive(stated, rows))

    def describe(facts: Sequence[Fact]) -> str:
        later, earlier = sorted(facts, key=lambda fact: str(fact["period"]), reverse=True)
        return (
            f"{name_of(later, catalogue)} jumps from {amount(earlier)} ({earlier['period']}) to {amount(later)} "
            f"({later['period']}), and hardly moved otherwise ({later['area']})."
        )

    yield Comparisons(AT_MOST_TRIPLE, pairs, describe)
    yield Comparisons(AT_MOST_TRIPLE, pairs[:, ::-1], describe)


_FORMS = {"-H": 1, "-Q": 2}
"""Lengths of periods that look the same: halves and quarters."""


def _levels(stated: Stated, rows: Rows) -> tuple[Rows, Rows]:
    """Return the level of each difference, and the one that it is compared with; -1 for none."""
    _, periods = stated.codes("base_period")
    base = stated.values_of("base_period", {period: period for period in periods}, rows, part="period")
    now = stated.find(stated.moved(rows, measure=LEVEL, base_period=""), rows)
    before = stated.find(stated.moved(rows, measure=LEVEL, base_period="", period=base), rows)
    return now, before


def _calm(stated: Stated, pairs: Rows) -> Rows:
    """Return the pairs whose series has enough steps, half of them small."""
    if not len(pairs):
        return pairs
    middle = [np.log((stated.low[side] + np.minimum(stated.high[side], 3 * stated.low[side])) / 2) for side in pairs.T]
    steps = pd.Series(np.abs(middle[0] - middle[1]))
    by_series = steps.groupby(stated.moved(pairs[:, 0], period=""))
    calm = (by_series.transform("size") >= CALM_STEPS) & (by_series.transform("median") < CALM)
    found: Rows = pairs[calm.to_numpy()]
    return found


def _consecutive(stated: Stated, rows: Rows) -> Rows:
    """Return pairs of rows of one series, each with the preferred one of the period right before it.

    Periods of one length only: a quarter is no neighbour of a year, and sums since January have none.
    """
    preferred = stated.preferred()[1]
    codes, known = stated.codes("period")
    forms = np.array([_FORMS.get(period[4:6], len(period)) if "/" not in period else -1 for period in known] or [0])
    rows = rows[(preferred[rows] == rows) & (forms[codes[rows]] >= 0)]
    series = stated.moved(rows, period="") + forms[codes[rows]].astype(np.uint64)
    order = {period: at for at, period in enumerate(sorted(known))}
    when = np.array([order[period] for period in known], dtype=np.int64)[codes[rows]] if len(rows) else codes[rows]
    at = np.lexsort((when, series))
    same = series[at][1:] == series[at][:-1]
    return np.column_stack([rows[at][1:][same], rows[at][:-1][same]])
