"""Numbers: exact value, printed precision, true offsets."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.numbers import find_numbers, scale_of
from bulletin.text import normalise
from schemas.catalogue import Language, load_catalogue

LANGUAGES = load_catalogue().languages
PRINTED = st.tuples(
    st.decimals(min_value=0, max_value=10**12, places=3), st.integers(0, 3), st.booleans(), st.sampled_from(["", " "])
)


def read(text: str, language: Language) -> list[tuple[str, Decimal]]:
    """Return the numbers of a text as printed, and their values."""
    return [(text[n.start : n.end], n.value) for n in find_numbers(normalise(text), language)]


@given(PRINTED, st.sampled_from(["en", "zh"]), st.data())
def test_a_printed_number_is_read_back(
    printed: tuple[Decimal, int, bool, str], language: str, data: st.DataObject
) -> None:
    """A number printed with any decimals, groups and scale is read with just that value, place and precision."""
    value, places, grouped, gap = printed
    words = LANGUAGES[language]
    scale = data.draw(st.sampled_from(["", *words.scales]))
    digits = f"{value:,.{places}f}" if grouped else f"{value:.{places}f}"
    quote = digits + (gap + scale if scale else "")
    text = f"It was {quote}." if words.boundaries else f"规模为{quote}。"
    (number,) = find_numbers(text, words)
    power = words.scales.get(scale, 0)
    assert text[number.start : number.end] == quote
    assert number.value == Decimal(digits.replace(",", "")) * Decimal(10) ** power
    assert number.decimals == places
    assert number.half_unit == Decimal(5).scaleb(power - places - 1)
    assert number.scaled is bool(scale)


@given(st.text(alphabet="0123456789,.-– 亿万多million,，。"), st.sampled_from(["en", "zh"]))
def test_offsets_stay_true(text: str, language: str) -> None:
    """In any run of digits and signs the numbers stand in order, apart, and begin with a digit or its point."""
    end = 0
    for number in find_numbers(text, LANGUAGES[language]):
        assert end <= number.start < number.end <= len(text)
        assert text[number.start] in "0123456789."
        assert number.value >= 0
        assert number.half_unit > 0
        end = number.end


@pytest.mark.parametrize("digits", ["1" * 20_000, "9," * 20_000, "111," * 20_000 + "111", "1." * 20_000, "7 " * 20_000])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_long_run_is_read_or_left_whole(digits: str, language: str) -> None:
    """A run without end is one number, many numbers or none, never a cut-out of it."""
    found = read(digits, LANGUAGES[language])
    assert {quote for quote, _ in found} <= {digits, "7"}


@pytest.mark.parametrize(("word", "count"), [("1 million ", 3_000), ("1 billion 1 million ", 3_000)])
def test_a_long_run_of_scales(word: str, count: int, english: Language) -> None:
    """Scales in a row make a number as long as each is smaller than the one before, then the next begins."""
    found = read(word * count, english)
    assert len(found) == count
    assert {quote for quote, _ in found} == {word.strip()}


@pytest.mark.parametrize(
    ("text", "value", "half_unit", "decimals"),
    [
        ("1.032 billion", "1032000000", "500000", 3),
        ("80 billion 500 million", "80500000000", "500000", 0),
        ("2 billion 50.5 million", "2050500000", "50000", 0),
        ("12,34,567", "1234567", "0.5", 0),
        ("1.5 lakh crore", "1500000000000", "50000000000", 1),
        (".5", "0.5", "0.05", 1),
        ("654,000", "654000", "0.5", 0),
        ("3-million", "3000000", "500000", 0),
        ("5m", "5000000", "500000", 0),
    ],
)
def test_english_precision(text: str, value: str, half_unit: str, decimals: int, english: Language) -> None:
    """The value is exact, and half a unit of the last printed digit goes with it."""
    (number,) = find_numbers(text, english)
    assert (number.value, number.half_unit, number.decimals) == (Decimal(value), Decimal(half_unit), decimals)
    assert (number.start, number.end) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "value", "half_unit", "more"),
    [
        ("10.32亿", "1032000000", "500000", False),
        ("80亿5000万", "8050000000", "5000", False),
        ("1.58万亿", "1580000000000", "5000000000", False),
        ("140多亿", "14000000000", "50000000", True),
        ("10余万", "100000", "5000", True),
        ("２２２万", "2220000", "5000", False),
        ("1万亿5000亿", "1500000000000", "50000000", False),
        ("475万5669", "4755669", "0.5", False),
    ],
)
def test_chinese_precision(text: str, value: str, half_unit: str, more: bool, chinese: Language) -> None:
    """万, 亿 and what stands between digits and scale are part of the number."""
    (number,) = find_numbers(normalise(text), chinese)
    assert (number.value, number.half_unit, number.more) == (Decimal(value), Decimal(half_unit), more)
    assert (number.start, number.end) == (0, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "IPv6",
        "COVID-19",
        "1.2.3",
        "192.168.1.1",
        "1,23",
        "1,2345",
        "1234,567",
        "1,234,56",
        "9.4.0 billion",
        "3-5 million",
        "3–5%",
        "2019–2021",
        "x5",
        "v2.0",
    ],
)
def test_what_is_no_number(text: str, english: Language) -> None:
    """What is part of a word, of a version or of a slip of the pen is not read as a piece of it."""
    assert read(text, english) == []


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("2 million 3 billion", ["2 million", "3 billion"]),
        ("1 million 1000 thousand", ["1 million", "1000 thousand"]),
        ("from 3 to 5 million", ["3", "5 million"]),
        ("5 millimetres", ["5"]),
        ("5 bnp", ["5"]),
    ],
)
def test_neighbours_stay_apart(text: str, quotes: list[str], english: Language) -> None:
    """A second number is part of the first only where its scale is smaller; a scale is a whole word."""
    assert [quote for quote, _ in read(text, english)] == quotes


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("5万2021年", ["5万", "2021"]),
        ("5万202", ["5万", "202"]),
        ("5万20211", ["5万", "20211"]),
        ("5万2021.5", ["5万", "2021.5"]),
        ("5万2000万", ["5万", "2000万"]),
    ],
)
def test_what_does_not_fill_up_a_scale(text: str, quotes: list[str], chinese: Language) -> None:
    """Digits behind 万 belong to it only where they are four, and neither a year nor a number of their own."""
    assert [quote for quote, _ in read(text, chinese)] == quotes


@pytest.mark.parametrize(
    ("text", "negative"),
    [
        ("-5.2%", True),
        ("fell by -5.2%", True),
        ("\u22125.2%", True),
        ("增速为-5.2%", True),
        ("5.2%", False),
        ("5%-6%", False),
        ("3亿-5亿", False),
        ("(a)-5", False),
    ],
)
def test_minus(text: str, negative: bool, chinese: Language) -> None:
    """A hyphen before a number is a minus, unless it ties it to the number before."""
    numbers = list(find_numbers(normalise(text), chinese))
    assert numbers[-1].negative is negative
    assert all(number.value > 0 for number in numbers)


@pytest.mark.parametrize(
    ("header", "language", "factor", "rest"),
    [
        ("万人", "zh", 10**4, "人"),
        ("亿元", "zh", 10**8, "元"),
        ("million", "en", 10**6, ""),
        ("millions of yuan", "en", 10**6, "yuan"),
        ("10,000 persons", "en", 10**4, "persons"),
        ("1,000 km", "en", 10**3, "km"),
        ("persons", "en", 1, "persons"),
        ("2021", "en", 1, "2021"),
        ("500 persons", "en", 1, "500 persons"),
        ("of offices", "en", 1, "offices"),
    ],
)
def test_scale_of_a_header(header: str, language: str, factor: int, rest: str) -> None:
    """A header's scale is a scale word or a power of ten; a year or any other number is none."""
    assert scale_of(header, LANGUAGES[language]) == (Decimal(factor), rest)
