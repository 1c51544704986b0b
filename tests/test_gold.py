"""The project's own texts with the facts that they state, scored: floors at what was reached, precision above all.

The texts imitate the styles of agencies, offices, papers and blogs; those of other domains, from `population` to
`farms`, are read with a catalogue of their own (the folder of that name), whose words were written before the texts.
What is really to be expected of texts that nobody has seen tell `en_unseen`, `zh_unseen` and `dwellings`: no rule was
written for their sentences, but one for English (a text that only looks back).
"""

import pytest

from bulletin import pipeline
from bulletin.discover import discover
from bulletin.rows import extract_line, fact_rows
from bulletin.settings import Request
from schemas.catalogue import load_catalogue
from tests.scoring import Split, levels, read_lines, splits

OWN = {split.name: split for split in splits() if split.gold.parent.name == "gold"}
FLOORS = {
    "en_mixed": {"value": (0.99, 0.99), "quantity": (0.95, 0.95), "fact": (0.95, 0.86)},
    "en_press": {"value": (0.98, 0.98), "quantity": (0.95, 0.95), "fact": (0.93, 0.77)},
    "en_varied": {"value": (0.98, 0.96), "quantity": (0.94, 0.92), "fact": (0.89, 0.85)},
    "en_wild": {"value": (0.98, 0.96), "quantity": (0.89, 0.87), "fact": (0.86, 0.61)},
    "en_reports": {"value": (0.97, 0.97), "quantity": (0.91, 0.92), "fact": (0.88, 0.74)},
    "en_unseen": {"value": (0.98, 0.97), "quantity": (0.93, 0.92), "fact": (0.63, 0.47)},
    "zh_mixed": {"value": (0.98, 0.99), "quantity": (0.97, 0.98), "fact": (0.95, 0.88)},
    "zh_press": {"value": (0.98, 0.99), "quantity": (0.97, 0.99), "fact": (0.97, 0.94)},
    "zh_reports": {"value": (0.97, 0.98), "quantity": (0.92, 0.93), "fact": (0.92, 0.73)},
    "zh_unseen": {"value": (0.97, 0.98), "quantity": (0.91, 0.93), "fact": (0.77, 0.61)},
    "population": {"value": (0.98, 0.97), "quantity": (0.92, 0.91), "fact": (0.82, 0.56)},
    "energy": {"value": (0.97, 0.99), "quantity": (0.91, 0.92), "fact": (0.9, 0.47)},
    "prices": {"value": (0.99, 0.99), "quantity": (0.95, 0.95), "fact": (0.86, 0.66)},
    "tourism": {"value": (0.99, 0.99), "quantity": (0.9, 0.9), "fact": (0.78, 0.57)},
    "dwellings": {"value": (0.94, 0.96), "quantity": (0.83, 0.86), "fact": (0.64, 0.47)},
    "transport": {"value": (0.99, 0.97), "quantity": (0.99, 0.97), "fact": (0.9, 0.76)},
    "health": {"value": (0.99, 0.99), "quantity": (0.99, 0.99), "fact": (0.95, 0.88)},
    "schools": {"value": (0.97, 0.95), "quantity": (0.86, 0.84), "fact": (0.84, 0.78)},
    "farms": {"value": (0.99, 0.97), "quantity": (0.93, 0.91), "fact": (0.93, 0.91)},
}


@pytest.mark.parametrize("split", OWN.values(), ids=OWN)
def test_what_is_read_of_our_own_texts(split: Split) -> None:
    """Precision and recall of numbers, of quantities and of whole facts are no lower than what was reached."""
    scores = levels(read_lines(split.gold), _extracted(split))
    for level, (precision, recall) in FLOORS[split.name].items():
        reached = scores[level]
        assert reached["precision"] >= precision, (level, reached)
        assert reached["recall"] >= recall, (level, reached)


def _extracted(split: Split) -> list[dict[str, object]]:
    folders = (split.catalogue,) if split.catalogue else ()
    request = Request((str(split.documents),), catalogues=folders)
    catalogue = load_catalogue(*folders)
    extracted = pipeline.extract(pipeline.read(discover(request.paths)).documents, request)
    return [extract_line(row, catalogue) for one in pipeline.resolve(extracted, request) for row in fact_rows(one)]


def test_every_split_has_a_floor() -> None:
    """No split of our own goes unscored."""
    assert set(OWN) == set(FLOORS)
