"""Which tables a grid holds, one below or beside the other: the lines over each, its head and its body.

The rows are read from the top. Lines of one text stand around the table, or set a section of it apart; rows of words
or periods are its head; rows with values are its body. A new head begins a new block, and so does the same head over
again at the right.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bulletin.cells import is_missing, is_note, is_value, plain, words_of
from bulletin.header_periods import header_period
from bulletin.model import Cell, Table
from bulletin.numbers import scale_of
from bulletin.text import normalise
from schemas.catalogue import Language

DEEPEST = 12
"""Headers over a column, and lines around a table, that are read."""
UNBOUNDED = 1 << 30


@dataclass(slots=True)
class Block:
    """One table of a grid: the lines over it, its head, and its body with the lines inside."""

    lines: list[str]
    head: list[list[Cell]] = field(default_factory=list)
    body: list[tuple[list[Cell], tuple[str, ...]]] = field(default_factory=list)
    """Rows, each with the sections that it stands in, the nearest first."""
    first: int = 1
    last: int = UNBOUNDED

    def part(self, first: int, last: int) -> "Block":
        """Return the columns from the first to the last."""
        head = [[cell for cell in row if _reaches(cell, first, last)] for row in self.head]
        body = [([cell for cell in row if first <= cell.column <= last], lines) for row, lines in self.body]
        return Block(self.lines, head, [(row, lines) for row, lines in body if row], first, last)


def _reaches(cell: Cell, first: int, last: int) -> bool:
    return cell.column <= last and first < cell.column + cell.columns


def blocks_of(table: Table, language: Language) -> tuple[list[Block], list[str]]:
    """Return the blocks of the grid, and the lines below or inside that are notes."""
    rows: dict[int, list[Cell]] = {}
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        if normalise(cell.text).strip():
            rows.setdefault(cell.row, []).append(cell)
    width = max((cell.column + cell.columns - 1 for cell in table.cells), default=0)
    first = min((cell.column for cell in table.cells), default=1)  # a table of a sheet may begin in any column
    blocks, pending, notes = [Block([], first=first)], list[str](), list[str]()
    sections: tuple[str, ...] = ()
    before = 0
    for row, cells in rows.items():
        block, gap = blocks[-1], row - before > 1
        before = row
        if len(cells) == 1 and width > 1 and not is_value(cells[0].text, language):
            (notes if is_note(cells[0].text, language) else pending).append(words_of(cells[0].text))
        elif row <= table.head or not _is_body(cells, block, language):
            if block.body and not _is_head(cells, block, language, gap=gap or bool(pending)):
                block.body.append((cells, sections))
                continue
            if block.body:
                block, sections = Block([], first=first), ()
                blocks.append(block)
            block.lines += pending
            block.head.append(cells)
            pending = []
        else:
            if pending and (block.head or block.body):
                sections = (*pending[::-1], *sections[len(pending) :])
            else:
                block.lines += pending
            block.body.append((cells, sections))
            pending = []
    return [block for block in blocks if block.body], [*notes, *pending]


def _is_body(cells: Sequence[Cell], block: Block, language: Language) -> bool:
    """Whether the row holds values, or a name and nothing but signs that there are none."""
    if not block.body and _is_row_of_units(cells, block, language):
        return False
    behind = cells[1:] or cells
    if any(is_value(cell.text, language) for cell in behind):
        return True
    return len(cells) > 1 and bool(block.head) and all(is_missing(cell.text, language) for cell in cells[1:])


def _is_row_of_units(cells: Sequence[Cell], block: Block, language: Language) -> bool:
    """Whether the row, which has no name of its own, holds powers of ten and units: 10,000 | % | 10,000 persons."""
    above = {(cell.column, cell.text) for row in block.head for cell in row}
    cells = [cell for cell in cells if (cell.column, cell.text) not in above]
    if not cells or cells[0].column == block.first:
        return False
    scaled = [scale_of(plain(cell.text), language) for cell in cells]
    return any(factor != 1 for factor, _ in scaled) and not any(any(map(str.isdigit, rest)) for _, rest in scaled)


def _is_head(cells: Sequence[Cell], block: Block, language: Language, *, gap: bool) -> bool:
    """Whether a row without values below a body is the head of another block.

    It has words or periods over most columns, and a period, or stands apart, or begins like the head above.
    """
    behind = [cell for cell in cells if cell.column > block.first and not is_missing(cell.text, language)]
    columns = {cell.column for row, _ in block.body for cell in row if cell.column > block.first}
    if 2 * sum(cell.columns for cell in behind) < len(columns) or not behind:
        return False
    again = any(words_of(cells[0].text) == words_of(row[0].text) for row in block.head)
    return gap or again or any(header_period(words_of(cell.text), language) for cell in behind)


def side_by_side(block: Block, language: Language) -> list[Block]:
    """Return the block, or its parts where the same head stands over each: province, users, province, users."""
    if not block.head:
        return [block]
    lowest = paths_of(block, spanned=False)
    columns = sorted({cell.column for row, _ in block.body for cell in row} | set(lowest))
    texts = [tuple(words_of(cell.text) for cell in lowest.get(column, ())) for column in columns]
    for parts in range(2, len(columns) // 2 + 1):
        size, rest = divmod(len(columns), parts)
        alike = not rest and all(texts[at] == texts[at % size] for at in range(len(texts)))
        if alike and texts[0] and _has_words(block, columns[size::size], language):
            begins = [*columns[::size], columns[-1] + 1]
            return [block.part(first, then - 1) for first, then in pairwise(begins)]
    return [block]


def _has_words(block: Block, columns: Sequence[int], language: Language) -> bool:
    """Whether each of the columns holds words or periods, and no values."""
    cells = [cell for row, _ in block.body for cell in row if cell.column in columns]
    return bool(cells) and not any(is_value(cell.text, language) for cell in cells)


def paths_of(block: Block, *, spanned: bool) -> dict[int, tuple[Cell, ...]]:
    """Return the header cells over each column, the lowest first.

    Where the format gives no spans, a blank place in a row that is not the lowest belongs to the header at its left, up
    to where a header above ends.
    """
    last = max((cell.column + cell.columns - 1 for row in block.head for cell in row), default=0)
    last = max(last, max((cell.column for row, _ in block.body for cell in row), default=0))
    found: dict[int, tuple[Cell, ...]] = {}
    begun: set[int] = set()
    for at, row in enumerate(block.head):
        below = {cell.column for lower in block.head[at + 1 :] for cell in lower}
        over: dict[int, Cell] = {}
        for cell in row:
            over |= dict.fromkeys(range(cell.column, min(cell.column + cell.columns, last + 1)), cell)
        if not spanned and below:
            for column in range(block.first, last + 1):
                left = over.get(column - 1)
                if column not in over and column in below and column not in begun and left and left.column in below:
                    over[column] = left
        begun |= {cell.column for cell in row}
        for column, cell in over.items():
            if cell.text.strip():
                found[column] = (cell, *found.get(column, ())[: DEEPEST - 1])
    return found
