"""Dates that words next to them tell more of.

同年7月 is of the year named before, and the month of 11月发布的报告 is when something was said.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bulletin import periods
from bulletin.model import Block, FoundPeriod
from bulletin.scan import Sentence

_YEAR_WORD = re.compile(r"(?:(?P<same>同年|当年|该年)|(?P<next>次年|翌年|转年))的?\s*$")
_PUBLISHED = re.compile(
    r"(?:份|初|底|末)?\s*(?:正式|首次|首度|联合|对外|共同|最新)?(?:发布|发表|公布|公开|披露|出炉|召开|举行|印发|出版|刊发|刊登)"
)
"""What stands behind the date of a report, or of what was said."""
_SAME_TIME = re.compile(r"(?:而|但|与此)?(?P<said>同期|同一时期|同时期|当月|该月)(?!相|比|增|水平|均值|最)")
"""What opens a sentence about the time last named."""
_MONTH = ("当月", "该月")
REACH = 4
"""Characters before a month in which the word for its year stands."""


def with_told_dates(scanned: Sequence[tuple[Block, Sentence]]) -> Iterator[tuple[Block, Sentence]]:
    """Yield the sentences, the months that a word places in the year last named with that year.

    A month, or a year, in which a report came out is like a day, and so is the beginning of a year: something was
    said or done then, and no number holds at it.
    """
    year: int | None = None
    last: str | None = None
    for block, sentence in scanned:
        same_time = None if sentence.spaced or not last else _same_time(sentence, last)
        if sentence.spaced or not (sentence.periods or same_time):
            yield block, sentence
            continue
        settled: list[FoundPeriod] = []
        if same_time and not any(period.start < same_time.end() for period in sentence.periods):
            settled.append(FoundPeriod(*same_time.span("said"), last))
        for period in sentence.periods:
            period = _settled(sentence.text, period, year)
            year = periods.year_of(period.value) if period.value else year
            last = period.value or last
            begins = period.value is not None and sentence.text.startswith("初", period.end - 1)
            if not period.relative and (begins or _PUBLISHED.match(sentence.text, period.end)):
                period = period._replace(day=True)
            settled.append(period)
        same = tuple(settled) == sentence.periods
        yield block, sentence if same else replace(sentence, periods=tuple(settled))


def _same_time(sentence: Sentence, last: str) -> re.Match[str] | None:
    """Return the words for the time last named that open the sentence; 当月 is of a month alone."""
    found = _SAME_TIME.match(sentence.text, sentence.start)
    return found if found and (found["said"] not in _MONTH or periods.is_point(last)) else None


def _settled(text: str, period: FoundPeriod, year: int | None) -> FoundPeriod:
    """Return the period with its year where such a word stands before it; a year of its own stays."""
    if year is None or period.value or period.yearless is None or period.relative:
        return period
    word = _YEAR_WORD.search(text, max(0, period.start - REACH), period.start)
    if word is None:
        return period
    value = periods.with_year(period.yearless, year + bool(word["next"]))
    return period._replace(start=word.start(), value=value, yearless=None)
