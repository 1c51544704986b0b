"""Exports: each format read back by a tool of its own field, value by value; the same content, the same bytes."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from contextlib import chdir
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.dataset
import pytest

from bulletin.errors import UsageError, WarehouseError
from bulletin.exports import FORMATS, MANIFEST, Exported, export
from bulletin.exports.folder import STAGING, opened
from bulletin.warehouse import Warehouse
from schemas.catalogue import load_catalogue
from tests.findings import ask, ingest, report

pytestmark = pytest.mark.filterwarnings("ignore")  # of the readers, which are not ours to mend

TEXTS = {
    "users.md": "By December 2021, China had 1.032 billion internet users, 748 million of them urban and 284 million "
    "rural, an increase of 42.96 million over December 2020. The internet penetration rate was 73.0 percent.",
    "june.md": "In June 2022 there were nearly 1.051 billion internet users in China.",
    "year.md": "In 2021, online retail sales reached 13.1 trillion yuan, up 14.1% year on year. In the first half of "
    "2022, mobile data traffic was 124 billion GB.",
    "india.md": "At the end of March 2023, there were 881 million internet users in India.",
}


def given(name: str) -> Path:
    """Write one of the reports, and return it under a name that no folder shows in."""
    return report(Path("in"), TEXTS[name], name, licence="CC0-1.0")


def fill(folder: Path, names: list[str]) -> Path:
    """Return a warehouse into which the reports were loaded in this order, each in a load of its own."""
    with chdir(folder):
        for name in names:
            ingest(folder, given(name))
    return folder / "bulletin.duckdb"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a warehouse, and its export in all formats in `out`."""
    folder = tmp_path_factory.mktemp("filled")
    with chdir(folder):
        ingest(folder, *map(given, TEXTS))
    write(folder / "bulletin.duckdb", folder / "out")
    return folder


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with one report."""
    return fill(tmp_path_factory.mktemp("single"), ["june.md"])


def write(path: Path, folder: Path, formats: tuple[str, ...] = tuple(FORMATS), **options: object) -> Exported:
    """Export a warehouse."""
    names = {name: dimension.name for name, dimension in load_catalogue().dimensions.items()}
    with Warehouse(path, read_only=True) as warehouse:
        return export(warehouse, folder, formats, names=names, **options)


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return the bytes of each file."""
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


SERIES = """
SELECT s.*, k.base_months, f.decimals, d.document, d.source, d.vintage_date, p.frequency,
    CASE WHEN f.direction = 'down' THEN -f.value ELSE f.value END AS value_exact,
    CASE WHEN f.direction = 'down' THEN -f.upper ELSE f.lower END AS lower_exact,
    CASE WHEN f.direction = 'down' THEN -f.lower ELSE f.upper END AS upper_exact
FROM series AS s JOIN fact_observation AS f USING (observation_id) JOIN dim_series AS k ON k.series_id = s.series_id
JOIN dim_document AS d ON d.document_id = f.document_id JOIN dim_period AS p ON p.period = s.period
"""
TEXT = ("indicator", "members", "area", "period", "measure", "unit", "base_period", "bound", "chosen_because", "quote")
TEXT += ("document", "source", "frequency", "residence", "technology", "application")
WHOLE = ("base_months", "decimals", "documents", "sources", "series_id")
DATES = ("end_date", "vintage_date")


def stated(folder: Path) -> dict[Any, dict[str, Any]]:
    """Return every row of `series` by its key, with exact values."""
    return {(row["series_id"], row["period"]): row for row in ask(folder, SERIES)}


def as_asked(rows: Iterable[Mapping[str, Any]]) -> dict[Any, dict[str, Any]]:
    """Return rows that a reader of CSV gave as `series` has them: an empty cell is null, but `members` is empty."""
    found = {}
    for row in rows:
        values = {name: row[name] or None for name in TEXT} | {"members": row["members"] or ""}
        values |= {name: None if row[name] in ("", None) else int(row[name]) for name in WHOLE}
        values |= {name: date.fromisoformat(str(row[name])[:10]) for name in DATES}
        values |= {
            f"{n}_exact": Decimal(row[n]) if row[n] not in ("", None) else None for n in ("value", "lower", "upper")
        }
        values["agreement"] = float(row["agreement"])
        found[values["series_id"], values["period"]] = values
    return found


def assert_same(found: Mapping[Any, Mapping[str, Any]], folder: Path) -> None:
    """Every value of every row is that of `series`."""
    asked = stated(folder)
    assert found.keys() == asked.keys()
    for key, row in found.items():
        assert row == {name: asked[key][name] for name in row}


def test_sdmx_is_read_by_pysdmx(filled: Path) -> None:
    """Its structure message is valid by the schema of SDMX, its data fit the structure, and the values are those."""
    pysdmx = pytest.importorskip("pysdmx.io")
    reader = pytest.importorskip("pysdmx.io.csv.sdmx20.reader")  # of SDMX-CSV 2.0; `read_sdmx` takes all for 2.1
    message = pysdmx.read_sdmx(filled / "out" / "sdmx" / "structure.json", validate=True)
    [structure] = message.get_data_structure_definitions()
    [data] = reader.read((filled / "out" / "sdmx" / "series.csv").read_text(encoding="utf-8"))
    assert [column for column in data.data.columns if column != "ACTION"] == [c.id for c in structure.components]
    assert sorted(map(Decimal, data.data["OBS_VALUE"])) == sorted(row["value_exact"] for row in stated(filled).values())
    assert not data.data.duplicated([dimension.id for dimension in structure.components.dimensions]).any()


def test_sdmx_data_have_their_structure(filled: Path) -> None:
    """Read together with the structure message, the data are of its dataflow, and each row is a row of `series`."""
    pysdmx = pytest.importorskip("pysdmx.io")
    [data] = pysdmx.get_datasets(filled / "out" / "sdmx" / "series.csv", filled / "out" / "sdmx" / "structure.json")
    assert (data.structure.agency, data.structure.id) == ("BULLETIN", "SERIES")
    with (filled / "out" / "sdmx" / "series.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(
            [r["INDICATOR"], r["REF_AREA"], r["MEASURE"], r["RESIDENCE"], r["BASE_LAG"], r["TIME_PERIOD"],
             Decimal(r["OBS_VALUE"]), r["OBS_STATUS"], Decimal(r["LOWER_BOUND"] or 0), r["COMMENT_OBS"]]
            for r in csv.DictReader(file)
        )  # fmt: skip
    assert rows == sorted(
        [r["indicator"], r["area"], r["measure"], r["residence"] or "_T",
         f"P{r['base_months']}M" if r["measure"] in ("change", "growth_rate") else "_Z",
         r["period"].replace("-H", "-S"), r["value_exact"], "A" if r["bound"] == "exact" else "E",
         r["lower_exact"] or 0, r["quote"]]
        for r in stated(filled).values()
    )  # fmt: skip


def test_sdmx_codes_are_listed(filled: Path) -> None:
    """Each code of the data stands in its code list, with an English and a Chinese name."""
    message = json.loads((filled / "out" / "sdmx" / "structure.json").read_text(encoding="utf-8"))
    lists = {
        one["id"].removeprefix("CL_"): {code["id"]: code["names"] for code in one["codes"]}
        for one in message["data"]["codelists"]
    }
    with (filled / "out" / "sdmx" / "series.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for concept, codes in lists.items():
                assert set(codes[row[concept]]) == {"en", "zh"}
    assert lists["INDICATOR"]["internet_users"]["zh"] == "网民规模"


def test_sdmx_periods_are_those_of_sdmx(filled: Path) -> None:
    """A half is S1, a year has four digits, a month stands behind a hyphen."""
    with (filled / "out" / "sdmx" / "series.csv").open(encoding="utf-8", newline="") as file:
        assert {row["TIME_PERIOD"] for row in csv.DictReader(file)} == {
            "2021-12",
            "2022-06",
            "2021",
            "2022-S1",
            "2023-03",
        }


def test_data_package_is_valid(filled: Path) -> None:
    """Frictionless finds every table sound: types, keys, references between tables."""
    frictionless = pytest.importorskip("frictionless")
    found = frictionless.validate(str(filled / "out" / "datapackage" / "datapackage.json"))
    assert found.valid, found.flatten(["title", "message"])
    rows = (
        frictionless.Package(str(filled / "out" / "datapackage" / "datapackage.json"))
        .get_resource("series")
        .read_rows()
    )
    assert_same(as_asked(rows), filled)


def test_csv_on_the_web_is_read_by_csvw(filled: Path) -> None:
    """Its metadata describe each column; read by them, the values are the same decimals."""
    csvw = pytest.importorskip("csvw")
    group = csvw.TableGroup.from_file(filled / "out" / "csvw" / "csv-metadata.json")
    group.check_referential_integrity()
    [series] = [table for table in group.tables if str(table.url) == "series.csv"]
    assert_same(as_asked(series), filled)


def without(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Return the row without some of its columns."""
    return {name: value for name, value in row.items() if name not in names}


def test_parquet_is_partitioned_by_indicator(filled: Path) -> None:
    """DuckDB and Arrow find the indicator in the folders' names, and the exact values in the files."""
    folder = filled / "out" / "parquet"
    with duckdb.connect() as connection:
        sql = f"FROM read_parquet('{folder}/**/*.parquet', hive_partitioning = true)"
        rows = connection.execute(sql).to_arrow_table().to_pylist()
    assert_same({(row["series_id"], row["period"]): without(row, "start_date") for row in rows}, filled)
    table = pyarrow.dataset.dataset(folder, partitioning="hive").to_table(["indicator", "value"])
    assert set(table["indicator"].to_pylist()) == {
        row["i"] for row in ask(filled, "SELECT DISTINCT indicator AS i FROM series")
    }


def test_same_content_is_the_same_bytes(filled: Path, tmp_path: Path) -> None:
    """Loaded in another order, exported by another process with one thread: every byte is the same."""
    path = fill(tmp_path, sorted(TEXTS, reverse=True))
    code = (
        "import sys; from pathlib import Path; from bulletin.exports import FORMATS, export\n"
        "from bulletin.warehouse import Warehouse; from schemas.catalogue import load_catalogue\n"
        "names = {n: d.name for n, d in load_catalogue().dimensions.items()}\n"
        "with Warehouse(Path(sys.argv[1]), read_only=True) as w:\n"
        "    w.connection.execute('SET threads = 1'); export(w, Path(sys.argv[2]), tuple(FORMATS), names=names)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(path), str(tmp_path / "out")], check=True)
    assert bytes_of(tmp_path / "out") == bytes_of(filled / "out")


def test_of_equals_the_first_by_name_is_chosen(tmp_path: Path) -> None:
    """Two documents of one day and precision that disagree: which is loaded first decides nothing."""
    texts = {"a.md": "In June 2022 there were 1.051 billion internet users in China.",
             "b.md": "In June 2022 there were 1.052 billion internet users in China."}  # fmt: skip
    chosen = []
    for place, order in (("one", ["a.md", "b.md"]), ("two", ["b.md", "a.md"])):
        folder = tmp_path / place
        folder.mkdir()
        with chdir(folder):
            for name in order:
                ingest(folder, report(Path("in"), texts[name], name, publisher=name))
        chosen += ask(folder, "SELECT quote, chosen_because FROM series")
    assert chosen[0] == chosen[1]
    assert chosen[0]["chosen_because"] == "first by name"


def test_only_what_is_different_is_written(tmp_path: Path) -> None:
    """A second export leaves alone the files that would be the same, and takes away those that are no more."""
    path = fill(tmp_path, ["users.md", "year.md"])
    write(path, tmp_path / "out")
    again = write(path, tmp_path / "out")
    assert again.written == again.removed == ()
    fill(tmp_path, ["june.md"])
    more = write(path, tmp_path / "out", ("parquet",))
    assert more.written == ("parquet/indicator=internet_users/part-0.parquet",)
    less = write(path, tmp_path / "out", ("parquet",), indicators=["internet_users"])
    assert "parquet/indicator=online_retail_sales/part-0.parquet" in less.removed
    assert sorted(p.name for p in (tmp_path / "out" / "parquet").iterdir()) == ["indicator=internet_users"]
    assert (tmp_path / "out" / "csvw" / "series.csv").is_file()


def test_foreign_files_are_never_touched(single: Path, tmp_path: Path) -> None:
    """A folder that holds a file which no export wrote is refused by that file's name."""
    (tmp_path / "out" / "sdmx").mkdir(parents=True)
    mine = tmp_path / "out" / "sdmx" / "series.csv"
    mine.write_text("mine")
    with pytest.raises(UsageError, match=r"sdmx/series\.csv; name an empty folder"):
        write(single, tmp_path / "out")
    assert mine.read_text() == "mine"


@pytest.mark.parametrize("said", ["[]", "{", '{"files": 3}'])
def test_foreign_manifest_is_refused(single: Path, tmp_path: Path, said: str) -> None:
    """A manifest that is none of ours is told, and nothing is written."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / MANIFEST).write_text(said)
    with pytest.raises(UsageError, match="no manifest of an export"):
        write(single, tmp_path / "out")


def test_manifest_leads_nowhere_else(single: Path, tmp_path: Path) -> None:
    """A manifest that names files outside of the export's folders has none of them taken away."""
    (tmp_path / "precious").write_text("mine")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / MANIFEST).write_text(json.dumps({"files": {"../precious": "0", "sdmx/../../precious": "0"}}))
    write(single, tmp_path / "out")
    assert (tmp_path / "precious").read_text() == "mine"


def test_links_are_foreign(single: Path, tmp_path: Path) -> None:
    """A link in the folder is not followed, whatever it leads to: what stands there is not replaced."""
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "series.csv").write_text("mine")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "sdmx").symlink_to(precious)
    with pytest.raises(UsageError, match="no export wrote: sdmx;"):
        write(single, tmp_path / "out", ("sdmx",))
    assert bytes_of(precious) == {"series.csv": b"mine"}


def test_changed_files_are_not_replaced(single: Path, tmp_path: Path) -> None:
    """A file of the export that a person wrote into is named, and kept; taken away, it is written anew."""
    write(single, tmp_path / "out", ("csvw",))
    file = tmp_path / "out" / "csvw" / "area.csv"
    file.write_text("mine")
    with pytest.raises(UsageError, match=r"were changed since: csvw/area\.csv"):
        write(single, tmp_path / "out", ("csvw",))
    assert file.read_text() == "mine"
    file.unlink()
    assert write(single, tmp_path / "out", ("csvw",)).written == ("csvw/area.csv",)


@pytest.mark.parametrize("name", [f"{STAGING}-notes/x", f"{STAGING}/x", f"{STAGING}/new/x"])
def test_what_looks_like_ours_is_foreign(single: Path, tmp_path: Path, name: str) -> None:
    """A file in a folder with a name like that of unfinished exports is not swept away."""
    file = tmp_path / "out" / name
    file.parent.mkdir(parents=True)
    file.write_text("mine")
    with pytest.raises(UsageError, match=re.escape(name)):
        write(single, tmp_path / "out", ("csvw",))
    assert file.read_text() == "mine"


def test_two_exports_wait_for_one_another(single: Path, tmp_path: Path) -> None:
    """While one export writes to a folder another one waits, and says so when it has waited long enough."""
    out = tmp_path / "out"
    with opened(out, FORMATS), pytest.raises(UsageError, match="another export writes to it"), opened(out, FORMATS, 0):
        pass
    threads = [threading.Thread(target=write, args=(single, out, ("csvw",))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert write(single, out, ("csvw",)).written == ()


KILLED = """
import os, sys
from pathlib import Path
from bulletin import exports
from bulletin.warehouse import Warehouse

replace, count = Path.replace, 0

def dies(self, target):
    global count
    count += 1
    if count > int(sys.argv[3]):
        os.kill(os.getpid(), 9)
    return replace(self, target)

Path.replace = dies
with Warehouse(Path(sys.argv[1]), read_only=True) as warehouse:
    exports.export(warehouse, Path(sys.argv[2]), ("csvw", "parquet"))
"""


def killed(path: Path, out: Path, moves: int) -> None:
    """Export by a process that dies before the next move of a file."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(path), str(out), str(moves)], check=False)
    assert done.returncode == -9


def test_killed_export_leaves_the_earlier_one(filled: Path, single: Path, tmp_path: Path) -> None:
    """Killed before all is written, nothing of the earlier export was touched."""
    out = tmp_path / "out"
    write(single, out)
    before = bytes_of(out)
    killed(filled / "bulletin.duckdb", out, 0)
    assert {name: said for name, said in bytes_of(out).items() if not name.startswith(STAGING)} == before


@pytest.mark.parametrize("moves", [1, 5])
def test_killed_export_is_completed_by_the_next(filled: Path, single: Path, tmp_path: Path, moves: int) -> None:
    """Killed in the middle of the move, the next export finishes it, also for the formats that it does not write."""
    out, path = tmp_path / "out", filled / "bulletin.duckdb"
    with Warehouse(single, read_only=True) as warehouse:
        export(warehouse, out, ("csvw", "parquet"))
    killed(path, out, moves)
    with Warehouse(path, read_only=True) as warehouse:
        export(warehouse, out, ("csvw",))
        export(warehouse, tmp_path / "fresh", ("csvw", "parquet"))
    assert bytes_of(out) == bytes_of(tmp_path / "fresh")


HOSTILE = [
    "=cmd|' /C calc'!A0", "+1-2|x!A", "@SUM(A1)", "＝1+1", "\t=x", "'=x", "+3.5%", "-5 points", "'quoted'", "a\r\nb",
    "a\nb", 'say "1,2"', '"', "nul\x00here", "\x1b[31m", "  spaces ", "NaN", "null", "1e5", "a,b;c",
]  # fmt: skip
_FORMULA = re.compile(r"^'+([=@＝＠\t\r]|[-+－＋].*[(|!])", re.DOTALL)


def test_hostile_quotes_are_kept(filled: Path, tmp_path: Path) -> None:
    """Lines, quotes, NUL and formulas in a quote: each reader finds every row and quote, but for what is replaced."""
    csvw, frictionless = pytest.importorskip("csvw"), pytest.importorskip("frictionless")
    pysdmx = pytest.importorskip("pysdmx.io")
    path = tmp_path / "bulletin.duckdb"
    shutil.copy(filled / "bulletin.duckdb", path)
    for start in range(0, len(HOSTILE), 6):
        with duckdb.connect(str(path)) as connection:
            ids = connection.execute("SELECT observation_id FROM series ORDER BY 1 LIMIT 6").fetchall()
            for (fact,), text in zip(ids, HOSTILE[start : start + 6], strict=False):
                connection.execute("UPDATE fact_observation SET quote = ? WHERE observation_id = ?", [text, fact])
        write(path, tmp_path / "out")
        asked = {key: row["quote"] for key, row in stated(tmp_path).items()}
        clean = {key: re.sub(r"[\x00\x1b]", "\ufffd", quote) for key, quote in asked.items()}
        package = frictionless.Package(str(tmp_path / "out" / "datapackage" / "datapackage.json"))
        group = csvw.TableGroup.from_file(tmp_path / "out" / "csvw" / "csv-metadata.json")
        for rows in (
            package.get_resource("series").read_rows(),
            next(table for table in group.tables if str(table.url) == "series.csv"),
        ):
            cells = {(row["series_id"], row["period"]): row["quote"] for row in rows}
            assert not any(re.match(r"[=@＝＠\t\r]|[-+－＋].*[(|!]", cell) for cell in cells.values())
            assert {key: cell[1:] if _FORMULA.match(cell) else cell for key, cell in cells.items()} == clean
        [data] = pysdmx.get_datasets(tmp_path / "out" / "sdmx" / "series.csv")
        assert len(data.data) == len(asked)
        with duckdb.connect() as connection:
            found = connection.execute(f"SELECT quote FROM read_parquet('{tmp_path}/out/parquet/**/*.parquet')")
            assert sorted(quote for (quote,) in found.fetchall()) == sorted(asked.values())


def test_hostile_text_is_text(tmp_path: Path) -> None:
    """A publisher whose name is a formula does not run in a spreadsheet."""
    file = report(tmp_path / "in", TEXTS["june.md"], "a.md", publisher='\'=HYPERLINK("x","y") a ""b""\'')
    ingest(tmp_path, file)
    write(tmp_path / "bulletin.duckdb", tmp_path / "out", ("csvw", "sdmx"))
    with (tmp_path / "out" / "csvw" / "document.csv").open(encoding="utf-8", newline="") as opened:
        [row] = csv.DictReader(opened)
    assert row["publisher"].startswith("'=HYPERLINK")


def test_empty_warehouse_exports_empty_tables(tmp_path: Path) -> None:
    """Nothing to export is no error: the tables have their columns, and the readers take them."""
    ingest(tmp_path, report(tmp_path / "in", "Nothing is counted here.", "a.md"))
    done = write(tmp_path / "bulletin.duckdb", tmp_path / "out")
    assert done.rows == 0
    frictionless = pytest.importorskip("frictionless")
    assert frictionless.validate(str(tmp_path / "out" / "datapackage" / "datapackage.json")).valid
    assert pyarrow.dataset.dataset(tmp_path / "out" / "parquet").count_rows() == 0


def test_export_as_of_a_day(tmp_path: Path) -> None:
    """What was published later is not in it, and its title says so."""
    ingest(tmp_path, report(tmp_path / "in", TEXTS["june.md"], "a.md", published="2022-08-31"))
    path = tmp_path / "bulletin.duckdb"
    assert write(path, tmp_path / "before", ("csvw",), as_of=date(2022, 8, 30)).rows == 0
    assert write(path, tmp_path / "after", as_of=date(2022, 8, 31)).rows == 1
    for file in ("csvw/csv-metadata.json", "datapackage/datapackage.json", "sdmx/structure.json"):
        assert "as known on 2022-08-31" in (tmp_path / "after" / file).read_text(encoding="utf-8")


def test_unknown_indicator_is_told_with_near_ones(filled: Path, tmp_path: Path) -> None:
    """A misspelt indicator is wrong usage; the message names those like it."""
    with pytest.raises(UsageError, match="internet_users"):
        write(filled / "bulletin.duckdb", tmp_path / "out", indicators=["internet_user"])


@pytest.mark.skipif(os.geteuid() == 0, reason="the system's administrator may write everywhere")
def test_folder_that_cannot_be_written_is_told(filled: Path, tmp_path: Path) -> None:
    """A folder without the right to write names itself and what to do."""
    tmp_path.chmod(0o500)
    with pytest.raises(WarehouseError, match="cannot be written"):
        write(filled / "bulletin.duckdb", tmp_path / "out")


def test_command_says_what_it_wrote(filled: Path, tmp_path: Path) -> None:
    """`bulletin export` writes all formats and counts the files."""
    command = [sys.executable, "-m", "bulletin.cli", "export", str(tmp_path / "out")]
    done = subprocess.run([*command, "--warehouse", str(filled / "bulletin.duckdb")], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "files written, 0 unchanged, 0 removed" in done.stdout
    assert sorted(p.name for p in (tmp_path / "out").iterdir() if p.is_dir()) == sorted(FORMATS)
