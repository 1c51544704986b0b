"""Many patterns in one pass: what is found together is what each would find alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.extract import _patterns
from bulletin.patterns import FLAGS, Patterns
from bulletin.text import normalise, sentences
from schemas.catalogue import load_catalogue
from tests.scoring import read_lines, splits

GROUPS = (
    [
        r"\bthe\s+(?:end|close)\s+of\s+(?P<year>(?:19|20)\d\d)\b",
        r"\b(?:end|close)\s{1,2}of\s+(?P<year>\d{4})\b",
        r"\b(?:the\s+)?last\s+year\b",
    ],
    [
        r"(?<![\w.])\d{1,2}\s?G\b",
        r"(?<![\w.])\d+(?:st|nd|th)\b",
        r"(?<!\d)\d[\d,.]*\s?%",
        r"(?<!\d)\d{4}[-/](?P<month>\d{1,2})(?!\d)",
    ],
    [r"^\d{1,2}[.)]\s", r"\((?P<low>\d{1,2})(?:-\d+)?\)", r"第\s?\d+\s?期", r"(?<=of)\s+[a-z]+"],
)
PIECES = ["the", "END", "close", "of", "last", "year", " ", "  ", "\t", "\n", "2021", "19", "5", "G", "th", "st", "%"]
PIECES += [".", ",", "-", "/", "(", ")", "第", "期", "1st", "x"]


def _alone(pattern: str, text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [match.span() for match in re.compile(pattern, FLAGS).finditer(text, start, end)]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.integers(0, 3), st.integers(0, 3))
def test_patterns_find_together_what_each_finds_alone(text: str, ahead: int, behind: int) -> None:
    """Whatever the text and the part of it, each pattern has the matches of its own `finditer`, in order."""
    start, end = min(ahead, len(text)), max(len(text) - behind, 0)
    found = Patterns(*GROUPS, whole_words=True).find(text, start, end)
    for group, matches in zip(GROUPS, found, strict=True):
        for place, pattern in enumerate(group):
            assert [match.span() for at, match in matches if at == place] == _alone(pattern, text, start, end), pattern


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_pattern_of_a_language_is_missed(language: str) -> None:
    """In the sentences of our own texts, all patterns of a language find what each of them finds alone."""
    catalogue = load_catalogue()
    patterns = _patterns(catalogue, catalogue.languages[language])
    compiled = [pattern.pattern for pattern in patterns._patterns]
    for split in splits():
        for record in read_lines(split.documents):
            if record["language"][:2] != language:
                continue
            text = normalise(record["text"])
            for start, end in sentences(text):
                together = sorted(match.span() for found in patterns.find(text, start, end) for _, match in found)
                alone = sorted(span for pattern in compiled for span in _alone(pattern, text, start, end))
                assert together == alone, text[start:end]
