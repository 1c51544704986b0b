"""From a page's characters, as PDFium gives them, to pieces of text."""

import ctypes
import re
from collections import deque
from collections.abc import Iterable
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from bulletin.errors import ReaderError
from bulletin.pdf import limits
from bulletin.pdf.characters import IS_CJK, clean
from bulletin.pdf.shapes import Piece

_SURROGATE = re.compile("[\ud800-\udfff]")
Boxes = np.ndarray[Any, np.dtype[np.float64]]
"""n x 4: left, top, right, bottom."""
Places = np.ndarray[Any, np.dtype[np.intp]]

GAP = 0.7
"""A gap of this share of the characters' height parts two pieces; a stretched space between words is about half."""
TOUCHING, TOUCHING_CJK = 0.1, 0.35
"""Characters with a gap of no more than this share of their height stand in one word, though PDFium gives a line end
between them: browsers write some fonts character by character. A space between words is at least 0.15."""
SMALLER, SHIFTED = 0.84, 0.3
"""Characters of less than this share of the height, or shifted by this share of it, are a piece of their own: raised
signs have about 0.6 to 0.8 of the size."""


def _plain(function: Any, third: Any = ctypes.c_void_p) -> Any:
    """Return a function of PDFium that takes addresses as numbers: one call a character must not make objects."""
    arguments = (ctypes.c_void_p, ctypes.c_int, third) if third else (ctypes.c_void_p, ctypes.c_int)
    return ctypes.CFUNCTYPE(ctypes.c_uint, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_box = _plain(pdfium.FPDFText_GetLooseCharBox)
_unicode = _plain(pdfium.FPDFText_GetUnicode, None)


def characters(text_page: Any, number: int) -> tuple[str, Boxes]:
    """Return the characters of a page and the box of each (in the page's own axes, y upwards).

    Raises:
        ReaderError: the page has more characters than are read of one.
    """
    count = text_page.count_chars()
    if count > limits.CHARACTERS:
        raise ReaderError(
            f"page {number} has {count:,} characters, more than the {limits.CHARACTERS:,} that are read of one page"
        )
    handle = ctypes.cast(text_page.raw, ctypes.c_void_p).value
    text = _text(text_page, handle, count)
    boxes = np.zeros((count, 4), np.float32)
    first = boxes.ctypes.data
    deque(map(_box, repeat(handle, count), range(count), range(first, first + 16 * count, 16)), maxlen=0)
    return text, boxes.astype(np.float64)


def _text(text_page: Any, handle: int | None, count: int) -> str:
    """Return the text, one character for each that has a box.

    All at once where that gives as many; PDFium leaves some out, and writes those beyond U+FFFF as two.
    """
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer).decode("utf-16-le", "surrogatepass")
    if written == count + 1 and len(text) == count + 1 and not _SURROGATE.search(text):
        return text[:count]
    codes = map(_unicode, repeat(handle, count), range(count))
    return "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)


def direction(boxes: Boxes) -> int:
    """Return how many quarter turns clockwise the page must be turned for most of its text to run to the right."""
    if len(boxes) < 2:
        return 0
    across = np.diff(boxes[:, 0] + boxes[:, 2])
    up = np.diff(boxes[:, 1] + boxes[:, 3])
    level = np.abs(across) > np.abs(up)
    votes = [level & (across > 0), ~level & (up > 0), level & (across < 0), ~level & (up < 0)]
    counts = [int(np.count_nonzero(vote)) for vote in votes]
    # A stack of Chinese characters runs down without being turned: it takes a clear majority.
    best = max(range(4), key=counts.__getitem__)
    return best if counts[best] > 2 * counts[0] else 0


def turned(boxes: Boxes, turns: int, width: float, height: float) -> Boxes:
    """Return boxes (left, top, right, bottom; y upwards) as seen on the turned page, y downwards from its top."""
    left, top, right, bottom = boxes.T
    sides = {
        0: (left, height - top, right, height - bottom),
        1: (bottom, left, top, right),
        2: (width - right, bottom, width - left, top),
        3: (height - top, width - right, height - bottom, width - left),
    }[turns]
    return np.column_stack(sides)


def pieces(text: str, boxes: Boxes, printed: Places) -> Iterable[Piece]:
    """Yield the pieces of the page in the order in which they were written, raised signs still on their own."""
    if not len(printed):
        return
    left, top, right, bottom = boxes[printed].T
    text, printed = _unbroken(text, printed, left[1:] - right[:-1], bottom - top, bottom + top)
    height = bottom - top
    taller = np.maximum(height[1:], height[:-1])
    gap = left[1:] - right[:-1]
    shift = np.abs(bottom[1:] + top[1:] - bottom[:-1] - top[:-1]) / 2
    smaller = np.minimum(height[1:], height[:-1]) < SMALLER * taller
    breaks = (gap > GAP * taller) | (gap < -0.6 * taller) | (shift > SHIFTED * taller) | smaller
    starts = np.flatnonzero(np.concatenate(([True], breaks)))
    words = np.flatnonzero(np.concatenate(([True], breaks | (np.diff(printed) > 1))))
    ends = np.append(starts[1:], len(printed)) - 1
    word_ends = np.append(words[1:], len(printed)) - 1
    edges = list(zip(left[words].tolist(), right[word_ends].tolist(), strict=True))
    first_word = np.searchsorted(words, starts).tolist()
    last_word = [*first_word[1:], len(edges)]
    tops, bottoms = np.minimum.reduceat(top, starts), np.maximum.reduceat(bottom, starts)
    lefts, rights = np.minimum.reduceat(left, starts), np.maximum.reduceat(right, starts)
    sizes = np.maximum.reduceat(height, starts)
    columns = (printed[starts], printed[ends] + 1, lefts, tops, rights, bottoms, sizes)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    for (begin, end, x0, y0, x1, y1, size), one, two in zip(rows, first_word, last_word, strict=True):
        inner = tuple(edges[one:two]) if two - one > 1 else ()
        yield Piece(clean(text[begin:end]), x0, y0, x1, y1, size, (), inner)


def _unbroken(text: str, printed: Places, gap: Boxes, height: Boxes, middle: Boxes) -> tuple[str, Places]:
    """Return text and places without the line ends inside words: what follows touches what stands before them."""
    taller = np.maximum(height[1:], height[:-1])
    near = (
        (np.diff(printed) > 1) & (np.abs(gap) <= TOUCHING_CJK * taller) & (np.abs(np.diff(middle)) < SHIFTED * taller)
    )
    cuts = []
    for at in np.flatnonzero(near).tolist():
        begin, end = int(printed[at]) + 1, int(printed[at + 1])
        chinese = IS_CJK.match(text[begin - 1]) or IS_CJK.match(text[end])
        if not text[begin:end].strip("\r\n") and (chinese or abs(gap[at]) <= TOUCHING * taller[at]):
            cuts.append((at, begin, end))
    if not cuts:
        return text, printed
    parts, last, moved = [], 0, np.zeros(len(printed), np.intp)
    for at, begin, end in cuts:
        parts.append(text[last:begin])
        moved[at + 1] = end - begin
        last = end
    return "".join([*parts, text[last:]]), printed - np.cumsum(moved)


def ink(text: str, boxes: Boxes) -> Places:
    """Return the places of the characters that are printed: no spaces, none without a box."""
    blank = np.fromiter(map(str.isspace, text), bool, len(text))
    solid = (
        np.isfinite(boxes).all(axis=1) & (np.abs(boxes[:, 3] - boxes[:, 1]) > 0.5) & (np.abs(boxes) < 1e5).all(axis=1)
    )
    return np.flatnonzero(~blank & solid)
