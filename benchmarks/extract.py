"""How fast stated numbers are found: bulletin with all of its resolution, beside its peers and a bare scan.

Each engine runs alone in a process of its own, over the same texts. Speed is kilobytes (1,000 bytes of UTF-8) a second
of processor time, which is that of one core; the best of all repeats. Models and the catalogue are loaded before. Peak
memory is the whole process's: Python, engine, texts. A ratio is of the times for all the texts that both engines read.
The numbers found are what each engine makes of a text: bulletin's are those that state a statistic.

`growth_100x` is bulletin's time for an article repeated 100 times in one document, over that for the article alone,
which is measured as 100 documents, as long a stretch. Work that grows with the text alone comes to 100.
"""

import argparse
import importlib.util
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
SUFFIX = ".docs.jsonl"
SECONDS = 1.0
"""How long the texts are repeated in one process, at least."""
TIMES = 100
"""How often the article is repeated to see how the time grows."""

Record = dict[str, Any]
Texts = dict[str, list[Record]]
Results = dict[str, dict[str, Any]]
"""What `measure` returns, by engine."""
Run = Callable[[], int]
"""Goes through the texts once, and returns how many numbers it found."""


def bulletin(file: Path) -> Run:
    """Return a run of extraction and resolution over documents built as `bulletin extract` builds them."""
    from bulletin.discover import discover
    from bulletin.extract import extract
    from bulletin.read import read
    from bulletin.resolve import resolve
    from schemas.catalogue import load_catalogue

    catalogue = load_catalogue()
    documents = [read(source) for source in discover([str(file)])]
    return lambda: sum(len(resolve(extract(document, catalogue), catalogue).facts) for document in documents)


def quantulum3(file: Path) -> Run:
    """Return a run of quantulum3, without the classifier that tells units of one name apart and takes longer.

    It is given whole texts, as all are; its time grows faster than the text, so that single sentences are read faster.
    """
    from quantulum3 import classifier, parser

    classifier.USE_CLF = False
    texts = [record["text"] for record in read_jsonl(file)]
    return lambda: sum(len(parser.parse(text)) for text in texts)


def recognizers(file: Path) -> Run:
    """Return a run of Recognizers-Text: numbers, percentages, currencies, dimensions and ages, in the text's language.

    Its models do not know of one another: several of them may find the same number.
    """
    from ms_recognizers_number import NumberRecognizer
    from ms_recognizers_number_with_unit import NumberWithUnitRecognizer

    records = read_jsonl(file)
    culture = {"en": "en-us", "zh": "zh-cn"}[records[0]["language"]]
    numbers, units = NumberRecognizer(culture), NumberWithUnitRecognizer(culture)
    models = [numbers.get_number_model(), numbers.get_percentage_model()]
    models += [units.get_currency_model(), units.get_dimension_model(), units.get_age_model()]
    return lambda: sum(len(model.parse(record["text"])) for record in records for model in models)


def scan(file: Path) -> Run:
    """Return a run of one regular expression: digits and the words that scale them, and nothing of what they say."""
    pattern = re.compile(
        r"\d+(?:,\d{3})*(?:\.\d+)?"
        r"(?:\s*(?:%|percent(?:age points?)?|thousand|million|billion|trillion|个?百分点|[百千万亿]+))?"
    )
    texts = [record["text"] for record in read_jsonl(file)]
    return lambda: sum(1 for text in texts for _ in pattern.finditer(text))


ENGINES = {engine.__name__: engine for engine in (bulletin, quantulum3, recognizers, scan)}
PEERS = {"quantulum3": "quantulum3", "recognizers": "ms_recognizers_number_with_unit"}
"""Engines that are not ours, and the module of each."""
ENGLISH_ONLY = {"quantulum3"}


def read_jsonl(file: Path) -> list[Record]:
    """Return the records of a JSON Lines file."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def find_texts() -> Texts:
    """Return the texts by name, of one language each: the corpus beside the project, else the samples in raw/."""
    if CORPUS.is_dir():
        return {name: read_jsonl(CORPUS / (name + SUFFIX)) for name in ("seed", "en_dev", "zh_dev")}
    texts: Texts = {"raw_en": [], "raw_zh": []}
    for file in sorted(ROOT.glob("raw/*/*/*-??.*")):
        if file.suffix in {".md", ".txt"}:
            language = file.stem[-2:]
            record = {"doc_id": file.stem, "language": language, "text": file.read_text(encoding="utf-8")}
            texts[f"raw_{language}"].append(record)
    return texts


def growth_texts(texts: Texts) -> Texts:
    """Return the first texts, joined to one article, repeated as documents of their own and as one document."""
    article = "\n\n".join(record["text"] for record in next(iter(texts.values())))
    apart = [{"doc_id": n, "language": "en", "text": article} for n in range(TIMES)]
    return {"apart": apart, "joined": [apart[0] | {"text": "\n\n".join([article] * TIMES)}]}


def kilobytes(records: list[Record]) -> float:
    """Return the length of the texts."""
    return sum(len(record["text"].encode()) for record in records) / 1000


def measure(engine: str, files: list[Path]) -> dict[str, Any]:
    """Return the least processor time and the numbers found for each file, and the peak memory of this process."""
    seconds, found = {}, {}
    for file in files:
        name, run = file.name.removesuffix(SUFFIX), ENGINES[engine](file)
        taken: list[float] = []
        while len(taken) < 2 or sum(taken[1:]) < SECONDS:  # the first run warms up
            start = time.process_time()
            found[name] = run()
            taken.append(time.process_time() - start)
        seconds[name] = min(taken)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return {"seconds": seconds, "found": found, "peak_mb": peak / 1e6}


def in_process(engine: str, texts: Texts) -> dict[str, Any]:
    """Return what the engine measures in a process of its own, which is told files alone."""
    with tempfile.TemporaryDirectory() as folder:
        files = {Path(folder, name + SUFFIX): records for name, records in texts.items()}
        for file, records in files.items():
            file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        command = [sys.executable, "-W", "ignore", __file__, "--measure", engine, *map(str, files)]
        result: dict[str, Any] = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return result


def best(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the runs as one: the least time for each of the texts."""
    return runs[0] | {"seconds": {name: min(run["seconds"][name] for run in runs) for name in runs[0]["seconds"]}}


def run_all(texts: Texts, rounds: int) -> tuple[Results, float]:
    """Return the measurements of each engine that is installed, and the growth of bulletin's time.

    The engines take turns, so that a busy moment of the machine does not meet one of them alone.
    """
    english = {name: records for name, records in texts.items() if records[0]["language"] == "en"}
    installed = [name for name in ENGINES if name not in PEERS or importlib.util.find_spec(PEERS[name])]
    for name in (name for name in PEERS if name not in installed):
        print(f"{name} is not installed and left out; `make bench` installs it from locks/bench.txt", file=sys.stderr)
    turns: list[Results] = []
    growths = []
    for _ in range(rounds):
        turns.append({name: in_process(name, english if name in ENGLISH_ONLY else texts) for name in installed})
        growths.append(in_process("bulletin", growth_texts(texts)))
    long = best(growths)["seconds"]
    return {name: best([turn[name] for turn in turns]) for name in installed}, TIMES * long["joined"] / long["apart"]


def ratio(results: Results, other: str) -> float | None:
    """Return how many times as fast as the other bulletin is; None where the other is not installed."""
    if other not in results:
        return None
    theirs, ours = results[other]["seconds"], results["bulletin"]["seconds"]
    return float(sum(theirs.values()) / sum(ours[name] for name in theirs))


def print_table(results: Results, texts: Texts, growth: float) -> None:
    """Print a line for each engine and its texts."""
    if not CORPUS.is_dir():
        print("The corpus does not stand beside the project; these are the samples in raw/.")
    print(f"{'engine':<12} {'texts':<8} {'KB':>6} {'numbers':>8} {'KB/s':>9} {'x bulletin':>11} {'peak MB':>8}")
    for engine, result in results.items():
        for name, seconds in result["seconds"].items():
            size, ours = kilobytes(texts[name]), results["bulletin"]["seconds"][name]
            figures = f"{size:6.1f} {result['found'][name]:8} {size / seconds:9.1f} {ours / seconds:11.2f}"
            print(f"{engine:<12} {name:<8} {figures} {result['peak_mb']:8.1f}")
    print(f"bulletin takes {growth:.1f} times as long for one document {TIMES} times as long")


def main() -> None:
    """Measure and print the table, or one JSON object with `--json`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--measure", nargs="+", help=argparse.SUPPRESS)  # what a process is started with
    options = parser.parse_args()
    if options.measure:
        engine, *files = options.measure
        print(json.dumps(measure(engine, [Path(file) for file in files])))
        return
    texts = find_texts()
    results, growth = run_all(texts, options.rounds)
    if not options.json:
        print_table(results, texts, growth)
        return
    figures: dict[str, Any] = {f"vs_{name}": ratio(results, name) for name in ENGINES if name != "bulletin"}
    figures["growth_100x"] = growth
    figures["kb_per_s"] = {
        engine: {name: kilobytes(texts[name]) / seconds for name, seconds in result["seconds"].items()}
        for engine, result in results.items()
    }
    figures["peak_mb"] = {engine: result["peak_mb"] for engine, result in results.items()}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
