"""Phrases: an indicator's label with the members that narrow it, or members alone, as one stretch of a sentence."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bulletin.model import Members, Token
from bulletin.scan import HARD_BREAK, VERB, Sentence, remembered

BOUNDARIES = ("up", "down", "level_after", "share", "by", "change_noun", "joining", "anaphora", "compare", "outdone")
"""Cues that end a phrase: what stands behind a verb is no part of what stands before it."""
GLUE_WORDS, GLUE_CHARACTERS = 6, 8
"""Words, or characters where words are not spaced, that may stand between two words of a phrase."""
GLUE_UNKNOWN = (1, 3)
"""How many of them may be unknown."""


@dataclass(frozen=True)
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
        return self._members

    @cached_property
    def _members(self) -> dict[str, str]:
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
    words, ends = sentence.named
    first = bisect_right(ends, begin)
    stop = bisect_right(ends, end, first)
    if first < stop and sentence.is_cut(words[first], begin):
        first += 1
    return _phrases(sentence, first, stop) if first < stop else []


@remembered
def _phrases(sentence: Sentence, first: int, stop: int) -> list[Phrase]:
    """Return the phrases of those of the words that name something."""
    ends = _phrase_ends(sentence)
    inside = ends[bisect_right(ends, first) : bisect_left(ends, stop)]
    return [_phrase(sentence, *pair) for pair in pairwise([first, *inside, stop])]


@remembered
def _phrase_ends(sentence: Sentence) -> list[int]:
    """Return which of the words that name something begin a phrase, and do not go on the one before."""
    pairs = enumerate(pairwise(sentence.named[0]), start=1)
    return [at for at, (one, other) in pairs if not _belongs(sentence, one.end, other.start)]


@remembered
def _phrase(sentence: Sentence, first: int, stop: int) -> Phrase:
    words = sentence.named[0][first:stop]
    return Phrase(tuple(words), _head(words, sentence))


def _head(tokens: Sequence[Token], sentence: Sentence) -> Token | None:
    """Return the label that is counted: the first of "users of mobile apps", the last of 网民的人均上网时长."""
    labels = [token for token in tokens if token.of("indicator")]
    if not labels:
        return None
    if not sentence.spaced:
        return labels[-1]
    owned = [label for owner, label in pairwise(labels) if sentence.text.startswith("'", owner.end)]
    return owned[0] if owned else _last_beside(labels, sentence)


def _last_beside(labels: Sequence[Token], sentence: Sentence) -> Token:
    """Return the last of the labels that stand side by side: of "primary school | pupils" the pupils are counted."""
    head = labels[0]
    for label in labels[1:]:
        needy = all(sense.requires for sense in label.of("indicator"))
        if needy or sentence.text[head.end : label.start] != " ":
            break
        head = label
    return head


def _belongs(sentence: Sentence, begin: int, end: int) -> bool:
    """Whether the word that begins at `end` goes on the phrase that ended at `begin`."""
    if VERB.match(sentence.text, end):
        return False
    gap = sentence.text[begin:end]
    if sentence.spaced and _WHO_ARE.fullmatch(gap):
        word = sentence.word_at(end)
        return word is not None and bool(word.of("member")) and not word.of("indicator")
    if HARD_BREAK.search(sentence.text, begin, end) or _CLOSED.search(gap):
        return False
    ends = sentence.cues_in(begin, end, *BOUNDARIES)
    if any(not (sentence.spaced and word.is_cue("level_to")) for word in ends):
        return False
    size = len(gap.split()) if sentence.spaced else len(re.sub(r"\s", "", gap))
    if size > (GLUE_WORDS if sentence.spaced else GLUE_CHARACTERS):
        return False
    if sentence.spaced and _JOINING.search(gap):
        return False
    return sentence.unknown(begin, end) <= GLUE_UNKNOWN[not sentence.spaced]


_CLOSED = re.compile(r"[()（）、\d]")
_JOINING = re.compile(r"\b(?:and|or|while|but|that|is|are|as)\b", re.IGNORECASE)
_WHO_ARE = re.compile(r"\s+(?:who|that|which)\s+(?:are|is|were|was)\s+", re.IGNORECASE)
"""What joins a label to the members that narrow it: "netizens who are 60 or older"."""


def behind(sentence: Sentence, index: int) -> Iterator[Phrase]:
    """Yield the phrases behind the number, up to the next one."""
    yield from phrases(sentence, *sentence.gap_after(index))


def before(sentence: Sentence, index: int) -> list[Phrase]:
    """Return the phrases between the number before and the number, the nearest first."""
    return phrases(sentence, *sentence.gap_before(index))[::-1]
