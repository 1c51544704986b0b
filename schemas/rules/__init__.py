"""Quality rules: each is one function, its title the first line of its docstring.

A rule looks at the facts and yields `Comparisons`: which rows must keep which relation. Whether they do is decided
in one place for all rules, on the intervals that rounding and hedges allow; a rule neither logs nor raises on data.
"""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from schemas.concepts import Outcome, Severity

if TYPE_CHECKING:
    import pandas as pd

    from schemas.catalogue import Catalogue
    from schemas.relations import Relation
    from schemas.stated import Rows, Stated

Describe = Callable[[Sequence[Mapping[str, Any]]], str]
"""From the facts of a broken comparison, as dictionaries by column name, to the sentence that says what is wrong."""
Compare = Callable[["Stated", "Catalogue"], Iterator["Comparisons"]]


@dataclass(frozen=True, slots=True)
class Comparisons:
    """Many comparisons of one kind: in each, the facts of a row of `rows` must keep the relation."""

    relation: "Relation"
    rows: "Rows"
    """An array with a row for each comparison and a column for each number: positions in the frame."""
    describe: Describe
    failing: Outcome = Outcome.FAIL
    """What a broken one means: a failure, a restatement or a different definition."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One comparison: the rows (index labels of the frame) that took part and how it came out."""

    outcome: Outcome
    rows: tuple[int, ...]
    message: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its name, its title and how much it matters."""

    id: str
    severity: Severity
    title: str
    explanation: str
    compare: Compare
    holds: str = ""
    """An example in words of numbers that keep it."""
    broken: str = ""
    """An example of numbers that break it."""

    def evaluate(self, facts: "pd.DataFrame", catalogue: "Catalogue") -> list[Evaluation]:
        """Return how every comparison of a frame came out, passed ones too; for a few facts, as in a test."""
        from schemas.evaluate import evaluate
        from schemas.stated import Stated

        stated = Stated(facts, catalogue)
        found = []
        for judged in evaluate(self, stated):
            for rows, outcome in zip(judged.rows.tolist(), judged.outcomes, strict=True):
                labels = tuple(int(facts.index[row]) for row in rows)
                broken = outcome in (Outcome.FAIL, Outcome.RESTATED, Outcome.DIFFERENT_DEFINITION)
                message = judged.describe([stated.record(row) for row in rows]) if broken else ""
                found.append(Evaluation(outcome, labels, message))
        return found


_RULES: dict[str, Rule] = {}
_EXAMPLES = re.compile(r"(.*?)\s*Holds: (.*?)\s*Broken: (.*)", re.DOTALL)


def rule(identifier: str, *, severity: Severity = Severity.ERROR) -> Callable[[Compare], Compare]:
    """Register the function below as a rule; its docstring's first line is the title that reports show.

    The docstring ends with two examples, `Holds: ...` and `Broken: ...`.
    """

    def register(function: Compare) -> Compare:
        lines = (function.__doc__ or "").strip().splitlines()
        if not lines:
            raise TypeError(f"rule {identifier!r} needs a docstring: its first line is what the report shows")
        text = " ".join(line.strip() for line in lines[1:]).strip()
        match = _EXAMPLES.fullmatch(text)
        if match is None:
            raise TypeError(f"the docstring of rule {identifier!r} must end with `Holds: ...` and `Broken: ...`")
        _RULES[identifier] = Rule(identifier, severity, lines[0].rstrip("."), match[1], function, match[2], match[3])
        return function

    return register


def all_rules() -> Sequence[Rule]:
    """Return every rule, file by file, in the order in which they stand there."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return tuple(sorted(_RULES.values(), key=lambda rule: rule.compare.__module__))  # whichever was imported first
