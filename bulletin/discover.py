"""From paths to sources: which files there are to ingest, their hashes, and what their sidecars say."""

import fnmatch
import glob
import hashlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

from bulletin.errors import UsageError
from bulletin.model import Metadata, Source

IGNORE_FILE = ".bulletinignore"
SIDECAR = ".yml"
NOTHING = frozenset({"", "~", "null"})
FIELDS = tuple(Metadata.__dataclass_fields__)


def discover(paths: Sequence[str]) -> list[Source]:
    """Return the files named by paths, folders and globs, each once, in the order of their names.

    A folder is walked; hidden files, sidecars and what a `.bulletinignore` in it names are left out. A file that is
    named itself is always taken.

    Raises:
        UsageError: a path does not exist, or a glob matches nothing.
    """
    files: dict[str, Path] = {}
    for path in paths:
        for file in _expand(path):
            files.setdefault(_short(file), file)
    return [source for name, file in files.items() for source in _sources(name, file)]


def _expand(path: str) -> list[Path]:
    if glob.has_magic(path) and not Path(path).exists():
        found = glob.glob(path, recursive=True)  # noqa: PTH207  Path.glob takes no absolute pattern
        if not found:
            raise UsageError(f"{path}: the pattern matches no file")
        return [file for name in _once(found) for file in _expand(name) if not _is_sidecar(file)]
    place = Path(path)
    if place.is_dir():
        return sorted(_walk(place))
    if place.is_file():
        return [place]
    raise UsageError(f"{path}: no such file or folder")


def _once(names: Sequence[str]) -> list[str]:
    """Return the names in order, without links that lead nowhere and files met again by a folder linked into itself."""
    places: dict[tuple[Path, str], str] = {}
    for name in sorted(names, key=len):
        if Path(name).exists():
            places.setdefault((Path(name).parent.resolve(), Path(name).name), name)
    return sorted(places.values())


def _walk(folder: Path) -> Iterator[Path]:
    ignored = _ignored(folder)
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or any(fnmatch.fnmatch(entry.name, pattern) for pattern in ignored):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry)
        elif entry.is_file() and not _is_sidecar(entry):
            yield entry


def _ignored(folder: Path) -> list[str]:
    file = folder / IGNORE_FILE
    try:
        lines = map(str.strip, file.read_text(encoding="utf-8").splitlines() if file.is_file() else ())
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: not UTF-8 ({error.reason}); it holds one name or pattern a line") from None
    return [line.rstrip("/") for line in lines if line and not line.startswith("#")]


def _is_sidecar(file: Path) -> bool:
    return file.name.endswith(SIDECAR) and file.with_name(file.name.removesuffix(SIDECAR)).is_file()


def _sources(path: str, file: Path) -> Iterator[Source]:
    try:
        data = file.read_bytes()
    except OSError as error:
        yield Source(key=path, path=path, sha256="", problem=f"cannot be opened: {error.strerror}")
        return
    if path.endswith(".docs.jsonl"):
        yield from _collection(path, data)
        return
    said = _sidecar(file.with_name(file.name + SIDECAR))
    yield Source(
        key=path,
        path=path,
        sha256=sha256(data),
        metadata=said.metadata,
        data=data,
        problem=said.problem,
        notes=said.notes,
    )


def _short(file: Path) -> str:
    """Return the path from here where the file lies below, so that one file has one key however it is named."""
    whole = Path(os.path.normpath(file.absolute()))  # drops `..`, follows no link
    here = Path.cwd()
    return (whole.relative_to(here) if whole.is_relative_to(here) else whole).as_posix()


def sha256(data: bytes) -> str:
    """Return the hash by which a document is known."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class _Said:
    """What a sidecar says, why it cannot be believed, and what to look at."""

    metadata: Metadata = field(default_factory=Metadata)
    problem: str | None = None
    notes: tuple[tuple[str, str], ...] = ()


def _sidecar(file: Path) -> _Said:
    if not file.is_file():
        return _Said()
    where = f"its sidecar {file.name}"
    try:
        # BaseLoader keeps every scalar as written: a date stays text, `no` stays a language.
        content = yaml.load(file.read_bytes(), Loader=yaml.BaseLoader)
    except OSError as error:
        return _Said(problem=f"{where} cannot be opened: {error.strerror}")
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}," if mark else ""
        return _Said(problem=f"{where}{line} is no YAML: {getattr(error, 'problem', error)}")
    return _metadata(content, where)


def _metadata(content: object, where: str) -> _Said:
    if content is None:
        return _Said()
    if not isinstance(content, dict):
        kind = "a list" if isinstance(content, list) else "plain text"
        return _Said(problem=f"{where} must hold fields such as `publisher: ...`, not {kind}")
    for name in FIELDS:
        if isinstance(content.get(name), list | dict):
            return _Said(problem=f"{where}: `{name}` must be one text, not a list or fields of its own")
    known = {name: str(content.get(name) or "").strip() for name in FIELDS}
    metadata = Metadata(**{name: None if value in NOTHING else value for name, value in known.items()})
    if metadata.published and not _is_date(metadata.published):
        return _Said(problem=f"{where}: `published: {metadata.published}` is no date; write 2022-02-25 or 2022-02")
    unknown = sorted(set(map(str, content)) - set(FIELDS))
    if unknown:
        message = f"Unknown fields in {where}: {', '.join(unknown)}; allowed are {', '.join(FIELDS)}."
        return _Said(metadata, notes=(("sidecar", message),))
    return _Said(metadata)


def _is_date(text: str) -> bool:
    """Whether the text is a day, a month or a year of the calendar: 2022-02-25, 2022-02, 2022."""
    if not re.fullmatch(r"\d{4}(?:-\d\d){0,2}", text, re.ASCII):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _collection(path: str, data: bytes) -> Iterator[Source]:
    """Yield the texts of a JSON Lines file, one a line with `doc_id`, `text` and the sidecar's fields."""
    seen: dict[str, int] = {}
    for number, line in enumerate(data.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            text = record["text"].encode("utf-8")
            key = str(record["doc_id"])
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            problem = f"line {number} is no record with `doc_id` and `text`: {error!r}"
            yield Source(key=f"{path}#{number}", path=path, sha256=sha256(line), problem=problem)
            continue
        if seen.setdefault(key, number) != number:
            problem = f"line {number} has the `doc_id` {key!r} of line {seen[key]}; each text needs its own"
            yield Source(key=f"{path}#{number}", path=path, sha256=sha256(line), problem=problem)
            continue
        fields = {name: record.get(name) for name in FIELDS} | {"url": record.get("source_url") or record.get("url")}
        said = _metadata(fields, f"line {number}")
        yield Source(
            key=key,
            path=path,
            sha256=sha256(text),
            metadata=said.metadata,
            data=text,
            problem=said.problem,
            extra={"text": "yes"},
        )
    if not seen:
        yield Source(key=path, path=path, sha256=sha256(data), problem="it holds no text, one JSON object a line")
