"""Raised signs of notes, and pieces that only a change of font parts."""

import re
from collections.abc import Iterable
from dataclasses import replace

from bulletin.notes import CIRCLED, SUPERSCRIPTS, is_note_mark, marks_of
from bulletin.pdf.characters import IS_CJK
from bulletin.pdf.glyphs import GAP, SMALLER
from bulletin.pdf.shapes import Piece

_TRAILING = re.compile(rf"(?<=[\d%％)）一-鿿])\s?([{SUPERSCRIPTS}]+|[†‡§※{CIRCLED}]+|\*{{1,3}})$")
_LENGTH = re.compile(r"(?<![a-z])(?:[kcmd]?m|ft)$|[米]$", re.IGNORECASE)
_POWERS = {"2": "²", "3": "³"}
RAISED = 0.12
"""A sign whose foot stands this share of the height above that of its word is raised."""
SPACE = 0.18
"""A gap of this share of the height between two fonts is a space."""


def settle(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces with raised signs as marks of the word before them, and with changes of font mended."""
    found: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if found and _adjoins(found[-1], piece):
            found[-1] = _joined(found[-1], piece)
        else:
            found.append(piece)
    return found


def _adjoins(before: Piece, piece: Piece) -> bool:
    height = max(before.size, piece.size)
    if not -0.6 * height <= piece.left - before.right <= GAP * min(height, 1.3 * piece.size):
        return False
    return piece.top < before.bottom - 0.3 * piece.size and piece.bottom > before.top + 0.3 * piece.size


def _joined(before: Piece, piece: Piece) -> Piece:
    gap = piece.left - before.right
    box = {
        "right": max(before.right, piece.right),
        "top": min(before.top, piece.top),
        "bottom": max(before.bottom, piece.bottom),
    }
    small = piece.size < SMALLER * before.size
    if small and before.bottom - piece.bottom > RAISED * before.size and gap < 0.35 * before.size:
        if _LENGTH.search(before.text) and piece.text in _POWERS:
            return replace(before, text=before.text + _POWERS[piece.text], right=piece.right)
        if _is_mark(piece.text):
            return replace(before, right=piece.right, marks=(*before.marks, *marks_of(piece.text)))
    leading = before.size < SMALLER * piece.size and _is_mark(before.text)
    space = " " if gap > SPACE * max(before.size, piece.size) or leading else ""
    edges = (*(before.edges or ((before.left, before.right),)), *(piece.edges or ((piece.left, piece.right),)))
    if not space:
        inner = len(before.edges or (0,))
        edges = (*edges[: inner - 1], (edges[inner - 1][0], edges[inner][1]), *edges[inner + 1 :])
    return Piece(
        before.text + space + piece.text,
        before.left,
        box["top"],
        box["right"],
        box["bottom"],
        max(before.size, piece.size),
        before.marks + piece.marks,
        edges if len(edges) > 1 else (),
    )


def _is_mark(text: str) -> bool:
    """Whether the text is a whole mark; where nothing but a change of font parts pieces, a comma is none."""
    return is_note_mark(text) and bool(marks_of(text))


def without_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a cell's text without the raised characters at its end, and these.

    >>> without_marks("109,225¹"), without_marks("km²"), without_marks("1,032*")
    (('109,225', ('1',)), ('km²', ()), ('1,032', ('*',)))
    """
    if not text or (text[-1].isascii() and text[-1] != "*"):
        return text, ()
    match = _TRAILING.search(text)
    if not match or (IS_CJK.match(text[match.start() - 1]) and text[: match.start()].endswith("米")):
        return text, ()
    return text[: match.start()].rstrip(), marks_of(match[1])
