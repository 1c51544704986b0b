"""Money as a text's own country writes it: 元 in a text of Hong Kong, and $ in one of Australia, are its dollars."""

from collections.abc import Callable
from dataclasses import replace

from bulletin.model import Mention
from bulletin.scan import Sentence
from schemas.catalogue import Catalogue, Language

FOREIGN = ("人民", "US", "U.S.")
"""What says right before a word, or the number, that the money is of another country all the same."""
REACH = 4


def local_money(area: str, text: str, catalogue: Catalogue, language: Language) -> Callable[[Mention], Mention] | None:
    """Return what puts a number's plain money into the currency of the area; None where the area has no such words."""
    words = [word for word, areas in language.local_money.items() if area in areas]
    currency = next((unit.id for unit in catalogue.units.values() if unit.area == area), None)
    if not (words and currency):
        return None
    owners = {word: _owner(word, catalogue, language) for word in words}

    def local(mention: Mention) -> Mention:
        plain = any(mention.unit == owner and _is_written(word, mention, text) for word, owner in owners.items())
        return replace(mention, unit=currency) if plain and mention.unit else mention

    return local


def with_mentions(sentence: Sentence, local: Callable[[Mention], Mention]) -> Sentence:
    """Return the sentence with its numbers in the currency of the area."""
    mentions = tuple(local(mention) for mention in sentence.mentions)
    return sentence if mentions == sentence.mentions else replace(sentence, mentions=mentions)


def _owner(word: str, catalogue: Catalogue, language: Language) -> str | None:
    """Return the unit that the word means anywhere else."""
    for unit in catalogue.units.values():
        if word in unit.signs or any(word == other.text for other in unit.words.get(language.id, ())):
            return unit.id
    return None


def _is_written(word: str, mention: Mention, text: str) -> bool:
    """Whether the number's unit is written with nothing but that word."""
    ahead = "" if mention.in_table else text[max(0, mention.start - REACH) : mention.start]
    if mention.quote.startswith(word):
        return True
    left = mention.quote.removesuffix(word).rstrip()
    return left != mention.quote and not (left.endswith(FOREIGN) or FOREIGN[0] in ahead)
