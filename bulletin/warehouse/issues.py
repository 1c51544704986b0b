"""What becomes of issues: found, found again, closed when they are not found any more, decided by a person."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import duckdb

from bulletin.errors import UsageError
from bulletin.model import Issue, Repair
from bulletin.warehouse.store import Warehouse


def load_issues(
    connection: duckdb.DuckDBPyConnection,
    issues: Sequence[Issue],
    *,
    documents: Mapping[str, int],
    hashes: Mapping[str, str],
    observations: Sequence[int],
    held: Sequence[int],
    load_id: int,
) -> None:
    """Write what was found, open what is new, and close what this load looked at and did not find.

    Args:
        connection: in the load's transaction.
        issues: found by the checks, and by reading.
        documents: ids by key, of the documents of this load.
        hashes: of their bytes, by key.
        observations: ids of the load's facts, by the labels of the issues' rows.
        held: ids of the facts that were looked at beside them; their labels follow.
        load_id: the load.
    """
    ids = [*observations, *held]
    identities = [issue.id or _identity(issue, hashes) for issue in issues]
    findings: dict[int, str] = {}
    for issue, identity in zip(issues, identities, strict=True):
        findings.setdefault(issue.group, identity)
    connection.execute("DELETE FROM fact_issue WHERE issue IN (SELECT unnest(?))", [identities])
    distinct = {identity: issue for issue, identity in zip(issues, identities, strict=True)}
    for identity, issue in distinct.items():
        connection.execute(
            _INSERT,
            [
                identity,
                load_id,
                documents[issue.document or ""],
                issue.rule,
                issue.severity.value,
                issue.message,
                [ids[label] for label in issue.rows],
                issue.outcome.value,
                findings[issue.group] if issue.group >= 0 else identity,
                [[ids[label] for label in labels] for labels in issue.suspects],
                issue.exact,
                [_repair(repair, ids) for repair in issue.repairs],
            ],
        )
    _open(connection, list(distinct), load_id)
    _close(connection, list(distinct), ids, load_id)


_INSERT = """
    INSERT INTO fact_issue (
        issue, load_id, document_id, rule, severity, message, observation_ids,
        outcome, finding, suspect_ids, certain, repairs
    )
    VALUES (
        ?, ?, ?, ?, ?, ?, ?::BIGINT[], ?, ?, ?::BIGINT[][], ?,
        ?::STRUCT(observation_id BIGINT, "value" DECIMAL(38, 10), kind VARCHAR, words VARCHAR, mends INTEGER)[]
    )
"""
_OPEN = """
    INSERT INTO issue_event (issue, state, noted_at, load_id)
    SELECT found.issue, 'open', ?::TIMESTAMPTZ, ?
    FROM (SELECT unnest(?::VARCHAR[]) AS issue) AS found
    LEFT JOIN (
        SELECT issue, arg_max(state, rowid) AS state FROM issue_event GROUP BY issue
    ) AS known USING (issue)
    WHERE known.state IS NULL OR known.state IN ('closed', 'accepted')
"""
_CLOSE = """
    INSERT INTO issue_event (issue, state, noted_at, load_id, reason)
    SELECT issue, 'closed', ?::TIMESTAMPTZ, ?, CASE
        WHEN document_id NOT IN (SELECT document_id FROM current_document) THEN 'a newer vintage took the place of
        its document' ELSE 'looked at again and not found'
    END
    FROM issue
    WHERE state IN ('open', 'accepted') AND NOT list_contains(?::VARCHAR[], issue) AND (
        document_id NOT IN (SELECT document_id FROM current_document)
        OR (len(observation_ids) > 0 AND rule != 'contract' AND list_has_all(?::BIGINT[], observation_ids))
    )
"""


def _open(connection: duckdb.DuckDBPyConnection, issues: Sequence[str], load_id: int) -> None:
    """Open what is new, and what was settled and is found again."""
    connection.execute(_OPEN, [_now(), load_id, list(issues)])


def _close(
    connection: duckdb.DuckDBPyConnection, issues: Sequence[str], looked_at: Sequence[int], load_id: int
) -> None:
    connection.execute(_CLOSE, [_now(), load_id, list(issues), list(looked_at)])


def _repair(repair: Repair, ids: Sequence[int]) -> dict[str, Any]:
    return {
        "observation_id": ids[repair.row],
        "value": round(repair.value, 10),
        "kind": repair.kind,
        "words": repair.words,
        "mends": repair.mends,
    }


def _identity(issue: Issue, hashes: Mapping[str, str]) -> str:
    """Return the id of a finding of one document: its rule, the document's bytes, the rows and the message."""
    document = issue.document or ""
    parts = [issue.rule, hashes.get(document, document), *map(str, issue.rows), issue.message]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def decide(warehouse: Warehouse, finding: str, state: str, *, who: str, reason: str) -> None:
    """Write down what a person decided of a finding, and free or hold back the facts that it suspects.

    A fact stays in quarantine as long as any open finding of severity error suspects it.
    """
    connection = warehouse.connection
    connection.execute("BEGIN TRANSACTION")
    connection.execute(
        "INSERT INTO issue_event (issue, state, noted_at, who, reason) "
        "SELECT issue, ?, ?::TIMESTAMPTZ, ?, ? FROM fact_issue WHERE finding = ?",
        [state, _now(), who, reason, finding],
    )
    connection.execute(_JUDGE, [finding])
    connection.execute("COMMIT")


_JUDGE = """
    UPDATE fact_observation SET status = CASE WHEN observation_id IN (
        SELECT unnest(CASE WHEN len(suspect_ids) > 0 THEN flatten(suspect_ids) ELSE observation_ids END)
        FROM issue WHERE state IN ('open', 'accepted') AND severity = 'error' AND outcome = 'fail'
    ) THEN 'quarantined' ELSE 'accepted' END
    WHERE status IN ('accepted', 'quarantined') AND observation_id IN (
        SELECT unnest(list_concat(observation_ids, flatten(suspect_ids))) FROM fact_issue WHERE finding = ?
    )
"""


def issue_row(warehouse: Warehouse, issue: str) -> dict[str, Any]:
    """Return the row of `issue` whose id begins so.

    Raises:
        UsageError: none does, or several do.
    """
    found = warehouse.rows("SELECT * FROM issue WHERE starts_with(issue, ?) ORDER BY issue", [issue])
    if len(found) != 1:
        known = warehouse.rows("SELECT issue FROM issue WHERE state = 'open' ORDER BY issue LIMIT 5")
        listed = ", ".join(row["issue"] for row in (found or known)) or "none"
        what = f"{len(found)} issues begin" if found else "no issue begins"
        raise UsageError(f"{what} with {issue!r}; {'they are' if found else 'open ones are'}: {listed}")
    return found[0]


def _now() -> str:
    return datetime.now(UTC).isoformat()
