"""Two warehouses side by side, value for value: what one holds and the other does not, or holds differently."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from bulletin.errors import WarehouseError
from bulletin.warehouse.trouble import trouble

SHOWN = 10
"""Differences of each kind that are written out."""


@dataclass(frozen=True, slots=True)
class Compared:
    """How the rows of one kind compare."""

    kind: str
    """documents, facts, series, issues, checks or keys."""
    same: int
    different: int
    lines: tuple[str, ...] = ()
    """The first of the differences, in words: which row, and what of it is what now."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of one kind: how to get them on either side, by what they are the same row, how a person knows one."""

    kind: str
    sql: str
    key: tuple[str, ...]
    label: str
    aside: tuple[str, ...] = ()
    """Columns that are not compared."""


_DOCUMENT = """
    SELECT *, row_number() OVER (PARTITION BY document, sha256, metadata_sha256 ORDER BY vintage) AS nth
    FROM {side}.dim_document
"""
_KEY = ("document", "sha256", "metadata_sha256", "nth")
_FACT = f"""
    SELECT f.*, d.document, d.vintage, d.sha256, d.metadata_sha256, d.nth
    FROM {{side}}.fact_observation AS f JOIN ({_DOCUMENT}) AS d USING (document_id)
"""
_LABEL = "document || ', vintage ' || vintage"
KINDS = (
    _Rows("documents", _DOCUMENT, _KEY, _LABEL, ("document_id",)),
    _Rows(
        "facts",
        _FACT,
        (*_KEY, "position"),
        f"{_LABEL} || ', number ' || position || ' «' || quote || '»'",
        ("document_id", "observation_id", "vintage"),
    ),
    _Rows(
        "series",
        "SELECT k.series, s.* FROM {side}.series AS s JOIN {side}.dim_series AS k USING (series_id)",
        ("series_id", "period"),
        "series || ' ' || period",
        ("observation_id",),
    ),
    _Rows(
        "issues",
        "SELECT issue, finding, rule, severity, message, outcome, certain, state, who, reason, first_load, last_load, "
        "len(observation_ids) AS facts FROM {side}.issue",
        ("issue",),
        "issue || ' ' || rule",
    ),
    _Rows("checks", "SELECT * FROM {side}.fact_check", ("load_id", "rule"), "'load ' || load_id || ' ' || rule"),
)
KEYS = _Rows("keys", _FACT, (*_KEY, "position"), f"{_LABEL} || ', number ' || position")


def compare(old: Path, new: Path) -> list[Compared]:
    """Return how documents, facts, series, issues and checks of two warehouses compare, and last how their keys do.

    A row is known by what it is about, never by a surrogate key: a fact by its document's name and hashes and its
    position. Moments of loading are compared with the documents; who loaded, and with which version, is not.

    Raises:
        WarehouseError: one of them cannot be read.
    """
    with duckdb.connect() as connection:
        try:
            connection.execute(f"SET temp_directory = '{_quoted(new)}.tmp'")
            for side, path in (("old", old), ("new", new)):
                connection.execute(f"ATTACH '{_quoted(path)}' AS {side} (READ_ONLY)")
            found = [_compared(connection, rows, _columns(connection, rows)) for rows in KINDS]
            return [*found, _compared(connection, KEYS, ["observation_id", "document_id"])]
        except duckdb.Error as error:
            raise trouble(error, old) or WarehouseError(f"{old}: cannot be compared with {new}: {error}") from error


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _columns(connection: duckdb.DuckDBPyConnection, rows: _Rows) -> list[str]:
    """Return the columns to compare: those of either side, since a catalogue may have gained a dimension."""
    found: dict[str, None] = {}
    for side in ("old", "new"):
        described = connection.execute(f"DESCRIBE {rows.sql.format(side=side)}").fetchall()
        found |= dict.fromkeys(name for name, *_ in described)
    return [name for name in found if name not in (*rows.key, *rows.aside)]


def _compared(connection: duckdb.DuckDBPyConnection, rows: _Rows, columns: Sequence[str]) -> Compared:
    changed = ", ".join(
        f'CASE WHEN o."{name}" IS DISTINCT FROM n."{name}" THEN \'{name} \' || coalesce(o."{name}"::VARCHAR, \'none\')'
        f" || ' -> ' || coalesce(n.\"{name}\"::VARCHAR, 'none') END"
        for name in columns
    )
    both = " AND ".join(f'o."{name}" = n."{name}"' for name in rows.key)
    sides = {side: _side(connection, rows, columns, side) for side in ("old", "new")}
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE difference AS
        SELECT coalesce(o.label, n.label) AS label, CASE
            WHEN n.label IS NULL THEN ['is not there any more']
            WHEN o.label IS NULL THEN ['was not there']
            ELSE list_filter([{changed}], lambda what: what IS NOT NULL)
        END AS what
        FROM ({sides["old"]}) AS o FULL JOIN ({sides["new"]}) AS n ON {both}
        """
    )
    same, different = connection.execute(
        "SELECT count(*) FILTER (len(what) = 0), count(*) FILTER (len(what) > 0) FROM difference"
    ).fetchall()[0]
    lines = connection.execute(
        "SELECT label || ': ' || array_to_string(what, '; ') FROM difference WHERE len(what) > 0 "
        f"ORDER BY 1 LIMIT {SHOWN}"
    ).fetchall()
    return Compared(rows.kind, same, different, tuple(line for (line,) in lines))


def _side(connection: duckdb.DuckDBPyConnection, rows: _Rows, columns: Sequence[str], side: str) -> str:
    """Return a query for the rows of one side, with a null for each column that it does not have."""
    sql = rows.sql.format(side=side)
    there = {name for name, *_ in connection.execute(f"DESCRIBE {sql}").fetchall()}
    selected = [f'"{name}"' if name in there else f'NULL AS "{name}"' for name in (*rows.key, *columns)]
    return f"SELECT {', '.join(selected)}, {rows.label} AS label FROM ({sql})"
