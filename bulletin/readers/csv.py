"""Comma-separated tables: one table a file."""

import csv
import io
from collections import Counter
from itertools import islice

from bulletin.content import Content, decode
from bulletin.errors import ReaderError
from bulletin.model import Cell, Metadata, Table

SUFFIXES = (".csv", ".tsv")
MEDIA_TYPE = "text/csv"
DELIMITERS = ",;\t|"
RARE = 0.75
"""Share of the evenness of commas at which another delimiter goes before them."""
SAMPLE = 200
"""Rows that say which delimiter it is,"""
SAMPLE_TEXT = 100_000
"""and the characters in which they stand."""
ROW_LIMIT = 200_000
_END = "\x1f"
"""A last row of our own: where it is swallowed, a quote is open."""


def read(data: bytes, metadata: Metadata) -> Content:
    """Return the file's rows as one table; raises ReaderError where it is no text or a quote is never closed."""
    text, encoding = decode(data, metadata.encoding)
    delimiter = _delimiter(text)
    cells = []
    try:
        row = 0
        for row, record in enumerate(
            csv.reader(io.StringIO(f"{text}\n{_END}", newline=""), delimiter=delimiter), start=1
        ):
            if record == [_END]:
                break
            if row > ROW_LIMIT:
                raise ReaderError(f"more than the {ROW_LIMIT:,} rows that are read of one table")
            cells += [Cell(row, column, value.strip()) for column, value in enumerate(record, start=1) if value.strip()]
        else:
            raise ReaderError(f'not comma-separated values: a quote (") that opens in row {row} is never closed')
    except csv.Error as error:
        raise ReaderError(f"not comma-separated values: {error}") from error
    return Content("", tables=(Table("table 1", tuple(cells), metadata.title or ""),), encoding=encoding)


def _delimiter(text: str) -> str:
    """Return the delimiter that cuts the most rows into as many fields as most others; a comma where none does.

    Rows of one field, titles and notes, say nothing; the comma of 106,744 cuts rows into any number of fields.
    """
    lines = list(islice(io.StringIO(text[:SAMPLE_TEXT], newline=""), SAMPLE))
    even = {delimiter: _evenness(lines, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=even.__getitem__)
    # Semicolons and tabs seldom stand evenly by chance; commas do, in numbers such as 1,995.
    rarer = (delimiter for delimiter in "\t;|" if even[delimiter] > 0 and even[delimiter] >= RARE * even[best])
    return next(rarer, best)


def _evenness(lines: list[str], delimiter: str) -> int:
    try:
        widths = [len(record) for record in csv.reader(lines, delimiter=delimiter)]
    except csv.Error:
        return 0
    counts = Counter(width for width in widths if width > 1)
    most = max(counts.values(), default=0)
    return 2 * most - counts.total()
