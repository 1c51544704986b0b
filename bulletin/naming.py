"""Naming: what else a language calls an indicator that the catalogue names in one way."""

from collections.abc import Iterator

from bulletin.model import Sense
from schemas.catalogue import Catalogue, Indicator, Language, Member
from schemas.catalogue.model import RATE_UNITS, Area, Label

NO_AREAS = ("对日", "对德", "对法", "对英", "对台", "对印", "销日")
"""Characters that mostly belong to other words: 对日益增长的, 对台风."""


def other_labels(indicator: Indicator, catalogue: Catalogue, language: Language) -> Iterator[Label]:
    """Yield what else it is called; some only where a member of a dimension stands with it."""
    for name in _without_rate(indicator, catalogue, language):
        yield Label(name)
    for name in _uncounted(indicator, catalogue, language):
        yield Label(name)
    for name in _turned_names(indicator, catalogue, language):
        yield Label(name)
    for noun, dimension in _nouns_of_measure(indicator, catalogue, language):
        yield Label(noun, requires=(dimension,))


def _uncounted(indicator: Indicator, catalogue: Catalogue, language: Language) -> Iterator[str]:
    """Yield what a label counts: "5,000 museums" are the number of museums."""
    named: list[Indicator | Member] = [*catalogue.indicators.values(), *_members(catalogue)]
    taken = {label.text for entry in named for label in entry.labels.get(language.id, ())}
    taken |= {noun for unit in catalogue.units.values() for noun in unit.nouns.get(language.id, ())}
    for label in indicator.labels.get(language.id, ()):
        for count in language.count_words:
            name = label.text.removeprefix(f"{count} ")
            if name not in (label.text, *taken, *language.linking) and not (label.members or label.requires):
                yield name


def short_areas(catalogue: Catalogue, language: Language) -> Iterator[tuple[str, Sense]]:
    """Yield the one-character names of areas behind a word that tells what they are: 对美 a partner, 访港 a place."""
    for short, name in language.short_areas.items():
        members = [member for member in _members(catalogue) if _is_called(name, member, language)]
        areas = [area for area in catalogue.areas.values() if _is_called(name, area, language)]
        for kind, words in language.towards.items():
            for word in words:
                if word + short in NO_AREAS:
                    continue
                for member in members if kind == "partner" else ():
                    yield word + short, Sense("member", member.id, ((member.dimension, member.id),))
                for area in areas if kind == "place" else ():
                    yield word + short, Sense("area", area.id)


def _is_called(name: str, entry: Member | Area, language: Language) -> bool:
    return any(label.text == name for label in entry.labels.get(language.id, ()))


def _turned_names(indicator: Indicator, catalogue: Catalogue, language: Language) -> Iterator[str]:
    """Yield the names that follow from its plain labels, but for those that the catalogue gives to anything."""
    taken = {label.text for other in catalogue.indicators.values() for label in other.labels.get(language.id, ())}
    for label in indicator.labels.get(language.id, ()):
        if label.members or label.requires or label.generic or not language.boundaries:
            continue
        if label.text.rpartition(" ")[2] in taken:
            continue  # a label by itself, "users", takes what stands behind it as it comes: users of online services
        for name in _turned(label.text):
            if name not in taken:
                yield name


def _nouns_of_measure(indicator: Indicator, catalogue: Catalogue, language: Language) -> Iterator[tuple[str, str]]:
    """Yield the nouns that its labels end with, each with a dimension whose members may stand for the rest.

    Foreign arrivals are tourist arrivals, and wind capacity is installed capacity, where no other indicator's label
    ends with that noun and has that dimension too.
    """
    taken = {label.text for other in catalogue.indicators.values() for label in other.labels.get(language.id, ())}
    for noun in sorted(_nouns(indicator, language) - taken):
        others = [other for other in catalogue.indicators.values() if noun in _nouns(other, language)]
        for dimension in indicator.dimensions:
            if all(other is indicator or dimension not in other.dimensions for other in others):
                yield noun, dimension


def _nouns(indicator: Indicator, language: Language) -> set[str]:
    """Return the nouns of measure that its plain labels of several words end with."""
    plain = [label.text for label in indicator.labels.get(language.id, ()) if not (label.members or label.requires)]
    if language.boundaries:
        return {label.rpartition(" ")[2] for label in plain if " " in label} & set(language.measure_nouns)
    return {noun for noun in language.member_nouns for label in plain if label.endswith(noun) and label != noun}


def short_names(indicator: Indicator, catalogue: Catalogue, language: Language) -> Iterator[str]:
    """Yield its labels without the noun of measure that they end with (发电 for 发电量), where its unit is printed."""
    if language.boundaries or not catalogue.units[indicator.unit].printed:
        return
    named: list[Indicator | Member] = [*catalogue.indicators.values(), *_members(catalogue)]
    taken = {label.text for entry in named for label in entry.labels.get(language.id, ())}
    taken |= {word for words in language.cues.values() for word in words}  # 增加 is no value added
    for label in indicator.labels.get(language.id, ()):
        for noun in language.measure_nouns:
            short = label.text.removesuffix(noun)
            if short == label.text or label.members or label.requires:
                continue
            for name in (short, *_as_verb(short)):
                if len(name) > 1 and name not in taken:
                    yield name


def _as_verb(label: str) -> Iterator[str]:
    """Yield the verb that a label without its noun of measure may end with, and what it does that to: 发送 | 货物."""
    for length in (1, 2):
        if len(label) - length > 1:
            yield label[-length:] + label[:-length]


def _members(catalogue: Catalogue) -> Iterator[Member]:
    for dimension in catalogue.dimensions.values():
        yield from dimension.members.values()


def _turned(label: str) -> Iterator[str]:
    """Yield the noun before what narrows it: coal output is the output of coal."""
    first, _, last = label.rpartition(" ")
    if first and " " not in first:
        yield f"{last} of {first}"


def _without_rate(indicator: Indicator, catalogue: Catalogue, language: Language) -> Iterator[str]:
    """Yield what a rate is called for short, "unemployment at 6.2%", where the catalogue has no such label."""
    last = f" {language.rate_word}"
    if indicator.unit not in RATE_UNITS or not language.rate_word:
        return
    labels = [label.text for label in indicator.labels.get(language.id, ()) if not (label.members or label.requires)]
    short = {label.removesuffix(last) for label in labels if label.endswith(last)}
    every = {label.text for other in catalogue.indicators.values() for label in other.labels.get(language.id, ())}
    if not short & every:
        yield from sorted(short.difference(language.linking))
