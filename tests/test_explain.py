"""From a fact back to its place."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bulletin import pipeline
from bulletin.errors import UsageError
from bulletin.explain import Explanation, explain
from bulletin.settings import Request
from bulletin.warehouse import Warehouse

SENTENCES = "# Users\n\nIn December 2021, China had 1,032 million internet users.\nRural users were 284 million.\n"
ROWS = (
    "Internet users by residence,,\nPeriod,Urban (million),Rural (million)\n"
    "2019-06,630,225\n2020-12,680,309\n2021-12,748,284\n2022-12,759,308\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a text and a table, loaded, and the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/report.md").write_text(SENTENCES, encoding="utf-8")
    (tmp_path / "raw/users.csv").write_text(ROWS, encoding="utf-8")
    pipeline.ingest(Request(("raw",), warehouse=tmp_path / "bulletin.duckdb"))
    return tmp_path


def explained(folder: Path, *words: str) -> list[Explanation]:
    with Warehouse(folder / "bulletin.duckdb", read_only=True) as warehouse:
        return explain(words, warehouse)


def test_a_sentence_opens_at_its_line(folder: Path) -> None:
    """A fact of a text is shown with its sentence and the line that it stands on."""
    (found,) = explained(folder, "internet_users", "2021-12")
    assert (found.fact["quote"], found.line, found.doubt) == ("1,032 million", 3, "")
    assert found.fact["prefix"] == "In December 2021, China had "


def test_a_cell_opens_with_its_row_and_headers(folder: Path) -> None:
    """A fact of a table is shown in its row, with the headers over it and the rows next to it."""
    cell = next(f for f in explained(folder, "internet_users", "2021-12", "residence=urban") if f.excerpt)
    assert cell.excerpt is not None
    assert cell.excerpt.rows[1:] == (
        ("Period", "Urban (million)", "Rural (million)"),
        ("2020-12", "680", "309"),
        ("2021-12", "748", "284"),
        ("2022-12", "759", "308"),
    )
    assert cell.excerpt.rows[cell.excerpt.row][cell.excerpt.column] == "748"


def test_dimensions_that_are_not_named_are_the_totals(folder: Path) -> None:
    """An indicator and a period alone name the total, not its parts."""
    assert {fact.fact["residence"] for fact in explained(folder, "internet_users", "2021-12")} == {None}


def test_an_id_names_one_fact(folder: Path) -> None:
    """The id of an observation names exactly that one, whatever its status."""
    (found,) = explained(folder, "1")
    assert found.fact["observation_id"] == 1


def test_a_changed_file_is_said(folder: Path) -> None:
    """Where the file holds something else today, what the warehouse keeps is shown, and that it is so."""
    (folder / "raw/report.md").write_text("Something else.", encoding="utf-8")
    (found,) = explained(folder, "internet_users", "2021-12")
    assert found.line is None
    assert "holds something else today" in found.doubt
    shutil.rmtree(folder / "raw")
    assert "not there any more" in explained(folder, "internet_users", "2021-12")[0].doubt


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["99999"], "no observation has the id 99999"),
        (["nonsense"], "there are internet_users"),
        (["internet_users", "1999"], "among others: 2022-12"),
        (["internet_users", "colour=red"], "'colour' is no dimension; they are"),
    ],
)
def test_what_is_not_there_is_said(folder: Path, words: list[str], said: str) -> None:
    """A name that is in no warehouse ends in a message that says what there is."""
    with pytest.raises(UsageError, match=said):
        explained(folder, *words)
