"""How Chinese says what a number is of, one construction a case; the facts in the words of `tests.constructions`."""

import pytest

from schemas.catalogue import Catalogue
from tests.constructions import said

CASES = {
    "the gap to another group": (
        "2022年12月，农村普及率为61.9%，与城镇的差距缩小至21.2个百分点。",
        [
            "61.9 level internet_penetration_rate rural CN 2022-12",
            "21.2 level internet_penetration_gap CN 2022-12",
        ],
    ),
    "a label of other people than the catalogue knows": (
        "2022年12月，中学生互联网普及率达99%，学生网民规模1.9亿。",
        ["99 unresolved", "190000000 unresolved"],
    ),
    "a rate of a part is its share of the whole": (
        "2022年12月，5G移动电话用户5.61亿户，对应渗透率33.3%，千兆用户渗透率突破一成，移动电话渗透率119%。",
        [
            "561000000 level mobile_subscriptions 5g CN 2022-12",
            "33.3 share mobile_subscriptions 5g CN 2022-12",
            "10 share fixed_broadband_subscriptions 1000mbps_plus CN 2022-12",
            "119 unresolved",
        ],
    ),
    "a semicolon alone sets apart what stands at the same time": (
        "2021年12月网站418万个，2022年12月只剩387万个；其中“.CN”下网站224万个。",
        [
            "4180000 level websites CN 2021-12",
            "3870000 level websites CN 2022-12",
            "2240000 level websites cn CN 2022-12",
        ],
    ),
    "what was told along with half a year's growth": (
        "上半年全国新建5G基站62.5万个，累计293.7万个。",
        [
            "625000 change+ mobile_base_stations 5g CN 2022-06",
            "2937000 level mobile_base_stations 5g CN 2022-06",
        ],
    ),
    "where a text was written": (
        "新华社上海3月2日电，2022年12月网民规模为10.67亿。",
        ["1067000000 level internet_users CN 2022-12"],
    ),
    "words that say nothing of what is counted": (
        "网络购物方面，截至2022年12月，相关用户合计8.45亿。",
        ["845000000 level application_users online_shopping CN 2022-12"],
    ),
    "the start of a year is the end of the one before": (
        "2022年12月，5G移动电话用户达5.61亿户，较年初增加2.06亿户。",
        [
            "561000000 level mobile_subscriptions 5g CN 2022-12",
            "206000000 change+ mobile_subscriptions 5g CN 2022-12 2021-12",
        ],
    ),
}


@pytest.mark.parametrize(("text", "facts"), CASES.values(), ids=CASES)
def test_what_is_said(text: str, facts: list[str], catalogue: Catalogue) -> None:
    """Each construction gives its facts."""
    assert said(text, "zh", catalogue) == facts
