"""Exports of `series` in formats that the field's own tools read.

Each format is a module with `write(content, folder)`; the same content gives the same bytes, in every run. A format has
its own folder in that of the export; what stood there before is replaced only where it is different.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bulletin.errors import WarehouseError
from bulletin.exports import csvw, datapackage, parquet, sdmx
from bulletin.exports.content import Content, content_of
from bulletin.exports.folder import MANIFEST, opened, replace
from bulletin.warehouse import Warehouse

__all__ = ["FORMATS", "MANIFEST", "Exported", "export"]

FORMATS: Mapping[str, Callable[[Content, Path], None]] = {
    "sdmx": sdmx.write,
    "datapackage": datapackage.write,
    "parquet": parquet.write,
    "csvw": csvw.write,
}


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did."""

    rows: int
    written: tuple[str, ...]
    """Files that are new or different."""
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    """Files of the export before that there are no more."""


def export(
    warehouse: Warehouse,
    folder: Path,
    formats: Sequence[str],
    *,
    indicators: Sequence[str] = (),
    as_of: date | None = None,
    names: Mapping[str, Mapping[str, str]] | None = None,
) -> Exported:
    """Write `series` in these formats, each in a folder of its own, and return what was done.

    Everything is written beside the earlier export first. Then the files that are different take the place of those
    that were; killed before that, the earlier export stands, and in between the next export finishes the move.

    Args:
        warehouse: An open one; it may be read-only.
        folder: Made where it does not exist. It may hold what an export wrote, and nothing else.
        formats: Of FORMATS.
        indicators: Only these; all where it is empty.
        as_of: What the public could know on that day; what is known today where it is None.
        names: What dimensions are called, by dimension and language.

    Raises:
        UsageError: an indicator is unknown, files stand in the folder that no export wrote or that were changed
            since, or another export is writing to it.
        WarehouseError: the folder cannot be written, or the disk is full. The earlier export is still there.
    """
    content = content_of(warehouse, indicators, as_of, names or {})
    try:
        with opened(folder, FORMATS) as new:
            for name in dict.fromkeys(formats):
                (new / name).mkdir()
                FORMATS[name](content, new / name)
            moved = replace(folder, FORMATS)
    except OSError as error:
        raise WarehouseError(
            f"{folder}: the export cannot be written: {error.strerror}. Make room, or give the folder write "
            "permission, and export again; what stood there before is still there"
        ) from error
    return Exported(content.rows, moved.written, moved.unchanged, moved.removed)
