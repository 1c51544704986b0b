"""`make serve`: a real server, its schedules and a worker, started and ended by one command."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import FlowRun
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.states import Scheduled

from bulletin.warehouse import Warehouse

ROOT = Path(__file__).parent.parent
SECONDS = 180
"""More than a slow machine takes."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple["subprocess.Popen[str]", str, Path]]:
    """The command, the address of its API and the warehouse that it loads."""
    folder = tmp_path_factory.mktemp("served")
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    warehouse = folder / "served.duckdb"
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith(("PREFECT_", "BULLETIN_"))},
        "PREFECT_HOME": str(folder / "home"),
        "BULLETIN_WAREHOUSE": str(warehouse),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "flows.serve", "--port", str(port)]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=log, text=True, cwd=ROOT, env=environment, start_new_session=True
        )
    try:
        assert process.stdout
        lines = iter(process.stdout.readline, "")
        assert any("serving at" in line for line in lines), (folder / "log").read_text()
        yield process, f"http://127.0.0.1:{port}/api", warehouse
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def ended(client: SyncPrefectClient, runs: list[FlowRun]) -> list[FlowRun]:
    """Wait until all runs have ended, and return them as they are then."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        found = [client.read_flow_run(run.id) for run in runs]
        if all(run.state and run.state.is_final() for run in found):
            return found
        time.sleep(0.5)
    raise AssertionError([(run.name, run.state_name) for run in found])


def test_one_run_does_the_work_of_those_that_were_late(
    served: tuple["subprocess.Popen[str]", str, Path],
) -> None:
    """Runs are planned by the clock; of several that were due while the machine was off one loads, the others end."""
    _, address, warehouse = served
    with temporary_settings({PREFECT_API_URL: address}), get_client(sync_client=True) as client:
        deployment = client.read_deployment_by_name("ingest/scheduled")
        due = [Scheduled(scheduled_time=datetime.now(UTC) - timedelta(days=days)) for days in (3, 2, 1)]
        given = {"paths": ["raw/miit"]}
        runs = [client.create_flow_run_from_deployment(deployment.id, state=state, parameters=given) for state in due]
        states = sorted(str(run.state_name) for run in ended(client, runs))
        assert states == ["Cancelled", "Cancelled", "Completed"]
        planned = [run for run in client.read_flow_runs() if run.auto_scheduled]
        assert planned
        assert all(run.expected_start_time and run.expected_start_time > datetime.now(UTC) for run in planned)
    with Warehouse(warehouse, read_only=True) as opened:
        assert opened.rows("SELECT count(DISTINCT load_id) AS loads FROM load") == [{"loads": 1}]


def test_it_ends_with_all_that_it_started(served: tuple["subprocess.Popen[str]", str, Path]) -> None:
    """Ctrl-C ends server and worker, and nothing listens any more."""
    process, address, _ = served
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    port = int(address.split(":")[2].split("/")[0])
    with closing(socket.socket()) as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
