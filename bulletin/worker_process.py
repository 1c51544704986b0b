"""The process in which documents are read: `python -m bulletin.worker_process N`, started by `bulletin/worker.py`.

It takes sources from standard input one by one and answers each on standard output: with the content, or with why there
is none. It may take no more memory and time than it is told, and ends with the process that started it, in the midst of
reading too: N is a pipe that closes then. It imports the readers and nothing heavy, since it must start at once.
"""

import fcntl
import math
import os
import pickle
import resource
import select
import signal
import sys
from pathlib import Path
from typing import BinaryIO

from bulletin.errors import ReaderError
from bulletin.limits import Limits
from bulletin.messages import CONTENT, ERROR, LENGTH, MEMORY, READY, packed, send, written
from bulletin.model import Source
from bulletin.read import content_of
from bulletin.readers import readers

_STANDARD_OUTPUT, _STANDARD_ERROR = 1, 2


def main() -> None:
    """Answer sources until there are no more; the first message holds the limits."""
    requests, answers = sys.stdin.buffer, _take_output()
    first = _received(requests)
    if not first:
        return  # killed before it could say anything
    limits: Limits = pickle.loads(first)
    readers()
    _restrain(limits)
    _die_with_parent(int(sys.argv[1]))
    send(answers, written((READY,)))
    while message := _received(requests):
        source: Source = pickle.loads(message)
        _allow_seconds(limits.read_seconds)
        answer = _answer(source, limits)
        send(answers, answer)
        if answer == _OUT_OF_MEMORY:
            return  # nobody knows what state this process is in


_OUT_OF_MEMORY = written((MEMORY,))


def _answer(source: Source, limits: Limits) -> bytes:
    try:
        content, media_type = content_of(source, limits)
        return written((CONTENT, packed(content), media_type))
    except ReaderError as error:
        return written((ERROR, str(error)))
    except MemoryError:
        return _OUT_OF_MEMORY
    except RecursionError:
        return written((ERROR, "it is nested deeper than can be read"))
    except Exception as error:  # a reader's mistake must not end the run: it is a finding like any other
        return written((ERROR, f"the reader failed with {type(error).__name__} ({error}); please report it"))


def _received(requests: BinaryIO) -> bytes:
    """Return the next message, empty where there is none: the other side has ended."""
    head = requests.read(LENGTH.size)
    return requests.read(*LENGTH.unpack(head)) if len(head) == LENGTH.size else b""


def _take_output() -> BinaryIO:
    """Return standard output as a file of our own: what a library prints must not get among the answers."""
    answers = os.fdopen(os.dup(_STANDARD_OUTPUT), "wb", buffering=0)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), _STANDARD_OUTPUT)
    return answers


def _restrain(limits: Limits) -> None:
    """Set the limits that hold for the whole process, and send what libraries say as they die nowhere."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    status = Path("/proc/self/statm")
    if status.exists():  # macOS has no such file, and does not enforce the limit
        held = int(status.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        _lower(resource.RLIMIT_AS, held + limits.read_memory)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), _STANDARD_ERROR)


def _allow_seconds(seconds: float) -> None:
    """Let the system end the process after so many seconds of work more, should nobody else do."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime + seconds) + 1)


def _lower(limit: int, value: int) -> None:
    """Set a limit, as far as the one that cannot be passed allows."""
    _, most = resource.getrlimit(limit)
    resource.setrlimit(limit, (value if most == resource.RLIM_INFINITY else min(value, most), most))


def _die_with_parent(lifeline: int) -> None:
    """Let the end of a pipe in which nothing is ever written end this process at once, inside of a library too.

    The system says by SIGIO that the other side has gone, which ends a process that has not asked for it. (macOS does
    not say it; there the seconds do it.) Standard input would not do: the signal for a request that was written may
    come after the request was read.
    """
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([lifeline], [], [], 0)[0]:
        sys.exit()  # it has gone already


if __name__ == "__main__":
    main()
