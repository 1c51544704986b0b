"""`bulletin sources` and `bulletin fetch`: where reports come from, and getting those that are new."""

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from cronsim import CronSim

from bulletin import settings, sources
from bulletin.errors import UsageError
from bulletin.sources import Entry
from bulletin.sources.addresses import shown
from bulletin.sources.fetch import Fetched
from bulletin.sources.fetch import fetch as fetch_from
from bulletin.sources.landing import Known, remembered

OK, BAD_DATA = 0, 1


def list_sources(options: Namespace) -> int:
    """List the sources with where they are, what is trusted, when each is fetched, and what came."""
    found = _read(options.sources)
    known = remembered(options.raw)
    for entry in found:
        print("\n".join(_lines(entry, known)))
    return OK


def fetch(options: Namespace) -> int:
    """Fetch what is new of the sources named, or of all; 1 where an address could not be fetched."""
    found = sources.named(_read(options.sources), tuple(options.ids), options.sources)

    def told(done: Fetched) -> None:
        if done.what == "failed":
            print(f"bulletin: {done.source}: {done.message}", file=sys.stderr)
        elif not options.quiet and done.what != "unchanged":
            print(f"{done.what:10} {options.raw / done.path}")

    done = fetch_from(found, options.raw, limit=settings.limits().file_bytes, told=told)
    counts = Counter(fetched.what for fetched in done)
    if not options.quiet:
        said = ", ".join(f"{counts[what]} {what}" for what in ("new", "changed", "unchanged", "failed"))
        print(f"{len(found)} sources: {said}")
    return BAD_DATA if counts["failed"] else OK


def _read(file: Path) -> tuple[Entry, ...]:
    if not file.is_file():
        raise UsageError(f"{file}: no such file; docs/sources.md shows how to write one, --sources names another")
    return sources.read(file)


def _lines(entry: Entry, known: Mapping[str, Known]) -> Iterator[str]:
    own = [last for last in known.values() if last.source == entry.id]
    trust = ", official" if entry.official else ""
    yield f"{entry.id}  {entry.publisher or ''}{trust}".rstrip()
    for place in entry.places:
        said = shown(place) if "://" in place else place
        yield f"  {entry.kind}: {said}" + (f"  (links: {entry.links})" if entry.links else "")
    if entry.schedule:
        yield f"  schedule: {CronSim(entry.schedule, datetime.now(UTC)).explain()} ({entry.schedule})"
    if entry.is_fetched:
        asked = max((one.asked for one in own), default="")
        came = max((one.fetched for one in own), default="")
        yield f"  fetched: {len(own)} reports, last new {came or 'never'}, last asked {asked or 'never'}"
