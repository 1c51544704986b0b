"""Readers: one module a format, found by listing this folder; they know nothing of one another.

A reader module has `SUFFIXES` (file name endings, lower case), `MEDIA_TYPE` and
`read(data: bytes, metadata: Metadata, limits: Limits) -> Content`; what it cannot read raises `ReaderError`.
"""

import importlib
import pkgutil
from functools import lru_cache
from types import ModuleType

from bulletin.content import Content
from bulletin.errors import ReaderError
from bulletin.limits import DEFAULTS, Limits
from bulletin.model import Metadata
from bulletin.signatures import actual_suffix


@lru_cache(maxsize=1)
def readers() -> dict[str, ModuleType]:
    """Return the reader of each file name ending."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        reader = importlib.import_module(f"{__name__}.{module.name}")
        found.update(dict.fromkeys(reader.SUFFIXES, reader))
    return found


def read(path: str, data: bytes, metadata: Metadata, limits: Limits = DEFAULTS) -> tuple[Content, str]:
    """Return what the bytes hold, and their media type; by what they are, where the file's name says otherwise.

    Raises:
        ReaderError: the format is unknown, the file is empty or is not what its name says.
    """
    suffix = "." + path.rpartition(".")[2].lower()
    reader = readers().get(actual_suffix(data, suffix))
    if reader is None:
        raise ReaderError(f"no reader for {suffix!r} files; there are readers for {', '.join(sorted(readers()))}")
    if not data:
        raise ReaderError("the file is empty (0 bytes): fetch it again, or leave it out with a line in .bulletinignore")
    return reader.read(data, metadata, limits), reader.MEDIA_TYPE
