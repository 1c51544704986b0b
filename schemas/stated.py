"""Facts side by side, so that a rule finds the numbers that belong together in a moment, a million of them too.

Every fact stands in a cell: indicator, members, area, period, measure, of a difference its base period, and its unit
where that is not the indicator's own (revenue in dollars is compared with none in yuan). A cell is known by one number,
the sum of a hash for each of its parts (Zobrist hashing), so that the cell of the whole, of another member or of an
earlier period is that number with one part exchanged.

A fact is alone in its cell where what it states is not settled: no period, a difference without a base period, a share
without a member. It is compared with nothing that needs the missing part.
"""

import hashlib
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from schemas.catalogue import Catalogue
from schemas.catalogue.model import RATE_UNITS
from schemas.concepts import Kind, Measure
from schemas.relations import Floats, Interval

Rows = npt.NDArray[np.int64]
Cells = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]

NONE = -1
"""The row of what is not there."""
_PARTS = ("indicator", "area", "period", "base_period", "measure", "unit", "alone")
_PERCENTS, _UNSEEN = -2, -3
"""Numbers of units: percent and percentage points, which are one here, and a unit that no row has."""
_MIXER = np.uint64(0x9E3779B97F4A7C15)
"""An odd constant that spreads row numbers over all hashes (2**64 over the golden ratio)."""


class Stated:
    """A frame of resolved facts with its cells; rows are positions in the frame, 0, 1, 2, ..."""

    def __init__(self, frame: pd.DataFrame, catalogue: Catalogue) -> None:
        """Index the frame: the columns of the fact contract, and `publisher`, `published`, `trust` where they are."""
        self.frame = frame
        self.catalogue = catalogue
        self.size = len(frame)
        self._codes: dict[str, tuple[Rows, Mapping[str, int]]] = {}
        self._hashes: dict[str, Cells] = {}
        self._columns: dict[str, Callable[[int], Any]] = {}
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
        lower, upper = self.at("lower", row), self.at("upper", row)
        absolute = self.text("measure", row) in (Measure.LEVEL, Measure.SHARE)
        low = (Fraction(0) if absolute else -math.inf) if lower is None else Fraction(lower)
        high = math.inf if upper is None else Fraction(upper)
        return (-high, -low) if self.text("direction", row) == "down" else (low, high)

    def codes(self, name: str) -> tuple[Rows, Mapping[str, int]]:
        """Return the column as numbers, and the number of each of its values; what is missing is the empty text."""
        if name not in self._codes:
            if name in self.frame and self.size:
                codes, uniques = pd.factorize(self.frame[name])
                known = {str(value): at for at, value in enumerate(uniques)}
            else:
                codes, known = np.full(self.size, -1), {}
            empty = known.setdefault("", len(known))
            self._codes[name] = np.where(codes < 0, empty, codes).astype(np.int64), known
        return self._codes[name]

    def flags(self, name: str, *values: str) -> Flags:
        """Return for each row whether the column holds one of the values."""
        codes, known = self.codes(name)
        wanted = np.zeros(len(known), dtype=bool)
        wanted[[known[value] for value in values if value in known]] = True
        found: Flags = wanted[codes]
        return found

    def measured(self, *measures: Measure) -> Flags:
        """Return for each row whether its measure is one of these."""
        return self.flags("measure", *(measure.value for measure in measures))

    def text(self, name: str, row: int) -> str:
        """Return the value of a column, empty where it is missing."""
        value = self.at(name, row) if name in self.frame else None
        return "" if value is None else str(value)

    def value(self, row: int) -> Decimal:
        """Return the number in its base unit, never negative."""
        return Decimal(self.at("value", row))

    def at(self, name: str, row: int) -> Any:
        """Return what a row has in a column, None where it is missing."""
        if name not in self._columns:
            self._columns[name] = _column(self.frame[name])
        return self._columns[name](row)

    def record(self, row: int) -> Mapping[str, Any]:
        """Return a row by the names of its columns; what is missing is None."""
        return _Record(self, row)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The columns that make a cell."""
        return (*_PARTS, *self.catalogue.dimensions)

    def hashes(self, name: str) -> Cells:
        """Return the hash of each row's value in the column; 0 for what is missing."""
        if name not in self._hashes:
            if name == "unit":
                self._hashes[name] = np.where(self._own_unit(), np.uint64(0), self._hashed(name))
            elif name == "alone":
                numbers = np.arange(1, self.size + 1, dtype=np.uint64) * _MIXER
                self._hashes[name] = np.where(self._unsettled(), numbers, np.uint64(0))
            else:
                self._hashes[name] = self._hashed(name)
        return self._hashes[name]

    def _hashed(self, name: str) -> Cells:
        codes, known = self.codes(name)
        by_code = np.array([hash_of(name, value) for value in known], dtype=np.uint64)
        found: Cells = by_code[codes]
        return found

    def _own_unit(self) -> Flags:
        """Return whether a fact is in the unit that its indicator and measure imply; percent is as good as points."""
        codes, known = self.codes("unit")

        def number(unit: str) -> int:
            return _PERCENTS if unit in RATE_UNITS else known.get(unit, _UNSEEN)

        indicators, named = self.codes("indicator")
        entries = [self.catalogue.indicators.get(name) for name in named]
        implied = np.array([number(entry.unit) if entry else _UNSEEN for entry in entries])[indicators]
        implied[self.measured(Measure.SHARE, Measure.GROWTH_RATE)] = _PERCENTS
        own: Flags = np.array([number(unit) for unit in known])[codes] == implied
        found: Flags = own | (codes == known[""])
        return found

    def _unsettled(self) -> Flags:
        """Return whether what a fact states is not settled."""
        no_period = self.hashes("period") == 0
        differences = self.measured(Measure.CHANGE, Measure.GROWTH_RATE)
        no_base = differences & (self.hashes("base_period") == 0)
        no_member = self.measured(Measure.SHARE)
        for dimension in self.catalogue.dimensions:
            no_member = no_member & (self.hashes(dimension) == 0)
        found: Flags = no_period | no_base | no_member
        return found

    @cached_property
    def flows(self) -> Flags:
        """Whether a row's indicator adds up over a span."""
        return self.flags("indicator", *(i.id for i in self.catalogue.indicators.values() if i.kind is Kind.FLOW))

    @cached_property
    def cells(self) -> Cells:
        """The cell of each row."""
        total = np.zeros(self.size, dtype=np.uint64)
        for name in self.parts:
            total += self.hashes(name)
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
    def trust(self) -> Floats:
        """How much each row's source is trusted: 1 where the frame does not say."""
        if "trust" not in self.frame:
            return np.ones(self.size)
        return np.nan_to_num(np.asarray(self.frame["trust"], dtype=np.float64), nan=1.0)

    @cached_property
    def rank(self) -> Rows:
        """How rows are preferred that state the same: trusted sources first, then the most precise, then the latest.

        Precision is relative to the number: a slipped scale word must not make a number look precise.
        """
        with np.errstate(invalid="ignore", divide="ignore"):
            width = (self.high - self.low) / np.maximum(np.abs(self.low), np.abs(self.high))
        width = np.where(np.isfinite(width), np.round(width, 12), np.inf)
        published, known = self.codes("published")
        order = {value: at for at, value in enumerate(sorted(known))}
        latest = np.array([order[value] for value in known], dtype=np.int64)[published]
        by_preference = np.lexsort((-latest, width, -self.trust))
        rank = np.empty(self.size, dtype=np.int64)
        rank[by_preference] = np.arange(self.size)
        return rank

    @cached_property
    def _in_document(self) -> "Index":
        return Index(self.cells + self.hashes("document"), self)

    @cached_property
    def _in_publisher(self) -> "Index":
        return Index(self.cells + self.hashes("publisher"), self)

    @cached_property
    def _anywhere(self) -> "Index":
        return Index(self.cells, self)

    def find(self, cells: Cells, rows: Rows) -> Rows:
        """Return the row in each cell: of the same document as `rows` if it has one, else of the same publisher, else
        of any; -1 for none."""
        found = self.find_here(cells, rows)
        for index, name in ((self._in_publisher, "publisher"), (self._anywhere, "")):
            missing = np.flatnonzero(found == NONE)
            if len(missing):
                keys = cells[missing] + self.hashes(name)[rows[missing]] if name else cells[missing]
                found[missing] = index.rows(keys)
        return found

    def find_here(self, cells: Cells, rows: Rows) -> Rows:
        """Return the row in each cell that the same document states; -1 for none."""
        return self._in_document.rows(cells + self.hashes("document")[rows])

    def preferred(self) -> tuple[Rows, Rows]:
        """Return for each row the preferred one of its cell in its document, and in all documents."""
        return self._in_document.best, self._anywhere.best

    @cached_property
    def first(self) -> Flags:
        """Whether a row is the preferred one of its cell in its document: what is stated again is compared once."""
        found: Flags = self._in_document.best == np.arange(self.size)
        return found


class _Record(Mapping[str, Any]):
    """A row of which values are looked up when they are asked for: a sentence needs a few of fifty."""

    def __init__(self, stated: Stated, row: int) -> None:
        self._stated = stated
        self._row = row

    def __getitem__(self, name: str) -> Any:
        return self._stated.at(name, self._row)

    def __iter__(self) -> Iterator[str]:
        return iter(self._stated.frame.columns)

    def __len__(self) -> int:
        return len(self._stated.frame.columns)


def _column(values: pd.Series) -> Callable[[int], Any]:
    """Return a function from rows to values, None for what is missing.

    Of an Arrow column it asks Arrow itself: by way of pandas one value takes ten times as long.
    """
    if isinstance(values.dtype, pd.ArrowDtype):
        chunks: Any = pa.array(values.array)
        arrow = chunks.combine_chunks() if isinstance(chunks, pa.ChunkedArray) else chunks
        return lambda row: arrow[row].as_py()

    def found(row: int) -> Any:
        value: Any = values.iat[row]
        return None if pd.isna(value) else value

    return found


class Index:
    """The preferred row of each key."""

    def __init__(self, keys: Cells, stated: Stated) -> None:
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        starts = np.ones(len(keys), dtype=bool)
        starts[1:] = ordered[1:] != ordered[:-1]
        group = np.cumsum(starts) - 1
        if not starts.all():  # only where several rows share a key does it matter which is preferred
            shared = np.bincount(group)[group] > 1
            several = order[shared]
            order[shared] = several[np.lexsort((stated.rank[several], group[shared]))]
        firsts = order[starts]
        self._rows = firsts
        self._keys = pd.Index(keys[firsts])
        self.best: Rows = np.empty(len(keys), dtype=np.int64)
        self.best[order] = firsts[group]

    def rows(self, keys: Cells) -> Rows:
        """Return the preferred row of each key; -1 for none."""
        if not len(self._rows) or not len(keys):
            return np.full(len(keys), NONE, dtype=np.int64)
        at = self._keys.get_indexer(pd.Index(keys))
        return np.where(at == NONE, NONE, self._rows[at])


def hash_of(name: str, value: str) -> np.uint64:
    """Return the hash of a value of a part: the same in every run; 0 of the empty text."""
    if not value:
        return np.uint64(0)
    digest = hashlib.blake2b(f"{name}={value}".encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "big"))


def together(*columns: Sequence[int] | Rows) -> Rows:
    """Return the rows of comparisons side by side, those only where every number is there."""
    stacked = np.column_stack([np.asarray(column, dtype=np.int64) for column in columns])
    found: Rows = stacked[(stacked != NONE).all(axis=1)]
    return found
