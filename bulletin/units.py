"""Reading units: the words right behind a number, or the sign before it."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from bulletin.numbers import gap_before_word, scale_of
from bulletin.words import trie_pattern, word_key
from schemas.catalogue import Catalogue
from schemas.catalogue.model import UnitWord

_IN_UNITS = re.compile(r"^.{0,40}?\bunits?\s+of\s+", re.IGNORECASE)
"""What leads up to a unit in a caption: "users in units of 10,000"."""


class FoundUnit(NamedTuple):
    """A unit in a text: its id, how many base units one is, and where its words stand."""

    unit: str
    factor: Decimal
    start: int
    end: int
    generic: bool = False
    """Whether the word stands for any countable thing."""
    scale: Decimal = Decimal(1)
    """The part of the factor that a header's scale words make: 10,000 of 万人."""


@lru_cache(maxsize=16)
def _words(catalogue: Catalogue, language: str) -> tuple[re.Pattern[str], Mapping[str, tuple[str, UnitWord]]]:
    meanings: dict[str, tuple[str, UnitWord]] = {}
    for unit in catalogue.units.values():
        for word in unit.words.get(language, ()):
            meanings[word_key(word.text)] = (unit.id, word)
    pattern = trie_pattern(meanings, plural=False)
    gap = gap_before_word(catalogue.languages[language])
    # A word in Latin letters ends where they end: 2.4GHz are no GB, 个 ends anywhere, as in 万个5G基站.
    after = r"(?![A-Za-z])" if catalogue.languages[language].boundaries else r"(?!(?<=[A-Za-z])[A-Za-z])"
    after += r"(?!(?<=\d)\d)(?!(?<=%)[0-9A-F]{2})"  # %E4 is a byte of an address
    return re.compile(rf"{gap}(?P<word>{pattern}){after}", re.IGNORECASE), meanings


def unit_after(text: str, at: int, catalogue: Catalogue, language: str) -> FoundUnit | None:
    """Return the unit whose words stand right behind position `at`, the longest that fits; None where there is none."""
    pattern, meanings = _words(catalogue, language)
    match = pattern.match(text, at)
    if not match:
        return None
    unit, word = meanings[word_key(match["word"])]
    return FoundUnit(unit, word.factor, match.start("word"), match.end(), word.generic)


@lru_cache(maxsize=16)
def _signs(catalogue: Catalogue) -> tuple[re.Pattern[str], Mapping[str, str]]:
    units = {sign: unit.id for unit in catalogue.units.values() for sign in unit.signs}
    longest = sorted(units, key=len, reverse=True)
    # The $ of another currency (A$) is none of the dollar's.
    return re.compile(rf"(?<![A-Za-z])({'|'.join(map(re.escape, longest))})\s?$"), units


def sign_before(text: str, at: int, catalogue: Catalogue) -> FoundUnit | None:
    """Return the unit whose sign stands right before position `at`; None where there is none.

    >>> from schemas.catalogue import load_catalogue
    >>> sign_before("about $3.5 trillion", 7, load_catalogue()).unit
    'usd'
    """
    pattern, units = _signs(catalogue)
    match = pattern.search(text, max(0, at - 8), at)
    return FoundUnit(units[match[1]], Decimal(1), match.start(), match.end()) if match else None


def unit_named(text: str, catalogue: Catalogue, language: str) -> FoundUnit | None:
    """Return the unit that a header or caption names as a whole: `万人`, `亿元`, `%`, `million`, `10,000 persons`.

    The factor holds the scale: 万人 is 10,000 persons. A scale alone gives an empty unit id.
    """
    body = _IN_UNITS.sub("", text.strip().strip("()（）[]【】").strip())
    pattern, meanings = _words(catalogue, language)
    factor, rest = scale_of(body, catalogue.languages[language])
    if pattern.fullmatch(body):
        factor, rest = Decimal(1), body  # 百分点 are no hundred 分点
    match = pattern.fullmatch(rest)
    if match:
        unit, word = meanings[word_key(match["word"])]
        return FoundUnit(unit, factor * word.factor, 0, len(text), word.generic, factor)
    if factor != 1 and (not rest or _is_noun(rest, catalogue, language)):
        return FoundUnit("", factor, 0, len(text), scale=factor)
    return None


def _is_noun(word: str, catalogue: Catalogue, language: str) -> bool:
    """Whether it names what is counted without being a unit: the users of "million users"."""
    key = word_key(word)
    return any(word_key(noun) == key for unit in catalogue.units.values() for noun in unit.nouns.get(language, ()))
