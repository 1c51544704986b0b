"""What a new vintage of a document says otherwise than the one before it, and what it does not say any more.

The facts of the vintage before stand beside the new ones here and nowhere else: no other rule sees them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd
import pyarrow

from bulletin.comparisons import Counts, issue_of, judged_by, rules_of
from bulletin.model import Issue, Observation, Resolved
from bulletin.policy import Policy
from bulletin.revisions import Revisions
from schemas.catalogue import Catalogue
from schemas.concepts import Outcome, Severity, Status
from schemas.rules.vintages import BY_SOURCE, BY_TEXT, no_longer_stated, said_of
from schemas.stated import Stated

VINTAGES = "vintages"
Gone = Sequence[tuple[int, str]]
"""Labels of facts that are not stated any more, and what each states."""


def stated_again(
    facts: pd.DataFrame, resolved: Sequence[Resolved], earlier: pd.DataFrame, policy: Policy, catalogue: Catalogue
) -> pd.DataFrame:
    """Return the resolved facts of the documents that have an earlier vintage, with `restated_by`.

    That is `source` where the official source says so, `text` where the text speaks of a revision; a number in
    quarantine restates nothing.
    """
    before = set(earlier["document"])
    again = [item for item in resolved if item.document.key in before]
    later = (
        facts[facts["document"].isin(sorted(before)) & (facts["status"] != Status.UNRESOLVED)] if again else facts[:0]
    )
    reasons = {reason: said for item in again for reason, said in _reasons(item, policy, catalogue)}
    places = zip(later["document"], later["position"], later["status"], strict=True)
    restated_by = [
        reasons.get((document, position)) if status == Status.ACCEPTED else None
        for document, position, status in places
    ]
    return later.assign(restated_by=pd.Series(restated_by, later.index, dtype=pd.ArrowDtype(pyarrow.string())))


def _reasons(item: Resolved, policy: Policy, catalogue: Catalogue) -> Iterator[tuple[tuple[str, int], str]]:
    """Yield the places of the facts that may say otherwise than before, each with the reason."""
    document = item.document
    official = policy.of(document.key, document.metadata.publisher).official
    revisions = Revisions(document, catalogue)
    for position, fact in enumerate(item.facts):
        if official:
            yield (document.key, position), BY_SOURCE
        elif isinstance(fact, Observation) and revisions.of(fact.mention):
            yield (document.key, position), BY_TEXT


def changed(
    stated: Stated, labels: Sequence[int], counts: dict[str, Counts], dismissed: frozenset[str], policy: Policy
) -> Iterator[Issue]:
    """Yield an issue for each fact that the new vintage states otherwise; what it restates is for information.

    Args:
        stated: the facts of both vintages, in the columns that the rule asks for.
        labels: what issues call each row.
        counts: of comparisons by rule, which are added to.
        dismissed: issues that a person says are none.
        policy: severities by rule.
    """
    rules = [rule for rule in rules_of(policy) if rule.id == VINTAGES]
    found, _ = judged_by(rules, stated, counts)
    for item in found:
        severity = Severity.INFO if item.failing is Outcome.RESTATED else item.rule.severity
        for rows in item.rows[item.codes == 1].tolist():
            message = item.describe([stated.record(row) for row in rows])
            issue = issue_of(VINTAGES, severity, message, rows, stated, labels)
            # As an error it puts the new number in doubt: what the vintage before said is not current.
            suspects = ((labels[rows[1]],),) if severity is Severity.ERROR else ()
            if issue.id not in dismissed:
                yield replace(issue, outcome=item.failing, suspects=suspects)


def gone(stated: Stated, labels: Sequence[int]) -> Mapping[str, Gone]:
    """Return for each document what the vintage before it stated and the new one does not, in reading order."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in no_longer_stated(stated).tolist():
        fact = stated.record(row)
        found[fact["document"]].append((labels[row], said_of(fact, stated.catalogue)))
    return found
