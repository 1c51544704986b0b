"""Which members narrow a label or a number, by where they stand in the sentence."""

import re
from collections.abc import Iterable, Iterator

from bulletin.scan import BREAK, HARD_BREAK, Sentence
from bulletin.vocabulary import Token
from schemas.catalogue import Indicator

NEAR = 48
"""Characters between a number and a label behind it that still claims it, in a language with spaces."""
STRANGERS = (1, 2)
"""The same where a number is to go on about the subject before it: more is a subject of its own."""
_OR_PERCENT = re.compile(r",?\s*(?:or|\()\s*")
_CLOSE = re.compile(r"\s*[,)]\s*(?=(?:were|are|was|is|in|to|on|for)\b)")
_NUMBERLESS = re.compile(r"^[^\d]*$")


def labels(words: Iterable[Token]) -> list[Token]:
    """Return those of the words that name an indicator."""
    return [word for word in words if word.of("indicator")]


def most(sentence: Sentence, limits: tuple[int, int]) -> int:
    """Return how many unknown words, or characters where words are not spaced, are let pass."""
    return limits[0] if sentence.language.boundaries else limits[1]


def past_percent(sentence: Sentence, index: int) -> tuple[int, int] | None:
    """Return the stretch behind an inserted share: "3.4 million, or 29.1%, were 5G base stations"; None without one."""
    begin, end = sentence.gap_after(index)
    inserted = index + 1 < len(sentence.mentions) and sentence.mentions[index + 1].unit == "percent"
    if not inserted or not _OR_PERCENT.fullmatch(sentence.text, begin, end):
        return None
    begin, end = sentence.gap_after(index + 1)
    close = _CLOSE.match(sentence.text, begin, end)
    return (close.end(), end) if close else None


def _clause_end(sentence: Sentence, begin: int, end: int) -> int:
    match = BREAK.search(sentence.text, begin, end)
    return match.start() if match else end


def leading(sentence: Sentence, index: int, label: Token) -> Iterator[tuple[str, str]]:
    """Yield the members that lead up to the number with no label of their own: "In rural areas, ...", "4G had ...".

    They stand before the label, with nothing unknown and no other label between.
    """
    begin = sentence.start if index == 0 else sentence.gap_before(index)[0]
    end = min(label.start, sentence.mentions[index].start)
    words = list(sentence.words_in(begin, end))
    if labels(words) or sentence.unknown(begin, end) > most(sentence, STRANGERS):
        return
    named: dict[str, set[str]] = {}
    for word in words:
        for sense in word.of("member"):
            named.setdefault(sense.members[0][0], set()).add(sense.id)
    for dimension, members in named.items():
        if len(members) == 1:
            yield dimension, next(iter(members))


def own(sentence: Sentence, index: int, label: Token | None) -> Iterator[tuple[str, str]]:
    """Yield the members right behind the number itself: "79.8% in urban areas and 55.9% in rural areas"."""
    if sentence.language.boundaries:
        begin, end = sentence.clause_after(index)
        if past := past_percent(sentence, index):
            begin, end = past[0], _clause_end(sentence, *past)
    elif label and sentence.gap_before(index)[0] <= label.start:
        begin, end = label.end, sentence.mentions[index].start
    else:
        return
    for word in sentence.words_in(begin, end):
        for sense in word.of("member"):
            followed = [other for other in labels(sentence.words_in(word.end, end)) if other != label]
            if not followed and word.start - begin <= NEAR:
                yield sense.members[0]


def attached(sentence: Sentence, label: Token) -> Iterator[tuple[str, str]]:
    """Yield the members in the label's own phrase: "rural" netizens, base stations "in rural areas", 农村地区的网民.

    Two members of one dimension in a phrase ("between urban and rural areas") narrow nothing.
    """
    found: dict[str, set[str]] = {}
    spaced = sentence.language.boundaries
    for word in sentence.words:
        for sense in word.of("member"):
            if word.end <= label.start:
                gap = sentence.text[word.end : label.start]
                near = len(gap) <= (24 if spaced else 12)
            else:
                gap = sentence.text[label.end : word.start]
                near = spaced and len(gap) <= 28 and not re.search(r"\b(?:and|or)\b", gap)
            if (
                near
                and _NUMBERLESS.match(gap)
                and not HARD_BREAK.search(gap)
                and not _other_label(sentence, word, label)
                and not _aside(gap)
            ):
                found.setdefault(sense.members[0][0], set()).add(sense.id)
    for dimension, members in found.items():
        if len(members) == 1:
            yield dimension, next(iter(members))


def of_whole(sentence: Sentence, label: Token, indicator: Indicator) -> Iterator[tuple[str, str]]:
    """Yield the members of the people that a rate is of: "elderly netizens who can ...", as far as the clause goes."""
    whole = indicator.ratio[1] if indicator.ratio else None
    for word in sentence.words:
        if word.end <= label.start and any(sense.id == whole for sense in word.of("indicator")):
            yield from attached(sentence, word)


def _aside(gap: str) -> bool:
    """Whether a parenthesis closes in the gap that opened before it: what stands in it is an aside (含短视频)."""
    closed = min((at for at in map(gap.find, ")）") if at >= 0), default=-1)
    return closed >= 0 and not any(mark in gap[:closed] for mark in "(（")


def _other_label(sentence: Sentence, word: Token, label: Token) -> bool:
    begin, end = sorted((word.start, label.start))
    return any(other not in (word, label) for other in labels(sentence.words_in(begin, end)))


def continues(sentence: Sentence, label: Token) -> bool:
    """Whether a bare label goes on about the subject of the number before it: "..., and the penetration rate is"."""
    begins = not labels(sentence.words_in(sentence.start, label.start))
    if begins:
        return False
    return not any(word.is_cue("whole") for word in sentence.words if abs(word.start - label.start) < 16)


def last_member(sentence: Sentence, dimension: str, before: int) -> str | None:
    """Return the member of the dimension that the sentence names last before the position; None where it names none."""
    found = None
    for word in sentence.words_in(sentence.start, before):
        for sense in word.of("member"):
            if sense.members[0][0] == dimension:
                found = sense.id
    return found
