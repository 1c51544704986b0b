"""Numbers that another goes on from and that name no time: 使用率由39.0%提到57.7%, 占比从四成升至五成.

They held at the time that the talk compares with, where it says one; where it does not, nobody knows.
"""

import re

from bulletin.bases import base_period_of
from bulletin.measures import stands_compared
from bulletin.scan import Sentence
from bulletin.timeline import Timeline

_FROM = re.compile(r"[由从自](?!来|有|今|去|上)[^由从自\d]{0,4}$")
UNDATED = "it held at a time that no date tells"


def is_undated_start(sentence: Sentence, index: int) -> bool:
    """Return whether the number is one that another goes on from, and no period stands between its word and it."""
    if sentence.spaced or not stands_compared(sentence, index):
        return False
    begin, end = sentence.clause_before(index)
    opened = _FROM.search(sentence.text, begin, end)
    if opened is None or sentence.unknown(opened.start(), end):
        return False
    return not any(opened.start() < period.start < end for period in sentence.periods)


def start_period(
    sentence: Sentence, index: int, period: str | None, timeline: Timeline, base: str | None
) -> str | None:
    """Return when such a number held; None where nothing tells.

    `period` is when the number holds that it leads to, `base` the time that was compared with before it.
    """
    places = [index + 1] if index + 1 < len(sentence.mentions) else []
    for place in (*places, index):
        if found := base_period_of(sentence, place, period, timeline, None):
            return found
    return base if base and period and base < period else None
