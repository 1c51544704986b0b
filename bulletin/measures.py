"""What a number says of its indicator: a level, a change, a growth rate or a share, and which way it goes.

The words next to it decide: those before it since the last number, then, where word order allows, those behind it.
"""

import re
from dataclasses import dataclass

from bulletin.model import Mention
from bulletin.scan import HARD_BREAK, Sentence
from bulletin.vocabulary import Token
from schemas.catalogue.model import RATE_UNITS
from schemas.concepts import Direction, Measure

UP_DOWN = ("up", "down")
AFTER = ("up_after", "down_after")
"""Words of comparison; before a number they are its hedge, behind it they say that it is a difference."""
REACH = 60
"""Characters within which a word behind a number still belongs to it."""
NEXT = 30
"""Characters before the next number within which a word belongs to that one."""
_RESTATED = {Measure.CHANGE: Measure.GROWTH_RATE, Measure.GROWTH_RATE: Measure.CHANGE}
_OR = re.compile(r"\s*,?\s*(?:or|\(|（|，?即)\s*", re.IGNORECASE)
LISTING = re.compile(r"\s*(?:[,，、/]|and|or|和|及|与|以及)?\s*(?:and|和|及)?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """The measure as far as the words tell; the indicator decides the rest."""

    measure: Measure
    direction: Direction | None = None
    share: bool = False
    """Whether words of a share stand with the number, whatever the measure is."""
    cue: Token | None = None
    inserted: bool = False
    """Whether it stands in parentheses behind the number that it is a share of."""


def read_measure(sentence: Sentence, index: int, before: Reading | None = None) -> Reading:
    """Return what the words around the number `index` of the sentence say that it is.

    `before` is the reading of the number before, which holds on in a list (4.96亿、3.75亿和1.92亿户), after a bare "by"
    ("rural users grew by 3 million and urban users by 2"), and gives a percentage in parentheses something to be of.
    """
    unit = sentence.mentions[index].unit
    if before and unit == "percent" and _is_inserted(sentence, index) and not _compares_years(sentence, index):
        return Reading(Measure.SHARE, None, True, inserted=True)
    if before and before.measure in _RESTATED and _is_restated(sentence, index):
        measure = _RESTATED[before.measure]
        if (measure is Measure.GROWTH_RATE) == (unit == "percent"):
            return Reading(measure, before.direction)
    cue = _cue_before(sentence, index) or _cue_behind(sentence, index)
    if cue is None and before and (_is_listed(sentence, index) or (before.direction and _follows_by(sentence, index))):
        return before
    if cue is None and unit == "percent" and _compares_years(sentence, index):
        down = sentence.mentions[index].negative
        return Reading(Measure.GROWTH_RATE, Direction.DOWN if down else Direction.UP)
    direction = _direction(cue, sentence.mentions[index])
    share = unit in RATE_UNITS and _is_share(sentence, index)
    if unit == "percentage_point":
        return Reading(Measure.CHANGE, direction, share, cue)
    if share and unit == "percent" and not (cue and _stands_closer(sentence, index, cue)):
        return Reading(Measure.SHARE, None, True)
    if cue:
        measure = Measure.GROWTH_RATE if unit in ("percent", "times") else Measure.CHANGE
        return Reading(measure, direction, share, cue)
    return Reading(Measure.LEVEL, None, share)


def _is_inserted(sentence: Sentence, index: int) -> bool:
    """Whether it stands in parentheses right behind the number before and its noun: 527 million users (87.7%)."""
    begin, end = sentence.gap_before(index)
    gap = sentence.text[begin:end].rstrip()
    return (
        gap.endswith(("(", "（")) and not sentence.broken(begin, end, HARD_BREAK) and sentence.unknown(begin, end) == 0
    )


def _is_restated(sentence: Sentence, index: int) -> bool:
    """Whether it says the difference before it over again: "by 64 million, or 21.7%", "8 percent, or 34 million"."""
    return _OR.fullmatch(sentence.text, *sentence.gap_before(index)) is not None


def _compares_years(sentence: Sentence, index: int) -> bool:
    """Whether "on year", 同比 stands right at the number, and so says that it is a rate of growth."""
    begin, end = sentence.clause_after(index)
    before, _ = sentence.gap_before(index)
    behind = [word for word in sentence.words_in(begin, end) if word.start - begin <= 2]
    ahead = [word for word in sentence.words_in(before, sentence.mentions[index].start) if begin - word.end <= 2]
    return any(word.is_cue("year_on_year", "month_on_month") for word in (*behind, *ahead))


def _is_listed(sentence: Sentence, index: int) -> bool:
    """Whether nothing but a comma or an "and" stands between the number and the one before, of the same unit."""
    here, there = sentence.mentions[index], sentence.mentions[index - 1]
    same = here.unit == there.unit or there.unit is None
    return same and LISTING.fullmatch(sentence.text, there.end, here.start) is not None


def _follows_by(sentence: Sentence, index: int) -> bool:
    begin, end = sentence.gap_before(index)
    return any(word.is_cue("by") and end - word.end <= 1 for word in sentence.words_in(begin, end))


def _direction(cue: Token | None, mention: Mention) -> Direction | None:
    if cue is None:
        return None
    if mention.negative:
        return Direction.DOWN
    return Direction.DOWN if cue.is_cue("down", "down_after", "down_next") else Direction.UP


def _cue_before(sentence: Sentence, index: int) -> Token | None:
    """Return the last word of change before the number that still speaks of it."""
    begin, end = sentence.gap_before(index)
    words = list(sentence.words_in(begin, end))
    if stands_compared(sentence, index):
        return None
    kinds = (*UP_DOWN, "change_noun", *added_cues(sentence.mentions[index]))
    found = None
    for position, word in enumerate(words):
        if word.is_cue(*kinds) and _speaks_of(sentence, words[position + 1 :], word, end):
            found = _with_direction(word, found)
    return found


def stands_compared(sentence: Sentence, index: int) -> bool:
    """Return whether the number is what another is compared with, and so a level: "up from 355 million"."""
    start = sentence.mentions[index].start
    begin, _ = sentence.gap_before(index)
    return any(word.is_cue("base") and start - word.end <= 1 for word in sentence.words_in(begin, start))


def added_cues(mention: Mention) -> tuple[str, ...]:
    """Return the cue of newness where it makes a change of the number: 654,000 new stations, not 49% of new users."""
    return () if mention.unit in RATE_UNITS else ("added",)


def _with_direction(word: Token, before: Token | None) -> Token:
    """A noun of change such as 增速 or "growth rate" takes its direction from a word of direction before it."""
    return word if word.is_cue(*UP_DOWN) or before is None else before


def _speaks_of(sentence: Sentence, behind: list[Token], cue: Token, number_start: int) -> bool:
    """Whether the number right of a word of change is that change, and not the level reached by it."""
    if sentence.broken(cue.end, number_start, HARD_BREAK):
        return False
    noun = cue.is_cue("change_noun", "added")
    if not noun and any(word.is_cue("level_after") for word in behind):
        return False
    return noun or not any(word.of("indicator") for word in behind)


def _cue_behind(sentence: Sentence, index: int) -> Token | None:
    """Return the word of change right behind the number: "19.19 million more than in", "654,000 new stations"."""
    if not sentence.language.boundaries:
        return None
    begin, end = sentence.clause_after(index)
    following = index + 1 < len(sentence.mentions) and end == sentence.mentions[index + 1].start
    for word in sentence.words_in(begin, min(end, begin + REACH)):
        if word.is_cue(*AFTER) and _is_group(sentence, word):
            return None
        kinds = (*UP_DOWN, *AFTER, "change_noun", *added_cues(sentence.mentions[index]))
        # "up" announces its number; behind one it belongs to a verb: "stations have gone up".
        if word.is_cue(*kinds) and not word.is_cue("before_only") and not (following and end - word.end < NEXT):
            return word
        if word.is_cue("up_next", "down_next") and word.start - begin <= 1:
            return word
    return None


def _is_group(sentence: Sentence, word: Token) -> bool:
    """Whether the comparison is with a group and not with an earlier time: "above the world's average"."""
    until = HARD_BREAK.search(sentence.text, word.end, sentence.end)
    stop = until.start() if until else sentence.end
    periods = [period for period in sentence.periods if word.end <= period.start < stop]
    years = [other for other in sentence.words_in(word.end, stop) if other.is_cue("year_on_year", "month_on_month")]
    bare = not sentence.text[word.end : stop].strip(" .")
    return not (periods or years or bare)


def _is_share(sentence: Sentence, index: int) -> bool:
    begin, end = sentence.gap_before(index)
    clause = list(sentence.words_in(begin, end))
    if any(word.is_cue("share") and not sentence.broken(word.end, end, HARD_BREAK) for word in clause):
        return True
    after, stop = sentence.clause_after(index)
    return any(word.is_cue("share_after") and word.start - after <= 1 for word in sentence.words_in(after, stop))


def _stands_closer(sentence: Sentence, index: int, cue: Token) -> bool:
    """Whether the word of change is nearer to the number than the word of share."""
    begin, end = sentence.gap_before(index)
    shares = [word for word in sentence.words_in(begin, end) if word.is_cue("share")]
    return cue.end <= end and not any(word.start > cue.start for word in shares)
