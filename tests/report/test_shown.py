import pytest

from bulletin.report.shown import CONTEXT, moment, number, passages, web_link
from bulletin.report.words import Words
from tests.report.sample import stated


@pytest.mark.parametrize(
    ("value", "shown"),
    [("2550000000", "2,550,000,000"), ("57.60", "57.6"), ("0.0000000000", "0"), ("1E+9", "1,000,000,000"),
     ("100", "100"), (1204, "1,204"), (None, "—"), ("9.4.0", "9.4.0")],
)  # fmt: skip
def test_number(value: str | int | None, shown: str) -> None:
    """Numbers have thousands separators and no idle zeros; what is no number is shown as it is."""
    assert number(value) == shown


@pytest.mark.parametrize(
    ("lower", "upper", "english", "chinese"),
    [("57.55", "57.65", "57.55 – 57.65", "57.55 – 57.65"), ("1000", None, "at least 1,000", "不低于 1,000"),
     (None, "1000", "at most 1,000", "不高于 1,000"), ("5", "5", "5", "5"), (None, None, "—", "—")],
)  # fmt: skip
def test_interval(lower: str | None, upper: str | None, english: str, chinese: str) -> None:
    """An interval shows both ends, or in words the one that it has."""
    row = {"lower": lower, "upper": upper}
    assert Words("en").interval(row) == english
    assert Words("zh").interval(row) == chinese


@pytest.mark.parametrize(
    ("stamp", "shown"),
    [("2026-11-24T01:02:03+00:00", "2026-11-24 01:02 UTC"), ("2026-11-24T09:02:03+08:00", "2026-11-24 01:02 UTC"),
     ("2026-11-24T01:02:03", "2026-11-24 01:02"), ("some day", "some day")],
)  # fmt: skip
def test_moment(stamp: str, shown: str) -> None:
    """A time is given in UTC where its zone is known, and is never guessed."""
    assert moment(stamp) == shown


@pytest.mark.parametrize(
    ("url", "link"),
    [("https://example.org/a?b=1&c=%20", "https://example.org/a?b=1&c=%20"),
     (" HTTP://example.org/新 ", "HTTP://example.org/%E6%96%B0"), ("https://example.org/(a)", "https://example.org/%28a%29"),
     ("javascript:alert(1)//https://example.org", None), ("data:text/html,x", None),
     ("ftp://example.org/a", None), ("//example.org", None),
     ("https://a b", None), ("", None), (None, None)],
)  # fmt: skip
def test_web_link(url: str | None, link: str | None) -> None:
    """Only an http or https address is a link, safe within an attribute and within Markdown's parentheses."""
    assert web_link(url) == link


def test_passages_keep_overlapping_quotes_apart() -> None:
    """Of two quotes that overlap the first is marked, and two numbers with the same quote share the mark."""
    wide, narrow = stated("748 million", n=1), stated("48 million", n=2)
    [passage] = passages([wide, narrow, wide | {"n": 3}])
    assert passage["pieces"] == [
        ("Of 904 million users, ", []), ("748 million", [1, 3]),
        (" lived in cities and 2.55 billion in the country.", []),
    ]  # fmt: skip


def test_long_sentences_are_cut_around_their_marks() -> None:
    """Of a sentence without end only what is near the marked numbers is shown."""
    [passage] = passages([stated("7", prefix="a" * 9000, suffix="b" * 9000)])
    (before, _), (quoted, _), (after, _) = passage["pieces"]
    assert (before, quoted, after) == ("…" + "a" * CONTEXT, "7", "b" * CONTEXT + "…")
