"""Which series a fact is a value of."""

from collections.abc import Sequence

import duckdb

_SPANNED = """
    SELECT f.*, span.base_months FROM {facts} AS f LEFT JOIN (
        SELECT DISTINCT s.measure, s.period, s.base_period, datediff('month', b.end_date, p.end_date) AS base_months
        FROM {facts} AS s
        JOIN dim_period AS p ON p.period = s.period
        JOIN dim_period AS b ON b.period = s.base_period
        WHERE s.measure IN ('change', 'growth_rate')
    ) AS span USING (measure, period, base_period)
"""
_KEYED = """
    SELECT *, (md5_number_lower(series) >> 1)::BIGINT AS series_id FROM (
        SELECT *, concat_ws('.',
            indicator, coalesce(area, ''), measure, unit, nullif(replace(members, ', ', '.'), ''),
            'base_months=' || base_months
        ) AS series FROM (SELECT *, concat_ws(', ', {labels}) AS members FROM ({distinct}))
    )
"""
_FIXED = ("series_id", "series", "indicator", "members", "area", "measure", "unit", "base_months")


def spanned(facts: str) -> str:
    """Return a query for the rows of the table with `base_months`: how far back a change or growth rate compares.

    The periods of the facts must be in `dim_period`.
    """
    return _SPANNED.format(facts=facts)


def keyed(facts: str, dimensions: Sequence[str]) -> str:
    """Return a query for the series of these facts, which have `base_months`; each once, as `dim_series` has them.

    The id is made from the text, so the same series has the same id in every warehouse. Of 63 bits, two of a million
    series share one with a chance of 1 in 18 million.
    """
    labels = ", ".join(f"'{name}=' || \"{name}\"" for name in sorted(dimensions)) or "NULL"
    columns = ", ".join(f'"{name}"' for name in made_from(dimensions))
    distinct = f"SELECT DISTINCT {columns} FROM ({facts}) WHERE indicator IS NOT NULL"
    return _KEYED.format(distinct=distinct, labels=labels)


def made_from(dimensions: Sequence[str]) -> list[str]:
    """Return the columns that tell series apart."""
    return ["indicator", "area", "measure", "unit", "base_months", *dimensions]


def add_series(connection: duckdb.DuckDBPyConnection, series: str) -> None:
    """Add those of the series, a table as `keyed` makes it, that `dim_series` does not have."""
    connection.execute(
        f"INSERT INTO dim_series BY NAME FROM {series} WHERE series_id NOT IN (SELECT series_id FROM dim_series)"
    )


def same_series(dimensions: Sequence[str]) -> str:
    """Return the condition that a fact `f` with `base_months` is a value of the series `k`."""
    return " AND ".join(f'k."{name}" IS NOT DISTINCT FROM f."{name}"' for name in made_from(dimensions))


def fill_series(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the facts a series that an earlier version loaded without one."""
    missing = "SELECT 1 FROM fact_observation WHERE series_id IS NULL AND indicator IS NOT NULL LIMIT 1"
    if not connection.execute(missing).fetchall():
        return
    dimensions = narrowed_by(connection)
    facts = spanned("fact_observation")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE missing_series AS {keyed(facts, dimensions)}")
    add_series(connection, "missing_series")
    connection.execute(
        "UPDATE fact_observation SET series_id = found.series_id FROM ("
        "SELECT f.observation_id, k.series_id "
        f"FROM ({facts}) AS f JOIN missing_series AS k ON {same_series(dimensions)}"
        ") AS found WHERE found.observation_id = fact_observation.observation_id"
    )
    connection.execute("DROP TABLE missing_series")


def narrowed_by(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the dimensions that facts of this warehouse can be narrowed by: columns of `dim_series`."""
    found = connection.execute(
        "SELECT column_name FROM duckdb_columns() WHERE table_name = 'dim_series' ORDER BY column_index"
    ).fetchall()
    return [name for (name,) in found if name not in _FIXED]
