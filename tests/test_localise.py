"""Localisation: the lightest set of numbers that would have to be wrong."""

import itertools
import math
import time
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin import localise as module
from bulletin.localise import Group, Network, localise
from schemas.catalogue import Catalogue, load_catalogue
from schemas.concepts import Outcome, Severity
from schemas.evaluate import Judged, evaluate
from schemas.relations import Relation, sum_of
from schemas.rules import Rule, all_rules
from schemas.stated import Stated
from tests.test_rules import frame

CATALOGUE = load_catalogue()
RULE = Rule("sum", Severity.ERROR, "Sums", "", lambda stated, catalogue: iter(()))


def groups(catalogue: Catalogue, *facts: dict[str, Any]) -> list[Group]:
    """Return what every rule and then localisation makes of the facts, given as in a case of a rule."""
    data = frame(
        [{name: v if isinstance(v, dict) else str(v) for name, v in fact.items()} for fact in facts], catalogue
    )
    stated = Stated(data, catalogue)
    return list(localise(Network(stated, [item for rule in all_rules() for item in evaluate(rule, stated)])))


def network(values: Sequence[int], comparisons: Sequence[tuple[Relation, tuple[int, ...]]]) -> Network:
    """Return the network of numbers, each exact to half, and of comparisons between them."""
    data = frame([{"value": str(v), "half": "0.5", "period": f"{2000 + n}"} for n, v in enumerate(values)], CATALOGUE)
    stated = Stated(data, CATALOGUE)
    judged = []
    for relation, rows in comparisons:
        outcome = relation.outcome([stated.interval(row) for row in rows])
        codes = np.array([1 if outcome is Outcome.FAIL else 0], dtype=np.int8)
        judged.append(Judged(RULE, relation, np.array([rows]), codes, lambda facts: "", Outcome.FAIL))
    return Network(stated, judged)


def test_the_number_that_two_identities_share(catalogue: Catalogue) -> None:
    """Of rural 2,550, urban 649, all 904 million and a share of rural, the one that breaks both is the suspect."""
    (group,) = groups(
        catalogue,
        {"value": 904, "half": "0.5"},
        {"value": 649, "half": "0.5", "members": {"residence": "urban"}},
        {"value": 2550, "half": 5, "members": {"residence": "rural"}},
        {"value": "28.2", "half": "0.05", "measure": "share", "members": {"residence": "rural"}},
    )
    assert group.suspects == (frozenset({2}),)
    assert group.exact


def test_a_single_identity_is_a_tie(catalogue: Catalogue) -> None:
    """Of three numbers of one broken sum each may be the wrong one, and each is said to be."""
    (group,) = groups(
        catalogue,
        {"value": 904, "half": "0.5"},
        {"value": 649, "half": "0.5", "members": {"residence": "urban"}},
        {"value": 155, "half": "0.5", "members": {"residence": "rural"}},
    )
    assert set(group.suspects) == {frozenset({0}), frozenset({1}), frozenset({2})}


def test_what_others_confirm_is_harder_to_doubt(catalogue: Catalogue) -> None:
    """A number that a second document states too weighs more than one that nothing confirms."""
    (group,) = groups(
        catalogue,
        {"value": 904, "half": "0.5"},
        {"value": 649, "half": "0.5", "members": {"residence": "urban"}},
        {"value": 155, "half": "0.5", "members": {"residence": "rural"}},
        {"value": 904, "half": "0.5", "document": "b"},
        {"value": 649, "half": "0.5", "document": "b", "members": {"residence": "urban"}},
    )
    assert group.suspects == (frozenset({2}),)


def test_two_numbers_may_be_wrong_at_once(catalogue: Catalogue) -> None:
    """Two broken comparisons without a common number have a suspect each, in two groups."""
    found = groups(
        catalogue,
        {"value": 130, "measure": "share", "members": {"residence": "rural"}},
        {"value": 140, "measure": "share", "members": {"device": "mobile"}},
    )
    assert [group.suspects for group in found] == [(frozenset({0}),), (frozenset({1}),)]


def test_trust_decides_between_two_sources(catalogue: Catalogue) -> None:
    """Of two documents that disagree the number of the less trusted one is the suspect."""
    data = frame([{"value": "10", "publisher": "a"}, {"value": "11", "document": "b", "publisher": "b"}], catalogue)
    stated = Stated(data.assign(trust=[2.0, 1.0]), catalogue)
    (group,) = localise(Network(stated, [item for rule in all_rules() for item in evaluate(rule, stated)]))
    assert group.suspects == (frozenset({1}),)


def test_a_number_that_could_mend_this_but_breaks_that_is_none() -> None:
    """A set is no solution where mending the broken comparison would break one that holds."""
    comparisons = [(sum_of(2), (0, 1, 2)), (sum_of(2), (3, 1, 4))]
    (group,) = localise(network([10, 5, 9, 8, 3], comparisons))
    assert set(group.suspects) == {frozenset({0}), frozenset({2})}


@st.composite
def systems(draw: st.DrawFn) -> tuple[list[int], list[tuple[Relation, tuple[int, ...]]]]:
    """Return up to eight numbers and sums between them, such that each number stands in the sums with one sign."""
    count = draw(st.integers(3, 8))
    values = draw(st.lists(st.integers(1, 30), min_size=count, max_size=count))
    trios = list(itertools.combinations(range(count), 3))
    chosen = draw(st.lists(st.sampled_from(trios), min_size=1, max_size=4, unique=True))
    return values, [(sum_of(2), (trio[-1], *trio[:-1])) for trio in chosen]


@given(systems())
def test_no_lighter_set_was_overlooked(system: tuple[list[int], list[tuple[Relation, tuple[int, ...]]]]) -> None:
    """Over all subsets of up to eight numbers, tried one by one, none that works is lighter than those found."""
    values, comparisons = system
    net = network(values, comparisons)
    for group in localise(net):
        weights = module._Weights(net)
        everything = module._touching(range(len(values)), net)
        linked = _linked(group, everything)
        own = [c for c in everything if set(c.rows) & linked]
        working = [
            frozenset(subset)
            for size in range(len(linked) + 1)
            for subset in itertools.combinations(sorted(linked), size)
            if _mends(frozenset(subset), group)
            and module._possible(subset, [c for c in own if set(c.rows) & set(subset)], net)
        ]
        lightest = min(sum(weights[row] for row in subset) for subset in working)
        expected = {s for s in working if math.isclose(sum(weights[row] for row in s), lightest)}
        assert set(group.suspects) == expected


def _linked(group: Group, comparisons: Sequence[Any]) -> set[int]:
    linked = set(group.rows)
    for _ in comparisons:
        linked |= {row for c in comparisons if set(c.rows) & linked for row in c.rows}
    return linked


def _mends(freed: frozenset[int], group: Group) -> bool:
    return all(freed & set(comparison.rows) for comparison in group.broken)


def test_thirty_linked_numbers_are_exact_within_two_seconds() -> None:
    """Of thirty numbers of which one is in ten broken sums and two more sums are broken, the lightest set is found."""
    values = [100] + [70, 20] * 13 + [100, 60, 30]
    comparisons = [(sum_of(2), (0, at, at + 1)) for at in range(1, 27, 2)]
    comparisons += [(sum_of(2), (27, 28, 29)), (sum_of(2), (27, 1, 2))]
    start = time.process_time()
    (group,) = localise(network(values, comparisons))
    assert time.process_time() - start < 2
    assert group.exact
    assert len(group.rows) == 30
    assert group.suspects == (frozenset({0, 27}),)


def test_what_would_take_too_long_gets_a_light_set_that_says_so() -> None:
    """A chain of sums that are all broken has an answer soon; where it may not be the best it does not claim to be."""
    comparisons = [(sum_of(2), (at, at + 1, at + 2)) for at in range(0, 28)]
    (group,) = localise(network([100] * 30, comparisons))
    assert all(group.suspects[0] & set(comparison.rows) for comparison in group.broken)


def test_more_linked_numbers_get_one_light_set_that_says_so() -> None:
    """Of more than thirty linked numbers one set is given that touches every broken comparison, and not as exact."""
    values = [100] * 60
    comparisons = [(sum_of(2), (at, at + 1, at + 2)) for at in range(0, 58)]
    (group,) = localise(network(values, comparisons))
    assert not group.exact
    (suspects,) = group.suspects
    assert all(suspects & set(comparison.rows) for comparison in group.broken)
    assert len(suspects) <= 30


def test_too_many_ties_are_not_called_exact() -> None:
    """Where more sets are equally light than are looked at, the answer does not claim to hold them all."""
    comparisons = [(sum_of(3), (at, at + 1, at + 2, at + 3)) for at in range(0, 28, 7)]
    links = [(sum_of(1), (at, at + 4)) for at in range(0, 21, 7)]
    net = network([100 + 7 * n for n in range(30)], comparisons + links)
    for group in localise(net):
        assert group.exact == (len(group.suspects) < module.TIES)


@pytest.mark.parametrize("outcome", [Outcome.RESTATED, Outcome.DIFFERENT_DEFINITION])
def test_a_restatement_is_nobody_s_mistake(outcome: Outcome) -> None:
    """What broken comparisons of other outcomes say is no reason to doubt a number."""
    net = network([10, 5, 9], [(sum_of(2), (0, 1, 2))])
    item = net._judged[0]
    other = Judged(item.rule, item.relation, item.rows, item.codes, item.describe, outcome)
    assert list(localise(Network(net.stated, [other]))) == []


def test_what_nobody_knows_of_a_number() -> None:
    """A level or share of which nothing is known is not negative; a difference may be anything."""
    stated = Stated(
        frame([{"value": "1"}, {"value": "1", "measure": "change", "direction": "up"}], CATALOGUE), CATALOGUE
    )
    net = Network(stated, [])
    assert net.anything(0) == (Fraction(0), math.inf)
    assert net.anything(1) == (-math.inf, math.inf)
