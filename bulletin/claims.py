"""Which indicator claims a number, and which members narrow it.

A label of the catalogue claims a number of a fitting unit from where it stands: right behind it ("1.425 million 5G base
stations"), between it and the number before, or, where nothing new is named, from the number before. A label that names
the whole of a share ("of all netizens", 占网民整体的) claims nothing.
"""

import re
from dataclasses import dataclass, field

from bulletin.measures import Reading
from bulletin.model import Members, Mention
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
from bulletin.vocabulary import Sense, Token
from schemas.catalogue import Catalogue, Indicator
from schemas.catalogue.model import RATE_UNITS
from schemas.concepts import Bound, Measure

NEAR_UNSPACED = 8
OF_REACH = 24
"""Characters between "of" and the label that names the whole: "of the country's internet users"."""
FOREIGN_WORDS = (3, 4)
"""Unknown words (characters, where words are not spaced) that may stand between a label and its number."""
BARE = 10_000
"""Below it a number without unit, scale or hedge counts something in passing: "20 typical scenarios"."""
_SAME = frozenset({"person", "subscription", "household"})
"""Units that translations mix up: 户 comes out as accounts, users and households."""
_ADJACENT = re.compile(
    r"\s*(?!and\b|or\b|while\b|but\b|with\b)"
    r"(?:(?!(?:and|while|but) (?:the|its|their|an?)\b)(?!\d[\d.,]*\s)\S+\s+){0,5}[\"“]?"
)
"""What may stand between a number and what it counts: a few words, none of which opens another statement."""
_SHORT_AND = re.compile(r"\s*(?:[A-Za-z-]+\s+){0,3}(?:and|or)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """An indicator's right to a number."""

    indicator: str
    members: Members
    label: Token | None = None
    inherited: bool = False


@dataclass(slots=True)
class Memory:
    """What was spoken of before, within one document."""

    claim: Claim | None = None
    """Of the number before."""
    members: dict[str, str] = field(default_factory=dict)
    """The member last named, by dimension."""
    heading: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidates:
    """The claims of equal right to one number; one is a resolution, several are an ambiguity."""

    claims: tuple[Claim, ...]
    reason: str = ""


def is_bare(mention: Mention) -> bool:
    """Return whether nothing but digits stands there: a count in passing, unless a label right next to it claims it."""
    return (
        mention.unit is None
        and mention.bound is Bound.EXACT
        and mention.value < BARE
        and "," not in mention.quote
        and mention.decimals == 0
    )


def fits(indicator: Indicator, mention: Mention, reading: Reading, catalogue: Catalogue) -> bool:
    """Return whether a number of that unit and measure can speak of the indicator."""
    unit, rate = mention.unit, indicator.unit in RATE_UNITS
    if unit == "percentage_point":
        return rate or reading.share
    if unit == "times":
        return reading.measure is Measure.GROWTH_RATE
    if unit == "percent":
        if rate:
            return indicator.unit == "percent"
        return reading.measure in (Measure.SHARE, Measure.GROWTH_RATE)
    if unit is None:
        return not catalogue.units[indicator.unit].printed
    if unit == indicator.unit:
        return True
    countable = not catalogue.units[indicator.unit].printed
    return countable and (catalogue.units[unit].generic or _SAME.issuperset({unit, indicator.unit}))


def claims_on(sentence: Sentence, index: int, reading: Reading, memory: Memory, catalogue: Catalogue) -> Candidates:
    """Return who claims the number `index` of the sentence, by the nearest place where anything does."""
    view = _View(sentence, index, reading, memory, catalogue, _wholes(sentence, index, reading))
    if _of_unknown(view):
        return Candidates((), "a share of something that the catalogue does not know")
    spaced = sentence.language.boundaries
    behind, between = _behind(sentence, index, reading), _between(sentence, index)
    for place in (behind, between) if spaced else (between, behind):
        if claims := _fitting(place, view):
            return Candidates(claims)
    if ratio := _ratio_behind(view):
        return Candidates((ratio,))
    for place in (_behind_far(sentence, index), _shared(sentence, index, reading)):
        if claims := _fitting(place, view):
            return Candidates(claims)
    if inherited := _inherited(view):
        return Candidates((inherited,))
    earlier = [] if is_bare(view.mention) else _earlier(sentence, index)
    claims = _fitting(earlier, view)
    return Candidates(claims, "" if claims else "no indicator of the catalogue is named near it with a fitting unit")


@dataclass(frozen=True, slots=True)
class _View:
    """One number with all that is looked at to find who claims it."""

    sentence: Sentence
    index: int
    reading: Reading
    memory: Memory
    catalogue: Catalogue
    wholes: set[Token]

    @property
    def mention(self) -> Mention:
        return self.sentence.mentions[self.index]

    def fits(self, indicator: Indicator) -> bool:
        return fits(indicator, self.mention, self.reading, self.catalogue)


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


def _wholes(sentence: Sentence, index: int, reading: Reading) -> set[Token]:
    """Return the labels that name the whole of a share: 占网民整体的 before it, "of all netizens" behind it."""
    if not reading.share:
        return set()
    found: set[Token] = set()
    begin, end = sentence.gap_before(index)
    words = list(sentence.words_in(begin, end))
    for position, word in enumerate(words):
        if word.is_cue("share") and not sentence.language.boundaries:
            found |= {later for later in words[position + 1 :] if later.of("indicator")}
    after, stop = sentence.clause_after(index)
    if sentence.language.boundaries:
        behind = list(sentence.words_in(after, stop))
        for of in (word for word in behind if word.is_cue("share_after")):
            found |= {word for word in behind if word.of("indicator") and 0 < word.start - of.end <= OF_REACH}
    return found


def _fitting(found: list[Token], view: _View) -> tuple[Claim, ...]:
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
                    claim = _as_ratio(Claim(sense.id, members, label), view)
                    if claim.indicator != sense.id or not _is_of_population(view) or indicator.of_population:
                        claims.append(claim)
        if claims:
            return tuple(dict.fromkeys(claims))
    return ()


def _is_other_quantity(view: _View, label: Token) -> bool:
    """Whether a word makes something else of the label: 每万人拥有5G基站数, monthly active users, average revenue."""
    begin = label.start - (16 if view.sentence.language.boundaries else 10)
    end = max(label.end, view.mention.start)
    for word in view.sentence.words_in(max(begin, view.sentence.start), end):
        if word.is_cue("other_quantity") and not HARD_BREAK.search(
            view.sentence.text, word.end, max(word.end, label.start)
        ):
            return True
    return False


def _members(view: _View, label: Token, sense: Sense, indicator: Indicator) -> Members | None:
    """Return the members that narrow the label; None where one that it cannot do without is nowhere to be found."""
    sentence, memory = view.sentence, view.memory
    found = dict(sense.members)
    for dimension, member in attached(sentence, label):
        if dimension in indicator.dimensions:
            found.setdefault(dimension, member)
    if indicator.ratio:
        found = {d: m for d, m in of_whole(sentence, label, indicator) if d in indicator.dimensions} | found
    found |= {d: m for d, m in own(sentence, view.index, label) if d in indicator.dimensions}
    for dimension, member in leading(sentence, view.index, label):
        if dimension in (*indicator.dimensions, *sense.requires) and dimension not in found:
            found[dimension] = member
    for dimension in sense.requires:
        if dimension not in found and (near := _right_before(view, dimension)):
            found[dimension] = near
    if any(dimension not in found for dimension in sense.requires):
        return None
    if not found and view.index and memory.claim and continues(sentence, label):
        found = {d: m for d, m in memory.claim.members if d in indicator.dimensions}
    for dimension in indicator.requires:
        if dimension not in found:
            last = last_member(sentence, dimension, view.mention.start)
            if last is None and sentence.unknown(sentence.start, view.mention.start) <= most(sentence, STRANGERS):
                last = memory.members.get(dimension)
            if last is None:
                return None
            found[dimension] = last
    return tuple(sorted(found.items()))


def _right_before(view: _View, dimension: str) -> str | None:
    """Return the member that leads straight to the number: "4G had 977 million users"."""
    begin, end = view.sentence.gap_before(view.index)
    for word in reversed(list(view.sentence.words_in(begin, end))):
        for sense in word.of("member"):
            if sense.members[0][0] == dimension and view.sentence.unknown(word.end, end) == 0:
                return sense.id
    return None


def _inherited(view: _View) -> Claim | None:
    """Return the claim on the number before, where this one goes on about it."""
    before = view.memory.claim
    if before is None or is_bare(view.mention) or (view.index == 0 and not _refers_back(view)):
        return None
    begin, end = view.sentence.gap_before(view.index)
    if view.sentence.unknown(begin, end) > most(view.sentence, STRANGERS):
        return None
    claim = Claim(before.indicator, _renewed(view, before), inherited=True)
    if ratio := _ratio_of(claim, view):
        return ratio
    if _is_of_population(view):
        return None
    for name in (before.indicator, *_numerators(before.indicator, view.catalogue)):
        if view.fits(view.catalogue.indicators[name]):
            return Claim(name, claim.members, inherited=True)
    return None


def _of_unknown(view: _View) -> bool:
    """Whether it is a share of something that the catalogue does not know: "95% of administrative villages"."""
    sentence, (begin, end) = view.sentence, view.sentence.clause_after(view.index)
    if view.mention.unit != "percent":
        return False
    if _newcomers(view):
        return True
    first = next(sentence.words_in(begin, end), None)
    of = first is not None and first.is_cue("share_after") and first.start - begin <= 1
    known = view.wholes or _is_of_population(view) or labels(sentence.words_in(begin, end))
    return of and not known and sentence.unknown(begin, end) > 0


def _newcomers(view: _View) -> bool:
    """Whether it is a share of those added: 占新增网民的49.0%, "of new users"."""
    begin, _ = view.sentence.gap_before(view.index)
    _, end = view.sentence.clause_after(view.index)
    words = list(view.sentence.words_in(begin, end))
    pairs = zip(words, words[1:], strict=False)
    return view.reading.share and any(
        a.is_cue("added") and b.of("indicator") and b.start - a.end <= 2 for a, b in pairs
    )


def _is_of_population(view: _View) -> bool:
    begin, _ = view.sentence.gap_before(view.index)
    _, end = view.sentence.clause_after(view.index)
    near = [word for word in view.sentence.words_in(begin, end) if word.is_cue("population")]
    return view.reading.share and bool(near)


def _numerators(indicator: str, catalogue: Catalogue) -> tuple[str, ...]:
    ratio = catalogue.indicators[indicator].ratio
    return (ratio[0],) if ratio else ()


def _ratio_behind(view: _View) -> Claim | None:
    """Return the ratio that a share of a whole is by what its members do: "99.8% of netizens go online by phone"."""
    if view.reading.measure is not Measure.SHARE or not view.sentence.language.boundaries or not view.wholes:
        return None
    whole = max(view.wholes, key=lambda word: word.end)
    _, end = view.sentence.gap_after(view.index)
    stop = HARD_BREAK.search(view.sentence.text, whole.end, end)
    named = view.sentence.words_in(whole.end, stop.start() if stop else end)
    members = [sense.members[0] for word in named for sense in word.of("member")]
    denominators = {sense.id for sense in whole.of("indicator")}
    for indicator in view.catalogue.indicators.values():
        fitting = [member for member in members if member[0] in indicator.ratio_dimensions]
        if indicator.ratio and indicator.ratio[1] in denominators and len(fitting) == 1:
            of_whole_members = [m for m in attached(view.sentence, whole) if m[0] in indicator.dimensions]
            return Claim(indicator.id, tuple(sorted({**dict(of_whole_members), **dict(fitting)}.items())), whole)
    return None


def _as_ratio(claim: Claim, view: _View) -> Claim:
    """Return the claim, or, where a share of what it claims has an indicator of its own, that one's."""
    named = {sense.id for word in view.wholes for sense in word.of("indicator")}
    convertible = named or view.reading.inserted or _is_of_population(view)
    return (_ratio_of(claim, view) or claim) if convertible else claim


def _ratio_of(claim: Claim, view: _View) -> Claim | None:
    """Return the claim of the ratio that the share is: short-video users over netizens is a usage rate."""
    if view.reading.measure is not Measure.SHARE:
        return None
    if _is_of_population(view):
        for indicator in view.catalogue.indicators.values():
            if indicator.of_population == claim.indicator and all(d in indicator.dimensions for d, _ in claim.members):
                return Claim(indicator.id, claim.members, claim.label, claim.inherited)
        return None
    denominators = {sense.id for word in view.wholes for sense in word.of("indicator")}
    for indicator in view.catalogue.indicators.values():
        if indicator.ratio and indicator.ratio[0] == claim.indicator:
            narrowed = any(dimension in indicator.ratio_dimensions for dimension, _ in claim.members)
            if narrowed and (not denominators or indicator.ratio[1] in denominators):
                return Claim(indicator.id, claim.members, claim.label, claim.inherited)
    return None


def _refers_back(view: _View) -> bool:
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


def _renewed(view: _View, before: Claim) -> Members:
    """Return the members of the claim before, with those named since: 城镇7.48亿、农村2.84亿."""
    members = dict(before.members)
    allowed = view.catalogue.indicators[before.indicator].dimensions
    for word in view.sentence.words_in(*view.sentence.gap_before(view.index)):
        members |= {d: m for sense in word.of("member") for d, m in sense.members if d in allowed}
    members |= {d: m for d, m in own(view.sentence, view.index, None) if d in allowed}
    return tuple(sorted(members.items()))
