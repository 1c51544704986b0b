"""A process that ingests at once, to be killed: `python -m tests.ingesting` imports everything and then forks.

It takes a JSON object a line (folder, warehouse), forks a process that ingests the folder in batches of two, and writes
lines: the process's id, the name of each step as it begins, and `ended`. No process of its own ever opens a warehouse.
"""

import gc
import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bulletin import pipeline
from bulletin.settings import Request

LONGEST = 120
"""Seconds after which an ingest is ended: a test must not wait for ever."""


def say(line: str) -> None:
    """Write a line that is read at once."""
    os.write(1, f"{line}\n".encode())


def announced(step: Callable[..., Any], *arguments: Any) -> Any:
    """Run a step after its name was written."""
    say(step.__name__)
    return step(*arguments)


def warm_up() -> None:
    """Import and compile what an ingest needs, by one that ends before it would open a warehouse."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.md"
        report.write_text("In December 2021 there were 1.032 billion internet users in China.", encoding="utf-8")
        request = Request((str(report),), warehouse=Path(folder) / "none.duckdb")
        documents = pipeline.read(pipeline.discover(request).new).documents
        checked = pipeline.check(pipeline.resolve(pipeline.extract(documents, request), request), request)
        assert len(checked.facts) == 1
    gc.collect()
    gc.freeze()


def main() -> None:
    """Fork an ingest for each line of standard input."""
    warm_up()
    say("ready")
    for line in sys.stdin:
        task = json.loads(line)
        request = Request((task["folder"],), warehouse=Path(task["warehouse"]), batch=2)
        child = os.fork()
        if not child:
            code = 1
            signal.alarm(LONGEST)
            try:
                pipeline.ingest(request, run=announced)
                code = 0
            finally:
                os._exit(code)
        say(str(child))
        _, status = os.waitpid(child, 0)
        say(f"ended {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    main()
