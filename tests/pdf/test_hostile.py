"""PDFs made to be hard to read: each ends within seconds, read or refused with the limit named."""

import time
import zlib
from collections.abc import Sequence
from contextlib import suppress

import pytest

from bulletin.errors import ReaderError
from bulletin.pdf import limits
from tests.samples import content

SECONDS = 20.0
"""Processor seconds that any of these may take: far above what they need, far below what an unbounded one does."""
_FONT = b"<</Font<</F 5 0 R>>>>"


def pdf(*objects: bytes) -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return b"%sxref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        out,
        size,
        table,
        size,
        len(out),
    )


def stream(data: bytes, more: bytes = b"") -> bytes:
    """Return a compressed stream."""
    packed = zlib.compress(data)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(packed), more, packed)


def page(drawing: bytes, resources: bytes = _FONT, *more: bytes) -> bytes:
    """Return a PDF of one page with this drawing; `more` objects are numbered from 6."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources%s>>" % resources,
        stream(drawing),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    )


def texts(size: int, places: Sequence[tuple[float, float, str]]) -> bytes:
    """Return a drawing of these texts."""
    shown = (b"1 0 0 1 %f %f Tm (%s) Tj " % (x, y, text.encode()) for x, y, text in places)
    return b"BT /F %d Tf %sET" % (size, b"".join(shown))


def form(drawing: bytes, inner: int) -> bytes:
    """Return a form that may draw the object of that number as /X."""
    about = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X %d 0 R>>>>" % inner
    return stream(drawing, about)


FORMS = b"<</XObject<</X 6 0 R>>/Font<</F 5 0 R>>>>"
LINE = b"0 0 m 100 0 l S "
TREE = [form(LINE + b"/X Do " * (12 if number < 11 else 0), min(number + 1, 11)) for number in range(6, 12)]
BLANK = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>>"

REFUSED = {
    "characters": (
        page(texts(1, [(10, at, "x" * 500) for at in range(200)])),
        f"page 1 has [\\d,]+ characters, more than the {limits.CHARACTERS:,} that are read of one page",
    ),
    "objects": (
        page(b"0 0 1 1 re f " * (limits.OBJECTS + 1)),
        f"page 1 has more than {limits.OBJECTS:,} drawn objects",
    ),
    "forms that draw forms": (page(b"/X Do", FORMS, *TREE), f"more than {limits.OBJECTS:,} drawn objects"),
    "pages": (
        pdf(
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%s]/Count 2001>>" % b" ".join(b"%d 0 R" % (at + 3) for at in range(2001)),
            *[BLANK] * 2001,
        ),
        f"2,001 pages are more than the {limits.PAGES:,} that are read of one PDF",
    ),
    "a loop of pages": (
        pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
        "page 1 of 1 cannot be read: the PDF is damaged",
    ),
    "no pages": (pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"), "damaged"),
}
READ = {
    "boxes": page(
        b"".join(b"%d %d 8 8 re S %d %d 8 4 re S " % (x, y, x, y) for x in range(0, 590, 20) for y in range(0, 790, 20))
    ),
    "lines": page(
        b"".join(b"%d %d m %d %d l S " % (at % 600, at % 800, at % 600, at % 800 + 20) for at in range(60_000))
    ),
    "a grid": page(
        b"".join(b"%d 0 m %d 800 l S 0 %d m 600 %d l S " % (at * 3, at * 3, at * 4, at * 4) for at in range(200))
        + texts(2, [(at * 3 + 1, down * 4 + 1, "7") for at in range(199) for down in range(0, 199, 2)])
    ),
    "values on one line": page(texts(1, [(3 * at, 10, "7") for at in range(20_000)])),
    "values everywhere": page(
        texts(3, [(6 * at + 1, 5 * down + 1, str(at)) for at in range(99) for down in range(100)])
    ),
    "words everywhere": page(
        texts(1, [(9 * at + 5, 1.2 * down, "abcdefgh") for at in range(60) for down in range(100)])
    ),
    "states saved without end": page(b"q " * 200_000 + texts(10, [(10, 10, "hi")]) + b"Q " * 200_000),
    "a form that draws itself": page(b"/X Do", FORMS, form(LINE + b"/X Do", 6)),
    "places far away": page(texts(10, [(1e30, 1e30, "far"), (10, 10, "near")]) + b"0 0 m 1e30 0 l S"),
    "objects in objects": pdf(
        b"<</Type/Catalog/Pages 2 0 R/X %s%s>>" % (b"[" * 100_000, b"]" * 100_000),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        BLANK,
    ),
    "a count that lies": pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 999999999>>", BLANK),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str) -> None:
    """A PDF with more than is read is refused, and the message names what and the limit."""
    data, message = REFUSED[name]
    start = time.process_time()
    with pytest.raises(ReaderError, match=message):
        content(data, "a.pdf")
    assert time.process_time() - start < SECONDS


def test_more_tables_than_a_page_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page with more tables than are read of one is refused with their number."""
    monkeypatch.setattr("bulletin.pdf.limits.TABLES", 1)
    rows = [
        (x, y, str(x + y) if x > 10 else "name") for top in (700, 400) for y in (top, top - 15) for x in (10, 90, 170)
    ]
    with pytest.raises(ReaderError, match="page 1 has more than the 1 tables that are read of one page"):
        content(page(texts(10, rows)), "a.pdf")


@pytest.mark.parametrize("name", READ)
def test_what_is_read_for_all_that(name: str) -> None:
    """A PDF that is odd, yet within the limits, is read in bounded time."""
    start = time.process_time()
    content(READ[name], "a.pdf")
    assert time.process_time() - start < SECONDS


def test_a_flipped_byte() -> None:
    """A PDF in which a byte was lost on the way is read or refused, never a crash."""
    data = page(texts(10, [(10, 700 - 14 * at, "Users rose to 5 million.") for at in range(20)]))
    for at in range(0, len(data), 7):
        damaged = bytearray(data)
        damaged[at] ^= 0xFF
        with suppress(ReaderError):
            content(bytes(damaged), "a.pdf")
