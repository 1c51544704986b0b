"""Tables whose cells are ruled on all sides: spans come from the rules that are missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bulletin.pdf import limits
from bulletin.pdf.shapes import Page, Rule

TOUCH = 3.0
"""Points within which two rules meet."""
COVER = 0.5
"""A side of a cell is ruled where a rule covers this share of it."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the cells of a ruled table are: the rules' places, and the cells as row, column, rows, columns from 0."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, int, int, int], ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def grids_of(page: Page) -> Iterator[Grid]:
    """Yield the ruled tables of the page: at least two columns or two rows; a mere frame is none."""
    for level, plumb in _connected(page.horizontal, page.vertical):
        if len(level) < 2 or not plumb:
            continue
        xs = _places(plumb, [side for rule in level for side in (rule.start, rule.end)])
        ys = _places(level, [side for rule in plumb for side in (rule.start, rule.end)])
        rows, columns = len(ys) - 1, len(xs) - 1
        if rows * columns < 2 or rows * columns > limits.CELLS:
            continue
        yield Grid(tuple(xs), tuple(ys), tuple(_cells(xs, ys, level, plumb)))


def _connected(level: Sequence[Rule], plumb: Sequence[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Yield the rules that meet one another, directly or over others."""
    left = set(range(len(plumb)))
    waiting = set(range(len(level)))
    while waiting:
        group, crossing, todo = [], [], [waiting.pop()]
        while todo:
            rule = level[todo.pop()]
            group.append(rule)
            meeting = [index for index in left if _meet(rule, plumb[index])]
            left.difference_update(meeting)
            crossing += [plumb[index] for index in meeting]
            next_ones = [i for i in waiting if any(_meet(level[i], plumb[index]) for index in meeting)]
            waiting.difference_update(next_ones)
            todo += next_ones
        yield group, crossing


def _meet(level: Rule, plumb: Rule) -> bool:
    return level.start - TOUCH <= plumb.at <= level.end + TOUCH and plumb.start - TOUCH <= level.at <= plumb.end + TOUCH


def _places(rules: Sequence[Rule], ends: Sequence[float]) -> list[float]:
    """Return where the rules are, each place once, and the outer ends of those across where no rule closes them."""
    places: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not places or at - places[-1] > TOUCH:
            places.append(at)
    if min(ends) < places[0] - 3 * TOUCH:
        places.insert(0, min(ends))
    if max(ends) > places[-1] + 3 * TOUCH:
        places.append(max(ends))
    return places


def _cells(
    xs: Sequence[float], ys: Sequence[float], level: Sequence[Rule], plumb: Sequence[Rule]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield the cells: fields that no rule parts are one, as far as they fill a box together."""
    below = _ruled(ys, xs, level)
    beside = _ruled(xs, ys, plumb)
    rows, columns = len(ys) - 1, len(xs) - 1
    taken: set[tuple[int, int]] = set()
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            wide = 1
            while column + wide < columns and (row, column + wide) not in taken and (column + wide, row) not in beside:
                wide += 1
            high = 1
            while row + high < rows and _opens(row + high, column, wide, below, beside, taken, columns):
                high += 1
            taken |= {(row + down, column + right) for down in range(high) for right in range(wide)}
            yield row, column, high, wide


def _opens(
    row: int,
    column: int,
    wide: int,
    below: set[tuple[int, int]],
    beside: set[tuple[int, int]],
    taken: set[tuple[int, int]],
    columns: int,
) -> bool:
    """Whether the fields of a row belong to the cell over them: no rule above, none between, one at either end."""
    fields = range(column, column + wide)
    if any((row, field) in below or (row, field) in taken for field in fields):
        return False
    if any((field, row) in beside for field in fields[1:]):
        return False
    last = column + wide
    return last == columns or (last, row) in beside


def _ruled(places: Sequence[float], across: Sequence[float], rules: Sequence[Rule]) -> set[tuple[int, int]]:
    """Return where rules are: at which place, and between which two of the places across."""
    found = set()
    for rule in rules:
        at = min(range(len(places)), key=lambda index: abs(places[index] - rule.at))
        for index in range(len(across) - 1):
            shared = min(rule.end, across[index + 1]) - max(rule.start, across[index])
            if shared >= COVER * (across[index + 1] - across[index]):
                found.add((at, index))
    return found
