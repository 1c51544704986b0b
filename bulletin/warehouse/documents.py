"""Documents and their vintages: what is known, what is new, and what takes the place of what."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import duckdb
import pyarrow as pa

from bulletin.check import Checked
from bulletin.lake import Place
from bulletin.model import Document, Issue, Metadata, Source, Unreadable
from bulletin.policy import Policy, source_of
from bulletin.rows import DOCUMENT_TYPES, document_row
from bulletin.settings import WAIT
from bulletin.warehouse.keys import reserve
from bulletin.warehouse.store import Warehouse, is_there, merge
from schemas.concepts import DocumentStatus, Severity
from schemas.frames import table_of

UNREADABLE = "unreadable"


def metadata_sha256(metadata: Metadata) -> str:
    """Return the hash of what a sidecar says: the same bytes under another date are another vintage."""
    fields = sorted(Metadata.__dataclass_fields__)
    said = [(name, value) for name in fields if (value := getattr(metadata, name)) is not None]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def known_documents(path: Place, wait: float = WAIT) -> list[dict[str, Any]]:
    """Return the current vintage of every document in the warehouse: id, name, hashes, status, catalogue."""
    if not is_there(path):
        return []
    with Warehouse(path, read_only=True, wait=wait) as warehouse:
        if not warehouse.rows("SELECT 1 FROM duckdb_tables() WHERE table_name = 'dim_document'"):
            return []
        return warehouse.rows(
            "SELECT document_id, document, sha256, metadata_sha256, status, load.catalogue "
            "FROM dim_document JOIN load USING (load_id) "
            "QUALIFY vintage = max(vintage) OVER (PARTITION BY document)"
        )


def identity(item: Document | Source) -> tuple[str, str, str]:
    """Return by what a vintage is known: the name, the hash of the bytes, that of the sidecar."""
    return item.key, item.sha256, metadata_sha256(item.metadata)


def identities(connection: duckdb.DuckDBPyConnection, documents: Sequence[str]) -> set[tuple[str, str, str]]:
    """Return the identity of the latest vintage of each of these documents that is there."""
    return set(
        connection.execute(
            "SELECT document, sha256, metadata_sha256 FROM dim_document WHERE document IN (SELECT unnest(?)) "
            "QUALIFY vintage = max(vintage) OVER (PARTITION BY document) AND sha256 != ''",
            [documents],
        ).fetchall()
    )


def load_documents(
    connection: duckdb.DuckDBPyConnection,
    checked: Checked,
    unreadable: Sequence[Unreadable],
    load_id: int,
    loaded_at: str,
    policy: Policy,
) -> dict[str, int]:
    """Insert a vintage of each document, close the vintages before them, and return the new ids by key."""
    rows = [
        document_row(d, metadata_sha256(d.metadata), DocumentStatus.LOADED)
        | {"refused": checked.refused.get(d.key), "facts_sha256": checked.facts_sha256.get(d.key)}
        for d in checked.documents
    ]
    rows += [_unreadable_row(item) for item in unreadable]
    first = reserve(connection, "document", len(rows))
    incoming = table_of(rows, DOCUMENT_TYPES)
    ids = pa.array(range(first, first + len(rows)), pa.int64())
    connection.register("incoming_documents", incoming.append_column("document_id", ids))
    connection.execute(_INSERT, {"load_id": load_id, "loaded_at": loaded_at})
    connection.execute(_CLOSE)
    connection.unregister("incoming_documents")
    _load_sources(connection, rows, policy)
    return dict(zip(incoming.column("key").to_pylist(), ids.to_pylist(), strict=True))


_INSERT = """
    WITH latest AS (
        SELECT document, max(vintage) AS vintage, arg_max_null(published, vintage) AS published,
            arg_max(sha256, vintage) AS sha256, arg_max(vintage_date, vintage) AS vintage_date,
            bool_or(refused IS NULL) AS let_in
        FROM dim_document
        WHERE document IN (SELECT key FROM incoming_documents)
        GROUP BY document
    ), dated AS (
        SELECT i.* EXCLUDE (key), i.key AS document, $load_id AS load_id, $loaded_at::TIMESTAMPTZ AS loaded_at,
            1 + coalesce(latest.vintage, 0) AS vintage,
            CASE
                WHEN i.sha256 = latest.sha256 AND i.published IS NOT DISTINCT FROM latest.published
                    THEN latest.vintage_date
                WHEN i.published IS NULL OR i.published = latest.published THEN $loaded_at::TIMESTAMPTZ::DATE
                WHEN length(i.published) = 10 THEN i.published::DATE
                WHEN length(i.published) = 7 THEN last_day((i.published || '-01')::DATE)
                ELSE (i.published || '-12-31')::DATE
            END AS vintage_date,
            i.refused IS NOT NULL AND coalesce(latest.let_in, false) AS closed
        FROM incoming_documents AS i LEFT JOIN latest ON latest.document = i.key
    )
    INSERT INTO dim_document BY NAME
    SELECT * EXCLUDE (closed), CASE WHEN closed THEN vintage_date END AS vintage_until,
        CASE WHEN closed THEN loaded_at END AS loaded_until
    FROM dated
"""
"""A vintage that the gate refuses after one that it let in is closed as it comes: it takes nothing's place."""
_CLOSE = """
    UPDATE dim_document SET vintage_until = new.vintage_date, loaded_until = new.loaded_at
    FROM dim_document AS new
    WHERE new.document = dim_document.document AND new.vintage > dim_document.vintage
        AND new.document_id IN (SELECT document_id FROM incoming_documents)
        AND dim_document.loaded_until IS NULL AND new.loaded_until IS NULL
"""


def _load_sources(connection: duckdb.DuckDBPyConnection, rows: Sequence[Mapping[str, Any]], policy: Policy) -> None:
    """Write down the sources, with what the settings say of them now."""
    known = connection.execute("SELECT source, folder, publisher FROM dim_source").fetchall()
    new = {row["source"]: (row["key"].rpartition("/")[0], row["publisher"]) for row in rows}
    sources = {**new, **{source: (folder, publisher) for source, folder, publisher in known}}
    asked = {source: policy.of(f"{folder}/", publisher) for source, (folder, publisher) in sources.items()}
    rows_now = [(source, *place, asked[source].official, asked[source].trust) for source, place in sources.items()]
    merge(connection, "dim_source", rows_now, replace=True)


def _unreadable_row(item: Unreadable) -> dict[str, Any]:
    source, metadata = item.source, item.source.metadata
    return {
        **asdict(metadata),
        "key": source.key,
        "source": source_of(source.key, metadata.publisher),
        "sha256": source.sha256,
        "metadata_sha256": metadata_sha256(metadata),
        "media_type": "unknown",
        "characters": 0,
        "status": DocumentStatus.UNREADABLE.value,
    }


def unreadable_issue(item: Unreadable) -> Issue:
    """Return the finding that a source could not be read."""
    message = f"It could not be read: {item.reason}."
    return Issue(rule=UNREADABLE, severity=Severity.ERROR, message=message, document=item.source.key)
