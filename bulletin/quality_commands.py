"""`bulletin quality`: findings listed and shown, and what a person decides of one."""

from argparse import Namespace
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from textwrap import wrap
from typing import Any

from bulletin import decisions, settings
from bulletin.answers.cells import plain
from bulletin.console import Console
from bulletin.explain import explain as explanations
from bulletin.options import catalogue_folders, opened
from bulletin.warehouse import Warehouse, issue_row, publish, writing
from schemas.catalogue import HOME

OK, BAD_DATA = 0, 1


def quality(options: Namespace) -> int:
    """List or show findings, or write down what a person decides of one; 1 where open errors are listed."""
    if options.action in ("list", "show"):
        with opened(options) as warehouse:
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
    """Return the findings, each as its id with what is known of it, its message, and its document."""
    from bulletin.answers.query import room

    lines = [] if found else ["(no findings)"]
    for row in found:
        proposed = f", {row['proposals']} proposed corrections" if row["proposals"] else ""
        many = f": {row['comparisons']} comparisons" if row["comparisons"] > 1 else ""
        rules = f"{row['rule']}{many}{proposed}"
        lines += [f"{row['issue']}  {row['severity']}, {row['state']}  ({rules})"]
        lines += [f"  {line}" for line in wrap(plain(row["message"]), max(room() - 2, 40))]
        lines += [f"  {plain(row['document'])}" if row["document"] else ""]
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
    folders = catalogue_folders(options)
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
