"""Surrogate keys."""

import duckdb


def reserve(connection: duckdb.DuckDBPyConnection, kind: str, count: int) -> int:
    """Return the first of `count` new keys of a kind: load, document or observation. To be called in a transaction.

    They are counted in a table and not by a sequence: what is rolled back gives them back, so that a warehouse built
    anew from the same documents has the same keys.
    """
    found = connection.execute(
        "UPDATE counter SET next = next + ? WHERE name = ? RETURNING next", [count, kind]
    ).fetchall()
    return int(found[0][0]) - count
