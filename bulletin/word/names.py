"""The names that WordprocessingML gives its elements (ECMA-376 part 1, section 17)."""

from collections.abc import Container, Iterator
from xml.etree.ElementTree import Element

TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
"""The same names in a document that was saved as strict Open XML."""
W = f"{{{TRANSITIONAL.decode()}}}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

P, TBL, TR, TC, R, T = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "r", "t"))
P_PR, R_PR, TR_PR, TC_PR = (f"{W}{name}" for name in ("pPr", "rPr", "trPr", "tcPr"))
VAL = f"{W}val"
TEXT_BOX = f"{W}txbxContent"
ALTERNATIVES, CHOICE, FALLBACK = f"{MC}AlternateContent", f"{MC}Choice", f"{MC}Fallback"

GONE = frozenset({f"{W}del", f"{W}moveFrom", FALLBACK})
"""What was taken out of the text, and what stands for something in programs that cannot show it."""
_WRAPPERS = frozenset(
    {f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "dir", "bdo")}
    | {ALTERNATIVES, CHOICE}
)
DEEPEST = 30
"""Tables, boxes and wrappers within one another; Word shows no more than a few."""
_OFF = frozenset({"0", "false", "off", "none"})


def is_on(properties: Element | None, name: str) -> bool:
    """Return whether a property such as `vanish` or `tblHeader` is there and not switched off."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found is not None and found.get(VAL, "1") not in _OFF


def value(properties: Element | None, path: str) -> str:
    """Return the value of a property, "" where it is not set."""
    found = properties.find(path) if properties is not None else None
    return found.get(VAL, "") if found is not None else ""


def number(text: str | None, default: int = 0) -> int:
    """Return a count; what is none, or has more digits than any, is the default."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else default


class TooDeep(ValueError):
    """Elements are nested deeper than in any document."""


def within(container: Element, wanted: Container[str], depth: int = 0) -> Iterator[Element]:
    """Yield the elements of these names in a container, through controls and insertions that wrap some of them."""
    if depth > DEEPEST:
        raise TooDeep
    chosen = False
    for child in container:
        tag = child.tag
        if tag in wanted:
            yield child
        elif tag in _WRAPPERS and not (tag == CHOICE and chosen):
            chosen = tag == CHOICE
            yield from within(child, wanted, depth + 1)
