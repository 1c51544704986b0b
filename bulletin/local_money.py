"""Money of the place: 元 in a text of Hong Kong or Taiwan are dollars of theirs."""

import re
from dataclasses import replace

from bulletin.model import Document, Mention
from bulletin.scan import Sentence
from schemas.catalogue import Catalogue

YUAN = "元"
_MONEY = re.compile("[元圆币]")
TRADITIONAL = 0.05
"""Part of the characters of a text that are traditional ones where it is written in them."""


def is_traditional(document: Document, text: str) -> bool:
    """Return whether the document is written in traditional characters; `text` is the same in simplified ones."""
    written = [(one, other) for one, other in zip(document.text, text, strict=False) if other > "\u4e00"]
    return sum(one != other for one, other in written) > TRADITIONAL * len(written)


def in_local_money(sentence: Sentence, area: str, catalogue: Catalogue) -> Sentence:
    """Return the sentence, sums in 元 in the money of the area, where that is called so too (港元, 新台币)."""
    own = [
        unit.id
        for unit in catalogue.units.values()
        if unit.area == area and any(_MONEY.search(word.text) for word in unit.words.get(sentence.language.id, ()))
    ]
    if not own or not any(mention.unit and catalogue.units[mention.unit].area for mention in sentence.mentions):
        return sentence
    mentions = tuple(_in(mention, own[0], catalogue) for mention in sentence.mentions)
    return replace(sentence, mentions=mentions)


def _in(mention: Mention, unit: str, catalogue: Catalogue) -> Mention:
    printed = mention.quote[mention.number_end - mention.start :].strip()
    return replace(mention, unit=unit) if printed == YUAN and mention.unit in catalogue.units else mention
