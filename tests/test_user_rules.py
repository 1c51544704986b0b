"""Rules that a user writes: SQL that selects bad rows, pandera checks that return row masks."""

import re
from pathlib import Path

import pytest

from bulletin import decisions
from bulletin.errors import UsageError
from bulletin.warehouse import Warehouse
from tests.findings import MENDED, ask, ingest, report, statuses

ROOT = Path(__file__).parent.parent
TEXT = "In December 2021 there were 1.032 billion internet users in China, and over 300 million rural internet users."
LARGE = """-- title: No billions
-- severity: {severity}
-- over: {over}
SELECT observation_id, 'a billion or more' AS message FROM facts WHERE value >= 1e9
"""


def rules(folder: Path, **files: str) -> Path:
    """Write files of rules, `name_sql` as name.sql, and return their folder."""
    home = folder / "rules"
    home.mkdir(exist_ok=True)
    for name, text in files.items():
        (home / ".".join(name.rsplit("_", 1))).write_text(text, encoding="utf-8")
    return home


def found(folder: Path) -> list[tuple[str, str, str]]:
    rows = ask(folder, "SELECT rule, severity, state FROM issue ORDER BY ALL")
    return [(row["rule"], row["severity"], row["state"]) for row in rows]


def test_query_quarantines(tmp_path: Path) -> None:
    """A row that an error query selects is a finding with the query's words, and its fact is held back."""
    home = rules(tmp_path, large_sql=LARGE.format(severity="error", over="new"))
    outcome = ingest(tmp_path, report(tmp_path / "in", TEXT), rules=(home,))
    assert outcome.failed
    assert found(tmp_path) == [("large", "error", "open")]
    assert statuses(tmp_path) == {"report.md 1.032 billion": "quarantined", "report.md 300 million": "accepted"}
    [finding] = outcome.report["findings"]
    assert finding["title"] == "No billions"
    assert "a billion or more" in finding["message"]


def test_warning_query_leaves_its_facts(tmp_path: Path) -> None:
    """What a warning query selects is accepted."""
    home = rules(tmp_path, large_sql=LARGE.format(severity="warning", over="new"))
    outcome = ingest(tmp_path, report(tmp_path / "in", TEXT), rules=(home,))
    assert not outcome.failed
    assert outcome.fails("warning")
    assert set(statuses(tmp_path).values()) == {"accepted"}


def test_our_rules_do_not_free_what_a_query_holds_back(tmp_path: Path) -> None:
    """A later document with which a fact agrees does not undo what the user's rule said."""
    home = rules(tmp_path, large_sql=LARGE.format(severity="error", over="new"))
    ingest(tmp_path, report(tmp_path / "in", TEXT, "a.md"), rules=(home,))
    ingest(tmp_path, report(tmp_path / "in", MENDED, "b.md", published="2022-03-01"))
    assert statuses(tmp_path)["a.md 1.032 billion"] == "quarantined"


def test_query_over_all_closes_its_findings(tmp_path: Path) -> None:
    """A query over the whole warehouse finds what was loaded before, and closes and frees what it finds no more."""
    ingest(tmp_path, report(tmp_path / "in", TEXT, "a.md"))
    home = rules(tmp_path, large_sql=LARGE.format(severity="error", over="all"))
    ingest(tmp_path, report(tmp_path / "in", "In June 2021 there were 5 million posts.", "b.md"), rules=(home,))
    assert statuses(tmp_path)["a.md 1.032 billion"] == "quarantined"
    rules(tmp_path, large_sql=LARGE.format(severity="error", over="all").replace("1e9", "1e12"))
    ingest(tmp_path, report(tmp_path / "in", "In June 2020 there were 6 million posts.", "c.md"), rules=(home,))
    assert [state for rule, _, state in found(tmp_path) if rule == "large"] == ["closed"]
    assert statuses(tmp_path)["a.md 1.032 billion"] == "accepted"


def test_dismissed_finding_of_a_query_stays(tmp_path: Path) -> None:
    """What a person dismissed a user's rule does not hold back again."""
    home = rules(tmp_path, large_sql=LARGE.format(severity="error", over="all"))
    file = report(tmp_path / "in", TEXT)
    ingest(tmp_path, file, rules=(home,))
    with Warehouse(tmp_path / "bulletin.duckdb") as warehouse:
        issue = warehouse.rows("SELECT issue FROM issue")[0]["issue"]
        decisions.dismiss(warehouse, issue, reason="it is one")
    ingest(tmp_path, file, rules=(home,), again=True)
    assert found(tmp_path) == [("large", "error", "dismissed")]
    assert set(statuses(tmp_path).values()) == {"accepted"}


CHECKS = """
import pandera.pandas as pa

CHECKS = [
    pa.Check(lambda facts: facts["bound"] == "exact", name="no_hedges", error="a hedge stands before it"),
    pa.Check(lambda facts: facts["value"] < 10**9, name="small", statistics={"severity": "info"}),
]
"""


def test_pandera_checks(tmp_path: Path) -> None:
    """A check's mask is a finding for each false row, with its name, its words and its severity."""
    outcome = ingest(tmp_path, report(tmp_path / "in", TEXT), rules=(rules(tmp_path, mine_py=CHECKS),))
    assert found(tmp_path) == [("no_hedges", "error", "open"), ("small", "info", "open")]
    assert statuses(tmp_path)["report.md 300 million"] == "quarantined"
    assert any("a hedge stands before it" in finding["message"] for finding in outcome.report["findings"])


BROKEN = {
    "syntax_sql": ("SELECT observation_id,\n  FROM WHERE", r"syntax\.sql:2: "),
    "column_sql": ("-- title: x\nSELECT observation_id, absent AS message FROM facts", r"column\.sql:2: .*absent"),
    "runtime_sql": ("SELECT observation_id, error('no') AS message FROM facts", r"runtime\.sql:1: "),
    "delete_sql": ("DELETE FROM fact_observation", r"delete\.sql:1: it is one SELECT"),
    "shape_sql": ("SELECT 1 AS one", r"shape\.sql:1: it selects one"),
    "severe_sql": ("-- title: x\n-- severity: fatal\nSELECT 1", r"severe\.sql:2: severity is 'fatal'"),
    "jump_sql": ("SELECT 1", r"jump\.sql:1: the name 'jump' is taken"),
    "import_py": ("import absent_module_of_mine", r"import\.py:1: ModuleNotFoundError"),
    "none_py": ("x = 1", r"none\.py:1: .*CHECKS"),
    "fails_py": (
        "import pandera.pandas as pa\n\ndef bad(facts):\n    return facts['absent'] > 1\n\nCHECKS = [pa.Check(bad)]",
        r"fails\.py:4: bad: KeyError",
    ),
    "scalar_py": (
        "import pandera.pandas as pa\nCHECKS = [pa.Check(lambda facts: True, name='all')]",
        r"scalar\.py:2: all: it returns",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_rule_is_a_finding(tmp_path: Path, name: str) -> None:
    """A rule that cannot be run is a finding with file and line, and the run goes on with everything else."""
    text, message = BROKEN[name]
    home = rules(tmp_path, **{name: text, "zz_sql": LARGE.format(severity="warning", over="new")})
    outcome = ingest(tmp_path, report(tmp_path / "in", TEXT), rules=(home,))
    assert outcome.failed
    broken, large = outcome.report["findings"]
    assert (broken["rule"], large["rule"]) == ("user_rule", "zz")
    assert re.search(message, broken["message"])
    assert set(statuses(tmp_path).values()) == {"accepted"}


def test_mended_rule_closes_its_finding(tmp_path: Path) -> None:
    """Once a rule runs, the finding that it did not is closed."""
    home = rules(tmp_path, large_sql="SELECT nothing")
    ingest(tmp_path, report(tmp_path / "in", TEXT, "a.md"), rules=(home,))
    rules(tmp_path, large_sql=LARGE.format(severity="warning", over="new"))
    ingest(tmp_path, report(tmp_path / "in", "In June 2021 there were 5 million posts.", "b.md"), rules=(home,))
    assert ("user_rule", "error", "closed") in found(tmp_path)


def test_missing_folder_is_wrong_usage(tmp_path: Path) -> None:
    """A folder of rules that is not there is said before anything is loaded."""
    with pytest.raises(UsageError, match="no such folder"):
        ingest(tmp_path, report(tmp_path / "in", TEXT), rules=(tmp_path / "absent",))


@pytest.mark.parametrize("language", ["sql", "python"])
def test_documented_example_runs(tmp_path: Path, language: str) -> None:
    """The examples of docs/quality.md are rules that run and find what the page says."""
    page = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
    example = re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)[0]
    home = rules(tmp_path, **{f"mine_{'sql' if language == 'sql' else 'py'}": example})
    ingest(tmp_path, report(tmp_path / "in", TEXT), rules=(home,))
    [(rule, severity, _)] = found(tmp_path)
    assert rule != "user_rule"
    assert severity == "warning"
