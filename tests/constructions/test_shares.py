"""How shares and rates are said: one construction a case."""

from schemas.catalogue import Catalogue
from tests.constructions import each, said

ENGLISH = {
    "what those of an age do, after others were told of": (
        (
            "In 2022 2.6 billion people were offline. Of those aged 15 to 24, 79 per cent go online. 81 per cent of "
            "city dwellers use the internet."
        ),
        [
            "2600000000 level non_users WORLD 2022",
            "79 level internet_penetration_rate 15_24 WORLD 2022",
            "81 level internet_penetration_rate urban WORLD 2022",
        ],
    ),
    "the owners of something, said twice": (
        "In 2022 roughly three out of four people aged 10 and over own a mobile phone (78 per cent).",
        ["75 unresolved", "78 unresolved"],
    ),
    "the gap in a rate": (
        "In December 2022 the gap between town and country in internet penetration narrowed by 6.4 percentage points.",
        ["6.4 change- internet_penetration_gap WORLD 2022-12"],
    ),
    "what a part of the users do not": (
        "In December 2022, 60% of internet users do not use online payment.",
        ["60 unresolved"],
    ),
    "what a part of the users do": (
        "In December 2022, 75% of internet users shop online, and three-quarters of netizens play online games.",
        [
            "75 level application_usage_rate online_shopping WORLD 2022-12",
            "75 level application_usage_rate online_games WORLD 2022-12",
        ],
    ),
    "what a part of the users think of it": (
        "In December 2022, 75% of internet users distrust online payment.",
        ["75 unresolved"],
    ),
    "a part of humanity": (
        "About 67 per cent of humanity was using the internet in 2022; 2.6 billion people remain without access.",
        ["67 level internet_penetration_rate WORLD 2022", "2600000000 level non_users WORLD 2022"],
    ),
    "adults are people": (
        "In 2022, 96% of Kenyan adults used the internet, and 60% of adults used mobile payment.",
        ["96 level internet_penetration_rate KE 2022", "60 unresolved"],
    ),
    "adults as a part": (
        "In December 2022 there were 90 million internet users, of which adults accounted for 80%.",
        ["90000000 level internet_users WORLD 2022-12", "80 unresolved"],
    ),
    "what a part of those of an age do": (
        "In December 2022, of those aged 15 to 24, 79 per cent go online.",
        ["79 level internet_penetration_rate 15_24 WORLD 2022-12"],
    ),
    "one group against the next": (
        "In December 2022, 81 per cent of men against just 50 per cent of women were online.",
        [
            "81 level internet_penetration_rate male WORLD 2022-12",
            "50 level internet_penetration_rate female WORLD 2022-12",
        ],
    ),
    "no share of hours": (
        "In December 2022 users were online 28 hours a week. Generation Z makes up 34% of weekly time online.",
        ["28 level weekly_online_hours WORLD 2022-12", "34 unresolved"],
    ),
    "a part of those named, by what they did": (
        "In December 2022 the proportion of internet users who used a mobile phone to go online was 99.8%.",
        ["99.8 level device_access_rate mobile WORLD 2022-12"],
    ),
    "a share whose verb is left out": (
        "In December 2022 urban netizens accounted for 71.1% of all netizens, and rural netizens for 28.9%.",
        [
            "71.1 share internet_users urban WORLD 2022-12",
            "28.9 share internet_users rural WORLD 2022-12",
        ],
    ),
    "more than there can be, of a name": (
        "In December 2022 SIM penetration in Kenya was 132.2 per cent.",
        ["132.2 unresolved"],
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
    "a rate that grew by percent": (
        "In 2022 Ghana had 22 million internet users (68% of the population). That is 4% more than in 2021.",
        [
            "22000000 level internet_users GH 2022",
            "68 level internet_penetration_rate GH 2022",
            "4 growth_rate+ internet_users GH 2022 2021",
        ],
    ),
}
ENGLISH |= {
    "a device that serves something else": (
        "By December 2022 the elderly made up 14% of netizens. Nearly 70 percent of them use phones to take photos.",
        ["14 share internet_users 60_plus WORLD 2022-12", "70 unresolved"],
    ),
    "the whole that a sentence opens with": (
        "Among internet users in 2022, 8% were over 70.",
        ["8 share internet_users 70_plus WORLD 2022"],
    ),
    "the share of those who are the label": (
        "In 2022 the share of people online was 62%, and the proportion of women using the internet was 59%.",
        [
            "62 level internet_penetration_rate WORLD 2022",
            "59 level internet_penetration_rate female WORLD 2022",
        ],
    ),
    "what groups make up, after a rate": (
        (
            "In 2022 internet penetration in Ghana was 68%. Women are a slim majority of users with 52%. "
            "Millennials (25 to 40) provides 31%. Villages contribute 40%."
        ),
        [
            "68 level internet_penetration_rate GH 2022",
            "52 share internet_users female GH 2022",
            "31 share internet_users 25_40 GH 2022",
            "40 share internet_users rural GH 2022",
        ],
    ),
    "who those are of whom it is a share": (
        "In 2022, 71 percent of the minors who go online have a tablet of their own.",
        ["71 unresolved"],
    ),
    "shares of newcomers": (
        "Among the new subscribers of 2022 (12 million), 41 per cent were women, while 9 per cent were over 70.",
        ["12000000 unresolved", "41 unresolved", "9 unresolved"],
    ),
    "plain users are those spoken of": (
        "In December 2022 Ghana had 20 million internet users. Fully 40% of users, or 8 million, are in rural areas.",
        [
            "20000000 level internet_users GH 2022-12",
            "40 share internet_users rural GH 2022-12",
            "8000000 level internet_users rural GH 2022-12",
        ],
    ),
}
CHINESE = {
    "a row that is a share of the row above": (
        (
            "| 指标 | 2020年 | 2021年 |\n| --- | --- | --- |\n| 移动电话用户（亿户） | 15.9 | 16.4 |\n"
            "| 5G用户（亿户） | 2.0 | 3.55 |\n| 占移动电话用户比例 | 12.6% | 21.6% |"
        ),
        [
            "1590000000 level mobile_subscriptions CN 2020",
            "1640000000 level mobile_subscriptions CN 2021",
            "200000000 level mobile_subscriptions 5g CN 2020",
            "355000000 level mobile_subscriptions 5g CN 2021",
            "12.6 share mobile_subscriptions 5g CN 2020",
            "21.6 share mobile_subscriptions 5g CN 2021",
        ],
    ),
    "what those are of whom a number was told": (
        "2022年底，移动电话用户16.8亿户，三成多是5G用户。网民10.67亿人，28.9%是农村网民，51%是男性。固定宽带用户5.9亿户，近九成属于光纤用户。",
        [
            "1680000000 level mobile_subscriptions CN 2022-12",
            "30 share mobile_subscriptions 5g CN 2022-12",
            "1067000000 level internet_users CN 2022-12",
            "28.9 share internet_users rural CN 2022-12",
            "51 share internet_users male CN 2022-12",
            "590000000 level fixed_broadband_subscriptions CN 2022-12",
            "90 share fixed_broadband_subscriptions fttx CN 2022-12",
        ],
    ),
    "who does it, among whom": (
        "2022年12月，网民中有99.8%使用手机上网。",
        ["99.8 level device_access_rate mobile CN 2022-12"],
    ),
    "answers of a survey": (
        "2022年12月，非网民达3.44亿人，因为不会用电脑的非网民占58%，“没有上网设备”的占13%。",
        ["344000000 level non_users CN 2022-12", "58 unresolved", "13 unresolved"],
    ),
    "what they own or met with": (
        "2022年12月，拥有智能手机的网民占97%，有20.5%的网民遇到过网络安全事件。",
        ["97 unresolved", "20.5 unresolved"],
    ),
    "the rate of anything": (
        "2022年底，5G用户达5.61亿户，渗透率为33%。2022年底，网民达10.67亿人，普及率为75.6%。",
        [
            "561000000 level mobile_subscriptions 5g CN 2022-12",
            "33 share mobile_subscriptions 5g CN 2022-12",
            "1067000000 level internet_users CN 2022-12",
            "75.6 level internet_penetration_rate CN 2022-12",
        ],
    ),
    "parts of something unknown": (
        "2022年12月，网民达10.67亿人，他们首次触网所用的应用中短视频占38%，即时通信占16%。",
        ["1067000000 level internet_users CN 2022-12", "38 unresolved", "16 unresolved"],
    ),
    "a share of itself": (
        "2022年12月，买过国货的用户占网络购物用户的58.3%。",
        ["58.3 unresolved"],
    ),
    "the population by something that the rate has not": (
        "2022年12月，14亿人口中有一半用手机上网。",
        ["1400000000 unresolved", "50 unresolved"],
    ),
}


@each(en=ENGLISH, zh=CHINESE)
def test_shares(language: str, text: str, facts: list[str], catalogue: Catalogue) -> None:
    """Each share is one of what it is meant of, and stays unresolved where that is nothing known."""
    assert said(text, language, catalogue) == facts
