"""How a rule's message names a fact."""

from collections.abc import Mapping
from typing import Any

from schemas.catalogue import Catalogue


def name_of(fact: Mapping[str, Any], catalogue: Catalogue) -> str:
    """Return the indicator's English name with its members: `Internet users (rural)`."""
    indicator = catalogue.indicators[fact["indicator"]]
    members = [
        dimension.members[fact[name]].name["en"]
        for name, dimension in catalogue.dimensions.items()
        if fact.get(name) in dimension.members
    ]
    return f"{indicator.name['en']} ({', '.join(members)})" if members else indicator.name["en"]


def amount(fact: Mapping[str, Any], suffix: str = "") -> str:
    """Return the number as printed; with its value where that does not speak for itself: `2.84万人 [28,400]`."""
    quote = str(fact[f"quote{suffix}"]).replace("\n", " ").strip()
    value = f"{fact[f'value{suffix}'].normalize():,f}"
    speaks = quote.isascii() and any(character.isalpha() or character == "%" for character in quote)
    return quote if speaks or quote.replace(",", "") == value.replace(",", "") else f"{quote} [{value}]"
