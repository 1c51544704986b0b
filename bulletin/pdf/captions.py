"""What stands around a table: title and unit line above it, notes and sources under it."""

from collections.abc import Sequence
from dataclasses import replace

from bulletin.pdf.cells import Placed
from bulletin.pdf.shapes import Line, Piece, lines_of
from bulletin.pdf.signs import ends_sentence, is_caption, is_item, is_note, is_unit_line

ABOVE, UNDER = 2.6, 2.6
"""Heights of a line that may be empty between a table and its title, and its notes."""
CLOSE = 1.1
"""... and between two lines of either."""
TITLE = 90
"""Characters of a title that has no number."""
LARGER = 1.15
"""A title in print this much larger is a heading: it is the table's title and stays in the text, too."""

Roles = dict[int, str]
"""By the id of a piece: `caption` or `note`."""


def framed(tables: Sequence[Placed], regions: Sequence[Sequence[Piece]]) -> tuple[list[Placed], Roles]:
    """Return the tables with the words around them, which are looked for in the regions that each stands in."""
    roles: Roles = {}
    found = []
    for table in tables:
        left, right = _zone(table, tables)
        holders = [region for region in regions if _holds(region, table)] or regions
        near = lines_of(
            piece for region in holders for piece in region if left <= piece.centre <= right and id(piece) not in roles
        )
        above = _above([line for line in near if line.middle < table.box[1] + 2], table.box[1])
        under = _under([line for line in near if line.middle > table.box[3] - 2], table, tables)
        for line in above:
            if is_caption(line.text) or _is_unit(line) or line.size <= LARGER * table.size:
                roles |= {id(piece): "caption" for piece in line.pieces}
        roles |= {id(piece): "note" for line in under for piece in line.pieces}
        found.append(replace(table, caption=_caption(above), notes=tuple(_notes(under))))
    return [_shared(table, found) for table in found], roles


def _shared(table: Placed, tables: Sequence[Placed]) -> Placed:
    """Return the table with the title of the one beside it where it has none of its own."""
    beside = (other for other in tables if other.caption and abs(other.box[1] - table.box[1]) < 2 * table.size)
    return table if table.caption else replace(table, caption=next((other.caption for other in beside), ""))


def _zone(table: Placed, tables: Sequence[Placed]) -> tuple[float, float]:
    """Return from where to where what belongs to the table may stand: up to the tables beside it."""
    left, top, right, bottom = table.box
    beside = [other.box for other in tables if other.box[1] < bottom and top < other.box[3] and other is not table]
    before = max((box[2] for box in beside if box[2] <= left + 2), default=float("-inf"))
    behind = min((box[0] for box in beside if box[0] >= right - 2), default=float("inf"))
    return (before + left) / 2, (behind + right) / 2


def _holds(region: Sequence[Piece], table: Placed) -> bool:
    if not region:
        return False
    left, right = min(piece.left for piece in region), max(piece.right for piece in region)
    return min(right, table.box[2]) - max(left, table.box[0]) > 0


def _above(lines: Sequence[Line], top: float) -> list[Line]:
    """Return the lines of the title, from top to bottom: up to the one with its number, or to one without."""
    found: list[Line] = []
    edge, titled = top, False
    for line in reversed(lines):
        text = line.text
        if edge - line.bottom > (CLOSE if found and titled else ABOVE) * line.size:
            break
        if is_caption(text):
            return [line, *found]
        if _is_unit(line):
            found.insert(0, line)
        elif titled or len(text) > TITLE or ends_sentence(text) or is_item(text) or is_note(text):
            break
        else:
            titled = True
            found.insert(0, line)
        edge = line.top
    broken = [at for at, line in enumerate(found) if not _is_unit(line)]
    above = [line for line in lines if found and line.bottom <= found[0].top + 2]
    if broken == [0] and above and is_caption(above[-1].text) and found[0].top - above[-1].bottom < found[0].size:
        found.insert(0, above[-1])
    return found


def _is_unit(line: Line) -> bool:
    return any(is_unit_line(piece.text) for piece in line.pieces) or (
        len(line.text) < 40 and line.text[0] in "(（" and line.text[-1] in ")）"
    )


def _caption(lines: Sequence[Line]) -> str:
    """Return the title with the unit last: where a unit line begins, the rest of the caption is the unit."""
    pieces = [piece for line in lines for piece in line.pieces]
    return " ".join(piece.text for piece in sorted(pieces, key=lambda piece: is_unit_line(piece.text)))


def _under(lines: Sequence[Line], table: Placed, tables: Sequence[Placed]) -> list[Line]:
    edge = table.box[3]
    stop = min(
        (other.box[1] for other in tables if other.box[1] > edge and _overlap(other, table)), default=float("inf")
    )
    found: list[Line] = []
    for line in lines:
        if line.middle > stop or line.top - edge > (CLOSE if found else UNDER) * line.size or is_caption(line.text):
            break
        if not is_note(line.text) and not (found and (is_item(line.text) or _goes_on(found, line))):
            break
        found.append(line)
        edge = line.bottom
    return found


def _overlap(one: Placed, two: Placed) -> bool:
    return one.box[0] < two.box[2] and two.box[0] < one.box[2]


def _goes_on(found: Sequence[Line], line: Line) -> bool:
    """Whether a line ends the note above it, which is broken: as small, as near, and that one is full."""
    last = found[-1]
    widest = max(note.right for note in (*found, line))
    near = line.top - last.bottom < 0.6 * line.size and abs(line.size - last.size) < 0.1 * last.size
    return near and last.right > widest - 4 * line.size and abs(line.left - found[0].left) < 4 * line.size


def _notes(lines: Sequence[Line]) -> list[str]:
    notes: list[str] = []
    for line in lines:
        if is_note(line.text) or is_item(line.text) or not notes:
            notes.append(line.text)
        else:
            notes[-1] = f"{notes[-1]} {line.text}" if line.text.isascii() else notes[-1] + line.text
    return notes
