"""The layout of a table: which cells hold values, and the words above, beside and around each.

The rows are read from the top. Lines of one text stand around the table, or set a section of it apart; rows of words
or periods are its head; rows with values are its body. A new head begins a new block, and so does the same head over
again at the right. The stub is the columns at the left of a block that hold words or periods.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bulletin.cells import (
    PLAIN_NUMBER,
    YEAR_LIKE,
    is_missing,
    is_note,
    is_value,
    marks_of,
    plain,
    table_words,
    words_of,
)
from bulletin.header_periods import header_period
from bulletin.model import Cell, Table
from bulletin.numbers import scale_of
from bulletin.text import normalise
from schemas.catalogue import Language

DEEPEST = 12
"""Headers over a column, and lines around a table, that are read."""
UNBOUNDED = 1 << 30


@dataclass(frozen=True, slots=True)
class Value:
    """A cell that holds a number, and the headers that speak of it, nearest first."""

    cell: Cell
    columns: tuple[str, ...]
    """Texts above it, the lowest first."""
    rows: tuple[str, ...]
    """Texts left of it, the nearest first."""
    around: tuple[str, ...] = ()
    """Lines over the table, the nearest first, and its caption."""
    sections: tuple[str, ...] = ()
    """Lines inside the table that set its row apart with those next to it, the nearest first."""
    corner: tuple[str, ...] = ()
    """Texts over the stub."""
    unit: str = ""
    """What stands in the row's column of units."""
    notes: tuple[str, ...] = ()
    """Notes of the table that a mark at the cell or one of its headers points to."""

    @property
    def near(self) -> tuple[str, ...]:
        """Those that speak of its row or its column alone."""
        return (*self.columns, *self.rows, *self.sections)

    @property
    def headers(self) -> tuple[str, ...]:
        """All of them, in the order in which they are believed."""
        return (*self.near, *self.corner, *self.around)


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


@dataclass(slots=True)
class _Block:
    """One table of a grid: the lines over it, its head, and its body with the lines inside."""

    lines: list[str]
    head: list[list[Cell]] = field(default_factory=list)
    body: list[tuple[list[Cell], tuple[str, ...]]] = field(default_factory=list)
    """Rows, each with the sections that it stands in, the nearest first."""
    first: int = 1
    last: int = UNBOUNDED

    def part(self, first: int, last: int) -> "_Block":
        """Return the columns from the first to the last."""
        head = [[cell for cell in row if _reaches(cell, first, last)] for row in self.head]
        body = [([cell for cell in row if first <= cell.column <= last], lines) for row, lines in self.body]
        return _Block(self.lines, head, [(row, lines) for row, lines in body if row], first, last)


def _reaches(cell: Cell, first: int, last: int) -> bool:
    return cell.column <= last and first < cell.column + cell.columns


def values(table: Table, language: Language) -> Iterator[Value]:
    """Yield the value cells of the table with their headers, block by block and row by row."""
    spanned = any(cell.rows > 1 or cell.columns > 1 for cell in table.cells)
    blocks, notes = _blocks(table, language)
    caption = [words for line in table.caption.splitlines()[::-1] if (words := words_of(line))]
    for block in blocks:
        around = tuple([*block.lines[::-1], *caption][:DEEPEST])
        for piece in _side_by_side(block, language):
            yield from _Reading(piece, around, (*table.notes, *notes), language, spanned).values()


def _blocks(table: Table, language: Language) -> tuple[list[_Block], list[str]]:
    """Return the blocks of the grid, and the lines below or inside that are notes."""
    rows: dict[int, list[Cell]] = {}
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        if normalise(cell.text).strip():
            rows.setdefault(cell.row, []).append(cell)
    width = max((cell.column + cell.columns - 1 for cell in table.cells), default=0)
    first = min((cell.column for cell in table.cells), default=1)  # a table of a sheet may begin in any column
    blocks, pending, notes = [_Block([], first=first)], list[str](), list[str]()
    sections: tuple[str, ...] = ()
    before = 0
    for row, cells in rows.items():
        block, gap = blocks[-1], row - before > 1
        before = row
        if len(cells) == 1 and width > 1 and not is_value(cells[0].text, language):
            (notes if is_note(cells[0].text, language) else pending).append(words_of(cells[0].text))
        elif row <= table.head or not _is_body(cells, block, language):
            if block.body and not _is_head(cells, block, language, gap=gap or bool(pending)):
                block.body.append((cells, sections))
                continue
            if block.body:
                block, sections = _Block([], first=first), ()
                blocks.append(block)
            block.lines += pending
            block.head.append(cells)
            pending = []
        else:
            if pending and (block.head or block.body):
                sections = (*pending[::-1], *sections[len(pending) :])
            else:
                block.lines += pending
            block.body.append((cells, sections))
            pending = []
    return [block for block in blocks if block.body], [*notes, *pending]


def _is_body(cells: Sequence[Cell], block: _Block, language: Language) -> bool:
    """Whether the row holds values, or a name and nothing but signs that there are none."""
    if not block.body and _is_row_of_units(cells, block, language):
        return False
    behind = cells[1:] or cells
    if any(is_value(cell.text, language) for cell in behind):
        return True
    return len(cells) > 1 and bool(block.head) and all(is_missing(cell.text, language) for cell in cells[1:])


def _is_row_of_units(cells: Sequence[Cell], block: _Block, language: Language) -> bool:
    """Whether the row, which has no name of its own, holds powers of ten and units: 10,000 | % | 10,000 persons."""
    above = {(cell.column, cell.text) for row in block.head for cell in row}
    cells = [cell for cell in cells if (cell.column, cell.text) not in above]
    if not cells or cells[0].column == block.first:
        return False
    scaled = [scale_of(plain(cell.text), language) for cell in cells]
    return any(factor != 1 for factor, _ in scaled) and not any(any(map(str.isdigit, rest)) for _, rest in scaled)


def _is_head(cells: Sequence[Cell], block: _Block, language: Language, *, gap: bool) -> bool:
    """Whether a row without values below a body is the head of another block.

    It has words or periods over most columns, and a period, or stands apart, or begins like the head above.
    """
    behind = [cell for cell in cells if cell.column > block.first and not is_missing(cell.text, language)]
    columns = {cell.column for row, _ in block.body for cell in row if cell.column > block.first}
    if 2 * sum(cell.columns for cell in behind) < len(columns) or not behind:
        return False
    again = any(words_of(cells[0].text) == words_of(row[0].text) for row in block.head)
    return gap or again or any(header_period(words_of(cell.text), language) for cell in behind)


def _side_by_side(block: _Block, language: Language) -> list[_Block]:
    """Return the block, or its parts where the same head stands over each: province, users, province, users."""
    if not block.head:
        return [block]
    lowest = _paths(block, spanned=False)
    columns = sorted({cell.column for row, _ in block.body for cell in row} | set(lowest))
    texts = [tuple(words_of(cell.text) for cell in lowest.get(column, ())) for column in columns]
    for parts in range(2, len(columns) // 2 + 1):
        size, rest = divmod(len(columns), parts)
        alike = not rest and all(texts[at] == texts[at % size] for at in range(len(texts)))
        if alike and texts[0] and _has_words(block, columns[size::size], language):
            begins = [*columns[::size], columns[-1] + 1]
            return [block.part(first, then - 1) for first, then in pairwise(begins)]
    return [block]


def _has_words(block: _Block, columns: Sequence[int], language: Language) -> bool:
    """Whether each of the columns holds words or periods, and no values."""
    cells = [cell for row, _ in block.body for cell in row if cell.column in columns]
    return bool(cells) and not any(is_value(cell.text, language) for cell in cells)


def _paths(block: _Block, *, spanned: bool) -> dict[int, tuple[Cell, ...]]:
    """Return the header cells over each column, the lowest first.

    Where the format gives no spans, a blank place in a row that is not the lowest belongs to the header at its left, up
    to where a header above ends.
    """
    last = max((cell.column + cell.columns - 1 for row in block.head for cell in row), default=0)
    last = max(last, max((cell.column for row, _ in block.body for cell in row), default=0))
    found: dict[int, tuple[Cell, ...]] = {}
    begun: set[int] = set()
    for at, row in enumerate(block.head):
        below = {cell.column for lower in block.head[at + 1 :] for cell in lower}
        over: dict[int, Cell] = {}
        for cell in row:
            over |= dict.fromkeys(range(cell.column, min(cell.column + cell.columns, last + 1)), cell)
        if not spanned and below:
            for column in range(block.first, last + 1):
                left = over.get(column - 1)
                if column not in over and column in below and column not in begun and left and left.column in below:
                    over[column] = left
        begun |= {cell.column for cell in row}
        for column, cell in over.items():
            if cell.text.strip():
                found[column] = (cell, *found.get(column, ())[: DEEPEST - 1])
    return found


class _Reading:
    """Reads the values of one block."""

    def __init__(
        self, block: _Block, around: tuple[str, ...], notes: Sequence[str], language: Language, spanned: bool
    ) -> None:
        self.block, self.around, self.notes = block, around, notes
        self.language, self.spanned = language, spanned
        self.above = _paths(block, spanned=spanned)
        self.units = self._unit_columns()
        self.stub = self._last_of_stub()
        self.beside: dict[int, tuple[Cell, int]] = {}
        """Of each column of the stub the cell that speaks of the row, and the row where that ends."""

    def values(self) -> Iterator[Value]:
        corner = self._corner()
        for row, (cells, sections) in zip(self._numbers(), self.block.body, strict=True):
            self._note_names(cells)
            at = cells[0].row
            stub = [c for c in range(self.stub, self.block.first - 1, -1) if c in self.beside]
            names = [self.beside[c][0] for c in stub if at < self.beside[c][1]]
            unit = next((words_of(cell.text) for cell in cells if cell.column in self.units), "")
            for cell in row:
                above = self.above.get(cell.column, ())
                yield Value(
                    cell,
                    _texts(above, self.language),
                    _texts(names, self.language),
                    self.around,
                    sections,
                    corner,
                    unit,
                    _explained((cell, *above, *names), self.notes),
                )

    def _unit_columns(self) -> set[int]:
        """Return the columns that a header calls that of the units."""
        word = table_words(self.language, "unit")
        return {column for column, path in self.above.items() if any(word.fullmatch(words_of(c.text)) for c in path)}

    def _corner(self) -> tuple[str, ...]:
        columns = [c for c in range(self.stub, self.block.first - 1, -1) if c not in self.units]
        plainly = table_words(self.language, "plain")
        texts = [text for c in columns for text in _texts(self.above.get(c, ()), self.language)]
        return tuple(text for text in dict.fromkeys(texts) if not plainly.fullmatch(text))

    def _note_names(self, cells: Sequence[Cell]) -> None:
        """Note the names of a row; where the format gives no spans, one left of the last speaks on until the next."""
        named = [c for c in cells if c.column <= self.stub and c.column not in self.units and self._is_name(c)]
        for cell in named:
            self.beside = {c: held for c, held in self.beside.items() if c < cell.column or self.spanned}
            goes_on = not self.spanned and cell.column < self.stub and named[-1] is not cell
            self.beside[cell.column] = cell, UNBOUNDED if goes_on else cell.row + cell.rows

    def _is_name(self, cell: Cell) -> bool:
        """Whether a cell of the stub says something of its row; a missing sign and a running number do not."""
        text = plain(cell.text)
        running = PLAIN_NUMBER.fullmatch(text) and is_value(text, self.language)
        return not is_missing(cell.text, self.language) and not running

    def _numbers(self) -> Iterator[list[Cell]]:
        """Yield the value cells of each row.

        2019 may be a count as well as a year: it is a count where its column holds other numbers, and its row is not a
        row of years.
        """
        sure = [
            [c for c in cells if self._may_hold(c) and is_value(c.text, self.language)] for cells, _ in self.block.body
        ]
        columns = {cell.column for cells in sure for cell in cells}
        for found, (cells, _) in zip(sure, self.block.body, strict=True):
            years = [c for c in cells if c.column in columns and self._may_hold(c) and _is_year(c)]
            counted = years if found or len(years) == 1 else []
            yield sorted([*found, *counted], key=lambda cell: cell.column)

    def _may_hold(self, cell: Cell) -> bool:
        return cell.column > self.stub and cell.column not in self.units

    def _last_of_stub(self) -> int:
        """Return the last column of the stub: that before the first that holds more numbers than words."""
        first, numbers, words = self.block.first, dict[int, list[str]](), dict[int, int]()
        for cell in (cell for cells, _ in self.block.body for cell in cells if cell.column not in self.units):
            text = plain(cell.text)
            if is_value(text, self.language):
                numbers.setdefault(cell.column, []).append(text)
            elif not is_missing(cell.text, self.language) and not YEAR_LIKE.fullmatch(text):
                words[cell.column] = words.get(cell.column, 0) + 1
        held = numbers.get(first, [])
        running = held == [str(count) for count in range(1, len(held) + 1)] and first + 1 in words
        unnamed = held and first not in words and not running and all(map(PLAIN_NUMBER.fullmatch, held))
        for column in sorted(numbers):
            if (column > first or unnamed) and len(numbers[column]) > words.get(column, 0):
                return column - 1
        return first


def _is_year(cell: Cell) -> bool:
    return YEAR_LIKE.fullmatch(plain(cell.text)) is not None


def _texts(cells: Sequence[Cell], language: Language) -> tuple[str, ...]:
    """Return the words of header cells, each said once."""
    found = (words_of(cell.text) for cell in cells if not is_missing(cell.text, language))
    return tuple(dict.fromkeys(filter(None, found)))


def _explained(cells: Sequence[Cell], notes: Sequence[str]) -> tuple[str, ...]:
    """Return the notes that the marks of the cells point to."""
    marks: Mapping[str, None] = dict.fromkeys(mark for cell in cells for mark in marks_of(cell))
    return tuple(note for mark in marks for note in notes if note.lstrip(" [(（注").startswith(mark))
