"""Whatever the text: quotes stand where their offsets say, nothing raises, and work grows with the text alone."""

import sys
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.errors import ReaderError
from bulletin.model import Document, Mention, Resolved
from schemas.catalogue import Catalogue, load_catalogue
from tests.nasty import FRAGMENTS, language_of
from tests.samples import facts

LANGUAGES = st.sampled_from(["en", "zh", ""])
NAMES = st.sampled_from(["fuzz.txt", "fuzz.md", "fuzz.html"])
PIECES = (
    *FRAGMENTS,
    *(
        "5",
        "7.5",
        "1,262",
        "9.89",
        "2 ",
        "12万",
        "80亿5000万",
        "5 million",
        "57.6%",
        "1.7 percentage points",
        "1.7个百分点",
    ),
    *(
        "In June 2021 ",
        "截至2021年12月，",
        "the number of ",
        "reached ",
        "达",
        "为",
        "respectively.",
        "The share of ",
        "which ",
    ),
    *(
        "5G base stations ",
        "domain names",
        "域名总数",
        "互联网普及率",
        "internet penetration rate ",
        "websites ",
        "手机网民",
    ),
    *(
        "\n\n",
        "\n# ",
        "| a | b |\n",
        "|---|---|\n",
        "| 5 | 6.5% |\n",
        "<table><tr><td>5",
        "<td rowspan=3>",
        "</table>",
        "<li>",
    ),
)
TEXTS = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))


def read(text: str, name: str, language: str) -> Resolved | None:
    """Return what the text states; None where the reader says that it is no text."""
    try:
        return facts(text, load_catalogue(), name, language=language)
    except ReaderError:
        return None


def stands(mention: Mention, source: Document) -> bool:
    """Whether quote, prefix and suffix of a mention of prose stand next to one another where the offsets say."""
    begin, end = mention.start - len(mention.prefix), mention.end + len(mention.suffix)
    within = mention.sentence_start <= begin <= mention.start < mention.end <= end <= mention.sentence_end
    return within and source.text[begin:end] == mention.prefix + mention.quote + mention.suffix


@settings(max_examples=300)
@given(TEXTS, NAMES, LANGUAGES)
def test_quotes_stand_in_the_text(text: str, name: str, language: str) -> None:
    """Of prose the offsets point at prefix, quote and suffix in the text as read, of a table at the cell's own text."""
    resolved = read(text, name, language)
    for fact in resolved.facts if resolved else ():
        mention = fact.mention
        if not mention.in_table:
            assert stands(mention, resolved.document)
        elif name == "fuzz.md":
            assert resolved.document.text[mention.start : mention.end] == mention.quote


@settings(max_examples=300)
@given(TEXTS, NAMES, LANGUAGES)
def test_what_is_read_is_sound(text: str, name: str, language: str) -> None:
    """Values are finite and not negative, quotes of prose do not overlap, and the same text reads the same again."""
    resolved = read(text, name, language)
    end = 0
    for fact in resolved.facts if resolved else ():
        assert fact.mention.value.is_finite()
        assert fact.mention.value >= 0
        assert fact.mention.quote
        if not fact.mention.in_table:
            assert fact.mention.start >= end
            end = fact.mention.end
    assert resolved == read(text, name, language)


def steps(text: str, language: str, catalogue: Catalogue) -> int:
    """Return how many functions are called and generators resumed while the text is read; the same in every run."""
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    facts(text[:200], catalogue, "fuzz.md", language=language)  # what is kept from run to run is made here
    before = sys.getprofile()
    sys.setprofile(note)
    try:
        facts(text, catalogue, "fuzz.md", language=language)
    finally:
        sys.setprofile(before)
    return count


SHORT, LONG = 2_000, 8_000
"""Characters: as many as a sentence may have, and four such sentences."""
LINES = (
    *(
        "Users grew to 5 million in 2021.\n",
        "# Users\n5 million (million users)\n",
        "A and B had 5 and 6 million users.\n\n",
    ),
    *(
        "| Year | Users |\n|---|---|\n| 2021 | 1,032 |\n\n",
        "网民规模为1亿。",
        "截至2021年12月，网民规模达10.32亿，较2020年增长4.3%。\n",
    ),
    *(
        "In 2021 the former had 5 and the latter 6 million users. ",
        "其中，城镇网民占七成，农村网民占三成。分别增长1%和2%。\n",
    ),
)


@pytest.mark.parametrize("fragment", [*FRAGMENTS, *LINES], ids=ascii)
def test_work_grows_with_the_text(fragment: str, catalogue: Catalogue) -> None:
    """Four times the text is at most some four times the steps, whatever is repeated in it."""
    language = language_of(fragment)
    counts = [steps(fragment * (size // len(fragment)), language, catalogue) for size in (SHORT, LONG)]
    assert counts[1] <= 4.6 * counts[0] + 200


@pytest.mark.parametrize("digit", ["5", "0", "五", "５", "1,", "1.", "一万"])
def test_thousands_of_digits(digit: str, catalogue: Catalogue) -> None:
    """A number of five thousand digits is an identifier or nothing, and nothing raises."""
    found = facts(f"用户达{digit * 5_000}亿。", catalogue, language="zh").facts
    assert all(fact.mention.value < 10**27 for fact in found)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_one_endless_sentence(language: str, catalogue: Catalogue) -> None:
    """A number at the far end of one endless line is found, with its words and nothing cut through."""
    text = "so on, " * 20_000 + "users reached 5 million" if language == "en" else "等等，" * 20_000 + "网民达500万"
    (fact,) = facts(text, catalogue, language=language).facts
    assert (fact.mention.value, fact.mention.end) == (5_000_000, len(text))
