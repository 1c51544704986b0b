"""What a workbook's own XML says of its cells and the library that reads their values does not.

Number formats, hidden rows and columns, errors, formulas without a stored result, raised signs in texts, and how far a
sheet reaches: before the library is let loose on a sheet that would end the whole process.
"""

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from bulletin.errors import ReaderError
from bulletin.notes import is_note_mark, marks_of
from bulletin.sheets.number_format import BUILT_IN, BUILT_IN_DATES, is_special
from bulletin.zipped import Package

CELL_LIMIT = 2_000_000
"""Cells of one sheet's used area."""
STYLED = 2
"""Times as many cells may be written down: empty ones that only have a style are."""
TEXT_CLAIM = 10_000_000
"""Texts that a workbook may claim to share; the library sets memory aside for what is claimed."""
DEEPEST = 9
"""How far a text may be set in."""
MAIN = "xl/workbook.xml"
"""Where a workbook's main part stands, unless its relations say otherwise."""
WIDEST = 16_384
"""Columns of a sheet."""
Place = tuple[int, int]
"""Row and column, counted from 0."""
Marked = tuple[str, tuple[str, ...]]
"""A text, and the raised signs behind it."""

_P = rb"<(?:[^\s<>/:=\"']*:)?"
"""A tag's beginning, whatever the prefix of its namespace."""
_TIDY = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"(?: s="(\d+)")?([^>]*(?:></c)?)>')
"""A cell as every known program writes it; one that is written otherwise is looked for with `_ANY`."""
_ODD = (b"<c>", b"<c\t", b"<c\n", b"<c\r", b":c ", b":c>", b":c\t", b":c\n", b":c\r")
_ANY = re.compile(_P + rb"c(\s[^>]*(?:></[^>]*c)?)?>")
_EMPTY = (b"/", b"></c", b":c")
_PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_STYLE = re.compile(rb"\ss\s*=\s*[\"'](\d+)[\"']")
_ERROR = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_ROW = re.compile(_P + rb"row\s([^>]*)>")
_COLUMN = re.compile(_P + rb"col\s([^>]*)>")
_HIDDEN = re.compile(rb"\shidden\s*=\s*[\"'](?:1|true)[\"']|\s(?:ht|width)\s*=\s*[\"']0(?:\.0+)?[\"']")
_HIDING = (b"hidden", b' ht="0', b" ht='0")
_NO_RESULT = re.compile(rb"(?:<f(?:\s[^>]*)?/>|</f>)(?:<v\s?/>|<v></v>)?</c>")
_SHEET = re.compile(_P + rb"sheet\s[^>]*>")
_RELATION = re.compile(_P + rb"Relationship\s[^>]*>")
_SHARED = re.compile(_P + rb"sst\s([^>]*)>")
_CLAIM = re.compile(rb"ount\s*=\s*[\"'](\d+)[\"']")
_FORMAT = re.compile(_P + rb"numFmt\s[^>]*>")
_STYLES = re.compile(_P + rb"cellXfs.*?</[^>]*cellXfs", re.DOTALL)
_XF = re.compile(_P + rb"xf\b")
_ITEM = re.compile(_P + rb"si>(.*?)</[^>]*si>", re.DOTALL)
_RUN = re.compile(_P + rb"r>(.*?)</(?:\w+:)?r>", re.DOTALL)
_SHARING = re.compile(rb"<c r=\"([A-Z]{1,3})(\d{1,7})\"[^>]*\st=\"s\"[^>]*><v>(\d{1,9})</v>")
_INLINE = re.compile(rb"<c r=\"([A-Z]{1,3})(\d{1,7})\"[^>]*\st=\"inlineStr\"[^>]*>\s*<is>(.*?)</is>", re.DOTALL)
_TEXT = re.compile(_P + rb"t(?:\s[^>]*)?>([^<]*)<")


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell is shown."""

    code: str = ""
    """Format code of its number."""
    indent: int = 0
    """How far its text is set in."""


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class SheetLook:
    """How the cells of a sheet look."""

    styles: Mapping[Place, Style] = field(default_factory=dict)
    """Of the cells that are not shown plainly."""
    hidden_rows: Container[int] = frozenset()
    """Counted from 1, as the columns."""
    hidden_columns: Container[int] = frozenset()
    marked: Mapping[Place, Marked] = field(default_factory=dict)
    """Texts without their raised signs, and these."""
    errors: tuple[str, ...] = ()
    """Addresses of cells that show an error: C4."""
    no_result: int = 0
    """Formulas whose result was never stored."""


def look(book: Package) -> dict[str, SheetLook]:
    """Return how the sheets of a workbook look, by name.

    Raises:
        ReaderError: a sheet spans too much, a part claims or unpacks to too much, or is no part of a workbook.
    """
    main = next((path for kind, path in _related(book, "", "_rels/.rels") if kind == "officeDocument"), MAIN)
    if main not in book:
        raise ReaderError(f"not a spreadsheet that can be read: it has no part {main}")
    folder, _, file = main.rpartition("/")
    related = dict(_related(book, folder, f"{folder}/_rels/{file}.rels"))
    styles = _styles(book.xml(related.get("styles", f"{folder}/styles.xml")))
    shared = book.xml(related.get("sharedStrings", f"{folder}/sharedStrings.xml"))
    _check_texts(shared)
    items = enumerate(_ITEM.findall(shared)) if b"superscript" in shared else ()
    raised = {at: found for at, item in items if (found := _raised(item))}
    sheets = {name: _sheet(name, book.xml(path), styles, raised) for name, path in _sheets(book.xml(main), related)}
    for path, part in book.rest():  # what is named nowhere is no sheet, or one that only the library finds
        _check_texts(part)
        if b"sheetData" in part:
            _sheet(path, book.xml(path), {}, {})
    return sheets


def _related(book: Package, folder: str, path: str) -> Iterator[tuple[str, str]]:
    """Yield the parts that a list of relations names: by the last word of what they are, and by their ids."""
    for tag in _RELATION.findall(book.xml(path.lstrip("/"))):
        target = _attribute(tag, "Target")
        place = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
        yield _attribute(tag, "Type").rpartition("/")[2], place
        yield _attribute(tag, "Id"), place


def _sheets(main: bytes, related: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the sheets' names and where in the package each stands."""
    for tag in _SHEET.findall(main):
        yield _attribute(tag, "name"), related.get(_attribute(tag, r"\w+:id"), "")


def _attribute(tag: bytes, name: str) -> str:
    match = re.search(rf"\s{name}=(?:\"([^\"]*)\"|'([^']*)')", tag.decode("utf-8", "replace"))
    return unescape(match[1] or match[2] or "") if match else ""


def _styles(part: bytes) -> dict[bytes, Style]:
    """Return the cell styles that do not show numbers and texts plainly, by their numbers."""
    codes = {str(number): code for number, code in (BUILT_IN | BUILT_IN_DATES).items()}
    codes |= {_attribute(tag, "numFmtId"): _attribute(tag, "formatCode") for tag in _FORMAT.findall(part)}
    used = _STYLES.search(part)
    found = {}
    for at, written in enumerate(_XF.split(used[0])[1:] if used else ()):
        code, indent = codes.get(_attribute(b" " + written, "numFmtId"), ""), _attribute(written, "indent")
        style = Style(code if is_special(code) else "", min(int(indent), DEEPEST) if indent.isdigit() else 0)
        if style != PLAIN:
            found[str(at).encode()] = style
    return found


def _sheet(name: str, part: bytes, styles: Mapping[bytes, Style], raised: Mapping[int, Marked]) -> SheetLook:
    cells = _TIDY.findall(part)
    loose = set[int]()
    if len(cells) != part.count(b"<c ") or any(odd in part for odd in _ODD):
        every = _ANY.findall(part)
        cells = list(_placed(every))
        loose = set(_row_numbers(part)) if len(cells) < len(every) else loose
    if max(len(cells), part.count(b"<c")) > STYLED * CELL_LIMIT:
        raise ReaderError(
            f"sheet {name!r} holds more than the {CELL_LIMIT:,} cells that are read of a sheet: divide it"
        )
    filled = [cell for cell in cells if not cell[3].endswith(_EMPTY)]
    columns = {letters: _number(letters) for letters in {cell[0] for cell in filled}}
    check_span(name, {int(row) for row in {cell[1] for cell in filled}} | loose, columns.values())
    return SheetLook(
        {(int(r) - 1, columns[c] - 1): styles[s] for c, r, s, _ in filled if s in styles} if styles else {},
        frozenset(_row_numbers(part, hidden=True)) if any(sign in part for sign in _HIDING) else frozenset(),
        frozenset(_hidden_columns(part)),
        dict(_marked(part, raised)),
        tuple((c + r).decode() for c, r, _, rest in filled if _ERROR.search(rest)) if b'"e"' in part else (),
        len(_NO_RESULT.findall(part)) if b"<f" in part else 0,
    )


def _placed(every: Iterable[bytes]) -> Iterator[tuple[bytes, bytes, bytes, bytes]]:
    """Yield column, row, style and attributes of the cells that say where they stand."""
    for attributes in every:
        if place := _PLACE.search(attributes):
            style = _STYLE.search(attributes)
            yield place[1].upper(), place[2], style[1] if style else b"", attributes


def _row_numbers(part: bytes, hidden: bool = False) -> Iterator[int]:
    """Yield the numbers of the sheet's rows, or of those only that nobody sees."""
    for match in _ROW.finditer(part):
        number = _attribute(match[0], "r")
        if number.isdigit() and (not hidden or _HIDDEN.search(match[0])):
            yield int(number)


def _hidden_columns(part: bytes) -> Iterator[int]:
    """Yield the numbers of the columns that nobody sees."""
    for match in _COLUMN.finditer(part, 0, max(part.find(b"<sheetData"), 0) or len(part)):
        first, last = _attribute(match[0], "min"), _attribute(match[0], "max")
        if _HIDDEN.search(match[0]) and first.isdigit() and last.isdigit():
            yield from range(int(first), min(int(last), WIDEST) + 1)


def check_span(name: str, rows: Collection[int], columns: Collection[int]) -> None:
    """Raise ReaderError where the area between the outermost of these rows and columns holds too many cells."""
    if rows and columns:
        height, width = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
        if height * width > CELL_LIMIT:
            raise ReaderError(
                f"sheet {name!r} spans {height:,} x {width:,} cells, more than the {CELL_LIMIT:,} that are read of a "
                "sheet: delete what stands far from its tables"
            )


def address(row: int, column: int) -> str:
    """Return a cell's name on a sheet: row 4 of column 28 is AB4."""
    letters = ""
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{row}"


def _number(letters: bytes) -> int:
    """Return the number of a spreadsheet's column: AB is 28."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _check_texts(part: bytes) -> None:
    """Raise ReaderError where a part claims more texts than a workbook shares."""
    tags = _SHARED.findall(part) if b"sst" in part else ()
    claimed = max((int(claim) for tag in tags for claim in _CLAIM.findall(tag)), default=0)
    if claimed > TEXT_CLAIM:
        raise ReaderError(f"it claims to hold {claimed:,} texts, more than the {TEXT_CLAIM:,} that are read")


def _raised(item: bytes) -> Marked | None:
    """Return a text of several runs without its raised signs, and these; None where it has none."""
    text, marks = "", list[str]()
    for run in _RUN.findall(item):
        words = unescape(b"".join(_TEXT.findall(run)).decode("utf-8", "replace"))
        if b"superscript" in run and is_note_mark(words, text):
            marks += marks_of(words)
        else:
            text += words
    return (text.strip(), tuple(marks)) if marks else None


def _marked(part: bytes, raised: Mapping[int, Marked]) -> Iterator[tuple[Place, Marked]]:
    """Yield the cells of a sheet whose texts have raised signs: shared ones, and those that stand in the cell."""
    for letters, row, at in _SHARING.findall(part) if raised else ():
        if found := raised.get(int(at)):
            yield (int(row) - 1, _number(letters) - 1), found
    for letters, row, item in _INLINE.findall(part) if b"superscript" in part else ():
        if found := _raised(item):
            yield (int(row) - 1, _number(letters) - 1), found
