"""Archives of reports: the files in a .zip, by name, and nothing that is not meant for a reader.

Names, sizes and kinds of the members are what a stranger wrote: each is checked before anything is unpacked, and a
member is unpacked piece by piece, never to a file.
"""

import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Self

from bulletin.errors import ReaderError
from bulletin.limits import DEFAULTS, Limits, raise_it

SUFFIX = ".zip"
PIECE = 1 << 20
"""Bytes that are unpacked at a time."""
SMALL = 1_000_000
"""Bytes below which a member may be unpacked however many times larger it becomes."""
ENTRY = 1_000
"""Bytes of one entry of an archive's directory, on average at most."""
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Those of every archive that a system makes by itself; the others may take gigabytes of memory to begin with."""
_ENCRYPTED, _UTF8 = 0x1, 0x800
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
            name = _name(entry).removeprefix("./")
            if _is_beside_the_point(name):
                continue
            problem = _unsafe(name) or _unreadable(entry) or self._too_large(entry, total)
            if name in self.files or name in self.problems:
                name, problem = f"{name} (again)", "another file of the archive has its name"
            if problem:
                self.problems[_shown(name)] = problem
            else:
                self.files[name] = entry
                total += entry.file_size

    def _too_large(self, entry: zipfile.ZipInfo, total: int) -> str | None:
        size, limits = entry.file_size, self.limits
        if size > limits.file_bytes:
            return f"it has {size:,} bytes, more than the {limits.file_bytes:,} that are read: {raise_it('file_bytes')}"
        if size > max(SMALL, limits.unpacked_ratio * entry.compress_size):
            times = size // max(1, entry.compress_size)
            return (
                f"unpacked it is {times:,} times larger, more than the {limits.unpacked_ratio:,} times that are read: "
                f"{raise_it('unpacked_ratio')}"
            )
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


def _name(entry: zipfile.ZipInfo) -> str:
    """Return the member's name; without the sign for UTF-8 it may still be that, or GB18030 from a Chinese system."""
    if entry.flag_bits & _UTF8:
        return entry.orig_filename
    raw = entry.orig_filename.encode("cp437")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.orig_filename


def _is_beside_the_point(name: str) -> bool:
    """Whether it is a hidden file, or what a system leaves in an archive for itself."""
    return any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in name.split("/") if part != ".")


def _unsafe(name: str) -> str | None:
    """Return what is wrong with a name that leads out of the archive, or that no system may have."""
    parts = PurePosixPath(name).parts
    if name.startswith("/") or ".." in parts or "\\" in name or re.match(r"[A-Za-z]:", name):
        return "its name leads out of the archive (a path with `..`, a drive, a backslash or a / in front)"
    if not name.isprintable() or len(name) > 1_000 or not parts:
        return "its name is none that a file can have (empty, too long, or with control characters)"
    return None


def _unreadable(entry: zipfile.ZipInfo) -> str | None:
    if entry.flag_bits & _ENCRYPTED:
        return "it is encrypted: unpack the archive with its password, and put the file beside it"
    if entry.create_system == _UNIX and stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
        return "it is a link or a device, no file"
    if entry.filename.lower().endswith(SUFFIX):
        return "it is an archive within an archive: unpack it, and put its files beside the outer one"
    if entry.compress_type not in METHODS:
        return f"it is compressed by method {entry.compress_type}; stored and deflated files are read: pack it anew"
    return None


def _shown(name: str) -> str:
    """Return the name with what cannot be printed written out, so that it can be a key.

    >>> _shown("a\\0b")
    'a\\\\x00b'
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)
