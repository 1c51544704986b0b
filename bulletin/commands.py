"""What each command of `bulletin` does: arguments in, exit code out."""

import json
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bulletin import decisions, pipeline, settings
from bulletin import rebuild as rebuilding
from bulletin.catalogue_check import problems
from bulletin.console import Console
from bulletin.discover import discover
from bulletin.errors import UsageError
from bulletin.explain import explain as explanations
from bulletin.notify import as_text, send, warn
from bulletin.notify import digest as digest_of
from bulletin.rebuild_words import rebuild_words
from bulletin.rows import extract_line, fact_rows
from bulletin.rule_pages import rule_list, rule_text, rules_page
from bulletin.runners import run_with
from bulletin.settings import Request, policy
from bulletin.suggest import suggestions
from bulletin.warehouse import Answer, Warehouse, is_ready, issue_row, make_ready, publish, reading, writing
from schemas.catalogue import HOME, CatalogueError, load_catalogue

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
    request = Request(
        paths=tuple(options.paths),
        warehouse=options.warehouse,
        report=options.report,
        catalogues=_catalogues(options),
        batch=options.batch,
        processes=options.processes,
        address=options.address,
        again=options.again,
        wait=options.wait,
        limits=settings.limits(),
        rules=_rules(options),
        policy=replace(policy(), gate=options.gate),
        language=options.lang,
        snapshot=settings.paths().snapshot,
    )
    console = Console(quiet=options.quiet or options.json)
    with console.progress() as progress:
        outcome = run_with(options.runner, request, progress)
    return _show(outcome, options, console, ask=True)


def digest(options: Namespace) -> int:
    """Tell what came in the last days and what is open, to whoever is told of runs, or print it."""
    with _reading(options) as warehouse:
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
        catalogues=_catalogues(options),
        rules=_rules(options),
        policy=policy(),
        language=options.lang,
    )
    with _reading(options) as warehouse:
        catalogue = load_catalogue(*request.catalogues)
        ready = warehouse.path != options.warehouse or is_ready(warehouse, catalogue)
        request = replace(request, warehouse=warehouse.path)
    if not ready:
        with writing(request.warehouse, request.wait):
            make_ready(request.warehouse, catalogue, request.wait)
    outcome = pipeline.report(request, None, [])
    return _show(outcome, options, Console(quiet=options.quiet or options.json), ask=False)


def _reading(options: Namespace) -> Warehouse:
    """Return the warehouse for reading, or its snapshot where a run holds it, and say so."""
    warehouse = reading(options.warehouse)
    if warehouse.notice and not getattr(options, "quiet", False):
        print(f"bulletin: {warehouse.notice}", file=sys.stderr)
    return warehouse


def _show(outcome: pipeline.IngestResult, options: Namespace, console: Console, *, ask: bool) -> int:
    if options.json:
        print(pipeline.summary_json(outcome))
    console.findings(outcome.report["findings"])
    console.summary(outcome)
    if ask and not console.quiet:
        with _reading(options) as warehouse:
            known = {row["indicator"] for row in warehouse.rows("SELECT DISTINCT indicator FROM series")}
            for (indicator, title), sql in EXAMPLES.items():
                if indicator in known and (rows := warehouse.rows(sql)):
                    console.answer(title, sql, rows)
    return BAD_DATA if outcome.fails(options.fail_on) else OK


def extract(options: Namespace) -> int:
    """Show what is read from the files, resolved but neither checked nor loaded; 1 where a file cannot be read."""
    request = Request(tuple(options.paths), catalogues=_catalogues(options), limits=settings.limits())
    catalogue = load_catalogue(*request.catalogues)
    batch = pipeline.read(discover(request.paths, request.limits), request.limits)
    rows = []
    for resolved in pipeline.resolve(pipeline.extract(batch.documents, request), request):
        rows += fact_rows(resolved)
    if options.format == "jsonl":
        for row in rows:
            print(json.dumps(extract_line(row, catalogue), ensure_ascii=False))
    else:
        Console().table([extract_line(row, catalogue) for row in rows], _SHOWN)
    return _unread(batch)


_SHOWN = (
    "quote",
    "value",
    "unit",
    "bound",
    "measure",
    "direction",
    "indicator",
    "members",
    "area",
    "period",
    "base_period",
)


def query(options: Namespace) -> int:
    """Print or write the answer to the query."""
    from bulletin.answers.query import form_of, query

    form = form_of(options.format, options.output)
    sql = sys.stdin.read() if options.sql == "-" else options.sql
    with _reading(options) as warehouse:
        query(Answer(warehouse, sql), form, options.output, rows=options.rows, guard=not options.exact)
    return OK


def series(options: Namespace) -> int:
    """Draw a series in the terminal, or write a picture of it."""
    from bulletin.answers.chart import chart
    from bulletin.answers.picture import draw
    from bulletin.answers.query import room
    from bulletin.answers.series import series as find

    with _reading(options) as warehouse:
        found = find(
            options.words,
            warehouse,
            area=options.area,
            measure=options.measure,
            first=options.first,
            last=options.last,
            as_of=options.as_of,
            language=options.lang,
        )
    if options.output is None:
        print("\n".join(chart(found, room(), options.lang)))
    elif missing := draw(found, options.output, options.lang):
        print(f"bulletin: {options.output}: {missing}", file=sys.stderr)
    return OK


def export(options: Namespace) -> int:
    """Write `series` in the formats that are asked for, and say what is new."""
    from bulletin.exports import FORMATS
    from bulletin.exports import export as write

    names = {name: dimension.name for name, dimension in load_catalogue(*_catalogues(options)).dimensions.items()}
    with _reading(options) as warehouse:
        done = write(
            warehouse,
            options.folder,
            options.formats or tuple(FORMATS),
            indicators=options.indicator,
            as_of=options.as_of,
            names=names,
        )
    print(
        f"{options.folder}: {done.rows:,} values; {len(done.written)} files written, {len(done.unchanged)} unchanged, "
        f"{len(done.removed)} removed"
    )
    return OK


def explain(options: Namespace) -> int:
    """Show where the named facts stand."""
    with _reading(options) as warehouse:
        found = explanations(options.fact, warehouse)
    console = Console()
    for explanation in found:
        console.explanation(explanation)
    return OK


def quality(options: Namespace) -> int:
    """List or show findings, or write down what a person decides of one; 1 where open errors are listed."""
    if options.action in ("list", "show"):
        with _reading(options) as warehouse:
            return _QUALITY[options.action](options, warehouse)
    with writing(options.warehouse, settings.WAIT):
        with Warehouse(options.warehouse) as warehouse:
            code = _QUALITY[options.action](options, warehouse)
        if settings.paths().snapshot:
            publish(options.warehouse)
    return code


def _list_findings(options: Namespace, warehouse: Warehouse) -> int:
    found = decisions.listed(warehouse, options.state)
    print("\n".join(_listed(found)))
    return BAD_DATA if any(row["severity"] == "error" and row["state"] == "open" for row in found) else OK


def _listed(found: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the findings as a table that fits the terminal; their ids are never cut."""
    from bulletin.answers.grid import grid
    from bulletin.answers.query import room

    if not found:
        return ["(no findings)"]
    numeric = [isinstance(value, int) and not isinstance(value, bool) for value in found[0].values()]
    lines, _ = grid(list(found[0]), numeric, [tuple(row.values()) for row in found], room(200))
    return lines


def _show_finding(options: Namespace, warehouse: Warehouse) -> int:
    finding = issue_row(warehouse, options.issue)["finding"]
    console = Console()
    rows = warehouse.rows("SELECT * FROM issue WHERE finding = ? ORDER BY severity, rule", [finding])
    said = Counter(f"{row['severity']} {row['rule']} [{row['state']}] {row['message']}" for row in rows)
    for sentence, times in said.items():
        console.out.print(f"{sentence} ({times} times)" if times > 1 else sentence, markup=False)
    suspects = [fact for facts in rows[0]["suspect_ids"] or () for fact in facts]
    if suspects:
        tie = len(rows[0]["suspect_ids"]) > 1
        console.out.print(f"\n{'one of these must be wrong' if tie else 'must be wrong'}:", style="bold")
    elif rows[0]["observation_ids"]:
        console.out.print("\nstated:", style="bold")
    for fact in suspects or rows[0]["observation_ids"]:
        for found in explanations([str(fact)], warehouse):
            console.explanation(found)
    if rows[0]["repairs"]:
        console.out.print("proposals:", style="bold")
        console.table(rows[0]["repairs"])
    console.out.print("\nhistory:", style="bold")
    console.table(
        warehouse.rows(
            "SELECT DISTINCT state, noted_at, who, reason FROM issue_event WHERE issue IN "
            "(SELECT issue FROM fact_issue WHERE finding = ?) ORDER BY noted_at",
            [finding],
        )
    )
    return OK


def _accept_finding(options: Namespace, warehouse: Warehouse) -> int:
    folders = _catalogue_folders(options)
    correction, file = decisions.accept(
        warehouse,
        options.issue,
        folder=folders[-1] if folders else HOME,
        today=datetime.now(UTC).date(),
        value=options.value,
        observation=options.fact,
        reason=options.reason,
        who=options.who,
    )
    print(f"{file}: {correction.quote} becomes {correction.value:f} ({correction.reason})")
    print(f"to apply it: bulletin ingest --again {correction.document}")
    return OK


def _dismiss_finding(options: Namespace, warehouse: Warehouse) -> int:
    row = decisions.dismiss(warehouse, options.issue, reason=options.reason, who=options.who)
    print(f"dismissed: {row['message']}")
    return OK


def _reopen_finding(options: Namespace, warehouse: Warehouse) -> int:
    row = decisions.reopen(warehouse, options.issue, reason=options.reason, who=options.who)
    print(f"open again: {row['message']}")
    return OK


_QUALITY = {
    "list": _list_findings,
    "show": _show_finding,
    "accept": _accept_finding,
    "dismiss": _dismiss_finding,
    "reopen": _reopen_finding,
}


def rebuild(options: Namespace) -> int:
    """Make the warehouse anew from what was received and compare; 1 where the two differ."""
    request = Request(
        tuple(options.paths),
        warehouse=options.warehouse,
        catalogues=_catalogues(options),
        wait=options.wait,
        limits=settings.limits(),
        rules=_rules(options),
        policy=policy(),
        snapshot=settings.paths().snapshot,
    )
    console = Console(quiet=options.quiet)
    with console.progress() as progress:
        built = rebuilding.rebuild(
            request,
            swap=options.replace or options.replace_anyway,
            even_if_different=options.replace_anyway,
            progress=progress,
        )
    for line in rebuild_words(built):
        console.out.print(line, markup=False, highlight=False)
    return OK if built.equal or (built.replaced and built.reference is None) else BAD_DATA


def docs(options: Namespace) -> int:
    """Write the data dictionary, from the comments on the warehouse's own tables and columns."""
    with _reading(options) as warehouse:
        tables = warehouse.rows(
            "SELECT table_name AS name, comment FROM duckdb_tables() UNION ALL "
            "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY name"
        )
        columns = warehouse.rows(
            "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal"
        )
    lines = ["# The warehouse", "", "Written by `make docs` from the comments on its tables and columns.", ""]
    for table in tables:
        lines += [
            f"## {table['name']}",
            "",
            table["comment"] or "",
            "",
            "| column | type | meaning |",
            "| --- | --- | --- |",
        ]
        own = [column for column in columns if column["table_name"] == table["name"]]
        lines += [f"| {c['column_name']} | {c['data_type']} | {c['comment'] or ''} |" for c in own] + [""]
    options.file.parent.mkdir(parents=True, exist_ok=True)
    options.file.write_text("\n".join(lines), encoding="utf-8")
    return OK


def rules(options: Namespace) -> int:
    """List the quality rules, explain one, or write the page of all."""
    if options.markdown:
        options.markdown.write_text(rules_page(), encoding="utf-8")
    elif options.rule:
        print(rule_text(options.rule))
    else:
        print(rule_list())
    return OK


def catalogue(options: Namespace) -> int:
    """Check the catalogue, or draft entries for what it does not know; 1 where the catalogue has problems."""
    return {"check": _check_catalogue, "suggest": _suggest}[options.action](options)


def _check_catalogue(options: Namespace) -> int:
    folders = _catalogue_folders(options)
    try:
        found = problems(load_catalogue(*folders))
    except CatalogueError as error:
        found = list(error.problems)
    for line in found:
        print(line)
    if not found:
        read = load_catalogue(*folders)
        counts = {
            theme: len(getattr(read, theme)) for theme in ("indicators", "dimensions", "units", "areas", "languages")
        }
        print(f"no problems in {', '.join(f'{count} {theme}' for theme, count in counts.items())}")
    return BAD_DATA if found else OK


def _suggest(options: Namespace) -> int:
    request = Request(tuple(options.paths), catalogues=_catalogues(options), limits=settings.limits())
    known = load_catalogue(*request.catalogues)
    batch = pipeline.read(discover(request.paths, request.limits), request.limits)
    resolved = pipeline.resolve(pipeline.extract(batch.documents, request), request)
    print(suggestions(resolved, known, least=options.least), end="")
    return _unread(batch)


def _unread(batch: pipeline.ReadBatch) -> int:
    """Say which files could not be read, and return the exit code."""
    for item in batch.unreadable:
        print(f"bulletin: {item.source.key}: {item.reason}", file=sys.stderr)
    return BAD_DATA if batch.unreadable else OK


def _catalogue_folders(options: Namespace) -> tuple[Path, ...]:
    folders = tuple(options.catalogue or options.catalogues)
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"--catalogue {folder}: no such folder")
    return folders


def _rules(options: Namespace) -> tuple[Path, ...]:
    folders = tuple(options.rules or options.rule_folders)
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"--rules {folder}: no such folder")
    return folders


def _catalogues(options: Namespace) -> tuple[Path, ...]:
    folders = _catalogue_folders(options)
    try:
        load_catalogue(*folders)
    except CatalogueError as error:
        raise UsageError(str(error)) from error
    return folders
