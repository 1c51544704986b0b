"""Workbooks made by openpyxl, and what is read of them."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.packages import package
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


def texts(data: bytes) -> list[str]:
    """Return the texts of all cells of a workbook."""
    return [found.text for table in content(data, "a.xlsx").tables for found in table.cells]


def changed(data: bytes, pattern: bytes, replacement: bytes, member: str = "xl/worksheets/sheet1.xml") -> bytes:
    """Return the workbook with one of its parts changed."""
    book = zipfile.ZipFile(io.BytesIO(data))
    return package(
        {
            name: re.sub(pattern, replacement, book.read(name)) if name == member else book.read(name)
            for name in book.namelist()
        }
    )


def rows(*lines: Sequence[object]) -> Callable[[openpyxl.Workbook, Worksheet], None]:
    """Return what fills a sheet with these rows."""

    def fill(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        for line in lines:
            sheet.append(list(line))

    return fill
