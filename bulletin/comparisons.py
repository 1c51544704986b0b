"""What the rules find: which comparisons are broken, which numbers must be wrong, and what is nobody's mistake."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pandera.errors
import pandera.pandas as pa

from bulletin.localise import Network, localise
from bulletin.model import Issue, Repair
from bulletin.policy import Policy
from bulletin.repair import proposals
from schemas.concepts import Outcome, Severity
from schemas.evaluate import Judged
from schemas.fact import fact_contract
from schemas.rules import Rule, all_rules
from schemas.stated import Flags, Rows, Stated

REPAIRS = 5
"""Proposals that are kept for a group of broken comparisons."""
CONTRACT = "contract"
"""The rule name of a broken contract."""
RELEASES, PUBLISHERS = "releases", "publishers"
"""Rules whose outcome depends on which source speaks."""


@dataclass(slots=True)
class Counts:
    """How the evaluations of one rule came out."""

    passed: int = 0
    failed: int = 0
    not_evaluable: int = 0


def broken_rules(
    stated: Stated, labels: Sequence[int], counts: dict[str, Counts], dismissed: frozenset[str], policy: Policy
) -> Iterator[Issue]:
    """Yield an issue for each broken comparison: first groups with their suspects, then what is nobody's mistake."""
    judged, outside = judged_by(rules_of(policy), stated, counts)
    for row in sorted(outside):
        message = f"{stated.frame['quote'].iat[row]!r} lies outside its own interval."
        yield issue_of(CONTRACT, Severity.ERROR, message, (row,), stated, labels)
    judged = [_undismissed(item, stated, dismissed) for item in judged] if dismissed else judged
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
            issue = issue_of(rule.id, rule.severity, message, rows, stated, labels)
            yield replace(issue, group=number, suspects=suspects, exact=group.exact, repairs=repairs)
    for item in judged:
        if item.failing is not Outcome.FAIL or item.rule.severity is Severity.INFO:
            for rows in item.rows[item.codes == 1].tolist():
                if suspected.intersection(rows):
                    continue  # a number that is wrong restates nothing
                message = item.describe([stated.record(row) for row in rows])
                issue = issue_of(item.rule.id, _severity(item), message, rows, stated, labels)
                yield replace(issue, outcome=item.failing)


def _severity(item: Judged) -> Severity:
    """Return the rule's severity where it is about restatements; of other rules a restatement is no mistake."""
    return item.rule.severity if item.rule.id == RELEASES else Severity.INFO


def issue_of(
    rule: str, severity: Severity, message: str, rows: Sequence[int], stated: Stated, labels: Sequence[int]
) -> Issue:
    """Return the issue of a broken comparison of these rows; it is filed under the newest of their documents."""
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
    """Return the id of a broken comparison: its rule, and of its numbers the documents' bytes and the places."""
    return digest(rule, *sorted(f"{stated.text('sha256', row)} {stated.text('position', row)}" for row in rows))


def digest(*parts: str) -> str:
    """Return the id that is made of these parts."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def _undismissed(item: Judged, stated: Stated, dismissed: frozenset[str]) -> Judged:
    """Return the comparisons without those that a person said are no mistake: they say nothing of any number."""
    kept = np.ones(len(item.rows), dtype=bool)
    for at in np.flatnonzero(item.codes == 1).tolist():
        kept[at] = _identity(item.rule.id, item.rows[at].tolist(), stated) not in dismissed
    return item if kept.all() else _part(item, kept)


def _part(item: Judged, kept: Flags, failing: Outcome | None = None) -> Judged:
    return replace(item, rows=item.rows[kept], codes=item.codes[kept], failing=failing or item.failing)


def judged_by(rules: Sequence[Rule], stated: Stated, counts: dict[str, Counts]) -> tuple[list[Judged], set[int]]:
    """Return what the rules found that is about a fact within reach, and the rows outside their own interval.

    Comparisons that a new fact takes part in are counted.
    """
    found: list[Judged] = []
    reach, new = (stated.frame[name].to_numpy(dtype=bool) for name in ("judged", "is_new"))

    def sink(rule: Rule, judged: Sequence[Judged]) -> None:
        count = counts.setdefault(rule.id, Counts())
        for item in judged:
            within: Flags = np.asarray(reach[item.rows].any(axis=1))
            item = item if within.all() else _part(item, within)
            codes = item.codes[new[item.rows].any(axis=1)]
            count.passed += int((codes == 0).sum())
            count.failed += int((codes == 1).sum())
            count.not_evaluable += int((codes == 2).sum())
            found.extend(_by_authority(item, stated))

    contract = fact_contract(stated, rules, sink)
    outside = {row for row, name, _ in failures(stated.frame, contract) if name == "interval_holds_value"}
    return found, outside


def rules_of(policy: Policy) -> list[Rule]:
    """Return the rules with the severities that the settings give them, without those that they turn off."""
    asked = [(rule, policy.severity.get(rule.id, rule.severity.value)) for rule in all_rules()]
    return [replace(rule, severity=Severity(severity)) for rule, severity in asked if severity != "off"]


def _by_authority(item: Judged, stated: Stated) -> Iterator[Judged]:
    """Yield the comparisons as they are, or apart where the source decides what a difference means.

    What another publisher says is restated where one of the two is the official source; a release restates another
    only where it is known which is the later one, or one is official.
    """
    if item.rule.id not in (RELEASES, PUBLISHERS) or item.failing is Outcome.DIFFERENT_DEFINITION:
        yield item
        return
    one_is_official = _official(stated, item.rows)
    restated = one_is_official
    if item.rule.id == RELEASES:
        dated = (stated.codes("published")[0] != stated.codes("published")[1].get("", -1))[item.rows].all(axis=1)
        restated = one_is_official | dated
    for kept, failing in ((restated, Outcome.RESTATED), (~restated, Outcome.FAIL)):
        if kept.any():
            yield _part(item, kept, failing)


def _official(stated: Stated, rows: Rows) -> Flags:
    """Return for each pair whether exactly one of the two is of an official source."""
    official = stated.frame["official"].to_numpy(dtype=bool)[rows]
    one: Flags = official.sum(axis=1) == 1
    return one


def failures(frame: pd.DataFrame, contract: pa.DataFrameSchema) -> Iterator[tuple[int, str, str]]:
    """Yield row, check and sentence of every broken check, once a row: pandera repeats a frame check per column."""
    try:
        contract.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases
        seen: set[tuple[Any, str]] = set()
        for at, (row, check_name) in enumerate(zip(cases["index"].tolist(), cases["check"].tolist(), strict=True)):
            if row is None or pd.isna(row):
                raise TypeError(f"the frame does not fit the {contract.name} contract: {cases.iloc[at]}") from error
            if (row, check_name) not in seen:
                seen.add((row, check_name))
                column, value = cases["column"].iat[at], cases["failure_case"].iat[at]
                yield int(row), str(check_name), f"{column} is {value!r}, allowed is {check_name}"
