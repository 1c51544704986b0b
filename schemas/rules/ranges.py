"""Rules on one number: is it possible at all?"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import numpy as np

from schemas.catalogue import Catalogue
from schemas.concepts import Measure
from schemas.relations import within
from schemas.rules import Comparisons, rule
from schemas.rules.wording import amount, measured, place_of
from schemas.stated import Stated

HUNDRED = Decimal(100)


@rule("range")
def value_is_possible(stated: Stated, catalogue: Catalogue) -> Iterator[Comparisons]:
    """A value must lie in the range that its indicator allows.

    The catalogue gives a rate's range (a percentage of people lies within 0 and 100, a week has 168 hours); a share of
    a whole lies within 0 and 100; nothing falls by more than 100%. The rounding interval must touch the range.

    Holds: a penetration rate of 73.0%.
    Broken: a penetration rate of 730%.
    """
    levels = stated.measured(Measure.LEVEL)
    for indicator in catalogue.indicators.values():
        if indicator.minimum is not None or indicator.maximum is not None:
            rows = np.flatnonzero(levels & stated.flags("indicator", indicator.id))
            yield _within(rows, indicator.minimum, indicator.maximum, catalogue)
    yield _within(np.flatnonzero(stated.measured(Measure.SHARE)), Decimal(0), HUNDRED, catalogue)
    yield _within(np.flatnonzero(stated.measured(Measure.GROWTH_RATE)), -HUNDRED, None, catalogue)


def _within(rows: Any, minimum: Decimal | None, maximum: Decimal | None, catalogue: Catalogue) -> Comparisons:
    def describe(facts: Sequence[Any]) -> str:
        (fact,) = facts
        above = maximum is not None and fact["lower"] is not None and fact["lower"] > maximum
        allowed = f"at most {maximum}" if above else f"at least {minimum}"
        return f"{measured(fact, catalogue)} of {amount(fact)} is not possible: {allowed} is ({place_of(fact)})."

    return Comparisons(within(minimum, maximum), rows.reshape(-1, 1), describe)
