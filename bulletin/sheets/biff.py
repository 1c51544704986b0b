"""What the records of an XLS file (MS-XLS, BIFF8) say of its cells and the library that reads their values does not."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from bulletin.sheets.compound import stream
from bulletin.sheets.number_format import BUILT_IN, BUILT_IN_DATES, is_special
from bulletin.sheets.workbook import PLAIN, Place, SheetLook, Style, address, check_span

_BOF, _EOF, _SHEET, _FORMAT, _XF, _ROW, _COLUMNS = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0, 0x0208, 0x007D
_NUMBERS = 0x00BD
_CELLS = frozenset({0x0203, 0x027E, 0x0006, 0x00FD, 0x0204, 0x0205})
"""Records of one cell: number, packed number, formula, shared text, text, truth value or error."""
_ERROR = 0x0205
_BIFF8 = 0x0600
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x20, 0x01

Record = tuple[int, bytes]


@dataclass(slots=True)
class _Sheet:
    styles: dict[Place, Style] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)


def look(data: bytes) -> dict[str, SheetLook]:
    """Return how the sheets of the workbook look, by name; nothing of a version before 1997, or of a damaged file.

    Raises:
        ReaderError: a sheet spans too much.
    """
    book = stream(data, "Workbook")
    try:
        return _look(book)
    except struct.error:
        return {}


def _look(book: bytes) -> dict[str, SheetLook]:
    codes = BUILT_IN | BUILT_IN_DATES
    written: list[tuple[int, int]] = []
    starts: dict[str, int] = {}
    for kind, body in _records(book, 0):
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", body)[0]] = _text(body[2:], "<H")
        elif kind == _XF:
            written.append((struct.unpack_from("<H", body, 2)[0], body[8] & 0x0F if len(body) > 8 else 0))
        elif kind == _SHEET:
            starts[_text(body[6:], "<B")] = struct.unpack_from("<I", body)[0]
    styles = [Style(code if is_special(code := codes.get(number, "")) else "", indent) for number, indent in written]
    return {name: _sheet(name, book, start, styles) for name, start in starts.items()}


def _records(book: bytes, at: int) -> Iterator[Record]:
    """Yield kind and body of the records from here to the end of the sheet; nothing where another version begins."""
    if len(book) < at + 8 or struct.unpack_from("<HHH", book, at)[::2] != (_BOF, _BIFF8):
        return
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        if kind == _EOF:
            return
        yield kind, book[at + 4 : at + 4 + length]
        at += 4 + length


def _text(body: bytes, length: str) -> str:
    """Return a text behind its length and the flag that tells how many bytes a character has."""
    (count,), at = struct.unpack_from(length, body), struct.calcsize(length)
    wide = body[at] & 1 if len(body) > at else 0
    characters = body[at + 1 : at + 1 + count * (1 + wide)]
    return characters.decode("utf-16-le" if wide else "latin-1", "replace")


def _sheet(name: str, book: bytes, start: int, styles: list[Style]) -> SheetLook:
    sheet = _Sheet()
    for kind, body in _records(book, start):
        if kind in _CELLS:
            row, column, style = struct.unpack_from("<HHH", body)
            _place(sheet, row, column, styles[style] if style < len(styles) else PLAIN)
            if kind == _ERROR and len(body) > 7 and body[7]:
                sheet.errors.append(address(row + 1, column + 1))
        elif kind == _NUMBERS:
            row, first = struct.unpack_from("<HH", body)
            for column, (style, _) in enumerate(
                struct.iter_unpack("<HI", body[4 : 4 + (len(body) - 6) // 6 * 6]), first
            ):
                _place(sheet, row, column, styles[style] if style < len(styles) else PLAIN)
        elif kind == _ROW and struct.unpack_from("<H", body, 12)[0] & _ROW_HIDDEN:
            sheet.hidden_rows.add(struct.unpack_from("<H", body)[0] + 1)
        elif kind == _COLUMNS:
            first, last, width, _, flags = struct.unpack_from("<5H", body)
            if flags & _COLUMN_HIDDEN or not width:
                sheet.hidden_columns |= set(range(first + 1, min(last, 255) + 2))
    check_span(name, sheet.rows, sheet.columns)
    return SheetLook(sheet.styles, sheet.hidden_rows, sheet.hidden_columns, errors=tuple(sheet.errors))


def _place(sheet: _Sheet, row: int, column: int, style: Style) -> None:
    sheet.rows.add(row)
    sheet.columns.add(column)
    if style != PLAIN:
        sheet.styles[row, column] = style
