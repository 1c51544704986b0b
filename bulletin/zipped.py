"""Zip packages opened safely: office documents (OOXML, ODF); archives of reports are opened by `archives.py`.

Members are judged as they are declared (`zip_members.py`), then again while unpacking, and nothing is unpacked past
what it declares. Python's own reader stops quietly there, the library that reads spreadsheets goes on: a member that
goes on is refused for both.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bulletin.errors import ReaderError
from bulletin.limits import Limits
from bulletin.zip_members import Flaw, flaw_of, name_of, unsafe_name

_ENTRY = b"PK\x01\x02"
_LOCAL = struct.Struct("<4s22xHH")
"""Of a member's own header: signature, length of its name, length of its extra fields."""
_DECLARED = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))


@dataclass(frozen=True, slots=True)
class Caps:
    """What a package may hold. Sizes are in bytes."""

    members: int = 10_000
    """A workbook of 200 sheets has about 500 members, a report with pictures a few hundred."""
    unpacked: int = 256_000_000
    """Of all members together; the 2,000,000 cells that are read of one sheet take about 100 MB."""
    ratio: int = 250
    """Unpacked over packed, of a member of more than `free` bytes. Deflate ends at 1,032; of 50,000 rows that are all
    the same openpyxl makes 17, and markup of Word 30."""
    free: int = 10_000_000
    """A member up to this size harms nobody, however well it was packed."""


OFFICE = Caps()


def within(limits: Limits) -> Caps:
    """Return the caps of an office file, lower where the settings allow less."""
    return replace(
        OFFICE,
        members=min(OFFICE.members, limits.archive_members),
        unpacked=min(OFFICE.unpacked, limits.unpacked_bytes),
    )


class DamagedPackage(ReaderError):
    """The bytes are no zip package, or not a whole one."""


class Package:
    """A zip file whose list of members is within the caps; each is checked again when it is unpacked."""

    def __init__(self, data: bytes, caps: Caps = OFFICE) -> None:
        """Read the list of members.

        Raises:
            ReaderError: it is no zip file, or the members are too many, too large together, or two of one name.
        """
        self._data, self._caps = data, caps
        self._members = {_name(info): info for info in _listed(data, caps)}
        self._unread = set(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    @property
    def names(self) -> tuple[str, ...]:
        """The members' names, in the order of the list, with forward slashes and none at the front."""
        return tuple(self._members)

    def read(self, name: str) -> bytes:
        """Return a member's bytes, b"" where there is none of that name.

        Raises:
            ReaderError: it is encrypted, damaged, packed in an unknown way, or larger than it says or the caps allow.
        """
        info = self._members.get(name)
        self._unread.discard(name)
        return b"" if info is None else _unpack(self._data, info, self._caps)

    def xml(self, name: str) -> bytes:
        """Return the bytes of a member that is XML, b"" where there is none of that name.

        Raises:
            ReaderError: as `read`, or it holds a document type: office files have none, and its entities may expand
                without end or name files of this machine.
        """
        part = self.read(name)
        if any(sign in part for sign in _DECLARED):
            raise ReaderError(
                f"member {name!r} declares a document type (<!DOCTYPE or <!ENTITY), which no office file does: "
                "refused unread; save the file anew in the program it comes from"
            )
        return part

    def rest(self) -> Iterator[tuple[str, bytes]]:
        """Yield name and bytes of each member that was not read yet, checked: a library may open any of them.

        Raises:
            ReaderError: as `xml` for parts that are named as XML, as `read` for others.
        """
        for name in sorted(self._unread):
            yield name, self.xml(name) if name.endswith((".xml", ".rels")) else self.read(name)

    def check_rest(self) -> None:
        """Check the members that were not read yet; raises ReaderError as `rest`."""
        for _ in self.rest():
            pass


def is_zip(data: bytes) -> bool:
    """Return whether the bytes begin as a zip file does."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _listed(data: bytes, caps: Caps) -> list[zipfile.ZipInfo]:
    count = data.count(_ENTRY)  # before a list is made of them, which takes far more memory
    if count > caps.members:
        raise ReaderError(f"it has {count:,} members, more than the {caps.members:,} that are read of one package")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OverflowError, OSError) as error:
        raise DamagedPackage(f"{error}: fetch the file again, it is no zip package or not a whole one") from error
    size = sum(info.file_size for info in members)
    if size > caps.unpacked:
        raise ReaderError(f"unpacked it has {size:,} bytes, more than the {caps.unpacked:,} that are read")
    names = set[str]()
    for info in members:
        name = _name(info).casefold()  # libraries find parts in any case
        if name in names:
            raise ReaderError(f"it holds the member {info.filename!r} twice: what it says depends on who reads it")
        names.add(name)
    return members


def _name(info: zipfile.ZipInfo) -> str:
    """Return the member's name as a part's; some programs write a slash at the front, or backslashes."""
    name = name_of(info).replace("\\", "/").lstrip("/")
    if reason := unsafe_name(name):
        raise ReaderError(f"the name of the member {info.orig_filename!r} cannot be used: {reason}")
    return name


def _unpack(data: bytes, info: zipfile.ZipInfo, caps: Caps) -> bytes:
    where = f"member {info.filename!r}"
    flaw = flaw_of(info, caps.ratio, caps.free)
    if flaw is Flaw.ENCRYPTED:
        raise ReaderError(f"{where} is encrypted: save the file without a password")
    if flaw is Flaw.METHOD:
        raise ReaderError(
            f"{where} is packed by method {info.compress_type}; stored (0) and deflated (8) are read: pack it anew"
        )
    if flaw is Flaw.EXPANDS:
        raise ReaderError(
            f"{where} unpacks {info.compress_size:,} bytes to {info.file_size:,}, "
            f"more than {caps.ratio} times as many: a bomb, or a sheet that repeats itself; "
            "save it without the rows that are all the same"
        )
    part = _inflated(_packed(data, info, where), info, where)
    if zlib.crc32(part) != info.CRC:
        raise DamagedPackage(f"{where} is damaged (its checksum is another): fetch the file again")
    return part


def _packed(data: bytes, info: zipfile.ZipInfo, where: str) -> memoryview:
    """Return the member's bytes as they stand in the file, behind its own header."""
    header = data[info.header_offset : info.header_offset + _LOCAL.size]
    if len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
        raise DamagedPackage(f"{where} is not where the package says: it was not fetched whole, or is damaged")
    _, name, extra = _LOCAL.unpack(header)
    start = info.header_offset + _LOCAL.size + name + extra
    return memoryview(data)[start : start + info.compress_size]


def _inflated(packed: memoryview, info: zipfile.ZipInfo, where: str) -> bytes:
    """Return the bytes unpacked, never more than one past what the member declares."""
    if info.compress_type == zipfile.ZIP_STORED:
        part = bytes(packed[: info.file_size + 1])
    else:
        try:
            part = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, info.file_size + 1)
        except zlib.error as error:
            raise DamagedPackage(f"{where} is damaged ({error}): fetch the file again") from error
    if len(part) > info.file_size:
        raise ReaderError(f"{where} unpacks to more than the {info.file_size:,} bytes that it declares")
    if len(part) < info.file_size:
        raise DamagedPackage(f"{where} ends before the {info.file_size:,} bytes that it declares: fetch the file again")
    return part
