"""Facts in doubt: held back, freed by later documents, put in doubt by them; issues with their states and ids."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bulletin import decisions
from bulletin.warehouse import Warehouse
from tests.findings import MENDED, SLIP, ask, ingest, report, states, statuses

ISSUES = "SELECT issue, rule, state FROM issue ORDER BY ALL"


def test_only_the_suspect_is_quarantined(tmp_path: Path) -> None:
    """Of the numbers of a broken sum the one that alone can be wrong is held back, the others are accepted."""
    outcome = ingest(tmp_path, report(tmp_path / "in", SLIP))
    assert outcome.failed
    assert statuses(tmp_path) == {
        "report.md 1.032 billion": "accepted",
        "report.md 42.96 million": "accepted",
        "report.md 989 million": "accepted",
        "report.md 748 million": "accepted",
        "report.md 2.84 billion": "quarantined",
    }
    assert ask(tmp_path, "SELECT count(*) AS n FROM series WHERE residence = 'rural'") == [{"n": 0}]
    assert states(tmp_path) == {("parts_sum", "open"), ("part_whole", "open")}


def test_finding_proposes_the_repair(tmp_path: Path) -> None:
    """The suspect is named with the value that mends everything it breaks."""
    ingest(tmp_path, report(tmp_path / "in", SLIP))
    [row] = ask(tmp_path, "SELECT DISTINCT suspect_ids, repairs[1].value AS value, certain FROM issue")
    assert row["value"] == 284_000_000
    assert row["certain"]
    assert len(row["suspect_ids"]) == 1


TIE = (
    "In December 2021 there were 1.032 billion internet users in China, "
    "and urban internet users numbered 1.748 billion."
)


def test_later_document_frees_a_fact(tmp_path: Path) -> None:
    """Of two numbers one must be wrong, both are held back; a later document confirms one, which is freed."""
    ingest(tmp_path, report(tmp_path / "in", TIE))
    assert set(statuses(tmp_path).values()) == {"quarantined"}
    text = (
        "In December 2021 there were 1.032 billion internet users in China: urban internet users numbered 748 million "
        "and rural internet users numbered 284 million."
    )
    ingest(tmp_path, report(tmp_path / "in", text, "later.md", publisher="MIIT", published="2022-03-01"))
    found = statuses(tmp_path)
    assert found["report.md 1.032 billion"] == "accepted"
    assert found["report.md 1.748 billion"] == "quarantined"
    assert {status for fact, status in found.items() if fact.startswith("later")} == {"accepted"}


def test_later_document_puts_an_earlier_fact_in_doubt(tmp_path: Path) -> None:
    """A fact that nothing spoke against is held back once a later document does."""
    early = "In December 2021 rural internet users numbered 2.84 billion in China."
    ingest(tmp_path, report(tmp_path / "in", early, "early.md", publisher="MIIT"))
    assert statuses(tmp_path) == {"early.md 2.84 billion": "accepted"}
    later = MENDED.replace("rural internet users 284 million", "the internet penetration rate was 73.0%")
    ingest(tmp_path, report(tmp_path / "in", later, "later.md", published="2022-03-01"))
    found = statuses(tmp_path)
    assert found["early.md 2.84 billion"] == "quarantined"
    assert ask(tmp_path, "SELECT count(*) AS n FROM series WHERE residence = 'rural'") == [{"n": 0}]


def test_mended_document_closes_its_issues(tmp_path: Path) -> None:
    """A newer vintage that adds up closes what was open, with the reason, and its facts are accepted."""
    file = report(tmp_path / "in", SLIP)
    ingest(tmp_path, file)
    report(tmp_path / "in", MENDED)
    outcome = ingest(tmp_path, file)
    assert not outcome.failed
    assert {state for _, state in states(tmp_path)} == {"closed"}
    assert set(statuses(tmp_path).values()) == {"accepted"}
    [row] = ask(tmp_path, "SELECT DISTINCT reason, who FROM issue")
    assert "newer vintage" in row["reason"]


def test_mended_partner_closes_the_other_document_s_issue(tmp_path: Path) -> None:
    """An issue between two documents closes when the wrong one is mended, whichever it was filed under."""
    wrong = report(tmp_path / "in", "In December 2021 rural internet users numbered 2.84 billion in China.", "a.md")
    whole = (
        "In December 2021 there were 1.032 billion internet users in China. Urban internet users numbered 748 million."
    )
    ingest(tmp_path, wrong)
    ingest(tmp_path, report(tmp_path / "in", whole, "b.md"))
    assert "open" in {state for _, state in states(tmp_path)}
    report(tmp_path / "in", "In December 2021 rural internet users numbered 284 million in China.", "a.md")
    assert not ingest(tmp_path, wrong).failed
    assert {state for _, state in states(tmp_path)} == {"closed"}
    assert set(statuses(tmp_path).values()) == {"accepted"}


def test_ids_do_not_depend_on_order(tmp_path: Path) -> None:
    """The same documents in another order, and one by one, have the same issues and the same facts in doubt."""
    broken = report(tmp_path / "in", SLIP, "a.md")
    undated = report(tmp_path / "in", "There are 5 million internet users in China.", "b.md", published="")
    elsewhere = report(tmp_path / "in", MENDED, "c.md", publisher="MIIT")
    together, one_by_one = tmp_path / "x", tmp_path / "y"
    ingest(together, broken, undated, elsewhere)
    for file in (elsewhere, undated, broken):
        ingest(one_by_one, file)
    ids = "SELECT issue, rule FROM issue WHERE state = 'open' ORDER BY ALL"
    assert ask(together, ids) == ask(one_by_one, ids) != []
    assert statuses(together) == statuses(one_by_one)


def test_same_run_twice_changes_nothing(tmp_path: Path) -> None:
    """Neither issues nor their history change by a run over the same files."""
    file = report(tmp_path / "in", SLIP)
    ingest(tmp_path, file)
    history = "SELECT * EXCLUDE (noted_at) FROM issue_event ORDER BY ALL"
    before = ask(tmp_path, ISSUES), ask(tmp_path, history), statuses(tmp_path)
    assert ingest(tmp_path, file).failed
    assert (ask(tmp_path, ISSUES), ask(tmp_path, history), statuses(tmp_path)) == before


def test_read_again_keeps_the_ids(tmp_path: Path) -> None:
    """Documents read anew with the same result keep their issues, open as they were, with no event."""
    file = report(tmp_path / "in", SLIP)
    ingest(tmp_path, file)
    before = ask(tmp_path, ISSUES), ask(tmp_path, "SELECT count(*) AS n FROM issue_event")
    ingest(tmp_path, file, again=True)
    assert (ask(tmp_path, ISSUES), ask(tmp_path, "SELECT count(*) AS n FROM issue_event")) == before


def test_dismissed_stays_dismissed(tmp_path: Path) -> None:
    """A dismissed finding frees its fact, and later runs neither open it nor hold the fact back."""
    file = report(tmp_path / "in", SLIP)
    ingest(tmp_path, file)
    with Warehouse(tmp_path / "bulletin.duckdb") as warehouse:
        issue = warehouse.rows("SELECT issue FROM issue LIMIT 1")[0]["issue"]
        decisions.dismiss(warehouse, issue, reason="counted otherwise", who="lin")
    assert set(statuses(tmp_path).values()) == {"accepted"}
    later = "In December 2021 the internet penetration rate was 73.0% in China."
    assert not ingest(tmp_path, report(tmp_path / "in", later, "later.md", published="2022-03-01")).failed
    assert not ingest(tmp_path, file, again=True).failed
    assert {state for _, state in states(tmp_path)} == {"dismissed"}
    assert set(statuses(tmp_path).values()) == {"accepted"}
    [row] = ask(tmp_path, "SELECT DISTINCT who, reason FROM issue")
    assert row == {"who": "lin", "reason": "counted otherwise"}


def test_dismissed_contract_stays_dismissed(tmp_path: Path) -> None:
    """So it is with a fact that breaks a contract: read again, it is accepted."""
    file = report(tmp_path / "in", "There are 5 million internet users in China.", published="")
    ingest(tmp_path, file)
    with Warehouse(tmp_path / "bulletin.duckdb") as warehouse:
        issue = warehouse.rows("SELECT issue FROM issue WHERE rule = 'contract'")[0]["issue"]
        decisions.dismiss(warehouse, issue, reason="it is an example")
    ingest(tmp_path, file, again=True)
    assert statuses(tmp_path) == {"report.md 5 million": "accepted"}
    assert states(tmp_path) == {("contract", "dismissed")}


def test_reopened_holds_back(tmp_path: Path) -> None:
    """A finding opened again holds its suspect back, whoever dismissed it; the history says all of it."""
    ingest(tmp_path, report(tmp_path / "in", SLIP))
    with Warehouse(tmp_path / "bulletin.duckdb") as warehouse:
        issue = warehouse.rows("SELECT issue FROM issue LIMIT 1")[0]["issue"]
        decisions.dismiss(warehouse, issue, reason="counted otherwise", who="lin")
        decisions.reopen(warehouse, issue, reason="it was not", who="wei")
    assert statuses(tmp_path)["report.md 2.84 billion"] == "quarantined"
    rows = ask(tmp_path, "SELECT state, who FROM issue_event WHERE issue = ? ORDER BY noted_at", issue)
    assert rows == [
        {"state": "open", "who": None},
        {"state": "dismissed", "who": "lin"},
        {"state": "open", "who": "wei"},
    ]


def test_two_catalogues_do_not_mix(tmp_path: Path) -> None:
    """A fact narrowed by a dimension that this run's catalogue lacks is no total to compare with."""
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "dimensions.yml").write_text(
        "- id: operator\n  name: {en: Operator, zh: 运营商}\n"
        "  members:\n    - {id: alpha, name: {en: Alphacom, zh: 甲}, labels: {en: [Alphacom]}}\n",
        encoding="utf-8",
    )
    (folder / "indicators.yml").write_text("- {adds_to: internet_users, dimensions: [operator]}\n", encoding="utf-8")
    narrow = report(tmp_path / "in", "In December 2021 there were 5 million Alphacom internet users in China.", "a.md")
    ingest(tmp_path, narrow, catalogues=(folder,))
    assert ask(tmp_path, "SELECT operator FROM series") == [{"operator": "alpha"}]
    whole = report(tmp_path / "in", "In December 2021 there were 1.032 billion internet users in China.", "b.md")
    assert ingest(tmp_path, whole).report["summary"]["quarantined"] == 0
    assert states(tmp_path) == set()


KILLED = """
import sys
from pathlib import Path
from bulletin import pipeline
from bulletin.settings import Request
from bulletin.warehouse import loading

kept = loading._restate

def dies(*arguments):
    kept(*arguments)
    print("inside", flush=True)
    sys.stdin.read()

loading._restate = dies
pipeline.ingest(Request((sys.argv[1],), warehouse=Path(sys.argv[2])))
"""


def test_killed_run_leaves_neither_issue_nor_status(tmp_path: Path) -> None:
    """Killed when issues are written and earlier facts held back, the warehouse is as it was before."""
    early = "In December 2021 rural internet users numbered 2.84 billion in China."
    ingest(tmp_path, report(tmp_path / "in", early, "early.md", publisher="MIIT"))
    before = statuses(tmp_path)
    later = report(tmp_path / "in", MENDED, "later.md")
    arguments = [sys.executable, "-c", KILLED, str(later), str(tmp_path / "bulletin.duckdb")]
    run = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert run.stdout
    assert run.stdout.readline() == "inside\n"
    os.kill(run.pid, signal.SIGKILL)
    run.communicate()
    assert statuses(tmp_path) == before
    assert states(tmp_path) == set()
    ingest(tmp_path, later)
    assert statuses(tmp_path)["early.md 2.84 billion"] == "quarantined"


def test_large_warehouse_is_judged_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only facts within reach are fetched, the same facts are in doubt as where all are."""
    monkeypatch.setattr("bulletin.warehouse.held.WHOLE", 0)
    test_later_document_frees_a_fact(tmp_path / "free")
    test_later_document_puts_an_earlier_fact_in_doubt(tmp_path / "doubt")
    test_mended_partner_closes_the_other_document_s_issue(tmp_path / "close")
    test_dismissed_stays_dismissed(tmp_path / "dismissed")
