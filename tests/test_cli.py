"""The command as a person uses it: a process, its output, its exit code."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = ("pandas", "pandera", "duckdb", "pyarrow", "prefect", "rich", "yaml", "jinja2")


def bulletin(*arguments: str | Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {key: value for key, value in os.environ.items() if not key.startswith(("PREFECT_", "BULLETIN_"))}
    home = {"PREFECT_HOME": str(cwd / "no-prefect-settings")}
    return subprocess.run(
        [sys.executable, "-m", "bulletin", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=settings | home | {"COLUMNS": "200", "PYTHONPATH": str(ROOT)} | environment,
        check=False,
    )


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of the MIIT samples, made by the command."""
    path = tmp_path_factory.mktemp("command") / "bulletin.duckdb"
    result = bulletin("ingest", "raw/miit", "--warehouse", path)
    assert result.returncode == 0, result.stderr
    return path


def test_help_loads_nothing_heavy() -> None:
    """`--help` imports none of the large libraries, so it starts at once."""
    code = (
        "import sys\nfrom bulletin.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        f"print('heavy:', [name for name in {HEAVY} if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert "heavy: []" in result.stdout
    assert "ingest" in result.stdout


def test_ingest_ends_in_a_summary(tmp_path: Path) -> None:
    """The summary counts documents, facts and checks, says where things are, and shows queries with their answers."""
    result = bulletin("ingest", "raw", "--warehouse", tmp_path / "bulletin.duckdb")
    assert result.returncode == 0, result.stderr
    for words in (
        "21 loaded",
        "accepted",
        "quarantined",
        "unresolved",
        "passed",
        "failed",
        "quality.html",
        "1,425,000",
    ):
        assert words in result.stdout
    assert "0 of 21 documents" in result.stderr
    assert "\x1b" not in result.stdout + result.stderr


def test_bad_data_exits_with_1(tmp_path: Path) -> None:
    """Findings that are errors are printed with their documents, and the exit code is 1."""
    result = bulletin("ingest", "raw/broken", "--warehouse", tmp_path / "bulletin.duckdb")
    assert result.returncode == 1
    assert "cannot be part of" in result.stdout
    assert "raw/broken/not-text/2023-03-02/report.txt" in result.stdout
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("ingest",),
        ("ingest", "absent"),
        ("ingest", "raw/*.absent"),
        ("ingest", "raw/miit", "--runner", "absent"),
        ("ingest", "raw/miit", "--catalogue", "absent"),
        ("ingest", "raw/miit", "--batch", "0"),
        ("query", "SELECT 1", "--warehouse", "absent.duckdb"),
        ("nonsense",),
    ],
)
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """What cannot be done is said in a line, without a traceback, and the exit code is 2."""
    place = () if "--warehouse" in arguments or arguments[0] != "ingest" else ("--warehouse", tmp_path / "b.duckdb")
    result = bulletin(*arguments, *place)
    assert result.returncode == 2
    assert result.stderr
    assert "Traceback" not in result.stderr


def test_quiet_says_nothing(tmp_path: Path) -> None:
    """`--quiet` prints nothing when all is well."""
    result = bulletin("ingest", "raw/miit", "--warehouse", tmp_path / "b.duckdb", "--quiet")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_json_is_one_object(tmp_path: Path) -> None:
    """`--json` prints the summary as one JSON object and nothing else."""
    result = bulletin("ingest", "raw/broken", "--warehouse", tmp_path / "b.duckdb", "--json")
    summary = json.loads(result.stdout)
    assert result.returncode == 1
    assert summary["unreadable"] == 2
    assert {finding["rule"] for finding in summary["findings"]} >= {"part_whole", "parts_sum", "range", "unreadable"}
    assert Path(summary["report"]["html"]).is_file()


def test_nothing_new_is_said(warehouse: Path) -> None:
    """A second ingest of the same files says that there is nothing new."""
    result = bulletin("ingest", "raw/miit", "--warehouse", warehouse)
    assert result.returncode == 0
    assert "Nothing new" in result.stdout


def test_places_may_come_from_the_environment(tmp_path: Path) -> None:
    """BULLETIN_WAREHOUSE and BULLETIN_REPORT say where things go."""
    result = bulletin(
        "ingest",
        "raw/miit",
        "--quiet",
        BULLETIN_WAREHOUSE=str(tmp_path / "w.duckdb"),
        BULLETIN_REPORT=str(tmp_path / "r"),
    )
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "w.duckdb").is_file()
    assert (tmp_path / "r" / "quality.html").is_file()


def test_query_prints_a_table(warehouse: Path) -> None:
    """`query` prints rows under their column names, with separators between thousands."""
    sql = "SELECT period, value FROM series WHERE indicator = 'telecom_revenue' AND measure = 'level' ORDER BY 1"
    result = bulletin("query", sql, "--warehouse", warehouse)
    assert result.stdout.split() == ["period", "value", "2022", "1,580,000,000,000", "2023-H1", "868,800,000,000"]


def test_query_writes_csv_and_json(warehouse: Path) -> None:
    """The same rows come out as CSV and as JSON for programs, numbers without separators."""
    sql = (
        "SELECT period, value::BIGINT AS value FROM series "
        "WHERE indicator = 'telecom_revenue' AND measure = 'level' ORDER BY 1"
    )
    as_csv = bulletin("query", sql, "--warehouse", warehouse, "--format", "csv")
    assert next(csv.DictReader(io.StringIO(as_csv.stdout))) == {"period": "2022", "value": "1580000000000"}
    as_json = bulletin("query", sql, "--warehouse", warehouse, "--format", "json")
    assert json.loads(as_json.stdout)[0] == {"period": "2022", "value": 1_580_000_000_000}


def test_query_cannot_write(warehouse: Path) -> None:
    """The warehouse is opened read-only: a query that would change it is refused."""
    result = bulletin("query", "DELETE FROM load", "--warehouse", warehouse)
    assert result.returncode == 2
    assert "DELETE is refused: here the warehouse is only read" in result.stderr


def test_extract_shows_without_loading(tmp_path: Path) -> None:
    """`extract` prints a JSON line for each stated number, with offsets into the text, and makes no warehouse."""
    text = "截至2021年12月，我国网民规模达１０.３２亿，较2020年12月增长4296万。"
    (tmp_path / "r.txt").write_text(text, encoding="utf-8")
    result = bulletin("extract", "r.txt", "--format", "jsonl", cwd=tmp_path)
    users, growth = map(json.loads, result.stdout.splitlines())
    assert (users["indicator"], users["value"], users["period"]) == ("internet_users", 1_032_000_000, "2021-12")
    assert (growth["measure"], growth["direction"], growth["base_period"]) == ("change", "up", "2020-12")
    assert text[users["start"] : users["end"]] == users["quote"] == "１０.３２亿"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["r.txt"]


def test_extract_tells_of_unreadable_files(tmp_path: Path) -> None:
    """A file that cannot be read is named on standard error, the others are shown, the exit code is 1."""
    (tmp_path / "good.txt").write_text("In December 2021 there were 5 million internet users.", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    result = bulletin("extract", "good.txt", "empty.txt", "--format", "jsonl", cwd=tmp_path)
    assert result.returncode == 1
    assert "empty.txt: the file is empty" in result.stderr
    assert json.loads(result.stdout)["value"] == 5_000_000


def test_report_covers_the_whole_warehouse(tmp_path: Path) -> None:
    """`report` writes the page over everything that is loaded."""
    path = tmp_path / "b.duckdb"
    bulletin("ingest", "raw/miit", "--warehouse", path, "--quiet")
    bulletin("ingest", "raw/broken", "--warehouse", path, "--quiet")
    result = bulletin("report", "--warehouse", path, "--json")
    assert result.returncode == 1
    assert json.loads(result.stdout)["documents"] == 11


def test_docs_are_written_from_the_comments(warehouse: Path, tmp_path: Path) -> None:
    """`docs` writes the data dictionary from what the warehouse says of itself."""
    result = bulletin("docs", tmp_path / "dictionary.md", "--warehouse", warehouse)
    assert result.returncode == 0, result.stderr
    text = (tmp_path / "dictionary.md").read_text(encoding="utf-8")
    assert "## fact_observation" in text
    assert "| technology | VARCHAR | Technology that it is narrowed to" in text
