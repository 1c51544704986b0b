"""The gate: contracts and rules decide which facts are accepted; what fails is kept, marked and explained."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
import pandera.errors
import pandera.pandas as pa

from bulletin.model import Document, Issue, Resolved
from bulletin.rows import document_row, fact_rows, fact_types
from schemas.catalogue import Catalogue
from schemas.concepts import DocumentStatus, Outcome, Severity, Status
from schemas.document import DOCUMENT
from schemas.fact import fact_contract
from schemas.frames import frame_of
from schemas.mention import mention_contract
from schemas.observation import observation_contract
from schemas.rules import Evaluation, Rule, all_rules

CONTRACT = "contract"
"""The rule name of a broken contract."""
_ADVICE = {
    "period_is_known": "neither the text nor its sidecar says when it holds: give the sidecar `published: 2022-02-25`",
    "direction_goes_with_differences": "a change needs a direction and a level has none",
    "base_period_is_earlier": "it is compared with a period that is not earlier",
    "value_is_not_negative": "a value is never negative; the direction says which way it goes",
}


@dataclass(slots=True)
class Counts:
    """How the evaluations of one rule came out."""

    passed: int = 0
    failed: int = 0
    not_evaluable: int = 0


@dataclass(frozen=True, slots=True)
class Checked:
    """Documents with the rows to load: every stated number with its status, and what was found."""

    documents: tuple[Document, ...]
    facts: pd.DataFrame
    issues: tuple[Issue, ...]
    counts: Mapping[str, Counts] = field(default_factory=dict)


def check(resolved: Sequence[Resolved], catalogue: Catalogue) -> Checked:
    """Return the facts of the documents, each accepted, quarantined or unresolved, with the issues found.

    The contracts of each stage come first; the rules see only facts that keep them. No row is dropped.
    """
    rows = [row for document in resolved for row in fact_rows(document)]
    facts = frame_of(rows, fact_types(catalogue))
    documents = tuple(item.document for item in resolved)
    issues = [*_check_documents(documents), *_yield_nothing(resolved)]
    counts: dict[str, Counts] = {}
    if len(facts):
        broken = list(_broken_contracts(facts, catalogue))
        found = list(_broken_rules(facts, {row for issue in broken for row in issue.rows}, catalogue, counts))
        issues += broken + found
        quarantined = sorted({r for i in (*broken, *found) if i.severity is Severity.ERROR for r in i.rows})
        resolved_rows = [row for row in quarantined if facts.at[row, "status"] != Status.UNRESOLVED]
        facts.loc[resolved_rows, "status"] = Status.QUARANTINED.value
    return Checked(documents, facts, tuple(issues), counts)


def without(checked: Checked, keys: set[str]) -> Checked:
    """Return the same without the documents of those keys, their facts and their issues."""
    if not keys:
        return checked
    kept = checked.facts[~checked.facts["document"].isin(sorted(keys))] if len(checked.facts) else checked.facts
    position = {row: place for place, row in enumerate(kept.index)}
    issues = tuple(
        replace(issue, rows=tuple(position[row] for row in issue.rows))
        for issue in checked.issues
        if issue.document not in keys
    )
    documents = tuple(document for document in checked.documents if document.key not in keys)
    return replace(checked, documents=documents, facts=kept.reset_index(drop=True), issues=issues)


def _check_documents(documents: Sequence[Document]) -> Iterator[Issue]:
    """Yield an issue for every document that breaks its contract, and every note that its reader left."""
    frame = pd.DataFrame([document_row(document, "", DocumentStatus.LOADED) for document in documents])
    for index, _, message in _failures(frame, DOCUMENT) if len(frame) else ():
        yield Issue(rule=CONTRACT, severity=Severity.ERROR, message=message, document=documents[index].key)
    for document in documents:
        for rule, message in document.notes:
            yield Issue(rule=rule, severity=Severity.WARNING, message=message, document=document.key)


def _yield_nothing(resolved: Sequence[Resolved]) -> Iterator[Issue]:
    """Yield an issue for every document in which no fact was found: an empty frame would pass every check."""
    for item in resolved:
        if not any(hasattr(fact, "indicator") for fact in item.facts):
            message = f"No fact was found in it ({len(item.facts)} numbers, none resolved)."
            yield Issue(rule="yields_nothing", severity=Severity.WARNING, message=message, document=item.document.key)


def _broken_contracts(facts: pd.DataFrame, catalogue: Catalogue) -> Iterator[Issue]:
    stages: tuple[tuple[pd.DataFrame, pa.DataFrameSchema], ...] = (
        (facts, mention_contract(catalogue)),
        (facts[facts["status"] != Status.UNRESOLVED], observation_contract(catalogue)),
    )
    for frame, contract in stages:
        if not len(frame):
            continue
        for row, check_name, message in _failures(frame, contract):
            fact = facts.loc[row]
            text = f"{fact['quote']!r} breaks the contract of {contract.name}: {_ADVICE.get(check_name, message)}."
            yield Issue(
                rule=CONTRACT, severity=Severity.ERROR, message=text, document=str(fact["document"]), rows=(row,)
            )


def _failures(frame: pd.DataFrame, contract: pa.DataFrameSchema) -> Iterator[tuple[int, str, str]]:
    """Yield row, check and sentence of every broken check, once a row: pandera repeats a frame check per column."""
    try:
        contract.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        seen: set[tuple[Any, str]] = set()
        for case in error.failure_cases.to_dict("records"):
            row, check_name = case["index"], str(case["check"])
            if row is None or pd.isna(row):
                raise TypeError(f"the frame does not fit the {contract.name} contract: {case}") from error
            if (row, check_name) not in seen:
                seen.add((row, check_name))
                yield int(row), check_name, f"{case['column']} is {case['failure_case']!r}, allowed is {check_name}"


def _broken_rules(
    facts: pd.DataFrame, broken: set[int], catalogue: Catalogue, counts: dict[str, Counts]
) -> Iterator[Issue]:
    sound = facts[(facts["status"] != Status.UNRESOLVED) & ~facts.index.isin(sorted(broken))]
    evaluated: list[tuple[Rule, Evaluation]] = []

    def sink(rule: Rule, evaluations: Sequence[Evaluation]) -> None:
        count = counts.setdefault(rule.id, Counts())
        for evaluation in evaluations:
            count.passed += evaluation.outcome is Outcome.PASS
            count.failed += evaluation.outcome is Outcome.FAIL
            count.not_evaluable += evaluation.outcome is Outcome.NOT_EVALUABLE
            if evaluation.outcome is Outcome.FAIL:
                evaluated.append((rule, evaluation))

    contract = fact_contract(catalogue, all_rules(), sink)
    refused = {row for row, name, _ in _failures(sound, contract) if name == "interval_holds_value"}
    for row in sorted(refused):
        message = f"{facts.at[row, 'quote']!r} lies outside its own interval."
        yield Issue(
            rule=CONTRACT,
            severity=Severity.ERROR,
            message=message,
            document=str(facts.at[row, "document"]),
            rows=(row,),
        )
    for rule, found in evaluated:
        document = str(facts.at[found.rows[0], "document"])
        yield Issue(rule=rule.id, severity=rule.severity, message=found.message, document=document, rows=found.rows)
