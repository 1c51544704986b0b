"""`bulletin backfill`: the reports of a range of days, in the order in which they were published."""

from pathlib import Path

from bulletin import pipeline
from bulletin.settings import request_of
from tests.findings import ask, report
from tests.test_cli import bulletin

TEXT = "At the end of {year} there were {users} million internet users in China."
DAYS = {"c.md": "2020-02-20", "a.md": "2022-02-25", "b.md": "2021-02", "d.md": "2019-02-28", "e.md": None}


def reports(folder: Path) -> None:
    """Write a report for each day; the names are in another order, and one has no day."""
    for number, (name, day) in enumerate(DAYS.items()):
        report(folder / "in", TEXT.format(year=2015 + number, users=700 + number), name, published=day)


def test_only_the_range_and_in_order(tmp_path: Path) -> None:
    """What was published in the range is loaded, the oldest first; a month alone lies in it whole."""
    reports(tmp_path)
    warehouse = tmp_path / "bulletin.duckdb"
    done = bulletin(
        "backfill", str(tmp_path / "in"), "--from", "2020-01-01", "--to", "2022-12-31", "--warehouse", str(warehouse)
    )
    assert done.returncode == 0, done.stderr
    rows = ask(tmp_path, "SELECT document FROM dim_document ORDER BY document_id")
    assert [Path(row["document"]).name for row in rows] == ["c.md", "b.md", "a.md"]


def test_again_costs_nothing(tmp_path: Path) -> None:
    """A range that was loaded, or half of it, is gone on with: what is there is not read again."""
    reports(tmp_path)
    words = ["backfill", str(tmp_path / "in"), "--warehouse", str(tmp_path / "bulletin.duckdb")]
    assert bulletin(*words, "--from", "2022-01-01", "--to", "2022-12-31").returncode == 0
    done = bulletin(*words, "--from", "2019-01-01", "--to", "2022-12-31", "--json")
    assert '"unchanged": 1' in done.stdout
    assert '"loaded": 3' in done.stdout


def test_a_range_that_ends_before_it_begins(tmp_path: Path) -> None:
    """It is wrong usage."""
    done = bulletin("backfill", str(tmp_path), "--from", "2022-01-01", "--to", "2021-01-01")
    assert (done.returncode, "is behind --to" in done.stderr) == (2, True)


def test_a_request_takes_the_settings_for_what_is_not_given(tmp_path: Path, monkeypatch) -> None:
    """A flow that is given nothing runs as the environment says."""
    monkeypatch.setenv("BULLETIN_WAREHOUSE", str(tmp_path / "w.duckdb"))
    monkeypatch.setenv("BULLETIN_PROCESSES", "2")
    request = request_of(["raw"], batch=7, wait=None)
    assert (request.warehouse, request.processes, request.batch) == (tmp_path / "w.duckdb", 2, 7)
    assert (
        pipeline.ingest(request_of([str(report(tmp_path, "None.", "x.md"))], processes=1)).report["summary"]["loaded"]
        == 1
    )
