"""From paths to sources: which files there are to ingest, their hashes, and what their sidecars say."""

import fnmatch
import glob
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from bulletin.errors import UsageError
from bulletin.model import Metadata, Source

IGNORE_FILE = ".bulletinignore"
SIDECAR = ".yml"
FIELDS = tuple(Metadata.__dataclass_fields__)


def discover(paths: Sequence[str]) -> list[Source]:
    """Return the files named by paths, folders and globs, each once, in the order of their names.

    A folder is walked; hidden files, sidecars and what a `.bulletinignore` in it names are left out. A file that is
    named itself is always taken.

    Raises:
        UsageError: a path does not exist, or a glob matches nothing.
    """
    files: dict[Path, None] = {}
    for path in paths:
        files.update(dict.fromkeys(_expand(path)))
    return [source for file in files for source in _sources(file)]


def _expand(path: str) -> list[Path]:
    if glob.has_magic(path) and not Path(path).exists():
        found = sorted(glob.glob(path, recursive=True))  # noqa: PTH207  Path.glob takes no absolute pattern
        if not found:
            raise UsageError(f"{path}: the pattern matches no file")
        return [file for name in found for file in _expand(name) if not _is_sidecar(file)]
    place = Path(path)
    if place.is_dir():
        return sorted(_walk(place))
    if place.is_file():
        return [place]
    raise UsageError(f"{path}: no such file or folder")


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
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return [line.strip().rstrip("/") for line in lines if line.strip() and not line.startswith("#")]


def _is_sidecar(file: Path) -> bool:
    return file.name.endswith(SIDECAR) and file.with_name(file.name.removesuffix(SIDECAR)).is_file()


def _sources(file: Path) -> Iterator[Source]:
    path = _short(file)
    try:
        data = file.read_bytes()
    except OSError as error:
        yield Source(key=path, path=path, sha256="", problem=f"cannot be opened: {error.strerror}")
        return
    if path.endswith(".docs.jsonl"):
        yield from _collection(path, data)
        return
    metadata, problem = _sidecar(file.with_name(file.name + SIDECAR))
    yield Source(key=path, path=path, sha256=sha256(data), metadata=metadata, data=data, problem=problem)


def _short(file: Path) -> str:
    """Return the path from here where the file lies below, so that one file has one key however it is named."""
    whole = file.absolute()
    here = Path.cwd()
    return (whole.relative_to(here) if whole.is_relative_to(here) else whole).as_posix()


def sha256(data: bytes) -> str:
    """Return the hash by which a document is known."""
    return hashlib.sha256(data).hexdigest()


def _sidecar(file: Path) -> tuple[Metadata, str | None]:
    """Return what the sidecar says, and what is wrong with it."""
    if not file.is_file():
        return Metadata(), None
    try:
        # BaseLoader keeps every scalar as written: a date stays text, `no` stays a language.
        content = yaml.load(file.read_bytes(), Loader=yaml.BaseLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        return Metadata(), f"its sidecar {file.name}{line} is no YAML: {getattr(error, 'problem', error)}"
    return _metadata(content, f"its sidecar {file.name}")


def _metadata(content: Any, where: str) -> tuple[Metadata, str | None]:
    if not isinstance(content, dict):
        return Metadata(), f"{where} must hold fields such as `publisher: ...`, not {type(content).__name__}"
    unknown = sorted(set(map(str, content)) - set(FIELDS))
    known = {name: str(content[name]).strip() or None for name in FIELDS if content.get(name) is not None}
    metadata = Metadata(**known)
    if unknown:
        return metadata, f"{where} has unknown fields {', '.join(unknown)}; allowed are {', '.join(FIELDS)}"
    if metadata.published and not _is_date(metadata.published):
        return metadata, f"{where}: `published: {metadata.published}` is no date; write 2022-02-25 or 2022-02"
    return metadata, None


def _is_date(text: str) -> bool:
    year, _, rest = text.partition("-")
    parts = [year, *rest.split("-")] if rest else [year]
    return (
        len(year) == 4 and len(parts) <= 3 and all(p.isdigit() for p in parts) and all(len(p) == 2 for p in parts[1:])
    )


def _collection(path: str, data: bytes) -> Iterator[Source]:
    """Yield the texts of a JSON Lines file, one a line with `doc_id`, `text` and the sidecar's fields."""
    for number, line in enumerate(data.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            text = record["text"].encode("utf-8")
            key = str(record["doc_id"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            key = f"{path}#{number}"
            yield Source(key=key, path=path, sha256=sha256(line), problem=f"line {number} is no text record: {error!r}")
            continue
        fields = {name: record.get(name) for name in FIELDS} | {"url": record.get("source_url") or record.get("url")}
        metadata = Metadata(**{name: None if value is None else str(value) for name, value in fields.items()})
        yield Source(key=key, path=path, sha256=sha256(text), metadata=metadata, data=text, extra={"text": "yes"})
