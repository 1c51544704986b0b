"""The period that a document stands in, by what most of its numbers hold at, and that of each of its paragraphs.

What a text only compares with, says when something was said, or foresees, has no vote.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from bulletin import periods
from bulletin.model import FoundPeriod
from bulletin.outlook import is_foreseen
from bulletin.period_roles import (
    cue_right_before,
    in_parentheses,
    is_base,
    is_cumulative,
    is_of_another,
    is_reference,
    leads,
    names_end,
)
from bulletin.scan import HARD_BREAK, Sentence
from bulletin.timeline import Timeline, absolute

_DECEMBER = re.compile(r"dec|[月/.-]", re.IGNORECASE)
_ALONE = re.compile(r"\s+(?:alone|only)\b", re.IGNORECASE)
"""Behind a period that holds for its own sentence: "in December alone"."""
SAID, STATED, FIRST = 2, 3, 2
MANY = 3
"""One sentence with numbers in so many must be of a time long gone for the text to be about it."""
OUTVOTED = 2
"""Times that what is long gone may have more votes than what is not, and yet be no more than a look back."""


def set_reference(timeline: Timeline, sentences: Sequence[Sentence]) -> None:
    """Note the month, and the span, that most of the text's dated sentences hold at; of several as frequent, the first.

    Where a year is as frequent as any month and comes first, stocks hold at that year too.
    """
    points, spans, order = Counter[str](), Counter[str](), list[str]()
    compared: list[str] = []
    dated: list[tuple[str, str]] = []
    ended = set[str]()
    monthly, current = False, 0
    for sentence in sentences:
        monthly = monthly or "month_on_month" in sentence.cues
        for period in sentence.periods:
            value = absolute(period, timeline)
            current += period.relative == "this_year" and bool(sentence.mentions) and not is_foreseen(sentence, period)
            dated.append((value or "", sentence.text[period.start : period.end]))
            value = _voted(sentence, period, value, timeline)
            if period.value and not period.day and not sentence.spaced and is_base(sentence, period):
                compared.append(period.value)
            if value:
                votes = points if periods.is_point(value) else spans
                votes[value] += _weight(sentence, period) + (FIRST if not votes else 0)
                order.append(value)
                if is_cumulative(sentence, period):
                    ended.add(value)
    if _vote_for_this_year(current, points, spans, timeline) and timeline.this_year:
        order.insert(0, timeline.this_year)
    _leave_out_history(points, spans, timeline.published)
    _note_looking_back(points, spans, sum(bool(sentence.mentions) for sentence in sentences), timeline)
    point, span = max(points, key=points.__getitem__, default=None), max(spans, key=spans.__getitem__, default=None)
    yearly = (
        span
        and len(span) == 4
        and (not point or (spans[span] >= points[point] and order.index(span) < order.index(point)))
    )
    timeline.reference, timeline.reference_span = None if yearly else point, span
    votes = points + spans
    timeline.reference_latest = max(votes, key=votes.__getitem__, default=None)
    if point and span and point < periods.first_month(span) and spans[span] >= points[point]:
        # "In December there were 67 million": the month before a quarter is only looked back at.
        point = timeline.reference = None
    to_date = span is not None and point is not None and ("/" in span or span == periods.up_to(point))
    if point and span and order[0] == point not in ended and to_date and periods.last_month(span) == point:
        # "National economy in October": the months up to it are told where they are named.
        timeline.reference_span, timeline.reference_latest = None, point
    timeline.year_ends = _year_ends(dated)
    timeline.by_month = any(month[5:] in ("03", "06", "09", "12") for month in (*points, *compared))
    # The end of a quarter is when stocks are counted, and what adds up may be of all the months to it; but not where
    # months are compared with the months before them.
    timeline.reference_whole = point is not None and point not in ended and (monthly or not timeline.by_month)
    timeline.enter_paragraph()


def _vote_for_this_year(times: int, points: Counter[str], spans: Counter[str], timeline: Timeline) -> bool:
    """Let "this year" be the year of publication, where no number is dated by a month or quarter of that year."""
    year = timeline.published[:4] if timeline.published else None
    if times and year and all(periods.year_of(value) < int(year) for value in (*points, *spans)):
        timeline.this_year = year
        spans[year] += times * STATED + FIRST
    return timeline.this_year is not None


def _leave_out_history(points: Counter[str], spans: Counter[str], published: str | None) -> None:
    """Take away the votes of times long gone where others are of the text's own: "In 2000 half did. In 2021, 93% do".

    What most of a late paper is about stays, whatever it says of the year just gone.
    """
    if published is None:
        return
    votes = points + spans
    near = max((votes[value] for value in votes if not _is_long_gone(value, published)), default=0)
    for value in [value for value in votes if _is_long_gone(value, published) and votes[value] <= OUTVOTED * near]:
        points.pop(value, None)
        spans.pop(value, None)


def _note_looking_back(points: Counter[str], spans: Counter[str], sentences: int, timeline: Timeline) -> None:
    """Take the only times that a text names for its own where they are long gone only if many sentences are of them."""
    votes = points + spans
    if not (timeline.published and votes and all(_is_long_gone(value, timeline.published) for value in votes)):
        return
    if max(votes.values()) * MANY < sentences * SAID:
        timeline.looks_back = True
        points.clear()
        spans.clear()


def _year_ends(dated: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the Decembers that no words name as a month, of periods with the words for them."""
    ends, months = set[str](), set[str]()
    for value, words in dated:
        if value.endswith("-12") and periods.is_point(value):
            (ends if names_end(words) and not _DECEMBER.search(words) else months).add(value)
    return frozenset(ends - months)


def _voted(sentence: Sentence, period: FoundPeriod, value: str | None, timeline: Timeline) -> str | None:
    """Return the period as a vote for when the document stands; None where it only compares, or is yet to come."""
    if value is None or is_base(sentence, period) or not is_reference(sentence, period):
        return None
    if is_foreseen(sentence, period) or is_of_another(sentence, period):
        return None
    aside = in_parentheses(sentence, period.start)
    told = aside is not None and any(aside[0] < mention.start < aside[1] for mention in sentence.mentions)
    stated = bool(sentence.mentions) and sentence.spaced and period.end > sentence.mentions[0].start
    if sentence.mentions and not (told or stated or _weight(sentence, period) > SAID or leads(sentence, period)):
        return None
    if timeline.published and _is_own_date(value, timeline.published[:7], said=not sentence.mentions):
        return None
    return value


def _is_own_date(value: str, published: str, *, said: bool) -> bool:
    """Whether the period is yet to come, or, where no number stands with it, the text's own date or one long gone."""
    if said and _is_long_gone(value, published):
        return True
    if len(value) == 4:
        return value > published[:4] or (said and value == published[:4])
    return periods.last_month(value) > published or (said and value == published)


def _is_long_gone(value: str, published: str) -> bool:
    """Whether what is said of that time tells a story ("the network went online in 2004") and is no news."""
    return int(value[:4]) < int(published[:4]) - 1


def _weight(sentence: Sentence, period: FoundPeriod) -> int:
    """Return how much a period says of when the document stands: "as of" most, one without numbers least."""
    if cue_right_before(sentence, period.start, "as_of", 8):
        return STATED
    return SAID if sentence.mentions else 1


def note_periods(sentence: Sentence, timeline: Timeline, *, heading: bool = False) -> None:
    """Note the period that the rest of the paragraph stands in; one of a mere comparison is none.

    An earlier period than the document's own is that of the sentence alone, unless the paragraph opens with it.
    """
    for period in sentence.periods:
        if is_base(sentence, period) or not is_reference(sentence, period) or not _governs(sentence, period):
            continue
        value = absolute(period, timeline)
        if not value or is_foreseen(sentence, period) or is_of_another(sentence, period):
            continue
        aside = timeline.looks_back or not sentence.mentions
        if timeline.published and aside and not heading and _is_long_gone(value, timeline.published):
            continue
        own = timeline.reference if periods.is_point(value) else timeline.reference_span
        if not own and not sentence.mentions and timeline.reference_span:
            own = periods.last_month(timeline.reference_span)
        opens = timeline.fresh and bool(sentence.mentions)
        if own and value < own and not opens and not heading:
            continue
        if period.yearless and not sentence.text[period.start].isdigit() and periods.is_point(value):
            timeline.point, timeline.fresh = value, False
            continue  # 年末 dates the stocks of its year, and no flow or rate
        if periods.is_point(value):
            timeline.point, timeline.span = value, None
            timeline.whole_month = not is_cumulative(sentence, period)
        else:
            timeline.span = value
        timeline.fresh, timeline.latest = False, value


def _governs(sentence: Sentence, period: FoundPeriod) -> bool:
    """Whether the period leads the sentence's first number or stands behind it in its clause, outside parentheses."""
    if not sentence.mentions:
        return in_parentheses(sentence, period.start) is None
    if _ALONE.match(sentence.text, period.end):
        return False
    if not leads(sentence, period):
        return False
    if period.end <= sentence.mentions[0].start:
        return True
    first = sentence.mentions[0].end
    return period.start >= first and not sentence.broken(first, period.start, HARD_BREAK)
