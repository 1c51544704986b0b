"""How sentences are built, one construction a case: the facts that come out, the last word on what each rule is for."""

from collections.abc import Mapping

import pytest

from bulletin.model import Observation, Unresolved
from schemas.catalogue import Catalogue
from tests.samples import facts as resolved

PUBLISHED = "2023-03-02"


def said(text: str, language: str, catalogue: Catalogue) -> list[str]:
    """Return each fact of the text in one line: value, measure, direction, indicator, members, area, period, base."""
    found = resolved(text, catalogue, "a.txt", language=language, published=PUBLISHED)
    return [_line(fact) for fact in found.facts]


def _line(fact: Observation | Unresolved) -> str:
    value = f"{fact.mention.value.normalize():f}"
    if isinstance(fact, Unresolved):
        return f"{value} unresolved"
    sign = {"up": "+", "down": "-"}.get(fact.direction or "", "")
    members = ",".join(member for _, member in fact.members)
    words = [
        value,
        f"{fact.measure}{sign}",
        fact.indicator,
        members,
        fact.area,
        fact.period or "",
        fact.base_period or "",
    ]
    return " ".join(filter(None, words))


def each(**languages: Mapping[str, tuple[str, list[str]]]) -> pytest.MarkDecorator:
    """Ask a test for every case of each language: `language`, `text` and the `facts` that it states."""
    cases = [
        pytest.param(language, text, facts, id=f"{language}-{name}")
        for language, named in languages.items()
        for name, (text, facts) in named.items()
    ]
    return pytest.mark.parametrize(("language", "text", "facts"), cases)
