"""Rules on documents as wholes: what they yield, what of it is in doubt, whether it was all said already."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from schemas.concepts import Severity

OTHERS = 3
"""Documents that a source must have besides, before there is a usual number of facts."""
LEAST = 0.2
"""Share of the usual number below which a document yields far less; of our samples none that is right does."""
NAMED = 5
"""Facts that a sentence names; more are counted."""


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What a rule sees of a document."""

    facts: int
    """Facts found in it."""
    numbers: int
    """Stated numbers, those that no indicator claims too."""
    quarantined: int = 0
    """Facts of it that are in doubt."""
    others: Mapping[int, int] = field(default_factory=dict)
    """The other documents of the same source and media type: how many of them hold so many facts."""
    source: str = ""
    least: float | None = None
    """Share of the usual number that the settings ask of its source."""
    allowed: float | None = None
    """Percent of quarantined facts that the settings allow its source."""
    same_as: str | None = None
    """Another document in its language that states the very same facts."""
    gone: tuple[str, ...] = ()
    """What the vintage before it stated and this one does not."""


Judge = Callable[[DocumentFacts], str | None]


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """A rule with its name, its title and how much it matters."""

    id: str
    severity: Severity
    title: str
    explanation: str
    judge: Judge
    """Returns the sentence that says what is wrong; None where nothing is."""


_RULES: dict[str, DocumentRule] = {}


def document_rule(identifier: str, *, severity: Severity) -> Callable[[Judge], Judge]:
    """Register the function below as a rule on documents; its docstring's first line is its title."""

    def register(function: Judge) -> Judge:
        title, *more = (function.__doc__ or "").strip().splitlines()
        explanation = " ".join(line.strip() for line in more).strip()
        _RULES[identifier] = DocumentRule(identifier, severity, title.rstrip("."), explanation, function)
        return function

    return register


def document_rules() -> Sequence[DocumentRule]:
    """Return every rule on documents, in the order in which they stand here."""
    return tuple(_RULES.values())


@document_rule("yields_nothing", severity=Severity.WARNING)
def yields_something(document: DocumentFacts) -> str | None:
    """A document must yield at least one fact.

    An empty document would pass every other check: a report whose words have changed, or a page that says no more than
    that it has moved, is found by this.
    """
    if document.facts:
        return None
    return f"No fact was found in it ({document.numbers} numbers, none resolved)."


@document_rule("low_yield", severity=Severity.WARNING)
def yields_as_usual(document: DocumentFacts) -> str | None:
    """A document must not yield far less than its source's usual.

    The usual number is the median of the facts in the source's other documents of the same format, three at least. Less
    than a fifth of it, or than the share that the settings ask of the source (`yield`), is a finding.
    """
    if not document.facts or sum(document.others.values()) < OTHERS:
        return None
    usual, least = _median(document.others), LEAST if document.least is None else document.least
    if document.facts >= usual * least:
        return None
    return (
        f"{document.facts} facts were found in it; {document.source or 'its source'} usually yields {usual:g}, and at "
        f"least {least:.0%} of that is asked for."
    )


def _median(counted: Mapping[int, int]) -> float:
    """Return the median of numbers of which each is there so often."""
    numbers = sorted(counted)
    up_to = list(accumulate(counted[number] for number in numbers))
    low, high = ((up_to[-1] - 1) // 2, up_to[-1] // 2)
    return (numbers[bisect_right(up_to, low)] + numbers[bisect_right(up_to, high)]) / 2


@document_rule("quarantined", severity=Severity.ERROR)
def few_are_in_doubt(document: DocumentFacts) -> str | None:
    """No more of a document's facts may be quarantined than its source is allowed.

    The settings allow a source a percentage (`quarantined`); without it nothing is asked.
    """
    if document.allowed is None or not document.facts:
        return None
    percent = 100 * document.quarantined / document.facts
    if percent <= document.allowed:
        return None
    return (
        f"{document.quarantined} of its {document.facts} facts ({percent:.1f}%) are quarantined; "
        f"{document.source or 'its source'} is allowed {document.allowed:g}%."
    )


@document_rule("duplicate_report", severity=Severity.WARNING)
def says_something_new(document: DocumentFacts) -> str | None:
    """A document must not state the very facts of another.

    A report under a second name or date counts twice where agreement is counted. Documents of three facts or more are
    compared, in the same language: an edition in another one is no duplicate.
    """
    if document.same_as is None:
        return None
    return f"All {document.facts} facts in it are those of {document.same_as}: it is the same report by another name."


@document_rule("no_longer_stated", severity=Severity.INFO)
def states_what_it_stated(document: DocumentFacts) -> str | None:
    """A new vintage should state what the vintage before it stated.

    A file that has changed may leave something out on purpose, but also by a slip, or in words that are not understood.
    What is stated with another value is the rule `vintages`' concern.
    """
    if not document.gone:
        return None
    count, rest = len(document.gone), len(document.gone) - NAMED
    named = "; ".join(document.gone[:NAMED]) + (f"; and {rest} more" if rest > 0 else "")
    what = "fact of the vintage before is" if count == 1 else "facts of the vintage before are"
    return f"{count} {what} not stated in it any more: {named}."
