"""Surrogate keys."""

import duckdb


def reserve(connection: duckdb.DuckDBPyConnection, kind: str, count: int) -> int:
    """Return the first of `count` new keys of a kind: load, document or observation. To be called in a transaction.

    They are counted in a table and not by a sequence: what is rolled back gives them back, so that a warehouse built
    anew from the same documents has the same keys. In a lake it is also what makes loaders go one by one: two that
    count at once change the same row, and the second to commit has to begin again.
    """
    connection.execute("UPDATE counter SET next = next + ? WHERE name = ?", [count, kind])
    return next_key(connection, kind) - count


def next_key(connection: duckdb.DuckDBPyConnection, kind: str) -> int:
    """Return the next key of a kind that is free."""
    found = connection.execute("SELECT next FROM counter WHERE name = ?", [kind]).fetchall()
    return int(found[0][0])
