"""What a header, a line or the caption of a table says: when, where, of whom, what is counted, and what is unknown."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bulletin.cells import table_words
from bulletin.header_periods import header_periods
from bulletin.model import FoundPeriod, Members, Token
from bulletin.scan import blanked, linking_words
from bulletin.table_units import split_units
from bulletin.vocabulary import tokens
from bulletin.words import lowered
from schemas.catalogue import Catalogue, Language

_ARTICLE = re.compile(r"\s+the$", re.IGNORECASE)
_ENUMERATED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|[(（][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[.、)]\s?)\s*"
)
_WORD = re.compile(r"[^\W\d_]+|\d+")
DOUBTFUL = ("other_quantity", "negation", "population")
"""Cues that make something else of a label."""
MEASURES = ("up", "down", "change_noun", "year_on_year", "month_on_month", "added", "share")
"""Cues that count though they are part of a word of tables: 年增长率."""
SAYING_NOTHING = ("'s", "s", "’s")


@dataclass(frozen=True, slots=True)
class Header:
    """The text of a header, read."""

    text: str
    words: tuple[Token, ...]
    periods: tuple[FoundPeriod, ...]
    """Those that it names, but for one that it compares with."""
    base: FoundPeriod | None
    """The one that it compares with: "Change from 2023", 比上年末净增."""
    members: tuple[Members, ...]
    """Each member that it names, with those that its wording implies."""
    areas: frozenset[str]
    unknown: str
    """The words that nothing explains, which may narrow what is counted."""
    total: bool
    """Whether it says that all is meant, and `country`, that the whole country is."""
    country: bool
    difference: bool
    bare: str = ""
    """Its text without units, in which its words stand."""
    to_date: bool = False
    """Whether it says that its months are added up since January: 本年累计, year to date."""
    doubtful: bool = False
    """Whether it may be about another quantity than its label says: planned, per capita, not."""

    def is_cue(self, *names: str) -> bool:
        """Return whether one of its words is one of those cues."""
        return any(word.is_cue(*names) for word in self.words)

    def named(self) -> dict[str, set[str]]:
        """Return the members that it names, by dimension."""
        found: dict[str, set[str]] = {}
        for members in self.members:
            for dimension, member in members:
                found.setdefault(dimension, set()).add(member)
        return found

    @property
    def narrows(self) -> bool:
        """Whether it names members, by words of their own or within a label."""
        return bool(self.members) or any(sense.members for word in self.words for sense in word.of("indicator"))

    @property
    def names_indicator(self) -> bool:
        """Whether a word of it names an indicator."""
        return any(word.of("indicator") for word in self.words)


@lru_cache(maxsize=8192)
def read_header(text: str, catalogue: Catalogue, language: Language) -> Header:
    """Return what the text of a header says."""
    units, bare = split_units(text, catalogue, language)
    bare = _ENUMERATED.sub("", bare)
    words = tuple(tokens(lowered(bare), catalogue, language, 0, len(bare)))
    named = [(w.start, w.end) for w in words if w.of("indicator") or w.of("member") or w.of("area")]
    unnamed = _without(bare, named)
    covers = [match.span() for match in table_words(language, "plain", "difference", "to_date").finditer(unnamed)]
    words = tuple(word for word in words if not _is_covered(word.start, word.end, covers) or word.is_cue(*MEASURES))
    periods = tuple(p for p in header_periods(bare, language) if p.value or not _is_covered(p.start, p.end, covers))
    base = next((period for period in periods if _is_base(bare, period, language)), None)
    total, country, difference = (
        table_words(language, kind).search(unnamed) is not None for kind in ("total", "country", "difference")
    )
    return Header(
        text,
        words,
        tuple(period for period in periods if period is not base),
        base,
        tuple(sense.members for word in words for sense in word.of("member")),
        frozenset(sense.id for word in words for sense in word.of("area")),
        _unknown(bare, words, periods, language) if bare or not units else "",
        total,
        country,
        difference,
        bare=bare,
        to_date=table_words(language, "to_date").search(unnamed) is not None,
        doubtful=any(word.is_cue("other_quantity", "negation") and not word.of("indicator") for word in words),
    )


def _is_covered(start: int, end: int, covers: list[tuple[int, int]]) -> bool:
    """Whether it is part of a word of tables: the 上年 and the 不 of 按上年不变价."""
    return any(begin <= start and end <= stop for begin, stop in covers)


def _is_base(text: str, period: FoundPeriod, language: Language) -> bool:
    ahead = _ARTICLE.sub("", text[: period.start].rstrip()).casefold()
    return any(ahead.endswith(word.casefold()) for word in language.cues["base"])


def _unknown(text: str, words: tuple[Token, ...], periods: tuple[FoundPeriod, ...], language: Language) -> str:
    """Return the words of the text that say something of which nothing is known; all of them where nothing is."""
    known = [(word.start, word.end) for word in words if _is_explained(word)]
    spans = [*known, *((period.start, period.end) for period in periods)]
    named = [(word.start, word.end) for word in words if word.of("indicator") or word.of("member") or word.of("area")]
    for match in table_words(language, "total", "country", "plain", "difference", "to_date").finditer(
        _without(text, named)
    ):
        spans.append(match.span())
    left = _without(text, spans)
    if residual := table_words(language, "residual").search(_without(text, named)):
        return residual[0]
    linking = [word.span() for word in linking_words(language).finditer(lowered(left))]
    found = _WORD.findall(blanked(left, linking))
    unknown = [word for word in found if word not in SAYING_NOTHING]
    return " ".join(unknown) if unknown or spans else text.strip()


def _is_explained(word: Token) -> bool:
    if word.of("indicator") or word.of("member") or word.of("area"):
        return True
    return bool(word.senses.cues) and not word.is_cue(*DOUBTFUL)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """Return the text with a bar in the place of each character of the spans."""
    taken = {at for start, end in spans for at in range(start, end)}
    return "".join("|" if at in taken else character for at, character in enumerate(text))
