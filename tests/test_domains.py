"""How other domains say it: schools, health, transport, farming and energy, each read with a catalogue of its own."""

from functools import lru_cache
from pathlib import Path

import pytest

from schemas.catalogue import Catalogue, load_catalogue
from tests import constructions

GOLD = Path(__file__).parent / "gold"


@lru_cache(maxsize=8)
def catalogue_of(domain: str) -> Catalogue:
    """Return our catalogue with that of the domain laid over it."""
    return load_catalogue(GOLD / domain)


def said(domain: str, text: str) -> list[str]:
    """Return each fact of the text in one line: value, measure, indicator, members, area, period, base period."""
    return constructions.said(text, "en" if text.isascii() else "zh", catalogue_of(domain))


PERIODS = [
    (
        "transport",
        "Freight was 3 million tonnes in the year to June 2022.",
        "3000000 level freight WORLD 2021-07/2022-06",
    ),
    (
        "transport",
        "Freight was 2 million tonnes in the three months to January 2022.",
        "2000000 level freight WORLD 2021-11/2022-01",
    ),
    ("transport", "Freight was 5 million tonnes in the June 2022 quarter.", "5000000 level freight WORLD 2022-Q2"),
    ("schools", "2021学年，高等教育毛入学率为51.5%。", "51.5 level gross_enrolment_rate higher CN 2021"),
    ("transport", "10月1日至7日，运送旅客5800万人次。", "58000000 level passengers CN 2022-10"),
]


@pytest.mark.parametrize(("domain", "text", "line"), PERIODS)
def test_periods_of_releases(domain: str, text: str, line: str) -> None:
    """Years and quarters that end with a month, school years and the days of a holiday are periods."""
    assert said(domain, text) == [line]


def test_what_changed_in_a_year_to_a_month_changed_by_then() -> None:
    """A rate that rose in the twelve months to June holds in June, and is compared with the June before."""
    text = "Vaccination coverage was 71% in 2021. It rose by 2.5 percentage points in the year to June 2022."
    assert said("health", text)[1] == "2.5 change+ vaccination_rate WORLD 2022-06 2021-06"


@pytest.mark.parametrize(
    ("country", "area", "period"),
    [("India", "IN", "2021-04/2022-03"), ("Australia", "AU", "2021-07/2022-06"), ("Brazil", "BR", "2021")],
)
def test_a_fiscal_year_begins_as_in_its_country(country: str, area: str, period: str) -> None:
    """2021-22 begins in April in India and in July in Australia; where nothing tells, it is its first year."""
    text = f"In {country}, the wheat harvest was 9 million tonnes in 2021-22."
    assert said("farms", text) == [f"9000000 level crop_output wheat {area} {period}"]


def test_years_far_apart_are_no_fiscal_year() -> None:
    """Two years that do not follow each other are a span of time, and no fiscal year."""
    text = "In India, the wheat harvest was 9 million tonnes in 2021-25."
    assert said("farms", text) == ["9000000 level crop_output wheat IN 2021"]


def test_a_year_as_a_whole_is_that_of_its_text() -> None:
    """ "The year as a whole" is the year that had ended when the text was published."""
    text = "Freight was 300,000 tonnes in December 2022. For the year as a whole, it reached 4 million tonnes."
    assert said("transport", text)[1] == "4000000 level freight WORLD 2022"


def test_a_forecast_dates_nothing_else() -> None:
    """The year in which something is expected holds for that number alone."""
    text = (
        "Primary enrolment was 4.2 million in 2022. University enrolment is expected to reach 610,000 in 2030. "
        "Secondary enrolment was 1.9 million."
    )
    assert said("schools", text) == [
        "4200000 level enrolment primary WORLD 2022",
        "610000 level enrolment higher WORLD 2030",
        "1900000 level enrolment secondary WORLD 2022",
    ]


def test_a_rate_is_of_the_year_whose_end_alone_is_named() -> None:
    """Beds are counted at the end of 2021; a rate that no words date is that of 2021."""
    text = "There were 52,000 hospital beds at the end of 2021.\n\nThe smoking rate was 14.2%."
    assert said("health", text) == ["52000 level hospital_beds WORLD 2021-12", "14.2 level smoking_rate WORLD 2021"]


def test_a_change_keeps_the_year_of_its_level() -> None:
    """What a count of a year differs by from the last one is of the same year."""
    text = "2022年，全省共有学校5100所，比上年减少120所。"
    assert said("schools", text) == ["5100 level schools CN 2022", "120 change- schools CN 2022 2021"]


def test_a_text_of_one_month_counts_that_month() -> None:
    """In a text that names August as a whole, what adds up is of August, and not of the months up to it."""
    text = "In August 2022 passenger traffic was 5 million passengers.\n\nFreight reached 2 million tonnes."
    assert said("transport", text)[1] == "2000000 level freight WORLD 2022-08"


NAMES = [
    (
        "energy",
        "The consumption of electricity was 31 TWh in 2022.",
        "31000000000 level electricity_consumption WORLD 2022",
    ),
    (
        "energy",
        "Solar capacity reached 3.2 GW at the end of 2022.",
        "3200000 level installed_capacity solar WORLD 2022-12",
    ),
    ("farms", "2022年，水果进口82亿美元。", "8200000000 level farm_imports fruit CN 2022"),
    ("transport", "2022年，铁路发送货物39亿吨。", "3900000000 level freight rail CN 2022"),
    ("farms", "2022年，牛羊禽肉产量900万吨。", "9000000 level meat_output CN 2022"),
    ("energy", "Wind contributed 21 TWh in 2022.", "21000000000 level electricity_generation wind WORLD 2022"),
    (
        "schools",
        "In Kenya education spending was KSh 540 billion in 2022.",
        "540000000000 level education_spending KE 2022",
    ),
]


@pytest.mark.parametrize(("domain", "text", "line"), NAMES)
def test_other_names_for_what_is_counted(domain: str, text: str, line: str) -> None:
    """Turned labels, labels without their noun of measure, a member with its unit, and any currency, name it too."""
    assert said(domain, text) == [line]


@pytest.mark.parametrize("text", ["2022年，水果进口企业8200家。", "2022年，水果进口8200吨。"])
def test_a_label_without_its_noun_needs_its_own_unit(text: str) -> None:
    """进口 stands for 进口额 only right before a number in money."""
    assert all(line.endswith("unresolved") for line in said("farms", text))


def test_of_labels_side_by_side_the_last_is_counted() -> None:
    """Primary school enrolment counts pupils, and no schools."""
    line = "3100000 level enrolment primary WORLD 2022"
    assert said("schools", "Primary school enrolment came to 3.1 million in 2022.") == [line]


def test_members_go_on_behind_a_semicolon() -> None:
    """The yield that follows the area of a crop is that crop's."""
    text = "Wheat was planted on 24 million hectares in 2022; the average yield was 5,800 kilograms per hectare."
    assert said("farms", text)[1] == "5800 level crop_yield wheat WORLD 2022"


def test_growth_is_compared_with_growth() -> None:
    """What a rate of growth is set against is the rate of growth of then."""
    text = "Deaths from cancer rose 3.4% in 2022, against 2.1% in 2021."
    assert said("health", text) == [
        "3.4 growth_rate+ deaths WORLD 2022",
        "2.1 growth_rate+ deaths WORLD 2021",
    ]


def test_dearer_is_a_growth_of_prices() -> None:
    """Prices that are dearer than a year before have grown."""
    line = "4.1 growth_rate+ producer_prices fruit WORLD 2022 2021"
    assert said("farms", "Producer prices for fruit were 4.1% dearer in 2022 than in 2021.") == [line]


def test_parentheses_behind_an_area_end_nothing() -> None:
    """What is put in behind an area leaves the number with that area."""
    text = "In the euro area (EA20, that is, without Bulgaria) the wheat harvest was 50 million tonnes in 2022."
    assert said("farms", text) == ["50000000 level crop_output wheat Euro area 2022"]


DOUBTS = [
    ("transport", "Passenger numbers in the north and the south were 3 million and 5 million respectively in 2022."),
    ("schools", "The number of teacher training colleges was 7,500 in 2022."),
]


@pytest.mark.parametrize(("domain", "text"), DOUBTS)
def test_what_stays_in_doubt(domain: str, text: str) -> None:
    """A list that no words tell apart, and a label that narrows another noun, state nothing that is known."""
    assert all(line.endswith("unresolved") for line in said(domain, text))


def test_a_threshold_of_size_states_nothing() -> None:
    """Fifty hectares or more say which farms are counted."""
    text = "Farms with an area of 50 hectares or more numbered 12,300 in 2022."
    assert said("farms", text) == ["12300 level farms WORLD 2022"]
