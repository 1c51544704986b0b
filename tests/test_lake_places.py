"""A lake with its catalogue in SQLite, with its files on S3, and loaded by the flow: the same facts as in a file."""

from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request as Asked
from urllib.request import urlopen

import pytest

from bulletin import pipeline
from bulletin.lake import Lake
from bulletin.settings import Request
from bulletin.warehouse import Warehouse
from tests.stores import s3

FACTS = "SELECT * EXCLUDE (observation_id, series_id) FROM series ORDER BY ALL"
RAW = ("raw/miit",)


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    """What a file holds of our samples."""
    place = tmp_path_factory.mktemp("file") / "bulletin.duckdb"
    pipeline.ingest(Request(RAW, warehouse=place))
    return facts_of(place)


def facts_of(place: Lake | Path) -> list[dict[str, object]]:
    """Return the facts of a warehouse."""
    with Warehouse(place, read_only=True) as warehouse:
        return warehouse.rows(FACTS)


def test_catalogue_in_sqlite(facts: list[dict[str, object]], tmp_path: Path) -> None:
    """A lake whose catalogue is SQLite holds the same facts, and takes a second load."""
    pytest.importorskip("duckdb_extension_sqlite_scanner")
    lake = Lake(f"sqlite:{tmp_path / 'lake.sqlite'}", str(tmp_path / "data"))
    pipeline.ingest(Request(RAW, warehouse=lake))
    again = pipeline.ingest(Request(RAW, warehouse=lake))
    assert facts_of(lake) == facts != []
    assert again.report["summary"]["unchanged"] == again.report["summary"]["documents"]


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a bucket on a real S3 server of this machine."""
    pytest.importorskip("moto.server")
    with s3() as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        address = environment["AWS_ENDPOINT_URL"]
        urlopen(Asked(f"{address}/statistics", method="PUT"))
        yield f"{address}/statistics"


def test_files_on_s3(facts: list[dict[str, object]], bucket: str, tmp_path: Path) -> None:
    """A lake whose Parquet files lie in an object store holds the same facts, and no secret is in its catalogue."""
    pytest.importorskip("duckdb_extension_httpfs")
    lake = Lake(str(tmp_path / "lake.ducklake"), "s3://statistics/lake")
    pipeline.ingest(Request(RAW, warehouse=lake))
    assert facts_of(lake) == facts != []
    assert b".parquet" in urlopen(f"{bucket}?list-type=2&prefix=lake/").read()
    assert b"s3cret" not in (tmp_path / "lake.ducklake").read_bytes()


@pytest.mark.usefixtures("prefect")
def test_flow_loads_a_lake(facts: list[dict[str, object]], tmp_path: Path) -> None:
    """The flow loads a lake as it loads a file."""
    from flows.ingest import run

    lake = Lake(str(tmp_path / "lake.ducklake"))
    run(Request(RAW, warehouse=lake))
    assert facts_of(lake) == facts != []
