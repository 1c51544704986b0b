"""What the cells of a row say of one another: of what a difference is, and when a rate beside a dated level holds."""

from collections.abc import Sequence
from typing import NamedTuple

from bulletin import periods
from bulletin.measures import RELATIVE_UNITS
from bulletin.table_claims import NOT_NAMED, Question, Refusal, TableClaim, doubt_about
from schemas.catalogue.model import RATE_UNITS
from schemas.concepts import Measure

Answer = TableClaim | Refusal
DIFFERENCES = (Measure.CHANGE, Measure.GROWTH_RATE)


class Level(NamedTuple):
    """A level of the row."""

    claim: TableClaim
    period: str
    column: int
    dated: bool
    """Whether its own headers name the period."""


class Beside(NamedTuple):
    """When a number holds by the levels in its row, and with when it is compared."""

    period: str | None = None
    base: str | None = None


def of_neighbours(question: Question, answer: Answer, levels: Sequence[TableClaim]) -> Answer:
    """Return the claim on a difference that no header names an indicator for: that of the levels in its row."""
    unnamed = isinstance(answer, Refusal) and answer.reason == NOT_NAMED and not answer.candidates
    if not unnamed or answer.reading.measure not in DIFFERENCES:
        return answer
    rate = question.mention.unit == "percentage_point"
    alike = {
        (level.indicator.id, level.members): level for level in levels if (level.indicator.unit in RATE_UNITS) == rate
    }
    level = next(iter(alike.values()), None)
    if level is None or len(alike) > 1:
        return answer
    if question.mention.unit not in (*RELATIVE_UNITS, "percentage_point", level.mention.unit):
        return answer
    if reason := doubt_about(question, level.indicator, led=False):
        return Refusal(reason, (level.indicator.id,), answer.reading)
    return TableClaim(level.indicator, level.members, question.mention, answer.reading)


def beside_of(answer: Answer, column: int, levels: Sequence[Level]) -> Beside:
    """Return when it holds by the levels in its row: a difference at the last, a rate when the level before it does.

    Users Dec 2023 | Rate | Users Dec 2022 | Rate | Growth
    """
    if not isinstance(answer, TableClaim):
        return Beside()
    if answer.reading.measure in DIFFERENCES:
        return _between(answer, column, levels)
    before = [level for level in levels if level.column < column]
    nearest = before[-1] if before and before[-1].dated else None
    return Beside(nearest.period) if nearest and _is_part_of(answer, nearest.claim) else Beside()


def _between(difference: TableClaim, column: int, levels: Sequence[Level]) -> Beside:
    """Return the last period of the row's levels of the same indicator, and the other one, where they have two.

    Where months and their sum end alike, a difference is that of the level before it: 本月 | 同比 | 本年累计 | 同比.
    """
    key = difference.indicator.id, difference.members
    own = [level for level in levels if (level.claim.indicator.id, level.claim.members) == key]
    held = sorted({level.period for level in own}, key=periods.last_month)
    if len(held) > 1 and periods.last_month(held[0]) == periods.last_month(held[-1]):
        before = [level.period for level in own if level.column < column]
        return Beside(before[-1]) if before else Beside()
    two = len(held) == len(own) == 2 and all(level.dated for level in own)
    return Beside(held[-1] if held else None, held[0] if two else None)


def _is_part_of(rate: TableClaim, counted: TableClaim) -> bool:
    """Whether the rate or share is one of what the level counts."""
    indicator = rate.indicator
    if rate.reading.measure is Measure.SHARE and indicator.id == counted.indicator.id:
        return True
    numerators = (indicator.ratio[0] if indicator.ratio else None, indicator.of_population)
    return counted.indicator.id in numerators
