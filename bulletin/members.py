"""Members: which of them narrow what a number counts, from its phrase, right behind it, or leading up to it."""

import re
from collections.abc import Iterator
from itertools import pairwise

from bulletin.claim import FOREIGN, NEAR, STRANGERS, Claim, View, most
from bulletin.model import Sense
from bulletin.phrases import Phrase, narrowed, phrases
from bulletin.scan import VERB
from schemas.catalogue import Indicator
from schemas.concepts import Measure

_TOTAL = re.compile(r"\btotal\s+$")
"""What makes a label that of the whole, whatever was named before: "..., and total employment"."""
_OF_THEM = re.compile("合计|双边")
"""What makes a label that of those just named; between two sides it is that of the other one."""
_AND = re.compile(r"\band\s+(?:\S+\s+){0,2}$", re.IGNORECASE)
_NOUN_BEHIND = re.compile(r"\s[A-Za-z]")
_OF_WHOLE = re.compile(r"\b(?:of|among)\s+(?:\S+\s+){0,3}$", re.IGNORECASE)
_FOR_ALL = re.compile(
    r"\s+(?:[a-z]+ed\s+|seen\s+|found\s+)?(?:nationwide|nationally|overall|(?:for|in|among|across)\s+(?:everyone|all\b(?!\s+of)"
    r"|the\s+(?:population|nation|country|public|general|whole|entire)\b))",
    re.IGNORECASE,
)
"""What is said of all, and not of the group before: "below the 75% recorded nationwide"."""
PAIR = 2
_IS = re.compile(r"\s*(?:人|的)?(?:是|为|属于|系)\s*")
_LISTED_MEMBERS = re.compile(r"[、和及与]|以及")


_CONTINUED = re.compile(r"[;；]\s*$")
"""What stands before a sentence that goes on about the subject of the one before."""


def members_around(phrase: Phrase, view: View, indicator: Indicator, sense: Sense) -> dict[str, str]:
    """Return the members in the phrase, right behind the number, and those that lead up to it, the nearest first."""
    sentence = view.sentence
    allowed = {*indicator.dimensions, *sense.requires}
    found: dict[str, str] = {}
    places = [members_behind(view, phrase), phrase.members(), *_possessor(view, phrase), *_together(view, phrase)]
    places += _predicate(view, phrase, indicator)
    places += _leading(view, phrase)
    if indicator.ratio:
        places += [other.members() for other in phrases(sentence, sentence.start, phrase.start) if other.head]
        places += [other.members() for other in phrases(sentence, *sentence.gap_after(view.index)) if other.head]
    for place in places:
        for dimension, member in place.items():
            if dimension in allowed:
                found.setdefault(dimension, member)
    return found


def members_behind(view: View, phrase: Phrase | None) -> dict[str, str]:
    """Return the members right behind the number itself: "79.8% in urban areas and 55.9% in rural areas"."""
    sentence = view.sentence
    begin, end = sentence.clause_after(view.index)
    if not sentence.spaced and not view.is_percent:
        return _said_to_be(view, begin, end)
    for other in phrases(sentence, begin, end)[:1]:
        strangers = sentence.unknown(begin, other.start)
        if re.search(r"[(（]", sentence.text[begin : other.start]):
            return {}
        if not sentence.spaced and sentence.cues_in(begin, other.start, "above_group", "outdone", "compare"):
            return {}  # 男性(48%)远高于女性
        if other.head is None and other.start - begin <= NEAR and strangers <= most(sentence, (1, 3)):
            return other.members()
    return {}


def _said_to_be(view: View, begin: int, end: int) -> dict[str, str]:
    """Return the members that the number counts by a verb behind it: 其中2209万辆是纯电动汽车."""
    verb = _IS.match(view.sentence.text, begin, end)
    for other in phrases(view.sentence, verb.end(), end)[:1] if verb else []:
        if other.head is None and other.start == (verb.end() if verb else begin):
            return other.members()
    return {}


def _predicate(view: View, phrase: Phrase, indicator: Indicator) -> Iterator[dict[str, str]]:
    """Yield the members that those counted are said to be: "12 million users | were | rural residents"."""
    sentence, end = view.sentence, view.sentence.clause_after(view.index)[1]
    if not sentence.spaced or view.is_percent or phrase.start < view.mention.end:
        return
    if _OF_WHOLE.search(sentence.text, sentence.start, view.mention.start):
        return  # "most of the 20 million netizens are rural": of the others it is not said
    verb = next(iter(sentence.words_in(phrase.end, end)), None)
    if verb is None or not verb.is_cue("be", "belonging") or verb.start - phrase.end > 1:
        return
    if sentence.cues_in(verb.end, end, "negation") or verb.of("indicator"):
        return
    for said in phrases(sentence, verb.end, end)[:1]:
        plain = said.head is None and sentence.unknown(verb.end, said.start) == 0
        rest = sentence.unexplained(said.end, end)
        if plain and set(said.members()) <= set(indicator.dimensions) and not _NOUN_BEHIND.match(rest):
            yield said.members()


def _possessor(view: View, phrase: Phrase) -> Iterator[dict[str, str]]:
    """Yield the members of whom the label is: "... aged 28 to 43, whose penetration rate"."""
    sentence = view.sentence
    if sentence.cues_before(phrase.start, 1, "possessive"):
        named = phrases(sentence, sentence.gap_before(view.index)[0], phrase.start)
        yield from (other.members() for other in named[-1:])


def _together(view: View, phrase: Phrase) -> Iterator[dict[str, str]]:
    """Yield the members of those just named, of whom the label is by a word for it: 民营企业5万家，合计出口7亿元."""
    sentence, head = view.sentence, phrase.head
    if not sentence.spaced and head and _OF_THEM.search(sentence.text, head.start - 2, head.start + 2):
        named = [other.members() for other in phrases(sentence, sentence.start, phrase.start)]
        yield from [members for members in named if members][-1:]


def _leading(view: View, phrase: Phrase) -> Iterator[dict[str, str]]:
    """Yield the members of phrases without a label that lead up to it: "In rural areas, ...", "4G had ... users"."""
    sentence, index = view.sentence, view.index
    begin = sentence.start if index == 0 else sentence.gap_before(index)[0]
    end = min(phrase.start, view.mention.start)
    found = phrases(sentence, begin, end)
    if part := _part_named(view, found):
        yield part
        return
    whole = sentence.spaced and _TOTAL.search(sentence.text, begin, phrase.start) is not None
    if whole or any(other.head for other in found) or sentence.unknown(begin, end) > most(sentence, FOREIGN):
        return
    listed = _LISTED_MEMBERS if not sentence.spaced else None
    for at in range(len(found) - 1, -1, -1):
        gaps = [sentence.text[a.end : b.start] for a, b in pairwise(found[max(0, at - 1) : at + 2])]
        if listed and any(listed.fullmatch(gap) for gap in gaps):
            continue  # 铁路、公路和水路: of no one of them
        yield found[at].members()


def _part_named(view: View, found: list[Phrase]) -> dict[str, str]:
    """Return the members that stand right behind 其中: whatever else is said, 其中餐饮业受活动带动，增加值增13%."""
    sentence = view.sentence
    if sentence.spaced or not found or found[0].head or len(found) > 1:
        return {}
    words = sentence.cues_before(found[0].start, 1, "anaphora")
    return found[0].members() if words else {}


def carried_over(phrase: Phrase, view: View, indicator: Indicator) -> dict[str, str]:
    """Return the members of the subject before, where the label goes on about it: "..., and the penetration is"."""
    sentence, spoken = view.sentence, view.memory.claim
    if spoken is None or spoken.indicator == indicator.id:
        return {}
    possessive = bool(sentence.cues_before(phrase.start, 1, "possessive"))
    possessive = possessive and not phrases(sentence, sentence.start, phrase.start)
    follows = view.index > 0 and phrase.start >= sentence.mentions[0].end
    follows = follows and (sentence.spaced or _is_theirs(phrase, view, indicator))
    # "3,000 names under .CN and 1,500 websites": what is counted behind its number is listed beside, and no rate of it.
    follows = follows and not (sentence.spaced and not view.is_percent and phrase.start >= view.mention.end)
    follows = follows or (
        sentence.spaced and _CONTINUED.search(sentence.text, max(0, sentence.start - 3), sentence.start) is not None
    )
    if any(abs(word.start - phrase.start) < 16 for word in sentence.cues_in(sentence.start, sentence.end, "whole")):
        return {}
    if not (possessive or follows or is_pointed(phrase, view)):
        return {}
    return {dimension: member for dimension, member in spoken.members if dimension in indicator.dimensions}


def is_pointed(phrase: Phrase, view: View) -> bool:
    """Return whether it is said to be of those before: "penetration there", "the usage rate in this group"."""
    return bool(view.sentence.cues_in(phrase.end, phrase.end + 1 + NEAR // 2, "back_there"))


def _is_theirs(phrase: Phrase, view: View, indicator: Indicator) -> bool:
    """Whether the label goes on about those before: a rate does (农村网民2.2亿, 普及率55%), or what one 、 joins.

    What adds up and stands in a clause of its own is counted beside them: CN域名4066个, 网站1500个.
    """
    ahead = view.sentence.text[view.sentence.start : phrase.start].rstrip()
    joined = ahead.endswith(("、", "和", "及", "与"))
    return joined or not indicator.additive or view.catalogue.is_rate(indicator.id)


def spoken_of(view: View, dimension: str, phrase: Phrase) -> str | None:
    """Return the member of the dimension that was spoken of last: in the sentence, or before it if it opens plainly."""
    sentence = view.sentence
    named = [
        sense.id
        for word in sentence.named_in(sentence.start, view.mention.start, "member")
        for sense in word.of("member")
        if sense.members[0][0] == dimension
    ]
    if named:
        return named[-1]
    if sentence.spaced and phrase.members() and phrase.head and VERB.match(sentence.text, phrase.head.start):
        return None  # "used mobile phones": that is what they used
    if not sentence.spaced and _does_its_own(view):
        return None
    plain = sentence.unknown(sentence.start, view.mention.start) <= most(sentence, STRANGERS)
    return view.memory.members.get(dimension) if plain else None


def _does_its_own(view: View) -> bool:
    """Whether the number opens a sentence that goes on to say what those do: 5.66亿人用手机付账."""
    sentence = view.sentence
    opens = view.index == 0 and not sentence.text[sentence.start : view.mention.start].strip(" *•·-")
    return opens and sentence.unknown(*sentence.clause_after(0)) > most(sentence, STRANGERS)


def beside(spoken: Claim, own: dict[str, str], view: View) -> Claim:
    """Return what the members narrow: of parts one beside the other (其中私人汽车…；新能源汽车…) the whole of both."""
    parent = view.memory.parent
    if view.sentence.spaced or parent is None or parent.indicator != spoken.indicator:
        return spoken
    return spoken if set(own) & dict(spoken.members).keys() else parent


def is_counted_apart(view: View, own: dict[str, str], spoken: Claim) -> bool:
    """Return whether a list counts another group beside: "322 million rural people and 161 million aged 60"."""
    sentence = view.sentence
    before, end = sentence.gap_before(view.index)
    if not sentence.spaced or not _AND.search(sentence.text, before, end):
        return False
    needed = view.catalogue.indicators[spoken.indicator].requires
    apart = not set(own) & dict(spoken.members).keys() and not set(needed) & dict(spoken.members).keys()
    return apart and own == members_behind(view, None) and not sentence.cues_in(before, end, "anaphora")


def listed_by(before: Claim | None, claim: Claim) -> str | None:
    """Return the dimension of which the claim has another member than the one before, if it differs in nothing else."""
    if before is None or before.indicator != claim.indicator:
        return None
    changed = set(before.members) ^ set(claim.members)
    dimensions = {dimension for dimension, _ in changed}
    return dimensions.pop() if len(changed) == PAIR and len(dimensions) == 1 else None


def dropped(view: View, spoken: Claim, own: dict[str, str]) -> set[str]:
    """Return the dimensions of what was spoken of whose members narrow nothing of the next one's, in Chinese.

    男性91%，女性89%，60岁以上63%: the old are no women. 20岁以上网民占14%，男性占51%: nor are these of those.
    """
    sentence, index = view.sentence, view.index
    if sentence.spaced:
        return set()
    gone = {view.memory.listed} - set(own) if view.memory.listed else set()
    beside_it = view.reading.measure is Measure.SHARE and view.memory.shared and view.memory.claim == spoken
    if beside_it and not set(own) & dict(spoken.members).keys():
        parted = sentence.cues_in(*sentence.gap_before(index), "anaphora", "joining")
        gone |= set() if parted else dict(spoken.members).keys()
    return {dimension for dimension in gone if dimension}


def _of_next_area(view: View, spoken: Claim) -> Claim | None:
    """Return what a part was said of, where another area takes its turn: 山西4200万户，其中5G用户..；甘肃2900万户."""
    parent, opening = view.memory.parent, view.sentence.words[:1]
    turned = view.index == 0 and bool(opening) and bool(opening[0].of("area")) and not view.sentence.spaced
    return parent if turned and parent and parent.indicator == spoken.indicator else None


def renewed(view: View, spoken: Claim) -> tuple[tuple[str, str], ...]:
    """Return the members of the claim before, with those named since: 城镇7.48亿、农村2.84亿."""
    own: dict[str, str] = {}
    allowed = view.catalogue.indicators[spoken.indicator].dimensions
    named = [phrase.members() for phrase in phrases(view.sentence, *view.sentence.gap_before(view.index))]
    for place in (*named, members_behind(view, None)):
        own |= {d: m for d, m in place.items() if d in allowed}
    if own and is_counted_apart(view, own, spoken):
        return narrowed(own, allowed)
    if not own and (parent := _of_next_area(view, spoken)):
        return parent.members
    whole = beside(spoken, own, view) if own else spoken
    if _is_another_subject(own, spoken, view):
        return narrowed(own, allowed)
    if own:
        whole = Claim(
            whole.indicator, tuple(pair for pair in whole.members if pair[0] not in dropped(view, spoken, own))
        )
    return tuple(sorted({**dict(whole.members), **own}.items()))


def of_all(claim: Claim, view: View) -> Claim:
    """Return the claim without the group before, where the words right behind the number say that it is of all."""
    if not claim.members or view.index == 0 or not _FOR_ALL.match(view.sentence.text, view.mention.end):
        return claim
    if view.sentence.named_in(*view.sentence.clause_before(view.index), "member"):
        return claim
    needed = view.catalogue.indicators[claim.indicator].requires
    return Claim(claim.indicator, tuple((d, m) for d, m in claim.members if d in needed))


def _is_another_subject(own: dict[str, str], spoken: Claim, view: View) -> bool:
    """Whether a sentence opens with another one of what the indicator needs, an application on no device of before."""
    needed = view.catalogue.indicators[spoken.indicator].requires
    before = dict(spoken.members)
    return view.sentence.spaced and view.index == 0 and any(d in needed and before.get(d) != m for d, m in own.items())
