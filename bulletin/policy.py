"""What is asked of each source: how much it is trusted, and how much of it may be wrong before that is said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from bulletin.errors import UsageError

FAIL_ON = ("error", "warning", "never")
SEVERITIES = ("error", "warning", "info", "off")
OFFICIAL = 2.0
"""How much an official source is trusted, unless its own `trust` says otherwise: twice as much as any other. Ours."""
_NUMBERS = {"quarantined": (0.0, 100.0), "yield": (0.0, 1.0), "trust": (0.01, 100.0)}
"""Numbers that a source takes, with the least and the greatest."""


@dataclass(frozen=True, slots=True)
class SourcePolicy:
    """What is asked of one source; None asks nothing."""

    quarantined: float | None = None
    """Percent of a document's facts that may be quarantined, at most."""
    least: float | None = None
    """Share of the source's usual number of facts that a document must yield (`yield` in the settings)."""
    trust: float = 1.0
    """How hard it is to believe that a number of it is wrong."""
    official: bool = False
    """Whether it is the source that others quote."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What is asked of sources, rules and runs; plain values, so that it can be the parameter of a scheduled run."""

    sources: Mapping[str, SourcePolicy] = field(default_factory=dict)
    """By publisher, or by a folder of the document's path."""
    severity: Mapping[str, str] = field(default_factory=dict)
    """By rule: error, warning, info or off."""
    gate: bool = False
    """Whether a document with an error, or beyond a threshold, is kept out of the facts."""

    def of(self, key: str, publisher: str | None) -> SourcePolicy:
        """Return what is asked of a document's source: its publisher's entry, else that of its nearest folder."""
        named = {name.casefold(): entry for name, entry in self.sources.items()}
        folders = [part.casefold() for part in reversed(PurePosixPath(key.partition("#")[0]).parts[:-1])]
        for name in ((publisher or "").casefold(), *folders):
            if name and name in named:
                return named[name]
        return SourcePolicy()


def source_of(key: str, publisher: str | None) -> str:
    """Return what a document's source is called: its publisher, else the folder above that of its date.

    >>> source_of("raw/cnnic/2022-02-25/report.txt", None)
    'cnnic'
    """
    if publisher:
        return publisher
    folders = PurePosixPath(key.partition("#")[0]).parts[:-1]
    undated = [folder for folder in folders if not folder[:4].isdigit()]
    return undated[-1] if undated else ""


def policy_of(content: Mapping[str, Any], where: str) -> Policy:
    """Return the policy that settings write down: tables `sources` and `severity`.

    Raises:
        UsageError: a table holds what it does not take; the message names it and says what is allowed.
    """
    sources, severity = content.get("sources", {}), content.get("severity", {})
    for name, table in (("sources", sources), ("severity", severity)):
        if not isinstance(table, Mapping):
            raise UsageError(f"{where}: {name} is {table!r}; it is a table: [{name}]")
    for rule, value in severity.items():
        if value not in SEVERITIES:
            raise UsageError(f"{where}: severity of {rule} is {value!r}; allowed are {', '.join(SEVERITIES)}")
    return Policy({name: _source(name, entry, where) for name, entry in sources.items()}, dict(severity))


def _source(name: str, entry: Any, where: str) -> SourcePolicy:
    here = f'{where}: sources."{name}"'
    if not isinstance(entry, Mapping):
        raise UsageError(f'{here} is {entry!r}; it is a table: [sources."{name}"]')
    if unknown := set(entry) - {*_NUMBERS, "official"}:
        raise UsageError(
            f"{here}: unknown setting {sorted(unknown)[0]!r}; allowed are {', '.join((*_NUMBERS, 'official'))}"
        )
    for key, (least, most) in _NUMBERS.items():
        value = entry.get(key, least)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise UsageError(f"{here}: {key} is {value!r}; it is a number from {least:g} to {most:g}")
    official = entry.get("official", False)
    if not isinstance(official, bool):
        raise UsageError(f"{here}: official is {official!r}; it is true or false")
    return SourcePolicy(
        quarantined=entry.get("quarantined"),
        least=entry.get("yield"),
        trust=float(entry.get("trust", OFFICIAL if official else 1.0)),
        official=official,
    )
