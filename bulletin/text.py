"""Text made easy to read without moving a character: every offset stays true."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from bulletin.model import Document

if TYPE_CHECKING:
    from opencc import OpenCC

_FULL_WIDTH = {
    **{chr(ord("０") + i): str(i) for i in range(10)},
    **dict(zip("％．＋－／＄￥＃＆～", "%.+-/$¥#&~", strict=True)),
    **{chr(ord("Ａ") + i): chr(ord("A") + i) for i in range(26)},
    **{chr(ord("ａ") + i): chr(ord("a") + i) for i in range(26)},
    **dict.fromkeys("\u00a0\u3000\u2002\u2003\u2009\u202f\u2007", " "),
    **dict.fromkeys("\u2010\u2011\u2212", "-"),
    "\u2019": "'",
}
_ODD = re.compile(f"[{''.join(map(re.escape, _FULL_WIDTH))}]")
_NO_BREAK = "\u00a0\u2007\u2009\u202f"
_LINK = re.compile(r"\]\([^)\n]{0,500}\)(?:\s?\{[^}\n]{0,40}\})?|!?\[(?=[^\]\n]{0,300}\]\()|\[\^?\d{1,3}\](?!\()")
"""Mark-up of a link around its words, and the number of a footnote."""
_FIRST = r"\d(?<![A-Za-z0-9_.,].)\d{0,2}"
"""The first group of a number; begins with the digit, so that nothing is tried elsewhere."""
_GROUPED = re.compile(rf"{_FIRST}(?:[ {_NO_BREAK}]\d{{3}})+(?!\d)")
_MANY_GROUPS = re.compile(rf"{_FIRST}(?: \d{{3}}){{2,}}(?![\d.,])")
"""A text that prints 7 534 200 so prints 36 700 too."""
_GROUP_SPACES = dict.fromkeys(map(ord, " " + _NO_BREAK), ",")
_ARROW = re.compile(r"[↑▲⬆△↓▼⬇▽] ?(?=\d)")
_DOWN = "↓▼⬇▽"
"""An arrow before a number is its sign."""
_TAIWAN = {
    "网路": "网络",
    "影音": "视频",
    "线上": "在线",
    "资讯": "信息",
    "行动电话": "移动电话",
    "行动通信": "移动通信",
    "行动支付": "移动支付",
    "行动上网": "移动上网",
    "行动网": "移动网",
    "行动宽带": "移动宽带",
}
"""Words of Taiwan for what the mainland calls otherwise, of the same length."""
_TAIWAN_WORDS = re.compile("|".join(sorted(_TAIWAN, key=len, reverse=True)))
_YEAR = re.compile("[一二][〇○零Ｏ一二三四五六七八九]{3}(?=年)")
_DIGITS = str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,300}>|&nbsp;")
_BLOCK_TAG = re.compile(r"</?(?:p|br|div|li|tr|h[1-6]|table|ul|ol)\b", re.IGNORECASE)
_FORMULA = re.compile(r"\$[\d .,\\%+-]{2,40}(?:\^ ?\{[^{}$\n]{0,40}\} ?)?\$")
_SYMBOLS = re.compile(r"\$[^$\n]{0,80}\\(?:mathrm|text|mathbf|dag|alpha|beta|times)[^$\n]{0,80}\$")
"""A formula with letters in it is no number of a statistic."""
_GAP = re.compile(r"(?<=[\d.,]) +(?=[\d.,%])")
_TORN = re.compile(r"(?<=\d) (?=\. \d)|(?<=\d \.) (?=\d)")
JOINER = "\u2060"
"""Stands for the space inside a torn number, 6 . 88 or $5 4 . 3$, where only one reading is possible."""
_EMPHASIS = re.compile(r"\*\*|__")
_SENTENCE_END = re.compile(
    # It begins with the mark, so that nothing is tried elsewhere.
    r"[。！？!；;\n?.](?:"
    # A question mark before a letter belongs to an address: /list?page=5.
    r"(?:(?<=[。！？!；;\n])|(?<=\?)(?![A-Za-z_]))(?:[。！？!；;\n]|\?(?![A-Za-z_]))*[”’」』\"']?"
    # A full stop ends a sentence before a capital, unless it stands in an abbreviation: U.S., No., vs.
    r"|(?<=\.)(?<!\b[A-Z]\.)(?<!\bNo\.)(?<!\bvs\.)(?<!\bFig\.)(?<!\bapprox\.)(?<!\bal\.)(?<!\bcf\.)(?<!\b[DM]r\.)"
    r"(?<!\bMs\.)(?<!\bSt\.)"
    r"[”\"')]?(?=\s+(?:[\"“‘'(]|\.(?=[A-Z]))?[A-Z\u4e00-\u9fff]|\s*$)"
    r"|(?<=[a-z]{3}\.)(?<!\bapprox\.)(?=\s+\d)|(?<=[a-z]\)\.)(?=\s+\d)"
    # Before a number, where what it closes is whole: "... in 2020. 2.7 billion", "by 4.2%. 30 million".
    r"|(?<=\b(?:19|20)\d\d\.)(?=\s+\d(?!\d?\.\s))|(?<=[%)]\.)(?=\s+\d)"
    r")"
)

LONGEST = 2_000
"""Characters of a sentence; what is longer is cut at a comma or space, so that work grows with the text alone."""


def normalise(text: str) -> str:
    """Return the text, of the same length, with full-width forms, odd spaces and mark-up made plain.

    Each character becomes one character, so that an offset in the result is an offset in the text.

    >>> normalise("达９９６万个，占１２．５％")
    '达996万个，占12.5%'
    >>> normalise("a&nbsp;b<b>c</b>")
    'a      b   c    '
    >>> normalise("二○二四年十一月")
    '2024年十一月'
    """
    if _GROUPED.search(text):
        text = _GROUPED.sub(_grouped_all if _MANY_GROUPS.search(text) else _grouped, text)
    if not text.isascii():
        for character in set(_ODD.findall(text)):
            text = text.replace(character, _FULL_WIDTH[character])
        text = simplified(text)
        text = _YEAR.sub(lambda year: year[0].translate(_DIGITS), text)
        text = _ARROW.sub(_signed, text)
    if "<" in text or "&" in text:
        text = _TAG.sub(_blank, text)
    if "](" in text or "[" in text:
        text = _LINK.sub(lambda mark: " " * len(mark[0]), text)
    if "**" in text or "__" in text:
        text = _EMPHASIS.sub("  ", text)
    if "$" in text:
        text = _SYMBOLS.sub(lambda formula: " " * len(formula[0]), text)
        text = _FORMULA.sub(_plain_formula, text)
    if " . " in text:
        text = _TORN.sub(_joined, text)
    return text


def _grouped(number: re.Match[str]) -> str:
    """Return groups of three as one number, 1,032,000, if the spaces do not break or a group cannot stand alone."""
    joined = " 0" in number[0] or number[0].count(" ") > 1 or any(space in number[0] for space in _NO_BREAK)
    return number[0].translate(_GROUP_SPACES) if joined else number[0]


def _signed(arrow: re.Match[str]) -> str:
    return ("-" if arrow[0][0] in _DOWN else "+").rjust(len(arrow[0]))


def _grouped_all(number: re.Match[str]) -> str:
    """Return groups of three as one number, in a text that groups by spaces; a year before a number stays alone."""
    return number[0].translate(_GROUP_SPACES)


@lru_cache(maxsize=1)
def _converter() -> "OpenCC":
    from opencc import OpenCC

    return OpenCC("t2s")  # character by character; the phrase tables of the other settings change lengths


def simplified(text: str) -> str:
    """Return the text with traditional characters as simplified ones, and Taiwan's words as the mainland's.

    It is as it was where that would move a character.

    >>> simplified("行動電話"), simplified("來臺")
    ('移动电话', '来台')
    """
    simple: str = _converter().convert(text)
    return _TAIWAN_WORDS.sub(lambda word: _TAIWAN[word[0]], simple if len(simple) == len(text) else text)


def _plain_formula(formula: re.Match[str]) -> str:
    """Return a number set as a formula, `$5 4 . 3 \\%$`, with its marks blanked and its digits joined."""
    return " " + _GAP.sub(_joined, formula[0][1:-1].replace("\\", " ")) + " "


def _joined(gap: re.Match[str]) -> str:
    return JOINER * len(gap[0])


def view(document: Document) -> str:
    """Return the document's text normalised, each block on one line: a line broken in mid-sentence is made whole."""
    text = document.text
    pieces, at = [], 0
    for block in document.blocks:
        end = block.start + len(text[block.start : block.end].rstrip("\n"))
        pieces += [text[at : block.start], text[block.start : end].replace("\n", " ")]
        at = end
    return normalise("".join(pieces) + text[at:])


def _blank(tag: re.Match[str]) -> str:
    lead = "\n" if _BLOCK_TAG.match(tag[0]) else " "
    return lead + " " * (len(tag[0]) - 1)


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each sentence of `text[start:end]`, without the white space around it.

    >>> s = "It grew 1.5%. By 2021 it fell. 占3.5％。"
    >>> [s[a:b] for a, b in sentences(s)]
    ['It grew 1.5%.', 'By 2021 it fell.', '占3.5％。']
    """
    end = len(text) if end is None else end
    at = start
    for match in _SENTENCE_END.finditer(text, start, end):
        yield from _cut(text, at, match.end())
        at = match.end()
    yield from _cut(text, at, end)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentence, in pieces where no person would have written it in one."""
    while end - start > LONGEST:
        middle = max(text.rfind(mark, start, start + LONGEST) for mark in ", ，、") + 1
        middle = middle if middle > start else start + LONGEST
        yield from _trimmed(text, start, middle)
        start = middle
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
