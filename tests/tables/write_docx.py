"""A grid as a Word document: plain, with all the styles for it, laid out in another table, with tracked changes."""

import io
from copy import deepcopy

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from tests.tables.grid import Grid, GridCell

LOOKS = ("plain", "styled", "nested", "revised")
SUFFIX = ".docx"
CHARACTER = 10.5
"""Points of a Chinese character of the usual size; a part is set in by two of them."""


def write(grid: Grid, look: str) -> bytes:
    """Return the document.

    `plain` has paragraphs only, `styled` headings, a caption and a header row that the format knows of, `nested` stands
    in the right cell of a table that lays the page out, and `revised` has each value cell corrected with changes kept.
    """
    word = Document()
    place: Word | _Cell = word
    if look == "nested":
        outer = word.add_table(1, 2)
        outer.cell(0, 0).text = {"en": "Contents\nAbout us", "zh": "目录\n关于我们"}[grid.language]
        place = outer.cell(0, 1)
    if grid.heading:
        _paragraph(place, grid.heading, "Heading 1" if look == "styled" else "")
    if grid.before:
        _paragraph(place, grid.before)
    _paragraph(place, grid.title, "Caption" if look == "styled" else "").alignment = WD_ALIGN_PARAGRAPH.CENTER
    if grid.unit_line:
        _paragraph(place, grid.unit_line).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    table = place.add_table(len(grid.rows), len(grid.rows[0]))
    _fill(table, grid, revised=look == "revised")
    if look == "styled":
        for row in table.rows[: grid.head]:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for note in grid.notes:
        _paragraph(place, note)
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def _paragraph(place: Word | _Cell, text: str, style: str = "") -> Paragraph:
    return place.add_paragraph(text, style or None)


def _fill(table: Table, grid: Grid, revised: bool) -> None:
    for r, row in enumerate(grid.rows):
        for c, cell in enumerate(row):
            if cell is None:
                continue
            place = table.cell(r, c)
            if (cell.rows, cell.columns) != (1, 1):
                place = place.merge(table.cell(r + cell.rows - 1, c + cell.columns - 1))
            _write(place.paragraphs[0], cell, revised and cell.fact is not None)


def _write(paragraph: Paragraph, cell: GridCell, revised: bool) -> None:
    paragraph.add_run(cell.text)
    if cell.indent:
        paragraph.paragraph_format.left_indent = Pt(2 * CHARACTER * cell.indent)
    if revised:
        _revise(paragraph)
    if cell.mark:
        paragraph.add_run(cell.mark).font.superscript = True


def _revise(paragraph: Paragraph) -> None:
    """Make the paragraph's run an insertion, in front of it another that was deleted."""
    run = paragraph.runs[0]._r
    inserted, deleted, old = OxmlElement("w:ins"), OxmlElement("w:del"), deepcopy(run)
    for change in (inserted, deleted):
        change.set(qn("w:id"), "1")
        change.set(qn("w:author"), "A")
    for text in old.findall(qn("w:t")):
        text.tag, text.text = qn("w:delText"), "12,345"
    run.addprevious(deleted)
    deleted.append(old)
    run.addprevious(inserted)
    inserted.append(run)
