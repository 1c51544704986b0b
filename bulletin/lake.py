"""Where a warehouse is: a DuckDB file, or a DuckLake, which is a catalogue in a database and Parquet files."""

import os
import re
from collections.abc import MutableMapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

from bulletin.errors import UsageError

PREFIX = "ducklake:"
BESIDE = Path("warehouse")
"""Folder for the report where the catalogue is no file that it could stand beside."""
_IN_WORDS = re.compile(r"(?:^|(?<=\s))password\s*=\s*('(?:\\.|[^'\\])*'|[^\s']+)\s*", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"(?<=://)([^/@:?]*):([^/@?]*)@")
_IN_QUERY = re.compile(r"(?<=[?&])password=([^&]*)&?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lake:
    """A DuckLake. It holds no password, so it may be printed, stored and sent."""

    catalogue: str
    """`postgres:dbname=... host=...`, `sqlite:FILE`, or a DuckDB file."""
    data: str = ""
    """Folder or address of the Parquet files; needed once, when the lake is made: its catalogue remembers it."""
    as_of: str = ""
    """A version or a moment: the lake as it was then, to be read; as it is where empty."""

    def __str__(self) -> str:
        return f"{PREFIX}{self.catalogue}"

    @property
    def kind(self) -> str:
        """What holds the catalogue: `postgres`, `sqlite`, or `duckdb`."""
        return next((kind for kind in ("postgres", "sqlite") if self.catalogue.startswith(f"{kind}:")), "duckdb")

    @property
    def file(self) -> Path | None:
        """The file that is the catalogue; None where it is in PostgreSQL."""
        return None if self.kind == "postgres" else Path(self.catalogue.removeprefix("sqlite:"))

    @property
    def parent(self) -> Path:
        """The folder that the report's folder is made in."""
        return self.file.parent if self.file else BESIDE


Place = Path | Lake
"""Where a warehouse is."""


def place_of(text: str | Path, data: str = "", environment: MutableMapping[str, str] = os.environ) -> Place:
    """Return the place that a person wrote: a path, or `ducklake:` with its catalogue.

    A password in the latter is taken out and given to PostgreSQL's library by `PGPASSWORD`, so that nothing behind this
    line can print or store it.

    Raises:
        UsageError: the catalogue is none of a kind that is known.

    >>> str(place_of("ducklake:postgres:dbname=facts password='se cret' host=db", "data", {}))
    'ducklake:postgres:dbname=facts host=db'
    """
    written = str(text)
    if not written.startswith(PREFIX):
        return Path(written)
    catalogue = written.removeprefix(PREFIX)
    scheme, colon, _ = catalogue.partition(":")
    if not catalogue or (colon and scheme not in ("postgres", "sqlite") and re.fullmatch(r"[a-z_]+", scheme)):
        raise UsageError(
            f"{PREFIX}{scheme}: is no catalogue of a DuckLake that Bulletin opens; allowed are "
            f"'{PREFIX}postgres:dbname=NAME host=HOST user=USER', {PREFIX}sqlite:FILE and {PREFIX}FILE"
        )
    catalogue, password = _without_password(catalogue) if scheme == "postgres" else (catalogue, "")
    if password:
        environment["PGPASSWORD"] = password
    return Lake(catalogue, data)


def with_data(place: Place, data: str) -> Place:
    """Return the place with its Parquet files there; a file has none."""
    return replace(place, data=data) if data and isinstance(place, Lake) else place


def as_of(place: Place, moment: str) -> Place:
    """Return the place as it was at a version or a moment; as it is where `moment` is empty.

    Raises:
        UsageError: it is a file, which keeps no earlier states.
    """
    if not moment:
        return place
    if isinstance(place, Lake):
        return replace(place, as_of=moment)
    raise UsageError(
        f"{place}: --as-of asks a DuckLake, and this is a file, which keeps no earlier states of its tables. "
        "`FROM series_as_loaded(TIMESTAMP '2026-03-01 12:00')` is the series as the warehouse gave it then"
    )


def _without_password(catalogue: str) -> tuple[str, str]:
    """Return the catalogue without its password, and the password, in each way that PostgreSQL takes one.

    >>> _without_password("postgres:postgresql://me:a%20b@db/facts?password=c&x=1")
    ('postgres:postgresql://me@db/facts?x=1', 'c')
    """
    found = ""
    if address := _IN_ADDRESS.search(catalogue):
        found = unquote(address[2])
        catalogue = _IN_ADDRESS.sub(r"\1@", catalogue)
    if query := _IN_QUERY.search(catalogue):
        found = unquote(query[1])
        return _IN_QUERY.sub("", catalogue).rstrip("?&"), found
    scheme, _, words = catalogue.partition(":")
    if "://" not in words and (said := _IN_WORDS.search(words)):
        found = re.sub(r"\\(.)", r"\1", said[1].strip("'")) if said[1].startswith("'") else said[1]
        catalogue = f"{scheme}:{_IN_WORDS.sub('', words).strip()}"
    return catalogue, found
