"""What a run needs to know besides its input: by option, else the environment, else `bulletin.toml`, else a default."""

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from bulletin import sources
from bulletin.errors import UsageError
from bulletin.lake import Place, place_of
from bulletin.limits import DEFAULTS, Limits
from bulletin.notify import Notify, notify_of
from bulletin.policy import Policy, policy_of

FILE = Path("bulletin.toml")
"""The project's settings, in the folder that the command runs in."""
WAREHOUSE = "BULLETIN_WAREHOUSE"
LAKE_DATA = "BULLETIN_LAKE_DATA"
"""Where the Parquet files of a new DuckLake go."""
REPORT = "BULLETIN_REPORT"
CATALOGUE = "BULLETIN_CATALOGUE"
RULES = "BULLETIN_RULES"
"""Several folders are set apart as in PATH."""
LANGUAGE = "BULLETIN_LANGUAGE"
SNAPSHOT = "BULLETIN_SNAPSHOT"
"""Whether a snapshot is published: 1 or 0."""
LANGUAGES = ("en", "zh")
"""Languages of the report, the default first."""
DEFAULT_WAREHOUSE = Path("warehouse/bulletin.duckdb")
BATCH, LARGE_BATCH = 200, 1_000
"""Documents in one batch, and so in one transaction: of a small run, and at most. Checking and loading a batch takes a
quarter of a second whatever is in it, so a large run takes a twentieth of its documents at a time."""
BATCH_BYTES = 64 << 20
"""Bytes of documents that end a batch too: what a killed run must read again should take minutes."""
SOURCES = "BULLETIN_SOURCES"
"""Another file than `sources.yml`."""
WAIT = 30.0
"""Seconds that a run waits for another process to let go of the warehouse."""


@dataclass(frozen=True, slots=True)
class Request:
    """An ingest that was asked for; plain values, so that it can be the parameter of a scheduled run."""

    paths: tuple[str, ...]
    warehouse: Place = DEFAULT_WAREHOUSE
    report: Path | None = None
    """Folder of the report; beside the warehouse where it is None."""
    catalogues: tuple[Path, ...] = ()
    """Folders laid over the catalogue."""
    batch: int = 0
    """Documents in one transaction; 0 for as many as suit the run."""
    processes: int = 1
    """How many processes read and resolve; one does that and all the rest by itself."""
    address: str = ""
    """Of the scheduler of a Dask cluster whose workers read and resolve."""
    again: bool = False
    """Whether documents that are known already are read anew, as a new vintage."""
    wait: float = WAIT
    limits: Limits = DEFAULTS
    """How much of a document is read, and how long that may take."""
    rules: tuple[Path, ...] = ()
    """Folders of rules that the user wrote."""
    policy: Policy = field(default_factory=Policy)
    """What is asked of sources and rules."""
    language: str = LANGUAGES[0]
    """Of the report."""
    snapshot: bool = True
    """Whether a copy of the warehouse is published for readers when the run ends."""
    published: tuple[date, date] | None = None
    """First and last day of publication: of all documents found only these, in the order of publication."""

    @property
    def report_folder(self) -> Path:
        """Where the report goes."""
        return self.report or self.warehouse.parent / "report"


@dataclass(frozen=True, slots=True)
class Paths:
    """Where things are, for a command that is not told otherwise."""

    warehouse: Place = DEFAULT_WAREHOUSE
    report: Path | None = None
    catalogues: tuple[Path, ...] = ()
    rules: tuple[Path, ...] = ()
    language: str = LANGUAGES[0]
    snapshot: bool = True
    processes: int = 1
    batch: int = 0
    wait: float = WAIT
    sources: Path = sources.FILE


def paths(environment: Mapping[str, str] = os.environ, file: Path = FILE) -> Paths:
    """Return where the warehouse, the report, the catalogues and the user's rules are.

    Raises:
        UsageError: `bulletin.toml` is no TOML, or holds a key that is no setting.
    """
    written = _written(file)
    report = environment.get(REPORT) or written["report"]
    language = environment.get(LANGUAGE) or written["language"] or LANGUAGES[0]
    if language not in LANGUAGES:
        where = LANGUAGE if environment.get(LANGUAGE) else f"{file}: language"
        raise UsageError(f"{where} is {language!r}; allowed are {', '.join(LANGUAGES)}")
    return Paths(
        warehouse=place_of(
            environment.get(WAREHOUSE) or written["warehouse"] or DEFAULT_WAREHOUSE,
            environment.get(LAKE_DATA) or written["lake_data"],
        ),
        report=Path(report) if report else None,
        catalogues=_folders(environment.get(CATALOGUE), written["catalogue"]),
        rules=_folders(environment.get(RULES), written["rules"]),
        language=language,
        snapshot=_switch(environment, written, file),
        sources=Path(environment.get(SOURCES) or written["sources_file"] or sources.FILE),
        **_numbers(_RUN, environment, written, file),
    )


def request_of(documents: Sequence[str], **given: Any) -> Request:
    """Return the request for an ingest of the documents: what is given, and where that is None, what the settings say.

    Args:
        documents: Files, folders or globs.
        given: Fields of `Request`, and `gate`: whether documents with an error are kept out.

    Raises:
        UsageError: the settings are wrong.
    """
    places, asked = paths(), {name: value for name, value in given.items() if value is not None}
    gate = asked.pop("gate", False)
    if isinstance(asked.get("warehouse"), str | Path):
        asked["warehouse"] = place_of(asked["warehouse"])
    values: dict[str, Any] = {
        **{name: getattr(places, name) for name in (item.name for item in fields(Paths)) if name != "sources"},
        "limits": limits(),
        "policy": replace(policy(), gate=gate),
    }
    return Request(tuple(documents), **values | asked)


def _switch(environment: Mapping[str, str], written: Mapping[str, Any], file: Path) -> bool:
    if given := environment.get(SNAPSHOT):
        if given not in ("0", "1"):
            raise UsageError(f"{SNAPSHOT} is {given!r}; allowed are 1 and 0")
        return given == "1"
    value = written["snapshot"]
    if not isinstance(value, bool):
        raise UsageError(f"{file}: snapshot is {value!r}; allowed are true and false")
    return value


def limits(environment: Mapping[str, str] = os.environ, file: Path = FILE) -> Limits:
    """Return the limits of reading: `BULLETIN_READ_SECONDS` and the like, else `read_seconds` in the file, else ours.

    Raises:
        UsageError: one of them is no number above 0.
    """
    return Limits(**_numbers(_LIMITS, environment, _written(file), file))


def _numbers(
    kinds: Mapping[str, type], environment: Mapping[str, str], written: Mapping[str, Any], file: Path
) -> dict[str, Any]:
    """Return those numbers that the environment or else the file gives."""
    values: dict[str, Any] = {}
    for name, kind in kinds.items():
        variable = f"BULLETIN_{name.upper()}"
        if given := environment.get(variable):
            values[name] = _positive(given, f"${variable}", kind)
        elif name in written:
            values[name] = _positive(written[name], f"{file}: {name}", kind)
    return values


def _positive(given: Any, where: str, kind: type) -> int | float:
    try:
        number: int | float = kind(given) if type(given) in (str, int, kind) else 0
    except ValueError:
        number = 0
    if not 0 < number < float("inf"):
        raise UsageError(f"{where} is {given!r}; it takes a {'whole ' if kind is int else ''}number above 0")
    return number


def policy(file: Path = FILE) -> Policy:
    """Return what is asked of sources and rules: `sources.yml` says who is trusted, `bulletin.toml` goes before it.

    Raises:
        UsageError: it is no TOML, or holds a key that it does not take.
    """
    written = _written(file)
    asked = policy_of({name: written.get(name, {}) for name in ("sources", "severity")}, str(file))
    listed = sources.policies(sources.read(paths(file=file).sources))
    own = {name.casefold() for name in asked.sources}
    said = {name: entry for name, entry in listed.items() if name.casefold() not in own}
    return replace(asked, sources={**said, **asked.sources})


def notify(environment: Mapping[str, str] = os.environ, file: Path = FILE) -> Notify:
    """Return who is told of a run that needs a person.

    Raises:
        UsageError: the settings are no TOML, or hold what the table `notify` does not take.
    """
    return notify_of(_written(file).get("notify", {}), str(file), environment)


_PATHS: dict[str, Any] = {
    "warehouse": "",
    "lake_data": "",
    "report": "",
    "sources_file": "",
    "catalogue": [],
    "rules": [],
}
_TABLES = ("sources", "severity", "notify")
_LIMITS = {limit.name: type(limit.default) for limit in fields(Limits)}
_RUN = {"processes": int, "batch": int, "wait": float}


def _folders(named: str | None, written: Sequence[str]) -> tuple[Path, ...]:
    return tuple(Path(folder) for folder in (named.split(os.pathsep) if named else written) if folder)


def _written(file: Path) -> dict[str, Any]:
    """Return what the file says: every path, empty where it says nothing, and the tables and limits that it sets."""
    values = {**_PATHS, "language": "", "snapshot": True}
    if not file.is_file():
        return values
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: not TOML: {error}") from None
    for key, value in content.items():
        if key in _PATHS:
            values[key] = _path(key, value, file)
        elif key == "language" and not isinstance(value, str):
            raise UsageError(f"{file}: language is {value!r}; it takes a language, one of {', '.join(LANGUAGES)}")
        elif key in _LIMITS or key in _RUN or key in _TABLES or key in ("language", "snapshot"):
            values[key] = value
        else:
            allowed = ", ".join((*_PATHS, "language", "snapshot", *_RUN, *_TABLES, *_LIMITS))
            raise UsageError(f"{file}: unknown setting {key!r}; allowed are {allowed}")
    return values


def _path(key: str, value: object, file: Path) -> Any:
    several = isinstance(_PATHS[key], list)
    given = [value] if several and isinstance(value, str) else value
    if not isinstance(given, type(_PATHS[key])) or (
        isinstance(given, list) and not all(isinstance(item, str) for item in given)
    ):
        raise UsageError(f"{file}: {key} is {value!r}; it takes a path" + (" or a list of paths" if several else ""))
    return given
