"""Quality rules: each is one function, its title the first line of its docstring.

A rule looks at a frame of facts and yields an `Evaluation` for everything that it could look at: which rows took part,
how it came out, and, where it failed, a sentence that says what does not add up. It neither logs nor raises on data.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.concepts import Outcome, Severity

if TYPE_CHECKING:
    import pandas as pd

    from schemas.catalogue import Catalogue

Evaluate = Callable[["pd.DataFrame", "Catalogue"], Iterator["Evaluation"]]


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
    evaluate: Evaluate


_RULES: dict[str, Rule] = {}


def rule(identifier: str, *, severity: Severity = Severity.ERROR) -> Callable[[Evaluate], Evaluate]:
    """Register the function below as a rule; its docstring's first line is the title that reports show."""

    def register(function: Evaluate) -> Evaluate:
        lines = (function.__doc__ or "").strip().splitlines()
        if not lines:
            raise TypeError(f"rule {identifier!r} needs a docstring: its first line is what the report shows")
        explanation = " ".join(line.strip() for line in lines[1:]).strip()
        _RULES[identifier] = Rule(identifier, severity, lines[0].rstrip("."), explanation, function)
        return function

    return register


def all_rules() -> Sequence[Rule]:
    """Return every rule, in the order in which they stand in their files."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return tuple(_RULES.values())
