"""`bulletin series`: one series, asked by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from bulletin.answers.asked import Asked, named, period
from bulletin.errors import UsageError
from schemas.concepts import Measure


@dataclass(frozen=True, slots=True)
class Series:
    """A series with what names it, in one language."""

    title: str
    """What it is of: indicator, members, area, measure."""
    unit: str
    points: tuple[Mapping[str, Any], ...]
    """Rows of `series` in the order of time, with document, title, publisher, published and url of each."""
    sources: tuple[str, ...]
    """The documents that the values are from, in words, in the order of the points; none stands twice."""


_POINTS = """
SELECT s.*, d.document, d.title, d.publisher, d.published, d.url, k.base_months,
    concat_ws(', ', coalesce(d.publisher, d.source), d.title, d.published, coalesce(d.url, d.document)) AS said
FROM {asked} AS s
JOIN dim_series AS k USING (series_id)
JOIN fact_observation AS f USING (observation_id)
JOIN dim_document AS d ON d.document_id = f.document_id
WHERE s.indicator = ? AND s.measure = ? AND {where}
ORDER BY s.end_date, s.period
"""


def series(
    words: Sequence[str],
    warehouse: Asked,
    *,
    area: str | None = None,
    measure: str = Measure.LEVEL.value,
    first: str | None = None,
    last: str | None = None,
    as_of: date | None = None,
    language: str = "en",
) -> Series:
    """Return the series that the words name: an indicator, then members as in `residence=rural`.

    Dimensions that are not named are the total's. Where no area is named it is the one with most values; of changes and
    growth rates over different spans (a year, half a year) the span with most values is taken.

    Args:
        words: What names it.
        warehouse: Asked.
        area: As in `dim_area`.
        measure: level, change, growth_rate or share.
        first: No period before this one; by its name, `2019` or `2019-06`.
        last: No period behind this one.
        as_of: What the public could know on that day.
        language: Of the names.

    Raises:
        UsageError: nothing is of that name; the message says what is near it.
    """
    told = named(words, warehouse)
    area, measure, members = told.area or area, told.measure or measure, told.members
    first = told.period or (period(first, f"--from {first}") if first else None)
    last = told.period or (period(last, f"--to {last}") if last else None)
    where = [f's."{name}" = ?' if name in members else f's."{name}" IS NULL' for name in told.dimensions]
    asked = f"series_as_of(DATE '{as_of.isoformat()}')" if as_of else "series"
    values = [members[name] for name in told.dimensions if name in members]
    found = warehouse.rows(
        _POINTS.format(asked=asked, where=" AND ".join(where) or "true"), [told.indicator, measure, *values]
    )
    found = [row for row in found if area in (None, row["area"])]
    kept = _most([row for row in found if (first or "") <= row["period"] <= _end(last)])
    if not kept:
        raise UsageError(_nothing(words, measure, area, found, warehouse))
    return Series(
        _title(kept[0], members, warehouse, language),
        _name("dim_unit", "unit", kept[0]["unit"], warehouse, language),
        tuple(kept),
        tuple(dict.fromkeys(row["said"] for row in kept)),
    )


def _end(last: str | None) -> str:
    """Return a text behind the period and all that begin with it: 2019-12 is in 2019."""
    return f"{last}\uffff" if last else "\uffff"


def _most(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the rows of the one series among them that has most, the first by name where several have."""
    keys = [(row["area"] or "", row["base_months"] or 0, row["unit"], row["series_id"]) for row in rows]
    if not keys:
        return []
    chosen = min(set(keys), key=lambda key: (-keys.count(key), key))
    return [row for row, key in zip(rows, keys, strict=True) if key == chosen]


def _nothing(
    words: Sequence[str], measure: str, area: str | None, found: Sequence[Mapping[str, Any]], warehouse: Asked
) -> str:
    """Return that there is no such series, with what is near it."""
    said = " ".join(words)
    if found:
        return f"no value of {said} lies between these periods; there are {found[0]['period']} to {found[-1]['period']}"
    known = warehouse.rows(
        "SELECT DISTINCT members, area, measure FROM series WHERE indicator = ? ORDER BY ALL LIMIT 12", [words[0]]
    )
    if known:
        near = "; ".join(
            f"{row['members'].replace(', ', ' ') or 'total'} ({row['area']}, {row['measure']})" for row in known
        )
        where = f" in {area}" if area else ""
        return f"there is no series {said} ({measure}){where}; of {words[0]} there are, among others: {near}"
    names = [row["indicator"] for row in warehouse.rows("SELECT DISTINCT indicator FROM series ORDER BY indicator")]
    near_names = get_close_matches(words[0], names, n=5, cutoff=0.5) or names[:12]
    return f"there is no series of the indicator {words[0]!r}; there are, among others: {', '.join(near_names)}"


def _title(row: Mapping[str, Any], members: Mapping[str, str], warehouse: Asked, language: str) -> str:
    parts = [_name("dim_indicator", "indicator", row["indicator"], warehouse, language)]
    for dimension, member in members.items():
        table = f"(FROM dim_member WHERE dimension = '{dimension}')"
        parts.append(_name(table, "member", member, warehouse, language))
    parts.append(_name("dim_area", "area", row["area"] or "", warehouse, language))
    if row["measure"] != Measure.LEVEL.value:
        span = (
            {"en": ", over {} months", "zh": "（{}个月）"}[language].format(row["base_months"])
            if row["base_months"]
            else ""
        )
        parts.append(_MEASURES[language][row["measure"]] + span)
    return (", " if language == "en" else " · ").join(filter(None, parts))


_MEASURES = {
    "en": {"change": "change", "growth_rate": "growth rate", "share": "share"},
    "zh": {"change": "变化量", "growth_rate": "增长率", "share": "占比"},
}


def _name(table: str, key: str, value: str, warehouse: Asked, language: str) -> str:
    found = warehouse.rows(f"SELECT name_{language} AS name FROM {table} WHERE {key} = ?", [value])
    return (found[0]["name"] if found else None) or value
