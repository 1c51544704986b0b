"""Compound files (MS-CFB), which hold what Office wrote before 2007: a small file system of streams."""

import struct

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = struct.Struct("<30xHH10xII4xIIII")
"""Shifts of large and small sectors, number of table sectors, start of the directory, least size of a stream in large
sectors, start and number of the small ones' table sectors, start of the list of further table sectors."""
_LISTED = 109
"""Table sectors that the header itself lists."""
_ENTRY = 128
"""Bytes of an entry of the directory."""
_LAST = 0xFFFFFFFA
"""Sector numbers from this one on are marks, such as the end of a chain."""


def is_compound(data: bytes) -> bool:
    """Return whether the bytes begin as a compound file does."""
    return data.startswith(_SIGNATURE)


def stream(data: bytes, *names: str) -> bytes:
    """Return the first of these streams; b"" where there is none, or the file is damaged before it."""
    try:
        return _stream(data, names)
    except struct.error:
        return b""


def _stream(data: bytes, names: tuple[str, ...]) -> bytes:
    shift, _, tables, directory, cutoff, _, _, more = _HEADER.unpack_from(data)
    if shift not in (9, 12):
        return b""
    size = 1 << shift
    table = _table(data, size, tables, more)
    entries = _chain(data, directory, table, size)
    for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        length, start, total = (
            *struct.unpack_from("<H", entries, at + 64),
            *struct.unpack_from("<II", entries, at + 116),
        )
        name = entries[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        if name in names and total >= cutoff:  # a smaller one stands elsewhere; no workbook is
            return _chain(data, start, table, size)[:total]
    return b""


def _table(data: bytes, size: int, count: int, more: int) -> list[int]:
    """Return the sector that follows each sector."""
    sectors = list(struct.unpack_from(f"<{_LISTED}I", data, 76))
    while more < _LAST and len(sectors) < count <= len(data) // size:
        further = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        sectors += further[:-1]
        more = further[-1]
    found: list[int] = []
    for sector in sectors[:count]:
        if sector < _LAST:
            found += struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
    return found


def _chain(data: bytes, sector: int, table: list[int], size: int) -> bytes:
    """Return the bytes of the sectors that follow one another from this one on."""
    parts: list[bytes] = []
    while sector < len(table) and len(parts) <= len(data) // size:  # a chain that bites its tail is longer
        parts.append(data[(sector + 1) * size : (sector + 2) * size])
        sector = table[sector]
    return b"".join(parts)
