"""What a wrong number should have been: single slips of the pen that mend everything that it breaks and break nothing.

Each slip is what a hand, an OCR or a translator does: a scale word too many or too few, 万 for 亿, a decimal point, a
digit lost or doubled, two digits exchanged, a sign, percent for percentage points, the cell next to it. A proposal is
never applied.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from bulletin.localise import Comparison, Network
from schemas.concepts import Measure, Outcome
from schemas.relations import Interval
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
    """`scale`, `decimal_point`, `digit_lost`, `digit_doubled`, `digits_exchanged`, `sign`, `cell`, `points`."""
    words: str
    values: tuple[tuple[int, Decimal], ...]
    """Row and value; two where cells were exchanged. A negative value goes down."""
    cost: int


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
                found.append((slip.cost, miss, Proposal(row, slip, own)))
    found.sort(key=lambda item: (item[0], item[1], item[2].row, item[2].slip.words))
    first: dict[tuple[int, Decimal], Proposal] = {}
    for _, _, proposal in found:
        first.setdefault((proposal.row, proposal.value), proposal)
    return list(first.values())


def _miss(slip: Slip, own: Sequence[Comparison], network: Network) -> Fraction | None:
    """Return how far the mended numbers stay from the middle, None where the slip leaves or makes anything broken."""
    ends = {row: _interval(row, value, network.stated) for row, value in slip.values}
    touched = {(id(c.judged), c.rows): c for found in network.around(ends).values() for c in found}
    worst = Fraction(0)
    for comparison in touched.values():
        here = [ends.get(row) or network.interval(row) for row in comparison.rows]
        relation = comparison.relation
        if relation.outcome(here) is Outcome.FAIL:
            return None
        low, high = relation.spread(here)
        if relation.is_equation and isinstance(low, Fraction) and isinstance(high, Fraction) and high > low:
            worst = max(worst, abs((low + high) / 2 - Fraction(relation.lower)) / (high - low))
    return worst


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

    for power, (words, cost) in _POWERS.items():
        kind = "decimal_point" if power < 3 else "scale"
        yield slip(kind, words, value.scaleb(power), cost)
        yield slip(kind, words, value.scaleb(-power), cost)
    if difference:
        yield Slip("sign", "the sign slipped", ((row, value if down else -value),), 1)
    for kind, words, digits, cost in _digit_slips(row, stated):
        yield slip(kind, words, digits, cost)
    for other in _neighbours(row, stated):
        there = stated.value(other)
        yield Slip("cell", "it stands in the wrong cell", ((row, there), (other, value)), 2)


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
    place = _cell(row, stated)
    if place is None:
        return
    table, line, column = place
    document = stated.text("document", row)
    codes, known = stated.codes("document")
    for other in (codes == known[document]).nonzero()[0].tolist():
        there = _cell(other, stated)
        if there and there[0] == table and abs(there[1] - line) + abs(there[2] - column) == 1:
            yield other


def _cell(row: int, stated: Stated) -> tuple[str, int, int] | None:
    match = _ADDRESS.match(stated.text("address", row))
    if match is None:
        return None
    if match["row"]:
        return match["table"], int(match["row"]), int(match["column"])
    column = 0
    for letter in match["letters"]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return match["table"], int(match["line"]), column
