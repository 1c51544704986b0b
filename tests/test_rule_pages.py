"""The rules as text: the command and the page."""

from pathlib import Path

import pytest

from bulletin.cli import main
from bulletin.rule_pages import rules_page
from schemas.rules import Rule, all_rules
from schemas.rules.documents import document_rules

PAGE = Path(__file__).parent.parent / "docs" / "rules.md"


def test_the_page_is_up_to_date() -> None:
    """docs/rules.md is what the rules' own source says: run `make docs`."""
    assert PAGE.read_text(encoding="utf-8") == rules_page()


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_each_rule_has_two_examples(rule: Rule, capsys: pytest.CaptureFixture[str]) -> None:
    """`bulletin rules ID` shows the title, the explanation, and an example that holds and one that is broken."""
    assert main(["rules", rule.id]) == 0
    said = capsys.readouterr().out
    assert rule.title in said
    assert rule.explanation in said
    assert f"Holds: {rule.holds}" in said
    assert f"Broken: {rule.broken}" in said


def test_the_list_has_a_line_for_each_rule(capsys: pytest.CaptureFixture[str]) -> None:
    """`bulletin rules` prints id, severity and title."""
    assert main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [
        [rule.id, rule.severity.value] for rule in (*all_rules(), *document_rules())
    ]


def test_an_unknown_rule(capsys: pytest.CaptureFixture[str]) -> None:
    """A rule that is not there is wrong usage, and the message lists those that are."""
    assert main(["rules", "nothing"]) == 2
    assert "there is no rule 'nothing'; there are same_fact" in capsys.readouterr().err
