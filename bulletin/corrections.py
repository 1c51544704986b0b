"""Known errors of sources: the printed value is replaced by a person's, as long as the source says what it said."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import yaml

from bulletin.model import Document, Issue, Mention, Observation, Resolved, Unresolved
from schemas.catalogue import Catalogue, Correction
from schemas.concepts import Direction, Severity

RULE = "correction"
"""The rule name of a guard that no longer holds."""
TITLE = "A correction must find what it corrects"

Fact = Observation | Unresolved


def corrected(
    resolved: Sequence[Resolved], catalogue: Catalogue, without: Collection[str] = ()
) -> tuple[tuple[Resolved, ...], tuple[Issue, ...]]:
    """Return the documents with their corrections, and an issue for each whose guard no longer holds.

    `without` names corrections that are not applied: those that nobody had made yet when a load was, that is replayed.
    """
    by_document: dict[str, list[Correction]] = {}
    for correction in catalogue.corrections.values():
        if correction.id not in without:
            by_document.setdefault(correction.document, []).append(correction)
    documents, issues = [], []
    for item in resolved:
        facts = list(item.facts)
        for correction in by_document.get(item.document.key, ()):
            at = next((at for at, fact in enumerate(facts) if _is_meant(fact.mention, correction)), None)
            fact = facts[at] if at is not None else None
            if at is None or not isinstance(fact, Observation):
                issues.append(_broken_guard(correction, item.document))
            else:
                facts[at] = _with(fact, correction)
        documents.append(replace(item, facts=tuple(facts)))
    return tuple(documents), tuple(issues)


def _is_meant(mention: Mention, correction: Correction) -> bool:
    there = mention.address == correction.address if correction.address else mention.start == correction.start
    return there and mention.quote == correction.quote


def _with(fact: Observation, correction: Correction) -> Observation:
    """Return the fact with the corrected value, rounded as the printed one was in its powers of ten."""
    mention, value = fact.mention, abs(correction.value)
    shift = (value / mention.value).normalize() if mention.value and value else Decimal(1)
    half = mention.half_unit * shift if shift.as_tuple().digits == (1,) else mention.half_unit
    direction = fact.direction
    if direction:
        direction = Direction.DOWN if correction.value < 0 else Direction.UP
    return replace(
        fact,
        mention=replace(mention, value=value, half_unit=half),
        direction=direction,
        correction=correction.id,
    )


def _broken_guard(correction: Correction, document: Document) -> Issue:
    where = correction.address or f"character {correction.start}"
    found = ""
    if correction.start is not None:
        there = document.text[correction.start :][: len(correction.quote)]
        found = f" ({there!r} stands there)"
    message = (
        f"The correction {correction.id} no longer holds: {correction.quote!r} is no fact at {where}{found}. "
        "Take the correction out if the source was mended, or give it the new place."
    )
    return Issue(rule=RULE, severity=Severity.ERROR, message=message, document=document.key)


def written(correction: Correction) -> str:
    """Return the correction as an entry of a YAML file."""
    fields: Mapping[str, object] = {
        "id": correction.id,
        "document": correction.document,
        **({"address": correction.address} if correction.address else {"start": correction.start}),
        "quote": correction.quote,
        "value": f"{correction.value:f}",
        "reason": correction.reason,
        "who": correction.who,
        "when": correction.when,
    }
    return yaml.safe_dump([dict(fields)], allow_unicode=True, sort_keys=False, width=100)
