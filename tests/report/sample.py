"""A report whose texts attack whatever shows them, and a parser that sees what a browser would build."""

import copy
from html.parser import HTMLParser
from typing import Any

SCRIPT = "<script>alert(1)</script>"
BREAKOUT = '"><img src=x onerror=alert(2)>'
MARKS = "a | b `c` *d* _e_ [f](javascript:alert(3)) $g$"
CONTROL = "\x00\x1b[31m\ufffe"
SENTENCE = "Of 904 million users, 748 million lived in cities and 2.55 billion in the country."
TITLE = "第45次《中国互联网络发展状况统计报告》"
PROPOSAL = (
    "If «2.55 billion» were 255,000,000 persons (the decimal point slipped by one place), all 2 comparisons would hold."
)

DOCUMENT = {
    "path": "raw/cnnic/2020-04-28/report.html",
    "title": TITLE,
    "publisher": "中国互联网络信息中心",
    "published": "2020-04-28",
    "url": "https://example.org/45?lang=zh&part=(1)",
    "language": "zh",
}
UNNAMED = dict.fromkeys(DOCUMENT) | {"path": "raw/x/notice.pdf", "url": "javascript:alert(4)"}
HOSTILE_DOCUMENT = dict.fromkeys(DOCUMENT, f"{BREAKOUT} | {SCRIPT}") | {"url": 'https://example.org/"><b>)|`[x](y'}


def stated(quote: str, **given: Any) -> dict[str, Any]:
    """Return an observation of `quote` in SENTENCE."""
    before, _, after = SENTENCE.partition(quote)
    return {
        "n": 1, "suspect": False, "main": True, "observation": "0", "indicator": "internet_users",
        "name": "Internet users", "named": "Internet users", "members": "", "measure": "level", "direction": None,
        "value": "904000000", "unit": "person", "unit_name": "persons", "lower": "903500000", "upper": "904500000",
        "bound": "exact", "area": "CN", "area_name": "China", "period": "2020-03", "base_period": None,
        "status": "accepted", "correction": None, "date": "2020-03-31", "series": None,
        "prefix": before, "quote": quote, "suffix": after, "address": None, "document": DOCUMENT,
    } | given  # fmt: skip


TOTAL = stated("904 million")
URBAN = stated("748 million", n=2, members="urban", value="748000000", lower="747500000", upper="748500000")
RURAL = stated(
    "2.55 billion", n=3, members="rural", named="Internet users (rural)", value="2550000000", lower="2545000000",
    upper="2555000000", status="quarantined", suspect=True, observation="3",
    series=[{"period": f"20{y}-06", "date": f"20{y}-06-30", "value": 2.4e8 + y * 1e6} for y in range(15, 20)],
)  # fmt: skip
OPEN = stated(
    "57.6%", n=2, prefix="普及率超过", suffix="的目标", value="57.60", unit="percent", unit_name="percent",
    lower="57.6", upper=None, bound="more_than", measure="growth_rate", direction="up", base_period="2019",
    address="table 1, row 3, column 2",
)  # fmt: skip
HOSTILE = stated(
    BREAKOUT, prefix=f"{SCRIPT}\n# heading | ", suffix=MARKS, name=MARKS, named=MARKS, members=SCRIPT, unit=BREAKOUT,
    unit_name=BREAKOUT, area=SCRIPT, area_name=SCRIPT, address=BREAKOUT, status=BREAKOUT, period=None, value="n/a",
    lower=None, upper=None, document=HOSTILE_DOCUMENT,
)  # fmt: skip


def finding(issue: str, rule: str, message: str, **given: Any) -> dict[str, Any]:
    """Return an open error without suspects."""
    return {
        "issue": issue, "rule": rule, "title": rule, "severity": "error", "outcome": "fail", "state": "open",
        "since": "2026-11-24", "who": None, "reason": None, "message": message, "comparisons": 1, "often": "",
        "also": [], "document": DOCUMENT, "observations": [], "suspects": [], "tie": False, "certain": True,
        "suspicion": "", "proposals": [], "no_proposal": None, "accept": None,
        "dismiss": f"bulletin quality dismiss {issue}",
    } | given  # fmt: skip


WRONG = finding(
    "a1b2c3", "parts_sum", "urban 748 million + rural 2.55 billion cannot make 904 million.", comparisons=2,
    title="Parts must sum to their whole", observations=[TOTAL, URBAN, RURAL], suspects=[["3"]],
    suspicion="Suspected: «2.55 billion», which alone explains 2 broken comparisons.",
    also=[{"issue": "a1b2c4", "rule": "part_whole", "severity": "error", "title": "A part must not be larger",
           "message": "2.55 billion cannot be part of 904 million.", "often": ""}],
    proposals=[{"observation": "3", "value": "255000000", "kind": "decimal_point", "words": "slipped", "mends": 2,
                "sentence": PROPOSAL, "command": "bulletin quality accept a1b2c3"},
               {"observation": "3", "value": "256000000", "kind": "digit_lost", "words": MARKS, "mends": 1,
                "sentence": f"If it were {MARKS}", "command": f"bulletin quality accept a1b2c3 --value `{SCRIPT}`"}],
    accept="bulletin quality accept a1b2c3",
)  # fmt: skip
ATTACK = finding(
    BREAKOUT, SCRIPT, f"{SCRIPT}\n\n## {MARKS}{CONTROL}", severity="warning", title=MARKS, document=HOSTILE_DOCUMENT,
    observations=[HOSTILE, OPEN], suspicion=f"{SCRIPT} {MARKS}", no_proposal=MARKS, accept=f"`{BREAKOUT}\n# x",
    also=[{"issue": SCRIPT, "rule": SCRIPT, "severity": "error", "title": MARKS,
           "message": f"{SCRIPT}\n# {MARKS}", "often": ""}],
    since=None,
)  # fmt: skip
EMPTY = finding("778899", "yields_nothing", "No stated number was found.", severity="warning", document=UNNAMED)


def report() -> dict[str, Any]:
    """Return a report with an error, a warning whose texts attack the page, and one without numbers."""
    counts = {"accepted": 1420, "quarantined": 1, "unresolved": 57, "findings": 1}
    listed = {key: DOCUMENT[key] for key in ("path", "title", "publisher", "published", "language", "url")}
    outcomes = {"passed": 40, "failed": 1, "restated": 3, "not_evaluable": 12}
    shares = {"accepted_share": 96.1, "quarantined_share": 0.1, "unresolved_share": 3.8}
    run = {"loaded_at": "2026-11-23T01:02+00:00", "documents": 3, "opened": 1, "closed": 0} | counts
    return copy.deepcopy({
        "title": "Data-quality report",
        "language": "en",
        "created": "2026-11-24T09:02:03+08:00",
        "scope": "this run",
        "warehouse": "warehouse/bulletin.duckdb",
        "summary": {
            "documents": 3, "loaded": 1, "unchanged": 1, "unreadable": 1, "accepted": 1420, "quarantined": 1,
            "unresolved": 57, "checks_passed": 312, "checks_failed": 2, "checks_restated": 3,
            "checks_not_evaluable": 41,
        },
        "findings": [WRONG, ATTACK, EMPTY],
        "notes": [finding("n1", "releases", f"It was 7 and is 8 {SCRIPT}", severity="info", outcome="restated",
                          observations=[HOSTILE, OPEN])],
        "decided": [finding("d1", "range", f"Too large {MARKS}", state="dismissed", who=SCRIPT, reason=BREAKOUT)],
        "corrections": [RURAL | {"correction": BREAKOUT}],
        "documents": [
            listed | {"status": "loaded"} | counts,
            dict.fromkeys(listed) | {"path": f"raw/{SCRIPT}|x", "status": "unreadable"} | dict.fromkeys(counts, 0),
        ],
        "sources": [{"publisher": f"{MARKS}{SCRIPT}", "documents": 2, "unreadable": 1, "last_release": "2020-04-28",
                     **counts, **shares}],
        "coverage": {"years": [2020, 2021], "indicators": [
            {"indicator": "x", "name": f"{MARKS}{SCRIPT}", "facts": 21,
             "years": {"2021": {"accepted": 20, "quarantined": 1, "periods": [BREAKOUT]}}}]},
        "rules": [
            {"rule": "parts_sum", "title": "Parts must sum to their whole", "severity": "error", **outcomes},
            {"rule": "agreement", "title": MARKS, "severity": "info", **dict.fromkeys(outcomes, 0)},
        ],
        "runs": [{"run": "1", **run}, {"run": "2", **run, "loaded_at": "2026-11-24T01:02+00:00"}],
        "unresolved": [
            {"document": DOCUMENT, "prefix": "覆盖国民经济97个大类中的", "quote": "40个", "suffix": "。",
             "address": None, "reason": "Several indicators fit.", "candidates": ["websites", MARKS]},
            {"document": UNNAMED, "prefix": SCRIPT, "quote": "7|8", "suffix": "",
             "address": "table 2, row 1, column 1", "reason": BREAKOUT, "candidates": []},
        ],
        "unresolved_reasons": [{"reason": "Several indicators fit.", "count": 56}, {"reason": BREAKOUT, "count": 1}],
    })  # fmt: skip


def clean() -> dict[str, Any]:
    """Return the same run with nothing wrong in it."""
    whole = report()
    names = ("unreadable", "quarantined", "unresolved", "checks_failed", "checks_not_evaluable", "checks_restated")
    lists = ("findings", "notes", "decided", "corrections", "unresolved", "unresolved_reasons")
    return whole | {"summary": whole["summary"] | dict.fromkeys(names, 0)} | {name: [] for name in lists}


class Page(HTMLParser):
    """What a browser would build: elements with their attributes, texts by element, and tags that do not pair."""

    VOID = frozenset({"meta", "link"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.unpaired: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.unpaired += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, open until its end tag."""
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element of SVG that closes itself."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element, or note that the tag closes another."""
        if not self._open or self._open.pop() != tag:
            self.unpaired.append(tag)

    def handle_data(self, data: str) -> None:
        """Note a text with the element that it stands in."""
        self.texts.append((self._open[-1] if self._open else "", data))

    def attributes(self, tag: str, name: str) -> list[str | None]:
        """Return the values of an attribute, wherever elements of this tag have it."""
        return [attributes[name] for found, attributes in self.elements if found == tag and name in attributes]

    def words(self, tag: str) -> list[str]:
        """Return the texts right within elements of this tag."""
        return [" ".join(data.split()) for inside, data in self.texts if inside == tag and data.strip()]

    def all_words(self) -> str:
        """Return all that the page says, its white space collapsed."""
        return " ".join(" ".join(data.split()) for inside, data in self.texts if inside != "style" and data.strip())
