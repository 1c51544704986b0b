"""Of which group a number is: one construction a case."""

from schemas.catalogue import Catalogue
from tests.constructions import each, said

ENGLISH = {
    "of those who do not": (
        "In 2022, 2.7 billion people did not make use of mobile internet.",
        ["2700000000 unresolved"],
    ),
    "a group of its own": (
        "In 2022 internet penetration was 61% among women. Rural areas: 44%.",
        [
            "61 level internet_penetration_rate female WORLD 2022",
            "44 level internet_penetration_rate rural WORLD 2022",
        ],
    ),
    "said of those counted": (
        "By 2022, 12 million netizens were rural residents and the usage rate of online news in this group was 61%.",
        [
            "12000000 level internet_users rural WORLD 2022",
            "61 level application_usage_rate online_news,rural WORLD 2022",
        ],
    ),
    "said of most of those counted": (
        "In 2022 most of the 45 million netizens were women.",
        ["45000000 level internet_users WORLD 2022"],
    ),
    "all people again": (
        "In December 2022, 60% of rural residents in China were online, well below the 75% recorded nationwide.",
        [
            "60 level internet_penetration_rate rural CN 2022-12",
            "75 level internet_penetration_rate CN 2022-12",
        ],
    ),
    "the group that a text is about": (
        (
            "In 2022, 45 million minors were online. Minors are fond of short videos: 60% of minors watch them. "
            "Online music follows with a usage rate of 58%."
        ),
        [
            "45000000 level internet_users under_18 WORLD 2022",
            "60 unresolved",
            "58 level application_usage_rate under_18,online_music WORLD 2022",
        ],
    ),
    "what those online do there": (
        "In 2022, 62 percent of Ghanaians used the internet to find work, most often by phone (55 percent).",
        ["62 unresolved", "55 unresolved"],
    ),
    "a list of groups of whom it is a share": (
        "In 2022, 81% of urban people were online, as against 77% of suburban and 60% of rural ones.",
        [
            "81 level internet_penetration_rate urban WORLD 2022",
            "77 level internet_penetration_rate suburban WORLD 2022",
            "60 level internet_penetration_rate rural WORLD 2022",
        ],
    ),
    "another application, on no device": (
        "In 2022, 40 million people used mobile payment. Reading news online attracted 30 million users.",
        [
            "40000000 level application_users online_payment,mobile WORLD 2022",
            "30000000 level application_users online_news WORLD 2022",
        ],
    ),
}
CHINESE = {
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
    "those who do something, and those who are of an age": (
        "2022年12月，在网上学习的未成年网民占77.4%，60岁及以上人口2.8亿。",
        ["77.4 level application_usage_rate under_18,online_education CN 2022-12", "280000000 unresolved"],
    ),
}


@each(en=ENGLISH, zh=CHINESE)
def test_groups(language: str, text: str, facts: list[str], catalogue: Catalogue) -> None:
    """Each number is one of the group that it is meant of."""
    assert said(text, language, catalogue) == facts
