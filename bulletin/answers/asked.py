"""What the words of a command name: an indicator, then members, an area, a measure, a period."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Protocol

from bulletin.errors import UsageError
from schemas.concepts import Measure

ALSO = ("area", "measure", "period")
"""What words name besides members."""
_PERIOD = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]|H[12]|Q[1-4]))?(?:/\d{4}-\d\d)?")


class Asked(Protocol):
    """Something that answers SQL: the warehouse."""

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Return the answer's rows."""


@dataclass(frozen=True, slots=True)
class Named:
    """What was named."""

    indicator: str
    members: Mapping[str, str]
    """By dimension; a dimension that is not named is the total's."""
    dimensions: tuple[str, ...]
    """All dimensions of the warehouse, in order."""
    area: str | None = None
    measure: str | None = None
    period: str | None = None


def named(words: Sequence[str], warehouse: Asked) -> Named:
    """Return what the words name, as in `internet_users 2021-12 residence=rural area=CN`.

    Raises:
        UsageError: a word is of no dimension, or of a member that there is not; the message says what is near it.
    """
    known: dict[str, list[str]] = {}
    for row in warehouse.rows("SELECT dimension, member FROM dim_member ORDER BY ALL"):
        known.setdefault(row["dimension"], []).append(row["member"])
    chosen: dict[str, str] = {}
    for word in words[1:]:
        name, equals, value = word.partition("=")
        if not equals:
            name, value = "measure" if word in {m.value for m in Measure} else "period", word
        if name not in known and name not in ALSO:
            raise UsageError(f"{word}: {name!r} is no dimension; they are {', '.join([*known, *ALSO])}")
        if name in known and value not in known[name]:
            raise UsageError(f"{word}: {name} has no member {value!r}; {_near(value, known[name])}")
        if name == "period" and (of := [dimension for dimension in known if value in known[dimension]]):
            raise UsageError(f"{word}: a member is named with its dimension: {' or '.join(f'{d}={word}' for d in of)}")
        chosen[name] = period(value, word) if name == "period" else value
    members = {name: value for name, value in chosen.items() if name in known}
    return Named(words[0], members, tuple(known), *(chosen.get(name) for name in ALSO))


def period(value: str, said: str) -> str:
    """Return the period; raises UsageError where it is none, `said` being how it was given."""
    if not _PERIOD.fullmatch(value):
        raise UsageError(
            f"{said}: {value!r} is no period; it is a year (2021), half (2021-H1), quarter (2021-Q3), month (2021-06) "
            "or span (2021-01/2021-05)"
        )
    return value


def _near(value: str, members: Sequence[str]) -> str:
    found = get_close_matches(value, members, n=3, cutoff=0.5)
    return f"near it is {' or '.join(found)}" if found else f"there are {', '.join(members[:12])}"
