"""Collections: a source for each line of a JSON Lines file."""

import json

import pytest

from bulletin.discover import discover, sha256
from bulletin.model import Metadata
from bulletin.read import read
from tests.discover import write


def lines(*records: object) -> str:
    return "".join(f"{record if isinstance(record, str) else json.dumps(record)}\n" for record in records)


def test_a_collection() -> None:
    """A JSON Lines file is one source a line, with its own key, hash and metadata."""
    write(
        "in/some.docs.jsonl",
        lines(
            {
                "doc_id": "a",
                "text": "网民 5",
                "published": "2022-02-26",
                "source_url": "http://x",
                "title": None,
                "more": 1,
            },
            "",
            {"doc_id": 7, "text": "6 million"},
        ),
    )
    first, second = discover(["in"])
    assert (first.key, first.path, first.data) == ("a", "in/some.docs.jsonl", "网民 5".encode())
    assert first.metadata == Metadata(published="2022-02-26", url="http://x")
    assert (second.key, second.sha256) == ("7", sha256(b"6 million"))
    assert read(first).text == "网民 5"


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[1]",
        "5",
        '{"doc_id": "b"}',
        '{"text": "b"}',
        '{"doc_id": "b", "text": 5}',
        "[" * 5000,
        '{"doc_id": ',
        '{"doc_id": "\\ud83d", "text": "x"}',
        '{"doc_id": "b", "text": "\\ud83d"}',
    ],
)
def test_a_bad_line_of_a_collection(line: str) -> None:
    """A line that is no text is a problem under its number, and the lines around it are read."""
    write("in/some.docs.jsonl", lines({"doc_id": "a", "text": "x"}, line, {"doc_id": "c", "text": "y"}))
    first, bad, last = discover(["in"])
    assert (first.key, first.problem, last.key, last.problem) == ("a", None, "c", None)
    assert bad.key == "in/some.docs.jsonl#2"
    assert bad.problem
    assert bad.problem.startswith("line 2 is no record with `doc_id` and `text`: ")


def test_a_bad_date_in_a_collection() -> None:
    """A record's date is looked at as a sidecar's is."""
    write("in/some.docs.jsonl", lines({"doc_id": "a", "text": "x", "published": "soon"}))
    (source,) = discover(["in"])
    assert source.problem == "line 1: `published: soon` is no date; write 2022-02-25 or 2022-02"


def test_an_id_that_comes_twice() -> None:
    """Two texts of one id in a collection cannot be told apart: the second is a problem."""
    write("in/some.docs.jsonl", lines({"doc_id": "a", "text": "x"}, {"doc_id": "a", "text": "y"}))
    first, second = discover(["in"])
    assert first.problem is None
    assert second.problem == "line 2 has the `doc_id` 'a' of line 1; each text needs its own"


@pytest.mark.parametrize("data", ["", "\n\n"])
def test_an_empty_collection(data: str) -> None:
    """A collection without a text is a problem, not silence."""
    write("in/some.docs.jsonl", data)
    (source,) = discover(["in"])
    assert source.problem == "it holds no text, one JSON object a line"
