"""When a number holds: one construction a case."""

from schemas.catalogue import Catalogue
from tests.constructions import each, said

ENGLISH = {
    "a time put first with a clause": (
        "Back in 2017, when it was young, the digital economy was worth 27 trillion yuan.",
        ["27000000000000 level digital_economy_size CN 2017"],
    ),
    "a clause of time put first": (
        "When the first survey of this kind was made in 1997, China had just 620,000 internet users.",
        ["620000 level internet_users CN 1997"],
    ),
    "the year of the population": (
        "Kenya in 2022: 23 million people used the internet out of a total population of 53 million in 2021.",
        ["23000000 level internet_users KE 2022", "53000000 unresolved"],
    ),
    "the year of the growth compared with": (
        "In 2022 internet users grew by 4.7 per cent, more than the 3.5 per cent recorded in 2021.",
        ["4.7 growth_rate+ internet_users WORLD 2022-12", "3.5 growth_rate+ internet_users WORLD 2021-12"],
    ),
    "at a time that no date tells": (
        "In December 2022 internet penetration was 64%; ten years ago it stood at 31%.",
        ["64 level internet_penetration_rate WORLD 2022-12", "31 unresolved"],
    ),
    "the year's end seen from the release": (
        "At the end of last year netizens numbered 40 million, and they spent 26 hours a week online.",
        ["40000000 level internet_users WORLD 2022-12", "26 level weekly_online_hours WORLD 2022-12"],
    ),
    "a month alone": (
        (
            "In 2022 telecom revenue in Guangdong came to 190 billion yuan. In December alone it grew 2%. "
            "Business volume rose 5%."
        ),
        [
            "190000000000 level telecom_revenue Guangdong 2022",
            "2 growth_rate+ telecom_revenue Guangdong 2022-12",
            "5 growth_rate+ telecom_business_volume Guangdong 2022",
        ],
    ),
    "the year of a cited work": (
        (
            "Kenya has 21 million internet users (Otieno and Wells, 2009). As Otieno et al. (2010) find, the internet "
            "penetration rate is 42% (see Kamau 2008; Ochieng et al., 2011)."
        ),
        ["21000000 level internet_users KE 2023-03", "42 level internet_penetration_rate KE 2023-03"],
    ),
    "a year beside a country": (
        "At the end: 21 million internet users (Kenya, 2021).",
        ["21000000 level internet_users KE 2021"],
    ),
    "a story of long ago": (
        "The network went online in 2004. There are 9 million internet users in Chile.",
        ["9000000 level internet_users CL 2023-03"],
    ),
    "closed the books on a year": (
        "Turkey closed the books on 2022 with 71 million internet users.",
        ["71000000 level internet_users TR 2022"],
    ),
}
CHINESE = {
    "去年底 is the year before the release": (
        "去年底网民达10.67亿人。",
        ["1067000000 level internet_users CN 2022-12"],
    ),
    "only another time": (
        "2022年12月，网民达10.67亿人；而2020年12月时只有9.89亿人。",
        ["1067000000 level internet_users CN 2022-12", "989000000 level internet_users CN 2020-12"],
    ),
    "a period alone in parentheses": (
        "在更早的报告中（2018年12月），农村网民占网民总数的26.7%。",
        ["26.7 share internet_users rural CN 2018-12"],
    ),
    "a period behind a dash": (
        "最显眼的数字是网民10.67亿——这是去年年底的总量。普及率升到75.6%。",
        ["1067000000 level internet_users CN 2022-12", "75.6 level internet_penetration_rate CN 2022-12"],
    ),
    "the end of a year without its number": (
        "2022年，电信业务收入1.58万亿元。年末5G基站231万个，全年网上零售额13.79万亿元。",
        [
            "1580000000000 level telecom_revenue CN 2022",
            "2310000 level mobile_base_stations 5g CN 2022-12",
            "13790000000000 level online_retail_sales CN 2022",
        ],
    ),
    "a whole month": (
        "11月，电信业务收入1300亿元，同比增长8%。网上零售额1.7万亿元。",
        [
            "130000000000 level telecom_revenue CN 2022-11",
            "8 growth_rate+ telecom_revenue CN 2022-11 2021-11",
            "1700000000000 level online_retail_sales CN 2022-11",
        ],
    ),
    "a text that compares with months": (
        "2022年网民10.67亿人，比2021年12月增长3.4%。2022年，农村网民3.08亿人。",
        [
            "1067000000 level internet_users CN 2022",
            "3.4 growth_rate+ internet_users CN 2022-12 2021-12",
            "308000000 level internet_users rural CN 2022",
        ],
    ),
}


@each(en=ENGLISH, zh=CHINESE)
def test_periods(language: str, text: str, facts: list[str], catalogue: Catalogue) -> None:
    """Each number holds at the time that it is meant of."""
    assert said(text, language, catalogue) == facts
