"""Facts side by side: the cell of a fact, the one beside it, and which of several statements is taken."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.catalogue import Catalogue
from schemas.stated import NONE, Stated, hash_of, together
from tests.test_rules import frame


def stated(catalogue: Catalogue, *facts: dict[str, Any]) -> Stated:
    """Return the facts indexed; what a case of a rule leaves out may be left out."""
    return Stated(frame([{name: _text(value) for name, value in fact.items()} for fact in facts], catalogue), catalogue)


def _text(value: Any) -> Any:
    return value if isinstance(value, dict) else str(value)


def found(facts: Stated, row: int, **parts: str) -> int:
    """Return the row in the cell of a row with parts exchanged."""
    rows = np.array([row])
    return int(facts.find(facts.moved(rows, **parts), rows)[0])


def test_a_cell_with_a_part_exchanged_is_the_other_fact_s(catalogue: Catalogue) -> None:
    """The cell of the whole, of another member, measure or period is found from a fact's own."""
    facts = stated(
        catalogue,
        {"value": 1, "members": {"residence": "rural"}},
        {"value": 2, "members": {"residence": "urban"}},
        {"value": 3},
        {"value": 4, "period": "2020-12", "members": {"residence": "rural"}},
        {"value": 5, "measure": "share", "members": {"residence": "rural"}},
    )
    assert found(facts, 0, residence="urban") == 1
    assert found(facts, 0, residence="") == 2
    assert found(facts, 0, period="2020-12") == 3
    assert found(facts, 0, measure="share") == 4
    assert found(facts, 0, residence="urban", period="2020-12") == NONE


def test_the_same_document_comes_first_then_the_publisher(catalogue: Catalogue) -> None:
    """A partner is taken from the fact's own document, else from its publisher's, else from anywhere."""
    whole = {"value": 9, "half": 1}
    part = {"value": 1, "members": {"residence": "rural"}, "document": "a", "publisher": "CNNIC"}
    anywhere = whole | {"document": "c", "publisher": "ITU", "half": 0}
    publisher = whole | {"document": "b", "publisher": "CNNIC"}
    own = whole | {"document": "a", "publisher": "CNNIC"}
    assert found(stated(catalogue, part, anywhere, publisher, own), 0, residence="") == 3
    assert found(stated(catalogue, part, anywhere, publisher), 0, residence="") == 2
    assert found(stated(catalogue, part, anywhere), 0, residence="") == 1
    facts = stated(catalogue, part, anywhere)
    rows = np.array([0])
    assert facts.find_here(facts.moved(rows, residence=""), rows).tolist() == [NONE]


def test_of_several_statements_the_most_precise_is_preferred_then_the_latest(catalogue: Catalogue) -> None:
    """Of statements of one fact the relatively narrowest comes first; of equals the latest."""
    facts = stated(
        catalogue,
        {"value": 1000, "half": 50},
        {"value": 1032, "half": "0.5", "document": "b", "published": "2021-01-01"},
        {"value": 1032, "half": "0.5", "document": "c", "published": "2022-01-01"},
        {"value": "1.032", "half": "0.0005", "document": "d", "published": "2020-01-01"},
    )
    assert facts.preferred()[1].tolist() == [2, 2, 2, 2]


def test_trust_comes_before_precision(catalogue: Catalogue) -> None:
    """A source that is trusted more is preferred to one that is more precise."""
    data = frame([{"value": "1000", "half": "50"}, {"value": "1032", "half": "1", "document": "b"}], catalogue)
    assert Stated(data, catalogue).preferred()[1].tolist() == [1, 1]
    assert Stated(data.assign(trust=[2.0, 1.0]), catalogue).preferred()[1].tolist() == [0, 0]


@pytest.mark.parametrize(
    "fact",
    [
        {"value": 1, "period": "~"},
        {"value": 1, "measure": "change", "direction": "up"},
        {"value": 1, "measure": "growth_rate", "direction": "up"},
        {"value": 1, "measure": "share"},
    ],
)
def test_what_is_not_settled_is_alone(fact: dict[str, Any], catalogue: Catalogue) -> None:
    """Facts without a period, differences without a base and shares of nothing are nobody's second statement."""
    facts = stated(catalogue, fact, fact, fact)
    assert facts.preferred()[1].tolist() == [0, 1, 2]
    assert len(set(facts.cells.tolist())) == 3


def test_a_fact_without_a_period_is_not_the_cell_without_one(catalogue: Catalogue) -> None:
    """The first row, too, stands apart from the cell that a fact has when its period is taken away."""
    facts = stated(catalogue, {"value": 1, "period": "~"}, {"value": 1})
    assert found(facts, 1, period="") == NONE


def test_a_unit_that_is_not_the_indicator_s_own_is_a_part_of_the_cell(catalogue: Catalogue) -> None:
    """Revenue in dollars stands apart from revenue in yuan; percent and points of a rate are one."""
    facts = stated(
        catalogue,
        {"indicator": "telecom_revenue", "value": 1, "unit": "yuan"},
        {"indicator": "telecom_revenue", "value": 1, "unit": "usd"},
        {"indicator": "internet_penetration_rate", "value": 1, "unit": "percent"},
        {"indicator": "internet_penetration_rate", "value": 1, "unit": "percentage_point"},
    )
    assert facts.preferred()[1].tolist() == [0, 1, 2, 2]


def test_what_goes_down_is_below_zero(catalogue: Catalogue) -> None:
    """The interval of a difference that goes down is turned round; an open end stays open, a level ends at 0."""
    facts = stated(
        catalogue,
        {"value": 5, "half": 1, "measure": "change", "direction": "down"},
        {"value": 5, "upper": "~", "measure": "change", "direction": "down"},
        {"value": 5, "lower": "~"},
    )
    assert facts.interval(0) == (-6, -4)
    assert facts.interval(1) == (-np.inf, -5)
    assert facts.interval(2) == (0, 5)
    assert [(low, high) for low, high in zip(facts.low, facts.high, strict=True)] == [
        tuple(map(float, facts.interval(row))) for row in range(3)
    ]


def test_together_keeps_rows_with_every_number() -> None:
    """A comparison needs all its numbers."""
    assert together([0, NONE, 2], [3, 4, NONE]).tolist() == [[0, 3]]


def test_nothing_is_found_among_nothing(catalogue: Catalogue) -> None:
    """An empty frame has no cells and no partners."""
    facts = stated(catalogue)
    assert facts.preferred()[0].tolist() == []
    assert facts.find(np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)).tolist() == []


PARTS = st.fixed_dictionaries(
    {
        "indicator": st.sampled_from(["internet_users", "non_users"]),
        "area": st.sampled_from(["CN", "IN", "US"]),
        "period": st.sampled_from(["2020-12", "2021-12"]),
        "measure": st.sampled_from(["level", "share"]),
        "residence": st.sampled_from(["", "urban", "rural"]),
        "age": st.sampled_from(["", "60_plus", "50_plus"]),
        "device": st.sampled_from(["", "mobile"]),
    }
)


@given(st.lists(PARTS, min_size=1, max_size=12))
def test_two_facts_share_a_cell_where_all_their_parts_are_equal(facts: list[dict[str, str]]) -> None:
    """No two facts of other members, measures, areas, periods or indicators have one cell, missing members included."""
    hashes = [sum(int(hash_of(name, value)) for name, value in fact.items()) % 2**64 for fact in facts]
    for one, first in zip(facts, hashes, strict=True):
        for other, second in zip(facts, hashes, strict=True):
            assert (one == other) == (first == second)


def test_a_missing_value_has_no_hash() -> None:
    """What is missing adds nothing; the same value of two parts adds two numbers."""
    assert hash_of("age", "") == 0
    assert hash_of("age", "x") != hash_of("sex", "x")
