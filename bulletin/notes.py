"""Notes: the signs that point to them, and the lines that they stand in, as every reader knows them.

Readers work without the catalogue, in a process that must start at once; so the words that such a line begins with
stand here, and not in a language's file.
"""

import re

SIGNS = "*†‡§¶#※"
CIRCLED = "①-⑳"
SUPERSCRIPTS = "¹²³⁰⁴-⁹"
"""Signs of notes, each the inside of a class of characters; letters and digits are some where they are raised."""
LONGEST = 120
"""Characters of the signs behind one word."""
_NUMBERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

_MARK = re.compile(
    rf"[\s,，、+\-\[\](){{}}（）【】〔〕{SIGNS}{CIRCLED}注]*"
    r"(?:(?<!\d)\d{1,3}[\s,，、+\-\[\](){}（）【】〔〕]*)*[a-z]?[\s\])}）】〕]*",
    re.IGNORECASE,
)
"""1, [2], [1][2], *, a, 注1, and a lone bracket that a change of font leaves; the letters of 1st are none."""
_ONE = re.compile(rf"\d+|[A-Za-z]+|[{SIGNS}]+|[{CIRCLED}]")
_SQUARE = re.compile(r"(?:^|[^A-Za-z])(?:[ckmd]?m|ft|CO|[千平公]?米)\Z", re.IGNORECASE)
_TEN = re.compile(r"(?<![\d.,])10\Z")
_EXPONENT = re.compile(r"-\d{1,2}|[3-9]|1[0-8]")
"""What a power of ten has that counts something; 10 with a 1 or 2 is ten with a note."""

_NAME = (
    "注|註|附注|附註|备注|備註|说明|說明|资料来源|資料來源|数据来源|數據來源|来源|來源"
    r"|notes?|sources?|remarks?|n\.b"
)
_LINE = re.compile(
    rf"(?:{_NAME})\s*(?:\d{{0,2}}\s*[:：.]|\d|[{CIRCLED}])"
    rf"|[*†‡§¶※]{{1,3}}\s*\S|#{{1,3}}\s+\S|[\[【(（]?\d{{1,2}}[\])）】]\s?\S|[{CIRCLED}{SUPERSCRIPTS}]\s*\S",
    re.IGNORECASE,
)
_LOOSELY = re.compile(rf"\d{{1,2}}[.、]?\s|(?:{_NAME})(?![A-Za-z])", re.IGNORECASE)


def is_note_mark(sign: str, before: str = "") -> bool:
    """Return whether a raised sign behind the text `before` points to a note.

    >>> is_note_mark("1", "109,225"), is_note_mark("st", "1"), is_note_mark("2", "50 km")
    (True, False, False)
    """
    sign = sign.translate(_NUMBERS).strip()
    if not sign or len(sign) > LONGEST:
        return False
    return _MARK.fullmatch(sign) is not None and not _is_power(sign, before)


def _is_power(sign: str, before: str) -> bool:
    """Whether a raised digit makes another unit or number of what stands before it: m², km², 10⁸.

    >>> _is_power("8", "10"), _is_power("1", "2010"), _is_power("1", "10")
    (True, False, False)
    """
    before = before.rstrip()
    if sign in ("2", "3") and _SQUARE.search(before):
        return True
    return bool(_TEN.search(before) and _EXPONENT.fullmatch(sign))


def marks_of(sign: str) -> tuple[str, ...]:
    """Return the marks in a raised sign, without their brackets.

    >>> marks_of("[1][2]"), marks_of("1, 2"), marks_of("*"), marks_of("注1")
    (('1', '2'), ('1', '2'), ('*',), ('1',))
    """
    return tuple(_ONE.findall(sign.translate(_NUMBERS)))


def is_note(line: str) -> bool:
    """Return whether the line explains the table above it: `注：`, `Source:`, `* estimated`, `[1] ...`."""
    return _LINE.match(line.strip()) is not None


def may_be_note(line: str) -> bool:
    """Return whether a line right below a table may explain it, though it needs not: `1 Preliminary`, `来源 年鉴`."""
    return is_note(line) or _LOOSELY.match(line.strip()) is not None
