"""A grid as a spreadsheet: as texts, with title and unit rows, with numbers in formats, below another table."""

import io
import re

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.tables.grid import Grid, GridCell

LOOKS = ("plain", "titled", "typed", "two-on-a-sheet")
SUFFIX = ".xlsx"
_NUMBER = re.compile(
    r"(?P<open>\()?(?P<minus>-)?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<decimals>\d+))?(?P<percent>%)?\)?"
)
_OTHER = {
    "en": (("Staff of the office", ""), ("Room", "Desks"), ("East", "12"), ("West", "9")),
    "zh": (("办公室人员", ""), ("房间", "桌子"), ("东", "12"), ("西", "9")),
}


def write(grid: Grid, look: str) -> bytes:
    """Return the workbook.

    `plain` has every cell as text, title and unit in the first rows; `titled` has them merged over the table, with
    borders and a blank row below; `typed` has numbers in their formats, raised marks, indents, a hidden column and a
    hidden sheet; `two-on-a-sheet` begins in another column, below another table.
    """
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = {"en": "Table 1", "zh": "表1"}[grid.language]
    top, left = 1, 1
    if look == "two-on-a-sheet":
        for words in _OTHER[grid.language]:
            sheet.append(words)
        top, left = len(_OTHER[grid.language]) + 2, 2
    top = _above(sheet, grid, top, left, merged=look in ("titled", "typed"), gap=look == "titled")
    for r, row in enumerate(grid.rows):
        for c, cell in enumerate(row):
            if cell is not None:
                _write(sheet, cell, top + r, left + c, look)
    below = top + len(grid.rows) + (look == "titled")
    for r, note in enumerate(grid.notes):
        sheet.cell(below + r, left, note)
    if look == "typed":
        _hide(book, sheet, len(grid.rows[0]) + 2, top)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _above(sheet: Worksheet, grid: Grid, top: int, left: int, *, merged: bool, gap: bool) -> int:
    """Write the title and the unit line, and return the row that the table begins in."""
    width = len(grid.rows[0])
    for words in filter(None, (grid.heading, grid.before)):
        sheet.cell(top, left, words)
        top += 1
    sheet.cell(top, left, grid.title).font = Font(bold=True)
    if merged:
        sheet.merge_cells(start_row=top, end_row=top, start_column=left, end_column=left + width - 1)
    top += 1
    if grid.unit_line:
        sheet.cell(top, left + width - 1 if merged else left, grid.unit_line).alignment = Alignment(horizontal="right")
        top += 1
    return top + gap


def _write(sheet: Worksheet, cell: GridCell, row: int, column: int, look: str) -> None:
    place = sheet.cell(row, column)
    number = _NUMBER.fullmatch(cell.text)
    if look != "typed":
        place.value = cell.text + (f"[{cell.mark}]" if cell.mark else "")
        place.alignment = Alignment(indent=cell.indent)
    elif number and not cell.mark:
        place.value, place.number_format = _typed(number)
    else:
        place.value = _raised(cell) if cell.mark else cell.text
        place.alignment = Alignment(indent=cell.indent)
    if look == "titled":
        side = Side(style="thin")
        place.border = Border(side, side, side, side)
    if (cell.rows, cell.columns) != (1, 1):
        sheet.merge_cells(
            start_row=row, end_row=row + cell.rows - 1, start_column=column, end_column=column + cell.columns - 1
        )


def _typed(match: re.Match[str]) -> tuple[float, str]:
    """Return the number and the format that shows it as it is printed."""
    decimals = match["decimals"] or ""
    value = float(f"{match['digits'].replace(',', '')}.{decimals or 0}")
    places = f".{'0' * len(decimals)}" if decimals else ""
    code = ("#,##0" if "," in match["digits"] else "0") + places
    if match["percent"]:
        code, value = f"{code}%", value / 100
    if match["open"]:
        return -value, f"{code}_);({code})"
    return (-value if match["minus"] else value), code


def _raised(cell: GridCell) -> CellRichText:
    return CellRichText(cell.text, TextBlock(InlineFont(vertAlign="superscript"), cell.mark))


def _hide(book: Workbook, sheet: Worksheet, column: int, top: int) -> None:
    """Put old figures where nobody sees them."""
    sheet.cell(top + 1, column, 99_999)
    sheet.column_dimensions[get_column_letter(column)].hidden = True
    hidden = book.create_sheet("old")
    hidden["A1"] = 99_999
    hidden.sheet_state = "hidden"
