"""Grids and prose as PDF, by two programs: a report generator (reportlab) and a browser that prints (Chromium).

`ruled` has its Chinese in a font that is named but not embedded, as many older official reports have it; `three-line`,
`zebra` and `plain` have no rules between columns; `printed` comes from HTML.
"""

import html
import io
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from tests.tables.grid import Grid, GridCell

LOOKS = ("ruled", "three-line", "zebra", "plain", "printed")
CID = "STSong-Light"
"""A font of Chinese that every PDF reader has, and so is not embedded."""
_FONTS = {
    "zh": ("wqy-zenhei.ttc", "DroidSansFallbackFull.ttf", "uming.ttc"),
    "en": ("LiberationSerif-Regular.ttf", "DejaVuSerif.ttf", "DejaVuSans.ttf"),
}
_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts"))
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_SIZE, _LEADING = 10, 14


def browser() -> str | None:
    """Return the browser that prints, or None where there is none."""
    return next((path for name in _BROWSERS if (path := shutil.which(name))), None)


def write(grid: Grid, look: str) -> bytes:
    """Return a PDF with the grid, its heading, title, unit line and notes; `printed` needs a `browser()`."""
    if look == "printed":
        return printed(page_of(grid))
    font = embedded(grid.language) if look == "three-line" else plain(grid.language)
    file = io.BytesIO()
    document = SimpleDocTemplate(file, pagesize=A4, title=grid.title, invariant=1)
    document.build(flowables(grid, look, font))
    return file.getvalue()


def flowables(grid: Grid, look: str, font: str) -> list[Flowable]:
    """Return what a page generator sets: the words around the table and the table."""
    text = ParagraphStyle("text", fontName=font, fontSize=_SIZE, leading=_LEADING, wordWrap=_wrap(grid.language))
    heading = ParagraphStyle("heading", text, fontSize=15, leading=20, spaceAfter=8)
    title = ParagraphStyle("title", text, alignment=1, spaceBefore=6, spaceAfter=3)
    unit = ParagraphStyle("unit", text, alignment=2, fontSize=9, spaceAfter=3)
    note = ParagraphStyle("note", text, fontSize=8.5, leading=11)
    words = [(grid.heading, heading), (grid.before, text), (grid.title, title), (grid.unit_line, unit)]
    above = [Paragraph(html.escape(said), style) for said, style in words if said]
    under = [Paragraph(html.escape(line), note) for line in grid.notes]
    return [*above, _table(grid, look, font), Spacer(1, 5), *under]


def _table(grid: Grid, look: str, font: str) -> Table:
    style = ParagraphStyle("cell", fontName=font, fontSize=_SIZE, leading=12, wordWrap=_wrap(grid.language))
    right = ParagraphStyle("value", style, alignment=2)
    rows = [[_content(cell, style, right) for cell in row] for row in grid.rows]
    commands: list[tuple[Any, ...]] = [
        ("FONT", (0, 0), (-1, -1), font, _SIZE),
        ("ALIGN", (1, 0), (-1, grid.head - 1), "CENTER"),
        ("ALIGN", (1, grid.head), (-1, -1), "RIGHT"),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        *_LINES[look](grid),
    ]
    for r, row in enumerate(grid.rows):
        for c, cell in enumerate(row):
            if cell and (cell.rows > 1 or cell.columns > 1):
                commands.append(("SPAN", (c, r), (c + cell.columns - 1, r + cell.rows - 1)))
            if cell and cell.indent:
                commands.append(("LEFTPADDING", (c, r), (c, r), 6 + 12 * cell.indent))
    return Table(rows, style=commands, repeatRows=grid.head)


def _content(cell: GridCell | None, style: ParagraphStyle, right: ParagraphStyle) -> Any:
    """Return the cell's text; a raised sign needs a paragraph."""
    if cell is None:
        return ""
    if cell.mark:
        return Paragraph(f"{html.escape(cell.text)}<super>{cell.mark}</super>", right if cell.fact else style)
    return cell.text


_LINES = {
    "ruled": lambda grid: [("GRID", (0, 0), (-1, -1), 0.5, colors.black)],
    "three-line": lambda grid: [
        ("LINEABOVE", (0, 0), (-1, 0), 1.2, colors.black),
        ("LINEBELOW", (0, grid.head - 1), (-1, grid.head - 1), 0.6, colors.black),
        ("LINEBELOW", (0, -1), (-1, -1), 1.2, colors.black),
    ],
    "zebra": lambda grid: [
        ("BACKGROUND", (0, 0), (-1, grid.head - 1), colors.lightblue),
        ("ROWBACKGROUNDS", (0, grid.head), (-1, -1), [colors.white, colors.whitesmoke]),
    ],
    "plain": lambda grid: [],
}


def prose(
    sections: Sequence[tuple[str, Sequence[str]]],
    language: str,
    columns: int = 1,
    header: str = "",
    foot: str = "",
    size: tuple[float, float] = A4,
    extra: Sequence[Flowable] = (),
) -> bytes:
    """Return a PDF of headings and paragraphs in columns; `{page}` in header and foot is the page's number."""
    font = plain(language)
    text = ParagraphStyle(
        "text",
        fontName=font,
        fontSize=_SIZE,
        leading=_LEADING,
        wordWrap=_wrap(language),
        firstLineIndent=2 * _SIZE if language == "zh" else 0,
        spaceAfter=0 if language == "zh" else 6,
        alignment=4 if language == "en" else 0,
    )
    heading = ParagraphStyle("heading", text, fontSize=14, leading=18, firstLineIndent=0, spaceBefore=8, alignment=0)
    file = io.BytesIO()
    document = BaseDocTemplate(file, pagesize=size, invariant=1)
    gap = 20
    width = (document.width - gap * (columns - 1)) / columns
    frames = [
        Frame(document.leftMargin + at * (width + gap), document.bottomMargin, width, document.height, 0, 0, 0, 0)
        for at in range(columns)
    ]

    def margins(canvas: Canvas, page: Any) -> None:
        canvas.setFont(font, 8.5)
        canvas.drawString(document.leftMargin, size[1] - 40, header.format(page=page.page))
        canvas.drawCentredString(size[0] / 2, 34, foot.format(page=page.page))

    document.addPageTemplates(PageTemplate("page", frames, onPage=margins))
    story: list[Flowable] = []
    for title, paragraphs in sections:
        story += [Paragraph(html.escape(title), heading)] if title else []
        story += [Paragraph(html.escape(paragraph), text) for paragraph in paragraphs]
    document.build([*story, *extra])
    return file.getvalue()


def page_of(grid: Grid) -> str:
    """Return the grid as a page of HTML with a border round every cell."""
    covered = {
        (r + down, c + right)
        for r, row in enumerate(grid.rows)
        for c, cell in enumerate(row)
        if cell
        for down in range(cell.rows)
        for right in range(cell.columns)
        if down or right
    }
    rows = "".join(
        "<tr>" + "".join(_html(cell, r < grid.head) for c, cell in enumerate(row) if (r, c) not in covered) + "</tr>"
        for r, row in enumerate(grid.rows)
    )
    unit = f'<p class="unit">{html.escape(grid.unit_line)}</p>' if grid.unit_line else ""
    notes = "".join(f'<p class="note">{html.escape(line)}</p>' for line in grid.notes)
    return (
        f'<html lang="{grid.language}"><meta charset="utf-8"><style>table{{border-collapse:collapse;width:100%}}'
        "td,th{border:1px solid #444;padding:2px 6px;font:10pt serif}td+td{text-align:right}"
        ".unit{text-align:right;font-size:9pt;margin:0}.note{font-size:8pt;margin:2px}h2{font-size:16pt}"
        f".title{{text-align:center;margin:4px}}</style><h2>{html.escape(grid.heading)}</h2><p>{html.escape(grid.before)}"
        f'<p class="title">{html.escape(grid.title)}</p>{unit}<table>{rows}</table>{notes}</html>'
    )


def _html(cell: GridCell | None, header: bool) -> str:
    if cell is None:
        return "<td></td>"
    tag = "th" if header else "td"
    spans = f' rowspan="{cell.rows}" colspan="{cell.columns}"'
    indent = f' style="padding-left:{cell.indent + 0.5}em"' if cell.indent else ""
    mark = f"<sup>{html.escape(cell.mark)}</sup>" if cell.mark else ""
    return f"<{tag}{spans}{indent}>{html.escape(cell.text)}{mark}</{tag}>"


def printed(page: str) -> bytes:
    """Return the page as the browser prints it."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, encoding="utf-8")
        command = [
            browser() or "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return target.read_bytes()


def plain(language: str) -> str:
    """Return a font of the reader's own: named in the file, not embedded."""
    if language == "en":
        return "Times-Roman"
    pdfmetrics.registerFont(UnicodeCIDFont(CID))
    return CID


@lru_cache(maxsize=4)
def embedded(language: str) -> str:
    """Return an embedded TrueType font where this machine has one for the language, else one that is not embedded."""
    for name in _FONTS[language]:
        for path in (path for folder in _FOLDERS for path in folder.rglob(name)):
            try:
                pdfmetrics.registerFont(TTFont(path.stem, path))
            except TTFError:
                continue
            return str(path.stem)
    return plain(language)


def _wrap(language: str) -> str | None:
    return "CJK" if language == "zh" else None
