"""Reading numbers: from characters to an exact decimal with its printed precision.

A number is digits, perhaps in groups, perhaps with decimals, and the scale words behind them: `1,262`,
`1.032 billion`, `80 billion 500 million`, `222万`, `80亿5000万`, `140多亿`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from bulletin.patterns import Found, Patterns
from bulletin.text import JOINER
from bulletin.words import trie_pattern, word_key
from schemas.catalogue import Language

# Not followed by more of the same: 1.2.3 is a version, 1,23 a slip or another country's decimal, 3-5 million a range;
# none of them is the number before the sign.
_TORN = rf"\d+(?:{JOINER}+\d+)*"
_DIGITS = (
    rf"(?:(?:\d{{1,3}}(?:,\d{{2,3}})*,\d{{3}}|{_TORN})(?:{JOINER}*\.{JOINER}*{_TORN})?|(?<![\w.,)])\.\d+)"
    rf"(?![.,–—~-]?\d|{JOINER}+[\d.])"
)
# Not inside a word or a longer number: IPv6, COVID-19, 1.2.3, 2021-2030.
_BEFORE = rf"(?<![A-Za-z0-9_])(?<![A-Za-z0-9]-)(?<!\d[.,–—/])(?<!{JOINER})"
_AFTER_CODE = r"(?-i:(?<=\b[A-Z]{3})|(?<=\b[A-Z][a-z]))"
"""A currency's letters may stand right before a number, RMB49.5; whether they do, the caller looks up."""
_DECIMAL_COMMA = re.compile(r"\d{1,3},\d{1,2}")
_RANGE = re.compile(r"\d[^\s\d,，;；。(（]{0,3}-$")
"""A hyphen behind a number and its unit is no minus: 5%-6%, 3亿-5亿."""

_OPENING = re.compile(rf"[-+.\d](?:(?<=[-+])\.?\d|(?<=\.)\d|(?<=\d))(?<![\d{JOINER}]\d)")
"""What a number begins with, never within another: nothing is tried where this does not stand."""
_JOINED = re.compile(r"\d(?:\s?[-–—~至到]\s?|\sto\s)\d", re.IGNORECASE)
_MORE_DIGITS = re.compile(r"[.,]?\d|年")
_GROUPED_REST = re.compile(r"\d,\d{3}(?!\d)")
"""What fills up a 万 in figures of Taiwan: 620万9,412."""
_SHORT_REST = re.compile(r"\d{1,3}(?=[人戶户家個个元件次名位台輛辆部])")
"""The same where the thousands are none: 14万479人次."""
TEN_THOUSANDS = 4
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
Span = tuple[int, int]
TOO_LARGE = Decimal("1E27")
"""A value from here on is an identifier, not a statistic: the world's data traffic of a year is some 1E22 bytes."""


class Number(NamedTuple):
    """A number as printed: `text[start:end]`, scale words included."""

    start: int
    end: int
    value: Decimal
    decimals: int
    half_unit: Decimal
    more: bool = False
    """Whether a 多 or 余 stands inside it: 140多亿."""
    scaled: bool = False
    """Whether scale words belong to it."""
    negative: bool = False
    positive: bool = False
    unit: str | None = None
    """Of a fraction in words, `percent`."""


def gap_before_word(language: Language) -> str:
    """Return the pattern of what may stand between a number and its scale or unit, blanked mark-up included."""
    return rf"[ \t{JOINER}{'-' if language.boundaries else ''}]{{0,12}}"


@lru_cache(maxsize=16)
def _patterns(language: Language) -> tuple[re.Pattern[str], re.Pattern[str], Mapping[str, int]]:
    scale = trie_pattern(language.scales, plural=False)
    more = "|".join(map(re.escape, language.hedges["more_than"].get("after", ())))
    gap = gap_before_word(language)
    after = r"(?![A-Za-z])" if language.boundaries else "(?!分[点之])"  # 1.7百分点 is no 170
    scaled = rf"{gap}(?P<scale>{scale}){after}"
    inside = rf"(?P<more>{more})?" if more else "(?P<more>(?!))?"
    # A comma before one or two digits and a scale word or a percent sign can only be a decimal one: 1,9 trillion, 4,3%.
    comma = rf"\d{{1,3}},\d{{1,2}}(?={gap}(?:(?:{scale}){after}|%))"
    digits = rf"(?:{comma}|{_DIGITS})"
    first = re.compile(
        rf"(?:{_BEFORE}(?P<sign>(?<![A-Za-z0-9_)])-|(?<![A-Za-z0-9_)+])[+](?! ))?|{_AFTER_CODE})"
        rf"(?P<digits>{digits})(?:{inside}{scaled})?",
        re.IGNORECASE,
    )
    then = re.compile(rf"{gap}(?P<digits>{_DIGITS}){scaled}", re.IGNORECASE)
    return first, then, {word_key(word): power for word, power in language.scales.items()}


@lru_cache(maxsize=16)
def _ranges(language: Language) -> re.Pattern[str]:
    scale = trie_pattern(language.scales, plural=False)
    after = r"(?![A-Za-z])" if language.boundaries else "(?!分[点之])"
    plain = rf"(?:\d{{1,3}}(?:,\d{{3}})+|{_TORN})(?:\.\d+)?"
    return re.compile(
        rf"{_BEFORE}(?P<low>{plain})(?:\s?[-–—~至到]\s?|\sto\s)(?P<high>{plain})(?![.,]?\d)"
        rf"(?:{gap_before_word(language)}(?P<scale>{scale}){after})?",
        re.IGNORECASE,
    )


def find_ranges(text: str, language: Language, start: int, end: int) -> Iterator[tuple[Number, Number]]:
    """Yield the two ends of every range joined by a sign, the lower one with the scale of the higher: 3-5 million.

    Which of them state a statistic the caller decides: 2021-2030 and 10-19 are found too.
    """
    if not _JOINED.search(text, start, end):
        return
    _, _, scales = _patterns(language)
    for match in _ranges(language).finditer(text, start, end):
        power = scales[word_key(match["scale"])] if match["scale"] else 0
        ends = []
        for name in ("low", "high"):
            value, decimals = _decimal(match[name], power)
            ends.append(
                Number(
                    start=match.start(name),
                    end=match.end(name) if name == "low" else match.end(),
                    value=value,
                    decimals=decimals,
                    half_unit=_half_unit(power - decimals),
                    scaled=bool(match["scale"]),
                )
            )
        spelled = text[ends[0].end : ends[1].start].strip() == "to"
        # "from 3 to 5 million" is a move, "3 to 5" alone anything.
        if spelled and (not match["scale"] or _FROM.search(text, max(start, match.start() - 6), match.start())):
            continue
        if ends[0].value < ends[1].value:
            yield ends[0], ends[1]


def find_numbers(
    text: str, language: Language, start: int = 0, end: int | None = None, aside: Sequence[Span] = ()
) -> Iterator[Number]:
    """Yield every number written with digits in `text[start:end]`, in order; the text must be normalised.

    Whether it states a statistic is not asked here, but of those that overlap a stretch set aside.
    """
    first, then, scales = _patterns(language)
    end = len(text) if end is None else end
    while opening := _OPENING.search(text, start, end):
        match = first.match(text, opening.start(), end)
        start = match.end() if match else opening.start() + 1
        if match is None or (match["scale"] is None and overlaps(match.span("digits"), aside)):
            continue
        number = _number(match, then, scales, text)
        start = number.end
        if not overlaps((number.start, number.end), aside):
            yield number


def _number(match: re.Match[str], then: re.Pattern[str], scales: Mapping[str, int], text: str) -> Number:
    power = scales[word_key(match["scale"])] if match["scale"] else 0
    value, decimals = _decimal(match["digits"], power)
    exponent = power - decimals
    stop = match.end()
    # A second part of a smaller scale belongs to the same number: 80 billion 500 million, 80亿5000万.
    while power and (more := then.match(text, stop)):
        smaller = scales[word_key(more["scale"])]
        addend, decimals_more = _decimal(more["digits"], smaller)
        if smaller >= power or addend >= Decimal(1).scaleb(power):
            break
        value, power, exponent, stop = value + addend, smaller, smaller - decimals_more, more.end()
    if rest := _rest(text, stop, power, then):
        value, exponent, stop = value + Decimal(rest.replace(",", "")), 0, stop + len(rest)
    return Number(
        start=match.start("digits"),
        end=stop,
        value=value,
        decimals=decimals,
        half_unit=_half_unit(exponent),
        more=bool(match["more"]),
        scaled=bool(match["scale"]),
        positive=match["sign"] == "+",
        negative=match["sign"] == "-" and not _RANGE.search(text, max(0, match.start() - 4), match.start("digits")),
    )


def _rest(text: str, stop: int, power: int, then: re.Pattern[str]) -> str:
    """Return the digits that fill up the scale right before them, 475万5669; English has no such scale."""
    if not power or text[stop - 1].isascii():
        return ""
    grouped = _GROUPED_REST.match(text, stop) if power == TEN_THOUSANDS else None
    short = _SHORT_REST.match(text, stop) if power == TEN_THOUSANDS else None
    if short and not then.match(text, stop):
        return short[0]
    digits = grouped[0] if grouped else text[stop : stop + power]
    if len(digits.replace(",", "")) != power or not digits.replace(",", "").isdecimal():
        return ""
    if grouped and (_MORE_DIGITS.match(text, grouped.end()) or then.match(text, stop)):
        return ""
    if grouped:
        return digits
    return "" if _MORE_DIGITS.match(text, stop + power) or then.match(text, stop) else digits


@lru_cache(maxsize=64)
def _half_unit(exponent: int) -> Decimal:
    """Return half of the unit that the last digit stands for, a power of ten."""
    return Decimal(5).scaleb(exponent - 1)


def _decimal(digits: str, power: int) -> tuple[Decimal, int]:
    if "," in digits and _DECIMAL_COMMA.fullmatch(digits):
        digits = digits.replace(",", ".")
    plain = digits.replace(",", "").replace(JOINER, "")
    _, _, fraction = plain.partition(".")
    return Decimal(plain).scaleb(power), len(fraction)


def scale_of(text: str, language: Language) -> tuple[Decimal, str]:
    """Return the factor that a header states, and the words left over: `万人` is 10,000 and `人`.

    >>> from schemas.catalogue import load_catalogue
    >>> scale_of("10,000 persons", load_catalogue().languages["en"])
    (Decimal('10000'), 'persons')
    """
    rest, factor = text.strip(), Decimal(1)
    number = next(find_numbers(rest, language), None)
    # Only a power of ten scales: a header that reads 2021 is a year.
    if number and number.value.normalize().as_tuple().digits == (1,) and not rest[: number.start].strip(" ×x"):
        factor, rest = number.value, rest[number.end :]
    scale = _scale(language).match(rest)
    if scale and factor == 1:
        word = word_key(scale["scale"])
        power = language.scales.get(word, language.scales.get(word.removesuffix("s"), 0))
        factor, rest = Decimal(10) ** power, rest[scale.end() :]
    return factor, rest.strip(" ,，").removeprefix("of ")


@lru_cache(maxsize=16)
def _scale(language: Language) -> re.Pattern[str]:
    after = r"(?![A-Za-z])" if language.boundaries else ""
    return re.compile(rf"(?P<scale>{trie_pattern(language.scales, plural=True)}){after}", re.IGNORECASE)


def named_numbers(text: str, language: Language) -> list[Span]:
    """Return the spans of the text whose numbers state no statistic: ordinals, ages in names, 5G, ..."""
    [found] = _aside(language).find(text, 0, len(text))
    return spans(found)


def spans(found: Found) -> list[Span]:
    """Return where the matches stand."""
    return [match.span() for _, match in found]


@lru_cache(maxsize=16)
def _aside(language: Language) -> Patterns:
    return Patterns(aside_patterns(language), whole_words=language.boundaries)


def aside_patterns(language: Language) -> list[str]:
    """Return the patterns of the language's numbers that state no statistic."""
    return [pattern for patterns in language.not_statistics.values() for pattern in patterns]


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Return whether the span shares a character with any of the others."""
    begin, stop = span
    return any(begin < end and start < stop for start, end in others)
