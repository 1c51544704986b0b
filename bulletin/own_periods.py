"""Which periods the sentence gives a number: right at it, behind it, leading up to it, the nearest in right first."""

import re
from collections.abc import Iterator

from bulletin import periods
from bulletin.measures import stands_compared
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
)
from bulletin.scan import BREAK, HARD_BREAK, Sentence
from bulletin.timeline import Dated, Timeline, absolute, relative

HEDGE = 2
"""Characters between a number and the parentheses that say when it held: 36%左右（2018年数字）."""
BEHIND = 40
"""Characters behind a number within which a period of its clause is its own, whatever stands before it."""
EARLIER = (
    "same_period_of_previous_year",
    "half_year_earlier",
    "previous_year_end",
    "previous_month_end",
    "same_period_of_year",
    "years_earlier",
    "months_earlier",
)
OF_A_YEAR = ("same_period_of_year", "years_earlier", "months_earlier")
"""Those that an aside may name too ("published two years ago"): they date a number where they open its clause."""
_WHEN = re.compile(r"\s*,?\s+when\s", re.IGNORECASE)
_AT_THE = re.compile(r"\s*(?:(?:at|in|by|as\s+of)\s+)?(?:the\s+)?", re.IGNORECASE)
_OPENS = re.compile(
    r"(?:^|[,;:.–—]\s*|\b(?:and|but|while|whereas|yet)\s+)"
    r"(?:(?:in|at|by|over|during|for|just|only|even|as|of|back|the)\s+)*$",
    re.IGNORECASE,
)
"""What stands before a period that opens a clause."""
_HAD = re.compile(r"\bhad\s", re.IGNORECASE)
_THE_YEAR = re.compile(r"\byear", re.IGNORECASE)
_WAS = re.compile(r"\s*(?:[(]|(?:it\s+)?(?:was|were|had\s+been|stood\s+at)(?:\s+at)?)\s*", re.IGNORECASE)
"""What stands between a time and what a difference was then."""
_GAP = re.compile(r"\s*(?:的|:|：|[(（])?\s*")


def own_periods(
    sentence: Sentence, index: int, difference: bool, timeline: Timeline, earlier: Dated | None
) -> Iterator[Dated]:
    """Yield the periods that the sentence gives the number `index`, the nearest in right first."""
    if not sentence.periods:
        return
    number = sentence.mentions[index]
    inside = in_parentheses(sentence, number.start)
    usable = _usable(sentence, number.end, inside, timeline)
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
    elif then := [p for p in usable if tells_of_then(sentence, index, p)]:
        yield from _earlier_time(then, sentence, index, timeline, earlier)
    begin, end = sentence.clause_after(index)
    for period in plain:
        near = begin <= period.start <= end and period.start - begin <= BEHIND
        if near and not _opens_next(sentence, index, period):
            yield dated(sentence, period, timeline, local=stands_compared(sentence, index))
            break
    leading = [p for p in plain if p.end <= number.start and not _consumed(sentence, p, index)]
    leading = [p for p in leading if leads(sentence, p) or inside is not None or _is_aside(sentence, p, index)]
    if inside is None and not sentence.spaced:
        # What stands alone in parentheses says of something in passing when that was: 与上一期（10月至12月）相同.
        leading.sort(key=lambda p: in_parentheses(sentence, p.start) is None)
    for period in reversed(leading):
        yield dated(sentence, period, timeline, local=inside is not None)._replace(shared=inside is None)
    later = [p for p in plain if p.start >= number.end and not sentence.broken(number.end, p.start, HARD_BREAK)]
    later = [p for p in later if not _is_of_next(sentence, index, p)]
    for period in later[:1]:
        between = any(mention.start < period.start for mention in sentence.mentions[index + 1 :])
        yield dated(sentence, period, timeline)._replace(shared=between)


def _usable(
    sentence: Sentence, number_end: int, inside: tuple[int, int] | None, timeline: Timeline
) -> list[FoundPeriod]:
    """Return the periods of the number's scope; "this year" only where it is known which, or what is foreseen."""
    found = [p for p in sentence.periods if _same_scope(sentence, p, number_end, inside)]
    if timeline.this_year:
        return found
    return [p for p in found if p.relative != "this_year" or is_foreseen(sentence, p)]


def _is_of_next(sentence: Sentence, index: int, period: FoundPeriod) -> bool:
    """Whether another number, behind a verb of its own, stands before the period: "is 52 and will be 57 in 2030"."""
    if _opens_next(sentence, index, period):
        return True
    if index + 1 >= len(sentence.mentions) or sentence.mentions[index + 1].end > period.start:
        return False
    begin, end = sentence.gap_after(index)
    return bool(sentence.cues_in(begin, end, "be", "level_after")) or is_of_another(sentence, period)


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
            yield dated(sentence, period, timeline, local=aside or is_base(sentence, period))


def _of_then(
    usable: list[FoundPeriod], sentence: Sentence, index: int, timeline: Timeline, earlier: Dated | None
) -> Iterator[Dated]:
    """Yield the time of a difference told of another: "the growth rate a year ago was 2.9%", "than in May (4.2%)"."""
    start = sentence.mentions[index].start
    now = (earlier.value if earlier and not earlier.local else None) or timeline.point or timeline.span
    for period in usable:
        if period.end > start or period.day or not (was := _WAS.fullmatch(sentence.text, period.end, start)):
            continue
        # "The increase over December 2020 was 42.96 million": that is what it is from.
        if "(" in was[0] or not cue_right_before(sentence, period.start, "base"):
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


def _year_meant(sentence: Sentence, period: FoundPeriod) -> int | None:
    """Return the year that the sentence has named before its end: "3 million joined in 2007, ... by year-end"."""
    words = sentence.text[period.start : period.end]
    if not sentence.spaced or period.yearless != "-12" or period.relative or not _THE_YEAR.search(words):
        return None
    named = [p.value for p in sentence.periods if p.value and len(p.value) == 4 and p.end <= period.start]
    return int(named[-1]) if named else None


def tells_of_then(sentence: Sentence, index: int, period: FoundPeriod) -> bool:
    """Return whether a difference is told of the time: "in the same months of 2023, 9 million came", "it had grown"."""
    if period.relative not in EARLIER or not sentence.spaced:
        return False
    opens = _opens(sentence, period)
    if period.relative == "same_period_of_year" and opens:
        return True
    begin, start = sentence.clause_before(index)
    ahead = opens and period.end <= start
    if not ahead and not _AT_THE.fullmatch(sentence.text, sentence.mentions[index].end, period.start):
        return False
    return _HAD.search(sentence.text, max(begin, period.end) if ahead else begin, start) is not None


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
    hedge = 1 if sentence.spaced else HEDGE
    return 0 <= around[0] - number_end <= hedge and not any(
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


def dated(sentence: Sentence, period: FoundPeriod, timeline: Timeline, *, local: bool = False) -> Dated:
    """Return the period with what its words say of it."""
    if period.relative == "this_year" and timeline.published and is_foreseen(sentence, period):
        return Dated(timeline.published[:4], local=True)
    if year := _year_meant(sentence, period):
        return Dated(periods.with_year(period.yearless or "", year), local, is_cumulative(sentence, period))
    return Dated(absolute(period, timeline), local, is_cumulative(sentence, period))
