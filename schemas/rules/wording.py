"""How a rule's message names a fact."""

from collections.abc import Mapping
from typing import Any

from schemas.catalogue import Catalogue, Dimension


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


def amount(fact: Mapping[str, Any], suffix: str = "") -> str:
    """Return the number as printed; with its value where that does not speak for itself: `2.84万人 [28,400]`."""
    quote = str(fact[f"quote{suffix}"]).replace("\n", " ").strip()
    value = f"{fact[f'value{suffix}'].normalize():,f}"
    speaks = quote.isascii() and any(character.isalpha() or character == "%" for character in quote)
    return quote if speaks or quote.replace(",", "") == value.replace(",", "") else f"{quote} [{value}]"
