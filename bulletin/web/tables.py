"""Tables of a web page: their cells, marks and heads, and which tables only arrange the page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.model import Cell
from bulletin.notes import is_note_mark, marks_of
from bulletin.web.page import Node

CELLS = frozenset({"td", "th"})
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "td", "th", "hr", "h1", "h2", "h3", "h4", "h5", "h6"})
LAYOUT_TEXT, LAYOUT_CELLS = 500, 10
"""A table of so few cells, one with so many characters, arranges a page; a table of values may end in a long note."""
CELL_LIMIT = 200_000
"""Cells of one table, spans counted; a table that claims more is left out."""
TERM, DEFINITION = 80, 60
"""Characters of a term and of its definition that may be a row of figures: Internet users, 1.032 billion."""


@dataclass(frozen=True, slots=True)
class PageTable:
    """The cells of a table, with what the markup says of its rows."""

    cells: tuple[Cell, ...]
    head: int
    notes: tuple[str, ...]


def is_layout(table: Node) -> bool:
    """Return whether the table only arranges the page: it holds a table, a single cell, or one with a whole text."""
    if str(table.attrs.get("role") or "") in ("presentation", "none") or table.first("table") is not None:
        return True
    cells = [cell for row in table.all("tr") for cell in row.elements() if cell.tag in CELLS]
    return len(cells) < 2 or (len(cells) < LAYOUT_CELLS and any(cell.words > LAYOUT_TEXT for cell in cells))


def read_table(table: Node) -> PageTable:
    """Return the cells of a table at the places that spans leave them, its head, and the notes of its foot."""
    rows = list(table.all("tr"))
    feet = [row for row in rows if row.parent is not None and row.parent.tag == "tfoot"]
    notes = [row for row in feet if len(list(row.elements())) == 1]
    ordered = [*(row for row in rows if row not in feet), *(row for row in feet if row not in notes)]
    texts = tuple(filter(None, (text_of(cell)[0] for row in notes for cell in row.elements())))
    return PageTable(tuple(_cells(ordered)), _head(ordered), texts)


def _head(rows: list[Node]) -> int:
    """Return how many rows at the top the markup calls headers: those in thead, or of nothing but th."""
    count = 0
    for row in rows:
        cells = [cell for cell in row.elements() if cell.tag in CELLS]
        marked = row.parent is not None and row.parent.tag == "thead"
        if not (marked or (cells and all(cell.tag == "th" or not cell.words for cell in cells) and len(cells) > 1)):
            break
        count += 1
    return count if count < len(rows) else 0


def _cells(rows: list[Node]) -> Iterator[Cell]:
    taken: set[tuple[int, int]] = set()
    for row, element in enumerate(rows, start=1):
        column = 1
        for cell in element.elements():
            if cell.tag not in CELLS:
                continue
            while (row, column) in taken:
                column += 1
            columns, height = _span(cell, "colspan"), _span(cell, "rowspan")
            if len(taken) + columns * height > CELL_LIMIT:
                return
            taken |= {(row + down, column + right) for down in range(height) for right in range(columns)}
            text, marks = text_of(cell)
            yield Cell(row, column, text, height, columns, marks=marks)
            column += columns


def _span(cell: Node, name: str, most: int = 1_000) -> int:
    if name not in cell.attrs:
        return 1
    value = str(cell.attrs[name]).strip()
    return min(max(int(value), 1), most) if value.isascii() and value.isdigit() and len(value) < 9 else 1


def text_of(root: Node) -> tuple[str, tuple[str, ...]]:
    """Return the text of a cell or caption on one line, a space where a line breaks, and the marks of its notes."""
    parts: list[str] = []
    marks: list[str] = []
    stack: list[Node | str] = list(reversed(root.children))
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
        elif is_mark(node, "".join(parts[-3:])):
            marks += marks_of(node.text)
        else:
            space = [" "] if node.tag in _BREAKS else []
            stack += [*space, *reversed(node.children), *space]
    return re.sub(r"\s+", " ", "".join(parts)).strip(), tuple(marks)


def is_mark(node: Node, before: str) -> bool:
    """Return whether the element, which stands behind this text, is the raised sign of a note."""
    return node.tag == "sup" and is_note_mark(node.text, before)


def definitions(element: Node) -> tuple[Cell, ...]:
    """Return a list of definitions as rows of two cells, where each term has one short definition with a number."""
    terms = list(element.all("dt", "dd"))
    pairs = list(zip(terms[::2], terms[1::2], strict=False))
    fits = all(
        term.tag == "dt" and of.tag == "dd" and term.words <= TERM and of.words <= DEFINITION for term, of in pairs
    )
    if len(pairs) < 2 or 2 * len(pairs) != len(terms) or not fits:
        return ()
    texts = [(text_of(term), text_of(of)) for term, of in pairs]
    if not all(re.search(r"\d", of) for _, (of, _) in texts):
        return ()
    return tuple(
        Cell(row, column, text, marks=marks)
        for row, pair in enumerate(texts, start=1)
        for column, (text, marks) in enumerate(pair, start=1)
    )
