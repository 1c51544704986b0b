"""What a claim is, and when a number can speak of an indicator at all."""

from dataclasses import dataclass, field

from bulletin.measures import Reading
from bulletin.model import Members, Mention
from bulletin.scan import Sentence
from bulletin.vocabulary import Token
from schemas.catalogue import Catalogue, Indicator
from schemas.catalogue.model import RATE_UNITS
from schemas.concepts import Bound, Measure

BARE = 10_000
"""Below it a number without unit, scale or hedge counts something in passing: "20 typical scenarios"."""
_SAME = frozenset({"person", "subscription", "household"})
"""Units that translations mix up: 户 comes out as accounts, users and households."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An indicator's right to a number."""

    indicator: str
    members: Members
    label: Token | None = None
    inherited: bool = False


@dataclass(slots=True)
class Memory:
    """What was spoken of before, within one document."""

    claim: Claim | None = None
    """Of the number before."""
    members: dict[str, str] = field(default_factory=dict)
    """The member last named, by dimension."""
    heading: tuple[Token, ...] = ()


def is_bare(mention: Mention) -> bool:
    """Return whether nothing but digits stands there: a count in passing, unless a label right next to it claims it."""
    return (
        mention.unit is None
        and mention.bound is Bound.EXACT
        and mention.value < BARE
        and "," not in mention.quote
        and mention.decimals == 0
    )


def fits(indicator: Indicator, mention: Mention, reading: Reading, catalogue: Catalogue) -> bool:
    """Return whether a number of that unit and measure can speak of the indicator."""
    unit, rate = mention.unit, indicator.unit in RATE_UNITS
    if unit == "percentage_point":
        return rate or reading.share
    if unit == "times":
        return reading.measure is Measure.GROWTH_RATE
    if unit == "percent":
        if rate:
            return indicator.unit == "percent"
        return reading.measure in (Measure.SHARE, Measure.GROWTH_RATE)
    if unit is None:
        return not catalogue.units[indicator.unit].printed
    if unit == indicator.unit:
        return True
    countable = not catalogue.units[indicator.unit].printed
    return countable and (mention.generic or _SAME.issuperset({unit, indicator.unit}))


@dataclass(frozen=True, slots=True)
class View:
    """One number with all that is looked at to find who claims it."""

    sentence: Sentence
    index: int
    reading: Reading
    memory: Memory
    catalogue: Catalogue
    wholes: set[Token]

    @property
    def mention(self) -> Mention:
        """The number itself."""
        return self.sentence.mentions[self.index]

    def fits(self, indicator: Indicator) -> bool:
        """Return whether the number can speak of the indicator."""
        return fits(indicator, self.mention, self.reading, self.catalogue)
