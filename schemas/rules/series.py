"""Series: which facts follow one another, and the rule that a slow series does not jump."""

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from schemas.catalogue import Catalogue
from schemas.concepts import Measure, Severity
from schemas.relations import Floats, at_most
from schemas.rules import Comparisons, rule
from schemas.rules.wording import amount, name_of
from schemas.stated import Flags, Rows, Stated

Fact = Any
CALM_STEPS, CALM = 3, math.log(1.25)
"""Steps that a series must have, and the size a year that half of them stay below, to be called slow."""
TIMES, YEARS = 3, 4
"""Factor that a slow series must not move by in a year, and years beyond which neighbours are too far apart to say."""
_FORMS = {"-H": 1, "-Q": 2}
"""Lengths of periods that look the same: halves and quarters."""
_LATER = re.compile(r"\d{4}-(?:(?P<half>H)|(?P<quarter>Q))?(?P<number>\d+)")


@rule("jump", severity=Severity.WARNING)
def series_moves_as_it_did(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """A series that moves slowly must not jump.

    Of series with four values or more, half of whose steps are smaller than a quarter, a value three times or a
    third of its neighbour a year apart is a finding (nine times where two years lie between them, and so on): mostly a
    slip of a scale word or a decimal point. The thresholds are ours: of the gold texts' series none that is right
    steps over them.

    Holds: 222, 225, 240 and 285 million in successive years.
    Broken: 222, 225, 240 and 2,850 million.
    """
    rows = np.flatnonzero(stated.measured(Measure.LEVEL) & (stated.low > 0))
    pairs = _calm(stated, consecutive(stated, rows))
    years = np.maximum(1, np.ceil(_years_between(stated, pairs))).astype(np.int64)

    def describe(facts: Sequence[Fact]) -> str:
        later, earlier = sorted(facts, key=lambda fact: str(fact["period"]), reverse=True)
        return (
            f"{name_of(later, catalogue)} jumps from {amount(earlier)} ({earlier['period']}) to {amount(later)} "
            f"({later['period']}){_times(earlier, later)}, and hardly moved otherwise ({later['area']})."
        )

    for gap in range(1, YEARS + 1):
        close = pairs[years == gap]
        yield Comparisons(at_most(TIMES**gap), close, describe)
        yield Comparisons(at_most(TIMES**gap), close[:, ::-1], describe)


def _times(earlier: Fact, later: Fact) -> str:
    """Return the power of ten that a jump comes near to, in words: ", about 1,000 times as much"."""
    power = round(math.log10(later["value"] / earlier["value"])) if earlier["value"] and later["value"] else 0
    times = float(later["value"] / earlier["value"]) / 10.0**power if power else 0.0
    if not 0.5 < times < 2:
        return ""
    return f", about {10**power:,} times as much" if power > 0 else f", about a {10**-power:,}th of it"


def _calm(stated: Stated, pairs: Rows) -> Rows:
    """Return the pairs whose series has enough steps, half of them small."""
    if not len(pairs):
        return pairs
    middle = [np.log((stated.low[side] + np.minimum(stated.high[side], 3 * stated.low[side])) / 2) for side in pairs.T]
    steps = pd.Series(np.abs(middle[0] - middle[1]) / np.maximum(1, _years_between(stated, pairs)))
    by_series = steps.groupby(stated.moved(pairs[:, 0], period=""))
    calm = (by_series.transform("size") >= CALM_STEPS) & (by_series.transform("median") < CALM)
    found: Rows = pairs[calm.to_numpy()]
    return found


def consecutive(stated: Stated, rows: Rows) -> Rows:
    """Return pairs of rows of one series, each with the preferred one of the period right before it.

    Periods of one length only: a quarter is no neighbour of a year, and sums since January have none.
    """
    preferred = stated.preferred()[1]
    codes, known = stated.codes("period")
    forms = np.array([_FORMS.get(period[4:6], len(period)) if "/" not in period else -1 for period in known] or [0])
    rows = rows[(preferred[rows] == rows) & (forms[codes[rows]] > 0)]
    series = stated.moved(rows, period="") + forms[codes[rows]].astype(np.uint64)
    order = {period: at for at, period in enumerate(sorted(known))}
    when = np.array([order[period] for period in known], dtype=np.int64)[codes[rows]]
    at = np.lexsort((when, series))
    same = series[at][1:] == series[at][:-1]
    return np.column_stack([rows[at][1:][same], rows[at][:-1][same]])


def _years_between(stated: Stated, pairs: Rows) -> Floats:
    """Return the years from the second to the first of each pair."""
    codes, known = stated.codes("period")
    when = np.array([_year(period) for period in known])[codes[pairs]]
    found: Floats = when[:, 0] - when[:, 1]
    return found


def _year(period: str) -> float:
    """Return when a period ends, in years: 2021.5 for the end of June 2021."""
    if not period[:4].isdigit():
        return math.nan
    match = _LATER.fullmatch(period)
    if match is None:
        return float(period[:4]) + 1
    return float(period[:4]) + int(match["number"]) / (2 if match["half"] else 4 if match["quarter"] else 12)


def year_before(period: str) -> str:
    """Return the same span a year earlier: `2022-01/2022-08` for `2023-01/2023-08`."""
    return re.sub(r"\b\d{4}\b", lambda match: f"{int(match[0]) - 1:04}", period)


def period_parts(stated: Stated, form: str) -> Flags:
    """Return whether a row's period is a year with that behind it: "" a year itself, `-H1` its first half."""
    _, known = stated.codes("period")
    return stated.flags("period", *(period for period in known if len(period) >= 4 and period[4:] == form))
