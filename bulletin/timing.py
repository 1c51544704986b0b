"""Which period a number holds at, and which one it is compared with."""

import re
from dataclasses import dataclass

from bulletin import periods
from bulletin.measures import stands_compared
from bulletin.periods import FoundPeriod
from bulletin.scan import HARD_BREAK, Sentence
from schemas.concepts import Kind

BEHIND = 16
"""Characters behind a number within which a period is its own, whatever stands before it."""
BASE_REACH = 24
"""Characters between a word of comparison and the period that it compares with."""


@dataclass(slots=True)
class Timeline:
    """When a document stands, as far as read."""

    published: str | None
    point: str | None = None
    """The last month named as a reference period."""
    span: str | None = None
    """The last year, half, quarter or span so named."""


def _cue_right_before(sentence: Sentence, position: int, cue: str, reach: int = BASE_REACH) -> bool:
    """Whether such a word stands before the position with nothing but small words in between."""
    for word in sentence.words:
        if word.is_cue(cue) and word.end <= position and position - word.end <= reach:
            between = sentence.text[word.end : position]
            if not HARD_BREAK.search(between) and not re.search(r"\d", between):
                return True
    return False


def is_base(sentence: Sentence, period: FoundPeriod) -> bool:
    """Return whether the sentence compares with the period: "over the end of 2020", 较2020年12月, 上年同期."""
    if period.relative and period.relative not in ("previous_year", "month_of_previous_year"):
        return True
    reach = BASE_REACH if sentence.language.boundaries else 3
    return _cue_right_before(sentence, period.start, "base", reach)


def is_reference(sentence: Sentence, period: FoundPeriod) -> bool:
    """Whether a date is one at which numbers hold; a bare day is when something was said."""
    if period.relative == "previous_year":
        # "last year's prices", 按上年不变价 say nothing of when; only "Last year, ..." does.
        return period.start - sentence.start <= 3
    behind = [index for index, mention in enumerate(sentence.mentions) if 0 <= period.start - mention.end <= BASE_REACH]
    if behind and stands_compared(sentence, behind[-1]):
        return False
    return not period.day or _cue_right_before(sentence, period.start, "as_of", 6)


def absolute(period: FoundPeriod, timeline: Timeline) -> str | None:
    """Return the period with its year: as printed, or the latest one that the document's date allows."""
    if period.value:
        return period.value
    if period.yearless is not None and not period.relative:
        if timeline.published:
            return periods.settle_year(period.yearless, timeline.published)
        standing = timeline.point or timeline.span
        return periods.with_year(period.yearless, periods.year_of(standing)) if standing else None
    now = timeline.published or timeline.point
    if now and period.relative == "month_of_previous_year":
        return periods.with_year(period.yearless or "-12", periods.year_of(now[:7]) - 1)
    if now and period.relative == "previous_year":
        return str(periods.year_of(now[:7]) - 1)
    return None


def note_periods(sentence: Sentence, timeline: Timeline) -> None:
    """Note the periods that later sentences stand in; one of a mere comparison is none ("against 73% in 2020")."""
    numbers = sentence.mentions
    for period in sentence.periods:
        leads = not numbers or period.end <= numbers[0].start
        follows = bool(numbers) and not sentence.broken(numbers[0].end, period.start, HARD_BREAK)
        later = len(numbers) > 1 and period.start >= numbers[1].start
        if (leads or (follows and not later)) and not is_base(sentence, period) and is_reference(sentence, period):
            value = absolute(period, timeline)
            if value and periods.is_point(value):
                timeline.point, timeline.span = value, None
            elif value:
                timeline.span = value


def period_of(sentence: Sentence, index: int, kind: Kind, timeline: Timeline, difference: bool = False) -> str | None:
    """Return the period that the sentence gives the number, else the one that the text before it left standing."""
    number = sentence.mentions[index]
    own = [p for p in sentence.periods if not is_base(sentence, p) and is_reference(sentence, p)]
    before = [p for p in own if p.end <= number.start]
    if stands_compared(sentence, index):
        own = [p for p in sentence.periods if not is_base(sentence, p) and not p.day]
    begin, end = sentence.clause_after(index)
    behind = [p for p in own if begin <= p.start <= end and p.start - begin <= BEHIND]
    # "from 42.1% in 2012", 2012年的42.1%: a period right at a level is its own, though the sentence compares with it.
    touching = [p for p in sentence.periods if 0 <= number.start - p.end <= 2 and not p.relative and not difference]
    later = [p for p in own if p.start >= number.end]
    close = [p for p in later if not sentence.broken(number.end, p.start, HARD_BREAK)]
    for period in (*touching, *behind[:1], *before[::-1], *close[:1]):
        value = absolute(period, timeline)
        if value:
            return value
    if kind is Kind.FLOW:
        standing = timeline.span or timeline.point
    else:
        standing = timeline.point or (periods.last_month(timeline.span) if timeline.span else None)
    return standing or next((value for value in (absolute(period, timeline) for period in later) if value), None)


def base_period_of(sentence: Sentence, index: int, period: str | None, timeline: Timeline) -> str | None:
    """Return the period that a difference is from, as named next to it, else by its words ("year on year", 全年)."""
    if period is None:
        return None
    before, _ = sentence.gap_before(index)
    _, after = sentence.gap_after(index)
    near = [p for p in sentence.periods if before <= p.start and p.end <= after and is_base(sentence, p)]
    for found in near:
        if found.relative:
            return _relative(found, period)
        value = absolute(found, timeline)
        if value:
            return value
    cues = list(sentence.words_in(before, after))
    if any(word.is_cue("year_on_year") for word in cues):
        return periods.previous_year(period)
    if any(word.is_cue("month_on_month") for word in cues):
        return periods.previous_period(period)
    if any(word.is_cue("during_year") for word in cues):
        return periods.previous_year_end(period) if periods.is_point(period) else periods.previous_year(period)
    return None


def _relative(base: FoundPeriod, period: str) -> str:
    """Return the period that the words name as seen from `period`: "the end of the previous year", 上年同期."""
    if base.relative == "previous_year_end":
        return periods.previous_year_end(period)
    if base.relative == "month_of_previous_year":
        return periods.with_year(base.yearless or "-12", periods.year_of(period) - 1)
    if base.relative == "previous_month_end":
        return periods.previous_period(periods.last_month(period))
    return periods.previous_year(period)
