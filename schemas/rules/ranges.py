"""Rules on one number: is it possible at all?"""

from collections.abc import Iterator
from decimal import Decimal

import pandas as pd

from schemas.catalogue import Catalogue
from schemas.concepts import Measure, Outcome
from schemas.frames import records
from schemas.rules import Evaluation, rule
from schemas.rules.wording import name_of

HUNDRED = Decimal(100)


@rule("range")
def value_is_possible(facts: pd.DataFrame, catalogue: Catalogue) -> Iterator[Evaluation]:
    """A value must lie in the range that its indicator allows.

    The catalogue gives a rate's range (a percentage of people lies within 0 and 100, a week has 168 hours); a share of
    a whole lies within 0 and 100. The rounding interval must touch the range.
    """
    for row, fact in zip(facts.index, records(facts), strict=True):
        minimum, maximum = _limits(fact, catalogue)
        if minimum is None and maximum is None:
            continue
        lower, upper = fact["lower"], fact["upper"]
        above = maximum is not None and not pd.isna(lower) and lower > maximum
        below = minimum is not None and not pd.isna(upper) and upper < minimum
        if not (above or below):
            yield Evaluation(Outcome.PASS, (int(row),))
            continue
        allowed = f"at most {maximum}" if above else f"at least {minimum}"
        name = name_of(fact, catalogue)
        message = f"{name} of {fact['quote']} is not possible: {allowed} is ({fact['area']}, {fact['period']})."
        yield Evaluation(Outcome.FAIL, (int(row),), message)


def _limits(fact: dict[str, object], catalogue: Catalogue) -> tuple[Decimal | None, Decimal | None]:
    if fact["measure"] == Measure.SHARE:
        return Decimal(0), HUNDRED
    if fact["measure"] == Measure.LEVEL:
        indicator = catalogue.indicators[str(fact["indicator"])]
        return indicator.minimum, indicator.maximum
    return None, None
