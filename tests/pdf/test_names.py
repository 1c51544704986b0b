"""Names and headers of a PDF table: broken over lines, over several rows or columns."""

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from tests.pdf import GRID, MIDDLE, SPANNED, document, only, said, table
from tests.tables.write_pdf import plain

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


def test_a_section_before_the_first_row() -> None:
    """The name of a section between headers and rows is a row of the table, not its title."""
    rows = [["Month", "Stations", "Users"], ["2023", "", ""], ["June", "1,001", "2,002"], ["July", "1,003", "2,004"]]
    assert only(document(said("Stations"), table(rows))) == rows
