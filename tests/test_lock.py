"""One run writes at a time; who comes second waits, or is told who is there; readers are served meanwhile."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from bulletin import cli, pipeline
from bulletin.errors import HeldError
from bulletin.settings import Request
from bulletin.warehouse import Warehouse, publish, reading, snapshot_of

USERS = "In December {year} there were {users} million internet users in China."
COUNT = "SELECT count(*) AS n FROM dim_document"
HOLDING = """
import sys
from pathlib import Path
from bulletin import pipeline
from bulletin.settings import Request

def stopping(step, *arguments):
    if step is pipeline.check_and_load:
        print("stopped", flush=True)
        sys.stdin.readline()
    return step(*arguments)

pipeline.ingest(Request((sys.argv[1],), warehouse=Path(sys.argv[2])), run=stopping)
"""
READING = (
    "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=sys.argv[2] == 'read'); print('open', flush=True)"
)
READING += "; sys.stdin.readline()"


@contextmanager
def process(code: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Run Python code up to the line that it writes; it goes on and ends behind the block."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    started = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert started.stdout
    assert started.stdout.readline()
    try:
        yield started
    finally:
        started.communicate("go on\n", timeout=60)


def write(folder: Path, year: int, users: int) -> Path:
    """Write a report."""
    folder.mkdir(exist_ok=True)
    file = folder / f"{year}.md"
    file.write_text(USERS.format(year=year, users=users), encoding="utf-8")
    return file


def made(place: Path) -> Path:
    """Make a warehouse with one report, and two more that wait in `new`; return the warehouse."""
    path = place / "bulletin.duckdb"
    pipeline.ingest(Request((str(write(place / "old", 2020, 989)),), warehouse=path))
    write(place / "new", 2021, 1032)
    write(place / "new", 2022, 1067)
    return path


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """A warehouse with one report, and two more that wait in `new`."""
    return made(tmp_path)


def ingest(warehouse: Path, wait: float) -> int:
    """Run the command over the new reports."""
    new = warehouse.parent / "new"
    return cli.main(["ingest", str(new), "--warehouse", str(warehouse), "--runner", "local", "--wait", str(wait)])


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    """A warehouse that a run is writing to, stopped before it loads, and the id of its process."""
    path = made(tmp_path_factory.mktemp("held"))
    with process(HOLDING, path.parent / "new", path) as run:
        yield path, run.pid


def test_second_ingest_is_told_of_the_first(held: tuple[Path, int], capsys: pytest.CaptureFixture[str]) -> None:
    """A run that meets another one ends with 2 and says which process it is, with its command and since when."""
    warehouse, first = held
    assert ingest(warehouse, wait=0.2) == cli.WRONG_USAGE
    said = capsys.readouterr().err
    assert f"waiting for process {first} (-c " in said
    assert f"another process holds the warehouse: process {first} (-c {warehouse.parent}" in said
    assert " since 20" in said
    assert "nothing was loaded" in said


def test_second_ingest_waits(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A run that meets another one waits for it, and finds its work done: nothing is loaded twice."""
    codes = []
    with process(HOLDING, warehouse.parent / "new", warehouse):
        second = threading.Thread(target=lambda: codes.append(ingest(warehouse, wait=60)))
        second.start()
        second.join(0.5)
        assert second.is_alive()
    second.join()
    assert codes == [cli.OK]
    assert "2 unchanged" in capsys.readouterr().out
    with Warehouse(warehouse, read_only=True) as opened:
        assert opened.rows(COUNT) == [{"n": 3}]


def test_killed_run_holds_nothing(warehouse: Path) -> None:
    """A lock ends with the process that held it."""
    with process(HOLDING, warehouse.parent / "new", warehouse) as first:
        os.kill(first.pid, signal.SIGKILL)
    assert ingest(warehouse, wait=0) == cli.OK


@pytest.mark.parametrize("how", ["read", "write"])
def test_other_programs_are_named(warehouse: Path, how: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a person's own DuckDB has the file open, a run says which process that is, and loads when it has gone."""
    with process(READING, warehouse, how) as other:
        assert ingest(warehouse, wait=0.2) == cli.WRONG_USAGE
        assert f"another process holds the warehouse: process {other.pid} (python" in capsys.readouterr().err
    assert ingest(warehouse, wait=0) == cli.OK


def test_readers_are_served_while_a_run_writes(held: tuple[Path, int], capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever asks while a run writes is answered from the snapshot of before the run, and told so."""
    warehouse, run = held
    at = ["--warehouse", str(warehouse)]
    assert cli.main(["query", COUNT, "--format", "csv", *at]) == cli.OK
    answer = capsys.readouterr()
    assert answer.out.split() == ["n", "1"]
    assert answer.err.startswith("bulletin: as of 20")
    assert f"{snapshot_of(warehouse)}: {warehouse} is held by process {run} (-c" in answer.err
    assert cli.main(["report", *at]) == cli.OK
    assert cli.main(["explain", "internet_users", "2020-12", *at]) == cli.OK


def test_readers_are_served_while_another_program_writes(warehouse: Path) -> None:
    """A person's own DuckDB that holds the file for writing does not keep readers out either."""
    with process(READING, warehouse, "write"), reading(warehouse) as opened:
        assert opened.path == snapshot_of(warehouse)
        assert opened.rows(COUNT) == [{"n": 1}]


def test_without_a_snapshot_readers_wait(warehouse: Path) -> None:
    """Where there is no snapshot, who reads while another program writes is told which one."""
    snapshot_of(warehouse).unlink()
    with process(READING, warehouse, "write") as other, pytest.raises(HeldError, match=f"process {other.pid} "):
        reading(warehouse, wait=0.1)


def test_snapshot_is_equal_and_renewed_only_by_news(warehouse: Path) -> None:
    """Behind each run the snapshot holds the same bytes as the warehouse; a run without news leaves it as it is."""
    snapshot = snapshot_of(warehouse)
    before = snapshot.stat()
    assert snapshot.read_bytes() == warehouse.read_bytes()
    assert not publish(warehouse)
    assert ingest(warehouse, wait=0) == cli.OK
    assert snapshot.read_bytes() == warehouse.read_bytes()
    assert snapshot.stat().st_ino != before.st_ino
    kept = snapshot.stat().st_ino
    assert ingest(warehouse, wait=0) == cli.OK
    assert snapshot.stat().st_ino == kept


def test_open_snapshot_is_not_disturbed(warehouse: Path) -> None:
    """Who has the snapshot open goes on reading it as it was when a new one is published."""
    with (
        process(READING, snapshot_of(warehouse), "read"),
        duckdb.connect(str(snapshot_of(warehouse)), read_only=True) as open_one,
    ):
        assert ingest(warehouse, wait=0) == cli.OK
        assert open_one.execute(COUNT).fetchall() == [(1,)]
    with duckdb.connect(str(snapshot_of(warehouse)), read_only=True) as new_one:
        assert new_one.execute(COUNT).fetchall() == [(3,)]


def test_snapshot_can_be_switched_off(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `snapshot = false` none is published, and the one that is there does not grow old."""
    monkeypatch.setenv("BULLETIN_SNAPSHOT", "0")
    assert ingest(warehouse, wait=0) == cli.OK
    assert not snapshot_of(warehouse).exists()


def test_decision_waits_for_the_run(
    held: tuple[Path, int], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a person decides is not written in the midst of a run."""
    monkeypatch.setattr("bulletin.settings.WAIT", 0.1)
    assert cli.main(["quality", "reopen", "abc", "--warehouse", str(held[0])]) == cli.WRONG_USAGE
    assert "another process holds the warehouse" in capsys.readouterr().err
