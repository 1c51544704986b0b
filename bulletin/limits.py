"""How much of a document is read: beyond these, reading ends in a finding that names the limit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Each is a setting of the same name; the defaults are far above any report (README, settings)."""

    file_bytes: int = 100_000_000
    """Bytes of a file, or of a member of an archive; a yearbook of a thousand pages has about 20 million."""
    characters: int = 5_000_000
    """Characters of a document, its cells counted; a page has about 3,000, a million take 2 to 6 s to resolve."""
    numbers: int = 300_000
    """Numbers of a document, stated or not; each takes about 0.1 ms and 1.5 kB once it is resolved."""
    unpacked_bytes: int = 1_000_000_000
    """Bytes of an archive, or of a zipped office file, unpacked."""
    unpacked_ratio: int = 200
    """How many times larger a member of an archive may be unpacked; text and tables come to about 30."""
    archive_members: int = 10_000
    """Files in an archive."""
    read_seconds: float = 60.0
    """Seconds that reading one document may take."""
    read_memory: int = 1 << 30
    """Bytes of memory that reading may take on top of what an idle worker has."""


DEFAULTS = Limits()


def raise_it(name: str) -> str:
    """Return what to do about a limit, for the end of a message.

    >>> raise_it("read_seconds")
    'raise `read_seconds` in bulletin.toml and ingest it with --again, or leave it out with a line in .bulletinignore'
    """
    return f"raise `{name}` in bulletin.toml and ingest it with --again, or leave it out with a line in .bulletinignore"
