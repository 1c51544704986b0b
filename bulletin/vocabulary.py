"""The catalogue's words in a text: which stretches name an indicator, a member, an area, or say what a number is."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bulletin.model import Members
from bulletin.words import trie_pattern, word_key
from schemas.catalogue import Catalogue, Language, MemberForm


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that a word may mean."""

    kind: str
    """`indicator`, `member`, `area`, `noun` (of a unit) or `cue`."""
    id: str
    """Of the indicator, the member, the area, or the cue's name in the language file."""
    members: Members = ()
    """What the wording implies; of a member, first itself."""
    requires: tuple[str, ...] = ()
    """Dimensions of which a member must stand in the phrase."""
    generic: bool = False
    """Whether the word names the rate of anything."""


class Senses:
    """All that a word may mean, by kind: looked up far more often than made."""

    __slots__ = ("cues", "kinds")

    def __init__(self, senses: Iterable[Sense]) -> None:
        """Sort the senses by their kind."""
        self.kinds: dict[str, tuple[Sense, ...]] = {}
        for sense in senses:
            self.kinds[sense.kind] = (*self.kinds.get(sense.kind, ()), sense)
        self.cues = frozenset(sense.id for sense in self.kinds.get("cue", ()))


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of text with all its senses."""

    start: int
    end: int
    senses: Senses

    def of(self, kind: str) -> tuple[Sense, ...]:
        """Return the senses of that kind."""
        return self.senses.kinds.get(kind, ())

    def is_cue(self, *names: str) -> bool:
        """Return whether it is one of those cues."""
        return not self.senses.cues.isdisjoint(names)


def tokens(
    text: str,
    catalogue: Catalogue,
    language: Language,
    start: int,
    end: int,
    formed: Sequence[Token] | None = None,
) -> Iterator[Token]:
    """Yield the words of the catalogue and the language in `text[start:end]`: leftmost, longest, never overlapping.

    A form of members (`aged 15 to 24`) goes before the words inside it, and a longer label before a form; `formed` are
    those of the stretch, where they are known already.
    """
    pattern, senses = _vocabulary(catalogue, language)
    formed = list(formed_members(text, catalogue, language, start, end) if formed is None else formed)
    at = start
    while match := pattern.search(text, at, end):
        crossed = [token for token in formed if match.start() < token.end and token.start < match.end()]
        if any(token.end - token.start >= match.end() - match.start() for token in crossed):
            at = crossed[-1].end
            continue
        at = match.end()
        formed = [token for token in formed if token not in crossed]
        key = word_key(match[0])
        if found := senses.get(key) or senses.get(key.removesuffix("s")):
            while formed and formed[0].start < match.start():
                yield formed.pop(0)
            yield Token(match.start(), match.end(), found)
            joins = "member" in found.kinds and not language.boundaries
            if joins and (shared := _shared_label(match, pattern, senses)):
                yield shared
                at = shared.end
    yield from formed


def _shared_label(match: re.Match[str], pattern: re.Pattern[str], senses: dict[str, Senses]) -> Token | None:
    """Return the label that begins with the last characters of the member before it: 新能源汽车 + 汽车保有量."""
    for back in (3, 2):
        label = pattern.match(match.string, match.end() - back) if match.end() - match.start() > back else None
        found = senses.get(word_key(label[0])) if label and label.end() > match.end() else None
        if label and found and "indicator" in found.kinds:
            return Token(match.end(), label.end(), found)
    return None


def formed_members(text: str, catalogue: Catalogue, language: Language, start: int, end: int) -> Iterator[Token]:
    """Yield the members that a dimension's forms make of `text[start:end]`, in order, never overlapping."""
    any_form, forms = _forms(catalogue, language)
    if not any_form.search(text, start, end):
        return
    found: list[Token] = []
    for dimension, form, pattern in forms:
        for match in pattern.finditer(text, start, end):
            member = form.member.format(**match.groupdict()).lower()
            if all(match.end() <= other.start or other.end <= match.start() for other in found):
                found.append(
                    Token(match.start(), match.end(), Senses([Sense("member", member, ((dimension, member),))]))
                )
    yield from sorted(found, key=lambda token: token.start)


@lru_cache(maxsize=16)
def _forms(
    catalogue: Catalogue, language: Language
) -> tuple[re.Pattern[str], tuple[tuple[str, MemberForm, re.Pattern[str]], ...]]:
    """Return one pattern for all forms, of which most texts have none, and each form with its own."""
    forms = tuple(
        (dimension.id, form, re.compile(form.pattern, re.IGNORECASE))
        for dimension in catalogue.dimensions.values()
        for form in dimension.forms
        if form.language == language.id
    )
    bare = (re.sub(r"\(\?P<\w+>", "(?:", form.pattern) for _, form, _ in forms)
    return re.compile("|".join(f"(?:{pattern})" for pattern in bare) or r"(?!)", re.IGNORECASE), forms


@lru_cache(maxsize=16)
def _vocabulary(catalogue: Catalogue, language: Language) -> tuple[re.Pattern[str], dict[str, Senses]]:
    senses: dict[str, list[Sense]] = {}
    for label, sense in _named(catalogue, language):
        key = word_key(label)
        for word in {key, _singular(key)} if language.boundaries and sense.kind != "cue" else {key}:
            if sense not in senses.setdefault(word, []):
                senses[word].append(sense)
    edge, close = (r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])") if language.boundaries else ("", "")
    # A Latin name inside Chinese text must still be whole: 5G用户 but not 15G.
    guard = edge or r"(?<![A-Za-z0-9](?=[A-Za-z0-9]))"
    pattern = re.compile(f"{guard}{trie_pattern(senses, plural=language.boundaries)}{close}", re.IGNORECASE)
    return pattern, {word: Senses(found) for word, found in senses.items()}


def _singular(word: str) -> str:
    """Return the word without its plural ending, where it has one: netizens, but not news or access."""
    return word[:-1] if len(word) > 4 and word.endswith("s") and word[-2] not in "suiw" else word


def _named(catalogue: Catalogue, language: Language) -> Iterator[tuple[str, Sense]]:
    """Yield every word of the catalogue and the language with what it means."""
    for indicator in catalogue.indicators.values():
        for label in indicator.labels.get(language.id, ()):
            yield label.text, Sense("indicator", indicator.id, label.members, label.requires, label.generic)
    members = (member for dimension in catalogue.dimensions.values() for member in dimension.members.values())
    for member in members:
        for label in member.labels.get(language.id, ()):
            yield label.text, Sense("member", member.id, ((member.dimension, member.id), *label.members))
    for area in catalogue.areas.values():
        for label in area.labels.get(language.id, ()):
            yield label.text, Sense("area", area.id)
    nouns = ((noun, unit.id) for unit in catalogue.units.values() for noun in unit.nouns.get(language.id, ()))
    for noun, unit_id in nouns:
        yield noun, Sense("noun", unit_id)
    cues = ((word, cue) for cue, words in language.cues.items() for word in words)
    for word, cue in cues:
        yield word, Sense("cue", cue)
