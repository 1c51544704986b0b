"""Spreadsheets: the tables of each visible sheet, their cells as a person sees them.

python-calamine reads the values; how they look it does not tell, so that `sheets/workbook.py` reads the same XML
for it, and `sheets/biff.py` the records of an XLS file.
"""

import io
from collections.abc import Iterator
from datetime import date, datetime
from math import isfinite
from typing import Any

from bulletin.content import Content
from bulletin.errors import ReaderError
from bulletin.limits import DEFAULTS, Limits
from bulletin.model import Cell, Metadata, Table
from bulletin.sheets.biff import look as look_of_xls
from bulletin.sheets.compound import is_compound
from bulletin.sheets.number_format import day_of, is_date, plain, shown, shown_date
from bulletin.sheets.regions import Row, tables
from bulletin.sheets.workbook import PLAIN, SheetLook, Style, check_span, look
from bulletin.zipped import Caps, DamagedPackage, Package, is_zip, within

SUFFIXES = (".xlsx", ".xlsm", ".xls")
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
INDENT = "\u3000"
"""Stands before a text for each step that it is set in."""
_NUMERIC = "+-–−(（.$¥€£"
RULE = "spreadsheet"
"""Rule of the findings about what a workbook does not hold."""


def read(data: bytes, metadata: Metadata, limits: Limits = DEFAULTS) -> Content:
    """Return the tables of the visible sheets; raises ReaderError where the bytes are no workbook or hold too much."""
    looks, sheets = _opened(data, within(limits))
    found: list[Table] = []
    notes: list[tuple[str, str]] = []
    for name, sheet in sheets:
        seen = looks.get(name, SheetLook())
        found += tables(name, list(_rows(name, sheet, seen)), seen.hidden_rows)
        notes += ((RULE, message) for message in _missing(name, seen))
    return Content("", tables=tuple(found), notes=tuple(notes))


def _opened(data: bytes, caps: Caps) -> tuple[dict[str, SheetLook], list[tuple[str, Any]]]:
    """Return how the sheets look, and the library's own sheets that are visible."""
    import python_calamine as calamine

    try:
        looks = look(Package(data, caps)) if is_zip(data) else look_of_xls(data) if is_compound(data) else {}
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = [s.name for s in book.sheets_metadata if s.visible == calamine.SheetVisibleEnum.Visible]
        return looks, [(name, book.get_sheet_by_name(name)) for name in visible]
    except (DamagedPackage, calamine.CalamineError, ValueError, OSError) as error:
        raise ReaderError(f"not a spreadsheet that can be read: {error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what its Rust code raises where it gives up; no `Exception`
            raise
        raise ReaderError("not a spreadsheet that can be read: it is damaged, fetch the file again") from error


def _missing(name: str, seen: SheetLook) -> Iterator[str]:
    """Yield what a person should know of a sheet's cells that hold nothing."""
    if seen.errors:
        some = ", ".join(seen.errors[:5]) + (", ..." if len(seen.errors) > 5 else "")
        yield f"sheet {name!r}: {len(seen.errors):,} cells show an error instead of a number ({some}) and are left out"
    if seen.no_result:
        yield (
            f"sheet {name!r}: {seen.no_result:,} formulas have no stored result and are left out: open the workbook in "
            "a spreadsheet program and save it"
        )


def _rows(name: str, sheet: Any, seen: SheetLook) -> Iterator[Row]:
    """Yield the visible cells of each row that has any."""
    check_span(name, (1, max(sheet.total_height, 1)), (1, max(sheet.total_width, 1)))
    spans = {(a[0], a[1]): (b[0] - a[0] + 1, b[1] - a[1] + 1) for a, b in sheet.merged_cell_ranges or ()}
    styles, marked = seen.styles, seen.marked
    hides = bool(seen.hidden_rows or seen.hidden_columns)
    for row, values in enumerate(sheet.to_python(skip_empty_area=False)):
        cells = []
        for column, value in enumerate(values):
            if value == "":
                continue
            text = _text(value, styles.get((row, column), PLAIN) if styles else PLAIN)
            if text:
                text, marks = marked.get((row, column), (text, ())) if marked else (text, ())
                rows, columns = spans.get((row, column), (1, 1)) if spans else (1, 1)
                cells.append(Cell(row + 1, column + 1, text, rows, columns, marks=marks))
        if hides:
            cells = [cell for cell in cells if _is_seen(cell, seen)]
        if cells:
            yield cells


def _is_seen(cell: Cell, seen: SheetLook) -> bool:
    """Whether any row and any column of a cell is shown; a merged cell may begin in a hidden one."""
    rows = range(cell.row, cell.row + min(cell.rows, 10_000))
    columns = range(cell.column, cell.column + cell.columns)
    return any(row not in seen.hidden_rows for row in rows) and any(
        column not in seen.hidden_columns for column in columns
    )


def _text(value: Any, style: Style) -> str:
    """Return the value as a spreadsheet shows it."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        if not isfinite(value):  # of a damaged file
            return ""
        if not style.code:
            return plain(value)
        day = day_of(value) if is_date(style.code) else None
        return shown_date(day, style.code) if day else shown(value, style.code)
    if isinstance(value, datetime | date):
        return shown_date(value, style.code)
    text = str(value)
    stripped = text.strip()
    if stripped and not stripped[0].isdigit() and stripped[0] not in _NUMERIC:
        before = text[: len(text) - len(text.lstrip())]
        return INDENT * (style.indent + before.count(INDENT) + before.count("  ")) + stripped
    return stripped
