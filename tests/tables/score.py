"""How many of the facts in the cells are read rightly, by format and look.

    python -m tests.tables.score              a table of all formats
    python -m tests.tables.score html -v      each fact that is not right, of one format
    python -m tests.tables.score csv -v --held-back

A cell's fact is right where all of indicator, members, area, period, measure, direction, value and unit are. A wrong
fact is an observation that differs from its cell's, or that stands where no cell states a fact.
"""

import argparse
import importlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from types import ModuleType

from bulletin.model import Observation, Unresolved
from schemas.catalogue import Catalogue, load_catalogue
from tests.samples import facts
from tests.tables.grid import Fact, Grid, GridCell
from tests.tables.layouts import grids, held_back

FIELDS = ("indicator", "members", "area", "period", "measure", "direction", "value", "unit")
_MARK = re.compile(r"\[\^?\w+\]|[*†\s&;]|nbsp")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a cell: `right`, `unresolved`, `unread` or `wrong`, and what was read."""

    grid: Grid
    cell: GridCell
    result: str
    words: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether the cell holds a sign that there is no value."""
        return self.cell.fact is None and not re.search(r"\w", self.cell.text.replace("n.a.", ""))


@dataclass(frozen=True, slots=True)
class Total:
    """Counts over the cells of some grids."""

    facts: int
    right: int
    wrong: int

    @property
    def share(self) -> float:
        """Return the share of the facts that are right."""
        return self.right / self.facts if self.facts else 1.0


def formats() -> dict[str, ModuleType]:
    """Return the writer of each format: the modules `write_<format>` of this folder."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("write_*.py"))
    return {name.removeprefix("write_"): importlib.import_module(f"tests.tables.{name}") for name in names}


def outcomes(grid: Grid, writer: ModuleType, look: str, catalogue: Catalogue) -> Iterator[Outcome]:
    """Yield what became of each cell with a fact, and each observation that no fact stands behind."""
    suffix = getattr(writer, "SUFFIX", "." + writer.__name__.rpartition("_")[2])
    data = writer.write(grid, look)
    about = {"title": grid.title, "published": grid.published, "language": grid.language, "area": "CN"}
    found = facts(data, catalogue, f"{grid.id}{suffix}", **about).facts
    yield from compared(grid, found)


def compared(grid: Grid, found: Sequence[Observation | Unresolved]) -> Iterator[Outcome]:
    """Yield the outcomes of the cells, the facts found set against them in reading order."""
    cells = [cell for row in grid.rows for cell in row if cell]
    # Tables that stand side by side on the grid may be read as one table or as two.
    orders = [sorted(found, key=_place), sorted(found, key=lambda fact: _place(fact)[1:])]
    matchers = [_matched(order, cells) for order in orders]
    best = max(range(2), key=lambda at: sum(block.size for block in matchers[at].get_matching_blocks()))
    found, matcher = orders[best], matchers[best]
    places = {b.b + i: found[b.a + i] for b in matcher.get_matching_blocks() for i in range(b.size)}
    taken = {id(fact) for fact in places.values()}
    for at, cell in enumerate(cells):
        fact = places.get(at)
        if cell.fact:
            yield _outcome(grid, cell, cell.fact, fact)
        elif isinstance(fact, Observation):
            yield Outcome(grid, cell, "wrong", f"no fact stands here, but {_said(fact)}")
    for fact in found:
        if id(fact) not in taken and isinstance(fact, Observation):
            yield Outcome(grid, GridCell(fact.mention.quote), "wrong", f"no such cell, but {_said(fact)}")


def _matched(found: Sequence[Observation | Unresolved], cells: Sequence[GridCell]) -> SequenceMatcher[str]:
    quotes = [_bare(fact.mention.quote) for fact in found]
    return SequenceMatcher(None, quotes, [_bare(cell.text) for cell in cells], autojunk=False)


def _outcome(grid: Grid, cell: GridCell, fact: Fact, found: Observation | Unresolved | None) -> Outcome:
    if found is None:
        return Outcome(grid, cell, "unread")
    if isinstance(found, Unresolved):
        return Outcome(grid, cell, "unresolved", f"{found.reason} <{found.mention.prefix}>")
    read = {**{name: getattr(found, name) for name in FIELDS if name != "value"}, "value": found.mention.value}
    differing = [
        f"{name} {read[name]}, not {getattr(fact, name)}" for name in FIELDS if read[name] != getattr(fact, name)
    ]
    words = f"{'; '.join(differing)} <{found.mention.prefix}>"
    return Outcome(grid, cell, "wrong" if differing else "right", words)


def _place(fact: Observation | Unresolved) -> tuple[int, ...]:
    """Return table, row and column of the address; of a number in the text around them, its place before the cells."""
    address = fact.mention.address or ""
    if match := re.search(r"(?:table (\d+), )?row (\d+), column (\d+)$", address):
        return int(match[1] or 1), int(match[2]), int(match[3])
    if match := re.search(r", ([A-Z]+)(\d+)$", address):
        return 1, int(match[2]), len(match[1]), *map(ord, match[1])
    return (0, 0, fact.mention.start)


def _said(fact: Observation) -> str:
    return f"{fact.indicator} {dict(fact.members)} {fact.period} <{fact.mention.prefix}>"


def _bare(text: str) -> str:
    return _MARK.sub("", text)


def total(found: Sequence[Outcome]) -> Total:
    """Return the counts of these outcomes."""
    results = [outcome.result for outcome in found]
    return Total(sum(bool(outcome.cell.fact) for outcome in found), results.count("right"), results.count("wrong"))


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("formats", nargs="*", help="formats to score (all)")
    parser.add_argument("-v", "--verbose", action="store_true", help="show each fact that is not right")
    parser.add_argument("--held-back", action="store_true", help="show the facts of layouts held back as well")
    options = parser.parse_args()
    catalogue = load_catalogue()
    print(f"{'format':10} {'look':10} {'facts':>6} {'right':>6} {'share':>7} {'wrong':>6}   held back: share, wrong")
    for name, writer in formats().items():
        for look in writer.LOOKS if name in (options.formats or [name]) else ():
            found = [outcome for one in grids() for outcome in outcomes(one, writer, look, catalogue)]
            kept = total([outcome for outcome in found if held_back(outcome.grid)])
            own = total([outcome for outcome in found if not held_back(outcome.grid)])
            print(
                f"{name:10} {look:10} {own.facts:6} {own.right:6} {own.share:7.3f} {own.wrong:6}"
                f"   {kept.share:16.3f} {kept.wrong:6}"
            )
            if options.verbose:
                _show(found, options.held_back)


def _show(found: Sequence[Outcome], held: bool) -> None:
    for outcome in found:
        if outcome.result != "right" and held_back(outcome.grid) <= held:
            print(f"    {outcome.grid.id} {outcome.cell.text!r}: {outcome.result}: {outcome.words}")


if __name__ == "__main__":
    main()
