"""Phrases: an indicator's label with the members that narrow it, or members alone, as one stretch of a sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bulletin.model import Members
from bulletin.scan import HARD_BREAK, Sentence
from bulletin.vocabulary import Token

BOUNDARIES = ("up", "down", "level_after", "share", "by", "change_noun", "joining", "anaphora", "compare", "outdone")
"""Cues that end a phrase: what stands behind a verb is no part of what stands before it."""
GLUE_WORDS, GLUE_CHARACTERS = 6, 8
"""Words, or characters where words are not spaced, that may stand between two words of a phrase."""
GLUE_UNKNOWN = (1, 3)
"""How many of them may be unknown."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of the catalogue that belong together, `text[start:end]`."""

    tokens: tuple[Token, ...]
    head: Token | None
    """The label that says what is counted; None where only members stand there."""

    @property
    def start(self) -> int:
        """Where its first word begins."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where its last word ends."""
        return self.tokens[-1].end

    def members(self) -> dict[str, str]:
        """Return the members that narrow it; of a dimension that two stand of ("urban and rural"), none."""
        named: dict[str, set[str]] = {}
        for token in self.tokens:
            for sense in token.of("member"):
                for dimension, member in sense.members:
                    named.setdefault(dimension, set()).add(member)
        return {dimension: next(iter(found)) for dimension, found in named.items() if len(found) == 1}


def narrowed(members: dict[str, str], allowed: Sequence[str]) -> Members:
    """Return those of the members that the dimensions allow, sorted."""
    return tuple(sorted((dimension, member) for dimension, member in members.items() if dimension in allowed))


def phrases(sentence: Sentence, begin: int, end: int) -> list[Phrase]:
    """Return the phrases of the stretch, in order."""
    if (begin, end) not in sentence.cache:
        sentence.cache[begin, end] = _phrases(sentence, begin, end)
    found: list[Phrase] = sentence.cache[begin, end]
    return found


def _phrases(sentence: Sentence, begin: int, end: int) -> list[Phrase]:
    groups: list[list[Token]] = []
    for token in sentence.words_in(begin, end):
        if not (token.of("indicator") or token.of("member")):
            continue
        if groups and _belongs(sentence, groups[-1], token):
            groups[-1].append(token)
        else:
            groups.append([token])
    return [Phrase(tuple(group), _head(group, sentence)) for group in groups]


def _head(tokens: Sequence[Token], sentence: Sentence) -> Token | None:
    """Return the label that is counted: the first of "users of mobile apps", the last of 网民的人均上网时长."""
    labels = [token for token in tokens if token.of("indicator")]
    if not labels:
        return None
    owned = [label for owner, label in pairwise(labels) if sentence.text.startswith("'", owner.end)]
    return (owned or labels)[0] if sentence.spaced else labels[-1]


def _belongs(sentence: Sentence, group: Sequence[Token], token: Token) -> bool:
    begin, end = group[-1].end, token.start
    if _VERB.match(sentence.text, token.start):
        return False
    gap = sentence.text[begin:end]
    if HARD_BREAK.search(sentence.text, begin, end) or re.search(r"[()（）、\d]", gap):
        return False
    if any(
        word.is_cue(*BOUNDARIES) and not (sentence.spaced and word.is_cue("level_to"))
        for word in sentence.words_in(begin, end)
    ):
        return False
    size = len(gap.split()) if sentence.spaced else len(re.sub(r"\s", "", gap))
    if size > (GLUE_WORDS if sentence.spaced else GLUE_CHARACTERS):
        return False
    if sentence.spaced and _joining().search(gap):
        return False
    return sentence.unknown(begin, end) <= GLUE_UNKNOWN[not sentence.spaced]


_VERB = re.compile(r"(?:is|are|was|were|be|came|have|has|uses?|used|go|goes|went|surf)\s", re.IGNORECASE)
"""A label that begins with a verb stands for what the words before it do: "urban dwellers | are online"."""


@lru_cache(maxsize=1)
def _joining() -> re.Pattern[str]:
    return re.compile(r"\b(?:and|or|while|but|that|is|are|as)\b", re.IGNORECASE)


def behind(sentence: Sentence, index: int) -> Iterator[Phrase]:
    """Yield the phrases behind the number, up to the next one."""
    yield from phrases(sentence, *sentence.gap_after(index))


def before(sentence: Sentence, index: int) -> list[Phrase]:
    """Return the phrases between the number before and the number, the nearest first."""
    return phrases(sentence, *sentence.gap_before(index))[::-1]
