"""What a worker and the process that started it say to one another: pickled messages, each with its length in front.

Contents go as plain tuples: that takes half the time of pickled objects, and a worker that a hostile file has taken
over can send nothing that runs on the other side.
"""

import io
import pickle
import struct
from operator import attrgetter
from typing import Any, BinaryIO

from bulletin.content import Content
from bulletin.model import Block, Cell, Table

LENGTH = struct.Struct("<Q")
"""Before each message: how many bytes it has."""
PROTOCOL = 5
READY, CONTENT, ERROR, MEMORY = "ready", "content", "error", "memory"
"""What a worker answers: that it has begun; content and media type; why there is none; that memory ran out."""

_BLOCK = tuple(Block.__dataclass_fields__)
_CELL = tuple(Cell.__dataclass_fields__)
_TABLE = tuple(name for name in Table.__dataclass_fields__ if name != "cells")
_CONTENT = tuple(name for name in Content.__dataclass_fields__ if name not in ("blocks", "tables"))


def written(message: Any) -> bytes:
    """Return the message with its length in front."""
    data = pickle.dumps(message, PROTOCOL)
    return LENGTH.pack(len(data)) + data


def send(file: BinaryIO, message: bytes) -> None:
    """Write all of the message: a pipe may take less at a time, where a signal comes."""
    left = memoryview(message)
    while left:
        left = left[file.write(left) :]


def plain(data: bytes) -> Any:
    """Return a message of plain values; raises pickle.UnpicklingError where it names any class or function."""
    return _Plain(io.BytesIO(data)).load()


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value")


def packed(content: Content) -> tuple[Any, ...]:
    """Return the content as tuples of plain values."""
    tables = [(attrgetter(*_TABLE)(table), list(map(attrgetter(*_CELL), table.cells))) for table in content.tables]
    return attrgetter(*_CONTENT)(content), list(map(attrgetter(*_BLOCK), content.blocks)), tables


def unpacked(message: tuple[Any, ...]) -> Content:
    """Return the content that was packed."""
    values, blocks, tables = message
    return Content(
        **dict(zip(_CONTENT, values, strict=True)),
        blocks=tuple(Block(*block) for block in blocks),
        tables=tuple(
            Table(**dict(zip(_TABLE, table, strict=True)), cells=tuple(Cell(*cell) for cell in cells))
            for table, cells in tables
        ),
    )
