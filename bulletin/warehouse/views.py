"""The views, made from the SQL in `warehouse/views` with the columns that the catalogue gives them."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from bulletin.warehouse.lake import run
from bulletin.warehouse.series import narrowed_by
from schemas.catalogue import Catalogue

SQL = Path(__file__).parent.parent.parent / "warehouse"
_MARKER = re.compile(r"/\* (\w+)\.(members|indicators) \*/,\s*")


def make_views(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Make every view anew, with a column for each dimension and indicator in the place of its markers."""
    dimensions, indicators = narrowed_by(connection), _indicators(connection, catalogue)
    for file in sorted((SQL / "views").glob("*.sql")):
        run(connection, with_columns(file.read_text(encoding="utf-8"), dimensions, indicators))
    _explain_columns(connection, dimensions, indicators)


def with_columns(sql: str, dimensions: Sequence[str], indicators: Sequence[str] = ()) -> str:
    """Return the SQL with a column for each dimension, or each indicator's value, in the place of its markers.

    A view with a marker for indicators groups its rows; each of them has one value of an indicator at most.

    >>> with_columns("SELECT /* f.members */, f.area", ["age", "sex"])
    'SELECT f."age", f."sex", f.area'
    >>> with_columns("SELECT /* s.indicators */, s.area", [], ["internet_users"])
    'SELECT max(s.value) FILTER (s.indicator = \\'internet_users\\') AS "internet_users", s.area'
    """

    def columns(marker: re.Match[str]) -> str:
        alias, kind = marker.groups()
        if kind == "members":
            return "".join(f'{alias}."{name}", ' for name in dimensions)
        return "".join(
            f"max({alias}.value) FILTER ({alias}.indicator = '{name}') AS \"{name}\", " for name in indicators
        )

    return _MARKER.sub(columns, sql)


def _indicators(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> list[str]:
    """Return the indicators in the order of the catalogue, behind them those that another catalogue brought."""
    found = connection.execute("SELECT indicator FROM dim_indicator ORDER BY indicator").fetchall()
    return [*catalogue.indicators, *(name for (name,) in found if name not in catalogue.indicators)]


def _explain_columns(
    connection: duckdb.DuckDBPyConnection, dimensions: Iterable[str], indicators: Iterable[str]
) -> None:
    """Give the columns that stand for a marker the comment of what they stand for."""
    said = connection.execute(
        "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'dim_series' UNION ALL "
        "SELECT indicator, concat_ws(' / ', name_en, name_zh) || ', in ' || unit FROM dim_indicator"
    ).fetchall()
    comments = {name: comment for name, comment in said if name in {*dimensions, *indicators}}
    bare = connection.execute(
        "SELECT v.view_name, c.column_name FROM duckdb_columns() AS c JOIN duckdb_views() AS v "
        "ON v.view_name = c.table_name WHERE NOT v.internal AND NOT v.temporary AND c.comment IS NULL"
    ).fetchall()
    statements = [
        f"""COMMENT ON COLUMN "{view}"."{column}" IS '{comments[column].replace("'", "''")}';"""
        for view, column in bare
        if comments.get(column)
    ]
    run(connection, "".join(statements))
