"""PDF: tables of every look, prose, running heads, damaged and hostile files."""

import io
from functools import lru_cache

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from bulletin.content import Content
from bulletin.errors import ReaderError
from bulletin.model import Source, Table
from bulletin.read import read as read_source
from tests.pdf.grids import GRIDS, long
from tests.samples import content
from tests.tables.grid import Grid, GridCell
from tests.tables.write_pdf import LOOKS, browser, prose, write

NO_BROWSER = "no Chromium on this machine (chromium, chromium-browser, google-chrome)"


def looks(*names: str) -> list[object]:
    """Return the looks as parameters, those that need a browser skipped where there is none."""
    skip = pytest.mark.skipif(browser() is None, reason=NO_BROWSER)
    return [pytest.param(name, marks=skip) if name == "printed" else name for name in names or LOOKS]


@lru_cache(maxsize=64)
def read_grid(grid: Grid, look: str) -> Content:
    """Return what is read of the grid."""
    return content(write(grid, look), "a.pdf")


def printed_cells(grid: Grid) -> list[tuple[int, int, int, int, str]]:
    """Return the cells of the grid: row, column, rows, columns, text."""
    return [
        (r, c, cell.rows, cell.columns, "\u3000" * cell.indent + cell.text)
        for r, row in enumerate(grid.rows, start=1)
        for c, cell in enumerate(row, start=1)
        if isinstance(cell, GridCell)
    ]


def found_cells(table: Table) -> list[tuple[int, int, int, int, str]]:
    """Return the cells of a table in the same form."""
    return [(c.row, c.column, c.rows, c.columns, c.text) for c in table.cells]


@pytest.mark.parametrize("look", looks())
@pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: grid.id)
def test_cells(grid: Grid, look: str) -> None:
    """Every cell is read at its row and column, with its spans and its indent, without the signs of notes."""
    (table,) = read_grid(grid, look).tables
    assert found_cells(table) == printed_cells(grid)


@pytest.mark.parametrize("look", looks())
@pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: grid.id)
def test_around_a_table(grid: Grid, look: str) -> None:
    """A table has its title and unit line as caption and the lines under it as notes; its marks are told apart."""
    (table,) = read_grid(grid, look).tables
    assert table.name == "page 1, table 1"
    assert table.caption == f"{grid.title} {grid.unit_line}".strip()
    assert table.notes == grid.notes
    marked = {cell.text: cell.mark for row in grid.rows for cell in row if cell and cell.mark}
    assert {cell.text: cell.marks[0] for cell in table.cells if cell.marks} == marked


@pytest.mark.parametrize("look", looks("ruled", "three-line", "plain", "zebra"))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_table_over_two_pages(language: str, look: str) -> None:
    """Each part of a table that goes on over the page is a table of its own page, under the same headers and title."""
    grid = long(language)
    first, second = read_grid(grid, look).tables
    assert (first.name, second.name) == ("page 1, table 1", "page 2, table 1")
    assert first.caption == second.caption == grid.title
    heads = [[cell.text for cell in table.cells if cell.row == 1] for table in (first, second)]
    assert heads[0] == heads[1] == [cell.text for cell in grid.rows[0] if cell]
    body = [cell.text for table in (first, second) for cell in table.cells if cell.row > 1]
    assert body == [cell.text for row in grid.rows[1:] for cell in row if cell]


ENGLISH = (
    "The number of fixed broadband users, who pay for full-time access, rose to {n} million at the end of the year, "
    "and the penetration rate of the well-known service reached {m} per cent in the countryside. "
)
CHINESE = "截至{n}年12月，我国网民规模达{m}.32亿，较上年增长4296万，互联网普及率达73.0%，占网民整体的27.6%。"
SENTENCES = {"en": ENGLISH, "zh": CHINESE}
HEADINGS = {"en": "{n}. Access", "zh": "第{n}节 接入"}


def sections(language: str) -> list[tuple[str, list[str]]]:
    """Return four sections of six paragraphs each, some of which go on over a page."""
    return [
        (
            HEADINGS[language].format(n=n),
            [
                "".join(SENTENCES[language].format(n=2000 + 10 * n + at, m=10 + at) for _ in range(3 + at % 3)).strip()
                for at in range(6)
            ],
        )
        for n in range(1, 5)
    ]


def blocks(found: Content, *kinds: str) -> list[str]:
    """Return the texts of the blocks of these kinds."""
    return [found.text[block.start : block.end] for block in found.blocks if block.kind in kinds]


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_prose(language: str, columns: int) -> None:
    """Paragraphs come whole and in reading order, over line ends, columns and pages, hyphens kept; headings by size."""
    written = sections(language)
    data = prose(written, language, columns, header="Bulletin of the year", foot="Page {page}")
    found = content(data, "a.pdf")
    assert blocks(found, "heading", "paragraph") == [text for title, texts in written for text in (title, *texts)]
    assert blocks(found, "heading") == [title for title, _ in written]
    assert not found.tables


def test_the_page_of_a_block() -> None:
    """A block names the page that it begins on."""
    found = content(prose(sections("en"), "en"), "a.pdf")
    places = [block.place for block in found.blocks]
    assert places[0] == "page 1"
    assert places == sorted(places)
    assert places[-1] != "page 1"


@pytest.mark.parametrize(
    ("header", "foot"),
    [("Bulletin 2021", "- {page} -"), ("中国互联网络发展状况统计报告", "{page}"), ("", "第 {page} 页 共 4 页")],
)
def test_running_heads(header: str, foot: str) -> None:
    """Running heads and page numbers are no text of the report: a head is kept once as a menu, a number not at all."""
    found = content(prose(sections("zh"), "zh", header=header, foot=foot), "a.pdf")
    assert "".join(blocks(found, "menu")) == header
    assert all("页" not in text for text in blocks(found, "paragraph"))


def test_the_same_heading_on_each_page() -> None:
    """What stands on every page in the middle of the text is text."""
    story: list[tuple[str, list[str]]] = [("Results", [f"Users rose to {n} million." for n in range(33)])] * 4
    found = content(prose(story, "en"), "a.pdf")
    assert blocks(found, "heading") == ["Results"] * 4


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"Not found", "not a PDF: it does not say %PDF- .* fetch it again"),
        (b"%PDF-1.7\n%%EOF\n", "the PDF is damaged"),
        (b"%PDF-1.7\nnothing", r"the PDF is cut off: its end \(%%EOF\) is missing"),
    ],
)
def test_what_is_no_pdf(data: bytes, message: str) -> None:
    """Other bytes under a PDF's name are refused with what to do."""
    with pytest.raises(ReaderError, match=message):
        content(data, "a.pdf")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_pdf(share: float) -> None:
    """A PDF that was not fetched whole is refused."""
    data = prose(sections("en"), "en")
    with pytest.raises(ReaderError, match="cut off"):
        content(data[: int(len(data) * share)], "a.pdf")


def test_lines_before_the_pdf() -> None:
    """A few lines that a mail gateway put before the PDF do no harm."""
    assert content(b"X-Gateway: yes\n\n" + prose(sections("en"), "en"), "a.pdf").text


def encrypted(user: str) -> bytes:
    """Return a PDF that opens with that password; an empty one opens for everybody."""
    file = io.BytesIO()
    canvas = Canvas(file, encrypt=StandardEncryption(user, "owner", canPrint=0, canCopy=0))
    canvas.drawString(72, 700, "Users rose to 5 million.")
    canvas.save()
    return file.getvalue()


def test_a_pdf_with_a_password() -> None:
    """A PDF that opens with a password only is refused with what to do."""
    with pytest.raises(ReaderError, match=r"encrypted and opens with a password only: save a copy without one"):
        content(encrypted("secret"), "a.pdf")


def test_a_pdf_that_opens_without_a_password() -> None:
    """A PDF that is encrypted, but opens for everybody, is read."""
    assert content(encrypted(""), "a.pdf").text == "Users rose to 5 million.\n"


def picture(words: str = "") -> bytes:
    """Return a PDF of three pages: text, a picture, and a picture under words."""
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.drawString(72, 600, "Users rose to 5 million.")
    for said in ("", words):
        canvas.showPage()
        canvas.drawImage(ImageReader(Image.new("L", (60, 80), 128)), 0, 0, 595, 842)
        canvas.drawString(72, 600, said)
    canvas.save()
    return file.getvalue()


@pytest.mark.parametrize(("words", "pages"), [("", "pages 2-3 of 3 have"), ("Rates fell to 5%.", "page 2 of 3 has")])
def test_a_page_without_text(words: str, pages: str) -> None:
    """A page that is a picture without a text layer is told as a finding; one with a text layer is read."""
    found = content(picture(words), "a.pdf")
    ((rule, message),) = found.notes
    assert rule == "needs_ocr"
    assert message.startswith(f"{pages} no text layer")
    assert found.text == "Users rose to 5 million.\n" + (f"{words}\n" if words else "")


def test_findings_of_a_reader_are_the_documents() -> None:
    """What a reader finds goes on as a note of the document."""
    found = read_source(Source("a.pdf", "a.pdf", "0", data=picture()))
    assert [rule for rule, _ in found.notes] == ["needs_ocr"]


def test_an_empty_page_is_no_finding() -> None:
    """A page that shows nothing is no finding."""
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.drawString(72, 600, "Users rose to 5 million.")
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    assert content(file.getvalue(), "a.pdf").notes == ()
