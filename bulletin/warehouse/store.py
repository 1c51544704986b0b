"""The DuckDB file: opened by one writer or many readers, asked with SQL."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from bulletin.errors import UsageError, WarehouseError
from bulletin.settings import WAIT


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


def insert(connection: duckdb.DuckDBPyConnection, how: str, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert the rows in one statement; row by row it costs a hundred times as much."""
    if not rows:
        return
    columns = [pa.array(column) for column in zip(*rows, strict=True)]
    connection.register("incoming", pa.Table.from_arrays(columns, names=[f"c{i}" for i in range(len(columns))]))
    connection.execute(f"{how} INTO {table} SELECT * FROM incoming")
    connection.unregister("incoming")
