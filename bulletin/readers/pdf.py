"""PDF reports: paragraphs in reading order and tables, ruled or not, each with the page it stands on."""

from typing import Any

from bulletin.content import Content
from bulletin.errors import ReaderError
from bulletin.limits import DEFAULTS, Limits
from bulletin.model import Metadata

SUFFIXES = (".pdf",)
MEDIA_TYPE = "application/pdf"
_START = 1024
"""Bytes before which a PDF says that it is one; mail gateways put lines of their own in front."""


def read(data: bytes, metadata: Metadata, limits: Limits = DEFAULTS) -> Content:
    """Return the text and tables of the pages; pages that are pictures are told in `notes`.

    Raises:
        ReaderError: the bytes are no PDF, are damaged, need a password, or hold more than is read.
    """
    from bulletin.pdf.report import content_of

    if b"%PDF-" not in data[:_START]:
        raise ReaderError(
            f"not a PDF: it does not say %PDF- within its first {_START:,} bytes; it may be another format under this "
            "name (a web page in place of the file is common): fetch it again"
        )
    document = _open(data)
    try:
        return content_of(_pages(document))
    finally:
        document.close()


def _open(data: bytes) -> Any:
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        # PDFium keeps the error of an earlier file where it has none of its own to tell.
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD and b"/Encrypt" in data:
            raise ReaderError(
                "the PDF is encrypted and opens with a password only: save a copy without one and put that into raw/"
            ) from error
        whole = b"%%EOF" in data[-_START:]
        raise ReaderError(
            "the PDF is damaged: its objects cannot be found"
            if whole
            else "the PDF is cut off: its end (%%EOF) is missing, so it was not fetched whole; fetch it again"
        ) from error
    return document


def _pages(document: Any) -> list[Any]:
    import pypdfium2

    from bulletin.pdf import limits
    from bulletin.pdf.loading import page_of

    count = len(document)
    if count > limits.PAGES:
        raise ReaderError(f"{count:,} pages are more than the {limits.PAGES:,} that are read of one PDF: split it")
    if not count:
        raise ReaderError("the PDF has no pages")
    pages = []
    characters = 0
    for index in range(count):
        try:
            source = document[index]
        except pypdfium2.PdfiumError as error:
            raise ReaderError(f"page {index + 1} of {count:,} cannot be read: the PDF is damaged") from error
        page = page_of(source, index + 1)
        source.close()
        pages.append(page)
        characters += sum(len(piece.text) for piece in page.pieces)
        if characters > limits.ALL_CHARACTERS:
            raise ReaderError(
                f"the first {index + 1:,} pages have more than the {limits.ALL_CHARACTERS:,} characters that are read "
                "of one PDF: split it"
            )
    return pages
