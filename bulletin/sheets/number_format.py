"""Numbers as a spreadsheet shows them: 0.706 in the format 0.0% is 70.6%, -12 in #,##0_);[Red](#,##0) is (12).

What a person saw is what is quoted, and the printed decimals say how exact the figure is. The grammar of formats is
that of ECMA-376 part 1, 18.8.31; what is left out of it (fractions, exponents, elapsed time) is printed plainly.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"} | {
    37: "#,##0;(#,##0)",
    38: "#,##0;(#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)",
    41: '#,##0;-#,##0;"-"',
    42: '$#,##0;-$#,##0;"-"',
    43: '#,##0.00;-#,##0.00;"-"',
    44: '$#,##0.00;-$#,##0.00;"-"',
}
"""Numbers of formats that no workbook spells out."""
BUILT_IN_DATES = {14: "d/m/y", 15: "d/m/y", 16: "d/m", 17: "m/y", 22: "d/m/y"} | {
    **dict.fromkeys((27, 36, 50, 52, 54, 57), "y/m"),
    **dict.fromkeys((28, 29, 30, 31, 51, 53, 58), "y/m/d"),
}
"""Those from 27 are the Chinese ones."""
MOST = 15
"""Significant digits that a spreadsheet shows; what is behind them is noise of its binary fractions."""

_TOKEN = re.compile(
    r"\"(?P<quoted>[^\"]*)\"?|[\\!](?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]"
    r"|\[(?P<condition>[<>=]{1,2}-?[\d.]+)\]|\[[^\]]*\]|(?P<digit>[0#?])|(?P<sign>.)",
    re.DOTALL,
)
_DATE = re.compile(r"[ymdhs]|AM/PM|上午", re.IGNORECASE)
_SECTION = re.compile(r"(?:\"[^\"]*\"|\\.|[^;\"\\])*")
_NEGATIVE = re.compile(r"[-−–(（▼▽↓⬇△]")
"""What tells a person that a number is below zero; where only its colour does, a minus is printed."""
_COMPARED = re.compile(r"([<>=]{1,2})(-?[\d.]+)")


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the up to four parts of a format: for positive, negative and zero numbers, and for text."""

    tokens: tuple[tuple[str, str], ...]
    """Kind and text: `digit` 0, `text` 万, `point`."""
    decimals: int
    least: int
    """Decimals that are printed even where they are zeros."""
    shift: int
    """Powers of ten: 2 for each percent sign, -3 for each comma behind the digits."""
    grouped: bool
    condition: str
    affixes: tuple[str, str] | None
    """What stands before and behind a number whose digits are not interrupted."""
    plain: bool
    """Whether it is written in a way that is not followed here: the number is printed in full."""


def plain(value: float) -> str:
    """Return the number in full, without an exponent and the noise of its binary fraction."""
    text = f"{value:.{MOST}g}"
    return f"{Decimal(text):f}" if "e" in text else text


def shown(value: float, code: str) -> str:
    """Return the number as the format shows it; "" where the format hides it.

    >>> shown(0.706, "0.0%"), shown(103195.4, "#,##0"), shown(-12, "#,##0_);[Red](#,##0)")
    ('70.6%', '103,195', '(12)')
    >>> shown(1.2, '0.00"万"'), shown(12345, '0.0,"k"'), shown(0, '0;-0;"-"')
    ('1.20万', '12.3k', '-')
    """
    number = Decimal(f"{value:.{MOST}g}")
    sections = _sections(code)
    section = _chosen(sections, number)
    if section.plain:
        return plain(value)
    try:
        text = _written(abs(number), section)
    except InvalidOperation:  # more digits than a decimal context holds
        return plain(value)
    return f"-{text}" if number < 0 and text and not _NEGATIVE.search(text) else text


def shown_date(value: date, code: str) -> str:
    """Return the date as exactly as its format shows it, in ISO's form: a format of year and month gives 2023-12."""
    fields = {letter.lower() for kind, letter in _tokens(code) if kind == "text"}
    if "y" in fields and "d" not in fields:
        return f"{value:%Y-%m}" if "m" in fields else f"{value:%Y}"
    return f"{value:%Y-%m-%d}"


def day_of(number: float) -> date | None:
    """Return the date that a spreadsheet stores as this number of days, from 1900 to 9999."""
    return date(1899, 12, 30) + timedelta(days=int(number)) if 61 <= number < 2_958_466 else None


@lru_cache(maxsize=1024)
def is_date(code: str) -> bool:
    """Whether the format shows a date."""
    return any(kind == "text" and text in "yY" for kind, text in _tokens(code))


def is_special(code: str) -> bool:
    """Whether a number may look otherwise in this format than printed plainly."""
    return bool(code) and code.casefold() not in ("general", "@", "g/通用格式")


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    found: list[_Section] = []
    at = 0
    while at <= len(code) and len(found) < 4:
        match = _SECTION.match(code, at)
        assert match is not None
        found.append(_section(match[0]))
        at = match.end() + 1
    return tuple(found)


def _tokens(code: str) -> list[tuple[str, str]]:
    """Return the signs of a format: digits, conditions, and text as it is printed; `quoted` where it means itself."""
    found: list[tuple[str, str]] = []
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup
        if kind in ("quoted", "escaped", "currency"):
            found.append(("quoted", match[kind]))
        elif kind in ("digit", "condition"):
            found.append((kind, match[kind]))
        elif kind == "sign":
            found.append(("text", match["sign"]))
    return found


def _section(code: str) -> _Section:
    tokens = _tokens(code)
    spelled = "".join(text for kind, text in tokens if kind == "text")
    digits = [at for at, (kind, _) in enumerate(tokens) if kind == "digit"]
    last = digits[-1] if digits else -1
    point = next((at for at, token in enumerate(tokens) if token == ("text", ".")), len(tokens))
    commas = [at for at, token in enumerate(tokens) if token == ("text", ",")]
    scaling = [at for at in commas if digits and at > last and all(c in commas for c in range(last + 1, at))]
    before = [at for at in digits if at < point]
    behind = [text for kind, text in tokens[point:] if kind == "digit"]
    return _Section(
        tokens=tuple(
            ("point", "") if at == point else token
            for at, token in enumerate(tokens)
            if token[0] != "condition" and at not in commas
        ),
        decimals=len(behind),
        least=max((at for at, text in enumerate(behind, start=1) if text == "0"), default=0),
        shift=2 * spelled.count("%") - 3 * len(scaling),
        grouped=bool(before) and any(before[0] < at < before[-1] for at in commas),
        affixes=_affixes(tokens, before, last, behind),
        condition=next((text for kind, text in tokens if kind == "condition"), ""),
        plain=bool(re.search(r"E[+-]|general|g/通用格式|@", spelled, re.IGNORECASE))
        or (bool(digits) and bool("/" in spelled or _DATE.search(spelled)))
        or (not digits and bool(_DATE.search(spelled))),
    )


def _affixes(tokens: list[tuple[str, str]], before: list[int], last: int, behind: list[str]) -> tuple[str, str] | None:
    """Return what stands around the digits where they are written as 0, #,##0 or 0.00, with a zero before the point."""
    if not before or tokens[before[-1]][1] != "0" or sum(tokens[at][1] == "0" for at in before) > 1:
        return None
    between = tokens[before[0] : last + 1]
    if set(behind) - {"0"} or any(kind == "quoted" or (kind == "text" and text not in ",.") for kind, text in between):
        return None
    printed = [
        "" if kind == "condition" or token == ("text", ",") else token[1] for token in tokens for kind in token[:1]
    ]
    return "".join(printed[: before[0]]).lstrip(), "".join(printed[last + 1 :]).rstrip()


def _chosen(sections: tuple[_Section, ...], number: Decimal) -> _Section:
    """Return the section that the number is shown by."""
    if len(sections) == 1:
        return sections[0]
    for section in sections[:2]:
        if section.condition:
            if _holds(section.condition, number):
                return section
        elif any(other.condition for other in sections[:2]):
            continue
        elif section is sections[0]:
            if number > 0 or (number == 0 and len(sections) == 2):
                return section
        elif number < 0:
            return section
    return sections[min(len(sections), 3) - 1]


def _holds(condition: str, number: Decimal) -> bool:
    match = _COMPARED.fullmatch(condition)
    if match is None:
        return False
    limit = Decimal(match[2])
    return {
        "<": number < limit,
        ">": number > limit,
        "=": number == limit,
        "<=": number <= limit,
        ">=": number >= limit,
        "<>": number != limit,
    }.get(match[1], False)


def _written(number: Decimal, section: _Section) -> str:
    if not any(kind == "digit" for kind, _ in section.tokens):
        return "".join(text for _, text in section.tokens).strip()
    rounded = number.scaleb(section.shift).quantize(_steps(section.decimals), ROUND_HALF_UP)
    if section.affixes:
        before, behind = section.affixes
        return f"{before}{rounded:,f}{behind}" if section.grouped else f"{before}{rounded:f}{behind}"
    whole, _, fraction = f"{rounded:f}".partition(".")
    while len(fraction) > section.least and fraction.endswith("0"):
        fraction = fraction[:-1]
    point = next((at for at, (kind, _) in enumerate(section.tokens) if kind == "point"), len(section.tokens))
    filled = _filled(whole, section.tokens[:point], section.grouped)
    rest = list(fraction)
    signs = [(rest.pop(0) if rest else "") if kind == "digit" else text for kind, text in section.tokens[point:]]
    if fraction and not filled[-1:].isdigit():
        filled += "0"  # the format #.0 shows .5, which reads as five
    return f"{filled}{'.' if fraction else ''}{''.join(signs)}".strip()


@lru_cache(maxsize=64)
def _steps(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def _filled(whole: str, tokens: tuple[tuple[str, str], ...], grouped: bool) -> str:
    """Return the digits put in their places, from the right; the first place takes what is left over."""
    places = [at for at, (kind, _) in enumerate(tokens) if kind == "digit"]
    digits = "" if whole == "0" else whole
    texts = [text if kind != "digit" else "" for kind, text in tokens]
    if grouped and places:
        zeros = sum(tokens[at][1] == "0" for at in places)
        texts[places[0]] = f"{int(digits.rjust(zeros, '0') or '0'):,}" if digits or zeros else ""
        return "".join(texts)
    for at in reversed(places):
        if at == places[0]:
            texts[at] = digits or ("0" if tokens[at][1] == "0" else "")
        else:
            texts[at] = digits[-1:] or ("0" if tokens[at][1] == "0" else "")
            digits = digits[:-1]
    return "".join(texts)
