"""PDF documents made of a few parts, and their tables row by row."""

import io
from collections.abc import Sequence
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

from bulletin.content import Content
from bulletin.model import Table as FoundTable
from tests.samples import content
from tests.tables.write_pdf import plain

Rows = Sequence[Sequence[str]]
AREAS = [
    ["Area", "2020", "2021"],
    ["Urban", "1,001", "1,102"],
    ["Rural", "2,002", "2,103"],
    ["Total", "3,003", "3,205"],
]
GRID = ("GRID", (0, 0), (-1, -1), 0.5, "black")
MIDDLE = ("VALIGN", (0, 0), (-1, -1), "MIDDLE")


def document(*story: Flowable) -> Content:
    """Return what is read of a document with these parts."""
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=A4, invariant=1).build(list(story))
    return content(file.getvalue(), "a.pdf")


def said(text: str, language: str = "en", size: float = 10) -> Paragraph:
    """Return a line of text."""
    return Paragraph(text, ParagraphStyle("said", fontName=plain(language), fontSize=size, leading=1.2 * size))


def table(rows: Rows, *style: tuple[Any, ...], language: str = "en", size: float = 10, **options: Any) -> Table:
    """Return a table, its values set to the right."""
    font = ("FONT", (0, 0), (-1, -1), plain(language), size)
    return Table([list(row) for row in rows], style=[font, ("ALIGN", (1, 0), (-1, -1), "RIGHT"), *style], **options)


def rows_of(found: FoundTable) -> list[list[str]]:
    """Return the texts row by row, empty where nothing stands, a text with its span where it has one."""
    height = max(cell.row for cell in found.cells)
    width = max(cell.column + cell.columns - 1 for cell in found.cells)
    rows = [[""] * width for _ in range(height)]
    for cell in found.cells:
        span = f" [{cell.rows}x{cell.columns}]" if cell.rows * cell.columns > 1 else ""
        rows[cell.row - 1][cell.column - 1] = cell.text + span
    return rows


def only(found: Content) -> list[list[str]]:
    """Return the rows of the one table."""
    (one,) = found.tables
    return rows_of(one)


SPANNED = [
    ["Area", "Users (million)", "", "Rate (%)", ""],
    ["", "2020", "2021", "2020", "2021"],
    ["Urban", "1,001", "1,102", "70.1", "73.2"],
    ["Rural", "2,002", "2,103", "55.0", "57.6"],
]
