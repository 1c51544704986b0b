"""Which indicator claims a number, and which members narrow it.

A phrase claims a number of a fitting unit from where it stands: right behind it ("1.425 million 5G base stations"),
between it and the number before, or, where nothing new is named, from the number before. A phrase without a label
("Short video: 1.04 billion") claims it for what was spoken of, or for the indicator that cannot do without such a
member. A phrase that names the whole of a share ("of all netizens", 占网民整体的) claims nothing.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from bulletin.claim import (
    FOREIGN,
    IN_DOUBT,
    RELATIVE,
    STRANGERS,
    UNTOLD,
    Claim,
    Memory,
    View,
    is_small,
    most,
    same_quantity,
    view_of,
)
from bulletin.claim_places import places
from bulletin.doubts import why_none
from bulletin.groups import of_group, of_next_group, part, part_behind, part_of_those, part_of_topic, part_of_whole
from bulletin.inherited import inherited, is_of_those_before, narrowed_topic, same_unit
from bulletin.label_doubts import (
    is_about_newcomers,
    is_beyond,
    is_estranged,
    is_modified,
    is_narrower,
    is_of_other_whole,
    is_of_what_was_said,
    is_quoted,
)
from bulletin.loose_labels import loose_label
from bulletin.measures import Reading, share_of
from bulletin.members import carried_over, is_pointed, members_around, of_all, spoken_of
from bulletin.model import Sense, Token
from bulletin.others import counts_others, counts_several, goes_on_unknown, is_rate_of_else
from bulletin.phrases import Phrase, narrowed, phrases
from bulletin.purposes import has_purpose, is_used_for_else
from bulletin.scan import HARD_BREAK, Sentence
from bulletin.share_doubts import EMPTY_SHARE, is_empty_share, is_part_of_people, part_before_rate
from bulletin.shares import (
    as_rate,
    group_of,
    is_of_another,
    is_within_whole,
    rate_of_doers,
    rates_by_member,
    rates_of_whole,
    wholes_of,
)
from bulletin.short_names import called_short
from bulletin.subjects import strangers, subject_before
from bulletin.told_rates import gap_in, told_as_rate
from schemas.catalogue import Catalogue, Indicator
from schemas.concepts import Measure

_NEXT_WORD = re.compile(r"\s[A-Za-z]")
_AND = re.compile(
    r"(?:\s*,)?\s+(?:and|but|while|whereas|compared\s+(?:with|to)|against|versus|vs\.?)\s+(?:to\s+)?(?:only|just|even)?\s*"
)
_DOERS = re.compile(r"的(?:网民|人群|人数|人|民众|居民|用户)?")
OUTSIDE = "a member that narrows other indicators"
_WORDS = re.compile(r"[A-Za-z][A-Za-z'-]*")


class Candidates(NamedTuple):
    """The claims of equal right to one number; one is a resolution, several are an ambiguity."""

    claims: tuple[Claim, ...]
    reason: str = ""
    named: bool = False
    """Whether a phrase of its own claims it, and not what was spoken of before."""


def claims_on(sentence: Sentence, index: int, reading: Reading, memory: Memory, catalogue: Catalogue) -> Candidates:
    """Return who claims the number `index` of the sentence, by the nearest place where anything does."""
    wholes = frozenset(whole for whole in wholes_of(sentence, index, reading) if not _is_always_rate(whole, catalogue))
    view = view_of(sentence, index, reading, memory, catalogue, wholes)
    found = _claimants(view)
    if sentence.spaced:
        found = found._replace(claims=tuple(of_all(claim, view) for claim in found.claims))
    taken = tuple(c for c in found.claims if _is_whole(c, catalogue))
    if len(taken) == len(found.claims):
        return found
    return found._replace(claims=taken, reason=found.reason if taken else OUTSIDE)


def _is_whole(claim: Claim, catalogue: Catalogue) -> bool:
    """Whether the indicator takes the members, and has those that it needs."""
    indicator, members = catalogue.indicators[claim.indicator], dict(claim.members)
    return set(indicator.requires) <= set(members) and indicator.takes(members)


def _is_always_rate(label: Token, catalogue: Catalogue) -> bool:
    """Whether the label names nothing but a rate, of which there is no share: "equal to a penetration rate of 70%"."""
    senses = label.of("indicator")
    return bool(senses) and all(catalogue.is_rate(sense.id) for sense in senses)


def _claimants(view: View) -> Candidates:
    sentence, index, reading, memory = view.sentence, view.index, view.reading, view.memory
    if why := why_none(view):
        return Candidates((), why)
    if is_of_those_before(view):
        return Candidates((), "a part of those before, by what their indicator is not told of")
    if reading.group:
        group = of_group(view)
        return Candidates((group,) if group else (), "" if group else "a part of nothing that was spoken of")
    if named := _named(view):
        return named
    if other := _otherwise_named(view):
        return Candidates((other,), named=True)
    if share_of(sentence, index) is not None and not (subject_before(view) or sentence.is_inserted(index)):
        return Candidates((), "a share of those who do something that the catalogue does not know")
    if spoken := inherited(view) or part_of_whole(view):
        return _spoken(spoken, view)
    restates = sentence.is_inserted(index) and not (is_small(view.mention) or memory.lost)
    if restates and strangers(view) <= most(sentence, STRANGERS):
        for phrase in phrases(sentence, sentence.start, sentence.gap_before(index)[0])[::-1]:
            if claims := _claims(phrase, view):
                return Candidates(claims, named=True)
    if sentence.spaced and (short := _by_short_name(view)):
        return Candidates((short,), named=True)
    return Candidates((), UNTOLD)


def _otherwise_named(view: View) -> Claim | None:
    """Return what claims it by a part of it that is named, by a short name, or by a label whose words stand apart."""
    part = part_behind(view) or of_next_group(view) or _of_first_group(view)
    return part or called_short(view) or loose_label(view)


def _spoken(claim: Claim, view: View) -> Candidates:
    """Return the claim of what was spoken of, or why it has none."""
    if view.memory.doubted:
        return Candidates((), IN_DOUBT)
    apart = is_within_whole(view) and is_of_another(claim, view)
    empty = apart or is_empty_share(claim, view) or is_part_of_people(claim, view)
    return Candidates((), EMPTY_SHARE) if empty else Candidates((claim,))


def _named(view: View) -> Candidates | None:
    """Return who claims it by a phrase of its own, the place with the best right first; None where none does."""
    if rate := told_as_rate(view):
        return Candidates((rate,), named=True)
    for place in places(view):
        for phrase in place:
            claims = _claims(gap_in(phrase, view) or phrase, view)
            if claims and is_empty_share(claims[0], view):
                return Candidates((), EMPTY_SHARE)
            if claims is not None:
                reason = "" if claims else "what it counts is narrowed by something that the catalogue does not know"
                return Candidates(claims, reason, named=True)
    return None


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
    if not fitting:
        return _unfitting(phrase, claims, view)
    if all(not same_unit(view, claim.indicator) for claim in fitting) and (
        spoken := narrowed_topic(phrase.members(), view)
    ):
        fitting = [spoken] if same_unit(view, spoken.indicator) else fitting
    if is_about_newcomers(phrase, view) or counts_others(phrase, view) or is_quoted(phrase, view):
        return ()
    if counts_several(phrase, view):
        return ()
    if view.sentence.spaced and (other := _not_carried(phrase, fitting[0], view)) and (own := _by_members(other, view)):
        return own
    if view.sentence.spaced and is_rate_of_else(phrase, fitting[0], view):
        return ()
    if is_narrower(phrase, fitting[0], view):
        return tuple(rates_of_whole(phrase.members(), fitting[0].indicator, view))
    doubtful = has_purpose(phrase, fitting[0], view) or is_beyond(phrase, view, fitting[0])
    if doubtful or is_modified(phrase, view) or is_of_another(fitting[0], view):
        return ()
    return tuple(dict.fromkeys(_of_topic(list(_most_narrowed(fitting, phrase, view)), view)))


def _unfitting(phrase: Phrase, claims: list[Claim], view: View) -> tuple[Claim, ...] | None:
    """Return the claims of a phrase whose own indicators have another unit; None where it has nothing to say."""
    doers = phrase.start >= view.mention.end or _is_of_doers(phrase, view)
    if doers and (done := _of_those_who(claims, view)):
        return (done,)
    if not claims and (own_part := part_of_those(phrase, view)):
        return (own_part,)
    rates = any(view.catalogue.is_rate(sense.id) for sense in phrase.head.of("indicator")) if phrase.head else False
    return (_by_members(phrase, view) or None) if view.is_percent and not rates else None


def _is_of_doers(phrase: Phrase, view: View) -> bool:
    """Whether a 的 makes of the label those who do it, who are counted next: 用手机上网的有8.97亿."""
    sentence, start = view.sentence, view.mention.start
    of = None if sentence.spaced else _DOERS.match(sentence.text, phrase.end, start)
    return of is not None and not sentence.unexplained(of.end(), start).strip()


def _of_those_who(claims: list[Claim], view: View) -> Claim | None:
    """Return those who do what a rate is told of: "897 million went online by phone" counts them."""
    if view.reading.measure is not Measure.LEVEL:
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


def _of_topic(claims: list[Claim], view: View) -> list[Claim]:
    """Of rates of several things, those of what was spoken of: 手机支付用户3亿，使用率57% is no share of phones."""
    spoken = view.memory.claim
    if len(claims) < 2 or view.sentence.spaced or spoken is None or view.index == 0:
        return claims
    ratios = {claim: view.catalogue.indicators[claim.indicator].ratio for claim in claims}
    own = [claim for claim in claims if spoken.indicator in (claim.indicator, (ratios[claim] or ("",))[0])]
    return own or claims


def _claim(phrase: Phrase, sense: Sense, view: View) -> Claim | None:
    """Return the claim of one sense of the phrase's label; None where a member that it needs is nowhere to be found."""
    indicator = view.catalogue.indicators[sense.id]
    if is_estranged(phrase, indicator, sense, view) or is_of_what_was_said(phrase, indicator, sense, view):
        return None
    if sense.short and not _stands_before(phrase, indicator, view):
        return None
    members = {**members_around(phrase, view, indicator, sense), **dict(sense.members)}
    own = phrase.members()
    members = {d: m for d, m in members.items() if d in own or indicator.takes({d: m})}  # 5G of before narrows no lines
    for dimension in sense.requires:
        if dimension not in members:
            return None
    alone = not any(d in members for d in indicator.dimensions) and not _has_whole_behind(view)
    if (alone or is_pointed(phrase, view)) and (carried := carried_over(phrase, view, indicator)):
        members = {**{d: m for d, m in carried.items() if indicator.takes({d: m})}, **members}
    for dimension in indicator.requires:
        if dimension not in members and (last := spoken_of(view, dimension, phrase)):
            members[dimension] = last
            members = _all_of(view, sense.id, members)
    if any(dimension not in members for dimension in indicator.requires) or not indicator.takes(members):
        return None
    claim = Claim(sense.id, narrowed(members, indicator.dimensions))
    return rate_of_doers(claim, phrase, view) or as_rate(claim, view)


def _stands_before(phrase: Phrase, indicator: Indicator, view: View) -> bool:
    """Whether the label stands right before a number in the indicator's unit or currency, as in 出口52.7亿美元."""
    unit = view.mention.unit
    return (
        (unit == indicator.unit or (unit is not None and same_quantity(unit, indicator.unit, view.catalogue)))
        and phrase.end <= view.mention.start
        and not view.sentence.unexplained(phrase.end, view.mention.start).strip()
    )


def _all_of(view: View, indicator: str, members: dict[str, str]) -> dict[str, str]:
    """Return the members with all others of what was spoken of, where the number goes on about just that."""
    spoken = view.memory.claim
    same = spoken is not None and view.sentence.spaced and view.index > 0 and spoken.indicator == indicator
    return dict(spoken.members) if spoken and same and members.items() <= dict(spoken.members).items() else members


def _by_members(phrase: Phrase, view: View) -> tuple[Claim, ...]:
    """Return who claims a number that only members name; what makes up a part of something has no rate of its own."""
    claims = _told_by_members(phrase, view)
    parted = view.is_percent and view.sentence.spaced and not view.wholes
    if parted and view.sentence.cues_in(phrase.end, view.mention.start, "share", "contribution"):
        return tuple(claim for claim in claims if not view.catalogue.is_rate(claim.indicator))
    return claims


def _told_by_members(phrase: Phrase, view: View) -> tuple[Claim, ...]:
    members = phrase.members()
    sentence = view.sentence
    only = _only_of_unit(view, members)
    only = only if only and only.takes(members) else None
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
    if view.is_percent and (goes_on_unknown(view) or (not view.wholes and is_of_other_whole(phrase, view))):
        return ()
    if view.reading.completes:
        return part_of_topic(members, view)
    rates = tuple(dict.fromkeys(rates_by_member(members, view)))
    if rates and is_used_for_else(phrase, view):
        return ()
    if rates:
        return tuple(claim for claim in rates if view.fits(claim.indicator))
    if own_part := part(members, view):
        return (own_part,)
    if spoken := narrowed_topic(members, view):
        return (spoken,)
    if view.is_percent:
        return ()
    if only and not view.catalogue.units[only.unit].quantity:  # goods worth so much money are sold, or sent abroad
        return (Claim(only.id, narrowed(members, only.dimensions)),)
    needing = [i for i in view.catalogue.indicators.values() if i.requires and set(i.requires) <= set(members)]
    grown = view.mention.unit == "percent" and view.reading.measure is Measure.GROWTH_RATE and sentence.spaced
    needing = [i for i in needing if not (grown and view.catalogue.is_rate(i.id))] or needing  # a rate moves by points
    return tuple(Claim(i.id, narrowed(members, i.dimensions)) for i in needing if view.fits(i.id) and i.takes(members))


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
    words = [
        *_WORDS.findall(sentence.text, begin, view.mention.start),
        *_WORDS.findall(sentence.text, view.mention.end, end),
    ]
    if not last & {word.casefold() for word in words}:
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


def _of_first_group(view: View) -> Claim | None:
    """Return what the next number is told of, of the group of this one: "70% of men and 65% of women are online"."""
    sentence, index = view.sentence, view.index
    group = group_of(view)
    if not (group and sentence.spaced and index + 1 < len(sentence.mentions)):
        return None
    end = sentence.mentions[index + 1].start
    named = phrases(sentence, view.mention.end, end)
    if not named or not _AND.fullmatch(sentence.text, named[0].end, end):
        return None
    following = view_of(sentence, index + 1, view.reading, view.memory, view.catalogue, view.wholes)
    found = _named(following) if share_of(sentence, index + 1) is not None else None
    if not found or len(found.claims) != 1 or not view.catalogue.is_rate(found.claims[0].indicator):
        return None
    return Claim(found.claims[0].indicator, tuple(sorted({**dict(found.claims[0].members), **group}.items())))
