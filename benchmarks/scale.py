"""Whole pipeline over many documents: with one process, with two, and with a Dask cluster of two workers.

    python benchmarks/scale.py [--documents 10000] [--ten-times] [--json]

The documents are made here, from a seed: half-yearly notes in English and Chinese on many places, six facts each, with
sidecars. Every run is a process of its own into a new warehouse; where the time of that process goes is told by stage
(what others make ready beside it is no part of that), and what is done is said on standard error. `--ten-times` runs
ten times as many documents too, with two processes: that takes `growth_10x` times as long, 10 where time grows
linearly; the process that loads takes `memory_10x` times the memory. What Prefect adds is measured with a run of the
flow against a server of its own, over 10,000 documents at most.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

PER_FOLDER = 500
ORCHESTRATED = 10_000
"""Documents at most that go through Prefect."""
ENGLISH = """By the end of {month} {year}, {place} had {users:.2f} million internet users, {urban:.2f} million of them
urban and {rural:.2f} million rural. There were {stations:.1f} thousand 5G base stations, and fixed broadband
subscriptions reached {lines:.2f} million. In {year}, telecom revenue was {money:.1f} billion yuan.
"""
CHINESE = """截至{year}年{number}月，网民规模达{users:.2f}万人，其中城镇网民{urban:.2f}万人，农村网民{rural:.2f}万人。
5G基站达{stations:.0f}个，固定宽带接入用户{lines:.2f}万户。{year}年，电信业务收入{money:.1f}亿元。
"""


def make(folder: Path, count: int) -> None:
    """Write so many documents with their sidecars, from a seed."""
    import numpy as np

    random = np.random.default_rng(20261125)
    for at in range(count):
        place, half = divmod(at, 40)
        year, number = 2004 + half // 2, (6, 12)[half % 2]
        urban, rural = random.uniform(1, 9, 2)
        said = {
            "year": year,
            "number": number,
            "month": {6: "June", 12: "December"}[number],
            "place": f"Region {place}",
            "urban": round(urban, 2),
            "rural": round(rural, 2),
            "users": round(urban, 2) + round(rural, 2),
            "stations": random.uniform(10, 90),
            "lines": random.uniform(1, 5),
            "money": random.uniform(10, 99),
        }
        english = at % 2 == 0
        file = folder / f"{at // PER_FOLDER:04}" / f"{at:06}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text((ENGLISH if english else CHINESE).format(**said), encoding="utf-8")
        day = f"{year + number // 12}-{'02' if number == 12 else '08'}-20"
        about = f"publisher: Office {place % 30}\npublished: {day}\narea: Region {place}\n"
        file.with_name(f"{file.name}.yml").write_text(about, encoding="utf-8")


def timed(raw: Path, warehouse: Path, processes: int, address: str) -> dict[str, Any]:
    """Ingest the folder; return documents, seconds, seconds by stage, facts, and the peak of memory in MB."""
    from bulletin import pipeline, ready
    from bulletin.settings import Request

    stages: dict[str, float] = defaultdict(float)

    def watched(step: Callable[..., Any]) -> Callable[..., Any]:
        def timed_step(*arguments: Any, **options: Any) -> Any:
            start = time.perf_counter()
            try:
                return step(*arguments, **options)
            finally:
                stages[step.__name__] += time.perf_counter() - start

        return timed_step

    for module, names in (
        (ready, ("read", "extract", "resolve")),
        (pipeline, ("discover", "check", "load", "report", "publish")),
    ):
        for name in names:
            setattr(module, name, watched(getattr(module, name)))
    request = Request((str(raw),), warehouse=warehouse, processes=processes, address=address)
    start = time.perf_counter()
    outcome = pipeline.ingest(request)
    seconds = time.perf_counter() - start
    summary = outcome.report["summary"]
    return {
        "documents": summary["documents"],
        "accepted": summary["accepted"],
        "seconds": seconds,
        "stages": stages,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "peak_worker_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }


def child(raw: Path, folder: Path, name: str, *options: str) -> dict[str, Any]:
    """Run `timed` in a process of its own."""
    say(f"ingesting {raw.name} with {' '.join(options) or '1 process'}")
    command = [sys.executable, __file__, "--raw", str(raw), "--warehouse", str(folder / f"{name}.duckdb"), *options]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        raise SystemExit(f"{name} failed:\n{result.stderr[-3000:]}")
    found: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    return found


def say(what: str) -> None:
    """Say what is being done."""
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def with_dask(raw: Path, folder: Path) -> dict[str, Any]:
    """Run with a cluster of two workers."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        return child(raw, folder, "dask", "--address", cluster.scheduler_address)


def orchestration(raw: Path, folder: Path, count: int) -> float:
    """Return the share of a run's time that Prefect takes, over so many documents; its server runs already."""
    some = folder / "some"
    some.mkdir()
    for part in sorted(raw.iterdir())[: max(1, count // PER_FOLDER)]:
        (some / part.name).symlink_to(part)
    home = folder / "prefect"
    environment = {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": "WARNING",
    }
    code = (
        "import json, sys, time\nfrom pathlib import Path\n"
        "from prefect.testing.utilities import prefect_test_harness\nfrom bulletin import pipeline\n"
        "from bulletin.settings import Request\nfrom flows.ingest import run\n"
        "raw, folder = Path(sys.argv[1]), Path(sys.argv[2])\n"
        "parts = tuple(str(part.resolve()) for part in raw.iterdir())\n"
        "def seconds(ingest, name):\n"
        "    start = time.perf_counter()\n"
        "    ingest(Request(parts, warehouse=folder / name))\n"
        "    return time.perf_counter() - start\n"
        "with prefect_test_harness(server_startup_timeout=120):\n"
        "    seconds(run, 'warm.duckdb')\n"
        "    print(json.dumps([seconds(pipeline.ingest, 'bare.duckdb'), seconds(run, 'prefect.duckdb')]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(some), str(folder)],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        cwd=Path(__file__).parent.parent,
    )
    if done.returncode:
        raise SystemExit(f"the flow failed:\n{done.stderr[-3000:]}")
    bare, with_prefect = json.loads(done.stdout.splitlines()[-1])
    return float(max(0.0, 1 - bare / with_prefect))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--ten-times", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--raw", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--warehouse", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--processes", type=int, default=1, help=argparse.SUPPRESS)
    parser.add_argument("--address", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.raw:
        print(json.dumps(timed(options.raw, options.warehouse, options.processes, options.address)))
        return
    with tempfile.TemporaryDirectory() as name, nullcontext(Path(name)) as folder:
        raw = folder / f"{options.documents} documents"
        make(raw, options.documents)
        found = {
            "1 process": child(raw, folder, "one"),
            "2 processes": child(raw, folder, "two", "--processes", "2"),
            "Dask, 2 workers": with_dask(raw, folder),
        }
        say("ingesting with and without Prefect")
        figures = {
            "speedup_2_workers": found["1 process"]["seconds"] / found["2 processes"]["seconds"],
            "speedup_dask": found["1 process"]["seconds"] / found["Dask, 2 workers"]["seconds"],
            "orchestration_share": orchestration(raw, folder, min(options.documents, ORCHESTRATED)),
        }
        if options.ten_times:
            more = folder / f"{10 * options.documents} documents"
            make(more, 10 * options.documents)
            small, large = found["2 processes"], child(more, folder, "more", "--processes", "2")
            found["2 processes, ten times"] = large
            figures["growth_10x"] = large["seconds"] / small["seconds"]
            figures["memory_10x"] = large["peak_mb"] / small["peak_mb"]
    if options.json:
        print(json.dumps(figures))
        return
    print(f"{'':22}{'documents':>10}{'facts':>9}{'seconds':>9}{'docs/s':>8}{'MB':>7}{'MB worker':>10}   time goes to")
    for way, row in found.items():
        parts = ", ".join(f"{stage} {100 * taken / row['seconds']:.0f}%" for stage, taken in row["stages"].items())
        print(
            f"{way:22}{row['documents']:>10,}{row['accepted']:>9,}{row['seconds']:>9.1f}"
            f"{row['documents'] / row['seconds']:>8.1f}{row['peak_mb']:>7.0f}{row['peak_worker_mb']:>10.0f}   {parts}"
        )
    for figure, value in figures.items():
        print(f"{figure:22}{value:>10.2f}")


if __name__ == "__main__":
    main()
