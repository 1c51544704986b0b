"""The corpus of numbers: a value with all its spellings, and the numbers that state nothing."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from schemas.catalogue import Catalogue
from tests.samples import mentions

HOME = Path(__file__).parent / "corpus"
FRAMES = {"en": ["It came to {}.", "By then, {}, as they say"], "zh": ["规模为{}。", "其中，{}，同比增长"]}
HEDGED_FRAMES = {"en": ["It came to {}."], "zh": ["用户{}。"]}


def load(language: str, name: str) -> Any:
    return yaml.safe_load((HOME / language / f"{name}.yml").read_text(encoding="utf-8"))


def spellings(key: str, frames: dict[str, list[str]]) -> list[Any]:
    return [
        pytest.param(frame, entry, text, language, id=f"{language}-{frame.format(text)}")
        for language in frames
        for entry in load(language, "numbers")
        for text in entry.get(key, ())
        for frame in frames[language]
    ]


@pytest.mark.parametrize(("frame", "entry", "text", "language"), spellings("spellings", FRAMES))
def test_spelling(frame: str, entry: dict[str, str], text: str, language: str, catalogue: Catalogue) -> None:
    """A spelling is one number: its value, its unit, and all of its characters."""
    (mention,) = mentions(frame.format(text), language, catalogue)
    assert (mention.value, mention.unit) == (Decimal(entry["value"]), entry.get("unit"))
    assert (mention.quote, mention.bound) == (text, entry.get("bound", "exact"))


@pytest.mark.parametrize(("frame", "entry", "text", "language"), spellings("hedged", HEDGED_FRAMES))
def test_hedged_spelling(frame: str, entry: dict[str, str], text: str, language: str, catalogue: Catalogue) -> None:
    """With a hedge the number is the same, and the hedge is left out of the quote."""
    (mention,) = mentions(frame.format(text), language, catalogue)
    assert (mention.value, mention.bound) == (Decimal(entry["value"]), entry["bound"])
    assert mention.quote in text
    assert mention.quote != text


NEGATIVE = [
    pytest.param(text, language, id=f"{language}-{reason}-{text}")
    for language in FRAMES
    for reason, texts in load(language, "negative").items()
    for text in texts
]


@pytest.mark.parametrize(("text", "language"), NEGATIVE)
def test_negative(text: str, language: str, catalogue: Catalogue) -> None:
    """A number that states no statistic is not extracted, alone or in a sentence."""
    frame = "They spoke of {} then." if language == "en" else "关于{}的说明。"
    for sentence in (text, frame.format(text)):
        assert [mention.quote for mention in mentions(sentence, language, catalogue)] == []


def test_every_language_has_a_corpus(catalogue: Catalogue) -> None:
    """A language of the catalogue without spellings and a negative corpus of its own is not done."""
    for language in catalogue.languages:
        assert {file.stem for file in (HOME / language).glob("*.yml")} >= {"numbers", "negative"}
        assert language in FRAMES
