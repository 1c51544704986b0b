"""What a cell of a table holds: a value, a period, a sign that there is none, or words."""

import re
from dataclasses import replace
from functools import lru_cache

from bulletin import notes
from bulletin.header_periods import header_period
from bulletin.model import Cell
from bulletin.notes import CIRCLED, SUPERSCRIPTS
from bulletin.numbers import find_numbers, named_numbers, overlaps
from bulletin.text import normalise
from bulletin.words import trie_pattern, word_key
from schemas.catalogue import Language

MARK = re.compile(rf"(?:[*†‡{CIRCLED}{SUPERSCRIPTS}]|\[\^?\w{{1,3}}\]|(?<=\w)[(（]注\d?[)）])+\s*$")
"""Signs of notes behind a text: 1.2*, 网民规模①, users[1]."""
YEAR_LIKE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2]|\.(?:0?[1-9]|1[0-2]))?")
PLAIN_NUMBER = re.compile(r"[-+]?[\d.,]+%?")
LONGEST = 400
"""Characters of a header that are read: more is no header, and costs for every value under it."""
SHORT, UNIT_LENGTH = 6, 20
"""Characters besides its number that a value may have; of a unit right behind it, in a language with spaces, more."""
HEDGED = 12
"""Characters of the words before a number that say how exact it is: "more than", "about"."""
_BESIDE = re.compile(
    r"\s*(?P<value>[^()（）]*\d[^()（）]*?)\s*[(（]\s*"
    r"(?P<beside>[-+–−]?\s?\d[\d.,]*\s?(?:[%％]|percentage points?|pp|个百分点))(?P<words>[^()（）\d]*)[)）]\s*"
)
_LABEL_BEHIND = re.compile(r"\+|\s*[-–—~至]\s*\d")
"""What makes a number a row's name: 60+, 10-19."""
_SIGNS = " ()（）-–—+%‰$¥€£<>≤≥≈~＜＞"
_GROUPED = re.compile(r"[-+(（]?\d{1,3}(?: \d{3})+(?![\d ])")
"""Thousands set apart by spaces, which in a cell can be nothing else."""


def words_of(text: str) -> str:
    """Return the text of a header made plain, without the marks of its notes."""
    return MARK.sub("", normalise(text)[:LONGEST]).strip()


def plain(text: str) -> str:
    """Return the text of a cell made plain, of the same length but for white space and marks at its ends."""
    text = MARK.sub("", normalise(text)).strip()
    if match := _GROUPED.match(text):
        text = match[0].replace(" ", ",") + text[match.end() :]
    return text


def marks_of(cell: Cell) -> tuple[str, ...]:
    """Return the signs of notes of the cell: those that its reader took out, and those at the end of its text."""
    found = MARK.search(cell.text)
    return (*cell.marks, *(notes.marks_of(found[0]) if found else ()))


@lru_cache(maxsize=64)
def table_words(language: Language, *kinds: str) -> re.Pattern[str]:
    """Return the pattern of the language's words of tables of those kinds; it fits nothing where there are none."""
    words = [word for kind in kinds for word in language.tables.get(kind, ())]
    edge, close = (r"(?<![A-Za-z])", r"(?![A-Za-z])") if language.boundaries else ("", "")
    return re.compile(f"{edge}(?:{trie_pattern(words, plural=False) or '(?!)'}){close}", re.IGNORECASE)


@lru_cache(maxsize=16)
def _missing(language: Language) -> frozenset[str]:
    return frozenset({"", *(word_key(word) for word in language.tables.get("missing", ()))})


def is_missing(text: str, language: Language) -> bool:
    """Return whether the cell says that there is no value, or is empty."""
    return word_key(normalise(text)) in _missing(language) or word_key(plain(text)) in _missing(language)


def is_note(text: str, language: Language) -> bool:
    """Return whether a line explains the table: 注：..., "Source: ...", "* revised"."""
    text = words_of(text)
    named = table_words(language, "note").match(text)
    return bool(named and re.match(r"\s*\d?\s*[:：.、]", text[named.end() :])) or bool(
        re.match(rf"[*†‡{CIRCLED}]", text)
    )


def is_value(text: str, language: Language) -> bool:
    """Return whether the cell holds one number, perhaps with a unit, and is no period and no name (5G, 10-19, 60+).

    What it says more of that number, in parentheses behind it, is let be: see `parts_of`.
    """
    both = _BESIDE.fullmatch(text)
    cell = plain(both["value"] if both and len(both["words"]) <= UNIT_LENGTH else text)
    if not re.search(r"\d", cell) or header_period(cell, language):
        return False
    numbers = list(find_numbers(cell, language))
    if len(numbers) != 1:
        return False
    start, end = numbers[0].start, numbers[0].end
    # The bar keeps a cell from looking like the heading "1.2 Users".
    named = named_numbers(f"|{cell}", language)
    if _LABEL_BEHIND.match(cell, end) or overlaps((start + 1, end + 1), named):
        return False
    before, behind = cell[:start].strip(_SIGNS), cell[end:].strip(_SIGNS)
    if before and re.search(r"[(（]", cell[:start]):
        return False  # a header with its unit: Users (10 thousand)
    if before and _is_hedge(before, language):
        before = ""
    return len(before + behind) <= SHORT or (not before and language.boundaries and len(behind) <= UNIT_LENGTH)


def parts_of(cell: Cell, language: Language) -> tuple[tuple[Cell, str], ...]:
    """Return the cells of one number each that the cell is, with the words about the second.

    That is the cell itself, but for one that says more of its number in parentheses: 12.74 (-4.3% on year).
    """
    both = _BESIDE.fullmatch(cell.text)
    if not both or len(both["words"]) > UNIT_LENGTH or not is_value(both["value"], language):
        return ((cell, ""),)
    first, second = both.span("value"), both.span("beside")
    return (_part(cell, *first), ""), (_part(cell, *second), both["words"].strip(" ,，"))


def _part(cell: Cell, begin: int, end: int) -> Cell:
    return replace(cell, text=cell.text[begin:end], start=None if cell.start is None else cell.start + begin)


def _is_hedge(text: str, language: Language) -> bool:
    words = {word_key(word) for sides in language.hedges.values() for word in sides.get("before", ())}
    return len(text) <= HEDGED and word_key(text) in words
