"""The layout of a table: which cells hold values, and the words above, beside and around each.

A header is whatever stands above the first row with values; a row of bare years is header, not data. The stub is the
columns at the left that hold words or periods. Units and captions that span the table stand apart.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from bulletin.model import Cell, Mention, Table
from bulletin.numbers import find_numbers
from bulletin.periods import FoundPeriod, header_period
from bulletin.text import normalise
from bulletin.units import FoundUnit, sign_before, unit_after, unit_named
from schemas.catalogue import Catalogue, Language
from schemas.concepts import Bound

MISSING = frozenset({"", "-", "–", "—", "--", "...", "…", "..", "n.a.", "n/a", "na", "x", "/", "*"})
_MARK = re.compile(r"[*†‡①-⑳¹²³]+$|\[\d+\]$")
_PARENTHESES = re.compile(r"[(（【\[]([^()（）【】\[\]]{1,40})[)）】\]]")
_UNIT_LINE = re.compile(r"(?:单位|計量單位|计量单位|units?)\s*[:：]\s*([^,，;；]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """A cell that holds a number, and the headers that speak of it, nearest first."""

    cell: Cell
    columns: tuple[str, ...]
    """Texts above it, the lowest first."""
    rows: tuple[str, ...]
    """Texts left of it, the nearest first."""
    around: tuple[str, ...]
    """Caption and the lines that span the table."""

    @property
    def headers(self) -> tuple[str, ...]:
        """All of them, in the order in which they are believed."""
        return (*self.columns, *self.rows, *self.around)


def address_of(table: Table, cell: Cell) -> str:
    """Return how a person finds the cell: `sheet 网民规模, C4` or `table 1, row 3, column 2`."""
    if table.addresses == "sheet":
        return f"{table.name}, {_letters(cell.column)}{cell.row}"
    return f"{table.name}, row {cell.row}, column {cell.column}"


def _letters(column: int) -> str:
    """Return a spreadsheet's name of the column: 28 is AB."""
    name = ""
    while column:
        column, digit = divmod(column - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def values(table: Table, language: Language) -> Iterator[Value]:
    """Yield the value cells of the table with their headers, row by row."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    width = max((cell.column + cell.columns - 1 for cell in table.cells), default=0)
    body_start = next((row for row in sorted(rows) if _is_body(rows[row], language)), None)
    if body_start is None:
        return
    spanning = tuple(
        normalise(cells[0].text) for row, cells in sorted(rows.items()) if row < body_start and _spans(cells, width)
    )
    head = [cell for row in rows if row < body_start for cell in rows[row] if not _spans(rows[row], width)]
    stub = _stub_width(rows, body_start, language)
    around = (normalise(table.caption), *spanning[::-1])
    beside: dict[tuple[int, int], str] = {}
    for row in sorted(rows):
        if row < body_start:
            continue
        for cell in rows[row]:
            if cell.column <= stub:
                beside |= {(row + down, cell.column): normalise(cell.text) for down in range(cell.rows)}
        for cell in rows[row]:
            if cell.column > stub and is_value(cell.text, language):
                above = [h for h in head if h.column <= cell.column < h.column + h.columns]
                columns = tuple(normalise(h.text) for h in sorted(above, key=lambda h: -h.row))
                left = tuple(beside[row, column] for column in range(stub, 0, -1) if (row, column) in beside)
                yield Value(cell, columns, left, tuple(filter(None, around)))


def is_value(text: str, language: Language) -> bool:
    """Return whether the cell holds one number, perhaps with a unit, and is no period."""
    plain = _plain(text)
    if not re.search(r"\d", plain) or header_period(plain, language):
        return False
    numbers = list(find_numbers(plain, language))
    if len(numbers) != 1:
        return False
    rest = plain[: numbers[0].start] + plain[numbers[0].end :]
    return len(rest.strip(" ()（）-+%‰$¥")) <= 6


def _plain(text: str) -> str:
    return _MARK.sub("", normalise(text)).strip()


def _is_body(cells: list[Cell], language: Language) -> bool:
    return any(is_value(cell.text, language) for cell in cells[1:] or cells)


def _spans(cells: list[Cell], width: int) -> bool:
    """Whether the row holds one text for the whole table: a title, a unit line."""
    return len(cells) == 1 and (cells[0].columns >= width or width > 1)


def _stub_width(rows: Mapping[int, list[Cell]], body_start: int, language: Language) -> int:
    firsts = [
        min((c.column for c in rows[r] if is_value(c.text, language)), default=0) for r in rows if r >= body_start
    ]
    found = [first for first in firsts if first]
    return max(1, min(found) - 1) if found else 1


def table_mentions(table: Table, catalogue: Catalogue, language: Language) -> Iterator[Mention]:
    """Yield the mentions of the table's cells; the prefix of each holds its row's and column's headers."""
    for value in values(table, language):
        mention = _mention(value, catalogue, language)
        words = " | ".join(dict.fromkeys([*value.rows[::-1], *value.columns[::-1]]))
        yield replace(mention, address=address_of(table, value.cell), prefix=f"{words}: " if words else "")


def _mention(value: Value, catalogue: Catalogue, language: Language) -> Mention:
    text = normalise(value.cell.text)
    number = next(find_numbers(text, language))
    unit = unit_after(text, number.end, catalogue, language.id) or sign_before(text, number.start)
    factor = Decimal(1)
    if unit:
        factor = unit.factor
    named = None if unit and number.scaled else unit_of(value, catalogue, language)
    if named and not unit:
        unit, factor = named, named.factor
    return Mention(
        quote=value.cell.text,
        start=0,
        end=len(value.cell.text),
        value=number.value * factor,
        decimals=number.decimals,
        half_unit=number.half_unit * factor,
        unit=(unit.unit or None) if unit else None,
        bound=Bound.EXACT,
        negative=number.negative or text.startswith(("(", "（")),
    )


def unit_of(value: Value, catalogue: Catalogue, language: Language) -> FoundUnit | None:
    """Return the unit that the nearest header names: in parentheses, in a unit line, or as the whole header."""
    for text in value.headers:
        found = _unit_in(text, catalogue, language)
        if found:
            return found
    return None


@lru_cache(maxsize=4096)
def _unit_in(text: str, catalogue: Catalogue, language: Language) -> FoundUnit | None:
    inside = _PARENTHESES.findall(text)
    line = _UNIT_LINE.search(text)
    tail = re.split(r"[,，:：]\s*", text)[-1:] if re.search(r"[,，]", text) else []
    # Several units in one caption ("(million) and rate (%)") leave it open which one is meant.
    for candidate in (*([line[1]] if line else []), *(inside if len(inside) == 1 else []), *tail, text):
        if found := unit_named(candidate, catalogue, language.id):
            return found
    return None


def period_of(value: Value, language: Language) -> FoundPeriod | None:
    """Return the period that the nearest header names."""
    for text in value.headers:
        if found := header_period(text, language):
            return found
    return None
