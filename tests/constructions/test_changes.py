"""How changes and comparisons are said: one construction a case."""

from schemas.catalogue import Catalogue
from tests.constructions import each, said

ENGLISH = {
    "less than in a year": (
        "In 2022 people spent 26.7 hours a week online, 1.8 hours less than in 2021.",
        ["26.7 level weekly_online_hours WORLD 2022", "1.8 change- weekly_online_hours WORLD 2022 2021"],
    ),
    "added in the passive": (
        "In December 2022, 400,000 of the 5G base stations had been added during the year.",
        ["400000 change+ mobile_base_stations 5g WORLD 2022-12 2021-12"],
    ),
    "from the previous year": (
        "In 2022 online retail sales in China came to 13.79 trillion yuan, up 4 percent from the previous year.",
        ["13790000000000 level online_retail_sales CN 2022", "4 growth_rate+ online_retail_sales CN 2022 2021"],
    ),
    "year on year and month on month": (
        "In November 2022 telecom revenue in China grew 8 percent year on year and fell 0.5 percent month on month.",
        [
            "8 growth_rate+ telecom_revenue CN 2022-11 2021-11",
            "0.5 growth_rate- telecom_revenue CN 2022-11 2022-10",
        ],
    ),
    "one thing exceeds another": (
        "In December 2022 urban netizens outnumbered rural netizens by 451 million.",
        ["451000000 unresolved"],
    ),
    "a level that was crossed": (
        "In June 2022 the websites fell below 4 million.",
        ["4000000 level websites WORLD 2022-06"],
    ),
    "a subject of its own that grew": (
        "In 2022 online retail sales came to 13 trillion yuan. Permits dropped by 27%.",
        ["13000000000000 level online_retail_sales CN 2022", "27 unresolved"],
    ),
    "a difference that led to a level": (
        (
            "Mergers among operators lifted prices 3 percent to 40 yuan. In 2022 mobile internet "
            "traffic rose 18 percent to 26 EB."
        ),
        [
            "3 unresolved",
            "40 unresolved",
            "18 growth_rate+ mobile_data_traffic CN 2022",
            "26000000000000000000 level mobile_data_traffic CN 2022",
        ],
    ),
    "up from a year's figure": (
        "Internet penetration in Ghana was 70% in 2022, up from 65%.",
        ["70 level internet_penetration_rate GH 2022", "65 level internet_penetration_rate GH 2021"],
    ),
}
CHINESE = {
    "words of Taiwan": (
        "截至2022年12月，中國網路普及率為75.6%，成長2.6個百分點。",
        ["75.6 level internet_penetration_rate CN 2022-12", "2.6 change+ internet_penetration_rate CN 2022-12"],
    ),
    "times in words": (
        "2022年移动互联网接入流量比上年增长两倍。",
        ["2 growth_rate+ mobile_data_traffic CN 2022 2021"],
    ),
    "beside the nation's average": (
        "2022年底，5G用户占移动电话用户的33.3%，比全国平均水平高2.4个百分点。",
        ["33.3 share mobile_subscriptions 5g CN 2022-12", "2.4 unresolved"],
    ),
    "what another is ahead of": (
        "截至2022年底，IPTV用户3.8亿户，物联网用户首次超过移动电话用户，达18.45亿户。",
        ["380000000 level iptv_subscriptions CN 2022-12", "1845000000 level iot_subscriptions CN 2022-12"],
    ),
}


@each(en=ENGLISH, zh=CHINESE)
def test_changes(language: str, text: str, facts: list[str], catalogue: Catalogue) -> None:
    """Each change, growth rate or comparison is read as it is meant."""
    assert said(text, language, catalogue) == facts
