"""`sources.yml`: where reports come from, whose they are, and when they are fetched."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bulletin.errors import UsageError
from bulletin.policy import OFFICIAL, SourcePolicy

FILE = Path("sources.yml")
"""In the project's root."""
KINDS = ("folder", "address", "feed", "listing", "objects")
"""Where from: exactly one of them."""
STORES = ("s3", "gs", "gcs", "az", "abfs", "file", "memory")
_TEXTS = ("publisher", "language", "area", "licence", "schedule", "links", "authorization")
_PARTS = {"address": "http", "feed": "http", "listing": "http", "objects": "store"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One source of reports."""

    id: str
    """Name of its folder in `raw/`."""
    kind: str
    """folder, address, feed, listing or objects."""
    places: tuple[str, ...]
    """Folders and globs, web addresses, or addresses in an object store."""
    publisher: str | None = None
    language: str | None = None
    area: str | None = None
    licence: str | None = None
    trust: float | None = None
    official: bool = False
    schedule: str | None = None
    """When it is fetched, as cron has it; said by `bulletin sources`, and for whoever writes the deployments."""
    links: str | None = None
    """A regular expression that a link of a listing page or feed must match."""
    authorization: str | None = None
    """Name of the environment variable that holds the header `Authorization`, which goes to its own host only."""
    private: bool = False
    """Whether addresses of this machine and of private networks are allowed."""
    robots: bool = True
    """Whether robots.txt is asked."""
    pause: float = 1.0
    """Seconds between two requests to one host, at least."""

    @property
    def is_fetched(self) -> bool:
        """Whether its reports are fetched; a folder is read where it is."""
        return self.kind != "folder"

    @property
    def policy(self) -> SourcePolicy:
        """What is asked of its documents."""
        return SourcePolicy(trust=self.trust or (OFFICIAL if self.official else 1.0), official=self.official)


def read(file: Path) -> tuple[Entry, ...]:
    """Return the sources of the file; none where there is no file.

    Raises:
        UsageError: the file is no list of sources; the message has each problem with its line, what was found and what
            is allowed.
    """
    if not file.is_file():
        return ()
    import yaml

    try:
        text = file.read_text(encoding="utf-8")
        content, node = yaml.safe_load(text), yaml.compose(text)
    except (OSError, yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise UsageError(f"{file}: not YAML: {error}") from error
    if content is None:
        return ()
    if not isinstance(content, list):
        raise UsageError(f"{file}: it must be a list of sources, each with an `id`: - id: cnnic")
    lines = [item.start_mark.line + 1 for item in (node.value if node else [])]
    problems = [f"{file}:{line}: {said}" for item, line in zip(content, lines, strict=True) for said in _wrong(item)]
    names = [item.get("id") for item in content if isinstance(item, dict)]
    problems += [f"{file}: two sources have the id {name!r}" for name in dict.fromkeys(names) if names.count(name) > 1]
    if problems:
        raise UsageError("\n".join(problems))
    return tuple(_entry(item) for item in content)


def named(entries: tuple[Entry, ...], ids: tuple[str, ...], file: Path) -> tuple[Entry, ...]:
    """Return the sources of those ids, or all that are fetched where none is named.

    Raises:
        UsageError: there is no such source.
    """
    known = {entry.id: entry for entry in entries}
    for name in ids:
        if name not in known:
            raise UsageError(f"{file} has no source {name!r}; there are {', '.join(known) or 'none'}")
    return tuple(known[name] for name in ids) if ids else tuple(entry for entry in entries if entry.is_fetched)


def policies(entries: tuple[Entry, ...]) -> dict[str, SourcePolicy]:
    """Return what is asked of the sources that say so, by publisher, and by folder where the publisher is not named."""
    return {entry.publisher or entry.id: entry.policy for entry in entries if entry.official or entry.trust}


def _entry(item: Mapping[str, Any]) -> Entry:
    [kind] = [kind for kind in KINDS if kind in item]
    places = item[kind] if isinstance(item[kind], list) else [item[kind]]
    known = {field.name for field in fields(Entry)}
    return Entry(kind=kind, places=tuple(places), **{name: value for name, value in item.items() if name in known})


def _wrong(item: Any) -> Iterator[str]:
    """Yield what is wrong with an entry of the file."""
    if not isinstance(item, dict):
        yield f"{item!r} is no source; write fields: id, publisher, {', '.join(KINDS)}"
        return
    allowed = {field.name for field in fields(Entry)} - {"kind", "places"} | set(KINDS)
    for name in item:
        if name not in allowed:
            yield f"unknown field {name!r}; allowed are {', '.join(sorted(allowed))}"
    folder = item.get("id")
    if not isinstance(folder, str) or not folder.replace("-", "").replace("_", "").isalnum():
        yield f"id is {folder!r}; it names a folder in raw/: letters, digits, - and _"
    for name in _TEXTS:
        if name in item and not isinstance(item[name], str):
            yield f"{name} is {item[name]!r}; it takes a text"
    for name in ("official", "private", "robots"):
        if not isinstance(item.get(name, False), bool):
            yield f"{name} is {item[name]!r}; allowed are true and false"
    for name, least, most in (("trust", 0.01, 100.0), ("pause", 0.0, 600.0)):
        value = item.get(name, 1.0)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            yield f"{name} is {value!r}; it takes a number from {least:g} to {most:g}"
    yield from _wrong_schedule(item.get("schedule"))
    yield from _wrong_places(item)


def _wrong_schedule(cron: Any) -> Iterator[str]:
    if isinstance(cron, str):
        from datetime import UTC, datetime

        from cronsim import CronSim, CronSimError

        try:
            CronSim(cron, datetime.now(UTC))
        except CronSimError as error:
            yield f"schedule is {cron!r}: {error}; it is minute, hour, day, month, weekday: '0 6 * * *'"


def _wrong_places(item: Mapping[str, Any]) -> Iterator[str]:
    kinds = [kind for kind in KINDS if kind in item]
    if len(kinds) != 1:
        said = " and ".join(kinds) or "nothing"
        yield f"it says where from by {said}; exactly one of {', '.join(KINDS)} is asked for"
        return
    [kind] = kinds
    places = item[kind] if isinstance(item[kind], list) else [item[kind]]
    for place in places:
        if not isinstance(place, str) or not place:
            yield f"{kind} is {place!r}; it takes a text or a list of texts"
        else:
            yield from _wrong_place(kind, place)
    if kind == "listing" and not item.get("links"):
        yield "a listing needs `links`: a regular expression that the links to reports match"
    if isinstance(item.get("links"), str):
        import re

        try:
            re.compile(item["links"])
        except re.error as error:
            yield f"links is {item['links']!r}, which is no regular expression: {error}"


def _wrong_place(kind: str, place: str) -> Iterator[str]:
    try:
        parts = urlsplit(place)
    except ValueError as error:
        yield f"{kind} is {place!r}, which is no address: {error}"
        return
    if _PARTS.get(kind) == "http" and (parts.scheme not in ("http", "https") or not parts.hostname):
        yield f"{kind} is {place!r}; it takes an address that begins with https:// or http://"
    if _PARTS.get(kind) == "http" and "@" in parts.netloc:
        yield f"{kind} holds a password; put it into the environment and name the variable as `authorization`"
    if _PARTS.get(kind) == "store" and parts.scheme not in STORES:
        yield f"{kind} is {place!r}; it takes an address in an object store: s3://bucket/folder/*.pdf, gs://, az://"
