"""The numbers that findings are about, as rows of the warehouse and as the report shows them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from bulletin.lake import Place
from bulletin.report import queries
from bulletin.report.words import Words

Row = Mapping[str, Any]
SERIES_LEAST = 4
"""Values of a series from which on it is drawn beside a suspect."""


class Asked(Protocol):
    """Anything that answers SQL with rows: the warehouse."""

    path: Place

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Return the rows as dictionaries."""
        ...


class Observations:
    """Facts by id, asked for once for all findings, with their names in the report's language."""

    def __init__(self, warehouse: Asked, ids: Iterable[int], words: Words) -> None:
        """Ask for the facts of these ids."""
        self.words = words
        self.dimensions = dimensions(warehouse)
        self._members = {(m["dimension"], m["member"]): words.name(m) for m in warehouse.rows(queries.MEMBERS)}
        rows = warehouse.rows(queries.OBSERVATIONS, [sorted(set(ids))])
        self._rows = {row["observation_id"]: row | self._names(row) for row in rows}
        self._order = {fact: at for at, fact in enumerate(self._rows)}
        self._series: dict[tuple[Any, ...], list[Row]] = defaultdict(list)

    def _names(self, row: Row) -> dict[str, str]:
        held = [(dimension, row[dimension]) for dimension in self.dimensions if row[dimension]]
        members = self.words.texts["list"]["comma"].join(self._members.get(member) or member[1] for member in held)
        name = self.words.name(row) or row["indicator"] or self.words.texts["labels"]["unresolved_name"]
        return {
            "members": members,
            "key": ", ".join("=".join(member) for member in held),
            "indicator_name": name,
            "named": self.words.say("narrowed", "by_members", name=name, members=members) if members else name,
        }

    def draw_series(self, warehouse: Asked, ids: Iterable[int]) -> None:
        """Ask for the series that these facts belong to."""
        named = [row for row in self.rows(ids) if row["indicator"]]
        indicators, areas = (sorted({row[name] for row in named}) for name in ("indicator", "area"))
        for row in warehouse.rows(queries.SERIES, [indicators, areas]) if named else ():
            self._series[row["indicator"], row["members"], row["area"]].append(row)

    def row(self, fact: int) -> Row:
        """Return the fact of this id."""
        return self._rows[fact]

    def rows(self, ids: Iterable[int]) -> list[Row]:
        """Return the facts of these ids, in their order; an id that the warehouse does not hold is left out."""
        return [self._rows[fact] for fact in ids if fact in self._rows]

    def quote(self, fact: int) -> str:
        """Return the number as printed, on one line."""
        return " ".join(self._rows[fact]["quote"].split())

    def shown(self, ids: Iterable[int], suspected: set[int], main: set[int]) -> list[dict[str, Any]]:
        """Return the facts as the report shows them: first those of `main`, each kind in reading order, from 1."""
        known = sorted(
            (fact for fact in ids if fact in self._rows), key=lambda fact: (fact not in main, self._at(fact))
        )
        return [
            {"n": n, "suspect": fact in suspected, "main": fact in main, **self.observation(fact, fact in suspected)}
            for n, fact in enumerate(known, 1)
        ]

    def _at(self, fact: int) -> int:
        return self._order[fact]

    def observation(self, fact: int, with_series: bool = False) -> dict[str, Any]:
        """Return what a fact states, where and how sure it is, with its document and its series."""
        row = self._rows[fact]
        plain = ("indicator", "measure", "direction", "unit", "bound", "area", "period", "base_period", "status")
        return {
            "observation": str(fact),
            "name": row["indicator_name"],
            "members": row["members"],
            "named": row["named"],
            "unit_name": self.words.name(row, "unit") or row["unit"],
            "area_name": self.words.name(row, "area") or row["area"],
            **{name: row[name] for name in (*plain, "correction", "prefix", "quote", "suffix", "address")},
            **{name: None if row[name] is None else f"{row[name]:f}" for name in ("value", "lower", "upper")},
            "date": row["end_date"].isoformat() if row["end_date"] else None,
            "series": self._beside(row) if with_series else None,
            "document": {**source(row), **_vintage(row)},
        }

    def _beside(self, row: Row) -> list[dict[str, Any]] | None:
        """Return the other values of the fact's series, if it is a level and has enough of them."""
        if row["measure"] != "level":
            return None
        others = self._series.get((row["indicator"], row["key"], row["area"]), ())
        points = [
            {"period": p["period"], "date": p["end_date"].isoformat(), "value": p["value"]}
            for p in others
            if p["period"] != row["period"] and p["observation_id"] != row["observation_id"]
        ]
        return points if len(points) >= SERIES_LEAST else None


def dimensions(warehouse: Asked) -> list[str]:
    """Return the columns of the dimensions."""
    columns = [row["name"] for row in warehouse.rows(queries.DIMENSIONS)]
    return columns[columns.index("members") + 1 : columns.index("area")]


def _vintage(row: Row) -> dict[str, int]:
    """Return the number of the vintage, where the document has several."""
    return {"vintage": row["vintage"]} if row["vintage"] > 1 or row["superseded"] else {}


def source(row: Row) -> dict[str, Any]:
    """Return what is known of the row's document."""
    return {
        "path": row["document"],
        **{name: row[name] for name in ("title", "publisher", "published", "url", "language")},
    }
