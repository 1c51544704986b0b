"""Floors under what the checks find: a seeded run over the samples and the gold facts, smaller than the whole."""

import pytest

from tests.quality.clean import Source, gold, samples
from tests.quality.inject import Facts, false_alarms, run, summary, wrong_numbers
from tests.quality.slips import KINDS


@pytest.fixture(scope="module")
def raw() -> Source:
    return samples()


def test_slips_are_found_placed_and_mended(raw: Source) -> None:
    """Of slips in the samples nearly all are found, the changed number is suspected, and a scale word is put right."""
    tallies, _ = run(120, seed=5, sources=[raw])
    figures = summary(tallies)
    assert figures["slips"] >= 120
    assert {kind for kind, tally in tallies.items() if tally.slips} >= set(KINDS) - {"percent_points"}
    assert figures["detected"] >= 0.95
    assert figures["localised"] >= 0.9
    assert figures["alone"] >= 0.75
    assert figures["repaired"] >= 0.8


def test_clean_gold_facts_raise_few_alarms() -> None:
    """Of a thousand gold facts at most two groups are false alarms; contradictions of the sources are listed."""
    total, found = false_alarms()
    false = [lines for verdict, lines in found if verdict == "false alarm"]
    assert 1000 * len(false) / total <= 2, false


def test_the_samples_raise_no_alarm(raw: Source) -> None:
    """Of the samples, which are true, nothing is suspected."""
    assert [group.suspects for group in Facts(raw).groups] == []


def test_wrong_numbers_of_the_gold_texts_are_found() -> None:
    """Of the numbers that annotators call wrong and that something can be compared with, most are suspected."""
    told = list(wrong_numbers())
    assert sum("not found (0" not in line for line in told) <= sum(" suspected" in line for line in told) + 1


def test_gold_facts_are_all_there() -> None:
    """Every catalogue's gold facts are read as rows that the rules see."""
    sizes = {source.name: sum(len(item.facts) for item in source.resolved) for source in gold()}
    assert sizes["gold"] > 700
    assert sizes["energy"] > 150
    assert sizes["population"] > 150
