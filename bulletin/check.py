"""The gate: contracts and rules decide which facts are accepted; what fails is kept, marked and explained."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa
import pyarrow

from bulletin import vintages
from bulletin.comparisons import CONTRACT, Counts, broken_rules, digest, failures
from bulletin.document_checks import Others, document_issues, facts_sha256
from bulletin.model import Document, Issue, Resolved
from bulletin.policy import Policy
from bulletin.rows import document_row, fact_rows, fact_types
from bulletin.user_rules import UserCheck, refused
from schemas.catalogue import Catalogue
from schemas.concepts import DocumentStatus, Outcome, Severity, Status
from schemas.document import DOCUMENT
from schemas.frames import frame_of
from schemas.mention import mention_contract
from schemas.observation import observation_contract
from schemas.stated import Stated

NO_POLICY = Policy()
_TEXT = pd.ArrowDtype(pyarrow.string())
_ADVICE = {
    "period_is_known": "neither the text nor its sidecar says when it holds: give the sidecar `published: 2022-02-25`",
    "direction_goes_with_differences": "a change needs a direction and a level has none",
    "base_period_is_earlier": "it is compared with a period that is not earlier",
    "value_is_not_negative": "a value is never negative; the direction says which way it goes",
}


@dataclass(frozen=True, slots=True)
class Held:
    """What is known already of other documents."""

    facts: pd.DataFrame = field(default_factory=pd.DataFrame)
    """Facts in the columns of the contract, with `sha256`, `publisher` and `published` of their documents.

    Its flag `judged` says which are within reach of the new ones: only comparisons that touch one of those, or a new
    fact, count; the others are there to compare with. `held_back` says which an issue speaks against that these facts
    cannot settle.
    """
    earlier: pd.DataFrame = field(default_factory=pd.DataFrame)
    """Accepted facts of the vintage before, of documents that are read anew, with `vintage` and `superseded_by`."""
    dismissed: frozenset[str] = frozenset()
    """Issues that a person says are none."""
    looked_at: frozenset[str] = frozenset()
    """Open issues that are judged anew with nothing missing: those not found again are settled."""
    others: Others = field(default_factory=Others)
    """What documents were loaded before."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Documents with the rows to load: every stated number with its status, and what was found."""

    documents: tuple[Document, ...]
    facts: pd.DataFrame
    issues: tuple[Issue, ...]
    counts: Mapping[str, Counts] = field(default_factory=dict)
    held: pd.DataFrame = field(default_factory=pd.DataFrame)
    """Facts of other documents that were looked at too, and behind them those of earlier vintages.

    Row i of it has the label `len(facts) + i` in an issue.
    """
    changed: Mapping[int, Status] = field(default_factory=dict)
    """Rows of `held` whose status is another now: a later document speaks for or against them."""
    looked_at: frozenset[str] = frozenset()
    """Open issues of the warehouse that were judged anew."""
    facts_sha256: Mapping[str, str] = field(default_factory=dict)
    """By document, the hash of what its facts state."""
    refused: Mapping[str, str] = field(default_factory=dict)
    """Documents that the gate keeps out, and why; their facts are none of `facts`."""
    seen: int | None = None
    """Key of the next load when the warehouse was looked at; None where nobody else can load meanwhile."""


def check(
    resolved: Sequence[Resolved],
    catalogue: Catalogue,
    held: Held = Held(),
    policy: Policy = NO_POLICY,
    checks: Sequence[UserCheck] = (),
) -> Checked:
    """Return the facts of the documents, each accepted, quarantined or unresolved, with the issues found.

    The contracts of each stage come first, then the checks that a user wrote; the rules see only facts that keep them,
    beside those of `held`. Suspected numbers are quarantined. No row is dropped.
    """
    rows = [row for document in resolved for row in fact_rows(document)]
    facts = frame_of(rows, fact_types(catalogue))
    documents = tuple(item.document for item in resolved)
    issues = list(_check_documents(documents))
    counts: dict[str, Counts] = {}
    about = _About(documents, policy)
    if len(facts):
        found = [*_broken_contracts(facts, catalogue, about), *_broken_checks(facts, checks, about)]
        issues += [issue for issue in found if issue.id not in held.dismissed]
        _quarantine(facts, {row for issue in issues for row in doubted(issue)})
    others = held.facts
    frame, labels = about.side_by_side(facts[facts["status"] == Status.ACCEPTED], others, len(facts))
    changed: dict[int, Status] = {}
    if len(frame):
        found = list(broken_rules(Stated(frame, catalogue), labels, counts, held.dismissed, policy))
        issues += found
        suspected = {row for issue in found for row in doubted(issue)}
        _quarantine(facts, {row for row in suspected if row < len(facts)})
        changed = dict(_changed(others, {row - len(facts) for row in suspected if row >= len(facts)}))
    found, lost = _against_earlier(facts, resolved, held, about, catalogue, counts)
    issues += found
    _quarantine(facts, {row for issue in found for row in doubted(issue)})
    found = list(document_issues(resolved, facts, held.others, policy, lost))
    issues += [issue for issue in found if issue.id not in held.dismissed]
    hashes = {item.document.key: said for item in resolved if (said := facts_sha256(item))}
    beside = pd.concat([others, held.earlier], ignore_index=True) if len(held.earlier) else others
    return Checked(documents, facts, tuple(issues), counts, beside, changed, held.looked_at, hashes)


def _against_earlier(
    facts: pd.DataFrame,
    resolved: Sequence[Resolved],
    held: Held,
    about: "_About",
    catalogue: Catalogue,
    counts: dict[str, Counts],
) -> tuple[list[Issue], Mapping[str, vintages.Gone]]:
    """Return what new vintages of documents state otherwise than those before them, and what not any more."""
    if not len(held.earlier):
        return [], {}
    again = vintages.stated_again(facts, resolved, held.earlier, about.policy, catalogue)
    frame, labels = about.side_by_side(again, held.earlier, len(facts) + len(held.facts))
    stated = Stated(frame, catalogue)
    found = list(vintages.changed(stated, labels, counts, held.dismissed, about.policy))
    return found, vintages.gone(stated, labels)


def _quarantine(facts: pd.DataFrame, rows: set[int]) -> None:
    resolved_rows = [row for row in sorted(rows) if facts.at[row, "status"] != Status.UNRESOLVED]
    facts.loc[resolved_rows, "status"] = Status.QUARANTINED.value


def doubted(issue: Issue) -> Iterator[int]:
    """Yield the labels of the rows that an issue puts in doubt: its suspects, or all its rows where it has none."""
    if issue.severity is Severity.ERROR and issue.outcome is Outcome.FAIL:
        yield from (row for rows in issue.suspects for row in rows) if issue.suspects else issue.rows


def _changed(held: pd.DataFrame, suspected: set[int]) -> Iterator[tuple[int, Status]]:
    """Yield the held facts that are suspected now, and those that nothing speaks against any more."""
    for row, status in enumerate(held["status"] if len(held) else ()):
        if row in suspected:
            if status != Status.QUARANTINED:
                yield row, Status.QUARANTINED
        elif status == Status.QUARANTINED and not held["held_back"].iat[row]:
            yield row, Status.ACCEPTED


class _About:
    """What documents say of themselves, and what is asked of their sources."""

    def __init__(self, documents: Sequence[Document], policy: Policy) -> None:
        self.documents = {document.key: document for document in documents}
        self.policy = policy

    def told(self, facts: pd.DataFrame) -> pd.DataFrame:
        """Return the facts with publisher, date and hash of their documents."""
        said = [self.documents[key] for key in facts["document"]]
        metadata: dict[str, Any] = {
            name: pd.Series([getattr(document.metadata, name) for document in said], facts.index, dtype=_TEXT)
            for name in ("publisher", "published")
        }
        return facts.assign(
            **metadata, sha256=pd.Series([document.sha256 for document in said], facts.index, dtype=_TEXT)
        )

    def side_by_side(self, sound: pd.DataFrame, held: pd.DataFrame, count: int) -> tuple[pd.DataFrame, list[int]]:
        """Return both in one frame, rows 0, 1, 2, ..., with their sources' trust, and what issues call each row."""
        labels = [*map(int, sound.index), *range(count, count + len(held))]
        own = self.told(sound).assign(judged=True, is_new=True)
        frame = pd.concat([own, held.assign(is_new=False)], ignore_index=True) if len(held) else own
        sources = pd.MultiIndex.from_arrays([frame["document"], frame["publisher"].fillna("")])
        codes, distinct = sources.factorize()
        asked = [self.policy.of(key, publisher) for key, publisher in distinct]
        trust = np.array([entry.trust for entry in asked] or [1.0])[codes]
        official = np.array([entry.official for entry in asked] or [False])[codes]
        return frame.reset_index(drop=True).assign(trust=trust, official=official), labels

    def identity(self, rule: str, fact: Any, *more: str) -> str:
        """Return the id of a finding on one fact: its document's bytes and its place in it."""
        return digest(rule, f"{self.documents[fact['document']].sha256} {fact['position']}", *more)


def without(checked: Checked, keys: set[str]) -> Checked:
    """Return the same without the documents of those keys, their facts and their issues."""
    if not keys:
        return checked
    facts, count = checked.facts, len(checked.facts)
    kept = facts[~facts["document"].isin(sorted(keys))] if count else facts
    place = {row: at for at, row in enumerate(kept.index)}
    place |= {count + at: len(kept) + at for at in range(len(checked.held))}
    issues = tuple(
        _relabelled(issue, place)
        for issue in checked.issues
        if issue.document not in keys and all(row in place for row in _rows_of(issue))
    )
    documents = tuple(document for document in checked.documents if document.key not in keys)
    return replace(checked, documents=documents, facts=kept.reset_index(drop=True), issues=issues)


def _rows_of(issue: Issue) -> Iterator[int]:
    yield from issue.rows
    yield from (row for rows in issue.suspects for row in rows)
    yield from (repair.row for repair in issue.repairs)


def _relabelled(issue: Issue, place: Mapping[int, int]) -> Issue:
    return replace(
        issue,
        rows=tuple(place[row] for row in issue.rows),
        suspects=tuple(tuple(place[row] for row in rows) for rows in issue.suspects),
        repairs=tuple(replace(repair, row=place[repair.row]) for repair in issue.repairs),
    )


def _check_documents(documents: Sequence[Document]) -> Iterator[Issue]:
    """Yield an issue for every document that breaks its contract, and every note that its reader left."""
    frame = pd.DataFrame([document_row(document, "", DocumentStatus.LOADED) for document in documents])
    for index, _, message in failures(frame, DOCUMENT) if len(frame) else ():
        yield Issue(rule=CONTRACT, severity=Severity.ERROR, message=message, document=documents[index].key)
    for document in documents:
        for rule, message in document.notes:
            yield Issue(rule=rule, severity=Severity.WARNING, message=message, document=document.key)


def _broken_contracts(facts: pd.DataFrame, catalogue: Catalogue, about: _About) -> Iterator[Issue]:
    stages: tuple[tuple[pd.DataFrame, pa.DataFrameSchema], ...] = (
        (facts, mention_contract(catalogue)),
        (facts[facts["status"] != Status.UNRESOLVED], observation_contract(catalogue)),
    )
    for frame, contract in stages:
        for row, check_name, message in failures(frame, contract) if len(frame) else ():
            fact, said = facts.loc[row], _ADVICE.get(check_name, message)
            yield Issue(
                id=about.identity(CONTRACT, fact, contract.name, check_name),
                rule=CONTRACT,
                severity=Severity.ERROR,
                message=f"{fact['quote']!r} breaks the contract of {contract.name}: {said}.",
                document=str(fact["document"]),
                rows=(row,),
            )


def _broken_checks(facts: pd.DataFrame, checks: Sequence[UserCheck], about: _About) -> Iterator[Issue]:
    """Yield an issue for each resolved fact that a user's check refuses, and for each check that is broken itself."""
    frame = about.told(facts[facts["status"] != Status.UNRESOLVED]) if checks else facts
    for check in checks:
        mask, problem = refused(check, frame)
        if problem:
            yield problem
        for row in frame.index[mask]:
            fact = frame.loc[row]
            yield Issue(
                id=about.identity(check.id, fact),
                rule=check.id,
                severity=check.severity,
                message=f"{fact['quote']!r} ({fact['indicator']}, {fact['area']}, {fact['period']}): {check.message}.",
                document=str(fact["document"]),
                rows=(int(row),),
            )
