"""Which period a number holds at.

A period of the number's own clause comes first, then the one of the number before it, then the one that its paragraph
stands in, then the document's: the one that most of its dated numbers hold at.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bulletin import periods
from bulletin.measures import Reading, stands_compared
from bulletin.model import FoundPeriod
from bulletin.outlook import is_foreseen
from bulletin.period_roles import cue_right_before, in_parentheses, is_base, is_cumulative, is_reference, leads
from bulletin.scan import BREAK, HARD_BREAK, Sentence
from bulletin.stretches import between, starts, stretch_of
from bulletin.timeline import Timeline, absolute, relative, standing
from schemas.concepts import Kind, Measure

BEHIND = 40
"""Characters behind a number within which a period of its clause is its own, whatever stands before it."""
EARLIER = (
    "same_period_of_previous_year",
    "half_year_earlier",
    "previous_year_end",
    "previous_month_end",
    "same_period_of_year",
    "years_earlier",
)
COMPARED = "it is of an earlier time that no words name"
FORESEEN = "it is foreseen for a time that no words name"
YEAR_END = ("previous_year_end", "last_year_end")
OF_A_YEAR = ("same_period_of_year", "years_earlier")
"""Those that an aside may name too ("published two years ago"): they date a number where they open its clause."""
_WHEN = re.compile(r"\s*,?\s+when\s", re.IGNORECASE)
_AT_THE = re.compile(r"\s*(?:(?:at|in|by|as\s+of)\s+)?(?:the\s+)?", re.IGNORECASE)
_OPENS = re.compile(
    r"(?:^|[,;:.–—]\s*|\b(?:and|but|while|whereas|yet)\s+)"
    r"(?:(?:in|at|by|over|during|for|just|only|even|as|of|back|the)\s+)*$",
    re.IGNORECASE,
)
"""What stands before a period that opens a clause."""
_WAS = re.compile(r"\s*(?:[(]|(?:it\s+)?(?:was|were|had\s+been|stood\s+at)(?:\s+at)?)\s*", re.IGNORECASE)
"""What stands between a time and what a difference was then."""
_GAP = re.compile(r"\s*(?:的|:|：|[(（])?\s*")


class Dated(NamedTuple):
    """The period of a number, and whether it is that number's alone."""

    value: str | None
    local: bool = False
    cumulative: bool = False
    """Whether the words name the end of the period: as of August, 截至8月末."""
    kind: Kind = Kind.STOCK
    doubt: str = ""
    """Why no words say when the number holds, though it is not the time of what stands around it."""


def period_of(
    sentence: Sentence, index: int, kind: Kind, reading: Reading, timeline: Timeline, earlier: Dated | None
) -> Dated:
    """Return the period of the number: its own clause's, else that of the number before, else of where it stands.

    `earlier` is what the number before it in the sentence was given.
    """
    difference = reading.measure in (Measure.CHANGE, Measure.GROWTH_RATE) and not stands_compared(sentence, index)
    if kind is Kind.STOCK and (stretch := stretch_of(sentence)):
        begins = starts(sentence, index)
        return Dated(_fitting(_dated(sentence, stretch[not begins], timeline), kind, difference), begins, kind=kind)
    own = next(_own(sentence, index, difference, timeline, earlier), None)
    if not own and kind is Kind.FLOW and timeline.point and _is_of_month(sentence, index):
        return Dated(timeline.point, kind=kind)
    if own and own.value:
        own = own if kind is Kind.FLOW else _of_same_month(sentence, index, own, earlier)
        # The change of what is told of a whole year is that year's too: 2021年为96.8%，较2020年提升1.9个百分点.
        told = earlier is not None and earlier.value == own.value and earlier.kind is kind and _goes_on(sentence, index)
        if kind is Kind.STOCK and earlier and _is_led_to(sentence, index, own, earlier):
            return earlier
        if kind is Kind.RATE and difference and (ends := between(sentence, own.value)):
            return Dated(ends[1], own.local, own.cumulative, kind)
        return Dated(_fitting(own, kind, difference and not told), own.local, own.cumulative, kind)
    if sentence.spaced and not (own and own.value) and (aside := _of_no_named_time(sentence, index, reading)):
        stood = (earlier.value if earlier and not earlier.local else None) or standing(kind, timeline)
        if aside == COMPARED and stood and len(stood) == 4:
            return Dated(periods.previous_year(stood), local=True, kind=kind)  # "72% in 2024, up from 69%"
        return Dated(stood, local=True, kind=kind, doubt=aside)
    if earlier and earlier.value and not earlier.local:
        ended = earlier.kind is not Kind.FLOW and not (timeline.whole_month and earlier.value == timeline.point)
        before = earlier._replace(cumulative=earlier.cumulative or ended)
        part_of_year = len(earlier.value) != 4
        return Dated(_fitting(before, kind, part_of_year), cumulative=before.cumulative, kind=kind)
    stood = standing(kind, timeline)
    return Dated(_of_rate(sentence, index, stood, timeline) if kind is Kind.RATE and stood else stood, kind=kind)


def _of_rate(sentence: Sentence, index: int, stood: str, timeline: Timeline) -> str:
    """Return the period of a rate that nothing near it dates, as its words have it: of the year, of the year so far."""
    ahead = sentence.start, sentence.mentions[index].start
    if periods.is_point(stood) and sentence.cues_in(*ahead, "whole_year"):
        return stood[:4]
    if periods.is_point(stood) and sentence.cues_in(*ahead, "during_year"):
        stood = periods.up_to(stood)
    from_end = any(period.relative in YEAR_END for period in sentence.periods)
    if stood in timeline.year_ends and not from_end:
        stood = stood[:4]
    return stood


def _of_no_named_time(sentence: Sentence, index: int, reading: Reading) -> str:
    """Return why a number is of another time than those around it, though no period says so; else nothing."""
    if reading.measure is Measure.LEVEL and stands_compared(sentence, index):
        return COMPARED
    begin, _ = sentence.clause_before(index)
    return FORESEEN if sentence.cues_in(begin, sentence.mentions[index].start, "forecast") else ""


def _is_of_month(sentence: Sentence, index: int) -> bool:
    """Whether it is said in the number's clause that it is of the month alone."""
    begin, end = sentence.clause_before(index)[0], sentence.clause_after(index)[1]
    return bool(sentence.cues_in(begin, end, "during_month"))


def _is_led_to(sentence: Sentence, index: int, own: Dated, earlier: Dated) -> bool:
    """Whether a stock is told along with its growth: 上半年新建60万个，累计290万个, "in 2018 up 9 to 57 million"."""
    number = sentence.mentions[index]
    if sentence.spaced and (index == 0 or number.start - sentence.mentions[index - 1].end > BEHIND):
        return False
    return own.value is not None and earlier.kind is Kind.STOCK and earlier.value == periods.last_month(own.value)


def _goes_on(sentence: Sentence, index: int) -> bool:
    """Whether the number is in points, or in the unit of the one before, and so may be what that one changed by."""
    unit = sentence.mentions[index].unit
    return unit == "percentage_point" or (index > 0 and unit == sentence.mentions[index - 1].unit)


def _of_same_month(sentence: Sentence, index: int, own: Dated, earlier: Dated | None) -> Dated:
    """Return a year as its December where the number beside is of one: "(2018: 3.7 million)", "up from 86% in 2014"."""
    beside = earlier.value if earlier else None
    number = sentence.mentions[index]
    aside = in_parentheses(sentence, number.start) is not None or stands_compared(sentence, index)
    if sentence.spaced and aside and own.value and len(own.value) == 4 and beside and beside.endswith("-12"):
        return own._replace(value=f"{own.value}-12")
    return own


def _own(
    sentence: Sentence, index: int, difference: bool, timeline: Timeline, earlier: Dated | None
) -> Iterator[Dated]:
    """Yield the periods that the sentence gives the number, the nearest in right first."""
    if not sentence.periods:
        return
    number = sentence.mentions[index]
    inside = in_parentheses(sentence, number.start)
    usable = [p for p in sentence.periods if _same_scope(sentence, p, number.end, inside)]
    if not timeline.this_year:
        usable = [p for p in usable if p.relative != "this_year" or is_foreseen(sentence, p)]
    if not usable:
        return
    if not difference:
        yield from _touching(usable, sentence, index, timeline, earlier)
    elif sentence.spaced:
        yield from _of_then(usable, sentence, index, timeline, earlier)
    yield from _when(usable, sentence, number.start, timeline, earlier)
    plain = [
        p
        for p in usable
        if not is_base(sentence, p) and (is_reference(sentence, p) or stands_compared(sentence, index))
    ]
    if not difference:
        yield from _earlier_time(usable, sentence, index, timeline, earlier)
    elif opening := [p for p in usable if p.relative == "same_period_of_year" and _opens(sentence, p)]:
        yield from _earlier_time(opening, sentence, index, timeline, earlier)
    begin, end = sentence.clause_after(index)
    for period in plain:
        near = begin <= period.start <= end and period.start - begin <= BEHIND
        if near and not _opens_next(sentence, index, period):
            yield _dated(sentence, period, timeline, local=stands_compared(sentence, index))
            break
    leading = [p for p in plain if p.end <= number.start and not _consumed(sentence, p, index)]
    leading = [p for p in leading if leads(sentence, p) or inside is not None or _is_aside(sentence, p, index)]
    for period in reversed(leading):
        yield _dated(sentence, period, timeline, local=inside is not None)
    later = [p for p in plain if p.start >= number.end and not sentence.broken(number.end, p.start, HARD_BREAK)]
    later = [p for p in later if not _is_of_next(sentence, index, p)]
    for period in later[:1]:
        yield _dated(sentence, period, timeline)


def _is_of_next(sentence: Sentence, index: int, period: FoundPeriod) -> bool:
    """Whether another number, behind a verb of its own, stands before the period: "is 52 and will be 57 in 2030"."""
    if _opens_next(sentence, index, period):
        return True
    if index + 1 >= len(sentence.mentions) or sentence.mentions[index + 1].end > period.start:
        return False
    begin, end = sentence.gap_after(index)
    return bool(sentence.cues_in(begin, end, "be", "level_after"))


def _opens_next(sentence: Sentence, index: int, period: FoundPeriod) -> bool:
    """Whether the period opens the clause of a number further on: "up 32%; December alone was 11 GB"."""
    number = sentence.mentions[index]
    behind = next((mention for mention in sentence.mentions[index + 1 :] if mention.start >= period.end), None)
    if not sentence.spaced or behind is None or not sentence.broken(number.end, period.start, BREAK):
        return False
    return _opens(sentence, period) and not sentence.broken(period.end, behind.start, BREAK)


def _touching(
    usable: list[FoundPeriod], sentence: Sentence, index: int, timeline: Timeline, earlier: Dated | None
) -> Iterator[Dated]:
    """Yield a period right at a level, its own though the sentence compares with it: 2012年的42.1%, "42.1% in 2012"."""
    number = sentence.mentions[index]
    for period in usable:
        if not (period.end <= number.start and _GAP.fullmatch(sentence.text, period.end, number.start)):
            continue
        if period.relative:
            now = (earlier.value if earlier else None) or timeline.point or timeline.span
            if now:
                yield Dated(relative(period, now), local=True)
        elif is_base(sentence, period) or not period.day:
            aside = in_parentheses(sentence, number.start) is not None
            yield _dated(sentence, period, timeline, local=aside or is_base(sentence, period))


def _of_then(
    usable: list[FoundPeriod], sentence: Sentence, index: int, timeline: Timeline, earlier: Dated | None
) -> Iterator[Dated]:
    """Yield the time of a difference told of another: "the growth rate a year ago was 2.9%", "than in May (4.2%)"."""
    start = sentence.mentions[index].start
    now = (earlier.value if earlier and not earlier.local else None) or timeline.point or timeline.span
    for period in usable:
        if period.end <= start and not period.day and _WAS.fullmatch(sentence.text, period.end, start):
            value = relative(period, now) if now and period.relative else absolute(period, timeline)
            yield Dated(value, local=True)


def _when(
    usable: list[FoundPeriod], sentence: Sentence, start: int, timeline: Timeline, earlier: Dated | None
) -> Iterator[Dated]:
    """Yield the period that a clause is about: "since 2012, when it stood at 11 trillion yuan"."""
    for period in reversed(usable):
        opened = _WHEN.match(sentence.text, period.end, start)
        if opened and not sentence.broken(opened.end(), start, HARD_BREAK):
            now = (earlier.value if earlier else None) or timeline.point or timeline.span
            value = relative(period, now) if period.relative and now else absolute(period, timeline)
            yield Dated(value, local=True)


def _earlier_time(
    usable: list[FoundPeriod], sentence: Sentence, index: int, timeline: Timeline, earlier: Dated | None
) -> Iterator[Dated]:
    """Yield the period of a level told of an earlier time: "a year earlier it stood at 62%", 一年前为6.88亿."""
    start, end = sentence.mentions[index].start, sentence.mentions[index].end
    before = earlier.value if earlier and not earlier.local else None
    now = before or timeline.point or timeline.span
    for period in usable:
        back = period.relative in EARLIER
        if period.relative in OF_A_YEAR and period.end <= start and not _opens(sentence, period):
            continue
        if now and back and period.start >= end and _AT_THE.fullmatch(sentence.text, end, period.start):
            yield Dated(relative(period, now), local=True)
        # "from 15% a year earlier to 24%": the time of the number before, and not of the next.
        first = not any(period.end < mention.start < start for mention in sentence.mentions) and not _consumed(
            sentence, period, index
        )
        compared = cue_right_before(sentence, period.start, "base") or _is_within_cue(sentence, period)
        if period.relative == "same_period_of_year":
            compared = False  # "over the same months of 2023, 11 million joined": _opens has told it from a comparison
        if now and back and first and period.end <= start and not compared:
            yield Dated(relative(period, now), local=True)


def _opens(sentence: Sentence, period: FoundPeriod) -> bool:
    """Whether the period opens a clause: "two years earlier it was 5%"."""
    return _OPENS.search(sentence.text[sentence.start : period.start]) is not None


def _is_within_cue(sentence: Sentence, period: FoundPeriod) -> bool:
    """Whether the words of comparison are of one piece with the period: "from a year earlier"."""
    around = sentence.word_at(period.start)
    return around is not None and around.start < period.start and around.is_cue("year_on_year", "month_on_month")


def _same_scope(sentence: Sentence, period: FoundPeriod, number_end: int, inside: tuple[int, int] | None) -> bool:
    """Whether the period stands in the same parentheses as the number, outside like it, or right behind it in some."""
    around = in_parentheses(sentence, period.start)
    if around is None or around == inside:
        return True
    alone = sentence.text[around[0] + 1 : around[1] - 1].strip() == sentence.text[period.start : period.end].strip()
    if alone and around[1] <= number_end:
        return True
    return 0 <= around[0] - number_end <= 1 and not any(
        around[0] <= mention.start < around[1] for mention in sentence.mentions
    )


def _is_aside(sentence: Sentence, period: FoundPeriod, index: int) -> bool:
    """Whether the period stands alone in parentheses, no number before it: 在第43次报告中（2018年12月），...占6.6%."""
    around = in_parentheses(sentence, period.start)
    if sentence.spaced or around is None or any(mention.end <= period.start for mention in sentence.mentions[:index]):
        return False
    alone = sentence.text[around[0] + 1 : around[1] - 1].strip()
    return alone == sentence.text[period.start : period.end].strip()


def _consumed(sentence: Sentence, period: FoundPeriod, index: int) -> bool:
    """Whether the period is that of an earlier number, behind which it stands in one clause."""
    earlier = [mention for mention in sentence.mentions[:index] if mention.end <= period.start]
    if not earlier:
        return False
    return not sentence.broken(earlier[-1].end, period.start, BREAK)


def _dated(sentence: Sentence, period: FoundPeriod, timeline: Timeline, *, local: bool = False) -> Dated:
    if period.relative == "this_year" and timeline.published and is_foreseen(sentence, period):
        return Dated(timeline.published[:4], local=True)
    return Dated(absolute(period, timeline), local, is_cumulative(sentence, period))


def _fitting(found: Dated, kind: Kind, difference: bool) -> str | None:
    """Return the period as the indicator's kind has it: a flow up to August is that from January to August."""
    if found.value is None:
        return None
    if kind is Kind.FLOW and periods.is_point(found.value) and found.cumulative:
        return periods.up_to(found.value)
    yearly = kind is Kind.STOCK or (len(found.value) > 4 and periods.is_year_long(found.value))
    if kind is not Kind.FLOW and yearly and difference and not periods.is_point(found.value):
        return periods.last_month(found.value)  # prices rose by 3% in the twelve months to April: in April
    return found.value


def is_of_other_time(sentence: Sentence, index: int) -> bool:
    """Return whether the words tell a time that no date tells ("ten years ago it stood at 40%"), and no period does."""
    begin, stop = sentence.clause_before(index)[0], sentence.clause_after(index)[1]
    told = sentence.cues_in(begin, stop, "other_time")
    return bool(told) and not any(begin <= period.start <= stop for period in sentence.periods)
