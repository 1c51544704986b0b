"""What a wrong number should have been: single slips of the pen that mend everything that it breaks and break nothing.

Each slip is what a hand, an OCR or a translator does: a scale word too many or too few, 万 for 亿, a decimal point, a
digit lost or doubled, two digits exchanged, a sign, percent for percentage points, the cell next to it. A proposal is
never applied.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np

from bulletin.localise import Comparison, Network
from schemas.catalogue.model import RATE_UNITS
from schemas.concepts import Measure, Outcome
from schemas.relations import DIFFERENCE, GROWTH, GROWTH_BY_CHANGE, Interval, Relation
from schemas.stated import Stated

_NUMERAL = re.compile(r"\d[\d,，]*(?:[.．]\d+)?")
_POWERS: Mapping[int, tuple[str, int]] = {
    3: ("a scale word slipped by a thousand", 1),
    4: ("万 slipped", 1),
    6: ("a scale word slipped by a million", 2),
    8: ("亿 slipped", 1),
    1: ("the decimal point slipped by one place", 2),
    2: ("the decimal point slipped by two places", 3),
}
"""Of a slip by that power of ten: what happened, and how unlikely it is (1 the likeliest)."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What a number would be if one slip were undone."""

    kind: str
    """`scale`, `decimal_point`, `digit_lost`, `digit_doubled`, `digits_exchanged`, `sign`, `cell`, `member`,
    `points`."""
    words: str
    values: tuple[tuple[int, Decimal], ...]
    """Row and value; two where numbers were exchanged. A negative value goes down."""
    cost: int
    """How unlikely it is; 1 the likeliest."""
    measure: Measure | None = None
    """What the number says instead, where percent and percentage points were mixed up."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A slip that would mend what is broken."""

    row: int
    slip: Slip
    mends: tuple[Comparison, ...]

    @property
    def value(self) -> Decimal:
        """What the number should be."""
        return dict(self.slip.values)[self.row]


def proposals(rows: Iterable[int], broken: Sequence[Comparison], network: Network) -> list[Proposal]:
    """Return for the suspected rows every single slip that mends all that they break and breaks nothing, likeliest
    first.

    Among slips as likely as each other the one comes first that fits the other numbers best.
    """
    found = []
    for row in rows:
        own = tuple(comparison for comparison in broken if row in comparison.rows)
        for slip in slips(row, network.stated):
            if own and (miss := _miss(slip, own, network)) is not None:
                found.append((slip.cost + miss, Proposal(row, slip, own)))
    found.sort(key=lambda item: (item[0], item[1].row, item[1].slip.words))
    first: dict[tuple[int, Decimal, Measure | None], Proposal] = {}
    for _, proposal in found:
        first.setdefault((proposal.row, proposal.value, proposal.slip.measure), proposal)
    return list(first.values())


def _miss(slip: Slip, own: Sequence[Comparison], network: Network) -> float | None:
    """Return how far the mended numbers stay from what they should be, None where the slip leaves or makes anything
    broken.

    Of an equation that is the distance from the middle of what rounding allows, half at most. An inequality that was
    broken says little of the right value: the powers of ten between its two numbers count, since a part is mostly of
    the size of its whole and a value of that of its neighbour.
    """
    ends = {row: _interval(row, value, network.stated) for row, value in slip.values}
    touched = {(id(c.judged), c.rows): c for found in network.around(ends).values() for c in found}
    broken = {(id(c.judged), c.rows) for c in own}
    if all(len(comparison.rows) == 1 for comparison in touched.values()):
        return None  # a range alone says that a number is wrong, and nothing of the right one
    equations, sizes = [0.0], [0.0]
    for key, comparison in touched.items():
        relation = comparison.relation if slip.measure is None else _reread(comparison, slip)
        if relation is None:
            continue
        here = [ends.get(row) or network.interval(row) for row in comparison.rows]
        if relation.outcome(here) is Outcome.FAIL:
            return None
        low, high = relation.spread(here)
        if relation.is_equation and isinstance(low, Fraction) and isinstance(high, Fraction) and high > low:
            equations.append(float(abs((low + high) / 2 - Fraction(relation.lower)) / (high - low)))
        elif key in broken and not relation.is_equation and len(here) == 2:
            sizes.append(_powers_between(here))
    return max(equations) + max(sizes)


def _powers_between(numbers: Sequence[Interval]) -> float:
    """Return the powers of ten between the sizes of two numbers; 0 where one is zero or endless."""
    one, other = (max(abs(float(end)) for end in ends) for ends in numbers)
    known = 0 < one < math.inf and 0 < other < math.inf
    return abs(math.log10(one / other)) if known else 0.0


def _reread(comparison: Comparison, slip: Slip) -> Relation | None:
    """Return what must hold of a difference that is read as the other kind, of percent or of points; None of what
    says nothing of it then."""
    ((row, _),) = slip.values
    if comparison.rows[-1] != row:
        return None
    points = slip.measure is Measure.CHANGE
    return (
        {GROWTH: DIFFERENCE, GROWTH_BY_CHANGE: _SAME_CHANGE}.get(comparison.relation)
        if points
        else (GROWTH if comparison.relation == DIFFERENCE else None)
    )


_SAME_CHANGE = Relation(x=(0, 1, -1))
"""Level, change, and what is the same change."""


def _interval(row: int, value: Decimal, stated: Stated) -> Interval:
    """Return the interval of a mended number: as wide as the printed one for its size in powers of ten."""
    low, high = stated.interval(row)
    old = Fraction(stated.value(row))
    new = abs(Fraction(value))
    scale = Fraction(10) ** _shift(old, new)
    below, above = old - _magnitude(low, high)[0], _magnitude(low, high)[1] - old
    ends = new - below * scale, new + above * scale
    return (-ends[1], -ends[0]) if value < 0 else ends


def _magnitude(low: Fraction | float, high: Fraction | float) -> Interval:
    return (-high, -low) if high <= 0 and low < 0 else (low, high)


def _shift(old: Fraction, new: Fraction) -> int:
    """Return the power of ten between two numbers of the same digits; 0 for other digits."""
    if not old or not new:
        return 0
    for power in _POWERS:
        for signed in (power, -power):
            if new == old * Fraction(10) ** signed:
                return signed
    return 0


def slips(row: int, stated: Stated) -> Iterator[Slip]:
    """Yield what the number would be without each single slip."""
    value = stated.value(row)
    down = stated.text("direction", row) == "down"
    difference = stated.text("measure", row) in (Measure.CHANGE, Measure.GROWTH_RATE)

    def slip(kind: str, words: str, number: Decimal, cost: int) -> Slip:
        return Slip(kind, words, ((row, -number if down else number),), cost)

    percent = stated.text("unit", row) in RATE_UNITS
    for power, (words, cost) in _POWERS.items():
        kind = "decimal_point" if power < 3 else "scale"
        if not (percent and kind == "scale"):  # no scale word stands with a percentage
            yield slip(kind, words, value.scaleb(power), cost)
            yield slip(kind, words, value.scaleb(-power), cost)
    if difference:
        yield Slip("sign", "the sign slipped", ((row, value if down else -value),), 1)
    if difference and stated.catalogue.is_rate(stated.text("indicator", row)):
        points = stated.text("measure", row) == Measure.GROWTH_RATE
        words = "percentage points were called percent" if points else "percent were called percentage points"
        other = Measure.CHANGE if points else Measure.GROWTH_RATE
        yield Slip("points", words, ((row, -value if down else value),), 1, other)
    for kind, words, digits, cost in _digit_slips(row, stated):
        yield slip(kind, words, digits, cost)
    yield from _exchanges(row, stated)


def _exchanges(row: int, stated: Stated) -> Iterator[Slip]:
    """Yield the slips of two numbers that changed places: of cells side by side, of two members of a dimension."""
    own = _signed(row, stated)
    neighbours = set(_neighbours(row, stated))
    for other in sorted(neighbours):
        yield Slip("cell", "it stands in the wrong cell", ((row, _signed(other, stated)), (other, own)), 2)
    for other in _siblings(row, stated):
        if other not in neighbours:
            yield Slip("member", "two numbers changed places", ((row, _signed(other, stated)), (other, own)), 2)


def _signed(row: int, stated: Stated) -> Decimal:
    value = stated.value(row)
    return -value if stated.text("direction", row) == "down" else value


def _siblings(row: int, stated: Stated) -> Iterator[int]:
    """Yield the facts of the same document that differ from it in one member alone."""
    alike = np.ones(stated.size, dtype=bool)
    for name in ("document", "indicator", "measure", "area", "period", "base_period", "unit"):
        codes, _ = stated.codes(name)
        alike &= codes == codes[row]
    apart = np.zeros(stated.size, dtype=np.int64)
    for dimension in stated.catalogue.dimensions:
        codes, known = stated.codes(dimension)
        differs = codes != codes[row]
        named = (codes != known[""]) & (codes[row] != known[""])
        apart += np.where(differs, np.where(named, 1, 2), 0)
    yield from np.flatnonzero(alike & (apart == 1)).tolist()


def _digit_slips(row: int, stated: Stated) -> Iterator[tuple[str, str, Decimal, int]]:
    """Yield the values of the printed digits with one of them given back, taken out, or two exchanged."""
    numeral = _NUMERAL.search(stated.text("quote", row).translate(_WIDTHS))
    text = re.sub("[,，]", "", numeral[0]).replace("．", ".") if numeral else ""
    printed = Decimal(text or 0)
    if not printed:
        return
    unit = stated.value(row) / printed
    whole, _, decimals = text.partition(".")
    seen = {printed, Decimal(0)}
    for kind, words, digits, places, cost in _edited(whole, decimals):
        number = Decimal(digits or "0").scaleb(-places)
        if number not in seen:
            seen.add(number)
            yield kind, words, number * unit, cost


def _edited(whole: str, decimals: str) -> Iterator[tuple[str, str, str, int, int]]:
    """Yield kind and words of each slip, the digits without it, how many are decimals, and how unlikely it is."""
    digits, places = whole + decimals, len(decimals)
    for at, (one, other) in enumerate(pairwise(digits)):
        yield (
            "digits_exchanged",
            f"{one}{other} was exchanged",
            f"{digits[:at]}{other}{one}{digits[at + 2 :]}",
            places,
            3,
        )
        if one == other:
            fewer = places - (at + 1 >= len(whole))
            yield "digit_doubled", f"a {one} was doubled", digits[:at] + digits[at + 1 :], fewer, 3
    for at in range(len(digits) + 1):
        for digit in "0123456789":
            for more in {places, places + 1} if decimals else {0}:
                yield "digit_lost", f"a {digit} was lost", digits[:at] + digit + digits[at:], more, 4


_WIDTHS = str.maketrans("０１２３４５６７８９", "0123456789")
_ADDRESS = re.compile(r"(?P<table>.*), (?:row (?P<row>\d+), column (?P<column>\d+)|(?P<letters>[A-Z]+)(?P<line>\d+))$")


def _neighbours(row: int, stated: Stated) -> Iterator[int]:
    """Yield the facts in the cells next to it, in its row or its column of the same table."""
    place = table_cell(stated.text("address", row))
    if place is None:
        return
    table, line, column = place
    document = stated.text("document", row)
    codes, known = stated.codes("document")
    for other in (codes == known[document]).nonzero()[0].tolist():
        there = table_cell(stated.text("address", other))
        if there and there[0] == table and abs(there[1] - line) + abs(there[2] - column) == 1:
            yield other


def table_cell(address: str) -> tuple[str, int, int] | None:
    """Return the table, row and column that an address names; None for a place in prose."""
    match = _ADDRESS.match(address)
    if match is None:
        return None
    if match["row"]:
        return match["table"], int(match["row"]), int(match["column"])
    column = 0
    for letter in match["letters"]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return match["table"], int(match["line"]), column
