"""From files to sources: their hashes, what their sidecars say, and the texts in collections and archives."""

import fnmatch
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from bulletin import archives, sidecars
from bulletin.archives import Archive
from bulletin.errors import ReaderError
from bulletin.limits import DEFAULTS, Limits, raise_it
from bulletin.model import Source
from bulletin.sidecars import FIELDS, Said
from bulletin.walk import File, files

COLLECTION = ".docs.jsonl"
EARLIER, KEPT_BY = ".earlier", 16
"""A hidden folder beside a document, with the bytes that it had before, and how much of their hash is in their name."""
PIECE = 1 << 20
"""Bytes that are hashed at a time."""


def discover(paths: Sequence[str], limits: Limits = DEFAULTS) -> list[Source]:
    """Return the documents that the files, folders and globs name, each once, in the order of their names.

    A file is a document; in a `.docs.jsonl` each line is one, in a `.zip` each file. What cannot be one (a link out of
    the folder, a device, too many bytes, a broken archive) is a source with a problem.

    Raises:
        UsageError: a path does not exist, or a glob matches nothing.
    """
    return [source for name, file in files(paths).items() for source in _sources(name, file, limits)]


def sha256(data: bytes) -> str:
    """Return the hash by which a document is known."""
    return hashlib.sha256(data).hexdigest()


def _sources(key: str, file: File, limits: Limits) -> Iterator[Source]:
    if file.problem:
        yield _failed(key, file.path, file.problem)
        return
    try:
        if key.endswith(COLLECTION):
            yield from _collection(key, file.path, limits)
        elif key.lower().endswith(archives.SUFFIX):
            yield from _archived(key, file, limits)
        else:
            yield _single(key, file.path, limits)
    except OSError as error:
        yield _failed(key, file.path, f"cannot be opened: {error.strerror}")
    except ReaderError as error:
        yield _failed(key, file.path, str(error))


def earlier(key: str, digest: str, limits: Limits = DEFAULTS) -> Source | None:
    """Return the document of that key as it was when it had these bytes; None where no fetch kept them."""
    place = Path(key)
    kept = place.parent / EARLIER / f"{digest[:KEPT_BY]}-{place.name}"
    return _single(key, kept, limits) if kept.is_file() else None


def _failed(key: str, path: Path, problem: str) -> Source:
    """Return a source that cannot be read; the hash of why stands for its bytes, so that it is known the next time."""
    reason = sidecars.printed(problem)
    return Source(key=key, path=str(path), sha256=sha256(reason.encode()), problem=reason)


def _single(key: str, path: Path, limits: Limits) -> Source:
    digest, size = _hash(_pieces(path, limits))
    said = sidecars.sidecar_of(path)
    return Source(
        key=key,
        path=str(path),
        sha256=digest,
        size=size,
        metadata=said.metadata,
        problem=said.problem,
        notes=said.notes,
    )


def _pieces(path: Path, limits: Limits) -> Iterator[bytes]:
    """Yield the bytes of a file, a piece at a time; raises ReaderError where there are too many of them."""
    left = limits.file_bytes
    with path.open("rb") as file:
        size = max(path.stat().st_size, 0)
        if size > left:
            raise _too_large(f"{size:,}", limits)
        while piece := file.read(PIECE):
            left -= len(piece)
            if left < 0:  # it grows, or says nothing of its size
                raise _too_large("endless", limits)
            yield piece


def _too_large(size: str, limits: Limits) -> ReaderError:
    return ReaderError(
        f"it has {size} bytes, more than the {limits.file_bytes:,} that are read of one file: {raise_it('file_bytes')}"
    )


def _hash(pieces: Iterator[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


def _archived(key: str, file: File, limits: Limits) -> Iterator[Source]:
    """Yield the files of an archive; what its own sidecar says holds for each that has none, field by field."""
    about = sidecars.sidecar_of(file.path)
    if about.problem:
        raise ReaderError(about.problem)
    with Archive(file.path, limits) as archive:
        yield from _members(key, file, archive, about)


def _members(key: str, file: File, archive: Archive, about: Said) -> Iterator[Source]:
    if archive.excess:
        yield _failed(key, file.path, archive.excess)
    for name, problem in archive.problems.items():
        yield _failed(f"{key}/{name}", file.path, f"in the archive {file.path.name}: {problem}")
    found = [name for name in sorted(archive.files) if not _is_left_out(name, file) and not _is_sidecar(name, archive)]
    for name in found:
        yield _member(key, file.path, archive, name, about)
    if not found and not archive.problems:
        raise ReaderError("the archive holds no file that is to be read")


def _is_sidecar(name: str, archive: Archive) -> bool:
    return name.endswith(sidecars.SUFFIX) and name.removesuffix(sidecars.SUFFIX) in archive.files


def _is_left_out(name: str, file: File) -> bool:
    return any(fnmatch.fnmatch(f"{file.path.name}/{name}", pattern) for pattern in file.ignored)


def _member(key: str, path: Path, archive: Archive, name: str, about: Said) -> Source:
    beside = name + sidecars.SUFFIX
    try:
        own = sidecars.parse(archive.read(beside), beside) if beside in archive.files else Said()
        digest, size = _hash(archive.pieces(name))
    except ReaderError as error:
        return _failed(f"{key}/{name}", path, f"in the archive {path.name}: {error}")
    said = own.over(about)
    return Source(
        key=f"{key}/{name}",
        path=str(path),
        member=name,
        sha256=digest,
        size=size,
        metadata=said.metadata,
        problem=said.problem,
        notes=said.notes,
    )


def _collection(path: str, file: Path, limits: Limits) -> Iterator[Source]:
    """Yield the texts of a JSON Lines file, one a line with `doc_id`, `text` and the sidecar's fields."""
    data = b"".join(_pieces(file, limits))
    seen: dict[str, int] = {}
    for number, line in enumerate(data.splitlines(), start=1):
        if not line.strip():
            continue
        source = _record(path, number, line)
        if seen.setdefault(source.key, number) != number:
            problem = (
                f"line {number} has the `doc_id` {source.key!r} of line {seen[source.key]}; each text needs its own"
            )
            source = Source(key=f"{path}#{number}", path=path, sha256=sha256(line), problem=problem)
        yield source
    if not seen:
        yield Source(key=path, path=path, sha256=sha256(data), problem="it holds no text, one JSON object a line")


def _record(path: str, number: int, line: bytes) -> Source:
    try:
        record = json.loads(line)
        text = record["text"].encode("utf-8")
        key = str(record["doc_id"])
        key.encode("utf-8")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        problem = f"line {number} is no record with `doc_id` and `text`: {error!r}"
        return Source(key=f"{path}#{number}", path=path, sha256=sha256(line), problem=problem)
    fields = {name: record.get(name) for name in FIELDS} | {"url": record.get("source_url") or record.get("url")}
    said = sidecars.metadata(fields, f"line {number}")
    return Source(
        key=key,
        path=path,
        sha256=sha256(text),
        size=len(text),
        metadata=said.metadata,
        data=text,
        problem=said.problem,
        extra={"text": "yes"},
    )
