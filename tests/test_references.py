"""What a number is about where its sentence says so by pointing: at an area, at those before, at a subject behind."""

import pytest

from schemas.catalogue import Catalogue
from tests.constructions import said
from tests.samples import facts

CASES = {
    "an area leads its clause": (
        "In Norway, where 5 million people were online in 2022, internet penetration was 98%.",
        ["5000000 level internet_users NO 2022", "98 level internet_penetration_rate NO 2022"],
    ),
    "an area stands behind its number": (
        (
            "Chinese networks had 20 million IoT connections in May 2022, whereas 3 million IoT connections were "
            "counted in Kenya."
        ),
        ["20000000 level iot_subscriptions CN 2022-05", "3000000 level iot_subscriptions KE 2022-05"],
    ),
    "there": (
        "In China villages had 300 million internet users in June 2022. Penetration there was 58.8%.",
        [
            "300000000 level internet_users rural CN 2022-06",
            "58.8 level internet_penetration_rate rural CN 2022-06",
        ],
    ),
    "the subject behind a number that opens the sentence": (
        "At 130 million, the number of Chinese netizens who are 60 or older was a record in June 2022.",
        ["130000000 level internet_users 60_plus CN 2022-06"],
    ),
    "a share put in behind the noun of its number": (
        "In June 2022 online music in China had 700 million users, 69.2% of netizens.",
        [
            "700000000 level application_users online_music CN 2022-06",
            "69.2 level application_usage_rate online_music CN 2022-06",
        ],
    ),
    "what those before do": (
        "Chinese minors are often online: in 2021, 96.8% of them were online.",
        ["96.8 level internet_penetration_rate under_18 CN 2021"],
    ),
    "a difference that opens the sentence": (
        "Up 1.4 percentage points on the end of 2020, China's internet penetration was 71.6% in June 2021.",
        [
            "1.4 change+ internet_penetration_rate CN 2021-06 2020-12",
            "71.6 level internet_penetration_rate CN 2021-06",
        ],
    ),
    "groups that are named for their ages": (
        "In June 2021 those aged 20-29 made up 17.4% of Chinese netizens and the 30-39 group 20.3%.",
        ["17.4 share internet_users 20_29 CN 2021-06", "20.3 share internet_users 30_39 CN 2021-06"],
    ),
    "one firm is not the whole": (
        "In June 2022 India's mobile subscribers numbered 1.15 billion; Jio had 413 million mobile subscribers.",
        ["1150000000 level mobile_subscriptions IN 2022-06", "413000000 unresolved"],
    ),
    "all firms are": (
        "In June 2022 the three Chinese enterprises and China Broadnet had 1.7 billion mobile phone users.",
        ["1700000000 level mobile_subscriptions CN 2022-06"],
    ),
    "some of them, by an unknown word": (
        "Out of the total mobile subscribers in India (1,149 million), 1,013 million were idle in June 2022.",
        ["1149000000 level mobile_subscriptions IN 2022-06", "1013000000 unresolved"],
    ),
    "what a whole is said to be doing": (
        "In June 2023 76.4% of the population was online in China; in the cities 85.1% are online.",
        [
            "76.4 level internet_penetration_rate CN 2023-06",
            "85.1 level internet_penetration_rate urban CN 2023-06",
        ],
    ),
    "a share of people is none of netizens": (
        "In June 2025 a third of people in China were users of generative AI.",
        ["33.33333333333333333333333333 unresolved"],
    ),
    "another group beside the one before": (
        (
            "China's internet users included 322 million rural residents and 161 million people aged 60 and above "
            "in June 2025."
        ),
        ["322000000 level internet_users rural CN 2025-06", "161000000 level internet_users 60_plus CN 2025-06"],
    ),
    "the whole, which": (
        (
            "By July 2016, Chinese 4G users represented 49.6% of the mobile base, which the ministry put at 1.304 "
            "billion."
        ),
        ["49.6 share mobile_subscriptions 4g CN 2016-07", "1304000000 level mobile_subscriptions CN 2016-07"],
    ),
    "a difference of the same thing, said of its users": (
        "In June 2015 mobile payments in China had 276 million users, a 26.9% jump over December 2014.",
        [
            "276000000 level application_users online_payment,mobile CN 2015-06",
            "26.9 growth_rate+ application_users online_payment,mobile CN 2015-06 2014-12",
        ],
    ),
    "a count stated again": (
        "In June 2021 China had 1.011 billion internet users. Of the 1.011 billion, one part are children.",
        ["1011000000 level internet_users CN 2021-06", "1011000000 level internet_users CN 2021-06"],
    ),
    "netizens who use an application": (
        "The proportion of Chinese netizens using mobile payment rose from 39.0% in 2014 to 57.7% in 2015.",
        [
            "39 level application_usage_rate online_payment,mobile CN 2014",
            "57.7 level application_usage_rate online_payment,mobile CN 2015",
        ],
    ),
    "a share with another number put in behind its whole": (
        "In 2015 about 90% of Chinese netizens, or 620 million people, accessed the internet via mobile phones.",
        ["90 level device_access_rate mobile CN 2015", "620000000 level internet_users mobile CN 2015"],
    ),
    "a list of differences behind a list": (
        (
            "In December 2015 the usage rates of online music and online games in China were 72.8% and 56.9% "
            "respectively, up 1.2 and 0.5 percentage points."
        ),
        [
            "72.8 level application_usage_rate online_music CN 2015-12",
            "56.9 level application_usage_rate online_games CN 2015-12",
            "1.2 change+ application_usage_rate online_music CN 2015-12",
            "0.5 change+ application_usage_rate online_games CN 2015-12",
        ],
    ),
    "rates behind a list of users": (
        (
            "In June 2023 online music and online games users in China reached 700 million and 500 million "
            "respectively, with usage rates of 65.1 percent and 46.2 percent."
        ),
        [
            "700000000 level application_users online_music CN 2023-06",
            "500000000 level application_users online_games CN 2023-06",
            "65.1 level application_usage_rate online_music CN 2023-06",
            "46.2 level application_usage_rate online_games CN 2023-06",
        ],
    ),
    "one respectively for two lists": (
        (
            "In June 2023 online music and online games users in China grew fastest, by 34 million and 30 "
            "million, up 8.1 percent and 7.3 percent respectively."
        ),
        [
            "34000000 change+ application_users online_music CN 2023-06",
            "30000000 change+ application_users online_games CN 2023-06",
            "8.1 growth_rate+ application_users online_music CN 2023-06",
            "7.3 growth_rate+ application_users online_games CN 2023-06",
        ],
    ),
    "those over an age": (
        "China's netizens over the age of 60 numbered 151 million in June 2023, or 14 percent of the total.",
        ["151000000 level internet_users 60_plus CN 2023-06", "14 share internet_users 60_plus CN 2023-06"],
    ),
    "how many were asked": (
        "In June 2023 internet penetration in China was 76%, according to a survey of 30,000 users.",
        ["76 level internet_penetration_rate CN 2023-06", "30000 unresolved"],
    ),
    "what those of a whole are": (
        (
            "In December 2022, 37.4% of non-users in China were 60 or older; 29% of China's netizens lived in "
            "rural areas."
        ),
        ["37.4 share non_users 60_plus CN 2022-12", "29 share internet_users rural CN 2022-12"],
    ),
    "so many in so many of a whole": (
        "In June 2023 more than three in five Chinese mobile subscribers were using 5G.",
        ["60 share mobile_subscriptions 5g CN 2023-06"],
    ),
    "those under an age": (
        "In June 2021 20% of China's netizens were under the age of 20 and 5% were over 60.",
        ["20 share internet_users under_20 CN 2021-06", "5 share internet_users 60_plus CN 2021-06"],
    ),
    "how many do it": (
        "In March 2020 China had 904 million netizens. Some 897 million of them went online by mobile phone.",
        ["904000000 level internet_users CN 2020-03", "897000000 level internet_users mobile CN 2020-03"],
    ),
    "each area has its number": (
        (
            "Guangdong, Jiangsu and Shandong had 170 million, 106 million and 113 million mobile phone users "
            "respectively in June 2022."
        ),
        [
            "170000000 level mobile_subscriptions Guangdong 2022-06",
            "106000000 level mobile_subscriptions Jiangsu 2022-06",
            "113000000 level mobile_subscriptions Shandong 2022-06",
        ],
    ),
    "the penetration of something else": (
        "In June 2024 the penetration rate of gigabit users in China stood at 28.2%.",
        ["28.2 unresolved"],
    ),
    "the same of another group": (
        "Globally 58 percent of men used the Internet in 2019, but only 48 percent of women.",
        ["58 level internet_penetration_rate male WORLD 2019", "48 level internet_penetration_rate female WORLD 2019"],
    ),
    "two groups named side by side": (
        "Rural and urban users in China stood at 225 million and 630 million in June 2019.",
        ["225000000 level internet_users rural CN 2019-06", "630000000 level internet_users urban CN 2019-06"],
    ),
    "adults are the people that a survey asks": (
        "In 2018 87% of adults used the internet in Norway.",
        ["87 level internet_penetration_rate NO 2018"],
    ),
    "one verb for two groups": (
        "In 2023, 70 per cent of men and 65 per cent of women were online worldwide.",
        ["70 level internet_penetration_rate male WORLD 2023", "65 level internet_penetration_rate female WORLD 2023"],
    ),
    "members that lead up to what people do": (
        "In 2023 Norway had 10,000 people offline. In urban areas 98 per cent of people used the Internet.",
        ["10000 level non_users NO 2023", "98 level internet_penetration_rate urban NO 2023"],
    ),
    "points are of the rate": (
        (
            "In June 2018, 98.3% of Chinese netizens went online by phone, 0.8 percentage points more than in "
            "December 2017."
        ),
        [
            "98.3 level device_access_rate mobile CN 2018-06",
            "0.8 change+ device_access_rate mobile CN 2018-06 2017-12",
        ],
    ),
    "those before, narrowed by what is not known of them": (
        "In 2022 there were 2.7 billion people offline, among whom 1.4 billion were women.",
        ["2700000000 level non_users WORLD 2022", "1400000000 unresolved"],
    ),
    "so many in so many": (
        "In 2022, 3 in 10 Chinese netizens listened to online audio.",
        ["30 level application_usage_rate online_audio CN 2022"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_references(case: str, catalogue: Catalogue) -> None:
    """Each text gives exactly these facts."""
    text, expected = CASES[case]
    assert said(text, "en", catalogue) == expected


def test_an_unclaimed_number_counts_what_its_label_does(catalogue: Catalogue) -> None:
    """A number that must stay unresolved has the unit of the label that stands with it."""
    [fact] = facts("Mobile subscribers at Reliance Jio rose by 21.4 lakh.", catalogue, "a.txt", language="en").facts
    assert (fact.mention.unit, hasattr(fact, "reason")) == ("subscription", True)
