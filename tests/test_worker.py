"""The process that reads documents: what it answers, what it may not take, and how it ends."""

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from bulletin import messages
from bulletin.discover import discover
from bulletin.errors import ReaderError
from bulletin.limits import Limits
from bulletin.model import Source
from bulletin.read import read
from bulletin.worker import Worker

RAW = Path(__file__).parent.parent / "raw"
WIDE = Limits(characters=100_000_000)
"""So much that a text may take seconds to read."""
LINUX = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not enforce it")


def source(path: Path, data: bytes = b"5 million") -> Source:
    path.write_bytes(data)
    return discover([str(path)])[0]


@pytest.fixture
def good(tmp_path: Path) -> Source:
    """A report of one line."""
    return source(tmp_path / "good.txt")


@pytest.fixture
def slow(tmp_path: Path) -> Source:
    """A text of three million lines, which takes seconds to read."""
    return source(tmp_path / "slow.txt", b"a\n" * 3_000_000)


@pytest.fixture
def stuck(tmp_path: Path) -> Source:
    """A page that a library takes seconds to read, in which no other code of the process comes to its turn."""
    return source(tmp_path / "stuck.html", b"<p " + b" ".join(b"a%d=1" % n for n in range(1_800_000)) + b">")


def eventually(holds: Callable[[], bool], seconds: float = 10.0) -> bool:
    until = time.monotonic() + seconds
    while not holds() and time.monotonic() < until:
        time.sleep(0.01)
    return holds()


def has_ended(pid: int) -> bool:
    """Whether there is no such process, or nothing of it but its exit code."""
    try:
        os.kill(pid, 0)
        status = Path(f"/proc/{pid}/stat")
        return status.exists() and status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
    except (ProcessLookupError, FileNotFoundError):
        return True


def test_a_worker_reads_as_this_process_does() -> None:
    """Every sample is the same document, whoever reads it."""
    sources = discover([str(RAW)])
    with Worker(WIDE) as worker:
        assert [worker.read(item) for item in sources] == [read(item) for item in sources]


def test_one_process_reads_many_documents(good: Source) -> None:
    """A worker starts with the first document, stays for the others, and ends with the block."""
    with Worker(WIDE) as worker:
        assert worker.pid is None
        worker.read(good)
        pid = worker.pid
        assert pid
        worker.read(good)
        assert worker.pid == pid
    assert has_ended(pid)


def test_a_request_that_comes_early_ends_nothing(good: Source) -> None:
    """A request, or the signal that the system may send for it, may come while another one is answered."""
    with Worker() as worker:
        worker.read(good)
        for _ in range(200):
            worker._send(good)
        assert {worker._answer(10.0)[0] for _ in range(200)} == {messages.CONTENT}


def test_what_cannot_be_read(tmp_path: Path, good: Source) -> None:
    """What a reader refuses is refused with the reader's own words, by a process that reads on."""
    bad = source(tmp_path / "a.csv", b'a,b\n"x,1\n')
    with Worker(WIDE) as worker:
        with pytest.raises(ReaderError, match="that opens in row 2 is never closed"):
            worker.read(bad)
        pid = worker.pid
        assert worker.read(good).text == "5 million"
        assert worker.pid == pid


def test_a_known_problem_needs_no_process() -> None:
    """A source that is known to be unreadable starts no worker."""
    with Worker(WIDE) as worker, pytest.raises(ReaderError, match=r"^it is a pipe$"):
        worker.read(Source(key="k", path="k", sha256="", problem="it is a pipe"))
    assert worker.pid is None


def test_too_much_time(slow: Source, good: Source) -> None:
    """A document that takes too long is given up with the limit named, and the next one is read."""
    with Worker(replace(WIDE, read_seconds=0.3)) as worker:
        start = time.monotonic()
        with pytest.raises(ReaderError, match=r"reading took more than 0\.3 s: raise `read_seconds` in bulletin\.toml"):
            worker.read(slow)
        assert time.monotonic() - start < 5
        assert worker.read(good).text == "5 million"


def test_too_much_time_in_a_library(stuck: Source, good: Source) -> None:
    """A library that does not come back is given up as well."""
    with Worker(replace(WIDE, read_seconds=0.3)) as worker:
        with pytest.raises(ReaderError, match=r"reading took more than 0\.3 s"):
            worker.read(stuck)
        assert worker.read(good).text == "5 million"


@LINUX
def test_too_much_memory(slow: Source, good: Source) -> None:
    """A document that needs too much memory is given up with the limit named, and the next one is read."""
    with Worker(replace(WIDE, read_memory=60_000_000)) as worker:
        with pytest.raises(ReaderError, match=r"more than 60,000,000 bytes of memory: .*raise `read_memory`"):
            worker.read(slow)
        assert worker.read(good).text == "5 million"


@LINUX
def test_too_much_memory_in_a_library(stuck: Source, good: Source) -> None:
    """A library that ends the process for want of memory costs its document, no more."""
    with Worker(replace(WIDE, read_memory=100_000_000)) as worker:
        with pytest.raises(ReaderError, match=r"more than 100,000,000 bytes of memory: .*raise `read_memory`"):
            worker.read(stuck)
        assert worker.read(good).text == "5 million"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
def test_killed_in_the_midst(slow: Source, good: Source, number: signal.Signals) -> None:
    """A document in whose midst the process is killed is told with the signal, and the next one is read."""
    with Worker(WIDE) as worker:
        worker.read(good)
        pid = worker.pid
        assert pid
        threading.Timer(0.3, os.kill, (pid, number)).start()
        with pytest.raises(ReaderError, match=f"reading it ended the process that reads .{number.name}.: it is"):
            worker.read(slow)
        assert worker.read(good).text == "5 million"
        assert worker.pid != pid


def test_killed_between_documents(good: Source) -> None:
    """A process that ends while it has nothing to do costs no document."""
    with Worker(WIDE) as worker:
        worker.read(good)
        pid = worker.pid
        assert pid
        os.kill(pid, signal.SIGKILL)
        assert eventually(lambda: has_ended(pid))
        assert worker.read(good).text == "5 million"


@pytest.mark.parametrize("kind", ["slow", "stuck"])
def test_its_parent_is_killed(kind: str, request: pytest.FixtureRequest) -> None:
    """Where the process that started it is killed, the worker ends at once, in the midst of a library too."""
    path = request.getfixturevalue(kind).path
    code = (
        "import sys, threading, time\nfrom bulletin.discover import discover\nfrom bulletin.limits import Limits\n"
        "from bulletin.worker import Worker\nworker = Worker(Limits(characters=100_000_000))\n"
        "(source,) = discover([sys.argv[1]])\n"
        "threading.Thread(target=worker.read, args=(source,), daemon=True).start()\n"
        "while worker.pid is None: time.sleep(0.01)\n"
        "time.sleep(0.5)\nprint(worker.pid, flush=True)\ntime.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        assert not has_ended(pid)
        parent.kill()
    assert eventually(lambda: has_ended(pid), 1.0)


def test_its_parent_is_killed_while_it_waits(tmp_path: Path) -> None:
    """A worker without work ends with its parent too."""
    code = (
        "import sys, time\nfrom bulletin.discover import discover\nfrom bulletin.worker import Worker\n"
        "worker = Worker()\nworker.read(discover([sys.argv[1]])[0])\nprint(worker.pid, flush=True)\ntime.sleep(60)"
    )
    path = source(tmp_path / "a.txt").path
    with subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        parent.kill()
    assert eventually(lambda: has_ended(pid), 1.0)


def test_workers_side_by_side(slow: Source, good: Source) -> None:
    """Each thread has a worker of its own; one that is given up does not concern the others."""

    def attempt(item: Source) -> str:
        with Worker(replace(WIDE, read_seconds=2)) as worker:
            try:
                return worker.read(item).text
            except ReaderError as error:
                return str(error)[:12]

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(attempt, [slow, good, slow, good]))
    assert found == ["reading took", "5 million", "reading took", "5 million"]


def test_interrupted(slow: Source, good: Source) -> None:
    """Where somebody interrupts the reading, its late answer is not taken for that of the next document."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        with Worker(WIDE) as worker:
            worker.read(good)
            signal.setitimer(signal.ITIMER_REAL, 0.3)
            with pytest.raises(KeyboardInterrupt):
                worker.read(slow)
            assert worker.read(good).text == "5 million"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_the_folder_that_one_works_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, good: Source) -> None:
    """A module that lies in the folder that one works in is not taken for one of the library's."""
    (tmp_path / "csv.py").write_text("raise SystemExit(3)", encoding="utf-8")
    (tmp_path / "bulletin.py").write_text("raise SystemExit(3)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with Worker(WIDE) as worker:
        assert worker.read(good).text == "5 million"


def test_nothing_heavy_is_loaded() -> None:
    """The worker's program imports none of the large libraries: it must start at once."""
    heavy = ("pandas", "numpy", "pandera", "duckdb", "pyarrow", "prefect", "rich", "yaml", "turbohtml", "opencc")
    code = f"import sys, bulletin.worker_process\nprint([name for name in {heavy} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_an_answer_that_is_no_plain_value() -> None:
    """An answer that would run something here is not believed: a hostile file may have taken the worker over."""
    with pytest.raises(pickle.UnpicklingError, match="system is no plain value"):
        messages.plain(b"cposix\nsystem\n(S'true'\ntR.")
