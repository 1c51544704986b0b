"""One document received twice: what it states otherwise, what not any more, who may say otherwise."""

import json
from pathlib import Path
from typing import Any

import pytest

from bulletin import decisions
from bulletin.cli import main
from bulletin.policy import Policy, SourcePolicy
from bulletin.warehouse import Warehouse
from tests.findings import MENDED, SLIP, ask, ingest, report, states, statuses

SAID = "In December 2021 there were 1.032 billion internet users in China. Urban internet users numbered 748 million."
CHANGED = SAID.replace("1.032 billion", "1.051 billion")
TABLE = (
    "| Indicator | December 2021 |\n|---|---|\n| Internet users (billion) | 1.051 |\n\n* Revised.\n\n"
    "In December 2021 there were 748 million urban internet users in China.\n"
)
OFFICIAL = Policy({"cnnic": SourcePolicy(official=True)})
ISSUES = "SELECT issue, rule, severity, outcome, state, message FROM issue ORDER BY rule, issue"


def twice(folder: Path, before: str, now: str, **options: Any) -> list[dict[str, Any]]:
    """Ingest a report, then another text of it, and return what was found."""
    ingest(folder, report(folder / "in", before))
    ingest(folder, report(folder / "in", now), **options)
    return ask(folder, ISSUES)


def test_silent_change_is_a_warning(tmp_path: Path) -> None:
    """A number that is another in the new vintage, without a word of it, is told; nothing is held back."""
    [row] = twice(tmp_path, SAID, CHANGED)
    assert (row["rule"], row["severity"], row["outcome"], row["state"]) == ("vintages", "warning", "fail", "open")
    assert (
        "was 1.032 billion in the document's vintage 1 of 2022-02-25 and is 1.051 billion in vintage 2"
        in row["message"]
    )
    assert set(statuses(tmp_path).values()) == {"accepted"}
    assert ask(tmp_path, "SELECT value FROM series WHERE members = ''") == [{"value": 1.051e9}]
    counts = "SELECT passed, failed, not_evaluable FROM fact_check WHERE rule = 'vintages' ORDER BY load_id"
    assert [tuple(row.values()) for row in ask(tmp_path, counts)] == [(0, 0, 0), (1, 1, 0)]


@pytest.mark.parametrize(
    "now",
    [
        CHANGED.replace(" in China", " in China (revised)"),
        CHANGED + "\n\nNote: figures of earlier releases were corrected.",
        "# Corrigendum\n\n" + CHANGED,
        TABLE,
    ],
    ids=["beside it", "in a note", "in a heading", "under its table"],
)
def test_text_that_speaks_of_a_revision_restates(tmp_path: Path, now: str) -> None:
    """Where the text says that figures were revised, the later value counts, for information."""
    [row] = twice(tmp_path, SAID, now)
    assert (row["severity"], row["outcome"]) == ("info", "restated")
    assert "its text says" in row["message"]


@pytest.mark.parametrize(
    ("now", "outcome"),
    [
        ("2021年12月，我国网民规模为10.51亿人。", "fail"),
        ("2021年12月，我国网民规模为10.51亿人（修订数）。", "restated"),
        ("2021年12月，我國網民規模為10.51億人（修訂數）。", "restated"),
        ("2021年12月，我国网民规模为10.51亿人。\n\n注：上期数据已调整。", "restated"),
        ("产业结构调整后，2021年12月，我国网民规模为10.51亿人。", "fail"),
    ],
)
def test_chinese_words_of_a_revision(tmp_path: Path, now: str, outcome: str) -> None:
    """Chinese texts restate with 修订, 更正 and the like; 调整 of something else is none."""
    file = report(tmp_path / "in", "2021年12月，我国网民规模为10.32亿人。", language="zh")
    ingest(tmp_path, file)
    ingest(tmp_path, report(tmp_path / "in", now, language="zh"))
    assert [row["outcome"] for row in ask(tmp_path, ISSUES)] == [outcome]


def test_word_of_a_revision_elsewhere_does_not_restate(tmp_path: Path) -> None:
    """A revised law in another sentence says nothing of the number."""
    [row] = twice(tmp_path, SAID, CHANGED + " The revised Statistics Law is in force.")
    assert row["outcome"] == "fail"


def test_official_source_restates(tmp_path: Path) -> None:
    """What the official source says otherwise is restated, whatever its text says."""
    [row] = twice(tmp_path, SAID, CHANGED, policy=OFFICIAL)
    assert (row["severity"], row["outcome"]) == ("info", "restated")


def test_number_in_quarantine_restates_nothing(tmp_path: Path) -> None:
    """A slip of the official source is told as a change, with the power of ten; the earlier number stays."""
    rows = twice(tmp_path, MENDED, SLIP, policy=OFFICIAL)
    [row] = [row for row in rows if row["rule"] == "vintages"]
    assert (row["severity"], row["outcome"]) == ("warning", "fail")
    assert "10 times as much (CN, 2021-12): the new number is held back by other checks." in row["message"]
    first = (
        "SELECT DISTINCT f.status FROM fact_observation AS f JOIN dim_document USING (document_id) WHERE vintage = 1"
    )
    assert ask(tmp_path, first) == [{"status": "accepted"}]
    assert statuses(tmp_path)["report.md 2.84 billion"] == "quarantined"


def test_mended_number_is_no_change(tmp_path: Path) -> None:
    """What the earlier vintage had in quarantine is not compared."""
    assert {row["rule"] for row in twice(tmp_path, SLIP, MENDED)} == {"parts_sum", "part_whole"}


def test_earlier_vintage_confirms_nothing(tmp_path: Path) -> None:
    """The earlier facts take part in no other rule: neither agreement nor a tie is decided by them."""
    twice(tmp_path, SAID, SAID.replace("1.032 billion", "632 million"))
    assert states(tmp_path) == {("part_whole", "open"), ("vintages", "open")}
    assert set(statuses(tmp_path).values()) == {"quarantined"}


def test_what_is_not_stated_any_more_is_told(tmp_path: Path) -> None:
    """One note for the document counts and names the facts that the new vintage leaves out."""
    [row] = twice(tmp_path, SAID, "In December 2021 there were 1.032 billion internet users in China.")
    assert (row["rule"], row["severity"]) == ("no_longer_stated", "info")
    assert (
        "1 fact of the vintage before is not stated in it any more: Internet users (urban) 748 million"
        in row["message"]
    )
    [quoted] = ask(
        tmp_path, "SELECT quote FROM fact_issue JOIN fact_observation ON observation_id = observation_ids[1]"
    )
    assert quoted["quote"] == "748 million"


def test_finding_stays_while_its_vintage_is_current(tmp_path: Path) -> None:
    """Later loads of other documents neither close it nor look at it; the same files change nothing."""
    twice(tmp_path, SAID, CHANGED.replace(" Urban internet users numbered 748 million.", ""))
    before = ask(tmp_path, ISSUES)
    assert {row["rule"] for row in before} == {"vintages", "no_longer_stated"}
    other = "In June 2022 there were 1.06 billion internet users in China."
    ingest(tmp_path, report(tmp_path / "in", other, "other.md", published="2022-08-31"))
    ingest(tmp_path, tmp_path / "in")
    assert ask(tmp_path, ISSUES) == before


@pytest.mark.parametrize("now", [CHANGED, CHANGED + " That is a great many."], ids=["read again", "other bytes"])
def test_vintage_that_agrees_closes_it(tmp_path: Path, now: str) -> None:
    """A third vintage that says what the second did raises nothing, and the finding closes itself."""
    twice(tmp_path, SAID, CHANGED)
    ingest(tmp_path, report(tmp_path / "in", now), again=True)
    assert states(tmp_path) == {("vintages", "closed")}


def test_id_is_the_same_in_every_warehouse(tmp_path: Path) -> None:
    """The same two vintages have the same issue, whatever else is loaded."""
    first = twice(tmp_path / "a", SAID, CHANGED)
    ingest(
        tmp_path / "b", report(tmp_path / "b" / "in", MENDED.replace("2021", "2019").replace("2020", "2018"), "x.md")
    )
    assert {row["issue"] for row in first} <= {row["issue"] for row in twice(tmp_path / "b", SAID, CHANGED)}


def test_dismissed_stays_dismissed(tmp_path: Path) -> None:
    """A change that a person waved through is not opened by the same change again."""
    file = report(tmp_path / "in", SAID)
    [row] = twice(tmp_path, SAID, CHANGED)
    with Warehouse(tmp_path / "bulletin.duckdb") as warehouse:
        decisions.dismiss(warehouse, row["issue"], reason="asked them")
    for text in (SAID, CHANGED):
        ingest(tmp_path, report(tmp_path / "in", text))
    assert file.read_text(encoding="utf-8") == CHANGED
    assert [r["state"] for r in ask(tmp_path, ISSUES) if r["issue"] == row["issue"]] == ["dismissed"]


def test_refused_vintage_is_passed_over(tmp_path: Path) -> None:
    """What the gate kept out is no vintage to compare with: the third one is compared with the first."""
    gate = Policy(gate=True)
    broken = SAID.replace("748 million", "1.748 billion")
    assert {row["rule"] for row in twice(tmp_path, SAID, broken, policy=gate)} >= {"gate"}
    ingest(tmp_path, report(tmp_path / "in", CHANGED), policy=gate)
    [row] = [row for row in ask(tmp_path, ISSUES) if row["rule"] == "vintages" and row["state"] == "open"]
    assert "vintage 1 of" in row["message"]
    assert "in vintage 3" in row["message"]


def test_as_an_error_it_holds_back_the_new_number(tmp_path: Path) -> None:
    """Where the settings make it an error, the new number is suspected, and later documents do not free it."""
    strict = Policy(severity={"vintages": "error"})
    twice(tmp_path, SAID, CHANGED, policy=strict)
    assert statuses(tmp_path)["report.md 1.051 billion"] == "quarantined"
    later = "In December 2021 rural internet users numbered 300 million in China."
    ingest(tmp_path, report(tmp_path / "in", later, "later.md", published="2022-03-01"))
    assert statuses(tmp_path)["report.md 1.051 billion"] == "quarantined"


def test_sidecar_that_changes_is_a_vintage(tmp_path: Path) -> None:
    """The same bytes under another sidecar are compared; what they state is the same."""
    ingest(tmp_path, report(tmp_path / "in", SAID))
    ingest(tmp_path, report(tmp_path / "in", SAID, title="Report"))
    assert ask(tmp_path, ISSUES) == []
    assert ask(tmp_path, "SELECT sum(passed)::INT AS n FROM fact_check WHERE rule = 'vintages'") == [{"n": 2}]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_report_shows_both_sentences(tmp_path: Path, language: str) -> None:
    """Each number stands in its sentence, with date and vintage, in the page and in the JSON report."""
    ingest(tmp_path, report(tmp_path / "in", SAID, published="2022-02-25"))
    changed = report(tmp_path / "in", CHANGED, published="2022-03-10")
    outcome = ingest(tmp_path, changed, language=language)
    [finding] = outcome.report["findings"]
    shown = [(o["quote"], o["document"]["vintage"], o["document"]["published"]) for o in finding["observations"]]
    assert shown == [("1.032 billion", 1, "2022-02-25"), ("1.051 billion", 2, "2022-03-10")]
    assert finding["message"].startswith("网民" if language == "zh" else "Internet users was")
    page = outcome.files["html"].read_text(encoding="utf-8")
    for quote in ("1.032 billion", "1.051 billion"):
        assert f">{quote}</mark> internet users in China" in page
    assert f">{'版次' if language == 'zh' else 'vintage'} 1</span>" in page
    assert json.loads(outcome.files["json"].read_text(encoding="utf-8"))["findings"][0]["rule"] == "vintages"


def test_chinese_sentences(tmp_path: Path) -> None:
    """Restatements and what is left out have their sentences in Chinese too."""
    ingest(tmp_path, report(tmp_path / "in", SAID))
    now = "In December 2021 there were 10.32 billion internet users in China (revised)."
    outcome = ingest(tmp_path, report(tmp_path / "in", now), language="zh")
    said = {finding["rule"]: finding["message"] for finding in outcome.report["notes"]}
    assert "修订为第 2 版" in said["vintages"]
    assert "是原来的 10 倍" in said["vintages"]
    assert said["no_longer_stated"].startswith("前一版中的 1 个事实在新版中不再出现")


def test_command_shows_both_vintages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`quality list` names the finding; `quality show` shows both sentences, the earlier one with its vintage."""
    warehouse = str(tmp_path / "bulletin.duckdb")
    file = report(tmp_path / "in", SAID)
    assert main(["ingest", str(file), "--warehouse", warehouse, "--quiet"]) == 0
    report(tmp_path / "in", CHANGED)
    assert main(["ingest", str(file), "--warehouse", warehouse, "--quiet", "--fail-on", "warning"]) == 1
    capsys.readouterr()
    assert main(["quality", "list", "--warehouse", warehouse]) == 0
    listed = capsys.readouterr().out
    assert "vintages" in listed
    [row] = ask(tmp_path, ISSUES)
    assert row["issue"] in listed
    assert main(["quality", "show", row["issue"], "--warehouse", warehouse]) == 0
    said = capsys.readouterr().out
    for quote, vintage in (("1.032 billion", 1), ("1.051 billion", 2)):
        assert f"«{quote}»" in said
        assert f"report.md, vintage {vintage} " in said
