"""Periods: from words to the guide's forms, and from one period to another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin import periods
from bulletin.header_periods import header_period
from bulletin.periods import find_periods
from bulletin.text import normalise
from schemas.catalogue import Language, load_catalogue

LANGUAGES = load_catalogue().languages
PERIODS = st.one_of(
    st.integers(1990, 2030).map(str),
    st.tuples(st.integers(1990, 2030), st.integers(1, 12)).map(lambda p: f"{p[0]}-{p[1]:02}"),
    st.tuples(st.integers(1990, 2030), st.integers(1, 4)).map(lambda p: f"{p[0]}-Q{p[1]}"),
    st.tuples(st.integers(1990, 2030), st.integers(1, 2)).map(lambda p: f"{p[0]}-H{p[1]}"),
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("As of December 2021", "2021-12"),
        ("By 31 December 2021", "2021-12"),
        ("On December 31st, 2021", "2021-12"),
        ("In Sept. 2021", "2021-09"),
        ("In June of 2021", "2021-06"),
        ("At June-end, 2021", "2021-06"),
        ("By the end of 2021", "2021-12"),
        ("At year-end 2021", "2021-12"),
        ("January to May 2020", "2020-01/2020-05"),
        ("Jan–May 2020", "2020-01/2020-05"),
        ("The first five months of 2020", "2020-01/2020-05"),
        ("The first twelve months of 2020", "2020-12"),
        ("In the first quarter of 2022", "2022-Q1"),
        ("In Q3 2022", "2022-Q3"),
        ("In the first half of 2022", "2022-H1"),
        ("In H2 2022", "2022-H2"),
        ("In 2022", "2022"),
        ("In the three months to June 2023", "2023-Q2"),
        ("In the six months ended 30 June 2023", "2023-H1"),
        ("In the 12 months to June 2023", "2022-07/2023-06"),
        ("In the June quarter of 2022", "2022-Q2"),
        ("Between January and September 2022", "2022-01/2022-09"),
        ("In the final quarter of 2022", "2022-Q4"),
        ("In 1H 2023", "2023-H1"),
        ("In FY2022", "2022"),
        ("As of 30.09.2022", "2022-09"),
    ],
)
def test_english(text: str, value: str, english: Language) -> None:
    """An English date, month, quarter, half, span or year becomes one period."""
    assert [found.value for found in find_periods(text, english)] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("截至2021年12月", "2021-12"),
        ("截至２０２１年１２月底", "2021-12"),
        ("2021 年 12 月", "2021-12"),
        ("2021年12月31日", "2021-12"),
        ("2021年底", "2021-12"),
        ("2021年末", "2021-12"),
        ("2021年1-5月", "2021-01/2021-05"),
        ("2021年1～5月份", "2021-01/2021-05"),
        ("2021年1月至5月", "2021-01/2021-05"),
        ("2021年前5个月", "2021-01/2021-05"),
        ("2021年前五个月", "2021-01/2021-05"),
        ("2021年前三季度", "2021-01/2021-09"),
        ("2021年第一季度", "2021-Q1"),
        ("2021年二季度", "2021-Q2"),
        ("2021年上半年", "2021-H1"),
        ("2021年下半年", "2021-H2"),
        ("2021年", "2021"),
        ("2021年全年", "2021"),
    ],
)
def test_chinese(text: str, value: str, chinese: Language) -> None:
    """A Chinese date, month, quarter, half, span or year becomes one period."""
    assert [found.value for found in find_periods(normalise(text), chinese)] == [value]


@pytest.mark.parametrize(
    ("text", "language", "relative", "yearless"),
    [
        ("at the end of the previous year", "en", "previous_year_end", None),
        ("in the same period last year", "en", "same_period_of_previous_year", None),
        ("Last year", "en", "previous_year", None),
        ("By the end of June", "en", None, "-06"),
        ("in the first quarter", "en", None, "-Q1"),
        ("In the first five months", "en", None, "-01/-05"),
        ("上年末", "zh", "previous_year_end", None),
        ("去年同期", "zh", "same_period_of_previous_year", None),
        ("去年12月", "zh", "month_of_previous_year", "-12"),
        ("上月末", "zh", "previous_month_end", None),
        ("截至9月末", "zh", None, "-09"),
        ("1-9月", "zh", None, "-01/-09"),
        ("前三季度", "zh", None, "-01/-09"),
        ("上半年", "zh", None, "-H1"),
    ],
)
def test_relative(text: str, language: str, relative: str | None, yearless: str | None) -> None:
    """Words that lean on another period, or leave the year out, stay open and say what they need."""
    (found,) = find_periods(text, LANGUAGES[language])
    assert (found.value, found.relative, found.yearless) == (None, relative, yearless)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("2021 million", "en"),
        ("2,021", "en"),
        ("1821", "en"),
        ("20211", "en"),
        ("Users may increase", "en"),
        ("2021%", "en"),
        ("15个月", "zh"),
        ("12021年", "zh"),
        ("21年", "zh"),
        ("共有2021个", "zh"),
    ],
)
def test_what_is_no_period(text: str, language: str) -> None:
    """A number that only looks like a year, and a word that only looks like a month, are none."""
    assert list(find_periods(text, LANGUAGES[language])) == []


@given(st.text(alphabet="2012年月3日-至底末上半前个季度 QHJunefirst", max_size=60), st.sampled_from(["en", "zh"]))
def test_periods_stand_in_order_and_apart(text: str, language: str) -> None:
    """Whatever the text, its periods follow one another and none is read twice."""
    end = 0
    for found in find_periods(text, LANGUAGES[language]):
        assert end <= found.start < found.end <= len(text)
        assert found.value or found.relative or found.yearless is not None
        end = found.end


@given(PERIODS)
def test_earlier_periods(period: str) -> None:
    """The period before, and the one a year before, are of the same kind and end earlier."""
    for earlier in (periods.previous_period(period), periods.previous_year(period)):
        assert len(earlier) == len(period)
        assert periods.last_month(earlier) < periods.last_month(period)


@given(PERIODS)
def test_a_year_has_so_many_periods(period: str) -> None:
    """Going back a year's worth of months, quarters or halves arrives at the same one of the year before."""
    count = {"H": 2, "Q": 4}.get(period[5:6], 12 if period[5:] else 1)
    earlier = period
    for _ in range(count):
        earlier = periods.previous_period(earlier)
    assert earlier == periods.previous_year(period)


@pytest.mark.parametrize(
    ("part", "published", "period"),
    [
        ("-09", "2022-11-01", "2022-09"),
        ("-12", "2022-02-26", "2021-12"),
        ("-12", "2022-12", "2022-12"),
        ("-H1", "2022-08", "2022-H1"),
        ("-H2", "2022-08", "2021-H2"),
        ("-Q1", "2022-03-01", "2022-Q1"),
        ("-01/-09", "2022-08-31", "2021-01/2021-09"),
        ("-06", "2022", "2022-06"),
    ],
)
def test_settling_a_year(part: str, published: str, period: str) -> None:
    """A period without a year is the latest that had come when the document was published."""
    assert periods.settle_year(part, published) == period


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("2021", "en", "2021"),
        ("2021-12", "en", "2021-12"),
        ("2021.12", "zh", "2021-12"),
        ("2021/6", "en", "2021-06"),
        ("202112", "en", "2021-12"),
        ("2021-12-31", "en", "2021-12"),
        ("2022Q1", "en", "2022-Q1"),
        ("2022 Q1", "en", "2022-Q1"),
        ("2022-H2", "en", "2022-H2"),
        ("2021年12月", "zh", "2021-12"),
        (" June 2019 ", "en", "2019-06"),
        ("Users, June 2019", "en", "2019-06"),
        ("20567", "en", None),
        ("2022H3", "zh", None),
        ("网民规模", "zh", None),
        ("98,899", "zh", None),
    ],
)
def test_headers(text: str, language: str, value: str | None) -> None:
    """A table's header may write its period in signs; a number of five digits is no year and month."""
    found = header_period(text, LANGUAGES[language])
    assert (found.value if found else None) == value
