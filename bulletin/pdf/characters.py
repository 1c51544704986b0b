"""Characters of a page's text layer: which are no ink, which stand for others, how words are joined."""

import re
import unicodedata

_SUPPLEMENT: dict[int, int] = str.maketrans(
    "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
)
_RADICALS = {
    code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0x2F00, 0x2FD6), *range(0xFB00, 0xFB07))
}
_REPLACED: dict[int, int | str] = {
    **_SUPPLEMENT,
    **_RADICALS,
    0x02: "-",
    0xFFFE: "-",
    0xAD: "",
    0xFEFF: "",
    0x200B: "",
    0: "",
}
"""Fonts that share a glyph between a character and a radical make browsers print ⼈ (U+2F08) for 人; ligatures; and
the signs by which PDFium tells a hyphen at the end of a line."""
_CJK = "\u2e80-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_PUNCTUATED = re.compile("(?<=[（【《「『“]) | (?=[，。、；：？！）】》」』”])")
"""Browsers set Chinese punctuation narrow, which looks like a space beside it."""
_SPACED = re.compile(r"(?:[\u4e00-\u9fff] )+[\u4e00-\u9fff]")
IS_CJK = re.compile(rf"[{_CJK}]")


def clean(text: str) -> str:
    """Return the text on one line, with characters that only stand for others made plain."""
    text = " ".join(text.translate(_REPLACED).split())
    return text if text.isascii() or " " not in text else _PUNCTUATED.sub("", text)


def join(before: str, after: str) -> str:
    """Return two pieces of a sentence as one: a hyphen at the end stays, Chinese takes no space.

    >>> join("the full-", "time staff"), join("网民", "规模"), join("1.2", "万人")
    ('the full-time staff', '网民规模', '1.2万人')
    >>> join("users of", "2021")
    'users of 2021'
    """
    if not before or not after:
        return before + after
    tight = (before[-1] == "-" and len(before) > 1 and before[-2].isalnum()) or (
        IS_CJK.match(before[-1]) is not None or IS_CJK.match(after[0]) is not None
    )
    return before + after if tight else f"{before} {after}"


def unspaced(text: str) -> str:
    """Return the text of a cell without the spaces that spread a Chinese word over it.

    >>> unspaced("指 标"), unspaced("网民 规模"), unspaced("5G 用户")
    ('指标', '网民 规模', '5G 用户')
    """
    return text.replace(" ", "") if " " in text and _SPACED.fullmatch(text) else text
