"""Reading periods: from words to the corpus guide's forms, never from the clock.

`2021-12` a month (its end, for a stock), `2021` a year, `2022-H1`, `2022-Q1`, `2020-01/2020-05` a span. Words that
name a period by another one ("the end of the previous year") or leave the year out ("截至9月末") stay relative until
the text around them, or the document's date, settles it.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from bulletin.model import FoundPeriod
from bulletin.patterns import Found, Patterns
from bulletin.words import trie_pattern, word_key
from schemas.catalogue import Language, PeriodForm

RELATIVE = frozenset(
    {
        "previous_year_end",
        "last_year_end",
        "previous_year",
        "same_period_of_previous_year",
        "month_of_previous_year",
        "previous_month_end",
        "previous_quarter",
        "half_year_earlier",
        "same_period_of_year",
        "years_earlier",
        "months_earlier",
        "this_year",
        "period_end",
    }
)


FISCAL = "fiscal_year"
ROC = 1911
"""Years of the Republic of China count from it: 民国110年 is 2021."""


_PLACEHOLDERS = {
    "year": r"(?P<year>(?:19|20)\d\d)",
    "year2": r"(?P<year2>(?:19|20)\d\d)",
    "day": r"(?P<day>[0-3]?\d)",
    "monthnumber": r"(?P<month_number>1[0-2]|0?[1-9])",
    "monthnumber2": r"(?P<month_number2>1[0-2]|0?[1-9])",
    "number": r"(?P<count_number>1[0-2]|[1-9])",
    "quarter": r"(?P<quarter>[1-4])",
    "rocyear": r"(?P<roc>1[01]\d|[1-9]\d)",
    "half": r"(?P<half>[12])",
    "shortyear": r"(?:20)?(?P<short_year>\d\d)",
    "twodigityear": r"(?P<of_century>\d\d)(?!\d)",
}


def period_patterns(language: Language) -> list[str]:
    """Return the patterns of the language's forms; `read_periods` reads what they find."""
    return [_pattern(form, language) for form in language.periods]


@lru_cache(maxsize=16)
def _patterns(language: Language) -> Patterns:
    return Patterns(period_patterns(language), whole_words=language.boundaries)


def _edges(language: Language) -> tuple[str, str]:
    return (r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])") if language.boundaries else (r"(?<!\d)", "")


def _pattern(form: PeriodForm, language: Language) -> str:
    words = {name: trie_pattern(entries, plural=False) for name, entries in language.period_words.items()}
    holders = dict(_PLACEHOLDERS)
    for name, pattern in words.items():
        holders[name] = f"(?P<{name}>{pattern})"
        holders[name + "2"] = f"(?P<{name}2>{pattern})"
    pattern = re.sub(r"\{(\w+?)\}", lambda match: holders.get(match[1], match[0]), form.pattern)
    edge, close = _edges(language)
    return f"{edge}(?:{pattern}){close}"


def find_periods(text: str, language: Language, start: int = 0, end: int | None = None) -> tuple[FoundPeriod, ...]:
    """Return the periods named in `text[start:end]` in order; of overlapping readings the earlier form in the YAML."""
    [found] = _patterns(language).find(text, start, len(text) if end is None else end)
    return read_periods(found, language)


def read_periods(matches: Found, language: Language) -> tuple[FoundPeriod, ...]:
    """Return the periods in what was found of the language's forms."""
    found: list[FoundPeriod] = []
    taken: set[int] = set()
    for number, match in matches:
        places = range(match.start(), match.end())
        if taken.isdisjoint(places) and _follows(match):
            taken.update(places)
            found.append(_read(match, language.periods[number].means, language))
    return tuple(sorted(found, key=lambda period: period.start))


def _follows(match: re.Match[str]) -> bool:
    """Return whether the second year of a fiscal year is the one after the first; of any other period, true."""
    groups = match.groupdict()
    short = groups.get("short_year")
    return short is None or (int(groups["year"]) + 1) % 100 == int(short)


def _read(match: re.Match[str], means: str, language: Language) -> FoundPeriod:
    if means in _OF_PREVIOUS_YEAR:
        part = _PARTS[_OF_PREVIOUS_YEAR[means]](_numbers(match, language))
        return FoundPeriod(match.start(), match.end(), None, relative="month_of_previous_year", yearless=part)
    if means in RELATIVE:
        numbers = _numbers(match, language)
        return FoundPeriod(match.start(), match.end(), None, relative=means, yearless=_relative_part(means, numbers))
    part = _PARTS[means](_numbers(match, language))
    groups = match.groupdict()
    if groups.get("year2"):
        first, last = part.split("/")
        return FoundPeriod(match.start(), match.end(), f"{groups['year']}{first}/{groups['year2']}{last}")
    year = groups.get("year") or (str(int(groups["roc"]) + ROC) if groups.get("roc") else None)
    if groups.get("of_century"):
        year = f"20{groups['of_century']}"
    if year is None:
        return FoundPeriod(match.start(), match.end(), None, yearless=part, day=means == "date")
    return FoundPeriod(
        match.start(), match.end(), with_year(part, int(year)), day=means == "date", fiscal=means == FISCAL
    )


def _relative_part(means: str, numbers: dict[str, int]) -> str | None:
    """Return what the words of a relative period add: the year itself, how many years back, the month of the year."""
    if means == "same_period_of_year":
        return str(numbers["year"])
    if means in ("years_earlier", "months_earlier"):
        return str(numbers["count"])
    return f"-{numbers['month']:02}" if "month" in numbers else None


def _numbers(match: re.Match[str], language: Language) -> dict[str, int]:
    """Return every group as a number: month names and spelled counts by the language's lists."""
    found: dict[str, int] = {}
    for group, text in match.groupdict().items():
        if text is None or group in ("short_year", "of_century"):
            continue
        name = group.removesuffix("_number").removesuffix("_number2").rstrip("2")
        name += "2" if group.endswith("2") else ""
        if group.startswith("half_"):
            found["half"] = int(group[-1])
        elif text.isdigit():
            found[name] = int(text)
        else:
            found[name] = _listed(language, name.rstrip("2"))[word_key(text)]
    return found


@lru_cache(maxsize=64)
def _listed(language: Language, name: str) -> Mapping[str, int]:
    """Return what the words of one of the language's lists count, by their key."""
    return {word_key(word): number for word, number in language.period_words[name].items()}


def _quarter(numbers: dict[str, int]) -> str:
    return f"-Q{numbers.get('quarter') or numbers['ordinal']}"


def _half(numbers: dict[str, int]) -> str:
    return f"-H{numbers.get('half') or min(numbers['ordinal'], 2)}"


def _ending(month: int, count: int) -> str:
    """Return the so many months that end with the month; `_span` has those that began later in it begin a year
    before."""
    return f"-{(month - count) % 12 + 1:02}/-{month:02}" if count > 1 else f"-{month:02}"


_PARTS: dict[str, Callable[[dict[str, int]], str]] = {
    "year": lambda n: "",
    FISCAL: lambda n: "",
    "year_end": lambda n: "-12",
    "year_start": lambda n: "-01",
    "month": lambda n: f"-{n['month']:02}",
    "date": lambda n: f"-{n['month']:02}",
    "span": lambda n: f"-{n['month']:02}/-{n['month2']:02}",
    "span_from_january": lambda n: "-12" if n["count"] == 12 else f"-01/-{n['count']:02}",
    "mid_year": lambda n: "-06",
    "months_to": lambda n: _ending(n["month"], n["count"]),
    "year_to": lambda n: _ending(n["month"], 12),
    "quarter_to": lambda n: _ending(n["month"], 3),
    "quarter": _quarter,
    "quarter_end": lambda n: f"-{(n.get('quarter') or n['ordinal']) * 3:02}",
    "half_end": lambda n: "-06",
    "quarters_from_january": lambda n: f"-01/-{min(n['count'] * 3, 12):02}",
    "half": _half,
}


_OF_PREVIOUS_YEAR = {
    "quarter_of_previous_year": "quarter",
    "half_of_previous_year": "half",
    "span_of_previous_year": "span",
}

MEANINGS = frozenset({*_PARTS, *RELATIVE, *_OF_PREVIOUS_YEAR})
"""What a period's form in a language may mean."""


def with_year(part: str, year: int) -> str:
    """Return the period of that part of the year.

    >>> with_year("-01/-05", 2020), with_year("-H1", 2022), with_year("", 2021)
    ('2020-01/2020-05', '2022-H1', '2021')
    """
    return _span(part, year) if "/" in part else f"{year}{part}"


_NAMED_SPANS = {
    "-01/-03": "-Q1",
    "-04/-06": "-Q2",
    "-07/-09": "-Q3",
    "-10/-12": "-Q4",
    "-01/-06": "-H1",
    "-07/-12": "-H2",
    "-01/-12": "",
}
"""Spans of months that have a name of their own: January to June is the first half."""


def _span(part: str, year: int) -> str:
    if (named := _NAMED_SPANS.get(part)) is not None:
        return f"{year}{named}"
    first, last = part.split("/")
    return f"{year - (first > last)}{first}/{year}{last}"


def is_year_long(period: str) -> bool:
    """Return whether the period is twelve months long, whenever they begin.

    >>> is_year_long("2022-07/2023-06"), is_year_long("2022"), is_year_long("2022-H1")
    (True, True, False)
    """
    first, _, last = period.partition("/")
    return len(period) == 4 or (bool(last) and months_earlier(last, 11) == first)


def up_to(month: str) -> str:
    """Return the span from January to the month.

    >>> up_to("2023-08"), up_to("2023-06"), up_to("2023-12")
    ('2023-01/2023-08', '2023-H1', '2023')
    """
    return with_year(f"-01/{month[4:]}", int(month[:4])) if month[5:] != "01" else month


def months_earlier(month: str, count: int) -> str:
    """Return the month so many months before.

    >>> months_earlier("2023-06", 6)
    '2022-12'
    """
    total = int(month[:4]) * 12 + int(month[5:]) - 1 - count
    return f"{total // 12}-{total % 12 + 1:02}"


def year_of(period: str) -> int:
    """Return the year in which the period ends."""
    return int(period.rpartition("/")[2][:4])


def first_month(period: str) -> str:
    """Return the month in which the period begins.

    >>> [first_month(p) for p in ("2021", "2022-H2", "2020-03/2020-05", "2021-12")]
    ['2021-01', '2022-07', '2020-03', '2021-12']
    """
    return _months(period.partition("/")[0])[0]


def last_month(period: str) -> str:
    """Return the month in which the period ends.

    >>> [last_month(p) for p in ("2021", "2022-H1", "2022-Q3", "2020-01/2020-05", "2021-12")]
    ['2021-12', '2022-06', '2022-09', '2020-05', '2021-12']
    """
    end = period.rpartition("/")[2]
    if len(end) == 4:
        return f"{end}-12"
    if end[5] == "H":
        return f"{end[:4]}-{int(end[6]) * 6:02}"
    if end[5] == "Q":
        return f"{end[:4]}-{int(end[6]) * 3:02}"
    return end


def is_point(period: str) -> bool:
    """Return whether the period is a month, at whose end a stock holds."""
    return len(period) == 7 and period[5].isdigit()


def previous_year(period: str) -> str:
    """Return the same period a year earlier.

    >>> previous_year("2020-01/2020-05"), previous_year("2022-H1")
    ('2019-01/2019-05', '2021-H1')
    """
    return years_earlier(period, 1)


def years_earlier(period: str, count: int) -> str:
    """Return the same period so many years earlier.

    >>> years_earlier("2020-11/2021-01", 3)
    '2017-11/2018-01'
    """
    return "/".join(f"{int(piece[:4]) - count}{piece[4:]}" for piece in period.split("/"))


def previous_year_end(period: str) -> str:
    """Return December of the year before the one in which the period ends."""
    return f"{year_of(period) - 1}-12"


def previous_period(period: str) -> str:
    """Return the period of the same length right before it.

    >>> [previous_period(p) for p in ("2021-01", "2022-Q1", "2022-H2", "2021")]
    ['2020-12', '2021-Q4', '2022-H1', '2020']
    """
    if "/" in period or len(period) == 4:
        return previous_year(period)
    year, part = int(period[:4]), period[5:]
    letter, count = (part[0], int(part[1:])) if part[0] in "HQ" else ("", int(part))
    last = {"H": 2, "Q": 4, "": 12}[letter]
    year, count = (year, count - 1) if count > 1 else (year - 1, last)
    return f"{year}-{letter}{count}" if letter else f"{year}-{count:02}"


def settle_year(part: str, published: str) -> str:
    """Return the latest period of that part of a year that had ended when the document was published.

    >>> settle_year("-09", "2022-11-01"), settle_year("-12", "2022-02-26"), settle_year("-H1", "2022-08-31")
    ('2022-09', '2021-12', '2022-H1')
    """
    year, month = int(published[:4]), published[:7] if len(published) > 4 else f"{published[:4]}-12"
    candidate = with_year(part, year)
    return candidate if last_month(candidate) <= month else with_year(part, year - 1)


def dates(period: str) -> tuple[date, date, str]:
    """Return first day, last day and SDMX frequency of a period.

    >>> dates("2022-H1")
    (datetime.date(2022, 1, 1), datetime.date(2022, 6, 30), 'S')
    """
    first, _, last = period.partition("/")
    start, end, frequency = _months(first)
    if last:
        end, frequency = _months(last)[1], "X"
    following = date(int(end[:4]) + (end[5:] == "12"), int(end[5:]) % 12 + 1, 1)
    return date(int(start[:4]), int(start[5:]), 1), date.fromordinal(following.toordinal() - 1), frequency


def _months(period: str) -> tuple[str, str, str]:
    year, _, part = period.partition("-")
    if not part:
        return f"{year}-01", f"{year}-12", "A"
    if part[0] in "HQ":
        length = 6 if part[0] == "H" else 3
        last = int(part[1]) * length
        return f"{year}-{last - length + 1:02}", f"{year}-{last:02}", "S" if length == 6 else "Q"
    return period, period, "M"
