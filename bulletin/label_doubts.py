"""What makes something else of a label: words that narrow it, quotes, and members that are not its own."""

import re

from bulletin.asides import aside_before
from bulletin.claim import FOREIGN, RELATIVE, Claim, View, most
from bulletin.model import Sense
from bulletin.phrases import Phrase, phrases
from bulletin.scan import Sentence, remembered
from bulletin.words import word_key
from schemas.catalogue import Indicator

_UNKNOWN = re.compile(r"[\u4e00-\u9fff]{2}")
STUCK = 2
"""Unknown characters right before a label that make another word of it: 住户宽频普及率."""
RELATIVE_CHARACTERS = 3
"""Unknown characters before a 的 and a label that make something narrower of it."""
_QUOTED = re.compile(r"[“「][^”」]{2,40}[”」]")
_TOWARDS = re.compile(r"(?:(?<![相针面])对|输往|来自)(?![比照应于外])([\u4e00-\u9fff]{1,3})的?\Z")
"""What says right before a label with whom one trades, by a name that may be unknown: 对华 | 出口."""
_JOINED = re.compile(r"[、和及与]|以及")
WORD_REACH = 30
"""Characters that the word before a label may have."""
_LAST_WORD = re.compile(r"(?<![\w'’.-])[A-Za-z][A-Za-z-]* \Z")
_SAYS_LITTLE = re.compile(r"(?:\w+ly|retail|industrial|residential) ", re.IGNORECASE)
"""Words before a label that do not narrow it: "seasonally", and what prices are called by anyway."""
_TITLE = re.compile(r"[A-Z][a-z]")
_WORD = re.compile(r"\s[a-z]")
_RELATIVE = re.compile(r"\s*(?:,\s*)?(?:who|whom|whose|that|which)\b", re.IGNORECASE)


def is_narrower(phrase: Phrase, claim: Claim, view: View) -> bool:
    """Whether the share is of those whom a member narrows that the indicator has not: 网上学习的未成年网民占77%."""
    share = view.is_percent and view.reading.share and not view.sentence.spaced
    return share and not set(phrase.members()) <= dict(claim.members).keys()


def is_quoted(phrase: Phrase, view: View) -> bool:
    """Whether it stands inside quoted words that say more: “没有上网设备” names an answer, no device."""
    sentence = view.sentence
    quote = next((quote for quote in _quotes(sentence) if quote[1] > phrase.start), None)
    if quote is None or not quote[0] < phrase.start < quote[1]:
        return False
    denied = sentence.cues_in(quote[0] + 1, quote[1], "negation")
    return bool(denied) or (view.mention.unit == "percent" and sentence.unknown(*quote) >= STUCK)


@remembered
def _quotes(sentence: Sentence) -> list[tuple[int, int]]:
    return [quote.span() for quote in _QUOTED.finditer(sentence.text, sentence.start, sentence.end)]


def is_about_newcomers(phrase: Phrase, view: View) -> bool:
    """Whether a percentage is of those added, who are not the indicator: "64.1% of new Internet users".

    One that compares with an earlier time is of the whole again: "30 million new users, up 4% from the end of 2017".
    """
    begin, end = view.sentence.clause_after(view.index)
    if view.reading.direction and any(begin <= period.start < end for period in view.sentence.periods):
        return False
    return view.mention.unit in RELATIVE and bool(view.sentence.cues_before(phrase.start, 2, "added"))


def is_estranged(phrase: Phrase, indicator: Indicator, sense: Sense, view: View) -> bool:
    """Whether a member right before the label is none of its indicator's: "mobile phone penetration rate".

    In Chinese an unknown word may stand between them: 国际 | 航线 | 旅客运输量.
    """
    reach = 1 if view.sentence.spaced else STUCK
    compared = (indicator.difference.dimension,) if indicator.difference else ()  # 与城镇的差距
    allowed = (*indicator.dimensions, *sense.requires, *compared)
    for token in phrase.tokens:
        if token.of("area"):
            continue  # where it holds: "UK unemployment", in a catalogue in which countries are partners of trade
        if phrase.head and 0 <= phrase.head.start - token.end <= reach:
            # A word may name members of several dimensions: it narrows by the one that the indicator has.
            named = [other.members[0][0] for other in token.of("member")]
            if named and not any(dimension in allowed for dimension in named):
                return True
    return False


def is_of_what_was_said(phrase: Phrase, indicator: Indicator, sense: Sense, view: View) -> bool:
    """Whether a word for the rate of anything is that of what was spoken of: 5G用户5亿户, 渗透率达51%."""
    own = phrase.members()
    if not sense.generic or any(dimension in indicator.dimensions for dimension in own):
        return False
    named = [other for token in phrase.tokens for other in token.of("indicator") if set(other.requires) <= set(own)]
    if any(other.id == indicator.of_population for other in named):
        return False
    if not view.sentence.spaced and (own or any(other.id != indicator.id for other in named)):
        return True  # 5G渗透率, 千兆用户渗透率
    spoken = view.memory.claim
    if spoken is None:
        return view.memory.lost
    return spoken.indicator != indicator.of_population and not view.catalogue.is_rate(spoken.indicator)


def is_of_some(phrase: Phrase, view: View) -> bool:
    """Whether it counts those that something was done to, or several at once: 关闭了4000个网站, 2792家网站、APP."""
    sentence = view.sentence
    if sentence.unknown(*sentence.clause_before(view.index)) > most(sentence, FOREIGN) - 1:
        return True
    joined = _JOINED.match(sentence.text, phrase.end)
    beside = sentence.words_in(joined.end(), joined.end() + 8) if joined else ()
    return any(word.of("indicator") for word in beside)


def is_of_other_whole(phrase: Phrase, view: View) -> bool:
    """Whether the members may be parts of something unknown: 首次触网时所用的应用里，短视频占37.8%."""
    sentence = view.sentence
    if sentence.spaced:
        return False
    ahead = sentence.unknown(sentence.gap_before(view.index)[0], phrase.start)
    return view.memory.lost or ahead > most(sentence, FOREIGN)


def is_beyond(phrase: Phrase, view: View, claim: Claim) -> bool:
    """Whether it is more than there can be, of something with an unknown name: "SIM penetration was 132 per cent"."""
    maximum = view.catalogue.indicators[claim.indicator].maximum
    ahead = view.sentence.unexplained(view.sentence.start, phrase.start).rstrip()
    narrowed_by = bool(ahead) and ahead[-1].isalnum() and phrase.start - view.sentence.start - len(ahead) <= 1
    return view.is_percent and maximum is not None and view.mention.value > maximum and narrowed_by


def _is_of_noun(phrase: Phrase, view: View) -> bool:
    """Whether a noun that is no label stands right before it: 学生互联网普及率 is that of no other people."""
    ahead = view.sentence.right_before(phrase.start, 0)
    return any(
        word.of("noun") and not (word.of("indicator") or word.of("member") or word.senses.cues) for word in ahead
    )


def _narrows_another(phrase: Phrase, view: View) -> bool:
    """Whether a label in the singular narrows an unknown noun behind it: "teacher | training colleges"."""
    sentence, head = view.sentence, phrase.head
    if head is None or not _WORD.match(sentence.unexplained(head.end, sentence.end)):
        return False
    singular = sentence.text[head.start : head.end]
    if singular.split()[-1].isupper():
        return False  # SIM cards are SIMs
    plural = word_key(singular) + "s"
    indicators = (view.catalogue.indicators[sense.id] for sense in head.of("indicator"))
    labels = (label for indicator in indicators for label in indicator.labels.get(sentence.language.id, ()))
    return any(word_key(label.text) == plural for label in labels)


def _is_narrowed(phrase: Phrase, view: View) -> bool:
    """Whether an unknown word right before it narrows it: "wholesale | inflation", "paying | subscribers"."""
    sentence = view.sentence
    if phrase.start >= view.mention.end and sentence.unknown(view.mention.end, phrase.start) > 1:
        return False  # a name with several words of its own
    if _TITLE.match(sentence.text, phrase.start):
        return False  # it opens a line, under a heading that ends without a full stop
    word = _LAST_WORD.search(sentence.text, max(sentence.start, phrase.start - WORD_REACH), phrase.start)
    return word is not None and not _SAYS_LITTLE.fullmatch(word[0]) and sentence.unknown(word.start(), phrase.start) > 0


def is_modified(phrase: Phrase, view: View) -> bool:
    """Whether unknown words make something narrower of it: "users who were cheated", 遭遇诈骗的网民."""
    sentence = view.sentence
    if sentence.spaced:
        if _narrows_another(phrase, view) or _is_narrowed(phrase, view):
            return True
        if aside_before(sentence, *sentence.gap_before(view.index)):
            return False
        relative = _RELATIVE.match(sentence.text, phrase.end, view.mention.start)
        return relative is not None and sentence.unknown(relative.end(), view.mention.start) > 0
    begin = max(sentence.clause_before(view.index)[0], phrase.start - 40)
    if _UNKNOWN.fullmatch(sentence.unexplained(begin, phrase.start)[-STUCK:]) or _is_of_noun(phrase, view):
        return True
    towards = _TOWARDS.search(sentence.text, begin, phrase.start)
    if towards and sentence.unknown(towards.start(1), phrase.start) > 0:
        return True
    if not sentence.text.endswith("的", begin, phrase.start):
        return False
    done = [other for other in phrases(sentence, begin, phrase.start) if other.head is None and other.members()]
    return bool(done and view.reading.share) or sentence.unknown(begin, phrase.start) >= RELATIVE_CHARACTERS
