"""The rules on documents as wholes, each by its own file of cases under `tests/document_rules`."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from schemas.rules.documents import DocumentFacts, DocumentRule, document_rules
from tests.quality import MENDED, ask, ingest, report, states

HOME = Path(__file__).parent / "document_rules"
RULES = {rule.id: rule for rule in document_rules()}
CASES = {rule: yaml.safe_load((HOME / f"{rule}.yml").read_text(encoding="utf-8")) for rule in RULES}


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_cases(rule: str) -> None:
    """A rule has a case that passes and one that fails, a title and an explanation."""
    assert {"pass", "fail"} <= {case["outcome"] for case in CASES[rule]}
    assert RULES[rule].title[0].isupper()
    assert len(RULES[rule].explanation) > 40


@pytest.mark.parametrize(
    ("rule", "case"),
    [pytest.param(RULES[rule], case, id=f"{rule}-{case['title']}") for rule in RULES for case in CASES[rule]],
)
def test_case(rule: DocumentRule, case: dict[str, Any]) -> None:
    """Of a document the rule says what the case says."""
    said = rule.judge(DocumentFacts(**case["document"] | {"others": tuple(case["document"].get("others", ()))}))
    assert (said is not None) == (case["outcome"] == "fail")
    assert case.get("message", "") in (said or "")


def test_usual_yield_is_that_of_the_source(tmp_path: Path) -> None:
    """A document is judged beside those of its publisher, of this run and of earlier ones, not beside any other."""
    many = [
        report(tmp_path / "in", MENDED.replace("2021", str(year)).replace("2020", str(year - 1)), f"{year}.md")
        for year in (2013, 2015, 2017)
    ]
    ingest(tmp_path, *many[:2])
    text = "In June 2023 there were 1.079 billion internet users in China."
    other = report(tmp_path / "in", text, "other.md", publisher="MIIT")
    ingest(tmp_path, many[2], report(tmp_path / "in", text.replace("2023", "2022"), "little.md"), other)
    rows = ask(
        tmp_path, "SELECT document, message FROM issue JOIN dim_document USING (document_id) WHERE rule = 'low_yield'"
    )
    assert rows == []  # one fact of five is the fifth that is asked for
    ingest(tmp_path, *many, *(tmp_path / "in").glob("little.md"), again=True, policy=_half())
    rows = ask(tmp_path, "SELECT document FROM issue JOIN dim_document USING (document_id) WHERE rule = 'low_yield'")
    assert [Path(row["document"]).name for row in rows] == ["little.md"]


def _half() -> Any:
    from bulletin.policy import Policy, SourcePolicy

    return Policy({"cnnic": SourcePolicy(least=0.5)})


def test_duplicate_report_is_said(tmp_path: Path) -> None:
    """The same facts under another name and date are a finding; an edition in another language is none."""
    ingest(tmp_path, report(tmp_path / "in", MENDED, "a.md"))
    reprint = report(tmp_path / "in", "Once more. " + MENDED, "b.md", published="2022-05-01")
    edition = report(tmp_path / "in", MENDED, "c.md", language="zh")
    ingest(tmp_path, reprint, edition)
    rows = ask(tmp_path, "SELECT document, message FROM issue JOIN dim_document USING (document_id)")
    assert [Path(row["document"]).name for row in rows] == ["b.md"]
    assert "a.md" in rows[0]["message"]
    assert states(tmp_path) == {("duplicate_report", "open")}
