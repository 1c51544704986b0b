"""The report over real files in a real warehouse."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bulletin import decisions, pipeline
from bulletin.settings import Request
from bulletin.warehouse import Warehouse

BROKEN = Path("raw/broken")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of the samples, with the broken ones loaded after them."""
    home = tmp_path_factory.mktemp("report")
    for path in ("raw", "raw/broken"):
        pipeline.ingest(Request((path,), warehouse=home / "b.duckdb"))
    return home


@pytest.fixture(scope="module")
def whole(home: Path) -> Mapping[str, Any]:
    """The report over all of it."""
    return pipeline.report(Request((), warehouse=home / "b.duckdb"), None, []).report


def about(report: Mapping[str, Any], sample: str, part: str = "findings") -> dict[str, Any]:
    """Return the finding whose headline stands in the sample, besides that it yields little."""
    [found] = [i for i in report[part] if f"/{sample}/" in i["document"]["path"] and i["rule"] != "low_yield"]
    return found


def test_comparisons_that_share_numbers_are_one_finding(whole: Mapping[str, Any]) -> None:
    """The slip of 万 for 亿 breaks several comparisons: one finding, headed by the one within its document."""
    found = about(whole, "wan-for-yi")
    assert found["rule"] == "parts_sum"
    assert found["comparisons"] > 1
    assert found["also"]
    assert found["message"] not in [other["message"] for other in found["also"]]


def test_finding_names_its_suspect_and_the_proposal(whole: Mapping[str, Any]) -> None:
    """The suspect is marked among the numbers; the proposal is a sentence, with the command that accepts it."""
    found = about(whole, "wan-for-yi")
    assert [o["quote"] for o in found["observations"] if o["suspect"]] == ["2.84万人"]
    count = found["comparisons"]
    assert found["suspicion"] == f"Suspected: «2.84万人», which alone explains {count} broken comparisons."
    proposal = found["proposals"][0]
    assert proposal["sentence"].startswith("If «2.84万人» were 284,000,000 persons (")
    assert proposal["sentence"].endswith(f"), all {count} comparisons would hold.")
    assert proposal["command"].startswith(f"bulletin quality accept {found['issue']}")
    assert not found["tie"]


def test_numbers_are_counted_from_the_headline(whole: Mapping[str, Any]) -> None:
    """The numbers of the headline come first, in reading order, then all that they are compared with."""
    observations = about(whole, "wan-for-yi")["observations"]
    assert [o["n"] for o in observations] == list(range(1, len(observations) + 1))
    assert [o["quote"] for o in observations if o["main"]] == ["10.32亿人", "7.48亿人", "2.84万人"]
    assert [o["main"] for o in observations] == sorted((o["main"] for o in observations), reverse=True)
    assert len({o["document"]["path"] for o in observations}) > 1


def test_tie_is_said_to_be_one(tmp_path: Path) -> None:
    """Where any of three numbers may be wrong the report does not choose."""
    file = tmp_path / "tie.txt"
    file.write_text(
        "In June 2022, China had 1.051 billion internet users. Urban internet users numbered 758 million and rural "
        "internet users 593 million.",
        encoding="utf-8",
    )
    [found] = pipeline.ingest(Request((str(file),), warehouse=tmp_path / "b.duckdb")).report["findings"]
    assert found["tie"]
    assert found["suspicion"].startswith("A tie: «1.051 billion», «758 million» or «593 million» may be wrong")
    assert found["proposals"] or "--value VALUE --fact N" in found["accept"]


def test_suspect_comes_with_its_series(whole: Mapping[str, Any]) -> None:
    """A suspected level has the other values of its series, by period, for the drawing."""
    [suspect] = [o for o in about(whole, "rural-billion")["observations"] if o["suspect"]]
    periods = [point["period"] for point in suspect["series"]]
    assert periods == sorted(periods)
    assert len(periods) >= 5
    assert suspect["period"] not in periods


def test_findings_come_worst_first(whole: Mapping[str, Any]) -> None:
    """Errors before warnings, and among them what breaks most before the rest; notes stand apart."""
    order = [(f["severity"] != "error", -f["comparisons"]) for f in whole["findings"]]
    assert order == sorted(order)
    assert {f["severity"] for f in whole["notes"]} == {"info"}
    assert about(whole, "5g-above-all", "notes")["outcome"] == "restated"


def test_restatements_do_not_count_as_failed(whole: Mapping[str, Any]) -> None:
    """What a later release restates is counted apart from what failed."""
    [check] = [check for check in whole["rules"] if check["rule"] == "releases"]
    assert check["failed"] == 0
    assert check["restated"] == whole["summary"]["checks_restated"] > 0


def test_coverage_counts_facts_by_year(whole: Mapping[str, Any]) -> None:
    """Each indicator has its facts by the year that they are about; those in quarantine are counted apart."""
    [users] = [row for row in whole["coverage"]["indicators"] if row["indicator"] == "internet_users"]
    assert users["years"]["2021"]["quarantined"] == 1
    total = sum(row["facts"] for row in whole["coverage"]["indicators"])
    assert total == whole["summary"]["accepted"] + whole["summary"]["quarantined"]


def test_sources_add_up_their_documents(whole: Mapping[str, Any]) -> None:
    """A publisher has its documents, facts, shares of what is held back, and its last release."""
    assert sum(row["documents"] for row in whole["sources"]) == whole["summary"]["documents"]
    first = whole["sources"][0]
    assert first["last_release"] == "2025-01-17"
    assert 0 < first["quarantined_share"] < 5


def test_runs_are_the_trend(whole: Mapping[str, Any]) -> None:
    """The runs stand in order, with what each loaded and how many findings it opened."""
    assert [run["documents"] for run in whole["runs"]] == [21, 8]
    assert [run["opened"] for run in whole["runs"]] == [0, len(whole["findings"])]


def test_chinese_report_says_the_same_in_chinese(home: Path) -> None:
    """Sentences, titles and names are Chinese, and the findings the same."""
    request = Request((), warehouse=home / "b.duckdb", report=home / "zh", language="zh")
    report = pipeline.report(request, None, []).report
    found = about(report, "rural-billion")
    assert found["message"] == "网民规模（农村）2.55 billion 不可能是网民规模 904 million 的一部分（中国，2020-03）。"
    assert found["title"] == "部分不得大于整体"
    assert (
        found["proposals"][0]["sentence"]
        == "如果「2.55 billion」是 255,000,000 人（小数点错位），全部 6 项比较都成立。"
    )
    restated = about(report, "5g-above-all", "notes")["message"]
    assert restated.index("2022-02-25") < restated.index("2024-01-24")  # what was said first comes first
    assert '<html lang="zh">' in (home / "zh" / "quality.html").read_text(encoding="utf-8")


def test_finding_of_an_older_document_belongs_to_the_run_that_speaks_against_it(tmp_path: Path) -> None:
    """A sound document loaded after a wrong one shows in its run what the two do not agree on."""
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    said = "At the end of December 2021, China had {} internet users."
    for file, amount, publisher in ((old, "10.32 billion", "A"), (new, "1.032 billion", "B")):
        file.write_text(said.format(amount), encoding="utf-8")
        file.with_name(file.name + ".yml").write_text(f"publisher: {publisher}\npublished: 2022-02-25\n", "utf-8")
    pipeline.ingest(Request((str(old),), warehouse=tmp_path / "b.duckdb"))
    report = pipeline.ingest(Request((str(new),), warehouse=tmp_path / "b.duckdb")).report
    [found] = report["findings"]
    assert found["rule"] in ("publishers", "magnitude")
    assert {Path(o["document"]["path"]).name for o in found["observations"]} == {"old.md", "new.md"}
    assert report["summary"]["documents"] == 1


def test_decisions_are_listed_apart(home: Path, tmp_path: Path) -> None:
    """What was dismissed or accepted is no open finding any more; a correction in use shows what was printed."""
    file = tmp_path / "b.duckdb"
    shutil.copy(home / "b.duckdb", file)
    with Warehouse(file) as warehouse:
        open_ones = warehouse.rows("SELECT DISTINCT finding, rule FROM issue WHERE rule IN ('part_whole', 'range')")
        ids = {row["rule"]: row["finding"] for row in open_ones}
        decisions.dismiss(warehouse, ids["range"], reason="they count otherwise", who="ann")
    request = Request((), warehouse=file)
    report = pipeline.report(request, None, []).report
    [decided] = report["decided"]
    assert (decided["state"], decided["who"], decided["reason"]) == ("dismissed", "ann", "they count otherwise")
    assert decided["issue"] not in [finding["issue"] for finding in report["findings"]]
    [check] = [check for check in report["rules"] if check["rule"] == "range"]
    assert check["failed"] == 0  # it is no failure any more
    page = (tmp_path / "report" / "quality.html").read_text(encoding="utf-8")
    assert "they count otherwise" in page


def test_hostile_file_does_no_harm(tmp_path: Path) -> None:
    """Markup in a text and in its sidecar reaches page and Markdown as words."""
    file = tmp_path / "hostile.txt"
    file.write_text(
        "<script>alert(1)</script> In December 2021, China had 904 million internet users <img src=x onerror=y>, of "
        "whom 2.55 billion rural internet users <b>.",
        encoding="utf-8",
    )
    sidecar = "title: '<script>|`x`'\npublisher: '\"><img>'\npublished: 2022-02-25\nurl: 'javascript:alert(1)'\n"
    file.with_name("hostile.txt.yml").write_text(sidecar, encoding="utf-8")
    outcome = pipeline.ingest(Request((str(file),), warehouse=tmp_path / "b.duckdb"))
    assert [finding["rule"] for finding in outcome.report["findings"]] == ["part_whole"]
    page = outcome.files["html"].read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<img" not in page
    assert "javascript:" not in page
    assert "&lt;script&gt;|`x`" in page
    assert "<script" not in outcome.files["md"].read_text(encoding="utf-8")
