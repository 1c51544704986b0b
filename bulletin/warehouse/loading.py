"""Loading a batch: one transaction, all of it or nothing."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from bulletin import __version__
from bulletin.check import Checked, without
from bulletin.model import Document, Issue, Metadata, Source
from bulletin.periods import dates
from bulletin.rows import DOCUMENT_TYPES, document_row
from bulletin.settings import WAIT
from bulletin.user_rules import UserQuery, broken_rule
from bulletin.warehouse.issues import load_issues
from bulletin.warehouse.sql_rules import BrokenQueryError, run_queries
from bulletin.warehouse.store import Warehouse, insert
from schemas.catalogue import Catalogue
from schemas.concepts import DocumentStatus, Severity, Status
from schemas.frames import table_of

UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A source that could not be read, and why."""

    source: Source
    reason: str


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What one load brought: ids of the documents, and how many facts of each status."""

    document_ids: tuple[int, ...] = ()
    accepted: int = 0
    quarantined: int = 0
    unresolved: int = 0


def metadata_sha256(metadata: Metadata) -> str:
    """Return the hash of what a sidecar says: the same bytes under another date are another vintage."""
    said = sorted((name, value) for name, value in asdict(metadata).items() if value is not None)
    return hashlib.sha256(repr(said).encode()).hexdigest()


def known_documents(path: Path) -> list[dict[str, Any]]:
    """Return the current vintage of every document in the warehouse: id, name, hashes, status, catalogue."""
    if not path.is_file():
        return []
    with Warehouse(path, read_only=True) as warehouse:
        if not warehouse.rows("SELECT 1 FROM duckdb_tables() WHERE table_name = 'dim_document'"):
            return []
        return warehouse.rows(
            "SELECT document_id, document, sha256, metadata_sha256, status, load.catalogue "
            "FROM dim_document JOIN load USING (load_id) "
            "QUALIFY vintage = max(vintage) OVER (PARTITION BY document)"
        )


def load(
    checked: Checked,
    unreadable: Sequence[Unreadable],
    path: Path,
    catalogue: Catalogue,
    run: str,
    wait: float = WAIT,
    again: bool = False,
    queries: Sequence[UserQuery] = (),
) -> LoadReport:
    """Write the batch in one transaction and return what it brought.

    Killed at any moment, the warehouse holds the whole batch or none of it. What another run has loaded since this one
    looked is left out, unless `again` asks for a new vintage. The `queries` that a user wrote run in the transaction;
    one that cannot be run becomes a finding, and the batch is written without it.

    Raises:
        WarehouseError: the warehouse is held by another process for longer than `wait` seconds.
    """
    with Warehouse(path, wait=wait) as warehouse:
        connection = warehouse.connection
        while True:
            try:
                with _transaction(connection):
                    if not warehouse.is_ready(catalogue):
                        warehouse.prepare(catalogue)
                    held = set() if again else _held(connection)
                    checked = without(checked, {d.key for d in checked.documents if _identity(d) in held})
                    unreadable = [item for item in unreadable if _identity(item.source) not in held]
                    if not checked.documents and not unreadable:
                        return LoadReport()
                    return _load(connection, checked, unreadable, catalogue, run, queries)
            except BrokenQueryError as error:  # it may have taken the transaction with it: once more, without it
                queries = [query for query in queries if query is not error.query]
                broken = broken_rule(error.query.file, error.line, error.what)
                checked = replace(checked, issues=(*checked.issues, broken))


def _identity(item: Document | Source) -> tuple[str, str, str]:
    return item.key, item.sha256, metadata_sha256(item.metadata)


def _held(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, str, str]]:
    """Return name and hashes of the latest vintages."""
    return set(
        connection.execute(
            "SELECT document, sha256, metadata_sha256 FROM dim_document "
            "QUALIFY vintage = max(vintage) OVER (PARTITION BY document) AND sha256 != ''"
        ).fetchall()
    )


@contextmanager
def _transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.execute("BEGIN TRANSACTION")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _load(
    connection: duckdb.DuckDBPyConnection,
    checked: Checked,
    unreadable: Sequence[Unreadable],
    catalogue: Catalogue,
    run: str,
    queries: Sequence[UserQuery],
) -> LoadReport:
    facts = checked.facts
    counts = {status: int((facts["status"] == status).sum()) if len(facts) else 0 for status in Status}
    documents = [*checked.documents]
    load_id = connection.execute(
        "INSERT INTO load BY NAME SELECT ? AS run, ?::TIMESTAMPTZ AS loaded_at, ? AS program, ? AS catalogue, "
        "? AS documents, ? AS accepted, ? AS quarantined, ? AS unresolved RETURNING load_id",
        [
            run,
            datetime.now(UTC).isoformat(),
            __version__,
            catalogue.fingerprint,
            len(documents) + len(unreadable),
            *(counts[status] for status in (Status.ACCEPTED, Status.QUARANTINED, Status.UNRESOLVED)),
        ],
    ).fetchall()[0][0]
    ids = _load_documents(connection, checked, unreadable, load_id)
    observations = _load_facts(connection, checked, ids, load_id, catalogue)
    held = checked.held
    others = dict(zip(held["document"], held["document_id"], strict=True)) if len(held) else {}
    load_issues(
        connection,
        [*checked.issues, *map(_unreadable_issue, unreadable)],
        documents={**ids, **{key: number for key, number in others.items() if key not in ids}},
        hashes={document.key: document.sha256 for document in checked.documents},
        observations=observations,
        held=held["observation_id"].tolist() if len(held) else [],
        looked_at=checked.looked_at,
        load_id=load_id,
    )
    _restate(connection, checked)
    run_queries(connection, queries, load_id)
    counted = [(load_id, rule, n.passed, n.failed, n.not_evaluable) for rule, n in checked.counts.items()]
    insert(connection, "INSERT", "fact_check", counted)
    return LoadReport(
        tuple(ids.values()), *(counts[s] for s in (Status.ACCEPTED, Status.QUARANTINED, Status.UNRESOLVED))
    )


def _load_documents(
    connection: duckdb.DuckDBPyConnection, checked: Checked, unreadable: Sequence[Unreadable], load_id: int
) -> dict[str, int]:
    rows = [
        document_row(d, metadata_sha256(d.metadata), DocumentStatus.LOADED)
        | {"refused": checked.refused.get(d.key), "facts_sha256": checked.facts_sha256.get(d.key)}
        for d in checked.documents
    ]
    rows += [_unreadable_row(item) for item in unreadable]
    incoming = table_of(rows, DOCUMENT_TYPES)
    connection.register("incoming_documents", incoming)
    found = connection.execute(
        "INSERT INTO dim_document BY NAME "
        "SELECT i.* EXCLUDE (key), i.key AS document, ? AS load_id, 1 + coalesce(old.vintage, 0) AS vintage "
        "FROM incoming_documents AS i "
        "LEFT JOIN (SELECT document, max(vintage) AS vintage FROM dim_document GROUP BY document) AS old "
        "ON old.document = i.key RETURNING document, document_id",
        [load_id],
    ).fetchall()
    connection.unregister("incoming_documents")
    return dict(found)


def _unreadable_row(item: Unreadable) -> dict[str, Any]:
    source, metadata = item.source, item.source.metadata
    return {
        **asdict(metadata),
        "key": source.key,
        "sha256": source.sha256,
        "metadata_sha256": metadata_sha256(metadata),
        "media_type": "unknown",
        "characters": 0,
        "status": DocumentStatus.UNREADABLE.value,
    }


def _unreadable_issue(item: Unreadable) -> Issue:
    message = f"It could not be read: {item.reason}."
    return Issue(rule=UNREADABLE, severity=Severity.ERROR, message=message, document=item.source.key)


def _load_facts(
    connection: duckdb.DuckDBPyConnection, checked: Checked, ids: Mapping[str, int], load_id: int, catalogue: Catalogue
) -> list[int]:
    """Insert the facts and return their ids, in the order of the frame."""
    if not len(checked.facts):
        return []
    first = _reserve(connection, len(checked.facts))
    frame = checked.facts.drop(columns="mention_unit")
    table = pa.Table.from_pandas(frame, preserve_index=False)
    table = table.append_column("observation_id", pa.array(range(first, first + len(frame)), pa.int64()))
    documents = pa.table({"document": list(ids), "document_id": list(ids.values())})
    connection.register("incoming_facts", table)
    connection.register("incoming_ids", documents)
    connection.execute(
        "INSERT INTO fact_observation BY NAME SELECT f.* EXCLUDE (document), i.document_id, ? AS load_id "
        "FROM incoming_facts AS f JOIN incoming_ids AS i USING (document)",
        [load_id],
    )
    _load_periods_and_areas(connection, table)
    _load_members(connection, table, catalogue)
    connection.unregister("incoming_facts")
    connection.unregister("incoming_ids")
    return list(range(first, first + len(frame)))


def _restate(connection: duckdb.DuckDBPyConnection, checked: Checked) -> None:
    """Free or quarantine facts of other documents, which the new ones speak for or against."""
    ids = checked.held["observation_id"].tolist() if checked.changed else []
    for status in sorted(set(checked.changed.values())):
        rows = [ids[row] for row, now in checked.changed.items() if now is status]
        connection.execute(
            "UPDATE fact_observation SET status = ? WHERE observation_id IN (SELECT unnest(?::BIGINT[]))",
            [status.value, rows],
        )


def _reserve(connection: duckdb.DuckDBPyConnection, count: int) -> int:
    """Return the first of `count` new observation ids."""
    row = connection.execute("SELECT min(id) FROM (SELECT nextval('observation_ids') AS id FROM range(?))", [count])
    return int(row.fetchall()[0][0])


def _load_periods_and_areas(connection: duckdb.DuckDBPyConnection, table: pa.Table) -> None:
    said = {p for name in ("period", "base_period") for p in table.column(name).unique().to_pylist() if p}
    areas = {area for area in table.column("area").unique().to_pylist() if area}
    if said:
        insert(connection, "INSERT OR IGNORE", "dim_period", [(p, *dates(p)) for p in sorted(said)])
    if areas:
        insert(connection, "INSERT OR IGNORE", "dim_area", [(area, area, None) for area in sorted(areas)])


def _load_members(connection: duckdb.DuckDBPyConnection, table: pa.Table, catalogue: Catalogue) -> None:
    """Add the members that a dimension's forms made and no list has: an age of 16_59 is its own name."""
    rows = [
        (dimension.id, member, member, member, None)
        for dimension in catalogue.dimensions.values()
        if dimension.forms
        for member in sorted(filter(None, table.column(dimension.id).unique().to_pylist()))
        if member not in dimension.members and dimension.holds(member)
    ]
    if rows:
        insert(connection, "INSERT OR IGNORE", "dim_member", rows)
