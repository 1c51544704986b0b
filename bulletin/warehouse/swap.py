"""A rebuilt warehouse in the place of the old one, which is kept."""

from datetime import datetime
from pathlib import Path

from bulletin.errors import DamagedError, UsageError, WarehouseError
from bulletin.settings import WAIT
from bulletin.warehouse.snapshot import log_of
from bulletin.warehouse.store import Warehouse


def rebuilt_of(path: Path) -> Path:
    """Return where a warehouse is rebuilt.

    >>> rebuilt_of(Path("warehouse/bulletin.duckdb")).as_posix()
    'warehouse/bulletin.rebuilt.duckdb'
    """
    return path.with_name(f"{path.stem}.rebuilt{path.suffix}")


def discard(path: Path) -> None:
    """Remove a rebuilt warehouse."""
    path.unlink(missing_ok=True)
    log_of(path).unlink(missing_ok=True)


def damage(path: Path, wait: float = WAIT) -> str:
    """Return what is wrong with a warehouse file, in words; empty where every table of it can be read.

    Raises:
        WarehouseError: it is held by another process, or cannot be read for another reason.
    """
    try:
        with Warehouse(path, read_only=True, wait=wait) as warehouse:
            for table in warehouse.rows("SELECT table_name FROM duckdb_tables() ORDER BY table_name"):
                warehouse.rows(f'SELECT count(*), bit_xor(hash(t)) FROM "{table["table_name"]}" AS t')
            if not warehouse.rows("SELECT 1 FROM duckdb_views() WHERE view_name = 'series'"):
                return f"{path}: it holds no tables of Bulletin"
    except (DamagedError, UsageError) as error:
        return str(error)
    return ""


def put_in_place(new: Path, path: Path, now: datetime, wait: float = WAIT) -> Path | None:
    """Put the warehouse `new` in the place of the one at `path`, and return under which name that one is kept.

    At every moment one of the two is at `path`, whole. What has the old one open goes on reading it.

    Raises:
        HeldError: another process holds the old one.
        WarehouseError: the disk refuses it.
    """
    _settle(new, wait)
    backup: Path | None = None
    try:
        if path.is_file():
            backup = path.with_name(f"{path.stem}.before-{now:%Y%m%dT%H%M%S}{path.suffix}")
            try:
                _settle(path, wait)
            except DamagedError:  # its log belongs to it, and not to what takes its place
                if log_of(path).exists():
                    log_of(path).rename(log_of(backup))
            _keep(path, backup)
        new.replace(path)
    except OSError as error:
        raise WarehouseError(f"{path}: {new} cannot take its place: {error.strerror}. Both are as they were") from error
    return backup


def _settle(path: Path, wait: float) -> None:
    """Bring what is in the log into the file, and see that nobody else has it open."""
    with Warehouse(path, wait=wait) as warehouse:
        warehouse.connection.execute("CHECKPOINT")
    if log_of(path).exists():
        raise WarehouseError(f"{log_of(path)}: cannot be written into the warehouse; the disk may be full")


def _keep(path: Path, backup: Path) -> None:
    try:
        backup.hardlink_to(path)
    except OSError:  # a disk without hard links: for a moment nothing is at `path`
        path.rename(backup)
