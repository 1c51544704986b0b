"""Everything on this machine in one command: Prefect's server, the deployments of `prefect.yaml`, and a worker.

    python -m flows.serve [--port 4200] [--limit 1]

It listens on loopback only, sends nothing anywhere, and ends all that it started when it is ended (Ctrl-C, SIGTERM).
"""

import argparse
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from types import FrameType

POOL = "bulletin"
START = 180.0
"""Seconds that the server may take to start; the first time it makes its database."""
END = 20.0
"""Seconds that a process may take to end before it is killed."""


class _EndedError(Exception):
    """Somebody asked for an end."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until ended; return 0, or 1 where a part of it did not start or died."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=4200, help="of the server (4200)")
    parser.add_argument("--limit", type=int, default=1, help="runs at a time (1)")
    options = parser.parse_args(arguments)
    address = f"http://127.0.0.1:{options.port}"
    os.environ |= {
        "PREFECT_API_URL": f"{address}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    for number in (signal.SIGTERM, signal.SIGINT):  # a shell has what it starts in the background ignore the latter
        signal.signal(number, _end)
    running: list[subprocess.Popen[bytes]] = []
    try:
        running.append(_start("server", "start", "--host", "127.0.0.1", "--port", str(options.port)))
        _wait_for(f"{address}/api/health", running[0])
        _do("work-pool", "create", POOL, "--type", "process", "--overwrite")
        _do("deploy", "--all", "--prefect-file", "prefect.yaml")
        running.append(_start("worker", "start", "--pool", POOL, "--type", "process", "--limit", str(options.limit)))
        print(f"bulletin: serving at {address}; what runs when: bulletin schedule; Ctrl-C ends it", flush=True)
        while all(process.poll() is None for process in running):
            time.sleep(0.5)
    except (KeyboardInterrupt, _EndedError):
        return 0
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"bulletin: {error}", file=sys.stderr)
        return 1
    finally:
        _stop(running)
    print("bulletin: the server or the worker ended by itself; its last words stand above", file=sys.stderr)
    return 1


def _end(number: int, frame: FrameType | None) -> None:
    raise _EndedError


def _start(*words: str) -> "subprocess.Popen[bytes]":
    """Start a part in a group of its own: Ctrl-C is for this process, which ends the parts in their order."""
    return subprocess.Popen([sys.executable, "-m", "prefect", *words], start_new_session=True)


def _do(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "prefect", "--no-prompt", *words], check=True, stdin=subprocess.DEVNULL)


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    """Wait until the server answers; raises OSError where it ended or takes too long."""
    deadline = time.monotonic() + START
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.5)
    why = "ended" if server.poll() is not None else f"did not answer within {START:.0f} seconds"
    raise OSError(f"Prefect's server {why}: {address}. Is the port taken? --port names another")


def _stop(running: "list[subprocess.Popen[bytes]]") -> None:
    """End the parts, the last one first; a run that the worker is in the middle of is ended with it."""
    for process in reversed(running):
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.wait(END)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


if __name__ == "__main__":
    sys.exit(main())
