"""Numbers of a group beside another one, or of a part of what was just said."""

from bulletin.claim import (
    STRANGERS,
    Claim,
    View,
    most,
)
from bulletin.measures import share_of
from bulletin.members import members_behind
from bulletin.phrases import narrowed, phrases
from bulletin.shares import (
    as_rate,
    group_of,
    is_within_whole,
    members_of,
)
from bulletin.subjects import strangers


def of_group(view: View) -> Claim | None:
    """Return what was spoken of, narrowed by the group behind the number: "Of these, 55.2% lived in villages"."""
    members = members_behind(view, None)
    if not members or strangers(view) > most(view.sentence, STRANGERS):
        return None
    for spoken in filter(None, (view.memory.topic, view.memory.claim)):
        indicator = view.catalogue.indicators[spoken.indicator]
        if indicator.unit != "percent" and set(members) <= set(indicator.dimensions):
            return Claim(indicator.id, tuple(sorted({**dict(spoken.members), **members}.items())))
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
    return phrases(view.sentence, view.mention.end, end)[0].end, end


def part(members: dict[str, str], view: View) -> Claim | None:
    """Return the whole of the share narrowed by the members; None where they do not narrow it."""
    if is_within_whole(view):
        members = {**members_of(view.wholes, view), **members}  # 农村网民中，男性占52%
    for whole in sorted(view.wholes, key=lambda word: word.start):
        for sense in whole.of("indicator"):
            own = narrowed(members, view.catalogue.indicators[sense.id].dimensions)
            listed = "respectively" in view.sentence.cues
            if (own or listed) and view.fits((claim := as_rate(Claim(sense.id, own), view)).indicator):
                return claim
    return None


def part_of_topic(members: dict[str, str], view: View) -> tuple[Claim, ...]:
    """Return what is counted where the talk is of it, narrowed by the members: 网民..。男性51.2%、女性48.8%."""
    for spoken in filter(None, (view.memory.claim, view.memory.topic, view.memory.mentioned)):
        indicator = view.catalogue.indicators[spoken.indicator]
        counted = indicator.of_population or indicator.id
        indicator = view.catalogue.indicators[counted]
        if indicator.additive and not view.catalogue.is_rate(counted) and set(members) <= set(indicator.dimensions):
            return (Claim(counted, narrowed(members, indicator.dimensions)),)
    return ()
