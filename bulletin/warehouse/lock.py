"""Who may write: one process at a time, for a whole run.

DuckDB's own lock lasts as long as a batch is written; between batches another run could come in, and would check its
facts against half of what it then meets. So a run holds a lock on a file beside the warehouse. The lock is the
operating system's (flock) and ends with the process that holds it, whatever ends that; what stands in the file is only
read while the lock is held.
"""

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from bulletin.errors import HeldError, WarehouseError
from bulletin.lake import Lake, Place

_fcntl = import_module("fcntl") if find_spec("fcntl") else None
"""Not there where the system is not POSIX: DuckDB's own lock is all there is."""

PAUSE = 0.1
"""Seconds between two attempts to get a lock."""
_PROCESS = re.compile(r"\(PID (\d+)\)")
_SHOWN = 80
"""Characters of a command that are shown."""


def lock_file(path: Path) -> Path:
    """Return the file that a run holds the lock on."""
    return path.with_name(f"{path.name}.lock")


@contextmanager
def writing(path: Place, wait: float, waiting: Callable[[str], None] = lambda holder: None) -> Iterator[None]:
    """Be the only run that writes to the warehouse; wait up to `wait` seconds for another one to end.

    A DuckLake has no such lock: its loaders work side by side, and what they check is checked again where another one
    loaded meanwhile.

    Args:
        path: the warehouse.
        wait: seconds.
        waiting: told once who is waited for.

    Raises:
        HeldError: another run writes still. Nothing was done.
        WarehouseError: the lock's file cannot be made.
    """
    if isinstance(path, Lake):
        yield
        return
    file = lock_file(path)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise WarehouseError(
            f"{file}: cannot be written: {error.strerror}. A run writes it beside the warehouse: give the folder write "
            "permission, or name another place with --warehouse. Nothing was loaded"
        ) from error
    try:
        _wait_for(handle, file, path, wait, waiting)
        os.truncate(handle, 0)
        os.pwrite(handle, f"{_this_process()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)  # which lets go of it


def _wait_for(handle: int, file: Path, path: Path, wait: float, waiting: Callable[[str], None]) -> None:
    deadline = time.monotonic() + wait
    told = False
    while not locked(handle, exclusive=True):
        holder = _said(file)
        if time.monotonic() > deadline:
            raise held(path, holder, wait)
        if not told:
            waiting(holder)
            told = True
        time.sleep(PAUSE)


def writer(path: Path) -> str:
    """Return who writes to the warehouse now, in words; empty where nobody does."""
    file = lock_file(path)
    try:
        handle = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return ""
    try:
        return "" if locked(handle, exclusive=False) else _said(file)
    finally:
        os.close(handle)


def locked(handle: int, *, exclusive: bool) -> bool:
    """Get the lock if it is free, and return whether it was; true also where the disk knows no locks."""
    if _fcntl is None:
        return True
    try:
        _fcntl.flock(handle, (_fcntl.LOCK_EX if exclusive else _fcntl.LOCK_SH) | _fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a network disk without locks
        return True
    return True


def held(path: Place, holder: str, wait: float) -> HeldError:
    """Return the error that the warehouse is held, with who holds it and what to do."""
    return HeldError(
        f"{path}: another process holds the warehouse: {holder}. It did not let go within {wait:g} seconds, so "
        "nothing was loaded. Wait until it ends or close it, then run again; --wait gives it more time",
        holder,
    )


def holder_in(message: str) -> str:
    """Return who holds the file, in words, from what DuckDB says of a lock that it could not get.

    >>> holder_in('Could not set lock on file "w.duckdb": Conflicting lock is held in /bin/none (PID 0)')
    'process 0'
    """
    found = _PROCESS.search(message)
    return _described(int(found[1])) if found else "a process that DuckDB does not name"


def _said(file: Path) -> str:
    """Return what the holder wrote of itself; it may be about to."""
    return file.read_text(encoding="utf-8", errors="replace").strip() or "a run that has just begun"


def _this_process() -> str:
    program = Path(sys.argv[0]).name if sys.argv else "python"
    words = ["bulletin" if program == "__main__.py" else program, *sys.argv[1:]]
    return _in_words(os.getpid(), words, datetime.now(UTC).timestamp())


def _described(process: int) -> str:
    """Return a process in words, with its command and since when it runs where /proc tells."""
    place = Path("/proc") / str(process)
    try:
        words = (place / "cmdline").read_bytes().decode("utf-8", "replace").rstrip("\0").split("\0")
        ticks = int((place / "stat").read_text().rpartition(")")[2].split()[19])
        booted = re.search(r"^btime (\d+)", Path("/proc/stat").read_text(), re.MULTILINE)
    except (OSError, ValueError, IndexError):
        return f"process {process}"
    since = int(booted[1]) + ticks / os.sysconf("SC_CLK_TCK") if booted else None
    return _in_words(process, [Path(words[0]).name, *words[1:]], since)


def _in_words(process: int, words: list[str], since: float | None) -> str:
    command = " ".join(" ".join(words).split())
    command = command if len(command) <= _SHOWN else f"{command[:_SHOWN]}..."
    when = f" since {datetime.fromtimestamp(since).astimezone():%Y-%m-%d %H:%M:%S}" if since else ""
    return f"process {process} ({command}){when}"
