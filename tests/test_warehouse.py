"""The warehouse: whole or not at all, one writer, commented, sound."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import duckdb
import pytest

from bulletin import pipeline
from bulletin.errors import UsageError, WarehouseError
from bulletin.lake import Lake, Place
from bulletin.periods import dates
from bulletin.settings import Request
from bulletin.warehouse import Warehouse
from schemas.catalogue import load_catalogue
from schemas.catalogue.build import FACT_COLUMNS

RAW = Path(__file__).parent.parent / "raw"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with sound and broken samples."""
    path = tmp_path_factory.mktemp("filled") / "bulletin.duckdb"
    pipeline.ingest(Request((str(RAW / "miit"), str(RAW / "broken")), warehouse=path))
    return path


@pytest.fixture(scope="module", params=["file", "lake"])
def either(request: pytest.FixtureRequest, filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The same, as a file and as a DuckLake."""
    if request.param == "file":
        return filled
    lake = Lake(str(tmp_path_factory.mktemp("lake") / "bulletin.ducklake"))
    pipeline.ingest(Request((str(RAW / "miit"), str(RAW / "broken")), warehouse=lake))
    return lake


def test_both_kinds_hold_the_same(filled: Path, either: Place) -> None:
    """A file and a lake loaded from the same documents have the same columns everywhere, facts, series and findings."""
    for sql in (
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal ORDER BY ALL",
        "SELECT * EXCLUDE (load_id) FROM fact_observation ORDER BY observation_id",
        "FROM series ORDER BY ALL",
        "SELECT * EXCLUDE (since) FROM issue ORDER BY issue",
        "FROM counter ORDER BY name",
    ):
        with Warehouse(filled, read_only=True) as one, Warehouse(either, read_only=True) as other:
            assert other.rows(sql) == one.rows(sql)


def test_every_table_and_column_is_explained(either: Place) -> None:
    """Each table, view and column of a table carries a comment."""
    with Warehouse(either, read_only=True) as warehouse:
        bare = warehouse.rows(
            "SELECT table_name FROM duckdb_tables() WHERE comment IS NULL AND table_name != 'prepared'"
        )
        bare += warehouse.rows("SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL")
        columns = warehouse.rows(
            "SELECT table_name, column_name FROM duckdb_columns() JOIN duckdb_tables() USING (table_name) "
            "WHERE duckdb_columns.comment IS NULL AND table_name != 'prepared'"
        )
    assert bare == []
    assert columns == []


@pytest.mark.parametrize(
    ("column", "dimension", "key"),
    [
        ("indicator", "dim_indicator", "indicator"),
        ("area", "dim_area", "area"),
        ("period", "dim_period", "period"),
        ("base_period", "dim_period", "period"),
        ("unit", "dim_unit", "unit"),
        ("document_id", "dim_document", "document_id"),
        ("load_id", "load", "load_id"),
    ],
)
def test_no_fact_is_an_orphan(either: Place, column: str, dimension: str, key: str) -> None:
    """Every code in the fact table stands in its dimension table."""
    sql = f"SELECT {column} FROM fact_observation WHERE {column} NOT IN (SELECT {key} FROM {dimension})"
    with Warehouse(either, read_only=True) as warehouse:
        assert warehouse.rows(sql) == []
        assert warehouse.rows(f"SELECT count({column}) AS n FROM fact_observation")[0]["n"] > 0


def test_values_are_exact(either: Place) -> None:
    """A value is stored as the decimal that was printed, with the interval that its rounding allows."""
    sql = "SELECT value, lower, upper FROM fact_observation WHERE quote = '868.8 billion yuan'"
    with Warehouse(either, read_only=True) as warehouse:
        [row] = warehouse.rows(sql)
    assert {name: f"{value:f}".rstrip("0").rstrip(".") for name, value in row.items()} == {
        "value": "868800000000",
        "lower": "868750000000",
        "upper": "868850000000",
    }


def test_issue_ids_stay_from_run_to_run(filled: Path, tmp_path: Path) -> None:
    """The same finding in the same document has the same id in another warehouse, whatever else is loaded there."""
    other = tmp_path / "bulletin.duckdb"
    pipeline.ingest(Request((str(RAW / "broken"),), warehouse=other))
    sql = "SELECT issue FROM fact_issue ORDER BY issue"
    with Warehouse(filled, read_only=True) as one, Warehouse(other, read_only=True) as two:
        known = {row["issue"] for row in one.rows(sql)}
        found = {row["issue"] for row in two.rows(sql)}
    assert found
    assert found <= known


def test_new_dimension_migrates_the_table(filled: Path, tmp_path: Path) -> None:
    """A catalogue that gains a dimension gains a column, and what is loaded stays."""
    path = tmp_path / "bulletin.duckdb"
    path.write_bytes(filled.read_bytes())
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "dimensions.yml").write_text(
        "- id: operator\n  name: {en: Operator, zh: 运营商}\n  members:\n    - {id: one, name: {en: One, zh: 一}}\n",
        encoding="utf-8",
    )
    report = tmp_path / "report.md"
    report.write_text("In December 2021 there were 5 million internet users in China.", encoding="utf-8")
    pipeline.ingest(Request((str(report),), warehouse=path, catalogues=(folder,)))
    with Warehouse(path, read_only=True) as warehouse:
        assert warehouse.rows("SELECT count(operator) AS n FROM series") == [{"n": 0}]
        assert warehouse.rows("SELECT count(*) AS n FROM dim_document")[0]["n"] == 12


def _hold(path: str, opened: "multiprocessing.synchronize.Event") -> None:
    with Warehouse(Path(path)):
        opened.set()
        time.sleep(3)


def test_second_writer_waits(filled: Path, tmp_path: Path) -> None:
    """A run that meets another one waits for it, and says who holds the warehouse where that takes too long."""
    path = tmp_path / "bulletin.duckdb"
    path.write_bytes(filled.read_bytes())
    context = multiprocessing.get_context("spawn")
    opened = context.Event()
    holder = context.Process(target=_hold, args=(str(path), opened))
    holder.start()
    assert opened.wait(30)
    with pytest.raises(WarehouseError, match=r"another process holds the warehouse.*nothing was loaded"):
        Warehouse(path, wait=0.3)
    with Warehouse(path, wait=30) as warehouse:
        assert warehouse.rows("SELECT count(*) AS n FROM load")[0]["n"] == 1
    holder.join()


def test_two_runs_at_once_load_once(tmp_path: Path) -> None:
    """Two runs over the same files at the same time leave one vintage of each; the second finds the work done."""
    path = tmp_path / "bulletin.duckdb"
    command = [sys.executable, "-m", "bulletin", "ingest", str(RAW / "miit"), "--warehouse", str(path)]
    command += ["--runner", "local", "--quiet"]
    runs = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    assert [(run.communicate(timeout=120)[1], run.returncode) for run in runs] == [("", 0), ("", 0)]
    with Warehouse(path, read_only=True) as warehouse:
        assert warehouse.rows("SELECT max(vintage) AS v, count(*) AS n FROM dim_document") == [{"v": 1, "n": 3}]


KILLED = """
import sys
from bulletin import pipeline
from bulletin.lake import place_of
from bulletin.settings import Request
from bulletin.warehouse import loading

kept = loading.load_issues

def dies(*arguments, **named):
    kept(*arguments, **named)
    print("inside", flush=True)
    sys.stdin.read()

loading.load_issues = dies
pipeline.ingest(Request((sys.argv[1],), warehouse=place_of(sys.argv[2])))
"""
"""Ingests `argv[1]` into the warehouse `argv[2]`, and waits inside the transaction."""


def test_killed_run_leaves_the_warehouse_as_it_was(filled: Path, tmp_path: Path) -> None:
    """Killed in mid-transaction, all that was loaded before is there and nothing else; the next run completes."""
    path = tmp_path / "bulletin.duckdb"
    path.write_bytes(filled.read_bytes())
    count = "SELECT (SELECT count(*) FROM fact_observation) AS facts, (SELECT count(*) FROM load) AS loads"
    with Warehouse(path, read_only=True) as warehouse:
        before = warehouse.rows(count)
    arguments = [sys.executable, "-c", KILLED, str(RAW / "cnnic"), str(path)]
    run = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert run.stdout
    assert run.stdout.readline() == "inside\n"
    os.kill(run.pid, signal.SIGKILL)
    run.communicate()
    with Warehouse(path, read_only=True) as warehouse:
        assert warehouse.rows(count) == before
    outcome = pipeline.ingest(Request((str(RAW / "cnnic"),), warehouse=path))
    assert outcome.report["summary"]["loaded"] >= 15
    assert outcome.report["summary"]["quarantined"] == 0  # what does not agree with them is in the broken samples


def test_foreign_file_is_refused(tmp_path: Path) -> None:
    """A file that is no DuckDB database is named in the error and left alone."""
    path = tmp_path / "notes.duckdb"
    path.write_text("these are notes", encoding="utf-8")
    with pytest.raises(WarehouseError, match=r"notes\.duckdb"):
        Warehouse(path)
    assert path.read_text(encoding="utf-8") == "these are notes"


def test_missing_warehouse_says_how_to_make_one(tmp_path: Path) -> None:
    """Asking a warehouse that is not there names the command that makes it."""
    with pytest.raises(WarehouseError, match="bulletin ingest raw"):
        Warehouse(tmp_path / "none.duckdb", read_only=True)


def test_wrong_sql_is_wrong_usage(either: Place) -> None:
    """A query that DuckDB refuses is an error with DuckDB's own words."""
    with Warehouse(either, read_only=True) as warehouse, pytest.raises(UsageError, match="absent"):
        warehouse.rows("SELECT absent FROM series")


def test_plain_duckdb_reads_it(filled: Path) -> None:
    """An analyst's own DuckDB opens the file and finds the view."""
    with duckdb.connect(str(filled), read_only=True) as connection:
        found = connection.execute("SELECT count(*) FROM series WHERE indicator = 'telecom_revenue'").fetchall()
    assert found[0][0] >= 2


@pytest.mark.parametrize(
    ("period", "first", "last", "frequency"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31), "A"),
        ("2021-12", date(2021, 12, 1), date(2021, 12, 31), "M"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "M"),
        ("2022-Q3", date(2022, 7, 1), date(2022, 9, 30), "Q"),
        ("2022-H2", date(2022, 7, 1), date(2022, 12, 31), "S"),
        ("2020-01/2020-05", date(2020, 1, 1), date(2020, 5, 31), "X"),
    ],
)
def test_period_has_days(period: str, first: date, last: date, frequency: str) -> None:
    """A period's first and last day and its SDMX frequency follow from its form."""
    assert dates(period) == (first, last, frequency)


def test_no_dimension_takes_the_name_of_a_column(either: Place) -> None:
    """The names that the catalogue refuses for a dimension are those of the columns of facts and of the series."""
    with Warehouse(either, read_only=True) as warehouse:
        tables = "('fact_observation', 'series')"
        rows = warehouse.rows(f"SELECT DISTINCT column_name AS name FROM duckdb_columns() WHERE table_name IN {tables}")
    assert {row["name"] for row in rows} - set(load_catalogue().dimensions) <= FACT_COLUMNS


INDICATOR = "- {id: posts, name: {en: Posts, zh: 柱}, definition: Posts., unit: count, labels: {en: [posts]}}\n"
MOOD = "- {id: mood, name: {en: People's mood, zh: 心情}, members: [{id: glad, name: {en: glad, zh: 高兴}}]}\n"


@pytest.mark.parametrize("dimensions", ["[]\n", MOOD])
def test_any_dimensions_make_a_warehouse(tmp_path: Path, dimensions: str) -> None:
    """A catalogue without a dimension, or with an apostrophe in its name, is loaded and asked like any other."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "catalogue.yml").write_text("replaces: [indicators, dimensions]\n", encoding="utf-8")
    (folder / "indicators.yml").write_text(INDICATOR, encoding="utf-8")
    if dimensions != "[]\n":
        (folder / "dimensions.yml").write_text(dimensions, encoding="utf-8")
    report = tmp_path / "a.txt"
    report.write_text("In 2021 there were 5,400 posts.", encoding="utf-8")
    request = Request((str(report),), warehouse=tmp_path / "b.duckdb", catalogues=(folder,))
    assert not pipeline.ingest(request).failed
    with Warehouse(request.warehouse, read_only=True) as warehouse:
        assert warehouse.rows("SELECT period, members, value FROM series") == [
            {"period": "2021", "members": "", "value": 5400.0}
        ]
