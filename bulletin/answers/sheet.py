"""An answer as a spreadsheet (XLSX)."""

import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from bulletin.answers.cells import as_text, width
from bulletin.errors import UsageError

MOST_ROWS = 1_048_575
"""Rows of a sheet below its header: a limit of the format."""
MOST_CHARACTERS = 32_767
"""Characters of a cell: a limit of the format."""
DIGITS = 15
"""Digits of a number that the format keeps."""


def write_sheet(file: Path, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write the rows below a header, row by row, and return how many texts were cut at the limit of a cell.

    A text is a text, whatever it begins with: nothing becomes a formula or a link. A number of more digits than a
    sheet keeps is written as text, exact.

    Raises:
        UsageError: there are more rows than a sheet holds.
    """
    from xlsxwriter import Workbook

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(str(file), {**options, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("answer")
    bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, bold)
        sheet.set_column(column, column, min(max(width(name), 10) + 2, 40))
    sheet.freeze_panes(1, 0)
    cut = 0
    for at, row in enumerate(rows, 1):
        if at > MOST_ROWS:
            raise UsageError(
                f"{file}: the answer has more than {MOST_ROWS:,} rows, which is all that a sheet holds; "
                "write it as csv or parquet, or add a LIMIT"
            )
        for column, value in enumerate(row):
            cut += _write(sheet, at, column, value, moment)
    book.close()
    return cut


def _write(sheet: Any, row: int, column: int, value: Any, moment: Any) -> bool:
    """Write a cell, and return whether its text was cut."""
    if value is None:
        return False
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float | Decimal) and _fits(value):
        sheet.write_number(row, column, value)
    elif isinstance(value, datetime) and value.tzinfo is None and value.year >= 1900:
        sheet.write_datetime(row, column, value, moment)
    elif isinstance(value, date) and not isinstance(value, datetime) and value.year >= 1900:
        sheet.write_datetime(row, column, value)
    else:
        text = f"{value:f}" if isinstance(value, Decimal) else as_text(value)
        sheet.write_string(row, column, text[:MOST_CHARACTERS])
        return len(text) > MOST_CHARACTERS
    return False


def _fits(value: float | Decimal) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return len(Decimal(value).normalize().as_tuple().digits) <= DIGITS
