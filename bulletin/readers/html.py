"""Web pages: paragraphs, headings and tables of the page, without menus, scripts and what is hidden."""

import re
from collections.abc import Iterator
from typing import Any

from bulletin.content import Content, decode
from bulletin.errors import ReaderError
from bulletin.model import Block, Cell, Metadata, Table

SUFFIXES = (".html", ".htm", ".xhtml")
MEDIA_TYPE = "text/html"

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_SKIPPED = frozenset({"script", "style", "template", "noscript", "svg", "head", "iframe", "select", "button", "form"})
_MENUS = frozenset({"nav", "footer", "aside", "menu"})
_BLOCKS = frozenset(
    {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "div", "dd", "dt", "blockquote", "figcaption", "pre"}
)
_BLOCKS_AND_BREAKS = _BLOCKS | {"br", "section", "article", "main", "header", "ul", "ol", "dl", "body", "table"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
DEPTH_LIMIT = 2_000
CELL_LIMIT = 200_000
"""Cells of one table, spans counted; a table that claims more is left out."""


def read(data: bytes, metadata: Metadata) -> Content:
    """Return the text of the page's body as blocks, and its tables; raises ReaderError where it is no page."""
    from turbohtml import parse

    declared = _CHARSET.search(data[:4096])
    html, encoding = decode(data, metadata.encoding or (declared[1].decode("ascii") if declared else None))
    page = parse(html)
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
        encoding,
        title.text.strip() if title is not None else None,
    )


class _Writer:
    """Writes the page's text down, block by block."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self.length = 0
        self.open = 0
        self.kind = ("paragraph", 0)

    def walk(self, root: Any) -> None:
        """Write the text below the element; a stack instead of recursion, since pages may nest without end."""
        stack: list[tuple[Any, bool, bool]] = [(root, False, False)]
        while stack:
            node, leaving, menu = stack.pop()
            tag = getattr(node, "tag", None)
            if tag is None:
                self._write(getattr(node, "data", None) or "")
                continue
            if leaving or tag in _BLOCKS_AND_BREAKS:
                self._close(menu)
            if leaving or tag in _SKIPPED or _is_hidden(node):
                continue
            if tag == "table" and not _is_layout(node):
                self._table(node, menu)
                continue
            menu = menu or tag in _MENUS
            if tag in _BLOCKS_AND_BREAKS:
                self.kind = ("heading", int(tag[1])) if tag in ("h1", "h2", "h3", "h4", "h5", "h6") else _kind(tag)
                stack.append((node, True, menu))
            if len(stack) < DEPTH_LIMIT * 10:
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
            self.blocks.append(Block("menu" if menu else kind, self.open, self.length, level))
            self.parts.append("\n")
            self.length += 1
        self.open = self.length
        self.kind = ("paragraph", 0)

    def _table(self, element: Any, menu: bool) -> None:
        cells = tuple(_cells(element))
        caption = element.find("caption")
        if cells and not menu:
            words = caption.text.strip() if caption is not None else self._last_heading()
            self.tables.append(Table(f"table {len(self.tables) + 1}", cells, re.sub(r"\s+", " ", words)))

    def _last_heading(self) -> str:
        text = "".join(self.parts)
        for block in reversed(self.blocks):
            if block.kind == "heading":
                return text[block.start : block.end].strip()
        return ""


def _kind(tag: str) -> tuple[str, int]:
    return ("item", 0) if tag == "li" else ("paragraph", 0)


def _is_hidden(element: Any) -> bool:
    attributes = element.attrs
    return "hidden" in attributes or bool(_HIDDEN.search(str(attributes.get("style", ""))))


def _is_layout(table: Any) -> bool:
    """Whether the table holds a table, and so only arranges the page."""
    return table.find("table") is not None


def _cells(table: Any) -> Iterator[Cell]:
    """Yield the cells at the places that their spans leave them."""
    taken: set[tuple[int, int]] = set()
    for row, element in enumerate(table.find_all("tr"), start=1):
        column = 1
        for cell in element.children:
            if getattr(cell, "tag", None) not in ("td", "th"):
                continue
            while (row, column) in taken:
                column += 1
            columns, rows = _span(cell, "colspan", 1_000), _span(cell, "rowspan", 1_000)
            if len(taken) + columns * rows > CELL_LIMIT:
                return
            taken |= {(row + down, column + right) for down in range(rows) for right in range(columns)}
            yield Cell(row, column, _cell_text(cell), rows, columns)
            column += columns


def _cell_text(cell: Any) -> str:
    for mark in cell.find_all("sup"):
        mark.decompose()
    return re.sub(r"\s+", " ", cell.text).strip()


def _span(cell: Any, name: str, most: int) -> int:
    value = str(cell.attrs.get(name, "1")).strip()
    return min(max(int(value), 1), most) if value.isascii() and value.isdigit() and len(value) < 9 else 1
