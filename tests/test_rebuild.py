"""A rebuild replays what was received and decided, and says of every value whether it is the same."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from bulletin import cli, decisions, pipeline
from bulletin.rebuild import Rebuilt, rebuild
from bulletin.settings import Request
from bulletin.warehouse import Warehouse, snapshot_of
from schemas.catalogue import load_catalogue

USERS = (
    "In December {year} there were {all} million internet users in China: {urban} million urban and {rural} rural ones."
)
WRONG = "In December 2016 there were 731 million internet users in China: 530 million urban and 301 million rural ones."


@dataclass(frozen=True)
class Desk:
    """Reports, a catalogue's folder and the warehouse made of them."""

    place: Path

    @property
    def warehouse(self) -> Path:
        """The warehouse."""
        return self.place / "bulletin.duckdb"

    @property
    def request(self) -> Request:
        """An ingest of all reports."""
        return Request((str(self.place / "raw"),), self.warehouse, catalogues=(self.place / "mine",), batch=2)

    def write(self, name: str, text: str, published: str = "") -> Path:
        """Write a report, with its sidecar where it has a date."""
        file = self.place / "raw" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        if published:
            said = f"publisher: Agency\npublished: {published}\nlanguage: en\narea: CN\n"
            file.with_name(f"{name}.yml").write_text(said, encoding="utf-8")
        return file

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """Return what the warehouse answers."""
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def worked_on(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A warehouse as months of work leave it: loads at several times, a vintage read anew, a finding that was dismissed
    and one that was corrected, a document that the gate refused, one that cannot be read."""
    desk = Desk(tmp_path_factory.mktemp("desk"))
    (desk.place / "mine").mkdir()
    for year in (2013, 2014, 2015):
        urban, rural = 20 * year - 39800, 280
        said = USERS.format(year=year, all=urban + rural, urban=urban, rural=rural)
        desk.write(f"{year}.md", said, published=f"{year + 1}-01-20")
    desk.write("none.pdf", "%PDF-1.7 and no more")
    pipeline.ingest(desk.request)
    desk.write("2016.md", WRONG)
    desk.write("2017.md", WRONG.replace("2016", "2017").replace("301", "311"))
    pipeline.ingest(desk.request)
    with Warehouse(desk.warehouse) as warehouse:
        first, second = warehouse.rows(
            "SELECT DISTINCT finding, document FROM issue JOIN dim_document USING (document_id) "
            "WHERE rule = 'parts_sum' AND state = 'open' ORDER BY document"
        )
        decisions.dismiss(warehouse, first["finding"], reason="known")
        fact = warehouse.rows(
            "SELECT observation_id FROM fact_observation JOIN dim_document USING (document_id) "
            "WHERE document = ? AND quote LIKE '311%'",
            [second["document"]],
        )[0]["observation_id"]
        decisions.accept(
            warehouse,
            second["finding"],
            folder=desk.place / "mine",
            today=datetime.now(UTC).date(),
            value=Decimal(201_000_000),
            observation=fact,
        )
    load_catalogue.cache_clear()
    pipeline.ingest(replace(desk.request, paths=(str(desk.place / "raw" / "2017.md"),), again=True))
    desk.write("2018.md", WRONG.replace("2016", "2018").replace("301", "321"))
    pipeline.ingest(replace(desk.request, policy=replace(desk.request.policy, gate=True)))
    return desk


@pytest.fixture
def desk(worked_on: Desk, tmp_path: Path) -> Iterator[Desk]:
    """The same desk, to be changed: its documents keep their names, so that it is put back behind the test."""
    kept = tmp_path / "kept"
    shutil.copytree(worked_on.place, kept)
    yield worked_on
    load_catalogue.cache_clear()
    shutil.rmtree(worked_on.place)
    shutil.copytree(kept, worked_on.place)


def different(built: Rebuilt) -> dict[str, int]:
    """Return how many rows differ, by kind."""
    return {rows.kind: rows.different for rows in built.compared if rows.different}


def lines(built: Rebuilt, kind: str) -> tuple[str, ...]:
    """Return the differences of a kind."""
    return next(rows.lines for rows in built.compared if rows.kind == kind)


def test_rebuild_is_equal(worked_on: Desk) -> None:
    """Loads, vintages, decisions, corrections and refusals are replayed at their moments: every value and every key is
    the same, and nothing is left behind."""
    before = sorted(worked_on.place.iterdir())
    built = rebuild(worked_on.request)
    assert {rows.kind: rows.lines for rows in built.compared if rows.different} == {}
    assert built.equal
    assert (built.documents, built.loads, built.missing, built.waiting) == (8, 5, (), ())
    assert [rows.same > 0 for rows in built.compared] == [True] * 6
    assert sorted(worked_on.place.iterdir()) == before
    states = worked_on.rows("SELECT state, count(*) FROM issue WHERE rule = 'parts_sum' GROUP BY ALL ORDER BY ALL")
    assert states == [("closed", 1), ("dismissed", 1), ("open", 1)]


def test_replaced_by_an_equal_one(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """With --replace it takes the old one's place, which is kept; who has that open goes on reading; the moments of
    loads and decisions, and so what was known when, are as before."""
    moments = "SELECT load_id, run, loaded_at FROM load ORDER BY ALL"
    decided = "SELECT issue, state, who, reason, noted_at FROM issue_event WHERE who IS NOT NULL ORDER BY ALL"
    known = (
        "FROM series_as_loaded((SELECT loaded_at FROM load WHERE load_id = {}) + INTERVAL 1 SECOND) "
        "SELECT * EXCLUDE observation_id ORDER BY ALL"
    )
    before = [desk.rows(moments), desk.rows(decided), *(desk.rows(known.format(load)) for load in range(1, 6))]
    command = ["rebuild", str(desk.place / "raw"), "--warehouse", str(desk.warehouse), "--replace"]
    with duckdb.connect(str(snapshot_of(desk.warehouse)), read_only=True) as reader:
        assert cli.main([*command, "--catalogue", str(desk.place / "mine")]) == cli.OK
        assert reader.execute("SELECT count(*) FROM dim_document").fetchall() == [(8,)]
    assert [desk.rows(moments), desk.rows(decided), *(desk.rows(known.format(load)) for load in range(1, 6))] == before
    said = capsys.readouterr().out
    assert "Equal, value for value." in said
    [backup] = desk.place.glob("bulletin.before-*.duckdb")
    assert f"the old one is kept as {backup}" in said
    assert snapshot_of(desk.warehouse).read_bytes() == desk.warehouse.read_bytes()
    assert pipeline.ingest(desk.request).report["summary"]["unchanged"] == 6


def test_a_changed_value_is_found(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """A value that somebody changed in the warehouse is told with its document and both values; the code is 1, and the
    warehouse is not replaced."""
    with duckdb.connect(str(desk.warehouse)) as connection:
        connection.execute("UPDATE fact_observation SET value = value + 1 WHERE quote = '480 million' AND load_id = 1")
    command = ["rebuild", str(desk.place / "raw"), "--warehouse", str(desk.warehouse), "--replace"]
    assert cli.main([*command, "--catalogue", str(desk.place / "mine")]) == cli.BAD_DATA
    said = capsys.readouterr().out
    assert "«480 million»: value 480000001.0000000000 -> 480000000.0000000000" in said
    assert "internet_users.CN.level.person.residence=urban 2014-12: value 480000001.0 -> 480000000.0" in said
    assert "The warehouse was left as it is" in said
    assert desk.rows("SELECT count(*) FROM fact_observation WHERE value = 480000001") == [(1,)]


def test_documents_that_are_gone_or_changed(desk: Desk) -> None:
    """A file that is gone, one with other bytes and one with another sidecar are named with the reason, and what is
    there all the same is rebuilt; a file that was never loaded is named too."""
    for name in ("2013.md", "2013.md.yml"):
        (desk.place / "raw" / name).unlink()
    desk.write("2014.md", "Nothing.")
    desk.write("2015.md", (desk.place / "raw" / "2015.md").read_text(encoding="utf-8"), published="2016-02-01")
    desk.write("2019.md", "In December 2019 there were 904 million internet users in China.")
    built = rebuild(desk.request, swap=True)
    assert [line.rpartition("/")[2] for line in built.missing] == [
        "2013.md: the file is gone",
        "2014.md: the file holds other bytes today (an earlier vintage)",
        "2015.md: its sidecar says something else today (an earlier vintage)",
    ]
    assert [Path(name).name for name in built.waiting] == ["2019.md"]
    assert not built.equal
    assert not built.replaced
    assert different(built)["documents"] == 3
    assert all(line.endswith("is not there any more") for line in lines(built, "documents"))


def test_another_catalogue_reads_other_facts(desk: Desk) -> None:
    """Where the catalogue changed since, the facts that are read differently are listed; it is replaced only where that
    is asked for by name, and the old one is kept."""
    [correction] = (desk.place / "mine" / "corrections").iterdir()
    correction.unlink()
    load_catalogue.cache_clear()
    built = rebuild(desk.request, swap=True, even_if_different=True)
    assert built.missing == ()
    changed = "value 201000000.0000000000 -> 311000000.0000000000"
    assert any(changed in line for line in lines(built, "facts"))
    assert not built.equal
    assert built.replaced
    assert built.backup
    assert built.backup.is_file()


@pytest.mark.parametrize("with_snapshot", [True, False])
def test_damaged_warehouse_is_rebuilt(
    desk: Desk, with_snapshot: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A damaged warehouse is rebuilt and compared with its snapshot; without one all of raw/ is loaded in the order of
    release, which is said."""
    values = "SELECT indicator, members, period, value FROM series WHERE period < '2016' ORDER BY ALL"
    before = desk.rows(values)
    whole = desk.warehouse.read_bytes()
    third = len(whole) // 3
    desk.warehouse.write_bytes(whole[:third] + bytes(third) + whole[2 * third :])
    if not with_snapshot:
        snapshot_of(desk.warehouse).unlink()
    command = ["rebuild", str(desk.place / "raw"), "--warehouse", str(desk.warehouse)]
    command += ["--catalogue", str(desk.place / "mine")]
    if not with_snapshot:
        assert cli.main(command) == cli.BAD_DATA
    assert cli.main([*command, "--replace"]) == cli.OK
    said = capsys.readouterr().out
    assert "The warehouse cannot be read" in said
    assert ("Equal, value for value." in said) == with_snapshot
    assert ("Nothing to compare it with" in said) != with_snapshot
    assert desk.rows(values) == before
    assert len([*desk.place.glob("bulletin.before-*.duckdb")]) == 1
