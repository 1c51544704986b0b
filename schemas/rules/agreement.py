"""Rules on one fact stated twice: in a text, in two editions, by two publishers, in two releases."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from schemas.catalogue import Catalogue
from schemas.concepts import Outcome, Severity
from schemas.relations import SAME
from schemas.rules import Comparisons, rule
from schemas.rules.wording import POWERS, amount, measured, place_of
from schemas.stated import Flags, Rows, Stated

Fact = Any
PERIODS = 3
"""Periods in which two publishers must differ, and in one direction, before their definitions are said to."""


@rule("same_fact")
def same_fact_has_one_value(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """A fact stated twice in one document must have one value.

    Two statements agree where their rounding intervals overlap: 1.03 billion and 1,032 million do.

    Holds: 1.03 billion users in one paragraph, 1,032 million in another.
    Broken: 255 million in the text, 2.55 billion in the table.
    """
    here, _ = stated.preferred()
    rows = np.flatnonzero(~stated.first)

    def describe(facts: Sequence[Fact]) -> str:
        in_order = sorted(facts, key=lambda fact: int(fact["position"]))
        return f"{_stated_as(in_order, catalogue)} in one document ({place_of(facts[0])})."

    yield Comparisons(SAME, np.column_stack([here[rows], rows]), describe)


@rule("editions")
def editions_agree(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """Editions of one release must say the same.

    Documents of one publisher and one day, such as a report in Chinese and in English, are editions of one another.

    Holds: 10.32亿 in the Chinese report, 1.032 billion in the English one.
    Broken: 2.55亿 in the Chinese report, 2.55 billion in the English one.
    """
    pairs = _elsewhere(stated)

    def describe(facts: Sequence[Fact]) -> str:
        return f"{_stated_as(facts, catalogue)} in two editions of one release ({place_of(facts[0])})."

    yield Comparisons(SAME, pairs[_editions(stated, pairs)], describe)


@rule("magnitude")
def values_are_of_one_magnitude(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """A later release or another publisher must not differ by a power of ten.

    Releases may be restated and publishers may count differently, but not by exactly ten, a thousand or 万: that is a
    decimal point or a scale word that slipped.

    Holds: 255 million here, 254.9 million there.
    Broken: 255 million here, 2.55 billion there.
    """
    pairs = _elsewhere(stated)
    pairs = pairs[~_editions(stated, pairs) & (_power(stated, pairs) > 0)]

    def describe(facts: Sequence[Fact]) -> str:
        return f"{_stated_as(facts, catalogue)} in two documents, a power of ten apart ({place_of(facts[0])})."

    yield Comparisons(SAME, pairs, describe)


@rule("releases", severity=Severity.INFO)
def later_releases_agree(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """A publisher's later release may restate what an earlier one said.

    The later value is the one that counts; the finding says by how much it changed.

    Holds: 718,000 in January, 720,000, rounded, in July.
    Broken: 718,000 in January, 771,000 in July: restated.
    """
    pairs = _elsewhere(stated)
    restated = _same_publisher(stated, pairs) & ~_editions(stated, pairs) & (_power(stated, pairs) == 0)

    def describe(facts: Sequence[Fact]) -> str:
        earlier, later = sorted(facts, key=lambda fact: str(fact.get("published") or ""))
        return (
            f"{measured(later, catalogue)} was {amount(earlier)} in the release of {_day(earlier)} and is "
            f"{amount(later)} in that of {_day(later)} ({place_of(later)})."
        )

    yield Comparisons(SAME, pairs[restated], describe, failing=Outcome.RESTATED)


@rule("publishers", severity=Severity.WARNING)
def publishers_agree(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """Two publishers must say the same of one fact.

    Where two publishers differ in every period that both give, at least three, and always in the same direction,
    they do not count the same: that is a different definition and no mistake.

    Holds: 1,032 million and 1.03 billion.
    Broken: 1,032 million and 1,020 million.
    """
    pairs = _elsewhere(stated)
    pairs = pairs[~_same_publisher(stated, pairs) & (_power(stated, pairs) == 0)]
    apart = _consistently_apart(stated, pairs)

    def describe(facts: Sequence[Fact]) -> str:
        first, second = facts
        said = f"{_publisher(first)} says {amount(first)} and {_publisher(second)} {amount(second)}"
        return f"Of {measured(first, catalogue)} {said} ({place_of(first)})."

    yield Comparisons(SAME, pairs[~apart], describe)
    yield Comparisons(SAME, pairs[apart], describe, failing=Outcome.DIFFERENT_DEFINITION)


def _consistently_apart(stated: Stated, pairs: Rows) -> Flags:
    """Return for each pair whether its two publishers differ in one direction in every period of the series."""
    if not len(pairs):
        return np.zeros(0, dtype=bool)
    first, second = pairs.T
    publishers = stated.codes("publisher")[0]
    lower, upper = np.minimum(publishers[first], publishers[second]), np.maximum(publishers[first], publishers[second])
    turned = np.where(publishers[first] > publishers[second], -1, 1)
    above = (stated.low[first] > stated.high[second]).astype(int) - (stated.high[first] < stated.low[second])
    series = stated.moved(first, period="", base_period="")
    _, group = np.unique(np.rec.fromarrays([series, lower, upper]), return_inverse=True)
    size = np.bincount(group)
    total = np.bincount(group, weights=above * turned)
    known: Flags = (publishers[first] != publishers[second]) & (np.abs(total[group]) == size[group])
    return known & (size[group] >= PERIODS)


def _power(stated: Stated, pairs: Rows) -> Rows:
    """Return the power of ten that lies between the two numbers of each pair; 0 for none, or where they agree."""
    found = np.zeros(len(pairs), dtype=np.int64)
    low, high = np.abs(stated.low[pairs]), np.abs(stated.high[pairs])
    low, high = np.minimum(low, high), np.maximum(low, high)
    agree = (low[:, 0] <= high[:, 1]) & (low[:, 1] <= high[:, 0])
    closed = np.isfinite(high).all(axis=1) & (low > 0).all(axis=1) & ~agree
    for power in POWERS:
        times = 10.0**power
        for one, other in ((0, 1), (1, 0)):
            meets = (low[:, one] * times <= high[:, other]) & (low[:, other] <= high[:, one] * times)
            found[closed & meets] = power
    return found


def _elsewhere(stated: Stated) -> Rows:
    """Return pairs of the preferred row of each document with the preferred one of all documents, where they differ."""
    _, best = stated.preferred()
    rows = np.flatnonzero(stated.first & (best != np.arange(stated.size)))
    return np.column_stack([best[rows], rows])


def _same_publisher(stated: Stated, pairs: Rows) -> Flags:
    return _same(stated, pairs, "publisher")


def _editions(stated: Stated, pairs: Rows) -> Flags:
    return _same(stated, pairs, "publisher") & _same(stated, pairs, "published")


def _same(stated: Stated, pairs: Rows, column: str) -> Flags:
    """Return for each pair whether both are known to have one value."""
    codes, known = stated.codes(column)
    first, second = codes[pairs].T
    same: Flags = (first == second) & (first != known[""])
    return same


def _stated_as(facts: Sequence[Fact], catalogue: Catalogue) -> str:
    return f"{measured(facts[0], catalogue)} is stated as {' and '.join(map(amount, facts))}"


def _publisher(fact: Fact) -> str:
    return str(fact.get("publisher") or f"the unnamed publisher of {fact['document']}")


def _day(fact: Fact) -> str:
    return str(fact.get("published") or "an unknown day")
