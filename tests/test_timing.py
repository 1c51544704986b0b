"""When numbers hold: the periods that English sentences give them, and those that they are compared with."""

import pytest

from schemas.catalogue import Catalogue
from tests.constructions import said

CASES = {
    "a stretch from one time to another": (
        (
            "From June 2016 to June 2017, China's internet users grew from 710 million to 751 million, a gain of "
            "41 million."
        ),
        [
            "710000000 level internet_users CN 2016-06",
            "751000000 level internet_users CN 2017-06",
            "41000000 change+ internet_users CN 2017-06 2016-06",
        ],
    ),
    "a stretch between two times": (
        "Between December 2017 and June 2018 Chinese short video users went from 410 million to 594 million.",
        [
            "410000000 level application_users short_video CN 2017-12",
            "594000000 level application_users short_video CN 2018-06",
        ],
    ),
    "the start of the year": (
        (
            "By the end of July 2018, Chinese 4G users totalled 1.13 billion, 133 million more than at the start "
            "of the year."
        ),
        [
            "1130000000 level mobile_subscriptions 4g CN 2018-07",
            "133000000 change+ mobile_subscriptions 4g CN 2018-07 2017-12",
        ],
    ),
    "the end of a period that was named": (
        (
            "Over the second quarter of 2018 Chinese telecom revenue was 300 billion yuan; fixed broadband users "
            "were 377 million at the end of the quarter."
        ),
        [
            "300000000000 level telecom_revenue CN 2018-Q2",
            "377000000 level fixed_broadband_subscriptions CN 2018-06",
        ],
    ),
    "a quarter of last year": (
        (
            "Chinese telecom revenue was 390 billion yuan in Q1 2022, compared with 380 billion yuan in the "
            "fourth quarter of last year."
        ),
        ["390000000000 level telecom_revenue CN 2022-Q1", "380000000000 level telecom_revenue CN 2022-Q4"],
    ),
    "the time that a clause is about": (
        (
            "China's digital economy came to 50 trillion yuan in 2022, four times what it was in 2012, when it "
            "stood at 11 trillion yuan."
        ),
        ["50000000000000 level digital_economy_size CN 2022", "11000000000000 level digital_economy_size CN 2012"],
    ),
    "a difference is dated by the level that it led to": (
        "In 2017 India's mobile subscribers rose 13% to 1.17 billion as of March 31, 2017.",
        ["13 growth_rate+ mobile_subscriptions IN 2017-03", "1170000000 level mobile_subscriptions IN 2017-03"],
    ),
    "a rate of growth of the whole beside those added": (
        (
            "In June 2018 China had 802 million netizens. 30 million new netizens were added, up 3.8% from the "
            "end of 2017."
        ),
        [
            "802000000 level internet_users CN 2018-06",
            "30000000 change+ internet_users CN 2018-06",
            "3.8 growth_rate+ internet_users CN 2018-06 2017-12",
        ],
    ),
    "the end of a quarter": (
        "UK fixed broadband lines stood at 27.6 million at the end of Q1 2022, 300,000 more than a year earlier.",
        [
            "27600000 level fixed_broadband_subscriptions GB 2022-03",
            "300000 change+ fixed_broadband_subscriptions GB 2022-03 2021-03",
        ],
    ),
    "a monthly rate of growth": (
        (
            "India's wireless subscribers rose to 1,149 million at the end of August 2022, thereby registering a "
            "monthly growth rate of 0.15 per cent."
        ),
        [
            "1149000000 level mobile_subscriptions IN 2022-08",
            "0.15 growth_rate+ mobile_subscriptions IN 2022-08 2022-07",
        ],
    ),
    "what from to begins is compared with nothing": (
        "China's telecom revenue was 1.06 trillion yuan from January to August 2022, up 8.2% y-o-y.",
        [
            "1060000000000 level telecom_revenue CN 2022-01/2022-08",
            "8.2 growth_rate+ telecom_revenue CN 2022-01/2022-08 2021-01/2021-08",
        ],
    ),
    "the figure recorded at the end of": (
        (
            "By March 2020 China's rural netizens came to 255 million, 33 million more than the figure recorded "
            "at the end of 2018."
        ),
        [
            "255000000 level internet_users rural CN 2020-03",
            "33000000 change+ internet_users rural CN 2020-03 2018-12",
        ],
    ),
    "what grew from a year earlier is of now": (
        (
            "China's mobile data traffic jumped 39.3 percent from a year earlier in the first quarter of 2020 to "
            "35.7 billion GB."
        ),
        [
            "39.3 growth_rate+ mobile_data_traffic CN 2020-Q1 2019-Q1",
            "35700000000000000000 level mobile_data_traffic CN 2020-Q1",
        ],
    ),
    "a year in parentheses beside a December, and what was built in a year": (
        (
            "By end-2019 there were 5.44 million 4G base stations in China (2018: 3.72 million), of which 1.72 "
            "million were built in 2019."
        ),
        [
            "5440000 level mobile_base_stations 4g CN 2019-12",
            "3720000 level mobile_base_stations 4g CN 2018-12",
            "1720000 change+ mobile_base_stations 4g CN 2019-12",
        ],
    ),
    "a number in parentheses behind what is compared with": (
        "There were 3.9 million Chinese websites in December 2022, fewer than in December 2021 (4.2 million).",
        ["3900000 level websites CN 2022-12", "4200000 level websites CN 2021-12"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_timing(case: str, catalogue: Catalogue) -> None:
    """Each text gives exactly these facts."""
    text, expected = CASES[case]
    assert said(text, "en", catalogue) == expected
