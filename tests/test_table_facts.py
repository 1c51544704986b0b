"""From a table's cells to observations."""

from decimal import Decimal

import pytest

from bulletin.model import Observation, Unresolved
from schemas.catalogue import Catalogue
from schemas.concepts import Direction, Measure
from tests.samples import facts


def observations(rows: str, catalogue: Catalogue, **metadata: str) -> list[Observation]:
    """Return what a comma-separated table states, all of which must be resolved."""
    found = facts(rows, catalogue, "table.csv", **metadata).facts
    assert all(isinstance(fact, Observation) for fact in found)
    return [fact for fact in found if isinstance(fact, Observation)]


def unresolved(rows: str, catalogue: Catalogue, **metadata: str) -> Unresolved:
    """Return the one number of a table that nothing claims."""
    (fact,) = facts(rows, catalogue, "table.csv", **metadata).facts
    assert isinstance(fact, Unresolved)
    return fact


def test_headers_say_what_a_cell_is(catalogue: Catalogue) -> None:
    """Indicator and unit stand in the row's name, the period over the column."""
    first, second, third, fourth = observations(
        "Indicator,2020-12,2021-12\nInternet users (million),989,1032\nInternet penetration rate (%),70.4,73.0\n",
        catalogue,
    )
    assert [fact.indicator for fact in (first, second)] == ["internet_users"] * 2
    assert [fact.mention.value for fact in (first, second)] == [989_000_000, 1_032_000_000]
    assert [fact.period for fact in (first, second)] == ["2020-12", "2021-12"]
    assert {(fact.unit, fact.measure, fact.direction) for fact in (first, second)} == {("person", Measure.LEVEL, None)}
    assert (third.indicator, third.unit, fourth.mention.value) == (
        "internet_penetration_rate",
        "percent",
        Decimal("73.0"),
    )


def test_a_transposed_table(catalogue: Catalogue) -> None:
    """Periods may stand at the left and indicators over the columns."""
    rows = "Period,Internet users (million),Internet penetration rate (%)\nJune 2021,1011,71.6\n"
    first, second = observations(rows, catalogue)
    assert (first.indicator, first.period) == ("internet_users", "2021-06")
    assert (second.indicator, second.period) == ("internet_penetration_rate", "2021-06")


def test_members_come_from_the_nearest_header(catalogue: Catalogue) -> None:
    """Urban and rural over the columns narrow what the row names."""
    urban, rural = observations("Item,Urban,Rural\nInternet users in 2021 (million),748,284\n", catalogue)
    assert (urban.members, rural.members) == ((("residence", "urban"),), (("residence", "rural"),))
    assert urban.period == rural.period == "2021"


def test_a_header_with_two_members_narrows_nothing(catalogue: Catalogue) -> None:
    """A caption that names urban and rural does not say which of them a cell is."""
    rows = "Item,2021\nInternet users (million),1032\n"
    (fact,) = observations(rows, catalogue, title="Urban and rural users")
    assert fact.members == ()


@pytest.mark.parametrize(
    ("rows", "language"),
    [
        (",Internet,Internet\nYear,Internet users (million),Penetration rate (%)\n2021,1032,73.0\n", "en"),
        (",互联网,互联网\n年份,网民规模（万人）,互联网普及率（%）\n2021,103200,73.0\n", "zh"),
    ],
)
def test_a_header_in_the_indicator_s_own_words(rows: str, language: str, catalogue: Catalogue) -> None:
    """A header over several indicators that says what their own labels say narrows none of them."""
    found = observations(rows, catalogue, language=language)
    assert [fact.indicator for fact in found] == ["internet_users", "internet_penetration_rate"]


def test_a_header_in_words_of_a_narrower_label(catalogue: Catalogue) -> None:
    """A word that only a label of some members has, as mobile internet services, may narrow what is counted."""
    rows = ",Services,Services\nYear,Internet users (million),Internet users\n2021,1032,n.a.\n"
    assert "'Services'" in unresolved(rows, catalogue).reason


def test_a_member_that_is_needed(catalogue: Catalogue) -> None:
    """Users of an application are none without the application."""
    (fact,) = observations("Application,User scale (million)\nShort video,888\n", catalogue)
    assert (fact.indicator, fact.members) == ("application_users", (("application", "short_video"),))
    nameless = unresolved("Kind,Utilization rate (%)\nAll,88\n", catalogue)
    assert nameless.reason.startswith("no header, caption or title names an indicator")


def test_the_title_names_the_indicator(catalogue: Catalogue) -> None:
    """Where neither row nor column does, the document's title says what is counted."""
    (fact,) = observations("Year,Million\n2021,1032\n", catalogue, title="Internet users")
    assert (fact.indicator, fact.period, fact.mention.value) == ("internet_users", "2021", 1_032_000_000)


def test_growth(catalogue: Catalogue) -> None:
    """A column of growth is a rate with a direction, and year on year with its earlier period."""
    rows = "Item,2021,2021 year-on-year growth (%)\nWebsites,4180000,-5.6\nDomain names,3593,4.2\n"
    found = observations(rows, catalogue)
    fallen, risen = found[1], found[3]
    assert (fallen.measure, fallen.direction, fallen.mention.value) == (
        Measure.GROWTH_RATE,
        Direction.DOWN,
        Decimal("5.6"),
    )
    assert (risen.measure, risen.direction) == (Measure.GROWTH_RATE, Direction.UP)
    assert (risen.unit, risen.period, risen.base_period) == ("percent", "2021", "2020")


def test_a_change(catalogue: Catalogue) -> None:
    """A column of increases is a change in the level's unit."""
    (fact,) = observations("Item,Increase in 2021 (million)\nInternet users,43\n", catalogue)
    assert (fact.measure, fact.direction, fact.unit) == (Measure.CHANGE, Direction.UP, "person")


def test_a_column_of_newcomers_is_a_change(catalogue: Catalogue) -> None:
    """New users are the change in users, not their number."""
    (fact,) = observations("Year,New internet users (million)\n2021,43\n", catalogue)
    assert (fact.measure, fact.direction) == (Measure.CHANGE, Direction.UP)


def test_chinese(catalogue: Catalogue) -> None:
    """A Chinese table is read like an English one, in full-width signs too."""
    rows = "指标,2021年12月\n农村网民规模（万人）,２８４２７\n手机网民规模（万人）,102874\n"
    rural, mobile = observations(rows, catalogue, language="zh")
    assert (rural.indicator, rural.members, rural.mention.value) == (
        "internet_users",
        (("residence", "rural"),),
        284_270_000,
    )
    assert (mobile.members, mobile.period) == ((("device", "mobile"),), "2021-12")


def test_a_level_below_zero_is_not_resolved(catalogue: Catalogue) -> None:
    """A minus that no word of change explains must not be lost."""
    fact = unresolved("Item,2021\nInternet users (million),-43\n", catalogue)
    assert fact.reason == "it is below zero, and no header says that it is a change"
    assert (fact.candidates, fact.mention.quote) == (("internet_users",), "-43")


@pytest.mark.parametrize(
    "row",
    [
        "Online retail sales,5 km",
        "Internet users,73%",
        "Happy people (million),5",
        "Internet penetration rate,73",
    ],
)
def test_what_no_header_claims(row: str, catalogue: Catalogue) -> None:
    """A number whose unit does not fit the indicator, or that nothing names, is kept with the reason."""
    fact = unresolved(f"Item,2021\n{row}\n", catalogue)
    assert fact.reason == "no header, caption or title names an indicator of the catalogue with a fitting unit"
    assert (fact.period, fact.mention.address) == ("2021", "table 1, row 2, column 2")


@pytest.mark.parametrize(
    ("header", "published", "period"),
    [("end of June", "2022-08-31", "2022-06"), ("Item", "2022-08-31", "2022-08"), ("end of June", "", None)],
)
def test_periods_without_a_year(header: str, published: str, period: str | None, catalogue: Catalogue) -> None:
    """A header without a year, or without a period, is settled by the date of release, and stays open without one."""
    about = {"published": published} if published else {}
    (fact,) = observations(f"Item,{header}\nInternet users (million),1051\n", catalogue, **about)
    assert fact.period == period


def test_the_area_is_the_sidecar_s(catalogue: Catalogue) -> None:
    """A table is about the area that the sidecar names."""
    (fact,) = observations("Item,2021\nInternet users (million),1032\n", catalogue, area="IN")
    assert fact.area == "IN"


def test_a_cell_that_says_more_in_parentheses(catalogue: Catalogue) -> None:
    """A cell with its growth behind it states two numbers, each with its own quote."""
    level, growth = observations('Item,2021\nInternet users (million),"1032 (-4.3% on year)"\n', catalogue)
    assert (level.mention.value, level.mention.quote, level.measure) == (1_032_000_000, "1032", "level")
    assert (growth.mention.value, growth.mention.quote) == (Decimal("4.3"), "-4.3%")
    assert (growth.measure, growth.direction, growth.base_period) == ("growth_rate", "down", "2020")


def test_cells_with_their_own_unit(catalogue: Catalogue) -> None:
    """A cell that spells out its number needs no header for it."""
    first, second = observations("Item,2021\nInternet users,1.032 billion\nPenetration rate,73.0%\n", catalogue)
    assert (first.mention.value, first.mention.quote) == (1_032_000_000, "1.032 billion")
    assert (second.mention.value, second.unit) == (Decimal("73.0"), "percent")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ('Group,"Internet users, 2021 (million)"\nLeft-handed,110\n', "'Left handed' in 'Left-handed' is unknown"),
        ('Item,Other\n"Internet users, 2021 (million)",5\n', "'Other' in 'Other' is unknown"),
        ("Item,Urban and rural\nInternet users (million),5\n", "'Urban and rural' names several members of residence"),
        ("Item,2021\n5G internet users (million),5\n", "narrows it by technology, which internet_users has not"),
        ("Group,Urban\nRural internet users (million),5\n", "the headers name several members of residence"),
    ],
)
def test_what_may_narrow_a_number(rows: str, reason: str, catalogue: Catalogue) -> None:
    """A number under a header that may make less of the indicator is not taken for its whole."""
    found = [fact for fact in facts(rows, catalogue, "table.csv").facts if isinstance(fact, Unresolved)]
    assert [reason in fact.reason for fact in found] == [True], found


def test_rows_that_are_parts(catalogue: Catalogue) -> None:
    """A row that names members alone goes on about the row above it, in its unit too."""
    rows = "Item,2021\nInternet users (million),1032\nof which: urban,748\nrural,284\n"
    found = observations(rows, catalogue)
    assert [fact.members for fact in found] == [(), (("residence", "urban"),), (("residence", "rural"),)]
    assert [fact.mention.value for fact in found] == [1_032_000_000, 748_000_000, 284_000_000]


def test_areas_in_the_stub(catalogue: Catalogue) -> None:
    """An area beside a number is where it holds; the total of some areas is that of none."""
    rows = 'Area,"Internet users, 2021 (million)"\nBeijing,19\nHebei,54\nNationwide,1032\nTotal,73\n'
    *named, total = facts(rows, catalogue, "table.csv", area="CN").facts
    assert [fact.area for fact in named] == ["Beijing", "Hebei", "CN"]
    assert isinstance(total, Unresolved)
    assert total.reason == "of which area is not said"


def test_a_part_of_a_year_under_its_year(catalogue: Catalogue) -> None:
    """June under 2021 is June 2021, whichever of them stands where."""
    (above,) = observations("Item,2021\n,June\nInternet users (million),1011\n", catalogue)
    (beside,) = observations("Year,Month,Internet users (million)\n2021,June,1011\n", catalogue)
    assert above.period == beside.period == "2021-06"


def test_growth_beside_levels(catalogue: Catalogue) -> None:
    """A column of growth without a period or an indicator is of the last level beside it."""
    rows = "Application,Users in 2020-12 (million),Users in 2021-12 (million),Growth\nOnline music,658,729,10.8%\n"
    growth = observations(rows, catalogue)[-1]
    assert (growth.indicator, growth.period, growth.measure) == ("application_users", "2021-12", Measure.GROWTH_RATE)


@pytest.mark.parametrize("row", ["Internet users,103195", "Internet users,10.3"])
def test_people_without_a_unit(row: str, catalogue: Catalogue) -> None:
    """So few people, with no unit anywhere, may be thousands or ten thousands."""
    assert unresolved(f"Item,2021\n{row}\n", catalogue).candidates == ("internet_users",)


def test_units_of_a_caption(catalogue: Catalogue) -> None:
    """Of several units that a caption names, the one that fits the indicator is meant."""
    rows = "Item,2021\nInternet users,1032\nInternet penetration rate,73.0\n"
    users, rate = observations(rows, catalogue, title="Users and penetration (million, %)")
    assert (users.mention.value, rate.mention.unit) == (1_032_000_000, "percent")


def test_the_total_of_periods(catalogue: Catalogue) -> None:
    """A total beside periods is that of none of them."""
    rows = '"Internet users (million)",2020,2021,Total\nChina,989,1032,"2,021"\n'
    *levels, total = facts(rows, catalogue, "table.csv").facts
    assert [fact.period for fact in levels] == ["2020", "2021"]
    assert isinstance(total, Unresolved)
    assert total.reason == "a total over the periods beside it"


def test_the_change_of_a_share(catalogue: Catalogue) -> None:
    """Beside a share, a change is the share's and no growth."""
    rows = "Base stations,2022,2023,Change\nTotal (thousand),10830,11620,790\n5G,2312,3377,1065\n"
    rows += "Share of 5G (%),21.3,29.1,7.8\n"
    found = facts(rows, catalogue, "table.csv").facts
    assert [fact.mention.value for fact in found[3:6]] == [2_312_000, 3_377_000, 1_065_000]
    assert isinstance(found[-1], Unresolved)
    assert found[-1].reason == "a change of a share, and not of what it is a share of"


def test_rates_beside_dated_levels(catalogue: Catalogue) -> None:
    """A rate holds when the users to the left of it did, and growth leads from the one date to the other."""
    head = "Application,Users (million) Dec 2023,Usage rate,Users (million) Dec 2022,Usage rate,Growth"
    rows = f"{head}\nShort video,1053,96.4%,1012,94.8%,4.1%\n"
    found = observations(rows, catalogue)
    assert [fact.period for fact in found] == ["2023-12", "2023-12", "2022-12", "2022-12", "2023-12"]
    assert [fact.base_period for fact in found] == [None, None, None, None, "2022-12"]


def test_a_title_s_member_that_rows_name(catalogue: Catalogue) -> None:
    """A title that tells of 5G does not narrow the row above the one of 5G."""
    rows = "Mobile accounts (million),Dec 2024\nTotal,1790\nof which 5G,1014\n"
    total, part = observations(rows, catalogue, title="Another good year for 5G accounts")
    assert (total.members, part.members) == ((), (("technology", "5g"),))
