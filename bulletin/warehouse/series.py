"""Which series a fact is a value of."""

from collections.abc import Sequence

import duckdb

_KEYED = """
    SELECT *, (md5_number_lower(series) >> 1)::BIGINT AS series_id FROM (
        SELECT *, concat_ws('.',
            indicator, coalesce(area, ''), measure, unit, nullif(replace(members, ', ', '.'), ''),
            'base_months=' || base_months
        ) AS series FROM (
            SELECT f.*, concat_ws(', ', {labels}) AS members,
                CASE WHEN f.measure IN ('change', 'growth_rate')
                    THEN datediff('month', b.end_date, p.end_date) END AS base_months
            FROM {facts} AS f
            LEFT JOIN dim_period AS p ON p.period = f.period
            LEFT JOIN dim_period AS b ON b.period = f.base_period
        )
    )
"""


def keyed(facts: str, dimensions: Sequence[str]) -> str:
    """Return a query for the rows of `facts` with their `series_id`, `series`, `members` and `base_months`.

    The id is made from the text, so the same series has the same id in every warehouse. Of 63 bits, two of a million
    series share one with a chance of 1 in 18 million. The periods of the facts must be in `dim_period`.
    """
    labels = ", ".join(f"'{name}=' || f.\"{name}\"" for name in sorted(dimensions)) or "NULL"
    return _KEYED.format(facts=facts, labels=labels)


def add_series(connection: duckdb.DuckDBPyConnection, keyed_facts: str, dimensions: Sequence[str]) -> None:
    """Add the series of the facts that `dim_series` does not have; `keyed_facts` is a query that `keyed` made."""
    columns = ["series_id", "series", "indicator", "members", "area", "measure", "unit", "base_months"]
    named = ", ".join([*columns, *(f'"{name}"' for name in dimensions)])
    connection.execute(
        f"INSERT INTO dim_series BY NAME SELECT DISTINCT {named} FROM ({keyed_facts}) AS k "
        "WHERE k.indicator IS NOT NULL AND k.series_id NOT IN (SELECT series_id FROM dim_series)"
    )


def fill_series(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the facts a series that an earlier version loaded without one."""
    missing = "SELECT 1 FROM fact_observation WHERE series_id IS NULL AND indicator IS NOT NULL LIMIT 1"
    if not connection.execute(missing).fetchall():
        return
    dimensions = narrowed_by(connection)
    query = keyed("(SELECT * EXCLUDE (series_id) FROM fact_observation WHERE indicator IS NOT NULL)", dimensions)
    add_series(connection, query, dimensions)
    connection.execute(
        f"UPDATE fact_observation SET series_id = k.series_id FROM ({query}) AS k "
        "WHERE k.observation_id = fact_observation.observation_id"
    )


def narrowed_by(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the dimensions that facts of this warehouse can be narrowed by: columns of `dim_series`."""
    fixed = ("series_id", "series", "indicator", "members", "area", "measure", "unit", "base_months")
    found = connection.execute(
        "SELECT column_name FROM duckdb_columns() WHERE table_name = 'dim_series' ORDER BY column_index"
    ).fetchall()
    return [name for (name,) in found if name not in fixed]
