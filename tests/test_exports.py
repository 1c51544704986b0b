"""Exports: each format read back by a tool of its own field, value by value; the same content, the same bytes."""

import csv
import json
import os
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow.dataset
import pytest

from bulletin.errors import UsageError, WarehouseError
from bulletin.exports import FORMATS, MANIFEST, Exported, export
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


def fill(folder: Path, names: list[str]) -> Path:
    """Return a warehouse into which the reports were loaded in this order."""
    for name in names:
        ingest(folder, report(folder / "in", TEXTS[name], name, licence="CC0-1.0"))
    return folder / "bulletin.duckdb"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a warehouse, and its export in all formats in `out`."""
    folder = tmp_path_factory.mktemp("filled")
    write(fill(folder, list(TEXTS)), folder / "out")
    return folder


def write(path: Path, folder: Path, formats: tuple[str, ...] = tuple(FORMATS), **options: object) -> Exported:
    """Export a warehouse."""
    names = {name: dimension.name for name, dimension in load_catalogue().dimensions.items()}
    with Warehouse(path, read_only=True) as warehouse:
        return export(warehouse, folder, formats, names=names, **options)


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return the bytes of each file."""
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def exact(folder: Path) -> list[Decimal]:
    """Return all values of `series`, exact and signed."""
    sql = (
        "SELECT CASE WHEN f.direction = 'down' THEN -f.value ELSE f.value END AS v "
        "FROM series JOIN fact_observation AS f USING (observation_id)"
    )
    return sorted(row["v"] for row in ask(folder, sql))


def test_sdmx_is_read_by_pysdmx(filled: Path) -> None:
    """Its structure message is valid by the schema of SDMX, its data fit the structure, and the values are those."""
    pysdmx = pytest.importorskip("pysdmx.io")
    reader = pytest.importorskip("pysdmx.io.csv.sdmx20.reader")  # of SDMX-CSV 2.0; `read_sdmx` takes all for 2.1
    message = pysdmx.read_sdmx(filled / "out" / "sdmx" / "structure.json", validate=True)
    [structure] = message.get_data_structure_definitions()
    [data] = reader.read((filled / "out" / "sdmx" / "series.csv").read_text(encoding="utf-8"))
    assert [column for column in data.data.columns if column != "ACTION"] == [c.id for c in structure.components]
    assert sorted(map(Decimal, data.data["OBS_VALUE"])) == exact(filled)
    assert not data.data.duplicated([dimension.id for dimension in structure.components.dimensions]).any()


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
    assert sorted(row["value"] for row in rows) == exact(filled)


def test_csv_on_the_web_is_read_by_csvw(filled: Path) -> None:
    """Its metadata describe each column; read by them, the values are the same decimals."""
    csvw = pytest.importorskip("csvw")
    group = csvw.TableGroup.from_file(filled / "out" / "csvw" / "csv-metadata.json")
    group.check_referential_integrity()
    [series] = [table for table in group.tables if str(table.url) == "series.csv"]
    assert sorted(row["value"] for row in series) == exact(filled)


def test_parquet_is_partitioned_by_indicator(filled: Path) -> None:
    """DuckDB and Arrow find the indicator in the folders' names, and the exact values in the files."""
    folder = filled / "out" / "parquet"
    with duckdb.connect() as connection:
        sql = f"SELECT value_exact FROM read_parquet('{folder}/**/*.parquet', hive_partitioning = true)"
        assert sorted(value for (value,) in connection.execute(sql).fetchall()) == exact(filled)
    table = pyarrow.dataset.dataset(folder, partitioning="hive").to_table(["indicator", "value"])
    assert set(table["indicator"].to_pylist()) == {
        row["i"] for row in ask(filled, "SELECT DISTINCT indicator AS i FROM series")
    }


def test_same_content_is_the_same_bytes(filled: Path, tmp_path: Path) -> None:
    """Loaded in another order, exported by another process with one thread: every byte is the same."""
    path = fill(tmp_path, sorted(TEXTS))
    code = (
        "import sys; from pathlib import Path; from bulletin.exports import FORMATS, export\n"
        "from bulletin.warehouse import Warehouse; from schemas.catalogue import load_catalogue\n"
        "names = {n: d.name for n, d in load_catalogue().dimensions.items()}\n"
        "with Warehouse(Path(sys.argv[1]), read_only=True) as w:\n"
        "    w.connection.execute('SET threads = 1'); export(w, Path(sys.argv[2]), tuple(FORMATS), names=names)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(path), str(tmp_path / "out")], check=True)
    ours = {name: said for name, said in bytes_of(tmp_path / "out").items() if "document" not in name}
    assert {
        name: said.replace(str(tmp_path).encode(), b"") for name, said in ours.items() if name.endswith(".csv")
    } == {
        name: said.replace(str(filled).encode(), b"")
        for name, said in bytes_of(filled / "out").items()
        if name in ours and name.endswith(".csv")
    }
    write(fill_again := filled / "bulletin.duckdb", tmp_path / "again")
    assert fill_again.is_file()
    assert bytes_of(tmp_path / "again") == bytes_of(filled / "out")


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


def test_foreign_files_are_never_touched(tmp_path: Path) -> None:
    """A folder that holds a file which no export wrote is refused by that file's name."""
    path = fill(tmp_path, ["june.md"])
    (tmp_path / "out" / "sdmx").mkdir(parents=True)
    mine = tmp_path / "out" / "sdmx" / "series.csv"
    mine.write_text("mine")
    with pytest.raises(UsageError, match=r"sdmx/series\.csv; name an empty folder"):
        write(path, tmp_path / "out")
    assert mine.read_text() == "mine"


@pytest.mark.parametrize("said", ["[]", "{", '{"files": 3}'])
def test_foreign_manifest_is_refused(tmp_path: Path, said: str) -> None:
    """A manifest that is none of ours is told, and nothing is written."""
    path = fill(tmp_path, ["june.md"])
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / MANIFEST).write_text(said)
    with pytest.raises(UsageError, match="no manifest of an export"):
        write(path, tmp_path / "out")


def test_manifest_leads_nowhere_else(tmp_path: Path) -> None:
    """A manifest that names files outside of the export's folders has none of them taken away."""
    path = fill(tmp_path, ["june.md"])
    (tmp_path / "precious").write_text("mine")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / MANIFEST).write_text(json.dumps({"files": {"../precious": "0", "sdmx/../../precious": "0"}}))
    write(path, tmp_path / "out")
    assert (tmp_path / "precious").read_text() == "mine"


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
    exports.export(warehouse, Path(sys.argv[2]), tuple(exports.FORMATS))
"""


@pytest.mark.parametrize("moves", [0, 1, 5])
def test_killed_export_is_completed_by_the_next(tmp_path: Path, moves: int) -> None:
    """Killed at any move, the next export goes on: nothing is foreign to it, nothing is left over."""
    path = fill(tmp_path, ["june.md"])
    out = tmp_path / "out"
    done = subprocess.run([sys.executable, "-c", KILLED, str(path), str(out), str(moves)], check=False)
    assert done.returncode == -9
    write(path, out)
    write(path, tmp_path / "fresh")
    assert bytes_of(out) == bytes_of(tmp_path / "fresh")


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
    """What was published later is not in it."""
    ingest(tmp_path, report(tmp_path / "in", TEXTS["june.md"], "a.md", published="2022-08-31"))
    path = tmp_path / "bulletin.duckdb"
    assert write(path, tmp_path / "before", ("csvw",), as_of=date(2022, 8, 30)).rows == 0
    assert write(path, tmp_path / "after", ("csvw",), as_of=date(2022, 8, 31)).rows == 1


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
