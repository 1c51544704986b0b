"""A warehouse of any earlier version is brought to this one in place, with nothing lost.

Each folder in `warehouses/` is such a warehouse, as `EXPORT DATABASE` wrote it, named after the last file of
`warehouse/ddl` that made it: two vintages of one report, one of whose numbers cannot be.
"""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from bulletin import decisions, pipeline
from bulletin.settings import Request
from bulletin.warehouse import Warehouse, make_ready
from bulletin.warehouse.tables import SQL, migrate
from schemas.catalogue import load_catalogue

EARLIER = sorted(folder for folder in (Path(__file__).parent / "warehouses").iterdir() if folder.is_dir())
NEW = "In June 2022 there were 1.051 billion internet users in China: 758 million urban and 293 million rural ones."


@pytest.fixture(params=EARLIER, ids=lambda folder: folder.name)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A warehouse of an earlier version."""
    path = tmp_path / "bulletin.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"IMPORT DATABASE '{request.param}'")
    return path


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    """Return what the query yields."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_every_stated_number_is_kept(old: Path) -> None:
    """All columns that the earlier version had say what they said."""
    what = (
        "SELECT observation_id, document_id, status, indicator, period, value, quote FROM fact_observation ORDER BY 1"
    )
    before = rows(old, what)
    make_ready(old, load_catalogue(), wait=1)
    assert rows(old, what) == before
    assert len(before) == 10


def test_facts_gain_their_series(old: Path) -> None:
    """Each resolved fact has a series, and `series` shows the later vintage's value."""
    make_ready(old, load_catalogue(), wait=1)
    assert rows(old, "SELECT count(*) FROM fact_observation ANTI JOIN dim_series USING (series_id)") == [(0,)]
    where = "indicator = 'internet_penetration_rate' AND measure = 'level'"
    assert rows(old, f"SELECT value, members, chosen_because FROM series WHERE {where}") == [(72.9, "", "the only one")]


def test_vintages_gain_their_dates(old: Path) -> None:
    """The first vintage is known from its release; the second, of other bytes and the same date, from its loading."""
    make_ready(old, load_catalogue(), wait=1)
    found = rows(
        old,
        "SELECT vintage, source, vintage_date::VARCHAR, vintage_date = loaded_at::DATE, vintage_until IS NULL, "
        "loaded_until IS NULL FROM dim_document ORDER BY vintage",
    )
    assert found[0] == (1, "Agency", "2022-02-25", False, False, False)
    assert found[1][:2] == (2, "Agency")
    assert found[1][3:] == (True, True, True)
    where = "WHERE indicator = 'internet_penetration_rate' AND measure = 'level'"
    assert rows(old, f"SELECT value FROM series_as_of(DATE '2022-12-31') {where}") == [(73.0,)]


def test_ingest_goes_on(old: Path, tmp_path: Path) -> None:
    """New reports are loaded beside the old ones, with keys that go on from theirs; issues can be decided."""
    report = tmp_path / "new.md"
    report.write_text(NEW, encoding="utf-8")
    pipeline.ingest(Request((str(report),), warehouse=old, report=tmp_path / "report"))
    assert rows(old, "SELECT max(document_id), max(load_id) FROM dim_document") == [(3, 3)]
    assert rows(old, "SELECT count(*), count(DISTINCT observation_id) FROM fact_observation") == [(13, 13)]
    with Warehouse(old) as warehouse:
        for row in warehouse.rows("SELECT DISTINCT finding FROM issue WHERE state = 'open'"):
            decisions.dismiss(warehouse, row["finding"], reason="long known")
    current = "document_id IN (SELECT document_id FROM current_document)"
    assert rows(old, f"SELECT DISTINCT status FROM fact_observation WHERE {current}") == [("accepted",)]


def test_each_file_is_run_once(tmp_path: Path) -> None:
    """A migration that has been run is not run again, and a new one is."""
    with duckdb.connect(str(tmp_path / "w.duckdb")) as connection:
        migrate(connection)
        migrate(connection)
        new = tmp_path / "999_later.sql"
        new.write_text("CREATE TABLE later (id BIGINT);")
        migrate(connection, [*sorted(SQL.glob("ddl/*.sql")), new])
        migrate(connection, [new])
        names = [name for (name,) in connection.execute("SELECT file FROM migration").fetchall()]
    assert names == [*(file.name for file in sorted(SQL.glob("ddl/*.sql"))), "999_later.sql"]


KILLED = """
import os, sys
from pathlib import Path
from bulletin.warehouse import Warehouse, prepare
from schemas.catalogue import load_catalogue

warehouse = Warehouse(Path(sys.argv[1]))
warehouse.connection.execute("BEGIN TRANSACTION")
prepare(warehouse, load_catalogue())
warehouse.connection.execute("COMMIT")
os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("folder", [None, *EARLIER], ids=lambda folder: folder.name if folder else "new")
def test_killed_before_the_checkpoint_it_opens(folder: Path | None, tmp_path: Path) -> None:
    """What a migration did is replayed from the log where the process died before it was written into the file."""
    path = tmp_path / "bulletin.duckdb"
    if folder:
        with duckdb.connect(str(path)) as connection:
            connection.execute(f"IMPORT DATABASE '{folder}'")
    subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert path.with_name(path.name + ".wal").is_file()
    assert rows(path, "SELECT count(*) FROM fact_observation") == [(10 if folder else 0,)]


def test_migration_that_fails_changes_nothing(old: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Killed or broken half-way, the warehouse is what it was."""
    broken = tmp_path / "sql"
    for kind in ("ddl", "views"):
        (broken / kind).mkdir(parents=True)
        for file in (SQL / kind).glob("*.sql"):
            (broken / kind / file.name).write_bytes(file.read_bytes())
    (broken / "ddl" / "999_broken.sql").write_text("SELECT no_such_column FROM load;")
    before = rows(old, "SELECT table_name, column_name FROM duckdb_columns() ORDER BY ALL")
    monkeypatch.setattr("bulletin.warehouse.tables.SQL", broken)
    with pytest.raises(duckdb.Error):
        make_ready(old, load_catalogue(), wait=1)
    assert rows(old, "SELECT table_name, column_name FROM duckdb_columns() ORDER BY ALL") == before
