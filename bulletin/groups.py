"""Numbers of a group beside another one, or of a part of what was just said."""

import re
from collections.abc import Iterator

from bulletin.claim import (
    STRANGERS,
    Claim,
    View,
    most,
)
from bulletin.measures import share_of
from bulletin.members import members_behind
from bulletin.model import Token
from bulletin.phrases import Phrase, narrowed, phrases
from bulletin.shares import (
    as_rate,
    group_of,
    is_within_whole,
    members_of,
)
from bulletin.subjects import strangers
from bulletin.words import word_key

_AMONG = re.compile(r"\s*(?:out\s+of|of|among|amongst)\s+(?:all\s+(?:the\s+|its\s+)?|the\s+)?", re.IGNORECASE)


def of_group(view: View) -> Claim | None:
    """Return what was spoken of, narrowed by the group behind the number: "Of these, 55.2% lived in villages"."""
    members = members_behind(view, None)
    if not members or strangers(view) > most(view.sentence, STRANGERS):
        return None
    for spoken in filter(None, (_ahead(view), view.memory.topic, view.memory.claim)):
        indicator = view.catalogue.indicators[spoken.indicator]
        if indicator.unit != "percent" and set(members) <= set(indicator.dimensions):
            return Claim(indicator.id, tuple(sorted({**dict(spoken.members), **members}.items())))
    return None


def _ahead(view: View) -> Claim | None:
    """Return the whole that the sentence opens with: "Among internet users in 2022, 8% were over 70"."""
    sentence, start = view.sentence, view.mention.start
    opened = _AMONG.match(sentence.text, sentence.start)
    if opened is None or not sentence.spaced:
        return None
    for phrase in phrases(sentence, opened.end(), start)[:1]:
        senses = phrase.head.of("indicator") if phrase.head and phrase.start == opened.end() else ()
        if len(senses) == 1 and not view.catalogue.is_rate(senses[0].id):
            return Claim(senses[0].id, narrowed(phrase.members(), view.catalogue.indicators[senses[0].id].dimensions))
    return None


def part_of_those(phrase: Phrase, view: View) -> Claim | None:
    """Return a group of what was spoken of, whose plain name it has: "Rural subscriptions came to 18 million"."""
    members = phrase.members()
    if not (members and phrase.head and view.sentence.spaced) or view.is_percent:
        return None
    for spoken in plainly(phrase.head, view):
        indicator = view.catalogue.indicators[spoken.indicator]
        whole = set(indicator.requires) <= set(members) and set(members) <= set(indicator.dimensions)
        if whole and view.fits(indicator.id) and indicator.takes(members):
            return Claim(indicator.id, narrowed(members, indicator.dimensions))
    return None


def part_of_whole(view: View) -> Claim | None:
    """Return the whole of a share, narrowed by the members before it: "those over 60 ..., 37.4% of all non-users"."""
    sentence = view.sentence
    members: dict[str, str] = {}
    for phrase in phrases(sentence, *sentence.gap_before(view.index)):
        if not view.wholes.intersection(phrase.tokens):
            members |= phrase.members()
    return part(members, view)


def part_behind(view: View) -> Claim | None:
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
            return part(phrase.members(), view)
    return None


def of_next_group(view: View) -> Claim | None:
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


def _behind_group(view: View) -> tuple[int, int]:
    """Return the stretch from the group of a share to the end of its clause."""
    _, end = view.sentence.clause_after(view.index)
    named = phrases(view.sentence, view.mention.end, end)
    return named[0].end if named else end, end


def part(members: dict[str, str], view: View) -> Claim | None:
    """Return the whole of the share narrowed by the members; None where they do not narrow it."""
    if is_within_whole(view):
        members = {**members_of(view.wholes, view), **members}  # 农村网民中，男性占52%
    for whole in sorted(view.wholes, key=lambda word: word.start):
        for indicator in _meant(whole, members, view):
            own = narrowed(members, view.catalogue.indicators[indicator].dimensions)
            listed = "respectively" in view.sentence.cues
            if (own or listed) and view.fits((claim := as_rate(Claim(indicator, own), view)).indicator):
                return claim
    return None


def _meant(whole: Token, members: dict[str, str], view: View) -> Iterator[str]:
    """Yield the indicators that the label of the whole may mean; plain "users" are those that were spoken of."""
    senses = [sense.id for sense in whole.of("indicator")]
    full = [name for name in senses if set(view.catalogue.indicators[name].requires) <= set(members)]
    if full or not view.sentence.spaced:
        yield from full
        return
    yield from (spoken.indicator for spoken in plainly(whole, view))


def plainly(label: Token, view: View) -> Iterator[Claim]:
    """Yield what was spoken of that the label ends the name of: of internet users, later "users" alone."""
    last = word_key(view.sentence.text[label.start : label.end]).split()[-1]
    for spoken in filter(None, (view.memory.claim, view.memory.topic, view.memory.mentioned)):
        name = view.catalogue.indicators[spoken.indicator].of_population or spoken.indicator
        labels = view.catalogue.indicators[name].labels.get(view.sentence.language.id, ())
        if any(word_key(other.text).split()[-1] == last for other in labels):
            yield Claim(name, spoken.members)


def part_of_topic(members: dict[str, str], view: View) -> tuple[Claim, ...]:
    """Return what is counted where the talk is of it, narrowed by the members: 网民..。男性51.2%、女性48.8%."""
    for spoken in filter(None, (view.memory.claim, view.memory.topic, view.memory.mentioned)):
        indicator = view.catalogue.indicators[spoken.indicator]
        counted = indicator.of_population or indicator.id
        indicator = view.catalogue.indicators[counted]
        if indicator.additive and not view.catalogue.is_rate(counted) and set(members) <= set(indicator.dimensions):
            return (Claim(counted, narrowed(members, indicator.dimensions)),)
    return ()
