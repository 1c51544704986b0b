"""Which number of a list goes with what: one construction a case."""

from schemas.catalogue import Catalogue
from tests.constructions import each, said

ENGLISH = {
    "a label that two members share, after other members": (
        (
            "Mobile internet users came to 65 million in December 2022.\n\n"
            "There were 48 million urban and 21 million rural internet users."
        ),
        [
            "65000000 level internet_users mobile WORLD 2022-12",
            "48000000 level internet_users urban WORLD 2022-12",
            "21000000 level internet_users rural WORLD 2022-12",
        ],
    ),
    "two labels and two numbers": (
        "In 2022, domain names and websites numbered 34 million and 3.9 million.",
        ["34000000 level domain_names WORLD 2022", "3900000 level websites WORLD 2022"],
    ),
    "two members, two numbers and their growth": (
        "In 2022, rural and urban internet users were 308 million and 759 million, an increase of 8% and 1% over 2021.",
        [
            "308000000 level internet_users rural WORLD 2022",
            "759000000 level internet_users urban WORLD 2022",
            "8 growth_rate+ internet_users rural WORLD 2022-12",
            "1 growth_rate+ internet_users urban WORLD 2022-12 2021",
        ],
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
}


@each(en=ENGLISH, zh=CHINESE)
def test_lists(language: str, text: str, facts: list[str], catalogue: Catalogue) -> None:
    """Each number of a list goes with its own thing."""
    assert said(text, language, catalogue) == facts
