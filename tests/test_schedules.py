"""`bulletin schedule`: what will run when, and what is wrong with the deployments."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bulletin import schedules
from bulletin.errors import UsageError
from tests.test_cli import bulletin

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
SOUND = """
deployments:
  - name: nightly
    entrypoint: flows/ingest.py:ingest
    parameters: {paths: [raw]}
    schedules: [{cron: "30 6 * * 1-5", timezone: Europe/Berlin}]
    concurrency_limit: 1
"""


def found(folder: Path, text: str) -> list[str]:
    """Return what is wrong with the deployments of the text, in the project that we are."""
    file = folder / "prefect.yaml"
    file.write_text(text, encoding="utf-8")
    return [problem for deployment in schedules.read(file) for problem in schedules.problems(deployment, ROOT)]


def test_ours_is_sound() -> None:
    """The deployments of the project have flows that take their parameters, and one run at a time."""
    listed = schedules.read(ROOT / "prefect.yaml")
    assert [f"{deployment.flow}/{deployment.name}" for deployment in listed] == [
        "ingest/scheduled",
        "publish/scheduled",
        "quality/weekly",
        "rebuild/asked",
    ]
    assert [problem for deployment in listed for problem in schedules.problems(deployment, ROOT)] == []


def test_times_in_words(tmp_path: Path) -> None:
    """A schedule is said in words, with its next times in its own time zone."""
    assert found(tmp_path, SOUND) == []
    [deployment] = schedules.read(tmp_path / "prefect.yaml")
    assert list(schedules.words(deployment, NOW, 2)) == [
        "ingest/nightly  (paths=['raw'])",
        "  At 06:30 on Monday through Friday, Europe/Berlin time (30 6 * * 1-5)",
        "  next: Thu 2026-11-26 06:30 CET, Fri 2026-11-27 06:30 CET",
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("30 6 * * 1-5", "30 26 * * *", "ingest/nightly: cron '30 26 * * *': Bad hour"),
        ("Europe/Berlin", "Europe/Berln", "ingest/nightly: there is no time zone 'Europe/Berln'"),
        ("py:ingest", "py:digest", "digest/nightly: there is no function 'digest' in flows/ingest.py"),
        ("flows/ingest.py", "flows/none.py", "ingest/nightly: there is no function 'ingest' in flows/none.py"),
        ("paths: [raw]", "path: raw", "ingest/nightly: the flow takes no parameter 'path'; it takes paths, warehouse"),
        ("    concurrency_limit: 1\n", "", "ingest/nightly: give it a `concurrency_limit` of 1"),
    ],
)
def test_problems(tmp_path: Path, old: str, new: str, problem: str) -> None:
    """What would fail at night is told now, with the deployment and what to do."""
    [said] = found(tmp_path, SOUND.replace(old, new))
    assert said.startswith(problem)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("deployments: 5", "it has no list of `deployments`"),
        ("deployments: [{name: x}]", "deployment 1 is {'name': 'x'}; it needs a `name` and an `entrypoint`"),
        ("deployments: [", "not YAML"),
        ("deployments: [{name: x, entrypoint: 'a:b', schedules: [daily]}]", "a schedule of x is 'daily'"),
    ],
)
def test_what_is_no_list_of_deployments(tmp_path: Path, text: str, message: str) -> None:
    """A file that cannot be read as deployments is wrong usage, and the message says where."""
    with pytest.raises(UsageError, match=r"prefect\.yaml") as error:
        found(tmp_path, text)
    assert message in str(error.value)


def test_the_command_exits_with_1_where_something_is_wrong(tmp_path: Path) -> None:
    """`bulletin schedule` prints what runs when, and tells problems by its exit code."""
    file = tmp_path / "prefect.yaml"
    file.write_text(SOUND.replace("Europe/Berlin", "Mars/Olympus"), encoding="utf-8")
    done = bulletin("schedule", "--file", str(file))
    assert done.returncode == 1
    assert "never: 30 6 * * 1-5 (Mars/Olympus) is no schedule" in done.stdout
    assert "there is no time zone 'Mars/Olympus'" in done.stderr
