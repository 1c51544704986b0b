"""Notes: which raised signs point to one, and which lines are one, whatever the format."""

import pytest

from bulletin.notes import is_note, is_note_mark, marks_of, may_be_note


@pytest.mark.parametrize(
    ("sign", "marks"),
    [
        ("1", ("1",)),
        ("[2]", ("2",)),
        ("[1][12]", ("1", "12")),
        ("1, 2", ("1", "2")),
        ("3）", ("3",)),
        ("a", ("a",)),
        ("**", ("**",)),
        ("†", ("†",)),
        ("①②", ("①", "②")),
        ("¹", ("1",)),
        ("注1", ("1",)),
    ],
)
def test_marks(sign: str, marks: tuple[str, ...]) -> None:
    """A raised sign of a note is its marks, without brackets."""
    assert is_note_mark(sign, "109,225")
    assert marks_of(sign) == marks


@pytest.mark.parametrize(
    ("sign", "before"),
    [
        ("st", "1"),
        ("th", "49"),
        ("TM", "5G"),
        ("2", "50 km"),
        ("²", "m"),
        ("3", "万立方米"),
        ("8", "10"),
        ("-3", "× 10"),
    ],
)
def test_what_is_raised_and_no_mark(sign: str, before: str) -> None:
    """The letters of an ordinal or a name, and a power, belong to what stands before them."""
    assert not is_note_mark(sign, before)


@pytest.mark.parametrize("before", ["2010", "5,010", "10", "8.10", "10 million", "km", "网民"])
def test_no_power(before: str) -> None:
    """A 1 makes a power of nothing, and no digit makes one of a number that only ends in 10."""
    assert is_note_mark("1", before)


@pytest.mark.parametrize(
    "line",
    [
        "注：快报数",
        "註: 快報數",
        "注1：快报数",
        "资料来源：统计调查",
        "Source: survey.",
        "Notes. Preliminary",
        "Note 2: by registration",
        "N.B.: none",
        "* estimated",
        "# estimated",
        "[1] Preliminary",
        "（1）快报数",
        "1) Preliminary",
        "①快报数",
        "¹ Preliminary",
        "  † revised",
    ],
)
def test_notes(line: str) -> None:
    """A line that begins with a note's name or sign is a note."""
    assert is_note(line)
    assert may_be_note(line)


@pytest.mark.parametrize("line", ["1 Preliminary", "2. By registration", "Source survey", "来源 统计年鉴"])
def test_lines_that_may_be_notes(line: str) -> None:
    """A line with a bare number or name may be a note where it stands right below a table, and is none elsewhere."""
    assert may_be_note(line)
    assert not is_note(line)


@pytest.mark.parametrize("line", ["", "Users", "#国有企业", "12,345", "Notable users", "网民规模", "2021年"])
def test_other_lines(line: str) -> None:
    """Any other line is none."""
    assert not may_be_note(line)
