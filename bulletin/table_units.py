"""Units in the words of a table: in parentheses, behind a comma, in a unit line, or as a header of their own."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bulletin.cells import table_words
from bulletin.units import FoundUnit, unit_named
from schemas.catalogue import Catalogue, Language
from schemas.catalogue.model import RATE_UNITS

_PARENTHESES = re.compile(r"[(（【\[]([^()（）【】\[\]]{1,60})[)）】\]]")
_LISTED = re.compile(r"[、;；，]|,(?!\d)|/|\s(?:and|or)\s|[和及或与]")
_TAIL = re.compile(r"(?:[，,:：;；]\s+|[，:：；])(?=[^，,:：;；]+$)")
_SIGN_BEHIND = re.compile(r"(?<=[^\d\s])\s*(%|‰)$")
_LED = re.compile(r"^(?:in|as|unit)\s+(?:an?\s+)?", re.IGNORECASE)


@lru_cache(maxsize=8192)
def split_units(text: str, catalogue: Catalogue, language: Language) -> tuple[tuple[FoundUnit, ...], str]:
    """Return the units that a header, line or caption names, and its words without them.

    Several units, 单位：万人、%, leave it open which one is meant.
    """
    line = re.compile(rf"[(（]?\s*{table_words(language, 'unit').pattern}\s*[:：]\s*([^)）]+)[)）]?", re.IGNORECASE)
    if (found := line.search(text)) and (units := _listed(found[1], catalogue, language)):
        return units, f"{text[: found.start()]} {text[found.end() :]}".strip()
    units, rest = (), text
    for inside in _PARENTHESES.finditer(text):
        if named := _listed(inside[1], catalogue, language):
            units += named
            rest = rest.replace(inside[0], " ", 1)
    if units:
        return units, rest.strip()
    for tail in (_TAIL.search(text), _SIGN_BEHIND.search(text)):
        if tail and (named := _listed(text[tail.start() :].lstrip(" ，,:：;；"), catalogue, language)):
            return named, text[: tail.start()].strip()
    named = _listed(text, catalogue, language)
    # A word such as "households" may be what is counted as well.
    plainly = all(unit.scale != 1 or not unit.unit or catalogue.units[unit.unit].printed for unit in named)
    return named, "" if named and plainly else text


def _listed(text: str, catalogue: Catalogue, language: Language) -> tuple[FoundUnit, ...]:
    """Return the units that the words name, all of which must be units; nothing where one is none."""
    pieces = [piece for piece in _LISTED.split(text) if piece.strip()]
    units = tuple(unit for piece in pieces if (unit := _named(piece, catalogue, language)))
    if len(units) == len(pieces) > 1:  # "million, %" are two units, and no millions of percent
        return units
    whole = _named(text, catalogue, language)
    return (whole,) if whole else ()


def _named(text: str, catalogue: Catalogue, language: Language) -> FoundUnit | None:
    words = text.strip()
    found = unit_named(words, catalogue, language.id) or unit_named(_LED.sub("", words), catalogue, language.id)
    return None if found and found.unit in RATE_UNITS and found.scale != 1 else found


def unit_groups(
    texts: Iterator[str] | tuple[str, ...], catalogue: Catalogue, language: Language
) -> Iterator[tuple[FoundUnit, ...]]:
    """Yield the units of each of the texts that names any, in order."""
    for text in texts:
        if text and (units := split_units(text, catalogue, language)[0]):
            yield units
