"""A report dict as text: HTML for people, Markdown for a Prefect artifact, JSON for programs.

The dict is what the warehouse knows of a run: a summary, findings worst first, documents, rules, unresolved
mentions. Every text in it comes from somebody's document, so both templates escape whatever they print.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from urllib.parse import quote

Report = Mapping[str, Any]

TEMPLATES = Path(__file__).parent / "templates"
URL_CHARACTERS = ":/?#@!$&'*+,;=%~"  # the rest, brackets and quotes among it, is percent-encoded
MARKDOWN = re.compile(r"[\\`*\[\]|~$]|(?<!\w)_|_(?!\w)")  # `_` inside a word is plain: internet_users


def render_html(report: Report) -> str:
    """Return the report as one self-contained web page: no script, nothing fetched from elsewhere."""
    return _fill("report.html.j2", report, _plain)


def render_markdown(report: Report) -> str:
    """Return the report as GitHub-flavoured Markdown without HTML tags, as a Prefect artifact shows it."""
    return re.sub(r"\n{3,}", "\n\n", _fill("report.md.j2", report, _markdown))


def render_json(report: Report) -> str:
    """Return the report as indented JSON, its keys sorted, so that equal reports are equal texts."""
    return json.dumps(report, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False) + "\n"


def number(value: str | int | None) -> str:
    """Return a decimal for reading: separators between thousands, no idle zeros; a dash where there is none.

    >>> number("2550000000"), number("57.60"), number(None)
    ('2,550,000,000', '57.6', '—')
    """
    try:
        shown = "—" if value is None else f"{Decimal(value):,f}"
    except InvalidOperation:  # not a number: show what is there
        return str(value)
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def interval(observation: Report) -> str:
    """Return the values that the printed rounding and hedge allow, in words where an end is open.

    >>> interval({"lower": "57.55", "upper": "57.65"}), interval({"lower": "1000000000", "upper": None})
    ('57.55 – 57.65', 'at least 1,000,000,000')
    """
    lower, upper = observation["lower"], observation["upper"]
    if lower is None:
        return "—" if upper is None else f"at most {number(upper)}"
    if upper is None:
        return f"at least {number(lower)}"
    return number(lower) if lower == upper else f"{number(lower)} – {number(upper)}"


def counted(count: int, noun: str) -> str:
    """Return a count with its noun: "1 check", "1,204 checks"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def moment(stamp: str) -> str:
    """Return an ISO 8601 timestamp to the minute, in UTC if it names a zone; any other text as it is."""
    try:
        when = datetime.fromisoformat(stamp)
    except ValueError:
        return stamp
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if when.tzinfo else f"{when:%Y-%m-%d %H:%M}"


def web_link(url: str | None) -> str | None:
    """Return the address with its odd characters percent-encoded if it is http or https, else None."""
    match = re.fullmatch(r"\s*(https?://\S+)\s*", url or "", re.IGNORECASE)
    return quote(match[1], safe=URL_CHARACTERS, errors="replace") if match else None


def verdict(report: Report) -> tuple[str, str]:
    """Return the report's tone (`error`, `warning`, `info` or `ok`) and its one plain sentence."""
    summary, found = report["summary"], Counter(finding["severity"] for finding in report["findings"])
    loud = [counted(found[severity], severity) for severity in ("error", "warning") if found[severity]]
    if loud:
        return ("error" if found["error"] else "warning"), f"{' and '.join(loud)} to look at."
    passed, failed, idle = (counted(summary[f"checks_{how}"], "check") for how in ("passed", "failed", "not_evaluable"))
    if summary["checks_failed"]:
        return "warning", f"{failed} failed."
    if summary["unreadable"]:
        return "warning", f"No check failed, but {counted(summary['unreadable'], 'document')} could not be read."
    rest = f" {idle} could not be evaluated." if summary["checks_not_evaluable"] else ""
    if summary["checks_passed"]:
        return "ok", f"Nothing is wrong: {passed} passed, none failed.{rest}"
    return ("warning", f"No check failed, but none passed.{rest}") if rest else ("info", "There was nothing to check.")


def passages(mentions: Sequence[Report]) -> list[dict[str, Any]]:
    """Return the sentences around `mentions`, each sentence once, however many of them it holds.

    A passage has `address`, `document` (None: the finding's own) and `pieces`: pairs of a text and the positions,
    from 1, of the mentions that it quotes; an empty list for the words between.
    """
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for position, mention in enumerate(mentions, 1):
        before, quoted, after = (mention[part] or "" for part in ("prefix", "quote", "suffix"))
        place = {"address": mention["address"], "document": mention.get("document")}
        text = before + quoted + after
        passage = found.setdefault((text, repr(place)), {**place, "text": text, "spans": {}})
        passage["spans"].setdefault((len(before), len(before + quoted)), []).append(position)
    return [{**passage, "pieces": _pieces(passage["text"], passage["spans"])} for passage in found.values()]


def _pieces(text: str, spans: Mapping[tuple[int, int], list[int]]) -> list[tuple[str, list[int]]]:
    pieces, at = [], 0
    for (start, end), positions in sorted(spans.items()):
        if start >= at:  # of two quotes that overlap, the first is highlighted
            pieces += [(text[at:start], []), (text[start:end], positions)]
            at = end
    return [piece for piece in [*pieces, (text[at:], [])] if piece[0]]


def _plain(value: object) -> object:
    return "" if value is None else value


def _markdown(value: object) -> object:
    from jinja2.filters import do_mark_safe

    if hasattr(value, "__html__"):  # a macro's output: escaped already
        return value
    line = MARKDOWN.sub(r"\\\g<0>", re.sub(r"\s+", " ", str(_plain(value))))
    return do_mark_safe(line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def _fill(template: str, report: Report, finalize: Callable[[object], object]) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(autoescape=True, finalize=finalize, trim_blocks=True, lstrip_blocks=True)
    environment.loader, environment.undefined = FileSystemLoader(TEMPLATES), StrictUndefined
    environment.filters |= {f.__name__: f for f in (number, interval, counted, moment, web_link, passages)}
    return environment.get_template(template).render(**report, verdict=verdict(report)).strip() + "\n"
