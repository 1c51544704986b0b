"""Where the phrases stand that may claim a number, the nearest places first."""

import re
from collections.abc import Iterator

from bulletin.asides import aside_before
from bulletin.claim import (
    FOREIGN,
    HOLDERS,
    NEAR,
    View,
    is_small,
    most,
    view_of,
)
from bulletin.complements import is_said_part
from bulletin.label_doubts import is_of_some
from bulletin.measures import share_of, stands_compared
from bulletin.phrases import Phrase, before, behind, phrases
from bulletin.scan import HARD_BREAK, VERB, Sentence
from bulletin.shares import (
    DONE,
    is_of_population,
)
from schemas.concepts import Measure

NEAR_UNSPACED = 8
"""Characters between a number and a label behind it that still claims it, where words are not spaced."""
_NOT_DOING = re.compile(r"\b(?:is|are|was|were|who|that|not|never|no|without|stop(?:ped)?)\b|n['’]t\b", re.IGNORECASE)
_OPENING = re.compile(
    r"\s*[(（]\s*(?:[+-]|(?:up|down)\s+(?:by\s+)?"
    r"|(?:按年|同比)?(?:上升|上涨|增长|增加|下降|下跌|减少|升|涨|增|降|跌|减))?$",
    re.IGNORECASE,
)
_ADJACENT = re.compile(
    r"\s*(?!and\b|or\b|as\b|while\b|but\b|with\b)"
    r"(?:(?!(?:and|while|but) (?:the|its|their|an?)\b)(?!\d[\d.,]*\s)\S+\s+){0,5}[\"“]?"
)
"""What may stand between a number and what it counts: a few words, none of which opens another statement."""
_CLOSED_AND = re.compile(r"\)\s+(?:and|or|but|while|whereas)\s", re.IGNORECASE)
"""Behind an aside another thing is named: "exports (up 3% to 5 billion) and imports"."""
_AT = re.compile(r"(?:at|with|standing at|now at)\s+(?:\S+\s+){0,2}", re.IGNORECASE)
_WHO = re.compile(r"\s(?:who|that|which)\s+\Z")
_COMMA = re.compile(r"\s*,\s*")
_MOVED = re.compile(r"(?:up|down)\s+(?:by\s+)?(?:\S+\s+){0,2}", re.IGNORECASE)
_COMPARED = re.compile(r"\s+(?:year|month|quarter|on|over|from|compared|since)\b[^,;:.]{0,40},\s*", re.IGNORECASE)
_PART_END = re.compile(r"[,;:.)]\s")
"""Ends what is left out: "Excluding IoT, mobile subscriptions ..."."""
_INCLUDED = re.compile(r"[,(]\s*including\s+(?:[^\s,;()]+\s+){0,6}$")
LEFT_OUT_REACH = 40
"""Characters between "excluding" and the label of what is left out."""
_OF_LATE = re.compile(
    r"曾?在?(?:统计|调查)?(?:前|过去|最近)的?\s?(?:\d+|[一两三六半]|十二)\s?(?:个月|年)[之以]?[内里间]?"
)
"""When those that are counted did it: 曾在统计前12个月内使用互联网."""
_DO = re.compile(r"\s*(?:都|均|会|曾|已|已经|经常)?(?:在|通过|参与|进行|选择|观看|收看|使用)\s*")
"""What leads from people to what they do."""
_SHORT_AND = re.compile(r"\s*(?:[A-Za-z-]+\s+){0,3}(?:and|or)\s+|\s?[-–—~]\s?", re.IGNORECASE)


def places(view: View) -> Iterator[list[Phrase]]:
    """Yield the places where a phrase may claim the number, the one with the best right first."""
    sentence, index = view.sentence, view.index
    if sentence.is_inserted(index) and not view.wholes:
        return
    if is_said_part(sentence, index):
        yield list(behind(sentence, index))[:1]
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
        between = _between(view)
        if joined := _joined_behind(view):
            yield [joined]  # 4.97亿旅行预订用户，5.28亿网约车用户
        if view.is_percent and between and between[0].head is None:
            # Members that lead up to it are those who do what stands behind it: 老年人中，有96%使用互联网.
            yield [p for p in _counted(view) if p.head and DONE.match(sentence.text, p.head.start)]
        yield between
        yield _counted(view)
    else:
        counted = _counted(view)
        # A member alone waits for the label of the next number: "748 million urban and 284 million rural users".
        if counted and counted[0].head is None:
            yield _shared(view)
        yield _done_right_behind(view)
        yield counted
        for place in (_between, _far, _shared):
            yield place(view)


def _opened(view: View) -> list[Phrase]:
    """The phrase right before the parenthesis that opens with the number: "mobile phones (72.2%) passed desktops"."""
    sentence, index = view.sentence, view.index
    if not sentence.has_parentheses or sentence.is_inserted(index):
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
        near = (
            len(re.sub(r"\s|的", "", _OF_LATE.sub("", gap))) <= NEAR_UNSPACED
            and sentence.unknown(begin, found[0].start) <= 1
        )
        if near and found[0].head is None:
            return found if _do(found[0], view) else []
        return found if near and not is_of_some(found[0], view) else []
    if view.reading.measure is Measure.SHARE or not _ADJACENT.fullmatch(gap) or _CLOSED_AND.search(gap):
        return []
    if found[0].head is None and (done := _done_by(found[0], view)):
        return [done]
    plain = found[0].head or view.is_percent or (sentence.unknown(begin, found[0].start) == 0 and len(gap.split()) <= 3)
    return found if plain else []


def _do(phrase: Phrase, view: View) -> bool:
    """Whether people are counted by the members that say what they do, in Chinese: 5亿人在网上购物."""
    sentence, unit = view.sentence, view.mention.unit
    if unit is None or view.catalogue.units[unit].quantity != HOLDERS or sentence.text[view.mention.end - 1] != "人":
        return False
    begin, end = sentence.clause_after(view.index)
    plain = phrase.end <= end and sentence.unknown(phrase.end, end) == 0 and not sentence.words_in(phrase.end, end)
    return plain and _DO.fullmatch(sentence.text, begin, phrase.start) is not None


def _joined_behind(view: View) -> Phrase | None:
    """The phrase that the number is written in one with, in Chinese: what it counts, whatever stands before it."""
    begin, _ = view.sentence.gap_after(view.index)
    found = _counted(view)
    if not found or begin != view.mention.end or found[0].start < begin:
        return None
    gap = view.sentence.text[begin : found[0].start]
    joined = not gap.startswith(" ") and (found[0].head is None or not gap.strip("个名的位"))
    return found[0] if joined else None


def _done_by(phrase: Phrase, view: View) -> Phrase | None:
    """The members with the verb behind them that says what those do: "297 million rural people | were online"."""
    sentence, (_, end) = view.sentence, view.sentence.gap_after(view.index)
    following = phrases(sentence, phrase.end, end)[:1]
    for verb in following:
        near = sentence.unknown(phrase.end, verb.start) == 0 and not HARD_BREAK.search(
            sentence.text, phrase.end, verb.start
        )
        if verb.head and near and VERB.match(sentence.text, verb.start):
            return Phrase((*phrase.tokens, *verb.tokens), verb.head)
    return None


def _between(view: View) -> list[Phrase]:
    """Phrases between the number before and this one, the nearest first, none of them a whole or a comparison."""
    sentence = view.sentence
    _, end = sentence.gap_before(view.index)
    found = [p for p in before(sentence, view.index) if not view.wholes.intersection(p.tokens)]
    if aside := aside_before(sentence, *sentence.gap_before(view.index)):
        found = [p for p in found if p.end <= aside[0] or p.start >= aside[1]]
    found = [p for p in found if not _is_left_out(sentence, p, end)]
    found = [p for p in found if _is_gap(p, view) or not _is_compared(sentence, p)]
    found = [p for p in found if not _is_other_group(view, p)]
    skipped = sentence.unknown(*aside) if aside else 0
    near = [p for p in found if sentence.unknown(p.end, end) - skipped <= most(sentence, FOREIGN)]
    compared = sentence.spaced and stands_compared(sentence, view.index) and view.mention.unit in view.memory.by_unit
    if compared or (view.memory.lost and not sentence.spaced):
        near = [p for p in near if p.start >= sentence.clause_before(view.index)[0]]
    # A member alone is the subject only where no label stands in its clause: "Internet users in cities reached".
    if near and near[0].head is None:
        own = [p for p in near if p.head and not sentence.broken(p.end, near[0].start, HARD_BREAK)]
        return [*own, *(p for p in near if p not in own)]
    return near


def _is_other_group(view: View, phrase: Phrase) -> bool:
    """Whether it is the group of the share before, where this one has its own: "70% of men and 65% of women"."""
    sentence, index = view.sentence, view.index
    if phrase.head or not (index and sentence.spaced) or share_of(sentence, index) is None:
        return False
    of = share_of(sentence, index - 1)
    return of is not None and phrase.start >= of and sentence.unknown(of, phrase.start) == 0


def _is_left_out(sentence: Sentence, phrase: Phrase, number: int) -> bool:
    """Whether it is put in as what the count before the number leaves out or includes: "(excluding IoT) reached"."""
    if sentence.spaced and _INCLUDED.search(sentence.text, sentence.start, phrase.start):
        return _PART_END.search(sentence.text, phrase.end, number) is not None
    words = sentence.cues_before(phrase.start, LEFT_OUT_REACH, "left_out") if sentence.spaced else ()
    return any(not _PART_END.search(sentence.text, word.end, phrase.start) for word in words)


def _is_compared(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether the phrase is what something is compared with: 比农村网民, "than urban users"."""
    reach = 6 if sentence.spaced else 1
    words = sentence.cues_before(phrase.start, reach, "base", "outdone")
    if not sentence.spaced:  # 与2023年相比，网民...
        words = [word for word in words if not sentence.broken(word.end, phrase.start, HARD_BREAK)]
    return bool(words) and not any(
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
    denied = [word.start for word in sentence.cues_in(begin, end, "negation")] if sentence.spaced else []
    found = phrases(sentence, begin, min([stop.start() if stop else end, *denied]))
    found = [p for p in found if not _says_who(p, view)]
    found = [p for p in found if p.head or is_of_population(view) or _is_done_by_them(p, view)]
    # What is done tells more than by whom: "81% of city dwellers use the Internet".
    return sorted(found, key=lambda phrase: phrase.head is None)


def _done_right_behind(view: View) -> list[Phrase]:
    """What those do whom a percentage is of, said right behind it: "Of those under 25, 79% | go online"."""
    sentence, begin = view.sentence, view.mention.end + 1
    label = sentence.word_at(begin) if view.is_percent else None
    if label is None or not label.of("indicator") or not VERB.match(sentence.text, begin):
        return []
    return [p for p in phrases(sentence, begin, sentence.clause_after(view.index)[1])[:1] if p.head]


def _is_done_by_them(phrase: Phrase, view: View) -> bool:
    """Whether known verbs lead from the whole of a share to what its people do: "75% of netizens play online games"."""
    sentence, whole = view.sentence, max((w.end for w in view.wholes if w.end <= phrase.start), default=None)
    if not sentence.spaced or whole is None or sentence.unknown(whole, phrase.start):
        return False
    if _NOT_DOING.search(sentence.text, whole, phrase.start) or not _is_led_by_verb(phrase, sentence, whole):
        return False
    return sentence.unknown(phrase.end, sentence.clause_after(view.index)[1]) == 0


def _is_led_by_verb(phrase: Phrase, sentence: Sentence, whole: int) -> bool:
    """Whether a verb of using stands before what is used, or is its first word: "play | games", "shop online"."""
    if sentence.cues_in(whole, phrase.start, "doing"):
        return True
    words = sentence.text[phrase.start : phrase.end].casefold().split()
    verb = words[0] in sentence.language.cues.get("doing", ()) or words[-1] == "online"
    return verb and phrase.start - whole <= 1


def _says_who(phrase: Phrase, view: View) -> bool:
    """Whether it says of whom it is a share, who do something unknown: "82% of those who go online own a tablet"."""
    sentence, of = view.sentence, share_of(view.sentence, view.index)
    if of is None or not sentence.spaced or not _WHO.search(sentence.text, of, phrase.start):
        return False
    return sentence.unknown(phrase.end, sentence.clause_after(view.index)[1]) > 0


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
    following = view_of(sentence, index + 1, view.reading, view.memory, view.catalogue, view.wholes)
    own = next(behind(sentence, index), None)
    members = own.tokens if own and not own.head else ()
    return [
        Phrase((*members, *(token for token in phrase.tokens if not token.of("member"))), phrase.head)
        for phrase in (_counted(following) or (_shared(following) if listed else []))
    ]
