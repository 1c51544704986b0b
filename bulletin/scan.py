"""A sentence as the resolver sees it: its numbers, and the words and periods around them, in order."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from bulletin.model import FoundPeriod, Mention
from bulletin.vocabulary import Token, formed_members, tokens
from bulletin.words import trie_pattern
from schemas.catalogue import Catalogue, Language

BREAK = re.compile(r"[,，;；:：。、]|(?<=\s)(?:and|while|but|with)(?=\s)", re.IGNORECASE)
"""What sets one clause from the next."""
HARD_BREAK = re.compile(r"[，；。：]|[,;:](?!\d)|\s[–—-]\s|——")
_INSERTED = re.compile(r"\s*(?:[(（]\s*(?:即|i\.e\.,?\s*)?[+±-]?|,\s*(?:or|i\.e\.,?)\s+)$")
"""What stands before a number that is put in behind another one: 527 million (87.7%), 3.4 million, or 29.1%, were."""
_APPOSED = re.compile(r"\s*,\s*$")
_OF = re.compile(r"\s*(?:of|的)\b")
_CLOSED = re.compile(r"[^()（）,，.。;；]{0,60}[)）,，]")


@dataclass(frozen=True)
class Sentence:
    """A sentence, `text[start:end]`, with everything that the catalogue knows in it."""

    text: str
    start: int
    end: int
    mentions: tuple[Mention, ...]
    words: tuple[Token, ...]
    periods: tuple[FoundPeriod, ...]
    language: Language
    cache: dict[tuple[int, int], Any] = field(default_factory=dict, compare=False, repr=False)
    """Phrases by stretch: every number asks for those around it, and several times."""

    @cached_property
    def _ends(self) -> list[int]:
        return [word.end for word in self.words]

    @cached_property
    def _unit_ends(self) -> frozenset[int]:
        return frozenset(mention.end for mention in self.mentions)

    @cached_property
    def _plain(self) -> str:
        """The sentence with everything that is known or says nothing of what is counted as blanks."""
        known = [(item.start, item.end) for items in (self.words, self.periods, self.mentions) for item in items]
        left, at = [], self.start
        for start, end in sorted(known):
            if end > at:
                left += [self.text[at : max(start, at)], " " * (end - max(start, at))]
                at = end
        left.append(self.text[at : self.end])
        return _linking(self.language).sub(lambda word: " " * len(word[0]), "".join(left))

    @cached_property
    def _unknown(self) -> tuple[list[int], list[int]]:
        """Where each unknown word begins, and what all up to it count for together."""
        if not self.spaced:
            starts = [match.start() + self.start for match in _CHARACTER.finditer(self._plain)]
            return starts, list(range(len(starts) + 1))
        starts, weights = [], [0]
        for match in _WORD.finditer(self._plain):
            starts.append(match.start() + self.start)
            weights.append(weights[-1] + (NAME if match[0][0].isupper() and match.start() else 1))
        return starts, weights

    @property
    def spaced(self) -> bool:
        """Whether the language sets its words apart with spaces."""
        return self.language.boundaries

    def gap_before(self, index: int) -> tuple[int, int]:
        """Return the stretch between the number before and the number `index`."""
        begin = self.mentions[index - 1].end if index else self.start
        return begin, self.mentions[index].start

    def gap_after(self, index: int) -> tuple[int, int]:
        """Return the stretch between the number `index` and the next number that is not put in behind it."""
        return self._gaps_after[index]

    @cached_property
    def _gaps_after(self) -> list[tuple[int, int]]:
        return [self._gap_after(index) for index in range(len(self.mentions))]

    def up_to_inserted(self, index: int) -> tuple[int, int]:
        """Return the stretch between the number `index` and the one put in behind it: "527 million users (87.7%)"."""
        begin = self.mentions[index].end
        return begin, self.mentions[index + 1].start if self.is_inserted(index + 1) else begin

    def _gap_after(self, index: int) -> tuple[int, int]:
        begin, behind = self.mentions[index].end, index + 1
        if self.is_inserted(behind):
            after = self.mentions[behind + 1].start if behind + 1 < len(self.mentions) else self.end
            if close := _CLOSED.match(self.text, self.mentions[behind].end, after):
                begin, behind = close.end(), behind + 1
        after = self.mentions[behind].start if behind < len(self.mentions) else self.end
        return begin, after

    def is_inserted(self, index: int) -> bool:
        """Return whether the number stands in parentheses, or after an "or", right behind the one before it."""
        return 0 < index < len(self.mentions) and self._inserted[index]

    @cached_property
    def _inserted(self) -> list[bool]:
        return [index > 0 and self._is_inserted(index) for index in range(len(self.mentions))]

    def _is_inserted(self, index: int) -> bool:
        begin, end = self.gap_before(index)
        between = _INSERTED.search(self.text, begin, end)
        if (
            between is None
            and self.mentions[index].unit == "percent"
            and _OF.match(self.text, self.mentions[index].end)
        ):
            between = _APPOSED.match(self.text, begin, end)
        return (
            between is not None
            and self.unknown(begin, between.start()) == 0
            and not self.broken(begin, between.start(), HARD_BREAK)
        )

    def clause_before(self, index: int) -> tuple[int, int]:
        """Return the stretch from where the clause of the number begins, or the number before, up to the number."""
        return self._clauses_before[index]

    @cached_property
    def _clauses_before(self) -> list[tuple[int, int]]:
        return [self._clause_before(index) for index in range(len(self.mentions))]

    def _clause_before(self, index: int) -> tuple[int, int]:
        begin, end = self.gap_before(index)
        breaks = [match.end() for match in HARD_BREAK.finditer(self.text, begin, end)]
        return (breaks[-1] if breaks else begin), end

    def clause_after(self, index: int) -> tuple[int, int]:
        """Return the stretch behind the number `index` up to where its clause ends."""
        return self._clauses_after[index]

    @cached_property
    def _clauses_after(self) -> list[tuple[int, int]]:
        return [self._clause_after(index) for index in range(len(self.mentions))]

    def _clause_after(self, index: int) -> tuple[int, int]:
        begin, end = self.gap_after(index)
        for match in BREAK.finditer(self.text, begin, end):
            # The "and" of "aged 60 and over" ends nothing.
            if not any(word.start <= match.start() < word.end for word in self.words_in(begin, end)):
                return begin, match.start()
        return begin, end

    def words_in(self, begin: int, end: int) -> tuple[Token, ...]:
        """Return the words within the stretch, in order, with one that began as the unit of the number before it."""
        first = bisect_right(self._ends, begin)
        found = self.words[first : max(first, bisect_right(self._ends, end))]
        if found and found[0].start < begin and begin not in self._unit_ends:
            return found[1:]
        return found

    def word_at(self, position: int) -> Token | None:
        """Return the word that stands over the position; None where none does."""
        at = bisect_right(self._ends, position)
        return self.words[at] if at < len(self.words) and self.words[at].start <= position else None

    def right_before(self, position: int, reach: int = 1) -> tuple[Token, ...]:
        """Return the words that end at the position, or at most `reach` characters before it."""
        return self.words[bisect_left(self._ends, position - reach) : bisect_right(self._ends, position)]

    def unknown(self, begin: int, end: int) -> int:
        """Return how many words of the stretch (characters, where words are not spaced) nothing explains.

        What the catalogue and the language know, periods, numbers and linking words are explained; the rest may be a
        subject of its own, of which the label before it says nothing.
        """
        starts, counts = self._unknown
        first = bisect_left(starts, begin)
        return counts[max(first, bisect_left(starts, end))] - counts[first]

    def unexplained(self, begin: int, end: int) -> str:
        """Return the stretch with everything that is known or says nothing of what is counted as blanks."""
        return self._plain[begin - self.start : max(begin, end) - self.start]

    def without_linking(self, text: str, mark: str = "|") -> str:
        """Return a part of the sentence with a mark in the place of each word that says nothing of what is counted."""
        return _linking(self.language).sub(mark, text)

    def broken(self, begin: int, end: int, pattern: re.Pattern[str] = BREAK) -> bool:
        """Return whether a clause ends between the two positions."""
        return begin < end and pattern.search(self.text, begin, end) is not None


_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")
NAME = 3
"""What an unknown name counts for: "mobile subscribers at Reliance Jio" are not all of them."""
_CHARACTER = re.compile(r"[A-Za-z]+|[\u4e00-\u9fff]")


@lru_cache(maxsize=16)
def _linking(language: Language) -> re.Pattern[str]:
    edge, close = (r"(?<![A-Za-z'-])", r"(?![A-Za-z'-])") if language.boundaries else ("", "")
    hedges = [word for sides in language.hedges.values() for words in sides.values() for word in words]
    return re.compile(f"{edge}{trie_pattern([*language.linking, *hedges], plural=False)}{close}", re.IGNORECASE)


def scan(
    text: str,
    mentions: Sequence[Mention],
    periods: tuple[FoundPeriod, ...],
    catalogue: Catalogue,
    language: Language,
    start: int,
    end: int,
) -> Sentence:
    """Return the sentence `text[start:end]` with its words, none of them inside a number or a period."""
    # A label may begin with the unit: 29.5 | hours a week online, 1.1 billion | people online.
    taken = [(mention.start, mention.number_end) for mention in mentions]
    taken += [(period.start, period.end) for period in periods if period.value or period.yearless]
    formed = list(formed_members(text, catalogue, language, start, end))
    words: list[Token] = []
    at = start
    for begin, stop in [*sorted(taken), (end, end)]:
        if at < begin:
            inside = [member for member in formed if at <= member.start and member.end <= begin]
            words += tokens(text, catalogue, language, at, begin, inside)
        at = max(at, stop)
    return Sentence(text, start, end, tuple(mentions), tuple(words), periods, language)
