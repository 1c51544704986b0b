"""Exports of `series` in formats that the field's own tools read.

Each format is a module with `write(content, folder)`; the same content gives the same bytes, in every run. A format has
its own folder in that of the export; what stood there before is replaced only where it is different.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bulletin.errors import UsageError, WarehouseError
from bulletin.exports import csvw, datapackage, parquet, sdmx
from bulletin.exports.content import Content, content_of
from bulletin.warehouse import Warehouse

FORMATS: Mapping[str, Callable[[Content, Path], None]] = {
    "sdmx": sdmx.write,
    "datapackage": datapackage.write,
    "parquet": parquet.write,
    "csvw": csvw.write,
}
MANIFEST = "bulletin-export.json"
"""Says which files of the folder an export wrote, each with the hash of its bytes. No other file is ever touched."""
_STAGING = ".bulletin-export-"


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
    that were; killed in between, the next export goes on with the rest.

    Args:
        warehouse: An open one; it may be read-only.
        folder: Made where it does not exist. It may hold what an export wrote, and nothing else.
        formats: Of FORMATS.
        indicators: Only these; all where it is empty.
        as_of: What the public could know on that day; what is known today where it is None.
        names: What dimensions are called, by dimension and language.

    Raises:
        UsageError: an indicator is unknown, or files stand in the folder that no export wrote.
        WarehouseError: the folder cannot be written, or the disk is full. The earlier export is still there.
    """
    content = content_of(warehouse, indicators, as_of, names or {})
    try:
        folder.mkdir(parents=True, exist_ok=True)
        before = _manifest(folder)
        _refuse_foreign(folder, before)
        staging = folder / f"{_STAGING}{os.getpid()}"
        try:
            return _export(content, folder, formats, before, staging)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise WarehouseError(
            f"{folder}: the export cannot be written: {error.strerror}. Make room, or give the folder write "
            "permission, and export again; what stood there before is still there"
        ) from error


def _export(
    content: Content, folder: Path, formats: Sequence[str], before: Mapping[str, str], staging: Path
) -> Exported:
    for name in formats:
        (staging / name).mkdir(parents=True)
        FORMATS[name](content, staging / name)
    now = {file.relative_to(staging).as_posix(): _hash(file) for file in sorted(staging.rglob("*")) if file.is_file()}
    kept = {name: said for name, said in before.items() if name.partition("/")[0] not in formats}
    _write_manifest(folder, {**before, **now})
    written, unchanged = [], []
    for name, said in now.items():
        target = folder / name
        if target.is_file() and _hash(target) == said:
            unchanged.append(name)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        (staging / name).replace(target)
        written.append(name)
    removed = [name for name in before if name not in now and name not in kept]
    for name in removed:
        (folder / name).unlink(missing_ok=True)
        _prune(folder, (folder / name).parent)
    _write_manifest(folder, {**kept, **now})
    return Exported(content.rows, tuple(written), tuple(unchanged), tuple(removed))


def _prune(folder: Path, place: Path) -> None:
    """Take away a folder of the export that holds nothing any more."""
    while place != folder and place.is_dir() and not any(place.iterdir()):
        place.rmdir()
        place = place.parent


def _manifest(folder: Path) -> dict[str, str]:
    file = folder / MANIFEST
    if not file.is_file():
        return {}
    try:
        files = json.loads(file.read_text(encoding="utf-8"))["files"]
        return {str(name): str(said) for name, said in files.items() if _is_inside(str(name))}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UsageError(f"{file}: it is no manifest of an export; name another folder, or take it away") from None


def _is_inside(name: str) -> bool:
    """Whether a name of the manifest leads into a folder of a format, and nowhere else."""
    parts = Path(name).parts
    return len(parts) > 1 and parts[0] in FORMATS and ".." not in parts


def _write_manifest(folder: Path, files: Mapping[str, str]) -> None:
    text = json.dumps({"files": dict(sorted(files.items()))}, indent=1, ensure_ascii=False) + "\n"
    new = folder / f"{_STAGING}{os.getpid()}" / MANIFEST
    new.write_text(text, encoding="utf-8", newline="\n")
    new.replace(folder / MANIFEST)


def _refuse_foreign(folder: Path, known: Mapping[str, str]) -> None:
    """Refuse a folder in which files stand that no export wrote; what a killed one left is taken away."""
    foreign = []
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if name.startswith(_STAGING):
            continue
        if not file.is_dir() and name != MANIFEST and name not in known:
            foreign.append(name)
    if foreign:
        more = f" and {len(foreign) - 3} more" if len(foreign) > 3 else ""
        raise UsageError(
            f"{folder}: it holds files that no export wrote: {', '.join(foreign[:3])}{more}; name an empty folder, or "
            "one of an earlier export"
        )
    for left in folder.glob(f"{_STAGING}*"):
        shutil.rmtree(left, ignore_errors=True)


def _hash(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
