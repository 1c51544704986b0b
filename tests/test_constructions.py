"""How sentences are built, one construction a case: the facts that come out, the last word on what each rule is for."""

import pytest

from bulletin.model import Observation, Unresolved
from schemas.catalogue import Catalogue
from tests.samples import facts as resolved

PUBLISHED = "2023-03-02"


def said(text: str, language: str, catalogue: Catalogue) -> list[str]:
    """Return each fact of the text in one line: value, measure, direction, indicator, members, area, period, base."""
    found = resolved(text, catalogue, "a.txt", language=language, published=PUBLISHED)
    return [_line(fact) for fact in found.facts]


def _line(fact: Observation | Unresolved) -> str:
    value = f"{fact.mention.value.normalize():f}"
    if isinstance(fact, Unresolved):
        return f"{value} unresolved"
    sign = {"up": "+", "down": "-"}.get(fact.direction or "", "")
    members = ",".join(member for _, member in fact.members)
    words = [
        value,
        f"{fact.measure}{sign}",
        fact.indicator,
        members,
        fact.area,
        fact.period or "",
        fact.base_period or "",
    ]
    return " ".join(filter(None, words))


ENGLISH = {
    "added in the passive": (
        "In December 2022, 400,000 of the 5G base stations had been added during the year.",
        ["400000 change+ mobile_base_stations 5g WORLD 2022-12 2021-12"],
    ),
    "a share whose verb is left out": (
        "In December 2022 urban netizens accounted for 71.1% of all netizens, and rural netizens for 28.9%.",
        [
            "71.1 share internet_users urban WORLD 2022-12",
            "28.9 share internet_users rural WORLD 2022-12",
        ],
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
    "more than there can be, of a name": (
        "In December 2022 SIM penetration in Kenya was 132.2 per cent.",
        ["132.2 unresolved"],
    ),
    "of those who do not": (
        "In 2022, 2.7 billion people did not make use of mobile internet.",
        ["2700000000 unresolved"],
    ),
    "a genitive": (
        "In December 2022 netizens' time online was 26.7 hours a week.",
        ["26.7 level weekly_online_hours WORLD 2022-12"],
    ),
    "a multiplier before the number": (
        "In December 2022, IPv6 users (active) × 100 million 7.28",
        ["728000000 level ipv6_active_users WORLD 2022-12"],
    ),
    "signs as arrows": (
        "Netizens in China, December 2022: 1.067 billion (▲ 3.4%)",
        ["1067000000 level internet_users CN 2022-12", "3.4 growth_rate+ internet_users CN 2022-12"],
    ),
    "a line under its label": (
        "Internet users in December 2022\n\n1.067 billion\n",
        ["1067000000 level internet_users WORLD 2022-12"],
    ),
    "coverage is no penetration": (
        "In 2022 a mobile internet signal reached 95% of the population.",
        ["95 unresolved"],
    ),
    "before a parenthesis": (
        "In December 2022 Norway had 2.1 million mobile subscriptions (48% on 5G).",
        [
            "2100000 level mobile_subscriptions NO 2022-12",
            "48 share mobile_subscriptions 5g NO 2022-12",
        ],
    ),
    "of a group of what was spoken of": (
        (
            "In December 2022 the country had 40 million netizens. About 22% were aged 60 and above "
            "and 31% lived in villages."
        ),
        [
            "40000000 level internet_users WORLD 2022-12",
            "22 share internet_users 60_plus WORLD 2022-12",
            "31 share internet_users rural WORLD 2022-12",
        ],
    ),
    "a verb of its own": (
        "In December 2022 internet penetration was 64%. Asked why, 30% blamed high prices.",
        ["64 level internet_penetration_rate WORLD 2022-12", "30 unresolved"],
    ),
    "a share of a part that nothing names": (
        "In December 2022 there were 40 million netizens. Members of sports clubs accounted for 12%.",
        ["40000000 level internet_users WORLD 2022-12", "12 unresolved"],
    ),
    "left out of what is counted": (
        "In December 2022 mobile subscriptions reached 90 million, excluding 14 million for payment terminals.",
        ["90000000 level mobile_subscriptions WORLD 2022-12", "14000000 unresolved"],
    ),
    "at a time that no date tells": (
        "In December 2022 internet penetration was 64%; ten years ago it stood at 31%.",
        ["64 level internet_penetration_rate WORLD 2022-12", "31 unresolved"],
    ),
    "counted together": (
        "In December 2022 some 8,400 websites and mobile apps were inspected.",
        ["8400 unresolved"],
    ),
    "the population itself": (
        "In 2022 Kenya had 22 million internet users, out of a population of 54,000,000.",
        ["22000000 level internet_users KE 2022", "54000000 unresolved"],
    ),
    "a level that was crossed": (
        "In June 2022 the websites fell below 4 million.",
        ["4000000 level websites WORLD 2022-06"],
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
    "what only an aside names": (
        "In 2022 the euro area (without Bulgaria) had 300 million internet users.",
        ["300000000 level internet_users Euro area 2022"],
    ),
    "dollars of the US name no place": (
        (
            "The note.\n\nImports were 9 billion US dollars, exports 8 billion US dollars. Chile did well.\n\n"
            "In 2022 mobile subscriptions reached 26 million."
        ),
        ["9000000000 unresolved", "8000000000 unresolved", "26000000 level mobile_subscriptions CL 2022"],
    ),
    "a rate that grew by percent": (
        "In 2022 Ghana had 22 million internet users (68% of the population). That is 4% more than in 2021.",
        [
            "22000000 level internet_users GH 2022",
            "68 level internet_penetration_rate GH 2022",
            "4 growth_rate+ internet_users GH 2022 2021",
        ],
    ),
    "a group of its own": (
        "In 2022 internet penetration was 61% among women. Rural areas: 44%.",
        [
            "61 level internet_penetration_rate female WORLD 2022",
            "44 level internet_penetration_rate rural WORLD 2022",
        ],
    ),
    "closed the books on a year": (
        "Turkey closed the books on 2022 with 71 million internet users.",
        ["71000000 level internet_users TR 2022"],
    ),
}
CHINESE = {
    "a list by 各": (
        "截至2022年12月，城镇网民和农村网民各为7.59亿人和3.08亿人。",
        [
            "759000000 level internet_users urban CN 2022-12",
            "308000000 level internet_users rural CN 2022-12",
        ],
    ),
    "shares of a list before": (
        "2022年12月，城镇网民和农村网民分别为7.59亿人和3.08亿人，占网民总数的比重分别为71.1%和28.9%。",
        [
            "759000000 level internet_users urban CN 2022-12",
            "308000000 level internet_users rural CN 2022-12",
            "71.1 share internet_users urban CN 2022-12",
            "28.9 share internet_users rural CN 2022-12",
        ],
    ),
    "a part of a country": (
        "截至2022年底，全省移动电话用户9968万户。浙江网络发展良好，浙江5G基站达17万个。",
        [
            "99680000 level mobile_subscriptions Zhejiang 2022-12",
            "170000 level mobile_base_stations 5g Zhejiang 2022-12",
        ],
    ),
    "去年底 is the year before the release": (
        "去年底网民达10.67亿人。",
        ["1067000000 level internet_users CN 2022-12"],
    ),
    "words of Taiwan": (
        "截至2022年12月，中國網路普及率為75.6%，成長2.6個百分點。",
        ["75.6 level internet_penetration_rate CN 2022-12", "2.6 change+ internet_penetration_rate CN 2022-12"],
    ),
    "times in words": (
        "2022年移动互联网接入流量比上年增长两倍。",
        ["2 growth_rate+ mobile_data_traffic CN 2022 2021"],
    ),
    "who does it, among whom": (
        "2022年12月，网民中有99.8%使用手机上网。",
        ["99.8 level device_access_rate mobile CN 2022-12"],
    ),
    "an unknown noun right behind the number": (
        "2022年12月，网民达10.67亿人，3200万境外旅客使用移动支付，带动45个行业的网民增长。",
        ["1067000000 level internet_users CN 2022-12", "32000000 unresolved", "45 unresolved"],
    ),
    "answers of a survey": (
        "2022年12月，非网民达3.44亿人，因为不会用电脑的非网民占58%，“没有上网设备”的占13%。",
        ["344000000 level non_users CN 2022-12", "58 unresolved", "13 unresolved"],
    ),
    "what they own or met with": (
        "2022年12月，拥有智能手机的网民占97%，有20.5%的网民遇到过网络安全事件。",
        ["97 unresolved", "20.5 unresolved"],
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
    "the rate of anything": (
        "2022年底，5G用户达5.61亿户，渗透率为33%。2022年底，网民达10.67亿人，普及率为75.6%。",
        [
            "561000000 level mobile_subscriptions 5g CN 2022-12",
            "33 unresolved",
            "1067000000 level internet_users CN 2022-12",
            "75.6 level internet_penetration_rate CN 2022-12",
        ],
    ),
    "beside the nation's average": (
        "2022年底，5G用户占移动电话用户的33.3%，比全国平均水平高2.4个百分点。",
        ["33.3 share mobile_subscriptions 5g CN 2022-12", "2.4 unresolved"],
    ),
    "parts of something unknown": (
        "2022年12月，网民达10.67亿人，他们首次触网所用的应用中短视频占38%，即时通信占16%。",
        ["1067000000 level internet_users CN 2022-12", "38 unresolved", "16 unresolved"],
    ),
    "what another is ahead of": (
        "截至2022年底，IPTV用户3.8亿户，物联网用户首次超过移动电话用户，达18.45亿户。",
        ["380000000 level iptv_subscriptions CN 2022-12", "1845000000 level iot_subscriptions CN 2022-12"],
    ),
    "a share of itself": (
        "2022年12月，买过国货的用户占网络购物用户的58.3%。",
        ["58.3 unresolved"],
    ),
    "another label since the number before": (
        "2005年底网民达1.11亿人，其中宽带上网者6430万人。",
        ["111000000 level internet_users CN 2005-12", "64300000 unresolved"],
    ),
    "only another time": (
        "2022年12月，网民达10.67亿人；而2020年12月时只有9.89亿人。",
        ["1067000000 level internet_users CN 2022-12", "989000000 level internet_users CN 2020-12"],
    ),
    "differences behind a list": (
        "2022年底，5G用户、千兆用户分别达5.61亿户和9175万户，比上年末净增2.06亿户、5716万户。",
        [
            "561000000 level mobile_subscriptions 5g CN 2022-12",
            "91750000 level fixed_broadband_subscriptions 1000mbps_plus CN 2022-12",
            "206000000 change+ mobile_subscriptions 5g CN 2022-12 2021-12",
            "57160000 change+ fixed_broadband_subscriptions 1000mbps_plus CN 2022-12 2021-12",
        ],
    ),
    "shares by two members of one dimension": (
        "2022年底，宽带用户中百兆和千兆接入分别占93.9%和15.6%。",
        [
            "93.9 share fixed_broadband_subscriptions 100mbps_plus CN 2022-12",
            "15.6 share fixed_broadband_subscriptions 1000mbps_plus CN 2022-12",
        ],
    ),
    "areas of a list, and of a part": (
        "2022年底，浙江5G基站达17万个，其中杭州3.7万个，宁波、温州分别为2.4万个和2.1万个。浙江光缆长430万公里。",
        [
            "170000 level mobile_base_stations 5g Zhejiang 2022-12",
            "37000 level mobile_base_stations 5g Hangzhou 2022-12",
            "24000 level mobile_base_stations 5g Ningbo 2022-12",
            "21000 level mobile_base_stations 5g Wenzhou 2022-12",
            "4300000 unresolved",
        ],
    ),
    "those who do not": (
        "2022年12月，我国还有3.44亿人没有上网。网民普及率为75.6%，仍有两成民众从未上网。",
        [
            "344000000 level non_users CN 2022-12",
            "75.6 level internet_penetration_rate CN 2022-12",
            "20 unresolved",
        ],
    ),
    "newcomers": (
        "2022年12月，网民达10.67亿人，新加入的网民之中，七成用手机上网。",
        ["1067000000 level internet_users CN 2022-12", "70 unresolved"],
    ),
    "what was done to some, and several things at once": (
        "2022年，有关部门依法关闭违规的4000个网站。全国已有2577家网站、APP完成改造。",
        ["4000 unresolved", "2577 unresolved"],
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
    "the population by something that the rate has not": (
        "2022年12月，14亿人口中有一半用手机上网。",
        ["1400000000 unresolved", "50 unresolved"],
    ),
    "those who do something, and those who are of an age": (
        "2022年12月，在网上学习的未成年网民占77.4%，60岁及以上人口2.8亿。",
        ["77.4 level application_usage_rate under_18,online_education CN 2022-12", "280000000 unresolved"],
    ),
    "cities of a speed": (
        "截至2022年底，10G PON端口达1523万个，千兆城市达到110个。",
        ["15230000 level pon_ports_10g CN 2022-12", "110 unresolved"],
    ),
    "a text that compares with months": (
        "2022年网民10.67亿人，比2021年12月增长3.4%。2022年，农村网民3.08亿人。",
        [
            "1067000000 level internet_users CN 2022",
            "3.4 growth_rate+ internet_users CN 2022-12 2021-12",
            "308000000 level internet_users rural CN 2022",
        ],
    ),
    "thresholds and durations": (
        "2022年12月，10.67亿网民中，每天上网超过3小时的人不少，客服2小时内回复，为期7天，覆盖31个省份。",
        ["1067000000 level internet_users CN 2022-12"],
    ),
}


@pytest.mark.parametrize(("text", "facts"), ENGLISH.values(), ids=ENGLISH)
def test_english(text: str, facts: list[str], catalogue: Catalogue) -> None:
    """Each construction of English is read as it is meant."""
    assert said(text, "en", catalogue) == facts


@pytest.mark.parametrize(("text", "facts"), CHINESE.values(), ids=CHINESE)
def test_chinese(text: str, facts: list[str], catalogue: Catalogue) -> None:
    """Each construction of Chinese is read as it is meant."""
    assert said(text, "zh", catalogue) == facts


TABLE = """\
Main networks at the end of 2022

Indicator        Unit        Number   Change over the end of 2021
Base stations    thousand     10,830          870
Optical cables   million km    59.58         4.77
Ports            million       1,071           53
"""


def test_a_table_without_bars(catalogue: Catalogue) -> None:
    """Columns that stand apart by spaces make a table; its unit column and its base period are read."""
    assert said(TABLE, "en", catalogue)[:2] == [
        "10830000 level mobile_base_stations WORLD 2022-12",
        "870000 change+ mobile_base_stations WORLD 2022-12 2021-12",
    ]
