"""Which numbers are wrong: the lightest set of them that would mend every broken comparison (Fellegi and Holt, 1976).

Numbers that broken comparisons share are judged together. Each weighs as much as its source is trusted, times one more
than the comparisons that confirm it. A set is a solution if values for its numbers exist with which all comparisons
hold, those too that hold now. Solutions are found by implicit hitting sets: take the lightest set that touches
every known conflict, see by interval propagation whether it can work, learn a new conflict if not.

    Fellegi, I. and Holt, D. (1976): A systematic approach to automatic edit and imputation. JASA 71, 17-35.
    Davies, J. and Bacchus, F. (2011): Solving MaxSAT by solving a sequence of simpler SAT instances. CP 2011.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from schemas.concepts import Outcome, Severity
from schemas.evaluate import Judged
from schemas.relations import NOT_NEGATIVE, WHOLE_LINE, Interval, Relation
from schemas.stated import Stated

EXACT = 30
"""Linked numbers up to which every lightest set is found; of more, one light set, and it is said that it may not be
best."""
TIES = 64
"""Sets of equal weight that are looked at."""
ROUNDS = 12
"""Passes of interval propagation; what has not settled then counts as possible."""
CONFLICTS = 20
"""Sets that may turn out not to work before a light set is given that may not be best."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison of a rule: rows of the frame that must keep a relation."""

    judged: Judged = field(repr=False)
    rows: tuple[int, ...]
    passed: bool = False

    @property
    def relation(self) -> Relation:
        """The relation that its rows must keep."""
        return self.judged.relation

    @property
    def rule(self) -> str:
        """Id of the rule."""
        return self.judged.rule.id


@dataclass(frozen=True, slots=True)
class Group:
    """Broken comparisons that share numbers, and which of these must be wrong."""

    broken: tuple[Comparison, ...]
    rows: tuple[int, ...]
    """All numbers of the broken comparisons."""
    suspects: tuple[frozenset[int], ...]
    """Every lightest set of numbers that would mend all; more than one is a tie."""
    exact: bool = True
    """Whether no lighter set exists; too many linked numbers leave that open."""

    @property
    def suspected(self) -> frozenset[int]:
        """Every number of every such set."""
        return frozenset(chain.from_iterable(self.suspects))


class Network:
    """The comparisons by the numbers that they hold."""

    def __init__(self, stated: Stated, judged: Sequence[Judged]) -> None:
        """Take the comparisons that were judged; a restatement and another definition are nobody's mistake."""
        self.stated = stated
        self._of: dict[int, list[Comparison]] = {}
        self._judged = [item for item in judged if item.failing is Outcome.FAIL]
        self._ends: dict[int, Interval] = {}
        self.agreeing = np.zeros(stated.size, dtype=np.int64)
        """How often another release or publisher says the same of each number."""
        for item in judged:
            if item.failing is not Outcome.FAIL and item.relation.is_equation:
                self.agreeing += np.bincount(item.rows[item.codes == 0].ravel(), minlength=stated.size)
        self.broken = [
            Comparison(item, tuple(rows))
            for item in self._judged
            if item.rule.severity is not Severity.INFO
            for rows in item.rows[item.codes == 1].tolist()
        ]

    def around(self, rows: Iterable[int]) -> dict[int, list[Comparison]]:
        """Return for each of the rows the comparisons in which it takes part."""
        wanted = set(rows)
        if not wanted <= self._of.keys():
            if not self._of:  # all that broken comparisons hold is asked for sooner or later: one pass for them
                wanted |= {row for comparison in self.broken for row in comparison.rows}
            self._gather(wanted - self._of.keys())
        return {row: self._of[row] for row in rows}

    def _gather(self, rows: set[int]) -> None:
        """Look the comparisons of the rows up in all that were judged."""
        self._of.update({row: [] for row in rows})
        marked = np.zeros(self.stated.size, dtype=bool)
        marked[list(rows)] = True
        for item in self._judged:
            touched = marked[item.rows].any(axis=1)
            for numbers, code in zip(item.rows[touched].tolist(), item.codes[touched].tolist(), strict=True):
                comparison = Comparison(item, tuple(numbers), code == 0)
                for row in rows.intersection(numbers):
                    self._of[row].append(comparison)

    def interval(self, row: int) -> Interval:
        """Return what rounding and hedge allow of a number."""
        if row not in self._ends:
            self._ends[row] = self.stated.interval(row)
        return self._ends[row]

    def anything(self, row: int) -> Interval:
        """Return what a number may be of which nothing is known."""
        return NOT_NEGATIVE if self.stated.text("measure", row) in ("level", "share") else WHOLE_LINE


def localise(network: Network) -> Iterator[Group]:
    """Yield the groups of broken comparisons, each with every lightest set of numbers that must be wrong."""
    weights = _Weights(network)
    for broken in _groups(network.broken):
        rows = tuple(sorted({row for comparison in broken for row in comparison.rows}))
        if len(rows) <= EXACT:
            suspects, exact = _lightest(broken, network, weights)
        else:
            suspects, exact = (_greedy(broken, weights),), False
        yield Group(tuple(broken), rows, suspects, exact)


class _Weights(dict[int, float]):
    """How hard it is to believe that a number is wrong."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def __missing__(self, row: int) -> float:
        confirming = {
            comparison.rows
            for comparison in self.network.around([row])[row]
            if comparison.relation.is_equation and comparison.passed
        }
        confirmed = 1 + len(confirming) + int(self.network.agreeing[row])
        self[row] = weight = float(self.network.stated.trust[row]) * confirmed
        return weight


def _groups(broken: Sequence[Comparison]) -> Iterator[list[Comparison]]:
    """Yield the broken comparisons that share numbers, directly or by others."""
    parent: dict[int, int] = {}

    def root(row: int) -> int:
        parent.setdefault(row, row)
        while parent[row] != row:
            parent[row] = row = parent[parent[row]]
        return row

    for comparison in broken:
        first, *others = comparison.rows
        for row in others:
            parent[root(row)] = root(first)
    found: dict[int, list[Comparison]] = defaultdict(list)
    for comparison in broken:
        found[root(comparison.rows[0])].append(comparison)
    yield from found.values()


def _lightest(
    broken: Sequence[Comparison], network: Network, weights: Mapping[int, float]
) -> tuple[tuple[frozenset[int], ...], bool]:
    """Return every lightest set that mends the broken comparisons and breaks none, and whether that is certain."""
    conflicts = {frozenset(comparison.rows) for comparison in broken}
    conflicting = 0
    while conflicting <= CONFLICTS:
        sets = _hitting_sets(sorted(conflicts, key=lambda c: (len(c), sorted(c))), weights)
        if not sets:  # no values at all would do
            return (frozenset(row for comparison in broken for row in comparison.rows),), False
        working = []
        for found in sets:
            if _conflict(found, network, conflicts):
                conflicting += 1
                if conflicting > CONFLICTS:
                    break
            else:
                working.append(found)
        if working:
            return tuple(working), len(sets) < TIES and conflicting <= CONFLICTS
    return (_greedy(broken, weights),), False


def _conflict(freed: frozenset[int], network: Network, conflicts: set[frozenset[int]]) -> bool:
    """Return whether the numbers cannot all be right with only these freed; learn the numbers that speak against it."""
    comparisons = _touching(freed, network)
    if _possible(freed, comparisons, network):
        return False
    needed = {row for comparison in comparisons for row in comparison.rows} - freed
    loose = set(freed)
    for row in sorted(needed):
        if not _possible(loose | {row}, comparisons, network):
            loose.add(row)
    conflicts.add(frozenset(needed - loose))
    return True


def _touching(rows: Iterable[int], network: Network) -> list[Comparison]:
    seen: dict[tuple[int, tuple[int, ...]], Comparison] = {}
    for comparisons in network.around(rows).values():
        for comparison in comparisons:
            seen[id(comparison.judged), comparison.rows] = comparison
    return list(seen.values())


def _possible(freed: Iterable[int], comparisons: Sequence[Comparison], network: Network) -> bool:
    """Return whether interval propagation leaves every number a value."""
    loose = set(freed)
    ends = {
        row: network.anything(row) if row in loose else network.interval(row)
        for comparison in comparisons
        for row in comparison.rows
    }
    for _ in range(ROUNDS):
        settled = True
        for comparison in comparisons:
            if not loose.intersection(comparison.rows):
                continue  # what holds among fixed numbers is not this set's doing
            here = [ends[row] for row in comparison.rows]
            if comparison.relation.outcome(here) is Outcome.FAIL:
                return False
            for at, row in enumerate(comparison.rows):
                if row not in loose:
                    continue
                low, high = comparison.relation.narrowed(at, here)
                if low > high:
                    return False
                if (low, high) != ends[row]:
                    ends[row] = here[at] = (low, high)
                    settled = False
        if settled:
            break
    return True


def _hitting_sets(conflicts: Sequence[frozenset[int]], weights: Mapping[int, float]) -> list[frozenset[int]]:
    """Return the lightest sets that share a number with every conflict, TIES of them at most (branch and bound)."""
    best = math.inf
    found: list[frozenset[int]] = []

    def search(chosen: frozenset[int], barred: frozenset[int], weight: float) -> None:
        nonlocal best, found
        open_conflicts = [conflict - barred for conflict in conflicts if not conflict & chosen]
        least = weight + _least_weight(open_conflicts, weights)
        if least > best + 1e-9 or (len(found) >= TIES and least > best - 1e-9):
            return
        if not open_conflicts:
            if weight < best - 1e-9:
                best, found = weight, []
            found.append(chosen)
            return
        skipped = barred
        smallest = min(open_conflicts, key=lambda conflict: len(conflict))
        for row in sorted(smallest, key=lambda row: (weights[row], row)):
            search(chosen | {row}, skipped, weight + weights[row])
            skipped |= {row}

    search(frozenset(), frozenset(), 0.0)
    return found


def _least_weight(conflicts: Sequence[frozenset[int]], weights: Mapping[int, float]) -> float:
    """Return what a set that touches all conflicts weighs at least: conflicts without a common number need one each."""
    total, used = 0.0, set[int]()
    for conflict in conflicts:
        if not conflict & used:
            total += min((weights[row] for row in conflict), default=math.inf)
            used |= conflict
    return total


def _greedy(broken: Sequence[Comparison], weights: Mapping[int, float]) -> frozenset[int]:
    """Return a light set that touches every broken comparison: always the number that mends most for its weight."""
    left = list(broken)
    chosen: set[int] = set()
    while left:
        counts: dict[int, int] = defaultdict(int)
        for comparison in left:
            for row in comparison.rows:
                counts[row] += 1
        best = max(counts, key=lambda row: (counts[row] / weights[row], -row))
        chosen.add(best)
        left = [comparison for comparison in left if best not in comparison.rows]
    return frozenset(chosen)
