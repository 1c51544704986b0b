"""Word documents: text blocks with their places, tables as they are laid out, and what is left out of both."""

from collections.abc import Iterator

import pytest

from bulletin.content import Content
from bulletin.errors import ReaderError
from bulletin.model import Cell, Table
from schemas.catalogue import Catalogue
from tests.office import GRIDS
from tests.packages import WORD, package, word
from tests.samples import content, facts
from tests.tables.grid import Grid
from tests.tables.write_docx import LOOKS, write

STYLES = (
    f'<w:styles xmlns:w="{WORD}">'
    '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="a"><w:name w:val="My chapter"/><w:basedOn w:val="1"/></w:style>'
    '<w:style w:styleId="b"><w:name w:val="Section"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    '<w:style w:styleId="c"><w:name w:val="caption"/></w:style>'
    '<w:style w:styleId="d"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:styleId="e"><w:name w:val="List Bullet"/></w:style>'
    '<w:style w:styleId="f"><w:name w:val="secret"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:styleId="g"><w:name w:val="footnote reference"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    "</w:styles>"
)
NOTES = (
    f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="0" w:type="separator"><w:p><w:r><w:t>--</w:t></w:r></w:p>'
    "</w:footnote>{}</w:footnotes>"
)


def run(text: str, properties: str = "", name: str = "t") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:{name} xml:space="preserve">{text}</w:{name}></w:r>'


def paragraph(text: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph; a text that is no markup is its only run."""
    inside = text if text.startswith("<") else run(text)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inside}</w:p>'


def cell(text: str, properties: str = "") -> str:
    inside = text if text.startswith("<w:p>") or text.startswith("<w:tbl>") else paragraph(text)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    whole = (one if one.startswith(("<w:tc", "<w:sdt")) else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(whole)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def note(number: int, text: str) -> str:
    return f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>{run(text)}</w:p></w:footnote>'


def reads(body: str, notes: str = "") -> Content:
    return content(word(body, styles=STYLES, footnotes=NOTES.format(notes)), "a.docx")


def blocks(found: Content) -> list[tuple[str, int, str]]:
    """Return kind, level and words of each block."""
    return [(block.kind, block.level, found.text[block.start : block.end]) for block in found.blocks]


def texts(found: Content) -> list[str]:
    return [words for _, _, words in blocks(found)]


def cells(found: Table) -> list[tuple[int, int, str]]:
    return [(cell.row, cell.column, cell.text) for cell in found.cells]


def test_blocks() -> None:
    """Headings have the level of their style, of the one it is based on, or of their outline; lists are items."""
    found = reads(
        paragraph("Users", "1")
        + paragraph("Rural users", "a")
        + paragraph("Older users", "b")
        + paragraph("By outline", "", '<w:outlineLvl w:val="3"/>')
        + paragraph("There were 5 million.")
        + paragraph(" ")
        + paragraph("3 million men", "", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="4"/></w:numPr>')
        + paragraph("2 million women", "e")
        + paragraph("no item", "", '<w:numPr><w:numId w:val="0"/></w:numPr>')
        + paragraph("Users ........ 3", "d")
    )
    assert blocks(found) == [
        ("heading", 1, "Users"),
        ("heading", 1, "Rural users"),
        ("heading", 3, "Older users"),
        ("heading", 4, "By outline"),
        ("paragraph", 0, "There were 5 million."),
        ("item", 0, "3 million men"),
        ("item", 0, "2 million women"),
        ("paragraph", 0, "no item"),
        ("menu", 0, "Users ........ 3"),
    ]
    assert [block.place for block in found.blocks[3:6]] == ["paragraph 4", "paragraph 5", "paragraph 6"]
    assert found.title == "Users"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (f"<w:ins>{run('5 million')}</w:ins>", "5 million"),
        (f"{run('5')}<w:del>{run('3', name='delText')}</w:del>{run(' million')}", "5 million"),
        (f"<w:moveFrom>{run('3')}</w:moveFrom><w:moveTo>{run('5')}</w:moveTo>", "5"),
        (f"<w:sdt><w:sdtPr><w:t>x</w:t></w:sdtPr><w:sdtContent>{run('5')}</w:sdtContent></w:sdt>", "5"),
        (f"<w:hyperlink>{run('5')}</w:hyperlink><w:smartTag>{run(' m')}</w:smartTag>", "5 m"),
        (
            run("5") + run("3", "<w:vanish/>") + run(" m", '<w:vanish w:val="0"/>'),
            "5 m",
        ),
        (run("5") + run("3", '<w:rStyle w:val="f"/>'), "5"),
        (f"{run('PAGE 7', name='instrText')}<w:fldSimple>{run('5')}</w:fldSimple>", "5"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:softHyphen/></w:r>", "a\tb\nc-"),
        (f"<w:bookmarkStart/>{run('5')}<w:proofErr/><w:lastRenderedPageBreak/>{run('6')}", "56"),
        (f"<w:ruby><w:rt>{run('guī')}</w:rt><w:rubyBase>{run('规')}</w:rubyBase></w:ruby>", "规"),
    ],
)
def test_runs(inside: str, text: str) -> None:
    """Insertions, links and controls are read; deletions, hidden runs, field codes and readings are not."""
    assert texts(reads(paragraph(inside))) == [text]


RAISED = '<w:vertAlign w:val="superscript"/>'


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (run("109,225") + run("1", RAISED) + run(" users"), "109,225 users"),
        (run("109,225") + run("1", '<w:rStyle w:val="g"/>'), "109,225"),
        (run("109,225") + run("[", RAISED) + run("12", RAISED) + run("]", RAISED), "109,225"),
        (run("the 1") + run("st", RAISED), "the 1st"),
        (run("50 km") + run("2", RAISED), "50 km2"),
        (run("H") + run("2", '<w:vertAlign w:val="subscript"/>') + run("O"), "H2O"),
        (run("109,225") + '<w:r><w:footnoteReference w:id="2"/></w:r>', "109,225"),
    ],
)
def test_raised_signs(inside: str, text: str) -> None:
    """A raised sign of a note is no digit of the number before it; another one belongs to its word."""
    assert texts(reads(paragraph(inside))) == [text]


def test_a_hidden_paragraph() -> None:
    """A paragraph whose style hides it is left out."""
    assert texts(reads(paragraph("3 million", "f") + paragraph("5 million"))) == ["5 million"]


def test_notes_of_the_document() -> None:
    """Footnotes that the text refers to are blocks behind it, in the order of their marks."""
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = paragraph(run("a") + reference.format(7)) + paragraph(run("b") + reference.format(3) + reference.format(7))
    found = reads(body, note(3, "third") + note(7, "seventh") + note(9, "nobody asks"))
    assert blocks(found) == [("paragraph", 0, "a"), ("paragraph", 0, "b"), ("note", 0, "seventh"), ("note", 0, "third")]
    assert [block.place for block in found.blocks[2:]] == ["footnote 1", "footnote 2"]


def test_text_boxes() -> None:
    """A text box is read once, behind the paragraph that it stands in, though it is kept for old programs too."""
    box = f"<w:txbxContent>{paragraph('in the box')}</w:txbxContent>"
    spaces = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    inside = f"<w:r><mc:AlternateContent {spaces}>{both}</mc:AlternateContent></w:r>"
    found = reads(paragraph(inside + run("outside")) + paragraph("after"))
    assert texts(found) == ["outside", "in the box", "after"]
    assert found.blocks[1].place == "paragraph 1, text box"


def test_content_controls() -> None:
    """Paragraphs, tables, rows and cells within content controls stand where they would without."""
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    found = reads(
        control.format(paragraph("in a control"))
        + control.format(table(row("a", "b"), control.format(row("1", control.format(cell("2"))))))
    )
    assert texts(found) == ["in a control"]
    assert cells(found.tables[0]) == [(1, 1, "a"), (1, 2, "b"), (2, 1, "1"), (2, 2, "2")]


def test_merged_cells() -> None:
    """A cell over several rows or columns stands once, with its spans; rows may begin further right."""
    merged, going_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    found = reads(
        table(
            row(cell("Year", merged), cell("Users", '<w:gridSpan w:val="2"/>')),
            row(cell("", going_on), "Urban", "Rural"),
            row(cell("", going_on), "x", cell("y", merged)),
            row("5", cell("", going_on), properties='<w:gridBefore w:val="1"/>'),
            row(cell("h", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "7"),
        )
    )
    assert found.tables[0].cells == (
        Cell(1, 1, "Year", 3, 1),
        Cell(1, 2, "Users", 1, 2),
        Cell(2, 2, "Urban"),
        Cell(2, 3, "Rural"),
        Cell(3, 2, "x"),
        Cell(3, 3, "y", 2, 1),
        Cell(4, 2, "5"),
        Cell(5, 1, "h", 1, 2),
        Cell(5, 3, "7"),
    )


def test_rows_that_nobody_sees() -> None:
    """Deleted and hidden rows are left out, inserted ones are not."""
    found = reads(
        table(
            row("a", "b"),
            row("1", "2", properties="<w:del/>"),
            row("3", "4", properties="<w:hidden/>"),
            row("5", "6", properties="<w:ins/>"),
        )
    )
    assert cells(found.tables[0]) == [(1, 1, "a"), (1, 2, "b"), (2, 1, "5"), (2, 2, "6")]


def test_header_rows() -> None:
    """The rows that repeat on each page are the table's head; rows further down are not."""
    head = "<w:tblHeader/>"
    found = reads(table(row("a", "b", properties=head), row("1", "2"), row("3", "4", properties=head)))
    assert found.tables[0].head == 1


def test_marks_in_cells() -> None:
    """A cell's raised signs and footnotes are its marks; the table's notes hold what the footnotes say."""
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    found = reads(
        table(row("a", paragraph(run("b") + run("*", RAISED))), row("x", paragraph(run("109,225") + reference))),
        note(2, "Preliminary."),
    )
    assert [(one.text, one.marks) for one in found.tables[0].cells] == [
        ("a", ()),
        ("b", ("*",)),
        ("x", ()),
        ("109,225", ("1",)),
    ]
    assert found.tables[0].notes == ("[1] Preliminary.",)


def test_lines_and_indents_in_cells() -> None:
    """Lines of a cell are set apart by a space; a part that is set in has a wide space for each step."""
    found = reads(
        table(
            row("a", paragraph("<w:r><w:t>Users</w:t><w:br/><w:t>(million)</w:t></w:r>") + paragraph("2023")),
            row(paragraph("of which", "", '<w:ind w:left="420"/>'), "5"),
            row("\u3000\u3000rural", paragraph("6", "", '<w:ind w:left="420"/>')),
        )
    )
    assert [one.text for one in found.tables[0].cells] == [
        "a",
        "Users (million) 2023",
        "\u3000of which",
        "5",
        "\u3000\u3000rural",
        "6",
    ]


ROWS = (row("a", "b"), row("1", "2"))


@pytest.mark.parametrize(
    ("above", "caption"),
    [
        ([("Table 1", "c"), ("Unit: million", "")], "Table 1 Unit: million"),
        ([("表1　网民规模", ""), ("单位：万人", "")], "表1　网民规模 单位：万人"),
        ([("单位：万人", ""), ("表1　网民规模", "")], "表1　网民规模 单位：万人"),
        ([("表1 网民", ""), ("Table 1 Users", "")], "表1 网民 Table 1 Users"),
        ([("Users by area", "")], "Users by area"),
        ([("Chapter", "1"), ("There were 5 million users.", "")], "Chapter"),
        ([("Chapter", "1"), ("（单位：%）", "")], "Chapter （单位：%）"),
        ([("Users by area", ""), ("There were 5 million users.", "")], ""),
        ([("one of a list", "e")], ""),
        ([], ""),
    ],
)
def test_captions(above: list[tuple[str, str]], caption: str) -> None:
    """The title and the unit line right above a table are its caption, else the heading over it; a sentence is none."""
    body = "".join(paragraph(text, style) for text, style in above)
    found = reads(body + paragraph(" ") + table(*ROWS) + paragraph("After.") + table(*ROWS))
    assert found.tables[0].caption == caption
    assert [block.kind for block in found.blocks[: len(above)] if block.kind == "caption"] == ["caption"] * sum(
        style not in ("1", "e") and text in caption for text, style in above
    )


def test_table_notes() -> None:
    """Lines below a table that explain it are its notes, up to the first that does not."""
    lines = ("注：1. 快报数。", "2. 不含港澳台。", "资料来源：调查", "Users grew by 5%.", "Note: none")
    found = reads(table(*ROWS) + "".join(map(paragraph, lines)))
    assert found.tables[0].notes == lines[:3]
    assert [block.kind for block in found.blocks] == ["note", "note", "note", "paragraph", "paragraph"]


def test_a_table_within_a_table() -> None:
    """A table in a cell is a table of its own, named by that cell; the outer one keeps its values."""
    inner = f"<w:tc>{paragraph('North')}{table(row('sub', '77'), row('sup', '78'))}<w:p/></w:tc>"
    found = reads(table(row("Area", "Users"), row(inner, "5"), row("South", "6")))
    assert [(one.name, one.caption) for one in found.tables] == [("table 1", ""), ("table 2", "North")]
    assert [text for _, _, text in cells(found.tables[0])] == ["Area", "Users", "North", "5", "South", "6"]
    assert [text for _, _, text in cells(found.tables[1])] == ["sub", "77", "sup", "78"]


def test_a_table_that_lays_out_the_page() -> None:
    """A table without values around another table, or with a whole text in a cell, is no table but its contents."""
    left, text = paragraph("Contents"), "A long story. " * 50
    right = f"<w:tc>{paragraph('Users', '1')}{paragraph('Table 1', 'c')}{table(*ROWS)}{paragraph('Note: x')}</w:tc>"
    found = reads(table(row(f"<w:tc>{left}</w:tc>", right)) + table(row(text, "Aside")) + table(row("Box")))
    assert texts(found) == ["Contents", "Users", "Table 1", "Note: x", text.strip(), "Aside", "Box"]
    assert [(one.caption, one.notes) for one in found.tables] == [("Table 1", ("Note: x",))]


def test_strict_documents() -> None:
    """A document saved as strict Open XML has other names for the same things."""
    name = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f'<w:document xmlns:w="{name}"><w:body>{paragraph("5 m")}</w:body></w:document>'
    assert texts(content(package({"word/document.xml": body}), "a.docx")) == ["5 m"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"5 million", "File is not a zip file"),
        (package({"a.xml": "<a/>"}), "it has no part word/document.xml"),
        (package({"word/document.xml": "<a>"}), "'word/document.xml' is no XML"),
        (package({"word/document.xml": "<a/>"}), "has no body"),
    ],
)
def test_what_is_no_document(data: bytes, message: str) -> None:
    """Other bytes under a document's name are refused."""
    with pytest.raises(ReaderError, match=f"not a Word document that can be read: .*{message}"):
        content(data, "a.docx")


def _expected(grid: Grid) -> Iterator[Cell]:
    for r, cells_ in enumerate(grid.rows, start=1):
        for c, one in enumerate(cells_, start=1):
            if one:
                text = "\u3000" * one.indent + one.text
                yield Cell(r, c, text, one.rows, one.columns, marks=(one.mark,) if one.mark else ())


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: grid.id)
def test_grids(grid: Grid, look: str) -> None:
    """However a document looks, its table has the cells, spans, marks, caption and notes that were written."""
    (found,) = content(write(grid, look), "a.docx").tables
    assert found.cells == tuple(_expected(grid))
    assert found.caption == " ".join(filter(None, (grid.title, grid.unit_line)))
    assert found.notes == grid.notes
    assert found.head == (grid.head if look == "styled" else 0)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("grid", GRIDS[:2], ids=lambda grid: grid.id)
def test_facts_of_a_document(grid: Grid, look: str, catalogue: Catalogue) -> None:
    """The facts that a table was made from are found again."""
    found = facts(write(grid, look), catalogue, "a.docx", published=grid.published)
    values = {(getattr(fact, "indicator", ""), fact.mention.value) for fact in found.facts}
    assert {(fact.indicator, fact.value) for _, _, fact in grid.facts} <= values
