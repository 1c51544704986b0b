"""Sources in an object store, from a real S3 server on this machine."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest

from bulletin.sources import Entry
from bulletin.sources.fetch import Fetched, fetch
from tests.stores import s3

TEXT = b"At the end of 2021 there were 1.032 billion internet users in China."
TODAY = datetime.datetime.now(datetime.UTC).date().isoformat()


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    """The environment in which the server is found."""
    with s3() as found:
        yield found


@pytest.fixture
def bucket(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """A bucket, and the environment in which it is found."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    store = boto3.resource("s3")
    found = store.create_bucket(Bucket="reports")
    yield found
    found.objects.all().delete()
    found.delete()


def get(raw: Path, place: str) -> list[Fetched]:
    """Fetch the place."""
    return fetch([Entry("cnnic", "objects", (place,), publisher="CNNIC")], raw, limit=1_000)


def test_objects_land(bucket: object, tmp_path: Path) -> None:
    """Objects that match land with their sidecar; what did not change is not read again."""
    bucket.put_object(Key="2022/a.txt", Body=TEXT)  # type: ignore[attr-defined]
    bucket.put_object(Key="2022/b.log", Body=b"no report")  # type: ignore[attr-defined]
    [done] = get(tmp_path, "s3://reports/2022/*.txt")
    assert (done.what, done.path) == ("new", f"cnnic/{TODAY}/a.txt")
    assert (tmp_path / done.path).read_bytes() == TEXT
    assert "url: s3://reports/2022/a.txt" in (tmp_path / f"{done.path}.yml").read_text()
    [again] = get(tmp_path, "s3://reports/2022/*.txt")
    assert again.what == "unchanged"
    bucket.put_object(Key="2022/a.txt", Body=TEXT + b" More.")  # type: ignore[attr-defined]
    [changed] = get(tmp_path, "s3://reports/2022/*.txt")
    assert (changed.what, changed.path) == ("changed", done.path)
    assert "s3cret" not in "".join(file.read_text() for file in tmp_path.rglob("*") if file.is_file())


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("s3://reports/none/", "nothing is there"),
        ("s3://elsewhere/a.txt", "The specified bucket does not exist"),
        ("gs://reports/a.txt", "gs:// needs the package `gcsfs`: pip install gcsfs"),
    ],
)
def test_what_is_not_there(bucket: object, tmp_path: Path, place: str, message: str) -> None:
    """An empty place, an unknown bucket and a store without its package are told."""
    [done] = get(tmp_path, place)
    assert done.what == "failed"
    assert message in done.message


def test_objects_that_are_too_large(bucket: object, tmp_path: Path) -> None:
    """An object beyond the limit is not read; the others are."""
    bucket.put_object(Key="a.txt", Body=b"x" * 1_001)  # type: ignore[attr-defined]
    bucket.put_object(Key="b.txt", Body=TEXT)  # type: ignore[attr-defined]
    large, small = get(tmp_path, "s3://reports/")
    assert "1,001 bytes; at most 1,000 are fetched" in large.message
    assert small.what == "new"
