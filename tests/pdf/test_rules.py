"""What the rules of a PDF table part, and what they leave together."""

from reportlab.platypus import Spacer

from tests.pdf import AREAS, GRID, MIDDLE, SPANNED, document, only, rows_of, said, table


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
