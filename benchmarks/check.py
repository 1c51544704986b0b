"""All quality rules over a million facts in one run, beside the same comparisons in plain SQL and row by row.

- ours: the facts indexed and every rule run as checks of the fact contract (pandera), from the frame in memory. Which
  numbers must be wrong is worked out afterwards and timed apart.
- sql: `check.sql`, the same comparisons as self-joins in DuckDB, on a table that is loaded already (loading is not
  counted). Comparisons and broken ones are counted and must be as many as ours.
- pandera row by row: a check of a pandas frame that is called for each row and looks its partners up in a dictionary,
  on a sample of the rows; its time is scaled to all.

The facts are made here, from a seed: half-yearly reports of hundreds of places in two editions and by two publishers,
series that grow, numbers rounded as reports print them, and a slip in one of ten thousand.
"""

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pandera.errors
import pandera.pandas as pa
import pyarrow
import pyarrow.parquet

from bulletin.localise import Network, localise
from bulletin.rows import fact_types
from schemas.catalogue import load_catalogue
from schemas.evaluate import Judged
from schemas.fact import fact_contract
from schemas.frames import DECIMAL
from schemas.rules import Rule, all_rules
from schemas.stated import Stated

SQL = Path(__file__).with_name("check.sql")
YEARS = range(2013, 2025)
APPLICATIONS = 12
DIMENSIONS = ("residence", "technology", "application")
Columns = dict[str, Any]


class Maker:
    """Collects facts as columns, a block of all areas at a time."""

    def __init__(self, areas: int, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.areas = np.array([f"place-{number:04}" for number in range(areas)], dtype=object)
        self.blocks: list[Columns] = []

    def state(self, values: Any, digits: int, **fields: str | None) -> None:
        """Add a fact of every area: its value, rounded to so many significant digits or, where 0, to tenths."""
        size = np.abs(values)
        unit = (
            np.full(len(size), 0.1) if digits == 0 else 10.0 ** (np.floor(np.log10(np.maximum(size, 1))) - digits + 1)
        )
        value = np.round(size / unit) * unit
        difference = fields["measure"] in ("change", "growth_rate")
        direction = np.where(values < 0, "down", "up") if difference else np.full(len(size), None)
        self.blocks.append(
            {
                "area": self.areas,
                "value": value,
                "lower": value - unit / 2,
                "upper": value + unit / 2,
                "direction": direction.astype(object),
                **{name: np.full(len(size), text, dtype=object) for name, text in fields.items()},
            }
        )

    def frame(self, rows: int) -> pd.DataFrame:
        """Return the first so many facts as the frame that rules see, a few of them slipped by a power of ten."""
        names = {name for block in self.blocks for name in block}
        columns = {
            name: np.concatenate([block.get(name, np.full(len(block["area"]), None)) for block in self.blocks])[:rows]
            for name in names
        }
        slipped = self.random.choice(len(columns["value"]), len(columns["value"]) // 10_000, replace=False)
        for name in ("value", "lower", "upper"):
            numbers = columns[name].astype(float)
            numbers[slipped] *= 10.0
            columns[name] = numbers
        columns["quote"] = np.char.mod("%.1f", columns["value"]).astype(object)
        columns["document"] = columns["document"] + "/" + columns["area"]
        types = fact_types(load_catalogue()) | dict.fromkeys(("publisher", "published"), pyarrow.string())
        arrays = {name: _array(columns.get(name), kind, len(columns["value"])) for name, kind in types.items()}
        frame: pd.DataFrame = pyarrow.table(arrays).to_pandas(types_mapper=pd.ArrowDtype)
        return frame


def _array(column: Any, kind: pyarrow.DataType, size: int) -> pyarrow.Array:
    if column is None:
        return pyarrow.nulls(size, kind)
    if kind == DECIMAL:
        return pyarrow.array(np.round(column, 4)).cast(DECIMAL, safe=False)
    return pyarrow.array(column, kind)


def make_facts(rows: int, seed: int) -> pd.DataFrame:
    """Return that many facts."""
    maker = Maker(-(-rows // (2 * len(YEARS) * 150)), seed)
    size, random = len(maker.areas), maker.random
    start = random.uniform(1e6, 1e9, size)
    pace = random.uniform(1.01, 1.06, size)
    urban = random.uniform(0.5, 0.8, size)
    shares = random.uniform(0.05, 0.95, (APPLICATIONS, size))
    for half in range(2 * len(YEARS)):
        for edition in ("zh", "en"):
            _report(maker, half, edition, (start, pace, urban, shares))
        _agency(maker, half, start * pace**half, urban)
    return maker.frame(rows)


def _report(maker: Maker, half: int, edition: str, truth: tuple[Any, Any, Any, Any]) -> None:
    start, pace, urban, shares = truth
    period, base = _period(half), _period(half - 2)
    fields = {"document": f"{period}-{edition}", "publisher": "office", "published": f"{period}-28"}
    now, before = start * pace**half, start * pace ** (half - 2)

    def series(indicator: str, unit: str, share: Any, **members: str) -> None:
        about = {**fields, "indicator": indicator, "period": period, **members}
        maker.state(now * share, 4, measure="level", unit=unit, **about)
        maker.state((now - before) * share, 4, measure="change", base_period=base, unit=unit, **about)
        maker.state(100 * (now / before - 1), 0, measure="growth_rate", base_period=base, unit="percent", **about)

    series("internet_users", "person", 1.0)
    series("internet_users", "person", urban, residence="urban")
    series("internet_users", "person", 1 - urban, residence="rural")
    for member, share in (("urban", urban), ("rural", 1 - urban)):
        about = {**fields, "indicator": "internet_users", "period": period, "residence": member}
        maker.state(100 * share, 0, measure="share", unit="percent", **about)
    for technology, share in ((None, 0.01), ("5g", 0.003), ("4g", 0.006)):
        members = {"technology": technology} if technology else {}
        series("mobile_base_stations", "base_station", share, **members)
        series("mobile_subscriptions", "subscription", 120 * share, **members)
    for number in range(APPLICATIONS):
        member = f"application_{number}"
        series("application_users", "person", shares[number], application=member)
        about = {**fields, "indicator": "application_usage_rate", "period": period, "application": member}
        maker.state(100 * shares[number], 0, measure="level", unit="percent", **about)
    revenue = {**fields, "indicator": "telecom_revenue", "measure": "level", "unit": "yuan"}
    maker.state(now * 500, 4, period=_half_year(half), **revenue)
    if half % 2:
        maker.state(now * 500 + start * pace ** (half - 1) * 500, 4, period=period[:4], **revenue)


def _agency(maker: Maker, half: int, now: Any, urban: Any) -> None:
    period = _period(half)
    fields = {"document": f"{period}-agency", "publisher": "agency", "published": f"{period}-30", "period": period}
    level = {**fields, "indicator": "internet_users", "measure": "level", "unit": "person"}
    maker.state(now, 3, **level)
    maker.state(now * urban, 3, residence="urban", **level)


def _period(half: int) -> str:
    return f"{YEARS[0] + half // 2}-{'12' if half % 2 else '06'}"


def _half_year(half: int) -> str:
    return f"{YEARS[0] + half // 2}-H{half % 2 + 1}"


def timed(work: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    """Return the least wall time of a few runs, and what the last one returned."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        result = work()
        taken.append(time.perf_counter() - start)
    return min(taken), result


def ours(frame: pd.DataFrame) -> tuple[Stated, list[Judged], dict[str, tuple[int, int]]]:
    """Return the indexed facts, what the rules judged, and for each rule how many it compared and found broken."""
    found: list[Judged] = []

    def sink(rule: Rule, judged: Any) -> None:
        found.extend(judged)

    stated = Stated(frame, load_catalogue())
    try:
        fact_contract(stated, all_rules(), sink).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        len(error.failure_cases)
    counts = {rule.id: (0, 0) for rule in all_rules()}
    for item in found:
        compared, broken = counts[item.rule.id]
        counts[item.rule.id] = compared + len(item.rows), broken + item.count(1)
    return stated, found, counts


def measure(file: Path, rounds: int) -> dict[str, Any]:
    """Return the time and memory of our checks of the facts in a file, in this process, and what they counted."""
    table = pyarrow.parquet.read_table(file)
    frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype)
    before = _peak()
    seconds, (stated, judged, counts) = timed(lambda: ours(frame), rounds)
    memory = _peak()
    localise_seconds, groups = timed(lambda: list(localise(Network(stated, judged))), 1)
    return {
        "ours_s": seconds,
        "localise_s": localise_seconds,
        "groups": len(groups),
        "facts_mb": before,
        "peak_mb": memory,
        "counts": counts,
    }


def in_process(frame: pd.DataFrame, rounds: int) -> dict[str, Any]:
    """Return what `measure` finds in a process of its own, whose memory is that of the checks alone."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "facts.parquet"
        pyarrow.parquet.write_table(pyarrow.Table.from_pandas(frame, preserve_index=False), file)
        command = [sys.executable, __file__, "--measure", str(file), "--rounds", str(rounds)]
        found: dict[str, Any] = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return found


def sql_statements() -> Mapping[str, str]:
    """Return the statements of check.sql by the rule that each is about."""
    parts = re.split(r"^-- rule: (\w+)\n", SQL.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def in_sql(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, int]]:
    """Return for each rule how many comparisons SQL made and found broken."""
    found: dict[str, tuple[int, int]] = {}
    for name, statement in sql_statements().items():
        if name == "prepare":
            connection.execute(statement)
        else:
            [(compared, broken)] = connection.execute(statement).fetchall()
            found[name] = int(compared), int(broken or 0)
    return found


def row_by_row(frame: pd.DataFrame, rows: int) -> float:
    """Return the time of a check that pandera calls for each of the first rows, scaled to all of them."""
    names = ("indicator", "area", "period", "base_period", "measure", *DIMENSIONS)
    plain = frame[["document", *names, "direction", "lower", "upper"]].astype(object).where(frame.notna(), None)
    known = {
        tuple(values[:-2]): (float(values[-2]), float(values[-1]))
        for values in plain[[*names, "lower", "upper"]].itertuples(index=False, name=None)
    }

    def holds(row: Any) -> bool:
        key = dict(zip(names, (row[name] for name in names), strict=True))
        low, high = float(row["lower"]), float(row["upper"])
        good = True
        for dimension in DIMENSIONS:
            if key[dimension] and row["measure"] == "level":
                whole = known.get(tuple((key | {dimension: None}).values()))
                good &= whole is None or low <= whole[1]
        if row["measure"] == "change":
            now = known.get(tuple((key | {"measure": "level", "base_period": None}).values()))
            then = key | {"measure": "level", "base_period": None, "period": key["base_period"]}
            before = known.get(tuple(then.values()))
            if now and before:
                good &= now[0] - before[1] <= high and now[1] - before[0] >= low
        return good

    sample = plain.head(rows)
    schema = pa.DataFrameSchema(checks=pa.Check(holds, element_wise=True))
    start = time.perf_counter()
    try:
        schema.validate(sample, lazy=True)
    except pandera.errors.SchemaErrors as error:
        len(error.failure_cases)
    return (time.perf_counter() - start) * len(frame) / len(sample)


def main() -> None:
    """Measure and print the table, or one JSON object with `--json`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sample", type=int, default=20_000, help="rows that are checked one by one")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)  # what a process is started with
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure, options.rounds)))
        return
    frame = make_facts(options.rows, options.seed)
    own = in_process(frame, options.rounds)
    counts = {name: tuple(pair) for name, pair in own.pop("counts").items()}
    connection = duckdb.connect()
    connection.register("given", pyarrow.Table.from_pandas(frame, preserve_index=False))
    connection.execute("CREATE TABLE facts AS SELECT row_number() OVER () - 1 AS id, * FROM given")
    sql_seconds, sql_counts = timed(lambda: in_sql(connection), options.rounds)
    figures = {
        "rows": len(frame),
        **own,
        "sql_s": sql_seconds,
        "vs_sql": own["ours_s"] / sql_seconds,
        "pandera_rowwise_s": row_by_row(frame, options.sample),
    }
    figures["vs_pandera_rowwise"] = own["ours_s"] / figures["pandera_rowwise_s"]
    different = {name: (counts[name], sql_counts[name]) for name in sql_counts if counts[name] != sql_counts[name]}
    if options.json:
        print(json.dumps(figures | {"counts": counts, "other_than_sql": different}))
        return
    print(f"{'rule':14} {'compared':>10} {'broken':>8}   in SQL")
    for name, (compared, broken) in counts.items():
        print(f"{name:14} {compared:10} {broken:8}   {sql_counts.get(name, 'not there')}")
    for name, value in figures.items():
        print(f"{name:20} {value:12.2f}")
    if different:
        print(f"other counts than SQL: {different}", file=sys.stderr)


def _peak() -> float:
    """Return the peak memory of this process so far, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return peak / 1e6


if __name__ == "__main__":
    main()
