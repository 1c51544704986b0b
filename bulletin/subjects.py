"""Whether a number has a subject of its own, of which what was spoken of before says nothing."""

import re

from bulletin.claim import RELATIVE, STRANGERS, Claim, View, most
from bulletin.phrases import phrases
from bulletin.scan import Sentence
from bulletin.share_doubts import is_any_rate
from schemas.concepts import Measure

HOLDERS = "holders"
_WITHIN = re.compile(r"在[^,，。;；]{2,20}[中里]\s*$")
_WORD = re.compile(r"\s[a-z]")
_OPENS = re.compile(r"^\s*[A-Za-z]{3,}s\b")
"""An unknown word in the plural that stands first among the unknown ones: a subject of its own."""
_STRANGE_NOUN = re.compile(r"(?<!['’])[A-Za-z]\s$")
"""What makes a noun that of something unknown, but not of the one who has it: "the world's population"."""
_RELATIVE = re.compile(r"\s*(?:,\s*)?(?:who|whom|whose|that|which)\b", re.IGNORECASE)


def subject_before(view: View) -> bool:
    """Whether words of a share lead up to the number, so that its subject stood before: "which makes 40% of".

    So does a verb without a subject of its own: "it had 962 million users, and reached 91.5% of internet users".
    """
    begin, end = view.sentence.gap_before(view.index)
    verbs = ("level_after",) if view.index else ()
    words = view.sentence.cues_in(begin, end, "share", "anaphora", "pronoun", *verbs)
    return bool(words) and not (view.sentence.spaced and view.sentence.unknown(words[-1].end, end))


def is_denied(view: View) -> bool:
    """Whether the words behind the number say that it is of those who do not: "3.1 billion people do not use it"."""
    words = view.sentence.cues_in(*view.sentence.clause_after(view.index), "negation")
    # A single 不 or 无 may belong to any longer word.
    return any(word.end - word.start > 1 for word in words)


def does_something(view: View) -> bool:
    """Whether a percentage has an unknown word right behind it, a verb of its own: "88.9 percent named studying"."""
    sentence = view.sentence
    counts = view.mention.unit not in RELATIVE and view.reading.measure is Measure.LEVEL and counts_heads(view)
    if not (sentence.spaced and (view.is_percent or counts)):
        return False
    begin, end = sentence.clause_after(view.index)
    if counts:  # "30 million people hailed a taxi": of those who do what is not told of
        return _WORD.match(sentence.unexplained(begin, end)) is not None
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
    return any(_STRANGE_NOUN.search(rest[max(0, noun.start - begin - 3) : noun.start - begin]) for noun in nouns)


def opens_with_stranger(sentence: Sentence) -> bool:
    """Return whether the clause of the first number has a subject that nothing knows: "New orders were down 3%"."""
    return sentence.spaced and _OPENS.search(sentence.unexplained(*sentence.clause_before(0))) is not None


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
        same = is_any_rate(phrase.head, view) or any(
            sense.id == claim.indicator for sense in phrase.head.of("indicator")
        )
        if not same and not any(dimension in allowed for dimension in phrase.members()):
            return True
    return False


def has_strangers(sentence: Sentence, index: int) -> bool:
    """Return whether unknown words stand before the number, which may be its subject."""
    return sentence.unknown(*sentence.gap_before(index)) > most(sentence, STRANGERS)


def is_told_of_part(sentence: Sentence, index: int) -> bool:
    """Return whether members right behind 其中 are the subject of the number, whatever is said of them between."""
    begin, end = sentence.gap_before(index)
    opening = sentence.words_in(begin, end)[:2]
    return (
        len(opening) > 1
        and opening[0].is_cue("anaphora")
        and bool(opening[1].of("member"))
        and opening[1].start - opening[0].end <= 1
        and not opening[1].of("indicator")
    )


def strangers(view: View) -> int:
    """Return how many unknown words stand before the number, those of the whole of a share left out."""
    sentence = view.sentence
    begin, end = sentence.gap_before(view.index)
    if not sentence.spaced and is_told_of_part(sentence, view.index):
        begin = sentence.clause_before(view.index)[0]  # 其中蔬菜因台风供应短缺，大涨27%
    if view.reading.share and not sentence.spaced:
        shares = [word.start for word in sentence.cues_in(begin, end, "share")]
        end = min([*shares, end])
        within = _WITHIN.search(sentence.text, begin, end)
        end = within.start() if within else end
    return sentence.unknown(begin, end)


def counts_heads(view: View) -> bool:
    """Whether the number may count people: it prints no unit, or one of persons; residents who make trips do not."""
    unit = view.mention.unit
    return unit is None or view.catalogue.units[unit].quantity == HOLDERS
