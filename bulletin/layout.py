"""The layout of a table: which cells hold values, and the words above, beside and around each.

The stub is the columns at the left of a block that hold words or periods; what stands right of it are values.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bulletin.cells import (
    PLAIN_NUMBER,
    YEAR_LIKE,
    is_missing,
    is_value,
    marks_of,
    parts_of,
    plain,
    table_words,
    words_of,
)
from bulletin.model import Cell, Table
from bulletin.table_blocks import DEEPEST, UNBOUNDED, Block, blocks_of, paths_of, side_by_side
from schemas.catalogue import Language


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


def values(table: Table, language: Language) -> Iterator[Value]:
    """Yield the value cells of the table with their headers, block by block and row by row."""
    spanned = any(cell.rows > 1 or cell.columns > 1 for cell in table.cells)
    blocks, notes = blocks_of(table, language)
    caption = [words for line in table.caption.splitlines()[::-1] if (words := words_of(line))]
    for block in blocks:
        around = tuple([*block.lines[::-1], *caption][:DEEPEST])
        for piece in side_by_side(block, language):
            yield from _Reading(piece, around, (*table.notes, *notes), language, spanned).values()


class _Reading:
    """Reads the values of one block."""

    def __init__(
        self, block: Block, around: tuple[str, ...], notes: Sequence[str], language: Language, spanned: bool
    ) -> None:
        self.block, self.around, self.notes = block, around, notes
        self.language, self.spanned = language, spanned
        self.above = paths_of(block, spanned=spanned)
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
            for cell, said in row:
                above = self.above.get(cell.column, ())
                yield Value(
                    cell,
                    (*([said] if said else []), *_texts(above, self.language)),
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

    def _numbers(self) -> Iterator[list[tuple[Cell, str]]]:
        """Yield the value cells of each row, each with what its own cell says of it.

        2019 may be a count as well as a year: it is a count where its column holds other numbers, and its row is not a
        row of years.
        """
        sure = [
            [
                part
                for c in cells
                if self._may_hold(c)
                for part in parts_of(c, self.language)
                if is_value(part[0].text, self.language)
            ]
            for cells, _ in self.block.body
        ]
        columns = {cell.column for cells in sure for cell, _ in cells}
        for found, (cells, _) in zip(sure, self.block.body, strict=True):
            years = [(c, "") for c in cells if c.column in columns and self._may_hold(c) and _is_year(c)]
            counted = years if found or len(years) == 1 else []
            yield sorted([*found, *counted], key=lambda part: part[0].column)

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
