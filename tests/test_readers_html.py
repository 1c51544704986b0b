"""Web pages: the text that a reader sees, block by block, and the tables."""

import pytest

from bulletin.content import Content
from tests.samples import content


def kinds(page: str | bytes) -> list[tuple[str, str]]:
    """Return kind and words of each block."""
    found = content(page, "a.html")
    return [(block.kind, found.text[block.start : block.end].strip()) for block in found.blocks]


def cells(page: str, index: int = 0) -> list[tuple[int, int, str, int, int]]:
    """Return place, text and span of each cell of a table."""
    table = content(page, "a.html").tables[index]
    return [(cell.row, cell.column, cell.text, cell.rows, cell.columns) for cell in table.cells]


def test_blocks() -> None:
    """Headings, paragraphs and items are blocks; words between them are paragraphs too."""
    page = "<h2>Users</h2><p>There <b>were</b> 5.</p>bare<ul><li>of them 3</ul><p>a<br>b</p><pre>c\n d</pre>"
    assert kinds(page) == [
        ("heading", "Users"),
        ("paragraph", "There were 5."),
        ("paragraph", "bare"),
        ("item", "of them 3"),
        ("paragraph", "a"),
        ("paragraph", "b"),
        ("paragraph", "c d"),
    ]
    assert content(page, "a.html").blocks[0].level == 2


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>5</script>",
        "<style>p{width:5}</style>",
        "<!-- 5 -->",
        "<p hidden>5</p>",
        '<p style="color:red; display : none">5</p>',
        '<span style="visibility:hidden">5</span>',
        "<noscript>5</noscript>",
        "<template><p>5</p></template>",
        "<select><option>5</select>",
        "<textarea>5</textarea>",
    ],
)
def test_what_nobody_sees(hidden: str) -> None:
    """Scripts, comments and hidden elements are no text, whatever stands around them."""
    assert kinds(f"<p>before</p>{hidden}<p>after</p>") == [("paragraph", "before"), ("paragraph", "after")]


@pytest.mark.parametrize("tag", ["nav", "footer", "aside", "menu"])
def test_menus(tag: str) -> None:
    """A menu's words are marked as such, with or without blocks of its own; those around it are not."""
    page = f"<div>before<{tag}>bare <ul><li>item</li></ul></{tag}>after</div>"
    assert kinds(page) == [("paragraph", "before"), ("menu", "bare"), ("menu", "item"), ("paragraph", "after")]


def test_a_page_in_a_form() -> None:
    """A page that is a form as a whole is read."""
    assert kinds("<form><p>5 million</p><button>Go</button></form>") == [("paragraph", "5 million")]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("1.032<sup>1</sup> billion", "1.032 billion"),
        ("5<sup>[2]</sup> million", "5 million"),
        ("5 million<sup><a href='#a'>a</a></sup>", "5 million"),
        ("5<sup>*</sup>", "5"),
        ("the 49<sup>th</sup> report", "the 49th report"),
        ("CO<sub>2</sub>", "CO2"),
    ],
)
def test_marks_of_notes(marked: str, plain: str) -> None:
    """A raised sign of a note is no digit of the number before it, in a paragraph or a cell."""
    assert kinds(f"<p>{marked}</p>") == [("paragraph", plain)]
    assert cells(f"<table><tr><th>a</th><td>{marked}</td></tr></table>")[1][2] == plain


def test_entities_and_spaces() -> None:
    """Entities are characters, and runs of white space one space."""
    assert kinds("<p>5&nbsp;million\n   &lt;b&gt; &minus;3 &#x4E07;</p>") == [("paragraph", "5 million <b> −3 万")]


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        ('<meta charset="gb2312"><p>网民㐂</p>'.encode("gb18030"), "gb18030"),
        ('<meta charset="big5"><p>網民</p>'.encode("big5"), "big5hkscs"),
        ('<meta charset="utf-8"><p>网民</p>'.encode("gb18030"), "gb18030"),
        ('<meta charset="nonsense"><p>网民</p>'.encode(), "utf-8"),
        ('<meta content="text/html; charset=GBK"><p>网民</p>'.encode("gbk"), "gb18030"),
    ],
)
def test_encodings(page: bytes, encoding: str) -> None:
    """The encoding that a page names is tried first; a page that lies is read all the same."""
    found = content(page, "a.html")
    assert (found.text[0], found.encoding) in (("网", encoding), ("網", encoding))


def test_deep_nesting() -> None:
    """A page may nest as deep as it likes."""
    assert kinds("<div>" * 20_000 + "deep" + "</div>" * 20_000) == [("paragraph", "deep")]


def test_many_siblings() -> None:
    """A page may be as long as it likes, and none of it is lost."""
    blocks = kinds("".join(f"<p>{number}" for number in range(30_000)))
    assert [int(words) for _, words in blocks] == list(range(30_000))


def test_title() -> None:
    """The page's title is known, and is no text of it."""
    found: Content = content("<title> Users, 2021 </title><p>5</p>", "a.html")
    assert (found.title, found.text) == ("Users, 2021", "5\n")


def test_a_page_of_nothing() -> None:
    """A page without words has neither blocks nor tables."""
    found = content("<html><head></head></html>", "a.html")
    assert (found.text, found.blocks, found.tables) == ("", (), ())


def test_spans() -> None:
    """A cell stands where the spans of those before and above leave room for it."""
    page = """<table>
        <tr><th rowspan="2">item</th><th colspan="2">2021</th></tr>
        <tr><th>urban</th><th>rural</th></tr>
        <tr><td>users</td><td>748</td><td>284</td></tr></table>"""
    assert cells(page) == [
        (1, 1, "item", 2, 1),
        (1, 2, "2021", 1, 2),
        (2, 2, "urban", 1, 1),
        (2, 3, "rural", 1, 1),
        (3, 1, "users", 1, 1),
        (3, 2, "748", 1, 1),
        (3, 3, "284", 1, 1),
    ]


@pytest.mark.parametrize("span", ["0", "-1", "x", "1.5", "", "999999999999"])
def test_spans_that_are_none(span: str) -> None:
    """A span that is no number of cells is one cell."""
    assert cells(f'<table><tr><td colspan="{span}">a</td><td>b</td></tr></table>')[1] == (1, 2, "b", 1, 1)


def test_a_span_without_end() -> None:
    """A table that claims more cells than are read is cut there, and the page is read on."""
    page = '<table><tr><td>a</td><td rowspan="1000" colspan="1000">b</td></tr></table><p>after</p>'
    assert kinds(page) == [("paragraph", "after")]
    assert cells(page) == [(1, 1, "a", 1, 1)]


def test_lines_of_a_cell() -> None:
    """Where a line breaks in a cell, numbers stay apart, and what is hidden is left out."""
    page = "<table><tr><td>989<br>1032<p>x</p></td><td><s hidden>9</s>5<!-- 7 --></td></tr></table>"
    assert [text for _, _, text, _, _ in cells(page)] == ["989 1032 x", "5"]


@pytest.mark.parametrize(
    ("page", "caption"),
    [
        ("<h2>Users</h2><table><caption>By <b>place</b><br>in 2021</caption>{}</table>", "By place in 2021"),
        ("<h2>Users</h2><p>text</p><table>{}</table>", "Users"),
        ("<table>{}</table>", ""),
    ],
)
def test_captions(page: str, caption: str) -> None:
    """A table without a caption has the last heading before it."""
    found = content(page.format("<tr><td>a</td><td>5</td></tr>"), "a.html")
    assert [(table.name, table.caption) for table in found.tables] == [("table 1", caption)]


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td><p>There were 5 million.</p></td></tr></table>",
        "<table><tr><td>{}</td><td>There were 5 million.</td></tr></table>".format("word " * 200),
        "<table><tr><td>There were 5 million.<table><tr><td>a</td><td>5</td></tr></table></td></tr></table>",
    ],
)
def test_tables_that_arrange_a_page(page: str) -> None:
    """The words of a table that only arranges the page are text."""
    assert ("paragraph", "There were 5 million.") in kinds(page)


def test_neighbours_in_an_arranging_table() -> None:
    """Cells side by side do not run together."""
    inner = "<table><tr><td>a</td><td>1</td></tr></table>"
    page = f"<table><tr><td>Total 5</td><td>6 million</td></tr><tr><td>{inner}</td></tr></table>"
    assert kinds(page) == [("paragraph", "Total 5"), ("paragraph", "6 million")]
    assert cells(page) == [(1, 1, "a", 1, 1), (1, 2, "1", 1, 1)]


def test_a_table_in_a_menu() -> None:
    """A menu's table is none."""
    assert content("<nav><table><tr><td>a</td><td>5</td></tr></table></nav>", "a.html").tables == ()
