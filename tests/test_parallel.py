"""Side by side: processes and Dask workers make the same warehouse as one process, and may die."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bulletin import pipeline
from bulletin.errors import UsageError
from bulletin.parallel import dask, in_order, processes
from bulletin.runners import run_with
from bulletin.settings import Request
from bulletin.warehouse import Warehouse
from tests.findings import report

pytestmark = pytest.mark.filterwarnings("ignore")  # of distributed, which is not ours to mend
TEXT = "By December {year}, China had {users} million internet users, {urban} million urban and {rural} million rural."


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of reports, one of which cannot be read and one of which does not add up."""
    folder = tmp_path_factory.mktemp("raw")
    for year in range(2010, 2022):
        text = TEXT.format(year=year, users=900 + year - 2010, urban=600, rural=300 + year - 2010)
        report(folder, text, f"{year}.txt", published=f"{year + 1}-02-25")
    report(folder, TEXT.format(year=2022, users=1067, urban=759, rural=3080), "2022.txt", published="2023-03-02")
    (folder / "torn.pdf").write_bytes(b"%PDF-1.7 torn")
    return folder


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A Dask cluster of two workers on this machine."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as running:
        yield running


def everything(raw: Path, folder: Path, **options: Any) -> dict[str, list[dict[str, Any]]]:
    """Ingest the folder and return all that the warehouse then holds, but for the moments of loading."""
    warehouse = folder / "bulletin.duckdb"
    pipeline.ingest(Request((str(raw),), warehouse=warehouse, batch=3, **options))
    with Warehouse(warehouse, read_only=True) as opened:
        return {
            "documents": opened.rows(
                "SELECT * EXCLUDE (loaded_at, loaded_until) FROM dim_document ORDER BY document_id"
            ),
            "facts": opened.rows("SELECT * FROM fact_observation ORDER BY observation_id"),
            "series": opened.rows("SELECT * FROM series ORDER BY series_id, period"),
            "issues": opened.rows("SELECT * EXCLUDE (since) FROM issue ORDER BY issue"),
        }


@pytest.fixture(scope="module")
def alone(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """What one process makes."""
    return everything(raw, tmp_path_factory.mktemp("alone"))


def test_processes_make_the_same_warehouse(raw: Path, alone: dict[str, Any], tmp_path: Path) -> None:
    """With two processes every value, key and finding is the same."""
    assert len(alone["facts"]) == 39
    assert everything(raw, tmp_path, processes=2) == alone


def test_dask_makes_the_same_warehouse(raw: Path, alone: dict[str, Any], tmp_path: Path, cluster: Any) -> None:
    """With the workers of a cluster every value, key and finding is the same."""
    assert everything(raw, tmp_path, address=cluster.scheduler_address) == alone


def slowly(batch: int) -> int:
    """Take a moment, and return the number; the third dies on the way, wherever it is not this process."""
    if batch == 3 and os.getpid() != int(os.environ["MAIN"]):
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.05)
    return batch * batch


def test_process_that_dies_costs_time_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a process is killed its batches are made by this one, in their order."""
    monkeypatch.setenv("MAIN", str(os.getpid()))
    told: list[BaseException] = []
    with processes(2, os.getpid) as pool:
        assert list(in_order(pool, slowly, range(8), told.append)) == [n * n for n in range(8)]
    assert told


def test_dask_worker_that_dies_costs_time_only(raw: Path, alone: dict[str, Any], tmp_path: Path, cluster: Any) -> None:
    """Where a worker of the cluster is killed another one does its work, and the warehouse is the same."""
    victim = next(iter(cluster.workers.values())).process.pid
    timer = threading.Timer(0.2, os.kill, (victim, signal.SIGKILL))
    timer.start()
    assert everything(raw, tmp_path, address=cluster.scheduler_address) == alone
    timer.join()


def test_order_is_that_of_the_batches(cluster: Any) -> None:
    """Batches that take longer hold up those behind them, and change places with none."""
    with dask(cluster.scheduler_address) as pool:
        found = list(in_order(pool, lambda n: (time.sleep((5 - n) / 20), n)[1], range(5), print))
    assert found == [0, 1, 2, 3, 4]


def test_mistake_of_a_worker_is_raised(tmp_path: Path) -> None:
    """What a step raises is no death of a worker: it is raised here."""
    with processes(1, os.getpid) as pool, pytest.raises(ZeroDivisionError):
        list(in_order(pool, divided, [0], print))


def divided(batch: int) -> float:
    """Return the inverse."""
    return 1 / batch


@pytest.mark.parametrize(
    ("runner", "address", "said"),
    [
        ("dask", "", "needs --address"),
        ("local", "tcp://127.0.0.1:1", "for --runner dask"),
        ("dask", "nowhere", "no Dask scheduler answers"),
    ],
)
def test_wrong_address_is_wrong_usage(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, runner: str, address: str, said: str
) -> None:
    """A runner without a cluster, a cluster without its runner, and a scheduler that is not there are told."""
    monkeypatch.setattr("bulletin.parallel.DASK_WAIT", 1)
    request = Request((str(raw),), warehouse=tmp_path / "b.duckdb", address=address)
    with pytest.raises(UsageError, match=said):
        run_with(runner, request, pipeline.silent)
