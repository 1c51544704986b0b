"""Which period a number holds at, and which one it is compared with.

A period of the number's own clause comes first, then the one of the number before it, then the one that its paragraph
stands in, then the document's: the one that most of its dated numbers hold at. What a text only compares with, or says
when something was said, dates no other number. Never the clock.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bulletin import periods
from bulletin.measures import Reading, stands_compared
from bulletin.model import FoundPeriod, Token
from bulletin.outlook import is_foreseen
from bulletin.scan import BREAK, HARD_BREAK, Sentence, remembered
from bulletin.stretches import opens_clause, starts, stretch_of
from schemas.concepts import Kind, Measure

BEHIND = 40
"""Characters behind a number within which a period of its clause is its own, whatever stands before it."""
BASE_REACH = 24
"""Characters between a word of comparison and the period that it compares with."""
FAR_BASE = 40
"""The same where all words between are known: "than the figure recorded at the end of 2018"."""
SMALL_WORDS = 4
HEDGE = 2
"""Characters between a number and the parentheses that say when it held: 36%左右（2018年数字）."""
EARLIER = ("same_period_of_previous_year", "half_year_earlier", "previous_year_end", "previous_month_end")
YEAR_END = ("previous_year_end", "last_year_end")
OWN_TIMES = ("previous_year", "last_year_end", "month_of_previous_year", "period_end")
"""Periods named by another one at which numbers may hold, and which are not only compared with."""
_END = re.compile(r"\bend\b|\bclose\b|year-end|[底末]", re.IGNORECASE)
_DECEMBER = re.compile(r"dec|[月/.-]", re.IGNORECASE)
_TOPIC_BEFORE = re.compile(
    r"[，,：:；;、]\s*(?:而|但)?\s*(?:(?:in|by|as\s+of|at|during|for|(?:which\s+)?(?:cover(?:s|ed|ing)|end(?:s|ed|ing)))\s+"
    r"(?:the\s+|in\s+|on\s+)?|截至|到|在|截止)?$",
    re.IGNORECASE,
)
_SAID_OF = re.compile(r"\s*——?[这那]?是")
"""What stands between a number and its period: 8.29亿——这是去年底网民的总量."""
_TOPIC_BEHIND = re.compile(r"\s*[，,]")
"""A period between two commas sets the stage for what follows: "..., in 2021, ..."."""
_OF = re.compile(r"(?:\bof\s+|\bon\s+|[按以])$", re.IGNORECASE)
_FROM_ON = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_TO_END = re.compile(r"\b(?:to|through)\b|[-–—]", re.IGNORECASE)
_WHEN = re.compile(r"\s*,?\s+when\s", re.IGNORECASE)
_STRETCH_TO = re.compile(r"(?:[a-z]+|\d+)\s+months\s+(?:to|through|end)", re.IGNORECASE)
_APART = re.compile(r"[,，;；。\d]")
_CLOSING = re.compile(r"[)）]")
_ALONE = re.compile(r"\s+(?:alone|only)\b", re.IGNORECASE)
"""Behind a period that holds for its own sentence: "in December alone"."""
_AT_THE = re.compile(r"\s*(?:(?:at|in|by|as\s+of)\s+)?(?:the\s+)?", re.IGNORECASE)
_GAP = re.compile(r"\s*(?:的|:|：|[(（])?\s*")


@dataclass(slots=True)
class Timeline:
    """When a document stands, as far as read."""

    published: str | None
    reference: str | None = None
    """The month that most of the document's numbers hold at."""
    reference_span: str | None = None
    """The same of years, halves, quarters and spans."""
    by_month: bool = False
    """Whether the document dates by the ends of quarters, so that a year's stock is that of its December."""
    point: str | None = None
    """The month that the paragraph stands in."""
    span: str | None = None
    """The year, half, quarter or span that it stands in."""
    latest: str | None = None
    """The last of the two that the paragraph named, or the more frequent of the document's."""
    reference_latest: str | None = None
    year_ends: frozenset[str] = frozenset()
    """The Decembers that are only named as the ends of their years, when stocks are counted; a rate is the year's."""
    reference_whole: bool = False
    """Whether the document names its month as a whole wherever it does."""
    whole_month: bool = False
    """Whether that month was named as a whole (8月份), and not by its end or as of it."""
    fresh: bool = True
    """Whether no sentence of the paragraph has named a period yet."""

    def enter_paragraph(self) -> None:
        """Stand in the document's own period again."""
        self.point, self.span, self.fresh = self.reference, self.reference_span, True
        self.whole_month = self.reference_whole
        self.latest = self.reference_latest


class Dated(NamedTuple):
    """The period of a number, and whether it is that number's alone."""

    value: str | None
    local: bool = False
    cumulative: bool = False
    """Whether the words name the end of the period: as of August, 截至8月末."""
    kind: Kind = Kind.STOCK


def _cue_right_before(sentence: Sentence, position: int, cue: str, reach: int = BASE_REACH) -> bool:
    """Whether such a word stands before the position with nothing but small words in between."""
    if cue not in sentence.cues:
        return False
    ahead = sentence.right_before(position, reach if cue != "base" or not sentence.spaced else FAR_BASE)
    for at, word in enumerate(ahead):
        if not word.is_cue(cue):
            continue
        between = sentence.text[word.end : position]
        near = position - word.end <= reach and len(between.split()) <= SMALL_WORDS
        plain = not _APART.search(between) and (near or sentence.unknown(word.end, position) == 0)
        if plain and not (cue == "base" and any(w.is_cue("as_of") for w in ahead[at + 1 :])):
            return cue != "base" or _compares(sentence, word)
    return False


def _compares(sentence: Sentence, word: Token) -> bool:
    """Whether the word has something before it to compare; "on 2024" and "over 2024" that open a statement have not."""
    if not word.is_cue("base_after"):
        return True
    said = any(mention.end <= word.start for mention in sentence.mentions)
    return said or any(w.end <= word.start and w.is_cue("up", "down", "change_noun") for w in sentence.words)


@remembered
def is_base(sentence: Sentence, period: FoundPeriod) -> bool:
    """Return whether the sentence compares with the period: "over the end of 2020", 较2020年12月, 上年同期."""
    if period.relative and period.relative not in OWN_TIMES:
        return True
    if sentence.text[period.start : period.start + 5].casefold().startswith(("since", "from")):
        return True
    if _STRETCH_TO.match(sentence.text, period.start, period.end):
        return False  # "fell by 5% over the three months to August": in August
    around = sentence.word_at(period.start)
    if period.relative and around and around.is_cue("year_on_year"):
        return True  # "up 14.1 percent from the previous year"
    if _FROM_ON.search(sentence.text, sentence.start, period.start) and _TO_END.search(
        sentence.text, period.start, period.end
    ):
        # "revenue from January to May", but points "from January to May" are compared with them.
        ahead = [mention for mention in sentence.mentions if mention.end <= period.start]
        return bool(ahead) and ahead[-1].unit == "percentage_point" and period.start - ahead[-1].end < BASE_REACH
    reach = BASE_REACH if sentence.spaced else 3
    return _cue_right_before(sentence, period.start, "base", reach)


def is_reference(sentence: Sentence, period: FoundPeriod) -> bool:
    """Whether a date is one at which numbers hold; a bare day is when something was said."""
    if period.relative == "previous_year":
        # "last year's prices", 按上年不变价 say nothing of when; "Last year, ..." and "... last year." do.
        if _OF.search(sentence.text, sentence.start, period.start):
            return False
        behind = sentence.text[period.end : period.end + 4]
        return not behind.startswith(("'s", "’s", "不变", "的", "价", "以", "来", "相", "水平", "基", "基础"))
    behind_of = [i for i, mention in enumerate(sentence.mentions) if 0 <= period.start - mention.end <= BASE_REACH]
    if sentence.spaced and behind_of and stands_compared(sentence, behind_of[-1]):
        return False
    return not period.day or _cue_right_before(sentence, period.start, "as_of", 8)


def absolute(period: FoundPeriod, timeline: Timeline) -> str | None:
    """Return the period with its year: as printed, or the latest one that the document's date allows."""
    if period.value:
        return period.value
    standing = timeline.point or timeline.reference or timeline.span or timeline.reference_span
    if period.yearless is not None and not period.relative:
        if timeline.published:
            return periods.settle_year(period.yearless, timeline.published)
        return periods.with_year(period.yearless, periods.year_of(standing)) if standing else None
    if period.relative == "period_end":
        stood = timeline.span or timeline.point or timeline.reference_span
        return periods.last_month(stood) if stood else None
    now = timeline.published or standing
    if now and period.relative == "month_of_previous_year":
        return periods.with_year(period.yearless or "-12", periods.year_of(now[:7]) - 1)
    if now and period.relative == "last_year_end":
        return periods.previous_year_end(now[:7])
    if now and period.relative == "previous_year":
        return str(periods.year_of(now[:7]) - 1)
    return None


def set_reference(timeline: Timeline, sentences: Iterable[Sentence]) -> None:
    """Note the month, and the span, that most of the text's dated sentences hold at; of several as frequent, the first.

    Where a year is as frequent as any month and comes first, stocks hold at that year too.
    """
    points, spans, order = Counter[str](), Counter[str](), list[str]()
    compared: list[str] = []
    dated: list[tuple[str, str]] = []
    ended = set[str]()
    monthly = False
    for sentence in sentences:
        monthly = monthly or "month_on_month" in sentence.cues
        for period in sentence.periods:
            value = absolute(period, timeline)
            dated.append((value or "", sentence.text[period.start : period.end]))
            value = _voted(sentence, period, value, timeline)
            if period.value and not period.day and not sentence.spaced and is_base(sentence, period):
                compared.append(period.value)
            if value:
                votes = points if periods.is_point(value) else spans
                votes[value] += _weight(sentence, period) + (FIRST if not votes else 0)
                order.append(value)
                if _is_cumulative(sentence, period):
                    ended.add(value)
    point, span = max(points, key=points.__getitem__, default=None), max(spans, key=spans.__getitem__, default=None)
    yearly = (
        span
        and len(span) == 4
        and (not point or (spans[span] >= points[point] and order.index(span) < order.index(point)))
    )
    timeline.reference, timeline.reference_span = None if yearly else point, span
    votes = points + spans
    timeline.reference_latest = max(votes, key=votes.__getitem__, default=None)
    if point and span and order[0] == point not in ended and span == periods.up_to(point):
        # "National economy in October": the months up to it are told where they are named.
        timeline.reference_span, timeline.reference_latest = None, point
    timeline.year_ends = _year_ends(dated)
    timeline.by_month = any(month[5:] in ("03", "06", "09", "12") for month in (*points, *compared))
    # The end of a quarter is when stocks are counted, and what adds up may be of all the months to it; but not where
    # months are compared with the months before them.
    timeline.reference_whole = point is not None and point not in ended and (monthly or not timeline.by_month)
    timeline.enter_paragraph()


def _year_ends(dated: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the Decembers that no words name as a month, of periods with the words for them."""
    ends, months = set[str](), set[str]()
    for value, words in dated:
        if value.endswith("-12") and periods.is_point(value):
            (ends if _END.search(words) and not _DECEMBER.search(words) else months).add(value)
    return frozenset(ends - months)


def _voted(sentence: Sentence, period: FoundPeriod, value: str | None, timeline: Timeline) -> str | None:
    """Return the period as a vote for when the document stands; None where it only compares, or is yet to come."""
    if value is None or is_base(sentence, period) or not is_reference(sentence, period):
        return None
    if is_foreseen(sentence, period):
        return None
    aside = in_parentheses(sentence, period.start)
    told = aside is not None and any(aside[0] < mention.start < aside[1] for mention in sentence.mentions)
    stated = bool(sentence.mentions) and sentence.spaced and period.end > sentence.mentions[0].start
    if sentence.mentions and not (told or stated or _weight(sentence, period) > SAID or _leads(sentence, period)):
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


SAID, STATED, FIRST = 2, 3, 2


def _weight(sentence: Sentence, period: FoundPeriod) -> int:
    """Return how much a period says of when the document stands: "as of" most, one without numbers least."""
    if _cue_right_before(sentence, period.start, "as_of", 8):
        return STATED
    return SAID if sentence.mentions else 1


def _leads(sentence: Sentence, period: FoundPeriod) -> bool:
    """Whether the period opens the sentence or stands in the clause of a number, and not in an aside."""
    if in_parentheses(sentence, period.start):
        return False
    if sentence.unknown(sentence.start, period.start) == 0:
        return True
    if not sentence.text[period.end : sentence.end].strip(' .。!?"”)'):
        return True
    if _TOPIC_BEHIND.match(sentence.text, period.end) and _TOPIC_BEFORE.search(
        sentence.text, sentence.start, period.start
    ):
        return True
    if not sentence.spaced and opens_clause(sentence, period):
        return True
    behind = [mention for mention in sentence.mentions if mention.start >= period.end]
    ahead = [mention for mention in sentence.mentions if mention.end <= period.start]
    if ahead and _SAID_OF.fullmatch(sentence.text, ahead[-1].end, period.start):
        return True
    return bool(
        (behind and not sentence.broken(period.end, behind[0].start, HARD_BREAK))
        or (ahead and not sentence.broken(ahead[-1].end, period.start, HARD_BREAK))
    )


def note_periods(sentence: Sentence, timeline: Timeline, *, heading: bool = False) -> None:
    """Note the period that the rest of the paragraph stands in; one of a mere comparison is none.

    An earlier period than the document's own is that of the sentence alone, unless the paragraph opens with it.
    """
    for period in sentence.periods:
        if is_base(sentence, period) or not is_reference(sentence, period) or not _governs(sentence, period):
            continue
        value = absolute(period, timeline)
        if not value or is_foreseen(sentence, period):
            continue
        if timeline.published and not (heading or sentence.mentions) and _is_long_gone(value, timeline.published):
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
            timeline.whole_month = not _is_cumulative(sentence, period)
        else:
            timeline.span = value
        timeline.fresh, timeline.latest = False, value


def _governs(sentence: Sentence, period: FoundPeriod) -> bool:
    """Whether the period leads the sentence's first number or stands behind it in its clause, outside parentheses."""
    if not sentence.mentions:
        return in_parentheses(sentence, period.start) is None
    if _ALONE.match(sentence.text, period.end):
        return False
    if not _leads(sentence, period):
        return False
    if period.end <= sentence.mentions[0].start:
        return True
    first = sentence.mentions[0].end
    return period.start >= first and not sentence.broken(first, period.start, HARD_BREAK)


def in_parentheses(sentence: Sentence, position: int) -> tuple[int, int] | None:
    """Return the parentheses around the position; None where it stands outside of any."""
    return _parentheses(sentence, position) if sentence.has_parentheses else None


@remembered
def _parentheses(sentence: Sentence, position: int) -> tuple[int, int] | None:
    opened = max(
        sentence.text.rfind("(", sentence.start, position), sentence.text.rfind("（", sentence.start, position)
    )
    if opened < 0 or _CLOSING.search(sentence.text, opened, position):
        return None
    closed = _CLOSING.search(sentence.text, position, sentence.end)
    return opened, closed.end() if closed else sentence.end


def period_of(
    sentence: Sentence, index: int, kind: Kind, reading: Reading, timeline: Timeline, earlier: Dated | None
) -> Dated:
    """Return the period of the number: its own clause's, else that of the number before, else of where it stands.

    `earlier` is what the number before it in the sentence was given.
    """
    difference = reading.measure in (Measure.CHANGE, Measure.GROWTH_RATE) and not stands_compared(sentence, index)
    if kind is Kind.STOCK and (ends := stretch_of(sentence)):
        begins = starts(sentence, index)
        return Dated(_fitting(_dated(sentence, ends[not begins], timeline), kind, difference), begins, kind=kind)
    own = next(_own(sentence, index, difference, timeline, earlier), None)
    if not own and kind is Kind.FLOW and timeline.point and _is_of_month(sentence, index):
        return Dated(timeline.point, kind=kind)
    if own and own.value:
        own = _of_same_month(sentence, index, own, earlier)
        # The change of what is told of a whole year is that year's too: 2021年为96.8%，较2020年提升1.9个百分点.
        told = earlier is not None and earlier.value == own.value and earlier.kind is kind and _goes_on(sentence, index)
        stock = kind is Kind.STOCK and not sentence.spaced
        if stock and earlier and own.value and earlier.kind is kind and earlier.value == periods.last_month(own.value):
            return earlier  # what is told along with its growth: 上半年新建60万个，累计290万个
        return Dated(_fitting(own, kind, difference and not told), own.local, own.cumulative, kind)
    if earlier and earlier.value and not earlier.local:
        plain = sentence.spaced and reading.measure is Measure.LEVEL
        if plain and len(earlier.value) == 4 and stands_compared(sentence, index):
            return Dated(periods.previous_year(earlier.value), local=True, kind=kind)  # "72% in 2024, up from 69%"
        ended = earlier.kind is not Kind.FLOW and not (timeline.whole_month and earlier.value == timeline.point)
        before = earlier._replace(cumulative=earlier.cumulative or ended)
        part_of_year = len(earlier.value) != 4
        return Dated(_fitting(before, kind, part_of_year), cumulative=before.cumulative, kind=kind)
    stood = standing(kind, timeline)
    if kind is not Kind.RATE or stood is None:
        return Dated(stood, kind=kind)
    ahead = sentence.start, sentence.mentions[index].start
    if periods.is_point(stood) and sentence.cues_in(*ahead, "whole_year"):
        return Dated(stood[:4], kind=kind)
    if periods.is_point(stood) and sentence.cues_in(*ahead, "during_year"):
        stood = periods.up_to(stood)
    from_end = any(period.relative in YEAR_END for period in sentence.periods)
    if stood in timeline.year_ends and not from_end:
        stood = stood[:4]
    return Dated(stood, kind=kind)


def _is_of_month(sentence: Sentence, index: int) -> bool:
    """Whether it is said in the number's clause that it is of the month alone."""
    begin, end = sentence.clause_before(index)[0], sentence.clause_after(index)[1]
    return bool(sentence.cues_in(begin, end, "during_month"))


def _goes_on(sentence: Sentence, index: int) -> bool:
    """Whether the number is in points, or in the unit of the one before, and so may be what that one changed by."""
    unit = sentence.mentions[index].unit
    return unit == "percentage_point" or (index > 0 and unit == sentence.mentions[index - 1].unit)


def _of_same_month(sentence: Sentence, index: int, own: Dated, earlier: Dated | None) -> Dated:
    """Return a year named in parentheses as its December, where the number beside is of one: "(2018: 3.7 million)"."""
    beside = earlier.value if earlier else None
    inside = sentence.spaced and in_parentheses(sentence, sentence.mentions[index].start) is not None
    if inside and own.value and len(own.value) == 4 and beside and beside.endswith("-12"):
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
    if not usable:
        return
    if not difference:
        yield from _touching(usable, sentence, index, timeline, earlier)
    yield from _when(usable, sentence, number.start, timeline, earlier)
    plain = [
        p
        for p in usable
        if not is_base(sentence, p) and (is_reference(sentence, p) or stands_compared(sentence, index))
    ]
    if not difference:
        yield from _earlier_time(usable, sentence, number.start, number.end, timeline, earlier)
    begin, end = sentence.clause_after(index)
    for period in plain:
        if begin <= period.start <= end and period.start - begin <= BEHIND:
            yield _dated(sentence, period, timeline, local=stands_compared(sentence, index))
            break
    leading = [p for p in plain if p.end <= number.start and not _consumed(sentence, p, index)]
    leading = [p for p in leading if _leads(sentence, p) or inside is not None or _is_aside(sentence, p, index)]
    if inside is None and not sentence.spaced:
        # What stands alone in parentheses says of something in passing when that was: 与上一期（10月至12月）相同.
        leading.sort(key=lambda p: in_parentheses(sentence, p.start) is None)
    for period in reversed(leading):
        yield _dated(sentence, period, timeline, local=inside is not None)
    later = [p for p in plain if p.start >= number.end and not sentence.broken(number.end, p.start, HARD_BREAK)]
    later = [p for p in later if not _is_of_next(sentence, index, p)]
    for period in later[:1]:
        yield _dated(sentence, period, timeline)


def _is_of_next(sentence: Sentence, index: int, period: FoundPeriod) -> bool:
    """Whether another number, behind a verb of its own, stands before the period: "is 52 and will be 57 in 2030"."""
    if index + 1 >= len(sentence.mentions) or sentence.mentions[index + 1].end > period.start:
        return False
    begin, end = sentence.gap_after(index)
    return bool(sentence.cues_in(begin, end, "be", "level_after"))


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
    usable: list[FoundPeriod],
    sentence: Sentence,
    start: int,
    end: int,
    timeline: Timeline,
    earlier: Dated | None,
) -> Iterator[Dated]:
    """Yield the period of a level told of an earlier time: "a year earlier it stood at 62%", 一年前为6.88亿."""
    before = earlier.value if earlier and not earlier.local else None
    now = before or timeline.point or timeline.span
    for period in usable:
        back = period.relative in EARLIER
        if now and back and period.start >= end and _AT_THE.fullmatch(sentence.text, end, period.start):
            yield Dated(relative(period, now), local=True)
        first = not any(period.end < mention.start < start for mention in sentence.mentions)
        compared = _cue_right_before(sentence, period.start, "base") or _is_within_cue(sentence, period)
        if now and back and first and period.end <= start and not compared:
            yield Dated(relative(period, now), local=True)


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


def _dated(sentence: Sentence, period: FoundPeriod, timeline: Timeline, *, local: bool = False) -> Dated:
    return Dated(absolute(period, timeline), local, _is_cumulative(sentence, period))


def _is_cumulative(sentence: Sentence, period: FoundPeriod) -> bool:
    """Whether the words name the end of the period."""
    end = _END.search(sentence.text[period.start : period.end]) is not None
    return end or _cue_right_before(sentence, period.start, "as_of", 8)


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


def standing(kind: Kind, timeline: Timeline) -> str | None:
    """Return the period that nothing near the number names: the paragraph's, else the document's, else its date's."""
    published = timeline.published[:7] if timeline.published and len(timeline.published) >= 7 else None
    if kind is Kind.FLOW:
        if timeline.span and (not timeline.point or periods.last_month(timeline.span) >= timeline.point):
            return timeline.span
        if timeline.point and timeline.whole_month:
            return timeline.point
        return periods.up_to(timeline.point) if timeline.point else published
    if kind is Kind.RATE:
        return timeline.latest or timeline.point or timeline.span or published
    if timeline.point:
        return timeline.point
    if timeline.span:
        whole = len(timeline.span) == 4 and not timeline.by_month
        return timeline.span if whole else periods.last_month(timeline.span)
    return published


def relative(base: FoundPeriod, period: str) -> str:
    """Return the period that the words name as seen from `period`: "the end of the previous year", 上年同期."""
    if base.relative in ("previous_year_end", "last_year_end"):
        return periods.previous_year_end(period)
    if base.relative == "month_of_previous_year":
        return periods.with_year(base.yearless or "-12", periods.year_of(period) - 1)
    if base.relative == "previous_month_end":
        return periods.previous_period(periods.last_month(period))
    if base.relative == "previous_quarter":
        return periods.months_earlier(period, 3) if periods.is_point(period) else periods.previous_period(period)
    if base.relative == "half_year_earlier":
        return periods.months_earlier(periods.last_month(period), 6)
    return periods.previous_year(period)


def is_of_other_time(sentence: Sentence, index: int) -> bool:
    """Return whether the words tell a time that no date tells ("ten years ago it stood at 40%"), and no period does."""
    begin, stop = sentence.clause_before(index)[0], sentence.clause_after(index)[1]
    told = sentence.cues_in(begin, stop, "other_time")
    return bool(told) and not any(begin <= period.start <= stop for period in sentence.periods)
