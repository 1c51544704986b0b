"""Fetching: each source asked for what is new, each report landed in `raw/` before the next one is asked for."""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path

from bulletin.sources import links, objects
from bulletin.sources.addresses import shown
from bulletin.sources.connection import Answer, FetchError
from bulletin.sources.entries import Entry
from bulletin.sources.landing import Known, State, land, remembering
from bulletin.sources.links import Linked
from bulletin.sources.polite import Guest


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of one address."""

    source: str
    url: str
    """As it may be told."""
    path: str = ""
    """Where its bytes are, from `raw/`."""
    what: str = "unchanged"
    """new, changed, unchanged or failed."""
    message: str = ""
    """Why it failed."""


Told = Callable[[Fetched], None]


def fetch(
    entries: Sequence[Entry],
    raw: Path,
    *,
    limit: int,
    environment: Mapping[str, str] = os.environ,
    told: Told = lambda done: None,
    sleep: Callable[[float], None] = time.sleep,
) -> list[Fetched]:
    """Fetch what is new of the sources into `raw`, and return what came of each address, in order.

    What fails is told and the rest goes on.

    Args:
        entries: Sources; those that are folders are left out.
        raw: The folder of what was received.
        limit: Bytes of a file, at most.
        environment: In which secrets stand.
        told: Called with each address once it is through.
        sleep: How to wait, between two requests and before another try.

    Raises:
        HeldError: another fetch writes into the folder.
        UsageError: what was remembered of earlier fetches cannot be read.
    """
    guest, done = Guest(environment, limit, sleep), list[Fetched]()
    with remembering(raw) as state:
        for entry in entries:
            if not entry.is_fetched:
                continue
            work = _objects(entry, state, limit) if entry.kind == "objects" else _web(entry, state, guest)
            for fetched in work:
                done.append(fetched)
                told(fetched)
    return done


def _web(entry: Entry, state: State, guest: Guest) -> Iterator[Fetched]:
    for place in entry.places:
        try:
            reports = _reports(entry, place, guest)
        except FetchError as error:
            yield Fetched(entry.id, shown(place), what="failed", message=str(error))
            continue
        for report in reports:
            yield _one(entry, report, state, guest)


def _reports(entry: Entry, place: str, guest: Guest) -> list[Linked]:
    """Return the reports that the place of a source leads to; an address leads to itself."""
    if entry.kind == "address":
        return [Linked(place)]
    answer = guest.get(place, entry)
    if entry.kind == "feed":
        return links.of_feed(answer, entry.links)
    return links.of_listing(answer, entry.links or "")


def _one(entry: Entry, report: Linked, state: State, guest: Guest) -> Fetched:
    before = state.of(report.url)
    asked = {}
    if before and (state.raw / before.path).is_file():
        asked = {"If-None-Match": before.etag, "If-Modified-Since": before.modified}
    now = datetime.now(UTC)
    try:
        answer = guest.get(report.url, entry, {name: value for name, value in asked.items() if value})
        if answer.status == 304 and before:
            state.note(report.url, _asked(before, now))
            return Fetched(entry.id, shown(report.url), before.path)
        path, changed = land(
            state.raw, entry, shown(report.url), answer.body, _about(report, answer), before, now.date()
        )
    except FetchError as error:
        return Fetched(entry.id, shown(report.url), what="failed", message=str(error))
    except OSError as error:
        return Fetched(entry.id, shown(report.url), what="failed", message=f"{state.raw}: {error.strerror or error}")
    state.note(
        report.url,
        _known(
            path,
            answer.body,
            entry,
            answer.headers.get("etag"),
            answer.headers.get("last-modified"),
            now,
            before,
            changed,
        ),
    )
    what = "unchanged" if not changed else "changed" if before else "new"
    return Fetched(entry.id, shown(report.url), path, what)


def _objects(entry: Entry, state: State, limit: int) -> Iterator[Fetched]:
    for place in entry.places:
        try:
            for store, stored in objects.listed(place):
                yield _object(entry, store, stored, state, limit)
        except FetchError as error:
            yield Fetched(entry.id, place, what="failed", message=str(error))


def _object(entry: Entry, store: object, stored: objects.Stored, state: State, limit: int) -> Fetched:
    before = state.of(stored.url)
    now = datetime.now(UTC)
    if before and before.etag == stored.mark and (state.raw / before.path).is_file():
        state.note(stored.url, _asked(before, now))
        return Fetched(entry.id, stored.url, before.path)
    try:
        data = objects.read(store, stored, limit)
        about = {"published": stored.modified}
        path, changed = land(state.raw, entry, stored.url, data, about, before, now.date())
    except FetchError as error:
        return Fetched(entry.id, stored.url, what="failed", message=str(error))
    except OSError as error:
        return Fetched(entry.id, stored.url, what="failed", message=f"{state.raw}: {error.strerror or error}")
    state.note(stored.url, _known(path, data, entry, stored.mark, None, now, before, changed))
    what = "unchanged" if not changed else "changed" if before else "new"
    return Fetched(entry.id, stored.url, path, what)


def _known(
    path: str,
    data: bytes,
    entry: Entry,
    etag: str | None,
    modified: str | None,
    now: datetime,
    before: Known | None,
    changed: bool,
) -> Known:
    import hashlib

    at = now.isoformat(timespec="seconds")
    came = before.fetched if before and not changed else at
    return Known(path, hashlib.sha256(data).hexdigest(), entry.id, etag, modified, came, at)


def _asked(before: Known, now: datetime) -> Known:
    from dataclasses import replace

    return replace(before, asked=now.isoformat(timespec="seconds"))


def _about(report: Linked, answer: Answer) -> dict[str, str | None]:
    """Return what is known of a report: the feed's words go before the server's."""
    return {
        "title": report.title,
        "published": report.published or _day(answer.headers.get("last-modified")),
        "name": _called(answer.headers.get("content-disposition")) or answer.url,
        "type": answer.headers.get("content-type"),
    }


def _called(disposition: str | None) -> str | None:
    """Return the name that a server gives the file (Content-Disposition, RFC 6266)."""
    message = Message()
    message["Content-Disposition"] = " ".join((disposition or "inline").split())
    return message.get_filename()


def _day(said: str | None) -> str | None:
    try:
        found: date = parsedate_to_datetime(said or "").date()
    except (TypeError, ValueError):
        return None
    return found.isoformat()
