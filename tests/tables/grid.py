"""A table before it is written in any format: its cells, and the fact that each value cell states."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What a value cell states, in the terms of the corpus guide."""

    indicator: str
    value: Decimal
    """In the base unit, never negative."""
    unit: str
    period: str
    members: tuple[tuple[str, str], ...] = ()
    area: str = "CN"
    measure: str = "level"
    direction: str | None = None


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell as printed, at its first row and column; `fact` is None where it is no value."""

    text: str
    rows: int = 1
    columns: int = 1
    header: bool = False
    fact: Fact | None = None
    mark: str = ""
    """Raised sign of a note behind the text; formats that can raise it do, others print it as `[1]`."""
    indent: int = 0
    """How far the text of a stub is set in: 1 for a part of the row above it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table with the words around it."""

    id: str
    """`users-by-year-en`: layout and language; the name of its file."""
    language: str
    title: str
    rows: tuple[tuple[GridCell | None, ...], ...]
    """Row by row, every row as wide as the table; None where a merged cell covers the place, or it is empty."""
    published: str
    heading: str = ""
    """Heading of the section that it stands in."""
    before: str = ""
    """A sentence that stands over it, without any number."""
    unit_line: str = ""
    notes: tuple[str, ...] = ()
    head: int = 1
    """Rows that are headers."""

    @property
    def facts(self) -> list[tuple[int, int, Fact]]:
        """Return row and column, counted from 1, and fact of each value cell."""
        return [
            (r, c, cell.fact)
            for r, row in enumerate(self.rows, start=1)
            for c, cell in enumerate(row, start=1)
            if cell and cell.fact
        ]
