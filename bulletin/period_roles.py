"""What a period does where it stands: numbers hold at it, it is compared with, or it leads its clause."""

import re

from bulletin.measures import stands_compared
from bulletin.model import FoundPeriod, Token
from bulletin.scan import HARD_BREAK, Sentence, remembered
from bulletin.stretches import opens_clause

BASE_REACH = 24
"""Characters between a word of comparison and the period that it compares with."""
FAR_BASE = 40
"""The same where all words between are known: "than the figure recorded at the end of 2018"."""
SMALL_WORDS = 4
OWN_TIMES = ("this_year", "previous_year", "last_year_end", "month_of_previous_year", "period_end")
"""Periods named by another one at which numbers may hold, and which are not only compared with."""
_END = re.compile(r"\bend\b|\bclose\b|year-end|[底末]", re.IGNORECASE)
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
_SURVEY = re.compile(
    r"(?:全年|度)?的?(?:[一第][\u4e00-\u9fff\d]{0,2}次)?[^，。；、\d年月]{0,10}(?:调查|普查)[^，。；\d]{0,6}"
    r"(?:显示|发现|推估|推算|估计|表明|结果|数据|指出)[^，。；\d]{0,3}[，,：:]"
)
"""A survey of that time, which tells of what was so then: 2020年调查推估，..."""
_FROM_ON = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_TO_END = re.compile(r"\b(?:to|through)\b|[-–—]", re.IGNORECASE)
_STRETCH_TO = re.compile(r"(?:[a-z]+|\d+)\s+months\s+(?:to|through|end)", re.IGNORECASE)
_IN = re.compile(r"\b(?:in|during|for)\s", re.IGNORECASE)
_THE = re.compile(r"\s+(?:(?:the|all|its|their)\s+)?", re.IGNORECASE)
_FRONTED = re.compile(
    r"\s*(?:(?:back|only|just|even|already|as\s+(?:early|late|recently|far\s+back)\s+as|(?:when|once|after|by\s+the\s+time)"
    r"\b[^,;:.\d]{0,80})\s)\s*(?:(?:in|at|by|on|during|the|end|of)\s+)*",
    re.IGNORECASE,
)
"""What stands before a period that a sentence is put under, besides a preposition."""
_SET_AGAINST = re.compile(
    r"(?:\b(?:over|than|above|below|against|exceeding)\s+the\s+(?:[a-z]+\s+)?"
    r"|\b(?:of|among|from)\s+(?:a|the|its|their)\s+(?:[a-z]+\s+)?population\s+of\s+(?:[a-z]+\s+){0,2})$",
    re.IGNORECASE,
)
_APART = re.compile(r"[,，;；。\d]")
_CLOSING = re.compile(r"[)）]")


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
    return cue_right_before(sentence, period.start, "base", reach)


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
    return not period.day or cue_right_before(sentence, period.start, "as_of", 8)


def cue_right_before(sentence: Sentence, position: int, cue: str, reach: int = BASE_REACH) -> bool:
    """Return whether such a word stands before the position with nothing but small words in between."""
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
            return cue != "base" or (_compares(sentence, word) and not _is_of_place(sentence, word, position))
    return False


def _is_of_place(sentence: Sentence, word: Token, position: int) -> bool:
    """Whether the word says where, and not with what one compares: "on domestic routes in September"."""
    if not word.is_cue("base_after") or not _IN.search(sentence.text, word.end, min(position + 7, sentence.end)):
        return False
    named = [*sentence.named_in(word.end, position, "member"), *sentence.named_in(word.end, position, "area")]
    right_behind = any(_THE.fullmatch(sentence.text, word.end, other.start) for other in named)
    return right_behind and not sentence.named_in(word.end, position, "indicator")


def _compares(sentence: Sentence, word: Token) -> bool:
    """Whether the word has something before it to compare; "on 2024" and "over 2024" that open a statement have not."""
    if not word.is_cue("base_after"):
        return True
    said = any(mention.end <= word.start for mention in sentence.mentions)
    return said or any(w.end <= word.start and w.is_cue("up", "down", "change_noun") for w in sentence.words)


def leads(sentence: Sentence, period: FoundPeriod) -> bool:
    """Return whether the period opens the sentence or stands in the clause of a number, and not in an aside."""
    if in_parentheses(sentence, period.start):
        return False
    if sentence.unknown(sentence.start, period.start) == 0 or (sentence.spaced and _opens_sentence(sentence, period)):
        return True
    if not sentence.text[period.end : sentence.end].strip(' .。!?"”)'):
        return True
    if _TOPIC_BEHIND.match(sentence.text, period.end) and _TOPIC_BEFORE.search(
        sentence.text, sentence.start, period.start
    ):
        return True
    if not sentence.spaced and (opens_clause(sentence, period) or _is_of_survey(sentence, period)):
        return True
    behind = [mention for mention in sentence.mentions if mention.start >= period.end]
    ahead = [mention for mention in sentence.mentions if mention.end <= period.start]
    if ahead and _SAID_OF.fullmatch(sentence.text, ahead[-1].end, period.start):
        return True
    return bool(
        (behind and not sentence.broken(period.end, behind[0].start, HARD_BREAK))
        or (ahead and not sentence.broken(ahead[-1].end, period.start, HARD_BREAK))
    )


def _is_of_survey(sentence: Sentence, period: FoundPeriod) -> bool:
    """Whether a survey of that time tells the first number of the sentence."""
    told = _SURVEY.match(sentence.text, period.end, sentence.end)
    first = sentence.mentions[0].start if sentence.mentions else sentence.end
    return told is not None and period.relative is None and told.end() <= first


def _opens_sentence(sentence: Sentence, period: FoundPeriod) -> bool:
    """Whether it is put first, bare or in a clause of time: "Back in 2017, when ...", "When it began in 1997, ..."."""
    if not _TOPIC_BEHIND.match(sentence.text, period.end):
        return False
    return _FRONTED.fullmatch(sentence.text, sentence.start, period.start) is not None


def is_of_another(sentence: Sentence, period: FoundPeriod) -> bool:
    """Return whether it dates what another number is set against: "over the 3% of 2021", "out of a population of"."""
    if not sentence.spaced:
        return False
    ahead = [mention for mention in sentence.mentions if 0 <= period.start - mention.end <= BASE_REACH]
    return bool(ahead) and _SET_AGAINST.search(sentence.text, sentence.start, ahead[-1].start) is not None


def is_cumulative(sentence: Sentence, period: FoundPeriod) -> bool:
    """Return whether the words name the end of the period."""
    return names_end(sentence.text[period.start : period.end]) or cue_right_before(sentence, period.start, "as_of", 8)


def names_end(words: str) -> bool:
    """Return whether the words for a period name its end."""
    return _END.search(words) is not None


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
