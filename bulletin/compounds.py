"""Labels that hold a member and a shorter label of the same indicator, and so name both: 核心CPI, "core inflation"."""

from collections.abc import Iterator

from bulletin.words import word_key
from schemas.catalogue import Catalogue, Indicator, Language
from schemas.catalogue.model import Member
from schemas.concepts import Kind


def inner_members(
    text: str, indicator: Indicator, catalogue: Catalogue, language: Language
) -> tuple[tuple[str, str], ...]:
    """Return the member that the label names in front of another one of the indicator: 城镇调查失业率 is urban."""
    plain = {word_key(label.text) for label in indicator.labels.get(language.id, ()) if not label.members}
    for member in _members(indicator, catalogue):
        for label in member.labels.get(language.id, ()):
            rest = _without(word_key(text), word_key(label.text), language)
            if rest in plain:
                return ((member.dimension, member.id),)
    return ()


def member_labels(
    indicator: Indicator, catalogue: Catalogue, language: Language
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the labels of members that end in one of the indicator, with the member: "core inflation".

    Stocks are left out where the first of two labels is counted: what is counted may be what others are counted by, as
    pupils by their schools.
    """
    if indicator.kind is Kind.STOCK and language.boundaries:
        return
    gap = " " if language.boundaries else ""
    plain = [gap + word_key(label.text) for label in indicator.labels.get(language.id, ()) if not label.members]
    for member in _members(indicator, catalogue):
        for label in member.labels.get(language.id, ()):
            if not label.members and word_key(label.text).endswith(tuple(plain)) and word_key(label.text) not in plain:
                yield label.text, (member.dimension, member.id)


def _without(text: str, start: str, language: Language) -> str | None:
    """Return what is left of the text behind its start; None where it does not begin with that word."""
    start += " " if language.boundaries else ""
    return text[len(start) :] if text.startswith(start) and len(text) > len(start) else None


def _members(indicator: Indicator, catalogue: Catalogue) -> Iterator[Member]:
    for dimension in indicator.dimensions:
        if dimension in catalogue.dimensions:
            yield from catalogue.dimensions[dimension].members.values()
