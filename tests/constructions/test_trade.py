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
    "an area of the text is no partner of its own": (
        "Chile's exports grew by 3% in June 2022, those to Peru by 4%. Exports of Chile came to 5 billion dollars.",
        [
            "3 growth_rate+ exports CL 2022-06",
            "4 growth_rate+ exports peru CL 2022-06",
            "5000000000 level exports CL 2022-06",
        ],
    ),
    "a caption counts its first noun, in its own unit": (
        "Norway in June 2022\n\nTonnes carried to all shops\n\n| | June 2022 |\n| --- | --- |\n| Total | 1,200,300 |",
        ["1200300 level freight NO 2022-06"],
    ),
    "an aside, and what is named behind it": (
        "In June 2022 Norway saw a rise in exports (up 3% to 5 billion dollars) and retail sales.",
        ["3 growth_rate+ exports NO 2022-06", "5000000000 level exports NO 2022-06"],
    ),
    "a part told by its money alone": (
        "Retail sales came to 900 million yuan in June 2022. Clothes fetched 300 million yuan, up 4%.",
        [
            "900000000 level sales CN 2022-06",
            "300000000 level sales clothes CN 2022-06",
            "4 growth_rate+ sales clothes CN 2022-06",
        ],
    ),
    "on something in a month": (
        "Retail sales came to 3 million yuan in June 2022. 2 million yuan of retail sales went on shoes in May.",
        ["3000000 level sales CN 2022-06", "2000000 level sales shoes CN 2022-05"],
    ),
    "an area before what has no partners": (
        "In June 2022 Chile unemployment rate stood at 4%.",
        ["4 level unemployment CL 2022-06"],
    ),
    "growth and the level in another currency": (
        "In June 2022 exports rose by 5% to £3.2 billion.",
        ["5 growth_rate+ exports GB 2022-06", "3200000000 level exports GB 2022-06"],
    ),
    "short names of what was told": (
        "In June 2022 consumer prices rose by 3% and retail sales by 4%. In May 2022 prices were down 2%.",
        [
            "3 growth_rate+ prices WORLD 2022-06",
            "4 growth_rate+ sales WORLD 2022-06",
            "2 growth_rate- prices WORLD 2022-05",
        ],
    ),
    "the average": (
        "In June 2022 the unemployment rate was 4%. In Norway the average stood at 3%.",
        ["4 level unemployment NO 2022-06", "3 level unemployment NO 2022-06"],
    ),
    "no short name": (
        "In June 2022 consumer prices rose by 3% and retail sales by 4%. In May 2022 petrol prices were down 2%.",
        ["3 growth_rate+ prices WORLD 2022-06", "4 growth_rate+ sales WORLD 2022-06", "2 unresolved"],
    ),
    "labels as verbs": (
        (
            "In 2022 some 3 million tonnes of coal were mined. In 2021 India produced 2 million tonnes of coal, "
            "and in 2020 it exported goods worth 4 billion dollars."
        ),
        [
            "3000000 level coal IN 2022",
            "2000000 level coal IN 2021",
            "4000000000 level exports IN 2020",
        ],
    ),
    "labels whose words stand apart": (
        "In 2022 trains carried 3.2 million passengers, 5% more than in 2021.",
        ["3200000 level passengers WORLD 2022", "5 growth_rate+ passengers WORLD 2022 2021"],
    ),
    "words apart, of one firm": (
        "In 2022 Ryanline carried 3.2 million passengers, and 4 million tonnes of coal were not mined.",
        ["3200000 unresolved", "4000000 unresolved"],
    ),
    "words apart, from one part": (
        "In 2022 India exported goods worth 4 billion dollars from wood.",
        ["4000000000 unresolved"],
    ),
    "a verb left out": (
        "In June 2022 exports to Chile fell 3%, those to Peru 2%.",
        [
            "3 growth_rate- exports chile WORLD 2022-06",
            "2 growth_rate- exports peru WORLD 2022-06",
        ],
    ),
    "what a number of counts": (
        "In June 2022 cinemas numbered 3,200. Norway had 1,100 cinemas.",
        ["3200 level cinemas NO 2022-06", "1100 level cinemas NO 2022-06"],
    ),
    "a subject that nothing knows": (
        "In June 2022 exports rose by 3%. New orders in clothes were down 2%.",
        ["3 growth_rate+ exports WORLD 2022-06", "2 unresolved"],
    ),
    "a clause put in": (
        "In June 2022 consumer prices, which take in shoes, caps and clothes, rose 3%, and retail sales were up 4%.",
        ["3 growth_rate+ prices WORLD 2022-06", "4 growth_rate+ sales WORLD 2022-06"],
    ),
    "what a stranger is told of goes on": (
        "In June 2022 exports were 3 billion dollars. Rents were up 7%, at an average of 1,300 dollars.",
        ["3000000000 level exports WORLD 2022-06", "7 unresolved", "1300 unresolved"],
    ),
    "partners of a list, each with its own": (
        "In June 2022 exports to Chile (up 21%) and Peru (down 5%) moved apart.",
        ["21 growth_rate+ exports chile WORLD 2022-06", "5 growth_rate- exports peru WORLD 2022-06"],
    ),
    "another time behind a semicolon": (
        "In the first half of 2022 employment was 1.2 million; in the second quarter 1.4 million.",
        ["1200000 level jobs WORLD 2022-H1", "1400000 level jobs WORLD 2022-Q2"],
    ),
    "dollars of the country": (
        "Australia's retail sales reached $5 billion in June 2022, exports US$3 billion.",
        ["5000000000 level sales AU 2022-06", "3000000000 level exports AU 2022-06"],
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
    "partners of one character": (
        "2022年6月对美出口总值3亿元，输美出口总值4亿元。",
        ["300000000 level exports us CN 2022-06", "400000000 level exports us CN 2022-06"],
    ),
    "places of one character": (
        "2022年访港客运量300万人次。",
        ["3000000 level passengers HK 2022"],
    ),
    "parts of what the sentence names": (
        "2022年8月零售额5亿元。\n\n出口总值中，输往智利（上升3%）、秘鲁（下降4%）走势不一，对智利录得2%的跌幅。",
        [
            "500000000 level sales CN 2022-08",
            "3 growth_rate+ exports chile CN 2022-08",
            "4 growth_rate- exports peru CN 2022-08",
            "2 growth_rate- exports chile CN 2022-08",
        ],
    ),
    "members that end in a label": (
        "2022年底村办商店已有2200多家。",
        ["2200 level shops village CN 2022-12"],
    ),
    "years and months in Chinese digits": (
        "二○二二年十一月出口总值5亿元，三月至五月为4亿元。二〇二二年首五个月，出口货值7亿元。",
        [
            "500000000 level exports CN 2022-11",
            "400000000 level exports CN 2022-03/2022-05",
            "700000000 level exports CN 2022-01/2022-05",
        ],
    ),
    "dollars of the country": (
        "香港2022年6月零售额5亿元，出口总值人民币3亿元，即4亿美元。",
        [
            "500000000 level sales HK 2022-06",
            "300000000 level exports HK 2022-06",
            "400000000 level exports HK 2022-06",
        ],
    ),
    "a label of something else that is doubtful": (
        "2022年6月出口总值3亿元。衣着出口总值增长3%后，在6月为4亿元。",
        ["300000000 level exports CN 2022-06", "3 unresolved", "400000000 unresolved"],
    ),
    "money tells the area where only partners are named": (
        "2022年6月对智利出口总值6亿港元，增长3%。",
        ["600000000 level exports chile HK 2022-06", "3 growth_rate+ exports chile HK 2022-06"],
    ),
    "labels in traditional characters": (
        "2022年6月貨運量3萬噸，貨物進出480噸。",
        ["30000 level freight CN 2022-06", "480 unresolved"],
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
