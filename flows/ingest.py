"""The flow `ingest`: the pipeline's own steps, each of them a Prefect task."""

import logging
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Any, cast

from prefect import Task, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.context import get_run_context
from prefect.logging import get_run_logger
from prefect.runtime import flow_run
from prefect.states import Failed
from prefect.utilities.annotations import quote

from bulletin import pipeline, settings
from bulletin.errors import HeldError, UsageError
from bulletin.lake import Lake, place_of
from bulletin.limits import Limits
from bulletin.notify import telling
from bulletin.policy import Policy
from bulletin.settings import Request
from flows.fetch import fetch_sources
from flows.late import cancel_late_runs
from flows.shown import Bar, asked_by, show_report

WAIT = 900.0
"""Seconds that a run waits for another one that writes; nobody sits in front of it."""
LIMIT = 6 * 3600
"""Seconds after which a run is ended: the transaction of its batch is rolled back, those before it stand."""
_progress: ContextVar[pipeline.Progress | None] = ContextVar("progress", default=None)


def report(request: Request, found: pipeline.Found | None, loaded: Sequence[int]) -> pipeline.IngestResult:
    """Write the report, and show it on the run's page."""
    outcome = pipeline.report(request, found, loaded)
    show_report(outcome.report["summary"], outcome.files)
    return outcome


def may_pass(task: Task[..., Any], run: TaskRun, state: State[Any]) -> bool:
    """Return whether what failed may go well a little later: a lock, a network. Wrong data and usage never do."""
    try:
        state.result()
    except (HeldError, ConnectionError, TimeoutError):
        return True
    except Exception:
        return False
    return False


def _task(step: Callable[..., Any]) -> Task[..., Any]:
    body: Callable[..., Any] = report if step is pipeline.report else step
    # Whether a document was done already is the warehouse's to say, by its hash; Prefect's cache stays out of it.
    made: Task[..., Any] = task(
        name=step.__name__,
        cache_policy=NO_CACHE,
        persist_result=False,
        retries=2,
        retry_delay_seconds=[5, 60],
        retry_condition_fn=may_pass,
    )(body)
    return made


TASKS = {step: _task(step) for step in pipeline.STEPS}
_CALLED: dict[Callable[..., Any], Callable[..., str]] = {
    pipeline.make_ready_to_check: lambda sources, *_: f"read {len(sources)} documents",
    pipeline.check_and_load: lambda batch, *_: f"check and load {batch.size} documents",
}
"""What a run of a step is called that there are many runs of."""


def _run_task(step: Callable[..., Any], *arguments: Any) -> Any:
    run = TASKS[step]
    if called := _CALLED.get(step):
        run = run.with_options(task_run_name=called(*arguments))
    # Quoted: Prefect need not walk through whole documents in search of futures.
    return run(*(quote(argument) for argument in arguments))


def _name() -> str:
    """Return what the run is called: what it reads, and into what."""
    given = flow_run.parameters
    place = str(given.get("warehouse") or settings.paths().warehouse)
    return f"{', '.join(map(str, given.get('paths') or ['raw']))[:80]} into {place.rpartition('/')[2]}"


@flow(name="ingest", flow_run_name=_name, persist_result=False, timeout_seconds=LIMIT)
def ingest(
    paths: list[str] | None = None,
    warehouse: Path | str | None = None,
    lake_data: str = "",
    report: Path | None = None,
    catalogues: list[Path] | None = None,
    again: bool = False,
    batch: int | None = None,
    processes: int | None = None,
    wait: float = WAIT,
    limits: Limits | None = None,
    rules: list[Path] | None = None,
    policy: Policy | None = None,
    language: str | None = None,
    snapshot: bool | None = None,
    fail_on: str = "never",
    fetch: bool = False,
) -> Any:
    """Ingest reports into the warehouse and return what came of it.

    What is not given is as the settings say: environment, `bulletin.toml`, defaults.

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
        limits: of reading.
        rules: folders of rules that the user wrote.
        policy: thresholds of sources, severities of rules, and whether the gate is closed to what breaks them.
        language: of the report, `en` or `zh`.
        snapshot: publish a copy of the warehouse for readers when the run ends.
        fail_on: the run counts as failed where an open finding is so bad: error, warning, never.
        fetch: get what is new of the sources in `sources.yml` into `raw` first.
    """
    request = settings.request_of(
        paths or ["raw"],
        warehouse=place_of(warehouse, lake_data) if warehouse else None,
        report=report,
        catalogues=tuple(catalogues) if catalogues else None,
        batch=batch,
        processes=processes,
        again=again,
        wait=wait,
        limits=limits,
        rules=tuple(rules) if rules else None,
        policy=policy,
        language=language,
        snapshot=snapshot,
    )
    progress, logger = _progress.get(), get_run_logger()
    own = getattr(get_run_context(), "flow_run", None)
    cancel_late_runs(asked_by(), own.id if own else None, logger)
    if fetch:
        fetch_sources()
    logger.info("Reading %s into %s", ", ".join(request.paths), request.warehouse)
    outcome = telling(
        settings.notify(), lambda: pipeline.ingest(request, run=_run_task, progress=progress or Bar()), logger.warning
    )
    summary = outcome.report["summary"]
    logger.info(
        "%(documents)d documents: %(accepted)d facts accepted, %(quarantined)d quarantined, %(unresolved)d unresolved; "
        "%(checks_failed)d checks failed",
        summary,
    )
    logger.info("The report is at %s", outcome.files["html"].absolute())
    if outcome.fails(fail_on):
        return Failed(message=f"open findings as bad as {fail_on}; the report is at {outcome.files['html'].absolute()}")
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
        outcome: Any = ingest(
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
    return cast(pipeline.IngestResult, outcome)
