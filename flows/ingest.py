"""The flow `ingest`: the pipeline's own steps, each of them a Prefect task."""

import logging
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from prefect import Task, flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.logging import get_run_logger
from prefect.utilities.annotations import quote

from bulletin import pipeline, settings
from bulletin.errors import UsageError
from bulletin.lake import Lake, place_of
from bulletin.limits import Limits
from bulletin.notify import telling
from bulletin.policy import Policy
from bulletin.settings import BATCH, DEFAULT_WAREHOUSE, LANGUAGES, WAIT, Request

_progress: ContextVar[pipeline.Progress] = ContextVar("progress", default=pipeline.silent)


def report(request: Request, found: pipeline.Found | None, loaded: Sequence[int]) -> pipeline.IngestResult:
    """Write the report, and show it on the run's page as an artifact."""
    outcome = pipeline.report(request, found, loaded)
    markdown = outcome.files["md"].read_text(encoding="utf-8")
    create_markdown_artifact(markdown, key="data-quality", description="What does not add up, worst first")
    return outcome


def _task(step: Callable[..., Any]) -> Task[..., Any]:
    body: Callable[..., Any] = report if step is pipeline.report else step
    # Whether a document was done already is the warehouse's to say, by its hash; Prefect's cache stays out of it.
    made: Task[..., Any] = task(name=step.__name__, cache_policy=NO_CACHE, persist_result=False)(body)
    return made


TASKS = {step: _task(step) for step in pipeline.STEPS}


def _run_task(step: Callable[..., Any], *arguments: Any) -> Any:
    # Quoted: Prefect need not walk through whole documents in search of futures.
    return TASKS[step](*(quote(argument) for argument in arguments))


@flow(name="ingest", persist_result=False)
def ingest(
    paths: list[str] | None = None,
    warehouse: Path | str = DEFAULT_WAREHOUSE,
    lake_data: str = "",
    report: Path | None = None,
    catalogues: list[Path] | None = None,
    again: bool = False,
    batch: int = BATCH,
    processes: int = 1,
    wait: float = WAIT,
    limits: Limits | None = None,
    rules: list[Path] | None = None,
    policy: Policy | None = None,
    language: str = LANGUAGES[0],
    snapshot: bool = True,
) -> pipeline.IngestResult:
    """Ingest reports into the warehouse and return what came of it.

    Args:
        paths: files, folders or globs; `raw` where none is given.
        warehouse: the DuckDB file, or `ducklake:` and its catalogue; no password: Prefect stores what it is given.
        lake_data: where the Parquet files of a new DuckLake go.
        report: folder of the report; beside the warehouse by default.
        catalogues: folders laid over the catalogue.
        again: read documents anew that are known already, as new vintages.
        batch: documents in one transaction.
        processes: how many read and extract side by side.
        wait: seconds to wait for another process to let go of the warehouse.
        limits: of reading; those of the settings where none are given.
        rules: folders of rules that the user wrote.
        policy: thresholds of sources, severities of rules, and whether the gate is closed to what breaks them.
        language: of the report, `en` or `zh`.
        snapshot: publish a copy of the warehouse for readers when the run ends.
    """
    request = Request(
        paths=tuple(paths or ["raw"]),
        warehouse=place_of(warehouse, lake_data),
        report=report,
        catalogues=tuple(catalogues or ()),
        batch=batch,
        processes=processes,
        again=again,
        wait=wait,
        limits=limits or settings.limits(),
        rules=tuple(rules or ()),
        policy=policy or Policy(),
        language=language,
        snapshot=snapshot,
    )
    progress, logger = _progress.get(), get_run_logger()
    outcome = telling(
        settings.notify(), lambda: pipeline.ingest(request, run=_run_task, progress=progress), logger.warning
    )
    summary = outcome.report["summary"]
    logger.info(
        "%(documents)d documents: %(accepted)d facts accepted, %(quarantined)d quarantined, %(unresolved)d unresolved; "
        "%(checks_failed)d checks failed",
        summary,
    )
    return outcome


def run(request: Request, progress: pipeline.Progress = pipeline.silent) -> pipeline.IngestResult:
    """Run the flow for the request and return what came of it; the runner that `bulletin ingest` asks for.

    Raises:
        UsageError: an API is configured and does not answer.
    """
    if progress is pipeline.silent:
        logging.getLogger("prefect").setLevel(logging.WARNING)
    token = _progress.set(progress)
    try:
        return ingest(
            paths=list(request.paths),
            warehouse=str(request.warehouse),
            lake_data=request.warehouse.data if isinstance(request.warehouse, Lake) else "",
            report=request.report,
            catalogues=list(request.catalogues),
            again=request.again,
            batch=request.batch,
            processes=request.processes,
            wait=request.wait,
            limits=request.limits,
            rules=list(request.rules),
            policy=request.policy,
            language=request.language,
            snapshot=request.snapshot,
        )
    except RuntimeError as error:
        if "reach API" not in str(error):
            raise
        raise UsageError(
            f"{error}: Prefect's API is configured but does not answer. Start it (`prefect server start`), take the "
            "setting away (`prefect config unset PREFECT_API_URL`), or run with `--runner local`"
        ) from error
    finally:
        _progress.reset(token)
