"""Comma-separated tables: one table a file."""

import csv
import io

from bulletin.content import Content, decode
from bulletin.errors import ReaderError
from bulletin.model import Cell, Metadata, Table

SUFFIXES = (".csv", ".tsv")
MEDIA_TYPE = "text/csv"
DELIMITERS = ",;\t|"
ROW_LIMIT = 200_000
_END = "\x1f"
"""A last row of our own: where it is swallowed, a quote is open."""


def read(data: bytes, metadata: Metadata) -> Content:
    """Return the file's rows as one table; raises ReaderError where it is no text or a quote is never closed."""
    text, encoding = decode(data, metadata.encoding)
    try:
        dialect: type[csv.Dialect] | str = csv.Sniffer().sniff(text[:8192], DELIMITERS)
    except csv.Error:
        dialect = "excel"
    cells = []
    try:
        row = 0
        for row, record in enumerate(csv.reader(io.StringIO(f"{text}\n{_END}", newline=""), dialect), start=1):
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
