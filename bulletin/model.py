"""The records that pass between the stages: document, mention, observation, unresolved, issue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from bulletin.packing import quickly_packed
from schemas.concepts import Bound, Direction, Measure, Outcome, Severity

Members = tuple[tuple[str, str], ...]
"""Dimension and member, sorted by dimension: `(("residence", "rural"),)`; `()` for the whole."""


@quickly_packed
@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known of a document besides its bytes, from its sidecar; None where it says nothing."""

    publisher: str | None = None
    title: str | None = None
    published: str | None = None
    """ISO date, `2022-02-25` or `2022-02`."""
    edition: str | None = None
    """As the publisher counts them: `49`, `2021`."""
    url: str | None = None
    language: str | None = None
    area: str | None = None
    licence: str | None = None
    note: str | None = None
    encoding: str | None = None


@quickly_packed
@dataclass(frozen=True, slots=True)
class Block:
    """A run of text: `document.text[start:end]`."""

    kind: str
    """`heading`, `paragraph`, `item`, `caption`, `note` or `menu` (read, never extracted from)."""
    start: int
    end: int
    level: int = 0
    """Of a heading: 1 is the highest."""
    place: str = ""
    """Where a person finds it, where the format has more than lines: `page 7`, `paragraph 12`, `body/div[2]/p[3]`."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, as printed; a merged cell stands at its first row and column."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    start: int | None = None
    """Offset of the text in `document.text`, where the format has one."""
    marks: tuple[str, ...] = ()
    """Raised signs that belong to notes, taken out of the text: `1`, `*`."""


@dataclass(frozen=True, slots=True)
class Table:
    """Cells by row and column, counted from 1, with the words around them."""

    name: str
    """Where it stands, in the reader's words: `table 1`, `sheet 网民规模`, `page 7, table 2`."""
    cells: tuple[Cell, ...]
    caption: str = ""
    """The title above it, unit line included, where the format sets it apart from the cells."""
    addresses: str = "row_column"
    """How a person finds a cell: `row_column` or `sheet` (C4)."""
    notes: tuple[str, ...] = ()
    """Lines under it that explain it: sources, footnotes."""
    head: int = 0
    """Rows at its top that the format itself calls headers; 0 where it does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report as read."""

    key: str
    """What stays the same from vintage to vintage: its path, or its id within a collection."""
    sha256: str
    """Of the bytes; the document's identity."""
    metadata: Metadata
    text: str
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    media_type: str = "text/plain"
    encoding: str | None = None
    notes: tuple[tuple[str, str], ...] = ()
    """Findings of the reader: rule and message."""


@quickly_packed
@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stated number."""

    quote: str
    """Number and unit as printed, hedges left out."""
    start: int
    """Offset in the document's text, or in a cell of a format that has none; half-open with `end`."""
    end: int
    value: Decimal
    """In the base unit, never negative."""
    decimals: int
    """Printed decimals: 1.032 billion has 3."""
    half_unit: Decimal
    """Half a unit of the last printed digit, in the base unit: 500,000 for 1.032 billion."""
    unit: str | None
    """Id of the unit that stands with the number, if any."""
    factor: Decimal = Decimal(1)
    """How many base units the unit's word stands for."""
    generic: bool = False
    """Whether the unit's word stands for any countable thing (个, units)."""
    bound: Bound = Bound.EXACT
    number_end: int = 0
    """Where the number ends and its unit begins."""
    sentence_start: int = 0
    sentence_end: int = 0
    in_table: bool = False
    address: str | None = None
    """Of a table's cell: `table 1, row 3, column 2`, `sheet 表1, C4`; in prose the block's place, if it has one."""
    prefix: str = ""
    """The sentence before the quote, or the cell's headers."""
    suffix: str = ""
    scaled: bool = False
    """Whether scale words stand with it."""
    negative: bool = False
    """Whether a minus stood before it."""
    positive: bool = False
    """Whether a plus stood before it."""

    @property
    def interval(self) -> tuple[Decimal | None, Decimal | None]:
        """The values that the printed rounding and the hedge allow; None is an open end.

        1.032 billion is 1,031,500,000 to 1,032,500,000; "more than 1 billion" has no upper end and starts at the
        number itself; "about" widens to half a unit of the last digit that is not zero.
        """
        if self.bound is Bound.MORE_THAN:
            return self.value, None
        if self.bound is Bound.LESS_THAN:
            return None, self.value
        half = self.half_unit
        if self.bound is Bound.ABOUT and self.value:
            exponent = self.value.normalize().as_tuple().exponent
            half = max(half, Decimal(5).scaleb(int(exponent) - 1))
        return self.value - half, self.value + half


@quickly_packed
@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A mention resolved against the catalogue."""

    mention: Mention
    indicator: str
    members: Members
    unit: str
    measure: Measure
    direction: Direction | None
    area: str
    period: str | None
    base_period: str | None = None
    correction: str | None = None
    """Id of the correction that its value is from; the quote stays as printed."""


@quickly_packed
@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """A mention that no indicator claims, or several with equal right."""

    mention: Mention
    reason: str
    candidates: tuple[str, ...] = ()
    measure: Measure = Measure.LEVEL
    direction: Direction | None = None
    area: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What a suspected number should have been, by one slip."""

    row: int
    value: Decimal
    """In the base unit; negative where a difference goes down."""
    kind: str
    """The kind of slip: `scale`, `digits_exchanged`, ..."""
    words: str
    mends: int
    """How many broken comparisons hold with it; none breaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What a check found. `rows` are labels of `Checked.facts`, and behind them of `Checked.held`."""

    id: str = ""
    """The same for the same finding from run to run; empty where the loader makes it from document and message."""

    rule: str
    severity: Severity
    message: str
    document: str | None = None
    """Key of the document, or its path where it could not be read."""
    rows: tuple[int, ...] = ()
    outcome: Outcome = Outcome.FAIL
    group: int = -1
    """Broken comparisons that share numbers have one group; -1 for a finding of its own."""
    suspects: tuple[tuple[int, ...], ...] = ()
    """Each lightest set of numbers that would have to be wrong; more than one set is a tie."""
    exact: bool = True
    """Whether no lighter set can exist."""
    repairs: tuple[Repair, ...] = ()
    """Of the group, likeliest first."""


class FoundPeriod(NamedTuple):
    """A period in a text. `value` is None where `relative` says what it depends on."""

    start: int
    end: int
    value: str | None
    relative: str | None = None
    yearless: str | None = None
    """The period without its year, `-09`, `-H1`, `-01/-04`, where the text leaves the year out."""
    day: bool = False
    """Whether the words name a day: mostly one on which something was said."""
    fiscal: bool = False
    """Whether it is a fiscal year, `value` the year in which it begins: the document's area tells in which month."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that a word may mean."""

    kind: str
    """`indicator`, `member`, `area`, `noun` (of a unit) or `cue`."""
    id: str
    """Of the indicator, the member, the area, or the cue's name in the language file."""
    members: Members = ()
    """What the wording implies; of a member, first itself."""
    requires: tuple[str, ...] = ()
    """Dimensions of which a member must stand in the phrase."""
    generic: bool = False
    """Whether the word names the rate of anything."""
    short: bool = False
    """Whether it leaves out what is measured (发电 for 发电量): only a number in the indicator's unit right behind
    it."""


class Senses:
    """All that a word may mean, by kind: looked up far more often than made."""

    __slots__ = ("cues", "kinds", "names")

    def __init__(self, senses: Iterable[Sense]) -> None:
        """Sort the senses by their kind."""
        self.kinds: dict[str, tuple[Sense, ...]] = {}
        for sense in senses:
            self.kinds[sense.kind] = (*self.kinds.get(sense.kind, ()), sense)
        self.cues = frozenset(sense.id for sense in self.kinds.get("cue", ()))
        self.names = "indicator" in self.kinds or "member" in self.kinds
        """Whether it names an indicator or a member."""


class Token(NamedTuple):
    """A stretch of text with all its senses."""

    start: int
    end: int
    senses: Senses

    def of(self, kind: str) -> tuple[Sense, ...]:
        """Return the senses of that kind."""
        return self.senses.kinds.get(kind, ())

    def is_cue(self, *names: str) -> bool:
        """Return whether it is one of those cues."""
        return not self.senses.cues.isdisjoint(names)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a document's normalised text, `text[start:end]`, in its block, with what patterns find in it."""

    block: Block
    start: int
    end: int
    periods: tuple[FoundPeriod, ...]
    members: tuple[Token, ...]
    """Members that a dimension's forms make of its words: aged 15 to 24."""

    @property
    def aside(self) -> list[tuple[int, int]]:
        """Where periods and members stand, whose numbers are no statistics."""
        periods = [(period.start, period.end) for period in self.periods]
        return periods + [(member.start, member.end) for member in self.members]


@dataclass(frozen=True, slots=True)
class Extracted:
    """A document with the numbers found in it, before anything says what they are."""

    document: Document
    mentions: tuple[Mention, ...]
    text: str = ""
    """The document's text normalised, character by character."""
    passages: tuple[Passage, ...] = ()
    """Its sentences, in order."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A document with what its numbers state."""

    document: Document
    facts: tuple[Observation | Unresolved, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A file to ingest and where it was found."""

    key: str
    """Path from here, with forward slashes; `reports.zip/name.pdf` in an archive, the id for a text of a collection."""
    path: str
    sha256: str
    """Of the bytes; where they cannot be had, of the problem."""
    metadata: Metadata = field(default_factory=Metadata)
    size: int = 0
    """Bytes; 0 where they are not known either."""
    data: bytes | None = None
    """The bytes, of a text in a collection; None where the file has them: not every one of them fits into memory."""
    member: str = ""
    """Its name in the archive at `path`."""
    problem: str | None = None
    """Why it cannot be read, where that is known already."""
    notes: tuple[tuple[str, str], ...] = ()
    """What a person should look at though it can be read: rule and message."""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A source that could not be read, and why."""

    source: Source
    reason: str
