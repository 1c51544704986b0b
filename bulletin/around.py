"""What stands above a table, told by its words: its caption, and the line of its unit."""

import re

from bulletin.notes import is_note

CAPTION = 120
"""Characters that a line above a table may have to be its caption."""
_NUMBERED = re.compile(
    r"(?:续?表|附表|图表|table|exhibit|chart|figure|图|圖)\s*[\dA-Z一二三四五六七八九十]", re.IGNORECASE
)
_UNIT = re.compile(
    r"[(（\[【]?\s*(?:计量单位|計量單位|单位|單位|units?(?: of measure(?:ment)?)?)\s*[:：]", re.IGNORECASE
)
_ENDED = re.compile(r"[.。!！?？;；]['\"”’」』]*\s*$")


def is_unit_line(text: str) -> bool:
    """Return whether the line names the unit of what stands under it: `单位：万人`, `(Unit: %)`."""
    return len(text) <= CAPTION and _UNIT.match(text.strip()) is not None


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
