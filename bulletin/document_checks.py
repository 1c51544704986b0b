"""What is found of documents as wholes: they yield nothing or little, much of them is in doubt, all was said before."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from bulletin.model import Document, Issue, Observation, Resolved
from bulletin.policy import Policy, source_of
from schemas.concepts import Severity, Status
from schemas.rules.documents import NAMED, DocumentFacts, DocumentRule, document_rules

COMPARED = 3
"""Facts that a document must state before another with the same ones is called a duplicate."""
QUARANTINED, NO_LONGER_STATED = "quarantined", "no_longer_stated"

Source = tuple[str, str]
"""A source's name and a media type."""


@dataclass(frozen=True, slots=True)
class Others:
    """What is known of documents that were loaded before."""

    yields: Mapping[Source, Mapping[int, int]] = field(default_factory=dict)
    """By source, how many documents hold so many facts."""
    same: Mapping[str, Sequence[tuple[str, str | None]]] = field(default_factory=dict)
    """Documents and their languages, by the hash of their facts."""


def facts_sha256(resolved: Resolved) -> str | None:
    """Return the hash of what the document's facts state, in whatever order; None of fewer than three facts."""
    lines = sorted(
        f"{fact.indicator} {fact.members} {fact.area} {fact.period} {fact.base_period} {fact.measure} "
        f"{fact.direction} {fact.mention.value.normalize():f}"
        for fact in resolved.facts
        if isinstance(fact, Observation)
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest() if len(lines) >= COMPARED else None


def source(document: Document) -> Source:
    """Return which source a document is of, and in which format."""
    return source_of(document.key, document.metadata.publisher), document.media_type


def document_issues(
    resolved: Sequence[Resolved],
    facts: pd.DataFrame,
    others: Others,
    policy: Policy,
    gone: Mapping[str, Sequence[tuple[int, str]]] = {},
) -> Iterator[Issue]:
    """Yield what the rules on documents find, each judged beside those of its batch and those loaded before.

    `gone` has for a document the facts of the vintage before that it does not state any more: labels and sentences.
    """
    in_doubt = _in_doubt(facts)
    counts = {item.document.key: _facts_of(item) for item in resolved}
    yields: dict[Source, Counter[int]] = defaultdict(Counter)
    for name, counted in others.yields.items():
        yields[name].update(counted)
    same: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for item in resolved:
        yields[source(item.document)][counts[item.document.key]] += 1
    for item in resolved:
        document, said = item.document, facts_sha256(item)
        twins = [*others.same.get(said, ()), *same[said]] if said else []
        asked = policy.of(document.key, document.metadata.publisher)
        seen = DocumentFacts(
            facts=counts[document.key],
            numbers=len(item.facts),
            quarantined=in_doubt.get(document.key, 0),
            others=yields[source(document)] - Counter([counts[document.key]]),
            source=source(document)[0],
            least=asked.least,
            allowed=asked.quarantined,
            gone=tuple(fact for _, fact in gone.get(document.key, ())),
            same_as=next((key for key, language in twins if language == document.metadata.language), None),
        )
        if said:
            same[said].append((document.key, document.metadata.language))
        for rule, severity in _rules(policy):
            if message := rule.judge(seen):
                identity = hashlib.sha256(f"{rule.id}\0{document.sha256}".encode()).hexdigest()[:12]
                rows = tuple(label for label, _ in gone[document.key][:NAMED]) if rule.id == NO_LONGER_STATED else ()
                yield Issue(
                    id=identity, rule=rule.id, severity=severity, message=message, document=document.key, rows=rows
                )


def _rules(policy: Policy) -> Iterator[tuple[DocumentRule, Severity]]:
    for rule in document_rules():
        asked = policy.severity.get(rule.id, rule.severity.value)
        if asked != "off":
            yield rule, Severity(asked)


def _facts_of(item: Resolved) -> int:
    return sum(isinstance(fact, Observation) for fact in item.facts)


def _in_doubt(facts: pd.DataFrame) -> dict[str, int]:
    if not len(facts):
        return {}
    doubted = facts.loc[facts["status"] == Status.QUARANTINED.value, "document"]
    return {str(key): int(count) for key, count in doubted.value_counts().items()}
