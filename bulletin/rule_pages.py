"""The quality rules as text, from their own docstrings: a list, one explained, and the page `docs/rules.md`."""

from bulletin.errors import UsageError
from schemas.rules import Rule, all_rules
from schemas.rules.documents import DocumentRule, document_rules

AnyRule = Rule | DocumentRule

_HEAD = """\
# The quality rules

Written by `make docs` from the rules' own source (`schemas/rules/`). A rule compares numbers on the intervals that
their printed rounding and their hedges allow, or judges a document as a whole (the last ones); its cases, those that
pass and those that fail, are in `tests/rules/<rule>.yml` or `tests/document_rules/<rule>.yml` and are its tests.

A comparison passes, fails, is restated (a later release or another basis explains it), is a different definition (two
publishers count differently throughout), or is not evaluable (a number without an upper or lower end could hide that
it does not hold). Of broken errors the numbers that must be wrong are quarantined; warnings are told.

| rule | severity | what must hold |
| --- | --- | --- |
"""


def rule_list() -> str:
    """Return a line for each rule: id, severity and title."""
    return "\n".join(f"{rule.id:16} {rule.severity:8} {rule.title}" for rule in _all())


def _all() -> list[AnyRule]:
    return [*all_rules(), *document_rules()]


def rule_text(name: str) -> str:
    """Return what one rule says, as plain text.

    Raises:
        UsageError: there is no such rule.
    """
    rule = next((rule for rule in _all() if rule.id == name), None)
    if rule is None:
        known = ", ".join(rule.id for rule in _all())
        raise UsageError(f"rules: there is no rule {name!r}; there are {known}")
    return f"{rule.id} ({rule.severity}): {rule.title}.\n\n{rule.explanation}\n{_examples(rule)}"


def rules_page() -> str:
    """Return the page of all rules, as Markdown."""
    table = "".join(f"| [{rule.id}](#{rule.id}) | {rule.severity} | {rule.title}. |\n" for rule in _all())
    parts = [f"## {rule.id}\n\n{rule.title}.\n\n{rule.explanation}\n{_examples(rule)}" for rule in _all()]
    return f"{_HEAD}{table}\n" + "\n".join(parts)


def _examples(rule: AnyRule) -> str:
    """Return an example that holds and one that is broken; rules on documents say it in their explanation."""
    return f"\n- Holds: {rule.holds}\n- Broken: {rule.broken}\n" if isinstance(rule, Rule) else ""
