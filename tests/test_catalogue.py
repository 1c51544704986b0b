"""The catalogue: every entry's examples, its labels, and what is said of a mistake in a file."""

from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from textwrap import dedent

import pytest

from bulletin.model import Observation
from bulletin.words import word_key
from schemas.catalogue import Catalogue, CatalogueError, load_catalogue
from schemas.catalogue.model import Example, Indicator
from tests.samples import facts

CATALOGUE = load_catalogue()
EXAMPLES = [
    pytest.param(indicator, example, id=f"{indicator.id}-{example.text}")
    for indicator in CATALOGUE.indicators.values()
    for example in indicator.examples
]
INDICATOR = """
    - id: postboxes
      name: {en: Postboxes, zh: 邮筒}
      unit: count
      labels: {en: [postboxes], zh: [邮筒]}
"""


@pytest.mark.parametrize(("indicator", "example"), EXAMPLES)
def test_example(indicator: Indicator, example: Example, catalogue: Catalogue) -> None:
    """An indicator's example states one fact, of that indicator, with every field that the example names."""
    (fact,) = facts(example.text, catalogue, language=example.language).facts
    assert isinstance(fact, Observation)
    assert fact.indicator == indicator.id
    found = {
        "value": fact.mention.value,
        "unit": fact.unit,
        "bound": fact.mention.bound,
        "measure": fact.measure,
        "direction": fact.direction,
        "members": dict(fact.members),
        "area": fact.area,
        "period": fact.period,
        "base_period": fact.base_period,
    }
    expected = {"unit": indicator.unit, "bound": "exact", "members": found["members"], **example.expect}
    expected["value"] = Decimal(expected["value"])
    expected["period"] = str(expected["period"])
    assert {name: found[name] for name in expected} == expected


def test_a_label_names_one_thing(catalogue: Catalogue) -> None:
    """Within a language a label belongs to one member of a dimension, one area, one indicator.

    "Users" may stand for several indicators where each needs a dimension, or members, of its own to be named beside it.
    """
    for language in catalogue.languages:
        owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for indicator in catalogue.indicators.values():
            for label in indicator.labels.get(language, ()):
                needs = sorted(
                    ":".join([dimension, *indicator.only.get(dimension, ())])
                    for dimension in {*label.requires, *indicator.requires}
                )
                owners["indicator", word_key(label.text), *needs].add(indicator.id)
        for dimension in catalogue.dimensions.values():
            for member in dimension.members.values():
                for label in member.labels.get(language, ()):
                    owners[dimension.id, word_key(label.text)].add(member.id)
        for area in catalogue.areas.values():
            for label in area.labels.get(language, ()):
                owners["area", word_key(label.text)].add(area.id)
        assert {key: sorted(ids) for key, ids in owners.items() if len(ids) > 1} == {}


def test_every_entry_has_a_name_in_every_language(catalogue: Catalogue) -> None:
    """Reports name things in either language, so that no entry may lack a name."""
    members = [member for dimension in catalogue.dimensions.values() for member in dimension.members.values()]
    themes = (catalogue.indicators, catalogue.dimensions, catalogue.units, catalogue.areas)
    named = [*members, *(entry for theme in themes for entry in theme.values())]
    assert [entry.id for entry in named if not set(catalogue.languages) <= set(entry.name)] == []


def folder(tmp_path: Path, **files: str) -> Path:
    """Write catalogue files below a folder, `indicators__mine` as `indicators/mine.yml`."""
    for name, text in files.items():
        path = tmp_path / f"{name.replace('__', '/')}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return tmp_path


def test_a_folder_adds_an_entry(tmp_path: Path, catalogue: Catalogue) -> None:
    """A user's folder adds an indicator, and texts are read with it."""
    mine = load_catalogue(folder(tmp_path, indicators__mine=INDICATOR))
    assert set(mine.indicators) == {*catalogue.indicators, "postboxes"}
    (fact,) = facts("In June 2021 the country had 12,000 postboxes.", mine, language="en").facts
    assert isinstance(fact, Observation)
    assert (fact.indicator, fact.mention.value, fact.period) == ("postboxes", 12_000, "2021-06")


def test_a_folder_replaces_an_entry(tmp_path: Path, catalogue: Catalogue) -> None:
    """An entry of the same id takes the place of Bulletin's own, all others stay."""
    mine = load_catalogue(folder(tmp_path, units="- {id: hour, name: {en: h, zh: 时}, words: {en: [h]}}\n"))
    assert [word.text for word in mine.units["hour"].words["en"]] == ["h"]
    assert set(mine.units) == set(catalogue.units)
    assert mine.units["minute"] == catalogue.units["minute"]


def test_the_last_folder_counts(tmp_path: Path) -> None:
    """Of several folders the one given last is laid on top."""
    first = folder(tmp_path / "a", areas="- {id: FR, name: {en: France, zh: 法国}}\n")
    second = folder(tmp_path / "b", areas="- {id: FR, name: {en: French Republic, zh: 法国}}\n")
    assert load_catalogue(first, second).areas["FR"].name["en"] == "French Republic"
    assert load_catalogue(second, first).areas["FR"].name["en"] == "France"


def test_the_fingerprint_follows_the_files(tmp_path: Path, catalogue: Catalogue) -> None:
    """Another text of a file is another fingerprint, the same text the same one."""
    areas = "- {id: FR, name: {en: France, zh: 法国}}\n"
    first, second = folder(tmp_path / "a", areas=areas), folder(tmp_path / "b", areas=areas)
    third = folder(tmp_path / "c", areas=f"{areas}# again\n")
    prints = [load_catalogue(path).fingerprint for path in (first, second, third)]
    assert prints[0] == prints[1]
    assert len({catalogue.fingerprint, *prints}) == 3


def test_words_stay_words(tmp_path: Path) -> None:
    """`no`, `on`, `off` and `yes` are words of a language, not truth values; `true` is one."""
    text = "- {id: NO, name: {en: no, zh: on}, labels: {en: [no, off, yes, y]}}\n"
    unit = "- {id: parcel, name: {en: on, zh: off}, printed: true, words: {en: [on]}}\n"
    mine = load_catalogue(folder(tmp_path, areas=text, units=unit))
    assert mine.areas["NO"].name == {"en": "no", "zh": "on"}
    assert [label.text for label in mine.areas["NO"].labels["en"]] == ["no", "off", "yes", "y"]
    assert mine.units["parcel"].printed is True


@pytest.mark.parametrize(
    ("file", "text", "line", "message"),
    [
        ("indicators__x", "# head\n- {id: a, name: {}, unit: parsec}\n", 2, "unit 'parsec' is not in units.yml"),
        ("indicators__x", "- {id: a, name: {}, unit: count, dimensions: [mood]}\n", 1, "dimension 'mood' is not in"),
        (
            "indicators__x",
            "\n\n- {id: a, name: {}, unit: count, ratio: [b, websites]}\n",
            3,
            "'b', which is no indicator",
        ),
        ("indicators__x", "- {id: a, name: {}, unit: count, colour: red}\n", 1, "has no field 'colour'"),
        ("indicators__x", "- {id: a, name: {}, unit: count, kind: mood}\n", 1, "'mood' is not a valid Kind"),
        ("indicators__x", "- {id: a, name: {}, unit: count, minimum: low}\n", 1, "indicators entry 'a'"),
        ("indicators__x", "- {id: a, unit: count}\n", 1, "name"),
        (
            "indicators__x",
            "- id: a\n  name: {}\n  unit: count\n  labels:\n    en: [{text: t, members: {residence: moon}}]\n",
            1,
            "names residence: moon, which is no member",
        ),
        ("indicators__x", "- id: a\n  name: {}\n  unit: count\n  labels: {en: [{word: t}]}\n", 1, "no field word"),
        (
            "dimensions",
            "- {id: d, name: {}, members: [{id: m, name: {}, within: w}]}\n",
            1,
            "'w' is none of its members",
        ),
        ("dimensions", "- {id: d, name: {}, members: [], partitions: [[p]]}\n", 1, "'p' is none of its members"),
        ("dimensions", "- {id: d, name: {}}\n", 1, "field 'members' is missing"),
        ("units", "- {id: u, name: {}, words: {en: [{text: t, factor: many}]}}\n", 1, "units entry 'u'"),
        ("areas", "- {name: {}}\n", 1, "an entry needs an `id`"),
        ("areas", "- just a word\n", 1, "an entry needs an `id`"),
        ("areas", "- id: a\n\tname: b\n", 2, "not YAML"),
        (
            "langauges__fr",
            "id: fr\n",
            1,
            "unknown file; allowed are areas, catalogue, corrections, dimensions, indicators, languages, units",
        ),
        ("languages__fr", "id: fr\n", 1, "field 'hedges' is missing"),
    ],
)
def test_a_problem_says_where(file: str, text: str, line: int, message: str, tmp_path: Path) -> None:
    """A mistake in a file is told with the file, the line of the entry and what is wrong."""
    path = folder(tmp_path, **{file: text}) / f"{file.replace('__', '/')}.yml"
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path)
    (told,) = str(caught.value).splitlines()[1:]
    assert told.strip().startswith(f"{path}:{line}: ")
    assert message in told


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    """Several mistakes in several files are told together."""
    units = "- {id: a, name: {}, colour: red}\n- {id: b, name: {}, colour: red}\n"
    folder(tmp_path, units=units, areas="- {name: {}}\n", towns="[]\n")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path)
    assert len(str(caught.value).splitlines()) == 5
