"""What a piece of text looks like: a value, a caption, a note, a unit line, dots that lead to a page number."""

import re
from functools import lru_cache

from bulletin import notes
from bulletin.pdf.shapes import Line

LONGEST = 24
"""Characters of a value."""
_VALUE = re.compile(
    r"[(（\[]?\s?[-+−–±▲▼△▽↑↓]?\s?(?:US|RMB|CN|HK)?[$¥£€￥]?\s?\d[\d,，.．]*(?:[ \u00a0\u2009\u202f]\d{3})*(?:[.,]\d+)?"
    r"\s?(?:[%％‰]|[a-z]{1,2}|[\u4e00-\u9fff]{1,2})?[)）\]]?[*†‡§]{0,3}",
)
_AMOUNT = re.compile(
    r"(?:[a-z]{2,10}(?: [a-z]{2,6})? |[\u4e00-\u9fff]{1,3})?[\d,.]*\d(?: ?[a-z]{2,9}){1,2}"
    r"|[\u4e00-\u9fff]{0,3}[\d,.]*\d[\u4e00-\u9fff]{0,5}"
)
_MISSING = re.compile(r"[-–—−‒]{1,4}|\.{2,3}|…{1,2}|n\.?\s?[ad]\.?|n/a|[x*/]|\[[a-z]\]|:", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-–/.]\s?\d{1,4}|\.\d\d?)?\s?年?(?:\d{1,2}月)?|\d{1,2}月|[QH][1-4]")
_CAPTION = re.compile(r"(?:附表|续表|表|table|tab\.|exhibit|annex table)\s?\d|(?:附表|续表)(?:\s|$)", re.IGNORECASE)
_UNIT = re.compile(r"[(（]?\s?(?:计量单位|計量單位|单位|單位|units?)\s?[:：]", re.IGNORECASE)
_NUMBERED = re.compile(r"\d{1,2}\s[^\d\s].{8}")
"""A note whose number is no longer raised."""
_CONTINUED = re.compile(r"续表|续[)）]?$|\bcont(?:inued|'d|\.)", re.IGNORECASE)
_LEADERS = re.compile(r"\.{4,}|(?:\. ){4,}|…{3,}|·{4,}|_{4,}")
_LEADING = ("....", ". . .", "………", "··", "____")
_SENTENCE = re.compile(r"[。！？；，,;:：.!?]['\"”’」』)）]*$")
_ITEM = re.compile(
    r"(?:[-*•·>–—▪◆◇■□●○★☆✓✔➤►※\uf000-\uf0ff][ \u3000]?|\d{1,2}[.)．、]\s?(?!\d)|[(（]\d{1,2}[)）]|[①-⑳])(?=\S)"
)


def is_value(text: str) -> bool:
    """Return whether the text is a number, perhaps with a sign or a short unit, or stands for a missing one.

    >>> [is_value(text) for text in ("1,032", "73.0%", "(2.5)", "1 162", "–", "n.a.", "Users", "748 urban")]
    [True, True, True, True, True, True, False, False]
    """
    return len(text) <= LONGEST and _is_value(text)


def is_amount(text: str) -> bool:
    """Return whether the text is a value, or a number with the words of its unit or hedge: the cell of a table.

    >>> [is_amount(text) for text in ("73.0%", "about 2.8 million", "约284.4万个", "Users", "5G base")]
    [True, True, True, False, False]
    """
    return len(text) <= LONGEST and (_is_value(text) or _AMOUNT.fullmatch(text) is not None)


@lru_cache(maxsize=8_192)
def _is_value(text: str) -> bool:
    return (_VALUE.fullmatch(text) or _MISSING.fullmatch(text)) is not None


def is_missing(text: str) -> bool:
    """Return whether the text stands for a number that is not there."""
    return _MISSING.fullmatch(text) is not None


def is_year(text: str) -> bool:
    """Return whether the text may be a period rather than a value: 2021, 2021.12, 2021年, Q1."""
    return _YEAR.fullmatch(text) is not None


def is_caption(text: str) -> bool:
    """Return whether the line is the numbered title of a table: 表1, Table 2.3."""
    return _CAPTION.match(text) is not None


def is_unit_line(text: str) -> bool:
    """Return whether the line gives the unit of a table: 单位：万人."""
    return _UNIT.match(text) is not None


def is_note(text: str) -> bool:
    """Return whether the line under a table explains it."""
    return notes.is_note(text) or _NUMBERED.match(text) is not None


def is_continued(text: str) -> bool:
    """Return whether a title says that its table began on an earlier page."""
    return _CONTINUED.search(text) is not None


def is_item(text: str) -> bool:
    """Return whether the line is an item of a list."""
    return _ITEM.match(text) is not None


def ends_sentence(text: str) -> bool:
    """Return whether the text ends with a mark that no title ends with."""
    return _SENTENCE.search(text) is not None


def has_leaders(line: Line) -> bool:
    """Return whether dots lead across the line, as in a table of contents."""
    text = line.text
    return any(mark in text for mark in _LEADING) and _LEADERS.search(text) is not None
