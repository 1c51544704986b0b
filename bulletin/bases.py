"""Base periods: with which earlier period a difference compares."""

from bulletin import periods
from bulletin.model import FoundPeriod, Token
from bulletin.own_periods import tells_of_then
from bulletin.period_roles import is_base
from bulletin.scan import Sentence
from bulletin.stretches import between, stretch_of
from bulletin.timeline import Timeline, absolute, relative


def base_period_of(
    sentence: Sentence, index: int, period: str | None, timeline: Timeline, earlier: str | None
) -> str | None:
    """Return the period that a difference is from: named next to it, by its words, or `earlier`'s.

    `earlier` is the base period of the number before, which holds on where the difference is said over again.
    """
    if period is None:
        return None
    if (ends := stretch_of(sentence)) and (first := absolute(ends[0], timeline)):
        last = absolute(ends[1], timeline)
        if last and period in (last, periods.last_month(last)):
            return periods.last_month(first) if periods.is_point(period) else first
    moved = between(sentence, period) if periods.is_point(period) else None
    if moved and moved[1] == period:
        return moved[0]
    before, _ = sentence.gap_before(index)
    _, after = sentence.gap_after(index)
    if not sentence.spaced:
        after = sentence.clause_after(index)[1]  # 同比增长6.9%，增速较前10个月提升0.1个百分点
    near = [p for p in sentence.periods if before <= p.start and p.end <= after and is_base(sentence, p)]
    near = [p for p in near if not tells_of_then(sentence, index, p)]
    if sentence.spaced:  # "6% above the same months of 2022 and 3% above last year's": each has its own behind it
        near.sort(key=lambda found: found.start < sentence.mentions[index].start)
    for found in near:
        value = relative(found, period) if found.relative else absolute(found, timeline)
        if value and periods.last_month(value) < periods.last_month(period):
            return value
    return _by_words(sentence, index, period) or (earlier if earlier and earlier < period else None)


def _by_words(sentence: Sentence, index: int, period: str) -> str | None:
    """Return the base that words without a date tell: "year on year", 环比, "over the 12 months to May"."""
    cue = _comparison(sentence, index)
    if cue is None:
        year = any(_is_year_to(found, period) for found in sentence.periods)
        return periods.previous_year(period) if year else None
    if cue.is_cue("month_on_month"):
        return periods.previous_period(period)
    if cue.is_cue("year_on_year") or not periods.is_point(period):
        return periods.previous_year(period)
    return periods.previous_year_end(period)


def _is_year_to(found: FoundPeriod, month: str) -> bool:
    """Whether it is the twelve months that end with the month, over which something changed."""
    value = found.value or ""
    return len(value) > 4 and periods.is_year_long(value) and periods.last_month(value) == periods.last_month(month)


def _comparison(sentence: Sentence, index: int) -> Token | None:
    """Return the word that says with what the number is compared: 同比 before it, "year on year" behind it."""
    kinds = ("year_on_year", "month_on_month", "during_year")
    if sentence.cues.isdisjoint(kinds):
        return None
    behind = [*sentence.words_in(*sentence.clause_after(index)), *sentence.words_in(*sentence.gap_after(index))]
    ahead = [*reversed(sentence.words_in(*sentence.gap_before(index)))]
    places = (*behind, *ahead) if sentence.spaced else (*ahead, *behind)
    found = [word for word in places if word.is_cue(*kinds)]
    return next((word for word in found if not word.is_cue("during_year")), next(iter(found), None))
