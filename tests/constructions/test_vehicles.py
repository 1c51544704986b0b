"""Vehicles, hotels and passengers in Chinese, with a catalogue of their own: one construction a case."""

from functools import cache
from pathlib import Path

from schemas.catalogue import Catalogue, load_catalogue
from tests.constructions import each, said

CATALOGUE = Path(__file__).parent.parent / "gold" / "energy"
CHINESE = {
    "a member with the noun of a label, and a part that is none": (
        "截至2024年底，全市摩托车保有量达90万辆，其中汽车30万辆。",
        ["900000 level vehicle_stock motorcycle CN 2024-12", "300000 unresolved"],
    ),
    "a member of others before an unknown word": (
        "2024年，国际专线旅客运输量为300万人次。",
        ["3000000 unresolved"],
    ),
}


@cache
def _catalogue() -> Catalogue:
    return load_catalogue(CATALOGUE)


@each(zh=CHINESE)
def test_vehicles(language: str, text: str, facts: list[str]) -> None:
    """Each number states what it is meant to."""
    assert said(text, language, _catalogue()) == facts
