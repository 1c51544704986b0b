"""What is exported: the rows of `series` with what explains them, in an order that their content alone decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bulletin.errors import UsageError
from bulletin.warehouse import Warehouse

ROWS = "exported"
"""Name of the temporary table that holds them while the warehouse is open."""
QUOTED = f"dim_document WHERE document_id IN (SELECT document_id FROM {ROWS})"
"""The documents that the values are quoted from."""
_FROM = {  # where each column is from; the table in front of the dot is the one whose comment describes it
    "indicator": "series.indicator",
    "members": "series.members",
    "area": "series.area",
    "period": "series.period",
    "start_date": "dim_period.start_date",
    "end_date": "series.end_date",
    "frequency": "dim_period.frequency",
    "measure": "series.measure",
    "unit": "series.unit",
    "base_period": "series.base_period",
    "base_months": "dim_series.base_months",
    "value": "series.value",
    "lower": "series.lower",
    "upper": "series.upper",
    "decimals": "fact_observation.decimals",
    "bound": "series.bound",
    "documents": "series.documents",
    "sources": "series.sources",
    "agreement": "series.agreement",
    "chosen_because": "series.chosen_because",
    "quote": "series.quote",
    "document": "dim_document.document",
    "source": "dim_document.source",
    "vintage_date": "dim_document.vintage_date",
    "series_id": "series.series_id",
}
_KINDS = {
    "start_date": "date",
    "end_date": "date",
    "vintage_date": "date",
    "value": "decimal",
    "lower": "decimal",
    "upper": "decimal",
    "agreement": "double",
    "base_months": "integer",
    "decimals": "integer",
    "documents": "integer",
    "sources": "integer",
    "series_id": "integer",
}
"""Of the columns that are no text."""
_EXACT = """
    CASE WHEN fact_observation.direction = 'down' THEN -fact_observation.value ELSE fact_observation.value END
        AS value_exact,
    CASE WHEN fact_observation.direction = 'down' THEN -fact_observation.upper ELSE fact_observation.lower END
        AS lower_exact,
    CASE WHEN fact_observation.direction = 'down' THEN -fact_observation.lower ELSE fact_observation.upper END
        AS upper_exact
"""
_TABLE = """
    CREATE OR REPLACE TEMP TABLE {rows} AS
    SELECT {columns}, dim_document.document_id, {exact}
    FROM {asked} AS series
    JOIN fact_observation USING (observation_id)
    JOIN dim_document ON dim_document.document_id = fact_observation.document_id
    JOIN dim_series ON dim_series.series_id = series.series_id
    LEFT JOIN dim_period ON dim_period.period = series.period
    {where}
    ORDER BY series.indicator, series.members, series.area NULLS FIRST, series.measure, series.unit,
        dim_series.base_months NULLS FIRST, series.end_date NULLS FIRST, series.period
"""
REQUIRED = frozenset(
    {"indicator", "period", "measure", "unit", "value", "decimals", "bound", "document", "source", "series_id"}
)
"""Columns that are never empty."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an exported table."""

    name: str
    kind: str
    """text, integer, decimal, double or date."""
    titles: Mapping[str, str]
    """By language."""
    description: str = ""
    concept: str = ""
    """Id of the SDMX concept; empty where SDMX says it otherwise."""
    required: bool = False
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What is exported, in an open warehouse."""

    warehouse: Warehouse
    titles: Mapping[str, str]
    """What the whole is called, by language; with the day whose knowledge it is where that is not today."""
    columns: tuple[Column, ...]
    members: Mapping[str, str]
    """Columns of members: from the name in the export to the dimension; the two differ where a name is taken."""
    dimension_names: Mapping[str, Mapping[str, str]]
    comments: Mapping[str, str]
    """Comments of the warehouse, by `table` and by `table.column`."""
    rows: int
    latest: date
    """The last day on which something of it was published; that of an empty export is 1970-01-01."""


@cache
def words() -> Mapping[str, Any]:
    """Return what things are called (`words.yml`)."""
    read: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yml").read_text(encoding="utf-8"))
    return read


def content_of(
    warehouse: Warehouse,
    indicators: Sequence[str],
    as_of: date | None,
    names: Mapping[str, Mapping[str, str]],
) -> Content:
    """Put the rows into the table ROWS, sorted, and return what describes them.

    Args:
        warehouse: An open one; it may be read-only.
        indicators: Those that are asked for; all where it is empty.
        as_of: The day whose knowledge is asked for; today's where it is None.
        names: What dimensions are called, by dimension and language; others are called by their id.

    Raises:
        UsageError: an indicator is unknown, or the warehouse is of an earlier version.
    """
    _check_version(warehouse)
    _check_indicators(warehouse, indicators)
    dimensions = warehouse.dimensions()
    members = {f"member_{name}" if name in _FROM else name: name for name in dimensions}
    selected = [f"{place} AS {name}" for name, place in _FROM.items()]
    selected[2:2] = [f'series."{dimension}" AS "{name}"' for name, dimension in members.items()]
    asked = f"series_as_of(DATE '{as_of.isoformat()}')" if as_of else "series"
    where = "WHERE series.indicator IN (SELECT unnest(?))" if indicators else ""
    sql = _TABLE.format(rows=ROWS, columns=", ".join(selected), exact=_EXACT, asked=asked, where=where)
    warehouse.rows(sql, [list(indicators)] if indicators else [])
    [counts] = warehouse.rows(f"SELECT count(*) AS rows, max(vintage_date) AS latest FROM {ROWS}")
    comments = {row["place"]: row["comment"] for row in warehouse.rows(_COMMENTS)}
    names = {name: names.get(name) or {"en": name} for name in dimensions}
    return Content(
        warehouse,
        _titles(as_of),
        _columns(members, names, comments),
        members,
        names,
        comments,
        counts["rows"],
        counts["latest"] or date(1970, 1, 1),
    )


def _titles(as_of: date | None) -> dict[str, str]:
    titles: dict[str, str] = words()["title"]
    if as_of is None:
        return titles
    return {tag: words()["as_of"][tag].format(title=title, day=as_of.isoformat()) for tag, title in titles.items()}


_COMMENTS = """
    SELECT table_name || '.' || column_name AS place, coalesce(comment, '') AS comment
    FROM duckdb_columns() WHERE database_name = current_database()
    UNION ALL SELECT view_name, coalesce(comment, '') FROM duckdb_views() WHERE database_name = current_database()
    UNION ALL SELECT table_name, coalesce(comment, '') FROM duckdb_tables() WHERE database_name = current_database()
"""


def _check_version(warehouse: Warehouse) -> None:
    found = warehouse.rows("SELECT 1 FROM duckdb_columns() WHERE table_name = 'series' AND column_name = 'series_id'")
    if not found:
        raise UsageError(
            f"{warehouse.path}: it has no view `series` of this version of Bulletin; `bulletin ingest` makes it or "
            "brings it up to date"
        )


def _check_indicators(warehouse: Warehouse, indicators: Sequence[str]) -> None:
    known = [row["indicator"] for row in warehouse.rows("SELECT indicator FROM dim_indicator ORDER BY indicator")]
    for name in indicators:
        if name not in known:
            near = get_close_matches(name, known, n=3) or known[:3]
            hint = f"near it are {', '.join(near)}" if near else "the warehouse knows none yet"
            raise UsageError(f"--indicator {name}: there is no such indicator; {hint}")


def _columns(
    members: Mapping[str, str], names: Mapping[str, Mapping[str, str]], comments: Mapping[str, str]
) -> tuple[Column, ...]:
    called, codes = words()["columns"], words()["codes"]
    columns = [
        Column(
            name,
            _KINDS.get(name, "text"),
            {"en": called[name]["en"], "zh": called[name]["zh"]},
            called[name].get("description") or comments.get(place, ""),
            called[name]["concept"],
            name in REQUIRED,
            tuple(codes.get(name, ())),
        )
        for name, place in _FROM.items()
    ]
    taken = {column.concept for column in columns} | set(words()["concepts"])
    columns[2:2] = [
        Column(
            name,
            "text",
            names[dimension],
            comments.get(f"dim_series.{dimension}", ""),
            f"MEMBER_{dimension.upper()}" if dimension.upper() in taken else dimension.upper(),
        )
        for name, dimension in members.items()
    ]
    return tuple(columns)
