"""Which columns and rows the values of a PDF table stand in."""

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.pdf import AREAS, document, only, said, table
from tests.samples import content


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


def test_scales_over_columns() -> None:
    """A line of powers of ten is a header of the columns, not the first row."""
    rows = [["Area", "Subscriptions", "Users"], ["", "10,000", "1,000"], *([name, "20,002", "3,003"] for name in "ABC")]
    found = document(table(rows, ("ALIGN", (1, 0), (-1, 1), "CENTER")))
    assert only(found)[:3] == [["Area", "Subscriptions", "Users"], ["", "10,000", "1,000"], ["A", "20,002", "3,003"]]


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


def test_columns_of_words() -> None:
    """Columns of words between the names and the values are columns."""
    rows = [
        ["Indicator", "Unit", "Source", "2021"],
        ["Users", "10,000", "Survey", "103,195"],
        ["Speed", "Mbps", "Tests", "62.5"],
    ]
    found = document(said("Table 1"), table(rows, ("ALIGN", (1, 0), (2, -1), "LEFT")))
    assert only(found) == rows
