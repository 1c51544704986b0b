"""The flow `quality`: the data-quality report over the whole warehouse, and whether it may stand."""

from pathlib import Path
from typing import Any

from prefect import flow
from prefect.logging import get_run_logger
from prefect.states import Failed

from bulletin import pipeline, settings
from bulletin.notify import telling
from flows.shown import show_report


@flow(name="quality", persist_result=False, timeout_seconds=3600)
def quality(
    warehouse: Path | str | None = None,
    report: Path | None = None,
    language: str | None = None,
    fail_on: str = "error",
) -> Any:
    """Write the report over all documents, tell people of what is open, and show it on the run's page.

    Args:
        warehouse: the DuckDB file; that of the settings where none is given.
        report: folder of the report; beside the warehouse by default.
        language: of the report, `en` or `zh`.
        fail_on: the run counts as failed where an open finding is so bad: error, warning, never.
    """
    request = settings.request_of((), warehouse=warehouse, report=report, language=language)
    logger = get_run_logger()
    outcome = telling(settings.notify(), lambda: pipeline.report(request, None, []), logger.warning)
    show_report(outcome.report["summary"], outcome.files)
    place = outcome.files["html"].absolute()
    logger.info("%d findings are open; the report is at %s", len(outcome.report["findings"]), place)
    if outcome.fails(fail_on):
        return Failed(message=f"open findings as bad as {fail_on}; the report is at {place}")
    return None
