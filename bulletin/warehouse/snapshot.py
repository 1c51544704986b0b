"""A copy of the warehouse for readers, as it was after the latest run: DuckDB lets nobody read while one writes.

It is published whole: written beside the old one, then renamed over it. Who has the old one open goes on reading it.
A DuckLake needs none: whoever reads it reads its latest version, and loaders do not disturb them.
"""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from bulletin.errors import HeldError, WarehouseError
from bulletin.lake import Lake, Place
from bulletin.settings import WAIT
from bulletin.warehouse.lock import writer
from bulletin.warehouse.store import Warehouse

READ_ONLY = 0o444
"""Permissions of the copy: what a reader changed in it would be lost with the next one."""


def snapshot_of(path: Path) -> Path:
    """Return where the snapshot of a warehouse is.

    >>> snapshot_of(Path("warehouse/bulletin.duckdb")).as_posix()
    'warehouse/bulletin.snapshot.duckdb'
    """
    return path.with_name(f"{path.stem}.snapshot{path.suffix}")


def publish(path: Place, wait: float = WAIT) -> bool:
    """Make the snapshot equal to the warehouse, and return whether anything had to be done.

    To be called by the one who writes (`writing`), when nothing of it is open.

    Raises:
        WarehouseError: it cannot be written; the earlier one is still there, and the warehouse is untouched.
    """
    if isinstance(path, Lake):
        return False
    if log_of(path).exists():
        with Warehouse(path, wait=wait) as warehouse:
            warehouse.connection.execute("CHECKPOINT")
    snapshot = snapshot_of(path)
    new = snapshot.with_name(f"{snapshot.name}.new")
    try:
        with Warehouse(path, read_only=True, wait=wait):  # so that no other program writes to it meanwhile
            if _is_same(path, snapshot):
                return False
            new.unlink(missing_ok=True)
            _copy(path, new)
        log_of(snapshot).unlink(missing_ok=True)  # of someone who wrote to the one before
        new.replace(snapshot)
    except OSError as error:
        raise WarehouseError(
            f"{snapshot}: the snapshot for readers cannot be written: {error.strerror}. All is loaded; readers are "
            "served the snapshot before, or wait. Make room or give permission and run again, or switch it off "
            "(`snapshot = false` in bulletin.toml)"
        ) from error
    finally:
        new.unlink(missing_ok=True)
    return True


def withdraw(path: Place) -> None:
    """Take the snapshot away: nobody keeps it up to date any more."""
    if not isinstance(path, Lake):
        snapshot_of(path).unlink(missing_ok=True)


def reading(path: Place, wait: float = WAIT) -> Warehouse:
    """Return the warehouse opened for reading, or its snapshot where a run writes or another program holds it.

    `notice` then says so, with the moment that the snapshot is of. While a run writes the warehouse itself is left
    alone even between two batches: a reader would make the run wait, and see the half of what it brings.

    Raises:
        HeldError: it is held for longer than `wait` seconds, and there is no snapshot.
        WarehouseError: it does not exist, or is damaged.
    """
    if isinstance(path, Lake):
        return Warehouse(path, read_only=True, wait=wait)
    snapshot = snapshot_of(path)
    holder = writer(path) if snapshot.is_file() else ""
    if not holder:
        try:
            return Warehouse(path, read_only=True, wait=0 if snapshot.is_file() else wait)
        except HeldError as error:
            if not snapshot.is_file():
                raise
            holder = error.holder
    warehouse = Warehouse(snapshot, read_only=True, wait=wait)
    as_of = datetime.fromtimestamp(snapshot.stat().st_mtime, UTC).astimezone()
    warehouse.notice = f"as of {as_of:%Y-%m-%d %H:%M:%S}, from {snapshot}: {path} is held by {holder}"
    return warehouse


def log_of(path: Path) -> Path:
    """Return where DuckDB keeps what it has not yet written into the file (its write-ahead log)."""
    return path.with_name(f"{path.name}.wal")


def _is_same(path: Path, snapshot: Path) -> bool:
    """Return whether the snapshot was copied from the file as it is: it was given the file's time."""
    if not snapshot.is_file():
        return False
    one, other = path.stat(), snapshot.stat()
    return (one.st_size, one.st_mtime_ns) == (other.st_size, other.st_mtime_ns)


def _copy(path: Path, new: Path) -> None:
    shutil.copyfile(path, new)
    with new.open("rb") as file:
        os.fsync(file.fileno())
    shutil.copystat(path, new)
    new.chmod(READ_ONLY)
