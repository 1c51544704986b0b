"""What a number says of its indicator: a level, a change, a growth rate or a share, and which way it goes.

The words next to it decide: a sign, those before it since the last number, then, where word order allows, those behind.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bulletin.complements import completes, is_of_then, is_said_part
from bulletin.model import Mention, Token
from bulletin.scan import HARD_BREAK, VERB, Sentence, remembered
from bulletin.whole_before import whole_before
from schemas.catalogue.model import RATE_UNITS
from schemas.concepts import Direction, Measure

UP_DOWN = ("up", "down")
AFTER = ("up_after", "down_after")
"""Words of comparison; before a number they are its hedge, behind it they say that it is a difference."""
_GAPPED = re.compile(
    r"[^,;.()]{0,40}(?:[,;]\s*(?:(?:and|while|whereas|but)\s+)?|\s+(?:and|while|whereas|but)\s+)"
    r"(?:(?:that|those)\s+)?(?:of|in|to|for|from|at|among)\s+[^,;.()]{2,50}$"
)
"""Stands between two numbers of which the second has no verb of its own."""
BEHIND = (*AFTER, *UP_DOWN, "up_next", "down_next", "change_noun", "added", "passive", "built")
"""Words of change that may stand behind their number."""
WORDS_BEHIND = 4
"""Words between a number and a word of change behind it that still speaks of it."""
_OF_A_CHANGE = re.compile(
    r"\s*(?:左右|上下|以上|以下|多|余)?\s*的\s*(?:同比|环比|年均|年度|实际|名义|净|较快|快速|高速|高|大幅|小幅|微幅|稳步|平稳|正|显著)?"
)
_WHOLE_BEHIND = re.compile(r"\s*(?:以上)?的\s*(?=[^\s,，。;；、])")
HEDGED = 2
"""Words between "from" and the number that another is compared with: "from an estimated 2.7 billion"."""
_RESTATED = {Measure.CHANGE: Measure.GROWTH_RATE, Measure.GROWTH_RATE: Measure.CHANGE}
_OR = re.compile(r"\s*,?\s*(?:or|i\.e\.|\(|（|，?即)\s*,?\s*[+-]?", re.IGNORECASE)
LISTING = re.compile(r"\s*(?:[,，、/]|and|or|和|及|与|以及)?\s*(?:and|和|及)?\s*", re.IGNORECASE)
_DETERMINED = re.compile(
    r"(?:\b(?:an?|the|its|their|this|that|net|annual|year-on-year|total|of|with|mere|slight|further|sharp)|,|^)\s*$",
    re.IGNORECASE,
)
"""What stands before a noun of change: "an increase", "the growth"; a verb of the same form follows its subject."""
_ONLY_IS = re.compile(r"\s*(?:为|是|达到?|高达|约为?|仅为?)\s*")
_HAN = re.compile("[\u4e00-\u9fff]")
_IN_SO_MANY = re.compile(r"\s(?:in|out\s+of)\s", re.IGNORECASE)
NEAR_SPAN = 12
"""Characters between the verb, or where the sentence begins, and the year in which something was built."""
_BY = re.compile(r",\s+by\s+(?:\S+\s+){0,2}$")
"""What a number follows that says by how much, after all: "grew fastest, by 35 million"."""
_OF = re.compile(r"\s+of\s")
_THAN_THE = re.compile(r"\b(?:over|than|above|below|against|from)\s+the\s+(?:[a-z]+\s+)?$", re.IGNORECASE)
_MORE_THAN = re.compile(
    r"\s+(?:people\s+)?(?:more|fewer|less)\s+(?:[a-z'-]+\s+){1,5}than\s+(?:(?:there\s+are|in|among|of|for|the)\s+)*",
    re.IGNORECASE,
)
_FOR = re.compile(r"\bfor\s+$")
RELATIVE_UNITS = ("percent", "times")


class Reading(NamedTuple):
    """The measure as far as the words tell; the indicator decides the rest."""

    measure: Measure
    direction: Direction | None = None
    share: bool = False
    """Whether words of a share stand with the number, whatever the measure is."""
    cue: Token | None = None
    inserted: bool = False
    """Whether it stands in parentheses behind the number that it is a share of."""
    group: bool = False
    """Whether it is a share of those who are of the group behind it: "37.4% were 60 or older"."""
    completes: bool = False
    """Whether it is a share only in that it makes up the whole with another one: 男性51.2%、女性48.8%."""
    groups: bool = False
    """Whether it compares two groups and not two times: 比农村网民多1.61亿."""


def read_measure(
    sentence: Sentence, index: int, before: Reading | None = None, alike: Reading | None = None
) -> Reading:
    """Return what the words around the number `index` of the sentence say that it is.

    `before` is the reading of the number before, which holds on in a list (4.96亿、3.75亿和1.92亿户), after a bare "by"
    ("rural users grew by 3 million and urban users by 2"), and gives a percentage in parentheses something to be of;
    `alike` is that of the last number of the same unit, with which this one may be compared.
    """
    mention = sentence.mentions[index]
    inserted = before is not None and sentence.is_inserted(index)
    cue = _signed(mention) or _cue_before(sentence, index) or _cue_behind(sentence, index)
    if cue is None and mention.unit in RELATIVE_UNITS and _compares_years(sentence, index):
        cue = Direction.UP
    if inserted and before and before.measure in _RESTATED and _is_restated(sentence, index):
        relative = mention.unit in RELATIVE_UNITS
        if relative != (before.measure is Measure.GROWTH_RATE):
            return Reading(_RESTATED[before.measure], before.direction)
    if _compares_groups(sentence, index, cue) or (cue is None and _outdoes(sentence, index)):
        return Reading(Measure.LEVEL, groups=True)
    share = _is_share(sentence, index)
    if cue is None and not share and _is_of_group(sentence, index):
        return Reading(Measure.SHARE, None, True, group=True)
    if inserted and before and before.measure is Measure.LEVEL and cue is None and mention.unit != "percent":
        return Reading(Measure.LEVEL, inserted=True)
    if inserted and mention.unit == "percent" and cue is None:
        return Reading(Measure.SHARE, None, True, inserted=True)
    if said := _as_said(sentence, index, cue is None and not share, before, alike):
        return said
    if alike and mention.unit == "percent" and _is_same_of_then(sentence, index, alike):
        return alike
    if before and before.measure is Measure.GROWTH_RATE and _is_growth_of_then(sentence, index):
        return before
    if cue is None and before and not share and _holds_on(sentence, index, before):
        return before
    return _with_cue(sentence, index, cue, share)


def _holds_on(sentence: Sentence, index: int, before: Reading) -> bool:
    """Whether the number says the same kind of thing as the one before: in a list, after "by", without a verb."""
    if _is_listed(sentence, index) or _follows_by(sentence, index, before):
        return True
    return before.direction is not None and _is_gapped(sentence, index)


def _is_gapped(sentence: Sentence, index: int) -> bool:
    """Whether the verb is that of the number before: "exports to Chile fell 3%, those to Peru 2%"."""
    if not sentence.spaced or sentence.mentions[index].unit != sentence.mentions[index - 1].unit:
        return False
    begin, end = sentence.gap_before(index)
    verbs = sentence.cues_in(begin, end, *UP_DOWN, "level_after", "be", "compare", "base", "anaphora")
    verbs = [word for word in verbs if not word.is_cue("level_to")]
    return not verbs and _GAPPED.match(sentence.text, begin, end) is not None


def _as_said(
    sentence: Sentence, index: int, bare: bool, before: Reading | None, alike: Reading | None
) -> Reading | None:
    """Return the reading of the number before, or of the last percentage, that holds on for this one.

    `bare` says that no word makes a change or a share of it.
    """
    if alike and alike.share and sentence.mentions[index].unit == "percent":
        if _is_paired(sentence, index) or _is_elided(sentence, index):
            return alike
        if bare and _is_next_part(sentence, index):
            return alike
    if before and before.direction is None and is_of_then(sentence, index):
        return before
    return Reading(Measure.SHARE, None, True, completes=True) if bare and completes(sentence, index) else None


def _is_same_of_then(sentence: Sentence, index: int, alike: Reading) -> bool:
    """Whether it is the rate of growth of an earlier time: "rose 3.4%, against 3.5% in May", 涨幅由5.0%回落至3.1%."""
    if alike.measure is not Measure.GROWTH_RATE:
        return False
    if alike.cue and alike.cue.is_cue("rate_up", "rate_down"):
        return _is_paired(sentence, index)
    begin, end = sentence.gap_before(index)
    return stands_compared(sentence, index) and bool(sentence.cues_in(begin, end, "beside"))


def _compares_groups(sentence: Sentence, index: int, cue: Token | Direction | None) -> bool:
    """Whether the number says how far apart two groups are: "above the average by", 高于全国平均水平."""
    if sentence.spaced:
        if _tells_more_of_one(sentence, index):
            return True
        begin, end = sentence.clause_after(index)
        first = next(iter(sentence.cues_in(begin, end, *AFTER)), None)
        return cue is None and first is not None and first.start - begin <= 2 and _is_group(sentence, first)
    if isinstance(cue, Token) and cue.start >= sentence.mentions[index].end:
        return False  # 跑输全国10.9%的增速: that of the other, and not how far apart they are
    begin, end = sentence.clause_before(index)
    compared = sentence.cues_in(begin, end, "compare", "above_group")
    if not compared or sentence.cues_in(begin, end, "year_on_year", "month_on_month", "during_year"):
        return False
    last = compared[-1]
    timed = any(begin <= period.start < end for period in sentence.periods)
    if last.is_cue("above_group"):
        return not timed
    against = sentence.text[last.end : cue.start if isinstance(cue, Token) and cue.start >= last.end else end]
    named = any(
        last.end <= word.start
        and (
            word.of("indicator")
            or word.of("member")
            or word.of("area")
            or word.is_cue("average", "whole_country", "whole_part")
        )
        for word in sentence.words_in(begin, end)
    )
    return isinstance(cue, Token) and not timed and bool(against.strip()) and named


def _is_growth_of_then(sentence: Sentence, index: int) -> bool:
    """Whether a growth is compared with this one: "grew by 5%, more than the 3% of the year before"."""
    begin, end = sentence.gap_before(index)
    if not sentence.spaced or sentence.mentions[index].unit != sentence.mentions[index - 1].unit:
        return False
    return _THAN_THE.search(sentence.text, begin, end) is not None and not sentence.named_in(begin, end, "indicator")


def _tells_more_of_one(sentence: Sentence, index: int) -> bool:
    """Whether it is how many more of one group there are than of another: "20 million more men than women"."""
    behind = _MORE_THAN.match(sentence.text, sentence.mentions[index].end)
    word = sentence.word_at(behind.end()) if behind else None
    return word is not None and bool(word.of("member") or word.of("area"))


def _outdoes(sentence: Sentence, index: int) -> bool:
    """Whether the number is by how much one thing exceeds another: "deaths outnumbered births by 850,000"."""
    begin, end = sentence.gap_before(index)
    if not sentence.cues_in(begin, end, "outdo"):
        return False
    by = sentence.cues_before(end, 1, "by")
    return bool(by and by[-1].end > begin)


def _with_cue(sentence: Sentence, index: int, cue: Token | Direction | None, share: bool) -> Reading:
    mention = sentence.mentions[index]
    token = cue if isinstance(cue, Token) else None
    noun = _rate_noun(sentence, index)
    if noun and mention.unit in RELATIVE_UNITS and not _signed(mention):
        # "growth slowed to 5.2%", 降幅扩大至12.9%: the rate itself, whichever way it moved.
        return Reading(Measure.GROWTH_RATE, Direction.DOWN if noun.is_cue("rate_down") else Direction.UP, cue=noun)
    direction = _direction(cue, mention, noun)
    if mention.unit == "percentage_point":
        return Reading(Measure.CHANGE, direction, share, token)
    if share and mention.unit == "percent" and not (token and _stands_closer(sentence, index, token)):
        return Reading(Measure.SHARE, None, True)
    if direction:
        measure = Measure.GROWTH_RATE if mention.unit in RELATIVE_UNITS else Measure.CHANGE
        return Reading(measure, direction, share, token)
    return Reading(Measure.LEVEL, None, share)


def _rate_noun(sentence: Sentence, index: int) -> Token | None:
    """Return the noun of a rate of change that leads up to the number in its clause: 增速, 降幅, "growth"."""
    begin, end = sentence.clause_before(index)
    if not sentence.spaced and begin > sentence.start and _ONLY_IS.fullmatch(sentence.text, begin, end):
        begin = _clause_start(sentence, begin - 1)  # 增幅最大，为12.7%
    nouns = sentence.cues_in(begin, end, "rate_up", "rate_down")
    if not nouns or any(word.start > nouns[-1].end for word in sentence.named_in(begin, end, "indicator")):
        return None
    shares = [] if sentence.spaced else sentence.cues_in(begin, nouns[-1].start, "share")
    if any(not word.is_cue("share_noun") for word in shares):
        return None  # 占总降幅近七成
    return nouns[-1]


def _clause_start(sentence: Sentence, end: int) -> int:
    """Return where the clause begins that ends there."""
    breaks = [match.end() for match in HARD_BREAK.finditer(sentence.text, sentence.start, end)]
    return breaks[-1] if breaks else sentence.start


def _signed(mention: Mention) -> Direction | None:
    """Return the direction that a printed sign gives: "(+3.6%)", -49.43%."""
    if mention.positive:
        return Direction.UP
    return Direction.DOWN if mention.negative and mention.unit in RELATIVE_UNITS else None


def _direction(cue: Token | Direction | None, mention: Mention, noun: Token | None) -> Direction | None:
    """Return which way it goes; of a rate of decline that narrows (降幅收窄), the rate itself goes up."""
    if cue is None or isinstance(cue, Direction):
        return cue
    down = cue.is_cue("down", "down_after", "down_next", "rate_down")
    if noun and noun is not cue and noun.is_cue("rate_down"):
        down = not down
    return Direction.DOWN if down or mention.negative else Direction.UP


def _is_restated(sentence: Sentence, index: int) -> bool:
    """Whether it says the difference before it over again: "by 64 million, or 21.7%", "8 percent, or 34 million"."""
    return _OR.fullmatch(sentence.text, *sentence.gap_before(index)) is not None


def _compares_years(sentence: Sentence, index: int) -> bool:
    """Whether "on year", 同比 stands right at the number, and so says that it is a rate of growth."""
    begin, end = sentence.clause_after(index)
    before, at = sentence.gap_before(index)
    kinds = ("year_on_year", "month_on_month")
    behind = [word for word in sentence.cues_in(begin, end, *kinds) if word.start - begin <= 2]
    ahead = [word for word in sentence.cues_in(before, at, *kinds) if at - word.end <= 2]
    return bool(behind or ahead)


def _is_listed(sentence: Sentence, index: int) -> bool:
    """Whether nothing but a comma or an "and" stands between the number and the one before, of the same unit."""
    here, there = sentence.mentions[index], sentence.mentions[index - 1]
    same = here.unit == there.unit or there.unit is None
    return same and LISTING.fullmatch(sentence.text, there.end, here.start) is not None


def _is_next_part(sentence: Sentence, index: int) -> bool:
    """Whether only another member stands between it and the share before: "men 50.7% of users and women 49.1%"."""
    begin, end = sentence.gap_before(index)
    words = [word for word in sentence.words_in(begin, end) if not word.of("noun")]
    members = [word for word in words if word.of("member")]
    return (
        bool(members)
        and not any(word.of("indicator") for word in words if word.start > members[-1].end)
        and (sentence.unknown(begin, end) == 0)
    )


def _is_paired(sentence: Sentence, index: int) -> bool:
    """Whether it is the other end of a move of the share before: 占比由26.8%上升到30.8%, "to 96.3% from 95.1%"."""
    if stands_compared(sentence, index):
        return True
    return stands_compared(sentence, index - 1) and bool(
        sentence.cues_in(*sentence.gap_before(index), "level_to", "level_after")
    )


def _is_elided(sentence: Sentence, index: int) -> bool:
    """Whether the verb of the share before goes on: "A accounted for 71.8% of the total, and B for 28.2%"."""
    return _FOR.search(sentence.text, *sentence.gap_before(index)) is not None


def _follows_by(sentence: Sentence, index: int, before: Reading) -> bool:
    """Whether a bare "by" goes on about the change before: "... rose by 3 million and the others by 2 million"."""
    begin, end = sentence.gap_before(index)
    by = any(end - word.end <= 1 for word in sentence.cues_in(begin, end, "by"))
    return by and before.direction is not None


def _cue_before(sentence: Sentence, index: int) -> Token | None:
    """Return the last word of change before the number that still speaks of it."""
    begin, end = sentence.gap_before(index)
    if stands_compared(sentence, index):
        return None
    kinds = (*UP_DOWN, "change_noun", *added_cues(sentence.mentions[index]))
    if sentence.cues.isdisjoint(kinds):
        return None
    words = sentence.words_in(begin, end)
    found = None
    for position, word in enumerate(words):
        if word.is_cue(*kinds) and _speaks_of(sentence, words[position + 1 :], word, end):
            found = _with_direction(word, found)
    return found


def stands_compared(sentence: Sentence, index: int) -> bool:
    """Return whether the number is what another is compared with, and so a level: "up from 355 million"."""
    return "compare" in sentence.cues and _stands_compared(sentence, index)


@remembered
def _stands_compared(sentence: Sentence, index: int) -> bool:
    start = sentence.mentions[index].start
    begin, _ = sentence.gap_before(index)
    words = [word for word in sentence.words_in(begin, start) if word.end > begin]
    if not words or not words[-1].is_cue("compare"):
        return False
    last = words[-1].end
    return len(sentence.text[last:start].split()) <= HEDGED and not sentence.unexplained(last, start).strip()


def added_cues(mention: Mention) -> tuple[str, ...]:
    """Return the cue of newness where it makes a change of the number: 654,000 new stations, not 49% of new users."""
    return () if mention.unit in RATE_UNITS else ("added",)


def _with_direction(word: Token, before: Token | None) -> Token:
    """A noun of change such as 增速 or "growth rate" takes its direction from a word of direction before it."""
    return word if word.is_cue(*UP_DOWN) or before is None else before


def _speaks_of(sentence: Sentence, behind: Sequence[Token], cue: Token, number_start: int) -> bool:
    """Whether the number right of a word of change is that change, and not the level reached by it."""
    by = _BY.search(sentence.text, cue.end, number_start)
    if sentence.broken(cue.end, by.start() if by else number_start, HARD_BREAK):
        return False
    noun = cue.is_cue("change_noun", "added") or (sentence.spaced and _is_noun(sentence, cue))
    if not noun and any(word.is_cue("level_after", "crossing") for word in behind):
        return False
    if noun and not cue.is_cue("added") and any(word.is_cue("level_to") for word in behind):
        return False
    return noun or not any(word.of("indicator") for word in behind)


def _is_noun(sentence: Sentence, cue: Token) -> bool:
    """Whether the word of change is a noun, with its number behind a verb: "the increase had been 8.6%"."""
    return _DETERMINED.search(sentence.text, max(sentence.start, cue.start - 16), cue.start) is not None


def _cue_behind(sentence: Sentence, index: int) -> Token | None:
    """Return the word of change right behind the number: "19.19 million more than in", "654,000 new stations"."""
    if not sentence.spaced or sentence.cues.isdisjoint(BEHIND):
        return None if sentence.spaced else _noun_behind(sentence, index)
    begin, end = sentence.clause_after(index)
    _, following = sentence.gap_after(index)
    announced = following < sentence.end and not sentence.broken(begin, following)
    verb, counted = False, 0
    for word in sentence.words_in(begin, end):
        if verb and word.is_cue("passive"):
            return word if sentence.unknown(begin, word.start) == 0 and not announced else None
        if verb and word.is_cue("built") and _in_a_span(sentence, index, word):
            return word
        if word.of("indicator") or word.of("member"):
            counted += len(sentence.text[word.start : word.end].split())
        between = len(sentence.text[begin : word.start].split())
        if between > WORDS_BEHIND + (counted if word.is_cue("be", "passive") else 0):
            return None
        if word.is_cue(*AFTER):
            return None if _is_group(sentence, word) else word
        if word.is_cue("up_next", "down_next"):
            return word
        verb = verb or word.is_cue("be")
        # "up" announces its number; behind one it belongs to a verb: "stations have gone up".
        if verb and word.is_cue(*UP_DOWN):
            return None
        if word.is_cue(*UP_DOWN, "change_noun", *added_cues(sentence.mentions[index])) and not word.is_cue(
            "before_only"
        ):
            return None if announced and not word.is_cue("added") else word
        if word.is_cue("level_after", "by", "share") and not word.is_cue("be"):
            return None
    return None


def _in_a_span(sentence: Sentence, index: int, built: Token) -> bool:
    """Whether it is said in which year or half they were built: "of which 1.7 million were built in 2019"."""
    start = sentence.mentions[index].start
    for period in sentence.periods:
        span = period.value is not None and (len(period.value) != len("2019-01") or not period.value[5:].isdigit())
        span = span or (period.yearless or "")[1:2] in ("H", "Q")
        behind = 0 <= period.start - built.end <= NEAR_SPAN
        ahead = period.end <= start and period.start - sentence.start <= NEAR_SPAN
        if span and (behind or ahead):
            return True
    return False


def _noun_behind(sentence: Sentence, index: int) -> Token | None:
    """Return the word of change that the number is joined to: 5.9%的涨幅, 保持2.4%的增长."""
    begin, end = sentence.gap_after(index)
    joined = _OF_A_CHANGE.match(sentence.text, begin, end)
    first = next(iter(sentence.words_in(joined.end(), end)), None) if joined else None
    if joined is None or first is None or first.start != joined.end():
        return None
    if first.is_cue("change_noun"):
        return first
    # 24%的增长 is a change; 24%的下降用户 would be of users.
    relative = sentence.mentions[index].unit in RATE_UNITS
    close = sentence.text[first.end : first.end + 1]
    return first if relative and first.is_cue(*UP_DOWN) and not _HAN.match(close) else None


def _is_group(sentence: Sentence, word: Token) -> bool:
    """Whether the comparison is with a group and not with an earlier time: "above the world's average"."""
    until = HARD_BREAK.search(sentence.text, word.end, sentence.end)
    stop = until.start() if until else sentence.end
    periods = [period for period in sentence.periods if word.end <= period.start < stop]
    timed = ("year_on_year", "month_on_month", "earlier_time")
    years = sentence.cues_in(word.end, stop, *timed)
    bare = not sentence.text[word.end : stop].strip(" .")
    return not (periods or years or bare)


def _is_share(sentence: Sentence, index: int) -> bool:
    if sentence.mentions[index].unit not in RATE_UNITS:
        return False
    begin, end = sentence.gap_before(index)
    if any(not sentence.broken(word.end, end, HARD_BREAK) for word in sentence.cues_in(begin, end, "share")):
        return True
    if sentence.mentions[index].unit == "percent" and sentence.cues_in(begin, end, "anaphora"):
        return True
    after, stop = sentence.gap_after(index)
    if any(word.start - after <= 1 for word in sentence.cues_in(after, stop, "anaphora")):
        return sentence.mentions[index].unit == "percent"
    if is_said_part(sentence, index):
        return True
    return share_of(sentence, index) is not None or whole_before(sentence, index) is not None


def _is_of_group(sentence: Sentence, index: int) -> bool:
    """Whether a percentage is of those who are of some group: "37.4% were 60 or older", "55.2% lived in villages"."""
    if not sentence.spaced or sentence.mentions[index].unit != "percent":
        return False
    words = [word for word in sentence.words_in(*sentence.clause_after(index)) if not word.of("noun")]
    words = [word for word in words if sentence.text[word.start : word.end] != "on"]  # "40% were on 5G"
    belongs = (
        len(words) > 1 and words[0].is_cue("be", "belonging") and words[0].start - sentence.mentions[index].end <= 1
    )
    return belongs and bool(words[1].of("member")) and not any(word.of("indicator") for word in words)


def share_of(sentence: Sentence, index: int) -> int | None:
    """Return where the whole begins that "of", or 的, right behind a percentage announces; None where none does."""
    return _whole_behind(sentence, index) if sentence.mentions[index].unit == "percent" else None


@remembered
def _whole_behind(sentence: Sentence, index: int) -> int | None:
    after, stop = sentence.gap_after(index)
    if not sentence.spaced:
        announced = _WHOLE_BEHIND.match(sentence.text, after, stop)
        return announced.end() if announced and not _noun_behind(sentence, index) else None
    if _OF.match(sentence.text, sentence.mentions[index].end):
        # The whole may stand before another number that is put in: "90% of netizens, or 620 million, ...".
        after = sentence.mentions[index].end
    first = next((word for word in sentence.words_in(after, stop) if not word.of("area")), None)
    counted = first and first.of("indicator") and not VERB.match(sentence.text, first.start)
    if first and (counted or first.is_cue("people")) and _IN_SO_MANY.search(sentence.mentions[index].quote):
        return after  # "three in ten netizens": what stands behind is the whole
    return first.end if first and first.is_cue("share_after") and first.start - after <= 1 else None


def _stands_closer(sentence: Sentence, index: int, cue: Token) -> bool:
    """Whether the word of change is nearer to the number than the word of share."""
    begin, end = sentence.gap_before(index)
    shares = sentence.cues_in(begin, end, "share")
    if not sentence.spaced and cue.is_cue("change_noun"):
        whole = any(word.end <= cue.start and not word.is_cue("share_noun") for word in shares)
        if whole:
            return False  # 占总降幅近七成
    return cue.end <= end and not any(word.start > cue.start for word in shares)
