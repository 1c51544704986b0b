"""Where a number holds, by where the name of an area stands: ahead of its clause, or behind the number."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from bulletin.model import Senses, Token
from bulletin.scan import HARD_BREAK, Sentence, remembered

_LEADS = re.compile(
    r"(?:^\s*(?:[•*·▪◦●-]\s)?|[,;:.–—-]\s)\s*(?:(?:and|but|while|whereas)\s+)?(?:in|for|across|within)\s+(?:the\s+)?$",
    re.I,
)
"""What stands before an area that sets the scene: "In Norway, where ...", "..., and for Europe, ..."."""
_COMMA = re.compile(r"\s*,")
_AT_NUMBER = re.compile(r"\s*,\s+(?:at|with)\s+(?:(?:just|only|about|some|nearly|almost|over)\s+)?", re.IGNORECASE)
"""What stands between an area and its number: "lowest in Norway, at 1.2"."""
_CALLED = re.compile(r"\s*,\s+(?!and\b|or\b|[A-Z])[^,;:()\d]{3,60},\s+(?=[a-z])")
_IN = re.compile(r"\b(?:in|across)\s+(?:the\s+|all\s+of\s+)?$", re.I)
_SEEN_IN = re.compile(
    r"\s+(?:(?:seen|found|recorded|reported|observed|measured|registered|reached|achieved|posted)\s+)?(?:in|for|across)\s+(?:the\s+)?",
    re.I,
)
"""What stands between a number and the area in which it was found."""
_AT = re.compile(r"\s*,\s+(?:at|with|on)\s+(?:[a-z]+\s+){0,2}", re.I)
_PARTNER = re.compile(r"(?:\b(?:to|from|with)\s+(?:the\s+)?|[对自从向往与])$", re.IGNORECASE)
PARTNER_REACH = 12
"""Characters before a trading partner in which a word says which way the goods go."""
WORLD_REACH = 8
"""Characters behind 全球 within which a label stands that is told of the world."""
_JOINED = re.compile(r"\s*[省市区县州]?(?:[、和及与]|以及)\s*")
_THESE = re.compile(r"等?[一二两三四五六七八九十\d]*[地省市区县州国]*[，,]")
"""What closes a list of areas that leads the clause behind it: 杭州、宁波、温州三市，..."""
_LISTED = re.compile(
    r"(?:\s*[(（][^()（）]{0,40}[)）])?(?:[、和及与]|以及|\s*,\s*(?:and\s+)?(?:(?:to|from)\s+)?(?:the\s+)?"
    r"|\s+and\s+(?:(?:to|from)\s+)?(?:the\s+)?)",
    re.IGNORECASE,
)


def without_partners(words: Iterable[Token], text: str) -> Iterator[Token]:
    """Yield the areas but for those that are members of what is told: "exports to Chile and Peru" are another's."""
    listed = None
    for word in words:
        if not word.of("area"):
            continue
        told = _PARTNER.search(text, max(0, word.start - PARTNER_REACH), word.start) is not None
        goes_on = listed is not None and _LISTED.fullmatch(text, listed, word.start) is not None
        if word.of("member") and (told or goes_on):
            listed = word.end
        else:
            yield word


def at_home(sentence: Sentence, areas: frozenset[str]) -> Sentence:
    """Return the sentence without members that are the areas its text is about: Japan's exports go to no Japan.

    "Exports to Japan" still do, in a text that quotes what others report.
    """
    if not {"area", "member"} <= sentence.kinds:
        return sentence
    home = [word for word in without_partners(sentence.words, sentence.text) if _is_home(word, areas)]
    if not home:
        return sentence
    return replace(sentence, words=tuple(_as_area(word) if word in home else word for word in sentence.words))


def _is_home(word: Token, areas: frozenset[str]) -> bool:
    named = word.of("member") and not word.of("indicator")
    return bool(named) and not areas.isdisjoint(sense.id for sense in word.of("area"))


def _as_area(word: Token) -> Token:
    kinds = word.senses.kinds
    return word._replace(senses=Senses(sense for kind in kinds if kind != "member" for sense in kinds[kind]))


def sets_scene(sentence: Sentence, word: Token, start: int) -> bool:
    """Return whether the area leads the clauses up to `start`: "In Norway, where ..., 4 million people"."""
    if not sentence.spaced or not _COMMA.match(sentence.text, word.end):
        return False
    if _AT_NUMBER.fullmatch(sentence.text, word.end, start) or _is_called(sentence, word, start):
        return True
    if not _LEADS.search(sentence.text[sentence.start : word.start]):
        return False
    stop = HARD_BREAK.search(sentence.text, word.end, start)
    return stop is not None and not re.search(r"[;:]", sentence.text[word.end : start])


def _is_called(sentence: Sentence, word: Token, start: int) -> bool:
    """Whether the area is the subject, with another name for it put in: "Norway, host of the fair, saw ..."."""
    opening = sentence.text[sentence.start : word.start].strip(" -–—•·*")
    called = _CALLED.match(sentence.text, word.end, start)
    if opening or called is None or sentence.broken(called.end(), start, HARD_BREAK):
        return False
    return not any(word.end <= mention.start < called.end() for mention in sentence.mentions)


def area_behind(sentence: Sentence, index: int) -> str | None:
    """Return the area in which the number is said to hold, in its clause: "16 million were served in Norway"."""
    if not sentence.spaced:
        return None
    for word in sentence.named_in(*sentence.clause_after(index), "area"):
        own = [sense.id for sense in word.of("area") if sense.id != "WORLD" and not word.of("member")]
        if own and _IN.search(sentence.text, sentence.mentions[index].end, word.start):
            return own[0]
    return None


def area_right_behind(sentence: Sentence, index: int) -> str | None:
    """Return the area that stands right behind the number, whatever leads its clause: "the 97% seen in Norway"."""
    end = sentence.mentions[index].end
    behind = _SEEN_IN.match(sentence.text, end) if sentence.spaced else None
    if behind is None:
        return None
    word = sentence.word_at(behind.end())
    if word is None or word.of("member") or sentence.text.startswith(("'", "’"), word.end):
        return None
    return next((sense.id for sense in word.of("area")), None)


def stands_at(sentence: Sentence, word: Token, start: int) -> bool:
    """Return whether the number at `start` is put in right behind the area whose it is: "Africa, at 37 per cent"."""
    return sentence.spaced and _AT.fullmatch(sentence.text, word.end, start) is not None


def is_of_the_world(sentence: Sentence, word: Token, start: int) -> bool:
    """Return whether the number at `start` is the world's: 全球网民达53亿, 世界平均普及率67%, but no 全球第一大网站."""
    if sentence.spaced or sentence.broken(word.end, start, HARD_BREAK):
        return False
    behind = sentence.words_in(word.end, min(start, word.end + WORLD_REACH))
    label = next((other for other in behind if other.of("indicator") or other.of("member")), None)
    return label is not None and not sentence.unexplained(word.end, label.start).strip("的平均水 ")


@remembered
def joined_areas(sentence: Sentence) -> frozenset[int]:
    """Return where the areas begin that stand joined to others: 杭州、宁波5G用户共900万户 are of no one of them."""
    if sentence.spaced or "respectively" in sentence.cues:
        return frozenset()
    words = [word for word in sentence.words_of("area") if not (word.of("member") or word.is_cue("whole_country"))]
    joined: set[int] = set()
    for one, other in pairwise(words):
        if _JOINED.fullmatch(sentence.text, one.end, other.start):
            joined |= {one.start, other.start}
    return frozenset(joined)


def is_of_several(sentence: Sentence, index: int) -> bool:
    """Return whether the number is told of several areas at once, and of no one of them."""
    joined = joined_areas(sentence)
    if not joined:
        return False
    begin, start = sentence.gap_before(index)
    if index and _JOINED.fullmatch(sentence.text, begin, start):
        return is_of_several(sentence, index - 1)
    named = [word for word in sentence.named_in(begin, start, "area") if not word.of("member")]
    if not named or named[-1].start not in joined:
        return False
    ended = _THESE.match(sentence.text, named[-1].end)
    return not sentence.broken(ended.end() if ended else named[-1].end, start, HARD_BREAK)


def own_members(sentence: Sentence, area: str) -> frozenset[tuple[str, str]]:
    """Return the members that the sentence's words for the area are as well: no country is its own trading partner."""
    words = [word for word in sentence.words_of("area") if any(sense.id == area for sense in word.of("area"))]
    return frozenset(pair for word in words for sense in word.of("member") for pair in sense.members)
