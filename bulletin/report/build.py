"""What a report says, as plain data: findings first, then documents, rules and what stayed unresolved."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

UNRESOLVED_SHOWN = 200
"""Unresolved numbers listed; their total is always said."""
_SEVERITIES = ("error", "warning", "info")
_OTHER_TITLES = {
    "unreadable": "A document must be readable",
    "contract": "A fact must keep the contract of its stage",
    "yields_nothing": "A document must yield at least one fact",
    "sidecar": "A sidecar must hold known fields only",
    "spreadsheet": "Cells must hold values, not errors or formulas without a result",
}


class Asked(Protocol):
    """Anything that answers SQL with rows: the warehouse."""

    path: Path

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Return the rows as dictionaries."""
        ...


def build_report(
    warehouse: Asked,
    *,
    rules: Mapping[str, tuple[str, str]],
    created: str,
    documents: Sequence[int] | None = None,
    loaded: Iterable[int] = (),
) -> dict[str, Any]:
    """Return the report over these documents, or over the latest vintage of all of them.

    Args:
        warehouse: what is asked.
        rules: title and severity by rule.
        created: ISO time that the report shows.
        documents: ids of the documents in scope; all current ones where it is None.
        loaded: those of them that this run brought; the others count as unchanged.
    """
    whole = documents is None
    if documents is None:
        documents = [row["document_id"] for row in warehouse.rows("SELECT document_id FROM current_document")]
    ids = [list(documents)]
    fresh = set(documents) if whole else set(loaded)
    listed = [_document(row, fresh) for row in warehouse.rows(_DOCUMENTS, ids)]
    checks = [_rule(row, rules) for row in warehouse.rows(_CHECKS, ids)]
    findings = [_finding(row, warehouse, rules) for row in warehouse.rows(_ISSUES, ids)]
    unresolved = warehouse.rows(_UNRESOLVED, ids)
    return {
        "title": "Data-quality report",
        "created": created,
        "scope": "the whole warehouse" if whole else "this run",
        "warehouse": str(warehouse.path),
        "summary": _summary(listed, checks),
        "findings": sorted(findings, key=lambda finding: _SEVERITIES.index(finding["severity"])),
        "documents": listed,
        "rules": checks,
        "unresolved": [_unresolved(row) for row in unresolved[:UNRESOLVED_SHOWN]],
        "unresolved_total": len(unresolved),
    }


_DOCUMENTS = """
    SELECT d.*,
        count(*) FILTER (WHERE f.status = 'accepted') AS accepted,
        count(*) FILTER (WHERE f.status = 'quarantined') AS quarantined,
        count(*) FILTER (WHERE f.status = 'unresolved') AS unresolved,
        (SELECT count(*) FROM fact_issue AS i WHERE i.document_id = d.document_id) AS findings
    FROM dim_document AS d LEFT JOIN fact_observation AS f USING (document_id)
    WHERE list_contains(?, d.document_id)
    GROUP BY ALL ORDER BY d.document
"""
_CHECKS = """
    SELECT rule, sum(passed)::BIGINT AS passed, sum(failed)::BIGINT AS failed,
        sum(not_evaluable)::BIGINT AS not_evaluable
    FROM fact_check WHERE load_id IN (SELECT load_id FROM dim_document WHERE list_contains(?, document_id))
    GROUP BY rule ORDER BY rule
"""
_ISSUES = """
    SELECT i.*, d.* EXCLUDE (document_id, load_id) FROM fact_issue AS i JOIN dim_document AS d USING (document_id)
    WHERE list_contains(?, i.document_id) ORDER BY d.document, i.message
"""
_UNRESOLVED = """
    SELECT f.*, d.document, d.title, d.publisher, d.published, d.url, d.language
    FROM fact_observation AS f JOIN dim_document AS d USING (document_id)
    WHERE f.status = 'unresolved' AND list_contains(?, f.document_id) ORDER BY d.document, f.position
"""
_OBSERVATIONS = """
    SELECT f.*, n.name_en,
        (SELECT list_sort(list(DISTINCT dimension)) FROM dim_member) AS dimensions
    FROM fact_observation AS f LEFT JOIN dim_indicator AS n USING (indicator)
    WHERE list_contains(?, f.observation_id) ORDER BY f.position
"""


def _summary(documents: Sequence[Mapping[str, Any]], checks: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    states = [document["status"] for document in documents]
    return {
        "documents": len(documents),
        "loaded": states.count("loaded"),
        "unchanged": states.count("unchanged"),
        "unreadable": states.count("unreadable"),
        **{name: sum(document[name] for document in documents) for name in ("accepted", "quarantined", "unresolved")},
        **{f"checks_{name}": sum(check[name] for check in checks) for name in ("passed", "failed", "not_evaluable")},
    }


def _source(row: Mapping[str, Any]) -> dict[str, Any]:
    names = ("title", "publisher", "published", "url", "language")
    return {"path": row["document"], **{name: row[name] for name in names}}


def _document(row: Mapping[str, Any], loaded: set[int]) -> dict[str, Any]:
    status = row["status"] if row["status"] == "unreadable" or row["document_id"] in loaded else "unchanged"
    counts = {name: row[name] for name in ("accepted", "quarantined", "unresolved", "findings")}
    return {**_source(row), "status": status, **counts}


def _rule(row: Mapping[str, Any], rules: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    title, severity = rules.get(row["rule"], (row["rule"], "error"))
    return {**row, "title": title, "severity": severity}


def _finding(row: Mapping[str, Any], warehouse: Asked, rules: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    title = rules[row["rule"]][0] if row["rule"] in rules else _OTHER_TITLES.get(row["rule"], row["rule"])
    observed = warehouse.rows(_OBSERVATIONS, [row["observation_ids"]]) if row["observation_ids"] else []
    return {
        "issue": row["issue"],
        "rule": row["rule"],
        "title": title,
        "severity": row["severity"],
        "message": row["message"],
        "document": _source(row),
        "observations": [_observation(fact) for fact in observed],
    }


def _observation(fact: Mapping[str, Any]) -> dict[str, Any]:
    members = ", ".join(f"{name}={fact[name]}" for name in fact["dimensions"] if fact[name])
    plain = ("indicator", "measure", "direction", "unit", "bound", "area", "period", "base_period", "status")
    return {
        "observation": str(fact["observation_id"]),
        "name": fact["name_en"] or fact["indicator"] or "unresolved",
        "members": members,
        **{name: fact[name] for name in plain},
        **{name: None if fact[name] is None else f"{fact[name]:f}" for name in ("value", "lower", "upper")},
        **{name: fact[name] for name in ("prefix", "quote", "suffix", "address")},
    }


def _unresolved(row: Mapping[str, Any]) -> dict[str, Any]:
    names = ("prefix", "quote", "suffix", "address", "reason")
    candidates = row["candidates"].split(", ") if row["candidates"] else []
    return {"document": _source(row), **{name: row[name] for name in names}, "candidates": candidates}
