"""Reading numbers in words: `three million`, `two thirds`, `half`; 十亿, 三分之二, 七成, 2成半, 百分之七十, 一半.

A fraction is a percentage. Its interval is wide, as such words are: five points to each side.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from bulletin.numbers import Number
from bulletin.words import trie_pattern, word_key
from schemas.catalogue import Language

COARSE = Decimal(5)
"""Half a unit, in percent, of a fraction in words: "seven tenths" is 65 to 75."""
_CHINESE = "零一二两三四五六七八九十百"
_PERCENT_WORD = Decimal("0.5")


def find_spelled(text: str, language: Language, start: int, end: int) -> Iterator[Number]:
    """Yield every number written in words in `text[start:end]`, in order; fractions carry the unit `percent`."""
    found = [*_fractions(text, language, start, end)]
    found += _scaled(text, language, start, end) if language.boundaries else _chinese(text, language, start, end)
    yield from sorted(found, key=lambda number: number.start)


@lru_cache(maxsize=16)
def _fraction_words(language: Language) -> tuple[re.Pattern[str], Mapping[str, str]]:
    edge, close = (r"(?<![A-Za-z-])", r"(?![A-Za-z-])") if language.boundaries else ("", "")
    aside = r"(?<!first )(?<!second )(?<!latter )(?<!other )" if language.boundaries else ""
    behind = r"(?!\s+(?:of\s+(?:the\s+year|this\s+year|(?:19|20)\d\d)|a\s+year|an\s+hour|year|yearly))"
    word = trie_pattern(language.fractions, plural=False)
    pattern = re.compile(rf"{edge}{aside}(?P<word>{word}){close}{behind}", re.IGNORECASE)
    return pattern, {word_key(word): value for word, value in language.fractions.items()}


def _fractions(text: str, language: Language, start: int, end: int) -> Iterator[Number]:
    pattern, values = _fraction_words(language)
    for match in pattern.finditer(text, start, end):
        said = values[word_key(match["word"])]
        numerator, _, denominator = said.lstrip(">").partition("/")
        value = Decimal(numerator) if not denominator else 100 * Decimal(numerator) / Decimal(denominator)
        yield _percent(match, value, more=said.startswith(">"))


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


@lru_cache(maxsize=16)
def _scaled_words(language: Language) -> tuple[re.Pattern[str], Mapping[str, int]]:
    numerals = trie_pattern(language.numerals, plural=False)
    scales = trie_pattern(
        [word for word, power in language.scales.items() if len(word) > 2 and power > 2], plural=False
    )
    pattern = rf"(?<![A-Za-z-])(?P<numeral>{numerals})[\s-]+(?P<scale>{scales})(?![A-Za-z])"
    return re.compile(pattern, re.IGNORECASE), {word_key(word): power for word, power in language.scales.items()}


def _scaled(text: str, language: Language, start: int, end: int) -> Iterator[Number]:
    pattern, scales = _scaled_words(language)
    for match in pattern.finditer(text, start, end):
        power = scales[word_key(match["scale"])]
        yield _whole(match, Decimal(language.numerals[word_key(match["numeral"])]), power)


def _whole(match: re.Match[str], numeral: Decimal, power: int) -> Number:
    return Number(
        start=match.start(),
        end=match.end(),
        value=numeral.scaleb(power),
        decimals=0,
        half_unit=Decimal(5).scaleb(power - 1),
        scaled=True,
    )


_PARTS = re.compile(rf"(?P<whole>[{_CHINESE}\d]{{1,4}})分之(?P<part>[{_CHINESE}]{{1,4}}|\d{{1,3}}(?:\.\d+)?)")
_TENTHS = re.compile(
    r"(?<![\d.完组构达变形生])(?P<tenths>[一二两三四五六七八九]|[1-9])成(?P<half>半)?(?P<more>[一二三四五六七八九](?![成分十百千万亿]))?(?![为员立功本就长分])"
)
_TIMES = re.compile(rf"(?<![{_CHINESE}千万亿\d.第])(?P<numeral>[{_CHINESE}]{{1,3}})(?=倍)")
_LARGE = re.compile(rf"(?<![{_CHINESE}千万亿\d.第])(?P<numeral>[{_CHINESE}]{{1,4}})(?P<scale>千万|百万|万亿|亿|万)")


def _chinese(text: str, language: Language, start: int, end: int) -> Iterator[Number]:
    for match in _PARTS.finditer(text, start, end):
        whole, part = _numeral(match["whole"], language), _numeral(match["part"], language)
        if whole and part is not None:
            yield _percent(match, 100 * part / whole, _PERCENT_WORD if whole == 100 else COARSE)
    for match in _TENTHS.finditer(text, start, end):
        tenths = _numeral(match["tenths"], language) or Decimal(0)
        ones = (_numeral(match["more"], language) if match["more"] else None) or Decimal(0)
        yield _percent(match, tenths * 10 + (5 if match["half"] else ones))
    for match in _TIMES.finditer(text, start, end):
        numeral = _numeral(match["numeral"], language)
        if numeral:
            yield _whole(match, numeral, 0)
    for match in _LARGE.finditer(text, start, end):
        numeral = _numeral(match["numeral"], language)
        if numeral:
            yield _whole(match, numeral, language.scales[match["scale"]])


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
