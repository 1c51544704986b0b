"""Relations: what they say of numbers in their intervals, one by one in exact fractions and many at once in floats."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.concepts import Outcome
from schemas.evaluate import TOO_CLOSE
from schemas.relations import (
    DIFFERENCE,
    GROWTH,
    GROWTH_BY_CHANGE,
    NOT_LESS,
    PART_AT_MOST_WHOLE,
    SAME,
    Interval,
    Relation,
    at_most,
    ratio,
    sum_of,
    total_of,
    within,
)

RELATIONS = [
    PART_AT_MOST_WHOLE, SAME, DIFFERENCE, GROWTH, GROWTH_BY_CHANGE, NOT_LESS,
    at_most(3), ratio(1), ratio(100), sum_of(2), sum_of(4), total_of(2, 100), within(0, 100), within(None, 5),
]  # fmt: skip
CODES = [Outcome.PASS, Outcome.FAIL, Outcome.NOT_EVALUABLE]
NUMBERS = st.one_of(
    st.integers(-1000, 1000).map(Fraction),
    st.fractions(min_value=-50, max_value=50, max_denominator=10),
    st.integers(-(10**21), 10**21).map(Fraction),
)


@st.composite
def intervals(draw: st.DrawFn, *, holding: Fraction | None = None) -> Interval:
    """Return an interval, open at an end now and then; around a number where one is given."""
    middle = draw(NUMBERS) if holding is None else holding
    below, above = draw(st.fractions(0, 20, max_denominator=4)), draw(st.fractions(0, 20, max_denominator=4))
    low = -math.inf if draw(st.integers(0, 9)) == 0 else middle - below
    high = math.inf if draw(st.integers(0, 9)) == 0 else middle + above
    return low, high


@st.composite
def cases(draw: st.DrawFn) -> tuple[Relation, list[Interval]]:
    """Return a relation and intervals of its numbers."""
    relation = draw(st.sampled_from(RELATIONS))
    return relation, [draw(intervals()) for _ in relation.x]


@st.composite
def solutions(draw: st.DrawFn) -> tuple[Relation, list[Fraction], list[Interval]]:
    """Return a relation, numbers, and intervals that hold them."""
    relation = draw(st.sampled_from(RELATIONS))
    numbers = [draw(NUMBERS) for _ in relation.x]
    return relation, numbers, [draw(intervals(holding=number)) for number in numbers]


def value(relation: Relation, numbers: list[Fraction]) -> Fraction:
    """Return the value of the formula."""
    total = sum((w * n for w, n in zip(relation.x, numbers, strict=True)), Fraction(0))
    if relation.rate is None:
        return total
    factor = sum((w * n for w, n in zip(relation.y, numbers, strict=True)), Fraction(0))
    return total - (relation.offset + numbers[relation.rate]) * factor


def floats(ends: list[Interval]) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends as the two rows that `outcomes` takes."""
    return np.array([[float(low) for low, _ in ends]]), np.array([[float(high) for _, high in ends]])


@given(cases())
def test_many_at_once_come_out_as_one_by_one(case: tuple[Relation, list[Interval]]) -> None:
    """In floating point a comparison comes out as in exact fractions, or is said to be too close to say."""
    relation, ends = case
    code = int(relation.outcomes(*floats(ends))[0])
    assert code == TOO_CLOSE or CODES[code] is relation.outcome(ends)


@given(solutions())
def test_the_spread_holds_every_value(case: tuple[Relation, list[Fraction], list[Interval]]) -> None:
    """Whatever numbers stand in the intervals, the formula's value lies in its spread."""
    relation, numbers, ends = case
    low, high = relation.spread(ends)
    assert low <= value(relation, numbers) <= high


@given(solutions())
def test_numbers_that_fulfil_it_never_fail(case: tuple[Relation, list[Fraction], list[Interval]]) -> None:
    """Where numbers within the intervals keep the relation it is not broken."""
    relation, numbers, ends = case
    if relation.lower <= value(relation, numbers) <= relation.upper:
        assert relation.outcome(ends) is not Outcome.FAIL


@given(solutions(), st.integers(0, 4))
def test_narrowing_excludes_no_solution(case: tuple[Relation, list[Fraction], list[Interval]], at: int) -> None:
    """Where numbers within the intervals keep the relation, each stays in its interval when that is narrowed."""
    relation, numbers, ends = case
    at %= len(numbers)
    if relation.lower <= value(relation, numbers) <= relation.upper:
        low, high = relation.narrowed(at, ends)
        assert low <= numbers[at] <= high


@pytest.mark.parametrize(
    ("relation", "numbers", "at", "expected"),
    [
        (sum_of(2), [1032, 748, None], 2, (283, 285)),
        (DIFFERENCE, [1067, None, 35], 1, (1031, 1033)),
        (
            ratio(100),
            [None, 200, 50],
            0,
            (Fraction(995, 10) * Fraction(99, 100), Fraction(1005, 10) * Fraction(101, 100)),
        ),
        (within(0, 100), [None], 0, (0, 100)),
    ],
)
def test_narrowing_finds_the_number(
    relation: Relation, numbers: list[int | None], at: int, expected: tuple[Fraction, Fraction]
) -> None:
    """A number of which nothing is known is narrowed to what the others leave it, half a unit each way."""
    half = Fraction(1, 2)
    ends: list[Interval] = [(-math.inf, math.inf) if n is None else (n - half, n + half) for n in numbers]
    low, high = relation.narrowed(at, ends)
    assert low == pytest.approx(float(expected[0]), abs=0.6)
    assert high == pytest.approx(float(expected[1]), abs=0.6)


def test_nothing_times_an_open_end_is_nothing() -> None:
    """A rate of zero of something without an upper end is zero, and no number that is none."""
    ends: list[Interval] = [(Fraction(5), Fraction(5)), (Fraction(1), math.inf), (Fraction(0), Fraction(0))]
    assert ratio(100).spread(ends) == (500, 500)
    assert ratio(100).outcome(ends) is Outcome.FAIL
    assert ratio(100).outcomes(*floats(ends)).tolist() == [1]


def test_a_small_difference_of_large_numbers_is_too_close_to_say() -> None:
    """How far floats are believed depends on the numbers, not on their difference, which may be all rounding."""
    byte = Fraction(10**20)
    ends: list[Interval] = [(3 * byte, 3 * byte), (byte, byte), (2 * byte + 1, 2 * byte + 1)]
    assert sum_of(2).outcomes(*floats(ends)).tolist() == [TOO_CLOSE]
    assert sum_of(2).outcome(ends) is Outcome.FAIL


def test_an_open_end_makes_an_equation_not_evaluable() -> None:
    """ "More than 700" and 284 may make 1,032, and nobody can say; more than 800 cannot."""
    open_end: list[Interval] = [(Fraction(1032),) * 2, (Fraction(700), math.inf), (Fraction(284),) * 2]  # type: ignore[list-item]
    assert sum_of(2).outcome(open_end) is Outcome.NOT_EVALUABLE
    assert sum_of(2).outcome([open_end[0], (Fraction(800), math.inf), open_end[2]]) is Outcome.FAIL
