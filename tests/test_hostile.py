"""Everything hostile at once, beside two good reports, ingested by the command as a person would."""

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bulletin.limits import DEFAULTS
from bulletin.warehouse import Warehouse
from tests.samples import make_hostile

SECONDS = 120
"""For the whole folder; an idle machine needs about 15."""
RUN = """
import resource, sys
from bulletin.cli import main
code = main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""
HIT = {
    "200mb.txt": ("200,000,000 bytes", "100,000,000", "file_bytes"),
    "bomb.zip/0.txt": ("1,028 times", "200 times", "unpacked_ratio"),
    "many.zip": ("10,001 files", "10,000", "archive_members"),
    "rows.xlsx": ("400,000 numbers", "300,000", "numbers"),
    "repeated.xlsx": ("10,400,133", "250 times", "save it without"),
    "numbers.txt": ("400,000 numbers", "300,000", "numbers"),
    "characters.txt": ("24,000,000 bytes", "5,000,000", "characters"),
    "cell.csv": ("50,000,018 bytes", "5,000,000", "characters"),
    "unclosed.csv": ("19,000,020 characters", "5,000,000", "characters"),
    "nul.csv": ("NUL bytes",),
    "link.txt": ("leads out of the folder, to /etc/passwd",),
    "pipe.txt": ("a named pipe",),
    "far-cell.xlsx": ("1,048,576 x 16,384 cells",),
    "strings.xlsx": ("4,294,967,295 texts",),
}
"""What the findings of some files must say: what was found, the limit, and the setting, where it is one."""


@dataclass(frozen=True)
class Outcome:
    """What came of the run."""

    hostile: list[str]
    code: int
    seconds: float
    memory: int
    summary: dict[str, Any]
    findings: dict[str, list[str]]
    """Messages, by the path within the folder."""
    warehouse: Path


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The run over the folder, by a process of its own."""
    home = tmp_path_factory.mktemp("hostile")
    hostile = make_hostile.make()
    start = time.monotonic()
    paths = [str(make_hostile.FOLDER), "--warehouse", str(home / "b.duckdb"), "--runner", "local", "--json"]
    result = subprocess.run(
        [sys.executable, "-c", RUN, "ingest", *paths], capture_output=True, text=True, check=False, timeout=10 * SECONDS
    )
    seconds = time.monotonic() - start
    findings: dict[str, list[str]] = {}
    with Warehouse(home / "b.duckdb", read_only=True) as warehouse:
        for row in warehouse.rows(
            "SELECT document, rule, message FROM fact_issue JOIN dim_document USING (document_id)"
        ):
            name = str(row["document"]).partition("/hostile/")[2]
            findings.setdefault(name, []).append(f"{row['rule']}: {row['message']}")
    kilobytes = int(result.stderr.splitlines()[-1]) / (1024 if sys.platform == "darwin" else 1)
    summary = json.loads(result.stdout)
    return Outcome(hostile, result.returncode, seconds, int(kilobytes * 1024), summary, findings, home / "b.duckdb")


def test_every_hostile_file_is_a_finding(outcome: Outcome) -> None:
    """Each file, or a member of it, is named by a finding of its own."""
    named = {name.split(".zip/")[0] + ".zip" if ".zip/" in name else name for name in outcome.findings}
    assert set(outcome.hostile) - named == set()


@pytest.mark.parametrize("name", HIT)
def test_findings_name_the_limit(outcome: Outcome, name: str) -> None:
    """Where a limit was hit the finding says what was found, what is allowed and what to do about it."""
    (message,) = outcome.findings[name]
    assert message.startswith("unreadable: ")
    assert [words for words in HIT[name] if words not in message] == []


def test_what_is_hostile_is_not_loaded(outcome: Outcome) -> None:
    """Only files that look worse than they are, and that were read within the limits, are loaded."""
    with Warehouse(outcome.warehouse, read_only=True) as warehouse:
        rows = warehouse.rows("SELECT document FROM dim_document WHERE status = 'loaded'")
    loaded = {str(row["document"]).partition("/hostile/")[2].partition("/")[0] for row in rows}
    assert loaded - set(make_hostile.GOOD) - {"many.zip"} <= make_hostile.HARMLESS


def test_the_good_reports_are_loaded(outcome: Outcome) -> None:
    """The reports beside them are loaded with their facts, and the command says that something is wrong."""
    with Warehouse(outcome.warehouse, read_only=True) as warehouse:
        facts = warehouse.rows("SELECT document FROM provenance WHERE status = 'accepted'")
    assert outcome.code == 1
    for name in make_hostile.GOOD:
        assert any(str(row["document"]).endswith(name) for row in facts)


def test_it_takes_bounded_time_and_memory(outcome: Outcome) -> None:
    """The whole folder takes no more than two minutes, and no worker more memory than it may have."""
    assert outcome.seconds < SECONDS
    assert outcome.memory < DEFAULTS.read_memory + 50_000_000
