"""Archives of reports: the files in a .zip, by name, and nothing that is not meant for a reader.

Each member is judged (`zip_members.py`) before anything is unpacked, and is unpacked piece by piece, never to a file.
"""

import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Self

from bulletin.errors import ReaderError
from bulletin.limits import DEFAULTS, Limits, raise_it
from bulletin.zip_members import Flaw, flaw_of, name_of, unsafe_name

SUFFIX = ".zip"
PIECE = 1 << 20
"""Bytes that are unpacked at a time."""
SMALL = 1_000_000
"""Bytes below which a member may be unpacked however many times larger it becomes."""
ENTRY = 1_000
"""Bytes of one entry of an archive's directory, on average at most."""
_UNIX = 3
_END = struct.Struct("<4s4H2LH")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


class Archive:
    """A .zip file that is open: which members may be read, and why the others may not."""

    def __init__(self, path: Path, limits: Limits = DEFAULTS) -> None:
        """Open it and look through its directory; raises ReaderError where it is no archive."""
        self.limits = limits
        self.files: dict[str, zipfile.ZipInfo] = {}
        self.problems: dict[str, str] = {}
        self.excess: str | None = None
        """Why some of its members are left out, where there are too many of them."""
        try:
            with path.open("rb") as file:
                _check_directory(file, limits)
            self._zip = zipfile.ZipFile(path)
        except _BROKEN as error:
            raise ReaderError(f"not an archive that can be read: {error}") from error
        self._admit([entry for entry in self._zip.infolist() if not entry.is_dir()])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def _admit(self, entries: list[zipfile.ZipInfo]) -> None:
        total, most = 0, self.limits.archive_members
        if len(entries) > most:
            self.excess = f"{_too_many(len(entries), self.limits)}. The first {most:,} are read"
        for entry in entries[:most]:
            name = name_of(entry).removeprefix("./")
            if _is_beside_the_point(name):
                continue
            problem = _unsafe(name) or _no_file(entry) or self._flawed(entry) or self._too_large(entry, total)
            if name in self.files or name in self.problems:
                name, problem = f"{name} (again)", "another file of the archive has its name"
            if problem:
                self.problems[_shown(name)] = problem
            else:
                self.files[name] = entry
                total += entry.file_size

    def _flawed(self, entry: zipfile.ZipInfo) -> str | None:
        ratio = self.limits.unpacked_ratio
        flaw = flaw_of(entry, ratio, SMALL)
        if flaw is Flaw.ENCRYPTED:
            return "it is encrypted: unpack the archive with its password, and put the file beside it"
        if flaw is Flaw.METHOD:
            return f"it is compressed by method {entry.compress_type}; stored and deflated files are read: pack it anew"
        if flaw is Flaw.EXPANDS:
            times = entry.file_size // max(1, entry.compress_size)
            return (
                f"unpacked it is {times:,} times larger, more than the {ratio:,} times that are read: "
                f"{raise_it('unpacked_ratio')}"
            )
        return None

    def _too_large(self, entry: zipfile.ZipInfo, total: int) -> str | None:
        size, limits = entry.file_size, self.limits
        if size > limits.file_bytes:
            return f"it has {size:,} bytes, more than the {limits.file_bytes:,} that are read: {raise_it('file_bytes')}"
        if total + size > limits.unpacked_bytes:
            return (
                f"with it the archive has more than the {limits.unpacked_bytes:,} bytes that are unpacked of one: "
                f"{raise_it('unpacked_bytes')}"
            )
        return None

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a member, a piece at a time; raises ReaderError where it is damaged."""
        try:
            with self._zip.open(self.files[name]) as member:
                while piece := member.read(PIECE):
                    yield piece
        except _BROKEN as error:
            raise ReaderError(f"it cannot be unpacked: {error}") from error

    def read(self, name: str) -> bytes:
        """Return the bytes of a member; raises ReaderError where there is none of that name, or it is damaged."""
        if name not in self.files:
            raise ReaderError(f"the archive has no readable file {name!r} any more: ingest it again")
        return b"".join(self.pieces(name))


def read_member(path: str, name: str, limits: Limits) -> bytes:
    """Return the bytes of a file in an archive; the archive read last stays open, since its members come in turn."""
    about = os.stat(path)  # noqa: PTH116  a Path would be made for every member
    return _opened(path, about.st_mtime_ns, about.st_size, limits).read(name)


@lru_cache(maxsize=1)
def _opened(path: str, changed: int, size: int, limits: Limits) -> Archive:
    return Archive(Path(path), limits)


def _check_directory(file: BinaryIO, limits: Limits) -> None:
    """Raise ReaderError where the directory of the archive is larger than one of so many members can be."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _END.size - 65_535))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + _END.size:
        raise ReaderError("it is no .zip archive, or its end is missing: fetch it again")
    count, length = _END.unpack_from(tail, at)[4:6]
    if tail[:at].rfind(b"PK\x06\x07", max(0, at - 20)) >= 0 or length > ENTRY * limits.archive_members:
        raise ReaderError(f"its directory has {length:,} bytes: {_too_many(count, limits)}")


def _too_many(count: int, limits: Limits) -> str:
    return (
        f"{count:,} files are more than the {limits.archive_members:,} that are read of one archive: "
        f"{raise_it('archive_members')}"
    )


def _is_beside_the_point(name: str) -> bool:
    """Whether it is a hidden file, or what a system leaves in an archive for itself."""
    return any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in name.split("/") if part != ".")


def _unsafe(name: str) -> str | None:
    reason = unsafe_name(name)
    return f"its name cannot be used: {reason}; pack it under another" if reason else None


def _no_file(entry: zipfile.ZipInfo) -> str | None:
    if entry.create_system == _UNIX and stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
        return "it is a link or a device, no file"
    if entry.filename.lower().endswith(SUFFIX):
        return "it is an archive within an archive: unpack it, and put its files beside the outer one"
    return None


def _shown(name: str) -> str:
    """Return the name with what cannot be printed written out, so that it can be a key.

    >>> _shown("a\\0b")
    'a\\\\x00b'
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)
