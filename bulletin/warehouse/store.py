"""The DuckDB file: opened by one writer or many readers, asked with SQL."""

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
from bulletin.settings import WAIT
from bulletin.warehouse.lock import PAUSE, held, holder_in
from bulletin.warehouse.series import narrowed_by
from bulletin.warehouse.trouble import trouble


class Warehouse:
    """An open warehouse. Use it as a context manager; only one process may have it open for writing."""

    def __init__(self, path: Path, *, read_only: bool = False, wait: float = WAIT) -> None:
        """Open the file, waiting up to `wait` seconds for another process to let go of it.

        Raises:
            HeldError: it is still held.
            WarehouseError: it is no DuckDB file, is damaged, cannot be written, or does not exist (read-only).
        """
        self.path = path
        self.notice = ""
        """What whoever asks should know of the answers: that they are from a snapshot."""
        try:
            exists = path.is_file()
            if not exists and not read_only:
                _create(path)
        except OSError as error:
            raise WarehouseError(f"{path}: cannot be made: {error.strerror}. {_PERMISSION}") from error
        if not exists and read_only:
            raise WarehouseError(f"{path}: there is no warehouse yet; `bulletin ingest raw` makes it")
        self.connection = _connect(path, read_only, wait)

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
_kept: dict[Path, duckdb.DuckDBPyConnection] = {}


@contextmanager
def kept_open(path: Path, wait: float = WAIT) -> Iterator[None]:
    """Keep the file open for writing: whoever opens it in this process meanwhile, to read or write, shares that.

    Opening and closing the file for each batch would write its log into the tables each time.

    Raises:
        HeldError: another process has it open.
        WarehouseError: as `Warehouse` does.
    """
    with Warehouse(path, wait=wait) as warehouse:
        warehouse.connection.execute(f"SET checkpoint_threshold = '{LOG}'; SET memory_limit = '{MEMORY}'")
        _kept[path.resolve()] = warehouse.connection
        try:
            yield
        finally:
            del _kept[path.resolve()]


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
    if kept := _kept.get(path.resolve()):
        return kept.cursor()
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


def insert(connection: duckdb.DuckDBPyConnection, how: str, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert the rows in one statement; row by row it costs a hundred times as much."""
    if not rows:
        return
    columns = [pa.array(column) for column in zip(*rows, strict=True)]
    connection.register("incoming", pa.Table.from_arrays(columns, names=[f"c{i}" for i in range(len(columns))]))
    connection.execute(f"{how} INTO {table} SELECT * FROM incoming")
    connection.unregister("incoming")
