"""Word lists as patterns."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.words import trie_pattern, word_key

WORDS = st.lists(st.text(alphabet="abés用户- ", min_size=1, max_size=6).filter(lambda w: word_key(w)), min_size=1)


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("Mobile-phone  Users", "mobile phone users"),
        (" base\nstations ", "base stations"),
        ("STRASSE", "strasse"),
        ("网民 规模", "网民 规模"),
    ],
)
def test_word_key(word: str, key: str) -> None:
    """Case, hyphens and runs of spaces make no difference between words."""
    assert word_key(word) == key


@given(WORDS)
def test_every_word_matches_itself(words: list[str]) -> None:
    """Each word of the list is matched whole by the list's pattern."""
    pattern = re.compile(trie_pattern(words, plural=False), re.IGNORECASE)
    for word in words:
        assert pattern.fullmatch(word_key(word))


@given(WORDS, st.text(alphabet="abés用户 ", max_size=8))
def test_nothing_else_matches(words: list[str], text: str) -> None:
    """What the pattern matches whole is a word of the list."""
    if re.fullmatch(trie_pattern(words, plural=False), word_key(text)):
        assert word_key(text) in set(map(word_key, words))


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        (["user", "user scale"], "user scale grew", "user scale"),
        (["网民", "网民规模"], "网民规模为", "网民规模"),
        (["base station"], "base-station", "base-station"),
        (["base station"], "base  \n station", "base  \n station"),
    ],
)
def test_the_longest_word_wins(words: list[str], text: str, found: str) -> None:
    """Of words that begin alike the longest is taken, over spaces, hyphens and line ends."""
    match = re.match(trie_pattern(words, plural=False), text)
    assert match
    assert match[0] == found


@pytest.mark.parametrize(
    ("word", "text", "matches"),
    [("line", "lines", True), ("lines", "lines", True), ("lines", "liness", False), ("用户", "用户s", False)],
)
def test_plural(word: str, text: str, matches: bool) -> None:
    """A word that ends in a Latin letter may take an s, one that has it already may not."""
    assert bool(re.fullmatch(trie_pattern([word]), text)) is matches


def test_signs_are_literal() -> None:
    """Signs that mean something in a pattern mean themselves in a word."""
    assert re.fullmatch(trie_pattern(["FTTH/O (a+b)?"], plural=False), "ftth/o (a+b)?")
