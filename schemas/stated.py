"""Facts side by side, so that a rule finds the numbers that belong together in a moment, a million of them too.

Every fact stands in a cell: indicator, members, area, period, measure and, of a difference, base period. A cell is
known by one number, the sum of a hash for each of its parts (Zobrist hashing), so that the cell of the whole, of
another member or of an earlier period is that number with one part exchanged.
"""

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from schemas.catalogue import Catalogue
from schemas.concepts import Measure
from schemas.relations import Floats, Interval

Rows = npt.NDArray[np.int64]
Cells = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]

NONE = -1
"""The row of what is not there."""
_PARTS = ("indicator", "area", "period", "base_period", "measure")


class Stated:
    """A frame of resolved facts with its cells; rows are positions in the frame, 0, 1, 2, ..."""

    def __init__(self, frame: pd.DataFrame, catalogue: Catalogue) -> None:
        """Index the frame: the columns of the fact contract, and `publisher`, `published`, `trust` where they are."""
        self.frame = frame
        self.catalogue = catalogue
        self.size = len(frame)
        self._codes: dict[str, tuple[Rows, Mapping[str, int]]] = {}
        self._hashes: dict[str, Cells] = {}
        self.low, self.high = self._signed()

    def _signed(self) -> tuple[Floats, Floats]:
        """Return the intervals as floats, those of differences that go down below zero."""
        low, high = (self._floats(name, open_end) for name, open_end in (("lower", -math.inf), ("upper", math.inf)))
        absolute = self.measured(Measure.LEVEL, Measure.SHARE)
        low = np.where(absolute & np.isneginf(low), 0.0, low)
        down = self.flags("direction", "down")
        return np.where(down, -high, low), np.where(down, -low, high)

    def _floats(self, name: str, missing: float) -> Floats:
        column: Any = self.frame[name].astype("float64[pyarrow]") if self.size else []
        values = np.asarray(column, dtype=np.float64)
        return np.where(np.isnan(values), missing, values)

    def interval(self, row: int) -> Interval:
        """Return the exact interval of a fact, signed by its direction; an open end is infinite."""
        lower, upper = self._at("lower", row), self._at("upper", row)
        absolute = self.text("measure", row) in (Measure.LEVEL, Measure.SHARE)
        low = (Fraction(0) if absolute else -math.inf) if lower is None else Fraction(lower)
        high = math.inf if upper is None else Fraction(upper)
        return (-high, -low) if self.text("direction", row) == "down" else (low, high)

    def codes(self, name: str) -> tuple[Rows, Mapping[str, int]]:
        """Return the column as numbers, and the number of each of its values; what is missing is the empty text."""
        if name not in self._codes:
            values: Any = self.frame[name].fillna("") if name in self.frame else pd.Series([""] * self.size)
            codes, uniques = pd.factorize(values)
            self._codes[name] = codes.astype(np.int64), {str(value): at for at, value in enumerate(uniques)}
        return self._codes[name]

    def flags(self, name: str, *values: str) -> Flags:
        """Return for each row whether the column holds one of the values."""
        codes, known = self.codes(name)
        wanted = [known[value] for value in values if value in known]
        return np.isin(codes, wanted)

    def measured(self, *measures: Measure) -> Flags:
        """Return for each row whether its measure is one of these."""
        return self.flags("measure", *(measure.value for measure in measures))

    def text(self, name: str, row: int) -> str:
        """Return the value of a column, empty where it is missing."""
        value = self._at(name, row) if name in self.frame else None
        return "" if value is None else str(value)

    def value(self, row: int) -> Decimal:
        """Return the number in its base unit, never negative."""
        return Decimal(self._at("value", row))

    def _at(self, name: str, row: int) -> Any:
        value: Any = self.frame[name].iat[row]
        return None if pd.isna(value) else value

    def record(self, row: int) -> dict[str, Any]:
        """Return a row as a dictionary."""
        values = self.frame.iloc[row]
        return {str(name): None if pd.isna(value) else value for name, value in values.items()}

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The columns that make a cell."""
        return (*_PARTS, *self.catalogue.dimensions)

    def hashes(self, name: str) -> Cells:
        """Return the hash of each row's value in the column; 0 for what is missing."""
        if name not in self._hashes:
            codes, known = self.codes(name)
            by_code = np.array([hash_of(name, value) for value in known], dtype=np.uint64)
            self._hashes[name] = by_code[codes] if self.size else np.zeros(0, dtype=np.uint64)
        return self._hashes[name]

    @cached_property
    def cells(self) -> Cells:
        """The cell of each row."""
        total = np.zeros(self.size, dtype=np.uint64)
        for name in self.parts:
            total += self.hashes(name)
        timeless = self.hashes("period") == 0
        total[timeless] += np.flatnonzero(timeless).astype(
            np.uint64
        )  # what holds nobody knows when is alone in its cell
        return total

    def moved(self, rows: Rows, **parts: str | Cells) -> Cells:
        """Return the cells of the rows with some parts exchanged, for one value or for hashes row by row."""
        cells = self.cells[rows].copy()
        for name, value in parts.items():
            cells -= self.hashes(name)[rows]
            cells += hash_of(name, value) if isinstance(value, str) else value
        return cells

    def values_of(self, name: str, mapping: Mapping[str, str], rows: Rows, part: str | None = None) -> Cells:
        """Return for each row the hash of what its value in the column is mapped to, as a value of `part`."""
        codes, known = self.codes(name)
        by_code = np.array([hash_of(part or name, mapping.get(value, "")) for value in known], dtype=np.uint64)
        return by_code[codes[rows]]

    @cached_property
    def rank(self) -> Rows:
        """How rows are preferred that state the same: trusted sources first, then the most precise, then the latest."""
        width = np.where(np.isfinite(self.high - self.low), self.high - self.low, np.inf)
        published, known = self.codes("published")
        order = {value: at for at, value in enumerate(sorted(known))}
        latest = np.array([order[value] for value in known], dtype=np.int64)[published] if self.size else published
        trust = np.asarray(self.frame["trust"], dtype=np.float64) if "trust" in self.frame else np.zeros(self.size)
        by_preference = np.lexsort((np.arange(self.size), -latest, width, -trust))
        rank = np.empty(self.size, dtype=np.int64)
        rank[by_preference] = np.arange(self.size)
        return rank

    @cached_property
    def _here(self) -> tuple[Cells, Rows]:
        return self._index(self.cells + self.hashes("document"))

    @cached_property
    def _anywhere(self) -> tuple[Cells, Rows]:
        return self._index(self.cells)

    def _index(self, keys: Cells) -> tuple[Cells, Rows]:
        """Return the distinct keys, sorted, and the preferred row of each."""
        order = np.lexsort((self.rank, keys))
        kept, first = np.unique(keys[order], return_index=True)
        return kept, order[first]

    def find(self, cells: Cells, rows: Rows) -> Rows:
        """Return the row in each cell: of the same document as `rows` if it has one, else of any; -1 for none."""
        here = _looked_up(self._here, cells + self.hashes("document")[rows])
        return np.where(here == NONE, _looked_up(self._anywhere, cells), here)

    def find_here(self, cells: Cells, rows: Rows) -> Rows:
        """Return the row in each cell that the same document states; -1 for none."""
        return _looked_up(self._here, cells + self.hashes("document")[rows])

    def preferred(self) -> tuple[Rows, Rows]:
        """Return for each row the preferred one of its cell in its document, and in all documents."""
        every = np.arange(self.size)
        here = _looked_up(self._here, self.cells + self.hashes("document"))
        return here, _looked_up(self._anywhere, self.cells[every])


def hash_of(name: str, value: str) -> np.uint64:
    """Return the hash of a value of a part: the same in every run; 0 of the empty text."""
    if not value:
        return np.uint64(0)
    return np.uint64(pd.util.hash_array(np.array([f"{name}={value}"], dtype=object))[0])


def _looked_up(index: tuple[Cells, Rows], keys: Cells) -> Rows:
    known, rows = index
    if not len(known):
        return np.full(len(keys), NONE, dtype=np.int64)
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return np.where(known[at] == keys, rows[at], NONE)


def together(*columns: Sequence[int] | Rows) -> Rows:
    """Return the rows of comparisons side by side, those only where every number is there."""
    stacked = np.column_stack([np.asarray(column, dtype=np.int64) for column in columns])
    found: Rows = stacked[(stacked != NONE).all(axis=1)]
    return found
