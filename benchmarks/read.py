"""How fast files are read into documents, beside the library of each format used bare on the same bytes.

    python benchmarks/read.py           a table
    python benchmarks/read.py --json    one object: `overhead` by format, `pages_per_s`, and the figures behind them

The files are those of the tests, made from facts (`tests/tables`): tables in the format's usual look, in English and
Chinese, and for PDF pages of prose too. Times are processor seconds of this process, the best of several passes. The
overhead is our time less the library's, over the library's. Bare use is the least that yields the content at all:

    pdf     pypdfium2: the text of each page and the box of each character
    docx    zipfile and ElementTree: every XML part parsed
    xlsx    python-calamine: the values of every sheet
    html    turbohtml: the tree
    csv     csv.reader: the rows
    md      decoding: there is no library, and no overhead to tell
"""

import argparse
import csv
import io
import json
import sys
import time
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).parent.parent))

from bulletin.model import Metadata
from bulletin.readers import read
from tests.tables import write_csv, write_docx, write_html, write_markdown, write_pdf, write_xlsx
from tests.tables.layouts import grids

SECONDS = 1.0
"""How long each side is repeated, at least."""
PROSE = 30
"""Paragraphs of a report in prose; two go on a page."""


def pdf(data: bytes) -> int:
    """Read the text and the boxes of a PDF with pypdfium2, and return its pages."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        for index in range(text.count_chars()):
            text.get_charbox(index)
        text.close()
        page.close()
    count = len(document)
    document.close()
    return count


def docx(data: bytes) -> int:
    """Parse every XML part of a Word document."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))
    return 1


def xlsx(data: bytes) -> int:
    """Read the values of every sheet with python-calamine."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()
    return 1


def html(data: bytes) -> int:
    """Parse a web page with turbohtml."""
    from turbohtml import parse

    parse(data.decode())
    return 1


def rows(data: bytes) -> int:
    """Read the rows of a CSV file."""
    list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    return 1


def decoded(data: bytes) -> int:
    """Decode a text."""
    data.decode()
    return 1


BARE: dict[str, Callable[[bytes], int]] = {
    "pdf": pdf,
    "docx": docx,
    "xlsx": xlsx,
    "html": html,
    "csv": rows,
    "md": decoded,
}


def files() -> dict[str, list[bytes]]:
    """Return the files of each format."""
    found = grids()
    words = [
        f"In {2000 + n} there were {n} million more of them, the survey says, than a year before. " for n in range(24)
    ]
    prose = [write_pdf.prose([("Users", ["".join(words)] * PROSE)], "en", columns) for columns in (1, 2)]
    return {
        "pdf": [*(write_pdf.write(grid, "ruled") for grid in found), *prose],
        "docx": [write_docx.write(grid, "styled") for grid in found],
        "xlsx": [write_xlsx.write(grid, "titled") for grid in found],
        "html": [write_html.write(grid, "marked-up") for grid in found],
        "csv": [write_csv.write(grid, "comma") for grid in found],
        "md": [write_markdown.write(grid, "pipes") for grid in found],
    }


def seconds(run: Callable[[bytes], Any], data: Iterable[bytes]) -> float:
    """Return the processor seconds of the best pass over the files."""
    best, spent = float("inf"), 0.0
    while spent < SECONDS:
        start = time.process_time()
        for item in data:
            run(item)
        took = time.process_time() - start
        best, spent = min(best, took), spent + took
    return best


def measure() -> dict[str, dict[str, float]]:
    """Return of each format: bytes, pages, the seconds of the bare library and ours."""
    found = {}
    for name, data in files().items():
        bare = BARE[name]
        pages = sum(bare(item) for item in data)
        found[name] = {
            "kb": sum(map(len, data)) / 1000,
            "pages": pages,
            "bare": seconds(bare, data),
            "ours": seconds(lambda item, name=name: read(f"a.{name}", item, Metadata()), data),
        }
    return found


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    found = measure()
    overhead = {name: round(f["ours"] / f["bare"] - 1, 2) for name, f in found.items() if name != "md"}
    pages = found["pdf"]["pages"] / found["pdf"]["ours"]
    if options.json:
        print(json.dumps({"overhead": overhead, "pages_per_s": round(pages, 1), "formats": found}))
        return
    print(f"{'format':8}{'files, kB':>12}{'bare ms':>10}{'ours ms':>10}{'overhead':>10}{'MB/s':>8}")
    for name, f in found.items():
        extra = f"{overhead[name]:.2f}" if name in overhead else "-"
        speed = f["kb"] / 1000 / f["ours"]
        print(f"{name:8}{f['kb']:12,.0f}{f['bare'] * 1000:10.1f}{f['ours'] * 1000:10.1f}{extra:>10}{speed:8.2f}")
    print(f"\npdf: {pages:.0f} pages a second")


if __name__ == "__main__":
    main()
