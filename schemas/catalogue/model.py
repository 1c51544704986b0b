"""The catalogue as plain data: what each entry of the YAML files becomes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from schemas.concepts import Kind

Names = Mapping[str, str]
"""A name by language, `{"en": ..., "zh": ...}`."""

RATE_UNITS = frozenset({"percent", "percentage_point"})


@dataclass(frozen=True, slots=True)
class Label:
    """One way in which a text names an entry, and the members that this wording implies."""

    text: str
    members: tuple[tuple[str, str], ...] = ()
    requires: tuple[str, ...] = ()
    """Dimensions of which a member must stand in its phrase: plain "users" are accounts only of 4G, 5G, ..."""
    generic: bool = False
    """Whether it names the rate of anything (普及率): it is this one's where nothing else was spoken of."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text of our own and what must be read from it; every one is tested."""

    text: str
    language: str
    expect: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """What an indicator is the difference of: urban less rural penetration."""

    indicator: str
    dimension: str
    members: tuple[str, str]
    """The member that is subtracted from comes first."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is counted."""

    id: str
    name: Names
    unit: str
    kind: Kind
    definition: str = ""
    dimensions: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    """Dimensions without which the indicator says nothing: users of an application need the application."""
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of a dimension that several indicators share the members that it may carry: DSL narrows no mobile accounts."""
    labels: Mapping[str, tuple[Label, ...]] = field(default_factory=dict)
    ratio: tuple[str, str] | None = None
    """Numerator and denominator, where the indicator is the one over the other."""
    of_population: str | None = None
    """The indicator whose share of the population this rate is."""
    population: bool = False
    """Whether it counts everyone: what a rate `of_population` is over."""
    difference: Difference | None = None
    """The members of another indicator that it is the difference of."""
    ratio_dimensions: tuple[str, ...] = ()
    """A share of the denominator is this ratio when the numerator is narrowed by one of these."""
    additive: bool = True
    """Whether members add up; never so for rates."""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    grows: bool = False
    """Whether it counts all there ever was, and so never falls."""
    examples: tuple[Example, ...] = ()

    def takes(self, members: Mapping[str, str]) -> bool:
        """Return whether each of the members, by dimension, is one that may narrow it."""
        return all(member in self.only.get(dimension, (member,)) for dimension, member in members.items())


@dataclass(frozen=True, slots=True)
class Member:
    """One value of a dimension."""

    id: str
    dimension: str
    name: Names
    labels: Mapping[str, tuple[Label, ...]] = field(default_factory=dict)
    within: str | None = None
    """A wider member of the same dimension that holds this one: 1000 Mbps and above is within 100 Mbps and above."""


@dataclass(frozen=True, slots=True)
class MemberForm:
    """A pattern of a language whose every match names a member: `aged 15 to 24` is `15_24`."""

    language: str
    pattern: str
    """A regular expression with named groups."""
    member: str
    """The member's id with the groups in braces: `{low}_{high}`, `{low}_plus`."""

    def names(self, member: str) -> bool:
        """Return whether the form can make that member."""
        return re.fullmatch(re.sub(r"\\\{\w+\\\}", r"\\w+", re.escape(self.member)), member) is not None


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way to narrow an indicator."""

    id: str
    name: Names
    members: Mapping[str, Member]
    partitions: tuple[tuple[str, ...], ...] = ()
    """Sets of members that together are the whole."""
    forms: tuple["MemberForm", ...] = ()
    """Patterns for members beyond those listed: any range of ages, any speed and above."""
    shares_of_total: bool = True
    """Whether a member's share is one of the indicator's own total; online sales of goods are given as a share of all
    retail sales."""

    def holds(self, member: str) -> bool:
        """Return whether it is a member, listed or of one of the forms."""
        return member in self.members or any(form.names(member) for form in self.forms)


@dataclass(frozen=True, slots=True)
class UnitWord:
    """A word that names a unit, and how many base units it stands for."""

    text: str
    factor: Decimal = Decimal(1)
    generic: bool = False
    """Whether it stands for any countable thing (个, units): the indicator then says which."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A base unit and the words for it."""

    id: str
    name: Names
    printed: bool = False
    """Whether a number of this unit always shows it: 57.6 alone is no percent, 1.032 billion alone may be persons."""
    quantity: str | None = None
    """What it measures, where other units measure the same: currencies, or what translations mix up."""
    words: Mapping[str, tuple[UnitWord, ...]] = field(default_factory=dict)
    area: str | None = None
    """The country of a currency: what a text is about that names no place but counts in it."""
    signs: tuple[str, ...] = ()
    """Signs that stand before the number: $, RMB."""
    nouns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words for what is counted in it; they give a number its unit that has no indicator and prints none."""
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A place: ISO 3166 alpha-2 code of a country, `WORLD`, or an English name."""

    id: str
    name: Names
    labels: Mapping[str, tuple[Label, ...]] = field(default_factory=dict)
    part_of: str | None = None
    """The country that it is a part of."""
    within: str | None = None
    """The wider part of that country that holds it: a city's province."""
    fiscal_year: int | None = None
    """The month in which its fiscal year begins, where that is not January."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a source should have printed: a person's decision, which holds as long as the source says what it said."""

    id: str
    """The issue that it settles, or any other name of its own."""
    document: str
    """Key of the document: its path, as `dim_document.document` has it."""
    quote: str
    """The number as printed: the guard. Where the document says something else, the correction fails the run."""
    value: Decimal
    """What it should be, in the base unit; negative where a difference goes down."""
    reason: str
    who: str
    when: str
    """ISO date."""
    start: int | None = None
    """Where the quote stands in the text, or ..."""
    address: str | None = None
    """... which cell of which table it is."""


@dataclass(frozen=True, slots=True)
class PeriodForm:
    """A pattern of the language for a period; placeholders in braces are its word lists."""

    pattern: str
    means: str
    """Which reading of the groups: see `bulletin.periods`."""


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """The words of a language; what to do with them is code."""

    id: str
    name: str
    boundaries: bool
    """Whether words are set apart by spaces."""
    scales: Mapping[str, int]
    """Scale words and their powers of ten."""
    numerals: Mapping[str, int]
    fractions: Mapping[str, str]
    """Spelled fractions as percent of a whole."""
    hedges: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Bound, then where it stands (`before`, `after`), then its words."""
    cues: Mapping[str, tuple[str, ...]]
    """Words that say what the number next to them is: the kinds are in `docs/catalogue.md`."""
    linking: tuple[str, ...]
    """Words that say nothing of what is counted; any other unknown word may be a subject of its own."""
    not_statistics: Mapping[str, tuple[str, ...]]
    """Reason, then the patterns of numbers that state no statistic."""
    period_words: Mapping[str, Mapping[str, int]]
    periods: tuple[PeriodForm, ...]
    area: str = "WORLD"
    """What a text is about that names no place."""
    tables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words of tables, by what they say of a cell or header: the kinds are in `docs/catalogue.md`."""
    revisions: tuple[str, ...] = ()
    """Words by which a text says that a figure of it is another than it was."""
    rate_word: str = ""
    """The last word of a rate's label that is left out for short: the rate of "unemployment rate"."""
    measure_nouns: tuple[str, ...] = ()
    """Nouns of measure that a label ends with and a text leaves out where the unit is printed: 发电 for 发电量."""
    member_nouns: tuple[str, ...] = ()
    """Those that a label ends with and that a text, without spaces, says of its members: 衣着价格."""
    same_words: tuple[tuple[str, ...], ...] = ()
    """Groups of words that say the same of what is counted, its verbs among them: output, produced, mined."""
    count_words: tuple[str, ...] = ()
    """What a label begins with and a text leaves out where it counts: number of."""
    fillers: tuple[str, ...] = ()
    """Words of a label that a text may leave out where the others of it stand apart."""
    short_areas: Mapping[str, str] = field(default_factory=dict)
    """One-character names of areas, with the name that they stand for: 美 for 美国 in 对美出口."""
    towards: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words that stand right before such a name, by what it then is: a `partner`, or the `place`."""
    local_money: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Plain words and signs of money, with the areas whose own currency they mean in a text about them."""


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """Everything the YAML files say, by id."""

    indicators: Mapping[str, Indicator]
    dimensions: Mapping[str, Dimension]
    units: Mapping[str, Unit]
    areas: Mapping[str, Area]
    languages: Mapping[str, Language]
    corrections: Mapping[str, Correction]
    places: Mapping[tuple[str, str], tuple[Path, int]]
    """Theme and id of an entry, then its file and line: where a problem with it is to be mended."""
    fingerprint: str
    """Hash of the files read: two runs with the same fingerprint mean the same things."""

    def is_rate(self, indicator: str) -> bool:
        """Return whether the indicator is a percentage or a difference of percentages."""
        return self.indicators[indicator].unit in RATE_UNITS

    def adds_up(self, indicator: str) -> bool:
        """Return whether members of the indicator may be summed and compared with their whole."""
        return self.indicators[indicator].additive and not self.is_rate(indicator)
