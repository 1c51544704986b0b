"""Words put in beside a count, shares of what stood before, short forms of time, and what captions complete."""

from schemas.catalogue import Catalogue
from tests.constructions import each, said

ENGLISH = {
    "left out between a count and its number": (
        "In December 2022 Norway's mobile subscriptions (excluding cellular IoT) stood at 6.1 million.",
        ["6100000 level mobile_subscriptions NO 2022-12"],
    ),
    "included between a count and its number": (
        "In December 2022 Norway's mobile subscriptions, including machine-to-machine, rose to 8.2 million.",
        ["8200000 level mobile_subscriptions NO 2022-12"],
    ),
    "a rate is no whole": (
        "In December 2022 Kenya had 22 million internet users, equivalent to a penetration rate of 40.8%.",
        [
            "22000000 level internet_users KE 2022-12",
            "40.8 level internet_penetration_rate KE 2022-12",
        ],
    ),
    "a rate of what is not named": (
        "In December 2022 the penetration of the base was 31 percent.",
        ["31 unresolved"],
    ),
    "members and what those do": (
        "In December 2022 some 12 million rural Kenyans were online.",
        ["12000000 level internet_users rural KE 2022-12"],
    ),
    "the answer to a question": (
        "In December 2022 China had 33 million domain names. Websites? 3.9 million, and falling.",
        ["33000000 level domain_names CN 2022-12", "3900000 level websites CN 2022-12"],
    ),
    "what is listed beside": (
        "In October 1998 China had 9,400 names under .CN and 3,700 web sites.",
        ["9400 level domain_names cn CN 1998-10", "3700 level websites CN 1998-10"],
    ),
    "a share of those before by something unknown": (
        "Of the 22 million people online in December 2022, 17 percent visited a cafe.",
        ["22000000 level internet_users WORLD 2022-12", "17 unresolved"],
    ),
    "two months as one span": (
        "Telecom revenue in January and February 2023 was 270 billion yuan.",
        ["270000000000 level telecom_revenue CN 2023-01/2023-02"],
    ),
    "a short quarter": (
        "In 3Q22 mobile subscriptions in Norway reached 6.1 million.",
        ["6100000 level mobile_subscriptions NO 2022-Q3"],
    ),
    "a decimal comma": (
        "In December 2022 internet penetration in Kenya was 40,8%.",
        ["40.8 level internet_penetration_rate KE 2022-12"],
    ),
    "lengths of time and hours": (
        "At 7.30 in the evening, after a quarter of a century, Kenya had 22 million internet users in December 2022.",
        ["22000000 level internet_users KE 2022-12"],
    ),
    "a caption completes the rows": (
        (
            "China: 5G and the rest\n\nSubscribers at end of period (millions)\n\n"
            "Service            Dec 2022    Dec 2021\n"
            "Mobile             1,683       1,643\n"
            "Fixed broadband    589.6       535.8\n"
        ),
        [
            "1683000000 level mobile_subscriptions CN 2022-12",
            "1643000000 level mobile_subscriptions CN 2021-12",
            "589600000 level fixed_broadband_subscriptions CN 2022-12",
            "535800000 level fixed_broadband_subscriptions CN 2021-12",
        ],
    ),
}


@each(en=ENGLISH)
def test_facts(language: str, text: str, facts: list[str], catalogue: Catalogue) -> None:
    assert said(text, language, catalogue) == facts
