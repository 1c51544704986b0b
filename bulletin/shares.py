"""Shares: what they are of, and which of them are indicators of their own."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from bulletin.claim import Claim, View
from bulletin.measures import Reading, share_of
from bulletin.model import Token
from bulletin.phrases import Phrase, narrowed, phrases
from bulletin.scan import HARD_BREAK, VERB, Sentence
from bulletin.whole_before import whole_before
from schemas.catalogue import Indicator
from schemas.concepts import Measure

_WHICH = re.compile(r"\s*,\s*which\b")
_OF_NEW = re.compile(
    r"\b(?:of|among)\s+(?:the\s+|all\s+|these\s+|those\s+)?(?:new|newly|first-time)\s+(?:[a-z]+\s+){0,2}"
    r"(?:users|netizens|subscribers|customers|accounts|arrivals|adopters|people)\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"(?:\s+of)?\s+(?:all\s+|the\s+)?(?=\w)", re.IGNORECASE)
_OPENS_OF = re.compile(r"(?:^|[,:])\s*(?:out\s+of|of|among|amongst)\s[^,;]*,(?:\s+\w+){0,2}\s*$", re.IGNORECASE)
_TOTAL = re.compile(r"\s*(?:the|this|that)\s+(?:total|whole|sum)\b(?!\s+(?:of|number|population))", re.IGNORECASE)
_DOING = re.compile(r"\s+(?:using|who|online)\b", re.IGNORECASE)
_ARE_WHO = re.compile(r"\s+(?:who|that|which)\s+", re.IGNORECASE)
_WHO = re.compile(r"\b(?:who|that|which)\b", re.IGNORECASE)
_AMONG = re.compile(r"\s+(?:in|among)\b")
DONE = re.compile("曾?(?:使用|用|上网|触网|接入)")
"""What a label begins with that says what those do of whom a percentage is told."""
OF_REACH = 40
"""Characters between "of" and the label that names the whole: "of the country's internet users"."""


def wholes_of(sentence: Sentence, index: int, reading: Reading) -> frozenset[Token]:
    """Return the labels that name the whole of a share: 占网民整体的 before it, "of all netizens" behind it."""
    begin, end = sentence.gap_before(index)
    found: set[Token] = set()
    if index and (of := share_of(sentence, index - 1)) is not None:
        # What the number before is a share of is not what this one is about.
        found |= {whole for whole in _whole_at(sentence, of, end) if not _WHICH.match(sentence.text, whole.end)}
    if not reading.share:
        return frozenset(found)
    if before := whole_before(sentence, index):
        found.add(before)
    words = sentence.words_in(begin, end)
    for position, word in enumerate(words):
        if word.is_cue("share") and (not word.is_cue("share_noun") or _AMONG.match(sentence.text, word.end)):
            found |= {
                later for later in words[position + 1 :] if later.of("indicator") and _is_near(sentence, word, later)
            }
        if word.is_cue("share") and not sentence.spaced:
            found |= {
                earlier for earlier in words[:position] if earlier.of("indicator") and _is_within(sentence, earlier)
            }
    of = share_of(sentence, index)
    if of is not None:
        _, stop = sentence.gap_after(index)
        if index + 1 < len(sentence.mentions) and sentence.unknown(of, stop) == 0:
            # The whole has a number of its own, as in: 15.6% of the country's 1.092 billion netizens.
            _, stop = sentence.gap_after(index + 1)
        found |= _whole_at(sentence, of, stop)
    return frozenset(found)


def _whole_at(sentence: Sentence, of: int, stop: int) -> set[Token]:
    """Return the label of the first phrase behind an "of", if it has one."""
    found = phrases(sentence, of, stop)[:2]
    if len(found) > 1 and found[1].head and _ARE_WHO.fullmatch(sentence.text, found[0].end, found[1].start):
        found = found[1:]  # "of the minors | who go online": that is who they are
    first = next(iter(found), None)
    if (
        first is None
        or first.head is None
        or first.start - of > OF_REACH
        or sentence.broken(of, first.start, HARD_BREAK)
    ):
        return set()
    if sentence.spaced and _is_said_of(sentence, of, first.start):
        return set()
    labels = [token for token in first.tokens if token.of("indicator")]
    # "users of apps" and 互联网用户使用手机 alike are of the first one.
    return {labels[0]}


def _is_said_of(sentence: Sentence, of: int, label: int) -> bool:
    """Whether the label is what is said of the whole before it: "76% of the population | is online"."""
    people = [word for word in sentence.words_in(of, label) if _may_do(word)]
    if not people:
        return False
    if _WHO.search(sentence.text, of, label):
        return False  # they are told by it
    verb = sentence.cues_in(people[-1].end, label, "be")
    return bool(verb) or VERB.match(sentence.text, label) is not None


def _may_do(word: Token) -> bool:
    """Whether the word names those who do something: "half of the world | uses the internet"."""
    return bool(word.of("noun") or word.of("area")) or word.is_cue("population", "people")


def _is_near(sentence: Sentence, word: Token, label: Token) -> bool:
    return not sentence.broken(word.end, label.start, HARD_BREAK)


def _is_within(sentence: Sentence, label: Token) -> bool:
    """Whether it is said that something is within the label: 在电信业务收入中占."""
    return sentence.text.startswith(("中", "里", "当中", "总量中", "总数中"), label.end)


def is_within_whole(view: View) -> bool:
    """Return whether the whole is named as what the part is in: 居港人口中，流动居民占3.6%."""
    return not view.sentence.spaced and any(_is_within(view.sentence, whole) for whole in view.wholes)


def is_of_a_change(view: View) -> bool:
    """Return whether it is a share of a change, as 占总降幅的七成, 占增量的六成: what a part adds to it."""
    sentence = view.sentence
    if sentence.spaced or view.reading.measure is not Measure.SHARE or "change_noun" not in sentence.cues:
        return False
    begin, end = sentence.clause_before(view.index)
    shares = [word for word in sentence.cues_in(begin, end, "share") if not word.is_cue("share_noun")]
    return bool(shares) and bool(sentence.cues_in(shares[0].end, end, "change_noun"))


def is_of_newcomers(view: View) -> bool:
    """Return whether it is a share of those added, 占新增网民的49.0%, "of new users", which are not the indicator."""
    if view.sentence.cues.isdisjoint(("added", "newcomers", "up_next")):
        return False
    begin, _ = view.sentence.gap_before(view.index)
    _, end = view.sentence.clause_after(view.index)
    words = view.sentence.words_in(begin, end)
    if view.is_percent and (any(word.is_cue("newcomers") for word in words) or _goes_on_about_newcomers(view)):
        return True
    pairs = itertools.pairwise(words)
    return view.reading.share and any(
        a.is_cue("added") and b.of("indicator") and b.start - a.end <= 2 for a, b in pairs
    )


def _goes_on_about_newcomers(view: View) -> bool:
    """Whether the sentence speaks of shares of those added: "41% of the new subscribers were women, 9% were ..."."""
    sentence = view.sentence
    if not sentence.spaced or sentence.cues.isdisjoint(("added", "up_next")) or view.reading.direction:
        return False
    return _OF_NEW.search(sentence.text, sentence.start, view.mention.start) is not None


def is_of_population(view: View) -> bool:
    """Return whether the number is a share of the population: 占全国人口的, "of the population"."""
    if _is_of_people(view):
        return True
    if "population" not in view.sentence.cues:
        return False
    begin, _ = view.sentence.clause_before(view.index)
    _, end = view.sentence.clause_after(view.index)
    if not view.sentence.cues_in(begin, end, "population"):
        return False
    words = view.sentence.words_in(begin, end)
    # Where the population is itself what is counted, 60岁以上人口占23% has it for a subject, and no whole.
    counted = [word for word in words if word.of("indicator") and not view.sentence.spaced]
    near = [word for word in words if word.is_cue("population") and word not in counted]
    among = view.is_percent and any(view.sentence.text.startswith(("中", "里", "当中"), word.end) for word in near)
    return bool(near) and (view.reading.share or among)


def _is_of_people(view: View) -> bool:
    """Whether it is a share of all people, whoever they are: "a third of people in China"."""
    of = share_of(view.sentence, view.index)
    if of is None or not view.sentence.spaced:
        return False
    words = view.sentence.words_in(of, view.sentence.clause_after(view.index)[1])
    first = next((word for word in words if not (word.of("area") or word.is_cue("whole"))), None)
    if first is not None and _is_done_by_area(view.sentence, words, first):
        return True
    if first is None or not first.is_cue("people") or view.sentence.unknown(of, first.start):
        return False
    narrowed_by = next((word for word in words if word.start >= first.end), None)
    return not (narrowed_by and narrowed_by.is_cue("joining") and narrowed_by.start - first.end <= 1)


def _is_done_by_area(sentence: Sentence, words: Sequence[Token], first: Token) -> bool:
    """Whether an area does something, by all who live there: "half of the world | was using the internet"."""
    if not words or words[0] is first or not words[0].of("area") or sentence.unknown(words[0].start, first.start):
        return False
    return first.is_cue("be") or VERB.match(sentence.text, first.start) is not None


def as_rate(claim: Claim, view: View) -> Claim:
    """Return the claim, or, where a percentage of what it claims has an indicator of its own, that one's.

    Short-video users over netizens is a usage rate, netizens over the population the penetration rate.
    """
    if not view.is_percent or view.catalogue.is_rate(claim.indicator):
        return claim
    if is_of_population(view):
        return next(_population_rates(claim, view), claim)
    if claim.members and _is_what_they_do(view) and (own := next(_population_rates(claim, view), None)):
        return own
    if group := group_of(view):
        grouped = Claim(claim.indicator, tuple(sorted({**dict(claim.members), **group}.items())))
        return next(_population_rates(grouped, view), claim)
    denominators = named_by(view.wholes, view)
    for rate in _rates(claim, view):
        if not denominators or (rate.ratio and rate.ratio[1] in denominators):
            return Claim(rate.id, claim.members)
    shared = view.reading.share and _shared_label(view)
    if shared and claim.members and shared.of("member") and _DOING.match(view.sentence.text, shared.end):
        return next(_population_rates(claim, view), claim)
    share = view.reading.share and not (shared and shared.of("indicator"))
    bare = not claim.members and not denominators and (view.reading.inserted or not share)
    return next(_population_rates(claim, view), claim) if bare else claim


def _shared_label(view: View) -> Token | None:
    """Return the word whose people it is a share of, among all: "the share of people online", "of women who ..."."""
    sentence = view.sentence
    if not sentence.spaced:
        return None
    for word in sentence.cues_in(*sentence.gap_before(view.index), "share_noun"):
        named = _OF_THEM.match(sentence.text, word.end)
        label = sentence.word_at(named.end()) if named else None
        if label is None or not (label.of("indicator") or label.of("member")):
            continue
        done = sentence.named_in(label.end, view.mention.start, "member") if label.of("indicator") else ()
        return None if done else label  # "of internet users who used a mobile phone": a part of them
    return None


def named_by(labels: Iterable[Token], view: View) -> set[str]:
    """Return the indicators that the labels mean, each as far as the members that it needs stand in its phrase."""
    found: set[str] = set()
    for label in labels:
        members = set(members_of((label,), view))
        for sense in label.of("indicator"):
            if members >= {*sense.requires, *view.catalogue.indicators[sense.id].requires} - dict(sense.members).keys():
                found.add(sense.id)
    return found


def members_of(labels: Iterable[Token], view: View) -> dict[str, str]:
    """Return the members that stand in the phrases of the labels."""
    near = phrases(view.sentence, view.sentence.start, view.sentence.end)
    found: dict[str, str] = {}
    for phrase in near:
        if any(label in phrase.tokens for label in labels):
            found |= phrase.members()
    return found


def is_of_another(claim: Claim, view: View) -> bool:
    """Whether it is a share of one thing, and the claim, no rate of it, that of another: 25%的网民遇到过安全事件."""
    if not view.is_percent or view.catalogue.is_rate(claim.indicator):
        return False
    wholes = named_by(view.wholes, view)
    return bool(wholes) and claim.indicator not in wholes


def group_of(view: View) -> dict[str, str]:
    """Return the members that a share is of, where no label stands with them: "70 per cent of men use the Internet"."""
    of = share_of(view.sentence, view.index)
    if of is None or view.wholes or _TOTAL.match(view.sentence.text, of):
        return {}
    _, end = view.sentence.gap_after(view.index)
    first = next(iter(phrases(view.sentence, of, end)), None)
    if first is None or first.head or view.sentence.unknown(of, first.start):
        return {}
    return first.members()


def _is_what_they_do(view: View) -> bool:
    """Whether the label says what some of those before do: "75 per cent of them", "Of those ..., 75% go online"."""
    begin, end = view.sentence.clause_after(view.index)
    words = view.sentence.words_in(begin, end)
    if not (words and view.sentence.spaced) or words[0].start - begin > 1:
        return False
    ahead = view.sentence.text[view.sentence.start : view.mention.start]
    apart = not view.reading.share or (not view.wholes and _OPENS_OF.search(ahead))
    if apart and VERB.match(view.sentence.text, words[0].start):
        return bool(words[0].of("indicator"))
    return words[0].is_cue("anaphora") and any(word.of("indicator") for word in words)


def rate_of_doers(claim: Claim, phrase: Phrase, view: View) -> Claim | None:
    """Return the rate of the population that a percentage is of whom a verb tells what they do: 有96.1%曾使用互联网."""
    if view.sentence.spaced or not view.is_percent or view.reading.share or phrase.head is None:
        return None
    if phrase.start < view.mention.end or not DONE.match(view.sentence.text, phrase.head.start):
        return None
    return next(_population_rates(claim, view), None)


def _population_rates(claim: Claim, view: View) -> Iterator[Claim]:
    for rate in view.catalogue.indicators.values():
        if rate.of_population == claim.indicator and all(d in rate.dimensions for d, _ in claim.members):
            yield Claim(rate.id, claim.members)


def _rates(claim: Claim, view: View) -> Iterator[Indicator]:
    """Yield the rates whose numerator the claim is, narrowed by what makes it a part."""
    for rate in view.catalogue.indicators.values():
        told = rate.ratio is not None and rate.ratio[0] == claim.indicator
        if told and any(dimension in rate.ratio_dimensions for dimension, _ in claim.members):
            yield rate


def rates_by_member(members: dict[str, str], view: View) -> Iterator[Claim]:
    """Yield the rates that a percentage of members alone is: "32.8% a laptop", "short video: 93.8%"."""
    if not view.is_percent:
        return
    denominators = named_by(view.wholes, view)
    spoken = {claim.indicator for claim in (view.memory.claim, view.memory.topic) if claim}
    carried = [
        rate for rate in view.catalogue.indicators.values() if rate.ratio and set(members) <= set(rate.dimensions)
    ]
    for rate in view.catalogue.indicators.values():
        if carried and view.sentence.spaced and rate not in carried:
            continue  # "mobile payment" is an application on a device, and not the device
        if rate.ratio and any(dimension in rate.ratio_dimensions for dimension in members):
            family = {rate.id, *rate.ratio}
            if denominators & {rate.ratio[1]} if denominators else family & spoken or set(members) & set(rate.requires):
                yield Claim(rate.id, narrowed({**_of_whom(rate.ratio[1], view), **members}, rate.dimensions))


def rates_of_whole(members: dict[str, str], whole: str, view: View) -> Iterator[Claim]:
    """Yield the rate that a share of the whole is, where a member says what its people do: 网上学习的网民占77%."""
    for rate in view.catalogue.indicators.values():
        does = any(dimension in rate.ratio_dimensions for dimension in members)
        if does and rate.ratio and rate.ratio[1] == whole and set(members) <= set(rate.dimensions):
            yield Claim(rate.id, narrowed(members, rate.dimensions))


def _of_whom(whole: str, view: View) -> dict[str, str]:
    """Return the members of those whom a rate is of, as named before the number: "elderly netizens who can ..."."""
    found: dict[str, str] = {}
    for phrase in phrases(view.sentence, view.sentence.start, view.mention.start):
        if phrase.head and any(sense.id == whole for sense in phrase.head.of("indicator")):
            found |= phrase.members()
    return found
