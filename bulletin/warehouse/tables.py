"""The tables and views of the warehouse, made and migrated from the SQL in `warehouse/` and the catalogue."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import duckdb

from bulletin.lake import Place
from bulletin.warehouse.lake import run
from bulletin.warehouse.series import fill_series
from bulletin.warehouse.store import Warehouse, is_there, merge
from bulletin.warehouse.transaction import in_transaction
from bulletin.warehouse.views import SQL, make_views
from schemas.catalogue import Area, Catalogue, Dimension, Indicator, Member, Unit

_NARROWED = ("fact_observation", "dim_series")
"""Tables that have a column for each dimension."""
_MIGRATION = """
    CREATE TABLE IF NOT EXISTS migration (file VARCHAR NOT NULL, run_at TIMESTAMPTZ NOT NULL);
    COMMENT ON TABLE migration IS 'Files of warehouse/ddl that made this warehouse what it is.';
    COMMENT ON COLUMN migration.file IS 'Name of the file.';
    COMMENT ON COLUMN migration.run_at IS 'When it was run.';
"""
Named = Indicator | Dimension | Member | Area | Unit


def prepare(warehouse: Warehouse, catalogue: Catalogue) -> None:
    """Make the tables or bring them to this version, with views and dimension rows of the catalogue.

    Each file of `warehouse/ddl` is run once in the life of a warehouse; a dimension that the catalogue gained becomes a
    column. To be called in a transaction: all of it is done, or nothing.
    """
    connection = warehouse.connection
    migrate(connection)
    for dimension in catalogue.dimensions.values():
        _add_dimension(connection, dimension)
    _fill_dimensions(connection, catalogue)
    make_views(connection, catalogue)
    fill_series(connection)


def make_ready(path: Place, catalogue: Catalogue, wait: float) -> None:
    """Make the warehouse, or complete one that an earlier version made or another catalogue: all of it or nothing."""
    if is_there(path):
        with Warehouse(path, read_only=True, wait=wait) as warehouse:
            if is_ready(warehouse, catalogue):
                return
    with Warehouse(path, wait=wait) as warehouse:
        in_transaction(warehouse, lambda: complete(warehouse, catalogue))


def complete(warehouse: Warehouse, catalogue: Catalogue) -> None:
    """Do what is left of `prepare`, which is nothing as a rule; to be called in a transaction."""
    if not is_ready(warehouse, catalogue):
        prepare(warehouse, catalogue)


def is_ready(warehouse: Warehouse, catalogue: Catalogue) -> bool:
    """Return whether the tables were made with this catalogue and this program's SQL already."""
    try:
        found = warehouse.connection.execute("SELECT value FROM prepared").fetchall()
    except duckdb.CatalogException:
        return False
    return found == [(_fingerprint(catalogue),)]


def migrate(connection: duckdb.DuckDBPyConnection, files: Sequence[Path] | None = None) -> None:
    """Run those files of `warehouse/ddl` that this warehouse has not seen, in the order of their numbers.

    A warehouse from before migrations were written down has seen none of them: the first five, which made it, do
    nothing to what is there.
    """
    connection.execute(_MIGRATION)
    seen = {row[0] for row in connection.execute("SELECT file FROM migration").fetchall()}
    for file in sorted(SQL.glob("ddl/*.sql")) if files is None else files:
        if file.name not in seen:
            run(connection, file.read_text(encoding="utf-8"))
            connection.execute("INSERT INTO migration VALUES (?, now())", [file.name])


def _add_dimension(connection: duckdb.DuckDBPyConnection, dimension: Dimension) -> None:
    name = next(iter(dimension.name.values()), dimension.id).replace("'", "''")
    comment = f"{name} that it is narrowed to (dim_member); null for the total."
    for table in _NARROWED:
        connection.execute(f'ALTER TABLE {table} ADD COLUMN IF NOT EXISTS "{dimension.id}" VARCHAR')
        connection.execute(f"COMMENT ON COLUMN {table}.\"{dimension.id}\" IS '{comment}'")


def _fingerprint(catalogue: Catalogue) -> str:
    digest = hashlib.sha256(catalogue.fingerprint.encode())
    for file in sorted(SQL.glob("*/*.sql")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


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
        merge(connection, table, rows, key=2 if table == "dim_member" else 1, replace=True)
    connection.execute("CREATE TABLE IF NOT EXISTS prepared (value VARCHAR NOT NULL)")
    connection.execute("COMMENT ON TABLE prepared IS 'Fingerprint of the catalogue and SQL that the tables follow.'")
    connection.execute("DELETE FROM prepared")
    connection.execute("INSERT INTO prepared VALUES (?)", [_fingerprint(catalogue)])
