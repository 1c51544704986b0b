"""Shares: what they are of, and which of them are indicators of their own."""

import itertools

from bulletin.claim import Claim, View
from bulletin.measures import Reading
from bulletin.narrowing import attached, labels
from bulletin.scan import HARD_BREAK, Sentence
from bulletin.vocabulary import Token
from schemas.concepts import Measure

OF_REACH = 24
"""Characters between "of" and the label that names the whole: "of the country's internet users"."""


def wholes_of(sentence: Sentence, index: int, reading: Reading) -> set[Token]:
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
            after_of = [word for word in behind if word.of("indicator") and word.start > of.end]
            found |= {word for word in after_of[:1] if word.start - of.end <= OF_REACH}
    return found


def is_of_unknown(view: View) -> bool:
    """Whether it is a share of something that the catalogue does not know: "95% of administrative villages"."""
    sentence, (begin, end) = view.sentence, view.sentence.clause_after(view.index)
    if view.mention.unit != "percent":
        return False
    if _is_of_newcomers(view):
        return True
    first = next(sentence.words_in(begin, end), None)
    of = first is not None and first.is_cue("share_after") and first.start - begin <= 1
    known = view.wholes or is_of_population(view) or labels(sentence.words_in(begin, end))
    return of and not known and sentence.unknown(begin, end) > 0


def _is_of_newcomers(view: View) -> bool:
    """Whether it is a share of those added: 占新增网民的49.0%, "of new users"."""
    begin, _ = view.sentence.gap_before(view.index)
    _, end = view.sentence.clause_after(view.index)
    words = list(view.sentence.words_in(begin, end))
    pairs = itertools.pairwise(words)
    return view.reading.share and any(
        a.is_cue("added") and b.of("indicator") and b.start - a.end <= 2 for a, b in pairs
    )


def is_of_population(view: View) -> bool:
    """Return whether the number is a share of the population: 占全国人口的, "of the population"."""
    begin, _ = view.sentence.gap_before(view.index)
    _, end = view.sentence.clause_after(view.index)
    near = [word for word in view.sentence.words_in(begin, end) if word.is_cue("population")]
    return view.reading.share and bool(near)


def ratio_behind(view: View) -> Claim | None:
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


def as_ratio(claim: Claim, view: View) -> Claim:
    """Return the claim, or, where a share of what it claims has an indicator of its own, that one's."""
    named = {sense.id for word in view.wholes for sense in word.of("indicator")}
    convertible = named or view.reading.inserted or is_of_population(view)
    return (ratio_of(claim, view) or claim) if convertible else claim


def ratio_of(claim: Claim, view: View) -> Claim | None:
    """Return the claim of the ratio that the share is: short-video users over netizens is a usage rate."""
    if view.reading.measure is not Measure.SHARE:
        return None
    if is_of_population(view):
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
