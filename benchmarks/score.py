"""How much of the gold facts is read, and what the working tree gains and loses, fact by fact, against main.

    python benchmarks/score.py              every split: scores here and at main's last commit, then each difference
    python benchmarks/score.py --errors 20  the first errors of each split besides
    python benchmarks/score.py --json       one JSON object

Where the working tree is what stands on main, it is compared with the commit before. The splits are the corpus beside
the project (`../shared/corpus`), where it is, and the project's own in `tests/gold`.
"""

import argparse
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.scoring import Split, levels, outcomes, read_lines, splits  # noqa: E402

LEVELS = ("value", "quantity", "fact")


def main() -> int:
    """Print the scores of every split and the differences."""
    options = _options()
    there = _other_revision(options.against)
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        _check_out(there, Path(folder))
        for split in splits():
            now, before = _extracted(split, ROOT), _extracted(split, Path(folder))
            found[split.name] = _compared(split, now, before)
    if options.json:
        print(json.dumps({"against": there, "splits": found}, ensure_ascii=False, indent=2))
    else:
        _show(found, there, options.errors)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--against", default="main", metavar="REVISION", help="commit to compare with (main)")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show the first errors of each split")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser.parse_args()


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def _other_revision(against: str) -> str:
    """Return the commit, or the one before it where nothing in the working tree differs from it."""
    same = not _git("status", "--porcelain") and _git("rev-parse", against) == _git("rev-parse", "HEAD")
    return _git("rev-parse", "--short", f"{against}~1" if same else against)


def _check_out(revision: str, folder: Path) -> None:
    archive = subprocess.run(["git", "archive", revision], cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder, filter="data")


def _extracted(split: Split, tree: Path) -> list[dict[str, Any]]:
    """Return what that tree's own `bulletin extract` reads in the split; nothing where it cannot."""
    command = [sys.executable, "-m", "bulletin", "extract", str(split.documents), "--format", "jsonl"]
    if split.catalogue:
        command += ["--catalogue", str(split.catalogue)]
    environment = os.environ | {"PYTHONPATH": str(tree)}
    run = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    return [json.loads(line) for line in run.stdout.splitlines()]


def _compared(split: Split, now: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    gold = read_lines(split.gold)
    here, there = outcomes(gold, now), outcomes(gold, before)
    differing = [key for key in dict.fromkeys([*here, *there]) if here.get(key) != there.get(key)]
    gains = [_line(key, there.get(key), here.get(key)) for key in differing if here.get(key, "") == "right"]
    losses = [_line(key, there.get(key), here.get(key)) for key in differing if there.get(key, "") == "right"]
    return {
        "now": levels(gold, now),
        "before": levels(gold, before),
        "gains": gains,
        "losses": losses,
        "errors": [_line(key, None, outcome) for key, outcome in here.items() if outcome != "right"],
    }


def _line(key: tuple[str, int, str], before: str | None, now: str | None) -> str:
    document, start, quote = key
    said = f"{before or 'not read'} -> {now or 'not read'}" if before is not None else str(now)
    return f"{document}@{start} {quote!r}: {said}"


def _show(found: Mapping[str, Any], there: str, errors: int) -> None:
    print(f"{'split':14} {'level':9} {'precision':>9} {'recall':>7} {'F1':>7}   F1 at {there}")
    for name, split in found.items():
        for level in LEVELS:
            now, before = split["now"][level], split["before"][level]
            print(
                f"{name:14} {level:9} {now['precision']:9.3f} {now['recall']:7.3f} {now['f1']:7.3f}"
                f"   {before['f1']:.3f} ({now['f1'] - before['f1']:+.3f})"
            )
    for name, split in found.items():
        for title, lines in _listed(split, errors):
            print(f"\n{name}: {len(lines)} {title}")
            print("\n".join(f"  {line}" for line in lines[: errors if title == "errors" else None]))


def _listed(split: Mapping[str, Any], errors: int) -> Iterator[tuple[str, Sequence[str]]]:
    yield from ((title, split[title]) for title in ("gains", "losses") if split[title])
    if errors and split["errors"]:
        yield "errors", split["errors"]


if __name__ == "__main__":
    sys.exit(main())
