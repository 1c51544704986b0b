"""What each command of `bulletin` does: arguments in, exit code out."""

import json
import sys
from argparse import Namespace

from bulletin import pipeline, settings
from bulletin import rebuild as rebuilding
from bulletin.catalogue_commands import catalogue
from bulletin.console import Console
from bulletin.discover import discover
from bulletin.explain import explain as explanations
from bulletin.lake import as_of
from bulletin.options import catalogues, opened, rule_folders, unread
from bulletin.quality_commands import quality
from bulletin.rebuild_words import rebuild_words
from bulletin.rows import extract_line, fact_rows
from bulletin.rule_pages import rule_list, rule_text, rules_page
from bulletin.run_commands import backfill, digest, ingest, report, schedule
from bulletin.settings import Request, policy
from bulletin.source_commands import fetch
from bulletin.source_commands import list_sources as sources
from bulletin.warehouse import Answer
from schemas.catalogue import load_catalogue

OK, BAD_DATA = 0, 1
__all__ = [
    "backfill",
    "catalogue",
    "digest",
    "docs",
    "explain",
    "export",
    "extract",
    "fetch",
    "ingest",
    "quality",
    "query",
    "rebuild",
    "report",
    "rules",
    "schedule",
    "series",
    "sources",
]


def extract(options: Namespace) -> int:
    """Show what is read from the files, resolved but neither checked nor loaded; 1 where a file cannot be read."""
    request = Request(tuple(options.paths), catalogues=catalogues(options), limits=settings.limits())
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
    return unread(batch)


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
    options.warehouse = as_of(options.warehouse, options.as_of)
    sql = sys.stdin.read() if options.sql == "-" else options.sql
    with opened(options) as warehouse:
        query(Answer(warehouse, sql), form, options.output, rows=options.rows, guard=not options.exact)
    return OK


def series(options: Namespace) -> int:
    """Draw a series in the terminal, or write a picture of it."""
    from bulletin.answers.chart import chart
    from bulletin.answers.picture import draw
    from bulletin.answers.query import room
    from bulletin.answers.series import series as find

    with opened(options) as warehouse:
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

    names = {name: dimension.name for name, dimension in load_catalogue(*catalogues(options)).dimensions.items()}
    with opened(options) as warehouse:
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
    with opened(options) as warehouse:
        found = explanations(options.fact, warehouse)
    console = Console()
    for explanation in found:
        console.explanation(explanation)
    return OK


def rebuild(options: Namespace) -> int:
    """Make the warehouse anew from what was received and compare; 1 where the two differ."""
    request = Request(
        tuple(options.paths),
        warehouse=options.warehouse,
        catalogues=catalogues(options),
        wait=options.wait,
        limits=settings.limits(),
        rules=rule_folders(options),
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
    with opened(options) as warehouse:
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
