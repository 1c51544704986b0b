"""Tables in texts: one construction a case."""

from schemas.catalogue import Catalogue
from tests.constructions import each, said

CHINESE = {
    "the month and the months up to it": (
        (
            "2022年9月电信业统计月报\n\n| 项目 | 本月 | 同比增长（%） | 本年累计 | 累计同比增长（%） |\n"
            "| --- | --- | --- | --- | --- |\n| 电信业务收入（亿元） | 1,320.5 | 6.2 | 12,815.4 | 6.8 |"
        ),
        [
            "132050000000 level telecom_revenue CN 2022-09",
            "6.2 growth_rate+ telecom_revenue CN 2022-09 2021-09",
            "1281540000000 level telecom_revenue CN 2022-01/2022-09",
            "6.8 growth_rate+ telecom_revenue CN 2022-01/2022-09 2021-01/2021-09",
        ],
    ),
    "growth right behind its level": (
        (
            "2022年9月电信业统计月报\n\n| 项目 | 本月 | 同比增长（%） | 本年累计 | 同比增长（%） |\n"
            "| --- | --- | --- | --- | --- |\n| 电信业务收入（亿元） | 1,320.5 | 6.2 | 12,815.4 | 6.8 |"
        ),
        [
            "132050000000 level telecom_revenue CN 2022-09",
            "6.2 growth_rate+ telecom_revenue CN 2022-09 2021-09",
            "1281540000000 level telecom_revenue CN 2022-01/2022-09",
            "6.8 growth_rate+ telecom_revenue CN 2022-01/2022-09 2021-01/2021-09",
        ],
    ),
    "the month before and the same of the year before": (
        (
            "2022年9月电信业统计月报\n\n| 项目 | 本月 | 上月 | 上年同期 |\n| --- | --- | --- | --- |\n"
            "| 移动互联网接入流量（亿GB） | 262.1 | 260.3 | 225.9 |"
        ),
        [
            "26210000000000000000 level mobile_data_traffic CN 2022-09",
            "26030000000000000000 level mobile_data_traffic CN 2022-08",
            "22590000000000000000 level mobile_data_traffic CN 2021-09",
        ],
    ),
}
ENGLISH = {
    "a caption of two things, one with its unit": (
        (
            "Kenya in 2022\n\nApplication users (in units of 10,000) and usage rates of applications, Dec 2022\n\n"
            "| Application | Users | Rate |\n| --- | --- | --- |\n| Short video | 1,200 | 64.1% |"
        ),
        [
            "12000000 level application_users short_video KE 2022-12",
            "64.1 level application_usage_rate short_video KE 2022-12",
        ],
    ),
    "months before their year": (
        (
            "Telecom revenue in Kenya\n\n| | 8/2022 | 1-8/2022 |\n| --- | --- | --- |\n"
            "| Telecom revenue (million yuan) | 105.3 | 812.6 |"
        ),
        [
            "105300000 level telecom_revenue KE 2022-08",
            "812600000 level telecom_revenue KE 2022-01/2022-08",
        ],
    ),
    "the year to date": (
        (
            "Telecom market of Kenya, May 2022\n\n| | May 2022 | Year to date |\n| --- | --- | --- |\n"
            "| Telecom revenue (million yuan) | 105.3 | 512.6 |"
        ),
        [
            "105300000 level telecom_revenue KE 2022-05",
            "512600000 level telecom_revenue KE 2022-01/2022-05",
        ],
    ),
}


@each(en=ENGLISH, zh=CHINESE)
def test_tables(language: str, text: str, facts: list[str], catalogue: Catalogue) -> None:
    """Each cell states what its headers say."""
    assert said(text, language, catalogue) == facts
