"""How the time to read a text grows with it, for fragments that are hard to read, many times repeated.

    python benchmarks/fuzz.py            the fragments that are slow or grow faster than the text
    python benchmarks/fuzz.py --all      every fragment
    python benchmarks/fuzz.py --json     one JSON object

Each fragment is repeated to 250, 2,000 and 16,000 characters: the first two may be one sentence, the last is cut into
several. Eight times the text should take eight times as long; where the shorter text is too quick to measure there is
no ratio. The last column is how much of the longest text is read in a second.
"""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from schemas.catalogue import Catalogue, load_catalogue  # noqa: E402
from tests.nasty import FRAGMENTS, language_of  # noqa: E402
from tests.samples import facts  # noqa: E402

SIZES = (250, 2_000, 16_000)
"""Characters of the texts, each eight times the one before."""
FLOOR = 0.002
"""Seconds under which a time is noise."""
ENOUGH = 2.0
"""Seconds of a text from which on a longer one is not worth the wait."""
STEEP, SLOW = 12.0, 20.0
"""Ratio, and KB/s, from which on a fragment is shown."""


def seconds(text: str, language: str, catalogue: Catalogue, rounds: int = 1) -> float:
    """Return the least processor time that reading and resolving the text takes."""
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        facts(text, catalogue, "fuzz.md", language=language)
        taken.append(time.process_time() - start)
    return min(taken)


def measure(fragment: str, catalogue: Catalogue) -> dict[str, Any]:
    """Return the time of each of the fragment's texts, the ratio of each to the one before, and the speed."""
    taken: list[float] = []
    ratios: list[float | None] = []
    speed = 0.0
    for size in SIZES:
        text = fragment * max(1, size // len(fragment))
        # The short ones are quick to measure twice, and easily disturbed.
        taken.append(seconds(text, language_of(fragment), catalogue, 1 if size == SIZES[-1] else 2))
        speed = len(text.encode()) / 1000 / taken[-1]
        if len(taken) > 1:
            ratios.append(taken[-1] / taken[-2] if taken[-2] >= FLOOR else None)
        if taken[-1] > ENOUGH:
            break
    return {"fragment": fragment, "seconds": taken, "ratios": ratios, "kb_per_s": speed}


def worst(row: dict[str, Any]) -> float:
    """Return the highest ratio of the fragment."""
    return max((ratio for ratio in row["ratios"] if ratio), default=0.0)


def is_shown(row: dict[str, Any]) -> bool:
    """Whether the fragment grows faster than its text, or is slow."""
    return worst(row) > STEEP or row["kb_per_s"] < SLOW


def print_table(rows: list[dict[str, Any]]) -> None:
    """Print a line for each fragment: its times, how each grows from the one before, and the speed."""
    print(f"{'fragment':<44}{SIZES[0]:>9}" + "".join(f"{size:>9} ratio" for size in SIZES[1:]) + f"{'KB/s':>9}")
    for row in rows:
        line = f"{row['fragment']!r:<44}{row['seconds'][0]:9.4f}"
        for taken, ratio in zip(row["seconds"][1:], row["ratios"], strict=True):
            line += f"{taken:9.4f} " + (f"{ratio:5.1f}" if ratio else "    -")
        print(line + f"{row['kb_per_s']:9.1f}")


def main() -> None:
    """Measure and print the table, or one JSON object with `--json`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--all", action="store_true", help="show every fragment")
    options = parser.parse_args()
    catalogue = load_catalogue()
    for warm in ("users 1 million in 2021", "2021年网民1亿"):  # the first run makes the patterns
        seconds(warm, language_of(warm), catalogue)
    rows = [measure(fragment, catalogue) for fragment in FRAGMENTS]
    if options.json:
        print(json.dumps({"fragments": rows, "steep": sum(map(is_shown, rows))}, ensure_ascii=False))
        return
    rows.sort(key=worst, reverse=True)
    shown = rows if options.all else [row for row in rows if is_shown(row)]
    print_table(shown)
    print(f"{len(shown)} of {len(rows)} fragments shown")


if __name__ == "__main__":
    main()
