"""Members of zip files, judged by what they claim before a byte is unpacked, in archives and office files alike.

Whoever made the file chose every name and number in it, so none is believed. What to do about a flaw differs between an
archive and an office file, so each says that itself.
"""

import re
import unicodedata
import zipfile
from enum import Enum, auto
from pathlib import PurePosixPath

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Those of every system and office program; the others may take gigabytes of memory to begin with."""
LONGEST = 1_000
"""Characters of a name, folders included."""
_ENCRYPTED, _UTF8 = 0x1, 0x800
_DRIVE = re.compile(r"[A-Za-z]:")
_CONTROLS = ("C", "Zl", "Zp")
"""Unicode's categories of what controls a text, and is none of it."""


class Flaw(Enum):
    """Why a member must not be unpacked."""

    ENCRYPTED = auto()
    METHOD = auto()
    """It is packed in a way that is not read."""
    EXPANDS = auto()
    """It becomes too many times as large."""


def flaw_of(member: zipfile.ZipInfo, ratio: int, free: int) -> Flaw | None:
    """Return why a member must not be unpacked; one up to the free size may become any times as large."""
    if member.flag_bits & _ENCRYPTED:
        return Flaw.ENCRYPTED
    if member.compress_type not in METHODS:
        return Flaw.METHOD
    return Flaw.EXPANDS if member.file_size > max(free, ratio * member.compress_size) else None


def name_of(member: zipfile.ZipInfo) -> str:
    """Return the member's name; without the sign for UTF-8 it may still be that, or GB18030 from a Chinese system."""
    if member.flag_bits & _UTF8:
        return member.orig_filename
    raw = member.orig_filename.encode("cp437")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.orig_filename


def unsafe_name(name: str) -> str:
    """Return why a member's name must not be used as a path, "" where it may.

    >>> unsafe_name("2024/report.pdf"), unsafe_name("../../etc/passwd"), unsafe_name("C:/x")
    ('', 'it leads out of the archive', 'it is an absolute path')
    """
    plain = name.replace("\\", "/")
    if plain.startswith("/") or _DRIVE.match(plain):
        return "it is an absolute path"
    if ".." in plain.split("/"):
        return "it leads out of the archive"
    if any(unicodedata.category(character).startswith(_CONTROLS) for character in name):
        return "it holds control characters"
    if "\\" in name:
        return "it holds backslashes"
    return "" if PurePosixPath(name).parts and len(name) <= LONGEST else "it is empty or too long"
