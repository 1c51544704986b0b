"""Which indicator claims a number, and which members narrow it.

A phrase claims a number of a fitting unit from where it stands: right behind it ("1.425 million 5G base stations"),
between it and the number before, or, where nothing new is named, from the number before. A phrase without a label
("Short video: 1.04 billion") claims it for what was spoken of, or for the indicator that cannot do without such a
member. A phrase that names the whole of a share ("of all netizens", 占网民整体的) claims nothing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bulletin.claim import Claim, Memory, View, is_small, same_quantity
from bulletin.measures import RELATIVE_UNITS, Reading, share_of, stands_compared
from bulletin.phrases import Phrase, before, behind, narrowed, phrases
from bulletin.scan import HARD_BREAK, Sentence
from bulletin.shares import as_rate, is_of_newcomers, is_of_population, rates_by_member, wholes_of
from bulletin.vocabulary import Sense
from schemas.catalogue import Catalogue, Indicator
from schemas.concepts import Measure

NEAR = 48
"""Characters between a number and a label behind it that still claims it, in a language with spaces."""
NEAR_UNSPACED = 8
"""The same where words are not spaced."""
FOREIGN = (3, 4)
"""Unknown words (characters, where words are not spaced) that may stand between a label and its number."""
STRANGERS = (1, 2)
"""The same where a number is to go on about the subject before it: more is a subject of its own."""
EMPTY_SHARE = "a share of the population, or of itself, that is no indicator of its own"
RELATIVE = (*RELATIVE_UNITS, "percentage_point")
_NEXT_WORD = re.compile(r"\s[A-Za-z]")
_OPENING = re.compile(r"\s*[(（]\s*[+-]?$")
_UNKNOWN = re.compile(r"[\u4e00-\u9fff]{2}")
STUCK = 2
"""Unknown characters right before a label that make another word of it: 住户宽频普及率."""
RELATIVE_CHARACTERS = 3
"""Unknown characters before a 的 and a label that make something narrower of it."""
_ADJACENT = re.compile(
    r"\s*(?!and\b|or\b|while\b|but\b|with\b)"
    r"(?:(?!(?:and|while|but) (?:the|its|their|an?)\b)(?!\d[\d.,]*\s)\S+\s+){0,5}[\"“]?"
)
"""What may stand between a number and what it counts: a few words, none of which opens another statement."""
_SHORT_AND = re.compile(r"\s*(?:[A-Za-z-]+\s+){0,3}(?:and|or)\s+|\s?[-–—~]\s?", re.IGNORECASE)
_WITHIN = re.compile(r"在[^,，。;；]{2,20}[中里]\s*$")
_RELATIVE = re.compile(r"\s*(?:,\s*)?(?:who|whom|whose|that|which)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidates:
    """The claims of equal right to one number; one is a resolution, several are an ambiguity."""

    claims: tuple[Claim, ...]
    reason: str = ""
    named: bool = False
    """Whether a phrase of its own claims it, and not what was spoken of before."""


def claims_on(sentence: Sentence, index: int, reading: Reading, memory: Memory, catalogue: Catalogue) -> Candidates:
    """Return who claims the number `index` of the sentence, by the nearest place where anything does."""
    view = View(sentence, index, reading, memory, catalogue, wholes_of(sentence, index, reading))
    if why := _why_none(view):
        return Candidates((), why)
    if named := _named(view):
        return named
    if share_of(sentence, index) is not None and not (_subject_before(view) or sentence.is_inserted(index)):
        return Candidates((), "a share of those who do something that the catalogue does not know")
    if inherited := _inherited(view) or _part_of_whole(view):
        return Candidates((), EMPTY_SHARE) if _is_empty_share(inherited, view) else Candidates((inherited,))
    if not (is_small(view.mention) or memory.lost) and _strangers(view) <= most(sentence, STRANGERS):
        for phrase in phrases(sentence, sentence.start, sentence.gap_before(index)[0])[::-1]:
            if claims := _claims(phrase, view):
                return Candidates(claims, named=True)
    return Candidates((), "no indicator of the catalogue is named near it with a fitting unit")


def _why_none(view: View) -> str:
    """Return why nothing can claim the number, whatever stands around it; empty where that is not so."""
    if view.reading.groups:
        return "a comparison of two groups, and no change over time"
    if is_of_newcomers(view):
        return "a share of newcomers, which are not the indicator"
    if _is_other_quantity(view):
        return "a word next to it makes another quantity of what it counts"
    return "a share of something that the catalogue does not know" if _is_of_strangers(view) else ""


def _named(view: View) -> Candidates | None:
    """Return who claims it by a phrase of its own, the place with the best right first; None where none does."""
    for place in _places(view):
        for phrase in place:
            claims = _claims(phrase, view)
            if claims and _is_empty_share(claims[0], view):
                return Candidates((), EMPTY_SHARE)
            if claims is not None:
                reason = "" if claims else "what it counts is narrowed by something that the catalogue does not know"
                return Candidates(claims, reason, named=True)
    return None


def most(sentence: Sentence, limits: tuple[int, int]) -> int:
    """Return how many unknown words, or characters where words are not spaced, are let pass."""
    return limits[0] if sentence.spaced else limits[1]


def _places(view: View) -> Iterator[list[Phrase]]:
    """Yield the places where a phrase may claim the number, the one with the best right first."""
    sentence, index = view.sentence, view.index
    if sentence.is_inserted(index) and not view.wholes:
        return
    if opened := _opened(view):
        yield opened
        return
    if is_small(view.mention):
        begin, end = sentence.mentions[index].end, sentence.mentions[index].start
        yield [p for p in _counted(view) if sentence.unknown(begin, p.start) <= 1]
        bare = [p for p in _between(view) if sentence.unknown(p.end, end) == 0]
        yield [p for p in bare if not re.search(r"[(（]", sentence.text[p.end : end])]
    elif share_of(sentence, index) is not None:
        yield [p for p in _between(view) if p.start >= sentence.clause_before(index)[0]]
        yield _doing(view)
    elif not sentence.spaced:
        yield _between(view)
        yield _counted(view)
    else:
        for place in (_counted, _between, _far, _shared):
            yield place(view)


def _opened(view: View) -> list[Phrase]:
    """The phrase right before the parenthesis that opens with the number: "mobile phones (72.2%) passed desktops"."""
    sentence, index = view.sentence, view.index
    if sentence.is_inserted(index):
        return []
    begin, end = sentence.gap_before(index)
    opening = _OPENING.search(sentence.text, begin, end)
    return [p for p in before(sentence, index) if p.end == opening.start()] if opening else []


def _is_of_strangers(view: View) -> bool:
    """Whether it is a share of those whom no word of the catalogue names: 80%的北京学生, "90 percent of approvals"."""
    sentence, of = view.sentence, share_of(view.sentence, view.index)
    if of is None or view.wholes or _subject_before(view) or is_of_population(view):
        return False
    begin, end = of, sentence.clause_after(view.index)[1]
    named = phrases(sentence, begin, end)
    return sentence.unknown(begin, named[0].start if named else end) > 0


def _subject_before(view: View) -> bool:
    """Whether words of a share lead up to the number, so that its subject stood before: "which makes 40% of"."""
    begin, end = view.sentence.gap_before(view.index)
    return any(word.is_cue("share", "anaphora", "pronoun") for word in view.sentence.words_in(begin, end))


def _counted(view: View) -> list[Phrase]:
    """What the number counts, behind it: "1.425 million 5G base stations", "355 million were 5G users", 4亿网民."""
    sentence, (begin, _) = view.sentence, view.sentence.gap_after(view.index)
    found = list(behind(sentence, view.index))[:1]
    if not found or HARD_BREAK.search(sentence.text, begin, found[0].start):
        return []
    gap = sentence.text[begin : found[0].start]
    if any(word.is_cue("negation") for word in sentence.words_in(begin, found[0].start)):
        return []
    if not sentence.spaced:
        return found if len(re.sub(r"\s|的", "", gap)) <= NEAR_UNSPACED and found[0].head else []
    adjacent = _ADJACENT.fullmatch(gap) and view.reading.measure is not Measure.SHARE
    plain = found[0].head or view.is_percent or (sentence.unknown(begin, found[0].start) == 0 and len(gap.split()) <= 3)
    return found if adjacent and plain else []


def _between(view: View) -> list[Phrase]:
    """Phrases between the number before and this one, the nearest first, none of them a whole or a comparison."""
    sentence = view.sentence
    _, end = sentence.gap_before(view.index)
    found = [p for p in before(sentence, view.index) if not view.wholes.intersection(p.tokens)]
    found = [p for p in found if not _is_compared(sentence, p)]
    near = [p for p in found if sentence.unknown(p.end, end) <= most(sentence, FOREIGN)]
    # A member alone is the subject only where no label stands in its clause: "Internet users in cities reached".
    if near and near[0].head is None:
        own = [p for p in near if p.head and not sentence.broken(p.end, near[0].start, HARD_BREAK)]
        return [*own, *(p for p in near if p not in own)]
    return near


def _is_compared(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether the phrase is what something is compared with: 比农村网民, "than urban users"."""
    reach = 6 if sentence.spaced else 1
    return any(word.is_cue("base") for word in sentence.right_before(phrase.start, reach)) and not any(
        period.start >= phrase.start - reach for period in sentence.periods if period.end <= phrase.start
    )


def _doing(view: View) -> list[Phrase]:
    """What those do of whom it is a share: "99.8% of netizens go online by phone", "70 per cent of men use ..."."""
    sentence = view.sentence
    begin, end = sentence.gap_after(view.index)
    stop = HARD_BREAK.search(sentence.text, begin, end)
    begin = max([begin, *(whole.end for whole in view.wholes if whole.end <= end)])
    return phrases(sentence, begin, stop.start() if stop else end)


def _far(view: View) -> list[Phrase]:
    begin, end = view.sentence.clause_after(view.index)
    denied = [word.start for word in view.sentence.words_in(begin, end) if word.is_cue("negation")]
    end = min([end, *denied])
    return [p for p in phrases(view.sentence, begin, end) if p.start - begin <= NEAR and p.head]


def _shared(view: View) -> list[Phrase]:
    """The phrase of the next number that serves both: "748 million urban and 284 million rural internet users"."""
    sentence, index = view.sentence, view.index
    if index + 1 >= len(sentence.mentions) or not _SHORT_AND.fullmatch(sentence.text, *sentence.gap_after(index)):
        return []
    following = View(sentence, index + 1, view.reading, view.memory, view.catalogue, view.wholes)
    own = next(behind(sentence, index), None)
    members = own.tokens if own and not own.head else ()
    return [
        Phrase((*members, *(token for token in phrase.tokens if not token.of("member"))), phrase.head)
        for phrase in _counted(following)
    ]


def _claims(phrase: Phrase, view: View) -> tuple[Claim, ...] | None:
    """Return the claims of the phrase; None where it has nothing to say of such a number, empty where it must not."""
    if phrase.head is None:
        return _by_members(phrase, view) or None
    if view.wholes.intersection(phrase.tokens):
        return None
    claims = [claim for sense in phrase.head.of("indicator") if (claim := _claim(phrase, sense, view))]
    fitting = [claim for claim in claims if view.fits(claim.indicator)]
    if not fitting:
        rates = any(view.catalogue.is_rate(sense.id) for sense in phrase.head.of("indicator"))
        return (_by_members(phrase, view) or None) if view.is_percent and not rates else None
    if all(not _same_unit(view, claim.indicator) for claim in fitting) and (
        spoken := _narrowed_topic(phrase.members(), view)
    ):
        fitting = [spoken] if _same_unit(view, spoken.indicator) else fitting
    if _is_about_newcomers(phrase, view):
        return ()
    if _is_modified(phrase, view) or _is_beyond(phrase, view, fitting[0]):
        return ()
    return tuple(dict.fromkeys(_most_narrowed(fitting, phrase, view)))


def _is_about_newcomers(phrase: Phrase, view: View) -> bool:
    """Whether a percentage is of those added, who are not the indicator: "64.1% of new Internet users"."""
    ahead = [word for word in view.sentence.words if word.end <= phrase.start <= word.end + 2]
    return view.mention.unit in RELATIVE and any(word.is_cue("added") for word in ahead)


def _is_empty_share(claim: Claim, view: View) -> bool:
    """Whether it is a share of the population that has no rate, or of the indicator itself, narrowed by nothing."""
    if not view.is_percent or view.catalogue.is_rate(claim.indicator):
        return False
    whole = any(sense.id == claim.indicator for word in view.wholes for sense in word.of("indicator"))
    abroad = any(word.of("area") for word in view.sentence.words_in(*view.sentence.gap_after(view.index)))
    return is_of_population(view) or (whole and not claim.members and not abroad)


def _most_narrowed(claims: list[Claim], phrase: Phrase, view: View) -> Iterable[Claim]:
    """Of several, those whose members stand in the phrase itself: "5G users" are accounts, "rural users" netizens."""
    if len(claims) == 1:
        return claims
    own = set(phrase.members().items())
    counts = [len(own.intersection(claim.members)) for claim in claims]
    best = [claim for claim, count in zip(claims, counts, strict=True) if count == max(counts)]
    units = [claim for claim in best if view.mention.unit == view.catalogue.indicators[claim.indicator].unit]
    return units or best


def _claim(phrase: Phrase, sense: Sense, view: View) -> Claim | None:
    """Return the claim of one sense of the phrase's label; None where a member that it needs is nowhere to be found."""
    indicator = view.catalogue.indicators[sense.id]
    if _is_estranged(phrase, indicator, sense):
        return None
    members = {**_members_around(phrase, view, indicator, sense), **dict(sense.members)}
    for dimension in sense.requires:
        if dimension not in members:
            return None
    if not any(d in members for d in indicator.dimensions) and (carried := _carried(phrase, view, indicator)):
        members = carried
    for dimension in indicator.requires:
        if dimension not in members and (last := _spoken_of(view, dimension)):
            members[dimension] = last
    if any(dimension not in members for dimension in indicator.requires):
        return None
    return as_rate(Claim(sense.id, narrowed(members, indicator.dimensions)), view)


def _is_estranged(phrase: Phrase, indicator: Indicator, sense: Sense) -> bool:
    """Whether a member right before the label is none of its indicator's: "mobile phone penetration rate"."""
    for token in phrase.tokens:
        if phrase.head and 0 <= phrase.head.start - token.end <= 1:
            for other in token.of("member"):
                if other.members[0][0] not in (*indicator.dimensions, *sense.requires):
                    return True
    return False


def _members_around(phrase: Phrase, view: View, indicator: Indicator, sense: Sense) -> dict[str, str]:
    """Return the members in the phrase, right behind the number, and those that lead up to it, the nearest first."""
    sentence = view.sentence
    allowed = {*indicator.dimensions, *sense.requires}
    found: dict[str, str] = {}
    places = [_own(view, phrase), phrase.members(), *_possessor(view, phrase), *_leading(view, phrase)]
    if indicator.ratio:
        places += [other.members() for other in phrases(sentence, sentence.start, phrase.start) if other.head]
        places += [other.members() for other in phrases(sentence, *sentence.gap_after(view.index)) if other.head]
    for place in places:
        for dimension, member in place.items():
            if dimension in allowed:
                found.setdefault(dimension, member)
    return found


def _own(view: View, phrase: Phrase | None) -> dict[str, str]:
    """Return the members right behind the number itself: "79.8% in urban areas and 55.9% in rural areas"."""
    sentence = view.sentence
    if not sentence.spaced and not view.is_percent:
        return {}
    begin, end = sentence.clause_after(view.index)
    for other in phrases(sentence, begin, end)[:1]:
        strangers = sentence.unknown(begin, other.start)
        if re.search(r"[(（]", sentence.text[begin : other.start]):
            return {}
        if other.head is None and other.start - begin <= NEAR and strangers <= most(sentence, (1, 3)):
            return other.members()
    return {}


def _possessor(view: View, phrase: Phrase) -> Iterator[dict[str, str]]:
    """Yield the members of whom the label is: "... aged 28 to 43, whose penetration rate"."""
    sentence = view.sentence
    if any(word.is_cue("possessive") for word in sentence.right_before(phrase.start)):
        named = phrases(sentence, sentence.gap_before(view.index)[0], phrase.start)
        yield from (other.members() for other in named[-1:])


def _leading(view: View, phrase: Phrase) -> Iterator[dict[str, str]]:
    """Yield the members of phrases without a label that lead up to it: "In rural areas, ...", "4G had ... users"."""
    sentence, index = view.sentence, view.index
    begin = sentence.start if index == 0 else sentence.gap_before(index)[0]
    end = min(phrase.start, view.mention.start)
    found = phrases(sentence, begin, end)
    if any(other.head for other in found) or sentence.unknown(begin, end) > most(sentence, FOREIGN):
        return
    yield from (other.members() for other in reversed(found))


def _carried(phrase: Phrase, view: View, indicator: Indicator) -> dict[str, str]:
    """Return the members of the subject before, where the label goes on about it: "..., and the penetration is"."""
    sentence, spoken = view.sentence, view.memory.claim
    if spoken is None or spoken.indicator == indicator.id:
        return {}
    possessive = any(word.is_cue("possessive") for word in sentence.right_before(phrase.start))
    possessive = possessive and not phrases(sentence, sentence.start, phrase.start)
    follows = view.index > 0 and phrase.start >= sentence.mentions[0].end
    if any(word.is_cue("whole") for word in sentence.words if abs(word.start - phrase.start) < 16):
        return {}
    if not (possessive or follows):
        return {}
    return {dimension: member for dimension, member in spoken.members if dimension in indicator.dimensions}


def _spoken_of(view: View, dimension: str) -> str | None:
    """Return the member of the dimension that was spoken of last: in the sentence, or before it if it opens plainly."""
    sentence = view.sentence
    named = [
        sense.id
        for word in sentence.words_in(sentence.start, view.mention.start)
        for sense in word.of("member")
        if sense.members[0][0] == dimension
    ]
    if named:
        return named[-1]
    plain = sentence.unknown(sentence.start, view.mention.start) <= most(sentence, STRANGERS)
    return view.memory.members.get(dimension) if plain else None


def _by_members(phrase: Phrase, view: View) -> tuple[Claim, ...]:
    """Return who claims a number that only members name."""
    members = phrase.members()
    sentence = view.sentence
    if (
        not members
        or is_small(view.mention)
        or sentence.unknown(phrase.end, view.mention.start) > most(sentence, STRANGERS)
    ):
        return ()
    if sentence.spaced and _NEXT_WORD.match(sentence.unexplained(phrase.end, max(phrase.end, view.mention.start))):
        return ()  # a member that narrows an unknown noun: "mobile shopping"
    rates = tuple(dict.fromkeys(rates_by_member(members, view)))
    if rates:
        return tuple(claim for claim in rates if view.fits(claim.indicator))
    if part := _part(members, view):
        return (part,)
    if spoken := _narrowed_topic(members, view):
        return (spoken,)
    if view.is_percent:
        return ()
    if (only := _only_of_unit(view)) and set(members) <= set(only.dimensions):
        return (Claim(only.id, narrowed(members, only.dimensions)),)
    needing = [i for i in view.catalogue.indicators.values() if i.requires and set(i.requires) <= set(members)]
    return tuple(Claim(i.id, narrowed(members, i.dimensions)) for i in needing if view.fits(i.id))


def _only_of_unit(view: View) -> Indicator | None:
    """Return the only indicator that counts in the unit printed with the number; None of a unit that many share."""
    unit = view.mention.unit
    if unit is None or view.mention.generic or unit in RELATIVE or not view.catalogue.units[unit].printed:
        return None
    found = [
        i for i in view.catalogue.indicators.values() if same_quantity(unit, i.unit, view.catalogue) or i.unit == unit
    ]
    return found[0] if len(found) == 1 else None


def _narrowed_topic(members: dict[str, str], view: View) -> Claim | None:
    """Return what was spoken of before, narrowed by these members; None where it has no such dimension."""
    for spoken in (view.memory.claim, view.memory.topic, view.memory.mentioned):
        if spoken is None:
            continue
        allowed = view.catalogue.indicators[spoken.indicator].dimensions
        own = {d: m for d, m in members.items() if d in allowed}
        if not own or len(own) < len(members):
            continue
        claim = as_rate(Claim(spoken.indicator, tuple(sorted({**dict(spoken.members), **own}.items()))), view)
        for name in (claim.indicator, *_numerators(claim.indicator, view.catalogue)):
            if view.fits(name):
                return Claim(name, claim.members)
    return None


def _inherited(view: View) -> Claim | None:
    """Return the claim on the number before, where this one goes on about it."""
    sentence, spoken = view.sentence, view.memory.claim
    if stands_compared(sentence, view.index):
        spoken = view.memory.by_unit.get(view.mention.unit, spoken)
    if (spoken is None or view.memory.bare) and view.memory.fresh and not view.memory.lost:
        spoken = view.memory.mentioned
    if spoken is None or is_small(view.mention) or (view.index == 0 and not _refers_back(view)):
        return None
    if _strangers(view) > most(sentence, STRANGERS) or _has_subject(view) or _is_denied(view):
        return None
    claim = as_rate(Claim(spoken.indicator, _renewed(view, spoken)), view)
    for name in (claim.indicator, *_numerators(claim.indicator, view.catalogue)):
        if view.fits(name) and _same_unit(view, name):
            return Claim(name, claim.members)
    return None


def _is_denied(view: View) -> bool:
    """Whether the words behind the number say that it is of those who do not: "3.1 billion people do not use it"."""
    begin, end = view.sentence.clause_after(view.index)
    return view.sentence.spaced and any(word.is_cue("negation") for word in view.sentence.words_in(begin, end))


def _has_subject(view: View) -> bool:
    """Whether an unknown word makes a subject of its own of what is counted: "broadband subscribers grew 0.8%"."""
    sentence = view.sentence
    if not sentence.spaced:
        return False
    begin, end = sentence.gap_before(view.index)
    rest = sentence.unexplained(begin, end)
    nouns = [word for word in sentence.words_in(begin, end) if word.of("noun") and not word.of("indicator")]
    return any(re.search(r"[A-Za-z]\s$", rest[max(0, noun.start - begin - 2) : noun.start - begin]) for noun in nouns)


def _same_unit(view: View, indicator: str) -> bool:
    """Whether the number prints no other unit than the indicator's: 320 million households go on about no accounts."""
    unit = view.mention.unit
    return unit in (None, view.catalogue.indicators[indicator].unit) or view.mention.generic or unit in RELATIVE


def has_strangers(sentence: Sentence, index: int) -> bool:
    """Return whether unknown words stand before the number, which may be its subject."""
    return sentence.unknown(*sentence.gap_before(index)) > most(sentence, STRANGERS)


def _strangers(view: View) -> int:
    """Return how many unknown words stand before the number, those of the whole of a share left out."""
    sentence = view.sentence
    begin, end = sentence.gap_before(view.index)
    if view.reading.share and not sentence.spaced:
        shares = [word.start for word in sentence.words_in(begin, end) if word.is_cue("share")]
        end = min([*shares, end])
        within = _WITHIN.search(sentence.text, begin, end)
        end = within.start() if within else end
    return sentence.unknown(begin, end)


def _part_of_whole(view: View) -> Claim | None:
    """Return the whole of a share, narrowed by the members before it: "those over 60 ..., 37.4% of all non-users"."""
    sentence = view.sentence
    members: dict[str, str] = {}
    for phrase in phrases(sentence, *sentence.gap_before(view.index)):
        if not view.wholes.intersection(phrase.tokens):
            members |= phrase.members()
    return _part(members, view)


def _part(members: dict[str, str], view: View) -> Claim | None:
    """Return the whole of the share narrowed by the members; None where they do not narrow it."""
    for whole in sorted(view.wholes, key=lambda word: word.start):
        for sense in whole.of("indicator"):
            own = narrowed(members, view.catalogue.indicators[sense.id].dimensions)
            listed = any(word.is_cue("respectively") for word in view.sentence.words)
            if (own or listed) and view.fits((claim := as_rate(Claim(sense.id, own), view)).indicator):
                return claim
    return None


def _numerators(indicator: str, catalogue: Catalogue) -> tuple[str, ...]:
    ratio = catalogue.indicators[indicator].ratio
    return (ratio[0],) if ratio else ()


def _refers_back(view: View) -> bool:
    """Whether the sentence's first number is about what was spoken of before.

    So it is after "of which", 其中, "it", 该, and, where nothing but the whole of a share is named first, if it is a
    difference or a share, or a member narrows what was spoken of ("In rural areas it was ...", 农村地区为...).
    """
    sentence = view.sentence
    if view.memory.bare:
        return view.memory.fresh
    opening = sentence.words[:1]
    if opening and opening[0].is_cue("anaphora", "pronoun") and opening[0].start - sentence.start <= 4:
        return True
    ahead = phrases(sentence, sentence.start, view.mention.start)
    if any(phrase.head and not view.wholes.intersection(phrase.tokens) for phrase in ahead):
        return False
    allowed = view.catalogue.indicators[view.memory.claim.indicator].dimensions if view.memory.claim else ()
    narrows = any(dimension in allowed for phrase in ahead for dimension in phrase.members())
    pronoun = any(word.is_cue("pronoun") for word in sentence.words_in(sentence.start, view.mention.start))
    return narrows or pronoun or view.reading.measure is not Measure.LEVEL or stands_compared(sentence, view.index)


def _renewed(view: View, spoken: Claim) -> tuple[tuple[str, str], ...]:
    """Return the members of the claim before, with those named since: 城镇7.48亿、农村2.84亿."""
    members = dict(spoken.members)
    allowed = view.catalogue.indicators[spoken.indicator].dimensions
    named = [phrase.members() for phrase in phrases(view.sentence, *view.sentence.gap_before(view.index))]
    for place in (*named, _own(view, None)):
        members |= {d: m for d, m in place.items() if d in allowed}
    return tuple(sorted(members.items()))


def _is_other_quantity(view: View) -> bool:
    """Whether a word makes something else of the label: 每万人拥有5G基站数, monthly active users, average revenue."""
    begin, end = view.sentence.clause_before(view.index)
    stop = view.sentence.gap_after(view.index)[1] if view.sentence.spaced else view.mention.end
    ahead = any(word.is_cue("other_quantity") for word in view.sentence.words_in(begin, end))
    behind_it = any(
        word.is_cue("other_quantity") and not view.sentence.broken(view.mention.end, word.start)
        for word in view.sentence.words_in(view.mention.end, stop)
    )
    named = phrases(view.sentence, begin, end)
    own = [token for phrase in named for token in phrase.tokens if token.of("indicator")]
    averages = any(not view.catalogue.indicators[s.id].additive for token in own for s in token.of("indicator"))
    return (ahead or behind_it) and not averages


def _is_beyond(phrase: Phrase, view: View, claim: Claim) -> bool:
    """Whether it is more than there can be, of something with an unknown name: "SIM penetration was 132 per cent"."""
    maximum = view.catalogue.indicators[claim.indicator].maximum
    ahead = view.sentence.unexplained(view.sentence.start, phrase.start).rstrip()
    narrowed_by = bool(ahead) and ahead[-1].isalnum() and phrase.start - view.sentence.start - len(ahead) <= 1
    return view.is_percent and maximum is not None and view.mention.value > maximum and narrowed_by


def _is_modified(phrase: Phrase, view: View) -> bool:
    """Whether unknown words make something narrower of it: "users who were cheated", 遭遇诈骗的网民."""
    sentence = view.sentence
    if sentence.spaced:
        relative = _RELATIVE.match(sentence.text, phrase.end, view.mention.start)
        return relative is not None and sentence.unknown(relative.end(), view.mention.start) > 0
    begin = max(sentence.clause_before(view.index)[0], phrase.start - 40)
    if _UNKNOWN.fullmatch(sentence.unexplained(begin, phrase.start)[-STUCK:]):
        return True
    clause = sentence.text[begin : phrase.start]
    return clause.endswith("的") and sentence.unknown(begin, phrase.start) >= RELATIVE_CHARACTERS
