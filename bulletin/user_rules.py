"""Rules that a user writes himself: SQL that selects bad rows, and pandera checks that return row masks.

-- title: Rural penetration is never above 90%        # rules/rural.sql
-- severity: warning
SELECT observation_id, 'more than 90%' AS message FROM facts WHERE residence = 'rural' AND value > 90

CHECKS = [pa.Check(lambda facts: facts["bound"] == "exact", name="exact", error="no hedges here")]   # rules/mine.py
"""

import importlib.util
import re
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa

from bulletin.errors import UsageError
from bulletin.model import Issue
from schemas.concepts import Severity
from schemas.rules import all_rules
from schemas.rules.documents import document_rules
from schemas.stated import Flags

USER_RULE = "user_rule"
"""The rule name of a finding on a user's rule: it could not be run."""
TITLE = "A rule that you wrote must run"
OURS = frozenset({"unreadable", "contract", "sidecar", "correction", "gate", USER_RULE})
"""Names of findings that are no rules of any list."""
_HEAD = re.compile(r"^--\s*(title|severity|over)\s*:\s*(.+?)\s*$")
NEW, ALL = "new", "all"


@dataclass(frozen=True, slots=True)
class UserQuery:
    """A rule in SQL."""

    id: str
    title: str
    severity: Severity
    over: str
    """What the table `facts` holds: the load's facts (`new`), or all current ones (`all`)."""
    sql: str
    file: Path


@dataclass(frozen=True, slots=True)
class UserCheck:
    """A rule as a pandera check on the frame of facts."""

    id: str
    message: str
    severity: Severity
    check: pa.Check
    file: Path


@dataclass(frozen=True, slots=True)
class UserRules:
    """What the folders hold, and what could not be read of it."""

    queries: tuple[UserQuery, ...] = ()
    checks: tuple[UserCheck, ...] = ()
    broken: tuple[Issue, ...] = ()

    @property
    def titles(self) -> Mapping[str, tuple[str, str]]:
        """Title and severity by rule, as reports show them."""
        found = {query.id: (query.title, query.severity.value) for query in self.queries}
        found |= {check.id: (check.message, check.severity.value) for check in self.checks}
        return found | {USER_RULE: (TITLE, Severity.ERROR.value)}


def user_rules(folders: Sequence[Path]) -> UserRules:
    """Return the rules of all `*.sql` and `*.py` files of the folders; what is wrong with a file is an issue.

    Raises:
        UsageError: a folder does not exist.
    """
    queries: list[UserQuery] = []
    checks: list[UserCheck] = []
    broken: list[Issue] = []
    taken = {rule.id for rule in all_rules()} | {rule.id for rule in document_rules()} | OURS
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"--rules {folder}: no such folder")
        for file in sorted((*folder.glob("*.sql"), *folder.glob("*.py"))):
            read = _queries if file.suffix == ".sql" else _checks
            for rule in read(file):
                if isinstance(rule, Issue):
                    broken.append(rule)
                elif rule.id in taken:
                    broken.append(
                        broken_rule(file, 1, f"the name {rule.id!r} is taken by another rule: choose another")
                    )
                else:
                    taken.add(rule.id)
                    (queries if isinstance(rule, UserQuery) else checks).append(rule)  # type: ignore[arg-type]
    return UserRules(tuple(queries), tuple(checks), tuple(broken))


def broken_rule(file: Path, line: int, what: str) -> Issue:
    """Return the finding that a rule cannot be run, which names its file and line."""
    return Issue(rule=USER_RULE, severity=Severity.ERROR, message=f"{file}:{line}: {what}. The rule was left out.")


def _queries(file: Path) -> Iterator[UserQuery | Issue]:
    text = file.read_text(encoding="utf-8")
    head = {"title": file.stem, "severity": "error", "over": NEW}
    allowed = {"severity": [severity.value for severity in Severity], "over": [NEW, ALL]}
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("--"):
            break
        if found := _HEAD.match(line):
            name, value = found.groups()
            if value not in allowed.get(name, [value]):
                yield broken_rule(file, number, f"{name} is {value!r}; allowed are {', '.join(allowed[name])}")
                return
            head[name] = value
    yield UserQuery(file.stem, head["title"], Severity(head["severity"]), head["over"], text, file)


def _checks(file: Path) -> Iterator[UserCheck | Issue]:
    try:
        spec = importlib.util.spec_from_file_location(f"bulletin_rules_{file.stem}", file)
        if spec is None or spec.loader is None:
            raise ImportError("no Python module")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found = module.CHECKS
    except Exception as error:  # whatever a user's file does must not stop the run
        yield broken_rule(file, _line_of(error, file), _said(error))
        return
    for number, check in enumerate(found, start=1):
        if not isinstance(check, pa.Check):
            yield broken_rule(file, 1, f"number {number} of CHECKS is a {type(check).__name__}, not a pandera.Check")
            continue
        severity = (check.statistics or {}).get("severity", "warning" if check.raise_warning else "error")
        if severity not in list(Severity):
            allowed = ", ".join(Severity)
            yield broken_rule(file, _first_line(check), f"severity is {severity!r}; allowed are {allowed}")
            continue
        name = str(check.name or f"{file.stem}_{number}")
        yield UserCheck(name, str(check.error or check.title or name).rstrip("."), Severity(severity), check, file)


def refused(check: UserCheck, facts: pd.DataFrame) -> tuple[Flags, Issue | None]:
    """Return which rows of the frame the check refuses, or none and the issue that says why it cannot be run."""
    nothing = np.zeros(len(facts), dtype=bool)
    try:
        output: Any = check.check(facts).check_output
    except Exception as error:  # whatever a user's rule does must not stop the run
        return nothing, broken_rule(check.file, _line_of(error, check.file), f"{check.id}: {_said(error)}")
    if isinstance(output, pd.DataFrame):
        output = output.all(axis=1)
    if not isinstance(output, pd.Series) or len(output) != len(facts):
        what = f"{check.id}: it returns a {type(output).__name__}, and not a mask that is true for each good row"
        return nothing, broken_rule(check.file, _first_line(check.check), what)
    return ~output.fillna(True).to_numpy(dtype=bool), None


def _first_line(check: pa.Check) -> int:
    function: Any = getattr(check, "_check_fn", None)
    function = getattr(function, "func", function)
    return int(getattr(getattr(function, "__code__", None), "co_firstlineno", 1))


def _line_of(error: BaseException, file: Path) -> int:
    """Return the line of the file in which the error arose, deepest first."""
    if isinstance(error, SyntaxError) and error.lineno:
        return error.lineno
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename) == file]
    return lines[-1] if lines and lines[-1] else 1


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0].rstrip(".")
