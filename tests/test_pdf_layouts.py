"""PDF tables as they come: set tight, turned, broken, side by side, half ruled, continued."""

import io
from collections.abc import Sequence
from typing import Any

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from bulletin.content import Content
from bulletin.model import Table as FoundTable
from tests.samples import content
from tests.tables.write_pdf import browser, plain, printed, prose

Rows = Sequence[Sequence[str]]
AREAS = [
    ["Area", "2020", "2021"],
    ["Urban", "1,001", "1,102"],
    ["Rural", "2,002", "2,103"],
    ["Total", "3,003", "3,205"],
]
GRID = ("GRID", (0, 0), (-1, -1), 0.5, "black")
MIDDLE = ("VALIGN", (0, 0), (-1, -1), "MIDDLE")


def document(*story: Flowable) -> Content:
    """Return what is read of a document with these parts."""
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=A4, invariant=1).build(list(story))
    return content(file.getvalue(), "a.pdf")


def said(text: str, language: str = "en", size: float = 10) -> Paragraph:
    """Return a line of text."""
    return Paragraph(text, ParagraphStyle("said", fontName=plain(language), fontSize=size, leading=1.2 * size))


def table(rows: Rows, *style: tuple[Any, ...], language: str = "en", size: float = 10, **options: Any) -> Table:
    """Return a table, its values set to the right."""
    font = ("FONT", (0, 0), (-1, -1), plain(language), size)
    return Table([list(row) for row in rows], style=[font, ("ALIGN", (1, 0), (-1, -1), "RIGHT"), *style], **options)


def rows_of(found: FoundTable) -> list[list[str]]:
    """Return the texts row by row, empty where nothing stands, a text with its span where it has one."""
    height = max(cell.row for cell in found.cells)
    width = max(cell.column + cell.columns - 1 for cell in found.cells)
    rows = [[""] * width for _ in range(height)]
    for cell in found.cells:
        span = f" [{cell.rows}x{cell.columns}]" if cell.rows * cell.columns > 1 else ""
        rows[cell.row - 1][cell.column - 1] = cell.text + span
    return rows


def only(found: Content) -> list[list[str]]:
    """Return the rows of the one table."""
    (one,) = found.tables
    return rows_of(one)


def test_ten_columns_set_tight() -> None:
    """Values that only a thin space parts are in columns of their own."""
    years = [["Area", *(str(2012 + at) for at in range(10))]]
    rows = years + [
        [area, *(f"{(31 * row + 311 * at) % 900 + 100}.{at}" for at in range(10))]
        for row, area in enumerate(("Hebei", "Shanxi", "Jilin", "Hainan"))
    ]
    style = [("LEFTPADDING", (0, 0), (-1, -1), 2.5), ("RIGHTPADDING", (0, 0), (-1, -1), 2.5)]
    assert only(document(said("Table 1. Rates"), table(rows, *style, size=8))) == rows


def test_spaces_between_thousands() -> None:
    """The groups of one number stay together."""
    rows = [["Area", "2020", "2021"], ["Urban", "1 001 234", "1 102"], ["Rural", "12 002", "2 103"]]
    assert only(document(said("Table 1. Users"), table(rows))) == rows


def turned(flag: bool, quarter: int) -> bytes:
    """Return a page whose text runs up or down it; with the flag, it says that it is shown turned."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    if flag:
        canvas.setPageRotation(90 if quarter == 1 else 270)
    canvas.translate(A4[0] if quarter == 1 else 0, 0 if quarter == 1 else A4[1])
    canvas.rotate(90 * quarter)
    canvas.drawString(72, 500, "Table 1. Users")
    for r, row in enumerate(AREAS):
        for c, text in enumerate(row):
            (canvas.drawRightString if c else canvas.drawString)(72 + c * 100, 480 - r * 18, text)
    canvas.save()
    return file.getvalue()


@pytest.mark.parametrize("quarter", [1, -1])
@pytest.mark.parametrize("flag", [True, False])
def test_a_turned_page(flag: bool, quarter: int) -> None:
    """A table that is set across the page is read as it stands when the page is turned."""
    found = content(turned(flag, quarter), "a.pdf")
    assert only(found) == AREAS
    assert found.tables[0].caption == "Table 1. Users"


def test_spans_of_ruled_cells() -> None:
    """Where a rule is missing, two fields are one cell, down or across."""
    rows = [
        ["Area", "Kind", "2020"],
        ["Urban", "Fixed", "1,001"],
        ["", "Mobile", "2,002"],
        ["Rural", "Fixed", "301"],
        ["", "Mobile", "901"],
        ["Total", "", "4,205"],
    ]
    spans = [("SPAN", (0, 1), (0, 2)), ("SPAN", (0, 3), (0, 4)), ("SPAN", (0, 5), (1, 5))]
    assert only(document(said("Table 1"), table(rows, GRID, MIDDLE, *spans))) == [
        ["Area", "Kind", "2020"],
        ["Urban [2x1]", "Fixed", "1,001"],
        ["", "Mobile", "2,002"],
        ["Rural [2x1]", "Fixed", "301"],
        ["", "Mobile", "901"],
        ["Total [1x2]", "", "4,205"],
    ]


def test_rules_between_columns_only() -> None:
    """Rows that no rule parts are parted by their lines."""
    rows = [
        ["指标", "单位", "2021年"],
        ["移动电话", "万户", "164,283"],
        ["固定电话", "万户", "18,070"],
        ["宽带", "万户", "53,579"],
    ]
    style = [
        ("LINEABOVE", (0, 0), (-1, 0), 0.5, "black"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, "black"),
        ("LINEBELOW", (0, -1), (-1, -1), 0.5, "black"),
        ("LINEAFTER", (0, 0), (-2, -1), 0.5, "black"),
    ]
    assert only(document(said("表1 用户", "zh"), table(rows, *style, language="zh"))) == rows


def test_values_stacked_in_ruled_cells() -> None:
    """A cell that holds a column of values is as many cells."""
    stacked = [AREAS[0], ["\n".join(column) for column in zip(*AREAS[1:], strict=True)]]
    assert only(document(said("Table 1"), table(stacked, GRID))) == AREAS


def test_no_rule_at_the_sides() -> None:
    """A ruled table that is open at its sides keeps its first and last column."""
    style = [
        ("INNERGRID", (0, 0), (-1, -1), 0.5, "black"),
        ("LINEABOVE", (0, 0), (-1, 0), 0.5, "black"),
        ("LINEBELOW", (0, -1), (-1, -1), 0.5, "black"),
    ]
    assert only(document(said("Table 1"), table(AREAS, *style))) == AREAS


def test_sections_in_a_ruled_table() -> None:
    """A cell over the whole width names a section; letters that are spread over a cell are one word."""
    rows = [
        ["指 标", "2021年", "2022年"],
        ["一、用户", "", ""],
        ["　移动电话", "164,283", "168,344"],
        ["　固定电话", "18,070", "17,941"],
    ]
    found = document(said("表1 指标", "zh"), table(rows, GRID, ("SPAN", (0, 1), (-1, 1)), language="zh"))
    assert only(found) == [
        ["指标", "2021年", "2022年"],
        ["一、用户 [1x3]", "", ""],
        ["移动电话", "164,283", "168,344"],
        ["固定电话", "18,070", "17,941"],
    ]


BROKEN = [
    ["Indicator", "Users of\nservices\n(10,000)", "Growth rate\nover the\nyear (%)"],
    ["Fixed broadband\naccess users", "535.8", "10.8"],
    ["Mobile phone users", "1,643", "2.9"],
    ["Users of fibre with\nspeeds of 100 Mbps\nand above", "498.1", "13.5"],
    ["IPTV users", "349", "7.9"],
]


@pytest.mark.parametrize("align", ["TOP", "MIDDLE"])
@pytest.mark.parametrize("ruled", [True, False])
def test_broken_names_and_headers(ruled: bool, align: str) -> None:
    """A name or header broken over lines is one cell, whether its value stands at its first line or in the middle."""
    style = [("VALIGN", (0, 0), (-1, -1), align), *([GRID] if ruled else [])]
    assert only(document(said("Table 1. Users"), table(BROKEN, *style))) == [
        [text.replace("\n", " ") for text in row] for row in BROKEN
    ]


SPANNED = [
    ["Area", "Users (million)", "", "Rate (%)", ""],
    ["", "2020", "2021", "2020", "2021"],
    ["Urban", "1,001", "1,102", "70.1", "73.2"],
    ["Rural", "2,002", "2,103", "55.0", "57.6"],
]


@pytest.mark.parametrize("align", ["LEFT", "CENTER"])
def test_headers_over_several_columns(align: str) -> None:
    """A header stands over the columns that it is set over, in their middle or at their left."""
    style = [("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (4, 0)), ("ALIGN", (1, 0), (-1, 1), align)]
    style += [("ALIGN", (1, 2), (-1, -1), align)]
    assert only(document(said("Table 1. Users"), table(SPANNED, *style, colWidths=[80, 70, 70, 70, 70]))) == [
        ["Area [2x1]", "Users (million) [1x2]", "", "Rate (%) [1x2]", ""],
        *SPANNED[1:],
    ]


def test_names_of_several_rows() -> None:
    """A name without rules that stands in the middle of its rows is theirs, be they two or three."""
    rows = [
        ["Year", "Month", "Users"],
        *(["2022" if at == 0 else "", month, f"{1001 + at:,}"] for at, month in enumerate(("June", "December"))),
        *(["2023" if at == 0 else "", month, f"{1101 + at:,}"] for at, month in enumerate(("March", "June", "July"))),
    ]
    found = document(table(rows, MIDDLE, ("SPAN", (0, 1), (0, 2)), ("SPAN", (0, 3), (0, 5))))
    assert only(found)[1:] == [
        ["2022 [2x1]", "June", "1,001"],
        ["", "December", "1,002"],
        ["2023 [3x1]", "March", "1,101"],
        ["", "June", "1,102"],
        ["", "July", "1,103"],
    ]


def test_names_that_are_missing_are_not_made_up() -> None:
    """Where a name stands in its own row, the rows under it that have none keep none."""
    rows = [["Year", "Month", "Users"], ["2022", "June", "1,001"], ["", "July", "1,002"], ["2023", "June", "1,003"]]
    assert only(document(table(rows, MIDDLE))) == rows


def test_a_header_of_some_columns_over_all_lines() -> None:
    """A header alone on the first line stands over its columns and is no title; a title in the middle is one."""
    rows = [
        ["Place", "Users", "", "A change of the rate, in points"],
        ["", "2022", "2023", "from 2022 to 2023"],
        ["Urban", "1,001", "1,102", "0.5"],
        ["Rural", "2,002", "2,103", "0.7"],
    ]
    spans = [("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0)), ("ALIGN", (1, 0), (-1, 1), "CENTER")]
    sunk = ("VALIGN", (3, 0), (3, 0), "BOTTOM")
    title = Paragraph("Users by place", ParagraphStyle("title", alignment=1, leading=16, fontName=plain("en")))
    found = document(title, table(rows, MIDDLE, *spans, sunk, rowHeights=[24, 18, 18, 18]))
    assert only(found)[0] == ["Place [2x1]", "Users [1x2]", "", "A change of the rate, in points"]
    assert found.tables[0].caption == "Users by place"


@pytest.mark.parametrize("align", ["CENTER", "RIGHT"])
def test_names_that_are_not_set_in(align: str) -> None:
    """Names in the middle or at the right of their column begin anywhere, and none is part of another."""
    rows = [["Area", "2020"], *([name, "1,001"] for name in ("Hebei", "Guangdong", "Inner Mongolia", "Tibet"))]
    assert only(document(table(rows, ("ALIGN", (0, 0), (0, -1), align)))) == rows


def test_scales_over_columns() -> None:
    """A line of powers of ten is a header of the columns, not the first row."""
    rows = [["Area", "Subscriptions", "Users"], ["", "10,000", "1,000"], *([name, "20,002", "3,003"] for name in "ABC")]
    found = document(table(rows, ("ALIGN", (1, 0), (-1, 1), "CENTER")))
    assert only(found)[:3] == [["Area", "Subscriptions", "Users"], ["", "10,000", "1,000"], ["A", "20,002", "3,003"]]


def test_a_section_before_the_first_row() -> None:
    """The name of a section between headers and rows is a row of the table, not its title."""
    rows = [["Month", "Stations", "Users"], ["2023", "", ""], ["June", "1,001", "2,002"], ["July", "1,003", "2,004"]]
    assert only(document(said("Stations"), table(rows))) == rows


def test_amounts_with_words() -> None:
    """Numbers with a unit or a hedge of several letters are values of a table."""
    rows = [
        ["Indicator", "June"],
        ["Users", "1,079.92 million"],
        ["Time", "26.4 hours"],
        ["Stations", "about 2.8 million"],
    ]
    assert only(document(table(rows))) == rows
    rows = [["指标", "6月"], ["网民规模", "10.8亿人"], ["上网时长", "26.4个小时"], ["基站", "约284.4万个"]]
    assert only(document(table(rows, language="zh"))) == rows


def test_rules_under_headers() -> None:
    """A short rule under a header says over which columns it stands; each of two tables has its own title and note."""
    style = [
        ("SPAN", (1, 0), (2, 0)),
        ("SPAN", (3, 0), (4, 0)),
        ("ALIGN", (1, 0), (-1, 1), "CENTER"),
        ("LINEABOVE", (0, 0), (-1, 0), 1, "black"),
        ("LINEBELOW", (1, 0), (2, 0), 0.4, "black"),
        ("LINEBELOW", (3, 0), (4, 0), 0.4, "black"),
        ("LINEBELOW", (0, 1), (-1, 1), 0.5, "black"),
        ("LINEBELOW", (0, -1), (-1, -1), 1, "black"),
    ]
    one = [said("Table 1. First"), table(SPANNED, *style), said("Source: survey."), Spacer(1, 14)]
    two = [said("Table 2. Second"), table(SPANNED, *style), said("A paragraph that says more of 5 million users.")]
    found = document(*one, *two)
    expected = [["Area [2x1]", "Users (million) [1x2]", "", "Rate (%) [1x2]", ""], *SPANNED[1:]]
    assert [rows_of(one) for one in found.tables] == [expected, expected]
    assert [(one.caption, one.notes) for one in found.tables] == [
        ("Table 1. First", ("Source: survey.",)),
        ("Table 2. Second", ()),
    ]


def test_tables_side_by_side() -> None:
    """Two tables beside each other are two, each under its own title."""
    left = [["Province", "Users"], ["Hebei", "5,120"], ["Shanxi", "2,344"], ["Jilin", "1,777"]]
    right = [["City", "Rate"], ["Handan", "71.2%"], ["Datong", "66.0%"], ["Siping", "61.9%"]]
    titles = [said("Table 1. Provinces"), said("Table 2. Cities")]
    both = Table([titles, [table(left), table(right)]], colWidths=[230, 230])
    found = document(said("Two tables follow."), both)
    assert [rows_of(one) for one in found.tables] == [left, right]
    assert [one.caption for one in found.tables] == ["Table 1. Provinces", "Table 2. Cities"]


def test_columns_of_words() -> None:
    """Columns of words between the names and the values are columns."""
    rows = [
        ["Indicator", "Unit", "Source", "2021"],
        ["Users", "10,000", "Survey", "103,195"],
        ["Speed", "Mbps", "Tests", "62.5"],
    ]
    found = document(said("Table 1"), table(rows, ("ALIGN", (1, 0), (2, -1), "LEFT")))
    assert only(found) == rows


def test_dots_that_lead_to_a_page_number() -> None:
    """A table of contents is no table, and no text to extract from."""
    lines = [f"{at} Users of kind {at} {'.' * 70} {7 * at}" for at in range(1, 6)]
    found = document(*map(said, lines))
    assert not found.tables
    assert {block.kind for block in found.blocks} == {"menu"}


def test_a_framed_text() -> None:
    """A frame around a text makes no table, and parts it from the text under it."""
    frame = Table([[said("Users rose to 5 million in 2021.")]], style=[("BOX", (0, 0), (-1, -1), 1, "black")])
    found = document(frame, said("And so on."))
    assert not found.tables
    assert found.text == "Users rose to 5 million in 2021.\nAnd so on.\n"


def test_a_table_in_a_column() -> None:
    """A table in one of two columns is read with its words; the text flows around it."""
    text = "The number of users, who pay for full-time access, rose to {n} million at the end of the year {n}. "
    story = [said("Table 1. Users"), table(AREAS), said("Source: survey."), Spacer(1, 8), said(text.format(n=9) * 2)]
    paragraphs = [text.format(n=at) * (3 + at) for at in range(4)]
    found = content(prose([("Access", paragraphs)], "en", 2, extra=story), "a.pdf")
    assert only(found) == AREAS
    assert (found.tables[0].caption, found.tables[0].notes) == ("Table 1. Users", ("Source: survey.",))
    texts = [found.text[block.start : block.end] for block in found.blocks if block.kind == "paragraph"]
    assert texts == [*(paragraph.strip() for paragraph in paragraphs), (text.format(n=9) * 2).strip()]


@pytest.mark.parametrize("repeat", [0, 1])
def test_a_table_under_a_running_head(repeat: int) -> None:
    """The headers that a table repeats at the top of a page are no running head."""
    rows = [["Area", "2020"], *([f"Place {at}", f"{1000 + at:,}"] for at in range(90))]
    story = [said("Table 1. Places"), table(rows, repeatRows=repeat), said("Note: the end.")]
    found = content(
        prose([("", ["Text."])], "en", header="The bulletin", foot="Page {page} of 3", extra=story), "a.pdf"
    )
    assert len(found.tables) == 3
    assert all(rows_of(part)[0] == ["Area", "2020"] for part in found.tables)
    assert [row for part in found.tables for row in rows_of(part)[1:]] == rows[1:]
    assert found.tables[-1].notes == ("Note: the end.",)


@pytest.mark.skipif(browser() is None, reason="no Chromium on this machine")
def test_raised_signs() -> None:
    """Raised signs of notes are marks of their cell and no part of a number; a power and an ending are text."""
    page = """<p>Users reached 1,032<sup>1</sup> million in 2021 on 9.6 million km<sup>2</sup>, for the 21<sup>st</sup>
    time.
    <table border=1><tr><th>Area<sup>a</sup><th>2021<tr><td>Urban<td>612.3<sup>*</sup><tr><td>Rural<sup>3)</sup><td>309
    </table><p style="font-size:8pt"><sup>1</sup> Preliminary."""
    found = content(printed(page), "a.pdf")
    assert found.text.splitlines()[0] == "Users reached 1,032 million in 2021 on 9.6 million km², for the 21st time."
    assert only(found) == [["Area", "2021"], ["Urban", "612.3"], ["Rural", "309"]]
    assert [cell.marks for cell in found.tables[0].cells if cell.marks] == [("a",), ("*",), ("3",)]


@pytest.mark.skipif(browser() is None, reason="no Chromium on this machine")
def test_radicals_in_place_of_characters() -> None:
    """Characters that a browser's font shares with radicals are read as characters, and narrow marks take no space."""
    found = content(
        printed("<meta charset=utf-8><p>截至2021年12月，⼈⼝为14.1亿，网民用户、手机用户均有增长。"), "a.pdf"
    )
    assert found.text == "截至2021年12月，人口为14.1亿，网民用户、手机用户均有增长。\n"


@pytest.mark.skipif(browser() is None, reason="no Chromium on this machine")
def test_characters_written_one_by_one() -> None:
    """Where a browser writes a font character by character, words and numbers stay whole and spaces stay."""
    page = """<meta charset=utf-8><p>网民规模达10.32亿人，internet users came to 1,032 million.
    <table border=1><tr><th>指标<th>2023年6月<tr><td>网民规模<td>10.7992亿人<tr><td>互联网普及率<td>76.5%</table>"""
    found = content(printed(page), "a.pdf")
    assert found.text.splitlines()[0] == "网民规模达10.32亿人，internet users came to 1,032 million."
    assert only(found) == [["指标", "2023年6月"], ["网民规模", "10.7992亿人"], ["互联网普及率", "76.5%"]]
