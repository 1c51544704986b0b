"""The rules on documents as wholes, each by its own file of cases under `tests/document_rules`."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from bulletin.policy import Policy, SourcePolicy
from schemas.rules.documents import DocumentFacts, DocumentRule, document_rules
from tests.findings import MENDED, ask, ingest, report, states

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
    document = {name: tuple(value) if isinstance(value, list) else value for name, value in case["document"].items()}
    said = rule.judge(DocumentFacts(**document | {"others": Counter(document.get("others", ()))}))
    assert (said is not None) == (case["outcome"] == "fail")
    assert case.get("message", "") in (said or "")


LOW = "SELECT document FROM issue JOIN dim_document USING (document_id) WHERE rule = 'low_yield'"
HALF = Policy({"cnnic": SourcePolicy(least=0.5)})


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
    rows = ask(tmp_path, LOW)
    assert rows == []  # one fact of five is the fifth that is asked for
    ingest(tmp_path, *many, *(tmp_path / "in").glob("little.md"), again=True, policy=HALF)
    rows = ask(tmp_path, LOW)
    assert [Path(row["document"]).name for row in rows] == ["little.md"]


ENGLISH = (
    "In December 2021 there were 1.032 billion internet users in China: 748 million urban internet users and "
    "284 million rural internet users."
)
CHINESE = "2021年12月，我国网民总数为10.32亿人，其中城镇网民为7.48亿人，农村网民为2.84亿人。"


def test_duplicate_report_is_said(tmp_path: Path) -> None:
    """The same facts under another name and date are a finding; an edition in another language is none."""
    ingest(tmp_path, report(tmp_path / "in", ENGLISH, "a.md"))
    reprint = report(tmp_path / "in", "Once more. " + ENGLISH, "b.md", published="2022-05-01")
    edition = report(tmp_path / "in", CHINESE, "c.md", language="zh")
    ingest(tmp_path, reprint, edition)
    rows = ask(tmp_path, "SELECT document, message FROM issue JOIN dim_document USING (document_id)")
    assert [Path(row["document"]).name for row in rows] == ["b.md"]
    assert "a.md" in rows[0]["message"]
    assert states(tmp_path) == {("duplicate_report", "open")}
