"""Write tests/samples/hostile/: files that are damaged, or made to stop whoever reads them, and two good reports.

    python -m tests.samples.make_hostile

The files come to about 100 MB (and one of 200 MB that takes no place), so they are made where they are needed.
"""

import io
import os
import stat
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

FOLDER = Path(__file__).parent / "hostile"
MB = 1_000_000
GOOD = {
    "good-en.md": "# Internet users\n\nIn December 2021 there were 1,032 million internet users in China.\n",
    "good-zh.txt": "截至2021年12月，我国网民规模达10.32亿，互联网普及率达73.0%。\n",
}
"""Reports that must be loaded whatever lies beside them."""
HARMLESS = frozenset({"deep.html", "attributes.html", "colspan.html", "rows-claimed.xlsx", "page-loop.pdf", "deep.pdf"})
"""Files that look worse than they are: they may be read, if it is done within the limits. Of `deep.pdf` PDFium shows an
empty page, since it stops at a depth of its own; the finding is then that it yields nothing."""

_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def make(folder: Path = FOLDER) -> list[str]:
    """Write the files into the folder, unless it has those of this script, and return the names of the hostile ones."""
    done = folder / ".made"
    if done.exists() and done.stat().st_mtime > Path(__file__).stat().st_mtime:
        return [*_FILES, *_PLACES]
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in GOOD.items():
        (folder / name).write_text(text, encoding="utf-8")
        (folder / f"{name}.yml").write_text("publisher: CNNIC\npublished: 2022-02-25\narea: CN\n", encoding="utf-8")
    for name, data in _FILES.items():
        (folder / name).write_bytes(data())
    for name, put in _PLACES.items():
        (folder / name).unlink(missing_ok=True)
        put(folder / name)
    done.touch()
    return [*_FILES, *_PLACES]


def _zipped(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


# Archives.


def _flat_bomb() -> bytes:
    """Four members of 90 MB each, in 350 kB."""
    return _zipped(*((f"{number}.txt", b"5" * 90 * MB) for number in range(4)))


def _many_members() -> bytes:
    """One member more than is read, most of them such as a system leaves in an archive for itself."""
    return _zipped(*((f"__MACOSX/{number}", b"5") for number in range(9_991)), *((f"{n}.txt", b"5") for n in range(10)))


def _traversal() -> bytes:
    names = ("../outside.txt", "a/../../outside.txt", "/etc/outside.txt", "C:outside.txt", "a\\..\\outside.txt")
    return _zipped(*((name, b"5 million") for name in names))


def _link_member() -> bytes:
    link = zipfile.ZipInfo("passwd.txt")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return _zipped((link, b"/etc/passwd"))


def _encrypted_member() -> bytes:
    """Set the sign for encryption in both headers of a member, which is all that a reader sees of it."""
    data = bytearray(_zipped(("secret.txt", b"5 million")))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _nested_archive() -> bytes:
    return _zipped(("inner.zip", _zipped(("a.txt", b"5 million"))))


# Workbooks.


def _workbook(sheet: bytes, strings: bytes = b"", *, prolog: bytes = b"", extra: bytes = b"") -> bytes:
    parts = [
        ("[Content_Types].xml", _content_types("spreadsheetml.sheet.main", "/xl/workbook.xml")),
        ("_rels/.rels", _relations("officeDocument", "xl/workbook.xml")),
        (
            "xl/workbook.xml",
            prolog
            + f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_RELATIONS}"><sheets>'.encode()
            + b'<sheet name="S" sheetId="1" r:id="r1"/></sheets>'
            + extra
            + b"</workbook>",
        ),
        ("xl/_rels/workbook.xml.rels", _relations("worksheet", "worksheets/sheet1.xml", "sharedStrings")),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", strings or f'<sst xmlns="{_SPREADSHEET}"/>'.encode()),
    ]
    return _zipped(*parts)


def _content_types(kind: str, part: str) -> bytes:
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/></Types>'
    ).encode()


def _relations(kind: str, target: str, *others: str) -> bytes:
    more = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATIONS}/{other}" Target="{other}.xml"/>'
        for number, other in enumerate(others, start=2)
    )
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_RELATIONS}/{kind}" Target="{target}"/>{more}</Relationships>'
    ).encode()


def _sheet(rows: bytes, dimension: str = "A1") -> bytes:
    start = f'<worksheet xmlns="{_SPREADSHEET}"><dimension ref="{dimension}"/><sheetData>'.encode()
    return start + rows + b"</sheetData></worksheet>"


def _numbers(count: int) -> bytes:
    return b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (row, row, row) for row in range(1, count + 1))


def _row_bomb() -> bytes:
    """Four hundred thousand rows, of numbers that differ."""
    return _workbook(_sheet(b"".join(b"<row><c><v>%d</v></c></row>" % (n * n % 9_973) for n in range(400_000))))


def _repeated_rows() -> bytes:
    """Four hundred thousand rows of the same few bytes."""
    return _workbook(_sheet(b"<row><c><v>5</v></c></row>" * 400_000))


def _string_bomb() -> bytes:
    strings = f'<sst xmlns="{_SPREADSHEET}" count="4294967295" uniqueCount="4294967295">'.encode()
    return _workbook(_sheet(b'<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), strings + b"<si><t>a</t></si></sst>")


def _far_cell() -> bytes:
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    return _workbook(_sheet(rows, "A1:XFD1048576"))


def _rows_claimed() -> bytes:
    """Two rows of a sheet that says it has 1,048,576."""
    return _workbook(_sheet(_numbers(2), "A1:XFD1048576"))


def _laughs() -> bytes:
    """Entities of entities, ten levels: a billion characters from a few lines."""
    lines = [b'<!ENTITY a0 "lol">']
    lines += [b'<!ENTITY a%d "%s">' % (level, b"&a%d;" % (level - 1) * 10) for level in range(1, 10)]
    prolog = b'<?xml version="1.0"?><!DOCTYPE workbook [' + b"".join(lines) + b"]>"
    return _workbook(_sheet(_numbers(2)), prolog=prolog, extra=b"<x>&a9;</x>")


def _external_entity() -> bytes:
    prolog = b'<?xml version="1.0"?><!DOCTYPE workbook [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return _workbook(_sheet(_numbers(2)), prolog=prolog, extra=b"<x>&x;</x>")


# Word documents.


def _word(body: bytes) -> bytes:
    document = f'<w:document xmlns:w="{_WORD}"><w:body>'.encode() + body + b"</w:body></w:document>"
    return _zipped(
        ("[Content_Types].xml", _content_types("wordprocessingml.document.main", "/word/document.xml")),
        ("_rels/.rels", _relations("officeDocument", "word/document.xml")),
        ("word/document.xml", document),
    )


def _word_bomb() -> bytes:
    return _word(b"<w:p><w:r><w:t>" + b"5 " * 100 * MB + b"</w:t></w:r></w:p>")


def _word_deep() -> bytes:
    depth = 50_000
    return _word(b"<w:tbl><w:tr><w:tc>" * depth + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * depth)


# PDF files, by hand.


def _pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """Return a file of these objects, numbered from 1, the first of which is the catalog."""
    data, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(data)


_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_FONTS = b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R " + _FONTS + b" >>"


def _stream(data: bytes, filters: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), filters, data)


def _pdf_text() -> bytes:
    return _pdf(_CATALOG, _PAGES, _PAGE, _stream(b"BT /F1 12 Tf 72 700 Td (There were 5 million users.) Tj ET"))


def _pdf_truncated() -> bytes:
    data = _pdf_text()
    return data[: len(data) // 3]


def _pdf_encrypted() -> bytes:
    """A file that asks for a password that nobody has: the hashes are of nothing."""
    encrypt = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]" % (
        b"A5" * 32,
        b"5A" * 32,
    )
    return _pdf(_CATALOG, _PAGES, _PAGE, _stream(b"BT /F1 12 Tf (5 million) Tj ET"), trailer=encrypt)


def _pdf_bomb() -> bytes:
    """Operators that unpack to 1.5 GB, packed twice: a few kilobytes."""
    packer, pieces = zlib.compressobj(1), []
    for _ in range(125):
        pieces.append(packer.compress(b"BT (5) Tj ET\n" * 923_077))
    twice = zlib.compress(b"".join(pieces) + packer.flush(), 9)
    return _pdf(_CATALOG, _PAGES, _PAGE, _stream(twice, b"/Filter [/FlateDecode /FlateDecode]"))


def _pdf_page_loop() -> bytes:
    """Pages whose only kid is themselves."""
    return _pdf(_CATALOG, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>")


def _pdf_deep() -> bytes:
    return _pdf(_CATALOG, _PAGES, _PAGE, b"[" * 200_000 + b"]" * 200_000)


# Text, tables of text, pages.


def _unclosed() -> bytes:
    return b'area,users\n"China,5\n' + b"India,6\n" * (19 * MB // 8)


def _surrogates() -> bytes:
    """Halves of characters, as a broken program writes them into UTF-8."""
    return b"users: " + "\ud83d\ud83d\udc00 5 million\n".encode("utf-8", "surrogatepass") * 100


_FILES: dict[str, Callable[[], bytes]] = {
    "bomb.zip": _flat_bomb,
    "many.zip": _many_members,
    "traversal.zip": _traversal,
    "link.zip": _link_member,
    "encrypted.zip": _encrypted_member,
    "nested.zip": _nested_archive,
    "truncated.zip": lambda: _nested_archive()[:-40],
    "rows.xlsx": _row_bomb,
    "repeated.xlsx": _repeated_rows,
    "strings.xlsx": _string_bomb,
    "far-cell.xlsx": _far_cell,
    "rows-claimed.xlsx": _rows_claimed,
    "laughs.xlsx": _laughs,
    "entity.xlsx": _external_entity,
    "bomb.docx": _word_bomb,
    "deep.docx": _word_deep,
    "truncated.pdf": _pdf_truncated,
    "encrypted.pdf": _pdf_encrypted,
    "bomb.pdf": _pdf_bomb,
    "page-loop.pdf": _pdf_page_loop,
    "deep.pdf": _pdf_deep,
    "garbage.pdf": lambda: bytes(range(256)) * 40,
    "deep.html": lambda: b"<div>" * 100_000 + b"5 million users" + b"</div>" * 100_000,
    "attributes.html": lambda: b"<p " + b" ".join(b"a%d=1" % n for n in range(400_000)) + b">5 million users</p>",
    "colspan.html": lambda: b"<table><tr><td colspan=1000000000 rowspan=1000000000>5<td>6</table>" * 100,
    "numbers.txt": lambda: b"1 " * 400_000,
    "characters.txt": lambda: b"users " * 4 * MB,
    "cell.csv": lambda: b"area,users\nChina," + b"5" * 50 * MB + b"\n",
    "unclosed.csv": _unclosed,
    "nul.csv": lambda: b"area,users\nChina,5\0million\n",
    "nul.txt": lambda: b"\0" * 1_000 + b"5 million",
    "surrogates.txt": _surrogates,
}


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200 * MB)


def _link(path: Path) -> None:
    path.symlink_to("/etc/passwd")


_PLACES: dict[str, Callable[[Path], None]] = {"200mb.txt": _sparse, "link.txt": _link, "pipe.txt": os.mkfifo}


def data(name: str) -> bytes:
    """Return the bytes of the hostile file of that name."""
    return _FILES[name]()


if __name__ == "__main__":
    print(f"{len(make())} files in {FOLDER}")
