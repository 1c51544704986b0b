"""What a person decides of a finding: accept it and correct the source, dismiss it, or open it again."""

import getpass
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from bulletin.corrections import written
from bulletin.errors import UsageError
from bulletin.warehouse import Warehouse, decide, issue_row
from schemas.catalogue import Correction


def accept(
    warehouse: Warehouse,
    issue: str,
    *,
    folder: Path,
    today: date,
    value: Decimal | None = None,
    observation: int | None = None,
    reason: str | None = None,
    who: str | None = None,
) -> tuple[Correction, Path]:
    """Write the correction that settles a finding, mark its issues accepted, and return it with its file.

    Without a value it is the finding's first proposal; with one, the only suspect's or that of `observation`.

    Raises:
        UsageError: there is no such issue, it proposes nothing and no value is given, or several numbers are suspected.
    """
    row = issue_row(warehouse, issue)
    chosen, number, words = _chosen(row, value, observation)
    fact = warehouse.rows(
        "SELECT f.*, d.document FROM fact_observation AS f JOIN dim_document AS d USING (document_id) "
        "WHERE observation_id = ?",
        [chosen],
    )[0]
    correction = Correction(
        id=_free(row["finding"], fact, folder / "corrections"),
        document=fact["document"],
        quote=fact["quote"],
        value=number.normalize(),
        reason=reason or f"{words}; {row['message']}",
        who=who or getpass.getuser(),
        when=today.isoformat(),
        start=None if _is_cell(fact) else fact["start"],
        address=fact["address"] if _is_cell(fact) else None,
    )
    file = folder / "corrections" / f"{correction.id}.yml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(written(correction), encoding="utf-8")
    decide(warehouse, row["finding"], "accepted", who=correction.who, reason=f"{file}: {correction.value:f}")
    return correction, file


def _free(finding: str, fact: Mapping[str, Any], folder: Path) -> str:
    """Return the id of the correction: the finding's; of a second number of it, with the number's place behind."""
    if not (folder / f"{finding}.yml").exists() or f"quote: {fact['quote']}" in _text(folder / f"{finding}.yml"):
        return finding
    return f"{finding}-{fact['position']}"


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _chosen(row: Mapping[str, Any], value: Decimal | None, observation: int | None) -> tuple[int, Decimal, str]:
    """Return which fact is corrected, to what, and why."""
    repairs = [r for r in row["repairs"] or () if observation in (None, r["observation_id"])]
    if value is None:
        if not repairs:
            raise UsageError(
                f"{row['issue']} has no proposal{f' for {observation}' if observation else ''}: say what it should be "
                "with --value, in the base unit, and --fact where several numbers are suspected"
            )
        return repairs[0]["observation_id"], repairs[0]["value"], repairs[0]["words"]
    suspects = {fact for rows in row["suspect_ids"] or () for fact in rows} or set(row["observation_ids"])
    if observation is None and len(suspects) != 1:
        raise UsageError(
            f"several numbers of {row['issue']} are suspected: choose one of {', '.join(map(str, sorted(suspects)))} "
            "with --fact"
        )
    chosen = observation if observation is not None else next(iter(suspects))
    if chosen not in suspects | set(row["observation_ids"]):
        raise UsageError(f"{chosen} takes no part in {row['issue']}; {', '.join(map(str, sorted(suspects)))} do")
    return chosen, value, "corrected by hand"


def _is_cell(fact: Mapping[str, Any]) -> bool:
    """Whether the fact stands in a table: its address then names a row or a sheet's cell."""
    address = fact["address"] or ""
    return ", row " in address or address.startswith("sheet ") or ", sheet " in address


def dismiss(warehouse: Warehouse, issue: str, *, reason: str, who: str | None = None) -> Mapping[str, Any]:
    """Mark a finding as none, free the facts that only it holds back, and return its row.

    Raises:
        UsageError: there is no such issue, or no reason is given.
    """
    if not reason.strip():
        raise UsageError("a dismissal needs a reason: --reason 'the ministry counts otherwise'")
    row = issue_row(warehouse, issue)
    decide(warehouse, row["finding"], "dismissed", who=who or getpass.getuser(), reason=reason)
    return row


def reopen(warehouse: Warehouse, issue: str, *, reason: str, who: str | None = None) -> Mapping[str, Any]:
    """Open a finding again, put its suspects back into quarantine, and return its row.

    Raises:
        UsageError: there is no such issue.
    """
    row = issue_row(warehouse, issue)
    decide(warehouse, row["finding"], "open", who=who or getpass.getuser(), reason=reason)
    return row


def listed(warehouse: Warehouse, state: str) -> Sequence[Mapping[str, Any]]:
    """Return a row for each finding of the state, or of all, worst first: id, severity, state, rule, document,
    message."""
    return warehouse.rows(
        """
        SELECT * FROM (SELECT i.finding AS issue,
            arg_min(i.severity, array_position(['error', 'warning', 'info'], i.severity)) AS severity,
            any_value(i.state) AS state, string_agg(DISTINCT i.rule, ', ' ORDER BY i.rule) AS rule,
            count(*) AS comparisons, len(any_value(i.repairs)) AS proposals, min(d.document) AS document,
            arg_min(i.message, array_position(['error', 'warning', 'info'], i.severity)) AS message
        FROM issue AS i LEFT JOIN dim_document AS d USING (document_id)
        WHERE ? IN ('all', i.state)
        GROUP BY i.finding)
        ORDER BY array_position(['error', 'warning', 'info'], severity), document, issue
        """,
        [state],
    )
