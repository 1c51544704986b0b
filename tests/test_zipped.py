"""Zip packages: what is within the caps is read byte for byte, everything else is refused with what is wrong."""

import io
import resource
import time
import zipfile

import pytest

from bulletin.errors import ReaderError
from bulletin.zipped import Caps, DamagedPackage, Package
from tests.packages import HOSTILE, lying, package, spreadsheet, word, workbook
from tests.samples import content

SECONDS, MEGABYTES = 10, 700
"""What refusing a file may cost; most take a few milliseconds."""

REFUSED = {
    "bomb_rows.xlsx": r"'xl/worksheets/sheet1.xml' unpacks [\d,]+ bytes to 3[\d,]+, more than 250 times as many",
    "bomb_cells.xlsx": r"'xl/worksheets/sheet1.xml' unpacks",
    "bomb_space.xlsx": r"'xl/worksheets/sheet1.xml' unpacks",
    "bomb_texts.xlsx": r"'xl/sharedStrings.xml' unpacks",
    "bomb_unused.xlsx": r"'xl/media/x.xml' unpacks",
    "many_members.xlsx": r"it has 10,001 members, more than the 10,000 that are read of one package",
    "text_count.xlsx": r"it claims to hold 4,294,967,295 texts, more than the 10,000,000 that are read",
    "text_count_far.xlsx": r"it claims to hold 4,294,967,295 texts",
    "far_cell.xlsx": r"sheet 's' spans 1,048,576 x 16,384 cells, more than the 2,000,000 that are read",
    "far_cell_prefix.xlsx": r"sheet 's' spans 1,048,576 x 16,384 cells",
    "far_cell_elsewhere.xlsx": r"sheet 's' spans 1,048,576 x 16,384 cells",
    "far_cell_unnamed.xlsx": r"sheet 'xl/sheet.xml' spans 1,048,576 x 16,384 cells",
    "far_row.xlsx": r"sheet 's' spans 1,048,576 x 702 cells",
    "laughs.xlsx": r"'xl/worksheets/sheet1.xml' declares a document type",
    "outside.xlsx": r"'xl/worksheets/sheet1.xml' declares a document type",
    "outside_styles.xlsx": r"'xl/styles.xml' declares a document type",
    "binary.xlsx": r"it has no part xl/workbook.xml",
    "traversal.xlsx": r"the name of the member '../../x.xml' cannot be used: it leads out of the archive",
    "more_than_said.xlsx": r"'xl/workbook.xml' unpacks to more than the 4 bytes that it declares",
    "repeat.ods": r"sheet 's' spans 1,048,576 x 16,384 cells",
    "laughs.ods": r"'content.xml' declares a document type",
    "bomb.docx": r"'word/document.xml' unpacks",
    "bomb_tags.docx": r"'word/document.xml' has 4,100,000 tags, more than the 4,000,000 that are read of one part",
    "bomb_unused.docx": r"'word/x.xml' unpacks",
    "deep_runs.docx": r"elements are nested more than 30 deep",
    "deep_controls.docx": r"elements are nested more than 30 deep",
    "deep_tables.docx": r"elements are nested more than 30 deep",
    "grid_span.docx": r"row 1 of a table reaches to column 300,000,000, more than the 1,000 columns",
    "laughs.docx": r"'word/document.xml' declares a document type",
    "outside.docx": r"'word/document.xml' declares a document type",
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_files(name: str) -> None:
    """A file that would expand, reach or nest without end is refused with its limit, in little time and memory."""
    data = HOSTILE[name]()
    start, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ReaderError, match=REFUSED[name]):
        content(data, name)
    assert time.process_time() - start < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEGABYTES * 1024


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members(method: int) -> None:
    """A member is read as it was packed, stored or deflated; one that is not there is empty."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("a/b.xml", "<a>" + "x" * 1000)
        archive.mkdir("c")
    found = Package(file.getvalue())
    assert (found.names, "a/b.xml" in found, "c" in found) == (("a/b.xml",), True, False)
    assert found.read("a/b.xml") == b"<a>" + b"x" * 1000
    assert found.read("missing") == b""


@pytest.mark.parametrize(
    ("caps", "message"),
    [
        (Caps(members=1), "it has 2 members, more than the 1 that are read"),
        (Caps(unpacked=1999), "unpacked it has 2,000 bytes, more than the 1,999 that are read"),
    ],
)
def test_caps(caps: Caps, message: str) -> None:
    """What a package may hold is given by its caps, and checked before anything is unpacked."""
    with pytest.raises(ReaderError, match=message):
        Package(package({"a": "x" * 1000, "b": "y" * 1000}), caps)


def test_ratio() -> None:
    """A member of any size may be packed well, one above the free size only up to the ratio."""
    data = package({"a": b"\0" * 1_000_000})
    assert len(Package(data).read("a")) == 1_000_000
    with pytest.raises(ReaderError, match="more than 100 times as many"):
        Package(data, Caps(ratio=100, free=1000)).read("a")


def test_a_member_that_lies() -> None:
    """A member that goes on behind its declared end is refused, though its checksum fits what was declared."""
    data = lying("a", b"x" * 100_000, 10)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read("a") == b"x" * 10
    with pytest.raises(ReaderError, match="unpacks to more than the 10 bytes that it declares"):
        Package(data).read("a")


def test_a_member_that_ends_early() -> None:
    """A member that has fewer bytes than it declares is damaged."""
    with pytest.raises(DamagedPackage, match="ends before the 10 bytes"):
        Package(lying("a", b"x" * 5, 10)).read("a")


def test_two_members_of_one_name() -> None:
    """Two members of one name are refused: programs differ in which of them they read."""
    with pytest.raises(ReaderError, match=r"it holds the member 'A.xml' twice"):
        Package(package({"a.xml": "1", "A.xml": "2"}))


def test_an_encrypted_member() -> None:
    """An encrypted member is refused with what to do."""
    data = bytearray(package({"a": "x"}))
    data[data.index(b"PK\1\2") + 8] |= 1
    with pytest.raises(ReaderError, match="'a' is encrypted: save the file without a password"):
        Package(bytes(data)).read("a")


def test_another_method() -> None:
    """A member packed by a method that no office program uses is refused."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a", "x")
    with pytest.raises(ReaderError, match="packed by method 14"):
        Package(file.getvalue()).read("a")


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx", "a.ods"])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.99])
def test_truncated_files(name: str, share: float) -> None:
    """A package that was not fetched whole is refused in every format."""
    data = {"a.xlsx": workbook(), "a.docx": word("<w:p/>"), "a.ods": HOSTILE["repeat.ods"]()}[name]
    with pytest.raises(ReaderError, match=r"not a (spreadsheet|Word document) that can be read: "):
        content(data[: int(len(data) * share)], name)


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx", "a.ods"])
def test_flipped_bytes(name: str) -> None:
    """A package in which any one byte is another is refused or read, and nothing else happens."""
    data = {"a.xlsx": workbook(), "a.docx": word("<w:p/>"), "a.ods": spreadsheet("")}[name]
    content(data, name)
    refused = 0
    for at in range(0, len(data), 3):
        damaged = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
        try:
            content(damaged, name)
        except ReaderError:
            refused += 1
    assert refused > 10
