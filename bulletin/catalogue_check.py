"""What is wrong with a catalogue though its files can be used: examples that fail, words that mean two things.

The loader (`schemas.catalogue.load`) stops at what cannot be used at all; these are found by using it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from bulletin.extract import extract
from bulletin.model import Document, Metadata, Observation, Unresolved
from bulletin.periods import MEANINGS
from bulletin.readers.text import blocks
from bulletin.resolve import resolve
from bulletin.words import word_key
from schemas.catalogue import Catalogue, Indicator
from schemas.catalogue.model import Example
from schemas.concepts import Kind

Found = tuple[str, str, str]
"""Theme, id of the entry, and what is wrong with it."""


def problems(catalogue: Catalogue) -> list[str]:
    """Return every problem as `file:line: what is wrong and what to do`, in the order of the files."""
    found = [*_nameless(catalogue), *_wordless(catalogue), *_shared(catalogue), *_periods(catalogue)]
    found += [*_growing(catalogue), *_doubtful_corrections(catalogue)]
    found += [*_failing(catalogue), *_failing_units(catalogue)]
    told = []
    for theme, entry, message in found:
        path, line = catalogue.places[theme, entry]
        told.append((str(path), line, f"{path}:{line}: {theme} entry {entry!r}: {message}"))
    return [text for _, _, text in sorted(told)]


def _doubtful_corrections(catalogue: Catalogue) -> Iterator[Found]:
    """Yield the corrections of a number that another one corrects too, and those that do not say which day it was."""
    places: dict[tuple[str, int | None, str | None], str] = {}
    for entry in catalogue.corrections.values():
        first = places.setdefault((entry.document, entry.start, entry.address), entry.id)
        if first != entry.id:
            yield "corrections", entry.id, f"it corrects the number that {first!r} corrects: keep one of them"
        try:
            date.fromisoformat(entry.when)
        except ValueError:
            yield "corrections", entry.id, f"`when` is {entry.when!r}; it is an ISO date, 2026-11-25"


def _nameless(catalogue: Catalogue) -> Iterator[Found]:
    for theme in ("indicators", "dimensions", "units", "areas"):
        for entry in getattr(catalogue, theme).values():
            named = [entry, *(entry.members.values() if theme == "dimensions" else ())]
            for thing in named:
                if missing := sorted(set(catalogue.languages) - set(thing.name)):
                    yield theme, entry.id, f"{thing.id!r} has no name in {', '.join(missing)}: add one under `name`"


def _wordless(catalogue: Catalogue) -> Iterator[Found]:
    for indicator in catalogue.indicators.values():
        if not indicator.definition.strip():
            yield "indicators", indicator.id, "no definition: say under `definition` what exactly it is"
        if not any(indicator.labels.values()):
            yield "indicators", indicator.id, "no labels: no text can ever name it; list words under `labels`"
        for language in set(indicator.labels) - set(catalogue.languages):
            yield "indicators", indicator.id, f"labels in {language!r}, which is no language of the catalogue"


def _growing(catalogue: Catalogue) -> Iterator[Found]:
    for indicator in catalogue.indicators.values():
        if indicator.grows and (indicator.kind is not Kind.STOCK or catalogue.is_rate(indicator.id)):
            message = (
                "`grows` goes with a stock that counts all there ever was; a rate, or a flow that starts anew with "
                "each period, can fall: take it out"
            )
            yield "indicators", indicator.id, message


def _shared(catalogue: Catalogue) -> Iterator[Found]:
    """Yield the labels that name two things of a kind with equal right: texts that use them stay unresolved.

    "Users" may stand for several indicators where each needs a dimension of its own to be named beside it.
    """
    for language in catalogue.languages:
        owners: dict[tuple[str, ...], list[tuple[str, str, str]]] = {}
        for theme, entry, kind, name, label in _labels(catalogue, language):
            known = owners.setdefault((kind, *label), [])
            if known and known[0][2] != name:
                others = sorted({other for _, _, other in known} - {name})
                text = f"the {language} label {label[0]!r} is also that of {', '.join(others)}: keep it at one of them"
                yield theme, entry, text
            known.append((theme, entry, name))


def _needed(dimension: str, indicator: Indicator) -> str:
    """Return the dimension, with the members that the indicator may carry where others carry others."""
    return ":".join([dimension, *sorted(indicator.only.get(dimension, ()))])


def _labels(catalogue: Catalogue, language: str) -> Iterator[tuple[str, str, str, str, tuple[str, ...]]]:
    for indicator in catalogue.indicators.values():
        for label in indicator.labels.get(language, ()):
            needs = sorted(_needed(dimension, indicator) for dimension in {*label.requires, *indicator.requires})
            yield "indicators", indicator.id, "indicator", indicator.id, (word_key(label.text), *needs)
    for dimension in catalogue.dimensions.values():
        for member in dimension.members.values():
            for label in member.labels.get(language, ()):
                yield "dimensions", dimension.id, f"member of {dimension.id}", member.id, (word_key(label.text),)
    for area in catalogue.areas.values():
        for label in area.labels.get(language, ()):
            yield "areas", area.id, "area", area.id, (word_key(label.text),)


def _periods(catalogue: Catalogue) -> Iterator[Found]:
    for language in catalogue.languages.values():
        for form in language.periods:
            if form.means not in MEANINGS:
                allowed = ", ".join(sorted(MEANINGS))
                yield "languages", language.id, f"a period means {form.means!r}; allowed are {allowed}"


def _failing(catalogue: Catalogue) -> Iterator[Found]:
    for indicator in catalogue.indicators.values():
        for example in indicator.examples:
            if message := example_problem(indicator.id, example, catalogue):
                yield "indicators", indicator.id, f"example {example.text!r}: {message}"


def _failing_units(catalogue: Catalogue) -> Iterator[Found]:
    for unit in catalogue.units.values():
        for example in unit.examples:
            found = extract(_document(example), catalogue).mentions
            said = [(mention.value, mention.unit) for mention in found]
            expected = [(Decimal(str(example.expect["value"])), unit.id)]
            if said != expected:
                yield "units", unit.id, f"example {example.text!r}: read as {said or 'no number'}, not {expected}"


def example_problem(indicator: str, example: Example, catalogue: Catalogue) -> str | None:
    """Return how what is read from the example differs from what it says; None where it comes out.

    An example states one fact, of its indicator; of the other fields those are compared that it names.
    """
    facts = resolve(extract(_document(example), catalogue), catalogue).facts
    if len(facts) != 1:
        return f"states {len(facts)} numbers; an example states one"
    [fact] = facts
    if isinstance(fact, Unresolved):
        return f"stays unresolved: {fact.reason}"
    found = {"indicator": fact.indicator} | _fields(fact)
    expected = _expected(indicator, example, catalogue)
    wrong = [f"{name} is {found[name]!r}, not {value!r}" for name, value in expected.items() if found[name] != value]
    return "; ".join(wrong) or None


def _document(example: Example) -> Document:
    metadata = Metadata(language=example.language)
    return Document(key="example", sha256="", metadata=metadata, text=example.text, blocks=tuple(blocks(example.text)))


def _fields(fact: Observation) -> dict[str, Any]:
    return {
        "value": fact.mention.value,
        "unit": fact.unit,
        "bound": fact.mention.bound.value,
        "measure": fact.measure.value,
        "direction": fact.direction.value if fact.direction else None,
        "members": dict(fact.members),
        "area": fact.area,
        "period": fact.period,
        "base_period": fact.base_period,
    }


def _expected(indicator: str, example: Example, catalogue: Catalogue) -> Mapping[str, Any]:
    unit = catalogue.indicators[indicator].unit
    expected = {"indicator": indicator, "unit": unit, "bound": "exact", **example.expect}
    expected["value"] = Decimal(str(expected["value"]))
    if "period" in expected:
        expected["period"] = str(expected["period"])
    return expected
