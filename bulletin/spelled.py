"""Reading numbers in words: `three million`, `two thirds`, `half`; 十亿, 三分之二, 七成, 2成半, 百分之七十, 一半.

A fraction is a percentage. Its interval is wide, as such words are: five points to each side.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache

from bulletin.numbers import Number
from bulletin.patterns import Found
from bulletin.words import trie_pattern, word_key
from schemas.catalogue import Language

COARSE = Decimal(5)
"""Half a unit, in percent, of a fraction in words: "seven tenths" is 65 to 75."""
_CHINESE = "零一二两三四五六七八九十百"
_PERCENT_WORD = Decimal("0.5")


Reader = Callable[[re.Match[str], Language], Number | None]
"""Returns the number that a match is; None where it is none."""


def spelled_patterns(language: Language) -> list[str]:
    """Return the patterns of numbers in words; `read_spelled` reads what they find."""
    return list(_readers(language))


def read_spelled(found: Found, language: Language) -> list[Number]:
    """Return the numbers in what was found of the patterns, in order; fractions carry the unit `percent`."""
    readers = list(_readers(language).values())
    numbers = [number for place, match in found if (number := readers[place](match, language))]
    return sorted(numbers, key=lambda number: number.start)


@lru_cache(maxsize=16)
def _readers(language: Language) -> Mapping[str, Reader]:
    """Return the patterns of numbers in words, each with what reads its matches."""
    if not language.boundaries:
        return {_fraction_words(language): _fraction, **_CHINESE_READERS}
    return {_fraction_words(language): _fraction, _scaled_words(language): _scaled, _one_in(language): _one_of}


@lru_cache(maxsize=16)
def _values(language: Language) -> tuple[Mapping[str, str], Mapping[str, int]]:
    """Return the fractions and scales by the key of their words."""
    fractions = {word_key(word): value for word, value in language.fractions.items()}
    return fractions, {word_key(word): power for word, power in language.scales.items()}


def _fraction_words(language: Language) -> str:
    edge, close = (r"(?<![A-Za-z-])", r"(?![A-Za-z-])") if language.boundaries else ("", "")
    aside = r"(?<!first )(?<!second )(?<!latter )(?<!other )(?<!and a )" if language.boundaries else ""
    behind = r"(?!\s+(?:of\s+(?:the\s+year|this\s+year|(?:19|20)\d\d)|a\s+year|an\s+hour|year|yearly|an?\s+[mb]illion))"
    word = trie_pattern(language.fractions, plural=False)
    return rf"{edge}{aside}(?P<word>{word}){close}{behind}"


def _fraction(match: re.Match[str], language: Language) -> Number:
    said = _values(language)[0][word_key(match["word"])]
    numerator, _, denominator = said.lstrip(">+-").partition("/")
    value = Decimal(numerator) if not denominator else 100 * Decimal(numerator) / Decimal(denominator)
    number = _percent(match, value, more=said.startswith(">"))
    return number._replace(positive=said.startswith("+"), negative=said.startswith("-"))


def _percent(match: re.Match[str], value: Decimal, half_unit: Decimal = COARSE, more: bool = False) -> Number:
    return Number(
        start=match.start(),
        end=match.end(),
        value=value,
        decimals=0,
        half_unit=half_unit,
        more=more,
        scaled=True,
        unit="percent",
    )


def _scaled_words(language: Language) -> str:
    numerals = trie_pattern(language.numerals, plural=False)
    scales = trie_pattern(
        [word for word, power in language.scales.items() if len(word) > 2 and power > 2], plural=False
    )
    return (
        rf"(?<![A-Za-z-])(?P<numeral>{numerals})(?:[\s-](?P<ones>{numerals}))?"
        rf"(?:[\s-]+(?P<scale>{scales})(?![A-Za-z])|(?=\s(?:per\s?cent|percentage\spoints?)\b))"
    )


def _scaled(match: re.Match[str], language: Language) -> Number | None:
    power = _values(language)[1][word_key(match["scale"])] if match["scale"] else 0
    tens = language.numerals[word_key(match["numeral"])]
    ones = language.numerals[word_key(match["ones"])] if match["ones"] else 0
    joined = not ones or (tens >= 20 and tens % 10 == 0 and ones < 10)
    return _whole(match, Decimal(tens + ones), power) if joined else None


def _one_in(language: Language) -> str:
    """Return the pattern of a share in people: "one in four", "nine out of ten", "3 in 10"; not of "3 in 10 years"."""
    numerals = trie_pattern(language.numerals, plural=False)
    between = r"\s(?:in|out\sof)(?:\severy)?\s"
    part, whole = rf"(?:{numerals}|[1-9])", rf"(?:{numerals}|[2-9]|10|20|100)"
    time = r"(?![A-Za-z\d.,-]*\d|[A-Za-z-])(?!\s(?:years?|months?|weeks?|days?|hours?|minutes?|quarters?)\b)"
    return rf"(?<![A-Za-z\d.,-])(?P<part>{part}){between}(?P<whole>{whole}){time}"


def _one_of(match: re.Match[str], language: Language) -> Number | None:
    said = (match["part"], match["whole"])
    part, whole = (int(word) if word.isdigit() else language.numerals[word_key(word)] for word in said)
    return _percent(match, 100 * Decimal(part) / Decimal(whole)) if part < whole else None


def _whole(match: re.Match[str], numeral: Decimal, power: int) -> Number:
    return Number(
        start=match.start(),
        end=match.end(),
        value=numeral.scaleb(power),
        decimals=0,
        half_unit=Decimal(5).scaleb(power - 1),
        scaled=True,
    )


_PARTS = (
    rf"(?P<whole>[{_CHINESE}\d]{{1,4}})分之"
    rf"(?P<part>[{_CHINESE}]{{1,4}}+(?:点[零一二三四五六七八九]{{1,3}})?|\d{{1,3}}(?:\.\d+)?)"
)
_TENTHS = (
    r"(?<![\d.完组构达变形生])(?P<tenths>(?<![一二三四五六七八九])[一二两三四五六七八九]|[1-9])成"
    r"(?P<half>半)?(?P<more>[一二三四五六七八九](?![成分十百千万亿]))?(?![为员立功本就长分])"
)
_TIMES = rf"(?<![{_CHINESE}千万亿\d.第])(?P<numeral>[{_CHINESE}]{{1,3}})(?=倍)"
_DIGIT = "一二两三四五六七八九"
_LARGE = rf"(?<![{_CHINESE}千万亿\d.第点])(?P<number>[{_DIGIT}十][{_CHINESE}千万亿]*+)(?![点分成倍年月日号届次季])"
_POINT = rf"(?<![{_CHINESE}千万亿\d.第])(?P<number>[{_CHINESE}]{{1,3}}点[零{_DIGIT}]{{1,4}})(?=[个%万亿倍元])"
_LEAST = 1_000
"""A whole number in words below it is mostly a count in passing, or no number: 一家, 三农, 五一."""


def _part(match: re.Match[str], language: Language) -> Number | None:
    whole, part = _numeral(match["whole"], language), _with_point(match["part"], language)
    if not whole or part is None:
        return None
    return _percent(match, 100 * part / whole, _PERCENT_WORD if whole == 100 else COARSE)


def _tenths(match: re.Match[str], language: Language) -> Number:
    tenths = _numeral(match["tenths"], language) or Decimal(0)
    ones = (_numeral(match["more"], language) if match["more"] else None) or Decimal(0)
    return _percent(match, tenths * 10 + (5 if match["half"] else ones))


def _times(match: re.Match[str], language: Language) -> Number | None:
    numeral = _numeral(match["numeral"], language)
    return _whole(match, numeral, 0) if numeral else None


def _point(match: re.Match[str], language: Language) -> Number | None:
    value = _with_point(match["number"], language)
    if value is None:
        return None
    decimals = len(match["number"].partition("点")[2])
    return _whole(match, value, 0)._replace(decimals=decimals, half_unit=Decimal(5).scaleb(-decimals - 1), scaled=False)


def _large(match: re.Match[str], language: Language) -> Number | None:
    value, power = _composed(match["number"], language)
    return _whole(match, value.scaleb(-power), power) if value >= _LEAST else None


_CHINESE_READERS: Mapping[str, Reader] = {
    _PARTS: _part,
    _TENTHS: _tenths,
    _TIMES: _times,
    _POINT: _point,
    _LARGE: _large,
}


def _with_point(text: str, language: Language) -> Decimal | None:
    """Return the value of a small numeral that may have decimals, 三十三点五; None where it is none."""
    whole, _, decimals = text.partition("点")
    value = Decimal(0) if whole == "零" else _numeral(whole, language)
    digits = "".join(str(language.numerals[digit]) for digit in decimals)
    return value + Decimal(f"0.{digits}") if value is not None and digits else value


def _composed(text: str, language: Language) -> tuple[Decimal, int]:
    """Return the value of a Chinese numeral of any size, and the power of ten of its last scale; 0 where it is none.

    >>> from schemas.catalogue import load_catalogue
    >>> chinese = load_catalogue().languages["zh"]
    >>> [int(_composed(said, chinese)[0]) for said in ("一亿三千万", "一千二百六十二", "两万五")]
    [130000000, 1262, 25000]
    """
    total = section = digit = 0
    for character in text:
        if character in language.numerals:
            if digit:
                return Decimal(0), 0
            digit = language.numerals[character]
            continue
        power = language.scales[character]
        if power < 4:
            section += (digit or 1) * 10**power
        elif power == 8 and total and not (section or digit):
            total *= 10**power  # 万亿
        else:
            total, section = total + (section + digit) * 10**power, 0
        digit = 0
    if digit and len(text) > 1 and text[-2] in language.scales:
        digit *= 10 ** (language.scales[text[-2]] - 1)  # 两万五 is 25,000
    return Decimal(total + section + digit), _zeros(total + section + digit)


def _zeros(number: int) -> int:
    """Return to which power of ten the number is stated: 130,000,000 to ten millions."""
    power = 0
    while number and number % 10 == 0:
        number //= 10
        power += 1
    return power


def _numeral(text: str, language: Language) -> Decimal | None:
    """Return the value of a Chinese numeral below a thousand, or of digits; None where it is none.

    Left to right, one pass: 二百三十五 is 235, 十二 is 12.
    """
    if text[0].isdigit():
        return Decimal(text) if all(c.isdigit() or c == "." for c in text) else None
    total, digit = 0, 0
    for character in text:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        elif character in language.numerals and not digit:
            digit = language.numerals[character]
        else:
            return None
    return Decimal(total + digit)
