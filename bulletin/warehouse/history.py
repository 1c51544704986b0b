"""How a warehouse came to hold what it holds: its loads and the decisions of people between them, to be done again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath

from bulletin.lake import Place
from bulletin.settings import WAIT
from bulletin.warehouse.issues import judge
from bulletin.warehouse.store import Warehouse
from bulletin.warehouse.tables import complete
from schemas.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class PastDocument:
    """A vintage as it was loaded."""

    document: str
    sha256: str
    metadata_sha256: str


@dataclass(frozen=True, slots=True)
class PastLoad:
    """One load: its documents in their order, and the keys that it began with."""

    load_id: int
    run: str
    loaded_at: datetime
    gate: bool
    """Whether the gate kept one of its documents out."""
    documents: tuple[PastDocument, ...]
    counters: tuple[tuple[str, int], ...]
    """Next free key of each kind when it began."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of issues at one moment."""

    state: str
    noted_at: datetime
    who: str
    reason: str | None
    issues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class History:
    """Loads and decisions, each in the order in which they were."""

    loads: tuple[PastLoad, ...] = ()
    decisions: tuple[Decision, ...] = ()

    def between(self, start: datetime | None, end: datetime | None) -> list[Decision]:
        """Return the decisions from `start` on and before `end`; None is open."""
        return [
            decision
            for decision in self.decisions
            if (start is None or decision.noted_at >= start) and (end is None or decision.noted_at < end)
        ]

    def accepted_after(self, moment: datetime) -> frozenset[str]:
        """Return the ids of the corrections that a person wrote after the moment: `accept` notes their files."""
        return frozenset(
            PurePath(decision.reason.rpartition(": ")[0]).stem
            for decision in self.decisions
            if decision.state == "accepted" and decision.reason and decision.noted_at > moment
        )


def history(path: Path, wait: float = WAIT) -> History:
    """Return how the warehouse came about."""
    with Warehouse(path, read_only=True, wait=wait) as warehouse:
        loads = warehouse.rows(_LOADS)
        decisions = warehouse.rows(_DECISIONS)
    return History(
        tuple(
            PastLoad(
                row["load_id"],
                row["run"],
                row["loaded_at"],
                row["gate"],
                tuple(PastDocument(**document) for document in row["documents"]),
                tuple((kind, row[kind]) for kind in ("load", "document", "observation") if row[kind] is not None),
            )
            for row in loads
        ),
        tuple(Decision(**{**row, "issues": tuple(row["issues"])}) for row in decisions),
    )


_LOADS = """
    SELECT load_id, run, l.loaded_at, d.gate, d.documents, load_id AS load, d.first AS document, f.first AS observation
    FROM load AS l
    JOIN (
        SELECT load_id, bool_or(refused IS NOT NULL) AS gate, min(document_id) AS first,
            list({document: document, sha256: sha256, metadata_sha256: metadata_sha256} ORDER BY document_id)
                AS documents
        FROM dim_document GROUP BY load_id
    ) AS d USING (load_id)
    LEFT JOIN (SELECT load_id, min(observation_id) AS first FROM fact_observation GROUP BY load_id) AS f USING (load_id)
    ORDER BY load_id
"""
_DECISIONS = """
    SELECT state, noted_at, who, reason, list(issue ORDER BY rowid) AS issues
    FROM issue_event WHERE who IS NOT NULL
    GROUP BY state, noted_at, who, reason ORDER BY min(rowid)
"""


def set_stage(path: Place, catalogue: Catalogue, decisions: Sequence[Decision], coming: PastLoad | None = None) -> None:
    """Bring a warehouse that is being rebuilt to where a load found it: decisions are made, keys begin as they did."""
    with Warehouse(path) as warehouse:
        connection = warehouse.connection
        connection.execute("BEGIN TRANSACTION")
        complete(warehouse, catalogue)
        for decision in decisions:
            _decide_again(warehouse, decision)
        for kind, number in coming.counters if coming else ():
            connection.execute("UPDATE counter SET next = ? WHERE name = ?", [number, kind])
        connection.execute("COMMIT")


def date_back(path: Place, load: PastLoad) -> None:
    """Give the events of a replayed load its moment, in the order in which they are."""
    with Warehouse(path) as warehouse:
        for table in ("issue_event", "status_event"):
            warehouse.connection.execute(
                f"UPDATE {table} SET noted_at = ?::TIMESTAMPTZ + "
                f"(noted_at - (SELECT min(noted_at) FROM {table} WHERE load_id = ?)) WHERE load_id = ?",
                [load.loaded_at.isoformat(), load.load_id, load.load_id],
            )


def _decide_again(warehouse: Warehouse, decision: Decision) -> None:
    connection, issues = warehouse.connection, list(decision.issues)
    moment = decision.noted_at.isoformat()
    before = warehouse.rows("SELECT coalesce(max(rowid), -1) AS row FROM status_event")[0]["row"]
    connection.execute(
        "INSERT INTO issue_event (issue, state, noted_at, who, reason) "
        "SELECT unnest(?::VARCHAR[]), ?, ?::TIMESTAMPTZ, ?, ?",
        [issues, decision.state, moment, decision.who, decision.reason],
    )
    concerned = warehouse.rows(
        "SELECT observation_ids, suspect_ids FROM issue WHERE issue IN (SELECT unnest(?::VARCHAR[]))", [issues]
    )
    sets = [facts for row in concerned for facts in (row["observation_ids"], *(row["suspect_ids"] or ()))]
    judge(connection, sorted(set().union(*sets)))
    connection.execute("UPDATE status_event SET noted_at = ?::TIMESTAMPTZ WHERE rowid > ?", [moment, before])
