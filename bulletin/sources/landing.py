"""Where fetched bytes land: in `raw/`, with their sidecar, before anything is made of them.

`raw/<source>/<date>/<name>` holds what the address gave last; a document is known by that path, so bytes that changed
are a new vintage of it. Those before are kept beside it, as `.earlier/<hash>-<name>`: names that begin with a dot are
not read.
`raw/.fetched.json` remembers of each address where it landed and how it can be asked for what is new; of a query, which
may hold a secret, only a hash.
"""

import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml

from bulletin import atomic
from bulletin.discover import COLLECTION, EARLIER, KEPT_BY
from bulletin.errors import HeldError, UsageError
from bulletin.sources.addresses import remembered_as
from bulletin.sources.entries import Entry

STATE = ".fetched.json"
LONGEST = 120
"""Bytes of a file's name, its ending left out; file systems take 255 with what we put before and behind it."""
_TYPES = {
    "application/pdf": ".pdf",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "text/markdown": ".md",
    "application/zip": ".zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
}
_PAGES = (".php", ".asp", ".aspx", ".jsp", ".do", ".shtml", ".cgi", "")
"""Endings of pages that are made when they are asked for: their type says what they are."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of an address."""

    path: str
    """Where its bytes are, from `raw/`."""
    sha256: str
    source: str
    etag: str | None = None
    modified: str | None = None
    """Its Last-Modified, as the server wrote it."""
    fetched: str = ""
    """When its bytes last came; ISO time."""
    asked: str = ""
    """When it was last asked, whatever came."""


@contextmanager
def remembering(raw: Path) -> "Iterator[State]":
    """Give what is remembered; nobody else may fetch into this folder meanwhile.

    Raises:
        HeldError: another fetch does.
        UsageError: the file is broken.
    """
    import fcntl

    raw.mkdir(parents=True, exist_ok=True)
    with (raw / f"{STATE}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise HeldError(f"{raw}: another fetch writes there; wait for it to end", "another fetch") from error
        state = State(raw)
        try:
            yield state
        finally:
            state.write()


class State:
    """What is remembered of all addresses, and written down where bytes came."""

    def __init__(self, raw: Path) -> None:
        """Read what was written down.

        Raises:
            UsageError: it is no JSON of ours.
        """
        self.raw = raw
        self._known = remembered(raw)

    def of(self, url: str) -> Known | None:
        """Return what is remembered of an address."""
        return self._known.get(remembered_as(url))

    def note(self, url: str, known: Known) -> None:
        """Remember it, at once where bytes came: whatever ends the process, the next one goes on from here.

        When an address was asked in vain can be lost; written down each time, a thousand addresses would take a second.
        """
        before = self.of(url)
        self._known[remembered_as(url)] = known
        if before is None or (before.path, before.sha256) != (known.path, known.sha256):
            self.write()

    def write(self) -> None:
        """Write down what is remembered."""
        content = {name: asdict(entry) for name, entry in sorted(self._known.items())}
        atomic.write(self.raw / STATE, json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def remembered(raw: Path) -> dict[str, Known]:
    """Return what is remembered, by `remembered_as` of the address.

    Raises:
        UsageError: the file is no JSON of ours.
    """
    file = raw / STATE
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        return {url: Known(**entry) for url, entry in content.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{file}: cannot be read as what `bulletin fetch` remembers: {error}. Take it away, and all is asked anew; "
            "what is in raw/ already is recognised by its bytes"
        ) from error


def land(
    raw: Path, entry: Entry, url: str, data: bytes, about: Mapping[str, str | None], before: Known | None, today: date
) -> tuple[str, bool]:
    """Put the bytes and their sidecar into `raw/`; return the path from there, and whether anything changed.

    Args:
        raw: The folder.
        entry: Whose they are.
        url: Where they are from, as it may be told.
        data: The bytes.
        about: `title`, `published` (ISO date), `name` and `type`, where they are known.
        before: What is remembered of the address.
        today: The day of the fetch, for those that do not say when they were published.
    """
    digest = hashlib.sha256(data).hexdigest()
    if (about.get("published") or "") > today.isoformat():
        about = {**about, "published": None}  # a feed or a clock that is wrong
    if before and before.sha256 == digest and (raw / before.path).is_file():
        return before.path, False
    name = file_name(about.get("name") or url, about.get("type"))
    if before is None and (same := _same(raw, entry, name, digest)):
        return same, False  # a fetch that was killed before it could remember
    place = raw / before.path if before else _free(raw / entry.id / (about.get("published") or today.isoformat()), name)
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_file():
        _keep(place)
    _write(place.with_name(place.name + ".yml"), _sidecar(entry, url, about).encode())
    _write(place, data)
    return place.relative_to(raw).as_posix(), True


def file_name(said: str, kind: str | None) -> str:
    """Return a name for a file, of an address or of what a server calls it; nothing in it leads anywhere.

    >>> file_name("https://example.org/a/%2e%2e%2freport%20(2).pdf?x=1", None)
    'report (2).pdf'
    >>> file_name("https://example.org/", "text/html; charset=utf-8")
    'index.html'
    """
    path = urlsplit(said).path if "://" in said else said
    last = unicodedata.normalize("NFC", unquote(path)).replace("\\", "/").rstrip("/").rpartition("/")[2]
    plain = re.sub(r"[^\w.\-+() ]", "_", last).strip(" .") or "index"
    stem, dot, ending = plain.rpartition(".")
    ending = f".{ending.lower()}" if dot else ""
    typed = _TYPES.get((kind or "").partition(";")[0].strip().lower(), "")
    if ending in _PAGES and typed:
        stem, ending = (stem if ending and dot else plain), typed
    if not stem:
        stem, ending = plain, typed
    if ending in (".yml", ".yaml"):
        ending += ".txt"  # a sidecar is what somebody wrote, never what was fetched
    if f"{stem}{ending}".lower().endswith(COLLECTION):
        ending += ".txt"  # a collection says itself what its documents are called
    return f"{stem.encode()[:LONGEST].decode(errors='ignore')}{ending.encode()[:16].decode(errors='ignore')}"


def _same(raw: Path, entry: Entry, name: str, digest: str) -> str | None:
    for file in sorted((raw / entry.id).glob(f"*/{_escaped(name)}")):
        if hashlib.sha256(file.read_bytes()).hexdigest() == digest:
            return file.relative_to(raw).as_posix()
    return None


def _escaped(name: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", name)


def _free(folder: Path, name: str) -> Path:
    """Return a place of that name where nothing stands: another address may have a report of the same name and day."""
    stem, dot, ending = name.rpartition(".")
    places = [
        folder / name,
        *(folder / f"{stem if dot else name}-{n}{dot}{ending if dot else ''}" for n in range(2, 1000)),
    ]
    return next(place for place in places if not place.exists())


def _keep(place: Path) -> None:
    """Keep the bytes that stand there, with their sidecar, under their hash."""
    folder = place.parent / EARLIER
    folder.mkdir(exist_ok=True)
    digest = hashlib.sha256(place.read_bytes()).hexdigest()[:KEPT_BY]
    for file in (place, place.with_name(place.name + ".yml")):
        kept = folder / f"{digest}-{file.name}"
        if file.is_file() and not kept.exists():
            _write(kept, file.read_bytes())


def _sidecar(entry: Entry, url: str, about: Mapping[str, str | None]) -> str:
    said = {
        "publisher": entry.publisher,
        "title": about.get("title"),
        "published": about.get("published"),
        "language": entry.language,
        "area": entry.area,
        "licence": entry.licence,
        "url": url,
    }
    lines = {name: value for name, value in said.items() if value}
    text: str = yaml.safe_dump(lines, allow_unicode=True, sort_keys=False, width=10_000)
    return re.sub(r"^published: '(.*)'$", r"published: \1", text, flags=re.MULTILINE)


def _write(file: Path, data: bytes) -> None:
    """Write the file, whole or not at all."""
    new = file.with_name(f".{file.name[:100]}.{os.getpid()}.new")
    try:
        new.write_bytes(data)
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)
