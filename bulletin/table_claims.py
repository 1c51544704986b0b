"""Which indicator a cell of a table states, in which unit and measure, narrowed by which members.

The headers are asked from the nearest to the farthest; the first that names an indicator which the number's unit fits
claims it. Words in the headers of its row or column that nothing knows leave it unresolved: they may narrow what is
counted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bulletin.caption_heads import heads_of, says_unit
from bulletin.cell_mentions import mention_of
from bulletin.claim import fits
from bulletin.headers import Header
from bulletin.layout import Value
from bulletin.measures import RELATIVE_UNITS, Reading, added_cues
from bulletin.model import Members, Mention, Sense, Token
from bulletin.table_units import unit_groups
from schemas.catalogue import Catalogue, Indicator, Language
from schemas.catalogue.model import RATE_UNITS
from schemas.concepts import Direction, Measure

IN_FULL = 1_000_000
"""People and accounts of a country are at least so many; fewer, with no unit named, are thousands or ten thousands."""
NOT_NAMED = "no header, caption or title names an indicator of the catalogue with a fitting unit"


@dataclass(frozen=True, slots=True)
class Question:
    """A cell with its headers read, and what they are read with."""

    value: Value
    mention: Mention
    """As extracted, in the unit of the nearest header."""
    near: tuple[Header, ...]
    """Headers of its column, its row and its section, the nearest first."""
    lead: tuple[Header, ...]
    """Headers of the row above that its row is a part of: Internet users, of which: urban."""
    far: tuple[Header, ...]
    """Texts over the stub, lines around the table, caption and title."""
    catalogue: Catalogue
    language: Language
    titled: bool = False
    """Whether the last of these is the title of the document."""
    told: frozenset[str] = frozenset()
    """The dimensions whose members name rows of the table: a title that tells of 5G says nothing of the others."""

    @property
    def narrowing(self) -> tuple[Header, ...]:
        """The far texts whose members narrow the table: not a headline, which tells what rose of all that it counts."""
        headline = self.titled and self.far[-1].is_cue("up", "down")
        return self.far[:-1] if headline else self.far

    def closest(self, *, lead: bool) -> tuple[Header, ...]:
        """Return the headers of its row and column, with those of the lead where that counts."""
        return (*self.near, *self.lead) if lead else self.near


@dataclass(frozen=True, slots=True)
class TableClaim:
    """An indicator's right to a cell."""

    indicator: Indicator
    members: Members
    mention: Mention
    reading: Reading
    led: bool = False
    """Whether the row above names it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a cell stays unresolved."""

    reason: str
    candidates: tuple[str, ...] = ()
    reading: Reading = field(default_factory=lambda: Reading(Measure.LEVEL))


def claim_on(question: Question) -> TableClaim | Refusal:
    """Return the indicator that the nearest header names with a fitting unit, and its members; else why not."""
    places = [(header, False, True) for header in question.near]
    places += [(header, True, True) for header in question.lead]
    places += [(header, False, False) for header in question.far]
    for header, led, close in places:
        found = list(_claims_of(header, question, led=led, close=close))
        fitting = [claim for claim in found if isinstance(claim, TableClaim)]
        if fitting:
            return _decided(fitting, header, question)
        if found and close:
            names = tuple(claim.id for claim in found if isinstance(claim, Indicator))
            return Refusal(NOT_NAMED, names, reading_of(question, question.mention, None, led=False))
    return Refusal(NOT_NAMED, (), reading_of(question, question.mention, None, led=False))


def _decided(claims: Sequence[TableClaim], header: Header, question: Question) -> TableClaim | Refusal:
    """Return the claim that is narrowed most, if it is the only such and nothing speaks against it."""
    most = max(len(claim.members) for claim in claims)
    best = {claim.indicator.id: claim for claim in claims if len(claim.members) == most}
    claim = next(iter(best.values()))
    if len(best) > 1:
        return Refusal("several indicators claim it with equal right", tuple(sorted(best)), claim.reading)
    if reason := doubt_about(question, claim.indicator, claim.led) or _doubt_of(header):
        return Refusal(reason, (claim.indicator.id,), claim.reading)
    return claim


def _doubt_of(header: Header) -> str | None:
    return f"{header.text!r} may be about another quantity" if header.doubtful else None


def _claims_of(header: Header, question: Question, *, led: bool, close: bool) -> Iterator[TableClaim | Indicator]:
    """Yield the claims of the indicators that the header names; the indicator alone where no unit fits it."""
    for sense in (sense for word in heads_of(header, question.language) for sense in word.of("indicator")):
        indicator = question.catalogue.indicators[sense.id]
        members = _members(question, indicator, sense, led=led)
        if not {*indicator.requires, *sense.requires} <= set(members) or not indicator.takes(members):
            continue
        found = _fitting(question, indicator, header, led=led, close=close)
        if found is None and header.is_cue("population"):
            indicator = _rate_of(indicator, question.catalogue) or indicator
            found = _fitting(question, indicator, header, led=led, close=close)
        yield TableClaim(indicator, tuple(sorted(members.items())), *found, led) if found else indicator


def _rate_of(indicator: Indicator, catalogue: Catalogue) -> Indicator | None:
    """Return the rate that is the indicator's share of the population."""
    return next((other for other in catalogue.indicators.values() if other.of_population == indicator.id), None)


def _members(question: Question, indicator: Indicator, sense: Sense, *, led: bool) -> dict[str, str]:
    """Return the members that narrow it: those of row and column, then the lead's, then the caption's single ones."""
    allowed = {*indicator.dimensions, *sense.requires}
    found = dict(sense.members)
    for header in question.near:
        for dimension, members in header.named().items():
            if dimension in allowed and len(members) == 1:
                _narrow(found, dimension, next(iter(members)), question.catalogue)
    if not (led or found) and any(header.is_cue("share") for header in question.near):
        found = {pair[0]: pair[1] for pair in _narrowing(question.lead, indicator) if pair[0] in allowed}
    for header in (*(question.lead if led else ()), *question.narrowing):
        for dimension, members in header.named().items():
            if dimension in question.told and header not in question.lead:
                continue
            member = next(iter(members))
            # A title that tells of 5G says nothing of the rows of the fixed network.
            mine = dimension in allowed and indicator.takes({**found, dimension: member})
            if mine and len(members) == 1 and not _is_of_all(question):
                found.setdefault(dimension, member)
    return found


def _narrowing(lead: Sequence[Header], indicator: Indicator) -> Iterator[tuple[str, str]]:
    """Yield the members that the row above narrows the same indicator by, of which a share is told: 占网民."""
    for header in lead:
        for sense in (sense for word in header.words for sense in word.of("indicator")):
            if sense.id == indicator.id:
                yield from (*sense.members, *(pair for members in header.members for pair in members))


def _is_of_all(question: Question) -> bool:
    return any(header.total for header in question.near) and bool(question.lead)


def _narrow(found: dict[str, str], dimension: str, member: str, catalogue: Catalogue) -> None:
    """Take the member, or the narrower of two that hold one another."""
    held = found.setdefault(dimension, member)
    if held != member and _is_within(member, held, dimension, catalogue):
        found[dimension] = member


def _is_within(member: str, wider: str, dimension: str, catalogue: Catalogue) -> bool:
    listed = catalogue.dimensions[dimension].members.get(member)
    return listed is not None and listed.within == wider


def doubt_about(question: Question, indicator: Indicator, led: bool) -> str | None:
    """Return what in the headers of row and column may make something else of the indicator, if anything does."""
    held: dict[str, str] = {}
    for header in question.closest(lead=led):
        if header.unknown and not _is_said_by(indicator, header.unknown, question.language):
            return f"{header.unknown!r} in {header.text!r} is unknown and may narrow what is counted"
        if len(header.areas) > 1:
            return f"{header.text!r} names several areas"
        implied = dict(pair for word in header.words for s in word.of("indicator") for pair in s.members)
        for dimension, members in header.named().items():
            if len(members) > 1 or implied.get(dimension, next(iter(members))) not in members:
                return f"{header.text!r} names several members of {dimension}"
            member = next(iter(members))
            if dimension not in (*indicator.dimensions, *implied):
                return f"{header.text!r} narrows it by {dimension}, which {indicator.id} has not"
            other = held.setdefault(dimension, member)
            near = header in question.near
            if near and other != member and not _nested(member, other, dimension, question.catalogue):
                return f"the headers name several members of {dimension}, {other} and {member}"
    return None


def _is_said_by(indicator: Indicator, words: str, language: Language) -> bool:
    """Whether a label of the indicator holds all these words without narrowing it: Internet over Internet users."""
    for label in indicator.labels.get(language.id, ()):
        text = label.text.casefold()
        known = text.split() if language.boundaries else text
        if not (label.members or label.requires) and all(word in known for word in words.casefold().split()):
            return True
    return False


def _nested(one: str, other: str, dimension: str, catalogue: Catalogue) -> bool:
    return _is_within(one, other, dimension, catalogue) or _is_within(other, one, dimension, catalogue)


def _fitting(
    question: Question, indicator: Indicator, naming: Header, *, led: bool, close: bool
) -> tuple[Mention, Reading] | None:
    """Return the number in the nearest unit that fits the indicator, and what it says of it.

    Only a percentage may be meant in spite of a nearer unit, and a nearer percentage is what is meant. `naming` is the
    one that names the indicator, `close` where it is of the row or column.
    """
    header = None if close and not led else naming
    catalogue, language = question.catalogue, question.language
    value, skipped = question.value, False
    led_texts = tuple(h.text for h in question.lead) if led or any(h.total for h in question.lead) else ()
    texts = (*value.columns, value.unit, *value.rows, *led_texts, *value.sections, *value.corner, *value.around)
    groups = [*unit_groups(texts, catalogue, language), (None,)]
    if len(groups) > 1:
        groups.pop()
    elif _lacks_unit(question.mention, indicator, catalogue):
        return None
    for group in groups:
        for unit in sorted(group, key=lambda unit: unit is None or unit.unit != indicator.unit):
            mention = mention_of(value, unit, catalogue, language)
            reading = reading_of(question, mention, header, led=led)
            may = _may_be(indicator, mention, reading, catalogue) or _is_counted(mention, naming, indicator, question)
            if may and (not skipped or mention.unit in RATE_UNITS):
                return mention, reading
            if mention.unit in RATE_UNITS and len(group) == 1:
                return None
        skipped = True
    return None


def _lacks_unit(mention: Mention, indicator: Indicator, catalogue: Catalogue) -> bool:
    """Whether a number without any unit is too small, or no whole one, to be printed in full: 103,195 users are 万."""
    if mention.unit or mention.scaled:
        return False
    people = catalogue.units[indicator.unit].quantity == "holders"
    return mention.decimals > 0 or (people and mention.value < IN_FULL)


def _is_counted(mention: Mention, naming: Header, indicator: Indicator, question: Question) -> bool:
    """Whether a plain whole number is in the unit that the label itself names: nights, of "Nights spent"."""
    whole = mention.unit is None and mention.decimals == 0
    return whole and says_unit(naming, indicator, question.catalogue, question.language)


def _may_be(indicator: Indicator, mention: Mention, reading: Reading, catalogue: Catalogue) -> bool:
    if reading.measure is Measure.GROWTH_RATE and mention.unit == "percent" and indicator.unit in RATE_UNITS:
        return False  # in percent or in percentage points: the header does not say
    if mention.unit == "percentage_point" and indicator.unit not in RATE_UNITS:
        return False
    return fits(indicator, mention, reading, catalogue)


def reading_of(question: Question, mention: Mention, header: Header | None, *, led: bool) -> Reading:
    """Return what the headers say that the number is: those of row and column, then the one that claims it."""
    for close in question.closest(lead=led):
        if found := _reading(close, mention):
            return found
    if header and (mention.unit in RATE_UNITS or _counts_changes(header)) and (found := _reading(header, mention)):
        return found
    if mention.unit == "percentage_point":
        return Reading(Measure.CHANGE, Direction.UP)
    return Reading(Measure.LEVEL)


def _reading(header: Header, mention: Mention) -> Reading | None:
    if header.is_cue("share") and not (header.base or header.difference):
        return Reading(Measure.SHARE, None, True)
    cues = ("up", "down", "change_noun", "year_on_year", "month_on_month", *added_cues(mention))
    if header.base or header.difference or header.is_cue(*cues):
        down = header.is_cue("down") and not header.is_cue("up")
        measure = Measure.GROWTH_RATE if mention.unit in RELATIVE_UNITS else Measure.CHANGE
        return Reading(measure, Direction.DOWN if down else Direction.UP)
    return None


def _counts_changes(header: Header) -> bool:
    """Whether a caption says that its counts are changes: "Net additions of subscribers", not "Users and growth"."""
    nouns: list[Token] = [word for word in header.words if word.is_cue("change_noun")]
    return any(not word.is_cue("rate_up", "rate_down") for word in nouns)
