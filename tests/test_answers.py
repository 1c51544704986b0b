"""What `bulletin query` and `bulletin series` give: tables that fit, files that programs read, charts, pictures."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.parquet
import pytest

from bulletin.answers.cells import plain, width
from bulletin.answers.grid import grid
from tests.findings import ask, ingest, report

TEXTS = {
    "a.md": "By December 2021, China had 1.032 billion internet users, 748 million of them urban and 284 million "
    "rural.",
    "b.md": "In December 2020 there were 989 million internet users in China, and nearly 310 million rural internet "
    "users.",
    "c.md": "In December 2019 there were 904 million internet users in China. In India there were 500 million "
    "internet users in December 2019.",
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small warehouse."""
    folder = tmp_path_factory.mktemp("filled")
    for name, text in TEXTS.items():
        ingest(folder, report(folder / "in", text, name, published=None, title="=1+1"))
    return folder


def bulletin(folder: Path, *words: object, columns: int = 100) -> "subprocess.CompletedProcess[str]":
    """Run the command on the warehouse of the folder, in a terminal of so many columns."""
    command = [sys.executable, "-m", "bulletin.cli", *map(str, words), "--warehouse", str(folder / "bulletin.duckdb")]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "COLUMNS": str(columns)})


def test_table_fits_the_terminal(filled: Path) -> None:
    """No line is wider than the terminal, and columns that had no room are named."""
    done = bulletin(filled, "query", "SELECT * FROM series", columns=60)
    assert done.returncode == 0, done.stderr
    assert max(width(line) for line in done.stdout.splitlines()) <= 60
    assert "columns left out: " in done.stderr


def test_chinese_takes_two_columns() -> None:
    """Columns stay aligned where texts are Chinese."""
    lines, _ = grid(["name", "n"], [False, True], [["网民", 1], ["users", 22]], 40)
    assert {width(line) for line in lines[1:]} == {width("users  22")}


def test_terminal_is_left_alone() -> None:
    """A text cannot turn the terminal's colours or its direction of writing."""
    assert plain("a\x1b[31m\u202eb") == "a␛[31m\N{REPLACEMENT CHARACTER}b"


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.jsonl", "a.parquet", "a.xlsx", "a.md"])
def test_suffix_says_the_format(filled: Path, tmp_path: Path, name: str) -> None:
    """All rows go into the file, in the format of its suffix, with exact values."""
    sql = "SELECT quote, value, period FROM fact_observation WHERE status = 'accepted' ORDER BY observation_id"
    done = bulletin(filled, "query", sql, "--output", tmp_path / name)
    assert done.returncode == 0, done.stderr
    values = [row["value"] for row in ask(filled, sql)]
    file = tmp_path / name
    if name.endswith(".csv"):
        with duckdb.connect() as connection:
            found = connection.execute(f"SELECT value FROM read_csv('{file}')").fetchall()
        assert [Decimal(str(value)) for (value,) in found] == values
    elif name.endswith(".json"):
        assert [Decimal(str(row["value"])) for row in json.loads(file.read_text())] == values
    elif name.endswith(".jsonl"):
        assert [Decimal(str(json.loads(line)["value"])) for line in file.read_text().splitlines()] == values
    elif name.endswith(".parquet"):
        assert pyarrow.parquet.read_table(file)["value"].to_pylist() == values
    elif name.endswith(".xlsx"):
        rows = list(openpyxl.load_workbook(file).active.iter_rows(values_only=True))
        assert rows[0] == ("quote", "value", "period")
        assert [Decimal(row[1]) for row in rows[1:]] == values
    else:
        assert file.read_text(encoding="utf-8").splitlines()[0] == "| quote | value | period |"


def test_formula_does_not_run(filled: Path, tmp_path: Path) -> None:
    """A title that begins with = is a text in a sheet, and gets an apostrophe in CSV unless --exact is said."""
    sql = "SELECT title FROM dim_document LIMIT 1"
    bulletin(filled, "query", sql, "--output", tmp_path / "a.xlsx")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").active["A2"].data_type == "s"
    done = bulletin(filled, "query", sql, "--format", "csv")
    assert done.stdout.split() == ["title", "'=1+1"]
    assert "--exact leaves them" in done.stderr
    assert bulletin(filled, "query", sql, "--format", "csv", "--exact").stdout.split() == ["title", "=1+1"]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("DELETE FROM load", "DELETE is refused"),
        ("COPY load TO 'x.csv'", "COPY is refused"),
        ("SELECT 1; SELECT 2", "2 statements"),
        ("", "there is no query"),
        ("SELEC 1", "LINE 1: SELEC 1"),
        ("SELECT no_such FROM series", "no_such"),
    ],
)
def test_query_that_is_none_is_told(filled: Path, sql: str, said: str) -> None:
    """What writes, what is several queries and what is no SQL is wrong usage, and the message shows the place."""
    done = bulletin(filled, "query", sql)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--output", "a.doc"], "its suffix is no format"),
        (["--format", "xlsx"], "needs a file"),
        (["--output", "no/such/a.csv"], "there is no folder"),
    ],
)
def test_output_that_cannot_be_is_told(filled: Path, options: list[str], said: str) -> None:
    """A suffix, a format or a folder that does not fit is wrong usage."""
    done = bulletin(filled, "query", "SELECT 1", *options)
    assert done.returncode == 2
    assert said in done.stderr


def test_large_answer_is_streamed(filled: Path, tmp_path: Path) -> None:
    """A million rows go into a CSV without being held in memory; what is cut off is not left as a file."""
    done = bulletin(
        filled, "query", "SELECT range AS n, 'text' AS t FROM range(1000000)", "--output", tmp_path / "a.csv"
    )
    assert done.returncode == 0, done.stderr
    with (tmp_path / "a.csv").open() as file:
        assert sum(1 for _ in file) == 1_000_001


def test_series_is_drawn_in_the_terminal(filled: Path) -> None:
    """A line for each period: value, rounding, bar, agreement and reason; then the sources."""
    done = bulletin(filled, "series", "internet_users")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "Internet users, China (persons)"
    assert [line.split()[:3] for line in lines[1:4]] == [
        ["2019-12", "904,000,000", "±500,000"],
        ["2020-12", "989,000,000", "±500,000"],
        ["2021-12", "1,032,000,000", "±500,000"],
    ]
    assert "█" in lines[1]
    assert lines[5] == "Sources:"
    assert max(map(width, lines[:4])) <= 100


def test_series_of_members_keeps_its_hedge(filled: Path) -> None:
    """Members are named as in residence=rural; "nearly" is shown before the value."""
    done = bulletin(filled, "series", "internet_users", "residence=rural", "--lang", "zh", columns=60)
    lines = done.stdout.splitlines()
    assert lines[0] == "网民规模 · 农村 · 中国 (人)"
    assert lines[1].split()[:2] == ["2020-12", "<310,000,000"]


def test_series_is_cut_to_periods_and_places(filled: Path) -> None:
    """--from, --to and --area choose."""
    done = bulletin(filled, "series", "internet_users", "--from", "2020", "--to", "2020")
    assert [line[:7] for line in done.stdout.splitlines()[1:3]] == ["2020-12", ""]
    assert "500,000,000" in bulletin(filled, "series", "internet_users", "--area", "IN").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["internet_user"], "internet_users"),
        (["internet_users", "residence=rurl"], "residence has no member 'rurl'; near it is rural"),
        (["internet_users", "rural"], "residence=rural"),
        (["internet_users", "--from", "2030"], "there are 2019-12 to 2021-12"),
        (["internet_users", "--output", "a.gif"], "allowed are .svg, .png"),
    ],
)
def test_series_that_is_not_there_is_told(filled: Path, words: list[str], said: str) -> None:
    """A name that is none is wrong usage, and the message says what is near it."""
    done = bulletin(filled, "series", *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_series_is_a_picture(filled: Path, tmp_path: Path) -> None:
    """SVG names title, unit, periods and sources; PNG is drawn from it, twice as large."""
    done = bulletin(filled, "series", "internet_users", "--output", tmp_path / "a.svg")
    assert done.returncode == 0, done.stderr
    drawn = (tmp_path / "a.svg").read_text(encoding="utf-8")
    for said in ("Internet users, China", "billion persons", "2019-12", "Sources: CNNIC", "=1+1"):
        assert said in drawn
    done = bulletin(filled, "series", "internet_users", "--output", tmp_path / "a.png")
    assert done.returncode == 0, done.stderr
    png = (tmp_path / "a.png").read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20]) == 1800


def test_series_of_one_point_is_a_picture(filled: Path, tmp_path: Path) -> None:
    """A series with one value has a picture too."""
    done = bulletin(filled, "series", "internet_users", "--area", "IN", "--output", tmp_path / "a.svg")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.svg").read_text().count("<circle") == 1


def test_columns_without_values_go_first(filled: Path) -> None:
    """Where a table is too wide, columns in which nothing stands make room for those that hold something."""
    done = bulletin(filled, "query", "SELECT * FROM levels_wide", columns=60)
    assert done.returncode == 0, done.stderr
    head = done.stdout.splitlines()[0]
    assert head.split() == ["area", "period", "end_date", "internet_users", "indicators"]
    assert "columns left out: " in done.stderr


def test_chart_marks_what_is_missing(filled: Path, tmp_path: Path) -> None:
    """A period between two others for which there is no value is a line of its own."""
    for name, text in {
        "a.md": "By December 2021, China had 1.032 billion internet users.",
        "b.md": "In December 2020 there were 989 million internet users in China.",
        "c.md": "In December 2018 there were 829 million internet users in China.",
    }.items():
        ingest(tmp_path, report(tmp_path / "in", text, name, published=None))
    lines = bulletin(tmp_path, "series", "internet_users").stdout.splitlines()
    assert [line.split()[0] for line in lines[1:5]] == ["2018-12", "⋮", "2020-12", "2021-12"]


def test_chinese_reasons(filled: Path) -> None:
    """In Chinese the chart says in Chinese why a value was chosen."""
    said = bulletin(filled, "series", "internet_users", "area=CN", "--lang", "zh").stdout
    assert "仅此一值" in said
    assert "the only one" not in said


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["internet_users", "colour=red"], "'colour' is no dimension; they are"),
        (["internet_users", "--from", "20x"], "--from 20x: '20x' is no period; it is a year (2021)"),
    ],
)
def test_series_that_is_misnamed(filled: Path, words: list[str], message: str) -> None:
    """The message says what was found, what is allowed and what is near it."""
    done = bulletin(filled, "series", *words)
    assert (done.returncode, message in done.stderr) == (2, True), done.stderr
