"""The DuckDB warehouse: made from the SQL in `warehouse/`, filled one transaction a batch, asked with SQL."""

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from bulletin import __version__
from bulletin.check import Checked, without
from bulletin.errors import UsageError, WarehouseError
from bulletin.model import Document, Issue, Metadata, Source
from bulletin.rows import DOCUMENT_TYPES, document_row
from bulletin.settings import WAIT
from schemas.catalogue import Area, Catalogue, Dimension, Indicator, Member, Unit
from schemas.concepts import DocumentStatus, Severity, Status
from schemas.frames import table_of

SQL = Path(__file__).parent.parent / "warehouse"
UNREADABLE = "unreadable"
Named = Indicator | Dimension | Member | Area | Unit


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


class Warehouse:
    """An open warehouse. Use it as a context manager; only one process may have it open for writing."""

    def __init__(self, path: Path, *, read_only: bool = False, wait: float = WAIT) -> None:
        """Open the file, waiting up to `wait` seconds for another process to let go of it.

        Raises:
            WarehouseError: it is still held, is no DuckDB file, or does not exist (read-only).
        """
        if read_only and not path.is_file():
            raise WarehouseError(f"{path}: there is no warehouse yet; `bulletin ingest raw` makes it")
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self.connection = _connect(path, read_only, wait)

    def __enter__(self) -> "Warehouse":
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Return the rows that the query yields, as dictionaries by column name.

        Raises:
            UsageError: DuckDB refuses the query; the message is DuckDB's.
        """
        try:
            cursor = self.connection.execute(sql, list(parameters))
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        except duckdb.Error as error:
            raise UsageError(f"the query was refused: {error}") from error

    def prepare(self, catalogue: Catalogue) -> None:
        """Make or complete the tables, views and dimension rows; does nothing to what is there already."""
        for file in sorted((SQL / "ddl").glob("*.sql")):
            self.connection.execute(file.read_text(encoding="utf-8"))
        for dimension in catalogue.dimensions.values():
            self.connection.execute(f'ALTER TABLE fact_observation ADD COLUMN IF NOT EXISTS "{dimension.id}" VARCHAR')
            comment = f"{dimension.name['en']} that the fact is narrowed to (dim_member); null for the total."
            self.connection.execute(f"COMMENT ON COLUMN fact_observation.\"{dimension.id}\" IS '{comment}'")
        for file in sorted((SQL / "views").glob("*.sql")):
            self.connection.execute(_with_members(file.read_text(encoding="utf-8"), list(catalogue.dimensions)))
        _fill_dimensions(self.connection, catalogue)

    def is_ready(self, catalogue: Catalogue) -> bool:
        """Return whether the tables were made with this catalogue and this program's SQL already."""
        try:
            found = self.connection.execute("SELECT value FROM prepared").fetchall()
        except duckdb.CatalogException:
            return False
        return found == [(_fingerprint(catalogue),)]


def _connect(path: Path, read_only: bool, wait: float) -> duckdb.DuckDBPyConnection:
    deadline = time.monotonic() + wait
    while True:
        try:
            return duckdb.connect(str(path), read_only=read_only)
        except duckdb.IOException as error:
            if "lock" not in str(error).lower():
                raise WarehouseError(f"{path}: cannot be opened as a warehouse: {error}") from error
            if time.monotonic() > deadline:
                raise WarehouseError(
                    f"{path}: another process holds the warehouse, and did not let go within {wait:.0f} seconds. "
                    f"Close it and run again; nothing was loaded. DuckDB says: {error}"
                ) from error
            time.sleep(0.2)
        except duckdb.Error as error:
            raise WarehouseError(f"{path}: cannot be opened as a warehouse: {error}") from error


def _fingerprint(catalogue: Catalogue) -> str:
    digest = hashlib.sha256(catalogue.fingerprint.encode())
    for file in sorted(SQL.glob("*/*.sql")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _with_members(sql: str, dimensions: Sequence[str]) -> str:
    """Return the view's SQL with a column for each dimension in place of its markers."""
    labels = ", ".join(f"'{name}=' || f.\"{name}\"" for name in dimensions)
    return (
        sql.replace("/* member labels */", labels)
        .replace("/* members */", ", ".join(f'f."{name}"' for name in dimensions))
        .replace("/* best members */", ", ".join(f'best."{name}"' for name in dimensions))
    )


def _fill_dimensions(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    def name(entry: Named, language: str) -> str | None:
        return entry.name.get(language)

    tables: dict[str, list[tuple[str | None, ...]]] = {
        "dim_indicator": [
            (i.id, name(i, "en"), name(i, "zh"), i.definition, i.unit, i.kind.value)
            for i in catalogue.indicators.values()
        ],
        "dim_member": [
            (d.id, m.id, name(m, "en"), name(m, "zh"), m.within)
            for d in catalogue.dimensions.values()
            for m in d.members.values()
        ],
        "dim_area": [(a.id, name(a, "en"), name(a, "zh")) for a in catalogue.areas.values()],
        "dim_unit": [(u.id, name(u, "en"), name(u, "zh")) for u in catalogue.units.values()],
    }
    for table, rows in tables.items():
        _insert(connection, "INSERT OR REPLACE", table, rows)
    connection.execute("CREATE TABLE IF NOT EXISTS prepared (value VARCHAR NOT NULL)")
    connection.execute("COMMENT ON TABLE prepared IS 'Fingerprint of the catalogue and SQL that the tables follow.'")
    connection.execute("DELETE FROM prepared")
    connection.execute("INSERT INTO prepared VALUES (?)", [_fingerprint(catalogue)])


def _insert(connection: duckdb.DuckDBPyConnection, how: str, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert the rows in one statement; row by row it costs a hundred times as much."""
    columns = [pa.array(column) for column in zip(*rows, strict=True)]
    connection.register("incoming", pa.Table.from_arrays(columns, names=[f"c{i}" for i in range(len(columns))]))
    connection.execute(f"{how} INTO {table} SELECT * FROM incoming")
    connection.unregister("incoming")


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
) -> LoadReport:
    """Write the batch in one transaction and return what it brought.

    Killed at any moment, the warehouse holds the whole batch or none of it. What another run has loaded since this one
    looked is left out, unless `again` asks for a new vintage.

    Raises:
        WarehouseError: the warehouse is held by another process for longer than `wait` seconds.
    """
    with Warehouse(path, wait=wait) as warehouse:
        connection = warehouse.connection
        with _transaction(connection):
            if not warehouse.is_ready(catalogue):
                warehouse.prepare(catalogue)
            held = set() if again else _held(connection)
            checked = without(checked, {d.key for d in checked.documents if _identity(d) in held})
            unreadable = [item for item in unreadable if _identity(item.source) not in held]
            if not checked.documents and not unreadable:
                return LoadReport()
            return _load(connection, checked, unreadable, catalogue, run)


def _identity(item: Document | Source) -> tuple[str, str, str]:
    return item.key, item.sha256, metadata_sha256(item.metadata)


def _held(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, str, str]]:
    """Return name and hashes of the current vintages."""
    return set(
        connection.execute(
            "SELECT document, sha256, metadata_sha256 FROM current_document WHERE sha256 != ''"
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
    _load_issues(
        connection, [*checked.issues, *map(_unreadable_issue, unreadable)], ids, observations, load_id, checked
    )
    for rule, count in checked.counts.items():
        connection.execute(
            "INSERT INTO fact_check VALUES (?, ?, ?, ?, ?)",
            [load_id, rule, count.passed, count.failed, count.not_evaluable],
        )
    return LoadReport(
        tuple(ids.values()), *(counts[s] for s in (Status.ACCEPTED, Status.QUARANTINED, Status.UNRESOLVED))
    )


def _load_documents(
    connection: duckdb.DuckDBPyConnection, checked: Checked, unreadable: Sequence[Unreadable], load_id: int
) -> dict[str, int]:
    rows = [document_row(d, metadata_sha256(d.metadata), DocumentStatus.LOADED) for d in checked.documents]
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
    connection.unregister("incoming_facts")
    connection.unregister("incoming_ids")
    return list(range(first, first + len(frame)))


def _reserve(connection: duckdb.DuckDBPyConnection, count: int) -> int:
    """Return the first of `count` new observation ids."""
    row = connection.execute("SELECT min(id) FROM (SELECT nextval('observation_ids') AS id FROM range(?))", [count])
    return int(row.fetchall()[0][0])


def _load_periods_and_areas(connection: duckdb.DuckDBPyConnection, table: pa.Table) -> None:
    said = {p for name in ("period", "base_period") for p in table.column(name).unique().to_pylist() if p}
    areas = {area for area in table.column("area").unique().to_pylist() if area}
    if said:
        _insert(connection, "INSERT OR IGNORE", "dim_period", [(p, *period_dates(p)) for p in sorted(said)])
    if areas:
        _insert(connection, "INSERT OR IGNORE", "dim_area", [(area, area, None) for area in sorted(areas)])


def period_dates(period: str) -> tuple[date, date, str]:
    """Return first day, last day and SDMX frequency of a period.

    >>> period_dates("2022-H1")
    (datetime.date(2022, 1, 1), datetime.date(2022, 6, 30), 'S')
    """
    first, _, last = period.partition("/")
    start, end, frequency = _months(first)
    if last:
        end, frequency = _months(last)[1], "X"
    following = date(int(end[:4]) + (end[5:] == "12"), int(end[5:]) % 12 + 1, 1)
    return date(int(start[:4]), int(start[5:]), 1), date.fromordinal(following.toordinal() - 1), frequency


def _months(period: str) -> tuple[str, str, str]:
    year, _, part = period.partition("-")
    if not part:
        return f"{year}-01", f"{year}-12", "A"
    if part[0] in "HQ":
        length = 6 if part[0] == "H" else 3
        last = int(part[1]) * length
        return f"{year}-{last - length + 1:02}", f"{year}-{last:02}", "S" if length == 6 else "Q"
    return period, period, "M"


def _load_issues(
    connection: duckdb.DuckDBPyConnection,
    issues: Sequence[Issue],
    ids: Mapping[str, int],
    observations: Sequence[int],
    load_id: int,
    checked: Checked,
) -> None:
    hashes = {document.key: document.sha256 for document in checked.documents}
    places = checked.facts["position"].tolist() if len(checked.facts) else []
    for issue in issues:
        document = issue.document or ""
        where = [hashes.get(document, document), *(str(places[row]) for row in issue.rows)]
        identity = hashlib.sha256("\0".join([issue.rule, *where, issue.message]).encode()).hexdigest()[:12]
        connection.execute(
            "INSERT INTO fact_issue VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                identity,
                load_id,
                ids[document],
                issue.rule,
                issue.severity.value,
                issue.message,
                [observations[row] for row in issue.rows],
            ],
        )
