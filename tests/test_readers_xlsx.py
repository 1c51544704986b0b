"""Spreadsheets: visible sheets, merged cells, numbers as they are shown."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from bulletin.errors import ReaderError
from bulletin.layout import address_of
from schemas.catalogue import Catalogue
from tests.office import GRIDS
from tests.packages import MAIN, package
from tests.packages import workbook as book
from tests.samples import content, facts
from tests.tables.grid import Grid
from tests.tables.write_xlsx import LOOKS, write


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


def found_tables(*lines: Sequence[object]) -> list[tuple[str, list[str], tuple[str, ...]]]:
    """Return caption, addresses of the first and last cell, and notes of each table on a sheet with these rows."""
    return [
        (table.caption, [address_of(table, table.cells[at]).split(", ")[1] for at in (0, -1)], table.notes)
        for table in content(workbook(rows(*lines)), "a.xlsx").tables
    ]


def test_sheets_and_merged_cells() -> None:
    """A table a visible sheet; a merged cell stands at its first place with its span, and addresses are a sheet's."""

    def fill(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        for row in (["网民规模"], ["年份", "城镇", None, "农村"], [2021, 748, 284]):
            sheet.append(row)
        for area in ("A1:D1", "B2:C2", "D2:D3"):
            sheet.merge_cells(area)
        book.create_sheet("hidden & gone").sheet_state = "hidden"
        book.create_sheet("<2>")["C4"] = "far"

    first, second = content(workbook(fill), "a.xlsx").tables
    assert (first.name, first.addresses, second.name) == ("sheet 表1", "sheet", "sheet <2>")
    assert first.caption == "网民规模"
    assert [(c.row, c.column, c.text, c.rows, c.columns) for c in first.cells[:3]] == [
        (2, 1, "年份", 1, 1),
        (2, 2, "城镇", 1, 2),
        (2, 4, "农村", 2, 1),
    ]
    assert [c.text for c in first.cells[3:]] == ["2021", "748", "284"]
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


HEAD, FIRST, SECOND = ("Year", "Urban", "Rural"), (2021, 748, 284), (2022, 759, 308)


@pytest.mark.parametrize(
    ("lines", "tables"),
    [
        ([HEAD, FIRST, SECOND], [("", ["A1", "C3"], ())]),
        ([("Users",), HEAD, FIRST], [("Users", ["A2", "C3"], ())]),
        ([("Users",), (None, None, "Unit: million"), HEAD, FIRST], [("Users Unit: million", ["A3", "C4"], ())]),
        ([("Users", None, "单位：万人"), (), HEAD, FIRST], [("Users 单位：万人", ["A3", "C4"], ())]),
        ([("Users",), (), ("(Unit: million)",), (), HEAD, FIRST], [("Users (Unit: million)", ["A5", "C6"], ())]),
        ([(None, "Users"), HEAD, FIRST], [("", ["B1", "C3"], ())]),
        ([HEAD, FIRST, ("Note: none",), ("more of it",)], [("", ["A1", "C2"], ("Note: none", "more of it"))]),
        ([HEAD, FIRST, (), ("注：1. 快报数",)], [("", ["A1", "C2"], ("注：1. 快报数",))]),
        ([HEAD, FIRST, (), SECOND], [("", ["A1", "C4"], ())]),
        ([HEAD, FIRST, (), ("of which",), SECOND], [("", ["A1", "C5"], ())]),
        ([HEAD, FIRST, (), HEAD, SECOND], [("", ["A1", "C2"], ()), ("", ["A4", "C5"], ())]),
        ([HEAD, FIRST, (), (None, 2021, 2022), ("Urban", 1, 2)], [("", ["A1", "C2"], ()), ("", ["B4", "C5"], ())]),
        (
            [("Table 1",), HEAD, FIRST, ("Table 2",), HEAD, SECOND, ("Source: survey",)],
            [("Table 1", ["A2", "C3"], ()), ("Table 2", ["A5", "C6"], ("Source: survey",))],
        ),
        (
            [HEAD, FIRST, (), ("Note: a",), ("Table 2",), ("Unit: %",), (), HEAD, SECOND],
            [("", ["A1", "C2"], ("Note: a",)), ("Table 2 Unit: %", ["A8", "C9"], ())],
        ),
        ([(), (), (None, *HEAD), (None, *FIRST)], [("", ["B3", "D4"], ())]),
        ([("only",), ("words",)], [("", ["A1", "A2"], ())]),
        ([], []),
    ],
)
def test_tables_on_a_sheet(
    lines: list[tuple[object, ...]], tables: list[tuple[str, list[str], tuple[str, ...]]]
) -> None:
    """A blank row divides tables with heads of their own; titles, units and notes stand apart; addresses stay."""
    assert found_tables(*lines) == tables


def test_hidden_rows_and_columns() -> None:
    """What nobody sees is left out and divides no table; a merged cell that begins there is seen further on."""

    def fill(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        for line in (HEAD, ("old", 1, 2), FIRST, (), SECOND):
            sheet.append([*line, "x"])
        sheet["A7"], sheet["B7"], sheet["C7"] = "far", 5, 6
        sheet.merge_cells("C6:C7")
        sheet["C6"] = "merged"
        sheet.row_dimensions[2].hidden = sheet.row_dimensions[4].hidden = True
        sheet.row_dimensions[6].height = 0
        sheet.column_dimensions["B"].hidden = sheet.column_dimensions["D"].hidden = True

    (table,) = content(workbook(fill), "a.xlsx").tables
    assert [(c.row, c.column, c.text) for c in table.cells] == [
        *((1, 1, "Year"), (1, 3, "Rural"), (3, 1, "2021"), (3, 3, "284")),
        *((5, 1, "2022"), (5, 3, "308"), (6, 3, "merged"), (7, 1, "far")),
    ]


def test_errors_and_missing_results() -> None:
    """A cell with an error, or a formula that was never calculated, holds no number, and a finding says so."""

    def fill(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        for line in (("a", "b"), (1, "#DIV/0!"), ("#N/A", "=A2*2")):
            sheet.append(line)

    found = content(workbook(fill), "a.xlsx")
    assert [c.text for c in found.tables[0].cells] == ["a", "b", "1"]
    (errors, results) = [message for rule, message in found.notes if rule == "spreadsheet"]
    assert errors == "sheet '表1': 2 cells show an error instead of a number (B2, A3) and are left out"
    assert results.startswith("sheet '表1': 1 formulas have no stored result and are left out: open the workbook")


def test_comments() -> None:
    """A comment on a cell is not part of it."""

    def fill(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet["A1"] = 5
        sheet["A1"].comment = Comment("was 4", "A")

    assert texts(workbook(fill)) == ["5"]


@pytest.mark.parametrize(
    ("number", "raised", "text", "marks"),
    [
        ("109,225", "1", "109,225", ("1",)),
        ("109,225", "[1][2]", "109,225", ("1", "2")),
        ("Users", "*", "Users", ("*",)),
        ("50 km", "2", "50 km2", ()),
        ("1", "st", "1st", ()),
    ],
)
@pytest.mark.parametrize("shared", [True, False])
def test_raised_signs(number: str, raised: str, text: str, marks: tuple[str, ...], shared: bool) -> None:
    """A raised sign of a note is no digit of the number before it, whether the text is shared or stands in the cell."""
    item = (
        f'<r><t>{number}</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>{raised}</t></r>'
        "<rPh><t>reading</t></rPh>"
    )
    first = '<c r="A1" t="s"><v>1</v></c>' if shared else f'<c r="A1" t="inlineStr"><is>{item}</is></c>'
    texts_ = f'<sst xmlns="{MAIN}"><si><t>1092251</t></si><si>{item}</si></sst>'
    data = book(f'<row r="1">{first}<c r="B1" t="s"><v>0</v></c></row>', xl__sharedStrings=texts_)
    (table,) = content(data, "a.xlsx").tables
    assert [(c.text, c.marks) for c in table.cells] == [(text, marks), ("1092251", ())]


def test_indents() -> None:
    """A text that is set in, by its style or by spaces, has a wide space for each step; a number has none."""

    def fill(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        for line in (("a", "b"), ("of which", 1), ("\u3000\u3000rural", "  5")):
            sheet.append(line)
        sheet["A2"].alignment = sheet["B2"].alignment = Alignment(indent=2)

    assert texts(workbook(fill)) == ["a", "b", "\u3000\u3000of which", "1", "\u3000\u3000rural", "5"]


def _expected(grid: Grid, look: str) -> Iterator[tuple[int, int, str, int, int, tuple[str, ...]]]:
    for r, line in enumerate(grid.rows):
        for c, one in enumerate(line):
            if one:
                mark = f"[{one.mark}]" if one.mark and look != "typed" else ""
                raised = (one.mark,) if one.mark and look == "typed" else ()
                yield r, c, "\u3000" * one.indent + one.text + mark, one.rows, one.columns, raised


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: grid.id)
def test_grids(grid: Grid, look: str) -> None:
    """However a sheet looks, its table has the cells, spans, marks, caption and notes that were written."""
    tables = content(write(grid, look), "a.xlsx").tables
    assert len(tables) == 1 + (look == "two-on-a-sheet")
    top, left = tables[-1].cells[0].row, tables[-1].cells[0].column
    found = [(c.row - top, c.column - left, c.text, c.rows, c.columns, c.marks) for c in tables[-1].cells]
    assert found == list(_expected(grid, look))
    assert tables[-1].caption == " ".join(filter(None, (grid.heading, grid.before, grid.title, grid.unit_line)))
    assert tables[-1].notes == grid.notes


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("grid", GRIDS[:2], ids=lambda grid: grid.id)
def test_facts_of_a_sheet(grid: Grid, look: str, catalogue: Catalogue) -> None:
    """The facts that a table was made from are found again."""
    found = facts(write(grid, look), catalogue, "a.xlsx", published=grid.published)
    values = {(getattr(fact, "indicator", ""), fact.mention.value) for fact in found.facts}
    assert {(fact.indicator, fact.value) for _, _, fact in grid.facts} <= values
