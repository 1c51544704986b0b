"""The closed lists of values that facts are described with (the corpus guide's terms)."""

from enum import StrEnum


class Measure(StrEnum):
    """What a number says of its indicator."""

    LEVEL = "level"
    """A stock, count or rate at a date, or a flow's total over a period."""
    CHANGE = "change"
    """An absolute difference from an earlier date, in the level's unit."""
    GROWTH_RATE = "growth_rate"
    """A relative change in percent."""
    SHARE = "share"
    """A percent of a named whole."""


class Direction(StrEnum):
    """Which way a change or growth goes; the value itself is never negative."""

    UP = "up"
    DOWN = "down"


class Bound(StrEnum):
    """What the words around a number say of its exactness."""

    EXACT = "exact"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    ABOUT = "about"


class Status(StrEnum):
    """What became of a stated number."""

    ACCEPTED = "accepted"
    """Resolved, and no check speaks against it."""
    QUARANTINED = "quarantined"
    """Resolved, but it breaks a contract or a rule: kept and marked, out of `series`."""
    UNRESOLVED = "unresolved"
    """No indicator claims it, or several do: kept with its candidates and the reason."""


class DocumentStatus(StrEnum):
    """What became of a document."""

    LOADED = "loaded"
    UNCHANGED = "unchanged"
    UNREADABLE = "unreadable"


class Severity(StrEnum):
    """How much a finding matters, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Outcome(StrEnum):
    """What a check came to."""

    PASS = "pass"
    FAIL = "fail"
    NOT_EVALUABLE = "not_evaluable"
    """An open interval could hide that it does not hold."""
    RESTATED = "restated"
    """A later edition, or the official source, gives another value for the same."""
    DIFFERENT_DEFINITION = "different_definition"
    """Two publishers differ throughout, in one way: they do not count the same."""


class Kind(StrEnum):
    """How an indicator relates to time."""

    STOCK = "stock"
    """It holds at a date: users at the end of June."""
    FLOW = "flow"
    """It adds up over a span: revenue from January to May."""
    RATE = "rate"
    """It holds for whatever period is named: the unemployment rate of May, inflation in 2023."""
