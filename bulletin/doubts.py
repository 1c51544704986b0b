"""Doubts: what makes something else of a label, or of a number next to it, so that it must stay unresolved."""

import re
from collections.abc import Callable

from bulletin.claim import RELATIVE, View
from bulletin.firms import is_of_one_firm
from bulletin.measures import share_of
from bulletin.model import Token
from bulletin.phrases import phrases
from bulletin.purposes import serves_else
from bulletin.shares import is_of_a_change, is_of_newcomers, is_of_population
from bulletin.subjects import counts_heads, subject_before
from bulletin.thresholds import is_passed_by_some
from schemas.concepts import Measure

_UNKNOWN = re.compile(r"[\u4e00-\u9fff]{2}")
_OF_THEM = re.compile(r"\s*(?:(?:out\s+)?of|among)\s", re.IGNORECASE)
_AMONG = re.compile(r"当?[中里]|之中")
_OF_THESE = re.compile(r"\s+of\s+(?:them|these|those)\b(?!\s+(?:who|that|aged)\b)")
_ADDED = re.compile(
    r"\b(?:add(?:s|ed|ing)?|t(?:ook|ak(?:e|es|ing))|knock(?:s|ed|ing)?)\s+(?:\w+\s+){0,3}\Z", re.IGNORECASE
)
_TO_GROWTH = re.compile(
    r"\s+(?:to|from|off)\s+(?:[a-z]+\s+){0,3}?(?:growth|inflation|increase|rise|fall|decline|change|movement|expansion)\b",
    re.IGNORECASE,
)
"""What follows points that something adds to another's growth: "added 0.1 percentage points to the rise"."""
_CELL_ENDS = re.compile(r"\s+[/|]\s+[+±-]?|\|[+±-]?|(?:[ \t\u00a0]{2,}|\t|\u3000+)[+±-]?")
"""What alone stands between two cells of a row that is written as text."""
_WORD = re.compile(r"\s[a-z]")
_ITS = re.compile(r"its\b", re.IGNORECASE)


def is_cell_of_row(view: View) -> bool:
    """Whether a row of a table is written as text, cell after cell: "Short video / 105,330 / 96.4% / 101,185"."""
    sentence, index = view.sentence, view.index
    if len(sentence.mentions) == 1:
        return False
    _, start = sentence.gap_before(index)
    before = sentence.mentions[index - 1].end if index else start
    behind = sentence.mentions[index + 1].start if index + 1 < len(sentence.mentions) else view.mention.end
    return any(
        begin < end and _CELL_ENDS.fullmatch(sentence.text, begin, end)
        for begin, end in ((before, start), (view.mention.end, behind))
    )


def is_contribution(view: View) -> bool:
    """Whether it is what something adds to the growth of another: "pulling revenue growth up by 1.5 points"."""
    sentence = view.sentence
    if view.mention.unit != "percentage_point":
        return False
    if sentence.spaced and _TO_GROWTH.match(sentence.text, view.mention.end):
        return _ADDED.search(sentence.text, sentence.gap_before(view.index)[0], view.mention.start) is not None
    if "contribution" not in sentence.cues:
        return False
    begin, end = sentence.clause_before(view.index)[0], sentence.clause_after(view.index)[1]
    return bool(sentence.cues_in(begin, end, "contribution"))


def is_some_of_them(view: View) -> bool:
    """Whether an unknown word says which of those before it are: "out of all subscribers, 90 million were active"."""
    sentence = view.sentence
    if not sentence.spaced or view.reading.measure is not Measure.LEVEL or view.mention.unit in RELATIVE:
        return False
    begin, end = sentence.clause_after(view.index)
    verb = next(iter(sentence.words_in(begin, end)), None)
    if verb is None or not verb.is_cue("be") or verb.start - begin > 1:
        return False
    of_them = _OF_THEM.match(sentence.text, sentence.clause_before(view.index)[0]) or _OF_THEM.match(
        sentence.text, sentence.start
    )
    return of_them is not None and _WORD.match(sentence.unexplained(verb.end, end)) is not None


def is_part_by_else(view: View) -> bool:
    """Whether something unknown is said of a part, in Chinese: 家数7245家，其中6550家的数据通过审核."""
    sentence = view.sentence
    if sentence.spaced or view.mention.unit in RELATIVE or "anaphora" not in sentence.cues:
        return False
    begin, start = sentence.gap_before(view.index)
    words = sentence.words_in(begin, start)
    if not words or not words[-1].is_cue("anaphora") or sentence.unknown(words[-1].end, start):
        return False
    begin, end = sentence.clause_after(view.index)
    return not phrases(sentence, begin, end) and sentence.unknown(begin, end) > 0


def is_of_them_by_else(view: View) -> bool:
    """Whether it is how many of those before it do something unknown: "Of the 59 million users, 19% visited a café"."""
    sentence, index = view.sentence, view.index
    if _does_else(view):
        return True
    if not sentence.spaced and view.is_percent:
        return _do_something_else(view)
    if not (sentence.spaced and view.is_percent) or not _OF_THEM.match(sentence.text, sentence.start):
        return False
    if not sentence.text[sentence.start : view.mention.start].rstrip().endswith(","):
        return False
    begin, end = sentence.clause_after(index)
    return sentence.unknown(begin, end) > 0 and not phrases(sentence, begin, end)


def _do_something_else(view: View) -> bool:
    """Whether a percentage heads its clause, and unknown words behind it tell what they do: ..，77.6%选择线上办理."""
    begin, end = view.sentence.clause_before(view.index)
    if view.sentence.words_in(begin, end) or view.sentence.unexplained(begin, end).strip("有 “"):
        return False
    behind = view.sentence.unexplained(view.mention.end, view.sentence.clause_after(view.index)[1])
    return _UNKNOWN.match(behind.lstrip("的人 ")) is not None


def _does_else(view: View) -> bool:
    """Whether something unknown is said of a part of them: "half of them paid in shops", "60% of these users moved"."""
    sentence = view.sentence
    of = _OF_THESE.match(sentence.text, view.mention.end) if sentence.spaced and view.is_percent else None
    if of is None:
        return False
    begin, end = of.end(), sentence.clause_after(view.index)[1]
    said = phrases(sentence, begin, end)
    if said and said[0].start - begin <= 1:
        begin, said = said[0].end, said[1:]
    return not said and sentence.unknown(begin, end) > 0


def is_population(view: View) -> bool:
    """Whether it is the population itself, where that is no indicator: "out of a population of 278,696,200"."""
    sentence, index = view.sentence, view.index
    if not sentence.spaced or view.reading.measure is not Measure.LEVEL or not counts_heads(view):
        return False
    if "population" not in sentence.cues:
        return False
    words = sentence.words_in(*sentence.clause_before(index))
    last = [word for word in words if word.is_cue("population") or word.of("indicator")][-1:]
    return any(not word.of("indicator") and sentence.unknown(word.end, view.mention.start) == 0 for word in last)


def is_left_out(view: View) -> bool:
    """Whether the words right before the number leave it out: "106 million cards, excluding 61.7 million for ..."."""
    begin, end = view.sentence.gap_before(view.index)
    words = view.sentence.cues_in(begin, end, "left_out")
    return bool(words) and not view.sentence.text[words[-1].end : end].strip()


def is_of_strangers(view: View) -> bool:
    """Whether it is a share of those whom no word of the catalogue names: 80%的北京学生, "90 percent of approvals"."""
    sentence, of = view.sentence, share_of(view.sentence, view.index)
    if of is None or view.wholes or subject_before(view) or is_of_population(view):
        return False
    begin, end = of, sentence.clause_after(view.index)[1]
    named = phrases(sentence, begin, end)
    return sentence.unknown(begin, named[0].start if named else end) > 0


def counts_else(view: View) -> bool:
    """Whether an unknown noun stands right behind it, where words are not spaced: 500万入境人员, 96个城市, 14亿人口."""
    sentence, (begin, end) = view.sentence, view.sentence.gap_after(view.index)
    if sentence.spaced or view.mention.unit in RELATIVE or sentence.text.startswith((")", "）"), view.mention.end):
        return False  # what follows the parentheses around it is not what it counts
    if _UNKNOWN.match(sentence.unexplained(begin, end)) or _counts_people(view):
        return True
    first = next(iter(sentence.words_in(begin, end)), None)
    return first is not None and first.start <= begin and bool(first.of("noun")) and not first.of("indicator")


def _counts_people(view: View) -> bool:
    """Whether the population stands right before it, which no label stands for: 60岁及以上人口2.8亿."""
    if "population" not in view.sentence.cues:
        return False
    ahead = view.sentence.words_in(*view.sentence.clause_before(view.index))
    last = ahead[-1] if ahead else None
    if last is None or not last.is_cue("population") or last.of("indicator"):
        return False
    return view.sentence.unknown(last.end, view.mention.start) == 0


def is_of_answers(view: View) -> bool:
    """Whether it is of those who answer, own or met with something: 因为不懂电脑的占58%, 拥有手机的占97%."""
    sentence = view.sentence
    if sentence.cues.isdisjoint(("answers", "says")):
        return False
    ahead, behind = sentence.clause_before(view.index), sentence.clause_after(view.index)
    said_of = view.mention.end, behind[1]  # parentheses behind it may say it again
    if view.mention.unit == "percent" and (
        sentence.cues_in(*ahead, "answers") or sentence.cues_in(*said_of, "answers")
    ):
        return True
    owned = [] if sentence.spaced else sentence.cues_in(*ahead, "answers")
    if any("的" in sentence.text[word.end : view.mention.start] for word in owned):
        return True  # 拥有智能手机的人士约682万
    said = sentence.cues_in(*behind, "says")
    of_them = bool(said) and share_of(sentence, view.index) is not None
    return any(of_them or 0 <= word.start - view.mention.end <= sentence.spaced for word in said)


def is_other_quantity(view: View) -> bool:
    """Whether a word makes something else of the label: 每万人拥有5G基站数, monthly active users, average revenue."""
    begin, end = view.sentence.clause_before(view.index)
    if view.mention.unit in RELATIVE and view.sentence.cues_in(begin, end, "contributes"):
        return True
    if "other_quantity" not in view.sentence.cues:
        return False
    stop = view.sentence.gap_after(view.index)[1] if view.sentence.spaced else view.mention.end
    ahead = any(not _refers_back(word, view) for word in view.sentence.cues_in(begin, end, "other_quantity"))
    behind = view.sentence.cues_in(view.mention.end, stop, "other_quantity")
    behind_it = any(not view.sentence.broken(view.mention.end, word.start) for word in behind)
    behind_it = behind_it or bool(view.sentence.cues_in(*view.sentence.clause_after(view.index), "only_by"))
    if not view.sentence.spaced and view.mention.unit == "percent":
        asked = view.sentence.cues_in(view.sentence.gap_before(view.index)[0], end, "other_quantity")
        ahead = ahead or any(_AMONG.match(view.sentence.text, word.end) or word.is_cue("only_by") for word in asked)
    if not (ahead or behind_it):
        return False
    named = phrases(view.sentence, begin, end)
    own = [token for phrase in named for token in phrase.tokens if token.of("indicator")]
    return all(view.catalogue.indicators[s.id].additive for token in own for s in token.of("indicator"))


def _refers_back(word: Token, view: View) -> bool:
    """Whether it is of what the sentence has named, and of no firm: "Short video grew fastest: its users ..."."""
    sentence = view.sentence
    if not _ITS.match(sentence.text, word.start) or not sentence.cues.isdisjoint(("firm", "firm_name")):
        return False
    return bool(sentence.named_in(sentence.start, word.start, "member"))


def _compares_groups(view: View) -> bool:
    return view.reading.groups


def _is_of_firm(view: View) -> bool:
    return view.memory.firm or is_of_one_firm(view)


_DOUBTS: tuple[tuple[Callable[[View], bool], str], ...] = (
    (_compares_groups, "a comparison of two groups, and no change over time"),
    (is_cell_of_row, "a cell of a row, and nothing says what stands in its column"),
    (is_contribution, "points that it adds to the growth of something else"),
    (is_of_newcomers, "a share of newcomers, which are not the indicator"),
    (is_of_a_change, "a share of a change, which is not the indicator"),
    (is_other_quantity, "a word next to it makes another quantity of what it counts"),
    (is_population, "it is how many people there are"),
    (is_left_out, "a part that is left out of what is counted"),
    (is_passed_by_some, "what several places or firms pass, each of them"),
    (counts_else, "the words right behind it say that it counts something that the catalogue does not know"),
    (is_part_by_else, "a part of what is counted that the catalogue does not know"),
    (is_some_of_them, "a part of what is counted that the catalogue does not know"),
    (is_of_them_by_else, "a share of those before, by what the catalogue does not know"),
    (is_of_answers, "a share of those who say, own or met with something, which is no indicator"),
    (serves_else, "a share of those who use a device for something that the catalogue does not know"),
    (_is_of_firm, "a figure of one firm, and not of the whole"),
    (is_of_strangers, "a share of something that the catalogue does not know"),
)
"""What speaks against any claim, with the reason in words, in the order in which it is asked."""


def why_none(view: View) -> str:
    """Return why nothing can claim the number, whatever stands around it; empty where that is not so."""
    return next((why for holds, why in _DOUBTS if holds(view)), "")
