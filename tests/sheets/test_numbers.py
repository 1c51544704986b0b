"""Numbers and dates of a sheet are read as their format shows them."""

from datetime import date

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.samples import content
from tests.sheets import cell, changed, texts, workbook


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
        (0.125, "0%", "13%"),
        (1, "0%", "100%"),
        (-0.025, "0.0%;[Red]-0.0%", "-2.5%"),
        (70.6, '0.0"%"', "70.6%"),
        (1032.4, "#,##0", "1,032"),
        (1032.45, "#,##0.00", "1,032.45"),
        (5, "0.0", "5.0"),
        (5.25, "0.##", "5.25"),
        (5, "0.##", "5"),
        (0.5, "#.0", "0.5"),
        (12, "000", "012"),
        (1.2, '0.00"万"', "1.20万"),
        (1.2, "0.0万", "1.2万"),
        (12345, '0.0,"k"', "12.3k"),
        (1_234_567, "#,##0,,", "1"),
        (12345, '0\\.0,"万"', "1.2万"),
        (2021, '0"年"', "2021年"),
        (1234, "[$¥-804]#,##0.00", "¥1,234.00"),
        (-1032, "#,##0_);(#,##0)", "(1,032)"),
        (-1032, "#,##0_);[Red]\\(#,##0\\)", "(1,032)"),
        (-1032, "#,##0;[Red]#,##0", "-1,032"),
        (-1032, "#,##0;[红色]#,##0", "-1,032"),
        (-0.5, '"▲"0.0%;"▼"0.0%', "▼50.0%"),
        (-2.5, "0.0", "-2.5"),
        (0, '#,##0;-#,##0;"-"', "-"),
        (0, '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)', "-"),
        (123_456, '[>=10000]0.0,"k";0', "123.5k"),
        (5, '[>=10000]0.0,"k";0', "5"),
        (1032.5, "# ?/?", "1032.5"),
        (1032.5, "0.00E+00", "1032.5"),
        (70.6, "General", "70.6"),
        (70.6, "@", "70.6"),
    ],
)
def test_number_formats(value: float, number_format: str, text: str) -> None:
    """A number is read as its format shows it: rounded, grouped, scaled, with its unit and the sign of its colour."""
    assert cell(value, number_format) == text


def test_a_number_that_its_format_hides() -> None:
    """What a format does not show is no cell."""

    def fill(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"], sheet["A2"], sheet["B2"] = "a", "b", 5, 6
        sheet["A2"].number_format = ";;;"

    assert texts(workbook(fill)) == ["a", "b", "6"]


@pytest.mark.parametrize(
    ("number_format", "text"),
    [
        ("yyyy-mm-dd", "2023-12-01"),
        ('yyyy"年"m"月"d"日"', "2023-12-01"),
        ('[$-804]yyyy"年"m"月";@', "2023-12"),
        ("mmm-yy", "2023-12"),
        ("yyyy", "2023"),
        ("d/m", "2023-12-01"),
    ],
)
def test_dates(number_format: str, text: str) -> None:
    """A date is as exact as its format shows it: a month is no first day of a month."""
    assert cell(date(2023, 12, 1), number_format) == text


def test_dates_in_the_formats_that_only_chinese_programs_have() -> None:
    """Formats 27 to 58 are dates of a Chinese Excel, which no workbook spells out."""

    def fill(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet["A1"] = 45261
        sheet["A1"].number_format = "0.000"

    data = changed(workbook(fill), rb'numFmtId="16\d"(?=[^>]*xfId)', b'numFmtId="57"', "xl/styles.xml")
    assert texts(data) == ["2023-12"]


def test_a_percentage_on_the_second_sheet() -> None:
    """Each sheet's formats are its own."""

    def fill(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        second = book.create_sheet("b & c")
        sheet["A1"], second["A1"] = 0.5, 0.5
        second["A1"].number_format = "0%"

    tables = content(workbook(fill), "a.xlsx").tables
    assert [table.cells[0].text for table in tables] == ["0.5", "50%"]
