"""A folder laid over the catalogue: what it adds, replaces and removes, who names it, and what is read with it."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from bulletin.cli import main
from bulletin.errors import UsageError
from bulletin.model import Observation
from bulletin.settings import CATALOGUE, paths
from schemas.catalogue import Catalogue, load_catalogue
from tests.samples import facts

AREA = "- {id: Oz, name: {en: Oz, zh: 奥兹}, labels: {en: [Oz], zh: [奥兹]}}\n"
NEW = {
    "units.yml": """\
- {id: parcel, name: {en: parcels, zh: 件}, printed: true, words: {en: [parcels, parcel], zh: [件包裹]}}
""",
    "dimensions.yml": r"""
- id: zone
  name: {en: Zone, zh: 区}
  forms:
    - {language: en, pattern: '\bzone\s(?P<number>\d{1,2})\b', member: 'zone_{number}'}
    - {language: zh, pattern: '(?P<number>\d{1,2})号区', member: 'zone_{number}'}
  members:
    - {id: harbour, name: {en: harbour, zh: 港口}, labels: {en: [harbour], zh: [港口]}}
""",
    "indicators/post.yml": """\
- id: post_delivered
  name: {en: Post delivered, zh: 投递量}
  unit: parcel
  kind: flow
  dimensions: [zone]
  labels: {en: [post delivered, deliveries], zh: [投递量]}
""",
}


def folder(path: Path, files: Mapping[str, str]) -> Path:
    """Write the files below the folder and return it."""
    for name, text in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return path


def read(text: str, catalogue: Catalogue, language: str = "en") -> Observation:
    """Return the one fact of a text, which must be resolved."""
    (fact,) = facts(text, catalogue, language=language).facts
    assert isinstance(fact, Observation)
    return fact


def test_an_entry_grows_by_a_word(tmp_path: Path, catalogue: Catalogue) -> None:
    """With `adds_to` an indicator gets a label more, keeps its own, and texts are read with either."""
    mine = load_catalogue(
        folder(tmp_path, {"indicators/mine.yml": "- {adds_to: internet_users, labels: {en: [webfolk]}}\n"})
    )
    ours = catalogue.indicators["internet_users"].labels
    assert [label.text for label in mine.indicators["internet_users"].labels["en"]] == [
        *(label.text for label in ours["en"]),
        "webfolk",
    ]
    assert mine.indicators["internet_users"].labels["zh"] == ours["zh"]
    for word in ("webfolk", "netizens"):
        assert read(f"In June 2021 there were 989 million {word}.", mine).indicator == "internet_users"


def test_an_entry_grows_by_a_name(tmp_path: Path, catalogue: Catalogue) -> None:
    """With `adds_to` a field that holds one thing is set anew, by language, and the others stay."""
    mine = load_catalogue(
        folder(tmp_path, {"indicators/mine.yml": "- {adds_to: internet_users, name: {en: Webfolk, fr: Internautes}}\n"})
    )
    ours = catalogue.indicators["internet_users"]
    assert mine.indicators["internet_users"].name == {**ours.name, "en": "Webfolk", "fr": "Internautes"}
    assert mine.indicators["internet_users"].unit == ours.unit


def test_a_dimension_grows_by_a_member(tmp_path: Path, catalogue: Catalogue) -> None:
    """With `adds_to` a new member joins the others, and one of a known id takes that one's place."""
    members = (
        "[{id: suburban, name: {en: suburban, zh: 郊区}, labels: {en: [suburban]}}, {id: rural, name: {en: r, zh: 乡}}]"
    )
    mine = load_catalogue(folder(tmp_path, {"dimensions.yml": f"- adds_to: residence\n  members: {members}\n"}))
    assert set(mine.dimensions["residence"].members) == {*catalogue.dimensions["residence"].members, "suburban"}
    assert mine.dimensions["residence"].members["rural"].name["en"] == "r"
    fact = read("In June 2021 there were 98 million suburban netizens.", mine)
    assert (fact.indicator, fact.members) == ("internet_users", (("residence", "suburban"),))


def test_a_unit_grows_by_a_word(tmp_path: Path) -> None:
    """With `adds_to` a unit gets a word with a factor of its own."""
    unit = "- {adds_to: hour, words: {en: [{text: fortnights, factor: 336}]}}\n"
    mine = load_catalogue(folder(tmp_path, {"units.yml": unit}))
    (fact,) = facts("It took 2 fortnights.", mine, language="en").facts
    assert (fact.mention.unit, fact.mention.value) == ("hour", 672)


def test_the_same_id_replaces(tmp_path: Path, catalogue: Catalogue) -> None:
    """An indicator of the same id takes the place of ours, with none of its words."""
    entry = "- {id: websites, name: {en: Sites, zh: 站}, unit: count, labels: {en: [webplaces]}}\n"
    mine = load_catalogue(folder(tmp_path, {"indicators/mine.yml": entry}))
    assert set(mine.indicators) == set(catalogue.indicators)
    assert {k: [label.text for label in v] for k, v in mine.indicators["websites"].labels.items()} == {
        "en": ["webplaces"]
    }
    assert mine.indicators["domain_names"] == catalogue.indicators["domain_names"]


def test_a_theme_starts_empty(tmp_path: Path, catalogue: Catalogue) -> None:
    """With `replaces: [indicators]` none of our indicators is left, and the other themes stay."""
    mine = load_catalogue(folder(tmp_path, {**NEW, "catalogue.yml": "replaces: [indicators]\n"}))
    assert set(mine.indicators) == {"post_delivered"}
    assert set(mine.areas) == set(catalogue.areas)
    assert set(mine.units) == {*catalogue.units, "parcel"}
    assert [type(fact).__name__ for fact in facts("In June 2021 there were 989 million netizens.", mine).facts] == [
        "Unresolved"
    ]


def test_one_theme_by_its_name(tmp_path: Path) -> None:
    """`replaces` takes a single theme without a list."""
    mine = load_catalogue(folder(tmp_path, {**NEW, "catalogue.yml": "replaces: indicators\n"}))
    assert set(mine.indicators) == {"post_delivered"}


def test_a_later_folder_adds_to_an_earlier_one(tmp_path: Path) -> None:
    """`adds_to` finds the entry of a folder laid below, and `replaces` clears that folder's too."""
    first = folder(tmp_path / "a", NEW)
    more = folder(tmp_path / "b", {"indicators/x.yml": "- {adds_to: post_delivered, labels: {en: [mailings]}}\n"})
    none = folder(tmp_path / "c", {"catalogue.yml": "replaces: [indicators]\n", "areas.yml": AREA})
    labels = load_catalogue(first, more).indicators["post_delivered"].labels["en"]
    assert [label.text for label in labels] == ["post delivered", "deliveries", "mailings"]
    assert load_catalogue(first, none).indicators == {}


@pytest.mark.parametrize(
    ("text", "language", "value", "zone"),
    [
        ("In 2021 post delivered came to 1.5 million parcels.", "en", 1_500_000, None),
        ("In 2021 post delivered in zone 7 came to 1.5 million parcels.", "en", 1_500_000, "zone_7"),
        ("In 2021 harbour deliveries came to 800 parcels.", "en", 800, "harbour"),
        ("2021年，投递量达150万件包裹。", "zh", 1_500_000, None),
        ("2021年，12号区投递量达150万件包裹。", "zh", 1_500_000, "zone_12"),
        ("2021年，港口投递量达800件包裹。", "zh", 800, "harbour"),
    ],
)
def test_new_things_are_read(text: str, language: str, value: int, zone: str | None, tmp_path: Path) -> None:
    """A new indicator with a new unit and a dimension of open members is read like one of ours."""
    fact = read(text, load_catalogue(folder(tmp_path, NEW)), language)
    assert (fact.indicator, fact.unit, fact.mention.value) == ("post_delivered", "parcel", value)
    assert dict(fact.members).get("zone") == zone
    assert fact.period == "2021"


WRITTEN = 'catalogue = ["written"]\n'


@pytest.mark.parametrize(
    ("environment", "written", "expected"),
    [
        ({}, "", ()),
        ({}, 'catalogue = "written"\n', ("written",)),
        ({}, 'catalogue = ["written", "also"]\n', ("written", "also")),
        ({CATALOGUE: "named"}, "", ("named",)),
        ({CATALOGUE: "named"}, WRITTEN, ("named",)),
        ({CATALOGUE: os.pathsep.join(("named", "also"))}, WRITTEN, ("named", "also")),
        ({CATALOGUE: os.pathsep.join(("", "named", ""))}, WRITTEN, ("named",)),
        ({CATALOGUE: ""}, WRITTEN, ("written",)),
    ],
)
def test_who_names_the_folders(
    environment: dict[str, str], written: str, expected: tuple[str, ...], tmp_path: Path
) -> None:
    """The environment counts before `bulletin.toml`; an empty variable is none."""
    file = tmp_path / "bulletin.toml"
    file.write_text(written, encoding="utf-8")
    assert paths(environment, file).catalogues == tuple(map(Path, expected))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("catalogue = [", "not TOML"),
        ("catalog = 'x'\n", "unknown setting 'catalog'"),
        ("catalogue = 5\n", "catalogue is 5; it takes a path or a list of paths"),
        ("catalogue = [5]\n", "it takes a path or a list of paths"),
        ("warehouse = ['x']\n", "it takes a path"),
        ("language = 'fr'\n", "language is 'fr'; allowed are en, zh"),
        ("language = 5\n", "language is 5; it takes a language"),
    ],
)
def test_mistaken_settings(text: str, message: str, tmp_path: Path) -> None:
    """A mistake in `bulletin.toml` is wrong usage, told with the file and what is wrong."""
    file = tmp_path / "bulletin.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        paths({}, file)
    assert str(file) in str(caught.value)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("option", "variable", "written", "used"),
    [
        (None, None, None, []),
        (None, None, "c", ["c"]),
        (None, "b", "c", ["b"]),
        ("a", "b", "c", ["a"]),
        ("a", None, "c", ["a"]),
    ],
)
def test_the_option_counts_first(
    option: str | None,
    variable: str | None,
    written: str | None,
    used: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`--catalogue` counts before the environment, and that before `bulletin.toml`; only one of them is used."""
    monkeypatch.chdir(tmp_path)
    for name in "abc":  # each with a mistake that tells of it
        folder(tmp_path / name, {"areas.yml": "- {id: Oz, name: {en: Oz}}\n"})
    if written:
        folder(tmp_path, {"bulletin.toml": f"catalogue = '{tmp_path / written}'\n"})
    monkeypatch.setenv(CATALOGUE, str(tmp_path / variable) if variable else "")
    main(["catalogue", "check", *(["--catalogue", str(tmp_path / option)] if option else [])])
    told = capsys.readouterr().out
    assert [name for name in "abc" if f"{tmp_path / name / 'areas.yml'}:1: " in told] == used


def test_several_options_are_laid_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--catalogue` may be repeated; a later folder may add to an entry of an earlier one, not the other way round."""
    first = folder(tmp_path / "a", {"areas.yml": AREA})
    second = folder(tmp_path / "b", {"areas.yml": "- {adds_to: Oz, labels: {en: [Emerald City]}}\n"})
    main(["catalogue", "check", "--catalogue", str(first), "--catalogue", str(second)])
    assert str(tmp_path) not in capsys.readouterr().out
    assert main(["catalogue", "check", "--catalogue", str(second), "--catalogue", str(first)]) == 1
    assert "has no entry 'Oz' to add to" in capsys.readouterr().out
