"""Zip packages made by hand, the hostile ones among them: what no writer of office files makes."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CELL = '<c r="A1"><v>1</v></c>'
_LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9)
)


def package(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file with these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part, zipfile.ZIP_STORED if name == "mimetype" else None)
    return file.getvalue()


def workbook(
    rows: str = f'<row r="1">{_CELL}</row>', prolog: str = "", folder: str = "xl", **parts: str | bytes
) -> bytes:
    """Return a workbook of one sheet with these rows; `prolog` stands in front of the sheet's own element.

    Further parts are given by their names without ending, `xl__styles` for xl/styles.xml.
    """
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    relations = f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/'
    texts = f'/><Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    return package(
        {
            "_rels/.rels": f'{relations}officeDocument" Target="{folder}/workbook.xml"/></Relationships>',
            f"{folder}/_rels/workbook.xml.rels": f'{relations}worksheet" Target="worksheets/sheet1.xml"{texts}',
            f"{folder}/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>',
            f"{folder}/worksheets/sheet1.xml": f'<?xml version="1.0" encoding="UTF-8"?>{prolog}{sheet}',
        }
        | {name.replace("__", "/") + ".xml": part for name, part in parts.items()}
    )


def word(body: str, prolog: str = "", **parts: str) -> bytes:
    """Return a Word document with this body; further parts by their names without ending."""
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return package(
        {"word/document.xml": f"{prolog}{document}"} | {f"word/{name}.xml": part for name, part in parts.items()}
    )


def spreadsheet(table: str, styles: str = "") -> bytes:
    """Return an OpenDocument workbook with this table element."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    return package(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content{spaces}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
            "</office:document-content>",
        }
    )


def lying(name: str, content: bytes, size: int) -> bytes:
    """Return an archive whose only member declares `size` bytes, with the checksum of these, and unpacks to more."""
    squeezer = zlib.compressobj(wbits=-15)
    packed = squeezer.compress(content) + squeezer.flush()
    raw, crc = name.encode(), zlib.crc32(content[:size])
    sizes = struct.pack("<3I2H", crc, len(packed), size, len(raw), 0)
    local = b"PK\3\4" + struct.pack("<5H", 20, 0, 8, 0, 33) + sizes + raw
    entry = b"PK\1\2" + struct.pack("<6H", 20, 20, 0, 8, 0, 33) + sizes + struct.pack("<3H2I", 0, 0, 0, 0, 0) + raw
    end = b"PK\5\6" + struct.pack("<4H2IH", 0, 0, 1, 1, len(entry), len(local) + len(packed), 0)
    return local + packed + entry + end


HOSTILE: Mapping[str, Callable[[], bytes]] = {
    "bomb_rows.xlsx": lambda: workbook('<row r="1"><c r="A1"><v>1</v></c></row>' * 1_000_000),
    "bomb_cells.xlsx": lambda: workbook('<row><c s="1"/>' + "<c><v>1</v></c>" * 4_100_000 + "</row>"),
    "bomb_space.xlsx": lambda: workbook(f"{' ' * 30_000_000}<row>{_CELL}</row>"),
    "bomb_texts.xlsx": lambda: workbook(
        xl__sharedStrings=f'<sst xmlns="{MAIN}">{"<si><t>a</t></si>" * 2_000_000}</sst>'
    ),
    "bomb_unused.xlsx": lambda: workbook(xl__media__x=b" " * 30_000_000),
    "many_members.xlsx": lambda: package({f"{at}.xml": "" for at in range(10_001)}),
    "text_count.xlsx": lambda: workbook(xl__sharedStrings=f'<sst xmlns="{MAIN}" count="4294967295" uniqueCount="1"/>'),
    "text_count_far.xlsx": lambda: workbook(xl__sharedStrings=f'{" " * 5000}<a:sst uniqueCount="4294967295"/>'),
    "far_cell.xlsx": lambda: workbook('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'),
    "far_cell_prefix.xlsx": lambda: workbook(
        "<row><x-y:c r=\"A1\"><v>1</v></x-y:c><x-y:c\nr='XFD1048576'><v>1</v></x-y:c></row>"
    ),
    "far_cell_elsewhere.xlsx": lambda: workbook(
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>', folder="elsewhere"
    ),
    "far_cell_unnamed.xlsx": lambda: workbook(
        xl__sheet='<worksheet><sheetData><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></sheetData></worksheet>'
    ),
    "far_row.xlsx": lambda: workbook(
        '<row r="1"><c r="A1"><v>1</v></c><c r="ZZ1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>'
    ),
    "laughs.xlsx": lambda: workbook(prolog=f"{_LAUGHS}]>"),
    "outside.xlsx": lambda: workbook(prolog='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
    "outside_styles.xlsx": lambda: workbook(xl__styles='<!DOCTYPE a SYSTEM "http://localhost/x">'.encode("utf-16")),
    "binary.xlsx": lambda: package({"xl/workbook.xml.bak": "", "xl/workbook.bin": b"\x83\x01\x00"}),
    "traversal.xlsx": lambda: package({"xl/workbook.xml": "", "../../x.xml": ""}),
    "more_than_said.xlsx": lambda: lying("xl/workbook.xml", b"<a/>" + b" " * 5_000_000, 4),
    "repeat.ods": lambda: spreadsheet(
        '<table:table table:name="s"><table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="16384"><text:p>1</text:p></table:table-cell></table:table-row></table:table>'
    ),
    "laughs.ods": lambda: package(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": f"{_LAUGHS}]><a/>"}
    ),
    "bomb.docx": lambda: word("<w:p/>" * 5_000_000),
    "bomb_tags.docx": lambda: package({"word/document.xml": "<w:p/>" * 4_100_000}, zipfile.ZIP_STORED),
    "bomb_unused.docx": lambda: word("<w:p/>", x=" " * 30_000_000),
    "deep_runs.docx": lambda: word("<w:p>" + "<w:ins>" * 50_000 + "</w:ins>" * 50_000 + "</w:p>"),
    "deep_controls.docx": lambda: word("<w:sdt><w:sdtContent>" * 50_000 + "</w:sdtContent></w:sdt>" * 50_000),
    "deep_tables.docx": lambda: word("<w:tbl><w:tr><w:tc>" * 200 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 200),
    "grid_span.docx": lambda: word(
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="300000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    ),
    "laughs.docx": lambda: word("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", prolog=f"{_LAUGHS}]>"),
    "outside.docx": lambda: word("<w:p/>", prolog='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
}
"""What makes each file that must be refused, by name: a library that trusts it takes all memory, or no end."""
