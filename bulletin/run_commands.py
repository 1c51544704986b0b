"""`bulletin ingest`, `backfill`, `report`, `digest` and `schedule`: what runs, and what is told of it."""

import sys
from argparse import Namespace
from dataclasses import replace
from datetime import UTC, date, datetime

from bulletin import pipeline, schedules, settings
from bulletin.console import Console
from bulletin.errors import UsageError
from bulletin.notify import as_text, send, warn
from bulletin.notify import digest as digest_of
from bulletin.options import catalogues, opened, rule_folders
from bulletin.runners import run_with
from bulletin.settings import Request, policy
from bulletin.warehouse import is_ready, make_ready, writing
from schemas.catalogue import load_catalogue

OK, BAD_DATA = 0, 1
EXAMPLES = {
    ("mobile_base_stations", "5G base stations over time"): """\
SELECT period, value, documents FROM series
WHERE indicator = 'mobile_base_stations' AND technology = '5g' AND measure = 'level' ORDER BY period""",
    ("internet_users", "Internet users, urban and rural"): """\
SELECT period, residence, value FROM series
WHERE indicator = 'internet_users' AND residence IS NOT NULL AND measure = 'level'
ORDER BY period DESC, residence LIMIT 6""",
    ("internet_penetration_rate", "Where the latest internet penetration rate stands"): """\
SELECT s.period, s.value, p.document, p.quote FROM series AS s JOIN provenance AS p USING (observation_id)
WHERE s.indicator = 'internet_penetration_rate' AND s.members = '' AND s.measure = 'level'
ORDER BY s.period DESC LIMIT 1""",
}
"""Queries that the summary of an ingest shows with their answers: what they are about, title and SQL."""


def ingest(options: Namespace) -> int:
    """Ingest the paths; 1 where something in the data is wrong."""
    return _ingest(options, None)


def backfill(options: Namespace) -> int:
    """Ingest what was published in a range of days, in that order; 1 where something in the data is wrong."""
    if options.first > options.last:
        raise UsageError(f"--from {options.first} is behind --to {options.last}")
    return _ingest(options, (options.first, options.last))


def _ingest(options: Namespace, published: tuple[date, date] | None) -> int:
    request = Request(
        paths=tuple(options.paths),
        warehouse=options.warehouse,
        report=options.report,
        catalogues=catalogues(options),
        batch=options.batch,
        processes=options.processes,
        address=options.address,
        again=options.again,
        wait=options.wait,
        limits=settings.limits(),
        rules=rule_folders(options),
        policy=replace(policy(), gate=options.gate),
        language=options.lang,
        snapshot=settings.paths().snapshot,
        published=published,
    )
    console = Console(quiet=options.quiet or options.json)
    with console.progress() as progress:
        outcome = run_with(options.runner, request, progress)
    return _show(outcome, options, console, ask=True)


def digest(options: Namespace) -> int:
    """Tell what came in the last days and what is open, to whoever is told of runs, or print it."""
    with opened(options) as warehouse:
        loads = warehouse.rows(
            "SELECT * FROM load WHERE loaded_at > now() - to_days(?::INTEGER) ORDER BY load_id", [options.days]
        )
        issues = warehouse.rows(
            "SELECT DISTINCT ON (finding) severity, rule, message, issue FROM issue "
            "WHERE state = 'open' AND outcome = 'fail' "
            "ORDER BY array_position(['error', 'warning', 'info'], severity), last_load DESC, issue"
        )
    place = options.report or options.warehouse.parent / "report"
    message = digest_of(loads, issues, options.days, str((place / "quality.html").absolute()))
    if not send(settings.notify(), message, warn):
        print(as_text(message))
    return OK


def report(options: Namespace) -> int:
    """Write the report over the whole warehouse; 1 where something in it is wrong."""
    request = Request(
        (),
        warehouse=options.warehouse,
        report=options.report,
        catalogues=catalogues(options),
        rules=rule_folders(options),
        policy=policy(),
        language=options.lang,
    )
    with opened(options) as warehouse:
        catalogue = load_catalogue(*request.catalogues)
        ready = warehouse.path != options.warehouse or is_ready(warehouse, catalogue)
        request = replace(request, warehouse=warehouse.path)
    if not ready:
        with writing(request.warehouse, request.wait):
            make_ready(request.warehouse, catalogue, request.wait)
    outcome = pipeline.report(request, None, [])
    return _show(outcome, options, Console(quiet=options.quiet or options.json), ask=False)


def _show(outcome: pipeline.IngestResult, options: Namespace, console: Console, *, ask: bool) -> int:
    if options.json:
        print(pipeline.summary_json(outcome))
    console.findings(outcome.report["findings"])
    console.summary(outcome)
    if ask and not console.quiet:
        with opened(options) as warehouse:
            known = {row["indicator"] for row in warehouse.rows("SELECT DISTINCT indicator FROM series")}
            for (indicator, title), sql in EXAMPLES.items():
                if indicator in known and (rows := warehouse.rows(sql)):
                    console.answer(title, sql, rows)
    return BAD_DATA if outcome.fails(options.fail_on) else OK


def schedule(options: Namespace) -> int:
    """Say what will run when, and what is wrong with the deployments; 1 where anything is."""
    found = schedules.read(options.file)
    now = datetime.now(UTC)
    for deployment in found:
        print("\n".join(schedules.words(deployment, now, options.times)))
    problems = [problem for deployment in found for problem in schedules.problems(deployment, options.file.parent)]
    for problem in problems:
        print(f"bulletin: {options.file}: {problem}", file=sys.stderr)
    return BAD_DATA if problems else OK
