"""What a sidecar says of its file, and when it cannot be believed."""

import pytest

from bulletin.discover import discover
from bulletin.model import Metadata
from bulletin.read import read
from tests.discover import write


def sidecar(text: str | bytes) -> tuple[Metadata, str | None, tuple[tuple[str, str], ...]]:
    write("in/a.txt")
    write("in/a.txt.yml", text)
    (source,) = discover(["in"])
    return source.metadata, source.problem, source.notes


def test_a_sidecar() -> None:
    """Every field of a sidecar is taken as it is written."""
    text = """
        publisher: 互联网中心
        title: "Report: the 49th"
        published: 2022-02-25
        url: https://example.org/49
        language: no
        area: NO
        licence: CC0-1.0
        note: 007
        encoding: gb18030
    """
    assert sidecar(text) == (
        Metadata(
            publisher="互联网中心",
            title="Report: the 49th",
            published="2022-02-25",
            url="https://example.org/49",
            language="no",
            area="NO",
            licence="CC0-1.0",
            note="007",
            encoding="gb18030",
        ),
        None,
        (),
    )


@pytest.mark.parametrize(
    "text", ["", "# nothing yet\n", "publisher:\n", "publisher: ~\n", "publisher: null\n", "note: ' '"]
)
def test_a_sidecar_that_says_nothing(text: str) -> None:
    """A sidecar without a value says nothing, and that is no problem."""
    assert sidecar(text) == (Metadata(), None, ())


def test_no_sidecar() -> None:
    """A file without a sidecar is read without metadata."""
    write("in/a.txt")
    (source,) = discover(["in"])
    assert (source.metadata, source.problem) == (Metadata(), None)


@pytest.mark.parametrize("published", ["2022", "2022-02", "2022-02-25", "'2024-02-29'"])
def test_dates(published: str) -> None:
    """A year, a month or a day is a date."""
    metadata, problem, _ = sidecar(f"published: {published}")
    assert (metadata.published, problem) == (published.strip("'"), None)


@pytest.mark.parametrize(
    "published",
    [
        "yesterday",
        "2022-13",
        "2022-02-30",
        "2023-02-29",
        "22-02-25",
        "20220225",
        "2022-2-5",
        "2022-02-25T00:00",
        "２０２２",
    ],
)
def test_bad_dates(published: str) -> None:
    """What is no day, month or year of the calendar is a problem that names the field and shows what is right."""
    _, problem, _ = sidecar(f"published: {published}")
    assert problem == f"its sidecar a.txt.yml: `published: {published}` is no date; write 2022-02-25 or 2022-02"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("publisher: [", "its sidecar a.txt.yml, line 1, is no YAML: "),
        ("title: a\nnote: 'b\n", "its sidecar a.txt.yml, line 3, is no YAML: "),
        (b"title: \x00", "its sidecar a.txt.yml is no YAML: "),
        ("[" * 5000, "its sidecar a.txt.yml is no YAML: "),
        ("- publisher", "its sidecar a.txt.yml must hold fields such as `publisher: ...`, not a list"),
        ("publisher", "its sidecar a.txt.yml must hold fields such as `publisher: ...`, not plain text"),
        ("title: [a, b]", "its sidecar a.txt.yml: `title` must be one text"),
        ("title: {en: a}", "its sidecar a.txt.yml: `title` must be one text"),
        ('title: "\\ud83d"', "its sidecar a.txt.yml: `title` holds half of a character (a lone surrogate)"),
        ('title: "\\UFFFFFFFF"', "its sidecar a.txt.yml is no YAML: "),
        ("#" * 70_000, "its sidecar a.txt.yml has more than the 65,536 bytes that are read of one"),
    ],
)
def test_a_broken_sidecar(text: str | bytes, problem: str) -> None:
    """A sidecar that cannot be believed is a problem of its file: where it is and what is wrong."""
    _, found, _ = sidecar(text)
    assert found
    assert found.startswith(problem)


def test_unknown_fields() -> None:
    """A field that there is not is told, with those that there are, and the file is read all the same."""
    metadata, problem, notes = sidecar("publsher: x\ntitle: T\n1: 2\n")
    assert (metadata, problem) == (Metadata(title="T"), None)
    ((rule, message),) = notes
    assert rule == "sidecar"
    assert "its sidecar a.txt.yml: 1, publsher; allowed are publisher, title, published" in message
    (source,) = discover(["in"])
    assert read(source).notes == notes
