"""Shares that are no indicators of their own, and words for the rate of anything."""

from bulletin.claim import Claim, View
from bulletin.measures import share_of
from bulletin.model import Token
from bulletin.phrases import Phrase
from bulletin.shares import is_of_population, members_of

EMPTY_SHARE = "a share of the population, or of itself, that is no indicator of its own"


def is_empty_share(claim: Claim, view: View) -> bool:
    """Whether it is a share of the population that has no rate, or of the indicator itself, narrowed by nothing."""
    if not view.is_percent:
        return False
    if view.catalogue.is_rate(claim.indicator):
        ratio = view.catalogue.indicators[claim.indicator].ratio
        return ratio is not None and is_of_population(view) and not _counts_population(ratio[1], view)
    if is_of_other_people(claim, view):
        return True
    whole = any(sense.id == claim.indicator for word in view.wholes for sense in word.of("indicator"))
    listed = not view.sentence.spaced and "respectively" in view.sentence.cues
    if view.reading.share and not claim.members and not (view.reading.inserted or listed):
        dimensions = view.catalogue.indicators[claim.indicator].dimensions
        if dimensions and share_of(view.sentence, view.index) is None and not view.wholes:
            return True  # "Of all Internet users, ... accounted for 20%": of a part that the catalogue does not know
    if _is_listed_apart(view):
        return False
    if not claim.members and any(
        is_any_rate(w, view) for w in view.sentence.words_in(*view.sentence.gap_before(view.index))
    ):
        return True
    if is_of_population(view):
        return True
    if not whole or view.sentence.named_in(*view.sentence.gap_after(view.index), "area"):
        return False
    return set(claim.members) <= set(members_of(view.wholes, view).items())


def is_part_of_people(claim: Claim, view: View) -> bool:
    """Return whether it says how many of all people some are, which is no rate: "women make up half of the world"."""
    sentence = view.sentence
    if not (sentence.spaced and view.is_percent and view.catalogue.is_rate(claim.indicator) and is_of_population(view)):
        return False
    ahead = sentence.gap_before(view.index)
    return bool(sentence.cues_in(*ahead, "share") and sentence.named_in(*ahead, "member"))


def is_of_other_people(claim: Claim, view: View) -> bool:
    """Return whether it says how many of some do what has a rate of the population: "87% of adults are online"."""
    counted = any(rate.of_population == claim.indicator for rate in view.catalogue.indicators.values())
    of = share_of(view.sentence, view.index)
    if of is None or not (view.sentence.spaced and counted) or view.wholes or is_of_population(view):
        return False
    first = next(iter(view.sentence.words_in(of, view.sentence.clause_after(view.index)[1])), None)
    return first is not None and bool(first.of("noun"))


def _counts_population(indicator: str, view: View) -> bool:
    """Whether the population that the share is of is the indicator itself."""
    begin, _ = view.sentence.clause_before(view.index)
    words = view.sentence.named_in(begin, view.sentence.clause_after(view.index)[1], "indicator")
    return any(sense.id == indicator for word in words for sense in word.of("indicator"))


def _is_listed_apart(view: View) -> bool:
    """Whether a list gives each share a member of its own: 百兆和千兆接入分别占94.5%和27.4%."""
    begin, end = view.sentence.clause_before(view.index)
    if not view.sentence.cues_in(begin, end, "respectively"):
        return False
    words = view.sentence.named_in(begin, end, "member")
    dimensions = [sense.members[0][0] for word in words for sense in word.of("member")]
    return len(dimensions) > len(set(dimensions))


def part_before_rate(phrase: Phrase, view: View) -> Phrase | None:
    """Return what stands before a word for any rate, which is how much of the whole it is: 千兆用户渗透率."""
    head = phrase.head
    tokens = tuple(token for token in phrase.tokens if token is not head)
    if view.sentence.spaced or not (view.reading.share and tokens and head and is_any_rate(head, view)):
        return None
    labels = [token for token in tokens if token.of("indicator")]
    own = view.catalogue.indicators[head.of("indicator")[0].id]
    members = [sense.members[0][0] for token in tokens for sense in token.of("member")]
    if any(sense.id == own.of_population for label in labels for sense in label.of("indicator") if not sense.requires):
        return None
    if not labels and any(dimension in own.dimensions for dimension in members):
        return None
    if not (members or any(sense.members for label in labels for sense in label.of("indicator"))):
        return None  # 移动电话渗透率 is over the population
    return Phrase(tokens, labels[-1] if labels else None)


def is_any_rate(label: Token, view: View) -> bool:
    """Return whether the label is a word for the rate of anything, and for a share: 渗透率."""
    return label.is_cue("share") and any(sense.generic for sense in label.of("indicator"))
