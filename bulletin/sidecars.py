"""What a sidecar says of the file beside it."""

import contextlib
import re
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import yaml

from bulletin.model import Metadata

SUFFIX = ".yml"
SIZE_LIMIT = 65_536
"""Bytes; a sidecar has a few hundred, and YAML is slow to read."""
_FLAT = re.compile(rb"(?:[a-z_]+:(?: (?:[^\x00-\x1f\x7f\[{|>\xc2\xe2\xef]|\xe2[^\x80]|\xef[^\xbb\xbf])*)?\n)+")
"""Fields one a line, as nearly all are, without nesting and without characters that some take for the end of a line."""
NOTHING = frozenset({"", "~", "null"})
FIELDS = tuple(Metadata.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Said:
    """What a sidecar says, why it cannot be believed, and what to look at."""

    metadata: Metadata = field(default_factory=Metadata)
    problem: str | None = None
    notes: tuple[tuple[str, str], ...] = ()

    def over(self, other: "Said") -> "Said":
        """Return this, and what the other says where this says nothing."""
        own = {name: value for name in FIELDS if (value := getattr(self.metadata, name)) is not None}
        problem = self.problem or other.problem
        return Said(replace(other.metadata, **own), problem, (*self.notes, *other.notes))


def sidecar_of(file: Path) -> Said:
    """Return what the sidecar of the file says; nothing where there is none."""
    sidecar = file.with_name(file.name + SUFFIX)
    if not sidecar.is_file():
        return Said()
    try:
        with sidecar.open("rb") as opened:
            return parse(opened.read(SIZE_LIMIT + 1), sidecar.name)
    except OSError as error:
        return Said(problem=f"its sidecar {printed(sidecar.name)} cannot be opened: {error.strerror}")


def parse(data: bytes, name: str) -> Said:
    """Return what the bytes of the sidecar of that name say."""
    where = f"its sidecar {printed(name)}"
    if len(data) > SIZE_LIMIT:
        return Said(problem=f"{where} has more than the {SIZE_LIMIT:,} bytes that are read of one")
    try:
        content = _loaded(data)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}," if mark else ""
        return Said(problem=f"{where}{line} is no YAML: {getattr(error, 'problem', error)}")
    return metadata(content, where)


def _loaded(data: bytes) -> object:
    """Return what the YAML says, every scalar as written: a date stays text, `no` stays a language.

    libyaml takes a tenth of the time, but nesting that is deep enough ends the process; it gets what has none. What it
    refuses is read again, so that the error is always told in the same words.
    """
    if _FLAT.fullmatch(data) and (fast := getattr(yaml, "CBaseLoader", None)):
        with contextlib.suppress(yaml.YAMLError):
            return yaml.load(data, Loader=fast)
    return yaml.load(data, Loader=yaml.BaseLoader)


def metadata(content: object, where: str) -> Said:
    """Return what the fields say; `where` is the sidecar's name, or the line's of a collection, for messages."""
    if content is None:
        return Said()
    if not isinstance(content, dict):
        kind = "a list" if isinstance(content, list) else "plain text"
        return Said(problem=f"{where} must hold fields such as `publisher: ...`, not {kind}")
    for name in FIELDS:
        if isinstance(content.get(name), list | dict):
            return Said(problem=f"{where}: `{name}` must be one text, not a list or fields of its own")
    known = {name: str(content.get(name) or "").strip() for name in FIELDS}
    for name, value in known.items():
        if not is_unicode(value):
            return Said(problem=f"{where}: `{name}` holds half of a character (a lone surrogate); write it anew")
    said = Metadata(**{name: None if value in NOTHING else value for name, value in known.items()})
    if said.published and not _is_date(said.published):
        return Said(problem=f"{where}: `published: {said.published}` is no date; write 2022-02-25 or 2022-02")
    unknown = sorted(set(map(str, content)) - set(FIELDS))
    if unknown:
        message = f"Unknown fields in {where}: {printed(', '.join(unknown))}; allowed are {', '.join(FIELDS)}."
        return Said(said, notes=(("sidecar", message),))
    return Said(said)


def is_unicode(text: str) -> bool:
    """Whether the text can be written down: a lone half of a character (a surrogate) cannot."""
    return not re.search("[\ud800-\udfff]", text)


def printed(words: str) -> str:
    """Return words in which a file's name may stand, whose bytes need not be UTF-8, as such that can be written down.

    >>> printed("a\\udcffb")
    'a\\\\udcffb'
    """
    return words.encode("utf-8", "backslashreplace").decode("utf-8")


def _is_date(text: str) -> bool:
    """Whether the text is a day, a month or a year of the calendar: 2022-02-25, 2022-02, 2022."""
    if not re.fullmatch(r"\d{4}(?:-\d\d){0,2}", text, re.ASCII):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True
