"""Spreadsheets: visible sheets, merged cells, numbers as they are shown."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bulletin.errors import ReaderError
from bulletin.limits import Limits
from bulletin.model import Metadata
from bulletin.readers.xlsx import read
from tests.samples import content


def workbook(fill: Callable[[openpyxl.Workbook, Worksheet], None]) -> bytes:
    """Return the bytes of a workbook whose first sheet is 表1."""
    book = openpyxl.Workbook()
    assert isinstance(book.active, Worksheet)
    book.active.title = "表1"
    fill(book, book.active)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cell(value: object, number_format: str | None = None) -> str:
    """Return what is read of a cell with that value."""

    def fill(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet["B2"] = value
        sheet["B2"].number_format = number_format or sheet["B2"].number_format

    (found,) = content(workbook(fill), "a.xlsx").tables[0].cells
    assert (found.row, found.column) == (2, 2)
    return found.text


def patched(pattern: bytes, replacement: bytes, member: str = "xl/worksheets/sheet1.xml") -> bytes:
    """Return a workbook with one of its parts changed."""
    book = zipfile.ZipFile(io.BytesIO(workbook(lambda _, sheet: sheet.append(["a", 5]))))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as changed:
        for name in book.namelist():
            part = book.read(name)
            changed.writestr(name, re.sub(pattern, replacement, part, count=1) if name == member else part)
    return file.getvalue()


def test_sheets_and_merged_cells() -> None:
    """A table a visible sheet; a merged cell stands at its first place with its span, and addresses are a sheet's."""

    def fill(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        for row in (["网民规模", None, None], ["年份", "城镇", "农村"], [2021, 748, 284]):
            sheet.append(row)
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("D2:D3")
        book.create_sheet("hidden & gone").sheet_state = "hidden"
        book.create_sheet("<2>")["C4"] = "far"

    first, second = content(workbook(fill), "a.xlsx").tables
    assert (first.name, first.addresses, second.name) == ("sheet 表1", "sheet", "sheet <2>")
    assert [(c.row, c.column, c.text, c.rows, c.columns) for c in first.cells[:3]] == [
        (1, 1, "网民规模", 1, 3),
        (2, 1, "年份", 1, 1),
        (2, 2, "城镇", 1, 1),
    ]
    assert [c.text for c in first.cells[4:]] == ["2021", "748", "284"]
    assert [(c.row, c.column, c.text) for c in second.cells] == [(4, 3, "far")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1032, "1032"),
        (70.4, "70.4"),
        (-2.5, "-2.5"),
        (0.1 + 0.2, "0.3"),
        (0.00001, "0.00001"),
        (1.5e16, "15000000000000000"),
        (date(2021, 12, 31), "2021-12-31"),
        ("  1,032 ", "1,032"),
        (True, "True"),
    ],
)
def test_values(value: object, text: str) -> None:
    """A number is printed in full, without an exponent and without the noise of its binary fraction."""
    assert cell(value) == text


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.706, "0.0%", "70.6%"),
        (0.706, "0%", "71%"),
        (0.706, "0.00%", "70.60%"),
        (1, "0%", "100%"),
        (-0.025, "0.0%;[Red]-0.0%", "-2.5%"),
        (70.6, '0.0"%"', "70.6"),
        (1032.4, "#,##0", "1032.4"),
    ],
)
def test_percentages(value: float, number_format: str, text: str) -> None:
    """A cell that shows a percentage is read as it is shown; another format changes nothing."""
    assert cell(value, number_format) == text


def test_a_percentage_on_the_second_sheet() -> None:
    """Each sheet's formats are its own."""

    def fill(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        second = book.create_sheet("b & c")
        sheet["A1"], second["A1"] = 0.5, 0.5
        second["A1"].number_format = "0%"

    tables = content(workbook(fill), "a.xlsx").tables
    assert [table.cells[0].text for table in tables] == ["0.5", "50%"]


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods"])
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

    with pytest.raises(ReaderError, match="sheet '表1' spans 1,048,576 x 16,384 cells, more than 2,000,000"):
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
    data = patched(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    assert [(c.text, c.rows, c.columns) for c in content(data, "a.xlsx").tables[0].cells] == [
        ("a", 1_048_576, 16_384),
        ("5", 1, 1),
    ]


def test_a_workbook_that_unpacks_without_end() -> None:
    """A workbook that is far larger unpacked is refused before it is unpacked."""
    data = workbook(lambda _, sheet: sheet.append(["a", 5]))
    with pytest.raises(ReaderError, match=r"unpacked it has [\d,]+ bytes, more than the 100 that are read"):
        read(data, Metadata(), Limits(unpacked_bytes=100))


def test_a_workbook_with_entities() -> None:
    """A part that declares a document type may hold entities without end: no program writes one."""
    data = patched(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet')
    with pytest.raises(ReaderError, match="it defines entities of its own"):
        content(data, "a.xlsx")
