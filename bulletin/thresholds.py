"""Thresholds that some places or firms pass, and that no statistic states: 有96个城市的汽车保有量超过100万辆."""

import re

from bulletin.claim import View
from schemas.concepts import Bound, Measure

_SOME = re.compile(
    r"(?:\d+|[二两三四五六七八九十几多数]{1,3})\s?多?个?"
    r"(?:省区市|省市|省份|城市|地区|国家|市县|区县|地市|省|市|县|州|区|企业|平台|品牌|机场|港口|景区|行业|园区)"
    r"[^，。；：、\d]{0,16}$"
)


def is_passed_by_some(view: View) -> bool:
    """Return whether the number is what each of so many places or firms passes."""
    if view.sentence.spaced or view.reading.measure is not Measure.LEVEL or view.mention.bound is Bound.EXACT:
        return False
    begin = view.sentence.gap_before(view.index)[0]
    begin = view.sentence.mentions[view.index - 1].start if view.index else begin
    return _SOME.search(view.sentence.text, begin, view.mention.start) is not None
