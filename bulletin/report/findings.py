"""What does not add up: the plainest sentence, the numbers, what is suspected and what would mend it.

Broken comparisons that share numbers are one finding (`issue.finding`).
"""

import shlex
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, groupby
from typing import Any

from bulletin.lake import Place
from bulletin.report.observations import Observations, source
from bulletin.report.words import Words
from bulletin.settings import DEFAULT_WAREHOUSE

Row = Mapping[str, Any]
SEVERITIES = ("error", "warning", "info")
QUOTES = 6
"""Suspected numbers that a sentence names; more are counted."""
_PLAIN = ("range", "part_whole", "parts_sum", "same_fact", "editions", "share", "ratio", "change", "growth")
"""Rules from the plainest sentence to the one that needs most thought."""


class Findings:
    """Makes findings of the rows of `issue`."""

    def __init__(
        self, observations: Observations, rules: Mapping[str, tuple[str, str]], words: Words, path: Place
    ) -> None:
        """Take the observations of all issues, title and severity by rule, and the warehouse's path for commands."""
        self.observations, self.rules, self.words = observations, rules, words
        self.place = "" if path == DEFAULT_WAREHOUSE else f" --warehouse {shlex.quote(str(path))}"

    def of(self, issues: Iterable[Row]) -> list[dict[str, Any]]:
        """Return the findings, worst first; the issues come sorted by finding."""
        found = [self._finding(list(group)) for _, group in groupby(issues, key=lambda row: row["finding"])]
        return sorted(found, key=_worst_first)

    def _finding(self, issues: list[Row]) -> dict[str, Any]:
        issues = sorted(issues, key=self._plainest)
        first = issues[0]
        said = [(self._message(row), row) for row in issues]
        times = Counter(message for message, _ in said)
        headline = said[0][0]
        suspects = [list(ids) for ids in first["suspect_ids"] or ()]
        suspected = set(chain.from_iterable(suspects))
        return {
            "issue": first["finding"],
            "rule": first["rule"],
            "title": self.title(first["rule"]),
            "severity": min((row["severity"] for row in issues), key=SEVERITIES.index),
            "outcome": first["outcome"],
            "state": "open" if any(row["state"] == "open" for row in issues) else first["state"],
            "since": first["since"].date().isoformat() if first["since"] else None,
            "who": first["who"],
            "reason": first["reason"],
            "message": headline,
            "often": self._often(times[headline]),
            "comparisons": len(issues),
            "also": [
                self._also(row, message, times[message])
                for message, row in reversed(dict(reversed(said)).items())
                if message != headline
            ],
            "document": source(first),
            "observations": self.observations.shown(
                _numbers(issues), suspected, suspected.union(first["observation_ids"])
            ),
            "suspects": [[str(fact) for fact in ids] for ids in suspects],
            "tie": len(suspects) > 1,
            "certain": first["certain"] is not False,
            "suspicion": self._suspicion(suspects, len(issues), first),
            **self._ways_out(first, suspected, len(issues)),
        }

    def title(self, rule: str) -> str:
        """Return the title of a rule, or of a stage before the rules."""
        return self.words.title(rule, self.rules.get(rule, (rule, ""))[0])

    def _also(self, issue: Row, message: str, times: int) -> dict[str, Any]:
        return {
            **{name: issue[name] for name in ("issue", "rule", "severity")},
            "title": self.title(issue["rule"]),
            "message": message,
            "often": self._often(times),
        }

    def _often(self, times: int) -> str:
        """Return how often a sentence would stand there, "" for once: editions of a report err in the same way."""
        return self.words.count(times, "time") if times > 1 else ""

    def _plainest(self, issue: Row) -> tuple[Any, ...]:
        facts = self.observations.rows(issue["observation_ids"])
        documents = len({fact["document_id"] for fact in facts})
        rank = _PLAIN.index(issue["rule"]) if issue["rule"] in _PLAIN else len(_PLAIN)
        return SEVERITIES.index(issue["severity"]), documents, rank, len(issue["message"]), issue["issue"]

    def _message(self, issue: Row) -> str:
        facts = self.observations.rows(issue["observation_ids"])
        return self.words.message(issue["rule"], facts, issue["message"], issue["outcome"])

    def _suspicion(self, suspects: Sequence[Sequence[int]], comparisons: int, issue: Row) -> str:
        """Return the sentence that says which numbers must be wrong, or that nothing here tells."""
        if not suspects:
            return ""
        quotes = [self._few([self._quoted(fact) for fact in ids], "and") for ids in suspects]
        if len(suspects) > 1:
            key, said = "tie", self._few(quotes, "or")
        elif len(suspects[0]) > 1:
            key, said = "several", quotes[0]
        else:
            key, said = "one_of_many" if comparisons > 1 else "one", self.observations.quote(suspects[0][0])
        counted = self.words.count(comparisons, "comparison")
        doubt = "" if issue["certain"] is not False else self.words.say("suspicion", "uncertain")
        return self.words.say("suspicion", key, quotes=said, comparisons=counted) + doubt

    def _few(self, quotes: Sequence[str], last: str) -> str:
        rest = len(quotes) - QUOTES
        shown = quotes if rest <= 0 else [*quotes[:QUOTES], self.words.count(rest, "more")]
        return self.words.listed(shown, last)

    def _quoted(self, fact: int) -> str:
        quote = self.observations.quote(fact)
        return f"「{quote}」" if self.words.language == "zh" else f"«{quote}»"

    def _ways_out(self, issue: Row, suspected: set[int], comparisons: int) -> dict[str, Any]:
        """Return the proposals, and the commands that accept or dismiss."""
        name = issue["finding"]
        proposals = [self._proposal(repair, at, name, comparisons) for at, repair in enumerate(issue["repairs"] or ())]
        fact = f" --fact {'N' if len(suspected) > 1 else min(suspected)}" if suspected else ""
        by_hand = f"bulletin quality accept {name} --value VALUE{fact}{self.place}" if suspected else None
        return {
            "proposals": proposals,
            "no_proposal": self.words.say("proposal", "none") if suspected and not proposals else None,
            "accept": proposals[0]["command"] if proposals else by_hand,
            "dismiss": f"bulletin quality dismiss {name} --reason '...'{self.place}",
        }

    def _proposal(self, repair: Row, at: int, finding: str, comparisons: int) -> dict[str, Any]:
        fact = self.observations.row(repair["observation_id"])
        shown = self.words.quantity(repair["value"], fact["unit"], self.words.name(fact, "unit"))
        slipped = self.words.slip(repair["kind"], repair["words"])
        every = repair["mends"] >= comparisons
        key = "part" if not every else "all" if comparisons > 1 else "only"
        values = {"quote": fact["quote"], "value": shown, "words": slipped}
        chosen = f" --value {repair['value'].normalize():f} --fact {repair['observation_id']}" if at else ""
        return {
            "observation": str(repair["observation_id"]),
            "value": f"{repair['value']:f}",
            **{name: repair[name] for name in ("kind", "words", "mends")},
            "sentence": self.words.say("proposal", key, mends=repair["mends"], count=comparisons, **values),
            "command": f"bulletin quality accept {finding}{chosen}{self.place}",
        }


def _numbers(issues: Sequence[Row]) -> list[int]:
    return list(dict.fromkeys(chain.from_iterable(row["observation_ids"] for row in issues)))


def _worst_first(finding: Row) -> tuple[Any, ...]:
    severity = SEVERITIES.index(finding["severity"])
    return severity, -finding["comparisons"], finding["document"]["path"] or "", finding["issue"]
