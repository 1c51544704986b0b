"""The flow, run by a real Prefect with its own temporary server."""

import importlib
import os
import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest
from prefect.artifacts import Artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import TaskRun
from prefect.states import Failed

from bulletin import pipeline
from bulletin.errors import HeldError, UsageError
from bulletin.policy import Policy, SourcePolicy
from bulletin.settings import Request
from bulletin.warehouse import Warehouse
from flows import ingest as module
from flows import publish, quality, rebuild

ROOT = Path(__file__).parent.parent
FLOWS = sorted((ROOT / "flows").glob("*.py"))


@pytest.mark.usefixtures("prefect")
def test_flow_does_what_the_command_does(tmp_path: Path) -> None:
    """Run as a flow, the same files make the same series; each step was a task run, the report an artifact."""
    flowed, plain = tmp_path / "flow.duckdb", tmp_path / "plain.duckdb"
    outcome = module.run(Request(("raw/miit",), warehouse=flowed, report=tmp_path / "one"))
    direct = pipeline.ingest(Request(("raw/miit",), warehouse=plain, report=tmp_path / "two"))
    assert outcome.report["summary"] == direct.report["summary"]
    sql = "SELECT * EXCLUDE (observation_id) FROM series ORDER BY ALL"
    with Warehouse(flowed, read_only=True) as one, Warehouse(plain, read_only=True) as two:
        assert one.rows(sql) == two.rows(sql) != []
    with get_client(sync_client=True) as client:
        [run] = client.read_flow_runs()
        assert run.state
        assert run.state.is_completed()
    assert run.name == "raw/miit into flow.duckdb"
    shown = {key: artifact for key in ("data-quality", "summary", "report") if (artifact := Artifact.get(key))}
    assert "Data-quality report" in str(shown["data-quality"].data)
    assert "accepted" in str(shown["summary"].data)
    assert (tmp_path / "one" / "quality.html").as_uri() in str(shown["report"].data)


@pytest.mark.usefixtures("prefect")
def test_flow_takes_plain_parameters(tmp_path: Path) -> None:
    """The flow runs with the parameters that a schedule gives it: names and numbers only."""
    outcome = module.ingest(
        paths=["raw/broken"],
        warehouse=tmp_path / "b.duckdb",
        batch=2,
        policy=Policy({"cnnic": SourcePolicy(trust=2.0)}),
    )
    assert outcome.failed
    limited = module.ingest(paths=["raw/miit"], warehouse=tmp_path / "c.duckdb", limits={"numbers": 1})
    assert limited.report["summary"]["loaded"] == 0
    assert outcome.report["summary"]["unreadable"] == 2


def test_every_step_is_a_task() -> None:
    """Discover, make ready, check and load, report, publish are the tasks; documents go through in batches."""
    names = [task.name for task in module.TASKS.values()]
    assert names == ["discover", "make_ready_to_check", "check_and_load", "report", "publish"]


@pytest.mark.parametrize(
    ("error", "again"),
    [(HeldError("held", "another"), True), (ConnectionError("gone"), True), (UsageError("no such path"), False)],
)
def test_only_what_may_pass_is_tried_again(error: Exception, again: bool) -> None:
    """A lock or a network may be free a little later; wrong usage stays wrong."""
    state = Failed(message="failed", data=error)
    assert module.may_pass(module.TASKS[pipeline.check_and_load], cast(TaskRun, None), state) is again


@pytest.mark.usefixtures("prefect")
def test_bad_findings_fail_a_run_that_asks_for_it(tmp_path: Path) -> None:
    """The state of the run tells what is open, where the deployment wants that."""
    done = module.ingest(paths=["raw/broken"], warehouse=tmp_path / "b.duckdb", fail_on="error", return_state=True)
    assert done.is_failed()
    assert "quality.html" in str(done.message)
    looked = quality.quality(warehouse=tmp_path / "b.duckdb", return_state=True)
    assert looked.is_failed()
    assert quality.quality(warehouse=tmp_path / "b.duckdb", fail_on="never", return_state=True).is_completed()


@pytest.mark.usefixtures("prefect")
def test_flows_export_and_rebuild(tmp_path: Path) -> None:
    """The exports stand in their folder, and the rebuilt warehouse is equal to the old one."""
    warehouse = tmp_path / "b.duckdb"
    pipeline.ingest(Request(("raw/miit",), warehouse=warehouse))
    assert publish.publish(folder=tmp_path / "out", warehouse=warehouse, formats=["csvw"]) > 0
    assert list((tmp_path / "out" / "csvw").glob("*.csv"))
    assert rebuild.rebuild(paths=["raw/miit"], warehouse=warehouse, return_state=True).is_completed()


@pytest.mark.parametrize("file", FLOWS, ids=lambda file: file.stem)
def test_flow_files_import_and_shadow_nothing(file: Path) -> None:
    """Each file imports, and its name is none that we import: Prefect puts `flows/` first on the path."""
    assert importlib.import_module(f"flows.{file.stem}" if file.stem != "__init__" else "flows")
    if file.stem != "__init__":
        code = f"import sys; sys.path.remove(''); import importlib.util as u; print(u.find_spec({file.stem!r}))"
        found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd="/", check=True)
        assert found.stdout.strip() == "None"


def test_silent_api_is_said_plainly(tmp_path: Path) -> None:
    """Where an API is configured and does not answer, the command says what to do, and exits with 2."""
    result = subprocess.run(
        [sys.executable, "-m", "bulletin", "ingest", "raw/miit", "--warehouse", str(tmp_path / "b.duckdb")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PREFECT_API_URL": "http://127.0.0.1:9/api", "PREFECT_CLIENT_MAX_RETRIES": "0"},
        check=False,
    )
    assert result.returncode == 2
    assert "--runner local" in result.stderr.splitlines()[-1]
