"""XLSX: visible sheets, merged cells, raised signs, indents, errors."""

from collections.abc import Iterator

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from schemas.catalogue import Catalogue
from tests.office import GRIDS
from tests.packages import MAIN
from tests.packages import workbook as book
from tests.samples import content, facts
from tests.sheets import texts, workbook
from tests.tables.grid import Grid
from tests.tables.write_xlsx import LOOKS, write


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
