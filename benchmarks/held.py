"""How long the check of a small batch takes beside a large warehouse: facts that it must agree with are fetched first.

    python benchmarks/held.py [--facts 200000] [--json]

The warehouse is made of synthetic releases of one country: every indicator of the catalogue without members, and with
each of its members, in monthly periods, restated by release after release. The batch is twenty releases more.
"""

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa

from bulletin.check import check
from bulletin.model import Document, Mention, Metadata, Observation, Resolved
from bulletin.rows import fact_rows, fact_types
from bulletin.warehouse import held_facts, load, prepare
from bulletin.warehouse.store import Warehouse
from schemas.catalogue import Catalogue, load_catalogue
from schemas.concepts import Measure
from schemas.frames import table_of

PER_DOCUMENT = 100
PERIODS = [f"{year}-{month:02}" for year in range(2010, 2025) for month in range(1, 13)]
BATCH = 20
WHOLE = Decimal(5_040_000_000)


def cells(catalogue: Catalogue) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """Return indicators with the members that narrow them, one at a time."""
    found: list[tuple[str, tuple[tuple[str, str], ...]]] = []
    for indicator in catalogue.indicators.values():
        if catalogue.adds_up(indicator.id) and not indicator.ratio:
            found.append((indicator.id, ()))
            for name in indicator.dimensions:
                found += [(indicator.id, ((name, member),)) for member in catalogue.dimensions[name].members]
    return found


def value_of(members: tuple[tuple[str, str], ...], catalogue: Catalogue) -> Decimal:
    """Return a value with which parts make their whole, and no part is larger than another that holds it."""
    for dimension, member in members:
        sizes = [len(parts) for parts in catalogue.dimensions[dimension].partitions if member in parts]
        return WHOLE / (max(sizes) if sizes else 1000)
    return WHOLE


def releases(catalogue: Catalogue, count: int, first: int = 0) -> Iterator[Resolved]:
    """Yield documents of a hundred facts; the value of a cell is the same in every one."""
    every = cells(catalogue)
    for number in range(first, first + count):
        period = PERIODS[number * 7 % len(PERIODS)]
        facts = []
        for at in range(PER_DOCUMENT):
            indicator, members = every[(number * PER_DOCUMENT + at) % len(every)]
            value, half = value_of(members, catalogue), Decimal(500)
            mention = Mention(
                start=at * 20,
                end=at * 20 + 9,
                quote=f"{value:,f}",
                value=value,
                decimals=0,
                half_unit=half,
                unit=catalogue.indicators[indicator].unit,
                prefix="It was stated that there were ",
                suffix=" in all.",
            )
            facts.append(
                Observation(
                    mention=mention,
                    indicator=indicator,
                    members=members,
                    unit=catalogue.indicators[indicator].unit,
                    measure=Measure.LEVEL,
                    direction=None,
                    area="CN",
                    period=period,
                )
            )
        about = Metadata(publisher=("CNNIC", "MIIT", "NBS")[number % 3], published=f"{2025 + number // 4000}-01-01")
        yield Resolved(
            Document(
                key=f"raw/{number}.txt",
                sha256=f"{number:064x}",
                metadata=about,
                text="",
                blocks=(),
                tables=(),
                media_type="text/plain",
                encoding="utf-8",
            ),
            tuple(facts),
        )


def fill(path: Path, catalogue: Catalogue, facts: int) -> None:
    """Write the releases straight into the tables."""
    documents, rows = [], []
    for number, resolved in enumerate(releases(catalogue, facts // PER_DOCUMENT)):
        documents.append((number + 1, resolved.document))
        rows += [row | {"document_id": number + 1} for row in fact_rows(resolved)]
    with Warehouse(path) as warehouse:
        prepare(warehouse, catalogue)
        connection = warehouse.connection
        types = {**fact_types(catalogue), "document_id": pa.int64()}
        connection.register("incoming", table_of(rows, types))
        connection.execute(
            "INSERT INTO fact_observation BY NAME SELECT * EXCLUDE (document, mention_unit), 1 AS load_id FROM incoming"
        )
        connection.register(
            "documents",
            pa.table(
                {
                    "document_id": [number for number, _ in documents],
                    "document": [document.key for _, document in documents],
                    "sha256": [document.sha256 for _, document in documents],
                    "publisher": [document.metadata.publisher for _, document in documents],
                    "published": [document.metadata.published for _, document in documents],
                }
            ),
        )
        connection.execute(
            "INSERT INTO dim_document BY NAME SELECT *, publisher AS source, published::DATE AS vintage_date, "
            "now() AS loaded_at, 1 AS vintage, '' AS metadata_sha256, 'text/plain' AS media_type, "
            "2000 AS characters, 'loaded' AS status, 1 AS load_id FROM documents"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=200_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    catalogue = load_catalogue()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bulletin.duckdb"
        fill(path, catalogue, options.facts)
        batch = list(releases(catalogue, BATCH, first=options.facts // PER_DOCUMENT))
        check(batch, catalogue)  # what a first check imports and compiles is not measured
        start, spent = time.perf_counter(), time.process_time()
        held = held_facts(path, batch, catalogue)
        fetched = time.perf_counter()
        checked = check(batch, catalogue, held)
        judged = time.perf_counter()
        load(checked, [], path, catalogue, "benchmark")
        loaded, done = time.perf_counter(), time.process_time()
    found = {
        "facts": options.facts,
        "held": len(held.facts),
        "fetch_s": round(fetched - start, 2),
        "check_s": round(judged - fetched, 2),
        "load_s": round(loaded - judged, 2),
        "total_s": round(loaded - start, 2),
        "cpu_s": round(done - spent, 2),
        "issues": len(checked.issues),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "duckdb": duckdb.__version__,
    }
    print(json.dumps(found) if options.json else "\n".join(f"{name:>8} {value}" for name, value in found.items()))


if __name__ == "__main__":
    main()
