"""The gate of a load: documents with an error, or beyond a threshold of their source, are kept out of the facts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bulletin.check import Checked, Held, check, doubted
from bulletin.document_checks import QUARANTINED
from bulletin.model import Issue, Resolved
from bulletin.policy import Policy
from bulletin.user_rules import USER_RULE, UserCheck
from schemas.catalogue import Catalogue
from schemas.concepts import Outcome, Severity

GATE = "gate"
"""The rule name of the finding that a document was kept out."""
TITLE = "A document must pass the gate"


def check_at_gate(
    resolved: Sequence[Resolved],
    catalogue: Catalogue,
    held_for: Callable[[Sequence[Resolved]], Held],
    policy: Policy,
    checks: Sequence[UserCheck] = (),
    found_before: Sequence[Issue] = (),
) -> Checked:
    """Return what `check` returns, with what was found before; and, with the gate, without what does not pass it.

    `held_for` returns what is known beside documents. What is kept out speaks neither for nor against any other fact:
    the rest is judged as if it had not come. Its documents are in the result with what was found of them, and in
    `refused` with the reason.
    """
    checked = check(resolved, catalogue, held_for(resolved), policy, checks)
    checked = replace(checked, issues=(*found_before, *checked.issues))
    refused: dict[str, str] = {}
    issues: list[Issue] = []
    while policy.gate and (found := dict(_refused(checked, policy))):
        refused |= found
        issues += [*_of_refused(checked, found), *(_kept_out(key, reason) for key, reason in found.items())]
        rest = [item for item in resolved if item.document.key not in refused]
        before = [issue for issue in found_before if issue.document not in refused]
        checked = check(rest, catalogue, held_for(rest), policy, checks)
        checked = replace(checked, issues=(*before, *checked.issues))
    documents = tuple(item.document for item in resolved)
    return replace(checked, documents=documents, issues=(*issues, *checked.issues), refused=refused)


def _refused(checked: Checked, policy: Policy) -> Iterator[tuple[str, str]]:
    """Yield the documents that do not pass, each with the first reason."""
    seen: set[str] = set()
    said = {document.key: document.metadata.publisher for document in checked.documents}
    for issue in checked.issues:
        for key in _at_fault(issue, checked):
            if key in said and key not in seen and (_is_error(issue) or _is_beyond(issue, policy, key, said[key])):
                seen.add(key)
                yield key, issue.message


def _is_error(issue: Issue) -> bool:
    return issue.severity is Severity.ERROR and issue.outcome is Outcome.FAIL and issue.rule != USER_RULE


def _is_beyond(issue: Issue, policy: Policy, key: str, publisher: str | None) -> bool:
    """Whether it is a threshold that the settings set for the source, whatever its severity."""
    asked = policy.of(key, publisher)
    return (issue.rule == QUARANTINED and asked.quarantined is not None) or (
        issue.rule == "low_yield" and asked.least is not None
    )


def _at_fault(issue: Issue, checked: Checked) -> set[str]:
    """Return the new documents that an issue speaks against: those of its suspects, or its own."""
    if all(row >= len(checked.facts) for row in issue.rows):  # of none, or only of what was loaded before
        return {issue.document or ""}
    rows = [row for row in doubted(issue) if row < len(checked.facts)]
    return {str(checked.facts["document"].iat[row]) for row in rows}


def _of_refused(checked: Checked, refused: dict[str, str]) -> Iterator[Issue]:
    """Yield what was found of the documents, without the facts, which will not be there."""
    for issue in checked.issues:
        keys = sorted((_at_fault(issue, checked) | {issue.document or ""}) & set(refused))
        if keys:
            document = issue.document if issue.document in refused else keys[0]
            yield replace(issue, document=document, rows=(), suspects=(), repairs=())


def _kept_out(key: str, reason: str) -> Issue:
    message = f"It was kept out, none of its facts is loaded: {reason} `bulletin ingest --again` lets it in."
    return Issue(rule=GATE, severity=Severity.ERROR, message=message, document=key)
