"""Shares that no word calls so: two parts that make up the whole (男性51.2%、女性48.8%), or the same at another time.

A percentage behind two groups of people is their share of all, where both come to a hundred.
"""

import re
from decimal import Decimal

from bulletin.model import Mention
from bulletin.phrases import phrases
from bulletin.scan import Sentence, remembered

WHOLE = Decimal(100)
RATES = ("percent", "percentage_point")
_ARE = re.compile(r"\s*(?:多|余|左右|以上)?(?:都|均)?(?:是|属于|系|来自|(?:居住|生活|集中|分布|住|位)?[在于])\s*")
ROUNDED = Decimal("0.15")
_OPENED = re.compile(r"[^，,；;。]{0,3}[(（]\s*$")
_SMALL = re.compile(r"\s*(?:的|为|是|：|:)?\s*$")


@remembered
def completes(sentence: Sentence, index: int) -> bool:
    """Return whether the number and one beside it are told of two members of a dimension and make up a hundred."""
    return any(_complete(sentence, *pair) for pair in ((index - 1, index), (index, index + 1)))


def _complete(sentence: Sentence, first: int, second: int) -> bool:
    if sentence.spaced or first < 0 or second >= len(sentence.mentions):
        return False
    one, other = sentence.mentions[first], sentence.mentions[second]
    if not (_is_plain(one) and _is_plain(other)) or abs(one.value + other.value - WHOLE) > ROUNDED:
        return False
    dimension = _group(sentence, first)
    return dimension is not None and dimension == _group(sentence, second)


def _is_plain(mention: Mention) -> bool:
    return mention.unit == "percent" and not (mention.positive or mention.negative)


def _group(sentence: Sentence, index: int) -> str | None:
    """Return the dimension of the only member that leads up to the number, where no label stands with it."""
    named = phrases(sentence, *sentence.clause_before(index))
    if len(named) != 1 or named[0].head or len(named[0].members()) != 1:
        return None
    unknown = sentence.unknown(named[0].end, sentence.mentions[index].start)
    return next(iter(named[0].members())) if not unknown else None


@remembered
def is_said_part(sentence: Sentence, index: int) -> bool:
    """Return whether a percentage that opens a clause says what those are of whom a number was told: 九成是光纤用户."""
    if sentence.spaced or not index or not _is_plain(sentence.mentions[index]):
        return False
    if sentence.mentions[index - 1].unit in RATES and not is_said_part(sentence, index - 1):
        return False
    begin, start = sentence.clause_before(index)
    opens = sentence.text[begin - 1] in "，," and not sentence.unexplained(begin, start).strip()
    if not opens or sentence.words_in(begin, start):
        return False
    verb = _ARE.match(sentence.text, sentence.mentions[index].end)
    said = phrases(sentence, verb.end(), sentence.clause_after(index)[1])[:1] if verb else []
    return any(phrase.start == verb.end() for phrase in said if verb)


@remembered
def is_of_then(sentence: Sentence, index: int) -> bool:
    """Return whether parentheses right behind a number say what it was at another time: 32.5%（上年底30.8%）."""
    if sentence.spaced or not index or sentence.mentions[index].unit != sentence.mentions[index - 1].unit:
        return False
    start = sentence.mentions[index].start
    for period in sentence.periods:
        if sentence.mentions[index - 1].end <= period.start and period.end <= start:
            opened = _OPENED.fullmatch(sentence.text, sentence.mentions[index - 1].end, period.start)
            return opened is not None and _SMALL.fullmatch(sentence.text, period.end, start) is not None
    return False
