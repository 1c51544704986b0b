"""Two warehouses side by side, value for value: what one holds and the other does not, or holds differently."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from bulletin.errors import WarehouseError
from bulletin.warehouse.trouble import trouble

SIDES = ("old", "new")
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
_SAME_DOCUMENT = ("document", "sha256", "metadata_sha256", "nth")
_PAIR = f"""
    CREATE TEMP TABLE pair AS
    SELECT row_number() OVER () AS pair, o.document_id AS old, n.document_id AS new,
        document || ', vintage ' || coalesce(o.vintage, n.vintage) AS label
    FROM ({_DOCUMENT.format(side="old")}) AS o FULL JOIN ({_DOCUMENT.format(side="new")}) AS n
        USING ({", ".join(_SAME_DOCUMENT)})
"""
"""Documents of both sides by one number: facts are joined by it and not by names and hashes."""
_FACT = """
    SELECT f.*, p.pair, p.label FROM {side}.fact_observation AS f JOIN pair AS p ON p.{side} = f.document_id
"""
_NUMBER = "label || ', number ' || position || ' «' || quote || '»'"
KINDS = (
    _Rows("documents", _DOCUMENT, _SAME_DOCUMENT, "document || ', vintage ' || vintage", ("document_id",)),
    _Rows("facts", _FACT, ("pair", "position"), _NUMBER, ("document_id", "observation_id", "label")),
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
KEYS = _Rows("keys", _FACT, ("pair", "position"), "label || ', number ' || position")


def compare(old: Path, new: Path) -> list[Compared]:
    """Return how documents, facts, series, issues and checks of two warehouses compare, and last how their keys do.

    A row is known by what it is about, never by a surrogate key: a fact by its document's name and hashes and its
    position. Moments of loading are compared with the documents; who loaded, and with which version, is not. Rows are
    compared by 64-bit hashes of all their values: a difference goes unseen with a chance of 1 in 10^19.

    Raises:
        WarehouseError: one of them cannot be read.
    """
    with duckdb.connect() as connection:
        try:
            connection.execute(f"SET temp_directory = '{_quoted(new)}.tmp'")
            for side, path in (("old", old), ("new", new)):
                connection.execute(f"ATTACH '{_quoted(path)}' AS {side} (READ_ONLY)")
            connection.execute(_PAIR)
            found = [_compared(connection, rows, _columns(connection, rows)) for rows in KINDS]
            return [*found, _compared(connection, KEYS, ["observation_id", "document_id"])]
        except duckdb.Error as error:
            raise trouble(error, old) or WarehouseError(f"{old}: cannot be compared with {new}: {error}") from error


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _columns(connection: duckdb.DuckDBPyConnection, rows: _Rows) -> list[str]:
    """Return the columns to compare: those of either side, since a catalogue may have gained a dimension."""
    found = dict.fromkeys(name for side in SIDES for name in _there(connection, rows, side))
    return [name for name in found if name not in (*rows.key, *rows.aside)]


def _there(connection: duckdb.DuckDBPyConnection, rows: _Rows, side: str) -> list[str]:
    return [name for name, *_ in connection.execute(f"DESCRIBE {rows.sql.format(side=side)}").fetchall()]


def _compared(connection: duckdb.DuckDBPyConnection, rows: _Rows, columns: Sequence[str]) -> Compared:
    key = ", ".join(rows.key)
    for side in SIDES:
        there = _there(connection, rows, side)
        values = ", ".join(f'"{name}"' if name in there else f'NULL AS "{name}"' for name in columns)
        extra = ", label" if "label" in there else ""
        sql = rows.sql.format(side=side)
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {side}_row AS SELECT {key}, {values}{extra} FROM ({sql})")
    compared = ", ".join(f'"{name}"' for name in columns)
    hashed = f"SELECT {key}, hash({compared}) AS digest FROM"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE difference AS SELECT {key} FROM ({hashed} old_row) AS o "
        f"FULL JOIN ({hashed} new_row) AS n USING ({key}) WHERE o.digest IS DISTINCT FROM n.digest"
    )
    different = _count(connection, "difference")
    gone = f"difference SEMI JOIN old_row USING ({key})"
    same = _count(connection, "old_row") - (_count(connection, gone) if different else 0)
    return Compared(rows.kind, same, different, _lines(connection, rows, columns) if different else ())


def _count(connection: duckdb.DuckDBPyConnection, what: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {what}").fetchall()[0][0])


def _lines(connection: duckdb.DuckDBPyConnection, rows: _Rows, columns: Sequence[str]) -> tuple[str, ...]:
    """Return the first differences in words."""
    key = ", ".join(rows.key)
    changed = ", ".join(
        f"CASE WHEN {was} IS DISTINCT FROM {now} THEN '{name} ' || coalesce({was}::VARCHAR, 'none')"
        f" || ' -> ' || coalesce({now}::VARCHAR, 'none') END"
        for name, was, now in ((name, f'o."{name}"', f'n."{name}"') for name in columns)
    )
    sides = (f"(SELECT *, {rows.label} AS shown FROM {side}_row SEMI JOIN difference USING ({key}))" for side in SIDES)
    return tuple(
        line
        for (line,) in connection.execute(
            f"""
            SELECT coalesce(o.shown, n.shown) || ': ' || CASE
                WHEN n.shown IS NULL THEN 'is not there any more'
                WHEN o.shown IS NULL THEN 'was not there'
                ELSE array_to_string(list_filter([{changed}], lambda what: what IS NOT NULL), '; ')
            END
            FROM {" AS o FULL JOIN ".join(sides)} AS n USING ({key}) ORDER BY 1 LIMIT {SHOWN}
            """
        ).fetchall()
    )
