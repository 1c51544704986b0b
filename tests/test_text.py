"""Text made plain without moving a character, and cut into sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.model import Block, Document, Metadata
from bulletin.text import normalise, sentences, view


@given(st.text())
def test_length_stays(text: str) -> None:
    """Whatever the text, each character becomes one character, so that every offset stays true."""
    assert len(normalise(text)) == len(text)


@given(st.text(alphabet="0123456789,.%- \u00a0\u202f＜<>&*_/abp；nbs;０９％．～"))
def test_length_stays_with_marks(text: str) -> None:
    """Mark-up, group spaces and full-width forms in any order move nothing either."""
    assert len(normalise(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("１，２６２．５％", "1，262.5%"),
        ("－３．２", "-3.2"),
        ("\u22123.2", "-3.2"),
        ("ＩＰＶ６", "IPV6"),
        ("6～19岁", "6~19岁"),
        ("year\u2011on\u2011year", "year-on-year"),
        ("the country\u2019s", "the country's"),
        ("5\u00a0million\u3000users", "5 million users"),
        ("up <b>5</b> million", "up    5     million"),
        ("5&nbsp;million", "5      million"),
        ("**5** million", "  5   million"),
        ("5 < 6 and 7 > 2", "5 < 6 and 7 > 2"),
    ],
)
def test_odd_forms_become_plain(text: str, plain: str) -> None:
    """Full-width forms, odd spaces and dashes, and mark-up become what a number's pattern reads."""
    assert normalise(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("1\u00a0032\u00a0456 users", "1,032,456 users"),
        ("1\u202f032\u202f000", "1,032,000"),
        ("816 000 lines", "816,000 lines"),
        ("748 284 300", "748,284,300"),
        ("748 284", "748 284"),
        ("748 284 and 0 or 816 000", "748 284 and 0 or 816,000"),
        ("in 2021\u00a0300 million", "in 2021 300 million"),
        ("2.5 000", "2.5 000"),
    ],
)
def test_groups_of_three_become_one_number(text: str, plain: str) -> None:
    """Spaces between groups of three join a number where they do not break or a group could not stand alone."""
    assert normalise(text) == plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It grew 1.5%. By 2021 it fell.", ["It grew 1.5%.", "By 2021 it fell."]),
        ("The U.S. market shrank. Ours grew.", ["The U.S. market shrank.", "Ours grew."]),
        ("See No. 5 and Fig. 3. Done.", ["See No. 5 and Fig. 3.", "Done."]),
        ("It was approx. 5 million. Then 6.", ["It was approx. 5 million.", "Then 6."]),
        ("In Dec. 2021 it stood at 5.", ["In Dec. 2021 it stood at 5."]),
        ("Users grew. 5 million of them left.", ["Users grew.", "5 million of them left."]),
        ("It was 5% in 2021. 2.7 million left.", ["It was 5% in 2021.", "2.7 million left."]),
        ("Sales rose 4%. 30 shops closed.", ["Sales rose 4%.", "30 shops closed."]),
        ("Signed on 2021. 7. 15 by all", ["Signed on 2021. 7. 15 by all"]),
        ("He said “it grew.” Then he left.", ["He said “it grew.”", "Then he left."]),
        ("规模为9.89亿。其中，农村3.09亿；城镇6.80亿", ["规模为9.89亿。", "其中，农村3.09亿；", "城镇6.80亿"]),
        ("Title\n\nText goes on", ["Title", "Text goes on"]),
        ("  \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    """A sentence ends at a stop, not at the point of a number or an abbreviation."""
    assert [text[start:end] for start, end in sentences(text)] == expected


@given(st.text(alphabet='aB1. ，。\n;！"”'), st.integers(0, 5))
def test_sentences_cover_the_text(text: str, start: int) -> None:
    """The sentences of a stretch follow one another, and nothing but white space is left out."""
    spans = list(sentences(text, start))
    left, at = "", start
    for begin, end in spans:
        assert at <= begin < end <= len(text)
        left += text[at:begin]
        at = end
    assert (left + text[at:]).strip() == ""


def test_view_makes_a_wrapped_line_whole() -> None:
    """In a block a line break is a space; between blocks it stays, and every offset with it."""
    text = "Users reached 1.032\nbillion.\nNext block."
    blocks = (Block("paragraph", 0, 29), Block("paragraph", 29, 40))
    document = Document(key="k", sha256="0" * 64, metadata=Metadata(), text=text, blocks=blocks)
    assert view(document) == "Users reached 1.032 billion.\nNext block."
