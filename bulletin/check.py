"""The gate: contracts and rules decide which facts are accepted; what fails is kept, marked and explained."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
import pandera.errors
import pandera.pandas as pa

from bulletin.localise import Network, localise
from bulletin.model import Document, Issue, Repair, Resolved
from bulletin.repair import proposals
from bulletin.rows import document_row, fact_rows, fact_types
from schemas.catalogue import Catalogue
from schemas.concepts import DocumentStatus, Outcome, Severity, Status
from schemas.document import DOCUMENT
from schemas.evaluate import Judged
from schemas.fact import fact_contract
from schemas.frames import frame_of
from schemas.mention import mention_contract
from schemas.observation import observation_contract
from schemas.rules import Rule, all_rules
from schemas.stated import Stated

REPAIRS = 5
"""Proposals that are kept for a group of broken comparisons."""
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
class Held:
    """What is known already of other documents."""

    facts: pd.DataFrame = field(default_factory=pd.DataFrame)
    """Facts in the columns of the contract, with `sha256`, `publisher` and `published` of their documents."""
    dismissed: frozenset[str] = frozenset()
    """Issues that a person says are none."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Documents with the rows to load: every stated number with its status, and what was found."""

    documents: tuple[Document, ...]
    facts: pd.DataFrame
    issues: tuple[Issue, ...]
    counts: Mapping[str, Counts] = field(default_factory=dict)
    held: pd.DataFrame = field(default_factory=pd.DataFrame)
    """Facts of other documents that were looked at too; row i of it has the label `len(facts) + i` in an issue."""
    changed: Mapping[int, Status] = field(default_factory=dict)
    """Rows of `held` whose status is another now: a later document speaks for or against them."""


def check(resolved: Sequence[Resolved], catalogue: Catalogue, held: Held = Held()) -> Checked:
    """Return the facts of the documents, each accepted, quarantined or unresolved, with the issues found.

    The contracts of each stage come first; the rules see only facts that keep them, beside those of `held`: facts
    of other documents (columns of a fact, `publisher`, `published`). Suspected numbers are quarantined. No row is
    dropped.
    """
    rows = [row for document in resolved for row in fact_rows(document)]
    facts = frame_of(rows, fact_types(catalogue))
    documents = tuple(item.document for item in resolved)
    issues = [*_check_documents(documents), *_yield_nothing(resolved)]
    counts: dict[str, Counts] = {}
    if len(facts):
        broken = list(_broken_contracts(facts, catalogue))
        issues += broken
        _quarantine(facts, {row for issue in broken for row in issue.rows})
    others = held.facts
    sound = facts[facts["status"] == Status.ACCEPTED]
    frame, labels = _side_by_side(sound, others, documents, len(facts))
    changed: dict[int, Status] = {}
    if len(frame):
        found = list(_broken_rules(Stated(frame, catalogue), labels, counts, held.dismissed))
        issues += found
        suspected = {row for issue in found for row in _quarantined_by(issue)}
        _quarantine(facts, {row for row in suspected if row < len(facts)})
        changed = dict(_changed(others, {row - len(facts) for row in suspected if row >= len(facts)}))
    return Checked(documents, facts, tuple(issues), counts, others, changed)


def _quarantine(facts: pd.DataFrame, rows: set[int]) -> None:
    resolved_rows = [row for row in sorted(rows) if facts.at[row, "status"] != Status.UNRESOLVED]
    facts.loc[resolved_rows, "status"] = Status.QUARANTINED.value


def _quarantined_by(issue: Issue) -> Iterator[int]:
    """Yield the rows that an issue puts in doubt: its suspects, or all its rows where it has none."""
    if issue.severity is Severity.ERROR and issue.outcome is Outcome.FAIL:
        yield from (row for rows in issue.suspects for row in rows) if issue.suspects else issue.rows


def _changed(held: pd.DataFrame, suspected: set[int]) -> Iterator[tuple[int, Status]]:
    for row, status in enumerate(held["status"] if len(held) else ()):
        now = Status.QUARANTINED if row in suspected else Status.ACCEPTED
        if status != now:
            yield row, now


def _side_by_side(
    sound: pd.DataFrame, held: pd.DataFrame, documents: Sequence[Document], count: int
) -> tuple[pd.DataFrame, list[int]]:
    """Return both in one frame, rows 0, 1, 2, ..., and what issues call each row."""
    labels = [*map(int, sound.index), *range(count, count + len(held))]
    said = {document.key: document for document in documents}
    about: dict[str, Any] = {
        name: [getattr(said[key].metadata, name) for key in sound["document"]] for name in ("publisher", "published")
    }
    own = sound.assign(**about, sha256=[said[key].sha256 for key in sound["document"]])
    frame = pd.concat([own, held], ignore_index=True) if len(held) else own.reset_index(drop=True)
    return frame, labels


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
    stated: Stated, labels: Sequence[int], counts: dict[str, Counts], dismissed: frozenset[str]
) -> Iterator[Issue]:
    """Yield an issue for each broken comparison: first groups with their suspects, then what is nobody's mistake."""
    judged, outside = _judged(stated, counts)
    for row in sorted(outside):
        message = f"{stated.frame['quote'].iat[row]!r} lies outside its own interval."
        yield _issue(CONTRACT, Severity.ERROR, message, (row,), stated, labels)
    _dismiss(judged, stated, dismissed)
    network = Network(stated, judged)
    suspected: set[int] = set()
    for number, group in enumerate(localise(network)):
        suspected |= group.suspected
        suspects = tuple(tuple(labels[row] for row in sorted(rows)) for rows in group.suspects)
        repairs = tuple(
            Repair(row=labels[p.row], value=p.value, kind=p.slip.kind, words=p.slip.words, mends=len(p.mends))
            for p in proposals(sorted(group.suspected), group.broken, network)[:REPAIRS]
        )
        for comparison in group.broken:
            rule, rows = comparison.judged.rule, comparison.rows
            message = comparison.judged.describe([stated.record(row) for row in rows])
            issue = _issue(rule.id, rule.severity, message, rows, stated, labels)
            yield replace(issue, group=number, suspects=suspects, exact=group.exact, repairs=repairs)
    for item in judged:
        if item.failing is not Outcome.FAIL or item.rule.severity is Severity.INFO:
            for rows in item.rows[item.codes == 1].tolist():
                if suspected.intersection(rows):
                    continue  # a number that is wrong restates nothing
                message = item.describe([stated.record(row) for row in rows])
                issue = _issue(item.rule.id, item.rule.severity, message, rows, stated, labels)
                yield replace(issue, outcome=item.failing, severity=Severity.INFO)


def _issue(
    rule: str, severity: Severity, message: str, rows: Sequence[int], stated: Stated, labels: Sequence[int]
) -> Issue:
    newest = min(rows, key=lambda row: (labels[row], row))  # new facts come before those of other documents
    return Issue(
        id=_identity(rule, rows, stated),
        rule=rule,
        severity=severity,
        message=message,
        document=stated.text("document", newest),
        rows=tuple(labels[row] for row in rows),
    )


def _identity(rule: str, rows: Sequence[int], stated: Stated) -> str:
    """Return the id of a broken comparison: its rule, and of its numbers the bytes of their documents and the
    places."""
    places = sorted(f"{stated.text('sha256', row)} {stated.text('position', row)}" for row in rows)
    return hashlib.sha256("\0".join([rule, *places]).encode()).hexdigest()[:12]


def _dismiss(judged: Sequence[Judged], stated: Stated, dismissed: frozenset[str]) -> None:
    """Take the comparisons for undecided that a person said are no mistake."""
    for item in judged if dismissed else ():
        for at in np.flatnonzero(item.codes == 1).tolist():
            if _identity(item.rule.id, item.rows[at].tolist(), stated) in dismissed:
                item.codes[at] = 2


def _judged(stated: Stated, counts: dict[str, Counts]) -> tuple[list[Judged], set[int]]:
    """Return what every rule found, and the rows that lie outside their own interval."""
    found: list[Judged] = []

    def sink(rule: Rule, judged: Sequence[Judged]) -> None:
        count = counts.setdefault(rule.id, Counts())
        for item in judged:
            count.passed += item.count(0)
            count.failed += item.count(1)
            count.not_evaluable += item.count(2)
        found.extend(judged)

    contract = fact_contract(stated, all_rules(), sink)
    outside = {row for row, name, _ in _failures(stated.frame, contract) if name == "interval_holds_value"}
    return found, outside
