"""Which tables stand on a sheet: blocks of rows set apart by blank ones, with the lines above and below each.

A blank row ends a table where the rows behind it have a head of their own; where they go on with values, it is only a
gap. A line that stands alone above a table is its title or unit, one below it a note.
"""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from bulletin.around import caption_of, is_numbered_caption, is_unit_line
from bulletin.model import Cell, Table
from bulletin.notes import is_note

LINES = 4
"""Lines above a table that belong to its caption; what stands further up is about the whole sheet."""
LONGEST = 400
"""Characters of such a line that are kept: more is a text, no title."""
_NUMBER = re.compile(r"[-+−–(（]?[¥$£€]?[\d,. ]*\d[)）]?\s?[%％‰]?[*†‡]?")
_YEAR = re.compile(r"(?:19|20)\d\d(?:[-./](?:0?[1-9]|1[0-2]))?")

Row = list[Cell]


@dataclass(slots=True)
class _Region:
    """A table being put together."""

    rows: list[Row]
    caption: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def tables(name: str, rows: Sequence[Row], hidden: Container[int] = frozenset()) -> list[Table]:
    """Return the tables among the rows of a sheet.

    Args:
        name: of the sheet; all its tables carry it, and their cells keep the sheet's addresses.
        rows: the cells of each row that has any, both in order.
        hidden: numbers of the rows, counted from 1, that were left out and so are no gaps.
    """
    regions: list[_Region] = []
    lines: list[str] = []
    for block in _blocks(rows, hidden):
        start = _body_of(block)
        if start == len(block):
            lines += _with_notes(block, regions[-1] if regions else None)
            continue
        above = [*lines, *_texts(block[:start])]
        if regions and not lines and _goes_on(regions[-1], block, start):
            regions[-1].rows += block
            continue
        end = _notes_from(block)
        regions.append(_Region(block[start:end], above, _texts(block[end:])))
        lines = []
    if not regions:
        return [_table(name, _Region(list(rows)))] if rows else []
    regions[-1].notes += lines
    return [_table(name, region) for region in regions]


def _table(name: str, region: _Region) -> Table:
    cells = tuple(cell for row in region.rows for cell in row)
    caption = caption_of([line[:LONGEST] for line in region.caption[-LINES:]])
    return Table(f"sheet {name}", cells, caption, "sheet", tuple(line[:LONGEST] for line in region.notes))


def _blocks(rows: Sequence[Row], hidden: Container[int]) -> list[list[Row]]:
    """Return the rows in runs without a blank one between them; a line `Table 2 ...` begins a run of its own."""
    found: list[list[Row]] = []
    end = 0
    for row in rows:
        number = row[0].row
        blank = any(between not in hidden for between in range(end + 1, number))
        if not found or blank or (len(row) == 1 and is_numbered_caption(row[0].text)):
            found.append([])
        found[-1].append(row)
        end = max(end, number, *(cell.row + cell.rows - 1 for cell in row if cell.rows > 1))
    return found


def _body_of(block: list[Row]) -> int:
    """Return at which of its rows the table of a block begins, behind title and unit; its length where it has none."""
    first = next((at for at, row in enumerate(block) if len(row) > 1 and not _is_line(row)), len(block))
    if first == len(block):
        return first
    left = min(row[0].column for row in block[first:])
    while first and not _is_title(block[first - 1], left):
        first -= 1
    return first


def _is_line(row: Row) -> bool:
    """Whether the row is no row of a table though it has several cells: a title with the unit at its right."""
    return len(row) <= 3 and any(is_unit_line(cell.text) for cell in row) and not any(map(_is_value, row))


def _is_title(row: Row, left: int) -> bool:
    """Whether the row stands above the table; a cell over its right part alone is a header."""
    return len(row) > 1 or row[0].column <= left or is_unit_line(row[0].text)


def _goes_on(region: _Region, block: list[Row], start: int) -> bool:
    """Whether the block has values at once, in the columns of the table before: what it lacks is a head."""
    if any(is_unit_line(text) or is_numbered_caption(text) for text in _texts(block[:start])) or region.notes:
        return False
    first, last = block[start], region.rows[-1]
    return any(map(_is_value, first[1:])) and first[0].column >= region.rows[0][0].column and len(last) > 1


def _is_value(cell: Cell) -> bool:
    return _NUMBER.fullmatch(cell.text) is not None and _YEAR.fullmatch(cell.text) is None


def _notes_from(block: list[Row]) -> int:
    """Return from which of its last rows on a block holds notes: lines alone, from the first that says so."""
    end = len(block)
    while end and len(block[end - 1]) == 1:
        end -= 1
    return next((at for at in range(end, len(block)) if is_note(block[at][0].text)), len(block))


def _with_notes(block: list[Row], region: _Region | None) -> list[str]:
    """Give the lines of a block that are notes to the table above them, and return the others."""
    lines = _texts(block)
    first = next((at for at, line in enumerate(lines) if is_note(line)), len(lines))
    if region is None or first:
        return lines
    last = next((at for at, line in enumerate(lines) if is_numbered_caption(line) or is_unit_line(line)), len(lines))
    region.notes += lines[:last]
    return lines[last:]


def _texts(rows: Sequence[Row]) -> list[str]:
    return [cell.text.strip() for row in rows for cell in row]
