"""What a claim is, and when a number can speak of an indicator at all."""

from dataclasses import dataclass, field
from typing import NamedTuple

from bulletin.measures import RELATIVE_UNITS, Reading
from bulletin.model import Members, Mention, Token
from bulletin.scan import Sentence
from schemas.catalogue import Catalogue, Indicator
from schemas.catalogue.model import RATE_UNITS
from schemas.concepts import Bound, Measure

NEAR = 48
"""Characters between a number and a label behind it that still claims it, in a language with spaces."""
FOREIGN = (3, 4)
"""Unknown words (characters, where words are not spaced) that may stand between a label and its number."""
STRANGERS = (1, 1)
"""The same where a number is to go on about the subject before it: more is a subject of its own."""
MONEY = "money"
HOLDERS = "holders"
ANYTHING = "count"
UNTOLD = "no indicator of the catalogue is named near it with a fitting unit"
"""The reason of a number of which nothing says what it is, as against one that something makes doubtful."""
IN_DOUBT = "it goes on about the number before it, and nothing says what that one is"
RELATIVE = (*RELATIVE_UNITS, "percentage_point")


class Claim(NamedTuple):
    """An indicator's right to a number."""

    indicator: str
    members: Members


@dataclass(slots=True)
class Memory:
    """What was spoken of before, within one document."""

    claim: Claim | None = None
    """Of the number before."""
    parent: Claim | None = None
    """Of what the number before was said to be a part (其中); another part beside it has its members, and its own."""
    listed: str | None = None
    """The dimension by whose members the numbers before were told one after the other: 男性..，女性..."""
    shared: bool = False
    """Whether that number was a share."""
    topic: Claim | None = None
    """Of the last level that a label of its own claims."""
    mentioned: Claim | None = None
    """Of the last label in the text, whether a number stood with it or not."""
    told: dict[str, Claim] = field(default_factory=dict)
    """The last claim of each indicator that numbers were told of, the last one last."""
    fresh: bool = False
    """Whether that stands in this paragraph, or in the heading over it."""
    bare: bool = False
    """Whether the sentence is a number and nothing else."""
    firm: bool = False
    """Whether the paragraph speaks of one firm's figures."""
    doubted: bool = False
    """Whether nothing, or more than one thing, claimed the number before in the sentence."""
    lost: bool = False
    """Whether the number before is a level of something unknown, about which this one may go on."""
    by_unit: dict[str | None, Claim | None] = field(default_factory=dict)
    """Of the last number of each unit in the sentence; None where nothing claims it."""
    members: dict[str, str] = field(default_factory=dict)
    """The member last named in this paragraph or the heading over it, by dimension."""


def is_small(mention: Mention) -> bool:
    """Return whether nothing but digits stands there, hedged or not: only a label right next to it can claim it."""
    return mention.unit is None and mention.decimals == 0 and not mention.scaled and "," not in mention.quote


def is_bare(mention: Mention) -> bool:
    """Return whether it is a count in passing, or a hotline: digits alone, with no hedge to say that it is measured."""
    return is_small(mention) and mention.bound is Bound.EXACT


def fits(indicator: Indicator, mention: Mention, reading: Reading, catalogue: Catalogue) -> bool:
    """Return whether a number of that unit and measure can speak of the indicator."""
    unit, rate = mention.unit, indicator.unit in RATE_UNITS
    if unit == "percentage_point":
        return True  # of a rate, a share or a rate of growth
    if unit == "times":
        return reading.measure is Measure.GROWTH_RATE
    if unit == "percent":
        if rate:
            return indicator.unit == "percent"
        # Of hours a week, or traffic per account, there are no parts.
        return reading.measure is Measure.GROWTH_RATE or (reading.measure is Measure.SHARE and indicator.additive)
    if unit is None:
        plain = mention.address is None and not mention.scaled  # a table's header scales its cells
        broken = mention.value % 1 != 0 or (plain and mention.decimals > 0)  # 38.4 is no count of anything
        return not (catalogue.units[indicator.unit].printed or (broken and indicator.additive))
    if unit == indicator.unit:
        return True
    if catalogue.units[indicator.unit].printed:
        money = catalogue.units[unit].quantity == MONEY  # exports in pounds are exports, whatever others count them in
        return (money or reading.inserted) and same_quantity(unit, indicator.unit, catalogue)
    # 台 and 座 count things, and no people; 个 counts anything.
    people = unit != ANYTHING and catalogue.units[indicator.unit].quantity == HOLDERS
    return (mention.generic and not people) or same_quantity(unit, indicator.unit, catalogue)


def same_quantity(unit: str, other: str, catalogue: Catalogue) -> bool:
    """Return whether two units measure the same: currencies do, and what translations mix up (户)."""
    quantity = catalogue.units[unit].quantity
    return quantity is not None and quantity == catalogue.units[other].quantity


@dataclass(frozen=True, slots=True)
class View:
    """One number with all that is looked at to find who claims it."""

    sentence: Sentence
    index: int
    reading: Reading
    memory: Memory
    catalogue: Catalogue
    wholes: frozenset[Token]
    """The labels that name the whole of a share."""
    mention: Mention
    """The number itself."""
    is_percent: bool
    """Whether it is a percentage that is no difference: a rate or a share."""

    def fits(self, indicator: str) -> bool:
        """Return whether the number can speak of the indicator."""
        return fits(self.catalogue.indicators[indicator], self.mention, self.reading, self.catalogue)


def view_of(
    sentence: Sentence, index: int, reading: Reading, memory: Memory, catalogue: Catalogue, wholes: frozenset[Token]
) -> View:
    """Return the number `index` of the sentence with all that is looked at."""
    mention = sentence.mentions[index]
    is_percent = mention.unit == "percent" and reading.measure in (Measure.SHARE, Measure.LEVEL)
    return View(sentence, index, reading, memory, catalogue, wholes, mention, is_percent)


def most(sentence: Sentence, limits: tuple[int, int]) -> int:
    """Return how many unknown words, or characters where words are not spaced, are let pass."""
    return limits[0] if sentence.spaced else limits[1]
