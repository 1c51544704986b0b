"""Reading order: where a page is set in columns, its pieces come column by column, between what runs across."""

from collections.abc import Iterable, Sequence

from bulletin.pdf.shapes import Piece
from bulletin.pdf.signs import is_value

LINES = 3
"""Lines of prose that a column has on either side of a gutter."""
FILLED = 0.55
"""A line of prose fills this share of its column."""
WORDY = 8
"""Characters that a line of prose has at least."""
TRIED = 6
"""Places where columns may begin that are looked at, those of most lines first."""

Box = tuple[float, float, float, float]


def regions(pieces: Sequence[Piece], across: Iterable[Box] = ()) -> list[list[Piece]]:
    """Return the pieces region by region in reading order; `across` are boxes that part columns."""
    if not pieces:
        return []
    gutter = _gutter(pieces)
    if gutter is None:
        return [list(pieces)]
    crossing = [(piece.top, piece.bottom) for piece in pieces if _crosses((piece.left, 0, piece.right, 0), gutter)]
    crossing += [(box[1], box[3]) for box in across if _crosses(box, gutter)]
    found: list[list[Piece]] = []
    for band in _bands(pieces, sorted(crossing)):
        left = [piece for piece in band if piece.right <= gutter + 3]
        right = [piece for piece in band if piece.left >= gutter - 3]
        columns = len(left) + len(right) == len(band) and _is_prose(left) and _is_prose(right)
        parts = [*regions(left), *regions(right)] if columns else [band]
        if not columns and found and not _was_columns(found):
            found[-1] += band
        else:
            found += parts
    return [region for region in found if region]


def _was_columns(found: Sequence[Sequence[Piece]]) -> bool:
    """Whether the last two regions stand beside each other."""
    if len(found) < 2:
        return False
    before, last = found[-2], found[-1]
    return max(piece.right for piece in before) <= min(piece.left for piece in last) + 6


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Return where a gutter is: left of where many lines of prose begin, and right of where as many end."""
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    starts: dict[int, list[Piece]] = {}
    for piece in pieces:
        if piece.left > left + 0.2 * (right - left) and _is_wordy(piece):
            starts.setdefault(round(piece.left / 3), []).append(piece)
    for _, column in sorted(starts.items(), key=lambda item: -len(item[1]))[:TRIED]:
        if len(column) < LINES:
            return None
        at = min(piece.left for piece in column) - 2
        top, bottom = min(piece.top for piece in column), max(piece.bottom for piece in column)
        beside = [
            piece
            for piece in pieces
            if piece.right < at and piece.bottom > top and piece.top < bottom and not is_value(piece.text)
        ]
        if _is_prose(beside) and _is_prose(column):
            return at
    return None


def _is_wordy(piece: Piece) -> bool:
    return len(piece.text) >= WORDY and not is_value(piece.text)


def _is_prose(pieces: Sequence[Piece]) -> bool:
    if len(pieces) < LINES:
        return False
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    full = sum(piece.right - piece.left >= FILLED * (right - left) and _is_wordy(piece) for piece in pieces)
    return full >= LINES and 2 * full >= len(pieces)


def _crosses(box: Box, gutter: float) -> bool:
    return box[0] < gutter - 3 and box[2] > gutter + 6


def _bands(pieces: Sequence[Piece], crossing: Sequence[tuple[float, float]]) -> Iterable[list[Piece]]:
    """Yield the pieces between what runs across, and what does, from top to bottom."""
    waiting = sorted(pieces, key=lambda piece: piece.middle)
    at = 0
    for top, bottom in crossing:
        for edge in (top, bottom):
            band = []
            while at < len(waiting) and waiting[at].middle < edge:
                band.append(waiting[at])
                at += 1
            if band:
                yield band
    if at < len(waiting):
        yield waiting[at:]
