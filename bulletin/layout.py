"""The layout of a table: which cells hold values, and the words above, beside and around each.

A header is whatever stands above the first row with values; a row of bare years is header, not data. The stub is the
columns at the left that hold words or periods. Units and captions that span the table stand apart.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from bulletin.model import Cell, Mention, Table
from bulletin.numbers import TOO_LARGE, find_numbers, named_numbers, overlaps
from bulletin.periods import header_period
from bulletin.text import normalise
from bulletin.units import FoundUnit, sign_before, unit_after, unit_named
from schemas.catalogue import Catalogue, Language
from schemas.concepts import Bound

MISSING = frozenset({"", "-", "–", "—", "--", "...", "…", "..", "n.a.", "n/a", "na", "x", "/", "*"})
_MARK = re.compile(r"[*†‡①-⑳¹²³]+$|\[\d+\]$")
_PARENTHESES = re.compile(r"[(（【\[]([^()（）【】\[\]]{1,40})[)）】\]]")
_NEGATIVE = re.compile(r"[(（][^()（）]*[)）]$|[–—]\s?[$¥]?\d")
_YEAR_LIKE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])?")
_PLAIN_NUMBER = re.compile(r"[-+]?[\d.,]+%?")
_LABEL_BEHIND = re.compile(r"\+|\s*[-–—~至]\s*\d")
"""What makes a number a row's name: 60+, 10-19."""
_SIGNS = " ()（）-–—+%‰$¥"
LONGEST, DEEPEST = 400, 12
"""Characters of a header, and headers over a column, that are read: more is no header, and costs for every value."""
SHORT, UNIT_LENGTH = 6, 20
"""Characters besides its number that a value may have; of a unit right behind it, in a language with spaces, more."""
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
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        rows.setdefault(cell.row, []).append(cell)
    width = max((cell.column + cell.columns - 1 for cell in table.cells), default=0)
    body_start = next((row for row in rows if _is_body(rows[row], language)), None)
    if body_start is None:
        return
    head = {row: cells for row, cells in rows.items() if row < body_start}
    body = {row: cells for row, cells in rows.items() if row >= body_start}
    spanning = [normalise(cells[0].text) for cells in head.values() if _spans(cells, width)]
    around = tuple(filter(None, (normalise(table.caption)[:LONGEST], *spanning[: -DEEPEST - 1 : -1])))
    above = _above([cell for cells in head.values() if not _spans(cells, width) for cell in cells])
    stub = _stub_width([cells for cells in body.values() if not _spans(cells, width)], language)
    beside: dict[int, tuple[str, int]] = {}  # of each column of the stub: its text, and the row where that ends
    for row, numbers in _numbers(body, stub, language):
        for cell in body[row]:
            if cell.column <= stub and _is_header(cell, language):
                beside[cell.column] = normalise(cell.text)[:LONGEST], row + cell.rows
        left = tuple(beside[c][0] for c in range(stub, 0, -1) if c in beside and row < beside[c][1])
        for cell in numbers:
            yield Value(cell, above.get(cell.column, ()), left, around)


def _above(head: Sequence[Cell]) -> dict[int, tuple[str, ...]]:
    """Return the texts of the header cells over each column, the lowest first."""
    found: dict[int, tuple[str, ...]] = {}
    for cell in head:
        if normalise(cell.text).strip().casefold() not in MISSING:
            for column in range(cell.column, cell.column + cell.columns):
                found[column] = (normalise(cell.text)[:LONGEST], *found.get(column, ())[: DEEPEST - 1])
    return found


def _is_header(cell: Cell, language: Language) -> bool:
    """Whether a cell of the stub says something of its row; a missing marker and a row's running number do not."""
    text = _plain(cell.text)
    running = _PLAIN_NUMBER.fullmatch(text) and is_value(text, language)
    return text.casefold() not in MISSING and not running


def _numbers(body: Mapping[int, list[Cell]], stub: int, language: Language) -> Iterator[tuple[int, list[Cell]]]:
    """Yield each row of the body with its value cells.

    2019 may be a count as well as a year: it is a count where its column holds other numbers, and its row is not a
    row of years.
    """
    sure = {
        row: [cell for cell in cells if cell.column > stub and is_value(cell.text, language)]
        for row, cells in body.items()
    }
    columns = {cell.column for cells in sure.values() for cell in cells}
    for row, cells in body.items():
        years = [c for c in cells if c.column > stub and c.column in columns and _YEAR_LIKE.fullmatch(_plain(c.text))]
        counted = years if sure[row] or len(years) == 1 else []
        yield row, sorted([*sure[row], *counted], key=lambda cell: cell.column)


def is_value(text: str, language: Language) -> bool:
    """Return whether the cell holds one number, perhaps with a unit, and is no period and no name (5G, 10-19, 60+)."""
    plain = _plain(text)
    if not re.search(r"\d", plain) or header_period(plain, language):
        return False
    numbers = list(find_numbers(plain, language))
    if len(numbers) != 1:
        return False
    start, end = numbers[0].start, numbers[0].end
    # The bar keeps a cell from looking like the heading "1.2 Users".
    named = named_numbers(f"|{plain}", language)
    if _LABEL_BEHIND.match(plain, end) or overlaps((start + 1, end + 1), named):
        return False
    before, behind = plain[:start].strip(_SIGNS), plain[end:].strip(_SIGNS)
    if before and re.search(r"[(（]", plain[:start]):
        return False  # a header with its unit: Users (10 thousand)
    return len(before + behind) <= SHORT or (not before and language.boundaries and len(behind) <= UNIT_LENGTH)


def _plain(text: str) -> str:
    return _MARK.sub("", normalise(text)).strip()


def _is_body(cells: list[Cell], language: Language) -> bool:
    return any(is_value(cell.text, language) for cell in cells[1:] or cells)


def _spans(cells: list[Cell], width: int) -> bool:
    """Whether the row holds one text for the whole table: a title, a unit line."""
    return len(cells) == 1 and width > 1


def _stub_width(body: Sequence[Sequence[Cell]], language: Language) -> int:
    """Return how many columns at the left are headers: those before the first that holds more numbers than words."""
    numbers: dict[int, list[str]] = {}
    words: dict[int, int] = {}
    for cell in (cell for cells in body for cell in cells):
        text = _plain(cell.text)
        if is_value(text, language):
            numbers.setdefault(cell.column, []).append(text)
        elif text.casefold() not in MISSING and not _YEAR_LIKE.fullmatch(text):
            words[cell.column] = words.get(cell.column, 0) + 1
    first = numbers.get(1, [])
    running = first == [str(count) for count in range(1, len(first) + 1)] and 2 in words
    unnamed = first and 1 not in words and not running and all(map(_PLAIN_NUMBER.fullmatch, first))
    for column in sorted(numbers):
        if (column > 1 or unnamed) and len(numbers[column]) > words.get(column, 0):
            return column - 1
    return 1


def table_mentions(table: Table, catalogue: Catalogue, language: Language) -> Iterator[Mention]:
    """Yield the mentions of the table's cells; the prefix of each holds its row's and column's headers."""
    for value in values(table, language):
        mention = _mention(value, catalogue, language)
        if mention.value >= TOO_LARGE:
            continue
        words = " | ".join(dict.fromkeys([*value.rows[::-1], *value.columns[::-1]]))
        yield replace(
            mention, in_table=True, address=address_of(table, value.cell), prefix=f"{words}: " if words else ""
        )


def _mention(value: Value, catalogue: Catalogue, language: Language) -> Mention:
    text = normalise(value.cell.text).strip()
    number = next(find_numbers(text, language))
    unit = unit_after(text, number.end, catalogue, language.id) or sign_before(text, number.start, catalogue)
    if unit is None:
        unit = unit_of(value, catalogue, language)
        if unit and number.scaled:
            unit = replace(unit, factor=unit.factor / unit.scale)  # 1.2亿 under 万人
    factor = unit.factor if unit else Decimal(1)
    return Mention(
        quote=value.cell.text,
        start=value.cell.start or 0,
        end=(value.cell.start or 0) + len(value.cell.text),
        value=number.value * factor,
        decimals=number.decimals,
        half_unit=number.half_unit * factor,
        unit=(unit.unit or None) if unit else None,
        generic=unit.generic if unit else False,
        bound=Bound.EXACT,
        negative=number.negative or _NEGATIVE.match(text) is not None,
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
