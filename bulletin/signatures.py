"""What a file is by its bytes, where its name says otherwise: an .xls that is a web page, a .doc that is a .docx.

Web sites export tables as HTML or text under a spreadsheet's name, and servers send an error page for a file.
"""

import re
from collections import Counter

from bulletin.errors import ReaderError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Begins what Office wrote before 2007, and what it encrypts today."""
_PAGE = re.compile(
    rb"(?:<\?xml[^>]*\?>\s*)?(?:<!--[^>]*-->\s*)?<(?:!doctype\s+html|html|head|body|meta|table|style)\b", re.IGNORECASE
)
_WHOLE_PAGE = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_SHEETS = frozenset({".xls", ".xlsx", ".xlsm", ".ods"})
_TEXTS = frozenset({".txt", ".text", ".csv", ".tsv"})
_MARKUP = frozenset({".md", ".markdown", ".html", ".htm", ".xhtml"})
_START = 4096
"""Bytes that tell what a file is."""
_ROWS = 20
"""Lines of a text that tell whether it is a table."""


def actual_suffix(data: bytes, suffix: str) -> str:
    """Return the file name ending that fits the bytes; the one that the file has where they do not say otherwise.

    Raises:
        ReaderError: the file is encrypted, or of a kind that is never read, and what to do about it.
    """
    if data.startswith(b"PK\x03\x04"):
        return _office(data) or suffix
    if data.startswith(_OLE):
        return _old_office(data)
    head = _head(data)
    if head.startswith(b"%PDF-"):
        return ".pdf"
    if suffix not in _MARKUP and _PAGE.match(head) and (suffix not in _TEXTS or _WHOLE_PAGE.search(head)):
        return ".html"
    if suffix in _SHEETS:
        _refuse_exports(head)
        return ".csv" if _is_table(head) else suffix
    return suffix


def _office(data: bytes) -> str:
    """Return what an office package holds, by the names of its members; "" where it is another archive."""
    if b"word/document.xml" in data:
        return ".docx"
    if b"xl/workbook" in data:
        return ".xlsx"
    return ".ods" if b"application/vnd.oasis.opendocument.spreadsheet" in data[:200] else ""


def _old_office(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ReaderError("it is encrypted with a password: save it without one")
    if "WordDocument".encode("utf-16-le") in data:
        raise ReaderError("it is a Word document of before 2007 (.doc), which is not read: save it as .docx")
    if "PowerPoint Document".encode("utf-16-le") in data:
        raise ReaderError("it is a PowerPoint presentation of before 2007, which is not read: save its tables as .xlsx")
    return ".xls"


def _head(data: bytes) -> bytes:
    """Return the beginning of the file without a byte order mark and white space, UTF-16 as UTF-8."""
    head = data[:_START]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()


def _refuse_exports(head: bytes) -> None:
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise ReaderError("it is an XML spreadsheet of 2003, which is not read: save it as .xlsx")
    if head[:13].lower() == b"mime-version:":
        raise ReaderError("it is a web archive (MHTML), which is not read: save it as .xlsx or .html")


def _is_table(head: bytes) -> bool:
    """Whether the bytes are lines that one sign divides into the same number of cells."""
    if b"\0" in head:
        return False
    lines = [line for line in head.splitlines()[:_ROWS] if line.strip()]
    for mark in (b"\t", b",", b";"):
        width, rows = Counter(line.count(mark) for line in lines).most_common(1)[0] if lines else (0, 0)
        if width and rows > 1 and 2 * rows > len(lines):
            return True
    return False
