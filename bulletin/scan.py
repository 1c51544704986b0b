"""A sentence as the resolver sees it: its numbers, and the words and periods around them, in order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bulletin.model import Mention
from bulletin.periods import FoundPeriod, find_periods
from bulletin.vocabulary import Token, tokens
from schemas.catalogue import Catalogue, Language

BREAK = re.compile(r"[,，;；:：。、]|(?<=\s)(?:and|while|but|with)(?=\s)", re.IGNORECASE)
"""What sets one clause from the next."""
HARD_BREAK = re.compile(r"[,，;；。:：](?!\d)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, `text[start:end]`, with everything that the catalogue knows in it."""

    text: str
    start: int
    end: int
    mentions: tuple[Mention, ...]
    words: tuple[Token, ...]
    periods: tuple[FoundPeriod, ...]
    language: Language

    def gap_before(self, index: int) -> tuple[int, int]:
        """Return the stretch between the number before and the number `index`."""
        begin = self.mentions[index - 1].end if index else self.start
        return begin, self.mentions[index].start

    def gap_after(self, index: int) -> tuple[int, int]:
        """Return the stretch between the number `index` and the next number."""
        after = self.mentions[index + 1].start if index + 1 < len(self.mentions) else self.end
        return self.mentions[index].end, after

    def clause_after(self, index: int) -> tuple[int, int]:
        """Return the stretch behind the number `index` up to where its clause ends."""
        begin, end = self.gap_after(index)
        match = BREAK.search(self.text, begin, end)
        return begin, match.start() if match else end

    def words_in(self, begin: int, end: int) -> Iterator[Token]:
        """Yield the words within the stretch, in order."""
        return (word for word in self.words if begin <= word.start and word.end <= end)

    def broken(self, begin: int, end: int, pattern: re.Pattern[str] = BREAK) -> bool:
        """Return whether a clause ends between the two positions."""
        return begin < end and pattern.search(self.text, begin, end) is not None


def scan(
    text: str, mentions: Sequence[Mention], catalogue: Catalogue, language: Language, start: int, end: int
) -> Sentence:
    """Return the sentence `text[start:end]` with its words and periods, none of them inside a number or another."""
    periods = tuple(find_periods(text, language, start, end))
    taken = [(period.start, period.end) for period in periods if period.value or period.yearless]
    edges = [start, *(edge for mention in mentions for edge in (mention.start, mention.end)), end]
    words = tuple(
        word
        for begin, stop in zip(edges[::2], edges[1::2], strict=True)
        for word in tokens(text, catalogue, language, begin, stop)
        if not any(word.start < behind and before < word.end for before, behind in taken)
    )
    return Sentence(text, start, end, tuple(mentions), words, periods, language)
