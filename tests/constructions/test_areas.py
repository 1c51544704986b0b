"""Where a number holds: one construction a case."""

from schemas.catalogue import Catalogue
from tests.constructions import each, said

ENGLISH = {
    "an area that leads a point of a list": (
        "• In the least developed countries, 30 per cent of women were internet users in 2022.",
        ["30 level internet_penetration_rate female Least developed countries 2022"],
    ),
    "the area right behind the number": (
        "In 2022 internet penetration in China was well short of the 97 per cent seen in South Korea.",
        ["97 level internet_penetration_rate KR 2022"],
    ),
    "an area and its number put in": (
        "In 2022 the share of people online in Europe was 91 per cent. Africa, at 37 per cent, had the lowest.",
        ["91 level internet_penetration_rate Europe 2022", "37 level internet_penetration_rate Africa 2022"],
    ),
    "compared with another area at the same time": (
        "Internet penetration in China was 73% in 2022, against 97% in South Korea and 60% in the world.",
        [
            "73 level internet_penetration_rate CN 2022",
            "97 level internet_penetration_rate KR 2022",
            "60 level internet_penetration_rate WORLD 2022",
        ],
    ),
    "compared with another group at the same time": (
        "In 2022 rural internet penetration was 55%, compared with 80% in cities.",
        ["55 level internet_penetration_rate rural WORLD 2022", "80 level internet_penetration_rate urban WORLD 2022"],
    ),
    "where it is highest": (
        "In 2022 Kenya's internet penetration rate was 40%. It was highest in Nairobi, at 72%.",
        ["40 level internet_penetration_rate KE 2022", "72 level internet_penetration_rate Nairobi 2022"],
    ),
    "an area with another name for it": (
        "In 2022 Kenya had 5 million internet users. Nairobi, host of a fair, had 2 million internet users.",
        ["5000000 level internet_users KE 2022", "2000000 level internet_users Nairobi 2022"],
    ),
    "what only an aside names": (
        "In 2022 the euro area (without Bulgaria) had 300 million internet users.",
        ["300000000 level internet_users Euro area 2022"],
    ),
    "another country, and no more": (
        (
            "In 2022 Turkey had 71 million internet users. Chile had 17 million. Norway (5.4 million) and Sweden "
            "(9.9 million) came next. Denmark paid 40 million for a cable."
        ),
        [
            "71000000 level internet_users TR 2022",
            "17000000 level internet_users CL 2022",
            "5400000 level internet_users NO 2022",
            "9900000 level internet_users SE 2022",
            "40000000 unresolved",
        ],
    ),
    "a part of another country": (
        "In 2022 internet penetration was 84% in Bavaria.",
        ["84 level internet_penetration_rate Bavaria 2022"],
    ),
    "dollars of the US name no place": (
        (
            "The note.\n\nImports were 9 billion US dollars, exports 8 billion US dollars. Chile did well.\n\n"
            "In 2022 mobile subscriptions reached 26 million."
        ),
        ["9000000000 unresolved", "8000000000 unresolved", "26000000 level mobile_subscriptions CL 2022"],
    ),
}
CHINESE = {
    "a part of a country": (
        "截至2022年底，全省移动电话用户9968万户。浙江网络发展良好，浙江5G基站达17万个。",
        [
            "99680000 level mobile_subscriptions Zhejiang 2022-12",
            "170000 level mobile_base_stations 5g Zhejiang 2022-12",
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
    "several areas at once": (
        "截至2022年底，浙江5G基站达17万个。杭州、宁波5G用户共900万户，其中杭州500万户。在温州、嘉兴等市，移动电话用户近1500万户。",
        [
            "170000 level mobile_base_stations 5g Zhejiang 2022-12",
            "9000000 unresolved",
            "5000000 level mobile_subscriptions 5g Hangzhou 2022-12",
            "15000000 unresolved",
        ],
    ),
}


@each(en=ENGLISH, zh=CHINESE)
def test_areas(language: str, text: str, facts: list[str], catalogue: Catalogue) -> None:
    """Each number holds in the area that it is meant of."""
    assert said(text, language, catalogue) == facts
