"""Comma-separated tables: one table a file."""

import csv
import io
import re
from collections import Counter
from itertools import islice

from bulletin.content import Content, decode
from bulletin.errors import ReaderError
from bulletin.limits import DEFAULTS, Limits
from bulletin.model import Cell, Metadata, Table

SUFFIXES = (".csv", ".tsv")
MEDIA_TYPE = "text/csv"
DELIMITERS = ";\t|"
"""What divides cells besides the comma."""
LOOKED_AT = 100
"""Rows that tell what stands between the cells."""
ROW_LIMIT = 200_000
CELL_LIMIT = 100_000
"""Characters of one cell; a paragraph has a few hundred."""
_NUMBER_COMMA = re.compile(r"(?<=\d),(?=\d)")
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

    Titles and notes around the table have other numbers of cells. A comma within a number may be a decimal one: where
    something else divides rows as well, such a comma does not count.

    >>> delimiter("Users, by area\nSource: Office, 2021\nArea;Million\nUrban;748,1\nRural;284,0\n")
    ';'
    """
    head = text[: LOOKED_AT * CELL_LIMIT].splitlines(keepends=True)[:LOOKED_AT]
    best = max(DELIMITERS, key=lambda mark: _evenness(head, mark))
    evenness = _evenness(head, best)
    if evenness[0] < 2:
        return ","
    commas = _evenness([_NUMBER_COMMA.sub("", line) for line in head], ","), _evenness(head, ",")
    return "," if commas > (evenness, evenness) else best


def _evenness(lines: list[str], mark: str) -> tuple[int, int]:
    """Return how many rows the mark divides into the same number of cells, and that number."""
    try:
        rows = [row for row in csv.reader(lines, delimiter=mark) if sum(map(bool, row)) > 1]
    except csv.Error:
        return 0, 0
    return max(((count, width) for width, count in Counter(map(len, rows)).items()), default=(0, 0))


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
