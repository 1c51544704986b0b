"""What the cells of tables state: made-up tables in every format and look, and tables written by hand."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from schemas.catalogue import Catalogue, load_catalogue
from tests.tables.gold import entries, verdicts
from tests.tables.layouts import grids, held_back
from tests.tables.score import Outcome, formats, outcomes, total
from tests.tables.write_pdf import browser

FLOOR = 0.95
PRINTED = 3
"""One grid in so many is printed by a browser, which takes a second or two to start; `make score` prints all."""
LOOKS = [(name, look) for name, writer in formats().items() for look in writer.LOOKS]


@cache
def found(name: str, look: str) -> tuple[Outcome, ...]:
    """Return what became of every cell of every grid in that look."""
    catalogue = load_catalogue()
    chosen = grids()
    if look == "printed":
        if browser() is None:
            pytest.skip("no chromium here, which prints these")
        chosen = chosen[::PRINTED]
    return tuple(outcome for grid in chosen for outcome in outcomes(grid, formats()[name], look, catalogue))


@pytest.mark.parametrize(("name", "look"), LOOKS)
def test_the_facts_of_cells_are_read(name: str, look: str) -> None:
    """Of the facts in the cells at least so many are right in all that they say, in layouts held back too."""
    reached = total(found(name, look)), total([outcome for outcome in found(name, look) if held_back(outcome.grid)])
    assert [score.share >= floor for score, floor in zip(reached, (FLOOR, 0.9), strict=True)] == [True, True], reached


@pytest.mark.parametrize(("name", "look"), LOOKS)
def test_no_fact_is_wrong(name: str, look: str) -> None:
    """What is not read rightly is unresolved: no cell without a fact, and no sign for a missing value, states one."""
    wrong = [outcome for outcome in found(name, look) if outcome.result == "wrong"]
    assert wrong == []


def test_the_layouts_are_many() -> None:
    """There are layouts enough in each language, and a third of them is held back."""
    layouts = {grid.id.rpartition("-")[0] for grid in grids()}
    held = {grid.id.rpartition("-")[0] for grid in grids() if held_back(grid)}
    assert len(layouts) >= 30
    assert 2 * len(layouts) == len(grids())
    assert 0.2 < len(held) / len(layouts) < 0.5


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry["name"])
def test_tables_written_by_hand(entry: Mapping[str, Any], catalogue: Catalogue) -> None:
    """Nothing is read wrongly in tables like those of real bulletins."""
    assert [verdict for verdict in verdicts(entry, catalogue) if verdict.result == "wrong"] == []


def test_how_much_of_them_is_read(catalogue: Catalogue) -> None:
    """Of the facts in tables written by hand at least so many are right."""
    results = [verdict.result for entry in entries() for verdict in verdicts(entry, catalogue)]
    assert results.count("right") / len(results) >= FLOOR
