"""Reading documents in a process of its own, which is killed where a document takes too long, and started anew.

A hostile or damaged file may hang a library, fill the memory, or end the process that reads it. Here that costs one
document: it becomes a finding, and the next one is read by a new process.
"""

import os
import pickle
import select
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import IO, Any, BinaryIO, Self, cast

import bulletin
from bulletin.errors import BulletinError, ReaderError
from bulletin.limits import DEFAULTS, Limits, raise_it
from bulletin.messages import CONTENT, ERROR, LENGTH, READY, plain, send, unpacked, written
from bulletin.model import Document, Source
from bulletin.read import document

START_SECONDS = 60.0
"""How long a worker may take to start; on an idle machine it is less than a tenth of a second."""
END_SECONDS = 2.0
PIPE = 1 << 20
"""Bytes that a pipe holds, where the system lets us say so: most documents pass in one go."""
_PROGRAM = (sys.executable, "-P", "-m", "bulletin.worker_process")
"""-P: a module in the folder that one works in must not take the place of another."""


class Worker:
    """A process that reads documents, for as long as the `with` block lasts; it starts with the first of them.

    For one thread at a time; several workers may run side by side.
    """

    def __init__(self, limits: Limits = DEFAULTS) -> None:
        self.limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._lifeline: int | None = None
        """Our end of a pipe whose other end the process has: when this process is gone, it ends."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end(kill=kind is not None)

    @property
    def pid(self) -> int | None:
        """Id of the process; None where none runs."""
        return self._process.pid if self._process else None

    def read(self, source: Source) -> Document:
        """Return the document in the source's bytes.

        Raises:
            ReaderError: the bytes cannot be read, reading took too much time or memory, or ended the process.
            BulletinError: no worker can be started.
        """
        if source.problem:
            raise ReaderError(source.problem)
        try:
            self._send(replace(source, path=str(Path(source.path).absolute())))
            answer = self._answer(self.limits.read_seconds)
        except (_Gone, TimeoutError) as error:
            raise ReaderError(self._reason(error)) from None
        except BaseException:
            self._end(kill=True)  # an answer that nobody takes must not be taken for the next document's
            raise
        if answer[0] == CONTENT:
            return document(source, unpacked(answer[1]), str(answer[2]))
        if answer[0] == ERROR:
            raise ReaderError(str(answer[1]))
        raise ReaderError(self._reason(MemoryError()))

    def _send(self, source: Source) -> None:
        message = written(source)
        for _ in range(2):
            process = self._running()
            try:
                send(_file(process.stdin), message)
                return
            except BrokenPipeError:  # it ended between two documents, which is the fault of neither
                self._end(kill=True)
        raise BulletinError("the process that reads documents ends again as soon as it has started")

    def _running(self) -> subprocess.Popen[bytes]:
        """Return the process, which is started where there is none, or it has ended."""
        if self._process and self._process.poll() is None:
            return self._process
        self._end(kill=True)
        self._process = self._started()
        send(_file(self._process.stdin), written(self.limits))
        try:
            answer = self._answer(START_SECONDS)
        except (_Gone, TimeoutError) as error:
            self._end(kill=True)
            raise BulletinError(f"the process that reads documents cannot be started: {error}") from error
        if answer[0] != READY:
            raise BulletinError(f"the process that reads documents does not begin with {READY!r}: {answer[0]!r}")
        return self._process

    def _started(self) -> subprocess.Popen[bytes]:
        paths = [str(Path(bulletin.__file__).parent.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
        its_end, self._lifeline = os.pipe()
        try:
            return subprocess.Popen(
                [*_PROGRAM, str(its_end)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                bufsize=0,
                pipesize=PIPE,
                pass_fds=[its_end],
                env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
                start_new_session=True,  # Ctrl-C is for us to see to
            )
        finally:
            os.close(its_end)

    def _answer(self, seconds: float) -> tuple[Any, ...]:
        """Return the answer; raises TimeoutError where it takes more than so many seconds, _Gone where none comes."""
        if self._process is None:
            raise _Gone
        answers = _Answers(_file(self._process.stdout), time.monotonic() + seconds)
        (length,) = LENGTH.unpack(answers.read(LENGTH.size))
        if length > self.limits.read_memory:
            raise _Gone
        try:
            answer: tuple[Any, ...] = plain(answers.read(length))
        except (pickle.UnpicklingError, EOFError, ValueError, IndexError) as error:
            raise _Gone from error
        return answer

    def _reason(self, error: Exception) -> str:
        """Return why there is no answer, for a finding; the process is done with."""
        seconds = f"reading took more than {self.limits.read_seconds:g} s: {raise_it('read_seconds')}"
        memory = f"more than {self.limits.read_memory:,} bytes of memory"
        if isinstance(error, TimeoutError):
            self._end(kill=True)
            return seconds
        status = self._end(kill=False)
        if status == -signal.SIGXCPU:
            return seconds
        if isinstance(error, MemoryError):
            return f"reading needs {memory}: {raise_it('read_memory')}"
        how = signal.Signals(-status).name if status < 0 else f"exit code {status}"
        return (
            f"reading it ended the process that reads ({how}): it is damaged or hostile, or reading needs {memory}: "
            f"fetch it again, {raise_it('read_memory')}"
        )

    def _end(self, *, kill: bool) -> int:
        """End the process and return its exit code, as subprocess gives it: the negative number of a signal."""
        process, self._process = self._process, None
        lifeline, self._lifeline = self._lifeline, None
        try:
            return self._ended(process, kill=kill) if process else 0
        finally:
            if lifeline is not None:
                os.close(lifeline)

    def _ended(self, process: subprocess.Popen[bytes], *, kill: bool) -> int:
        _file(process.stdin).close()
        if kill:
            process.kill()
        try:
            status = process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        _file(process.stdout).close()
        return status


class _Gone(Exception):
    """The process has ended, or says what it never would."""


class _Answers:
    """The answers of a worker, read until a point in time."""

    def __init__(self, file: BinaryIO, until: float) -> None:
        self.file = file
        self.until = until
        self.poll = select.poll()
        self.poll.register(file, select.POLLIN)

    def read(self, length: int) -> bytes:
        """Return so many bytes; raises TimeoutError where they come too late, _Gone where the process has ended."""
        pieces = []
        while length:
            left = self.until - time.monotonic()
            if left <= 0 or not self.poll.poll(left * 1_000):
                raise TimeoutError("it takes too long")
            piece = os.read(self.file.fileno(), min(length, PIPE))
            if not piece:
                raise _Gone("it has ended")
            pieces.append(piece)
            length -= len(piece)
        return b"".join(pieces)


def _file(pipe: IO[bytes] | None) -> BinaryIO:
    """Return a pipe of the process, which always has them."""
    if pipe is None:
        raise AssertionError("the worker was started without pipes")
    return cast(BinaryIO, pipe)
