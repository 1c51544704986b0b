"""Signs, lines and columns instead of sentences: one construction a case."""

from schemas.catalogue import Catalogue
from tests.constructions import each, said

ENGLISH = {
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
}


@each(en=ENGLISH)
def test_signs(language: str, text: str, facts: list[str], catalogue: Catalogue) -> None:
    """Each number beside its label without a verb is read as it is meant."""
    assert said(text, language, catalogue) == facts


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
