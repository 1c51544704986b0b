"""A PDF table among what else stands on its page, and what is no table."""

import pytest
from reportlab.platypus import Spacer, Table

from tests.pdf import AREAS, document, only, rows_of, said, table
from tests.samples import content
from tests.tables.write_pdf import prose


def test_tables_side_by_side() -> None:
    """Two tables beside each other are two, each under its own title."""
    left = [["Province", "Users"], ["Hebei", "5,120"], ["Shanxi", "2,344"], ["Jilin", "1,777"]]
    right = [["City", "Rate"], ["Handan", "71.2%"], ["Datong", "66.0%"], ["Siping", "61.9%"]]
    titles = [said("Table 1. Provinces"), said("Table 2. Cities")]
    both = Table([titles, [table(left), table(right)]], colWidths=[230, 230])
    found = document(said("Two tables follow."), both)
    assert [rows_of(one) for one in found.tables] == [left, right]
    assert [one.caption for one in found.tables] == ["Table 1. Provinces", "Table 2. Cities"]


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
