"""A catalogue of another domain, in YAML alone: population and prices, laid over ours for the samples beside it."""

import json
from pathlib import Path

import pytest

from bulletin import pipeline
from bulletin.catalogue_check import problems
from bulletin.settings import Request
from bulletin.warehouse import Warehouse
from schemas.catalogue import Catalogue, load_catalogue
from tests.samples import facts
from tests.test_cli import bulletin

FOLDER = Path(__file__).parent.parent / "examples" / "population"
ENGLISH, CHINESE = (FOLDER / "raw" / name for name in ("population-2021-en.txt", "population-2022-zh.txt"))

# Indicator, members, value, unit, period; then, where it is no level, its measure with direction and base period.
GOLD = {
    ENGLISH: """\
population                             1412600000 person 2021-12
population                             480000 person 2021-12            change up 2020-12
population residence=urban             914250000 person 2021-12
population residence=rural             498350000 person 2021-12
urbanisation_rate                      64.72 percent 2021-12
urbanisation_rate                      0.83 percentage_point 2021-12    change up 2020-12
population sex=male                    723110000 person 2021-12
population sex=female                  689490000 person 2021-12
population age=0_15                    263020000 person 2021-12
population_share age=0_15              18.6 percent 2021-12
population age=16_59                   882220000 person 2021-12
population_share age=16_59             62.5 percent 2021-12
population age=60_plus                 267360000 person 2021-12
population_share age=60_plus           18.9 percent 2021-12
population age=65_plus                 200560000 person 2021-12
births                                 10620000 person 2021
birth_rate                             7.52 per_mille 2021
deaths                                 10140000 person 2021
death_rate                             7.18 per_mille 2021
natural_growth_rate                    0.34 per_mille 2021
natural_growth_rate                    1.11 per_mille 2021              change down 2020
employed_persons                       746520000 person 2021-12
unemployment_rate residence=urban      5.1 percent 2021-12
unemployment_rate age=16_24,residence=urban 14.3 percent 2021-12
unemployment_rate age=25_59,residence=urban 4.4 percent 2021-12
consumer_prices                        0.9 percent 2021                 growth_rate up
consumer_prices category=clothing      0.3 percent 2021                 growth_rate up
consumer_prices category=housing       0.8 percent 2021                 growth_rate up
consumer_prices category=transport     4.1 percent 2021                 growth_rate up
consumer_prices category=pork          30.3 percent 2021                growth_rate down
disposable_income                      35128 yuan 2021
disposable_income                      9.1 percent 2021                 growth_rate up 2020
disposable_income residence=urban      47412 yuan 2021
disposable_income residence=rural      18931 yuan 2021
consumption_expenditure                24100 yuan 2021
consumption_expenditure                13.6 percent 2021                growth_rate up 2020
""",
    CHINESE: """\
population                             1411750000 person 2022-12
population                             850000 person 2022-12            change down 2021-12
population residence=urban             920710000 person 2022-12
population residence=rural             491040000 person 2022-12
urbanisation_rate                      65.22 percent 2022-12
urbanisation_rate                      0.50 percentage_point 2022-12    change up 2021-12
population sex=male                    722060000 person 2022-12
population sex=female                  689690000 person 2022-12
population age=0_15                    256150000 person 2022-12
population_share age=0_15              18.1 percent 2022-12
population age=16_59                   875560000 person 2022-12
population_share age=16_59             62.0 percent 2022-12
population age=60_plus                 280040000 person 2022-12
population_share age=60_plus           19.8 percent 2022-12
population age=65_plus                 209780000 person 2022-12
births                                 9560000 person 2022
birth_rate                             6.77 per_mille 2022
deaths                                 10410000 person 2022
death_rate                             7.37 per_mille 2022
natural_growth_rate                    0.94 per_mille 2022              change down 2021
employed_persons                       733510000 person 2022-12
unemployment_rate residence=urban      5.5 percent 2022-12
unemployment_rate age=16_24,residence=urban 16.7 percent 2022-12
unemployment_rate age=25_59,residence=urban 4.8 percent 2022-12
consumer_prices                        2.0 percent 2022                 growth_rate up 2021
consumer_prices category=food          2.4 percent 2022                 growth_rate up
consumer_prices category=clothing      0.5 percent 2022                 growth_rate up
consumer_prices category=housing       0.7 percent 2022                 growth_rate up
consumer_prices category=transport     5.2 percent 2022                 growth_rate up
consumer_prices category=pork          6.8 percent 2022                 growth_rate down
disposable_income                      36883 yuan 2022
disposable_income                      5.0 percent 2022                 growth_rate up 2021
disposable_income residence=urban      49283 yuan 2022
disposable_income residence=rural      20133 yuan 2022
consumption_expenditure                24538 yuan 2022
consumption_expenditure                1.8 percent 2022                 growth_rate up 2021
""",
}


def as_gold(line: dict[str, object]) -> list[str]:
    """Return a line of `extract` in the words of the gold."""
    members = line["members"]
    assert isinstance(members, dict)
    named = ",".join(f"{dimension}={member}" for dimension, member in sorted(members.items()))
    value = f"{float(str(line['value'])):.2f}"
    measure = () if line["measure"] == "level" else (line["measure"], line["direction"], line["base_period"])
    words = (line["indicator"], named, value, line["unit"], line["period"], *measure)
    return [str(word) for word in words if word]


def gold(text: str) -> list[list[str]]:
    """Return the words of each line, its value as a number of two decimals."""
    lines = [line.split() for line in text.splitlines()]
    at = [2 if "=" in line[1] else 1 for line in lines]
    return [[*line[:i], f"{float(line[i]):.2f}", *line[i + 1 :]] for line, i in zip(lines, at, strict=True)]


@pytest.fixture(scope="module")
def population() -> Catalogue:
    """Our catalogue with the one of population and prices laid over it."""
    return load_catalogue(FOLDER)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, pipeline.IngestResult]:
    """A warehouse of the two samples, and the outcome of the ingest."""
    path = tmp_path_factory.mktemp("population") / "bulletin.duckdb"
    return path, pipeline.ingest(Request((str(FOLDER / "raw"),), warehouse=path, catalogues=(FOLDER,)))


def ask(path: Path, sql: str) -> list[tuple[object, ...]]:
    """Return the rows that answer the query."""
    with Warehouse(path, read_only=True) as opened:
        return [tuple(row.values()) for row in opened.rows(sql)]


def test_no_python_is_needed() -> None:
    """The second catalogue and its samples are YAML and text, nothing that runs."""
    files = [path for path in FOLDER.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".yml", ".txt", ".md"}


def test_the_catalogue_has_no_problems(population: Catalogue) -> None:
    """Its labels are its own, its names are there in both languages, and each of its examples comes out."""
    assert problems(population) == []


def test_every_indicator_is_told_in_full(population: Catalogue) -> None:
    """Each indicator has a definition, and an example in every language."""
    for indicator in population.indicators.values():
        assert indicator.definition, indicator.id
        assert {example.language for example in indicator.examples} == set(population.languages), indicator.id


def test_our_domain_is_gone(population: Catalogue) -> None:
    """What it replaces means nothing any more: internet users are no population, and stay unresolved."""
    [fact] = facts("In December 2021 there were 5 million internet users.", population, language="en").facts
    assert not hasattr(fact, "indicator")


def test_a_third_folder_adds_to_the_second(tmp_path: Path) -> None:
    """A folder laid over both adds an indicator, and those of the second catalogue go on beside it."""
    entry = "- {id: marriages, name: {en: Marriages, zh: 结婚}, unit: count, kind: flow, labels: {en: [marriages]}}"
    (tmp_path / "indicators.yml").write_text(entry, encoding="utf-8")
    text = "In 2021 there were 7.64 million marriages and 10.62 million births."
    found = facts(text, load_catalogue(FOLDER, tmp_path), language="en").facts
    assert [getattr(fact, "indicator", None) for fact in found] == ["marriages", "births"]


@pytest.mark.parametrize("sample", GOLD, ids=lambda path: path.stem)
def test_samples_state_the_gold(sample: Path) -> None:
    """`extract --catalogue` reads every number of a sample as what a person reads in it, and no other."""
    result = bulletin("extract", sample, "--catalogue", FOLDER, "--format", "jsonl")
    assert result.returncode == 0, result.stderr
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [as_gold(line) for line in lines] == gold(GOLD[sample])
    assert {line["area"] for line in lines} == {"CN"}


def test_ingest_loads_every_fact(warehouse: tuple[Path, pipeline.IngestResult]) -> None:
    """All that the samples state is loaded and adds up; nothing is quarantined or left unresolved."""
    _, outcome = warehouse
    summary = outcome.report["summary"]
    assert not outcome.failed
    assert outcome.report["findings"] == []
    assert summary["accepted"] == sum(len(gold(text)) for text in GOLD.values())
    assert (summary["quarantined"], summary["unresolved"]) == (0, 0)
    assert summary["checks_passed"] > 30


def test_sql_reads_the_population_back(warehouse: tuple[Path, pipeline.IngestResult]) -> None:
    """A user's query finds the population by year, the total and the urban part by the column of its dimension."""
    path, _ = warehouse
    sql = (
        "SELECT t.period, t.value::BIGINT, u.value::BIGINT FROM series AS t JOIN series AS u "
        "USING (indicator, measure, area, period) WHERE indicator = 'population' AND measure = 'level' "
        "AND t.members = '' AND u.members = 'residence=urban' ORDER BY period"
    )
    assert ask(path, sql) == [("2021-12", 1_412_600_000, 914_250_000), ("2022-12", 1_411_750_000, 920_710_000)]


def test_a_fall_is_negative_in_series(warehouse: tuple[Path, pipeline.IngestResult]) -> None:
    """`series` gives the prices of a category with their sign."""
    path, _ = warehouse
    sql = "SELECT period, value FROM series WHERE indicator = 'consumer_prices' AND category = 'pork' ORDER BY period"
    assert ask(path, sql) == [("2021", -30.3), ("2022", -6.8)]


def test_ages_that_nobody_listed_are_members(warehouse: tuple[Path, pipeline.IngestResult]) -> None:
    """An age that a form makes is a value of its column, and a row of `dim_member` like any other."""
    path, _ = warehouse
    sql = (
        "SELECT s.age, s.period, s.value FROM series AS s "
        "JOIN dim_member AS m ON m.dimension = 'age' AND m.member = s.age "
        "WHERE s.indicator = 'unemployment_rate' AND s.age = '16_24' ORDER BY s.period"
    )
    assert ask(path, sql) == [("16_24", "2021-12", 14.3), ("16_24", "2022-12", 16.7)]


def test_the_command_ends_well(tmp_path: Path) -> None:
    """`ingest --catalogue` ends in its summary and exits with 0, whatever columns our example queries ask for."""
    place = ("--warehouse", tmp_path / "bulletin.duckdb")
    result = bulletin("ingest", FOLDER / "raw", "--catalogue", FOLDER, "--runner", "local", *place)
    assert result.returncode == 0, result.stderr
    assert "2 loaded" in result.stdout
    assert "refused" not in result.stderr
