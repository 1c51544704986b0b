"""Accepting a finding: a correction in YAML, applied by the next run, whose guard fails once the source is mended."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bulletin import decisions
from bulletin.errors import UsageError
from bulletin.warehouse import Warehouse
from schemas.catalogue import Correction, load_catalogue
from tests.findings import MENDED, SLIP, ask, ingest, report, states, statuses

TODAY = date(2026, 11, 25)


def accept(tmp_path: Path, **how: object) -> tuple[Correction, Path]:
    """Accept the first finding and return the correction and its file."""
    (tmp_path / "mine").mkdir(exist_ok=True)
    with Warehouse(tmp_path / "bulletin.duckdb") as warehouse:
        issue = warehouse.rows("SELECT issue FROM issue ORDER BY issue LIMIT 1")[0]["issue"]
        written = decisions.accept(warehouse, issue, folder=tmp_path / "mine", today=TODAY, who="lin", **how)  # type: ignore[arg-type]
    load_catalogue.cache_clear()
    return written


def test_accepted_proposal_is_applied(tmp_path: Path) -> None:
    """The proposal becomes YAML with reason, person and date; read again, the fact has it, says so, and is freed."""
    file = report(tmp_path / "in", SLIP)
    ingest(tmp_path, file)
    correction, path = accept(tmp_path)
    assert (correction.value, correction.who, correction.when) == (Decimal(284_000_000), "lin", "2026-11-25")
    assert "2.84 billion" in path.read_text(encoding="utf-8")
    assert {state for _, state in states(tmp_path)} == {"accepted"}
    assert statuses(tmp_path)["report.md 2.84 billion"] == "quarantined"
    outcome = ingest(tmp_path, file, catalogues=(tmp_path / "mine",), again=True)
    assert not outcome.failed
    [row] = ask(tmp_path, "SELECT value, correction, quote, f.status FROM fact_observation AS f "
                "JOIN current_document USING (document_id) WHERE correction IS NOT NULL")  # fmt: skip
    assert row == {
        "value": 284_000_000,
        "correction": correction.id,
        "quote": "2.84 billion",
        "status": "accepted",
    }
    assert {state for _, state in states(tmp_path)} == {"closed"}


def test_accepted_waits_for_its_document(tmp_path: Path) -> None:
    """A run over other documents leaves an accepted finding accepted: its source was not read again."""
    ingest(tmp_path, report(tmp_path / "in", SLIP))
    accept(tmp_path)
    later = "In December 2021 the internet penetration rate was 73.0% in China."
    ingest(tmp_path, report(tmp_path / "in", later, "later.md", published="2022-03-01"))
    assert {state for _, state in states(tmp_path)} == {"accepted"}


def test_guard_fails_once_the_source_is_mended(tmp_path: Path) -> None:
    """Where the source says something else now, the correction is an error that names it, and the exit code is 1."""
    file = report(tmp_path / "in", SLIP)
    ingest(tmp_path, file)
    correction, _ = accept(tmp_path)
    report(tmp_path / "in", MENDED)
    outcome = ingest(tmp_path, file, catalogues=(tmp_path / "mine",))
    assert outcome.failed
    [finding] = [finding for finding in outcome.report["findings"] if finding["rule"] == "correction"]
    assert correction.id in finding["message"]
    assert "no longer holds" in finding["message"]
    assert statuses(tmp_path)["report.md 284 million"] == "accepted"


def test_value_by_hand(tmp_path: Path) -> None:
    """A person may give another value than the proposed one."""
    ingest(tmp_path, report(tmp_path / "in", SLIP))
    correction, _ = accept(tmp_path, value=Decimal("284100000"), reason="the ministry says so")
    assert (correction.value, correction.reason) == (Decimal(284_100_000), "the ministry says so")


def test_second_correction_of_a_finding_keeps_the_first(tmp_path: Path) -> None:
    """Two numbers of one finding are corrected by two entries."""
    ingest(tmp_path, report(tmp_path / "in", SLIP))
    _, first = accept(tmp_path)
    [urban] = ask(tmp_path, "SELECT observation_id FROM fact_observation WHERE residence = 'urban'")
    _, second = accept(tmp_path, value=Decimal(748_100_000), observation=urban["observation_id"])
    assert first != second
    assert len(load_catalogue(tmp_path / "mine").corrections) == 2


def test_dismissal_needs_a_reason(tmp_path: Path) -> None:
    """Without a reason nothing is dismissed."""
    ingest(tmp_path, report(tmp_path / "in", SLIP))
    with Warehouse(tmp_path / "bulletin.duckdb") as warehouse, pytest.raises(UsageError, match="needs a reason"):
        decisions.dismiss(warehouse, "", reason=" ")


def test_unknown_issue_lists_the_open_ones(tmp_path: Path) -> None:
    """An id that no issue has is answered with those that are open."""
    ingest(tmp_path, report(tmp_path / "in", SLIP))
    with Warehouse(tmp_path / "bulletin.duckdb") as warehouse:
        known = warehouse.rows("SELECT min(issue) AS issue FROM issue")[0]["issue"]
        with pytest.raises(UsageError, match=known):
            decisions.dismiss(warehouse, "zzz", reason="no")


def test_listed_findings_are_one_row_each(tmp_path: Path) -> None:
    """Comparisons that share a suspect are one row of the list, with their number and every rule."""
    ingest(tmp_path, report(tmp_path / "in", SLIP))
    with Warehouse(tmp_path / "bulletin.duckdb", read_only=True) as warehouse:
        [row] = decisions.listed(warehouse, "open")
        assert decisions.listed(warehouse, "closed") == []
    assert (row["severity"], row["rule"], row["comparisons"]) == ("error", "part_whole, parts_sum", 2)
