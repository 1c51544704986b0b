"""Raised signs: which belong to notes, and so are no part of the number or word that they stand behind."""

import re

_NOTE = re.compile(r"[\s\d\[\](){}（）【】〔〕,，、*†‡§¶#+-]*[a-z]?[\s\])}）】〕]*", re.IGNORECASE)
"""1, [2], *, a; the letters of 1st are none."""
_POWER = re.compile(r"(?:^|[^A-Za-z])(?:[ckmd]?m|10|CO|[千平公]米)\Z", re.IGNORECASE)
"""What a raised digit makes another unit or number of: m², km², 10⁸."""


def is_note_mark(sign: str, before: str) -> bool:
    """Return whether a raised sign behind the text `before` points to a note.

    >>> is_note_mark("1", "109,225"), is_note_mark("st", "1"), is_note_mark("2", "50 km")
    (True, False, False)
    """
    if not sign.strip() or not _NOTE.fullmatch(sign):
        return False
    return not (sign.strip().lstrip("-").isdigit() and _POWER.search(before.rstrip()))


def marks_of(sign: str) -> tuple[str, ...]:
    """Return the marks in a raised sign, without their brackets.

    >>> marks_of("[1][2]"), marks_of("1, 2"), marks_of("*")
    (('1', '2'), ('1', '2'), ('*',))
    """
    return tuple(re.findall(r"\d+|[A-Za-z]+|[*†‡§¶#]+", sign))
