"""Naming: what else a language calls an indicator that the catalogue names in one way."""

from collections.abc import Iterator

from schemas.catalogue import Catalogue, Indicator, Language, Member


def other_names(indicator: Indicator, catalogue: Catalogue, language: Language) -> Iterator[str]:
    """Yield the names that follow from its plain labels, but for those that the catalogue gives to anything."""
    taken = {label.text for other in catalogue.indicators.values() for label in other.labels.get(language.id, ())}
    for label in indicator.labels.get(language.id, ()):
        if label.members or label.requires or label.generic or not language.boundaries:
            continue
        for name in _turned(label.text):
            if name not in taken:
                yield name


def short_names(indicator: Indicator, catalogue: Catalogue, language: Language) -> Iterator[str]:
    """Yield its labels without the noun of measure that they end with (发电 for 发电量), where its unit is printed."""
    if not catalogue.units[indicator.unit].printed:
        return
    named: list[Indicator | Member] = [*catalogue.indicators.values(), *_members(catalogue)]
    taken = {label.text for entry in named for label in entry.labels.get(language.id, ())}
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
