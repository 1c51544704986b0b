"""What becomes of issues: found, found again, closed when they are not found any more, decided by a person."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import duckdb
import pyarrow as pa

from bulletin.errors import UsageError
from bulletin.model import Issue
from bulletin.user_rules import USER_RULE
from bulletin.warehouse.store import Warehouse
from bulletin.warehouse.transaction import in_transaction
from schemas.concepts import Status

_REPAIR = pa.struct(
    [
        ("observation_id", pa.int64()),
        ("value", pa.decimal128(38, 10)),
        ("kind", pa.string()),
        ("words", pa.string()),
        ("mends", pa.int32()),
    ]
)
_TYPES = {
    "issue": pa.string(),
    "document_id": pa.int64(),
    "rule": pa.string(),
    "severity": pa.string(),
    "message": pa.string(),
    "observation_ids": pa.list_(pa.int64()),
    "outcome": pa.string(),
    "finding": pa.string(),
    "suspect_ids": pa.list_(pa.list_(pa.int64())),
    "certain": pa.bool_(),
    "repairs": pa.list_(_REPAIR),
}


def load_issues(
    connection: duckdb.DuckDBPyConnection,
    issues: Sequence[Issue],
    *,
    documents: Mapping[str, int],
    hashes: Mapping[str, str],
    observations: Sequence[int],
    held: Sequence[int],
    looked_at: Collection[str],
    load_id: int,
) -> list[str]:
    """Write what was found, open what is new, close what this load looked at and did not find; return the issues' ids.

    Args:
        connection: in the load's transaction.
        issues: found by the checks, and by reading.
        documents: ids by key, of the documents of this load first; a finding of none belongs to the first of them.
        hashes: of their bytes, by key.
        observations: ids of the load's facts, by the labels of the issues' rows.
        held: ids of the facts that were looked at beside them; their labels follow.
        looked_at: open issues that were judged anew.
        load_id: the load.
    """
    ids = [*observations, *held]
    identities = [issue.id or _identity(issue, hashes) for issue in issues]
    findings: dict[int, str] = {}
    for issue, identity in zip(issues, identities, strict=True):
        findings[issue.group] = min(identity, findings.get(issue.group, identity))
    rows = {}
    for issue, identity in zip(issues, identities, strict=True):
        finding = findings[issue.group] if issue.group >= 0 else identity
        rows[identity] = _row(issue, identity, finding, ids, documents)
    write(connection, list(rows.values()), load_id)
    fresh = set(observations)
    read_again = [
        row["issue"]
        for row in rows.values()
        if fresh.intersection(fact for facts in row["suspect_ids"] or [row["observation_ids"]] for fact in facts)
    ]
    reopen_or_open(connection, list(rows), read_again, load_id)
    _close(connection, list(rows), list(looked_at), load_id)
    return list(rows)


def _row(issue: Issue, identity: str, finding: str, ids: Sequence[int], documents: Mapping[str, int]) -> dict[str, Any]:
    return {
        "issue": identity,
        "document_id": documents[issue.document] if issue.document else next(iter(documents.values())),
        "rule": issue.rule,
        "severity": issue.severity.value,
        "message": issue.message,
        "observation_ids": [ids[label] for label in issue.rows],
        "outcome": issue.outcome.value,
        "finding": finding,
        "suspect_ids": [[ids[label] for label in labels] for labels in issue.suspects],
        "certain": issue.exact,
        "repairs": [
            {
                "observation_id": ids[repair.row],
                "value": round(repair.value, 10),
                "kind": repair.kind,
                "words": repair.words,
                "mends": repair.mends,
            }
            for repair in issue.repairs
        ],
    }


def write(connection: duckdb.DuckDBPyConnection, rows: Sequence[Mapping[str, Any]], load_id: int) -> None:
    """Put the rows in the place of those of the same ids."""
    if not rows:
        return
    arrays = [pa.array([row[name] for row in rows], kind) for name, kind in _TYPES.items()]
    connection.register("incoming_issues", pa.Table.from_arrays(arrays, names=list(_TYPES)))
    connection.execute("DELETE FROM fact_issue WHERE issue IN (SELECT issue FROM incoming_issues)")
    connection.execute("INSERT INTO fact_issue BY NAME SELECT *, ? AS load_id FROM incoming_issues", [load_id])
    connection.unregister("incoming_issues")


def reopen_or_open(
    connection: duckdb.DuckDBPyConnection, issues: Sequence[str], read_again: Sequence[str], load_id: int
) -> None:
    """Open what is new or was closed; what was accepted only where its numbers were read again and are still wrong."""
    connection.execute(
        """
        INSERT INTO issue_event (issue, state, noted_at, load_id)
        SELECT found.issue, 'open', ?::TIMESTAMPTZ, ?
        FROM (SELECT unnest(?::VARCHAR[]) AS issue) AS found
        LEFT JOIN (
            SELECT issue, arg_max(state, rowid) AS state FROM issue_event GROUP BY issue
        ) AS known USING (issue)
        WHERE known.state IS NULL OR known.state = 'closed'
            OR (known.state = 'accepted' AND list_contains(?::VARCHAR[], found.issue))
        """,
        [_now(), load_id, list(issues), list(read_again)],
    )


_REPLACED = """SELECT earlier.document_id
FROM dim_document AS later JOIN dim_document AS earlier USING (document)
WHERE later.load_id = $load AND later.vintage > earlier.vintage
    AND (later.refused IS NULL OR earlier.refused IS NOT NULL)"""
"""Documents of which the load brought a newer vintage. What earlier loads replaced, they have closed themselves."""
_SUPERSEDED = f"""i.document_id IN ({_REPLACED}) OR i.issue IN (
    SELECT named.issue
    FROM (SELECT issue, document_id, unnest(observation_ids) AS observation_id FROM fact_issue) AS named
    JOIN fact_observation AS f USING (observation_id)
    JOIN dim_document AS d ON d.document_id = f.document_id
    JOIN dim_document AS own ON own.document_id = named.document_id
    WHERE d.document != own.document AND f.document_id IN ({_REPLACED})
        AND f.document_id NOT IN (SELECT document_id FROM current_document)
)"""
"""Its document has a newer vintage, or that of one of its facts has; earlier vintages of its own are no reason."""


def _close(connection: duckdb.DuckDBPyConnection, found: Sequence[str], looked_at: Sequence[str], load_id: int) -> None:
    connection.execute(
        f"""
        INSERT INTO issue_event (issue, state, noted_at, load_id, reason)
        SELECT issue, 'closed', $now::TIMESTAMPTZ, $load, CASE
            WHEN issue IN (SELECT unnest($looked_at::VARCHAR[])) THEN 'looked at again and not found'
            WHEN rule = '{USER_RULE}' THEN 'the rule runs again'
            ELSE 'a newer vintage took the place of a document'
        END
        FROM issue AS i
        WHERE state IN ('open', 'accepted') AND issue NOT IN (SELECT unnest($found::VARCHAR[])) AND (
            issue IN (SELECT unnest($looked_at::VARCHAR[])) OR rule = '{USER_RULE}' OR {_SUPERSEDED}
        )
        """,
        {"now": _now(), "load": load_id, "looked_at": list(looked_at), "found": list(found)},
    )


def close(connection: duckdb.DuckDBPyConnection, rule: str, found: Sequence[str], load_id: int) -> None:
    """Close the open issues of a rule that looked at everything and found only these."""
    connection.execute(
        "INSERT INTO issue_event (issue, state, noted_at, load_id, reason) "
        "SELECT issue, 'closed', ?::TIMESTAMPTZ, ?, 'looked at again and not found' FROM issue "
        "WHERE rule = ? AND state IN ('open', 'accepted') AND issue NOT IN (SELECT unnest(?::VARCHAR[]))",
        [_now(), load_id, rule, list(found)],
    )


def _identity(issue: Issue, hashes: Mapping[str, str]) -> str:
    """Return the id of a finding on a whole document: its rule, the document's bytes and the message."""
    document = issue.document or ""
    return digest(issue.rule, hashes.get(document, document), issue.message)


def digest(*parts: str) -> str:
    """Return the id that is made of these parts."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def judge(connection: duckdb.DuckDBPyConnection, observations: Sequence[int]) -> None:
    """Hold back those of the facts that an open finding of severity error suspects, and free the others."""
    suspected = connection.execute(
        """
        SELECT DISTINCT unnest(CASE WHEN len(suspect_ids) > 0 THEN flatten(suspect_ids) ELSE observation_ids END)
        FROM issue WHERE state IN ('open', 'accepted') AND severity = 'error' AND outcome = 'fail'
        """
    ).fetchall()
    held_back = {fact for (fact,) in suspected}
    become(connection, [fact for fact in observations if fact in held_back], Status.QUARANTINED, None)
    become(connection, [fact for fact in observations if fact not in held_back], Status.ACCEPTED, None)


def become(
    connection: duckdb.DuckDBPyConnection, observations: Sequence[int], status: Status, load_id: int | None
) -> None:
    """Quarantine or free facts, and write down those whose status that changes."""
    connection.execute(
        """
        INSERT INTO status_event
        SELECT observation_id, status, ?, ?::TIMESTAMPTZ, ? FROM fact_observation
        WHERE status NOT IN (?, 'unresolved') AND observation_id IN (SELECT unnest(?::BIGINT[]))
        """,
        [status.value, _now(), load_id, status.value, list(observations)],
    )
    connection.execute(
        "UPDATE fact_observation SET status = ? "
        "WHERE status NOT IN (?, 'unresolved') AND observation_id IN (SELECT unnest(?::BIGINT[]))",
        [status.value, status.value, list(observations)],
    )


def decide(warehouse: Warehouse, finding: str, state: str, *, who: str, reason: str) -> None:
    """Write down what a person decided of a finding, and free or hold back the facts that it suspects.

    A fact stays in quarantine as long as any open finding of severity error suspects it.
    """
    connection = warehouse.connection
    issues = warehouse.rows("SELECT issue, observation_ids, suspect_ids FROM issue WHERE finding = ?", [finding])
    sets = [facts for row in issues for facts in (row["observation_ids"], *(row["suspect_ids"] or ()))]

    def write_down() -> None:
        connection.execute(
            "INSERT INTO issue_event (issue, state, noted_at, who, reason) "
            "SELECT unnest(?::VARCHAR[]), ?, ?::TIMESTAMPTZ, ?, ?",
            [[row["issue"] for row in issues], state, _now(), who, reason],
        )
        judge(connection, sorted(set().union(*sets)))

    in_transaction(warehouse, write_down)


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
