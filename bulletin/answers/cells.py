"""How a value is shown to a person, on one line and harmless to a terminal."""

import json
import unicodedata
from decimal import Decimal
from typing import Any

from rich.cells import cell_len, set_cell_size

_TURNING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F}
"""Marks that turn the direction of writing, so that a text could show something else than it says."""


def shown(value: Any, column: str = "") -> str:
    """Return the value for reading: separators between thousands, but not in keys and years; empty for null.

    >>> shown(1032000000), shown(2021, "year"), shown(Decimal("57.600")), shown(None), shown(1e-9)
    ('1,032,000,000', '2021', '57.6', '', '1e-09')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value) if column == "year" or column.endswith(("_id", "_ids")) else f"{value:,}"
    if isinstance(value, float):
        small = value and abs(value) < 1e-4
        return f"{value:.6g}" if small else _trimmed(f"{value:,.6f}")
    if isinstance(value, Decimal):
        return _trimmed(f"{value:,f}")
    if isinstance(value, dict):
        return ", ".join(f"{plain(str(key))}={shown(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(shown(item, column) for item in value)
    return plain(str(value))


def as_text(value: Any) -> str:
    """Return a value that has no place of its own in a sheet: lists and structures as JSON, others as they print."""
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict | list | tuple) else str(value)


def plain(text: str) -> str:
    """Return the text on one line, with its control characters made visible.

    >>> plain("a\\x1b[31mb"), plain(" x\\n  y ")
    ('a␛[31mb', ' x y ')
    """
    return "".join(map(_harmless, " ".join(text.split("\n")) if "\n" not in text else _joined(text)))


def _joined(text: str) -> str:
    first, *rest = text.split("\n")
    return " ".join([first, *(line.lstrip() for line in rest)])


def _harmless(character: str) -> str:
    code = ord(character)
    if code == 0x7F:
        return "␡"
    if code < 0x20:
        return " " if character in "\t\r" else chr(0x2400 + code)
    if code in _TURNING or unicodedata.category(character) == "Cc":
        return "\N{REPLACEMENT CHARACTER}"
    return character


def width(text: str) -> int:
    """Return how many columns of a terminal the text takes: Chinese characters take two."""
    return cell_len(text)


def fitted(text: str, columns: int, *, right: bool = False) -> str:
    """Return the text in exactly so many columns, cut with … where it is longer."""
    if width(text) > columns:
        return set_cell_size(text, columns - 1) + "…"
    room = " " * (columns - width(text))
    return room + text if right else text + room


def _trimmed(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number
