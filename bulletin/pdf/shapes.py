"""What stands on a page: pieces of text and drawn lines, in points, y growing downwards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters on one line, without a gap as wide as one between columns."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    """Height of its characters' boxes, a little more than the font size."""
    marks: tuple[str, ...] = ()
    """Raised signs behind it that belong to notes."""
    edges: tuple[tuple[float, float], ...] = ()
    """Left and right of each of its words, where it has several."""

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Half way across."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line, horizontal or vertical: at `at`, from `start` to `end` of the other axis."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Pieces that stand beside one another, from left to right; each line is one of its own, whatever it says."""

    pieces: tuple[Piece, ...]
    top: float
    bottom: float

    @property
    def left(self) -> float:
        """Where its first piece begins."""
        return self.pieces[0].left

    @property
    def right(self) -> float:
        """Where its last piece ends."""
        return self.pieces[-1].right

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """Height of its largest piece."""
        return max(piece.size for piece in self.pieces)

    @property
    def text(self) -> str:
        """Its pieces with a space between them."""
        return " ".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as drawn."""

    number: int
    width: float
    height: float
    pieces: tuple[Piece, ...]
    horizontal: tuple[Rule, ...] = ()
    vertical: tuple[Rule, ...] = ()
    drawn: bool = False
    """Whether it shows pictures, or as many drawn shapes as make up one."""


def lines_of(pieces: Iterable[Piece]) -> list[Line]:
    """Return the lines from top to bottom: a piece belongs to a line whose middle it covers, or that covers its own."""
    found: list[Line] = []
    current: list[Piece] = []
    top = bottom = 0.0
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        if current and piece.middle - (top + bottom) / 2 > 0.35 * min(piece.size, bottom - top):
            found.append(line_of(current))
            current = []
        if not current:
            top, bottom = piece.top, piece.bottom
        current.append(piece)
    return [*found, line_of(current)] if current else found


def line_of(pieces: Sequence[Piece]) -> Line:
    """Return the pieces as one line."""
    return Line(
        tuple(sorted(pieces, key=lambda piece: piece.left)),
        min(piece.top for piece in pieces),
        max(piece.bottom for piece in pieces),
    )
