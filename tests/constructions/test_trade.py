"""Prices, trade and jobs, with a small catalogue of their own: one construction a case."""

from functools import cache
from pathlib import Path

from schemas.catalogue import Catalogue, load_catalogue
from tests.constructions import each, said

ENGLISH = {
    "partners are not the area of the text": (
        (
            "Norwegian exports.\n\nIn June 2022 exports to Chile were down 3%, and exports came to 2 billion dollars. "
            "Exports to Peru and Chile stood still."
        ),
        ["3 growth_rate- exports chile NO 2022-06", "2000000000 level exports NO 2022-06"],
    ),
    "no country is its own partner": (
        "Norway ran exports of 5 billion dollars in June 2022. Exports to Chile came to 1 billion dollars.",
        ["5000000000 level exports NO 2022-06", "1000000000 level exports chile NO 2022-06"],
    ),
    "a member that ends in a label": (
        "In June 2022 core inflation was 3.1%, and inflation was 4%.",
        ["3.1 level inflation core WORLD 2022-06", "4 level inflation WORLD 2022-06"],
    ),
    "a text of one month": (
        (
            "Trade in October\n\nIn October 2022 trade went on.\n\nRetail sales reached 40 billion yuan. From January "
            "to October 2022 retail sales came to 300 billion yuan."
        ),
        ["40000000000 level sales CN 2022-10", "300000000000 level sales CN 2022-01/2022-10"],
    ),
    "the whole behind its parts": (
        "In June 2022 urban employment was 5 million. Of it, 2 million were urban, and total employment grew by 3%.",
        [
            "5000000 level jobs urban WORLD 2022-06",
            "2000000 level jobs urban WORLD 2022-06",
            "3 growth_rate+ jobs WORLD 2022-06",
        ],
    ),
    "a count is a subject of its own": (
        "In June 2022 employment rose by 3%. The number of jobless Norwegians, 615,000, fell by 9,000.",
        ["3 growth_rate+ jobs NO 2022-06", "615000 unresolved", "9000 unresolved"],
    ),
    "over the months to one": (
        "In September 2022 employment was 5 million. It fell by 5.2% over the three months to August 2022.",
        ["5000000 level jobs WORLD 2022-09", "5.2 growth_rate- jobs WORLD 2022-08"],
    ),
    "money is not all of one kind": (
        "In June 2022 clothes worth 5 billion dollars were sent abroad.",
        ["5000000000 unresolved"],
    ),
}
CHINESE = {
    "a label that holds a member": (
        "2022年6月，城镇调查失业率为5.1%，核心CPI上涨0.7%。",
        ["5.1 level unemployment urban CN 2022-06", "0.7 growth_rate+ prices core CN 2022-06"],
    ),
    "a partner with a name that is unknown": (
        "2022年6月，出口5亿美元，其中对越出口1亿美元，对智利出口2亿美元。",
        [
            "500000000 level exports CN 2022-06",
            "100000000 unresolved",
            "200000000 level exports chile CN 2022-06",
        ],
    ),
    "partners of a list": (
        "2022年6月，对智利、秘鲁出口总值分别增长3%和4%。",
        ["3 growth_rate+ exports chile CN 2022-06", "4 growth_rate+ exports peru CN 2022-06"],
    ),
    "a list with a stranger": (
        "2022年6月零售额5亿元，其中衣着、家具、帽子零售额分别增长5%、6%和7%。",
        ["500000000 level sales CN 2022-06", "5 unresolved", "6 unresolved", "7 unresolved"],
    ),
    "cues are no names": (
        "2022年零售额为68亿元，增加3亿元。",
        ["6800000000 level sales CN 2022", "300000000 change+ sales CN 2022"],
    ),
    "initials are a subject of their own": (
        "2022年6月CPI上涨0.4%。6月末M2同比增长6.8%。",
        ["0.4 growth_rate+ prices CN 2022-06", "6.8 unresolved"],
    ),
    "prices of members": (
        "2022年6月，衣着价格同比上涨2.3%，鞋类下降1.3%。按不变价格计算，零售额增长3%。",
        [
            "2.3 growth_rate+ prices clothes CN 2022-06 2021-06",
            "1.3 growth_rate- prices shoes CN 2022-06 2021-06",
            "3 growth_rate+ sales CN 2022-06",
        ],
    ),
    "a whole year yet to come": (
        "2022年9月CPI上涨0.2%。\n\n全年CPI上涨0.4%。",
        ["0.2 growth_rate+ prices CN 2022-09", "0.4 growth_rate+ prices CN 2022 2021"],
    ),
    "of those just named": (
        "2022年6月，中国对智利合计出口5亿美元。",
        ["500000000 level exports chile CN 2022-06"],
    ),
    "short names in another currency": (
        "2022年6月出口33亿元。",
        ["3300000000 level exports CN 2022-06"],
    ),
}


@cache
def _catalogue() -> Catalogue:
    return load_catalogue(Path(__file__).parent / "trade")


@each(en=ENGLISH, zh=CHINESE)
def test_trade(language: str, text: str, facts: list[str]) -> None:
    """Each number states what it is meant of."""
    assert said(text, language, _catalogue()) == facts
