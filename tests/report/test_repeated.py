"""A sentence that several comparisons of one finding say, as those of two editions of a report do."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bulletin.cli import main
from bulletin.report import render_html, render_junit, render_markdown
from tests.findings import ingest
from tests.findings import report as written
from tests.report import sample

SENTENCE = "Internet users (rural) of 2.84 billion cannot be part of Internet users of 1.032 billion (CN, 2021-12)."


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the warehouse and the reports."""
    return tmp_path_factory.mktemp("repeated")


@pytest.fixture(scope="module")
def report(home: Path) -> Mapping[str, Any]:
    """Two editions state a part that is larger than the whole, which a third document states."""
    whole = written(home / "whole", "In December 2021 there were 1.032 billion internet users in China.")
    part = "In December 2021 rural internet users numbered 2.84 billion."
    editions = [
        written(home / "first", part, published="2022-02-25"),
        written(home / "second", f"{part} The cities grew.", published="2022-03-25"),
    ]
    return ingest(home, whole, *editions).report


def test_a_repeated_sentence_stands_once(report: Mapping[str, Any]) -> None:
    """The report says the sentence once, and how often it holds."""
    [found] = report["findings"]
    assert (found["message"], found["comparisons"], found["often"], found["also"]) == (SENTENCE, 2, "2 times", [])
    assert f"{SENTENCE} <small>(2 times)</small>" in render_html(report)
    assert "** (2 times)" in render_markdown(report)


def test_a_repeated_sentence_beside_the_headline() -> None:
    """What else does not add up is told with how often, in every format."""
    other = {**sample.WRONG["also"][0], "message": "A part is larger than its whole.", "often": "3 times"}
    report = sample.report()
    report["findings"] = [{**sample.WRONG, "also": [other]}]
    assert "A part is larger than its whole. (3 times)" in render_markdown(report)
    assert "A part is larger than its whole. <small>(3 times)</small>" in render_html(report)
    assert "A part is larger than its whole. (3 times)" in render_junit(report)


def test_a_repeated_sentence_on_the_terminal(
    report: Mapping[str, Any], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`bulletin quality show` prints the sentence once, and how often it holds."""
    main(["quality", "show", report["findings"][0]["issue"], "--warehouse", str(home / "bulletin.duckdb")])
    first, second = capsys.readouterr().out.splitlines()[:2]
    assert first == f"error part_whole [open] {SENTENCE} (2 times)"
    assert not second
