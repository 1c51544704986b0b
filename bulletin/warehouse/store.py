"""The DuckDB file: opened by one writer or many readers, made from the SQL in `warehouse/`, asked with SQL."""

import hashlib
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from bulletin.errors import UsageError, WarehouseError
from bulletin.settings import WAIT
from schemas.catalogue import Area, Catalogue, Dimension, Indicator, Member, Unit

SQL = Path(__file__).parent.parent.parent / "warehouse"
Named = Indicator | Dimension | Member | Area | Unit


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

    def table(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> pa.Table:
        """Return the rows that the query yields, as an Arrow table."""
        found: pa.Table = self.connection.execute(sql, parameters or None).to_arrow_table()
        return found

    def prepare(self, catalogue: Catalogue) -> None:
        """Make or complete the tables, views and dimension rows; does nothing to what is there already."""
        for file in sorted((SQL / "ddl").glob("*.sql")):
            self.connection.execute(file.read_text(encoding="utf-8"))
        for dimension in catalogue.dimensions.values():
            self.connection.execute(f'ALTER TABLE fact_observation ADD COLUMN IF NOT EXISTS "{dimension.id}" VARCHAR')
            name = next(iter(dimension.name.values()), dimension.id).replace("'", "''")
            comment = f"{name} that the fact is narrowed to (dim_member); null for the total."
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
    labels = ", ".join(f"'{name}=' || f.\"{name}\"" for name in dimensions) or "NULL"
    if not dimensions:
        sql = sql.replace("/* members */,", "").replace("/* best members */,", "")
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
        insert(connection, "INSERT OR REPLACE", table, rows)
    connection.execute("CREATE TABLE IF NOT EXISTS prepared (value VARCHAR NOT NULL)")
    connection.execute("COMMENT ON TABLE prepared IS 'Fingerprint of the catalogue and SQL that the tables follow.'")
    connection.execute("DELETE FROM prepared")
    connection.execute("INSERT INTO prepared VALUES (?)", [_fingerprint(catalogue)])


def insert(connection: duckdb.DuckDBPyConnection, how: str, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert the rows in one statement; row by row it costs a hundred times as much."""
    if not rows:
        return
    columns = [pa.array(column) for column in zip(*rows, strict=True)]
    connection.register("incoming", pa.Table.from_arrays(columns, names=[f"c{i}" for i in range(len(columns))]))
    connection.execute(f"{how} INTO {table} SELECT * FROM incoming")
    connection.unregister("incoming")
