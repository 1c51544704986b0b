"""Records on their way from one process to another: packed and unpacked fast, since that is a tenth of a run's time."""

import gc
import pickle
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

Record = TypeVar("Record")


def quickly_packed(record: type[Record]) -> type[Record]:
    """Have a frozen dataclass with slots pickled by its slots' own descriptors: of two fields or more.

    What dataclasses do themselves looks its fields up anew for each instance, and takes twice as long.
    """
    names = tuple(field.name for field in fields(record))  # type: ignore[arg-type]
    values, setters = attrgetter(*names), tuple(getattr(record, name).__set__ for name in names)

    def state(self: Record) -> Any:
        return values(self)

    def restore(self: Record, state: tuple[Any, ...]) -> None:
        for setter, value in zip(setters, state, strict=True):
            setter(self, value)

    record.__getstate__ = state  # type: ignore[assignment]
    record.__setstate__ = restore  # type: ignore[attr-defined]
    return record


def packed(content: object) -> bytes:
    """Return the content as bytes for another process of this program."""
    return pickle.dumps(content, pickle.HIGHEST_PROTOCOL)


def unpacked(data: bytes) -> Any:
    """Return what was packed; only of what this program has packed itself.

    Meanwhile nothing is looked for to be thrown away, which would take longer than all the rest: all of it is kept.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        return pickle.loads(data)
    finally:
        if was_on:
            gc.enable()
