"""Short names: what was spoken of before, called by the last word of its label: "the surplus", "prices there"."""

import re
from functools import lru_cache

from bulletin.claim import STRANGERS, Claim, View, most
from bulletin.members import renewed
from bulletin.phrases import phrases
from bulletin.scan import Sentence
from bulletin.words import word_key
from schemas.catalogue import Catalogue, Language

_WORD = re.compile(r"(?<![A-Za-z'-])[A-Za-z]{3,}(?![A-Za-z'-]|\s+of\b)")
_DEFINITE = re.compile(
    r"(?:^\s*|[,;:(]\s*|\b(?:the|its|their|that|this|those|these|whose)\s+(?:[a-z]+\s+)?|\b(?:and|but|while|where|when|as)\s+)$",
    re.IGNORECASE,
)
"""What stands before a name that takes up what was told."""
_PLAIN = re.compile(r"(?:^|,)\s*$")
"""What stands before one that may as well open another subject: "Subscriptions hit 53 million"."""
_BEFORE = re.compile(r"[A-Za-z][A-Za-z'-]*(?=\s+$)")


def called_short(view: View) -> Claim | None:
    """Return what was told before in the text, where the clause of the number calls it by the last word of its label.

    A word that an unknown one narrows is no such name: after "house prices", "petrol prices" are others.
    """
    sentence, told = view.sentence, view.memory.told
    if not (sentence.spaced and told) or view.reading.share:
        return None
    begin, end = sentence.clause_before(view.index)
    for word in reversed(list(_WORD.finditer(sentence.text, begin, end))):
        if sentence.unknown(word.end(), end) > most(sentence, STRANGERS) or _is_narrowed(sentence, begin, word.start()):
            continue
        if any(phrase.head for phrase in phrases(sentence, word.end(), end)):
            return None
        claim = _last_of(word_key(word[0]), view)
        if claim and not (_PLAIN.search(sentence.text[sentence.start : word.start()]) and _is_of_else(claim, view)):
            return claim
    return None


def _is_narrowed(sentence: Sentence, begin: int, end: int) -> bool:
    """Whether an unknown word, or a label, stands right before the position, or nothing that takes up what was told."""
    before = _BEFORE.search(sentence.text, begin, end)
    dated = any(begin <= period.end == end - 1 for period in sentence.periods)
    if not (dated or _DEFINITE.search(sentence.text[begin:end])):
        return True
    if before is None:
        return False
    word = sentence.word_at(before.start())
    return sentence.unknown(before.start(), end) > 0 or bool(word and word.of("indicator"))


def _is_of_else(claim: Claim, view: View) -> bool:
    """Whether the text went on to speak of something else since."""
    spoken, mentioned = view.memory.claim, view.memory.mentioned
    return any(other is not None and other.indicator != claim.indicator for other in (spoken, mentioned))


def _last_of(name: str, view: View) -> Claim | None:
    """Return what was told last of those that the word is a short name of, with the members named since."""
    for indicator in reversed(view.memory.told):
        if name not in _short_names(indicator, view.catalogue, view.sentence.language):
            continue
        spoken = view.memory.told[indicator]
        if not view.fits(indicator) or _may_be_of(view, spoken):
            return None
        claim = Claim(indicator, renewed(view, spoken))
        return claim if view.catalogue.indicators[indicator].takes(dict(claim.members)) else None
    return None


def _may_be_of(view: View, spoken: Claim) -> bool:
    """Whether the members of what was spoken of last may be meant as well: after electric cars made, "the sales"."""
    last = view.memory.claim
    if last is None or last.indicator == spoken.indicator:
        return False
    allowed = view.catalogue.indicators[spoken.indicator].dimensions
    return bool({member for member in last.members if member[0] in allowed} - set(spoken.members))


@lru_cache(maxsize=1024)
def _short_names(indicator: str, catalogue: Catalogue, language: Language) -> frozenset[str]:
    """Return the last words of the indicator's labels, in both numbers, but for those that say nothing of it."""
    labels = [word_key(label.text) for label in catalogue.indicators[indicator].labels.get(language.id, ())]
    last = {label.rpartition(" ")[2] for label in labels if " " in label and " of " not in label}
    nouns = {word_key(noun) for unit in catalogue.units.values() for noun in unit.nouns.get(language.id, ())}
    plain = {word for word in last if word not in nouns and word not in language.linking and word not in labels}
    return frozenset({word.removesuffix("s") for word in plain} | plain | {word + "s" for word in plain})
