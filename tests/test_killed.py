"""Killed at any moment, an ingest leaves a warehouse that holds whole documents only, and the next one goes on."""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from bulletin.warehouse import Warehouse, compare, snapshot_of

HERE = Path(__file__).parent
KILLS = 50
SEED = 20261125
MOMENTS = (1, 2, 3, 3, 4, 5, 5, 6, 6, 6, 7, 8, 9, 11, 12, 16, 17)
"""Steps after whose beginning a run is killed: most of the first two batches, some of the report and publishing."""
PAUSES = (0.0, 0.02, 0.15)
"""Longest waits in seconds between the beginning of a step and the kill: at once, soon, in its midst or behind it."""
TEXT = """In December {year} there were {all} million internet users in China: {urban} million urban and {rural} million
rural ones. The internet penetration rate was {rate}%. At the end of {year} there were {sites} million 5G base stations.
"""


class Ingests:
    """The process that forks ingests."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.ingesting"],
            cwd=HERE.parent,
            env={**os.environ, "PYTHONPATH": str(HERE.parent)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.line() == "ready"

    def line(self) -> str:
        """Return the next line that it writes."""
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def run(self, folder: Path, warehouse: Path, steps: int | None = None, pause: float = 0) -> tuple[str, list[str]]:
        """Ingest, killed `pause` seconds after so many steps have begun; return how it ended, and the steps begun."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"folder": str(folder), "warehouse": str(warehouse)}) + "\n")
        self.process.stdin.flush()
        begun: list[str] = []
        child = 0
        while not (line := self.line()).startswith("ended"):
            if line.isdecimal():
                child = int(line)
            else:
                begun.append(line)
            if child and steps is not None and len(begun) >= steps:
                time.sleep(pause)
                with contextlib.suppress(ProcessLookupError):  # it was through already
                    os.kill(child, signal.SIGKILL)
                steps = None
        return line, begun


@pytest.fixture(scope="module")
def ingests() -> Iterator[Ingests]:
    """The process that forks ingests, ended behind the tests."""
    started = Ingests()
    yield started
    started.process.communicate()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six reports, one of whose numbers do not add up, and one that is none."""
    place = tmp_path_factory.mktemp("reports")
    for at in range(6):
        urban, rural = 700 + 10 * at, 280 + at
        whole = urban + rural + (200 if at == 3 else 0)
        numbers = {"year": 2014 + at, "all": whole, "urban": urban, "rural": rural, "rate": 60 + at, "sites": 1 + at}
        (place / f"{at}.md").write_text(TEXT.format(**numbers), encoding="utf-8")
    (place / "none.pdf").write_bytes(b"%PDF-1.7 and no more")
    return place


def earlier(path: Path) -> None:
    """Make a warehouse of an earlier version, to be migrated."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"IMPORT DATABASE '{HERE / 'warehouses' / '050_sources'}'")


def facts_by_document(path: Path) -> dict[tuple[str, str], int]:
    """Return how many facts each vintage has; nothing of a warehouse that has no tables yet.

    It fails where a fact has no document, or where a load says that it brought another number of documents.
    """
    with Warehouse(path, read_only=True, wait=1) as warehouse:
        if not warehouse.rows("SELECT 1 FROM duckdb_tables() WHERE table_name = 'fact_observation'"):
            return {}
        assert not warehouse.rows("SELECT 1 FROM fact_observation ANTI JOIN dim_document USING (document_id)")
        assert not warehouse.rows(
            "SELECT load_id FROM load LEFT JOIN dim_document USING (load_id) "
            "GROUP BY load_id, load.documents HAVING count(document_id) != load.documents"
        )
        counted = warehouse.rows(
            "SELECT document, d.sha256, count(f.document_id) AS facts FROM dim_document AS d "
            "LEFT JOIN fact_observation AS f USING (document_id) GROUP BY ALL"
        )
    return {(row["document"], row["sha256"]): row["facts"] for row in counted}


def assert_whole(path: Path, undisturbed: dict[tuple[str, str], int]) -> int:
    """Check what a kill left: whole documents in the warehouse and in its snapshot, whole reports; return how many."""
    found = facts_by_document(path) if path.exists() else {}
    assert found.items() <= undisturbed.items()
    if snapshot_of(path).exists():
        assert facts_by_document(snapshot_of(path)).items() <= undisturbed.items()
    report = path.parent / "report"
    if (report / "quality.json").exists():
        json.loads((report / "quality.json").read_text(encoding="utf-8"))
    if (report / "quality.html").exists():
        assert (report / "quality.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    return len(found)


def test_fifty_kills_lose_nothing(ingests: Ingests, folder: Path, tmp_path: Path) -> None:
    """Of 50 kills in reading, checking, loading, migrating, reporting and publishing, none leaves a part of a document,
    and what the runs make together is what an undisturbed one makes, value for value and key for key."""
    begin = {"new": lambda path: None, "earlier": earlier}
    whole: dict[str, Path] = {}
    for start, make in begin.items():
        whole[start] = tmp_path / start / "bulletin.duckdb"
        whole[start].parent.mkdir()
        make(whole[start])
        assert ingests.run(folder, whole[start])[0] == "ended 0"
    undisturbed = {start: facts_by_document(path) for start, path in whole.items()}
    chance = random.Random(SEED)
    killed: Counter[str] = Counter()
    completed = 0
    while killed.total() < KILLS or completed < 2:
        start = ("new", "earlier")[completed % 2]
        path = tmp_path / "killed" / "bulletin.duckdb"
        shutil.rmtree(path.parent, ignore_errors=True)
        path.parent.mkdir()
        begin[start](path)
        before, ended = 0, ""
        while ended != "ended 0":
            steps = chance.choice(MOMENTS) if killed.total() < KILLS else None
            ended, begun = ingests.run(folder, path, steps, chance.uniform(0, chance.choice(PAUSES)))
            assert ended in ("ended 0", f"ended {-signal.SIGKILL}")
            if ended != "ended 0":
                killed[begun[-1]] += 1
            now = assert_whole(path, undisturbed[start])
            assert now >= before
            before = now
        completed += 1
        compared = {rows.kind: rows for rows in compare(whole[start], path)}
        for kind in ("facts", "series", "issues", "checks", "keys"):
            assert compared[kind].different == 0, compared[kind].lines
        assert compared["facts"].same >= 30
    print(f"{completed} warehouses, kills by step: {dict(killed)}")
    assert set(killed) >= {"make_ready_to_check", "check_and_load", "report", "publish"}
