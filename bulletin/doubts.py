"""Doubts: what makes something else of a label, or of a number next to it, so that it must stay unresolved."""

import re

from bulletin.asides import aside_before
from bulletin.claim import FOREIGN, RELATIVE, STRANGERS, Claim, View, most
from bulletin.firms import is_of_one_firm
from bulletin.measures import share_of
from bulletin.model import Sense, Token
from bulletin.phrases import Phrase, phrases
from bulletin.scan import Sentence, remembered
from bulletin.shares import is_of_newcomers, is_of_population, members_of
from bulletin.words import word_key
from schemas.catalogue import Indicator
from schemas.concepts import Measure

EMPTY_SHARE = "a share of the population, or of itself, that is no indicator of its own"
_UNKNOWN = re.compile(r"[\u4e00-\u9fff]{2}")
HOLDERS = "holders"
STUCK = 2
"""Unknown characters right before a label that make another word of it: 住户宽频普及率."""
RELATIVE_CHARACTERS = 3
"""Unknown characters before a 的 and a label that make something narrower of it."""
_OF_THEM = re.compile(r"\s*(?:(?:out\s+)?of|among)\s", re.IGNORECASE)
_QUOTED = re.compile(r"[“「][^”」]{2,40}[”」]")
_JOINED = re.compile(r"[、和及与]|以及")
_AMONG = re.compile(r"当?[中里]|之中")
_WITHIN = re.compile(r"在[^,，。;；]{2,20}[中里]\s*$")
_WORD = re.compile(r"\s[a-z]")
_OPENS = re.compile(r"^\s*[A-Za-z]{3,}s\b")
"""An unknown word in the plural that stands first among the unknown ones: a subject of its own."""
_RELATIVE = re.compile(r"\s*(?:,\s*)?(?:who|whom|whose|that|which)\b", re.IGNORECASE)


def why_none(view: View) -> str:
    """Return why nothing can claim the number, whatever stands around it; empty where that is not so."""
    if view.reading.groups:
        return "a comparison of two groups, and no change over time"
    if is_of_newcomers(view):
        return "a share of newcomers, which are not the indicator"
    if is_other_quantity(view):
        return "a word next to it makes another quantity of what it counts"
    if is_population(view):
        return "it is how many people there are"
    if is_left_out(view):
        return "a part that is left out of what is counted"
    if counts_else(view):
        return "the words right behind it say that it counts something that the catalogue does not know"
    if is_some_of_them(view):
        return "a part of what is counted that the catalogue does not know"
    if is_of_them_by_else(view):
        return "a share of those before, by what the catalogue does not know"
    if is_of_answers(view):
        return "a share of those who say, own or met with something, which is no indicator"
    if view.memory.firm or is_of_one_firm(view):
        return "a figure of one firm, and not of the whole"
    return "a share of something that the catalogue does not know" if is_of_strangers(view) else ""


def is_some_of_them(view: View) -> bool:
    """Whether an unknown word says which of those before it are: "out of all subscribers, 90 million were active"."""
    sentence = view.sentence
    if not sentence.spaced or view.reading.measure is not Measure.LEVEL or view.mention.unit in RELATIVE:
        return False
    begin, end = sentence.clause_after(view.index)
    verb = next(iter(sentence.words_in(begin, end)), None)
    if verb is None or not verb.is_cue("be") or verb.start - begin > 1:
        return False
    of_them = _OF_THEM.match(sentence.text, sentence.clause_before(view.index)[0]) or _OF_THEM.match(
        sentence.text, sentence.start
    )
    return of_them is not None and _WORD.match(sentence.unexplained(verb.end, end)) is not None


def is_of_them_by_else(view: View) -> bool:
    """Whether it is how many of those before it do something unknown: "Of the 59 million users, 19% visited a café"."""
    sentence, index = view.sentence, view.index
    if not (sentence.spaced and view.is_percent) or not _OF_THEM.match(sentence.text, sentence.start):
        return False
    if not sentence.text[sentence.start : view.mention.start].rstrip().endswith(","):
        return False
    begin, end = sentence.clause_after(index)
    return sentence.unknown(begin, end) > 0 and not phrases(sentence, begin, end)


def is_population(view: View) -> bool:
    """Whether it is the population itself, where that is no indicator: "out of a population of 278,696,200"."""
    sentence, index = view.sentence, view.index
    if not sentence.spaced or view.reading.measure is not Measure.LEVEL or not _counts_heads(view):
        return False
    if "population" not in sentence.cues:
        return False
    words = sentence.words_in(*sentence.clause_before(index))
    last = [word for word in words if word.is_cue("population") or word.of("indicator")][-1:]
    return any(not word.of("indicator") and sentence.unknown(word.end, view.mention.start) == 0 for word in last)


def _counts_heads(view: View) -> bool:
    """Whether the number may count people: it prints no unit, or one of persons; residents who make trips do not."""
    unit = view.mention.unit
    return unit is None or view.catalogue.units[unit].quantity == HOLDERS


def is_left_out(view: View) -> bool:
    """Whether the words right before the number leave it out: "106 million cards, excluding 61.7 million for ..."."""
    begin, end = view.sentence.gap_before(view.index)
    words = view.sentence.cues_in(begin, end, "left_out")
    return bool(words) and not view.sentence.text[words[-1].end : end].strip()


def is_of_strangers(view: View) -> bool:
    """Whether it is a share of those whom no word of the catalogue names: 80%的北京学生, "90 percent of approvals"."""
    sentence, of = view.sentence, share_of(view.sentence, view.index)
    if of is None or view.wholes or subject_before(view) or is_of_population(view):
        return False
    begin, end = of, sentence.clause_after(view.index)[1]
    named = phrases(sentence, begin, end)
    return sentence.unknown(begin, named[0].start if named else end) > 0


def subject_before(view: View) -> bool:
    """Whether words of a share lead up to the number, so that its subject stood before: "which makes 40% of".

    So does a verb without a subject of its own: "it had 962 million users, and reached 91.5% of internet users".
    """
    begin, end = view.sentence.gap_before(view.index)
    verbs = ("level_after",) if view.index else ()
    words = view.sentence.cues_in(begin, end, "share", "anaphora", "pronoun", *verbs)
    return bool(words) and not (view.sentence.spaced and view.sentence.unknown(words[-1].end, end))


def counts_else(view: View) -> bool:
    """Whether an unknown noun stands right behind it, where words are not spaced: 500万入境人员, 96个城市, 14亿人口."""
    sentence, (begin, end) = view.sentence, view.sentence.gap_after(view.index)
    if sentence.spaced or view.mention.unit in RELATIVE:
        return False
    if _UNKNOWN.match(sentence.unexplained(begin, end)) or _counts_people(view):
        return True
    first = next(iter(sentence.words_in(begin, end)), None)
    return first is not None and first.start <= begin and bool(first.of("noun")) and not first.of("indicator")


def _counts_people(view: View) -> bool:
    """Whether the population stands right before it, which no label stands for: 60岁及以上人口2.8亿."""
    if "population" not in view.sentence.cues:
        return False
    ahead = view.sentence.words_in(*view.sentence.clause_before(view.index))
    last = ahead[-1] if ahead else None
    if last is None or not last.is_cue("population") or last.of("indicator"):
        return False
    return view.sentence.unknown(last.end, view.mention.start) == 0


def is_of_answers(view: View) -> bool:
    """Whether it is of those who answer, own or met with something: 因为不懂电脑的占58%, 拥有手机的占97%."""
    sentence = view.sentence
    if sentence.cues.isdisjoint(("answers", "says")):
        return False
    ahead, behind = sentence.clause_before(view.index), sentence.clause_after(view.index)
    if view.mention.unit == "percent" and (sentence.cues_in(*ahead, "answers") or sentence.cues_in(*behind, "answers")):
        return True
    said = sentence.cues_in(*behind, "says")
    of_them = bool(said) and share_of(sentence, view.index) is not None
    return any(of_them or word.start == view.mention.end for word in said)


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
    if view.sentence.spaced and view.reading.share and not claim.members and not view.reading.inserted:
        dimensions = view.catalogue.indicators[claim.indicator].dimensions
        if dimensions and share_of(view.sentence, view.index) is None and not view.wholes:
            return True  # "Of all Internet users, ... accounted for 20%": of a part that the catalogue does not know
    if _is_listed_apart(view):
        return False
    if not claim.members and any(
        _is_any_rate(w, view) for w in view.sentence.words_in(*view.sentence.gap_before(view.index))
    ):
        return True
    if is_of_population(view):
        return True
    if not whole or view.sentence.named_in(*view.sentence.gap_after(view.index), "area"):
        return False
    return set(claim.members) <= set(members_of(view.wholes, view).items())


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


def is_estranged(phrase: Phrase, indicator: Indicator, sense: Sense) -> bool:
    """Whether a member right before the label is none of its indicator's: "mobile phone penetration rate"."""
    compared = (indicator.difference.dimension,) if indicator.difference else ()  # 与城镇的差距
    allowed = (*indicator.dimensions, *sense.requires, *compared)
    for token in phrase.tokens:
        if token.of("area"):
            continue  # where it holds: "UK unemployment", in a catalogue in which countries are partners of trade
        if phrase.head and 0 <= phrase.head.start - token.end <= 1:
            for other in token.of("member"):
                if other.members[0][0] not in allowed:
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


def part_before_rate(phrase: Phrase, view: View) -> Phrase | None:
    """Return what stands before a word for any rate, which is how much of the whole it is: 千兆用户渗透率."""
    head = phrase.head
    tokens = tuple(token for token in phrase.tokens if token is not head)
    if view.sentence.spaced or not (view.reading.share and tokens and head and _is_any_rate(head, view)):
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


def _is_any_rate(label: Token, view: View) -> bool:
    """Whether the label is a word for the rate of anything, and for a share: 渗透率."""
    return label.is_cue("share") and any(sense.generic for sense in label.of("indicator"))


def is_denied(view: View) -> bool:
    """Whether the words behind the number say that it is of those who do not: "3.1 billion people do not use it"."""
    words = view.sentence.cues_in(*view.sentence.clause_after(view.index), "negation")
    # A single 不 or 无 may belong to any longer word.
    return any(word.end - word.start > 1 for word in words)


def does_something(view: View) -> bool:
    """Whether a percentage has an unknown word right behind it, a verb of its own: "88.9 percent named studying"."""
    sentence = view.sentence
    if not (sentence.spaced and view.is_percent):
        return False
    begin, end = sentence.clause_after(view.index)
    if relative := _RELATIVE.match(sentence.text, begin, end):
        return sentence.unknown(relative.end(), end) > 0
    return _WORD.match(sentence.unexplained(begin, end)) is not None


def has_subject(view: View) -> bool:
    """Whether an unknown word makes a subject of its own of what is counted: "broadband subscribers grew 0.8%"."""
    sentence = view.sentence
    if not sentence.spaced:
        return False
    begin, end = sentence.gap_before(view.index)
    rest = sentence.unexplained(begin, end)
    verbs = [word for word in sentence.cues_in(begin, end, "up", "down") if not word.is_cue("before_only")]
    alone = view.index == 0 and not phrases(sentence, begin, end)
    if alone and any(re.search(r"[A-Za-z]\s$", rest[: verb.start - begin]) for verb in verbs[:1]):
        return True  # "Permits dropped by 27%"
    if view.index == 0 and opens_with_stranger(sentence):
        return True
    nouns = [word for word in sentence.named_in(begin, end, "noun") if not word.of("indicator")]
    return any(re.search(r"[A-Za-z]\s$", rest[max(0, noun.start - begin - 2) : noun.start - begin]) for noun in nouns)


def opens_with_stranger(sentence: Sentence) -> bool:
    """Return whether the clause of the first number has a subject that nothing knows: "New orders were down 3%"."""
    return sentence.spaced and _OPENS.search(sentence.unexplained(*sentence.clause_before(0))) is not None


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


def has_other_label(view: View, claim: Claim) -> bool:
    """Whether a label of something else stands since the number before, or behind it: the talk is of that."""
    sentence = view.sentence
    allowed = view.catalogue.indicators[claim.indicator].dimensions
    behind = phrases(sentence, *sentence.clause_after(view.index)) if view.is_percent else []
    for phrase in (*phrases(sentence, *sentence.gap_before(view.index)), *behind):
        if view.wholes.intersection(phrase.tokens) or sentence.spaced:
            continue
        if phrase.head is None:
            if phrase.members() and not any(dimension in allowed for dimension in phrase.members()):
                return True  # 千兆城市达到207个
            continue
        same = _is_any_rate(phrase.head, view) or any(
            sense.id == claim.indicator for sense in phrase.head.of("indicator")
        )
        if not same and not any(dimension in allowed for dimension in phrase.members()):
            return True
    return False


def has_strangers(sentence: Sentence, index: int) -> bool:
    """Return whether unknown words stand before the number, which may be its subject."""
    return sentence.unknown(*sentence.gap_before(index)) > most(sentence, STRANGERS)


def strangers(view: View) -> int:
    """Return how many unknown words stand before the number, those of the whole of a share left out."""
    sentence = view.sentence
    begin, end = sentence.gap_before(view.index)
    if view.reading.share and not sentence.spaced:
        shares = [word.start for word in sentence.cues_in(begin, end, "share")]
        end = min([*shares, end])
        within = _WITHIN.search(sentence.text, begin, end)
        end = within.start() if within else end
    return sentence.unknown(begin, end)


def is_other_quantity(view: View) -> bool:
    """Whether a word makes something else of the label: 每万人拥有5G基站数, monthly active users, average revenue."""
    if "other_quantity" not in view.sentence.cues:
        return False
    begin, end = view.sentence.clause_before(view.index)
    stop = view.sentence.gap_after(view.index)[1] if view.sentence.spaced else view.mention.end
    ahead = bool(view.sentence.cues_in(begin, end, "other_quantity"))
    behind = view.sentence.cues_in(view.mention.end, stop, "other_quantity")
    behind_it = any(not view.sentence.broken(view.mention.end, word.start) for word in behind)
    if not view.sentence.spaced and view.mention.unit == "percent":
        asked = view.sentence.cues_in(view.sentence.gap_before(view.index)[0], end, "other_quantity")
        ahead = ahead or any(_AMONG.match(view.sentence.text, word.end) for word in asked)
    if not (ahead or behind_it):
        return False
    named = phrases(view.sentence, begin, end)
    own = [token for phrase in named for token in phrase.tokens if token.of("indicator")]
    return all(view.catalogue.indicators[s.id].additive for token in own for s in token.of("indicator"))


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


def is_modified(phrase: Phrase, view: View) -> bool:
    """Whether unknown words make something narrower of it: "users who were cheated", 遭遇诈骗的网民."""
    sentence = view.sentence
    if sentence.spaced:
        if _narrows_another(phrase, view):
            return True
        if aside_before(sentence, *sentence.gap_before(view.index)):
            return False
        relative = _RELATIVE.match(sentence.text, phrase.end, view.mention.start)
        return relative is not None and sentence.unknown(relative.end(), view.mention.start) > 0
    begin = max(sentence.clause_before(view.index)[0], phrase.start - 40)
    if _UNKNOWN.fullmatch(sentence.unexplained(begin, phrase.start)[-STUCK:]) or _is_of_noun(phrase, view):
        return True
    if not sentence.text.endswith("的", begin, phrase.start):
        return False
    done = [other for other in phrases(sentence, begin, phrase.start) if other.head is None and other.members()]
    return bool(done and view.reading.share) or sentence.unknown(begin, phrase.start) >= RELATIVE_CHARACTERS
