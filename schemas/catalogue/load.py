"""From YAML files to a `Catalogue`; every problem is reported with its file and line, all in one go.

    indicators/*.yml   one file a theme, a list of indicators
    dimensions.yml     dimensions and their members
    units.yml          units and their words
    areas.yml          places
    languages/*.yml    one file a language

A second folder adds to the first; an entry of the same id replaces it.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from schemas.catalogue.model import (
    Area,
    Catalogue,
    Dimension,
    Example,
    Indicator,
    Label,
    Language,
    Member,
    PeriodForm,
    Unit,
    UnitWord,
)
from schemas.concepts import Kind

HOME = Path(__file__).parent
LINE = "__line__"


class CatalogueError(Exception):
    """The catalogue's files cannot be used; the message lists every problem with file and line."""


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """YAML with 1.2 booleans (`no` is Norway, `on` is a word), and the line of each mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping = super().construct_mapping(node, deep=True)
        mapping[LINE] = node.start_mark.line + 1
        return dict(mapping)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in ("tag:yaml.org,2002:bool",)]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_constructor("tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node))


class _Problems:
    """Collects what is wrong, so that one run shows all of it, and remembers where each entry stands."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.places: dict[tuple[str, str], tuple[Path, int]] = {}

    def add(self, path: Path, line: int, message: str) -> None:
        self.lines.append(f"{path}:{line}: {message}")


@lru_cache(maxsize=8)
def load_catalogue(*folders: Path) -> Catalogue:
    """Return the catalogue of Bulletin, with those of `folders` laid over it in order.

    Raises:
        CatalogueError: a file is no YAML, an entry has an unknown or missing field, or names what does not exist.
    """
    problems = _Problems()
    entries: dict[str, dict[str, Any]] = {"indicators": {}, "dimensions": {}, "units": {}, "areas": {}, "languages": {}}
    digest = hashlib.sha256()
    for folder in (HOME, *folders):
        for path in sorted(folder.rglob("*.yml")):
            text = path.read_bytes()
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + text)
            _read_file(path, folder, text, entries, problems)
    catalogue = Catalogue(**entries, fingerprint=digest.hexdigest()[:16])
    _check_references(catalogue, problems)
    if problems.lines:
        raise CatalogueError("the catalogue has problems:\n  " + "\n  ".join(problems.lines))
    return catalogue


def _read_file(path: Path, folder: Path, text: bytes, entries: dict[str, dict[str, Any]], problems: _Problems) -> None:
    theme = path.relative_to(folder).parts[0].removesuffix(".yml")
    if theme not in _BUILDERS:
        problems.add(path, 1, f"unknown file; allowed are {', '.join(sorted(_BUILDERS))} (.yml or a folder of them)")
        return
    try:
        # The loader derives from PyYAML's safe loader: no tags, no objects.
        content = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problems.add(path, mark.line + 1 if mark else 1, f"not YAML: {getattr(error, 'problem', error)}")
        return
    for entry in content if isinstance(content, list) else [content]:
        if not isinstance(entry, dict) or "id" not in entry:
            problems.add(path, entry.get(LINE, 1) if isinstance(entry, dict) else 1, "an entry needs an `id`")
            continue
        line = entry.pop(LINE)
        problems.places[theme, str(entry["id"])] = (path, line)
        try:
            entries[theme][str(entry["id"])] = _BUILDERS[theme](_plain(entry))
        except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
            problems.add(path, line, f"{theme} entry {entry['id']!r}: {_say(error)}")


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


def _labels(entry: Mapping[str, Sequence[Any]] | None) -> dict[str, tuple[Label, ...]]:
    return {language: tuple(_label(item) for item in items) for language, items in (entry or {}).items()}


def _label(item: Any) -> Label:
    if isinstance(item, dict):
        unknown = set(item) - {"text", "members", "requires"}
        if unknown:
            raise ValueError(f"a label has no field {', '.join(sorted(unknown))}; allowed are text, members, requires")
        return Label(str(item["text"]), tuple(sorted(item.get("members", {}).items())), tuple(item.get("requires", ())))
    return Label(str(item))


def _examples(entry: Sequence[Mapping[str, Any]] | None) -> tuple[Example, ...]:
    return tuple(
        Example(item["text"], item["language"], {k: v for k, v in item.items() if k not in ("text", "language")})
        for item in entry or ()
    )


def _indicator(entry: dict[str, Any]) -> Indicator:
    for bound in ("minimum", "maximum"):
        if bound in entry:
            entry[bound] = Decimal(str(entry[bound]))
    for name in ("dimensions", "requires", "ratio_dimensions"):
        entry[name] = tuple(entry.get(name, ()))
    if "ratio" in entry:
        numerator, denominator = entry["ratio"]
        entry["ratio"] = (numerator, denominator)
    entry["kind"] = Kind(entry.get("kind", "stock"))
    return Indicator(**entry | {"labels": _labels(entry.get("labels")), "examples": _examples(entry.get("examples"))})


def _dimension(entry: dict[str, Any]) -> Dimension:
    members = {}
    for item in entry["members"]:
        labels = _labels(item.get("labels"))
        members[str(item["id"])] = Member(**item | {"id": str(item["id"]), "dimension": entry["id"], "labels": labels})
    partitions = tuple(tuple(parts) for parts in entry.get("partitions", ()))
    return Dimension(**entry | {"members": members, "partitions": partitions})


def _unit(entry: dict[str, Any]) -> Unit:
    words = {
        language: tuple(
            UnitWord(str(item["text"]), Decimal(str(item["factor"]))) if isinstance(item, dict) else UnitWord(str(item))
            for item in items
        )
        for language, items in entry.get("words", {}).items()
    }
    nouns = {language: tuple(items) for language, items in entry.get("nouns", {}).items()}
    return Unit(**entry | {"words": words, "nouns": nouns, "examples": _examples(entry.get("examples"))})


def _area(entry: dict[str, Any]) -> Area:
    return Area(**entry | {"labels": _labels(entry.get("labels"))})


def _language(entry: dict[str, Any]) -> Language:
    entry["hedges"] = {
        bound: {side: tuple(words) for side, words in sides.items()} for bound, sides in entry["hedges"].items()
    }
    for name in ("cues", "not_statistics"):
        entry[name] = {key: tuple(words) for key, words in entry[name].items()}
    entry["linking"] = tuple(entry["linking"])
    entry["periods"] = tuple(PeriodForm(**form) for form in entry["periods"])
    return Language(**entry)


_BUILDERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "indicators": _indicator,
    "dimensions": _dimension,
    "units": _unit,
    "areas": _area,
    "languages": _language,
}


def _check_references(catalogue: Catalogue, problems: _Problems) -> None:
    for theme, entry, message in (*_broken_indicators(catalogue), *_broken_dimensions(catalogue)):
        problems.add(*problems.places[theme, entry], f"{theme} entry {entry!r}: {message}")


def _broken_indicators(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    for indicator in catalogue.indicators.values():
        where = ("indicators", indicator.id)
        if indicator.unit not in catalogue.units:
            yield *where, f"unit {indicator.unit!r} is not in units.yml"
        for dimension in (*indicator.dimensions, *indicator.requires, *indicator.ratio_dimensions):
            if dimension not in catalogue.dimensions:
                yield *where, f"dimension {dimension!r} is not in dimensions.yml"
        for part in (*(indicator.ratio or ()), *([indicator.of_population] if indicator.of_population else ())):
            if part not in catalogue.indicators:
                yield *where, f"ratio names {part!r}, which is no indicator"
        for label in (label for labels in indicator.labels.values() for label in labels):
            for dimension, member in label.members:
                if member not in getattr(catalogue.dimensions.get(dimension), "members", {}):
                    yield *where, f"label {label.text!r} names {dimension}: {member}, which is no member"


def _broken_dimensions(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    for dimension in catalogue.dimensions.values():
        named = [part for parts in dimension.partitions for part in parts]
        named += [member.within for member in dimension.members.values() if member.within]
        for name in named:
            if name not in dimension.members:
                yield "dimensions", dimension.id, f"{name!r} is none of its members"
