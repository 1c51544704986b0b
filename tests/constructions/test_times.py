"""When a number holds that other times stand near: one construction a case."""

from schemas.catalogue import Catalogue
from tests.constructions import each, said

ENGLISH = {
    "so many months earlier": (
        "As of December 2022 internet penetration was 70.4%, 5.9 percentage points higher than nine months earlier.",
        [
            "70.4 level internet_penetration_rate WORLD 2022-12",
            "5.9 change+ internet_penetration_rate WORLD 2022-12 2022-03",
        ],
    ),
    "up on a month": (
        "In December 2022 there were 90 million internet users, 3 million up on June.",
        ["90000000 level internet_users WORLD 2022-12", "3000000 change+ internet_users WORLD 2022-12 2022-06"],
    ),
    "vs. and what was then": (
        "In December 2022 gaming had 54 million users. Ride-hailing has 45 million vs. 42 million at the end of 2021.",
        [
            "54000000 level application_users online_games WORLD 2022-12",
            "45000000 level application_users ride_hailing WORLD 2022-12",
            "42000000 level application_users ride_hailing WORLD 2021-12",
        ],
    ),
    "a year after": (
        "At the end of 2009 Kenya had 2 million internet users, and 3 million internet users a year after.",
        ["2000000 level internet_users KE 2009-12", "3000000 unresolved"],
    ),
    "the end of the year that was named": (
        (
            "In 2017 Kenya's internet users rose fast, reaching 21 million by the year's end. In December 2022 "
            "there were 30 million internet users."
        ),
        ["21000000 level internet_users KE 2017-12", "30000000 level internet_users KE 2022-12"],
    ),
    "a text that only looks back": (
        (
            "Kenya in figures. Internet users number 30 million. In 2009 there were 2 million internet users. The "
            "internet penetration rate is 60%. Rural internet users number 9 million. There are 21 million urban ones. "
            "Mobile internet users number 28 million. There are 3 million domain names. Websites number 1 million."
        ),
        [
            "30000000 unresolved",
            "2000000 level internet_users KE 2009",
            *("60 unresolved", "9000000 unresolved", "21000000 unresolved", "28000000 unresolved"),
            *("3000000 unresolved", "1000000 unresolved"),
        ],
    ),
    "what had grown at an earlier time": (
        "In 2022 telecom revenue in Kenya grew by 6%; a year earlier it had grown by 9%.",
        ["6 growth_rate+ telecom_revenue KE 2022", "9 growth_rate+ telecom_revenue KE 2021 2020"],
    ),
    "what had grown some years earlier": (
        "In 2022 telecom revenue in Kenya grew by 6%. Kenya's telecom revenue had grown 8% two years earlier.",
        ["6 growth_rate+ telecom_revenue KE 2022", "8 growth_rate+ telecom_revenue KE 2020"],
    ),
    "what an increase is from": (
        "Kenya had 21 million internet users in December 2022. The increase over December 2021 was 3 million.",
        [
            "21000000 level internet_users KE 2022-12",
            "3000000 change+ internet_users KE 2022-12 2021-12",
        ],
    ),
    "growth over twelve months": (
        "The internet penetration rate in Kenya rose by 3% in the 12 months to January 2023.",
        ["3 growth_rate+ internet_penetration_rate KE 2023-01 2022-01"],
    ),
    "the same months of another year": (
        (
            "In the first half of 2022 telecom revenue in Kenya came to 90 billion yuan, 6% more than in the "
            "corresponding six months of 2019. In the same period of 2020, it had grown by 4%."
        ),
        [
            "90000000000 level telecom_revenue KE 2022-H1",
            "6 growth_rate+ telecom_revenue KE 2022-H1 2019-H1",
            "4 growth_rate+ telecom_revenue KE 2020-H1",
        ],
    ),
    "the same time of another year, as a base of each": (
        (
            "Kenya's telecom revenue grew by 6% over the same quarter of 2019 and by 3% over the same quarter "
            "last year, to 90 billion yuan in the third quarter of 2022."
        ),
        [
            "6 growth_rate+ telecom_revenue KE 2022-Q3 2019-Q3",
            "3 growth_rate+ telecom_revenue KE 2022-Q3 2021-Q3",
            "90000000000 level telecom_revenue KE 2022-Q3",
        ],
    ),
    "some years earlier": (
        (
            "The internet penetration rate in Kenya stood at 64% in December 2022. Three years earlier the "
            "internet penetration rate had been 51%."
        ),
        ["64 level internet_penetration_rate KE 2022-12", "51 level internet_penetration_rate KE 2019-12"],
    ),
    "years ago in an aside": (
        "In December 2022 the internet penetration rate in Kenya, in a survey begun two years ago, was 64%.",
        ["64 level internet_penetration_rate KE 2022-12"],
    ),
    "the time of the number before": (
        ("Kenya's internet penetration rose from 51% at the end of the previous year to 64% at the end of June 2022."),
        ["51 level internet_penetration_rate KE 2021-12", "64 level internet_penetration_rate KE 2022-06"],
    ),
    "what it is compared with, of no named time": (
        "In June 2022 the internet penetration rate in Kenya edged up from 51% to 64%.",
        ["51 unresolved", "64 level internet_penetration_rate KE 2022-06"],
    ),
    "what it is compared with, of the year before": (
        "The internet penetration rate in Kenya was 64% in 2022, up from 51%.",
        ["64 level internet_penetration_rate KE 2022", "51 level internet_penetration_rate KE 2021"],
    ),
    "foreseen for no named time": (
        (
            "In 2022 Kenya had 21 million internet users, and the number of internet users is forecast to reach "
            "30 million."
        ),
        ["21000000 level internet_users KE 2022", "30000000 unresolved"],
    ),
    "foreseen for this year": (
        (
            "At the end of 2022 Kenya had 21 million internet users. The number of internet users will reach 25 "
            "million this year."
        ),
        ["21000000 level internet_users KE 2022-12", "25000000 level internet_users KE 2023"],
    ),
    "this year, where nothing else is of it": (
        (
            "Kenya has 21 million internet users this year. In 2019 it had 17 million internet users. The "
            "internet penetration rate is 64%."
        ),
        [
            "21000000 level internet_users KE 2023",
            "17000000 level internet_users KE 2019",
            "64 level internet_penetration_rate KE 2023",
        ],
    ),
    "this year, where a month is named": (
        (
            "At the end of February 2023 Kenya had 21 million internet users. The number of internet users grew "
            "by 3% this year."
        ),
        ["21000000 level internet_users KE 2023-02", "3 growth_rate+ internet_users KE 2023-02 2022-12"],
    ),
    "a look back": (
        (
            "In 2000 half of Kenyans were online, and 3 million internet users were counted in 2000. In 2022 "
            "there were 21 million internet users. The internet penetration rate is 64%."
        ),
        [
            "50 level internet_penetration_rate KE 2000",
            "3000000 level internet_users KE 2000",
            "21000000 level internet_users KE 2022",
            "64 level internet_penetration_rate KE 2022",
        ],
    ),
    "the month before a quarter": (
        (
            "Kenya's telecom revenue was 90 billion yuan in the third quarter of 2022. Internet users had "
            "numbered 20 million in June.\n\nThere are 21 million internet users."
        ),
        [
            "90000000000 level telecom_revenue KE 2022-Q3",
            "20000000 level internet_users KE 2022-06",
            "21000000 level internet_users KE 2022-09",
        ],
    ),
    "a month, and the span to it": (
        (
            "Telecom revenue in Kenya rose to 9 billion yuan in November.\n\nKenya's telecom business volume "
            "grew by 4%.\n\nFrom April to November 2022 Kenya's telecom revenue was 70 billion yuan."
        ),
        [
            "9000000000 level telecom_revenue KE 2022-11",
            "4 growth_rate+ telecom_business_volume KE 2022-11",
            "70000000000 level telecom_revenue KE 2022-04/2022-11",
        ],
    ),
    "the month that opens the next clause": (
        (
            "Over the whole year 2022 mobile data traffic in Kenya was 90 billion GB, up 32%; December alone saw "
            "mobile data traffic of 9 billion GB."
        ),
        [
            "90000000000000000000 level mobile_data_traffic KE 2022",
            "32 growth_rate+ mobile_data_traffic KE 2022",
            "9000000000000000000 level mobile_data_traffic KE 2022-12",
        ],
    ),
    "a month's own figure": (
        (
            "In December 2022 the internet penetration rate in Kenya was 64%. That compares with November's "
            "internet penetration rate of 63%."
        ),
        ["64 level internet_penetration_rate KE 2022-12", "63 level internet_penetration_rate KE 2022-11"],
    ),
    "what growth was then": (
        ("Telecom revenue in Kenya grew by 6% in the third quarter of 2022; the growth rate a year earlier was 4%."),
        ["6 growth_rate+ telecom_revenue KE 2022-Q3", "4 growth_rate+ telecom_revenue KE 2021-Q3 2020-Q3"],
    ),
    "moved between two months": (
        "Between October and November 2022 the number of internet users in Kenya rose by 1 million.",
        ["1000000 change+ internet_users KE 2022-11 2022-10"],
    ),
    "a stock told along with its growth": (
        "In 2022 internet users in Kenya rose by 3 million to 21 million.",
        ["3000000 change+ internet_users KE 2022-12", "21000000 level internet_users KE 2022-12"],
    ),
    "at a time of a story": (
        "The internet penetration rate in Kenya is 64%; in the first pandemic year it was 51%.",
        ["64 level internet_penetration_rate KE 2023-03", "51 unresolved"],
    ),
}
CHINESE = {
    "the same period of another year": (
        "2022年上半年，电信业务收入800亿元，较2019年同期增长10%。",
        ["80000000000 level telecom_revenue CN 2022-H1", "10 growth_rate+ telecom_revenue CN 2022-H1 2019-H1"],
    ),
}


@each(en=ENGLISH, zh=CHINESE)
def test_times(language: str, text: str, facts: list[str], catalogue: Catalogue) -> None:
    """Each number holds at its own time, and not at one that is named for another."""
    assert said(text, language, catalogue) == facts
