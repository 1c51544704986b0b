"""What differs where the warehouse is a DuckLake: how it is opened, which SQL it does not take, who was faster."""

import os
import random
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import duckdb

from bulletin.errors import UsageError, WarehouseError
from bulletin.lake import Lake
from bulletin.warehouse.lock import PAUSE, held, holder_in

_NAME = "lake"
_EXTENSIONS = {"duckdb": (), "postgres": ("postgres_scanner",), "sqlite": ("sqlite_scanner",)}
"""Extensions of DuckDB, beside its `ducklake`, by what holds the catalogue; each is a package of its own."""
_ASKED = re.compile(r"requires the extension (httpfs|azure) to be loaded")
_found: set[str] = set()
"""Catalogues that this process has opened: whether one is there need not be asked again."""
_CONFLICT = ("Transaction conflict", "Failed to commit DuckLake transaction", "database is locked")
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 2.0
"""Seconds before a transaction is tried again: at first, doubled each time up to the longest, a random part of it."""
_CONSTRAINT = re.compile(
    r",?\s*\b(?:PRIMARY KEY(?:\s*\([^()]*\))?|UNIQUE\s*\([^()]*\)|CHECK\s*\((?:[^()]|\([^()]*\))*\))", re.IGNORECASE
)
_NOT_TAKEN = re.compile(r"\s*(?:COMMENT ON MACRO\b|ALTER TABLE \S+ ALTER COLUMN \S+ SET NOT NULL\b)", re.IGNORECASE)
_COMMENTED = re.compile(r'\s*COMMENT ON COLUMN "?(\w+)"?\.', re.IGNORECASE)
_VIEW = re.compile(r'\bVIEW "?(\w+)"? AS\b', re.IGNORECASE)
_TABLE = re.compile(r"\s*(?:CREATE|ALTER) TABLE\b", re.IGNORECASE)
_TRUTH = re.compile(r"\bDEFAULT (true|false)\b", re.IGNORECASE)
"""No literal to DuckLake, whose defaults of new columns must be one."""
_COMMENTS = re.compile(r"^\s*--.*$", re.MULTILINE)


def is_lake(connection: duckdb.DuckDBPyConnection) -> bool:
    """Return whether what the connection is in is a DuckLake."""
    kind = "SELECT type FROM duckdb_databases() WHERE database_name = current_database()"
    return connection.execute(kind).fetchall() == [("ducklake",)]


def is_there(lake: Lake) -> bool:
    """Return whether somebody made the lake already."""
    if lake.file:
        return lake.file.is_file()
    if lake.catalogue in _found:
        return True
    try:
        connect(lake, read_only=True).close()
    except WarehouseError as error:
        if isinstance(error.__cause__, duckdb.Error) and _absent(error.__cause__):
            return False
        raise
    return True


def connect(lake: Lake, *, read_only: bool, wait: float = 0) -> duckdb.DuckDBPyConnection:
    """Return a connection that is in the lake; it is made where it is not there and may be written.

    Raises:
        HeldError: the catalogue is a file, and another process holds it for longer than `wait` seconds.
        UsageError: a package of DuckDB's extensions is not installed, or there is no such version.
        WarehouseError: the catalogue or the data cannot be reached.
    """
    read_only = read_only or bool(lake.as_of)
    if lake.file and read_only and not lake.file.is_file():
        raise WarehouseError(f"{lake}: {_NONE_YET}")
    if lake.file and not read_only:
        _make_folder(lake.file.parent, lake)
    connection = extended("ducklake", *_EXTENSIONS[lake.kind])
    try:
        spill = Path(tempfile.gettempdir()) / "bulletin-spill"
        connection.execute(f"SET temp_directory = '{_quoted(str(spill))}'")
        _attach(connection, lake, read_only, wait)
        _found.add(lake.catalogue)
    except BaseException:
        connection.close()
        raise
    return enter(connection)


def extended(*extensions: str) -> duckdb.DuckDBPyConnection:
    """Return a connection with these extensions of DuckDB, which come as packages: nothing is fetched at run time.

    Raises:
        UsageError: the package of one is not installed.
    """
    connection = duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
    _load(connection, extensions)
    return connection


def _load(connection: duckdb.DuckDBPyConnection, extensions: Sequence[str]) -> None:
    for file in [_extension(name) for name in extensions]:
        try:
            connection.execute(f"LOAD '{_quoted(str(file))}'")
        except duckdb.Error as error:
            raise UsageError(
                f"{file}: DuckDB {duckdb.__version__} cannot load it: {error}. Install the package of the extension in "
                "the version of DuckDB"
            ) from error


def enter(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Return the connection, in the lake that it has attached."""
    connection.execute(f"USE {_NAME}")
    return connection


def _make_folder(folder: Path, lake: Lake) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WarehouseError(
            f"{lake}: cannot be made: {error.strerror}. Give the folder write permission, or name another place with "
            "--warehouse; nothing was loaded"
        ) from error


def _extension(name: str) -> Path:
    package = f"duckdb_extension_{name}"
    spec = find_spec(package)
    files = sorted(Path(spec.origin).parent.rglob("*.duckdb_extension")) if spec and spec.origin else []
    if not files:
        raise UsageError(
            f"this DuckLake needs DuckDB's extension {name}, which is not installed: pip install "
            f"'{package.replace('_', '-')}=={duckdb.__version__}'; Bulletin's extra `lake` brings the usual ones"
        )
    return files[-1]


def _attach(connection: duckdb.DuckDBPyConnection, lake: Lake, read_only: bool, wait: float) -> None:
    options = []
    beside = f"{lake.file}.files" if lake.kind == "sqlite" and lake.file and not lake.file.exists() else ""
    if data := lake.data or beside:  # of a DuckDB file they are there by DuckLake's own default
        options.append(f"DATA_PATH '{_quoted(data)}'")
    if read_only:
        options.append("READ_ONLY")
    if lake.as_of:
        what = "SNAPSHOT_VERSION" if lake.as_of.isdecimal() else "SNAPSHOT_TIME"
        options.append(f"{what} {lake.as_of}" if lake.as_of.isdecimal() else f"{what} '{_quoted(lake.as_of)}'")
    said = f" ({', '.join(options)})" if options else ""
    deadline = time.monotonic() + wait
    while True:
        try:
            connection.execute(f"ATTACH '{_quoted(str(lake))}' AS {_NAME}{said}")
            return
        except duckdb.Error as error:
            message = str(error)
            if asked := _ASKED.search(message):  # by the place of the Parquet files, which the catalogue knows
                _load(connection, asked.groups())
                _use_own_store(connection)
                continue
            is_held, being_made = "Could not set lock on file" in message, "Failed to initialize DuckLake" in message
            if time.monotonic() > deadline or not (is_held or (being_made and "already exists" in message)):
                raise held(lake, holder_in(message), wait) if is_held else _trouble(error, lake) from error
            time.sleep(PAUSE)


def _use_own_store(connection: duckdb.DuckDBPyConnection) -> None:
    """Ask the S3 store that the environment names, as AWS's own tools and fsspec do, or as DuckDB does.

    One's own has no host's name for each bucket.
    """
    address = urlsplit(os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or "")
    if address.netloc:
        connection.execute(f"SET GLOBAL s3_endpoint = '{_quoted(address.netloc)}'")
        connection.execute(f"SET GLOBAL s3_use_ssl = {address.scheme == 'https'}")
    if address.netloc or os.environ.get("DUCKDB_S3_ENDPOINT"):
        connection.execute("SET GLOBAL s3_url_style = 'path'")


_NONE_YET = "there is no warehouse yet; `bulletin ingest raw` makes it"
_NEW = (
    "it is new, and nothing says where its Parquet files go: --lake-data FOLDER, $BULLETIN_LAKE_DATA or `lake_data` "
    "in bulletin.toml (a folder or s3://bucket/path); it is asked for once"
)
_UNREACHED = (
    "the database of its catalogue cannot be reached. Start it, or mend host, port, dbname and user; a password is "
    "best given by $PGPASSWORD or ~/.pgpass"
)
_VERSIONS = "there was no such version or moment; `bulletin query 'FROM lake.snapshots()'` lists them"
_TROUBLES = (
    ("data_path is not set", _NEW),
    ("does not match existing data path", "its Parquet files are elsewhere than --lake-data says; leave that out"),
    ("No snapshot found", _VERSIONS),
    ("Unable to connect to Postgres", _UNREACHED),
    ("Conversion Error", "a version is a number, a moment is written 2026-03-01 12:00"),
)
"""Words of DuckDB's messages, and what is to be said; the first that fits holds."""


def _absent(error: duckdb.Error) -> bool:
    message = str(error)
    return "does not exist" in message and "creating a new DuckLake is explicitly disabled" in message


def _trouble(error: duckdb.Error, lake: Lake) -> WarehouseError:
    message = str(error)
    if _absent(error):
        return WarehouseError(f"{lake}: {_NONE_YET}")
    for words, advice in _TROUBLES:
        if words in message:
            return WarehouseError(f"{lake}: {advice}. DuckDB says: {' '.join(message.split())}")
    return WarehouseError(f"{lake}: cannot be opened as a warehouse: {message}")


def run(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Run statements that make tables and views; in a lake without what it does not take.

    DuckLake enforces NOT NULL and nothing else, and comments on tables, their columns and views: keys and checks are
    left to the loader, the contracts and the tests, comments on macros and on the columns of views are left out.
    """
    if not is_lake(connection):
        connection.execute(sql)
        return
    views = {name for (name,) in connection.execute("SELECT view_name FROM duckdb_views()").fetchall()}
    views.update(_VIEW.findall(sql))
    for statement in connection.extract_statements(sql):
        text = _COMMENTS.sub("", statement.query)
        commented = _COMMENTED.match(text)
        if _NOT_TAKEN.match(text) or (commented and commented[1] in views):
            continue
        table = _TABLE.match(text)
        connection.execute(_TRUTH.sub(r"DEFAULT '\1'", _CONSTRAINT.sub("", text)) if table else text)


def is_conflict(error: duckdb.Error) -> bool:
    """Return whether another loader's transaction was faster: nothing of this one was written."""
    message = str(error)
    return any(words in message for words in _CONFLICT)


def pauses(wait: float) -> Iterator[float]:
    """Yield how long to wait before each new attempt, in seconds, until `wait` seconds have gone by."""
    deadline = time.monotonic() + wait
    longest = FIRST_PAUSE
    while time.monotonic() < deadline:
        yield random.uniform(longest / 2, longest)
        longest = min(2 * longest, LONGEST_PAUSE)


def _quoted(text: str) -> str:
    return text.replace("'", "''")
