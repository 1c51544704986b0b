"""How comparisons come out: many at once in floating point, those near a bound in exact fractions."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from schemas.concepts import Outcome
from schemas.relations import Relation
from schemas.rules import Comparisons, Describe, Rule
from schemas.stated import Rows, Stated

_OUTCOMES = (Outcome.PASS, Outcome.FAIL, Outcome.NOT_EVALUABLE)
TOO_CLOSE = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """Comparisons of a rule with their outcomes."""

    rule: Rule
    relation: Relation
    rows: Rows
    codes: npt.NDArray[np.int8]
    """0 passed, 1 broken, 2 not evaluable."""
    describe: Describe
    failing: Outcome

    @property
    def outcomes(self) -> list[Outcome]:
        """The outcome of each comparison."""
        return [self.failing if code == 1 else _OUTCOMES[code] for code in self.codes.tolist()]

    def count(self, code: int) -> int:
        """Return how many came out so."""
        return int((self.codes == code).sum())


def evaluate(rule: Rule, stated: Stated) -> Iterator[Judged]:
    """Yield the rule's comparisons of the facts with their outcomes."""
    for comparisons in rule.compare(stated, stated.catalogue):
        if len(comparisons.rows):
            yield _judged(rule, comparisons, stated)


def _judged(rule: Rule, comparisons: Comparisons, stated: Stated) -> Judged:
    relation, rows = comparisons.relation, comparisons.rows
    codes = relation.outcomes(stated.low[rows], stated.high[rows])
    for at in np.flatnonzero(codes == TOO_CLOSE).tolist():
        exact = relation.outcome([stated.interval(row) for row in rows[at].tolist()])
        codes[at] = _OUTCOMES.index(exact)
    return Judged(rule, relation, rows, codes, comparisons.describe, comparisons.failing)
