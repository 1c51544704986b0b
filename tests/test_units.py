"""Units: each as its own examples in the catalogue write it, and what is none."""

from decimal import Decimal

import pytest

from bulletin.units import sign_before, unit_after, unit_named
from schemas.catalogue import Catalogue, load_catalogue
from schemas.catalogue.model import Example
from tests.samples import mentions

EXAMPLES = [
    pytest.param(unit.id, example, id=f"{unit.id}-{example.text}")
    for unit in load_catalogue().units.values()
    for example in unit.examples
]


@pytest.mark.parametrize(("unit", "example"), EXAMPLES)
def test_examples(unit: str, example: Example, catalogue: Catalogue) -> None:
    """Each example is one number, of that unit and value, from its first character to its last."""
    frame = "It was {}." if example.language == "en" else "规模为{}。"
    (mention,) = mentions(frame.format(example.text), example.language, catalogue)
    assert (mention.unit, mention.value) == (unit, Decimal(example.expect["value"]))
    assert mention.quote == example.text


@pytest.mark.parametrize("unit", sorted(load_catalogue().units))
def test_every_unit_has_an_example(unit: str, catalogue: Catalogue) -> None:
    """No unit of the catalogue goes untested."""
    assert catalogue.units[unit].examples


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("5 GBs", "en", None),
        ("5 homes", "en", "homes"),
        ("5 homestead", "en", None),
        ("5 percentage points", "en", "percentage points"),
        ("5-percentage-point", "en", "percentage-point"),
        ("5 per cent", "en", "per cent"),
        ("5 /32 blocks", "en", "/32 blocks"),
        ("5/320", "en", None),
        ("2.4Gx", "zh", None),
        ("7GB", "zh", "GB"),
        ("5个百分点", "zh", "个百分点"),
        ("5万个5G", "zh", "个"),
        ("5台（套）", "zh", "台（套）"),
        ("5%E4%BA", "zh", None),
        ("5\npersons", "en", None),
    ],
)
def test_words_behind_a_number(text: str, language: str, words: str | None, catalogue: Catalogue) -> None:
    """The longest unit right behind the number is taken, and only as a whole word."""
    at = text.index("万") + 1 if "万" in text else len(text) - len(text.lstrip("0123456789."))
    found = unit_after(text, at, catalogue, language)
    assert (text[found.start : found.end] if found else None) == words


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("US$5", "usd"),
        ("$5", "usd"),
        ("$ 5", "usd"),
        ("¥5", "yuan"),
        ("RMB 5", "yuan"),
        ("USD 5", "usd"),
        ("HK$5", "hkd"),
        ("A$5", None),
    ],
)
def test_signs_before_a_number(text: str, unit: str | None, catalogue: Catalogue) -> None:
    """A currency's sign names its unit; the dollar of another country is not taken for that of the United States."""
    found = sign_before(text, text.index("5"), catalogue)
    assert (found.unit if found else None) == unit


@pytest.mark.parametrize(
    ("header", "language", "unit", "factor"),
    [
        ("万人", "zh", "person", 10**4),
        ("（亿元）", "zh", "yuan", 10**8),
        ("万GB", "zh", "byte", 10**13),
        ("%", "zh", "percent", 1),
        ("million", "en", "", 10**6),
        ("10,000 persons", "en", "person", 10**4),
        ("billion US dollars", "en", "usd", 10**9),
    ],
)
def test_units_of_a_header(header: str, language: str, unit: str, factor: int, catalogue: Catalogue) -> None:
    """A header that is nothing but a scale and a unit gives both."""
    found = unit_named(header, catalogue, language)
    assert found
    assert (found.unit, found.factor) == (unit, factor)


@pytest.mark.parametrize("header", ["2021", "Internet users", "persons online", "1", "", "2021-12"])
def test_headers_without_a_unit(header: str, catalogue: Catalogue) -> None:
    """A year, a name or a unit among other words is no unit."""
    assert unit_named(header, catalogue, "en") is None
