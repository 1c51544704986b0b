"""How long a person waits: for `--help`, and for the samples ingested in the process, first and again.

Beside them the bare start of Python and the bare imports of the libraries, so that our own share shows.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent


def seconds(command: list[str], times: int) -> float:
    """Return the median wall time of the command."""
    taken = []
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")}
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True
        )
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    """Measure and print the table, or one JSON object with `--json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    python = [sys.executable]
    with tempfile.TemporaryDirectory() as folder:
        again = str(Path(folder) / "again.duckdb")
        ingest = [*python, "-m", "bulletin", "ingest", "raw", "--runner", "local", "--quiet", "--warehouse"]
        firsts = [seconds([*ingest, str(Path(folder) / f"{n}.duckdb")], 1) for n in range(options.times)]
        seconds([*ingest, again], 1)
        figures = {
            "python_s": seconds([*python, "-c", "pass"], options.times),
            "imports_s": seconds([*python, "-c", "import pandas, pandera.pandas, duckdb, pyarrow"], options.times),
            "help_s": seconds([*python, "-m", "bulletin", "--help"], options.times),
            "ingest_samples_s": statistics.median(firsts),
            "ingest_again_s": seconds([*ingest, again], options.times),
        }
    if options.json:
        print(json.dumps({name: round(value, 3) for name, value in figures.items()}))
        return
    for name, value in figures.items():
        print(f"{name:18} {value:7.3f}   x {value / figures['imports_s']:5.2f} of the bare imports")


if __name__ == "__main__":
    main()
