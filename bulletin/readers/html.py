"""Web pages: paragraphs, headings and tables of the page, without menus, scripts and what is hidden."""

import re
from collections.abc import Iterator
from typing import Any

from bulletin.content import Content, decode
from bulletin.errors import ReaderError
from bulletin.limits import DEFAULTS, Limits
from bulletin.model import Block, Cell, Metadata, Table

SUFFIXES = (".html", ".htm", ".xhtml")
MEDIA_TYPE = "text/html"

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_SKIPPED = frozenset(
    {"script", "style", "template", "noscript", "svg", "head", "iframe", "select", "button", "textarea"}
)
_MENUS = frozenset({"nav", "footer", "aside", "menu"})
_BLOCKS = frozenset(
    {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "div", "dd", "dt", "blockquote", "figcaption", "pre"}
)
_BLOCKS_AND_BREAKS = (
    _BLOCKS
    | _MENUS
    | {"br", "hr", "section", "article", "main", "header", "ul", "ol", "dl", "body", "form"}
    | {"table", "tr", "td", "th", "caption"}
)
_CELLS = frozenset({"td", "th"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOTE_MARK = re.compile(r"[\s\d\[\](){}（）【】〔〕,，*†‡§¶#+-]*[a-z]?[\s\])}）】〕]*", re.IGNORECASE)
"""What a raised sign is that belongs to a note: 1, [2], *, a. The letters of 1st are none."""
LAYOUT_TEXT, LAYOUT_CELLS = 500, 10
"""A table of so few cells, one with so many characters, arranges a page; a table of values may end in a long note."""
CELL_LIMIT = 200_000
"""Cells of one table, spans counted; a table that claims more is left out."""


def read(data: bytes, metadata: Metadata, limits: Limits = DEFAULTS) -> Content:
    """Return the text of the page's body as blocks, and its tables; raises ReaderError where it is no page."""
    from turbohtml import parse

    html = decode(data, metadata.encoding, _declared(data), limits)
    page = parse(html.text)
    body = page.find("body")
    if body is None:
        raise ReaderError("the page has no body")
    writer = _Writer()
    writer.walk(body)
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

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self.length = 0
        self.open = 0
        """Where the block being written begins, in the text."""
        self.first = 0
        """... and in the parts."""
        self.heading = ""
        self.kind = ("paragraph", 0)

    def walk(self, root: Any) -> None:
        """Write the text below the element; a stack instead of recursion, since pages may nest without end."""
        stack: list[tuple[Any, bool, bool]] = [(root, False, False)]
        while stack:
            node, leaving, menu = stack.pop()
            tag = getattr(node, "tag", None)
            if tag is None:
                self._write(_data(node))
                continue
            if leaving or tag in _BLOCKS_AND_BREAKS:
                self._close(menu)
            if leaving or _is_skipped(node):
                continue
            if tag == "table" and not _is_layout(node):
                self._table(node, menu)
                continue
            menu = menu or tag in _MENUS
            if tag in _BLOCKS_AND_BREAKS:
                self.kind = ("heading", int(tag[1])) if tag in ("h1", "h2", "h3", "h4", "h5", "h6") else _kind(tag)
                stack.append((node, True, menu))
            stack.extend((child, False, menu) for child in reversed(list(node.children)))

    def _write(self, text: str) -> None:
        text = re.sub(r"\s+", " ", text)
        if text == " " and self.length == self.open:
            return
        self.parts.append(text)
        self.length += len(text)

    def _close(self, menu: bool) -> None:
        if self.length > self.open:
            kind, level = self.kind
            if kind == "heading" and not menu:
                self.heading = "".join(self.parts[self.first :]).strip()
            self.blocks.append(Block("menu" if menu else kind, self.open, self.length, level))
            self.parts.append("\n")
            self.length += 1
        self.open, self.first = self.length, len(self.parts)
        self.kind = ("paragraph", 0)

    def _table(self, element: Any, menu: bool) -> None:
        cells = tuple(_cells(element))
        caption = element.find("caption")
        if cells and not menu:
            words = _text_of(caption) if caption is not None else self.heading
            self.tables.append(Table(f"table {len(self.tables) + 1}", cells, words))


def _kind(tag: str) -> tuple[str, int]:
    return ("item", 0) if tag == "li" else ("paragraph", 0)


def _data(node: Any) -> str:
    """Return the text of a node that is no element; a comment has none."""
    return str(node.data) if type(node).__name__ == "Text" else ""


def _is_skipped(element: Any) -> bool:
    """Whether the element is no text of the page: a script, what is hidden, the mark of a note."""
    if element.tag in _SKIPPED or (element.tag == "sup" and _NOTE_MARK.fullmatch(element.text)):
        return True
    attributes = element.attrs
    return "hidden" in attributes or bool(_HIDDEN.search(str(attributes.get("style", ""))))


def _is_layout(table: Any) -> bool:
    """Whether the table only arranges the page: it holds a table, a single cell, or a cell with a whole text."""
    if table.find("table") is not None:
        return True
    cells = [cell for row in table.find_all("tr") for cell in row.children if getattr(cell, "tag", None) in _CELLS]
    return len(cells) < 2 or (len(cells) < LAYOUT_CELLS and any(len(cell.text) > LAYOUT_TEXT for cell in cells))


def _cells(table: Any) -> Iterator[Cell]:
    """Yield the cells at the places that their spans leave them."""
    taken: set[tuple[int, int]] = set()
    for row, element in enumerate(table.find_all("tr"), start=1):
        column = 1
        for cell in element.children:
            if getattr(cell, "tag", None) not in _CELLS:
                continue
            while (row, column) in taken:
                column += 1
            columns, rows = _span(cell, "colspan", 1_000), _span(cell, "rowspan", 1_000)
            if len(taken) + columns * rows > CELL_LIMIT:
                return
            taken |= {(row + down, column + right) for down in range(rows) for right in range(columns)}
            yield Cell(row, column, _text_of(cell), rows, columns)
            column += columns


def _text_of(root: Any) -> str:
    """Return the text of a cell or caption on one line, a space where a line breaks."""
    parts: list[str] = []
    stack: list[Any] = list(reversed(list(root.children)))
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
        elif getattr(node, "tag", None) is None:
            parts.append(_data(node))
        elif not _is_skipped(node):
            space = [" "] if node.tag in _BLOCKS_AND_BREAKS else []
            stack += [*space, *reversed(list(node.children)), *space]
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def _span(cell: Any, name: str, most: int) -> int:
    value = str(cell.attrs.get(name, "1")).strip()
    return min(max(int(value), 1), most) if value.isascii() and value.isdigit() and len(value) < 9 else 1
