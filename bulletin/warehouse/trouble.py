"""What DuckDB says of disks and damaged files, as a message that says what to do; mistakes of ours stay mistakes."""

import duckdb

from bulletin.errors import DamagedError, WarehouseError
from bulletin.lake import Place

_KEPT = "Nothing that was loaded before is lost, and what this run did not finish is not in the warehouse."
_STORE = (
    f"the object store or the database of the lake does not answer, or refuses. {_KEPT} See that it runs and that its "
    "keys are in the environment, then run again"
)
_TROUBLES: tuple[tuple[tuple[str, ...], type[WarehouseError], str], ...] = (
    (
        ("No space left on device", "File too large", "Disk quota exceeded", "failed to offload data block"),
        WarehouseError,
        f"there is no room on the disk. {_KEPT} Make room, then run again; it goes on where it stopped",
    ),
    (
        ("Read-only file system", "Permission denied", "Operation not permitted"),
        WarehouseError,
        f"it cannot be written or read here. {_KEPT} Give the folder and its files permission, or name another one",
    ),
    (
        ("for HTTP ", "HTTP Error", "HTTP GET", "HTTP PUT", "HTTP HEAD", "connection to server"),
        WarehouseError,
        _STORE,
    ),
    (
        ("we can only read version", "newer version of DuckDB", "newer DuckDB version"),
        WarehouseError,
        "a newer DuckDB wrote it than the one that Bulletin is installed with. Install the Bulletin that wrote it",
    ),
    (
        (
            "Corrupt database file",
            "Could not read enough bytes",
            "replaying WAL",
            "database has been invalidated",
            "is not a valid DuckDB database file",
            "Input/output error",
        ),
        DamagedError,
        "it is damaged, or no warehouse. `bulletin rebuild raw` makes it anew; --replace puts that in its place",
    ),
)
"""Words of DuckDB's and the system's messages, the kind of error, what is to be said; the first that fits holds."""


def trouble(error: duckdb.Error, path: Place) -> WarehouseError | None:
    """Return what to tell a person of an error that disks and files make; None where it is of another kind."""
    message = str(error)
    for words, kind, advice in _TROUBLES:
        if any(word in message for word in words):
            said = " ".join(message.partition("\n")[0].split())
            return kind(f"{path}: {advice}. DuckDB says: {said}")
    return None
