"""From YAML files to a `Catalogue`; every problem is reported with its file and line, all in one go.

    indicators/*.yml   one file a theme, a list of indicators
    dimensions.yml     dimensions and their members
    units.yml          units and their words
    areas/*.yml        places
    languages/*.yml    one file a language
    corrections/*.yml  known errors of sources, and what they should say
    catalogue.yml      of a folder laid over ours: which of its themes take the place of all that is below

A second folder adds to the first: an entry of the same `id` replaces it, one with `adds_to: <id>` instead is joined to
it (lists grow, fields are set), and a theme named under `replaces` in its `catalogue.yml` starts empty.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from schemas.catalogue.build import BUILDERS
from schemas.catalogue.model import (
    Catalogue,
)
from schemas.catalogue.references import broken_dimensions, broken_indicators, broken_places

HOME = Path(__file__).parent
LINE = "__line__"


class CatalogueError(Exception):
    """The catalogue's files cannot be used; `problems` lists every problem with file and line, as does the message."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("the catalogue has problems:\n  " + "\n  ".join(problems))
        self.problems = tuple(problems)


_REDEFINED = {"bool", "int", "float", "timestamp"}
"""What YAML 1.1 reads otherwise than people write it: `no` as false, `0_15` as 13, `16:30` as 990."""


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """YAML with the booleans and numbers of 1.2 (`no` is Norway, `0_15` a word), and the line of each mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [key.value for key, _ in node.value]
        if twice := sorted({str(name) for name in names if names.count(name) > 1}):
            raise yaml.MarkedYAMLError(problem=f"{', '.join(twice)} stands twice", problem_mark=node.start_mark)
        mapping = super().construct_mapping(node, deep=True)
        mapping[LINE] = node.start_mark.line + 1
        return dict(mapping)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] not in _REDEFINED]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9]\d*)$"), list("-0123456789"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^-?\d+\.\d+(?:[eE][-+]?\d+)?$"), list("-0123456789")
)
_Loader.add_constructor("tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node))


MANIFEST = "catalogue"


@dataclass(slots=True)
class _Entries:
    """The entries as written, by theme and id, with where each stands, and what is wrong with the files."""

    raw: dict[str, dict[str, dict[str, Any]]] = field(default_factory=lambda: {theme: {} for theme in BUILDERS})
    places: dict[tuple[str, str], tuple[Path, int]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def problem(self, path: Path, line: int, message: str) -> None:
        """Keep a problem; one run shows all of them."""
        self.problems.append(f"{path}:{line}: {message}")


@lru_cache(maxsize=8)
def load_catalogue(*folders: Path) -> Catalogue:
    """Return the catalogue of Bulletin, with those of `folders` laid over it in order.

    Raises:
        CatalogueError: a file is no YAML, an entry has an unknown or missing field, or names what does not exist.
    """
    entries = _Entries()
    digest = hashlib.sha256()
    for folder in (HOME, *folders):
        for path in sorted(folder.rglob("*.yaml")):
            entries.problem(path, 1, "a file of the catalogue ends in .yml")
        paths = sorted(folder.rglob("*.yml"), key=lambda path: (path.stem != MANIFEST, path))
        for path in paths:
            text = path.read_bytes()
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + text)
            _read_file(path, folder, text, entries)
    catalogue = Catalogue(**_built(entries), places=entries.places, fingerprint=digest.hexdigest()[:16])
    _check_references(catalogue, entries)
    if entries.problems:
        raise CatalogueError(entries.problems)
    return catalogue


def _read_file(path: Path, folder: Path, text: bytes, entries: _Entries) -> None:
    theme = path.relative_to(folder).parts[0].removesuffix(".yml")
    if theme not in (*BUILDERS, MANIFEST):
        allowed = ", ".join(sorted((*BUILDERS, MANIFEST)))
        entries.problem(path, 1, f"unknown file; allowed are {allowed} (.yml or a folder of them)")
        return
    try:
        _refuse_aliases(text, folder)
        # The loader derives from PyYAML's safe loader: no tags, no objects.
        content = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        entries.problem(path, mark.line + 1 if mark else 1, f"not YAML: {getattr(error, 'problem', error)}")
        return
    if theme == MANIFEST:
        _read_manifest(path, content, entries)
        return
    for entry in content if isinstance(content, list) else [content]:
        _take(path, theme, entry, entries)


def _refuse_aliases(text: bytes, folder: Path) -> None:
    """Raise for an alias (`*name`): a few of them, one inside the other, fill the memory."""
    if folder != HOME and b"*" in text:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.AliasEvent):
                said = "aliases (*name) are not read; write it out"
                raise yaml.MarkedYAMLError(problem=said, problem_mark=event.start_mark)  # type: ignore[arg-type]


def _read_manifest(path: Path, content: Any, entries: _Entries) -> None:
    replaced = content.get("replaces") if isinstance(content, dict) else None
    themes = replaced if isinstance(replaced, list) else [replaced]
    unknown = [str(theme) for theme in themes if theme not in BUILDERS]
    if unknown or set(content) - {"replaces", LINE}:
        entries.problem(path, 1, f"it holds `replaces:` and a list of some of {', '.join(sorted(BUILDERS))}")
        return
    for theme in themes:
        entries.raw[str(theme)].clear()


def _take(path: Path, theme: str, entry: Any, entries: _Entries) -> None:
    """Put an entry in the place of the one of its id, or, with `adds_to`, join it to that one."""
    line = entry.pop(LINE, 1) if isinstance(entry, dict) else 1
    if not isinstance(entry, dict) or ("id" in entry) == ("adds_to" in entry):
        entries.problem(path, line, "an entry needs an `id`, or `adds_to` and the id of the entry that it adds to")
        return
    written = _plain(entry)
    if not str(next(written[key] for key in ("id", "adds_to") if key in written) or "").strip():
        entries.problem(path, line, "the entry's `id` is empty")
        return
    if "id" in written:
        name = str(written["id"])
        if entries.places.get((theme, name), (None,))[0] == path and name in entries.raw[theme]:
            entries.problem(path, line, f"{theme} entry {name!r} stands twice in this file")
        entries.raw[theme][name] = written
        entries.places[theme, name] = (path, line)
        return
    name = str(written.pop("adds_to"))
    if name not in entries.raw[theme]:
        entries.problem(path, line, f"{theme} has no entry {name!r} to add to")
    else:
        entries.raw[theme][name] = _joined(entries.raw[theme][name], written)
        entries.places[theme, name] = (path, line)


def _joined(below: Any, above: Any) -> Any:
    """Return the two as one: mappings by key, lists one behind the other (entries by their id), else the later."""
    if isinstance(below, dict) and isinstance(above, dict):
        return below | {key: _joined(below[key], value) if key in below else value for key, value in above.items()}
    if isinstance(below, list) and isinstance(above, list):
        ids = {item["id"] for item in above if isinstance(item, dict) and "id" in item}
        return [item for item in below if not (isinstance(item, dict) and item.get("id") in ids)] + above
    return above


def _built(entries: _Entries) -> dict[str, dict[str, Any]]:
    """Return the entries as records; one that cannot be made is a problem of its file."""
    built: dict[str, dict[str, Any]] = {theme: {} for theme in BUILDERS}
    for theme, written in entries.raw.items():
        for name, entry in written.items():
            try:
                built[theme][name] = BUILDERS[theme](dict(entry))
            except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation, re.error) as error:
                entries.problem(*entries.places[theme, name], f"{theme} entry {name!r}: {_say(error)}")
    return built


def _say(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"field {error} is missing"
    return str(error).replace("__init__() got an unexpected keyword argument", "has no field")


def _plain(value: Any) -> Any:
    """Return the value without the line numbers inside it."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if key != LINE}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def _check_references(catalogue: Catalogue, entries: _Entries) -> None:
    for theme, entry, message in (
        *broken_indicators(catalogue),
        *broken_dimensions(catalogue),
        *broken_places(catalogue),
    ):
        entries.problem(*catalogue.places[theme, entry], f"{theme} entry {entry!r}: {message}")
