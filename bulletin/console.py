"""What a person sees in the terminal: progress, findings, the summary, answers as tables."""

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import rich.box
import rich.console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from bulletin import pipeline
from bulletin.explain import Excerpt, Explanation

_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}
FINDINGS_SHOWN = 20
PIPED_WIDTH = 4_000
"""Columns where nobody looks: a pipe wants whole lines."""


class Console:
    """Writes to the terminal; progress goes to standard error, what was asked for to standard output."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self.out = rich.console.Console(quiet=quiet, soft_wrap=True)
        if not self.out.is_terminal and "COLUMNS" not in os.environ:
            self.out.width = PIPED_WIDTH
        self.error = rich.console.Console(stderr=True, quiet=quiet)

    @contextmanager
    def progress(self) -> Iterator[pipeline.Progress]:
        """Give a function to tell progress to: a bar on a terminal, plain lines elsewhere, nothing when quiet."""
        if self.quiet:
            yield pipeline.silent
        elif self.error.is_terminal:
            columns = (SpinnerColumn(), TextColumn("{task.description:18}"), BarColumn(), MofNCompleteColumn())
            with Progress(*columns, TimeElapsedColumn(), console=self.error, transient=True) as bar:
                task = bar.add_task("start", total=None)
                yield lambda stage, done, total: bar.update(
                    task, description=stage, completed=done, total=total or None
                )
        else:
            yield self._line

    def _line(self, stage: str, done: int, total: int) -> None:
        counts = f": {done} of {total} documents" if total else ""
        print(f"bulletin: {stage}{counts}", file=sys.stderr, flush=True)

    def findings(self, findings: Sequence[Mapping[str, Any]]) -> None:
        """Print the findings, worst first: what is wrong and where; what is suspected, and what would mend it."""
        for finding in findings[:FINDINGS_SHOWN]:
            line = Text(f"{finding['severity']:8}", _STYLES[finding["severity"]])
            more = f" (+{finding['comparisons'] - 1})" if finding["comparisons"] > 1 else ""
            line.append(f"{finding['message']}{more} ", "default").append(f"[{finding['document']['path']}]", "dim")
            self.out.print(line)
            if finding["suspicion"]:
                self.out.print(Text(f"        {finding['suspicion']}"))
                mended = finding["proposals"][0]["sentence"] if finding["proposals"] else finding["no_proposal"]
                self.out.print(Text(f"        {mended} ").append(finding["accept"], "dim"))
        if len(findings) > FINDINGS_SHOWN:
            self.out.print(f"... and {len(findings) - FINDINGS_SHOWN} more in the report", style="dim")
        if findings:
            self.out.print()

    def summary(self, outcome: "pipeline.IngestResult") -> None:
        """Print what came of the run, and where everything is."""
        counts, found = outcome.report["summary"], outcome.found
        documents = [
            f"{counts['loaded']} loaded",
            f"{counts['unchanged']} unchanged",
            f"{counts['unreadable']} unreadable",
        ]
        if found.duplicates:
            documents.append(f"{len(found.duplicates)} the same as another")
        grid = Table.grid(padding=(0, 2))
        grid.add_row("documents", f"{counts['documents'] + len(found.duplicates)} read: {', '.join(documents)}")
        grid.add_row(
            "facts",
            f"{counts['accepted']} accepted, {counts['quarantined']} quarantined, {counts['unresolved']} unresolved",
        )
        grid.add_row(
            "checks",
            f"{counts['checks_passed']} passed, {counts['checks_failed']} failed, "
            f"{counts['checks_not_evaluable']} not evaluable",
        )
        grid.add_row("report", Text(str(outcome.files["html"])))
        grid.add_row("warehouse", Text(outcome.report["warehouse"]))
        self.out.print(grid)
        if counts["unchanged"] and not counts["loaded"]:
            self.out.print("Nothing new: every document is in the warehouse already.")
        if found.stale:
            self.out.print(
                f"{found.stale} of them were read with another catalogue; --again reads them anew.", style="yellow"
            )

    def answer(self, title: str, sql: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Print a query to try, and its result."""
        self.out.print(f"\n{title}", style="bold")
        self.out.print(Text(f'bulletin query "{sql}"', "dim"))
        self.table(rows)

    def explanation(self, found: Explanation) -> None:
        """Print a fact, its document, and the words or the part of the table that state it."""
        fact = found.fact
        self.out.print(Text(_fact_line(fact), "bold"))
        self.out.print(Text(_source_line(fact)))
        place = fact["address"] or (f"line {found.line}" if found.line else "")
        if place:
            self.out.print(Text(place))
        if found.excerpt:
            self._excerpt(found.excerpt)
        else:
            words = Text("  ").append(_spaced(fact["prefix"]).lstrip())
            words.append(f"«{fact['quote']}»", "reverse").append(_spaced(fact["suffix"]).rstrip())
            self.out.print(words)
        if found.doubt:
            self.out.print(Text(found.doubt, "yellow"))
        self.out.print()

    def _excerpt(self, excerpt: Excerpt) -> None:
        if excerpt.caption:
            self.out.print(Text(f"  {excerpt.caption}", "italic"))
        table = Table(show_header=False, box=rich.box.SIMPLE)
        for _ in excerpt.rows[0]:
            table.add_column()
        for at, row in enumerate(excerpt.rows):
            here = excerpt.column if at == excerpt.row else -1
            table.add_row(*(Text(f"«{t}»", "reverse") if c == here else Text(t) for c, t in enumerate(row)))
        self.out.print(table)
        for note in excerpt.notes:
            self.out.print(Text(f"  {note}", "dim"))

    def table(self, rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> None:
        """Print the rows as a table; numbers stand right, with separators between thousands."""
        if not rows:
            self.out.print("(no rows)")
            return
        names = columns or list(rows[0])
        table = Table(box=None, header_style="bold", pad_edge=False)
        for name in names:
            numeric = any(isinstance(row[name], int | float | Decimal) for row in rows)
            table.add_column(name, justify="right" if numeric else "left", overflow="fold")
        for row in rows:
            table.add_row(*(Text(_shown(row[name])) for name in names))
        self.out.print(table)


def _fact_line(fact: Mapping[str, Any]) -> str:
    """Return what the fact states, on one line."""
    sign = {"up": "+", "down": "−"}.get(fact["direction"] or "", "")
    value = f"{sign}{_shown(fact['value'])} {fact['unit'] or ''}".rstrip()
    if fact["bound"] == "exact" and fact["lower"] is not None and fact["lower"] != fact["upper"]:
        value += f" ({_shown(fact['lower'])} to {_shown(fact['upper'])})"
    elif fact["bound"] != "exact":
        value = f"{fact['bound'].replace('_', ' ')} {value}"
    named = [fact["indicator"] or "unresolved", *_members(fact), fact["area"], fact["period"], fact["measure"]]
    status = (
        "" if fact["status"] == "accepted" else f" [{fact['status']}{(fact['reason'] and ': ' + fact['reason']) or ''}]"
    )
    return f"{fact['observation_id']}  {', '.join(filter(None, named))}: {value}{status}"


def _spaced(text: str) -> str:
    """Return the text on one line."""
    return re.sub(r"\s+", " ", text)


def _members(fact: Mapping[str, Any]) -> list[str]:
    """Return the members of the row: the columns behind `candidates` and before the document's."""
    names = list(fact)
    dimensions = names[names.index("candidates") + 1 : names.index("document")]
    return [f"{name}={fact[name]}" for name in dimensions if fact[name]]


def _source_line(fact: Mapping[str, Any]) -> str:
    said = [fact["publisher"], fact["title"], fact["published"]]
    vintage = f", vintage {fact['vintage']}" if fact["vintage"] > 1 or fact["superseded"] else ""
    return f"{fact['document']}{vintage} ({', '.join(filter(None, said))})" if any(said) else fact["document"] + vintage


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return ", ".join(f"{key}={item}" for key, item in value.items())
    if isinstance(value, float | Decimal):
        text = f"{value:,.10f}" if isinstance(value, Decimal) else f"{value:,.6f}"
        return text.rstrip("0").rstrip(".")
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
