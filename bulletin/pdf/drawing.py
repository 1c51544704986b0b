"""The straight lines that are drawn on a page, as far as they may be the rules of a table."""

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2.raw as pdfium

from bulletin.errors import ReaderError
from bulletin.pdf import limits

THIN = 2.6
"""Points that a line may be thick; programs draw lines as thin filled boxes, too."""
SHORTEST = 4.0
"""Points that a line must be long."""
PICTURE = 200
"""Drawn objects of a page without text that are likely its letters."""

Segment = tuple[float, float, float, float]
"""left, bottom, right, top in the page's own axes."""
Matrix = tuple[float, float, float, float, float, float]
_UPRIGHT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def segments(page: Any, number: int) -> tuple[list[Segment], bool]:
    """Return the thin boxes and strokes of the page, and whether it shows pictures, or shapes enough for one.

    A page with more lines than any table's is a drawing: its lines are left out.

    Raises:
        ReaderError: the page has more drawn objects than are looked at.
    """
    found: list[Segment] = []
    pictures = seen = 0
    corner = tuple(ctypes.c_float() for _ in range(4))
    for drawn, matrix in _objects(page):
        seen += 1
        if seen > limits.OBJECTS:
            raise ReaderError(
                f"page {number} has more than {limits.OBJECTS:,} drawn objects, which is the limit for one page"
            )
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures += 1
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and len(found) <= limits.RULES:
            found += (_moved(segment, matrix) for segment in _strokes(drawn, corner))
    return (found if len(found) <= limits.RULES else []), pictures > 0 or seen > PICTURE


def _objects(page: Any) -> Iterator[tuple[Any, Matrix]]:
    """Yield the page's objects, those of its forms included, each with the matrix of its form."""
    stack = [_listed(pdfium.FPDFPage_CountObjects(page), page, pdfium.FPDFPage_GetObject, _UPRIGHT)]
    while stack:
        found = next(stack[-1], None)
        if found is None:
            stack.pop()
            continue
        drawn, matrix = found
        yield found
        if pdfium.FPDFPageObj_GetType(drawn) == pdfium.FPDF_PAGEOBJ_FORM and len(stack) < limits.DEPTH:
            count = pdfium.FPDFFormObj_CountObjects(drawn)
            stack.append(_listed(count, drawn, pdfium.FPDFFormObj_GetObject, _within(drawn, matrix)))


def _listed(count: int, parent: Any, get: Callable[[Any, int], Any], matrix: Matrix) -> Iterator[tuple[Any, Matrix]]:
    return ((get(parent, index), matrix) for index in range(max(0, count)))


def _within(form: Any, outer: Matrix) -> Matrix:
    own = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(form, own):
        return outer
    a, b, c, d, e, f = outer
    return (
        own.a * a + own.b * c,
        own.a * b + own.b * d,
        own.c * a + own.d * c,
        own.c * b + own.d * d,
        own.e * a + own.f * c + e,
        own.e * b + own.f * d + f,
    )


def _moved(segment: Segment, matrix: Matrix) -> Segment:
    if matrix is _UPRIGHT:
        return segment
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = segment
    xs, ys = (a * x0 + c * y0 + e, a * x1 + c * y1 + e), (b * x0 + d * y0 + f, b * x1 + d * y1 + f)
    return min(xs), min(ys), max(xs), max(ys)


def _strokes(path: Any, corner: tuple[Any, ...]) -> Iterator[Segment]:
    """Yield the lines of a path: itself where it is thin, the sides of a box that is drawn, each stroke of a grid."""
    if not pdfium.FPDFPageObj_GetBounds(path, *corner):
        return
    left, bottom, right, top = (side.value for side in corner)
    width, height = right - left, top - bottom
    if min(width, height) <= THIN:
        if max(width, height) >= SHORTEST:
            yield left, bottom, right, top
        return
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, filled, stroked)
    count = pdfium.FPDFPath_CountSegments(path)
    if not stroked.value and count <= 5:
        return  # a shade
    yield from _legs(path, count)


def _legs(path: Any, count: int) -> Iterator[Segment]:
    """Yield the straight level and upright legs of a path."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    begin = last = (0.0, 0.0)
    for index in range(min(count, 4 * limits.RULES)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        here = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begin = here
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _leg(last, here)
        last = here
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from _leg(here, begin)
            last = begin


def _leg(one: tuple[float, float], two: tuple[float, float]) -> Iterator[Segment]:
    left, right = sorted((one[0], two[0]))
    bottom, top = sorted((one[1], two[1]))
    if min(right - left, top - bottom) <= THIN / 2 and max(right - left, top - bottom) >= SHORTEST:
        yield left, bottom, right, top
