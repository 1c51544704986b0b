"""Workbooks that are broken, or claim more than there is."""

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bulletin.errors import ReaderError
from tests.samples import content
from tests.sheets import changed, rows, workbook


@pytest.mark.parametrize("name", ["a.xlsx", "a.xlsm", "a.xls", "a.ods"])
def test_what_is_no_workbook(name: str) -> None:
    """Other bytes under a spreadsheet's name are refused."""
    with pytest.raises(ReaderError, match="not a spreadsheet that can be read: "):
        content(b"5 million users", name)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_workbook(share: float) -> None:
    """A workbook that was not fetched whole is refused."""
    data = workbook(lambda _, sheet: sheet.append(["a", 5]))
    with pytest.raises(ReaderError, match="not a spreadsheet that can be read: "):
        content(data[: int(len(data) * share)], "a.xlsx")


def test_a_damaged_workbook() -> None:
    """A workbook in which a byte was lost on the way is refused."""
    data = bytearray(workbook(lambda _, sheet: sheet.append(["a", 5])))
    at = data.index(b"xl/worksheets/sheet1.xml") + 60
    data[at] ^= 0xFF
    with pytest.raises(ReaderError, match="not a spreadsheet that can be read: "):
        content(bytes(data), "a.xlsx")


def test_a_sheet_that_spans_too_much() -> None:
    """Two cells in far corners would take more memory than there is: the sheet is refused with its size."""

    def fill(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet["A1"], sheet["XFD1048576"] = 1, 2

    with pytest.raises(ReaderError, match="sheet '表1' spans 1,048,576 x 16,384 cells, more than the 2,000,000"):
        content(workbook(fill), "a.xlsx")


def test_styled_but_empty_cells_do_not_count() -> None:
    """A row that is coloured to its far end is no larger for it."""

    def fill(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        for row in range(1, 200):
            sheet.cell(row, 16_384).number_format = "0%"
        sheet["A1"] = 5

    assert [c.text for c in content(workbook(fill), "a.xlsx").tables[0].cells] == ["5"]


def test_a_merge_without_end() -> None:
    """A merged cell over a whole sheet is one cell with that span."""
    simple = workbook(rows(["a", 5]))
    data = changed(simple, b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    assert [(c.text, c.rows, c.columns) for c in content(data, "a.xlsx").tables[0].cells] == [
        ("a", 1_048_576, 16_384),
        ("5", 1, 1),
    ]
