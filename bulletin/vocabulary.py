"""The catalogue's words in a text: which stretches name an indicator, a member, an area, or say what a number is."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bulletin.compounds import inner_members, member_labels
from bulletin.model import Sense, Senses, Token
from bulletin.naming import other_labels, short_areas, short_names
from bulletin.patterns import Found, Patterns
from bulletin.words import trie_pattern, word_key
from schemas.catalogue import Catalogue, Language, MemberForm

_NAMED_YEAR = r"(?!(?<=[上去前半当每逐次翌同几多近历全一二两三四五六七八九十\d])[年月季])"
"""No word begins within the name of a year, a month, a quarter: 上年增长, 12月增长, as against 出口年增长."""
_LISTING = "、和及与"
_NUMERALS = "一二三四五六七八九十"
_SCRIPTS = re.compile(r"(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])")
"""Where Latin letters or digits and Chinese characters meet: some set them apart, IPv4 地址."""
_OF = re.compile(r"(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff]{3})")
"""Where 的 may stand between a name in Latin letters and what it narrows: IPv6的活跃用户."""
WORDS = 100_000
"""Words, and ways to write them, whose meaning is kept."""


class _Meanings(dict[str, Senses | None]):
    """What each word means; what a word is looked up by, `word_key`, is made once for each way to write it."""

    def __missing__(self, word: str) -> Senses | None:
        key = word_key(word)
        meant = super().get(key) or super().get(key.removesuffix("s"))
        if len(self) < WORDS:
            self[word] = meant
        return meant


def tokens(
    text: str,
    catalogue: Catalogue,
    language: Language,
    start: int,
    end: int,
    formed: Sequence[Token] | None = None,
) -> list[Token]:
    """Return the words of the catalogue and the language in `text[start:end]`: leftmost, longest, never overlapping.

    The text must be in lower case, `bulletin.words.lowered`. A form of members (`aged 15 to 24`) goes before the words
    inside it, and a longer label before a form; `formed` are those of the stretch, where they are known already.
    """
    if formed is None:
        formed = formed_members(text, catalogue, language, start, end)
    if not formed:
        return _words(text, catalogue, language, start, end)
    pattern, meanings = _vocabulary(catalogue, language)
    found: list[Token] = []
    at = start
    while match := pattern.search(text, at, end):
        crossed = [token for token in formed if match.start() < token.end and token.start < match.end()]
        if any(token.end - token.start >= match.end() - match.start() for token in crossed):
            at = crossed[-1].end
            continue
        at = match.end()
        formed = [token for token in formed if token not in crossed]
        if meant := meanings[match[0]]:
            found.append(Token(match.start(), match.end(), meant))
    return sorted([*found, *formed], key=lambda token: token.start)


def _words(text: str, catalogue: Catalogue, language: Language, start: int, end: int) -> list[Token]:
    pattern, meanings = _vocabulary(catalogue, language)
    matches = pattern.finditer(text, start, end)
    if language.boundaries:
        return [Token(*match.span(), meant) for match in matches if (meant := meanings[match[0]])]
    found: list[Token] = []
    for match in matches:
        if found and match.start() < found[-1].end:
            continue  # the label began within the member before it
        if meant := meanings[match[0]]:
            if "member" in meant.kinds:
                found += _shortened(match, meanings)[::-1]
            found.append(Token(match.start(), match.end(), meant))
            if "member" in meant.kinds:
                found += _shared_label(match, pattern, meanings)
    return found


def _shortened(match: re.Match[str], meanings: _Meanings) -> list[Token]:
    """Return the members listed before one whose last characters they share, the nearest first: 二、三线城市."""
    word, at, found = match[0], match.start(), []
    while len(word) > 1 and at:
        listed = match.string[at - 1] in _LISTING
        if not (listed or (match.string[at - 1] in _NUMERALS and word[0] in _NUMERALS)):
            break  # 一二线城市, but 看短视频 is no 看视频
        at -= listed
        meant = meanings[match.string[at - 1] + word[1:]] if at else None
        if meant is None or "member" not in meant.kinds or match.string[at - 1] == word[0]:
            break
        found.append(Token(at - 1, at, meant))
        at -= 1
    return found


def _shared_label(match: re.Match[str], pattern: re.Pattern[str], meanings: _Meanings) -> list[Token]:
    """Return the label that begins with the last characters of the member before it: 新能源汽车 + 汽车保有量."""
    for back in (3, 2, 1):
        label = pattern.match(match.string, match.end() - back) if match.end() - match.start() > back else None
        meant = meanings[label[0]] if label and label.end() > match.end() else None
        if label and meant and "indicator" in meant.kinds:
            return [Token(match.end(), label.end(), meant)]
    return []


def formed_members(text: str, catalogue: Catalogue, language: Language, start: int, end: int) -> tuple[Token, ...]:
    """Return the members that a dimension's forms make of `text[start:end]`, in order, never overlapping."""
    [found] = _patterns(catalogue, language).find(text, start, end)
    return read_members(found, catalogue, language)


@lru_cache(maxsize=16)
def _patterns(catalogue: Catalogue, language: Language) -> Patterns:
    return Patterns(member_patterns(catalogue, language), whole_words=language.boundaries)


def member_patterns(catalogue: Catalogue, language: Language) -> list[str]:
    """Return the patterns of all dimensions' forms; `read_members` reads what they find."""
    return [form.pattern for _, form in _forms(catalogue, language)]


def read_members(matches: Found, catalogue: Catalogue, language: Language) -> tuple[Token, ...]:
    """Return the members in what was found of the dimensions' forms, in order, never overlapping."""
    found: list[Token] = []
    for number, match in matches:
        dimension, form = _forms(catalogue, language)[number]
        member = form.member.format(**match.groupdict()).lower()
        if all(match.end() <= other.start or other.end <= match.start() for other in found):
            found.append(Token(match.start(), match.end(), Senses([Sense("member", member, ((dimension, member),))])))
    return tuple(sorted(found, key=lambda token: token.start))


@lru_cache(maxsize=16)
def _forms(catalogue: Catalogue, language: Language) -> tuple[tuple[str, MemberForm], ...]:
    """Return all forms with their dimension."""
    return tuple(
        (dimension.id, form)
        for dimension in catalogue.dimensions.values()
        for form in dimension.forms
        if form.language == language.id
    )


@lru_cache(maxsize=16)
def _vocabulary(catalogue: Catalogue, language: Language) -> tuple[re.Pattern[str], _Meanings]:
    senses: dict[str, list[Sense]] = {}
    for label, sense in _named(catalogue, language):
        key = word_key(label)
        for word in _written(key, sense, language):
            if sense not in senses.setdefault(word, []):
                senses[word].append(sense)
    edge, close = (r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])") if language.boundaries else ("", "")
    # A Latin name inside Chinese text must still be whole: 5G用户 but not 15G.
    guard = edge or rf"(?<![A-Za-z0-9](?=[A-Za-z0-9])){_NAMED_YEAR}"
    pattern = re.compile(f"{guard}{trie_pattern(senses, plural=language.boundaries)}{close}")
    return pattern, _Meanings((word, Senses(found)) for word, found in senses.items())


def _written(key: str, sense: Sense, language: Language) -> set[str]:
    """Return the ways to write a word: in the singular, or with its Latin letters set apart from the rest."""
    if language.boundaries:
        return {key, _singular(key)} if sense.kind != "cue" else {key}
    apart = {word_key(_SCRIPTS.sub(" ", key))}
    return {key, *apart, _OF.sub("的", key)} if sense.kind == "indicator" else {key, *apart}


def _singular(word: str) -> str:
    """Return the word without its plural ending, where it has one: netizens, but not news or access."""
    return word[:-1] if len(word) > 4 and word.endswith("s") and word[-2] not in "suiw" else word


def _named(catalogue: Catalogue, language: Language) -> Iterator[tuple[str, Sense]]:
    """Yield every word of the catalogue and the language with what it means."""
    for indicator in catalogue.indicators.values():
        for label in indicator.labels.get(language.id, ()):
            inner = label.members or inner_members(label.text, indicator, catalogue, language)
            yield label.text, Sense("indicator", indicator.id, inner, label.requires, label.generic)
        for text, narrowing in member_labels(indicator, catalogue, language):
            yield text, Sense("indicator", indicator.id, (narrowing,))
        for label in other_labels(indicator, catalogue, language):
            yield label.text, Sense("indicator", indicator.id, requires=label.requires)
        for short in short_names(indicator, catalogue, language):
            yield short, Sense("indicator", indicator.id, short=True)
    members = (member for dimension in catalogue.dimensions.values() for member in dimension.members.values())
    for member in members:
        for label in member.labels.get(language.id, ()):
            yield label.text, Sense("member", member.id, ((member.dimension, member.id), *label.members))
    yield from short_areas(catalogue, language)
    for area in catalogue.areas.values():
        for label in area.labels.get(language.id, ()):
            yield label.text, Sense("area", area.id)
    nouns = ((noun, unit.id) for unit in catalogue.units.values() for noun in unit.nouns.get(language.id, ()))
    for noun, unit_id in nouns:
        yield noun, Sense("noun", unit_id)
    cues = ((word, cue) for cue, words in language.cues.items() for word in words)
    for word, cue in cues:
        yield word, Sense("cue", cue)
