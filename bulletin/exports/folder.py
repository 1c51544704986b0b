"""The folder of an export: what stands in it is what exports wrote, whole, and nothing else is ever touched.

    FOLDER/bulletin-export.json     the manifest: the files of the last export, with the hash of their bytes
    FOLDER/<format>/...             those files
    FOLDER/.bulletin-export/        while an export runs: the new files, then also the manifest to be

Until the manifest to be is there, the earlier export stands untouched; from then on the next export finishes the move,
whatever ended this one.
"""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bulletin.errors import UsageError
from bulletin.settings import WAIT
from bulletin.warehouse.lock import PAUSE, locked

MANIFEST = "bulletin-export.json"
STAGING = ".bulletin-export"
_NEW, _TO_BE = "new", "manifest.json"
_SHOWN = 3
Files = Mapping[str, str]
"""The hash of each file's bytes, by its path in the folder."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of the files of an export."""

    written: tuple[str, ...]
    """Those that are new or different."""
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    """Files of the export before that there are no more."""


@contextmanager
def opened(folder: Path, formats: Collection[str], wait: float = WAIT) -> Iterator[Path]:
    """Give the folder that new files are to be put in, a folder each format, while no other export can write.

    Raises:
        UsageError: something stands in the folder that no export wrote, or another export writes to it still.
        OSError: the folder cannot be made or read.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: it is no folder; name one, an export makes it where there is none")
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        _wait_for(handle, folder, wait)
        before, to_be = _manifest(folder / MANIFEST, formats), _manifest(folder / STAGING / _TO_BE, formats)
        _refuse_foreign(folder, before, to_be, formats)
        if to_be:
            _move(folder, before, to_be)
        _clear(folder)
        (folder / STAGING / _NEW).mkdir(parents=True)
        try:
            yield folder / STAGING / _NEW
        finally:
            if not (folder / STAGING / _TO_BE).exists():
                _clear(folder)
    finally:
        os.close(handle)  # which lets go of the lock


def replace(folder: Path, formats: Collection[str]) -> Moved:
    """Let the new files take the place of the earlier ones of these formats; what is the same stays as it is."""
    new = folder / STAGING / _NEW
    before = _manifest(folder / MANIFEST, formats)
    now = {file.relative_to(new).as_posix(): _hash(file) for file in sorted(new.rglob("*")) if file.is_file()}
    kept = {name: said for name, said in before.items() if name.partition("/")[0] not in _formats_in(new)}
    unchanged = [name for name, said in now.items() if before.get(name) == said and (folder / name).is_file()]
    for name in unchanged:
        (new / name).unlink()
    removed = tuple(name for name in before if name not in now and name not in kept)
    to_be = {**kept, **now}
    text = json.dumps({"files": dict(sorted(to_be.items()))}, indent=1, ensure_ascii=False) + "\n"
    draft = folder / STAGING / f"{_TO_BE}.new"
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(folder / STAGING / _TO_BE)
    _move(folder, before, to_be)
    return Moved(tuple(name for name in now if name not in unchanged), tuple(unchanged), removed)


def _formats_in(new: Path) -> set[str]:
    return {place.name for place in new.iterdir()}


def _move(folder: Path, before: Files, to_be: Files) -> None:
    """Finish what the manifest to be says: it is the last that is moved."""
    for name in to_be:
        new = folder / STAGING / _NEW / name
        if new.is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            new.replace(folder / name)
    for name in before:
        if name not in to_be:
            (folder / name).unlink(missing_ok=True)
            _prune(folder, (folder / name).parent)
    (folder / STAGING / _TO_BE).replace(folder / MANIFEST)


def _prune(folder: Path, place: Path) -> None:
    """Take away a folder of the export that holds nothing any more."""
    while place != folder and place.is_dir() and not any(place.iterdir()):
        place.rmdir()
        place = place.parent


def _clear(folder: Path) -> None:
    if (folder / STAGING).exists():
        shutil.rmtree(folder / STAGING)


def _wait_for(handle: int, folder: Path, wait: float) -> None:
    deadline = time.monotonic() + wait
    while not locked(handle, exclusive=True):
        if time.monotonic() > deadline:
            raise UsageError(
                f"{folder}: another export writes to it, and did not end within {wait:g} seconds; nothing was "
                "written. Wait until it ends, then export again"
            )
        time.sleep(PAUSE)


def _manifest(file: Path, formats: Collection[str]) -> Files:
    """Return the files that a manifest lists: none where there is no manifest."""
    if not file.is_file():
        return {}
    try:
        files = json.loads(file.read_text(encoding="utf-8"))["files"]
        return {str(name): str(said) for name, said in files.items() if _is_inside(str(name), formats)}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UsageError(f"{file}: it is no manifest of an export; name another folder, or take it away") from None


def _is_inside(name: str, formats: Collection[str]) -> bool:
    """Whether a name of the manifest leads into a folder of a format, and nowhere else."""
    parts = name.split("/")
    return len(parts) > 1 and parts[0] in formats and not {"", ".", ".."} & set(parts)


def _refuse_foreign(folder: Path, before: Files, to_be: Files, formats: Collection[str]) -> None:
    """Refuse a folder in which files stand that no export wrote, links among them, or that were changed since."""
    foreign, changed = [], []
    for name in _found(folder, formats):
        file = folder / name
        if file.is_symlink() or name not in {**before, **to_be}:
            foreign.append(name)
        elif file.is_file() and _hash(file) not in (before.get(name), to_be.get(name)):
            changed.append(name)
    for names, what in ((foreign, "it holds files that no export wrote"), (changed, "files were changed since")):
        if names:
            more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
            raise UsageError(
                f"{folder}: {what}: {', '.join(names[:_SHOWN])}{more}; name an empty folder, or take them away. "
                "Nothing was written"
            )


def _found(folder: Path, formats: Collection[str]) -> Iterator[str]:
    """Give the files and links of the folder, sorted; of what a killed export left only what none leaves."""
    staged = {f"{STAGING}/{_TO_BE}", f"{STAGING}/{_TO_BE}.new"}
    left = tuple(f"{STAGING}/{_NEW}/{name}/" for name in formats)
    for place, folders, files in os.walk(folder):
        folders.sort()
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for file in sorted([*files, *links]):
            path = Path(place) / file
            name = path.relative_to(folder).as_posix()
            ours = name == MANIFEST or name in staged or name.startswith(left)
            if path.is_symlink() or not ours:
                yield name


def _hash(file: Path) -> str:
    with file.open("rb") as opened_file:
        return hashlib.file_digest(opened_file, "sha256").hexdigest()
