"""Loaders of one lake, turn by turn: each checks and loads a batch while the others read and extract theirs.

Without turns nothing is lost either: whoever commits second begins again. But then all of them check against the same
state, and all but one have worked in vain.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial

import duckdb

from bulletin.lake import Lake, Place
from bulletin.settings import WAIT
from bulletin.warehouse.lake import extended
from bulletin.warehouse.lock import PAUSE

_KEY = int.from_bytes(b"bulletin", "big") >> 1
"""Of PostgreSQL's advisory lock, which belongs to one database and ends with the connection that holds it."""
_TAKE = f"SELECT * FROM postgres_query('turn', 'SELECT pg_try_advisory_xact_lock({_KEY})')"
Turn = Callable[[], AbstractContextManager[None]]


@contextmanager
def turns(place: Place, wait: float = WAIT) -> Iterator[Turn]:
    """Yield what makes a block of code wait for its turn.

    A turn that does not come within `wait` seconds is taken all the same: it only costs work that is done again. Where
    the catalogue is a file there are no turns: its loaders are on one machine, and one process holds it.
    """
    if not isinstance(place, Lake) or place.kind != "postgres":
        yield nullcontext
        return
    with extended("postgres_scanner") as connection:
        catalogue = place.catalogue.removeprefix("postgres:").replace("'", "''")
        connection.execute(f"ATTACH '{catalogue}' AS turn (TYPE postgres, READ_ONLY)")
        yield partial(_turn, connection, wait)


@contextmanager
def _turn(connection: duckdb.DuckDBPyConnection, wait: float) -> Iterator[None]:
    deadline = time.monotonic() + wait
    connection.execute("BEGIN TRANSACTION")
    try:
        while not connection.execute(_TAKE).fetchall()[0][0] and time.monotonic() < deadline:
            time.sleep(PAUSE)
        yield
    finally:
        connection.execute("ROLLBACK")
