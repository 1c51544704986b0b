"""What a number goes on about that names nothing itself: what was spoken of before it."""

import re
from itertools import pairwise

from bulletin.claim import (
    MONEY,
    NEAR,
    RELATIVE,
    STRANGERS,
    Claim,
    View,
    is_small,
    most,
    same_quantity,
)
from bulletin.measures import share_of, stands_compared
from bulletin.members import beside, dropped, is_counted_apart, members_behind, renewed
from bulletin.phrases import narrowed, phrases
from bulletin.scan import Sentence
from bulletin.shares import (
    as_rate,
)
from bulletin.subjects import does_something, has_other_label, has_subject, is_denied, strangers
from schemas.catalogue import Catalogue
from schemas.concepts import Measure

_INITIALS = re.compile(r"[A-Z][A-Za-z0-9]")
_NUMBER_OF = re.compile(r"\b[Tt]he\s+(?:total\s+)?number\s+of\s+(?!th[eo]se|them)\w")
"""What opens a subject of its own: "The number of listed firms, 615, ..."."""
_AGE = re.compile(r"\d\s*周?岁")
_THOSE = re.compile(
    r"(?:those|that)\s+(?:aged|ages|who|in|over|under|above|below|between|living|with|without|of|born)\b", re.IGNORECASE
)
_ASKED = re.compile(r"\?\s*\Z")
_ITS_SIZE = re.compile(
    r"\s*(?:its|their)\s+(?:total\s+|overall\s+|combined\s+)?(?:size|scale|value|volume|numbers?|total|output|amount)\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[A-Za-z]+")
_CONTINUED = re.compile(r"[;；]\s*$")


def inherited(view: View) -> Claim | None:
    """Return the claim on the number before, where this one goes on about it."""
    sentence, spoken = view.sentence, view.memory.claim
    if stands_compared(sentence, view.index) and view.mention.unit in view.memory.by_unit:
        spoken = view.memory.by_unit[view.mention.unit]
        if spoken is None:
            return None
    if (
        (spoken is None or view.memory.bare or _is_answer(view) or _is_its_size(view))
        and view.memory.fresh
        and not view.memory.lost
    ):
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
    if strangers(view) > (1 if opening else _most_strangers(view)) or _has_subject(view) or is_denied(view):
        return None
    if does_something(view) or has_other_label(view, spoken) or _has_other_member(view, spoken):
        return None
    claim = as_rate(Claim(spoken.indicator, renewed(view, spoken)), view)
    for name in (claim.indicator, *_numerators(claim.indicator, view.catalogue)):
        if view.fits(name) and same_unit(view, name):
            return Claim(name, claim.members)
    return None


def _most_strangers(view: View) -> int:
    """Return how many unknown words may lead up to it: none where it is the first of a sentence with no "it"."""
    sentence = view.sentence
    continued = _CONTINUED.search(sentence.text, max(0, sentence.start - 3), sentence.start)
    if not sentence.spaced or view.index or continued or _is_its_size(view):
        return most(sentence, STRANGERS)
    again = _opens_with_pronoun(sentence) or _names_again(view) or _is_of_its_parts(view)
    return most(sentence, STRANGERS) if again else 0


def _is_of_its_parts(view: View) -> bool:
    """Whether only members of what was spoken of lead up to it, in its own unit: "Urban families spent 3 yuan"."""
    claim = view.memory.claim
    indicator = view.catalogue.indicators[claim.indicator] if claim else None
    if indicator is None or view.mention.unit != indicator.unit or not view.catalogue.units[indicator.unit].printed:
        return False
    named = phrases(view.sentence, *view.sentence.gap_before(view.index))
    dimensions = {dimension for phrase in named for dimension in phrase.members()}
    return bool(dimensions) and all(p.head is None for p in named) and dimensions <= set(indicator.dimensions)


def _names_again(view: View) -> bool:
    """Whether the last word of what was spoken of stands before it: "telecom revenue ... In May revenue grew"."""
    sentence, spoken = view.sentence, view.memory.claim
    labels = view.catalogue.indicators[spoken.indicator].labels.get(sentence.language.id, ()) if spoken else ()
    last = {label.text.split()[-1].casefold() for label in labels}
    return any(word.casefold() in last for word in _LETTERS.findall(sentence.text, *sentence.gap_before(view.index)))


def _opens_with_pronoun(sentence: Sentence) -> bool:
    opening = sentence.words[:1]
    return bool(opening) and opening[0].is_cue("anaphora", "pronoun") and opening[0].start - sentence.start <= 4


def _has_subject(view: View) -> bool:
    """Whether it has a subject of its own, as a count or initials: 9月末M2同比增长6.8%, but not 占GDP的5%."""
    sentence = view.sentence
    begin, start = sentence.clause_before(view.index)[0], view.mention.start
    if has_subject(view) or (
        sentence.spaced and _NUMBER_OF.search(sentence.text, sentence.gap_before(view.index)[0], start)
    ):
        return True
    if not sentence.spaced and _is_of_noun(view):
        return True
    if not sentence.spaced and _AGE.search(sentence.unexplained(begin, start)):
        return True  # 25至44岁则为3.5%, where the catalogue has no such group
    share = sentence.spaced or view.reading.measure is Measure.SHARE
    return not share and _INITIALS.search(sentence.unexplained(begin, start)) is not None


def _is_of_noun(view: View) -> bool:
    """Whether a noun that is no member stands right behind 其中, and says which part it is: 其中汽车3.5亿辆."""
    words = view.sentence.words_in(*view.sentence.gap_before(view.index))
    for one, other in pairwise(words):
        if one.is_cue("anaphora") and other.start - one.end <= 1 and other.senses.kinds.keys() == {"noun"}:
            return True
    return False


def _has_other_member(view: View, spoken: Claim) -> bool:
    """Whether a member behind it narrows something else: "while 1.2 billion used their mobile phones to ..."."""
    if not view.sentence.spaced or view.is_percent:
        return False
    allowed = view.catalogue.indicators[spoken.indicator].dimensions
    behind_it = phrases(view.sentence, *view.sentence.clause_after(view.index))[:1]
    return any(p.head is None and p.members() and not set(p.members()) & set(allowed) for p in behind_it)


def _refers_back(view: View) -> bool:
    """Whether the sentence's first number is about what was spoken of before.

    So it is after "of which", 其中, "it", 该, and, where nothing but the whole of a share is named first, if it is a
    difference or a share, or a member narrows what was spoken of ("In rural areas it was ...", 农村地区为...).
    """
    sentence = view.sentence
    if view.memory.bare or _is_answer(view) or _is_its_size(view):
        return view.memory.fresh
    if _opens_with_pronoun(sentence):
        return True
    ahead = phrases(sentence, sentence.start, view.mention.start)
    if not ahead and (_only_dated(view) or _only_placed(view)):
        return True
    if any(phrase.head and not view.wholes.intersection(phrase.tokens) for phrase in ahead):
        return False
    allowed = view.catalogue.indicators[view.memory.claim.indicator].dimensions if view.memory.claim else ()
    narrows = any(dimension in allowed for phrase in ahead for dimension in phrase.members())
    pronoun = bool(sentence.cues_in(sentence.start, view.mention.start, "pronoun"))
    return narrows or pronoun or view.reading.measure is not Measure.LEVEL or stands_compared(sentence, view.index)


def _is_answer(view: View) -> bool:
    """Whether the number opens the answer to a question that names what is counted: "Websites? 3.88 million, ..."."""
    sentence = view.sentence
    opens = view.index == 0 and not sentence.text[sentence.start : view.mention.start].strip()
    return sentence.spaced and opens and _ASKED.search(sentence.text, 0, sentence.start) is not None


def _is_its_size(view: View) -> bool:
    """Whether the sentence opens with the size of what the one before names: "Its scale reached 50 trillion yuan"."""
    return view.sentence.spaced and _ITS_SIZE.match(view.sentence.text, view.sentence.start) is not None


def _only_dated(view: View) -> bool:
    """Whether nothing but another time stands before a number with its unit: 2022年12月为10.67亿人.

    Where words are spaced, only behind a semicolon: "...; in the second quarter 1.3 million".
    """
    sentence = view.sentence
    if sentence.spaced and not _CONTINUED.search(sentence.text, max(0, sentence.start - 3), sentence.start):
        return False
    if (not sentence.spaced and view.mention.unit is None) or sentence.unknown(sentence.start, view.mention.start):
        return False
    return any(period.end <= view.mention.start for period in sentence.periods)


def _only_placed(view: View) -> bool:
    """Whether the sentence opens with another area, and nothing unknown follows it: "Norway had 5.4 million."."""
    sentence = view.sentence
    opening = sentence.words[:1]
    if not opening or not opening[0].of("area") or view.mention.start - sentence.start > NEAR:
        return False
    return sentence.unknown(sentence.start, view.mention.start) == 0 and view.reading.measure is Measure.LEVEL


def is_of_those_before(view: View) -> bool:
    """Whether it is a part of those before by something unknown of them: "2.7 billion, of whom 1.4 were women"."""
    spoken = view.memory.claim
    if spoken is None or view.is_percent or not (view.index and view.sentence.spaced):
        return False
    if not view.sentence.cues_in(*view.sentence.gap_before(view.index), "anaphora"):
        return False
    members = members_behind(view, None)
    return bool(members) and not set(members) & set(view.catalogue.indicators[spoken.indicator].dimensions)


def narrowed_topic(members: dict[str, str], view: View) -> Claim | None:
    """Return what was spoken of before, narrowed by these members; None where it has no such dimension."""
    for spoken in (_named_ahead(view), view.memory.claim, view.memory.topic, view.memory.mentioned):
        if spoken is None:
            continue
        allowed = view.catalogue.indicators[spoken.indicator].dimensions
        own = {d: m for d, m in members.items() if d in allowed}
        spoken = _counted_by(spoken, view)
        if not view.catalogue.indicators[spoken.indicator].takes(own):
            continue
        if not own or len(own) < len(members):
            continue
        spoken = beside(spoken, own, view)
        needed = view.catalogue.indicators[spoken.indicator].requires
        refers = _refers(view)
        # Not in a sentence with a subject of its own: "Women ... 65%. Young people ...: 79%".
        # Another member in the place of one said before leaves the rest: 一线城市新房价格..。二线城市...
        instead = not view.sentence.spaced and set(own) <= dict(spoken.members).keys()
        keeps = (view.index > 0 or refers) if view.sentence.spaced else instead or _goes_on(view)
        keeps = keeps and not is_counted_apart(view, own, spoken)
        gone = dropped(view, spoken, own)
        kept = {d: m for d, m in spoken.members if d in needed or (keeps and d not in gone)}
        claim = Claim(spoken.indicator, tuple(sorted({**kept, **own}.items())))
        claim = claim if _is_part_of(claim, own, view) else as_rate(claim, view)
        for name in (claim.indicator, *_numerators(claim.indicator, view.catalogue)):
            if view.fits(name):
                return Claim(name, claim.members)
    return None


def _named_ahead(view: View) -> Claim | None:
    """Return what the sentence named before its first number, and told nothing of: 出口货值中，输往越南（上升3%）."""
    sentence = view.sentence
    if sentence.spaced or view.index:
        return None
    for phrase in phrases(sentence, sentence.start, view.mention.start)[::-1]:
        senses = phrase.head.of("indicator") if phrase.head else ()
        if senses and len(senses) == 1 and not senses[0].requires:
            indicator = view.catalogue.indicators[senses[0].id]
            return Claim(indicator.id, narrowed({**phrase.members(), **dict(senses[0].members)}, indicator.dimensions))
        if senses:
            return None
    return None


def _refers(view: View) -> bool:
    """Whether a word of the sentence stands for what was spoken of; "those aged 12 to 27" are told by what follows."""
    sentence = view.sentence
    words = sentence.cues_in(*sentence.gap_before(0), "pronoun", "possessive")
    return any(not _THOSE.match(sentence.text, word.start) for word in words)


def _counted_by(spoken: Claim, view: View) -> Claim:
    """Return those of whom a rate is the part of the population, where a group makes up so much of them.

    "Penetration is 64%. Women make up 48%" is of users, and no rate of women.
    """
    counted = view.catalogue.indicators[spoken.indicator].of_population
    sentence = view.sentence
    if not (counted and sentence.spaced and view.is_percent and view.reading.share):
        return spoken
    verbs = [w for w in sentence.cues_in(*sentence.clause_before(view.index), "share") if not w.is_cue("share_noun")]
    makes_up = any(sentence.text[word.start : word.end].casefold() != "or" for word in verbs)
    if not makes_up or share_of(sentence, view.index) is not None:
        return spoken
    allowed = view.catalogue.indicators[counted].dimensions
    return Claim(counted, tuple((d, m) for d, m in spoken.members if d in allowed))


def _is_part_of(claim: Claim, own: dict[str, str], view: View) -> bool:
    """Whether the share is one of what was spoken of, and no rate: 用户5亿人, 40岁以下的占74%."""
    rates = [rate for rate in view.catalogue.indicators.values() if rate.ratio and rate.ratio[0] == claim.indicator]
    makes_rate = any(dimension in rate.ratio_dimensions for rate in rates for dimension in own)
    begin, end = view.sentence.clause_before(view.index)
    said = view.sentence.cues_in(begin, end, "share")
    return bool(said and rates) and not makes_rate and not view.sentence.spaced


def _goes_on(view: View) -> bool:
    """Whether the sentence goes on about its own subject, or by a pronoun about that of the one before."""
    sentence = view.sentence
    if view.index > 0 or _CONTINUED.search(sentence.text, max(0, sentence.start - 3), sentence.start):
        return True
    return bool(sentence.cues_in(sentence.start, view.mention.start, "anaphora", "pronoun", "possessive"))


def same_unit(view: View, indicator: str) -> bool:
    """Whether the number prints no other unit than the indicator's: 320 million households go on about no accounts.

    What is worth so much is so in any currency.
    """
    unit, own = view.mention.unit, view.catalogue.indicators[indicator].unit
    if unit in (None, own) or view.mention.generic or unit in RELATIVE:
        return True
    return view.catalogue.units[own].quantity == MONEY and same_quantity(unit, own, view.catalogue)


def _numerators(indicator: str, catalogue: Catalogue) -> tuple[str, ...]:
    rate = catalogue.indicators[indicator]
    counted = rate.ratio[0] if rate.ratio else rate.of_population
    return (counted,) if counted else ()
