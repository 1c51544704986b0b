"""Labels whose words stand apart, in another order or as a verb: "handled 3 million passengers", "coal was mined".

The words of a label, each by the group of words that say the same in the language (`same_words`), must all stand in the
clause of the number, which has the unit of the indicator.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from bulletin.claim import FOREIGN, Claim, View, is_small, most, same_quantity
from bulletin.phrases import narrowed, phrases
from bulletin.scan import NAME, Sentence
from bulletin.words import word_key
from schemas.catalogue import Catalogue, Language
from schemas.concepts import Measure

_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")
_FROM = re.compile(r"\s+from\s+(?:the\s+)?(?=[A-Za-z])")
_ASIDE = re.compile(r"\([^()]*\)")


def loose_label(view: View) -> Claim | None:
    """Return the only indicator of which all words of a label stand in the number's clause; None where two fit."""
    sentence = view.sentence
    if not sentence.spaced or view.is_percent or is_small(view.mention):
        return None
    if view.mention.unit in ("percentage_point", "times"):
        return None
    begin, end = _clause(view)
    if sentence.cues_in(begin, end, "negation") or _is_from_else(view):
        return None
    groups = _groups_of(sentence.language)
    here = {groups.get(word.lower(), _stem(word.lower())) for word in _WORD.findall(sentence.text, begin, end)}
    found: dict[str, int] = {}
    for indicator, words, verbal in _labels(view.catalogue, sentence.language):
        if words <= here and view.fits(indicator) and _is_enough(words, indicator, view, verbal=verbal):
            found[indicator] = max(found.get(indicator, 0), len(words))
    best = [indicator for indicator, count in found.items() if count == max(found.values())]
    if len(best) != 1 or _has_others(sentence, begin, end, view):
        return None
    return _narrowed(best[0], begin, end, view)


def _is_from_else(view: View) -> bool:
    """Whether it comes from what is no place or member, and so is a part of it only: "a revenue of 2 million from"."""
    source = _FROM.match(view.sentence.text, view.mention.end)
    word = view.sentence.word_at(source.end()) if source else None
    return source is not None and not (word and (word.of("member") or word.of("area")))


def _clause(view: View) -> tuple[int, int]:
    """Return where the clause of the number begins and ends, the number inside."""
    return view.sentence.clause_before(view.index)[0], view.sentence.clause_after(view.index)[1]


def _is_enough(words: frozenset[str], indicator: str, view: View, *, verbal: bool) -> bool:
    """Whether the words say enough: two of them, or one as a verb beside a number in the very unit."""
    unit, own = view.mention.unit, view.catalogue.indicators[indicator].unit
    if view.reading.measure is Measure.GROWTH_RATE:
        return len(words) > 1 and verbal
    if len(words) < 2 and not verbal:
        return False
    if unit is not None:
        return unit == own or same_quantity(unit, own, view.catalogue)
    nouns = view.sentence.named_in(view.mention.end, _clause(view)[1], "noun")
    return len(words) > 1 or any(noun.id == own for word in nouns for noun in word.of("noun"))


def _has_others(sentence: Sentence, begin: int, end: int, view: View) -> bool:
    """Whether words that nothing knows, a name among them, may be the subject; what parentheses hold is none."""
    known = _groups_of(sentence.language)
    aside = _ASIDE.search(sentence.text, begin, end)
    taken = [(view.mention.start, view.mention.end), aside.span() if aside else (end, end)]
    strange = 0
    for word in _WORD.finditer(sentence.text, begin, end):
        inside = any(first <= word.start() < last for first, last in taken)
        if inside or word[0].lower() in known or not sentence.unknown(word.start(), word.end()):
            continue
        opens = word.start() == sentence.start and word[0].endswith("s")
        strange += NAME if word[0][0].isupper() and not opens else 1
    return strange >= most(sentence, FOREIGN)


def _narrowed(indicator: str, begin: int, end: int, view: View) -> Claim | None:
    """Return the claim with the members that its clause names."""
    entry = view.catalogue.indicators[indicator]
    members: dict[str, str] = {}
    for phrase in phrases(view.sentence, begin, end):
        members |= phrase.members()
    claim = Claim(indicator, narrowed(members, entry.dimensions))
    complete = set(entry.requires) <= set(dict(claim.members)) and entry.takes(dict(claim.members))
    return claim if complete else None


@lru_cache(maxsize=16)
def _labels(catalogue: Catalogue, language: Language) -> tuple[tuple[str, frozenset[str], bool], ...]:
    """Return each label's indicator, its words by their groups, and whether one of them is a word for an action."""
    return tuple(_each_label(catalogue, language))


def _each_label(catalogue: Catalogue, language: Language) -> Iterator[tuple[str, frozenset[str], bool]]:
    groups = _groups_of(language)
    for indicator in catalogue.indicators.values():
        for label in indicator.labels.get(language.id, ()):
            if label.members or label.requires or label.generic:
                continue
            plain = [word for word in _WORD.findall(word_key(label.text)) if word not in language.fillers]
            words = frozenset(groups.get(word, _stem(word)) for word in plain)
            if words:
                yield indicator.id, words, any(word in groups for word in plain)


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=16)
def _groups_of(language: Language) -> Mapping[str, str]:
    """Return for each word of the language's groups the first of its group."""
    return {word: group[0] for group in language.same_words for word in group}
