"""The quality rules, each by its own file of cases under `tests/rules`."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
import yaml

from bulletin.rows import fact_types
from schemas.catalogue import Catalogue
from schemas.frames import frame_of
from schemas.rules import Rule, all_rules

HOME = Path(__file__).parent / "rules"
RULES = {rule.id: rule for rule in all_rules()}
Case = dict[str, Any]
FOUND = {"fail", "restated", "different_definition"}
"""Outcomes that a message goes with."""
TOLD = ("publisher", "published", "vintage", "superseded_by", "restated_by")
"""Columns that the check adds to those of a fact."""


def cases(rule: str) -> list[Case]:
    """Return the cases of a rule; periods are texts, as they are written."""
    file = HOME / f"{rule}.yml"
    found: list[Case] = yaml.load(file.read_bytes(), Loader=yaml.BaseLoader) if file.is_file() else []
    return found


def number(text: str) -> Decimal | None:
    return None if text == "~" else Decimal(text)


def row(fact: dict[str, Any], position: int) -> dict[str, Any]:
    """Return a fact of a case as a row of the frame that rules see."""
    value, half = Decimal(fact["value"]), Decimal(fact.get("half", 0))
    open_to_none = {name: None for name, text in fact.items() if text == "~"}
    return {
        "document": "d",
        "position": position,
        "status": "accepted",
        "indicator": "internet_users",
        "area": "CN",
        "period": "2021-12",
        "measure": "level",
        "quote": fact["value"],
        **{name: fact[name] for name in fact if name not in ("members", "half", *open_to_none)},
        **open_to_none,
        **fact.get("members", {}),
        "value": value,
        "lower": number(fact["lower"]) if "lower" in fact else value - half,
        "upper": number(fact["upper"]) if "upper" in fact else value + half,
    }


def frame(facts: Sequence[dict[str, Any]], catalogue: Catalogue) -> pd.DataFrame:
    types = fact_types(catalogue) | dict.fromkeys(TOLD, pa.string())
    return frame_of([row(fact, position) for position, fact in enumerate(facts)], types)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_has_cases(rule: str) -> None:
    """A rule needs a file of cases, one in which it finds nothing and one in which it finds something."""
    outcomes = {case["outcome"] for case in cases(rule)}
    assert outcomes & {"pass", "silent"}
    assert outcomes & FOUND


def test_every_file_has_a_rule() -> None:
    """A file of cases belongs to a rule that there is."""
    assert {file.stem for file in HOME.glob("*.yml")} <= set(RULES)


@pytest.mark.parametrize(
    ("rule", "case"),
    [pytest.param(RULES[rule], case, id=f"{rule}-{case['title']}") for rule in sorted(RULES) for case in cases(rule)],
)
def test_case(rule: Rule, case: Case, catalogue: Catalogue) -> None:
    """Of a case's facts the rule says what the case says, of the rows that it names and in its words."""
    evaluations = rule.evaluate(frame(case["facts"], catalogue), catalogue)
    outcomes = {evaluation.outcome.value for evaluation in evaluations}
    told = [evaluation for evaluation in evaluations if evaluation.message]
    if case["outcome"] in FOUND:
        assert case["outcome"] in outcomes <= {case["outcome"], "pass"}
        assert len({evaluation.message for evaluation in told}) == (3 if "message" not in case else 1)
        assert sorted(told[0].rows) == sorted(map(int, case.get("rows", told[0].rows)))
        assert case.get("message", "") in told[0].message
    else:
        assert outcomes == ({case["outcome"]} - {"silent"})
        assert told == []


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_explains_itself(rule: Rule) -> None:
    """Reports show a rule's title, one sentence without its stop, and its explanation."""
    assert rule.title[0].isupper()
    assert not rule.title.endswith(".")
    assert len(rule.explanation) > 40


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_of_no_facts(rule: Rule, catalogue: Catalogue) -> None:
    """Of an empty frame a rule has nothing to say."""
    assert rule.evaluate(frame([], catalogue), catalogue) == []


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_rows_are_the_frame_s_own(rule: Rule, catalogue: Catalogue) -> None:
    """Of a part of a frame a rule names the rows by their labels, not by their places in it."""
    for case in cases(rule.id):
        if case["outcome"] == "fail":
            facts = frame([{"value": "1", "document": "other"}, *case["facts"]], catalogue).iloc[1:]
            failed = next(found for found in rule.evaluate(facts, catalogue) if found.message)
            assert sorted(failed.rows) == sorted(int(place) + 1 for place in case["rows"])
