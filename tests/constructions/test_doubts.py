"""What speaks against a number, so that it stays unresolved: one construction a case."""

from schemas.catalogue import Catalogue
from tests.constructions import each, said

ENGLISH = {
    "more of one group than of another": (
        "In December 2022, 24 million more men than women were online.",
        ["24000000 unresolved"],
    ),
    "what a firm did, after a comma": (
        "China Telecom closed July 2022 with 364 million mobile subscribers, having added 2.1 million.",
        ["364000000 unresolved", "2100000 unresolved"],
    ),
    "how many of those who could take it do": (
        "Fixed broadband subscriptions totalled 500 million in December 2022. The fibre take-up rate was 27 per cent.",
        ["500000000 level fixed_broadband_subscriptions WORLD 2022-12", "27 unresolved"],
    ),
    "cells of a row": (
        "Users and rates, 2022\nShort video / 1,012 / 94.8% / 934 / 90.5%",
        ["1012 unresolved", "94.8 unresolved", "934 unresolved", "90.5 unresolved"],
    ),
    "points added to another's growth": (
        "In 2022 telecom revenue grew 6%, with the cloud pulling telecom revenue growth up by 2.1 percentage points.",
        ["6 growth_rate+ telecom_revenue WORLD 2022", "2.1 unresolved"],
    ),
    "points added to the growth": (
        "In 2022 telecom revenue grew 6%. Telecom revenue from the cloud added 1.5 percentage points to that growth.",
        ["6 growth_rate+ telecom_revenue WORLD 2022", "1.5 unresolved"],
    ),
    "goes on about a number in doubt": (
        "In December 2022, 62 percent said they shop online, up from 58 percent.",
        ["62 unresolved", "58 unresolved"],
    ),
    "narrowed by an unknown word": (
        "In December 2022 prepaid mobile subscriptions reached 31 million. Mobile subscriptions totalled 90 million.",
        ["31000000 unresolved", "90000000 level mobile_subscriptions WORLD 2022-12"],
    ),
    "adverbs and conjunctions narrow nothing": (
        "In 2022 prices fell, but mobile subscriptions reached 90 million and actually internet users fell by 2%.",
        [
            "90000000 level mobile_subscriptions WORLD 2022",
            "2 growth_rate- internet_users WORLD 2022-12",
        ],
    ),
    "what those do of whom it is a share": (
        "In December 2022, 82% of the teachers who go online owned a telescope.",
        ["82 unresolved"],
    ),
    "something unknown is said of a part of them": (
        "In December 2022 there were 300 million online shoppers. Half of them quarrelled with a seller.",
        ["300000000 level application_users online_shopping WORLD 2022-12", "50 unresolved"],
    ),
    "a sentence with a subject of its own": (
        "In 2022 telecom revenue grew 6%. In 2021 revenue had grown 8%. Rents climbed 3%.",
        [
            "6 growth_rate+ telecom_revenue WORLD 2022",
            "8 growth_rate+ telecom_revenue WORLD 2021",
            "3 unresolved",
        ],
    ),
    "a part of the population is no rate": (
        "In 2022 internet penetration was 70%. Women make up half of the population.",
        ["70 level internet_penetration_rate WORLD 2022", "50 unresolved"],
    ),
    "one firm's figures": (
        (
            "At the end of 2022 the company's network grew. Fixed broadband subscribers totalled 12 million.\n\n"
            "Nationwide, fixed broadband subscribers reached 31 million."
        ),
        ["12000000 unresolved", "31000000 level fixed_broadband_subscriptions WORLD 2022-12"],
    ),
}
CHINESE = {
    "points added to another's growth": (
        "2022年电信业务收入增长8%，其中新兴业务拉动电信业务收入增长5.1个百分点。",
        ["8 growth_rate+ telecom_revenue CN 2022", "5.1 unresolved"],
    ),
    "a province without a name": (
        "2022年底，全省网民达3200万人。我省5G基站达6万个。全国网民达10.67亿人。",
        ["32000000 unresolved", "60000 unresolved", "1067000000 level internet_users CN 2022-12"],
    ),
}


@each(en=ENGLISH, zh=CHINESE)
def test_doubts(language: str, text: str, facts: list[str], catalogue: Catalogue) -> None:
    """A number is left unresolved where what stands around it makes something else of it."""
    assert said(text, language, catalogue) == facts
