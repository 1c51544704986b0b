"""Stretches of time that a count has gone through: "from June 2016 to June 2017 ... grew from 710 to 751 million".

The number behind "from" holds at the one end of it, the others at the other. What flows holds over the whole of it.
"""

import re

from bulletin import periods
from bulletin.model import FoundPeriod
from bulletin.scan import HARD_BREAK, Sentence, remembered

_OPENS = re.compile(r"\b(?:from|between)\s+(?:the\s+)?$", re.IGNORECASE)
_GOES_ON = re.compile(r"\s+(?:to|and|until|through)\s+(?:the\s+)?", re.IGNORECASE)
_BETWEEN = re.compile(r"between\s", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_TO = re.compile(r"[^.;:\d]{0,40}\bto\s+(?:\w+\s+){0,2}", re.IGNORECASE)
_COMMA = re.compile(r"\s*[，,]")
LEAD = 2
"""Unknown characters before a period that sets the scene of its clause."""
REACH = 20
"""Characters before a period in which the word that opens the stretch stands."""


def opens_clause(sentence: Sentence, period: FoundPeriod) -> bool:
    """Return whether the period is set before a comma at the head of its clause: ；而五年前的2014年，这一数字为...."""
    if not _COMMA.match(sentence.text, period.end, sentence.end):
        return False
    breaks = [match.end() for match in HARD_BREAK.finditer(sentence.text, sentence.start, period.start)]
    begin = breaks[-1] if breaks else sentence.start
    numbers = any(begin <= mention.start < period.start for mention in sentence.mentions)
    return not numbers and sentence.unknown(begin, period.start) <= LEAD


@remembered
def stretch_of(sentence: Sentence) -> tuple[FoundPeriod, FoundPeriod] | None:
    """Return both ends of the only stretch of the sentence; None where it has none, or names other times too."""
    if not sentence.spaced or not 1 <= len(sentence.periods) <= 2:
        return None
    first, last = sentence.periods[0], sentence.periods[-1]
    opened = _OPENS.search(sentence.text, max(sentence.start, first.start - REACH), first.start)
    if first is not last:
        joined = _GOES_ON.fullmatch(sentence.text, first.end, last.start)
        return (first, last) if opened and joined and not (first.relative or last.relative) else None
    begin, slash, end = (first.value or "").partition("/")
    if slash and begin[:4] != end[:4] and (opened or _BETWEEN.match(sentence.text, first.start)):
        return first._replace(value=begin), first._replace(value=end)
    return None


def between(sentence: Sentence, value: str | None) -> tuple[str, str] | None:
    """Return the months from and to which something moved: "between April and May 2025 prices rose by 0.2%"."""
    for found in sentence.periods if sentence.spaced and value else ():
        span = found.value and not periods.is_point(found.value) and _BETWEEN.match(sentence.text, found.start)
        if span and found.value and value in (found.value, periods.last_month(found.value)):
            return periods.first_month(found.value), periods.last_month(found.value)
    return None


def starts(sentence: Sentence, index: int) -> bool:
    """Return whether the number is the one that another goes on from: "from 710 million to 751 million"."""
    number = sentence.mentions[index]
    if index + 1 >= len(sentence.mentions) or not _FROM.search(sentence.text, sentence.start, number.start):
        return False
    return _TO.fullmatch(sentence.text, number.end, sentence.mentions[index + 1].start) is not None
