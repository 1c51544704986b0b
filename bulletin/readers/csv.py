"""Comma-separated tables: one table a file."""

import csv
import io
from collections import Counter
from itertools import islice

from bulletin.content import Content, decode
from bulletin.errors import ReaderError
from bulletin.limits import DEFAULTS, Limits
from bulletin.model import Cell, Metadata, Table

SUFFIXES = (".csv", ".tsv")
MEDIA_TYPE = "text/csv"
DELIMITERS = ",;\t|"
"""In the order in which they are taken where several divide the rows alike."""
LOOKED_AT = 100
"""Rows that tell what stands between the cells."""
ROW_LIMIT = 200_000
CELL_LIMIT = 100_000
"""Characters of one cell; a paragraph has a few hundred."""
_END = "\x1f"
"""A last row of our own: where it is swallowed, a quote is open."""


def read(data: bytes, metadata: Metadata, limits: Limits = DEFAULTS) -> Content:
    """Return the file's rows as one table; raises ReaderError where it is no text or a quote is never closed."""
    decoded = decode(data, metadata.encoding, limits=limits)
    rows = _rows(decoded.text, delimiter(decoded.text))
    cells = [
        Cell(row, column, text)
        for row, record in enumerate(rows, start=1)
        for column, value in enumerate(record, start=1)
        if (text := value.strip())
    ]
    tables = (Table("table 1", tuple(cells), metadata.title or ""),)
    return Content("", tables=tables, encoding=decoded.encoding, notes=decoded.notes)


def delimiter(text: str) -> str:
    r"""Return what stands between the cells: what divides the most rows into one number of them, two or more.

    Titles and notes around the table have other numbers of cells, and decimal commas divide only some of its rows.

    >>> delimiter("Users in 2021, by area\nArea;Million\nUrban;748,1\nRural;284\n")
    ';'
    """
    head = text[: LOOKED_AT * CELL_LIMIT].splitlines(keepends=True)[:LOOKED_AT]

    def evenness(mark: str) -> tuple[int, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(head, delimiter=mark) if len(row) > 1)
        except csv.Error:
            return 0, 0
        return max(((rows, width) for width, rows in widths.items()), default=(0, 0))

    return max(DELIMITERS, key=evenness)


def _rows(text: str, mark: str) -> list[list[str]]:
    rows: list[list[str]] = []
    csv.field_size_limit(CELL_LIMIT)
    try:
        for record in islice(csv.reader(io.StringIO(f"{text}\n{_END}", newline=""), delimiter=mark), ROW_LIMIT + 2):
            rows.append(record)
    except csv.Error as error:
        raise ReaderError(
            f"row {len(rows) + 1} has a cell of more than {CELL_LIMIT:,} characters, the most that one may have: "
            f'mostly a quote (") that is never closed ({error})'
        ) from error
    if len(rows) > ROW_LIMIT + 1:
        raise ReaderError(f"it has more than the {ROW_LIMIT:,} rows that are read of one table: divide it")
    if rows.pop() != [_END]:
        raise ReaderError(f'not comma-separated values: a quote (") that opens in row {len(rows) + 1} is never closed')
    return rows
