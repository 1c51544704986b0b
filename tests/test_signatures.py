"""Files whose names lie: what the bytes are decides which reader reads them."""

import pytest

from bulletin.errors import ReaderError
from bulletin.model import Metadata
from bulletin.readers import read
from bulletin.signatures import actual_suffix
from tests.packages import package, spreadsheet, word, workbook

PAGE = "<html><head><meta charset=gbk></head><body><table><tr><td>年份</td><td>万人</td></tr></table></body></html>"
ROWS = "指标\t2021年\n网民规模（万人）\t103195\n互联网普及率\t73.0%\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "name", "suffix"),
    [
        (PAGE.encode("gbk"), ".xls", ".html"),
        (b"\xef\xbb\xbf\n <!DOCTYPE html><p>x", ".xls", ".html"),
        (PAGE.encode("utf-16"), ".xls", ".html"),
        (b'<?xml version="1.0"?>\n<!-- x --><html>', ".xls", ".html"),
        (b"<table><tr><td>5", ".xls", ".html"),
        (b"<!doctype html><p>404", ".pdf", ".html"),
        (b"<html>", ".csv", ".html"),
        (b"<html>", ".txt", ".html"),
        (b"<table>", ".txt", ".txt"),
        (b"<html>", ".md", ".md"),
        (b"<html>", ".htm", ".htm"),
        (ROWS.encode("gbk"), ".xls", ".csv"),
        (ROWS.encode("utf-16"), ".xls", ".csv"),
        (b"a,b\n1,2\n", ".xlsx", ".csv"),
        (b"5 million users, in all", ".xls", ".xls"),
        (b"a,b\n1,2\n", ".pdf", ".pdf"),
        (workbook(), ".xls", ".xlsx"),
        (workbook(), ".txt", ".xlsx"),
        (word(""), ".doc", ".docx"),
        (word(""), ".xlsx", ".docx"),
        (spreadsheet(""), ".xls", ".ods"),
        (package({"a.txt": "x"}), ".zip", ".zip"),
        (b"%PDF-1.7\n", ".doc", ".pdf"),
        (OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), ".xlsx", ".xls"),
        (b"", ".xls", ".xls"),
    ],
)
def test_what_the_bytes_are(data: bytes, name: str, suffix: str) -> None:
    """Magic bytes, a page's first tag, and rows of cells say what a file is; else its name does."""
    assert actual_suffix(data, name) == suffix


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "it is encrypted with a password: save it without one"),
        (OLE + "WordDocument".encode("utf-16-le"), r"a Word document of before 2007 \(.doc\), which is not read"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "a PowerPoint presentation of before 2007"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "an XML spreadsheet of 2003, which is not read: save it as .xlsx",
        ),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", r"a web archive \(MHTML\), which is not read"),
    ],
)
def test_what_is_never_read(data: bytes, message: str) -> None:
    """Formats that there is no reader for are refused by what they are, with what to do."""
    with pytest.raises(ReaderError, match=message):
        actual_suffix(data, ".xls")


@pytest.mark.parametrize(
    ("data", "media_type", "cell"),
    [
        (PAGE.encode("gbk"), "text/html", "万人"),
        (ROWS.encode("gb18030"), "text/csv", "2021年"),
        (ROWS.encode("utf-16"), "text/csv", "2021年"),
    ],
)
def test_an_xls_that_is_none(data: bytes, media_type: str, cell: str) -> None:
    """A page or a text under a spreadsheet's name is read as such, and the document says so."""
    found, media = read("report.xls", data, Metadata())
    assert media == media_type
    assert found.tables[0].cells[1].text == cell
