"""One slip at a time put into a fact: what a hand, an OCR or a translator does to a number."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any

from bulletin.repair import table_cell
from schemas.catalogue import Catalogue
from schemas.concepts import Measure
from tests.quality.clean import NUMERAL

Fact = dict[str, Any]
NUMBER = ("value", "lower", "upper", "quote", "decimals", "bound")
"""What belongs to the printed number, not to what it states."""


@dataclass(frozen=True, slots=True)
class Slip:
    """Facts by row as the slip leaves them; two rows where two numbers changed places."""

    kind: str
    facts: Mapping[int, Fact]


Kind = Callable[[int, Sequence[Fact], Catalogue, Random], Iterator[Slip]]


def _scale(kind: str, *powers: int) -> Kind:
    def slips(row: int, facts: Sequence[Fact], catalogue: Catalogue, random: Random) -> Iterator[Slip]:
        fact = facts[row]
        if fact["unit"] in ("percent", "percentage_point") and kind != "decimal_point":
            return
        power = random.choice(powers)
        times = Decimal(10) ** power
        changed = {name: fact[name] * times if fact[name] is not None else None for name in ("value", "lower", "upper")}
        yield Slip(kind, {row: fact | changed})

    return slips


def _digits(kind: str, edit: Callable[[str, Random], str | None]) -> Kind:
    def slips(row: int, facts: Sequence[Fact], catalogue: Catalogue, random: Random) -> Iterator[Slip]:
        fact = facts[row]
        match = NUMERAL.search(fact["quote"])
        printed = re.sub("[,，]", "", match[0]).replace("．", ".") if match else ""
        edited = edit(printed, random) if printed and Decimal(printed) else None
        if match is None or edited is None or not Decimal(edited) or Decimal(edited) == Decimal(printed):
            return
        unit = fact["value"] / Decimal(printed)
        finer = Decimal(10) ** (len(printed.partition(".")[2]) - len(edited.partition(".")[2]))
        value = Decimal(edited) * unit
        changed = {
            "value": value,
            "lower": None if fact["lower"] is None else value - (fact["value"] - fact["lower"]) * finer,
            "upper": None if fact["upper"] is None else value + (fact["upper"] - fact["value"]) * finer,
            "quote": fact["quote"].replace(match[0], edited),
        }
        yield Slip(kind, {row: fact | changed})

    return slips


def _lost(printed: str, random: Random) -> str | None:
    places = [at for at, character in enumerate(printed) if character.isdigit()]
    if len(places) < 2:
        return None
    at = random.choice(places)
    edited = printed[:at] + printed[at + 1 :]
    return edited.strip(".") if edited.strip(".") else None


def _doubled(printed: str, random: Random) -> str | None:
    at = random.choice([at for at, character in enumerate(printed) if character.isdigit()])
    return printed[: at + 1] + printed[at:]


def _transposed(printed: str, random: Random) -> str | None:
    digits = [at for at, character in enumerate(printed) if character.isdigit()]
    pairs = [(a, b) for a, b in pairwise(digits) if printed[a] != printed[b]]
    if not pairs:
        return None
    a, b = random.choice(pairs)
    edited = list(printed)
    edited[a], edited[b] = edited[b], edited[a]
    return "".join(edited)


def _sign(row: int, facts: Sequence[Fact], catalogue: Catalogue, random: Random) -> Iterator[Slip]:
    fact = facts[row]
    if fact["direction"]:
        yield Slip("sign", {row: fact | {"direction": "up" if fact["direction"] == "down" else "down"}})


def _points(row: int, facts: Sequence[Fact], catalogue: Catalogue, random: Random) -> Iterator[Slip]:
    fact = facts[row]
    other = {
        Measure.CHANGE.value: {"measure": Measure.GROWTH_RATE.value, "unit": "percent"},
        Measure.GROWTH_RATE.value: {"measure": Measure.CHANGE.value, "unit": "percentage_point"},
    }.get(fact["measure"])
    if other and catalogue.is_rate(fact["indicator"]):
        yield Slip("percent_points", {row: fact | other})


def _cell(row: int, facts: Sequence[Fact], catalogue: Catalogue, random: Random) -> Iterator[Slip]:
    here = table_cell(facts[row]["address"] or "")
    if here is None:
        return
    near = []
    for other, fact in enumerate(facts):
        there = table_cell(fact["address"] or "") if fact["document"] == facts[row]["document"] else None
        if there and there[0] == here[0] and abs(there[1] - here[1]) + abs(there[2] - here[2]) == 1:
            near.append(other)
    if near:
        yield _exchanged("shifted_cell", row, random.choice(near), facts)


def _member(row: int, facts: Sequence[Fact], catalogue: Catalogue, random: Random) -> Iterator[Slip]:
    fact = facts[row]
    alike = [
        other
        for other, there in enumerate(facts)
        if all(there[name] == fact[name] for name in ("document", "indicator", "measure", "area", "period", "unit"))
        and sum(there[name] != fact[name] for name in catalogue.dimensions) == 1
        and all(there[name] for name in catalogue.dimensions if there[name] != fact[name])
    ]
    if alike and any(fact[name] for name in catalogue.dimensions):
        yield _exchanged("member_swapped", row, random.choice(alike), facts)


def _exchanged(kind: str, row: int, other: int, facts: Sequence[Fact]) -> Slip:
    one, two = facts[row], facts[other]
    return Slip(
        kind, {row: one | {name: two[name] for name in NUMBER}, other: two | {name: one[name] for name in NUMBER}}
    )


KINDS: Mapping[str, Kind] = {
    "scale_thousand": _scale("scale_thousand", 3, -3),
    "scale_million": _scale("scale_million", 6, -6),
    "wan": _scale("wan", 4, -4),
    "yi": _scale("yi", 8, -8),
    "decimal_point": _scale("decimal_point", 1, -1, 2, -2),
    "digit_lost": _digits("digit_lost", _lost),
    "digit_doubled": _digits("digit_doubled", _doubled),
    "digits_transposed": _digits("digits_transposed", _transposed),
    "sign": _sign,
    "percent_points": _points,
    "shifted_cell": _cell,
    "member_swapped": _member,
}
SCALE = ("scale_thousand", "scale_million", "wan", "yi")
"""The kinds that a scale word makes."""
