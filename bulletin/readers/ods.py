"""OpenDocument spreadsheets: the tables of each visible sheet; the format keeps every cell's text as it is shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from bulletin.content import Content
from bulletin.errors import ReaderError
from bulletin.limits import DEFAULTS, Limits
from bulletin.model import Cell, Metadata, Table
from bulletin.notes import is_note_mark, marks_of
from bulletin.sheets.regions import Row, tables
from bulletin.sheets.workbook import CELL_LIMIT, WIDEST, check_span
from bulletin.zipped import DamagedPackage, Package, within

SUFFIXES = (".ods",)
MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
TAG_LIMIT = 4_000_000
"""Tags of the content; the parser takes some 150 bytes for each."""

_OFFICE, _STYLE, _TABLE, _TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "style", "table", "text")
)
_GROUPS = frozenset({f"{_TABLE}{name}" for name in ("table-row-group", "table-header-rows", "table-rows")})
_COLUMNS = frozenset({f"{_TABLE}{name}" for name in ("table-column-group", "table-header-columns", "table-columns")})
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_HIDDEN = frozenset({"collapse", "filter"})
_ERROR = re.compile(r"#[A-Z/0?!]+[!?]?|Err:\d{3}")
_BLANKS = {f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": " "}
_ASIDE = frozenset({f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}ruby-text"})


@dataclass(slots=True)
class _Sheet:
    """What is known of a sheet while its rows are read."""

    raised: frozenset[str]
    hidden_columns: frozenset[int]
    hidden_rows: set[int] = field(default_factory=set)
    errors: int = 0
    cells: int = 0


def read(data: bytes, metadata: Metadata, limits: Limits = DEFAULTS) -> Content:
    """Return the tables of the visible sheets; raises ReaderError where the bytes are no workbook or hold too much."""
    try:
        package = Package(data, within(limits))
        part = package.xml("content.xml")
        package.check_rest()
        if part.count(b"<") > TAG_LIMIT:
            raise ReaderError(
                f"it has {part.count(b'<'):,} tags, more than the {TAG_LIMIT:,} that are read of a workbook"
            )
        root = ElementTree.fromstring(part)
    except (DamagedPackage, ElementTree.ParseError, ValueError, LookupError) as error:
        raise ReaderError(f"not a spreadsheet that can be read: {error}") from error
    raised, unseen = _styles(root)
    found: list[Table] = []
    notes: list[tuple[str, str]] = []
    for table in root.findall(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table"):
        if table.get(f"{_TABLE}style-name", "") in unseen:
            continue
        name = table.get(f"{_TABLE}name", "")
        sheet = _Sheet(raised, frozenset(_hidden_columns(table)))
        rows = list(_rows(name, table, sheet))
        found += tables(name, rows, sheet.hidden_rows)
        if sheet.errors:
            message = f"sheet {name!r}: {sheet.errors:,} cells show an error instead of a number and are left out"
            notes.append(("spreadsheet", message))
    return Content("", tables=tuple(found), notes=tuple(notes))


def _styles(root: Element) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of the styles that raise a text, and of those that hide a sheet."""
    raised, unseen = set[str](), set[str]()
    for style in root.iterfind(f"{_OFFICE}automatic-styles/{_STYLE}style"):
        name = style.get(f"{_STYLE}name", "")
        text, table = style.find(f"{_STYLE}text-properties"), style.find(f"{_STYLE}table-properties")
        if text is not None and text.get(f"{_STYLE}text-position", "").startswith("super"):
            raised.add(name)
        if table is not None and table.get(f"{_TABLE}display") == "false":
            unseen.add(name)
    return frozenset(raised), frozenset(unseen)


def _hidden_columns(table: Element) -> Iterator[int]:
    column = 1
    for element in _inside(table, _COLUMNS, f"{_TABLE}table-column"):
        times = min(_times(element, "columns"), WIDEST)
        if element.get(f"{_TABLE}visibility") in _HIDDEN:
            yield from range(column, min(column + times, WIDEST + 1))
        column += times


def _inside(container: Element, groups: frozenset[str], wanted: str, depth: int = 0) -> Iterator[Element]:
    """Yield rows or columns, through the groups that some of them stand in."""
    if depth > 20:
        raise ReaderError("its rows are grouped more than 20 deep, which no program does")
    for child in container:
        if child.tag == wanted:
            yield child
        elif child.tag in groups:
            yield from _inside(child, groups, wanted, depth + 1)


def _rows(name: str, table: Element, sheet: _Sheet) -> Iterator[Row]:
    """Yield the visible cells of each row that has any; a row that says that it is repeated comes so often."""
    number, width = 1, 1
    for element in _inside(table, _GROUPS, f"{_TABLE}table-row"):
        times = _times(element, "rows")
        row = list(_cells(element, number, sheet))
        if element.get(f"{_TABLE}visibility") in _HIDDEN:
            sheet.hidden_rows |= set(range(number, number + min(times, CELL_LIMIT)))
        elif row:
            width = max(width, row[-1].column)
            check_span(name, (1, number + times - 1), (1, width))
            sheet.cells += len(row) * times
            if sheet.cells > CELL_LIMIT:
                raise ReaderError(f"sheet {name!r} has more than the {CELL_LIMIT:,} cells that are read of a sheet")
            yield row
            for again in range(1, times):
                yield [_moved(cell, again) for cell in row]
        number += times


def _moved(cell: Cell, down: int) -> Cell:
    return Cell(cell.row + down, cell.column, cell.text, cell.rows, cell.columns, marks=cell.marks)


def _cells(row: Element, number: int, sheet: _Sheet) -> Iterator[Cell]:
    column = 1
    for element in row:
        if element.tag not in _CELLS:
            continue
        times = _times(element, "columns")
        if len(element) and element.tag == f"{_TABLE}table-cell":
            text, marks = _shown(element, sheet.raised)
            rows, columns = _times(element, "rows", "spanned"), _times(element, "columns", "spanned")
            if _ERROR.fullmatch(text):
                sheet.errors += 1
            elif text:
                if column + times > WIDEST + 1:
                    raise ReaderError(f"row {number} reaches past the {WIDEST:,} columns that are read of a sheet")
                for at in range(column, column + times):
                    if any(seen not in sheet.hidden_columns for seen in range(at, at + min(columns, WIDEST))):
                        yield Cell(number, at, text, rows, columns, marks=marks)
        column += times


def _shown(cell: Element, raised: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """Return a cell's text as it is shown, and the raised signs behind it."""
    lines, marks = [], list[str]()
    for paragraph in cell.findall(f"{_TEXT}p"):
        parts: list[str] = []
        _gather(paragraph, raised, parts, marks, 0)
        lines.append(" ".join("".join(parts).split()))
    return " ".join(filter(None, lines)), tuple(marks)


def _gather(element: Element, raised: frozenset[str], parts: list[str], marks: list[str], depth: int) -> None:
    """Add the element's text to `parts`, raised signs of notes to `marks`."""
    parts.append(element.text or "")
    for child in element:
        if child.tag == f"{_TEXT}span" and child.get(f"{_TEXT}style-name", "") in raised:
            sign = "".join(child.itertext())
            if is_note_mark(sign, "".join(parts)):
                marks += marks_of(sign)
            else:
                parts.append(sign)
        elif child.tag in _BLANKS:
            parts.append(_BLANKS[child.tag])
        elif child.tag not in _ASIDE and depth < 20:
            _gather(child, raised, parts, marks, depth + 1)
        parts.append(child.tail or "")


def _times(element: Element, what: str, how: str = "repeated") -> int:
    """Return how often a row or cell is repeated, or over how many it spans."""
    text = element.get(f"{_TABLE}number-{what}-{how}", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else 1
