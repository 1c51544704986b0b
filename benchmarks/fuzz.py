"""How the time to read a text grows with it, for fragments that are hard to read, many times repeated.

    python benchmarks/fuzz.py            the fragments that are slow or grow faster than the text
    python benchmarks/fuzz.py --all      every fragment
    python benchmarks/fuzz.py --json     one JSON object

Each fragment is repeated to 250 and to 2,000 characters, which may be one sentence, and to 4,000 and 32,000, which is
cut into several. Eight times the text should take eight times as long. Where the short text is too quick to measure
there is no ratio. The last column is how much of the longest text is read in a second.
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

SIZES = {"sentence": 250, "document": 4_000}
"""Characters of the shorter text of each pair."""
TIMES = 8
FLOOR = 0.002
"""Seconds under which a time is noise."""
ENOUGH = 2.0
"""Seconds of the shorter text from which on the longer one is not worth the wait."""
STEEP, SLOW = 12.0, 20.0
"""Ratio, and KB/s, from which on a fragment is shown."""


def seconds(text: str, language: str, catalogue: Catalogue, rounds: int) -> float:
    """Return the least processor time that reading and resolving the text takes."""
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        facts(text, catalogue, "fuzz.md", language=language)
        taken.append(time.process_time() - start)
        if sum(taken) > ENOUGH:
            break
    return min(taken)


def measure(fragment: str, catalogue: Catalogue, rounds: int) -> dict[str, Any]:
    """Return the times of the fragment's texts, their ratios, and the speed at the longest that was read."""
    row: dict[str, Any] = {"fragment": fragment}
    language = language_of(fragment)
    for name, size in SIZES.items():
        text = fragment * max(1, size // len(fragment))
        short = seconds(text, language, catalogue, rounds)
        row[f"{name}_s"] = short
        if short > ENOUGH:
            row["kb_per_s"] = len(text.encode()) / 1000 / short
            break
        long = seconds(text * TIMES, language, catalogue, rounds)
        row[f"{name}_{TIMES}x_s"] = long
        row[f"{name}_ratio"] = long / short if short >= FLOOR else None
        row["kb_per_s"] = len(text.encode()) * TIMES / 1000 / long
    return row


def is_shown(row: dict[str, Any]) -> bool:
    """Whether the fragment grows faster than its text, or is slow."""
    ratios = [row.get(f"{name}_ratio") or 0 for name in SIZES]
    return max(ratios) > STEEP or row["kb_per_s"] < SLOW


def print_table(rows: list[dict[str, Any]]) -> None:
    """Print a line for each fragment: the two times and their ratio for each pair of texts, and the speed."""
    heads = "".join(f"{name + ' s':>12} {f'{TIMES}x':>8} {'ratio':>6}" for name in SIZES)
    print(f"{'fragment':<40}{heads} {'KB/s':>8}")
    for row in rows:
        line = f"{row['fragment']!a:<40}" if not row["fragment"].isprintable() else f"{row['fragment']!r:<40}"
        for name in SIZES:
            figures = (row.get(f"{name}_s"), row.get(f"{name}_{TIMES}x_s"), row.get(f"{name}_ratio"))
            short, long, ratio = (f"{figure:.4f}" if figure is not None else "-" for figure in figures)
            line += f"{short:>12} {long:>8} {ratio[:-3] if ratio != '-' else ratio:>6}"
        print(f"{line} {row['kb_per_s']:8.1f}")


def main() -> None:
    """Measure and print the table, or one JSON object with `--json`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--all", action="store_true", help="show every fragment")
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    catalogue = load_catalogue()
    for warm in ("users 1 million in 2021", "2021年网民1亿"):  # the first run makes the patterns
        seconds(warm, language_of(warm), catalogue, 1)
    rows = [measure(fragment, catalogue, options.rounds) for fragment in FRAGMENTS]
    if options.json:
        print(json.dumps({"fragments": rows, "steep": sum(map(is_shown, rows))}, ensure_ascii=False))
        return
    rows.sort(key=lambda row: -max(row.get(f"{name}_ratio") or 0 for name in SIZES))
    shown = rows if options.all else [row for row in rows if is_shown(row)]
    print_table(shown)
    print(f"{len(shown)} of {len(rows)} fragments shown")


if __name__ == "__main__":
    main()
