"""What stands around a table, told by its words: caption, line of the unit, notes."""

import re

CAPTION = 120
"""Characters that a line above a table may have to be its caption."""
_NUMBERED = re.compile(
    r"(?:续?表|附表|图表|table|exhibit|chart|figure|图|圖)\s*[\dA-Z一二三四五六七八九十]", re.IGNORECASE
)
_UNIT = re.compile(
    r"[(（\[【]?\s*(?:计量单位|計量單位|单位|單位|units?(?: of measure(?:ment)?)?)\s*[:：]", re.IGNORECASE
)
_NOTE = re.compile(
    r"(?:注|註|附注|备注|備註|说明|說明|资料来源|資料來源|数据来源|數據來源|来源|來源)\s*\d{0,2}\s*[:：]"
    r"|(?:notes?|sources?|remarks?)\s*\d{0,2}\s*[:：.]"
    r"|[*†‡§※#]{1,3}\s*\S|[\[【(（]\d{1,2}[\])）】]\s*\S|[①-⑳¹²³]\s*\S",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.。!！?？;；]['\"”’」』]*\s*$")


def is_unit_line(text: str) -> bool:
    """Return whether the line names the unit of what stands under it: `单位：万人`, `(Unit: %)`."""
    return len(text) <= CAPTION and _UNIT.match(text.strip()) is not None


def is_note(text: str) -> bool:
    """Return whether the line explains the table above it: `注：`, `Source:`, `* estimated`, `[1] ...`."""
    return _NOTE.match(text.strip()) is not None


def is_numbered_caption(text: str) -> bool:
    """Return whether the line is a caption by its own words: `表1 网民规模`, `Table 2. Users`."""
    return len(text) <= CAPTION and _NUMBERED.match(text.strip()) is not None and not _ENDED.search(text)


def may_be_caption(text: str) -> bool:
    """Return whether the line is short and no sentence, so that right above a table it is that table's title."""
    return 0 < len(text.strip()) <= CAPTION and not _ENDED.search(text) and not is_note(text)


def caption_of(lines: list[str]) -> str:
    """Return the lines above a table as one caption, the unit last.

    >>> caption_of(["单位：万人", "表1 网民规模"])
    '表1 网民规模 单位：万人'
    """
    return " ".join(sorted(map(str.strip, filter(str.strip, lines)), key=is_unit_line))
