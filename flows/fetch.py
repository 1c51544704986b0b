"""What is new of the sources, before an ingest; landed in `raw/` it is ingested like anything else there."""

from collections import Counter
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.logging import get_run_logger

from bulletin import settings, sources
from bulletin.sources.fetch import Fetched, fetch

RAW = Path("raw")


@task(name="fetch", cache_policy=NO_CACHE, persist_result=False, retries=1, retry_delay_seconds=60)
def fetch_sources() -> dict[str, int]:
    """Fetch the sources of `sources.yml`, and return how many addresses were new, changed, unchanged and failed.

    An address that cannot be fetched is a warning in the log: it is asked again by the next run.
    """
    logger = get_run_logger()

    def told(done: Fetched) -> None:
        if done.what == "failed":
            logger.warning("%s: %s", done.source, done.message)
        elif done.what != "unchanged":
            logger.info("%s: %s %s", done.source, done.what, done.path)

    entries = sources.read(settings.paths().sources)
    done = fetch(entries, RAW, limit=settings.limits().file_bytes, told=told)
    return dict(Counter(fetched.what for fetched in done))
