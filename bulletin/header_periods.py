"""Periods as the headers of tables print them: 2021-12, 2021.12, 2022Q1, Jun-21, and June under a year."""

import re
from functools import lru_cache

from bulletin.model import FoundPeriod
from bulletin.periods import find_periods, with_year
from bulletin.words import trie_pattern, word_key
from schemas.catalogue import Language

_ISO = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:"
    r"[-./年]?\s?(?P<part>[Qq][1-4]|[Hh][12])|-?M(?P<coded>0[1-9]|1[0-2])"
    # Without a sign between them the month has two digits: 202112; 20567 is a number.
    r"|[-./年](?P<month>0?[1-9]|1[0-2])(?:月|-\d\d)?|(?P<digits>0[1-9]|1[0-2])"
    r")?"
)


_ISO_MONTH = re.compile(r"(?<![\d.-])(?P<year>(?:19|20)\d\d)[-./](?P<month>0?[1-9]|1[0-2])(?![\d.%]|-\d\d?(?!\d))")
"""A month in other words: 2023.6 用户规模, 2022.12-2023.12."""
_MONTH_FIRST = re.compile(
    r"(?<![\d./-])(?:(?P<first>0?[1-9]|1[0-2])\s?[-–]\s?)?(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d\d)(?![\d/])"
)
"""A month before its year, or several: 8/2024, 1–8/2024."""
_PART = re.compile(r"Q(?P<quarter>[1-4])|(?P<quarter2>[1-4])Q|H(?P<half>[12])|(?P<half2>[12])H", re.IGNORECASE)


@lru_cache(maxsize=4096)
def header_period(text: str, language: Language) -> FoundPeriod | None:
    """Return the period that a table's header is, written in words or as `2021`, `2021-12`, `2021.12`, `2022Q1`.

    >>> from schemas.catalogue import load_catalogue
    >>> english = load_catalogue().languages["en"]
    >>> [header_period(text, english).value for text in ("2021-12", "June 2019", "2022Q1", "2021", "Jun-21")]
    ['2021-12', '2019-06', '2022-Q1', '2021', '2021-06']
    """
    return next(iter(header_periods(text, language)[::-1]), None)


def header_periods(text: str, language: Language) -> tuple[FoundPeriod, ...]:
    """Return the periods that a header names, in order: those of prose, and those in the short forms of tables.

    >>> from schemas.catalogue import load_catalogue
    >>> [period.yearless for period in header_periods("June", load_catalogue().languages["en"])]
    ['-06']
    """
    plain = text.strip()
    if match := _ISO.fullmatch(plain):
        month = match["month"] or match["digits"] or match["coded"]
        piece = f"-{match['part'].upper()}" if match["part"] else f"-{int(month):02}" if month else ""
        return (FoundPeriod(0, len(text), match["year"] + piece),)
    if part := _part(plain, language):
        return (FoundPeriod(0, len(text), None, yearless=part),)
    if match := _short(language).fullmatch(plain):
        listed = language.period_words["month"]
        month = {word_key(word): number for word, number in listed.items()}[word_key(match["month"])]
        return (FoundPeriod(0, len(text), f"20{match['short']}-{month:02}"),)
    found = [
        FoundPeriod(match.start(), match.end(), f"{match['year']}-{int(match['month']):02}")
        for match in _ISO_MONTH.finditer(text)
    ]
    found += [_month_first(match) for match in _MONTH_FIRST.finditer(text)]
    others = find_periods(text, language)
    found += [p for p in others if all(p.end <= own.start or own.end <= p.start for own in found)]
    return tuple(sorted(found, key=lambda period: period.start))


def _month_first(match: re.Match[str]) -> FoundPeriod:
    month, first = int(match["month"]), int(match["first"] or match["month"])
    part = f"-{first:02}/-{month:02}" if first != month else f"-{month:02}"
    return FoundPeriod(match.start(), match.end(), with_year(part, int(match["year"])))


def _part(text: str, language: Language) -> str | None:
    """Return the part of a year that a header names and nothing else: June, Q1, H2."""
    if match := _PART.fullmatch(text):
        quarter, half = match["quarter"] or match["quarter2"], match["half"] or match["half2"]
        return f"-Q{quarter}" if quarter else f"-H{half}"
    listed = language.period_words.get("month", {})
    number = {word_key(word): number for word, number in listed.items()}.get(word_key(text.rstrip(".")))
    return f"-{number:02}" if number else None


@lru_cache(maxsize=16)
def _short(language: Language) -> re.Pattern[str]:
    """Return the pattern of a month with two digits of its year: Jun-21, Dec '22."""
    months = trie_pattern(language.period_words.get("month", {}), plural=False)
    return re.compile(rf"(?P<month>{months})(?:-|\s?')(?P<short>\d\d)", re.IGNORECASE)
