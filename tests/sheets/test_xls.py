"""XLS files: what their records say of numbers, hidden rows and columns, and damage."""

import io
from collections.abc import Callable

import pytest
import xlwt

from bulletin.content import Content
from bulletin.errors import ReaderError
from bulletin.sheets.biff import look
from bulletin.sheets.compound import stream
from tests.samples import content


def workbook(fill: Callable[[xlwt.Worksheet], None]) -> bytes:
    """Return the bytes of an XLS file whose only sheet is 表1."""
    book = xlwt.Workbook(encoding="utf-8")
    fill(book.add_sheet("表1"))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def table(sheet: xlwt.Worksheet) -> None:
    """Fill a sheet with numbers in formats, and with some that nobody sees."""
    for column, text in enumerate(("Year", "Users", "Rate", "Old")):
        sheet.write(0, column, text)
    for row in (1, 2, 3):
        sheet.write(row, 0, 2020 + row)
        sheet.write(row, 1, 1032.4 * row, xlwt.easyxf(num_format_str="#,##0"))
        sheet.write(row, 2, -0.0706, xlwt.easyxf(num_format_str="0.0%;[Red](0.0%)"))
        sheet.write(row, 3, 99)
    sheet.write(4, 0, "of which", xlwt.easyxf("align: indent 1"))
    sheet.write(4, 1, 5, xlwt.easyxf(num_format_str='0.00"万"'))
    sheet.row(2).hidden = True
    sheet.col(3).hidden = True


def cells(found: Content) -> list[tuple[int, int, str]]:
    return [(cell.row, cell.column, cell.text) for cell in found.tables[0].cells]


def test_cells_as_they_are_shown() -> None:
    """Numbers are read in their formats, and hidden rows and columns left out, as of an XLSX file."""
    assert cells(content(workbook(table), "a.xls")) == [
        *((1, 1, "Year"), (1, 2, "Users"), (1, 3, "Rate")),
        *((2, 1, "2021"), (2, 2, "1,032"), (2, 3, "(7.1%)")),
        *((4, 1, "2023"), (4, 2, "3,097"), (4, 3, "(7.1%)")),
        *((5, 1, "\u3000of which"), (5, 2, "5.00万")),
    ]


def test_many_numbers_of_a_row() -> None:
    """Numbers that the file packs into one record have their formats each."""

    def fill(sheet: xlwt.Worksheet) -> None:
        for column in range(250):
            sheet.write(0, column, 0.5, xlwt.easyxf(num_format_str="0%" if column % 2 else "0.0"))

    assert [text for _, _, text in cells(content(workbook(fill), "a.xls"))] == ["0.5", "50%"] * 125


def test_a_sheet_that_spans_too_much() -> None:
    """A sheet whose cells stand too far apart is refused with its size."""

    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write(0, 0, 1)
        sheet.write(65_535, 255, 2)

    with pytest.raises(ReaderError, match="sheet '表1' spans 65,536 x 256 cells, more than the 2,000,000"):
        content(workbook(fill), "a.xls")


def test_damaged_files() -> None:
    """A file of which any part is missing or another ends in a refusal or is read, and never goes on without end."""
    data = workbook(table)
    refused = 0
    changed = [data[:at] + bytes(8 * [0xFF]) + data[at + 8 :] for at in range(0, len(data), 64)]
    for damaged in [*changed, *(data[:at] for at in range(8, len(data), 256))]:
        try:
            content(damaged, "a.xls")
        except ReaderError:
            refused += 1
    assert refused > 10


def test_a_chain_without_end() -> None:
    """A stream whose sectors lead back to the first is cut off at the file's size."""
    data = bytearray(workbook(table))
    size = 512
    first = int.from_bytes(data[76:80], "little")
    for sector in range(size // 4):
        at = (first + 1) * size + 4 * sector
        data[at : at + 4] = (0).to_bytes(4, "little")
    assert len(stream(bytes(data), "Workbook")) <= 2 * len(data)
    assert isinstance(look(bytes(data)), dict)
