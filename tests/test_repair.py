"""Repair: the single slip that mends everything that a number breaks, for each kind of slip."""

from decimal import Decimal
from typing import Any

import pytest

from bulletin.localise import Network, localise
from bulletin.repair import Proposal, proposals, slips, table_cell
from schemas.catalogue import Catalogue
from schemas.concepts import Measure
from schemas.evaluate import evaluate
from schemas.rules import all_rules
from schemas.stated import Stated
from tests.test_rules import frame

URBAN, RURAL = {"members": {"residence": "urban"}}, {"members": {"residence": "rural"}}
SHARE = {"value": "28.2", "half": "0.05", "quote": "28.2%", "measure": "share", "unit": "percent"} | RURAL


def stated(catalogue: Catalogue, *facts: dict[str, Any]) -> Stated:
    """Return the facts indexed, given as in a case of a rule."""
    texts = [{name: v if isinstance(v, dict) else str(v) for name, v in fact.items()} for fact in facts]
    return Stated(frame(texts, catalogue), catalogue)


def proposed(facts: Stated) -> list[Proposal]:
    """Return the proposals for the one group of broken comparisons."""
    network = Network(facts, [item for rule in all_rules() for item in evaluate(rule, facts)])
    (group,) = localise(network)
    return proposals(sorted(group.suspected), group.broken, network)


def sum_with(rural: str, half: str, **more: Any) -> list[dict[str, Any]]:
    """Return 904 = 649 + 255 million and the share of 255, with another number for the 255 million."""
    return [
        {"value": 904_000_000, "half": 500_000, "quote": "904 million"},
        {"value": 649_000_000, "half": 500_000, "quote": "649 million"} | URBAN,
        {"value": rural, "half": half, **more} | RURAL,
        SHARE,
    ]


@pytest.mark.parametrize(
    ("value", "half", "quote", "kind"),
    [
        ("2550000000", "5000000", "2.55 billion", "decimal_point"),
        ("255000", "500", "255 thousand", "scale"),
        ("25500", "50", "2.55万", "scale"),
        ("255000000000000", "500000000000", "255 trillion", "scale"),
        ("55000000", "500000", "55 million", "digit_lost"),
        ("2255000000", "500000", "2255 million", "digit_doubled"),
        ("525000000", "500000", "525 million", "digits_exchanged"),
    ],
)
def test_each_slip_of_a_number(value: str, half: str, quote: str, kind: str, catalogue: Catalogue) -> None:
    """A scale word, a decimal point, and digits lost, doubled or exchanged are undone first of all proposals."""
    first, *_ = proposed(stated(catalogue, *sum_with(value, half, quote=quote)))
    assert (first.row, first.slip.kind) == (2, kind)
    assert first.value == Decimal(255_000_000)
    assert len(first.mends) >= 2


def test_a_sign(catalogue: Catalogue) -> None:
    """A change that went down and is said to have gone up is turned round."""
    facts = stated(
        catalogue,
        {"value": 940, "half": "0.5", "period": "2021-12"},
        {"value": 990, "half": "0.5", "period": "2020-12"},
        {"value": 50, "half": "0.5", "measure": "change", "direction": "up", "base_period": "2020-12"},
        {"value": "5.1", "half": "0.05", "measure": "growth_rate", "direction": "down", "base_period": "2020-12"},
    )
    first, *_ = proposed(facts)
    assert (first.row, first.value, first.slip.kind) == (2, Decimal(-50), "sign")


RATES = [
    {"indicator": "internet_penetration_rate", "value": "76.4", "half": "0.05", "period": "2023-06"},
    {"indicator": "internet_penetration_rate", "value": "70.4", "half": "0.05", "period": "2022-12"},
]
RATE = {"indicator": "internet_penetration_rate", "half": "0.05", "period": "2023-06", "base_period": "2022-12"}


@pytest.mark.parametrize(
    ("value", "measure", "unit", "truly"),
    [
        ("6.0", "growth_rate", "percent", Measure.CHANGE),
        ("8.5", "change", "percentage_point", Measure.GROWTH_RATE),
    ],
)
def test_percent_and_points(value: str, measure: str, unit: str, truly: Measure, catalogue: Catalogue) -> None:
    """Points of a rate that are called growth in percent, and the reverse, keep their number and change their name."""
    facts = stated(catalogue, *RATES, RATE | {"value": value, "measure": measure, "unit": unit, "direction": "up"})
    found = [proposal for proposal in proposed(facts) if proposal.row == 2]
    assert found[0].slip.kind == "points"
    assert (found[0].value, found[0].slip.measure) == (Decimal(value), truly)


def test_points_are_no_slip_of_what_is_no_rate(catalogue: Catalogue) -> None:
    """A number of people has no growth in percentage points."""
    facts = stated(catalogue, {"value": 5, "measure": "growth_rate", "direction": "up", "base_period": "2020-12"})
    assert "points" not in {slip.kind for slip in slips(0, facts)}


def test_two_cells_side_by_side(catalogue: Catalogue) -> None:
    """Two numbers of a table that stand in one another's cell are exchanged."""
    facts = stated(
        catalogue,
        {"value": 904, "half": "0.5"},
        {"value": 804, "half": "0.5", "period": "2020-12"},
        {"value": 649, "half": "0.5", "address": "table 1, row 2, column 2"} | URBAN,
        {"value": 255, "half": "0.5", "address": "table 1, row 3, column 2"} | RURAL,
        {"value": 204, "half": "0.5", "address": "table 1, row 2, column 3", "period": "2020-12"} | URBAN,
        {"value": 600, "half": "0.5", "address": "table 1, row 3, column 3", "period": "2020-12"} | RURAL,
        {"value": "25.4", "half": "0.05", "measure": "share", "period": "2020-12"} | RURAL,
        {"value": "74.6", "half": "0.05", "measure": "share", "period": "2020-12"} | URBAN,
    )
    first = next(p for p in proposed(facts) if p.row == 4)
    assert first.slip.kind == "cell"
    assert dict(first.slip.values) == {4: Decimal(600), 5: Decimal(204)}


def test_two_members(catalogue: Catalogue) -> None:
    """Two numbers of a sentence that were given to one another's member are exchanged."""
    facts = stated(
        catalogue,
        {"value": 904, "half": "0.5"},
        {"value": 255, "half": "0.5"} | URBAN,
        {"value": 649, "half": "0.5"} | RURAL,
        {"value": "28.2", "half": "0.05", "measure": "share"} | RURAL,
        {"value": "71.8", "half": "0.05", "measure": "share"} | URBAN,
    )
    assert any(p.slip.kind == "member" and dict(p.slip.values)[1] == 649 for p in proposed(facts))


def test_what_an_inequality_breaks_is_mended_to_the_nearest_size(catalogue: Catalogue) -> None:
    """A part above its whole is proposed at the size of the whole, not at a thousandth of it."""
    facts = stated(
        catalogue,
        {"value": 904_000_000, "half": 500_000, "quote": "904 million"},
        {"value": 2_550_000_000, "half": 5_000_000, "quote": "2.55 billion"} | RURAL,
    )
    assert next(p for p in proposed(facts) if p.row == 1).value == Decimal(255_000_000)


def test_a_repair_that_breaks_something_else_is_none(catalogue: Catalogue) -> None:
    """A slip whose undoing would break a comparison that holds is not proposed."""
    facts = stated(catalogue, *sum_with("2550000000", "5000000", quote="2.55 billion"))
    assert {p.value for p in proposed(facts) if p.slip.kind in ("scale", "decimal_point")} == {Decimal(255_000_000)}


def test_no_scale_word_stands_with_a_percentage(catalogue: Catalogue) -> None:
    """A percentage may have slipped by a decimal point, but never by 万."""
    kinds = {slip.kind for slip in slips(0, stated(catalogue, SHARE))}
    assert "decimal_point" in kinds
    assert "scale" not in kinds


@pytest.mark.parametrize(
    ("address", "cell"),
    [
        ("table 1, row 2, column 3", ("table 1", 2, 3)),
        ("sheet 表1, C4", ("sheet 表1", 4, 3)),
        ("sheet a, AB12", ("sheet a", 12, 28)),
        ("page 7", None),
        ("", None),
    ],
)
def test_cells_of_tables(address: str, cell: tuple[str, int, int] | None) -> None:
    """An address names table, row and column; a place in prose names none."""
    assert table_cell(address) == cell
