"""How Chinese statistical prose is built: one construction a case."""

from schemas.catalogue import Catalogue
from tests.constructions import each, said

CHINESE = {
    "a province by its cities and its byname": (
        (
            "记者从省通信管理局获悉，截至2022年底，龙江5G基站达6.5万个。全省移动电话用户3700万户，其中大庆290万户、"
            "佳木斯210万户。\n\n在大庆，村里有4000户人家。网民达1900万人。"
        ),
        [
            "65000 level mobile_base_stations 5g Heilongjiang 2022-12",
            "37000000 level mobile_subscriptions Heilongjiang 2022-12",
            "2900000 level mobile_subscriptions Daqing 2022-12",
            "2100000 level mobile_subscriptions Jiamusi 2022-12",
            "4000 unresolved",
            "19000000 level internet_users Heilongjiang 2022-12",
        ],
    ),
    "quarters and months of Taiwan and Hong Kong": (
        "第三季行動電話用戶3000萬戶，較上一季度增加20萬戶。去年十一月寬頻用戶620萬戶。",
        [
            "30000000 level mobile_subscriptions CN 2022-09",
            "200000 change+ mobile_subscriptions CN 2022-09 2022-06",
            "6200000 level fixed_broadband_subscriptions CN 2022-11",
        ],
    ),
    "the year that a change is named by": (
        "2022年电信业务收入达1.6万亿元，较上年增长1100亿元；光缆线路5958万公里，年增8.6%。",
        [
            "1600000000000 level telecom_revenue CN 2022",
            "110000000000 change+ telecom_revenue CN 2022 2021",
            "59580000 level optical_cable_length CN 2022",
            "8.6 growth_rate+ optical_cable_length CN 2022 2021",
        ],
    ),
}


@each(zh=CHINESE)
def test_chinese(language: str, text: str, facts: list[str], catalogue: Catalogue) -> None:
    """Each number states what it is meant to."""
    assert said(text, language, catalogue) == facts
