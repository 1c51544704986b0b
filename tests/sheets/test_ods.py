"""OpenDocument spreadsheets: cells as they are shown, repeated and hidden ones, notes left out."""

import pytest

from bulletin.content import Content
from bulletin.errors import ReaderError
from tests.packages import package, spreadsheet
from tests.samples import content

HIDING, RAISING = (
    f'<style:style style:name="{name}"><style:{properties}/></style:style>'
    for name, properties in (
        ("gone", 'table-properties table:display="false"'),
        ("up", 'text-properties style:text-position="super 58%"'),
    )
)


def cell(text: str, attributes: str = "", name: str = "table-cell") -> str:
    """Return a cell; a text that is no markup is its only paragraph."""
    inside = text if text.startswith("<") or not text else f"<text:p>{text}</text:p>"
    return f"<table:{name} {attributes}>{inside}</table:{name}>"


def row(*cells: str, attributes: str = "") -> str:
    whole = (one if one.startswith("<table:") else cell(one) for one in cells)
    return f"<table:table-row {attributes}>{''.join(whole)}</table:table-row>"


def reads(*rows: str, attributes: str = "") -> Content:
    table = f'<table:table table:name="表1" {attributes}>{"".join(rows)}</table:table>'
    return content(spreadsheet(table, HIDING + RAISING), "a.ods")


def cells(found: Content) -> list[tuple[int, int, str]]:
    return [(one.row, one.column, one.text) for table in found.tables for one in table.cells]


def test_cells_as_they_are_shown() -> None:
    """A cell's text is what its format shows, not the value that it stores."""
    shown = cell("89.8%", 'office:value-type="percentage" office:value="0.8975"')
    found = reads(row("Year", "Rate"), row("2021", shown))
    assert cells(found) == [(1, 1, "Year"), (1, 2, "Rate"), (2, 1, "2021"), (2, 2, "89.8%")]
    assert (found.tables[0].name, found.tables[0].addresses) == ("sheet 表1", "sheet")


def test_repeated_cells_and_rows() -> None:
    """A cell or row that is repeated stands at each of its places; an empty one only takes them up."""
    found = reads(
        row("a", cell("", 'table:number-columns-repeated="2"'), cell("5", 'table:number-columns-repeated="2"')),
        row("b", "6", attributes='table:number-rows-repeated="2"'),
        row(cell("", 'table:number-columns-repeated="16384"'), attributes='table:number-rows-repeated="1048573"'),
    )
    assert cells(found) == [(1, 1, "a"), (1, 4, "5"), (1, 5, "5"), (2, 1, "b"), (2, 2, "6"), (3, 1, "b"), (3, 2, "6")]


def test_merged_cells() -> None:
    """A merged cell stands once with its span, and what it covers is not read."""
    wide = cell("Users", 'table:number-columns-spanned="2" table:number-rows-spanned="1"')
    found = reads(row("Year", wide, cell("hidden", name="covered-table-cell")), row("2021", "5", "6"))
    assert [(one.text, one.rows, one.columns) for one in found.tables[0].cells[:3]] == [
        ("Year", 1, 1),
        ("Users", 1, 2),
        ("2021", 1, 1),
    ]


def test_what_nobody_sees() -> None:
    """Hidden rows, columns and sheets and filtered rows are left out, and divide no table."""
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>'
    hidden = row("1", "x", "2", attributes='table:visibility="collapse"')
    found = reads(
        columns,
        row("a", "x", "b"),
        f"<table:table-row-group>{hidden}</table:table-row-group>",
        row("", "", "", attributes='table:visibility="filter"'),
        row("3", "x", "4"),
    )
    assert cells(found) == [(1, 1, "a"), (1, 3, "b"), (4, 1, "3"), (4, 3, "4")]
    assert len(found.tables) == 1
    assert reads(row("a", "5"), attributes='table:style-name="gone"').tables == ()


@pytest.mark.parametrize(
    ("inside", "text", "marks"),
    [
        ('<text:p>109,225<text:span text:style-name="up">1</text:span></text:p>', "109,225", ("1",)),
        ('<text:p>5 km<text:span text:style-name="up">2</text:span> of it</text:p>', "5 km2 of it", ()),
        ("<text:p>a<text:s/>b</text:p><text:p>c<text:line-break/>d</text:p>", "a b c d", ()),
        ("<office:annotation><text:p>was 4</text:p></office:annotation><text:p>5</text:p>", "5", ()),
        ("<text:p><text:a>link</text:a> <text:span>word</text:span></text:p>", "link word", ()),
    ],
)
def test_texts(inside: str, text: str, marks: tuple[str, ...]) -> None:
    """Lines and spans are one text, raised signs of notes are marks, comments are left out."""
    assert [(one.text, one.marks) for one in reads(row(cell(inside))).tables[0].cells] == [(text, marks)]


def test_errors() -> None:
    """A cell that shows an error holds no number, and a finding says so."""
    found = reads(row("a", "b"), row("#DIV/0!", "5"), row("Err:502", "#N/A"))
    assert cells(found) == [(1, 1, "a"), (1, 2, "b"), (2, 2, "5")]
    assert found.notes == (("spreadsheet", "sheet '表1': 3 cells show an error instead of a number and are left out"),)


def test_tables_on_a_sheet() -> None:
    """Titles and notes stand apart, and a blank row divides two tables, as in any spreadsheet."""
    found = reads(
        row("Table 1"), row("a", "b"), row("1", "2"), row(""), row("c", "d"), row("3", "4"), row("Source: survey")
    )
    assert [(table.caption, len(table.cells), table.notes) for table in found.tables] == [
        ("Table 1", 4, ()),
        ("", 4, ("Source: survey",)),
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"5 million users", "File is not a zip file"),
        (package({"content.xml": "<a>"}), "no element found|mismatched|unclosed"),
        (package({"a.xml": "<a/>"}), "no element found"),
    ],
)
def test_what_is_no_workbook(data: bytes, message: str) -> None:
    """Other bytes under a spreadsheet's name are refused."""
    with pytest.raises(ReaderError, match=f"not a spreadsheet that can be read: .*({message})"):
        content(data, "a.ods")
