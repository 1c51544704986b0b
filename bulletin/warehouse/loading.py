"""Loading a batch: one transaction, all of it or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

import duckdb
import pyarrow as pa

from bulletin import __version__
from bulletin.check import NO_POLICY, Checked, without
from bulletin.lake import Lake, Place
from bulletin.model import Unreadable
from bulletin.periods import dates
from bulletin.policy import Policy
from bulletin.settings import WAIT
from bulletin.user_rules import UserQuery, broken_rule
from bulletin.warehouse.documents import identities, identity, load_documents, unreadable_issue
from bulletin.warehouse.issues import become, load_issues
from bulletin.warehouse.keys import next_key, reserve
from bulletin.warehouse.series import add_series, keyed, same_series, spanned
from bulletin.warehouse.sql_rules import BrokenQueryError, run_queries
from bulletin.warehouse.store import Warehouse, insert, is_there, merge
from bulletin.warehouse.tables import complete
from bulletin.warehouse.transaction import in_transaction
from schemas.catalogue import Catalogue
from schemas.concepts import Status


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What one load brought: ids of the documents, and how many facts of each status."""

    document_ids: tuple[int, ...] = ()
    accepted: int = 0
    quarantined: int = 0
    unresolved: int = 0
    stale: bool = False
    """Nothing was loaded: another loader was faster, and the batch has to be checked against what that one brought."""


def loads_seen(path: Place, wait: float = WAIT) -> int | None:
    """Return the key of the next load of a lake, by which a load later tells whether others came between.

    None of a file, of which one run at a time is the writer, and of what is no warehouse yet.
    """
    if not isinstance(path, Lake) or not is_there(path):
        return None
    with Warehouse(path, read_only=True, wait=wait) as warehouse:
        return next_key(warehouse.connection, "load")


def load(
    checked: Checked,
    unreadable: Sequence[Unreadable],
    path: Place,
    catalogue: Catalogue,
    run: str,
    wait: float = WAIT,
    again: bool = False,
    queries: Sequence[UserQuery] = (),
    policy: Policy = NO_POLICY,
    at: datetime | None = None,
) -> LoadReport:
    """Write the batch in one transaction and return what it brought.

    Killed at any moment, the warehouse holds the whole batch or none of it. What another run has loaded since this one
    looked is left out, unless `again` asks for a new vintage. The `queries` that a user wrote run in the transaction;
    one that cannot be run becomes a finding, and the batch is written without it. `at` is the moment of a load that is
    replayed; now where it is None.

    Raises:
        HeldError: the warehouse is held by another process for longer than `wait` seconds.
        WarehouseError: there is no room on the disk, or the file is damaged.
    """
    with Warehouse(path, wait=wait) as warehouse:
        while True:
            batch = partial(_load_new, warehouse, checked, unreadable, catalogue, run, again, queries, policy, at)
            try:
                return in_transaction(warehouse, batch)
            except BrokenQueryError as error:  # it may have taken the transaction with it: once more, without it
                queries = [query for query in queries if query is not error.query]
                broken = broken_rule(error.query.file, error.line, error.what)
                checked = replace(checked, issues=(*checked.issues, broken))


def _load_new(
    warehouse: Warehouse,
    checked: Checked,
    unreadable: Sequence[Unreadable],
    catalogue: Catalogue,
    run: str,
    again: bool,
    queries: Sequence[UserQuery],
    policy: Policy,
    at: datetime | None,
) -> LoadReport:
    """Load what no other run has loaded since this one looked; to be called in a transaction."""
    connection = warehouse.connection
    complete(warehouse, catalogue)
    if checked.seen is not None and checked.seen != next_key(connection, "load"):
        return LoadReport(stale=True)
    keys = [*(d.key for d in checked.documents), *(item.source.key for item in unreadable)]
    held = set() if again else identities(connection, keys)
    checked = without(checked, {d.key for d in checked.documents if identity(d) in held})
    unreadable = [item for item in unreadable if identity(item.source) not in held]
    if not checked.documents and not unreadable:
        return LoadReport()
    return _load(connection, checked, unreadable, catalogue, run, queries, policy, at or datetime.now(UTC))


def _load(
    connection: duckdb.DuckDBPyConnection,
    checked: Checked,
    unreadable: Sequence[Unreadable],
    catalogue: Catalogue,
    run: str,
    queries: Sequence[UserQuery],
    policy: Policy,
    at: datetime,
) -> LoadReport:
    facts = checked.facts
    counts = {status: int((facts["status"] == status).sum()) if len(facts) else 0 for status in Status}
    documents = [*checked.documents]
    load_id = reserve(connection, "load", 1)
    loaded_at = at.isoformat()
    connection.execute(
        "INSERT INTO load BY NAME SELECT ? AS load_id, ? AS run, ?::TIMESTAMPTZ AS loaded_at, ? AS program, "
        "? AS catalogue, ? AS documents, ? AS accepted, ? AS quarantined, ? AS unresolved",
        [
            load_id,
            run,
            loaded_at,
            __version__,
            catalogue.fingerprint,
            len(documents) + len(unreadable),
            *(counts[status] for status in (Status.ACCEPTED, Status.QUARANTINED, Status.UNRESOLVED)),
        ],
    )
    ids = load_documents(connection, checked, unreadable, load_id, loaded_at, policy)
    observations = _load_facts(connection, checked, ids, load_id, catalogue)
    held = checked.held
    others = dict(zip(held["document"], held["document_id"], strict=True)) if len(held) else {}
    load_issues(
        connection,
        [*checked.issues, *map(unreadable_issue, unreadable)],
        documents={**ids, **{key: number for key, number in others.items() if key not in ids}},
        hashes={document.key: document.sha256 for document in checked.documents},
        observations=observations,
        held=held["observation_id"].tolist() if len(held) else [],
        looked_at=checked.looked_at,
        load_id=load_id,
    )
    _restate(connection, checked, load_id)
    run_queries(connection, queries, load_id)
    counted = [(load_id, rule, n.passed, n.failed, n.not_evaluable) for rule, n in checked.counts.items()]
    insert(connection, "fact_check", counted)
    return LoadReport(
        tuple(ids.values()), counts[Status.ACCEPTED], counts[Status.QUARANTINED], counts[Status.UNRESOLVED]
    )


def _load_facts(
    connection: duckdb.DuckDBPyConnection, checked: Checked, ids: Mapping[str, int], load_id: int, catalogue: Catalogue
) -> list[int]:
    """Insert the facts and return their ids, in the order of the frame."""
    if not len(checked.facts):
        return []
    first = reserve(connection, "observation", len(checked.facts))
    frame = checked.facts.drop(columns="mention_unit")
    table = pa.Table.from_pandas(frame, preserve_index=False)
    table = table.append_column("observation_id", pa.array(range(first, first + len(frame)), pa.int64()))
    _load_periods_and_areas(connection, table)
    _load_members(connection, table, catalogue)
    insert_facts(connection, table, ids, load_id, list(catalogue.dimensions))
    return list(range(first, first + len(frame)))


def insert_facts(
    connection: duckdb.DuckDBPyConnection,
    facts: pa.Table,
    documents: Mapping[str, int],
    load_id: int,
    dimensions: Sequence[str],
) -> None:
    """Insert facts with their series; `documents` are ids by key.

    The series are found for what is different in the facts and then joined: a batch has far fewer of them than facts.
    """
    connection.register("incoming_facts", facts)
    connection.register("incoming_ids", pa.table({"document": [*documents], "document_id": [*documents.values()]}))
    spans = spanned("incoming_facts")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE incoming_series AS {keyed(spans, dimensions)}")
    add_series(connection, "incoming_series")
    connection.execute(
        "INSERT INTO fact_observation BY NAME "
        "SELECT f.* EXCLUDE (document, base_months), i.document_id, ? AS load_id, k.series_id "
        f"FROM ({spans}) AS f JOIN incoming_ids AS i USING (document) "
        f"LEFT JOIN incoming_series AS k ON {same_series(dimensions)}",
        [load_id],
    )
    connection.execute("DROP TABLE incoming_series")
    connection.unregister("incoming_facts")
    connection.unregister("incoming_ids")


def _restate(connection: duckdb.DuckDBPyConnection, checked: Checked, load_id: int) -> None:
    """Free or quarantine facts of other documents, which the new ones speak for or against."""
    ids = checked.held["observation_id"].tolist() if checked.changed else []
    for status in sorted(set(checked.changed.values())):
        become(connection, [ids[row] for row, now in checked.changed.items() if now is status], status, load_id)


def _load_periods_and_areas(connection: duckdb.DuckDBPyConnection, table: pa.Table) -> None:
    said = {p for name in ("period", "base_period") for p in table.column(name).unique().to_pylist() if p}
    areas = {area for area in table.column("area").unique().to_pylist() if area}
    if said:
        merge(connection, "dim_period", [(p, *dates(p)) for p in sorted(said)], replace=False)
    if areas:
        merge(connection, "dim_area", [(area, area, None) for area in sorted(areas)], replace=False)


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
        merge(connection, "dim_member", rows, key=2, replace=False)
