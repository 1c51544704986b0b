"""Spreadsheets: a table a visible sheet, merged cells at their first row and column, percentages as they are shown."""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bulletin.content import Content
from bulletin.errors import ReaderError
from bulletin.limits import DEFAULTS, Limits, raise_it
from bulletin.model import Cell, Metadata, Table

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_LIMIT = 2_000_000
"""Cells of one sheet's used area."""
DIGITS = 15
"""Significant digits that a spreadsheet shows; what is behind them is noise of its binary fractions."""

Places = Mapping[tuple[int, int], int]
"""Row and column, counted from 0, of the cells that show percentages, and how many decimals they show."""

_PROLOG = 10_000
"""Bytes at the start of a part in which a document type can be declared."""
_FILLED = re.compile(rb"<(?:\w+:)?c\s([^>]*[^>/])>")
_PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_STYLE = re.compile(rb"\bs=[\"'](\d+)[\"']")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_SHARED = re.compile(rb"<(?:\w+:)?sst\s[^>]*?ount=[\"'](\d{8,})[\"']")
_FORMATS = re.compile(rb"<(?:\w+:)?numFmt\s[^>]*>")
_XF = re.compile(rb"<(?:\w+:)?xf\s[^>]*\bnumFmtId=[\"'](\d+)[\"']")
_PERCENT_FORMATS = {b"9": 0, b"10": 2}
"""The formats 0% and 0.00% have these numbers in every workbook."""


def read(data: bytes, metadata: Metadata, limits: Limits = DEFAULTS) -> Content:
    """Return the sheets as tables; raises ReaderError where the bytes are no workbook or a sheet is too large."""
    import python_calamine as calamine

    try:
        percentages = _inspect(data, limits) if zipfile.is_zipfile(io.BytesIO(data)) else {}
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = [s.name for s in book.sheets_metadata if s.visible == calamine.SheetVisibleEnum.Visible]
        sheets = [(name, book.get_sheet_by_name(name)) for name in visible]
    except (calamine.CalamineError, zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, OSError) as error:
        raise ReaderError(f"not a spreadsheet that can be read: {error}") from error
    return Content("", tables=tuple(_table(name, sheet, percentages.get(name, {})) for name, sheet in sheets))


def _inspect(data: bytes, limits: Limits) -> dict[str, Places]:
    """Return where each sheet shows percentages, which the library does not tell.

    Raises ReaderError where a sheet spans too much: the library would end the whole process for want of memory.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(member.file_size for member in archive.infolist())
        if size > limits.unpacked_bytes:
            raise ReaderError(
                f"unpacked it has {size:,} bytes, more than the {limits.unpacked_bytes:,} that are read: "
                f"{raise_it('unpacked_bytes')}"
            )
        parts = {
            name.lstrip("/"): archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))
        }
    if any(b"<!DOCTYPE" in part[:_PROLOG] for part in parts.values()):
        raise ReaderError("it defines entities of its own (a DOCTYPE), which no spreadsheet program writes")
    if claimed := _SHARED.search(parts.get("xl/sharedStrings.xml", b"")[:2_000]):
        raise ReaderError(f"it claims {int(claimed[1]):,} texts, more than a workbook holds")
    styles = _percent_styles(parts.get("xl/styles.xml", b""))
    return {name: _places(name, parts.get(path, b""), styles) for name, path in _sheets(parts).items()}


def _sheets(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the sheets' names and where in the archive each stands."""
    targets = {
        _attribute(tag, "Id"): _attribute(tag, "Target")
        for tag in re.findall(rb"<(?:\w+:)?Relationship\s[^>]*>", parts.get("xl/_rels/workbook.xml.rels", b""))
    }
    found = {}
    for tag in _SHEET.findall(parts.get("xl/workbook.xml", b"")):
        target = targets.get(_attribute(tag, r"\w+:id"), "")
        found[_attribute(tag, "name")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _attribute(tag: bytes, name: str) -> str:
    from html import unescape

    match = re.search(rf"\s{name}=(?:\"([^\"]*)\"|'([^']*)')", tag.decode("utf-8", "replace"))
    return unescape(match[1] or match[2] or "") if match else ""


def _percent_styles(styles: bytes) -> dict[bytes, int]:
    """Return the numbers of the cell styles that show percentages, and the decimals that each shows."""
    formats = dict(_PERCENT_FORMATS)
    for tag in _FORMATS.findall(styles):
        code = re.sub(r'"[^"]*"|\\.', "", _attribute(tag, "formatCode")).partition(";")[0]  # a quoted % only looks so
        if "%" in code and re.search("[0#]", code):
            decimals = re.search(r"\.([0#]+)", code)
            formats[_attribute(tag, "numFmtId").encode()] = len(decimals[1]) if decimals else 0
    used = re.search(rb"<(?:\w+:)?cellXfs.*?</(?:\w+:)?cellXfs>", styles, re.DOTALL)
    numbers = _XF.findall(used[0]) if used else []
    return {str(index).encode(): formats[number] for index, number in enumerate(numbers) if number in formats}


def _places(name: str, sheet: bytes, styles: Mapping[bytes, int]) -> Places:
    """Return the cells of a sheet that show percentages; raises ReaderError where the sheet spans too much."""
    percentages: dict[tuple[int, int], int] = {}
    rows, columns = set[int](), set[int]()
    for attributes in _FILLED.findall(sheet):
        place = _PLACE.search(attributes)
        if place is None:
            continue
        row, column = int(place[2]) - 1, _column(place[1])
        rows.add(row)
        columns.add(column)
        style = _STYLE.search(attributes)
        if style and style[1] in styles:
            percentages[row, column] = styles[style[1]]
    if rows:
        _check_size(name, max(rows) - min(rows) + 1, max(columns) - min(columns) + 1)
    return percentages


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _check_size(name: str, height: int, width: int) -> None:
    if height * width > CELL_LIMIT:
        raise ReaderError(f"sheet {name!r} spans {height:,} x {width:,} cells, more than {CELL_LIMIT:,}")


def _table(name: str, sheet: Any, percentages: Places) -> Table:
    _check_size(name, sheet.total_height, sheet.total_width)
    spans = {(a[0], a[1]): (b[0] - a[0] + 1, b[1] - a[1] + 1) for a, b in sheet.merged_cell_ranges or ()}
    cells = []
    for row, values in enumerate(sheet.to_python(skip_empty_area=False)):
        for column, value in enumerate(values):
            text = _printed(value, percentages.get((row, column)))
            if text:
                cells.append(Cell(row + 1, column + 1, text, *spans.get((row, column), (1, 1))))
    return Table(f"sheet {name}", tuple(cells), addresses="sheet")


def _printed(value: Any, percent: int | None) -> str:
    """Return the value as text: a number as a spreadsheet shows it, 0.706 in a format of 0.0% as 70.6%."""
    if isinstance(value, float):
        number = Decimal(f"{value:.{DIGITS}g}")
        return f"{number:f}" if percent is None else f"{number * 100:.{percent}f}%"
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    return str(value).strip()
