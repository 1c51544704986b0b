"""From a document's body to blocks and tables, in reading order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from bulletin.around import caption_of, is_numbered_caption, is_unit_line, may_be_caption
from bulletin.model import Block, Cell, Table
from bulletin.notes import is_note
from bulletin.word.grid import Grid, Place, lay
from bulletin.word.names import DEEPEST, P_PR, TBL, P, TooDeep, W, number, value, within
from bulletin.word.styles import BODY_TEXT, Style, Styles
from bulletin.word.text import written

LAYOUT_TEXT, LAYOUT_CELLS = 500, 10
"""A table of so few cells, one with so many characters, arranges a page; a table of values may end in a long note."""
_FLOW = frozenset({P, TBL})
_GOES_ON = re.compile(r"\d{1,2}\s*[.．、)）]\s*\S")
"""How further notes begin below the first: `2. ...`."""
_VALUE = re.compile(r"[-+–−(（]?[¥$£€]?[\d,. ]*\d[)）]?\s?[%％‰]?")
INDENT = "\u3000"
"""Stands before a cell's text for each step that it is set in."""
STEP = 420
"""Twentieths of a point that are a step: two characters of 10.5 points, as Chinese paragraphs are set in."""


@dataclass(frozen=True, slots=True)
class _Filled:
    """A cell's own words, and what else stands in it."""

    place: Place
    text: str
    marks: tuple[str, ...]
    tables: tuple[Element, ...]
    boxes: tuple[Element, ...]


class Writer:
    """Writes the document down, block by block."""

    def __init__(self, styles: Styles, notes: Mapping[str, Element | None]) -> None:
        """Take the styles, and the parts that hold footnotes and endnotes."""
        self.styles = styles
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self.title = ""
        self._notes = {kind: _notes_of(part, kind) for kind, part in notes.items() if part is not None}
        self._references: dict[str, int] = {}
        """Notes that the text refers to, with their numbers in order."""
        self._length = 0
        self._paragraphs = 0
        self._heading = ""
        self._above: list[int] = []
        """Blocks since the last table, heading or note: those that may be a table's caption."""
        self._noted = False
        """Whether the last thing written is a table, or notes below it."""

    def walk(self, container: Element, depth: int = 0, place: str = "") -> None:
        """Write what stands in the body, a cell or a text box; raises TooDeep where it nests without end."""
        if depth > DEEPEST:
            raise TooDeep
        for element in within(container, _FLOW, depth):
            if element.tag == TBL:
                self._table(element, depth + 1)
            else:
                self._paragraph(element, depth, place)

    def write_notes(self) -> None:
        """Write the footnotes and endnotes that the text refers to, each as a block."""
        for reference in list(self._references):
            if text := self._note_text(reference):
                kind, number_ = reference.split(" ")[0], self._references[reference]
                self._write(Block("note", 0, 0, 0, f"{kind} {number_}"), text)

    def _write(self, block: Block, text: str) -> None:
        self.blocks.append(replace(block, start=self._length, end=self._length + len(text)))
        self.parts += (text, "\n")
        self._length += len(text) + 1

    def _paragraph(self, element: Element, depth: int, place: str) -> None:
        properties = element.find(P_PR)
        style = self.styles[value(properties, f"{W}pStyle")]
        said = written(element, self.styles, style.hidden)
        text = said.text.strip()
        if said.marks:
            self._numbered(said.marks)
        if text:
            self._paragraphs += 1
            place = place or f"paragraph {self._paragraphs}"
            kind, level = _kind(style, properties)
            self._block(kind, level, text, place)
        for box in said.boxes:
            self.walk(box, depth + 1, f"{place or f'paragraph {self._paragraphs}'}, text box")

    def _block(self, kind: str, level: int, text: str, place: str) -> None:
        """Write a paragraph, and remember what it may be to a table above or below it."""
        below = self._noted and kind == "paragraph"
        if below and (is_note(text) or (self.tables[-1].notes and _GOES_ON.match(text))):
            self.tables[-1] = replace(self.tables[-1], notes=(*self.tables[-1].notes, text))
            self._write(Block("note", 0, 0, 0, place), text)
            return
        self._noted = False
        if kind == "heading":
            self._heading, self._above = text, []
            self.title = self.title or text
        self._write(Block(kind, 0, 0, level, place), text)
        if kind in ("paragraph", "caption"):
            self._above.append(len(self.blocks) - 1)
        elif kind != "heading":
            self._above = []

    def _table(self, element: Element, depth: int, caption: str | None = None) -> None:
        if depth > DEEPEST:
            raise TooDeep
        grid = lay(element)
        filled = [self._fill(place) for place in grid.places]
        if _is_layout(filled):
            for cell in filled:
                self.walk(cell.place.element, depth)
            return
        cells = [_cell(one, self._numbered(one.marks)) for one in filled if one.text or one.marks]
        if cells:
            words = self._caption() if caption is None else caption
            notes = dict.fromkeys(mark for one in filled for mark in one.marks if " " in mark)
            self.tables.append(self._as_table(cells, grid, words, [mark for mark in notes if self._note_text(mark)]))
            self._above, self._noted = [], True
        for one in filled:
            for inner in one.tables:
                self._table(inner, depth + 1, one.text.strip())
            for box in one.boxes:
                self.walk(box, depth + 1, f"table {len(self.tables)}, text box")

    def _as_table(self, cells: list[Cell], grid: Grid, caption: str, notes: list[str]) -> Table:
        explained = tuple(f"[{self._references[note]}] {self._note_text(note)}" for note in notes)
        return Table(f"table {len(self.tables) + 1}", tuple(cells), caption, notes=explained, head=grid.head)

    def _fill(self, place: Place) -> _Filled:
        lines, marks, tables, boxes = list[str](), list[str](), list[Element](), list[Element]()
        for element in within(place.element, _FLOW):
            if element.tag == TBL:
                tables.append(element)
                continue
            properties = element.find(P_PR)
            style = self.styles[value(properties, f"{W}pStyle")]
            said = written(element, self.styles, style.hidden)
            if words := " ".join(said.text.split()):
                set_in = _indent(said.text, properties) if not lines else ""
                lines.append(words if _VALUE.fullmatch(words) else set_in + words)
            marks += said.marks
            boxes += said.boxes
        return _Filled(place, " ".join(lines), tuple(marks), tuple(tables), tuple(boxes))

    def _numbered(self, marks: tuple[str, ...]) -> tuple[str, ...]:
        """Return the marks, those of the document's own notes by the number that Word prints."""
        found = []
        for mark in marks:
            kind, _, named = mark.partition(" ")
            if named:
                same = sum(reference.startswith(kind) for reference in self._references)
                found.append(str(self._references.setdefault(mark, same + 1)))
            else:
                found.append(mark)
        return tuple(found)

    def _note_text(self, reference: str) -> str:
        kind, _, named = reference.partition(" ")
        note = self._notes.get(kind, {}).get(named)
        if note is None:
            return ""
        return " ".join(text for element in within(note, _FLOW) if (text := written(element, self.styles).text.strip()))

    def _caption(self) -> str:
        """Return the lines right above a table as its caption, else the heading that it stands under."""
        lines: list[str] = []
        title = False
        for at in reversed(self._above):
            text, kind = self.parts[2 * at], self.blocks[at].kind
            named = kind == "caption" or is_numbered_caption(text)
            if not (named or is_unit_line(text) or (not title and may_be_caption(text))):
                break
            lines.insert(0, text)
            self.blocks[at] = replace(self.blocks[at], kind="caption")
            title = title or not is_unit_line(text)
            if title and not named:
                break
        return caption_of(lines if title else [self._heading, *lines])


def _notes_of(part: Element, kind: str) -> dict[str, Element]:
    """Return a document's notes by their ids, without the lines that part them from the text."""
    return {note.get(f"{W}id", ""): note for note in part.findall(f"{W}{kind}") if note.get(f"{W}type") is None}


def _kind(style: Style, properties: Element | None) -> tuple[str, int]:
    """Return what a paragraph is, and the level of a heading."""
    outline = number(value(properties, f"{W}outlineLvl"), BODY_TEXT)
    if outline < BODY_TEXT:
        return "heading", outline + 1
    listed = value(properties, f"{W}numPr/{W}numId")
    if style.kind == "item" or not style.kind:
        return ("item" if listed not in ("", "0") or (style.kind and listed != "0") else "paragraph"), 0
    return style.kind, style.level


def _is_layout(filled: list[_Filled]) -> bool:
    """Whether the table only arranges the page: a single cell, tables without values around them, a whole text."""
    if len(filled) < 2:
        return True
    if any(cell.tables for cell in filled):
        return not any(_VALUE.fullmatch(cell.text) for cell in filled)
    return len(filled) < LAYOUT_CELLS and any(len(cell.text) > LAYOUT_TEXT for cell in filled)


def _cell(filled: _Filled, marks: tuple[str, ...]) -> Cell:
    place = filled.place
    return Cell(place.row, place.column, filled.text, place.rows, place.columns, marks=tuple(dict.fromkeys(marks)))


def _indent(text: str, properties: Element | None) -> str:
    """Return what stands before a text that is set in, by its paragraph's indent or by spaces."""
    found = properties.find(f"{W}ind") if properties is not None else None
    set_in = [number(found.get(f"{W}{name}")) for name in ("left", "start", "firstLine")] if found is not None else []
    before = text[: len(text) - len(text.lstrip())]
    return INDENT * min(sum(set_in) // STEP + before.count(INDENT) + before.count("  "), 9)
