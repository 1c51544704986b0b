"""Disks that are full or read-only, files that are damaged: said plainly, nothing lost, and the next run goes on."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bulletin import cli, pipeline
from bulletin.errors import WarehouseError
from bulletin.settings import Request
from bulletin.warehouse import Warehouse, damage

FACTS = "SELECT count(*) AS n FROM fact_observation"
TEXT = "In December {year} there were {users} million internet users in China, of whom {rural} million were rural ones."


def write(folder: Path, years: range) -> Path:
    """Write a report a year."""
    folder.mkdir(exist_ok=True)
    for year in years:
        said = TEXT.format(year=year, users=year - 1000, rural=year - 1700)
        (folder / f"{year}.md").write_text(said, encoding="utf-8")
    return folder


def ingest(reports: Path, warehouse: Path, *more: str) -> int:
    """Run the command."""
    return cli.main(["ingest", str(reports), "--warehouse", str(warehouse), "--runner", "local", "--quiet", *more])


Resize = Callable[[str], None]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[tuple[Path, Resize]]:
    """A real disk of two megabytes, and a function that mounts it anew with other options."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(options: str) -> bool:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], capture_output=True)
        return done.returncode == 0

    if os.geteuid() != 0 or not mount("size=2m"):
        pytest.skip("a disk of its own needs the right to mount one")
    try:
        yield place, lambda options: None if mount(f"remount,{options}") else pytest.fail(options)
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_full_disk_loses_nothing(disk: tuple[Path, Resize], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On a disk that fills up at the tables, the facts, the report and the snapshot, each run ends with 2, says what
    there was no room for and what to do, and the next one goes on; with room, all is as if it had always been there."""
    place, resize = disk
    reports = write(tmp_path / "reports", range(2010, 2014))
    path = place / "bulletin.duckdb"
    said = []
    for size in (2, 4, 7, 9, 12, 15, 18, 40):
        resize(f"size={size}m")
        if ingest(reports, path) == cli.OK:
            break
        said.append(capsys.readouterr().err)
        assert "room" in said[-1]
        assert str(place) in said[-1]
    assert any(f"{path}: there is no room on the disk" in line for line in said)
    assert "the snapshot for readers cannot be written: No space left on device. All is loaded" in said[-1]
    with Warehouse(path, read_only=True) as warehouse:
        assert warehouse.rows(FACTS) == [{"n": 8}]
        assert warehouse.rows("SELECT max(vintage) AS v FROM dim_document") == [{"v": 1}]


def test_no_room_to_sort(disk: tuple[Path, Resize], tmp_path: Path) -> None:
    """A query that needs more room for what does not fit into memory than there is says so."""
    place, resize = disk
    resize("size=24m")
    path = place / "bulletin.duckdb"
    pipeline.ingest(Request((str(write(tmp_path / "reports", range(2010, 2011))),), warehouse=path, snapshot=False))
    with Warehouse(path) as warehouse:
        warehouse.connection.execute("SET memory_limit = '30MB'")
        with pytest.raises(WarehouseError, match="there is no room on the disk"):
            warehouse.rows("SELECT hash(range)::VARCHAR || repeat('z', 90) AS z FROM range(900000) ORDER BY z")


def test_read_only_disk(disk: tuple[Path, Resize], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On a disk that cannot be written an ingest ends with 2 and says so, and the warehouse can be asked."""
    place, resize = disk
    resize("size=40m")
    path = place / "bulletin.duckdb"
    reports = write(tmp_path / "reports", range(2010, 2012))
    assert ingest(reports, path) == cli.OK
    resize("ro")
    assert ingest(write(reports, range(2012, 2013)), path) == cli.WRONG_USAGE
    said = capsys.readouterr().err
    assert f"{path}.lock: cannot be written: Read-only file system" in said
    assert "Nothing was loaded" in said
    assert cli.main(["query", FACTS, "--warehouse", str(path), "--format", "csv"]) == cli.OK
    assert capsys.readouterr().out.split() == ["n", "4"]
    assert cli.main(["report", "--warehouse", str(path), "--report", str(tmp_path / "here")]) == cli.OK
    assert cli.main(["report", "--warehouse", str(path)]) == cli.WRONG_USAGE
    assert f"{place / 'report'}: the report cannot be written: Read-only file system" in capsys.readouterr().err
    resize("rw,size=40m")
    assert ingest(reports, path) == cli.OK


def test_files_that_must_not_grow(tmp_path: Path) -> None:
    """Where the system lets no file grow, which needs no disk to try, a run says the same, and the next one goes on."""
    reports = write(tmp_path / "reports", range(2010, 2014))
    path = tmp_path / "bulletin.duckdb"
    command = [sys.executable, "-m", "bulletin", "ingest", str(reports), "--warehouse", str(path)]
    limit = 1 << 20
    run = subprocess.run(
        [*command, "--runner", "local", "--quiet"],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert run.returncode == cli.WRONG_USAGE
    assert f"{path}: there is no room on the disk" in run.stderr
    assert "Traceback" not in run.stderr
    assert ingest(reports, path) == cli.OK
    with Warehouse(path, read_only=True) as warehouse:
        assert warehouse.rows(FACTS) == [{"n": 8}]


def test_folder_without_permission(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A warehouse in a folder that cannot be written is refused before anything is read."""
    reports = write(tmp_path / "reports", range(2010, 2011))
    place = tmp_path / "locked"
    place.mkdir()
    place.chmod(0o555)
    if os.access(place, os.W_OK):
        pytest.skip("the system's administrator may write everywhere")
    assert ingest(reports, place / "bulletin.duckdb") == cli.WRONG_USAGE
    assert "Permission denied" in capsys.readouterr().err


def test_report_that_has_no_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the report cannot be written, all is loaded, and the message says so and what to do."""
    reports = write(tmp_path / "reports", range(2010, 2011))
    (tmp_path / "file").write_text("no folder")
    path = tmp_path / "bulletin.duckdb"
    assert ingest(reports, path, "--report", str(tmp_path / "file" / "report")) == cli.WRONG_USAGE
    assert "the report cannot be written: Not a directory. What was read is loaded" in capsys.readouterr().err
    with Warehouse(path, read_only=True) as warehouse:
        assert warehouse.rows(FACTS) == [{"n": 2}]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut in half": lambda data: data[: len(data) // 2],
    "cut to nothing": lambda data: b"",
    "begins with other bytes": lambda data: b"other bytes" * 10 + data[110:],
    "bits in the header": lambda data: data[:4200] + bytes([data[4200] ^ 0xFF]) + data[4201:],
    "noise in the middle": lambda data: data[: len(data) // 3] + bytes(len(data) // 3) + data[2 * (len(data) // 3) :],
    "zeros": lambda data: bytes(len(data)),
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse."""
    place = tmp_path_factory.mktemp("sound")
    path = place / "bulletin.duckdb"
    pipeline.ingest(Request((str(write(place / "reports", range(2010, 2012))),), warehouse=path))
    return path


@pytest.mark.parametrize("kind", DAMAGES)
def test_damaged_warehouse(sound: Path, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is cut or has other bytes is named, with the way out."""
    path = tmp_path / "bulletin.duckdb"
    path.write_bytes(DAMAGES[kind](sound.read_bytes()))
    assert ingest(sound.parent / "reports", path) == cli.WRONG_USAGE
    said = f"{path}: it is damaged, or no warehouse. `bulletin rebuild raw` makes it anew"
    assert said in damage(path)
    assert said in capsys.readouterr().err


MAKING = """
import os, sys
from pathlib import Path
from bulletin.warehouse import Warehouse, prepare
from schemas.catalogue import load_catalogue

with Warehouse(Path(sys.argv[1])) as warehouse:
    warehouse.connection.execute("PRAGMA disable_checkpoint_on_shutdown")
    warehouse.connection.execute("BEGIN TRANSACTION")
    prepare(warehouse, load_catalogue())
    warehouse.connection.execute("COMMIT")
    os._exit(0)
"""


@pytest.mark.parametrize("read_only", [True, False])
def test_log_of_new_tables(tmp_path: Path, read_only: bool) -> None:
    """Ended between the commit that made the tables and their place in the file, which leaves a log that DuckDB cannot
    replay as it opens the file, the warehouse opens and has them."""
    path = tmp_path / "a 'quoted' name.duckdb"
    subprocess.run([sys.executable, "-c", MAKING, str(path)], check=True)
    with Warehouse(path, read_only=read_only, wait=0) as warehouse:
        assert warehouse.rows(FACTS) == [{"n": 0}]
        assert warehouse.rows("SELECT count(*) AS n FROM series") == [{"n": 0}]
