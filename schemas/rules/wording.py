"""How a rule's message names a fact."""

from collections.abc import Mapping
from typing import Any

from schemas.catalogue import Catalogue, Dimension
from schemas.concepts import Bound, Measure

POWERS = (1, 2, 3, 4, 6, 8)
"""Powers of ten by which a decimal point or a scale word slips: one and two places, thousand, 万, million, 亿."""
_MEASURES = {Measure.CHANGE: "change of", Measure.GROWTH_RATE: "growth of", Measure.SHARE: "share of"}

_BOUNDS: Mapping[str, str] = {Bound.MORE_THAN: "more than ", Bound.LESS_THAN: "less than ", Bound.ABOUT: "about "}


def name_of(fact: Mapping[str, Any], catalogue: Catalogue) -> str:
    """Return the indicator's English name with its members: `Internet users (rural)`."""
    indicator = catalogue.indicators[fact["indicator"]]
    named = [
        (dimension, fact[name]) for name, dimension in catalogue.dimensions.items() if isinstance(fact.get(name), str)
    ]
    members = [_member(dimension, member) for dimension, member in named if dimension.holds(member)]
    return f"{indicator.name['en']} ({', '.join(members)})" if members else indicator.name["en"]


def _member(dimension: Dimension, member: str) -> str:
    """Return the member's English name; one that a form made has none but its id."""
    return dimension.members[member].name["en"] if member in dimension.members else member


def measured(fact: Mapping[str, Any], catalogue: Catalogue) -> str:
    """Return the name with what is said of it: `growth of Internet users (rural)`."""
    kind = _MEASURES.get(fact["measure"])
    return f"{kind} {name_of(fact, catalogue)}" if kind else name_of(fact, catalogue)


def amount(fact: Mapping[str, Any]) -> str:
    """Return the number as printed; with its value where that does not speak for itself: `2.84万人 [28,400]`.

    A difference that goes down has a minus before it, and a number with a hedge its hedge.
    """
    quote = str(fact["quote"]).replace("\n", " ").strip()
    value = f"{fact['value'].normalize():,f}"
    speaks = quote.isascii() and any(character.isalpha() or character == "%" for character in quote)
    plain = quote if speaks or quote.replace(",", "") == value.replace(",", "") else f"{quote} [{value}]"
    signed = f"−{plain}" if fact.get("direction") == "down" else plain
    return f"{_BOUNDS.get(fact.get('bound') or '', '')}{signed}"


def place_of(fact: Mapping[str, Any]) -> str:
    """Return area and period: `CN, 2021-12`."""
    return f"{fact['area']}, {fact['period']}"


def times_as_much(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Return the power of ten by which a number moved, `10` or `1/1,000`; empty where it moved otherwise."""
    (low, high), (new_low, new_high) = ((fact["lower"], fact["upper"]) for fact in (before, now))
    if None in (low, high, new_low, new_high) or min(low, new_low) <= 0:
        return ""
    for times in (10**power for power in POWERS):
        if low * times <= new_high and new_low <= high * times:
            return f"{times:,}"
        if new_low * times <= high and low <= new_high * times:
            return f"1/{times:,}"
    return ""
