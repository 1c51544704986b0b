"""The composition: discover, read, extract, resolve, check, load, report, publish. There is no other pipeline.

Each step is a plain function over a batch of documents. `ingest` strings them together and calls every one of them
through `run`, which a caller may replace: the command calls them directly, a Prefect flow as tasks.
"""

import json
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bulletin import atomic, gate
from bulletin.check import Checked, Held
from bulletin.corrections import RULE, corrected
from bulletin.corrections import TITLE as CORRECTION
from bulletin.discover import discover as discover_files
from bulletin.errors import UsageError
from bulletin.makers import batches, makers
from bulletin.model import Resolved, Source, Unreadable
from bulletin.ready import ReadBatch, Ready, Run, call, catalogue_of, extract, make_ready_to_check, read, resolve
from bulletin.report import build_report, render_html, render_json, render_junit, render_markdown
from bulletin.settings import Request
from bulletin.user_rules import user_rules
from bulletin.warehouse import (
    LoadReport,
    Warehouse,
    held_facts,
    kept_open,
    known_documents,
    loads_seen,
    make_ready,
    metadata_sha256,
    turns,
    withdraw,
    writing,
)
from bulletin.warehouse import load as load_batch
from bulletin.warehouse import publish as publish_snapshot
from schemas.rules import Rule, all_rules
from schemas.rules.documents import DocumentRule, document_rules

__all__ = ["ReadBatch", "batches", "call", "extract", "make_ready_to_check", "read", "resolve"]
Progress = Callable[[str, int, int], None]
"""Told what is being done, and how many documents of how many are through."""


@dataclass(frozen=True, slots=True)
class Found:
    """What there is to do: sources to read, and documents that are in the warehouse already."""

    new: tuple[Source, ...] = ()
    unchanged: tuple[int, ...] = ()
    """Ids of the documents whose content is known."""
    duplicates: tuple[tuple[str, str], ...] = ()
    """Files left out, each with the one that holds the same."""
    stale: int = 0
    """How many of the unchanged were read with another catalogue."""


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What an ingest came to."""

    report: Mapping[str, Any]
    files: Mapping[str, Path]
    """Where the report is, by format: html, json, md, junit.xml."""
    found: Found = field(default_factory=Found)
    worst: str = ""
    """The worst severity of an open finding of its documents; empty where there is none."""

    @property
    def failed(self) -> bool:
        """Whether an open finding is an error."""
        return self.fails("error")

    def fails(self, severity: str) -> bool:
        """Return whether an open finding is as bad as `severity` (error or warning; never): the exit code is then 1."""
        return bool(self.worst) and self.worst in _AS_BAD_AS[severity]


_AS_BAD_AS = {"error": ("error",), "warning": ("error", "warning"), "never": ()}


def discover(request: Request) -> Found:
    """Return the sources to read; what the warehouse knows by the hash of its content is not read again."""
    sources = discover_files(request.paths, request.limits)
    if request.published:
        sources = _published(sources, *request.published)
    known = {row["document"]: row for row in known_documents(request.warehouse, request.wait)}
    catalogue = catalogue_of(request).fingerprint
    held = {(row["sha256"], row["metadata_sha256"]): row["document"] for row in known.values()}
    new: list[Source] = []
    unchanged: list[int] = []
    duplicates: list[tuple[str, str]] = []
    stale = 0
    for source in sources:
        identity = (source.sha256, metadata_sha256(source.metadata))
        row = known.get(source.key)
        if row and source.sha256 and (row["sha256"], row["metadata_sha256"]) == identity and not request.again:
            unchanged.append(row["document_id"])
            stale += row["catalogue"] != catalogue
        elif source.size and not source.problem and held.get(identity, source.key) != source.key:
            duplicates.append((source.key, held[identity]))
        else:
            held[identity] = source.key
            new.append(source)
    return Found(tuple(new), tuple(unchanged), tuple(duplicates), stale)


def _published(sources: Sequence[Source], first: date, last: date) -> list[Source]:
    """Return those that were published from the one day to the other, the oldest first; a month alone counts whole."""
    low, high = first.isoformat(), last.isoformat()
    dated = [(source.metadata.published, source) for source in sources if source.metadata.published]
    within = [(day, source) for day, source in dated if low[: len(day)] <= day <= high[: len(day)]]
    return [source for _, source in sorted(within, key=lambda pair: (pair[0], pair[1].key))]


def check(resolved: Sequence[Resolved], request: Request, without: Collection[str] = ()) -> Checked:
    """Return the facts with their status, and what the contracts and rules found; `without` some corrections."""
    catalogue = catalogue_of(request)
    seen = loads_seen(request.warehouse, request.wait)
    mended, issues = corrected(resolved, catalogue, without)
    rules = user_rules(request.rules)

    def held_for(documents: Sequence[Resolved]) -> Held:
        return held_facts(request.warehouse, documents, catalogue, request.wait)

    checked = gate.check_at_gate(mended, catalogue, held_for, request.policy, rules.checks, issues)
    return replace(checked, issues=(*rules.broken, *checked.issues), seen=seen)


def load(
    checked: Checked, unreadable: Sequence[Unreadable], request: Request, run: str, at: datetime | None = None
) -> LoadReport:
    """Write the batch into the warehouse in one transaction, as of `at` where a load is replayed."""
    queries = user_rules(request.rules).queries
    return load_batch(
        checked,
        unreadable,
        request.warehouse,
        catalogue_of(request),
        run,
        wait=request.wait,
        again=request.again,
        queries=queries,
        policy=request.policy,
        at=at,
    )


def check_and_load(batch: Ready, request: Request, run: str) -> LoadReport:
    """Check a batch and load it, and return what it brought.

    Checked once more where others loaded into the lake meanwhile: what they brought may speak against it.
    """
    while True:
        brought = load(check(batch.resolved, request), batch.unreadable, request, run)
        if not brought.stale:
            return brought


def publish(request: Request) -> None:
    """Publish the warehouse as it is now for readers, or see that nobody is served what is not kept up to date."""
    if request.snapshot:
        publish_snapshot(request.warehouse, request.wait)
    else:
        withdraw(request.warehouse)


def report(request: Request, found: Found | None, loaded: Sequence[int]) -> IngestResult:
    """Write the report over the documents of the run, or over all where `found` is None, and return it."""
    rules = _titles(request)
    scope = None if found is None else [*found.unchanged, *loaded]
    created = datetime.now(UTC).isoformat(timespec="seconds")
    make_ready(request.warehouse, catalogue_of(request), request.wait)
    with Warehouse(request.warehouse, read_only=True, wait=request.wait) as warehouse:
        content = build_report(
            warehouse, rules=rules, created=created, language=request.language, documents=scope, loaded=loaded
        )
        worst = _worst(warehouse, scope)
    return IngestResult(content, _write(content, request.report_folder), found or Found(), worst)


def _titles(request: Request) -> dict[str, tuple[str, str]]:
    """Return title and severity of every rule, ours and the user's."""
    severity = request.policy.severity
    listed: list[Rule | DocumentRule] = [*all_rules(), *document_rules()]
    ours = {rule.id: (rule.title, severity.get(rule.id, rule.severity.value)) for rule in listed}
    return {**ours, gate.GATE: (gate.TITLE, "error"), RULE: (CORRECTION, "error"), **user_rules(request.rules).titles}


def _worst(warehouse: Warehouse, scope: Sequence[int] | None) -> str:
    """Return the worst severity of an open finding of the documents, or of all current ones."""
    rows = warehouse.rows(
        "SELECT severity FROM issue WHERE state = 'open' AND outcome = 'fail' AND "
        "(? OR document_id IN (SELECT unnest(?::BIGINT[]))) "
        "ORDER BY array_position(['error', 'warning', 'info'], severity) LIMIT 1",
        [scope is None, list(scope or [])],
    )
    return str(rows[0]["severity"]) if rows else ""


_FORMATS = {"html": render_html, "json": render_json, "md": render_markdown, "junit.xml": render_junit}


def _write(content: Mapping[str, Any], folder: Path) -> dict[str, Path]:
    files = {kind: folder / f"quality.{kind}" for kind in _FORMATS}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for kind, render in _FORMATS.items():
            atomic.write(files[kind], render(content))
    except OSError as error:
        raise UsageError(
            f"{folder}: the report cannot be written: {error.strerror}. What was read is loaded; make room or give the "
            "folder permission, then `bulletin report` writes it. --report names another folder"
        ) from error
    return files


STEPS: tuple[Callable[..., Any], ...] = (discover, make_ready_to_check, check_and_load, report, publish)


def silent(stage: str, done: int, total: int) -> None:
    """Show no progress."""


def ingest(request: Request, run: Run = call, progress: Progress = silent) -> IngestResult:
    """Ingest the paths of the request, batch by batch, each batch one transaction; return what came of it.

    Wrong data never stops it: what cannot be read or does not add up is a finding of the report.

    Raises:
        BulletinError: a path does not exist, the catalogue has problems, or the warehouse cannot be opened.
    """
    with writing(request.warehouse, request.wait, lambda holder: progress(f"waiting for {holder}", 0, 0)):
        return _ingest(request, run, progress)


def _ingest(request: Request, run: Run, progress: Progress) -> IngestResult:
    name = str(uuid.uuid4())
    progress("discover", 0, 0)
    loaded: list[int] = []
    done = 0
    with makers(request, run) as ready:
        found: Found = run(discover, request)
        make_ready(request.warehouse, catalogue_of(request), request.wait)
        opened = kept_open(request.warehouse, request.wait) if found.new else nullcontext()
        with opened, turns(request.warehouse, request.wait) as turn:
            progress("read and extract", done, len(found.new))
            for batch in ready(batches(found.new, request.batch)):
                progress("check and load", done, len(found.new))
                with turn():
                    brought: LoadReport = run(check_and_load, batch, request, name)
                loaded += brought.document_ids
                done += batch.size
                progress("read and extract", done, len(found.new))
            progress("report", done, len(found.new))
            outcome: IngestResult = run(report, request, found, loaded)
    run(publish, request)
    return outcome


def summary_json(outcome: IngestResult) -> str:
    """Return the summary, what was found and where the report is, as one JSON object."""
    said = ("issue", "rule", "severity", "message", "comparisons", "suspicion", "accept")
    findings = [{name: finding[name] for name in said} for finding in outcome.report["findings"]]
    content = {
        **outcome.report["summary"],
        "duplicates": len(outcome.found.duplicates),
        "findings": findings,
        "report": {kind: str(path) for kind, path in outcome.files.items()},
        "warehouse": outcome.report["warehouse"],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)
