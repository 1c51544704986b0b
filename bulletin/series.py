"""Lists: "69.7%, 52.1% and 46.2% respectively", 分别为7.48亿和2.84亿 give each number its own member or subject."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bulletin.model import Observation, Unresolved
from bulletin.scan import Sentence
from bulletin.vocabulary import Token
from schemas.catalogue import Catalogue

Fact = Observation | Unresolved
_JOINT = re.compile(r"[\s,，、和及与]*(?:and)?\s*(?:[a-z]+\s+)?", re.IGNORECASE)


def apportion(sentence: Sentence, facts: Sequence[Fact], catalogue: Catalogue) -> Iterator[Fact]:
    """Yield the facts of the sentence, those of a "respectively" list each with its own member.

    A list whose numbers cannot be matched one to one with what was listed before stays as it is.
    """
    shares = list(facts)
    for cue in sentence.words:
        if cue.is_cue("respectively"):
            for position, fact in _apportioned(sentence, shares, cue, catalogue):
                shares[position] = fact
    yield from shares


def _apportioned(
    sentence: Sentence, facts: Sequence[Fact], cue: Token, catalogue: Catalogue
) -> Iterator[tuple[int, Fact]]:
    run = _run(sentence, facts, cue)
    if len(run) < 2:
        return
    start = min(facts[run[0]].mention.start, cue.start)
    listed = _listed(sentence, start, len(run))
    for position, (dimension, member) in zip(run, listed, strict=False):
        fact = facts[position]
        if isinstance(fact, Observation) and dimension in catalogue.indicators[fact.indicator].dimensions:
            members = dict(fact.members) | {dimension: member}
            yield position, replace(fact, members=tuple(sorted(members.items())))


def _run(sentence: Sentence, facts: Sequence[Fact], cue: Token) -> list[int]:
    """Return the positions of the list's numbers: one chain, right behind 分别 or before "respectively"."""
    chains: list[list[int]] = []
    for position, fact in enumerate(facts):
        if position and _JOINT.fullmatch(sentence.text, facts[position - 1].mention.end, fact.mention.start):
            chains[-1].append(position)
        else:
            chains.append([position])
    for chain in chains:
        first, last = facts[chain[0]].mention, facts[chain[-1]].mention
        if cue.end <= first.start and not re.search(r"[，,；;]", sentence.text[cue.end : first.start]):
            return chain
        if last.end <= cue.start and len(sentence.text[last.end : cue.start].strip(" ,")) == 0:
            return chain
    return []


def _listed(sentence: Sentence, before: int, count: int) -> list[tuple[str, str]]:
    """Return the last `count` members of one dimension named before the position, all different; else nothing."""
    by_dimension: dict[str, list[str]] = {}
    for word in sentence.words_in(sentence.start, before):
        for sense in word.of("member"):
            by_dimension.setdefault(sense.members[0][0], []).append(sense.id)
    for dimension, members in by_dimension.items():
        chosen = members[-count:]
        if len(set(chosen)) == count:
            return [(dimension, member) for member in chosen]
    return []
