"""What a paragraph says: its runs in order, without what was deleted or is hidden, raised marks of notes apart."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from bulletin.notes import is_note_mark, marks_of
from bulletin.word.names import (
    ALTERNATIVES,
    CHOICE,
    GONE,
    MATH,
    P_PR,
    R_PR,
    TEXT_BOX,
    R,
    T,
    TooDeep,
    W,
    is_on,
    value,
)
from bulletin.word.styles import Styles

DEEPEST = 60
"""Elements of a paragraph within one another; Word itself makes no more than about ten."""
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_SKIPPED = GONE | {
    P_PR,
    R_PR,
    f"{W}sdtPr",
    f"{W}sdtEndPr",
    f"{W}rt",
    f"{W}instrText",
    f"{W}delText",
    f"{W}delInstrText",
    f"{W}rubyPr",
}
_TEXTS = frozenset({T, f"{MATH}t"})
_REFERENCES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}


@dataclass(frozen=True, slots=True)
class Written:
    """A paragraph's text, and what hangs on it."""

    text: str
    marks: tuple[str, ...] = ()
    """Raised signs behind its words, notes of the document as `footnote 3`."""
    boxes: tuple[Element, ...] = ()
    """Text boxes that stand in it."""


def written(paragraph: Element, styles: Styles, hidden: bool = False) -> Written:
    """Return what a paragraph says; raises TooDeep where it nests without end."""
    found = _Runs(styles)
    for child in paragraph:
        found.take(child, hidden, False, 1)
    return Written("".join(found.parts), tuple(found.marks), tuple(found.boxes))


class _Runs:
    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.parts: list[str] = []
        self.marks: list[str] = []
        self.boxes: list[Element] = []

    def take(self, element: Element, hidden: bool, raised: bool, depth: int) -> None:
        tag = element.tag
        if tag == R:
            self._run(element, hidden, raised, depth)
        elif tag == TEXT_BOX:
            self.boxes.append(element)
        elif tag in _TEXTS:
            self._write(element.text or "", hidden, raised)
        elif tag in _SIGNS:
            self._write(_SIGNS[tag], hidden, raised)
        elif tag in _REFERENCES and not hidden:
            self.marks.append(f"{_REFERENCES[tag]} {element.get(f'{W}id', '')}")
        elif tag not in _SKIPPED:
            self._inside(element, hidden, raised, depth)

    def _run(self, run: Element, hidden: bool, raised: bool, depth: int) -> None:
        properties = run.find(R_PR)
        if properties is not None:
            style = self.styles[value(properties, f"{W}rStyle")]
            hidden = (
                is_on(properties, "vanish") if properties.find(f"{W}vanish") is not None else hidden or style.hidden
            )
            align = value(properties, f"{W}vertAlign")
            raised = align == "superscript" if align else style.raised
        self._inside(run, hidden, raised, depth)

    def _inside(self, element: Element, hidden: bool, raised: bool, depth: int) -> None:
        if depth > DEEPEST:
            raise TooDeep
        if element.tag == ALTERNATIVES and (choice := element.find(CHOICE)) is not None:
            element = choice
        for child in element:
            if child.tag == T:  # what most elements are
                self._write(child.text or "", hidden, raised)
            elif child.tag not in _SKIPPED:
                self.take(child, hidden, raised, depth + 1)

    def _write(self, text: str, hidden: bool, raised: bool) -> None:
        if hidden or not text:
            return
        if raised and is_note_mark(text, "".join(self.parts[-3:])):
            self.marks += marks_of(text)
        else:
            self.parts.append(text)
