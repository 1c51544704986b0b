"""One transaction: all of the work or nothing; again, whole, where another loader of a lake was faster."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import duckdb

from bulletin.errors import HeldError
from bulletin.warehouse.lake import is_conflict, pauses
from bulletin.warehouse.store import Warehouse

Done = TypeVar("Done")


def in_transaction(warehouse: Warehouse, work: Callable[[], Done]) -> Done:
    """Do the work in a transaction and return what it gave.

    In a DuckLake two loaders that change the same rows conflict when the second one commits. It then begins again from
    what the first one left, after a pause that grows; a file has one writer and no conflicts.

    Raises:
        HeldError: others were faster again and again, for longer than the warehouse's `wait`. Nothing was written.
    """
    waiting = pauses(warehouse.wait)
    while True:
        try:
            return _once(warehouse.connection, work)
        except duckdb.Error as error:
            if not is_conflict(error):
                raise
            pause = next(waiting, None)
            if pause is None:
                raise HeldError(
                    f"{warehouse.path}: other loaders were faster for {warehouse.wait:g} seconds; what they loaded is "
                    "there, this batch is not. Run again; --wait gives it more time, --batch makes it smaller",
                    "other loaders",
                ) from error
            time.sleep(pause)


def _once(connection: duckdb.DuckDBPyConnection, work: Callable[[], Done]) -> Done:
    connection.execute("BEGIN TRANSACTION")
    try:
        done = work()
    except BaseException:
        with suppress(duckdb.Error):  # a disk that is full may have ended it
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return done
