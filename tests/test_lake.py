"""The warehouse as a DuckLake: the same tables, several loaders at once, earlier versions, no passwords."""

import itertools
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bulletin import pipeline
from bulletin.cli import main
from bulletin.discover import discover
from bulletin.errors import HeldError, UsageError, WarehouseError
from bulletin.lake import Lake, place_of
from bulletin.settings import Request
from bulletin.warehouse import Warehouse, make_ready, turns
from bulletin.warehouse.keys import reserve
from bulletin.warehouse.lake import FIRST_PAUSE, LONGEST_PAUSE, pauses
from bulletin.warehouse.transaction import in_transaction
from schemas.catalogue import load_catalogue
from tests import postgres
from tests.test_warehouse import KILLED

AREAS = ("Hebei", "Jilin", "Hunan", "Hubei")
needs_postgres = pytest.mark.skipif(
    postgres.programs() is None, reason="PostgreSQL is not installed (apt-get install postgresql)"
)


NUMBERS = itertools.count()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A running PostgreSQL."""
    with postgres.server() as reached:
        yield reached


@pytest.fixture
def lake(server: str, tmp_path: Path) -> Lake:
    """A place for a lake with its catalogue in PostgreSQL; nothing is there yet."""
    return Lake(f"postgres:{postgres.database(server, f'lake{next(NUMBERS)}')}", str(tmp_path / "data"))


@pytest.fixture
def single(tmp_path: Path) -> Lake:
    """A place for a lake whose catalogue is a DuckDB file."""
    return Lake(str(tmp_path / "lake" / "facts.ducklake"))


def reports(folder: Path, area: str, count: int = 9) -> Path:
    """Write reports that state one fact each, no two about the same."""
    folder.mkdir(parents=True, exist_ok=True)
    for year in range(2000, 2000 + count):
        text = f"In December {year} there were {year - 1990} million internet users in {area}."
        (folder / f"{year}.txt").write_text(text, encoding="utf-8")
    return folder


def ask(place: Lake | Path, sql: str) -> list[dict[str, object]]:
    """Return the rows that the query yields."""
    with Warehouse(place, read_only=True) as warehouse:
        return warehouse.rows(sql)


def test_earlier_version_is_asked(single: Lake, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A version of a lake answers as it did then: views by --as-of, tables also by AT in SQL."""
    pipeline.ingest(Request((str(reports(tmp_path / "raw", "Hebei", 2)),), warehouse=single))
    before = ask(single, "SELECT max(snapshot_id) AS version FROM lake.snapshots()")[0]["version"]
    moment = datetime.now(UTC).isoformat()
    pipeline.ingest(Request((str(reports(tmp_path / "more", "Jilin", 3)),), warehouse=single))

    def counted(sql: str, *more: str) -> str:
        assert main(["query", sql, "--warehouse", str(single), "--format", "csv", *more]) == 0
        return capsys.readouterr().out.splitlines()[1]

    sql = "SELECT count(*) FROM series"
    assert [counted(sql), counted(sql, "--as-of", str(before)), counted(sql, "--as-of", moment)] == ["5", "2", "2"]
    assert counted(f"SELECT count(*) FROM fact_observation AT (VERSION => {before})") == "2"
    assert counted(f"SELECT count(*) FROM fact_observation AT (TIMESTAMP => TIMESTAMPTZ '{moment}')") == "2"
    # A lake needs no lock and no snapshot beside it.
    assert {path.name for path in single.parent.iterdir()} <= {"facts.ducklake", "facts.ducklake.files", "report"}
    for wrong in ("99999", "2001-01-01", "yesterday"):
        assert main(["query", sql, "--warehouse", str(single), "--as-of", wrong]) == 2
        assert "version" in capsys.readouterr().err


def test_file_keeps_no_versions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--as-of of a file is wrong usage, and the message says what a file can tell of earlier days."""
    assert main(["query", "FROM series", "--warehouse", str(tmp_path / "b.duckdb"), "--as-of", "3"]) == 2
    assert "series_as_loaded" in capsys.readouterr().err


def test_lake_is_not_rebuilt(single: Lake, capsys: pytest.CaptureFixture[str]) -> None:
    """`rebuild` of a lake is wrong usage, and the message says why it needs none."""
    assert main(["rebuild", "--warehouse", str(single)]) == 2
    assert "every version" in capsys.readouterr().err


def test_missing_lake_says_how_to_make_one(single: Lake) -> None:
    """Asking a lake that is not there names the command that makes it, and makes nothing."""
    with pytest.raises(WarehouseError, match="bulletin ingest raw"):
        ask(single, "SELECT 1")
    assert not single.parent.exists()


@pytest.mark.parametrize(
    ("written", "kept", "password"),
    [
        ("postgres:dbname=a password=se-cret host=b", "postgres:dbname=a host=b", "se-cret"),
        (r"postgres:PASSWORD = 'se \'cret' dbname=a", "postgres:dbname=a", "se 'cret"),
        ("postgres:postgresql://me:se%20cret@host/a", "postgres:postgresql://me@host/a", "se cret"),
        ("postgres:postgresql://host/a?user=me&password=s3", "postgres:postgresql://host/a?user=me", "s3"),
        ("postgres:dbname=a", "postgres:dbname=a", None),
        ("sqlite:a.sqlite", "sqlite:a.sqlite", None),
        ("/data/a.ducklake", "/data/a.ducklake", None),
    ],
)
def test_password_is_taken_out(written: str, kept: str, password: str | None) -> None:
    """A password in the place of a lake goes to PostgreSQL's library by the environment, and is in nothing else."""
    environment: dict[str, str] = {}
    place = place_of(f"ducklake:{written}", "", environment)
    assert (str(place), repr(place)) == (f"ducklake:{kept}", f"Lake(catalogue={kept!r}, data='', as_of='')")
    assert environment.get("PGPASSWORD") == password


@pytest.mark.parametrize("written", ["", "mysql:db=a", "md:a"])
def test_other_catalogues_are_refused(written: str) -> None:
    """What can hold no catalogue is wrong usage, and the message lists what can."""
    with pytest.raises(UsageError, match=r"allowed are .*postgres"):
        place_of(f"ducklake:{written}", "", {})


def test_unreachable_catalogue_keeps_the_password(tmp_path: Path) -> None:
    """A server that does not answer is an error with advice, exit code 2, and the password is not in it."""
    place = f"ducklake:postgres:host={tmp_path} dbname=a password=hush-hush"
    command = [sys.executable, "-m", "bulletin", "query", "SELECT 1", "--warehouse", place]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "cannot be reached" in done.stderr
    assert "hush" not in done.stderr + done.stdout


@needs_postgres
def test_new_lake_asks_where_its_files_go(lake: Lake) -> None:
    """A lake in PostgreSQL is made with a folder for its files only, and needs it no more afterwards."""
    with pytest.raises(WarehouseError, match="--lake-data"):
        make_ready(Lake(lake.catalogue), load_catalogue(), 1)
    for place in (lake, Lake(lake.catalogue)):
        make_ready(place, load_catalogue(), 1)
    with pytest.raises(WarehouseError, match="elsewhere"):
        ask(Lake(lake.catalogue, "/nowhere"), "SELECT 1")


@needs_postgres
def test_four_loaders_at_once_lose_nothing(lake: Lake, tmp_path: Path) -> None:
    """Four processes that load into one new lake at the same time bring every fact once, each under its own key."""
    for area in AREAS:
        reports(tmp_path / "raw" / area, area, 6)
    runs = []
    for area in AREAS:
        command = [sys.executable, "-m", "bulletin", "ingest", f"raw/{area}", "--warehouse", str(lake), "--batch", "3"]
        command += ["--lake-data", lake.data, "--report", f"report/{area}", "--runner", "local", "--quiet"]
        runs.append(subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True))
    assert [(run.communicate(timeout=240)[1], run.returncode) for run in runs] == [("", 0)] * 4
    found = ask(lake, "SELECT area, period, (value / 1e6)::INTEGER AS millions, status FROM fact_observation")
    stated = {(area, f"{year}-12", year - 1990, "accepted") for area in AREAS for year in range(2000, 2006)}
    assert {tuple(row.values()) for row in found} == stated
    assert ask(lake, "SELECT count(*) AS loads, sum(documents) AS n FROM load") == [{"loads": 8, "n": 24}]
    ids = "SELECT count(DISTINCT observation_id) AS n, max(observation_id) AS last FROM fact_observation"
    assert ask(lake, ids) == [{"n": 24, "last": 24}]


@needs_postgres
def test_conflict_begins_again(lake: Lake) -> None:
    """A transaction whose rows another one changed meanwhile is done again, whole, on what that one left."""
    make_ready(lake, load_catalogue(), 1)
    attempts: list[int] = []
    with Warehouse(lake) as one, Warehouse(lake) as other:

        def count() -> int:
            first = reserve(one.connection, "document", 10)
            attempts.append(first)
            if len(attempts) == 1:
                in_transaction(other, lambda: reserve(other.connection, "document", 5))
            return first

        assert in_transaction(one, count) == 6
    assert attempts == [1, 6]


@needs_postgres
def test_endless_conflicts_end(lake: Lake) -> None:
    """A loader that is always too late stops with who was faster, and has written nothing."""
    make_ready(lake, load_catalogue(), 1)
    with Warehouse(lake, wait=0.5) as one, Warehouse(lake) as other:

        def count() -> None:
            reserve(one.connection, "load", 100)
            in_transaction(other, lambda: reserve(other.connection, "load", 1))

        with pytest.raises(HeldError, match="other loaders were faster"):
            in_transaction(one, count)
    assert ask(lake, "SELECT next < 100 AS few FROM counter WHERE name = 'load'") == [{"few": True}]


def test_pauses_grow() -> None:
    """Each pause before a new attempt is longer than the one before, up to a limit, and random so that two part."""
    found = list(itertools.islice(pauses(60), 9))
    assert found[0] <= FIRST_PAUSE
    assert LONGEST_PAUSE / 2 <= found[-1] <= LONGEST_PAUSE
    assert list(pauses(0)) == []


@needs_postgres
def test_batch_is_checked_again_when_others_loaded(lake: Lake, tmp_path: Path) -> None:
    """A batch that was checked before another loader committed is not loaded as it is, but checked anew."""
    reports(tmp_path / "raw", "Hebei", 1)
    other = tmp_path / "raw" / "other.txt"
    other.write_text("In December 2000 there were 99 million internet users in Hebei.", encoding="utf-8")
    request = Request((str(other.parent),), warehouse=lake)
    make_ready(lake, load_catalogue(), 1)
    faster, slower = (pipeline.make_ready_to_check((it,), request) for it in discover(request.paths, request.limits))
    checked = pipeline.check(slower.resolved, request)
    assert not pipeline.load(pipeline.check(faster.resolved, request), (), request, "one").stale
    assert pipeline.load(checked, (), request, "other").stale
    again = pipeline.check(slower.resolved, request)
    assert not pipeline.load(again, (), request, "other").stale
    assert [issue.rule for issue in checked.issues] != [issue.rule for issue in again.issues]
    assert ask(lake, "SELECT count(*) AS n FROM fact_observation WHERE status = 'quarantined'") == [{"n": 2}]


@needs_postgres
def test_loaders_take_turns(lake: Lake) -> None:
    """While one loader has its turn another waits, and goes on without one when that takes too long."""
    order: list[str] = []

    def second(wait: float, said: str) -> Callable[[], None]:
        def work() -> None:
            with turns(lake, wait) as turn, turn():
                order.append(said)

        return work

    make_ready(lake, load_catalogue(), 1)
    with turns(lake, 5) as turn, turn():
        impatient, patient = (threading.Thread(target=second(*said)) for said in ((0.2, "late"), (30, "next")))
        patient.start()
        impatient.start()
        impatient.join()
        order.append("first")
    patient.join()
    assert order == ["late", "first", "next"]


@needs_postgres
def test_killed_loader_leaves_nothing_and_holds_nobody(lake: Lake, tmp_path: Path) -> None:
    """Killed in mid-transaction and in its turn, a loader has written nothing, and the next one goes on at once."""
    folder, report = reports(tmp_path / "raw", "Hebei", 2), tmp_path / "report"
    make_ready(lake, load_catalogue(), 1)
    command = [sys.executable, "-c", KILLED, str(folder), str(lake)]
    run = subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=_env())
    assert run.stdout
    assert run.stdout.readline() == "inside\n"
    os.kill(run.pid, signal.SIGKILL)
    run.communicate()
    assert ask(lake, "SELECT count(*) AS n FROM fact_observation") == [{"n": 0}]
    pipeline.ingest(Request((str(folder),), warehouse=lake, report=report))
    assert ask(lake, "SELECT count(*) AS n, max(observation_id) AS last FROM fact_observation") == [{"n": 2, "last": 2}]


def _env() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
