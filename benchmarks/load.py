"""How fast facts are loaded, beside a bare INSERT of the same rows and beside dlt, and how fast they are found again.

    python benchmarks/load.py [--facts 5000000] [--batches 100] [--json]

- ours: `bulletin.warehouse.load` of each batch: one transaction with documents, series, periods and facts, the file
  kept open as a run keeps it.
- bare: DuckDB's `INSERT ... SELECT` of the same Arrow tables, one transaction each, into a table of the same columns
  in a file that stays open.
- dlt: its duckdb destination, given the same rows as its resources usually yield them, as dictionaries (`vs_dlt`), and
  given the same Arrow tables, which it writes as Parquet and copies (`vs_dlt_arrow`). On a part of the facts, since its
  rate does not depend on their number.

Every way runs in a process of its own, so that peak memory is its own. Then the documents are ingested again,
unchanged, from real files (reading their bytes included), and a value is asked of `series`.
"""

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bulletin import pipeline
from bulletin.check import Checked
from bulletin.model import Document, Metadata
from bulletin.rows import fact_types
from bulletin.settings import Request
from bulletin.warehouse import Warehouse, kept_open, load
from schemas.catalogue import Catalogue, load_catalogue
from schemas.frames import DECIMAL

PER_DOCUMENT = 50
DLT_SHARE = {"dlt": 100, "dlt, Arrow": 10}
"""One in so many facts goes through dlt."""
DOCUMENTS = 1000
"""Files that are ingested again."""
PERIODS = [f"{year}-{month:02}" for year in range(1995, 2025) for month in range(1, 13)]
AREAS = [f"place-{number:03}" for number in range(300)]


def batch(catalogue: Catalogue, number: int, facts: int) -> pa.Table:
    """Return the facts of one batch, in the columns of the fact contract, from a seed."""
    random = np.random.default_rng(number)
    ids = [entry.id for entry in catalogue.indicators.values()]
    units = [entry.unit for entry in catalogue.indicators.values()]
    which = random.integers(0, len(ids), facts)
    drawn = random.integers(1_000, 1_000_000_000, facts)
    values = pa.array(drawn)
    quotes = pc.binary_join_element_wise(values.cast(pa.string()), "persons", " ")
    first = number * (facts // PER_DOCUMENT)
    member = pa.array(np.where(random.random(facts) < 0.3, "urban", None).tolist(), pa.string())
    known: dict[str, Any] = {
        "document": pa.array([f"raw/{first + at // PER_DOCUMENT}.txt" for at in range(facts)]),
        "position": pa.array(np.arange(facts) % PER_DOCUMENT, pa.int32()),
        "status": pa.array(["accepted"] * facts),
        "indicator": pa.array(ids).take(pa.array(which)),
        "area": pa.array(AREAS).take(pa.array(random.integers(0, len(AREAS), facts))),
        "period": pa.array(PERIODS).take(pa.array(random.integers(0, len(PERIODS), facts))),
        "measure": pa.array(["level"] * facts),
        "bound": pa.array(["exact"] * facts),
        "unit": pa.array(units).take(pa.array(which)),
        "value": values.cast(DECIMAL),
        "lower": pa.array(drawn - 500).cast(DECIMAL),
        "upper": pa.array(drawn + 500).cast(DECIMAL),
        "decimals": pa.array(np.zeros(facts), pa.int32()),
        "mention_unit": pa.array(units).take(pa.array(which)),
        "quote": quotes,
        "start": pa.array(np.arange(facts) * 20, pa.int64()),
        "end": pa.array(np.arange(facts) * 20 + 17, pa.int64()),
        "prefix": pc.binary_join_element_wise("It was stated for the place number", values.cast(pa.string()), " "),
        "suffix": pa.array([" in all."] * facts),
        "residence": member,
    }
    return pa.table({name: known.get(name, pa.nulls(facts, kind)) for name, kind in fact_types(catalogue).items()})


def documents(number: int, facts: int) -> tuple[Document, ...]:
    """Return the documents of one batch."""
    first = number * (facts // PER_DOCUMENT)
    return tuple(
        Document(
            key=f"raw/{at}.txt",
            sha256=hashlib.sha256(str(at).encode()).hexdigest(),
            metadata=Metadata(publisher=("CNNIC", "MIIT", "NBS")[at % 3], published=f"{2000 + at % 24}-02-25"),
            text="",
            blocks=(),
            tables=(),
            media_type="text/plain",
            encoding="utf-8",
        )
        for at in range(first, first + facts // PER_DOCUMENT)
    )


Load = Callable[[pa.Table, int], None]


def ours(folder: Path, catalogue: Catalogue, facts: int) -> Iterator[Load]:
    """Yield the way that Bulletin loads a batch."""

    def go(table: pa.Table, number: int) -> None:
        frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype)
        load(Checked(documents(number, facts), frame, ()), (), folder / "ours.duckdb", catalogue, "run")

    with kept_open(folder / "ours.duckdb"):  # as `bulletin ingest` keeps it during a run
        yield go


def bare(folder: Path, catalogue: Catalogue, facts: int) -> Iterator[Load]:
    """Yield a bare INSERT into a table of the same columns."""
    with duckdb.connect(str(folder / "bare.duckdb")) as connection:
        connection.register("incoming", batch(catalogue, 0, PER_DOCUMENT))
        connection.execute("CREATE TABLE fact AS FROM incoming LIMIT 0")

        def go(table: pa.Table, number: int) -> None:
            connection.register("incoming", table)
            connection.execute("INSERT INTO fact SELECT * FROM incoming")

        yield go


def through_dlt(folder: Path, catalogue: Catalogue, facts: int) -> Iterator[Load]:
    """Yield a run of dlt for each batch, as rows."""
    pipe = dlt_pipeline(folder, "rows")

    def go(table: pa.Table, number: int) -> None:
        pipe.run(table.to_pylist(), table_name="fact", write_disposition="append")

    yield go


def through_dlt_arrow(folder: Path, catalogue: Catalogue, facts: int) -> Iterator[Load]:
    """Yield a run of dlt for each batch, as Arrow tables."""
    pipe = dlt_pipeline(folder, "arrow")

    def go(table: pa.Table, number: int) -> None:
        pipe.run([table], table_name="fact", write_disposition="append")

    yield go


def dlt_pipeline(folder: Path, name: str) -> Any:
    """Return a pipeline of dlt into a DuckDB file of its own; it sends nothing home."""
    os.environ |= {"RUNTIME__DLTHUB_TELEMETRY": "false", "DLT_DATA_DIR": str(folder / name)}
    import dlt

    return dlt.pipeline(
        name,
        pipelines_dir=str(folder / name),
        destination=dlt.destinations.duckdb(str(folder / f"{name}.duckdb")),
        dataset_name="facts",
    )


WAYS: dict[str, Callable[[Path, Catalogue, int], Iterator[Load]]] = {
    "ours": ours,
    "bare": bare,
    "dlt": through_dlt,
    "dlt, Arrow": through_dlt_arrow,
}


def timed(way: str, folder: Path, facts: int, batches: int) -> dict[str, float]:
    """Load so many facts in so many batches; return facts a second and the peak of memory in MB."""
    catalogue = load_catalogue()
    size = facts // batches // PER_DOCUMENT * PER_DOCUMENT
    taken = 0.0
    for go in WAYS[way](folder, catalogue, size):
        for number in range(batches):
            table = batch(catalogue, number, size)
            start = time.perf_counter()
            go(table, number)
            taken += time.perf_counter() - start
        start = time.perf_counter()
    taken += time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"facts": size * batches, "rate": size * batches / taken, "peak_mb": peak}


def child(way: str, folder: Path, facts: int, batches: int) -> dict[str, Any]:
    """Run `timed` in a process of its own."""
    command = [sys.executable, __file__, "--way", way, "--folder", str(folder)]
    command += ["--facts", str(facts), "--batches", str(batches)]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        raise SystemExit(f"{way} failed:\n{result.stderr}")
    found: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    return found


def reingest(folder: Path) -> float:
    """Return milliseconds that an unchanged document costs, of a thousand in files with sidecars."""
    raw = folder / "raw"
    raw.mkdir()
    for number in range(DOCUMENTS):
        text = f"In December 2021 there were {number + 1} million internet users in China."
        (raw / f"{number}.txt").write_text(text)
        (raw / f"{number}.txt.yml").write_text("publisher: CNNIC\npublished: 2022-02-25\nlanguage: en\n")
    request = Request((str(raw),), warehouse=folder / "again.duckdb", report=folder / "report")
    pipeline.ingest(request)
    start = time.perf_counter()
    found = pipeline.discover(request)
    taken = time.perf_counter() - start
    if found.new or len(found.unchanged) != DOCUMENTS:
        raise SystemExit(f"{len(found.new)} documents are taken for new")
    return taken * 1000 / DOCUMENTS


def point_query(path: Path) -> float:
    """Return the median of milliseconds that one value of `series` takes, in an open warehouse."""
    times = []
    with Warehouse(path, read_only=True) as warehouse:
        for number in range(21):
            where = f"area = '{AREAS[number * 7]}' AND period = '{PERIODS[number * 11]}' AND members = ''"
            start = time.perf_counter()
            warehouse.rows(f"SELECT value, lower, upper FROM series WHERE indicator = 'internet_users' AND {where}")
            times.append(time.perf_counter() - start)
    return sorted(times)[len(times) // 2] * 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facts", type=int, default=5_000_000)
    parser.add_argument("--batches", type=int, default=100)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        print(json.dumps(timed(options.way, options.folder, options.facts, options.batches)))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        half = folder / "half"
        half.mkdir()
        found = {
            "bare": child("bare", folder, options.facts, options.batches),
            "ours": child("ours", folder, options.facts, options.batches),
            "ours, half of the batches": child("ours", half, options.facts // 2, options.batches // 2),
        }
        for way, share in DLT_SHARE.items():
            found[way] = child(way, folder, options.facts // share, max(options.batches // share, 1))
        figures = {
            "vs_bare": found["ours"]["rate"] / found["bare"]["rate"],
            "vs_dlt": found["ours"]["rate"] / found["dlt"]["rate"],
            "vs_dlt_arrow": found["ours"]["rate"] / found["dlt, Arrow"]["rate"],
            "memory_growth": found["ours"]["peak_mb"] / found["ours, half of the batches"]["peak_mb"],
            "reingest_ms_per_document": reingest(folder),
            "point_query_ms": point_query(folder / "ours.duckdb"),
        }
    if options.json:
        print(json.dumps(figures))
        return
    print(f"{'':28}{'facts':>10}{'facts/s':>12}{'peak MB':>10}")
    for way, row in found.items():
        print(f"{way:28}{row['facts']:>10,}{row['rate']:>12,.0f}{row['peak_mb']:>10,.0f}")
    for figure, value in figures.items():
        print(f"{figure:28}{value:>10.2f}")


if __name__ == "__main__":
    main()
