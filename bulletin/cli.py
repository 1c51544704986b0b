"""The command `bulletin`. Only argument parsing stands here at import: `--help` must start at once."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from bulletin import __version__
from bulletin.errors import BulletinError
from bulletin.lake import place_of, with_data
from bulletin.policy import FAIL_ON
from bulletin.settings import (
    BATCH,
    CATALOGUE,
    FILE,
    LAKE_DATA,
    LANGUAGE,
    LANGUAGES,
    REPORT,
    RULES,
    WAREHOUSE,
    Paths,
    paths,
)

OK, BAD_DATA, WRONG_USAGE = 0, 1, 2
INTERRUPTED = 130
"""What shells say of a command that Ctrl-C ended."""
EXPORTS = ("sdmx", "datapackage", "parquet", "csvw")

_EXAMPLES = """\
examples:
  bulletin ingest raw                      read all of raw/ into the warehouse, write the report
  bulletin ingest 'raw/miit/**/*.csv'      only these files
  bulletin query "SELECT period, value FROM series WHERE indicator = 'internet_users' AND members = ''"
  bulletin explain internet_users 2021-12  where that figure stands: document, page, sentence or table
  bulletin extract report.txt              what would be read from a file, without loading it

exit codes: 0 all well, 1 something in the data does not add up or cannot be read, 2 wrong usage
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0 all well, 1 bad data, 2 wrong usage."""
    try:
        options = _parser(paths()).parse_args(arguments)
        if "warehouse" in options:
            options.warehouse = with_data(options.warehouse, options.lake_data)
        from bulletin import commands

        code: int = getattr(commands, options.command)(options)
    except BulletinError as error:
        print(f"bulletin: {error}", file=sys.stderr)
        return WRONG_USAGE
    except KeyboardInterrupt:
        print("bulletin: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return OK
    except OSError as error:  # a disk that is full or read-only, wherever that is
        where = f"{error.filename}: " if error.filename else ""
        print(
            f"bulletin: {where}{error.strerror or error}. Make room or give permission, then run again", file=sys.stderr
        )
        return WRONG_USAGE
    return code


def _parser(places: Paths) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bulletin",
        description="Statistical reports in, checked facts in a DuckDB warehouse out.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"bulletin {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in (
        _add_ingest,
        _add_backfill,
        _add_sources,
        _add_extract,
        _add_query,
        _add_series,
        _add_explain,
        _add_quality,
        _add_report,
        _add_rebuild,
        _add_export,
        _add_catalogues,
    ):
        add(commands, places)
    rules = commands.add_parser("rules", help="list the quality rules, or explain one of them")
    rules.add_argument("rule", nargs="?", metavar="ID", help="the rule to explain")
    rules.add_argument("--markdown", type=Path, metavar="FILE", help="write the page of all rules")
    schedule = commands.add_parser("schedule", help="say what will run when, and what is wrong with prefect.yaml")
    schedule.add_argument("--file", type=Path, default=Path("prefect.yaml"), metavar="FILE", help="(prefect.yaml)")
    schedule.add_argument("--times", type=_positive, default=3, metavar="N", help="next times that are shown (3)")
    digest = commands.add_parser(
        "digest", help="tell what came in the last days and what is open; a quiet week says so"
    )
    digest.add_argument("--days", type=_positive, default=7, metavar="N", help="how many days (7)")
    _add_places(digest, places)
    docs = commands.add_parser("docs", help="write the data dictionary of the warehouse as Markdown")
    docs.add_argument("file", type=Path, metavar="FILE")
    _add_places(docs, places)
    return parser


_Commands = argparse._SubParsersAction  # the type that add_subparsers returns has no public name


def _add_ingest(commands: "_Commands[argparse.ArgumentParser]", places: Paths) -> None:
    parser = commands.add_parser("ingest", help="read reports into the warehouse, check them, write the report")
    parser.add_argument("paths", nargs="+", metavar="PATH", help="file, folder or glob ('raw/**/*.csv')")
    _add_ingest_options(parser, places)


def _add_ingest_options(parser: argparse.ArgumentParser, places: Paths) -> None:
    _add_places(parser, places)
    _add_catalogue(parser, places)
    parser.add_argument(
        "--runner",
        default="auto",
        help="local: in this process; prefect: a run of the flow; auto (default): prefect where its API is configured; "
        "dask: reading and extraction on the workers of a Dask cluster",
    )
    parser.add_argument("--address", default="", help="of the Dask scheduler: tcp://host:8786")
    parser.add_argument(
        "--processes",
        type=_positive,
        default=places.processes,
        metavar="N",
        help=f"processes that read and extract side by side ({places.processes})",
    )
    parser.add_argument("--again", action="store_true", help="read known documents anew, as new vintages")
    parser.add_argument(
        "--batch",
        type=_positive,
        default=places.batch,
        metavar="N",
        help=f"documents in one transaction ({places.batch or f'{BATCH} or more'})",
    )
    _add_wait(parser, places)
    _add_rules(parser, places)
    parser.add_argument(
        "--gate", action="store_true", help="keep documents with an error, or beyond a threshold, out of the facts"
    )
    _add_output(parser, places)


def _add_backfill(commands: "_Commands[argparse.ArgumentParser]", places: Paths) -> None:
    parser = commands.add_parser(
        "backfill", help="ingest the reports of a range of days, in the order in which they were published"
    )
    parser.add_argument("paths", nargs="*", default=["raw"], metavar="PATH", help="file, folder or glob (raw)")
    parser.add_argument("--from", dest="first", type=_day, required=True, metavar="DATE", help="first day: 2021-01-01")
    parser.add_argument("--to", dest="last", type=_day, required=True, metavar="DATE", help="last day")
    _add_ingest_options(parser, places)


def _add_sources(commands: "_Commands[argparse.ArgumentParser]", places: Paths) -> None:
    fetch = commands.add_parser("fetch", help="get what is new of the sources into raw/, with sidecars")
    fetch.add_argument("ids", nargs="*", metavar="ID", help="sources; all that are fetched where none is named")
    fetch.add_argument("--quiet", action="store_true", help="say nothing but errors")
    listing = commands.add_parser("sources", help="list the sources of sources.yml, and what came of each")
    for parser in (fetch, listing):
        parser.add_argument("--sources", type=Path, default=places.sources, metavar="FILE", help=f"({places.sources})")
        parser.add_argument("--raw", type=Path, default=Path("raw"), metavar="FOLDER", help="where reports land (raw)")


def _add_rules(parser: argparse.ArgumentParser, places: Paths) -> None:
    parser.add_argument(
        "--rules",
        type=Path,
        action="append",
        metavar="FOLDER",
        help=f"rules of your own, *.sql and *.py; may be repeated (${RULES}, or `rules` in {FILE})",
    )
    parser.set_defaults(rule_folders=places.rules)


def _add_extract(commands: "_Commands[argparse.ArgumentParser]", places: Paths) -> None:
    parser = commands.add_parser("extract", help="show what is read from files, without loading it")
    parser.add_argument("paths", nargs="+", metavar="FILE", help="file, folder, glob, or a *.docs.jsonl of texts")
    parser.add_argument(
        "--format", choices=("table", "jsonl"), default="table", help="table (default) or a JSON line each"
    )
    _add_catalogue(parser, places)


def _add_query(commands: "_Commands[argparse.ArgumentParser]", places: Paths) -> None:
    parser = commands.add_parser("query", help="ask the warehouse with SQL")
    parser.add_argument("sql", metavar="SQL", help="the query; - reads it from standard input")
    parser.add_argument(
        "--format",
        choices=("table", "csv", "json", "jsonl", "parquet", "xlsx", "markdown"),
        help="table (default), or as the suffix of --output says; parquet and xlsx need a file",
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="write all rows to a file")
    parser.add_argument(
        "--as-of", default="", metavar="VERSION", help="a DuckLake as it was: a version's number, or 2026-03-01 12:00"
    )
    parser.add_argument("--rows", type=_positive, metavar="N", help="rows of a table to show (50 on a screen)")
    parser.add_argument(
        "--exact",
        action="store_true",
        help="csv: leave texts that a spreadsheet would run as formulas without a ' before them",
    )
    _add_places(parser, places)


def _add_series(commands: "_Commands[argparse.ArgumentParser]", places: Paths) -> None:
    parser = commands.add_parser("series", help="draw a series in the terminal, or as a picture with its sources")
    parser.add_argument(
        "words", nargs="+", metavar="NAME", help="an indicator, then members: internet_users residence=rural"
    )
    parser.add_argument("--area", help="as in dim_area: CN (the one with most values)")
    parser.add_argument("--measure", choices=("level", "change", "growth_rate", "share"), default="level")
    parser.add_argument("--from", dest="first", metavar="PERIOD", help="no period before this one: 2019, 2019-06")
    parser.add_argument("--to", dest="last", metavar="PERIOD", help="no period behind this one")
    parser.add_argument(
        "--as-of", type=_day, metavar="DATE", help="what the public could know on that day (2022-12-31)"
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="a picture: .png or .svg")
    parser.add_argument(
        "--lang", choices=LANGUAGES, default=places.language, help=f"language of names ({places.language})"
    )
    _add_places(parser, places)


def _add_export(commands: "_Commands[argparse.ArgumentParser]", places: Paths) -> None:
    parser = commands.add_parser("export", help="write series as SDMX, Data Package, Parquet or CSV on the Web")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="its own folder: each format is a folder in it")
    parser.add_argument(
        "--format",
        dest="formats",
        action="append",
        choices=EXPORTS,
        help="may be repeated; all four where none is named",
    )
    parser.add_argument("--indicator", action="append", default=[], metavar="ID", help="only this one; may be repeated")
    parser.add_argument(
        "--as-of", type=_day, metavar="DATE", help="what the public could know on that day (2022-12-31)"
    )
    _add_places(parser, places)
    _add_catalogue(parser, places)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no day; write it as 2022-12-31") from None


def _add_explain(commands: "_Commands[argparse.ArgumentParser]", places: Paths) -> None:
    parser = commands.add_parser("explain", help="show where a fact stands: its sentence, or its row and headers")
    parser.add_argument(
        "fact",
        nargs="+",
        metavar="FACT",
        help="an observation_id, or an indicator with its period and members: internet_users 2021-12 residence=rural",
    )
    _add_places(parser, places)


def _add_quality(commands: "_Commands[argparse.ArgumentParser]", places: Paths) -> None:
    parser = commands.add_parser("quality", help="list what does not add up, and decide what becomes of it")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="list the findings, worst first")
    listing.add_argument("--state", choices=("open", "accepted", "dismissed", "closed", "all"), default="open")
    show = actions.add_parser("show", help="show a finding: its numbers, the suspected ones, proposals, history")
    accept = actions.add_parser("accept", help="write the proposed correction as YAML; the next run applies it")
    dismiss = actions.add_parser("dismiss", help="say that a finding is none; its facts are freed")
    reopen = actions.add_parser("reopen", help="open a finding again")
    for action in (show, accept, dismiss, reopen):
        action.add_argument("issue", metavar="ISSUE", help="its id, or how the id begins")
    for action in (accept, dismiss, reopen):
        action.add_argument("--who", help="who decides (your user name)")
    dismiss.add_argument("--reason", required=True)
    reopen.add_argument("--reason", default="opened again")
    accept.add_argument("--reason", help="why (the proposal's words)")
    accept.add_argument("--value", type=_decimal, metavar="N", help="what it should be, in the base unit")
    accept.add_argument("--fact", type=int, metavar="ID", help="which suspected number, where there are several")
    for action in (listing, show, accept, dismiss, reopen):
        _add_places(action, places)
        _add_catalogue(action, places)


def _add_report(commands: "_Commands[argparse.ArgumentParser]", places: Paths) -> None:
    parser = commands.add_parser("report", help="write the data-quality report over the whole warehouse")
    _add_places(parser, places)
    _add_catalogue(parser, places)
    _add_rules(parser, places)
    _add_output(parser, places)


def _add_rebuild(commands: "_Commands[argparse.ArgumentParser]", places: Paths) -> None:
    parser = commands.add_parser(
        "rebuild", help="make the warehouse anew from raw/, and prove it equal value for value"
    )
    parser.add_argument(
        "paths", nargs="*", default=["raw"], metavar="PATH", help="where the documents are (raw); others by their names"
    )
    parser.add_argument(
        "--replace", action="store_true", help="put it in the old one's place if it is equal; the old one is kept"
    )
    parser.add_argument(
        "--replace-anyway", action="store_true", help="put it there though it differs; the old one is kept"
    )
    _add_wait(parser, places)
    parser.add_argument("--quiet", action="store_true", help="say nothing but errors")
    _add_places(parser, places)
    _add_catalogue(parser, places)
    _add_rules(parser, places)


def _add_wait(parser: argparse.ArgumentParser, places: Paths) -> None:
    parser.add_argument(
        "--wait",
        type=float,
        default=places.wait,
        metavar="SECONDS",
        help=f"wait for a locked warehouse ({places.wait:.0f})",
    )


def _add_catalogues(commands: "_Commands[argparse.ArgumentParser]", places: Paths) -> None:
    parser = commands.add_parser("catalogue", help="check the catalogue, or draft entries for what it does not know")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = actions.add_parser("check", help="report every problem of the catalogue, with file and line")
    suggest = actions.add_parser("suggest", help="draft entries from the numbers that no indicator claims")
    suggest.add_argument("paths", nargs="+", metavar="PATH", help="file, folder, glob, or a *.docs.jsonl of texts")
    suggest.add_argument(
        "--least", type=_positive, default=1, metavar="N", help="leave out what stands fewer times than this (1)"
    )
    for action in (check, suggest):
        _add_catalogue(action, places)


def _add_places(parser: argparse.ArgumentParser, places: Paths) -> None:
    parser.add_argument(
        "--warehouse",
        type=place_of,
        default=places.warehouse,
        metavar="FILE",
        help=f"or ducklake:CATALOGUE (${WAREHOUSE} or {places.warehouse})".replace("%", "%%"),
    )
    parser.add_argument(
        "--lake-data",
        default="",
        metavar="FOLDER",
        help=f"where the Parquet files of a new DuckLake go, or s3://... (${LAKE_DATA}, or `lake_data` in {FILE})",
    )
    parser.add_argument(
        "--report",
        type=Path,
        default=places.report,
        metavar="FOLDER",
        help=f"${REPORT} or `report` beside the warehouse",
    )


def _add_catalogue(parser: argparse.ArgumentParser, places: Paths) -> None:
    parser.add_argument(
        "--catalogue",
        type=Path,
        action="append",
        metavar="FOLDER",
        help=f"entries that add to or replace ours; may be repeated (${CATALOGUE}, or `catalogue` in {FILE})",
    )
    parser.set_defaults(catalogues=places.catalogues)


def _add_output(parser: argparse.ArgumentParser, places: Paths) -> None:
    parser.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=places.language,
        help=f"language of the report (${LANGUAGE}, or `language` in {FILE}; {places.language})",
    )
    parser.add_argument("--quiet", action="store_true", help="say nothing but errors")
    parser.add_argument("--json", action="store_true", help="print the summary as one JSON object")
    parser.add_argument(
        "--fail-on",
        choices=FAIL_ON,
        default=FAIL_ON[0],
        metavar="SEVERITY",
        help="exit with 1 where an open finding is so bad: error (default), warning, never",
    )


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"{text} is no number") from None


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is not at least 1")
    return number


if __name__ == "__main__":
    sys.exit(main())
