"""The report as JUnit XML, which CI systems show.

Each rule is a test suite. In it one passing test case stands for the comparisons that held, with their counts, and one
for each finding: an error is a failure, a document that cannot be read an error, and a warning is skipped, which CI
systems show without stopping at it. The shape is that of the Ant and Jenkins schemas.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

from bulletin.report.words import Words

Report = Mapping[str, Any]
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold, escaped or not."""
_STATES = ("tests", "failures", "errors", "skipped")


def render_junit(report: Report) -> str:
    """Return the report as JUnit XML."""
    words = Words(report["language"])
    by_rule: dict[str, list[Report]] = defaultdict(list)
    for finding in report["findings"]:
        by_rule[finding["rule"]].append(finding)
    counted = {check["rule"]: check for check in report["rules"]}
    root = ET.Element("testsuites", name="bulletin")
    for number, rule in enumerate(dict.fromkeys([*counted, *by_rule])):
        suite = _suite(rule, counted.get(rule), by_rule[rule], report["created"], words)
        suite.set("id", str(number))
        root.append(suite)
    for state in _STATES:
        root.set(state, str(sum(int(suite.get(state, "0")) for suite in root)))
    root.set("time", "0")
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(rule: str, check: Report | None, findings: Sequence[Report], created: str, words: Words) -> ET.Element:
    title = str(check["title"] if check else findings[0]["title"])
    suite = _element(
        "testsuite", name=title, package=rule, timestamp=_timestamp(created), hostname="localhost", time="0"
    )
    cases = []
    if check:
        properties = ET.SubElement(suite, "properties")
        for name in ("passed", "failed", "restated", "not_evaluable"):
            properties.append(_element("property", name=name, value=str(check[name])))
        cases.append(_counts(rule, check, words))
    cases += [_finding(rule, finding) for finding in findings]
    suite.extend(cases)
    suite.set("tests", str(len(cases)))
    for state, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(state, str(sum(case.find(tag) is not None for case in cases)))
    return suite


def _counts(rule: str, check: Report, words: Words) -> ET.Element:
    """Return the case of all that held; skipped where there was nothing to compare."""
    said = words.say("texts", "passed", **{name: check[name] for name in ("passed", "failed", "not_evaluable")})
    case = _element("testcase", classname=f"bulletin.{rule}", name=said, time="0")
    if not any(check[name] for name in ("passed", "failed", "restated", "not_evaluable")):
        case.append(_element("skipped", message=words.texts["texts"]["not_evaluated"]))
    return case


def _finding(rule: str, finding: Report) -> ET.Element:
    name = f"{finding['message']} [{finding['issue']}]"
    case = _element("testcase", classname=f"bulletin.{rule}", name=name, time="0")
    tag = "error" if rule == "unreadable" else "failure" if finding["severity"] == "error" else "skipped"
    result = _element(tag, message=finding["message"], **({} if tag == "skipped" else {"type": rule}))
    result.text = _clean("\n".join(_lines(finding)))
    case.append(result)
    return case


def _lines(finding: Report) -> list[str]:
    """Return what the finding says, line by line."""
    document = finding["document"]
    lines = [" · ".join(filter(None, (document["path"], document["publisher"], document["published"])))]
    lines += [text for text in (finding["suspicion"], finding["no_proposal"]) if text]
    for proposal in finding["proposals"]:
        lines += [proposal["sentence"], f"  {proposal['command']}"]
    for o in finding["observations"]:
        if o["main"]:
            lines.append(" ".join(f"{o['prefix']}«{o['quote']}»{o['suffix']}".split()))
    return [
        *lines,
        *(f"{other['message']}{f' ({often})' if (often := other['often']) else ''}" for other in finding["also"]),
    ]


def _timestamp(created: str) -> str:
    """Return the time as the schema wants it: UTC, to the second, without a zone."""
    when = datetime.fromisoformat(created)
    return (when.astimezone(UTC) if when.tzinfo else when).strftime("%Y-%m-%dT%H:%M:%S")


def _element(tag: str, **attributes: str) -> ET.Element:
    return ET.Element(tag, {name: _clean(value) for name, value in attributes.items()})


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
