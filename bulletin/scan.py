"""A sentence as the resolver sees it: its numbers, and the words and periods around them, in order."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, wraps
from itertools import accumulate
from typing import Any, NamedTuple, TypeVar, TypeVarTuple

from bulletin.model import FoundPeriod, Mention, Passage, Token
from bulletin.vocabulary import tokens
from bulletin.words import lowered, trie_pattern
from schemas.catalogue import Catalogue, Language

BREAK = re.compile(r"[,，;；:：。、]|\s[–—]\s|(?<=\s)(?:and|while|but|with)(?=\s)", re.IGNORECASE)
"""What sets one clause from the next."""
HARD_BREAK = re.compile(r"[，；。：]|[,;:](?!\d)|\s[–—-]\s|——")
VERB = re.compile(r"(?:is|are|was|were|be|came|have|has|uses?|used|go|goes|went|surf)\s", re.IGNORECASE)
"""A label that begins with a verb stands for what the words before it do: "urban dwellers | are online"."""
_INSERTED = re.compile(r"\s*(?:[(（]\s*(?:即|i\.e\.,?\s*|that\s+is,?\s+)?[+±-]?|,\s*(?:or|i\.e\.,?)\s+)$")
"""What stands before a number that is put in behind another one: 527 million (87.7%), 3.4 million, or 29.1%, were."""
_APPOSED = re.compile(r"\s*,\s*$")
_OF = re.compile(r"\s*(?:of|的)\b")
_CLOSED = re.compile(r"[^()（）,，.。;；]{0,60}[)）,，]")
_INCLUDING = re.compile(r"[(（]\s*(?:其中)?(?:不?包?含|不?包括|含有|剔除|扣除)[^()（）\d]{1,30}[)）]")
"""What a label holds or leaves out, in parentheses, which is not what is counted: 网络视频（含短视频）用户."""


Asked = TypeVarTuple("Asked")
Answer = TypeVar("Answer")
_UNASKED: Any = object()


def remembered(ask: Callable[["Sentence", *Asked], Answer]) -> Callable[["Sentence", *Asked], Answer]:
    """Make what is asked of a sentence remember its answers: every number asks for the same again."""

    @wraps(ask)
    def answer(sentence: "Sentence", *asked: *Asked) -> Answer:
        known: Answer = sentence.answers.get((ask, asked), _UNASKED)
        if known is _UNASKED:
            known = sentence.answers[ask, asked] = ask(sentence, *asked)
        return known

    return answer


Stretch = tuple[int, int]


class _Around(NamedTuple):
    """The stretches around a number, as the methods of that name return them."""

    gap_before: Stretch
    gap_after: Stretch
    clause_before: Stretch
    clause_after: Stretch
    inserted: bool


@dataclass(frozen=True)
class Sentence:
    """A sentence, `text[start:end]`, with everything that the catalogue knows in it.

    What every number asks for, the stretches around it among them, is made for all of them at once.
    """

    text: str
    start: int
    end: int
    mentions: tuple[Mention, ...]
    words: tuple[Token, ...]
    periods: tuple[FoundPeriod, ...]
    language: Language
    answers: dict[tuple[Callable[..., Any], tuple[Any, ...]], Any] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )
    """What was asked already, by question and what it is about; see `remembered`."""

    @cached_property
    def cues(self) -> frozenset[str]:
        """All cues among its words: most of those that are asked for stand nowhere in it."""
        return frozenset().union(*[word.senses.cues for word in self.words])

    @cached_property
    def kinds(self) -> frozenset[str]:
        """All kinds of senses among its words."""
        return frozenset().union(*[word.senses.kinds for word in self.words])

    @cached_property
    def spaced(self) -> bool:
        """Whether the language sets its words apart with spaces."""
        return self.language.boundaries

    @cached_property
    def has_parentheses(self) -> bool:
        """Whether a parenthesis opens in it."""
        return self.text.find("(", self.start, self.end) >= 0 or self.text.find("（", self.start, self.end) >= 0

    @cached_property
    def named(self) -> tuple[list[Token], list[int]]:
        """The words that name an indicator or a member, and where they end; none of what a label is said to hold."""
        words = [word for word in self.words if word.senses.names and not self._is_held(word)]
        return words, [word.end for word in words]

    @cached_property
    def _held(self) -> list[tuple[int, int]]:
        """The parentheses that say what a label holds, where the catalogue knows it."""
        if self.spaced or not self.has_parentheses:
            return []
        found = (match.span() for match in _INCLUDING.finditer(self.text, self.start, self.end))
        names = [word.start for word in self.words if word.senses.names]
        return [(begin, end) for begin, end in found if any(begin < at < end for at in names)]

    def _is_held(self, word: Token) -> bool:
        return any(begin < word.start < end for begin, end in self._held)

    @cached_property
    def _ends(self) -> list[int]:
        return [word.end for word in self.words]

    @cached_property
    def _unit_ends(self) -> frozenset[int]:
        return frozenset(mention.end for mention in self.mentions)

    @cached_property
    def _plain(self) -> str:
        """The sentence with everything that is known or says nothing of what is counted as blanks."""
        known = [item[:2] for items in (self.words, self.periods) for item in items]
        known += [(mention.start, mention.end) for mention in self.mentions] + self._held
        left = blanked(self.text, sorted(known), start=self.start, end=self.end)
        return blanked(left, self._linking(left))

    def _linking(self, text: str) -> list[tuple[int, int]]:
        return [word.span() for word in linking_words(self.language).finditer(lowered(text))]

    @cached_property
    def _unknown(self) -> tuple[list[int], list[int]]:
        """Where each unknown word begins, and what all up to it count for together."""
        unknown = _WORD if self.spaced else _CHARACTER
        starts = [match.start() + self.start for match in unknown.finditer(self._plain)]
        if not self.spaced:
            return starts, list(range(len(starts) + 1))
        weights = [NAME if self.text[start].isupper() and start > self.start else 1 for start in starts]
        return starts, [0, *accumulate(weights)]

    def gap_before(self, index: int) -> Stretch:
        """Return the stretch between the number before and the number `index`."""
        return self._around[index].gap_before

    def gap_after(self, index: int) -> Stretch:
        """Return the stretch between the number `index` and the next number that is not put in behind it."""
        return self._around[index].gap_after

    def is_inserted(self, index: int) -> bool:
        """Return whether the number stands in parentheses, or after an "or", right behind the one before it."""
        return 0 < index < len(self.mentions) and self._around[index].inserted

    def up_to_inserted(self, index: int) -> Stretch:
        """Return the stretch between the number `index` and the one put in behind it: "527 million users (87.7%)"."""
        begin = self.mentions[index].end
        return begin, self.mentions[index + 1].start if self.is_inserted(index + 1) else begin

    def clause_before(self, index: int) -> Stretch:
        """Return the stretch from where the clause of the number begins, or the number before, up to the number."""
        return self._around[index].clause_before

    def clause_after(self, index: int) -> Stretch:
        """Return the stretch behind the number `index` up to where its clause ends."""
        return self._around[index].clause_after

    @cached_property
    def _around(self) -> list["_Around"]:
        """The stretches around each number."""
        starts = [*[mention.start for mention in self.mentions], self.end]
        ends = [self.start, *[mention.end for mention in self.mentions]]
        inserted = [index > 0 and self._is_put_in(index, ends[index]) for index in range(len(self.mentions))]
        inserted.append(False)
        found = []
        for index, mention in enumerate(self.mentions):
            begin, behind = mention.end, index + 1
            if inserted[behind] and (close := _CLOSED.match(self.text, ends[behind + 1], starts[behind + 1])):
                begin, behind = close.end(), behind + 1
            before, after = (ends[index], mention.start), (begin, starts[behind])
            around = _Around(before, after, self._clause_before(*before), self._clause_after(*after), inserted[index])
            found.append(around)
        return found

    def _is_put_in(self, index: int, begin: int) -> bool:
        mention = self.mentions[index]
        between = _INSERTED.search(self.text, begin, mention.start)
        if between is None and mention.unit == "percent" and _OF.match(self.text, mention.end):
            between = _APPOSED.search(self.text, begin, mention.start)
        if between and re.search(r"[)）]", self.text[begin : between.start()]):
            return False  # 网约车用户（3.97亿）和网络文学用户（4.61亿）: it follows what has its own
        return (
            between is not None
            and self.unknown(begin, between.start()) == 0
            and not self.broken(begin, between.start(), HARD_BREAK)
        )

    def _clause_before(self, begin: int, end: int) -> Stretch:
        for match in HARD_BREAK.finditer(self.text, begin, end):
            begin = match.end()
        return begin, end

    def _clause_after(self, begin: int, end: int) -> Stretch:
        for match in BREAK.finditer(self.text, begin, end):
            # The "and" of "aged 60 and over" ends nothing.
            if not any(word.start <= match.start() < word.end for word in self.words_in(begin, end)):
                return begin, match.start()
        return begin, end

    def words_in(self, begin: int, end: int) -> tuple[Token, ...]:
        """Return the words within the stretch, in order, with one that began as the unit of the number before it."""
        first = bisect_right(self._ends, begin)
        found = self.words[first : max(first, bisect_right(self._ends, end))]
        if found and found[0].start < begin and self.is_cut(found[0], begin):
            return found[1:]
        return found

    def is_cut(self, word: Token, begin: int) -> bool:
        """Return whether the word began before the stretch that begins there, and not as the unit of a number."""
        return word.start < begin and begin not in self._unit_ends

    def cues_in(self, begin: int, end: int, *cues: str) -> list[Token]:
        """Return the words within the stretch that are one of the cues, in order."""
        if self.cues.isdisjoint(cues):
            return []
        return [word for word in self.words_in(begin, end) if word.is_cue(*cues)]

    def named_in(self, begin: int, end: int, kind: str) -> list[Token]:
        """Return the words within the stretch that have a sense of that kind, in order."""
        if kind not in self.kinds:
            return []
        return [word for word in self.words_in(begin, end) if kind in word.senses.kinds]

    def right_before(self, position: int, reach: int = 1) -> tuple[Token, ...]:
        """Return the words that end at the position, or at most `reach` characters before it."""
        return self.words[bisect_left(self._ends, position - reach) : bisect_right(self._ends, position)]

    def cues_before(self, position: int, reach: int, *cues: str) -> list[Token]:
        """Return the cues among the words that end at the position, or at most `reach` characters before it."""
        if self.cues.isdisjoint(cues):
            return []
        return [word for word in self.right_before(position, reach) if word.is_cue(*cues)]

    @remembered
    def words_of(self, kind: str) -> list[Token]:
        """Return all words that have a sense of that kind, in order."""
        return [word for word in self.words if kind in word.senses.kinds]

    def word_at(self, position: int) -> Token | None:
        """Return the word that stands over the position; None where none does."""
        at = bisect_right(self._ends, position)
        return self.words[at] if at < len(self.words) and self.words[at].start <= position else None

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
        return blanked(text, self._linking(text), mark)

    def broken(self, begin: int, end: int, pattern: re.Pattern[str] = BREAK) -> bool:
        """Return whether a clause ends between the two positions."""
        return begin < end and pattern.search(self.text, begin, end) is not None


def blanked(text: str, spans: Iterable[Stretch], mark: str = " ", start: int = 0, end: int | None = None) -> str:
    """Return `text[start:end]` with the mark in the place of every letter of the stretches, which are in order."""
    left, at = [], start
    for begin, stop in spans:
        if stop > at:
            begin = max(begin, at)
            left += [text[at:begin], mark * (stop - begin)]
            at = stop
    return "".join([*left, text[at:end]])


_WORD = re.compile(r"(?<!')[A-Za-z][A-Za-z'-]*")
NAME = 3
"""What an unknown name counts for: "mobile subscribers at Reliance Jio" are not all of them."""
_CHARACTER = re.compile(r"[A-Za-z]+|[\u4e00-\u9fff]")


@lru_cache(maxsize=16)
def linking_words(language: Language) -> re.Pattern[str]:
    """Return the pattern of the words that say nothing of what is counted, hedges among them."""
    edge, close = (r"(?<![A-Za-z'-])", r"(?![A-Za-z'-])") if language.boundaries else ("", "")
    hedges = [word for sides in language.hedges.values() for words in sides.values() for word in words]
    return re.compile(f"{edge}{trie_pattern([*language.linking, *hedges], plural=False)}{close}")


def scan(
    text: str, low: str, mentions: Sequence[Mention], passage: Passage, catalogue: Catalogue, language: Language
) -> Sentence:
    """Return the sentence of the passage with its words, none of them inside a number or a period.

    `low` is the text in lower case.
    """
    # A label may begin with the unit: 29.5 | hours a week online, 1.1 billion | people online.
    taken = [(mention.start, mention.number_end) for mention in mentions]
    taken += [(period.start, period.end) for period in passage.periods if period.value or period.yearless]
    words: list[Token] = []
    at, end = passage.start, passage.end
    for begin, stop in [*sorted(taken), (end, end)]:
        if at < begin:
            inside = tuple(member for member in passage.members if at <= member.start and member.end <= begin)
            words += tokens(low, catalogue, language, at, begin, inside)
        at = max(at, stop)
    return Sentence(text, passage.start, end, tuple(mentions), tuple(words), passage.periods, language)
