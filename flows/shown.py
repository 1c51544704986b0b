"""What a run's page shows besides its state: how far it is, what it came to, the report, and where that is."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.context import get_run_context

EVERY = 5.0
"""Seconds between two looks at how far a run is; each costs a call to the server."""
COUNTS = ("documents", "loaded", "unchanged", "unreadable", "accepted", "quarantined", "unresolved", "checks_failed")


class Bar:
    """How far the documents of a run are, as an artifact; a run that is through at once has none."""

    def __init__(self) -> None:
        """Show nothing yet."""
        self._artifact: UUID | None = None
        self._shown = time.monotonic()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show the stage, and how many documents of how many are through."""
        ended = self._artifact is not None and total > 0 and done == total
        if not ended and time.monotonic() - self._shown < EVERY:
            return
        self._shown = time.monotonic()
        percent, said = 100.0 * done / (total or 1), f"{stage}: {done} of {total} documents"
        if self._artifact is None:
            self._artifact = cast(UUID, create_progress_artifact(percent, key="progress", description=said))
        else:
            update_progress_artifact(self._artifact, percent, description=said)


def show_report(summary: Mapping[str, Any], files: Mapping[str, Path]) -> None:
    """Show the counts of a report, its text, and where the page is."""
    counts = [{"what": name.replace("_", " "), "count": summary[name]} for name in COUNTS if name in summary]
    create_table_artifact(counts, key="summary", description="What the run came to")
    create_markdown_artifact(
        files["md"].read_text(encoding="utf-8"), key="data-quality", description="What does not add up, worst first"
    )
    create_link_artifact(files["html"].absolute().as_uri(), link_text="Data-quality report", key="report")


def asked_by() -> str | None:
    """Return the id of the deployment that the flow runs for; None where a person or another program runs it."""
    run = getattr(get_run_context(), "flow_run", None)
    return str(run.deployment_id) if run is not None and run.deployment_id else None
