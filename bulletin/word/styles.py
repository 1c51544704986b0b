"""Paragraph and character styles: which of them are headings, captions, list items, hidden or raised."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from bulletin.word.names import P_PR, R_PR, W, is_on, number, value

DEEPEST = 20
"""Styles that one may be based on, one upon another."""
BODY_TEXT = 9
"""Outline levels count from 0; this one is that of a text."""
_HEADING = re.compile(r"(?:heading|标题|標題)\s*(\d)", re.IGNORECASE)
_TITLE = re.compile(r"title|标题|標題", re.IGNORECASE)
_CAPTION = re.compile(r"caption|题注|題注|標號|图表标题|表格?标题|表题|table\s*title|table\s*heading", re.IGNORECASE)
_CONTENTS = re.compile(r"toc\b.*|toc\d|table of (?:figures|contents)|目录.*|目錄.*|图表目录", re.IGNORECASE)
_LIST = re.compile(r"list (?:bullet|number|paragraph).*|列表.*|列出段落", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """What a style makes of a paragraph or a run."""

    kind: str = ""
    """`heading`, `caption`, `item`, `menu` (a table of contents) or "" for whatever it is otherwise."""
    level: int = 0
    hidden: bool = False
    raised: bool = False


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by their ids."""

    known: Mapping[str, Style] = field(default_factory=dict)

    def __getitem__(self, style: str) -> Style:
        return self.known.get(style, PLAIN)


def styles_of(part: Element) -> Styles:
    """Return the styles of a document; what one does not say it has from the one that it is based on."""
    elements = {element.get(f"{W}styleId", ""): element for element in part.findall(f"{W}style")}
    return Styles({name: _style(name, elements) for name in elements})


def _style(name: str, elements: Mapping[str, Element]) -> Style:
    chain: list[Element] = []
    while name in elements and len(chain) < DEEPEST:
        chain.append(elements[name])
        name = value(chain[-1], f"{W}basedOn")
    style = PLAIN
    for element in reversed(chain):
        style = _over(style, element)
    return style


def _over(style: Style, element: Element) -> Style:
    """Return a style with what an element says over it."""
    name, paragraph, run = value(element, f"{W}name"), element.find(P_PR), element.find(R_PR)
    kind, level = _kind(name, value(paragraph, f"{W}outlineLvl"))
    if not kind and paragraph is not None and value(paragraph, f"{W}numPr/{W}numId") not in ("", "0"):
        kind = "item" if style.kind != "heading" else ""
    if kind:
        style = replace(style, kind=kind, level=level)
    if run is not None and run.find(f"{W}vanish") is not None:
        style = replace(style, hidden=is_on(run, "vanish"))
    if align := value(run, f"{W}vertAlign"):
        style = replace(style, raised=align == "superscript")
    return style


def _kind(name: str, outline: str) -> tuple[str, int]:
    if heading := _HEADING.fullmatch(name):
        return "heading", int(heading[1])
    for kind, pattern in (("caption", _CAPTION), ("menu", _CONTENTS), ("item", _LIST)):
        if pattern.fullmatch(name):
            return kind, 0
    if _TITLE.fullmatch(name):
        return "heading", 1
    level = number(outline, BODY_TEXT)
    return ("heading", level + 1) if level < BODY_TEXT else ("", 0)
