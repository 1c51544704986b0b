"""A report dict as text: HTML for people, Markdown for a Prefect artifact, JSON for programs.

Every text in it comes from somebody's document, so both templates escape whatever they print.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bulletin.report import charts
from bulletin.report.shown import moment, number, passages, web_link
from bulletin.report.words import Words

Report = Mapping[str, Any]

TEMPLATES = Path(__file__).parent / "templates"
MARKDOWN = re.compile(r"[\\`*\[\]|~$]|(?<!\w)_|_(?!\w)")  # `_` inside a word is plain: internet_users
SHOWN = {
    "cards": 100,
    "brief": 400,
    "notes": 60,
    "decided": 60,
    "documents": 200,
    "indicators": 60,
    "years": 12,
    "others": 12,
}
"""How much of each list the page holds, so that it stays a page; the JSON report has all of it."""


def render_html(report: Report) -> str:
    """Return the report as one self-contained web page: no script, nothing fetched from elsewhere."""
    return _fill("report.html.j2", report, _plain)


def render_markdown(report: Report) -> str:
    """Return the report as GitHub-flavoured Markdown without HTML tags, as a Prefect artifact shows it."""
    return re.sub(r"\n{3,}", "\n\n", _fill("report.md.j2", report, _markdown))


_LINE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, allow_nan=False)


def render_json(report: Report) -> str:
    """Return the report as JSON, its keys sorted, so that equal reports are equal texts; an entry of a list is a line.

    Indented all the way, the report of a large run would take five times as long to write.
    """
    parts = (f"  {_LINE.encode(name)}: {_by_line(value)}" for name, value in sorted(report.items()))
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _by_line(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return _LINE.encode(value)
    return "[\n    " + ",\n    ".join(map(_LINE.encode, value)) + "\n  ]"


def verdict(report: Report, words: Words) -> tuple[str, str]:
    """Return the report's tone (`error`, `warning`, `info` or `ok`) and its one plain sentence."""
    summary, found = report["summary"], Counter(finding["severity"] for finding in report["findings"])
    loud = [words.count(found[severity], severity) for severity in ("error", "warning") if found[severity]]
    if loud:
        return ("error" if found["error"] else "warning"), words.say("verdict", "loud", what=words.listed(loud))
    counts = {how: words.count(summary[f"checks_{how}"], "check") for how in ("passed", "failed", "not_evaluable")}
    if summary["checks_failed"]:
        return "warning", words.say("verdict", "failed", checks=counts["failed"])
    if summary["unreadable"]:
        documents = words.count(summary["unreadable"], "document")
        return "warning", words.say("verdict", "unreadable", documents=documents)
    idle = summary["checks_not_evaluable"]
    rest = words.say("verdict", "idle", checks=counts["not_evaluable"]) if idle else ""
    if summary["checks_passed"]:
        return "ok", words.say("verdict", "clean", checks=counts["passed"]) + rest
    return (
        ("warning", words.texts["verdict"]["none_passed"] + rest)
        if rest
        else ("info", words.texts["verdict"]["nothing"])
    )


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
    from markupsafe import Markup

    words = Words(report["language"])
    environment = Environment(autoescape=True, finalize=finalize, trim_blocks=True, lstrip_blocks=True)
    environment.loader, environment.undefined = FileSystemLoader(TEMPLATES), StrictUndefined
    environment.filters |= {f.__name__: f for f in (number, moment, web_link, passages)}
    environment.filters |= {"interval": words.interval, "counted": words.count, "level": charts.level}
    environment.globals |= {
        "columns": lambda values: Markup(charts.columns(values)),
        "series": _series,
        "slice": slice,
        "shown": SHOWN,
    }
    environment.globals |= {"t": words.texts, "say": words.say, "style": Markup(_style())}
    return environment.get_template(template).render(**report, verdict=verdict(report, words)).strip() + "\n"


def _series(finding: Report) -> list[tuple[Report, Any]]:
    """Return the suspects whose series can be drawn, each with its drawing."""
    from markupsafe import Markup

    proposed = {p["observation"]: p["value"] for p in reversed(finding["proposals"])}
    drawn = [(o, charts.series(o, proposed.get(o["observation"]))) for o in finding["observations"] if o["suspect"]]
    return [(observation, Markup(svg)) for observation, svg in drawn if svg]


def _style() -> str:
    return (TEMPLATES / "report.css").read_text(encoding="utf-8")
