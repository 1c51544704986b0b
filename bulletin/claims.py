"""Which indicator claims a number, and which members narrow it.

A label of the catalogue claims a number of a fitting unit from where it stands: right behind it ("1.425 million 5G base
stations"), between it and the number before, or, where nothing new is named, from the number before. A label that names
the whole of a share ("of all netizens", 占网民整体的) claims nothing.
"""

import re
from dataclasses import dataclass

from bulletin.claim import Claim, Memory, View, is_bare
from bulletin.measures import Reading
from bulletin.model import Members
from bulletin.narrowing import (
    NEAR,
    STRANGERS,
    attached,
    continues,
    labels,
    last_member,
    leading,
    most,
    of_whole,
    own,
    past_percent,
)
from bulletin.scan import HARD_BREAK, Sentence
from bulletin.shares import as_ratio, is_of_population, is_of_unknown, ratio_behind, ratio_of, wholes_of
from bulletin.vocabulary import Sense, Token
from schemas.catalogue import Catalogue, Indicator
from schemas.concepts import Measure

NEAR_UNSPACED = 8
"""The same as NEAR where words are not spaced."""
FOREIGN_WORDS = (3, 4)
"""Unknown words (characters, where words are not spaced) that may stand between a label and its number."""
_ADJACENT = re.compile(
    r"\s*(?!and\b|or\b|while\b|but\b|with\b)"
    r"(?:(?!(?:and|while|but) (?:the|its|their|an?)\b)(?!\d[\d.,]*\s)\S+\s+){0,5}[\"“]?"
)
"""What may stand between a number and what it counts: a few words, none of which opens another statement."""
_SHORT_AND = re.compile(r"\s*(?:[A-Za-z-]+\s+){0,3}(?:and|or)\s+|\s?[-–—~]\s?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidates:
    """The claims of equal right to one number; one is a resolution, several are an ambiguity."""

    claims: tuple[Claim, ...]
    reason: str = ""


def claims_on(sentence: Sentence, index: int, reading: Reading, memory: Memory, catalogue: Catalogue) -> Candidates:
    """Return who claims the number `index` of the sentence, by the nearest place where anything does."""
    view = View(sentence, index, reading, memory, catalogue, wholes_of(sentence, index, reading))
    if is_of_unknown(view):
        return Candidates((), "a share of something that the catalogue does not know")
    spaced = sentence.language.boundaries
    behind, between = _behind(sentence, index, reading), _between(sentence, index)
    for place in (behind, between) if spaced else (between, behind):
        if claims := _fitting(place, view):
            return Candidates(claims)
    if ratio := ratio_behind(view):
        return Candidates((ratio,))
    for place in (_behind_far(sentence, index), _shared(sentence, index, reading)):
        if claims := _fitting(place, view):
            return Candidates(claims)
    if inherited := _inherited(view):
        return Candidates((inherited,))
    earlier = [] if is_bare(view.mention) else _earlier(sentence, index)
    claims = _fitting(earlier, view)
    return Candidates(claims, "" if claims else "no indicator of the catalogue is named near it with a fitting unit")


def _behind(sentence: Sentence, index: int, reading: Reading) -> list[Token]:
    """Labels that the number counts: "1.425 million 5G base stations", "355 million were 5G users", 4亿网民."""
    begin, end = sentence.gap_after(index)
    begin, end = past_percent(sentence, index) or (begin, end)
    found = labels(sentence.words_in(begin, end))[:1]
    if not found or HARD_BREAK.search(sentence.text, begin, found[0].start):
        return []
    gap = sentence.text[begin : found[0].start]
    if not sentence.language.boundaries:
        return found if len(gap.strip("的")) <= NEAR_UNSPACED else []
    return found if _ADJACENT.fullmatch(gap) and reading.measure is not Measure.SHARE else []


def _between(sentence: Sentence, index: int) -> list[Token]:
    begin, end = sentence.gap_before(index)
    found = labels(sentence.words_in(begin, end))[::-1]
    heads = [word for word in found if not (sentence.language.boundaries and _is_of_another(sentence, word, found))]
    return [word for word in heads if sentence.unknown(word.end, end) <= most(sentence, FOREIGN_WORDS)]


def _is_of_another(sentence: Sentence, label: Token, others: list[Token]) -> bool:
    """Whether the label only says what another is of: "users of short-video apps" are users."""
    for head in others:
        between = sentence.text[head.end : label.start]
        if head.end <= label.start and re.match(r"\s+of\s", between) and sentence.unknown(head.end, label.start) == 0:
            return not sentence.broken(head.end, label.start)
    return False


def _behind_far(sentence: Sentence, index: int) -> list[Token]:
    if not sentence.language.boundaries:
        return []
    begin, end = sentence.clause_after(index)
    return [word for word in labels(sentence.words_in(begin, end)) if word.start - begin <= NEAR]


def _shared(sentence: Sentence, index: int, reading: Reading) -> list[Token]:
    """Labels of the next number that serve both: "748 million urban and 284 million rural internet users"."""
    if not sentence.language.boundaries or index + 1 >= len(sentence.mentions):
        return []
    begin, end = sentence.gap_after(index)
    gap = sentence.text[begin:end]
    return _behind(sentence, index + 1, reading) if _SHORT_AND.fullmatch(gap) else []


def _earlier(sentence: Sentence, index: int) -> list[Token]:
    begin, end = sentence.gap_before(index)
    if sentence.unknown(begin, end) > most(sentence, STRANGERS):
        return []
    return labels(sentence.words_in(sentence.start, begin))[::-1]


def _fitting(found: list[Token], view: View) -> tuple[Claim, ...]:
    """Return the claims of the first label of which any fits; several are of equal right."""
    for label in found:
        if label in view.wholes:
            continue
        other = _is_other_quantity(view, label)
        if other and any(view.catalogue.indicators[sense.id].additive for sense in label.of("indicator")):
            return ()
        claims = []
        for sense in label.of("indicator"):
            indicator = view.catalogue.indicators[sense.id]
            if view.fits(indicator):
                members = _members(view, label, sense, indicator)
                if members is not None:
                    claim = as_ratio(Claim(sense.id, members, label), view)
                    if claim.indicator != sense.id or not is_of_population(view) or indicator.of_population:
                        claims.append(claim)
        if claims:
            return tuple(dict.fromkeys(claims))
    return ()


def _is_other_quantity(view: View, label: Token) -> bool:
    """Whether a word makes something else of the label: 每万人拥有5G基站数, monthly active users, average revenue."""
    begin = label.start - (16 if view.sentence.language.boundaries else 10)
    end = max(label.end, view.mention.start)
    for word in view.sentence.words_in(max(begin, view.sentence.start), end):
        if word.is_cue("other_quantity") and not HARD_BREAK.search(
            view.sentence.text, word.end, max(word.end, label.start)
        ):
            return True
    return False


def _members(view: View, label: Token, sense: Sense, indicator: Indicator) -> Members | None:
    """Return the members that narrow the label; None where one that it cannot do without is nowhere to be found."""
    found = _named_members(view, label, sense, indicator)
    for dimension in sense.requires:
        if dimension not in found and (near := _right_before(view, dimension)):
            found[dimension] = near
    if any(dimension not in found for dimension in sense.requires):
        return None
    if not found and view.index and view.memory.claim and continues(view.sentence, label):
        found = {d: m for d, m in view.memory.claim.members if d in indicator.dimensions}
    for dimension in indicator.requires:
        if dimension not in found and (last := _spoken_of(view, dimension)):
            found[dimension] = last
    return tuple(sorted(found.items())) if all(name in found for name in indicator.requires) else None


def _named_members(view: View, label: Token, sense: Sense, indicator: Indicator) -> dict[str, str]:
    """Return the members that the sentence gives the label: implied, in its phrase, of its whole, at the number."""
    sentence, allowed = view.sentence, indicator.dimensions
    found = dict(sense.members)
    for dimension, member in attached(sentence, label):
        if dimension in allowed:
            found.setdefault(dimension, member)
    if indicator.ratio:
        found = {d: m for d, m in of_whole(sentence, label, indicator) if d in allowed} | found
    found |= {d: m for d, m in own(sentence, view.index, label) if d in allowed}
    for dimension, member in leading(sentence, view.index, label):
        if dimension in (*allowed, *sense.requires):
            found.setdefault(dimension, member)
    return found


def _spoken_of(view: View, dimension: str) -> str | None:
    """Return the member of the dimension that was spoken of last: in the sentence, or before it if it opens plainly."""
    sentence = view.sentence
    last = last_member(sentence, dimension, view.mention.start)
    plain = sentence.unknown(sentence.start, view.mention.start) <= most(sentence, STRANGERS)
    return last or (view.memory.members.get(dimension) if plain else None)


def _right_before(view: View, dimension: str) -> str | None:
    """Return the member that leads straight to the number: "4G had 977 million users"."""
    begin, end = view.sentence.gap_before(view.index)
    for word in reversed(list(view.sentence.words_in(begin, end))):
        for sense in word.of("member"):
            if sense.members[0][0] == dimension and view.sentence.unknown(word.end, end) == 0:
                return sense.id
    return None


def _inherited(view: View) -> Claim | None:
    """Return the claim on the number before, where this one goes on about it."""
    before = view.memory.claim
    if before is None or is_bare(view.mention) or (view.index == 0 and not _refers_back(view)):
        return None
    begin, end = view.sentence.gap_before(view.index)
    if view.sentence.unknown(begin, end) > most(view.sentence, STRANGERS):
        return None
    claim = Claim(before.indicator, _renewed(view, before), inherited=True)
    if ratio := ratio_of(claim, view):
        return ratio
    if is_of_population(view):
        return None
    for name in (before.indicator, *_numerators(before.indicator, view.catalogue)):
        if view.fits(view.catalogue.indicators[name]):
            return Claim(name, claim.members, inherited=True)
    return None


def _numerators(indicator: str, catalogue: Catalogue) -> tuple[str, ...]:
    ratio = catalogue.indicators[indicator].ratio
    return (ratio[0],) if ratio else ()


def _refers_back(view: View) -> bool:
    """Whether the sentence's first number is about what was spoken of before.

    So it is after "of which", 其中, and, where nothing but the whole of a share is named first, if it is a difference
    or a share, or a member narrows what was spoken of ("In rural areas it was ...", 农村地区为...).
    """
    sentence = view.sentence
    before = list(sentence.words_in(sentence.start, view.mention.start))
    opening = sentence.words[:1]
    if opening and opening[0].is_cue("anaphora"):
        return True
    if any(word not in view.wholes for word in labels(before)):
        return False
    allowed = view.catalogue.indicators[view.memory.claim.indicator].dimensions if view.memory.claim else ()
    narrowed = any(sense.members[0][0] in allowed for word in before for sense in word.of("member"))
    return narrowed or view.reading.measure is not Measure.LEVEL


def _renewed(view: View, before: Claim) -> Members:
    """Return the members of the claim before, with those named since: 城镇7.48亿、农村2.84亿."""
    members = dict(before.members)
    allowed = view.catalogue.indicators[before.indicator].dimensions
    for word in view.sentence.words_in(*view.sentence.gap_before(view.index)):
        members |= {d: m for sense in word.of("member") for d, m in sense.members if d in allowed}
    members |= {d: m for d, m in own(view.sentence, view.index, None) if d in allowed}
    return tuple(sorted(members.items()))
