"""Batches made ready side by side: by processes of this machine, or by the workers of a Dask cluster.

Whoever makes them ready, they come in their order and are what one process would have made of them; checking and
loading stay in the process that asked. A worker that dies costs time only: its batch is made ready here.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from typing import Any, Protocol, TypeVar

from bulletin.errors import UsageError
from bulletin.packing import packed, unpacked

Batch = TypeVar("Batch")
Ready = TypeVar("Ready")
BEHIND = 5
"""By how much the processes step back (`nice`): who checks and loads what they made would fall behind else."""
DASK_WAIT = 30
"""Seconds that a Dask scheduler is waited for."""


class Future(Protocol):
    """What will come of a call."""

    def result(self) -> Any:
        """Wait for it and return it."""


class Pool(Protocol):
    """Who makes batches ready."""

    @property
    def width(self) -> int:
        """How many are made ready at a time."""

    def submit(self, make: Callable[..., Any], *arguments: Any) -> Future:
        """Have `make(*arguments)` called."""


def in_order(
    pool: Pool, make: Callable[[Batch], Ready], batches: Iterable[Batch], lost: Callable[[BaseException], None]
) -> Iterator[Ready]:
    """Yield what `make` makes of each batch, in their order; no more than two for each worker are ahead.

    What a worker's death takes away is made here; `lost` is told of it.
    """
    ahead: deque[tuple[Batch, Future | None]] = deque()
    for batch in batches:
        ahead.append((batch, _submitted(pool, make, batch)))
        if len(ahead) > 2 * pool.width:
            yield _made(*ahead.popleft(), make, lost)
    while ahead:
        yield _made(*ahead.popleft(), make, lost)


def _submitted(pool: Pool, make: Callable[[Batch], Ready], batch: Batch) -> Future | None:
    try:
        return pool.submit(_packed, make, batch)
    except BrokenExecutor:
        return None


def _made(
    batch: Batch, future: Future | None, make: Callable[[Batch], Ready], lost: Callable[[BaseException], None]
) -> Ready:
    if future is None:
        return make(batch)
    try:
        data = future.result()
    except Exception as error:
        if not _is_death(error):
            raise
        lost(error)
        return make(batch)
    made: Ready = unpacked(data)
    return made


def _packed(make: Callable[[Batch], Ready], batch: Batch) -> bytes:
    return packed(make(batch))


def _is_death(error: Exception) -> bool:
    """Whether a worker went away, as against something that `make` raised."""
    return isinstance(error, BrokenExecutor) or type(error).__name__ in (
        "KilledWorker",
        "CancelledError",
        "FutureCancelledError",
        "CommClosedError",
    )


@contextmanager
def processes(count: int, warm_up: Callable[[], object]) -> Iterator[Pool]:
    """Be served by so many processes of this machine, which start at once and first of all `warm_up`.

    What is done in the block before anything is submitted goes on beside that.
    """
    # Spawned, not forked: threads of Prefect or of DuckDB may be running.
    with ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=partial(_begin, warm_up)) as executor:
        executor.submit(_started)
        yield _Processes(executor, count)


def _begin(warm_up: Callable[[], object]) -> None:
    os.nice(BEHIND)
    warm_up()


def _started() -> None:
    """Do nothing; an executor starts its processes with the first call."""


class _Processes:
    def __init__(self, executor: ProcessPoolExecutor, width: int) -> None:
        self._executor = executor
        self._width = width

    @property
    def width(self) -> int:
        return self._width

    def submit(self, make: Callable[..., Any], *arguments: Any) -> Future:
        return self._executor.submit(make, *arguments)


@contextmanager
def dask(address: str) -> Iterator[Pool]:
    """Be served by the workers of the Dask cluster whose scheduler has that address.

    Raises:
        UsageError: distributed is not installed, or no scheduler answers there.
    """
    try:
        from distributed import Client
    except ImportError:
        raise UsageError("--runner dask needs the package `distributed`: pip install 'bulletin[dask]'") from None
    try:
        client: Any = Client(address, timeout=DASK_WAIT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise UsageError(f"--address {address}: no Dask scheduler answers there: {error}") from error
    with client:
        yield _Dask(client)


class _Dask:
    def __init__(self, client: Any) -> None:
        self.client = client

    @property
    def width(self) -> int:
        threads: dict[str, int] = self.client.nthreads()
        return max(1, sum(threads.values()))

    def submit(self, make: Callable[..., Any], *arguments: Any) -> Future:
        # Not pure: what a call returns hangs on files, not on its arguments alone.
        future: Future = self.client.submit(make, *arguments, pure=False)
        return future
