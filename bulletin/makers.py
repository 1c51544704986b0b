"""Who makes batches ready to be checked: this process, others beside it, or the workers of a cluster."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from bulletin import parallel
from bulletin.model import Source
from bulletin.ready import Ready, Run, make_ready_to_check, warm_up
from bulletin.settings import BATCH, BATCH_BYTES, LARGE_BATCH, Request

MakeReady = Callable[[Iterable[Sequence[Source]]], Iterator[Ready]]


@contextmanager
def makers(request: Request, run: Run) -> Iterator[MakeReady]:
    """Start those whom the request asks for, and give the call that has batches made ready, in their order."""
    if not request.address and request.processes == 1:
        yield lambda batches: (run(make_ready_to_check, batch, request) for batch in batches)
        return
    make = partial(make_ready_to_check, request=request)
    pool = (
        parallel.dask(request.address)
        if request.address
        else parallel.processes(request.processes, partial(warm_up, request))
    )
    with pool as started:
        yield lambda batches: parallel.in_order(started, make, batches, _lost)


def _lost(error: BaseException) -> None:
    print(f"bulletin: a worker died ({type(error).__name__}); its batch is read by this process", file=sys.stderr)


def batches(sources: Sequence[Source], size: int) -> Iterator[tuple[Source, ...]]:
    """Yield the sources in batches of so many documents, 0 for as many as suit their number; fewer of large files."""
    size = size or min(LARGE_BATCH, max(BATCH, len(sources) // 20))
    batch: list[Source] = []
    held = 0
    for source in sources:
        batch.append(source)
        held += source.size
        if len(batch) == size or held >= BATCH_BYTES:
            yield tuple(batch)
            batch, held = [], 0
    if batch:
        yield tuple(batch)
