"""What a report says, as plain data: findings first, then what is restated or decided, counts, and what stayed
unresolved."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from itertools import chain
from typing import Any

from bulletin.report import queries
from bulletin.report.findings import Findings
from bulletin.report.observations import Asked, Observations, source
from bulletin.report.words import Words

Row = Mapping[str, Any]
UNRESOLVED_SHOWN = 200
"""Unresolved numbers listed; their total is always said."""


def build_report(
    warehouse: Asked,
    *,
    rules: Mapping[str, tuple[str, str]],
    created: str,
    language: str = "en",
    documents: Sequence[int] | None = None,
    loaded: Iterable[int] = (),
) -> dict[str, Any]:
    """Return the report over these documents, or over the latest vintage of all of them.

    A finding belongs to it where a document in scope takes part, though the other numbers stand in older ones.

    Args:
        warehouse: what is asked.
        rules: English title and severity by rule.
        created: ISO time that the report shows.
        language: of its texts, `en` or `zh`.
        documents: ids of the documents in scope; all current ones where it is None.
        loaded: those of them that this run brought; the others count as unchanged.
    """
    words = Words(language)
    whole = documents is None
    if documents is None:
        documents = [row["document_id"] for row in warehouse.rows(queries.CURRENT)]
    scope = [list(documents)]
    issues = warehouse.rows(queries.ISSUES, scope)
    corrected = [row["observation_id"] for row in warehouse.rows(queries.CORRECTED, scope)]
    observations = _observations(warehouse, issues, corrected, words)
    findings = Findings(observations, rules, words, warehouse.path)
    found = findings.of(issues)
    is_open = [finding for finding in found if finding["state"] == "open"]
    wrong = [finding for finding in is_open if finding["severity"] != "info"]
    fresh = set(documents) if whole else set(loaded)
    by_path = _findings_by_path(wrong)
    listed = [_document(row, fresh, by_path) for row in warehouse.rows(queries.DOCUMENTS, scope)]
    broken = Counter((issue["rule"], issue["outcome"]) for issue in issues if issue["state"] == "open")
    checks = [_check(row, rules, broken, words) for row in warehouse.rows(queries.CHECKS, scope)]
    return {
        "title": words.texts["title"],
        "language": language,
        "created": created,
        "scope": words.texts["scope"]["whole" if whole else "run"],
        "warehouse": str(warehouse.path),
        "summary": _summary(listed, checks),
        "findings": wrong,
        "notes": [finding for finding in is_open if finding["severity"] == "info"],
        "decided": [finding for finding in found if finding["state"] in ("accepted", "dismissed")],
        "corrections": [observations.observation(fact) for fact in corrected],
        "documents": listed,
        "sources": _sources(listed),
        "coverage": _coverage(warehouse.rows(queries.COVERAGE, scope), words),
        "rules": sorted(checks, key=lambda check: (-check["failed"], check["rule"])),
        "runs": [_run(row) for row in reversed(warehouse.rows(queries.RUNS))],
        "unresolved": [
            _unresolved(row, words) for row in warehouse.rows(queries.UNRESOLVED, [*scope, UNRESOLVED_SHOWN])
        ],
        "unresolved_reasons": [
            {"reason": words.reason(row["reason"]), "count": row["count"]}
            for row in warehouse.rows(queries.REASONS, scope)
        ],
    }


def _observations(warehouse: Asked, issues: Sequence[Row], corrected: Sequence[int], words: Words) -> Observations:
    """Return every fact that an issue names, those suspected with their series."""
    suspected = {fact for row in issues for ids in row["suspect_ids"] or () for fact in ids}
    proposed = {repair["observation_id"] for row in issues for repair in row["repairs"] or ()}
    involved = chain.from_iterable(row["observation_ids"] for row in issues)
    observations = Observations(warehouse, [*involved, *suspected, *proposed, *corrected], words)
    observations.draw_series(warehouse, suspected)
    return observations


def _findings_by_path(findings: Sequence[Row]) -> Counter[str]:
    """Return in how many findings each document takes part."""
    return Counter(
        path
        for finding in findings
        for path in {finding["document"]["path"], *(o["document"]["path"] for o in finding["observations"])}
    )


def _document(row: Row, loaded: set[int], findings: Mapping[str, int]) -> dict[str, Any]:
    status = row["status"] if row["status"] == "unreadable" or row["document_id"] in loaded else "unchanged"
    counts = {name: row[name] for name in ("accepted", "quarantined", "unresolved")}
    return {**source(row), "status": status, **counts, "findings": findings.get(row["document"], 0)}


def _summary(documents: Sequence[Row], checks: Sequence[Row]) -> dict[str, int]:
    states = [document["status"] for document in documents]
    outcomes = ("passed", "failed", "restated", "not_evaluable")
    return {
        "documents": len(documents),
        **{status: states.count(status) for status in ("loaded", "unchanged", "unreadable")},
        **{name: sum(document[name] for document in documents) for name in ("accepted", "quarantined", "unresolved")},
        **{f"checks_{name}": sum(check[name] for check in checks) for name in outcomes},
    }


def _check(row: Row, rules: Mapping[str, tuple[str, str]], broken: Mapping[Any, int], words: Words) -> dict[str, Any]:
    """Return how the comparisons of a rule came out; of those that do not hold, what is nobody's mistake apart."""
    title, severity = rules.get(row["rule"], (row["rule"], "error"))
    innocent = ("restated", "different_definition")
    return {
        **row,
        "title": words.title(row["rule"], title),
        "severity": severity,
        "failed": broken[row["rule"], "fail"],
        "restated": sum(broken[row["rule"], outcome] for outcome in innocent),
    }


def _sources(documents: Sequence[Row]) -> list[dict[str, Any]]:
    """Return counts, shares in percent and the last release of each publisher, the one with most documents first."""
    by_publisher: dict[str, list[Row]] = defaultdict(list)
    for document in documents:
        by_publisher[document["publisher"] or ""].append(document)
    sources = []
    for publisher, own in by_publisher.items():
        counts = {name: sum(d[name] for d in own) for name in ("accepted", "quarantined", "unresolved")}
        total = sum(counts.values())
        shares = {f"{name}_share": round(100 * counts[name] / total, 1) if total else None for name in counts}
        released = max((d["published"] for d in own if d["published"]), default=None)
        unreadable = sum(d["status"] == "unreadable" for d in own)
        counted = {"documents": len(own), "unreadable": unreadable, **counts, **shares}
        sources.append({"publisher": publisher or None, **counted, "last_release": released})
    return sorted(sources, key=lambda row: (-row["documents"], row["publisher"] or ""))


def _coverage(rows: Sequence[Row], words: Words) -> dict[str, Any]:
    """Return the years, and for each indicator how many facts are about each of them; most facts first."""
    years = sorted({row["year"] for row in rows})
    names = {row["indicator"]: words.name(row) or row["indicator"] for row in rows}
    cells: dict[str, dict[int, Row]] = defaultdict(dict)
    for row in rows:
        cells[row["indicator"]][row["year"]] = row
    kept = ("accepted", "quarantined", "periods")
    listed = [
        {
            "indicator": indicator,
            "name": names[indicator],
            "facts": sum(cell["accepted"] + cell["quarantined"] for cell in own.values()),
            "years": {str(year): {name: own[year][name] for name in kept} for year in years if year in own},
        }
        for indicator, own in cells.items()
    ]
    return {"years": years, "indicators": sorted(listed, key=lambda row: (-row["facts"], row["name"]))}


def _run(row: Row) -> dict[str, Any]:
    counts = ("documents", "accepted", "quarantined", "unresolved", "opened", "closed")
    when = row["loaded_at"].astimezone(UTC).isoformat(timespec="minutes")
    return {"run": row["run"], "loaded_at": when, **{name: row[name] for name in counts}}


def _unresolved(row: Row, words: Words) -> dict[str, Any]:
    names = ("prefix", "quote", "suffix", "address")
    candidates = row["candidates"].split(", ") if row["candidates"] else []
    said = {"reason": words.reason(row["reason"]), "candidates": candidates}
    return {"document": source(row), **{name: row[name] for name in names}, **said}
