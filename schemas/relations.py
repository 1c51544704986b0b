"""What must hold between numbers, on the intervals that their rounding and hedges allow.

A relation is one formula over a few numbers, `x - (offset + rate) * y`, whose value must lie within bounds; `x` and
`y` are sums of the numbers with whole coefficients. Sums, differences, shares, ratios and growth rates are all of
that form:

    whole - part                          at least 0        part_at_most_whole
    whole - urban - rural                 0                 sum_of(2)
    level - earlier - change              0                 difference
    100 level - (100 + growth) earlier    0                 growth
    100 part - share whole                0                 ratio(100)

It is broken where no numbers within the intervals fulfil it; intervals are exact fractions, an open end is infinite.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from schemas.concepts import Outcome

End = Fraction | float
"""An end of an interval: an exact number, or plus or minus infinity."""
Interval = tuple[End, End]
Floats = npt.NDArray[np.float64]

WHOLE_LINE: Interval = (-math.inf, math.inf)
NOT_NEGATIVE: Interval = (Fraction(0), math.inf)
CLOSE = 1e-9
"""Relative distance from a bound within which floating point is not believed and exact fractions decide."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A formula over numbers and the bounds that its value must keep."""

    x: tuple[int, ...]
    """A coefficient for each number."""
    lower: End = Fraction(0)
    upper: End = Fraction(0)
    y: tuple[int, ...] = ()
    """Coefficients of the second factor; empty where there is none."""
    rate: int | None = None
    """Which of the numbers is the rate."""
    offset: int = 0

    @property
    def is_equation(self) -> bool:
        """Whether it pins its numbers to each other; an inequality confirms nothing."""
        return self.lower == self.upper

    def spread(self, intervals: Sequence[Interval]) -> Interval:
        """Return the values that the formula can take with the numbers in their intervals."""
        x = _weighted(self.x, intervals)
        if self.rate is None:
            return x
        low, high = _times(self._factor(intervals), _weighted(self.y, intervals))
        return x[0] - high, x[1] - low

    def outcome(self, intervals: Sequence[Interval]) -> Outcome:
        """Return whether it holds: not evaluable where an open interval could hide that it does not."""
        low, high = self.spread(intervals)
        if low > self.upper or high < self.lower:
            return Outcome.FAIL
        hidden = (low == -math.inf and self.upper < math.inf) or (high == math.inf and self.lower > -math.inf)
        surely = low >= self.lower and high <= self.upper
        return Outcome.NOT_EVALUABLE if hidden and not surely else Outcome.PASS

    def narrowed(self, at: int, intervals: Sequence[Interval]) -> Interval:
        """Return where the number at that place must lie, given the intervals of the others and its own."""
        found = intervals[at]
        x = _weighted(self.x, intervals)
        if self.rate is None:
            others = _weighted(self.x, intervals, without=at)
            return _both(found, _divided((self.lower - others[1], self.upper - others[0]), self.x[at]))
        factor, y = self._factor(intervals), _weighted(self.y, intervals)
        if self.x[at]:
            product, others = _times(factor, y), _weighted(self.x, intervals, without=at)
            room = self.lower + product[0] - others[1], self.upper + product[1] - others[0]
            found = _both(found, _divided(room, self.x[at]))
        room = x[0] - self.upper, x[1] - self.lower
        if at == self.rate:
            low, high = _quotient(room, y)
            found = _both(found, (low - self.offset, high - self.offset))
        elif self.y[at]:
            others = _weighted(self.y, intervals, without=at)
            low, high = _quotient(room, factor)
            found = _both(found, _divided((low - others[1], high - others[0]), self.y[at]))
        return found

    def _factor(self, intervals: Sequence[Interval]) -> Interval:
        low, high = intervals[self.rate or 0]
        return low + self.offset, high + self.offset

    def outcomes(self, low: Floats, high: Floats) -> npt.NDArray[np.int8]:
        """Return the outcome of many comparisons at once: 0 it holds, 1 it fails, 2 not evaluable, 3 too close to say.

        `low` and `high` have a row for each comparison and a column for each number; open ends are infinite.
        """
        least, most, size = _weighted_many(self.x, low, high)
        if self.rate is not None:
            products, largest = self._products(low, high)
            least, most = least - products.max(axis=0), most - products.min(axis=0)
            size = np.maximum(size, largest)
        lower, upper = float(self.lower), float(self.upper)
        slack = CLOSE * size
        fails = (least > upper + slack) | (most < lower - slack)
        close = ~fails & ((least > upper - slack) | (most < lower + slack)) & (size > 0)
        hidden = ((least == -np.inf) & (upper < math.inf)) | ((most == np.inf) & (lower > -math.inf))
        surely = (least >= lower) & (most <= upper)
        result = np.where(hidden & ~surely, 2, 0).astype(np.int8)
        result[close] = 3
        result[fails] = 1
        return result

    def _products(self, low: Floats, high: Floats) -> tuple[Floats, Floats]:
        """Return the products of the ends of both factors, four rows, and the size of the largest finite term."""
        y_low, y_high, size = _weighted_many(self.y, low, high)
        rate_low, rate_high = low[:, self.rate] + self.offset, high[:, self.rate] + self.offset
        with np.errstate(invalid="ignore"):
            products = np.stack([rate_low * y_low, rate_low * y_high, rate_high * y_low, rate_high * y_high])
        products[np.isnan(products)] = 0.0  # nothing times an open end is nothing
        return products, size * np.maximum(_finite(rate_low), _finite(rate_high))


PART_AT_MOST_WHOLE = Relation(x=(-1, 1), upper=math.inf)
"""Part, whole."""
SAME = Relation(x=(1, -1))
DIFFERENCE = Relation(x=(1, -1, -1))
"""Level, earlier level, change."""
GROWTH = Relation(x=(100, 0, 0), y=(0, 1, 0), rate=2, offset=100)
"""Level, earlier level, growth rate in percent."""
GROWTH_BY_CHANGE = Relation(x=(0, 100, 0), y=(1, -1, 0), rate=2)
"""Level, change, growth rate in percent: the change over what was there before it."""
NOT_LESS = Relation(x=(1, -1), upper=math.inf)
"""Level, earlier level."""


def at_most(times: int) -> Relation:
    """Return that the first number is at most so many times the second."""
    return Relation(x=(-1, times), upper=math.inf)


def sum_of(parts: int) -> Relation:
    """Return that a whole, the first number, is the sum of the parts behind it."""
    return Relation(x=(1, *[-1] * parts))


def total_of(numbers: int, total: int) -> Relation:
    """Return that the numbers add up to a fixed total: shares of a whole to 100."""
    return Relation(x=(1,) * numbers, lower=Fraction(total), upper=Fraction(total))


def ratio(factor: int) -> Relation:
    """Return that numerator times factor is the third number times the denominator: 100 for percent."""
    return Relation(x=(factor, 0, 0), y=(0, 1, 0), rate=2)


def within(lower: Any, upper: Any) -> Relation:
    """Return that one number lies within the bounds; None is open."""
    low = -math.inf if lower is None else Fraction(lower)
    return Relation(x=(1,), lower=low, upper=math.inf if upper is None else Fraction(upper))


def _weighted(weights: Sequence[int], intervals: Sequence[Interval], without: int = -1) -> Interval:
    low: End = Fraction(0)
    high: End = Fraction(0)
    for at, weight in enumerate(weights):
        if weight and at != without:
            ends = intervals[at] if weight > 0 else intervals[at][::-1]
            low, high = low + weight * ends[0], high + weight * ends[1]
    return low, high


def _weighted_many(weights: Sequence[int], low: Floats, high: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the least and the most that the sums can be, and the size of their largest finite term.

    The size tells how far floating point can be off: a small difference of two large numbers is as uncertain as they.
    """
    least, most, size = np.zeros(len(low)), np.zeros(len(low)), np.zeros(len(low))
    for at, weight in enumerate(weights):
        if weight:
            ends = (low, high) if weight > 0 else (high, low)
            least, most = least + weight * ends[0][:, at], most + weight * ends[1][:, at]
            size = np.maximum(size, abs(weight) * np.maximum(_finite(low[:, at]), _finite(high[:, at])))
    return least, most, size


def _finite(ends: Floats) -> Floats:
    """Return the sizes of the ends, 0 for open ones."""
    return np.where(np.isfinite(ends), np.abs(ends), 0.0)


def _product(a: End, b: End) -> End:
    return Fraction(0) if a == 0 or b == 0 else a * b


def _times(a: Interval, b: Interval) -> Interval:
    products = [_product(one, other) for one in a for other in b]
    return min(products), max(products)


def _divided(a: Interval, by: int) -> Interval:
    low, high = a[0] / by, a[1] / by
    return (low, high) if by > 0 else (high, low)


def _quotient(a: Interval, b: Interval) -> Interval:
    """Return the quotients; the whole line where the divisor may be zero."""
    if b[0] <= 0 <= b[1]:
        return WHOLE_LINE
    inverse = tuple(Fraction(0) if math.isinf(end) else 1 / end for end in b)
    return _times(a, (min(inverse), max(inverse)))


def _both(a: Interval, b: Interval) -> Interval:
    return max(a[0], b[0]), min(a[1], b[1])
