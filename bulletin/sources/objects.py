"""Reports in object stores, through fsspec: s3://, gs://, az:// and what else it knows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bulletin.sources.connection import FetchError

EXTRAS = {"s3": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "az": "adlfs", "abfs": "adlfs"}
_TIMES = ("LastModified", "updated", "last_modified", "mtime")
MOST = 10_000
"""Objects under one address."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An object."""

    url: str
    mark: str
    """What changes when its bytes do: ETag or time, and size."""
    size: int
    modified: str | None
    """ISO date."""


def listed(place: str) -> Iterator[tuple[Any, Stored]]:
    """Yield the objects that the address names, a folder or a glob, with their store, in the order of their names.

    Raises:
        FetchError: the store cannot be reached, its package is not installed, or nothing is there.
    """
    import fsspec

    scheme = urlsplit(place).scheme
    try:
        store, path = fsspec.url_to_fs(place)
        store.invalidate_cache()
        found = store.glob(path, detail=True) if any(mark in path for mark in "*?[") else store.find(path, detail=True)
    except ImportError as error:
        package = EXTRAS.get(scheme, scheme)
        raise FetchError(f"{place}: {scheme}:// needs the package `{package}`: pip install {package}") from error
    except Exception as error:  # every store has exceptions of its own
        raise FetchError(f"{place}: cannot be listed: {_said(error)}", passing=True) from error
    files = sorted((name, about) for name, about in found.items() if about.get("type") == "file")
    if not files:
        raise FetchError(f"{place}: nothing is there, or the credentials do not let it be seen")
    if len(files) > MOST:
        raise FetchError(f"{place}: {len(files):,} objects; at most {MOST:,} are fetched of one address: name a folder")
    for name, about in files:
        yield store, _stored(store, name, about)


def read(store: Any, stored: Stored, limit: int) -> bytes:
    """Return the bytes of the object.

    Raises:
        FetchError: there are too many of them, or the store fails.
    """
    if stored.size > limit:
        raise FetchError(f"{stored.url}: {stored.size:,} bytes; at most {limit:,} are fetched (`file_bytes`)")
    try:
        with store.open(stored.url, "rb") as opened:
            data: bytes = opened.read(limit + 1)
    except Exception as error:  # every store has exceptions of its own
        raise FetchError(f"{stored.url}: cannot be read: {_said(error)}", passing=True) from error
    if len(data) > limit:
        raise FetchError(f"{stored.url}: more than the {limit:,} bytes that are fetched of a file (`file_bytes`)")
    return data


def _stored(store: Any, name: str, about: dict[str, Any]) -> Stored:
    modified: Any = next((about[name] for name in _TIMES if about.get(name)), None)
    tag = about.get("ETag") or about.get("etag") or about.get("md5Hash") or modified
    day = modified.date().isoformat() if hasattr(modified, "date") else None
    return Stored(store.unstrip_protocol(name), f"{tag} {about.get('size')}", int(about.get("size") or 0), day)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
