"""Which indicator claims a number, and which members narrow it.

A phrase claims a number of a fitting unit from where it stands: right behind it ("1.425 million 5G base stations"),
between it and the number before, or, where nothing new is named, from the number before. A phrase without a label
("Short video: 1.04 billion") claims it for what was spoken of, or for the indicator that cannot do without such a
member. A phrase that names the whole of a share ("of all netizens", 占网民整体的) claims nothing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bulletin.claim import (
    FOREIGN,
    NEAR,
    RELATIVE,
    STRANGERS,
    UNTOLD,
    Claim,
    Memory,
    View,
    is_small,
    most,
    same_quantity,
)
from bulletin.doubts import (
    EMPTY_SHARE,
    does_something,
    has_other_label,
    has_subject,
    is_about_newcomers,
    is_beyond,
    is_denied,
    is_empty_share,
    is_estranged,
    is_modified,
    is_narrower,
    is_of_other_whole,
    is_of_some,
    is_of_what_was_said,
    is_quoted,
    part_before_rate,
    strangers,
    subject_before,
    why_none,
)
from bulletin.measures import Reading, share_of, stands_compared
from bulletin.members import beside, carried_over, is_counted_apart, members_around, members_behind, renewed, spoken_of
from bulletin.model import Sense
from bulletin.phrases import Phrase, before, behind, narrowed, phrases
from bulletin.scan import HARD_BREAK, Sentence
from bulletin.shares import (
    as_rate,
    group_of,
    is_of_another,
    is_of_population,
    rates_by_member,
    rates_of_whole,
    wholes_of,
)
from schemas.catalogue import Catalogue, Indicator
from schemas.concepts import Measure

NEAR_UNSPACED = 8
"""Characters between a number and a label behind it that still claims it, where words are not spaced."""
_CONTINUED = re.compile(r"[;；]\s*$")
_NEXT_WORD = re.compile(r"\s[A-Za-z]")
_OPENING = re.compile(r"\s*[(（]\s*[+-]?$")
_ADJACENT = re.compile(
    r"\s*(?!and\b|or\b|as\b|while\b|but\b|with\b)"
    r"(?:(?!(?:and|while|but) (?:the|its|their|an?)\b)(?!\d[\d.,]*\s)\S+\s+){0,5}[\"“]?"
)
"""What may stand between a number and what it counts: a few words, none of which opens another statement."""
_AT = re.compile(r"(?:at|with|standing at|now at)\s+(?:\S+\s+){0,2}", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*")
_MOVED = re.compile(r"(?:up|down)\s+(?:by\s+)?(?:\S+\s+){0,2}", re.IGNORECASE)
_COMPARED = re.compile(r"\s+(?:year|month|quarter|on|over|from|compared|since)\b[^,;:.]{0,40},\s*", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+")
_WORDS = re.compile(r"[A-Za-z][A-Za-z'-]*")
_SHORT_AND = re.compile(r"\s*(?:[A-Za-z-]+\s+){0,3}(?:and|or)\s+|\s?[-–—~]\s?", re.IGNORECASE)


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
    if why := why_none(view):
        return Candidates((), why)
    if _is_of_those_before(view):
        return Candidates((), "a part of those before, by what their indicator is not told of")
    if reading.group:
        group = _of_group(view)
        return Candidates((group,) if group else (), "" if group else "a part of nothing that was spoken of")
    if named := _named(view):
        return named
    if part := _part_behind(view) or _of_next_group(view) or _of_first_group(view):
        return Candidates((part,), named=True)
    if share_of(sentence, index) is not None and not (subject_before(view) or sentence.is_inserted(index)):
        return Candidates((), "a share of those who do something that the catalogue does not know")
    if inherited := _inherited(view) or _part_of_whole(view):
        return Candidates((), EMPTY_SHARE) if is_empty_share(inherited, view) else Candidates((inherited,))
    restates = sentence.is_inserted(index) and not (is_small(view.mention) or memory.lost)
    if restates and strangers(view) <= most(sentence, STRANGERS):
        for phrase in phrases(sentence, sentence.start, sentence.gap_before(index)[0])[::-1]:
            if claims := _claims(phrase, view):
                return Candidates(claims, named=True)
    if sentence.spaced and (short := _by_short_name(view)):
        return Candidates((short,), named=True)
    return Candidates((), UNTOLD)


def _named(view: View) -> Candidates | None:
    """Return who claims it by a phrase of its own, the place with the best right first; None where none does."""
    for place in _places(view):
        for phrase in place:
            claims = _claims(phrase, view)
            if claims and is_empty_share(claims[0], view):
                return Candidates((), EMPTY_SHARE)
            if claims is not None:
                reason = "" if claims else "what it counts is narrowed by something that the catalogue does not know"
                return Candidates(claims, reason, named=True)
    return None


def _places(view: View) -> Iterator[list[Phrase]]:
    """Yield the places where a phrase may claim the number, the one with the best right first."""
    sentence, index = view.sentence, view.index
    if sentence.is_inserted(index) and not view.wholes:
        return
    if opened := _opened(view) or _fronted(view):
        yield opened
        return
    if is_small(view.mention):
        begin, end = sentence.mentions[index].end, sentence.mentions[index].start
        yield [p for p in _counted(view) if sentence.unknown(begin, p.start) <= 1]
        bare = [p for p in _between(view) if sentence.unknown(p.end, end) == 0]
        yield [p for p in bare if not re.search(r"[(（]", sentence.text[p.end : end])]
    elif share_of(sentence, index) is not None:
        ahead = [p for p in _between(view) if p.start >= sentence.clause_before(index)[0]]
        # Members that lead up to it narrow what is done: "In urban areas 81 per cent of people use the Internet".
        leading = [p for p in ahead if p.head is None] if sentence.spaced else []
        yield [p for p in ahead if p not in leading]
        yield _doing(view)
        yield leading
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


def _fronted(view: View) -> list[Phrase]:
    """The subject of a number that opens the sentence: "At 12 million, the number of ...", "Up 3% on 2020, ..."."""
    sentence = view.sentence
    if view.index or not sentence.spaced:
        return []
    ahead = sentence.text[sentence.start : view.mention.start]
    comma = None
    if _AT.fullmatch(ahead):
        comma = _COMMA.match(sentence.text, view.mention.end)
    elif _MOVED.fullmatch(ahead):
        comma = _COMPARED.match(sentence.text, view.mention.end)
    found = phrases(sentence, comma.end(), sentence.gap_after(0)[1])[:1] if comma else []
    return [p for p in found if p.head and comma and sentence.unknown(comma.end(), p.start) == 0]


def _counted(view: View) -> list[Phrase]:
    """What the number counts, behind it: "1.425 million 5G base stations", "355 million were 5G users", 4亿网民."""
    sentence = view.sentence
    begin, end = sentence.up_to_inserted(view.index)
    found = phrases(sentence, begin, end)[:1] if sentence.spaced else []
    if not found:
        begin, _ = sentence.gap_after(view.index)
        found = list(behind(sentence, view.index))[:1]
    if not found or HARD_BREAK.search(sentence.text, begin, found[0].start):
        return []
    gap = sentence.text[begin : found[0].start]
    if sentence.cues_in(begin, found[0].start, "negation"):
        return []
    if not sentence.spaced:
        near = len(re.sub(r"\s|的", "", gap)) <= NEAR_UNSPACED and sentence.unknown(begin, found[0].start) <= 1
        return found if near and found[0].head and not is_of_some(found[0], view) else []
    adjacent = _ADJACENT.fullmatch(gap) and view.reading.measure is not Measure.SHARE
    plain = found[0].head or view.is_percent or (sentence.unknown(begin, found[0].start) == 0 and len(gap.split()) <= 3)
    return found if adjacent and plain else []


def _with_others(phrase: Phrase, view: View) -> bool:
    """Whether the number counts something else along with what the phrase names: "2,735 websites and apps"."""
    joined = _AND.match(view.sentence.text, phrase.end)
    if not (joined and phrase.start >= view.mention.end and view.sentence.spaced):
        return False
    after = phrases(view.sentence, joined.end(), view.sentence.gap_after(view.index)[1])[:1]
    return any(other.head and other.start == joined.end() for other in after)


def _between(view: View) -> list[Phrase]:
    """Phrases between the number before and this one, the nearest first, none of them a whole or a comparison."""
    sentence = view.sentence
    _, end = sentence.gap_before(view.index)
    found = [p for p in before(sentence, view.index) if not view.wholes.intersection(p.tokens)]
    found = [p for p in found if _is_gap(p, view) or not _is_compared(sentence, p)]
    near = [p for p in found if sentence.unknown(p.end, end) <= most(sentence, FOREIGN)]
    compared = sentence.spaced and stands_compared(sentence, view.index) and view.mention.unit in view.memory.by_unit
    if compared or (view.memory.lost and not sentence.spaced):
        near = [p for p in near if p.start >= sentence.clause_before(view.index)[0]]
    # A member alone is the subject only where no label stands in its clause: "Internet users in cities reached".
    if near and near[0].head is None:
        own = [p for p in near if p.head and not sentence.broken(p.end, near[0].start, HARD_BREAK)]
        return [*own, *(p for p in near if p not in own)]
    return near


def _is_compared(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether the phrase is what something is compared with: 比农村网民, "than urban users"."""
    reach = 6 if sentence.spaced else 1
    return bool(sentence.cues_before(phrase.start, reach, "base", "outdone")) and not any(
        period.start >= phrase.start - reach for period in sentence.periods if period.end <= phrase.start
    )


def _is_gap(phrase: Phrase, view: View) -> bool:
    """Whether it names how far apart two groups are: 与城镇的差距 is compared with nothing."""
    senses = phrase.head.of("indicator") if phrase.head else ()
    return any(view.catalogue.indicators[sense.id].difference for sense in senses)


def _doing(view: View) -> list[Phrase]:
    """What those do of whom it is a share: "99.8% of netizens go online by phone", "70 per cent of men use ..."."""
    sentence = view.sentence
    begin, end = sentence.gap_after(view.index)
    stop = HARD_BREAK.search(sentence.text, begin, end)
    begin = max([begin, *(whole.end for whole in view.wholes if whole.end <= end)])
    found = phrases(sentence, begin, stop.start() if stop else end)
    return [p for p in found if p.head or is_of_population(view)]


def _far(view: View) -> list[Phrase]:
    begin, end = view.sentence.clause_after(view.index)
    denied = [word.start for word in view.sentence.cues_in(begin, end, "negation")]
    end = min([end, *denied])
    return [p for p in phrases(view.sentence, begin, end) if p.start - begin <= NEAR and p.head]


def _shared(view: View) -> list[Phrase]:
    """The phrase of the next number that serves both: "748 million urban and 284 million rural internet users"."""
    sentence, index = view.sentence, view.index
    if index + 1 >= len(sentence.mentions):
        return []
    gap = sentence.gap_after(index)
    listed = _COMMA.fullmatch(sentence.text, *gap) and view.mention.unit == sentence.mentions[index + 1].unit
    if not (listed or _SHORT_AND.fullmatch(sentence.text, *gap)):
        return []
    following = View(sentence, index + 1, view.reading, view.memory, view.catalogue, view.wholes)
    own = next(behind(sentence, index), None)
    members = own.tokens if own and not own.head else ()
    return [
        Phrase((*members, *(token for token in phrase.tokens if not token.of("member"))), phrase.head)
        for phrase in (_counted(following) or (_shared(following) if listed else []))
    ]


def _claims(phrase: Phrase, view: View) -> tuple[Claim, ...] | None:
    """Return the claims of the phrase; None where it has nothing to say of such a number, empty where it must not."""
    if phrase.head is None:
        return _by_members(phrase, view) or None
    if view.wholes.intersection(phrase.tokens):
        return None
    if part := part_before_rate(phrase, view):
        return _claims(part, view)
    claims = [claim for sense in phrase.head.of("indicator") if (claim := _claim(phrase, sense, view))]
    fitting = [claim for claim in claims if view.fits(claim.indicator)]
    if not fitting and phrase.start >= view.mention.end and (done := _of_those_who(claims, view)):
        return (done,)
    if not fitting:
        rates = any(view.catalogue.is_rate(sense.id) for sense in phrase.head.of("indicator"))
        return (_by_members(phrase, view) or None) if view.is_percent and not rates else None
    if all(not _same_unit(view, claim.indicator) for claim in fitting) and (
        spoken := _narrowed_topic(phrase.members(), view)
    ):
        fitting = [spoken] if _same_unit(view, spoken.indicator) else fitting
    if is_about_newcomers(phrase, view) or _with_others(phrase, view) or is_quoted(phrase, view):
        return ()
    if view.sentence.spaced and (other := _not_carried(phrase, fitting[0], view)) and (own := _by_members(other, view)):
        return own
    if view.sentence.spaced and _is_rate_of_else(phrase, fitting[0], view):
        return ()
    if is_narrower(phrase, fitting[0], view):
        return tuple(rates_of_whole(phrase.members(), fitting[0].indicator, view))
    if is_modified(phrase, view) or is_beyond(phrase, view, fitting[0]) or is_of_another(fitting[0], view):
        return ()
    return tuple(dict.fromkeys(_most_narrowed(fitting, phrase, view)))


def _is_rate_of_else(phrase: Phrase, claim: Claim, view: View) -> bool:
    """Whether a rate of the population is told of what it has no members for: "the penetration of gigabit users"."""
    indicator = view.catalogue.indicators[claim.indicator]
    if not indicator.of_population:
        return False
    own = {indicator.id, indicator.of_population}
    other = any(
        not own & {sense.id for sense in token.of("indicator")} for token in phrase.tokens if token.of("indicator")
    )
    return other or not set(phrase.members()) <= set(indicator.dimensions)


def _of_those_who(claims: list[Claim], view: View) -> Claim | None:
    """Return those who do what a rate is told of: "897 million went online by phone" counts them."""
    if not view.sentence.spaced or view.reading.measure is not Measure.LEVEL:
        return None
    for claim in claims:
        ratio = view.catalogue.indicators[claim.indicator].ratio
        if ratio and view.fits(ratio[0]):
            return Claim(ratio[0], narrowed(dict(claim.members), view.catalogue.indicators[ratio[0]].dimensions))
    return None


def _not_carried(phrase: Phrase, claim: Claim, view: View) -> Phrase | None:
    """Return the members of the phrase alone, where its label does not carry all: "netizens using mobile payment".

    None where no other indicator is told apart by what it does not carry.
    """
    carried = {*view.catalogue.indicators[claim.indicator].dimensions, *(d for d, _ in claim.members)}
    telling = {dimension for other in view.catalogue.indicators.values() for dimension in other.requires}
    if not (set(phrase.members()) - carried) & telling:
        return None
    return Phrase(tuple(token for token in phrase.tokens if token.of("member")), None)


def _has_whole_behind(view: View) -> bool:
    """Whether the share names its whole behind it, and so goes on about no members: 98.6%的网民用它上网."""
    return not view.sentence.spaced and bool(view.wholes) and share_of(view.sentence, view.index) is not None


def _most_narrowed(claims: list[Claim], phrase: Phrase, view: View) -> Iterable[Claim]:
    """Of several, those whose members stand in the phrase itself: "5G users" are accounts, "rural users" netizens."""
    if len(claims) == 1:
        return claims
    if view.mention.unit == "percentage_point":
        # Points are of a rate, where one of them is: "0.8 points more of them went online by phone".
        claims = [claim for claim in claims if view.catalogue.is_rate(claim.indicator)] or claims
    own = set(phrase.members().items())
    counts = [len(own.intersection(claim.members)) for claim in claims]
    best = [claim for claim, count in zip(claims, counts, strict=True) if count == max(counts)]
    units = [claim for claim in best if view.mention.unit == view.catalogue.indicators[claim.indicator].unit]
    best = units or best
    whole = [claim for claim in best if own.issuperset(claim.members)]
    return whole if own and whole and not view.sentence.spaced else best


def _claim(phrase: Phrase, sense: Sense, view: View) -> Claim | None:
    """Return the claim of one sense of the phrase's label; None where a member that it needs is nowhere to be found."""
    indicator = view.catalogue.indicators[sense.id]
    if is_estranged(phrase, indicator, sense) or is_of_what_was_said(phrase, indicator, sense, view):
        return None
    if sense.short and not _stands_before(phrase, indicator, view):
        return None
    members = {**members_around(phrase, view, indicator, sense), **dict(sense.members)}
    for dimension in sense.requires:
        if dimension not in members:
            return None
    alone = not any(d in members for d in indicator.dimensions) and not _has_whole_behind(view)
    if alone and (carried := carried_over(phrase, view, indicator)):
        members = carried
    for dimension in indicator.requires:
        if dimension not in members and (last := spoken_of(view, dimension)):
            members[dimension] = last
            members = _all_of(view, sense.id, members)
    if any(dimension not in members for dimension in indicator.requires):
        return None
    return as_rate(Claim(sense.id, narrowed(members, indicator.dimensions)), view)


def _stands_before(phrase: Phrase, indicator: Indicator, view: View) -> bool:
    """Whether the label stands right before a number in the indicator's own unit, as in 出口52.7亿美元."""
    return (
        view.mention.unit == indicator.unit
        and phrase.end <= view.mention.start
        and not view.sentence.unexplained(phrase.end, view.mention.start).strip()
    )


def _all_of(view: View, indicator: str, members: dict[str, str]) -> dict[str, str]:
    """Return the members with all others of what was spoken of, where the number goes on about just that."""
    spoken = view.memory.claim
    same = spoken is not None and view.sentence.spaced and view.index > 0 and spoken.indicator == indicator
    return dict(spoken.members) if spoken and same and members.items() <= dict(spoken.members).items() else members


def _by_members(phrase: Phrase, view: View) -> tuple[Claim, ...]:
    """Return who claims a number that only members name."""
    members = phrase.members()
    sentence = view.sentence
    only = _only_of_unit(view, members)
    own = only is not None and only is _only_of_unit(view) and not view.catalogue.units[only.unit].quantity
    # A unit of its own says what is counted: thermal plants | of which most burn coal | have 3 GW.
    strange = most(sentence, FOREIGN if own else STRANGERS)
    if (
        not members
        or is_small(view.mention)
        or is_quoted(phrase, view)
        or (not sentence.spaced and is_modified(phrase, view))
        or sentence.unknown(phrase.end, view.mention.start) > strange
    ):
        return ()
    if sentence.spaced and not own and _NEXT_WORD.match(sentence.unexplained(phrase.end, _end_of(phrase, view))):
        return ()  # a member that narrows an unknown noun: "mobile shopping"
    if view.is_percent and not view.wholes and is_of_other_whole(phrase, view):
        return ()
    rates = tuple(dict.fromkeys(rates_by_member(members, view)))
    if rates:
        return tuple(claim for claim in rates if view.fits(claim.indicator))
    if part := _part(members, view):
        return (part,)
    if spoken := _narrowed_topic(members, view):
        return (spoken,)
    if view.is_percent:
        return ()
    if only:
        return (Claim(only.id, narrowed(members, only.dimensions)),)
    needing = [i for i in view.catalogue.indicators.values() if i.requires and set(i.requires) <= set(members)]
    return tuple(Claim(i.id, narrowed(members, i.dimensions)) for i in needing if view.fits(i.id))


def _is_of_those_before(view: View) -> bool:
    """Whether it is a part of those before by something unknown of them: "2.7 billion, of whom 1.4 were women"."""
    spoken = view.memory.claim
    if spoken is None or view.is_percent or not (view.index and view.sentence.spaced):
        return False
    if not view.sentence.cues_in(*view.sentence.gap_before(view.index), "anaphora"):
        return False
    members = members_behind(view, None)
    return bool(members) and not set(members) & set(view.catalogue.indicators[spoken.indicator].dimensions)


def _end_of(phrase: Phrase, view: View) -> int:
    """Return where the words end that the members of the phrase may narrow: at its number, or at the clause's end."""
    start = view.mention.start
    return start if phrase.end <= start else max(phrase.end, view.sentence.clause_after(view.index)[1])


def _by_short_name(view: View) -> Claim | None:
    """Return the only indicator of a unit that prints itself, where the last word of its label stands by the number.

    "The combined capacity of the power plants was 3 GW" speaks of installed capacity, if nothing else has gigawatts.
    """
    only = _only_of_unit(view)
    if only is None or view.catalogue.units[only.unit].quantity or view.reading.share:
        return None
    sentence = view.sentence
    breaks = [match.end() for match in HARD_BREAK.finditer(sentence.text, sentence.start, view.mention.start)]
    begin, end = (breaks or [sentence.start])[-1], sentence.clause_after(view.index)[1]
    labels = [label.text.split() for label in only.labels.get(sentence.language.id, ())]
    last = {words[-1].casefold() for words in labels if len(words) > 1}
    if not last & {word.casefold() for word in _WORDS.findall(sentence.unexplained(begin, end))}:
        return None
    members: dict[str, str] = {}
    for phrase in phrases(sentence, begin, end):
        members |= phrase.members()
    return Claim(only.id, narrowed(members, only.dimensions))


def _only_of_unit(view: View, members: Iterable[str] = ()) -> Indicator | None:
    """Return the only indicator in the printed unit that these dimensions narrow; None where many do."""
    unit = view.mention.unit
    if unit is None or view.mention.generic or unit in RELATIVE or not view.catalogue.units[unit].printed:
        return None
    found = [
        i
        for i in view.catalogue.indicators.values()
        if (same_quantity(unit, i.unit, view.catalogue) or i.unit == unit) and set(members) <= set(i.dimensions)
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
        spoken = beside(spoken, own, view)
        needed = view.catalogue.indicators[spoken.indicator].requires
        refers = any(
            word.is_cue("pronoun", "possessive") for word in view.sentence.words_in(*view.sentence.gap_before(0))
        )
        # Not in a sentence with a subject of its own: "Women ... 65%. Young people ...: 79%".
        keeps = (view.index > 0 or refers) if view.sentence.spaced else _goes_on(view)
        keeps = keeps and not is_counted_apart(view, own, spoken)
        kept = {d: m for d, m in spoken.members if d in needed or keeps}
        claim = Claim(spoken.indicator, tuple(sorted({**kept, **own}.items())))
        claim = claim if _is_part_of(claim, own, view) else as_rate(claim, view)
        for name in (claim.indicator, *_numerators(claim.indicator, view.catalogue)):
            if view.fits(name):
                return Claim(name, claim.members)
    return None


def _is_part_of(claim: Claim, own: dict[str, str], view: View) -> bool:
    """Whether the share is one of what was spoken of, and no rate: 用户5亿人, 40岁以下的占74%."""
    rates = [rate for rate in view.catalogue.indicators.values() if rate.ratio and rate.ratio[0] == claim.indicator]
    makes_rate = any(dimension in rate.ratio_dimensions for rate in rates for dimension in own)
    begin, end = view.sentence.clause_before(view.index)
    said = any(word.is_cue("share") for word in view.sentence.words_in(begin, end))
    return said and bool(rates) and not makes_rate and not view.sentence.spaced


def _goes_on(view: View) -> bool:
    """Whether the sentence goes on about its own subject, or by a pronoun about that of the one before."""
    sentence = view.sentence
    if view.index > 0 or _CONTINUED.search(sentence.text, max(0, sentence.start - 3), sentence.start):
        return True
    words = sentence.words_in(sentence.start, view.mention.start)
    return any(word.is_cue("anaphora", "pronoun", "possessive") for word in words)


def _inherited(view: View) -> Claim | None:
    """Return the claim on the number before, where this one goes on about it."""
    sentence, spoken = view.sentence, view.memory.claim
    if stands_compared(sentence, view.index) and view.mention.unit in view.memory.by_unit:
        spoken = view.memory.by_unit[view.mention.unit]
        if spoken is None:
            return None
    if (spoken is None or view.memory.bare) and view.memory.fresh and not view.memory.lost:
        spoken = view.memory.mentioned
    grown = view.reading.measure is Measure.GROWTH_RATE and sentence.spaced
    if spoken and grown and view.catalogue.is_rate(spoken.indicator):
        # A rate moves by points; what grew by 4.7% is how many there are.
        spoken = view.memory.topic
        if spoken is None or view.catalogue.is_rate(spoken.indicator):
            return None
    by_unit = view.memory.by_unit
    if view.mention.unit == "percentage_point" and "percent" in by_unit and by_unit["percent"] is None:
        return None  # of the share right before it, which nothing claims
    lost = view.memory.lost and not sentence.spaced
    if spoken is None or lost or is_small(view.mention) or (view.index == 0 and not _refers_back(view)):
        return None
    opening = view.index == 0 and not view.reading.share and not sentence.spaced
    if strangers(view) > (1 if opening else most(sentence, STRANGERS)) or has_subject(view) or is_denied(view):
        return None
    if does_something(view) or has_other_label(view, spoken) or _has_other_member(view, spoken):
        return None
    claim = as_rate(Claim(spoken.indicator, renewed(view, spoken)), view)
    for name in (claim.indicator, *_numerators(claim.indicator, view.catalogue)):
        if view.fits(name) and _same_unit(view, name):
            return Claim(name, claim.members)
    return None


def _has_other_member(view: View, spoken: Claim) -> bool:
    """Whether a member behind it narrows something else: "while 1.2 billion used their mobile phones to ..."."""
    if not view.sentence.spaced or view.is_percent:
        return False
    allowed = view.catalogue.indicators[spoken.indicator].dimensions
    behind_it = phrases(view.sentence, *view.sentence.clause_after(view.index))[:1]
    return any(p.head is None and p.members() and not set(p.members()) & set(allowed) for p in behind_it)


def _of_group(view: View) -> Claim | None:
    """Return what was spoken of, narrowed by the group behind the number: "Of these, 55.2% lived in villages"."""
    members = members_behind(view, None)
    if not members or strangers(view) > most(view.sentence, STRANGERS):
        return None
    for spoken in filter(None, (view.memory.topic, view.memory.claim)):
        indicator = view.catalogue.indicators[spoken.indicator]
        if indicator.unit != "percent" and set(members) <= set(indicator.dimensions):
            return Claim(indicator.id, tuple(sorted({**dict(spoken.members), **members}.items())))
    return None


def _same_unit(view: View, indicator: str) -> bool:
    """Whether the number prints no other unit than the indicator's: 320 million households go on about no accounts."""
    unit = view.mention.unit
    return unit in (None, view.catalogue.indicators[indicator].unit) or view.mention.generic or unit in RELATIVE


def _part_of_whole(view: View) -> Claim | None:
    """Return the whole of a share, narrowed by the members before it: "those over 60 ..., 37.4% of all non-users"."""
    sentence = view.sentence
    members: dict[str, str] = {}
    for phrase in phrases(sentence, *sentence.gap_before(view.index)):
        if not view.wholes.intersection(phrase.tokens):
            members |= phrase.members()
    return _part(members, view)


def _of_next_group(view: View) -> Claim | None:
    """Return the rate before, of the group that is named last: "58 percent of men are online, but only 48 of women"."""
    spoken = view.memory.by_unit.get("percent")
    group = group_of(view)
    if not (group and spoken and view.sentence.spaced and view.catalogue.is_rate(spoken.indicator)):
        return None
    rest = view.sentence.unknown(view.mention.end, view.sentence.clause_after(view.index)[1])
    fitting = set(group) <= set(view.catalogue.indicators[spoken.indicator].dimensions)
    if (
        rest
        or not fitting
        or strangers(view) > most(view.sentence, STRANGERS)
        or view.sentence.words_in(*_behind_group(view))
    ):
        return None
    return Claim(spoken.indicator, tuple(sorted({**dict(spoken.members), **group}.items())))


def _of_first_group(view: View) -> Claim | None:
    """Return what the next number is told of, of the group of this one: "70% of men and 65% of women are online"."""
    sentence, index = view.sentence, view.index
    group = group_of(view)
    if not (group and sentence.spaced and index + 1 < len(sentence.mentions)):
        return None
    end = sentence.mentions[index + 1].start
    if not _AND.fullmatch(sentence.text, phrases(sentence, view.mention.end, end)[0].end, end):
        return None
    following = View(sentence, index + 1, view.reading, view.memory, view.catalogue, view.wholes)
    named = _named(following) if share_of(sentence, index + 1) is not None else None
    if not named or len(named.claims) != 1 or not view.catalogue.is_rate(named.claims[0].indicator):
        return None
    return Claim(named.claims[0].indicator, tuple(sorted({**dict(named.claims[0].members), **group}.items())))


def _behind_group(view: View) -> tuple[int, int]:
    """Return the stretch from the group of a share to the end of its clause."""
    _, end = view.sentence.clause_after(view.index)
    return phrases(view.sentence, view.mention.end, end)[0].end, end


def _part_behind(view: View) -> Claim | None:
    """Return the whole of a share, narrowed by what it is said to be: "51% of netizens were male", "... are on 5G"."""
    of = share_of(view.sentence, view.index)
    if of is None or not view.sentence.spaced or not view.wholes:
        return None
    end = view.sentence.clause_after(view.index)[1]
    whole = max(word.end for word in view.wholes)
    verbs = view.sentence.cues_in(whole, end, "be", "belonging", "level_after")
    if not of <= whole <= end or not verbs or view.sentence.cues_in(whole, end, "negation"):
        return None
    for phrase in phrases(view.sentence, verbs[0].end, end)[:1]:
        if phrase.head is None and view.sentence.unknown(whole, phrase.start) <= 1:
            return _part(phrase.members(), view)
    return None


def _part(members: dict[str, str], view: View) -> Claim | None:
    """Return the whole of the share narrowed by the members; None where they do not narrow it."""
    for whole in sorted(view.wholes, key=lambda word: word.start):
        for sense in whole.of("indicator"):
            own = narrowed(members, view.catalogue.indicators[sense.id].dimensions)
            listed = "respectively" in view.sentence.cues
            if (own or listed) and view.fits((claim := as_rate(Claim(sense.id, own), view)).indicator):
                return claim
    return None


def _numerators(indicator: str, catalogue: Catalogue) -> tuple[str, ...]:
    rate = catalogue.indicators[indicator]
    counted = rate.ratio[0] if rate.ratio else rate.of_population
    return (counted,) if counted else ()


def _only_dated(view: View) -> bool:
    """Whether nothing but another time stands before a number with its unit: 2022年12月为10.67亿人."""
    sentence = view.sentence
    if sentence.spaced or view.mention.unit is None or sentence.unknown(sentence.start, view.mention.start):
        return False
    return any(period.end <= view.mention.start for period in sentence.periods)


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
    if not ahead and _only_dated(view):
        return True
    if any(phrase.head and not view.wholes.intersection(phrase.tokens) for phrase in ahead):
        return False
    allowed = view.catalogue.indicators[view.memory.claim.indicator].dimensions if view.memory.claim else ()
    narrows = any(dimension in allowed for phrase in ahead for dimension in phrase.members())
    pronoun = bool(sentence.cues_in(sentence.start, view.mention.start, "pronoun"))
    return narrows or pronoun or view.reading.measure is not Measure.LEVEL or stands_compared(sentence, view.index)
