"""Tables without rules, or with rules between some rows only: found by values that stand in columns."""

import re
from collections.abc import Iterator, Sequence

from bulletin.model import Cell
from bulletin.pdf import limits
from bulletin.pdf.beside import cut_lines, halves
from bulletin.pdf.cells import Placed, cell_of
from bulletin.pdf.columns import Column, columns_of, conflicts, parted, place
from bulletin.pdf.heads import heads_of, levels
from bulletin.pdf.indents import Named, indented
from bulletin.pdf.rows import is_row, pitch_of, rows_of
from bulletin.pdf.shapes import Line, Piece, Rule
from bulletin.pdf.signs import ends_sentence, has_leaders, is_caption, is_note, is_unit_line, is_value, is_year
from bulletin.pdf.spread import spread

BETWEEN = 2
"""Lines without values that may stand between two rows: the name of a section, the rest of a name."""
NAME = 60
"""Characters of such a line, and of a header."""
FAR = 2.0
"""Heights of a line that may be empty between two rows of a table."""
RECENT = 12
"""Rows above a line that tell whether it belongs to them."""
HEADS = 8
"""Lines of headers."""
CENTRED = 0.4
"""Heights of a line that a title may stand off the middle of its table."""
WIDE = 0.7
"""A rule over this share of a table parts its rows; a shorter one runs under a header."""


def aligned(lines: Sequence[Line], rules: Sequence[Rule], forced: bool = False) -> Iterator[Placed]:
    """Yield the tables among the lines.

    `rules` are the level rules of the page. Where `forced`, the lines are known to be one table.
    """
    cut = [parted(line) if len(line.pieces) <= limits.COLUMNS else line for line in lines]
    rows = [is_row(line) and not has_leaders(line) for line in cut]
    at = 0
    while at < len(cut):
        if not rows[at]:
            at += 1
            continue
        last = len(cut) - 1 if forced else _last_row(cut, rows, at)
        body = _first_row(cut, at, last)
        counted = [at for at in range(body, last + 1) if rows[at] and not _is_head_line(cut[at])]
        if counted and not any(rows[at] for at in range(body, counted[0]) if at - body >= HEADS):
            body = max(body, next((at + 1 for at in range(counted[0] - 1, body - 1, -1) if rows[at]), body))
        first = 0 if forced else _first_head(cut, body, last, rules)
        heads, body_lines = cut[first:body], cut[body : last + 1]
        places = halves(body_lines, heads, cut[first - 1] if first else None)
        for over, under in zip(cut_lines(heads, places), cut_lines(body_lines, places), strict=True):
            if under and (found := _table(over, under, rules, forced)):
                yield found
        at = last + 1


def _first_row(lines: Sequence[Line], at: int, last: int) -> int:
    """Return the first line of the table's rows: a name above the first values may be of their row, broken."""
    pitch = pitch_of(lines[at : last + 1])
    if _is_head_of_years(lines[at]):
        return at
    while at and len(lines[at - 1].pieces) == 1 and lines[at].middle - lines[at - 1].middle < 0.75 * pitch:
        if not _is_between(lines[at - 1], lines[at : last + 1]):
            break
        at -= 1
    if at > 1 and _is_section(lines[at - 1], lines[at - 2], lines[at], pitch):
        at -= 1
    return at


def _is_section(line: Line, above: Line, below: Line, pitch: float) -> bool:
    """Whether the line is the name of a section: alone at the left, as near to the headers over it as rows are."""
    if len(line.pieces) > 1 or len(above.pieces) < 2 or len(below.pieces) < 2 or not _is_between(line, [below]):
        return False
    near = 1.3 * (pitch or 1.6 * line.size)
    if below.middle - line.middle > near or line.middle - above.middle > near:
        return False
    flush = abs(line.left - below.left) < 2 * line.size and abs(line.left - above.left) < 2 * line.size
    return flush and line.right < below.pieces[1].left and not any(is_value(piece.text) for piece in above.pieces)


def _is_head_line(line: Line) -> bool:
    """Whether the numbers of the line are periods, or the scales in which the columns are counted: 10,000."""
    scales = all(re.fullmatch(r"10{1,2}(?:[,， ]?000)+", piece.text) for piece in line.pieces)
    return scales or _is_head_of_years(line)


def _is_head_of_years(line: Line) -> bool:
    """Whether the line names periods, and perhaps what is not a period, and holds no other number."""
    texts = [piece.text for piece in line.pieces[1:]]
    return any(map(is_year, texts)) and not any(is_value(text) and not is_year(text) for text in texts)


def _last_row(lines: Sequence[Line], rows: Sequence[bool], first: int) -> int:
    """Return the last line of the table whose first row of values is given."""
    last, between, usual = first, 0, 0.0
    for at in range(first + 1, len(lines)):
        line, above = lines[at], lines[at - 1]
        gap = line.top - above.bottom
        if gap > max(line.size, min(FAR * line.size, 2.2 * usual if usual else FAR * line.size)):
            break
        if rows[at]:
            usual = max(gap, usual)
            last, between = at, 0
        elif between == BETWEEN or not _is_between(line, lines[max(first, last - RECENT) : last + 1]):
            break
        else:
            between += 1
    pitch = pitch_of(lines[first : last + 1])
    while last + 1 < len(lines) and not rows[last + 1] and _is_between(lines[last + 1], lines[first : last + 1]):
        if lines[last + 1].middle - lines[last].middle > 0.75 * pitch:
            break
        last += 1
    return last


def _is_between(line: Line, rows: Sequence[Line]) -> bool:
    text = line.text
    if len(text) > NAME or is_caption(text) or is_unit_line(text) or is_note(text):
        return False
    if line.size > 1.2 * rows[-1].size or (ends_sentence(text) and text[-1] not in "：:,，"):
        return False
    if len(line.pieces) > 1:
        pitch = pitch_of(rows)
        return line.middle - rows[-1].middle < 0.75 * pitch
    left = min(row.left for row in rows)
    return line.left < left + 0.5 * (rows[-1].right - left)


def _first_head(lines: Sequence[Line], body: int, last: int, rules: Sequence[Rule]) -> int:
    """Return the first line of the headers over the row of values at `body`."""
    rows = lines[body : last + 1]
    left, right, stub = _sides(rows)
    across = [rule.at for rule in rules if _shares(rule, left, right) >= WIDE * (right - left)]
    first, crossed = body, 0
    while first > max(0, body - HEADS):
        line, under = lines[first - 1], lines[first]
        passed = sum(line.middle < at < under.middle for at in across)
        crossed += passed
        if passed and crossed > 1 and len(line.pieces) < 2:
            break
        # Between the rule over the headers and the one under them, everything is a header.
        enclosed = crossed == 1 and sum(at < line.middle for at in across) > 0 and _top_near(line, across)
        if under.top - line.bottom > FAR * line.size or not _may_head(line, left, right):
            break
        if len(line.pieces) < 2 and not (
            enclosed or _over_values(line, stub, left, right) or _is_half_way(lines, first, rows)
        ):
            break
        first -= 1
    return first


def _is_half_way(lines: Sequence[Line], under: int, rows: Sequence[Line]) -> bool:
    """Whether the line above `under` is a header over two rows: another line of headers is as near above it."""
    if under < 2:
        return False
    over = lines[under - 2]
    left, right, stub = _sides(rows)
    if not _may_head(over, left, right) or (len(over.pieces) < 2 and not _over_values(over, stub, left, right)):
        return False
    return lines[under].middle - over.middle < 1.3 * (pitch_of(rows) or 1.6 * lines[under].size)


def _sides(rows: Sequence[Line]) -> tuple[float, float, float]:
    """Return where the rows begin and end, and where the names in them end."""
    left, right = min(line.left for line in rows), max(line.right for line in rows)
    return left, right, max((row.pieces[0].right for row in rows if len(row.pieces) > 1), default=left)


def _top_near(line: Line, across: Sequence[float]) -> bool:
    return any(0 < line.middle - at < 4 * line.size for at in across)


def _shares(rule: Rule, left: float, right: float) -> float:
    return min(rule.end, right) - max(rule.start, left)


def _may_head(line: Line, left: float, right: float) -> bool:
    text = line.text
    if is_caption(text) or is_unit_line(text) or any(len(piece.text) > NAME for piece in line.pieces):
        return False
    if line.right < left or line.left > right or (len(line.pieces) < 3 and ends_sentence(line.pieces[-1].text)):
        return False
    return not any(is_unit_line(piece.text) for piece in line.pieces)


def _over_values(line: Line, stub: float, left: float, right: float) -> bool:
    """Whether a single piece stands over the columns of values rather than in the middle of all, as a title does."""
    (piece,) = line.pieces
    if piece.left < stub - 1 or piece.right > right + 4 * piece.size:
        return False
    off = abs(piece.centre - (left + right) / 2)
    return off > CENTRED * piece.size and (abs(piece.centre - (stub + right) / 2) <= off or piece.left > stub)


def _table(heads: Sequence[Line], body: Sequence[Line], rules: Sequence[Rule], forced: bool) -> Placed | None:
    columns = columns_of(body)
    full = [line for line in body if is_row(line)]
    if len(columns) < 2 or (conflicts(full, columns) > 0.2 * len(full) and not forced):
        return None
    if not forced and len(full) < _fewest(heads, columns):
        return None
    bare = list(columns)
    over = heads_of(heads, columns, rules, pitch_of(body))
    top = (heads or body)[0].top
    cells = [
        cell_of([head.piece], row, head.first, high, head.last - head.first + 1) for head, row, high in levels(over)
    ]
    depth = max((cell.row + cell.rows - 1 for cell in cells), default=0)
    left, right = bare[0].left, max(column.right for column in bare)
    parting = [
        rule
        for rule in rules
        if body[0].middle < rule.at < body[-1].middle and _shares(rule, left, right) >= WIDE * (right - left)
    ]
    rest, names = spread(body, columns, pitch_of(body))
    cells += _body(rows_of(rest, parting), columns, depth)
    cells += [cell_of([name], depth + first, 0, last - first + 1) for name, first, last in names]
    return Placed(
        (left, top, max(right, *(line.right for line in body)), body[-1].bottom),
        tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        depth,
        tuple((column.left + column.right) / 2 for column in columns),
        body[0].size,
    )


def _fewest(heads: Sequence[Line], columns: Sequence[Column]) -> int:
    """Return how many rows of values make a table: fewer where it has headers or more columns than a list has."""
    if any(len(line.pieces) > 1 for line in heads):
        return 1 if len(columns) > 2 else 2
    return 2 if len(columns) > 2 else 3


def _body(rows: Sequence[Sequence[Line]], columns: Sequence[Column], above: int) -> Iterator[Cell]:
    names: list[Named] = []
    for row, lines in enumerate(rows):
        inside: dict[int, list[Piece]] = {}
        for line in lines:
            for piece in line.pieces:
                inside.setdefault(_place(piece, line, columns), []).append(piece)
        for column, pieces in inside.items():
            cell = cell_of(pieces, above + row, column)
            if column:
                yield cell
            else:
                names.append((cell, pieces[0]))
    yield from indented(names)


def _place(piece: Piece, line: Line, columns: Sequence[Column]) -> int:
    """Return the column of a piece: a name that stands alone, or first in its row, is in the first it reaches."""
    if piece is line.pieces[0] and not is_value(piece.text) and piece.left < columns[0].right + 1:
        return 0
    return place(piece, columns)
