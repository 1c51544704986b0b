"""The warehouse, a DuckDB file or a DuckLake: opened by one writer or many readers, asked with SQL."""

import contextlib
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa

from bulletin.errors import DamagedError, UsageError, WarehouseError
from bulletin.lake import Lake, Place
from bulletin.settings import WAIT
from bulletin.warehouse import lake as lakes
from bulletin.warehouse.lock import PAUSE, held, holder_in
from bulletin.warehouse.series import narrowed_by
from bulletin.warehouse.trouble import trouble


class Warehouse:
    """An open warehouse. Use it as a context manager; of a file only one process may have it open for writing."""

    def __init__(self, path: Place, *, read_only: bool = False, wait: float = WAIT) -> None:
        """Open it, waiting up to `wait` seconds for another process to let go of the file.

        Raises:
            HeldError: it is still held.
            WarehouseError: it is no DuckDB file, is damaged, cannot be written, or does not exist (read-only).
        """
        self.path = path
        self.wait = wait
        self.notice = ""
        """What whoever asks should know of the answers: that they are from a snapshot."""
        self.connection = _open(path, read_only, wait)

    def __enter__(self) -> "Warehouse":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.connection.close()
        if isinstance(error, duckdb.Error) and (told := trouble(error, self.path)):
            raise told from error

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
            raise trouble(error, self.path) or UsageError(f"the query was refused: {error}") from error

    def table(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> pa.Table:
        """Return the rows that the query yields, as an Arrow table."""
        found: pa.Table = self.connection.execute(sql, parameters or None).to_arrow_table()
        return found

    def dimensions(self) -> list[str]:
        """Return the dimensions that facts can be narrowed by: each is a column of `series`."""
        return narrowed_by(self.connection)

    def copy(self, sql: str, file: Path, how: str) -> None:
        """Write the rows that the query yields to the file, in their order; `how` are options of DuckDB's COPY.

        Raises:
            WarehouseError: the file cannot be written: no right to it, no space.
        """
        target = str(file).replace("'", "''")
        try:
            self.connection.execute(f"COPY ({sql}) TO '{target}' ({how})")
        except duckdb.Error as error:
            raise trouble(error, file) or WarehouseError(f"{file}: cannot be written: {error}") from error


LOG = "256MB"
"""How much of a run DuckDB keeps in its log before it writes that into the tables, for which the last rows of every
column are packed anew. With its own 16 MB a load takes half as long again (benchmarks/load.py); replaying so much
after a crash takes some seconds."""
MEMORY = "512MB"
"""What DuckDB may keep of the file in memory during a run, so that a long one needs no more than a short one."""
_kept: dict[Place, duckdb.DuckDBPyConnection] = {}


def is_there(path: Place) -> bool:
    """Return whether there is a warehouse at the place."""
    if isinstance(path, Lake):
        return path in _kept or lakes.is_there(path)
    return path.is_file()


@contextmanager
def kept_open(path: Place, wait: float = WAIT) -> Iterator[None]:
    """Keep it open for writing: whoever opens it in this process meanwhile, to read or write, shares that.

    Opening and closing the file for each batch would write its log into the tables each time.

    Raises:
        HeldError: another process has it open.
        WarehouseError: as `Warehouse` does.
    """
    with Warehouse(path, wait=wait) as warehouse:
        warehouse.connection.execute(f"SET checkpoint_threshold = '{LOG}'; SET memory_limit = '{MEMORY}'")
        _kept[_whole(path)] = warehouse.connection
        try:
            yield
        finally:
            del _kept[_whole(path)]


def _whole(path: Place) -> Place:
    return path if isinstance(path, Lake) else path.resolve()


def _open(path: Place, read_only: bool, wait: float) -> duckdb.DuckDBPyConnection:
    if kept := _kept.get(_whole(path)):
        return lakes.enter(kept.cursor()) if isinstance(path, Lake) else kept.cursor()
    if isinstance(path, Lake):
        return lakes.connect(path, read_only=read_only, wait=wait)
    try:
        exists = path.is_file()
        if not exists and not read_only:
            _create(path)
    except OSError as error:
        raise WarehouseError(f"{path}: cannot be made: {error.strerror}. {_PERMISSION}") from error
    if not exists and read_only:
        raise WarehouseError(f"{path}: there is no warehouse yet; `bulletin ingest raw` makes it")
    return _connect(path, read_only, wait)


_PERMISSION = "Give the folder write permission, or name another place with --warehouse; nothing was loaded"


def _create(path: Path) -> None:
    """Make an empty warehouse, whole or not at all: DuckDB cannot open one that it was killed in while making it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        return  # something else, which DuckDB refuses in its own words
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    new.unlink(missing_ok=True)
    try:
        duckdb.connect(str(new)).close()
        with contextlib.suppress(FileExistsError):  # another process was faster
            _give_name(new, path)
    except duckdb.Error as error:
        raise trouble(error, path) or WarehouseError(f"{path}: cannot be made: {error}. {_PERMISSION}") from error
    finally:
        new.unlink(missing_ok=True)


def _give_name(new: Path, path: Path) -> None:
    try:
        path.hardlink_to(new)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        new.rename(path)


def _connect(path: Path, read_only: bool, wait: float) -> duckdb.DuckDBPyConnection:
    deadline = time.monotonic() + wait
    while True:
        try:
            return duckdb.connect(str(path), read_only=read_only)
        except duckdb.Error as error:
            message = str(error)
            if "replaying WAL" in message and _recovered(path):
                continue
            if "Could not set lock on file" not in message:
                raise trouble(error, path) or WarehouseError(
                    f"{path}: cannot be opened as a warehouse: {message}"
                ) from error
            if time.monotonic() > deadline:
                raise held(path, holder_in(message), wait) from error
            time.sleep(PAUSE)


def _recovered(path: Path) -> bool:
    """Write a log of new tables into the file, which DuckDB cannot do as it opens it, and return whether that worked.

    A process that is killed, or has no room, behind the commit and before the checkpoint leaves such a log. DuckDB
    looks for the functions in it (defaults, macros) in a default database, of which there is none yet while it opens
    the first one (duckdb issues 19712 and 22044); as a second one the file opens.
    """
    with duckdb.connect() as connection:
        try:
            quoted = str(path).replace("'", "''")
            connection.execute(f"ATTACH '{quoted}' AS damaged")
            connection.execute("CHECKPOINT damaged")
        except duckdb.Error as error:
            told = trouble(error, path)
            if told and not isinstance(told, DamagedError):
                raise told from error
            return False
    return True


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert the rows in one statement; row by row it costs a hundred times as much."""
    if rows:
        with _incoming(connection, rows):
            connection.execute(f"INSERT INTO {table} SELECT * FROM incoming")


def merge(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[Any, ...]], *, key: int = 1, replace: bool
) -> None:
    """Insert those of the rows whose key, the first columns of the table, it does not hold; `replace` what differs.

    As a MERGE it needs no primary key, and a row that is equal already is not written again.
    """
    if not rows:
        return
    names = [str(row[0]) for row in connection.execute(f"DESCRIBE {table}").fetchall()]
    with _incoming(connection, rows):
        same = " AND ".join(f't."{name}" = i.c{at}' for at, name in enumerate(names[:key]))
        differs = " OR ".join(f't."{name}" IS DISTINCT FROM i.c{at}' for at, name in enumerate(names) if at >= key)
        new = ", ".join(f'"{name}" = i.c{at}' for at, name in enumerate(names) if at >= key)
        updated = f"WHEN MATCHED AND ({differs}) THEN UPDATE SET {new} " if replace else ""
        connection.execute(
            f"MERGE INTO {table} AS t USING incoming AS i ON {same} {updated}"
            f"WHEN NOT MATCHED THEN INSERT VALUES ({', '.join(f'i.c{at}' for at in range(len(names)))})"
        )


@contextmanager
def _incoming(connection: duckdb.DuckDBPyConnection, rows: Sequence[tuple[Any, ...]]) -> Iterator[None]:
    columns = [pa.array(column) for column in zip(*rows, strict=True)]
    connection.register("incoming", pa.Table.from_arrays(columns, names=[f"c{i}" for i in range(len(columns))]))
    yield
    connection.unregister("incoming")
