"""Rules on one fact stated twice: in a text, in two editions, by two publishers, in two releases."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from schemas.catalogue import Catalogue
from schemas.concepts import Outcome, Severity
from schemas.relations import SAME
from schemas.rules import Comparisons, rule
from schemas.rules.wording import amount, measured, place_of
from schemas.stated import Rows, Stated

Fact = Any


@rule("same_fact")
def same_fact_has_one_value(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """A fact stated twice in one document must have one value.

    Two statements agree where their rounding intervals overlap: 1.03 billion and 1,032 million do.
    """
    here, _ = stated.preferred()
    rows = np.flatnonzero(here != np.arange(stated.size))

    def describe(facts: Sequence[Fact]) -> str:
        return f"{_stated_as(facts, catalogue)} in one document ({place_of(facts[0])}, {facts[0]['measure']})."

    yield Comparisons(SAME, np.column_stack([here[rows], rows]), describe)


@rule("editions")
def editions_agree(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """Editions of one release must say the same.

    Documents of one publisher and one day, such as a report in Chinese and in English, are editions of one another.
    """
    pairs = _elsewhere(stated)
    same = _same(stated, pairs, "publisher") & _same(stated, pairs, "published")

    def describe(facts: Sequence[Fact]) -> str:
        return f"{_stated_as(facts, catalogue)} in two editions of one release ({place_of(facts[0])})."

    yield Comparisons(SAME, pairs[same], describe)


@rule("releases", severity=Severity.INFO)
def later_releases_agree(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """A publisher's later release may restate what an earlier one said.

    The later value is the one that counts; the finding says by how much it changed.
    """
    pairs = _elsewhere(stated)
    same = _same(stated, pairs, "publisher") & ~_same(stated, pairs, "published")

    def describe(facts: Sequence[Fact]) -> str:
        earlier, later = sorted(facts, key=lambda fact: str(fact.get("published")))
        return (
            f"{measured(later, catalogue)} was {amount(earlier)} in the release of {earlier.get('published')} and is "
            f"{amount(later)} in that of {later.get('published')} ({place_of(later)})."
        )

    yield Comparisons(SAME, pairs[same], describe, failing=Outcome.RESTATED)


@rule("publishers", severity=Severity.WARNING)
def publishers_agree(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """Two publishers must say the same of one fact.

    Where two publishers differ in every period that both give, at least three, and always in the same direction,
    they do not count the same: that is a different definition and no mistake.
    """
    pairs = _elsewhere(stated)
    pairs = pairs[~_same(stated, pairs, "publisher")]
    apart = _consistently_apart(stated, pairs)

    def describe(facts: Sequence[Fact]) -> str:
        first, second = facts
        said = f"{first.get('publisher')} says {amount(first)} and {second.get('publisher')} {amount(second)}"
        return f"Of {measured(first, catalogue)} {said} ({place_of(first)})."

    yield Comparisons(SAME, pairs[~apart], describe)
    yield Comparisons(SAME, pairs[apart], describe, failing=Outcome.DIFFERENT_DEFINITION)


PERIODS = 3
"""Periods in which two publishers must differ, and in one direction, before their definitions are said to."""


def _consistently_apart(stated: Stated, pairs: Rows) -> Any:
    """Return for each pair whether its two publishers differ in one direction in every period of the series."""
    if not len(pairs):
        return np.zeros(0, dtype=bool)
    first, second = pairs[:, 0], pairs[:, 1]
    publishers = stated.codes("publisher")[0]
    lower, upper = np.minimum(publishers[first], publishers[second]), np.maximum(publishers[first], publishers[second])
    turned = np.where(publishers[first] > publishers[second], -1, 1)
    above = (stated.low[first] > stated.high[second]).astype(int) - (stated.high[first] < stated.low[second])
    series = stated.moved(first, period="", base_period="")
    keys = np.rec.fromarrays([series, lower, upper])
    _, group = np.unique(keys, return_inverse=True)
    size = np.bincount(group)
    total = np.bincount(group, weights=above * turned)
    return (np.abs(total[group]) == size[group]) & (size[group] >= PERIODS)


def _elsewhere(stated: Stated) -> Rows:
    """Return pairs of the preferred row of each document with the preferred one of all documents, where they differ."""
    here, best = stated.preferred()
    rows = np.flatnonzero((here == np.arange(stated.size)) & (best != here))
    return np.column_stack([best[rows], rows])


def _same(stated: Stated, pairs: Rows, column: str) -> Any:
    codes = stated.codes(column)[0]
    return codes[pairs[:, 0]] == codes[pairs[:, 1]]


def _stated_as(facts: Sequence[Fact], catalogue: Catalogue) -> str:
    return f"{measured(facts[0], catalogue)} is stated as {' and '.join(map(amount, facts))}"
