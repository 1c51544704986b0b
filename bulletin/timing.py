"""Which period a number holds at.

A period of the number's own clause comes first, then the one of the number before it, then the one that its paragraph
stands in, then the document's: the one that most of its dated numbers hold at.
"""

import re

from bulletin import periods
from bulletin.measures import Reading, stands_compared
from bulletin.model import Token
from bulletin.own_periods import BEHIND, dated, own_periods
from bulletin.period_roles import in_parentheses
from bulletin.scan import Sentence
from bulletin.stretches import between, starts, stretch_of
from bulletin.timeline import Dated, Timeline, standing
from schemas.concepts import Kind, Measure

_OF_OTHERS = re.compile(r"\s+(?:in|of|for|among|amongst|across)\s+(?:the\s+)?", re.IGNORECASE)
LOOKED_BACK = "no words say when it holds: the text names none but times long gone"
COMPARED = "it is of an earlier time that no words name"
FORESEEN = "it is foreseen for a time that no words name"
YEAR_END = ("previous_year_end", "last_year_end")


def period_of(
    sentence: Sentence, index: int, kind: Kind, reading: Reading, timeline: Timeline, earlier: Dated | None
) -> Dated:
    """Return the period of the number: its own clause's, else that of the number before, else of where it stands.

    `earlier` is what the number before it in the sentence was given.
    """
    difference = reading.measure in (Measure.CHANGE, Measure.GROWTH_RATE) and not stands_compared(sentence, index)
    if kind is Kind.STOCK and (stretch := stretch_of(sentence)):
        begins = starts(sentence, index)
        return Dated(_fitting(dated(sentence, stretch[not begins], timeline), kind, difference), begins, kind=kind)
    own = next(own_periods(sentence, index, difference, timeline, earlier), None)
    if not own and kind is Kind.FLOW and timeline.point and _is_of_month(sentence, index):
        return Dated(timeline.point, kind=kind)
    if sentence.spaced and (aside := _of_no_named_time(sentence, index, reading, own, timeline)):
        before = own or (earlier if earlier and not earlier.local else None)
        stood = before.value if before and before.value else standing(kind, timeline)
        if aside == COMPARED and stood and len(stood) == 4:
            return Dated(periods.previous_year(stood), local=True, kind=kind)  # "72% in 2024, up from 69%"
        return Dated(stood, local=True, kind=kind, doubt=aside)
    if own and own.value:
        own = own if kind is Kind.FLOW else _of_same_month(sentence, index, own, earlier)
        # The change of what is told of a whole year is that year's too: 2021年为96.8%，较2020年提升1.9个百分点.
        told = earlier is not None and earlier.value == own.value and earlier.kind is kind and _goes_on(sentence, index)
        if kind is Kind.STOCK and earlier and _is_led_to(sentence, index, own, earlier):
            return earlier
        if kind is Kind.RATE and difference and (ends := between(sentence, own.value)):
            return Dated(ends[1], own.local, own.cumulative, kind)
        over_year = (
            reading.measure is Measure.GROWTH_RATE and len(own.value or "") > 4
        )  # "3% in the 12 months to April"
        return Dated(_fitting(own, kind, over_year or (difference and not told)), own.local, own.cumulative, kind)
    if earlier and earlier.value and not earlier.local:
        ended = earlier.kind is not Kind.FLOW and not (timeline.whole_month and earlier.value == timeline.point)
        before = earlier._replace(cumulative=earlier.cumulative or ended)
        part_of_year = len(earlier.value) != 4
        return Dated(_fitting(before, kind, part_of_year), cumulative=before.cumulative, kind=kind)
    stood = standing(kind, timeline)
    if timeline.looks_back and not (timeline.point or timeline.span):
        return Dated(stood, kind=kind, doubt=LOOKED_BACK)
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


def _of_no_named_time(sentence: Sentence, index: int, reading: Reading, own: Dated | None, timeline: Timeline) -> str:
    """Return why a number is of another time than those around it, though no period says so; else nothing."""
    if own and own.value and not own.shared:
        return ""
    if reading.measure is Measure.LEVEL and stands_compared(sentence, index):
        return "" if _is_of_others(sentence, index) else COMPARED
    if own and own.value and not (timeline.published and periods.last_month(own.value) <= timeline.published[:7]):
        return ""  # "in 2030 it will be 57%"
    begin, number = sentence.clause_before(index)[0], sentence.mentions[index]
    ahead, behind = sentence.cues_in(begin, number.start, "forecast"), _right_behind(sentence, number.end)
    return FORESEEN if ahead or (behind and behind.is_cue("forecast")) else ""


def _right_behind(sentence: Sentence, end: int) -> Token | None:
    """Return the word of the next letters: "against the 4% | expected"."""
    return sentence.word_at(end + 1) if sentence.text[end : end + 1] == " " else None


def _is_of_others(sentence: Sentence, index: int) -> bool:
    """Whether it is compared with as that of others, at the same time: "against 97% in Korea", "with 80% in cities"."""
    number = sentence.mentions[index]
    behind = _OF_OTHERS.match(sentence.text, number.end)
    if behind is None or not sentence.cues_in(sentence.gap_before(index)[0], number.start, "beside"):
        return False
    word = sentence.word_at(behind.end())
    return word is not None and bool(word.of("area") or word.of("member")) and not word.of("indicator")


def _is_of_month(sentence: Sentence, index: int) -> bool:
    """Whether it is said in the number's clause that it is of the month alone."""
    begin, end = sentence.clause_before(index)[0], sentence.clause_after(index)[1]
    return bool(sentence.cues_in(begin, end, "during_month"))


def _is_led_to(sentence: Sentence, index: int, own: Dated, earlier: Dated) -> bool:
    """Whether a stock is told along with its growth: 上半年新建60万个，累计290万个, "in 2018 up 9 to 57 million"."""
    number = sentence.mentions[index]
    if sentence.spaced and (index == 0 or number.start - sentence.mentions[index - 1].end > BEHIND):
        return False
    plain = not earlier.local and earlier.kind is Kind.STOCK
    return plain and own.value is not None and earlier.value == periods.last_month(own.value)


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
