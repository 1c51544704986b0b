"""From paths to files: what of the folders and patterns that somebody names is there to be read."""

import fnmatch
import glob
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path

from bulletin.errors import UsageError
from bulletin.sidecars import SUFFIX

IGNORE_FILE = ".bulletinignore"
_KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


@dataclass(frozen=True, slots=True)
class File:
    """What was found under a name, to be read or to be told."""

    path: Path
    problem: str | None = None
    """Why it is not read."""
    ignored: tuple[str, ...] = ()
    """Patterns of names in an archive that its folder's `.bulletinignore` leaves out."""


def files(paths: Sequence[str]) -> dict[str, File]:
    """Return what the paths, folders and globs name, each once, by its key, in the order of their names.

    A folder is walked; hidden files, sidecars and what a `.bulletinignore` in it names are left out, and links that
    lead out of it are not followed. A file that is named itself is always taken.

    Raises:
        UsageError: a path does not exist, or a glob matches nothing.
    """
    found: dict[str, File] = {}
    for path in paths:
        for file in _expand(path):
            found.setdefault(key(file.path), file)
    return found


def key(file: Path) -> str:
    """Return the path from here where the file lies below, so that one file has one key however it is named.

    Bytes of its name that are no UTF-8 are written out, since a key is text.
    """
    whole = Path(os.path.normpath(file.absolute()))  # drops `..`, follows no link
    here = Path.cwd()
    name = (whole.relative_to(here) if whole.is_relative_to(here) else whole).as_posix()
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def is_sidecar(file: Path) -> bool:
    """Whether the file lies beside the one that it speaks of."""
    return file.name.endswith(SUFFIX) and file.with_name(file.name.removesuffix(SUFFIX)).is_file()


def _expand(path: str) -> list[File]:
    if glob.has_magic(path) and not Path(path).exists():
        found = glob.glob(path, recursive=True)  # noqa: PTH207  Path.glob takes no absolute pattern
        if not found:
            raise UsageError(f"{path}: the pattern matches no file")
        root = Path(*takewhile(lambda part: not glob.has_magic(part), Path(path).parts)).resolve()
        return [file for name in _once(found) for file in _matched(Path(name), root)]
    place = Path(path)
    if place.is_dir():
        return sorted(_walk(place, place.resolve()), key=_parts)
    if place.exists():
        return [_file(place)]
    raise UsageError(f"{path}: no such file or folder")


def _parts(file: File) -> tuple[str, ...]:
    """Return what paths are sorted by, which takes far longer where they compare themselves."""
    return file.path.parts


def _once(names: Sequence[str]) -> list[str]:
    """Return the names in order, without links that lead nowhere and files met again by a folder linked into itself."""
    places: dict[tuple[Path, str], str] = {}
    for name in sorted(names, key=len):
        if Path(name).exists():
            places.setdefault((Path(name).parent.resolve(), Path(name).name), name)
    return sorted(places.values())


def _matched(place: Path, root: Path) -> list[File]:
    """Return what a pattern names, which looks below the folder `root`: a file, or a folder to walk."""
    if problem := _leads_out(place, root):
        return [File(place, problem)]
    if place.is_dir():
        return sorted(_walk(place, root), key=_parts)
    return [] if is_sidecar(place) else [_file(place, root)]


def _walk(top: Path, root: Path) -> Iterator[File]:
    """Yield the files below a folder, in any order; a list instead of recursion, since folders nest without end."""
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            entries = {entry.name: entry for entry in os.scandir(folder)}
        except OSError as error:
            yield File(folder, f"the folder cannot be opened: {error.strerror}")
            continue
        ignored = _ignored(folder) if IGNORE_FILE in entries else ()
        for name, entry in entries.items():
            if name.startswith(".") or any(fnmatch.fnmatch(name, pattern) for pattern in ignored):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(folder / name)
            elif (file := _met(folder / name, entry, entries, root)) is not None:
                yield replace(file, ignored=ignored) if ignored else file


def _met(place: Path, entry: os.DirEntry[str], beside: Mapping[str, os.DirEntry[str]], root: Path) -> File | None:
    """Return what a walk finds under a name: a file, a link to one, or what should not be there; None for the rest.

    What the folder's listing says of an entry is taken, since asking for each takes longer than reading short files.
    """
    if entry.name.endswith(SUFFIX) and is_sidecar(place):
        return None
    sidecar = beside.get(entry.name + SUFFIX)
    if entry.is_file(follow_symlinks=False) and not (sidecar and sidecar.is_symlink()):
        return File(place)
    if not place.exists():
        return None
    if entry.is_symlink() and (problem := _leads_out(place, root)):  # what is no link lies where its folder does
        return File(place, problem)
    return None if place.is_dir() else _file(place, root)


def _leads_out(place: Path, root: Path) -> str | None:
    target = place.resolve()
    if target.is_relative_to(root):
        return None
    return f"it is a link that leads out of the folder, to {target}: put the file itself there, or name it"


def _file(path: Path, root: Path | None = None) -> File:
    """Return the file; with a problem where it is none, or where its sidecar lies outside of `root`."""
    kind = _KINDS.get(stat.S_IFMT(path.stat().st_mode))
    if kind:
        return File(path, f"it is {kind}, no file")
    sidecar = path.with_name(path.name + SUFFIX)
    if root and sidecar.exists() and (problem := _leads_out(sidecar, root)):
        return File(path, f"its sidecar cannot be believed: {problem}")
    return File(path)


def _ignored(folder: Path) -> tuple[str, ...]:
    file = folder / IGNORE_FILE
    try:
        lines = map(str.strip, file.read_text(encoding="utf-8").splitlines() if file.is_file() else ())
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: not UTF-8 ({error.reason}); it holds one name or pattern a line") from None
    return tuple(line.rstrip("/") for line in lines if line and not line.startswith("#"))
