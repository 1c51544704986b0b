"""What is counted, and what is no subject of the catalogue: one construction a case."""

from schemas.catalogue import Catalogue
from tests.constructions import each, said

ENGLISH = {
    "its users, of what is no firm": (
        "In December 2022, short video recorded the largest growth: its users reached 873 million.",
        ["873000000 level application_users short_video WORLD 2022-12"],
    ),
    "the rate of those who were counted": (
        "In December 2022, in the countryside, where 308 million users live, the rate rose 4.3 percentage points.",
        [
            "308000000 level internet_users rural WORLD 2022-12",
            "4.3 change+ internet_penetration_rate rural WORLD 2022-12",
        ],
    ),
    "the size of what was named before": (
        "Ghana's digital economy had a good 2022. Its total value came to 30 billion yuan.",
        ["30000000000 level digital_economy_size GH 2022"],
    ),
    "a group of plain subscriptions": (
        (
            "In December 2022 the country had 40 million wireless (mobile) subscribers. "
            "Rural subscriptions came to 18 million."
        ),
        [
            "40000000 level mobile_subscriptions WORLD 2022-12",
            "18000000 level mobile_subscriptions rural WORLD 2022-12",
        ],
    ),
    "those behind a share of the world's population": (
        "In 2022 a good 68 per cent of the country's population, or 23 million people, used the internet.",
        ["68 level internet_penetration_rate WORLD 2022", "23000000 level internet_users WORLD 2022"],
    ),
    "a firm and its peers": (
        "In December 2022 Alipay and its rivals served 900 million online payment users.",
        ["900000000 level application_users online_payment WORLD 2022-12"],
    ),
    "growth of listed applications": (
        (
            "In June 2022 the user scale of online news, online games and online music grew by 12%, 9% "
            "and 4%, respectively."
        ),
        [
            "12 growth_rate+ application_users online_news WORLD 2022-06",
            "9 growth_rate+ application_users online_games WORLD 2022-06",
            "4 growth_rate+ application_users online_music WORLD 2022-06",
        ],
    ),
    "technologies of lines and of phones": (
        (
            "In 2022, DSL subscribers numbered 9 million. Fibre lines reached 31 million. "
            "There were 50 million 4G subscribers."
        ),
        [
            "9000000 level fixed_broadband_subscriptions xdsl WORLD 2022",
            "31000000 level fixed_broadband_subscriptions fttx WORLD 2022",
            "50000000 level mobile_subscriptions 4g WORLD 2022",
        ],
    ),
    "a technology of what was counted before": (
        "By the end of 2022 there were 55 thousand 5G base stations, and fixed broadband lines reached 32 million.",
        [
            "55000 level mobile_base_stations 5g WORLD 2022-12",
            "32000000 level fixed_broadband_subscriptions WORLD 2022-12",
        ],
    ),
    "a technology that the label before it does not have": (
        "In 2022 mobile subscriptions reached 80 million. Fibre accounted for 31 million.",
        ["80000000 level mobile_subscriptions WORLD 2022", "31000000 unresolved"],
    ),
    "left out of what is counted": (
        "In December 2022 mobile subscriptions reached 90 million, excluding 14 million for payment terminals.",
        ["90000000 level mobile_subscriptions WORLD 2022-12", "14000000 unresolved"],
    ),
    "counted together": (
        "In December 2022 some 8,400 websites and mobile apps were inspected.",
        ["8400 unresolved"],
    ),
    "the population itself": (
        "In 2022 Kenya had 22 million internet users, out of a population of 54,000,000.",
        ["22000000 level internet_users KE 2022", "54000000 unresolved"],
    ),
    "a member of something unknown": (
        "In 2022 more than 7,000 rural cooperatives were founded.",
        ["7000 unresolved"],
    ),
    "decimals count nothing": (
        "Internet penetration in the cities was 70.5 percent in December 2022, in rural areas 52.5.",
        ["70.5 level internet_penetration_rate urban WORLD 2022-12", "52.5 unresolved"],
    ),
    "per person": (
        "In December 2022 mobile subscriptions reached 90 million, or 1.2 per inhabitant.",
        ["90000000 level mobile_subscriptions WORLD 2022-12", "1.2 unresolved"],
    ),
}
CHINESE = {
    "an unknown noun right behind the number": (
        "2022年12月，网民达10.67亿人，3200万境外旅客使用移动支付，带动45个行业的网民增长。",
        ["1067000000 level internet_users CN 2022-12", "32000000 unresolved", "45 unresolved"],
    ),
    "one firm's figures": (
        "2022年底，中国移动5G基站达128万个，宽带用户2.7亿户。此外，全国IPTV用户3.8亿户。",
        [
            "1280000 unresolved",
            "270000000 unresolved",
            "380000000 level iptv_subscriptions CN 2022-12",
        ],
    ),
    "the firms together": (
        "2022年底，三家基础电信企业及中国广电的移动电话用户达16.83亿户。",
        ["1683000000 level mobile_subscriptions CN 2022-12"],
    ),
    "another label since the number before": (
        "2005年底网民达1.11亿人，其中宽带上网者6430万人。",
        ["111000000 level internet_users CN 2005-12", "64300000 unresolved"],
    ),
    "what was done to some, and several things at once": (
        "2022年，有关部门依法关闭违规的4000个网站。全国已有2577家网站、APP完成改造。",
        ["4000 unresolved", "2577 unresolved"],
    ),
    "cities of a speed": (
        "截至2022年底，10G PON端口达1523万个，千兆城市达到110个。",
        ["15230000 level pon_ports_10g CN 2022-12", "110 unresolved"],
    ),
    "thresholds and durations": (
        "2022年12月，10.67亿网民中，每天上网超过3小时的人不少，客服2小时内回复，为期7天，覆盖31个省份。",
        ["1067000000 level internet_users CN 2022-12"],
    ),
}


@each(en=ENGLISH, zh=CHINESE)
def test_subjects(language: str, text: str, facts: list[str], catalogue: Catalogue) -> None:
    """Each number is one of what it counts, and stays unresolved where that is nothing known."""
    assert said(text, language, catalogue) == facts
