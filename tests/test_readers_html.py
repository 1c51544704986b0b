"""Web pages: the text that a reader sees, block by block, and the tables."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bulletin.content import Content
from bulletin.model import Observation
from schemas.catalogue import Catalogue
from tests.samples import content, facts


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
        ("960,000 km<sup>2</sup>", "960,000 km2"),
        ("5,010<sup>1</sup> million", "5,010 million"),
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
        ("<h2>Users</h2><table><caption>By <b>place</b><br>in 2021</caption>{}</table>", "Users\nBy place in 2021"),
        ("<h2>Users</h2><p>text</p><table>{}</table>", "Users\ntext"),
        ("<h2>Users</h2><p>There were 5 million.</p><table>{}</table>", "Users"),
        ("<p>Figures are for June 2021.</p><table>{}</table>", "Figures are for June 2021."),
        ("<figure><figcaption>By place</figcaption><table>{}</table></figure>", "By place"),
        ("<table>{}</table>", ""),
    ],
)
def test_captions(page: str, caption: str) -> None:
    """Heading, lines right above without figures, and the table's own caption speak of it, in reading order."""
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


PAGES = Path(__file__).parent / "pages"
EXPECTED = {page["file"]: page for page in yaml.safe_load((PAGES / "pages.yml").read_text(encoding="utf-8"))}


@pytest.fixture(params=EXPECTED.values(), ids=EXPECTED)
def expected(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What must be read of a page of one of the kinds that the web has."""
    return request.param  # type: ignore[no-any-return]


def page_of(expected: dict[str, Any]) -> bytes:
    return (PAGES / expected["file"]).read_bytes()


def test_the_whole_article_is_read(expected: dict[str, Any]) -> None:
    """Every sentence of the article is text of the page, whatever the page is built of."""
    found = content(page_of(expected), expected["file"])
    own = "\n".join(found.text[block.start : block.end] for block in found.blocks if block.kind != "menu")
    assert [sentence for sentence in expected["article"] if sentence not in " ".join(own.split())] == []


def test_the_furniture_of_a_page_states_nothing(expected: dict[str, Any], catalogue: Catalogue) -> None:
    """No number of a menu, banner, list of related news, comment or footer becomes a mention."""
    found = facts(page_of(expected), catalogue, expected["file"], published=expected["published"]).facts
    assert {fact.mention.quote for fact in found} & set(expected["furniture"]) == set()


def test_the_facts_of_a_page(expected: dict[str, Any], catalogue: Catalogue) -> None:
    """What the article and its tables state is found, and nothing else becomes a fact."""
    found = facts(page_of(expected), catalogue, expected["file"], published=expected["published"]).facts
    stated = {fact.mention.quote: fact.indicator for fact in found if isinstance(fact, Observation)}
    assert stated == expected["facts"]
