"""Web pages: paragraphs, headings and tables of the page, without menus, related news, scripts and what is hidden."""

import re
from dataclasses import replace

from bulletin.content import Content, decode
from bulletin.errors import ReaderError
from bulletin.limits import DEFAULTS, Limits
from bulletin.model import Block, Metadata, Table
from bulletin.notes import may_be_note
from bulletin.web.page import HEADINGS, Node, article_of, is_behind_title, is_furniture, note_title, tree
from bulletin.web.tables import definitions, is_layout, is_mark, read_table, text_of

SUFFIXES = (".html", ".htm", ".xhtml")
MEDIA_TYPE = "text/html"

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_BLOCKS = (
    frozenset(
        {"p", "li", "div", "dd", "dt", "blockquote", "figcaption", "pre", "br", "hr", "section", "article", "main"}
        | {"header", "footer", "nav", "aside", "menu", "ul", "ol", "dl", "body", "form", "figure", "address", "details"}
        | {"summary", "fieldset", "legend", "table", "tr", "td", "th", "caption", "center"}
    )
    | HEADINGS
)
_KINDS = {"li": "item", "figcaption": "caption", "caption": "caption", "legend": "caption", "dt": "item", "dd": "item"}
_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
_DATES = re.compile(r"(?:19|20)\d\d(?:[-./年]\d{1,2}(?:[-./月]\d{1,2})?)?|\d{1,2}(?=[月日]|st|nd|rd|th)")
CAPTION, LINES = 120, 3
"""Characters of a line over a table that may speak of it, and how many lines do."""


def read(data: bytes, metadata: Metadata, limits: Limits = DEFAULTS) -> Content:
    """Return the text of the page's body as blocks, and its tables; raises ReaderError where it is no page.

    What is furniture of the page is kept as blocks of kind `menu`, which are never extracted from.
    """
    from turbohtml import parse

    html = decode(data, metadata.encoding, _declared(data), limits)
    page = parse(html.text)
    body = page.find("body")
    if body is None:
        raise ReaderError("the page has no body")
    writer = _Writer(tree(body))
    writer.walk()
    title = page.find("title")
    return Content(
        "".join(writer.parts),
        tuple(writer.blocks),
        tuple(writer.tables),
        html.encoding,
        title.text.strip() if title is not None else None,
        html.notes,
    )


def _declared(data: bytes) -> str | None:
    """Return the encoding that the page itself names."""
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else None


class _Writer:
    """Writes the page's text down, block by block."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self.article = article_of(root)
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self.length = 0
        self.open = 0
        """Where the block being written begins, in the text."""
        self.first = 0
        """... and in the parts."""
        self.heading = ""
        self.above: list[str] = []
        """The lines since the last heading or table."""
        self.noting = False
        """Whether nothing but notes has followed the last table."""
        self.element = root
        """The one whose text is being written."""

    def walk(self) -> None:
        """Write the text of the page; a stack instead of recursion, since pages may nest without end."""
        stack: list[tuple[Node | str, bool, bool]] = [(self.root, False, self.article is not None)]
        while stack:
            node, leaving, menu = stack.pop()
            if isinstance(node, str):
                self._write(node)
                continue
            block = node.tag in _BLOCKS
            if block:
                self._close(menu)
            if leaving:
                self.element = node.parent or self.root
                continue
            if is_mark(node, "".join(self.parts[-3:])):
                continue
            if node is self.article:
                menu = False
            elif block:
                menu = menu or is_furniture(node, self.root) or is_behind_title(node)
            menu = menu and not (node.tag == "h1" and self._outside(node))
            if block and self._is_table(node, menu):
                continue
            if block:
                self.element = node
                stack.append((node, True, menu))
            stack.extend((child, False, menu) for child in reversed(node.children))

    def _outside(self, heading: Node) -> bool:
        """Whether the page's title stands outside of its article, and in no menu."""
        node = heading.parent
        while node is not None and node is not self.root:
            if node.tag in ("nav", "footer", "aside"):
                return False
            node = node.parent
        return self.article is not None

    def _is_table(self, node: Node, menu: bool) -> bool:
        """Write down the element as a table, if it is one."""
        if node.tag == "dl" and not menu and (cells := definitions(node)):
            self._add(Table(self._name(), cells, self._caption(), head=0))
            return True
        if node.tag != "table" or is_layout(node):
            return False
        found = read_table(node)
        if found.cells and not menu:
            self._add(Table(self._name(), found.cells, self._caption(node), notes=found.notes, head=found.head))
        return True

    def _name(self) -> str:
        return f"table {len(self.tables) + 1}"

    def _add(self, table: Table) -> None:
        self.tables.append(table)
        self.above, self.noting = [], True

    def _caption(self, table: Node | None = None) -> str:
        """Return the lines that speak of a table in reading order: heading, lines right above, its own caption."""
        own = table.first("caption") if table is not None else None
        figure = table.parent if table is not None else None
        behind = figure.first("figcaption") if figure is not None and figure.tag == "figure" else None
        lines = [self.heading, *self.above[-LINES:], *(text_of(node)[0] for node in (behind, own) if node)]
        return "\n".join(dict.fromkeys(filter(None, lines)))

    def _write(self, text: str) -> None:
        text = re.sub(r"\s+", " ", text)
        if text == " " and self.length == self.open:
            return
        self.parts.append(text)
        self.length += len(text)

    def _close(self, menu: bool) -> None:
        """End the block being written, if there is any."""
        if self.length > self.open:
            words = "".join(self.parts[self.first :]).strip()
            kind, level = self._kind(words, menu)
            self.blocks.append(Block(kind, self.open, self.length, level, self.element.path))
            self.parts.append("\n")
            self.length += 1
            note_title(self.element, words)
        self.open, self.first = self.length, len(self.parts)

    def _kind(self, words: str, menu: bool) -> tuple[str, int]:
        """Return kind and level of the block, and remember what it says of the tables around it."""
        if menu:
            return "menu", 0
        tag = self.element.tag
        if self.noting and may_be_note(words):
            self.tables[-1] = replace(self.tables[-1], notes=(*self.tables[-1].notes, words))
            return "note", 0
        self.noting = False
        if tag in HEADINGS:
            self.heading, self.above = words, []
            return "heading", int(tag[1])
        self.above = [*self.above[1 - LINES :], words] if _may_speak_of_table(words) else []
        return _KINDS.get(tag, "paragraph"), 0


def _may_speak_of_table(line: str) -> bool:
    """Whether a line says something of the table below it: a title, a unit line, a sentence without figures."""
    if len(line) > CAPTION:
        return False
    return not line.endswith((".", "。", ";", "；", "，")) or not _FIGURES.search(_DATES.sub("", line))
