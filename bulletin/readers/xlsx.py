"""Spreadsheets: a table a visible sheet, merged cells at their first row and column."""

import io
from datetime import date, datetime
from typing import Any

from bulletin.content import Content
from bulletin.errors import ReaderError
from bulletin.model import Cell, Metadata, Table

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_LIMIT = 2_000_000
"""Cells of one sheet's used area."""


def read(data: bytes, metadata: Metadata) -> Content:
    """Return the sheets as tables; raises ReaderError where the bytes are no workbook or a sheet is too large."""
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = [s.name for s in book.sheets_metadata if s.visible == calamine.SheetVisibleEnum.Visible]
        sheets = [(name, book.get_sheet_by_name(name)) for name in visible]
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise ReaderError(f"not a spreadsheet that can be read: {error}") from error
    return Content("", tables=tuple(_table(name, sheet) for name, sheet in sheets))


def _table(name: str, sheet: Any) -> Table:
    if sheet.total_height * sheet.total_width > CELL_LIMIT:
        raise ReaderError(
            f"sheet {name!r} spans {sheet.total_height:,} x {sheet.total_width:,} cells, more than {CELL_LIMIT:,}"
        )
    spans = {(a[0], a[1]): (b[0] - a[0] + 1, b[1] - a[1] + 1) for a, b in sheet.merged_cell_ranges or ()}
    cells = []
    for row, values in enumerate(sheet.to_python(skip_empty_area=False)):
        for column, value in enumerate(values):
            text = _printed(value)
            if text:
                cells.append(Cell(row + 1, column + 1, text, *spans.get((row, column), (1, 1))))
    return Table(f"sheet {name}", tuple(cells), addresses="sheet")


def _printed(value: Any) -> str:
    """Return the value as text; a whole number comes out of the file as a float and is printed whole."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    return str(value).strip()
