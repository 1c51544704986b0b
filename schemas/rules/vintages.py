"""The rule on one document received twice: what its new vintage says otherwise than the one before.

It speaks of a frame of its own, which holds the facts of both vintages. A row of the earlier one has `vintage`, its
number, and `superseded_by`, that of the new one; a row of the new one has `restated_by`: `source` or `text` where it
may say otherwise, since its publisher is the official source or its text speaks of a revision.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from schemas.catalogue import Catalogue
from schemas.concepts import Outcome, Severity, Status
from schemas.relations import SAME
from schemas.rules import Comparisons, rule
from schemas.rules.wording import amount, measured, place_of, times_as_much
from schemas.stated import NONE, Cells, Flags, Index, Rows, Stated, hash_of, together

Fact = Any
BY_SOURCE, BY_TEXT = "source", "text"
_LATER = hash_of("side", "later")
_WHY = {
    BY_SOURCE: "its publisher is the official source",
    BY_TEXT: "its text says that figures were revised",
}


@rule("vintages", severity=Severity.WARNING)
def vintages_agree(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """A new vintage of a document must not change a fact silently.

    A file that has changed is compared with the vintage of it that was let in before. What it states otherwise is
    restated where its publisher is the official source (`official` in the settings), or where the number's sentence,
    its table, a heading, a note or the sidecar speaks of a revision (`revisions` of the catalogue's languages). A
    number that other rules hold back restates nothing.

    Holds: 1,032 million in the first vintage, 1.03 billion, rounded, in the second.
    Broken: 1,032 million in the first vintage, 1,051 million in the second, and no word of a revision.
    """
    if "superseded_by" not in stated.frame:
        return

    def describe(facts: Sequence[Fact]) -> str:
        before, now = facts
        times = times_as_much(before, now)
        moved = f", {times} times as much" if times else ""
        return (
            f"{measured(now, catalogue)} was {amount(before)} in the document's vintage {before['vintage']}"
            f"{_day(before)} and is {amount(now)} in vintage {before['superseded_by']}{_day(now)}{moved} "
            f"({place_of(now)}): {_why(now)}."
        )

    pairs = _pairs(stated)
    restated = stated.flags("restated_by", BY_SOURCE, BY_TEXT)[pairs[:, 1]]
    yield Comparisons(SAME, pairs[restated], describe, failing=Outcome.RESTATED)
    yield Comparisons(SAME, pairs[~restated], describe)


def no_longer_stated(stated: Stated) -> Rows:
    """Return the earlier rows whose cell the new vintage does not fill, each cell once."""
    index, later = _sides(stated)
    settled = stated.hashes("alone") == 0
    rows = np.flatnonzero(~later & settled & (index.best == np.arange(stated.size)))
    found: Rows = rows[index.rows(_cells(stated)[rows] + _LATER) == NONE]
    return found


def said_of(fact: Fact, catalogue: Catalogue) -> str:
    """Return what a fact states, in short: `Internet users (rural) 284 million (CN, 2021-12)`."""
    return f"{measured(fact, catalogue)} {amount(fact)} ({place_of(fact)})"


def _pairs(stated: Stated) -> Rows:
    """Return the earlier row beside the new one, where both vintages of a document state a cell."""
    index, later = _sides(stated)
    rows = np.flatnonzero(later & (index.best == np.arange(stated.size)))
    return together(index.rows(_cells(stated)[rows]), rows)


def _sides(stated: Stated) -> tuple[Index, Flags]:
    """Return the rows by cell, document and side, and whether a row is of the new vintage."""
    later = stated.flags("superseded_by", "")
    return Index(_cells(stated) + np.where(later, _LATER, np.uint64(0)), stated), later


def _cells(stated: Stated) -> Cells:
    return stated.cells + stated.hashes("document")


def _why(now: Fact) -> str:
    """Return what is to be thought of the change."""
    if now["status"] == Status.QUARANTINED:
        return "the new number is held back by other checks"
    return _WHY.get(now.get("restated_by") or "", "it changed silently, the text speaks of no revision")


def _day(fact: Fact) -> str:
    return f" of {fact['published']}" if fact.get("published") else ""
