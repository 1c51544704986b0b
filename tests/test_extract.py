"""From prose to mentions: what states a statistic, how exact it is, and where it stands."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.extract import extract, language_of
from bulletin.model import Block, Table
from schemas.catalogue import Catalogue, load_catalogue
from schemas.concepts import Bound
from tests.samples import document, mentions


@pytest.mark.parametrize(
    "text",
    [
        "The 49th report follows the 14th Five-Year Plan.",
        "5G, 4G and 5.5G run beside IPv4 and IPv6.",
        "XG-PON and 10G-PON ports, 10G EPON too.",
        "People aged 60 and above, or aged 10-19, were asked.",
        "Those 50 or older and those under 18 were left out.",
        "Lines of 1000 Mbps and above, or 100Mbps or higher.",
        "Call 010-12345678 or +86 10 1234 5678.",
        "See https://example.org/2021/report-5.html or write to desk5@example.org.",
        "In 2021 and 2022, from 2019-2021.",
        "On 25 February 2022, 2022-02-25 or 25/02/2022 at 10:30.",
        "See page 12, Table 3.2, Figure 4, Section 5.1 and No. 7.",
        "Screens in 4K, printing in 3D, on A4.",
        "COVID-19, version 1.2.3 and 192.168.1.1.",
    ],
)
def test_english_numbers_that_state_nothing(text: str, catalogue: Catalogue) -> None:
    """Ordinals, names, ages, speeds, addresses, dates, times and places in a text are no mentions."""
    assert [mention.quote for mention in mentions(text, "en", catalogue)] == []


@pytest.mark.parametrize(
    "text",
    [
        "第49次报告与第14个五年规划。",
        "5G、4G和5.5G与IPv4、IPv6并行。",
        "10G PON端口和10G-PON端口。",
        "60岁及以上、10-19岁和6～19岁人群。",
        "1000Mbps及以上、100M以上和1000兆及以上速率。",
        "电话010-12345678。",
        "见https://example.org/2021/5，或致信desk5@example.org。",
        "2021年和2022年，截至2021年12月。",
        "2022年2月25日上午10:30，12月31日10时30分。",
        "见第12页、表3、图4和附件2。",
        "4K屏幕、3D打印、A4纸、Web3.0。",
        "近5年来，连续3年，前5个月。",
    ],
)
def test_chinese_numbers_that_state_nothing(text: str, catalogue: Catalogue) -> None:
    """The same in Chinese, full-width signs included."""
    assert [mention.quote for mention in mentions(text, "zh", catalogue)] == []


@pytest.mark.parametrize(
    ("text", "language", "bound"),
    [
        ("There were 5 million users.", "en", Bound.EXACT),
        ("There were more than 5 million users.", "en", Bound.MORE_THAN),
        ("There were over 5 million users.", "en", Bound.MORE_THAN),
        ("There were at least 5 million users.", "en", Bound.MORE_THAN),
        ("It exceeded 5 million.", "en", Bound.MORE_THAN),
        ("There were nearly 5 million users.", "en", Bound.LESS_THAN),
        ("There were fewer than 5 million users.", "en", Bound.LESS_THAN),
        ("There were no more than 5 million users.", "en", Bound.LESS_THAN),
        ("There were about 5 million users.", "en", Bound.ABOUT),
        ("There were some 5 million users.", "en", Bound.ABOUT),
        ("Moreover 5 million came.", "en", Bound.EXACT),
        ("用户达5亿。", "zh", Bound.EXACT),
        ("用户超过5亿。", "zh", Bound.MORE_THAN),
        ("用户突破5亿。", "zh", Bound.MORE_THAN),
        ("用户达5亿多。", "zh", Bound.MORE_THAN),
        ("用户达50余万。", "zh", Bound.MORE_THAN),
        ("用户在5亿以上。", "zh", Bound.MORE_THAN),
        ("用户近5亿。", "zh", Bound.LESS_THAN),
        ("用户不到5亿。", "zh", Bound.LESS_THAN),
        ("用户不超过5亿。", "zh", Bound.LESS_THAN),
        ("用户约5亿。", "zh", Bound.ABOUT),
        ("用户为5亿左右。", "zh", Bound.ABOUT),
    ],
)
def test_hedges(text: str, language: str, bound: Bound, catalogue: Catalogue) -> None:
    """The words next to a number say how exact it is; they are not part of the quote."""
    (mention,) = mentions(text, language, catalogue)
    assert mention.bound is bound
    assert mention.quote in ("5 million", "5亿", "50余万")


@pytest.mark.parametrize(
    ("text", "language", "bound"),
    [
        ("There were no less than 5 million users.", "en", Bound.MORE_THAN),
        ("There were not more than 5 million users.", "en", Bound.LESS_THAN),
        ("用户不少于5亿。", "zh", Bound.MORE_THAN),
        ("用户不低于5亿。", "zh", Bound.MORE_THAN),
    ],
)
def test_a_denied_hedge_turns_round(text: str, language: str, bound: Bound, catalogue: Catalogue) -> None:
    """ "Not less than" is the opposite of "less than"."""
    (mention,) = mentions(text, language, catalogue)
    assert mention.bound is bound


@pytest.mark.parametrize(
    ("text", "quote", "lower", "upper"),
    [
        ("It was 1.032 billion.", "1.032 billion", "1031500000", "1032500000"),
        ("It was over 1 billion.", "1 billion", "1000000000", None),
        ("It was nearly 1 billion.", "1 billion", None, "1000000000"),
        ("It was about 1,200.", "1,200", "1150", "1250"),
        ("It was about 1,250.", "1,250", "1245", "1255"),
        ("It was 70.40%.", "70.40%", "70.395", "70.405"),
        ("It was about 0%.", "0%", "-0.5", "0.5"),
    ],
)
def test_intervals(text: str, quote: str, lower: str | None, upper: str | None, catalogue: Catalogue) -> None:
    """Printed precision and hedge give the values that a number allows."""
    (mention,) = mentions(text, "en", catalogue)
    assert mention.quote == quote
    assert mention.interval == tuple(end and Decimal(end) for end in (lower, upper))


def test_context_is_the_sentence_as_received(catalogue: Catalogue) -> None:
    """Prefix, quote and suffix are the sentence, character by character, and nothing of its neighbours."""
    text = "It rained. By June users reached １.０３２ billion, 5% more. It stopped."
    first, second = mentions(text, "en", catalogue)
    assert (first.prefix, first.quote) == ("By June users reached ", "１.０３２ billion")
    assert first.suffix == ", 5% more."
    assert (second.prefix, second.quote, second.suffix) == (first.prefix + first.quote + ", ", "5%", " more.")


@pytest.mark.parametrize(
    ("text", "language", "quotes"),
    [
        ("截至１２月，网民规模为１０．３２亿，占７３．０％。", "zh", ["１０．３２亿", "７３．０％"]),
        ("Of the country's inhabitants as they were counted then, some 1.032\nbillion were online.", "en", None),
        ("Users&nbsp;were <b>989</b> million.", "en", ["989</b> million"]),
        ("There were 1\u202f032\u202f000 users.", "en", ["1\u202f032\u202f000"]),
        ("It reached 5\npersons were asked.", "en", ["5"]),
        ("约有140多个，共1000余家。", "zh", ["140多个", "1000余家"]),
        ("Up by US$3.5 trillion, or 5 percentage\u00a0points.", "en", ["US$3.5 trillion", "5 percentage\u00a0points"]),
    ],
)
def test_quotes_are_the_text(text: str, language: str, quotes: list[str] | None, catalogue: Catalogue) -> None:
    """A quote is what stands there, in full-width characters, over a line end or with mark-up inside."""
    found = mentions(text, language, catalogue)
    assert [text[mention.start : mention.end] for mention in found] == [mention.quote for mention in found]
    assert [mention.quote for mention in found] == (quotes or ["1.032\nbillion"])


@given(
    st.text(alphabet="12.5万亿％%，。 \n近超约million users增长至of\u00a0", max_size=80), st.sampled_from(["en", "zh"])
)
def test_offsets_stay_true(text: str, language: str) -> None:
    """Whatever the text, prefix, quote and suffix stand next to one another in it, and no two quotes overlap."""
    found = mentions(f"x{text}", language, load_catalogue())
    whole, end = document(f"x{text}").text, 0
    for mention in found:
        assert end <= mention.start < mention.end <= mention.sentence_end
        around = mention.prefix + mention.quote + mention.suffix
        begin = mention.start - len(mention.prefix)
        assert whole[begin : begin + len(around)] == around
        end = mention.end


def test_context_is_cut_at_both_ends(catalogue: Catalogue) -> None:
    """Of a very long sentence only what stands near the quote is kept."""
    (mention,) = mentions("so " * 400 + "5 million" + " so" * 400 + ".", "en", catalogue)
    assert len(mention.prefix) == len(mention.suffix) == 400


def test_an_endless_number_is_an_identifier(catalogue: Catalogue) -> None:
    """A number beyond anything that is counted is no mention."""
    assert mentions("The key is 1234567890123456789012345678 here.", "en", catalogue) == ()


def test_menus_are_not_read(catalogue: Catalogue) -> None:
    """What stands in a page's menu is no mention; what stands in its text is."""
    page = document("<nav><p>5 million menus</p></nav><p>There were 6 million users.</p>", "page.html")
    assert [mention.quote for mention in extract(page, catalogue).mentions] == ["6 million"]


@pytest.mark.parametrize(
    "line",
    [
        "Unit: 10,000 persons",
        "(unit: 10,000 persons, %)",
        "Units: 1,000 households",
        "单位：10,000人",
        "（单位：万人、%）",
    ],
)
def test_lines_of_units(line: str, catalogue: Catalogue) -> None:
    """A line that says in what is counted holds no number of its own; the line behind it is read."""
    language = "en" if line.isascii() else "zh"
    found = extract(document(f"{line}\n\nUsers: 5.2%", language=language), catalogue).mentions
    assert [mention.quote for mention in found] == ["5.2%"]


def test_captions_are_read_with_their_table_alone(catalogue: Catalogue) -> None:
    """A caption that stands in the text of a document and over its table is no sentence; one without a table is."""
    table = Table("table 1", (), "Table 1. Users  of 30 cities (million)")
    text = "Users of 30 cities\nUsers of 40 cities\n"
    blocks = (Block("caption", 0, 18), Block("caption", 19, 37))
    found = extract(replace(document(text, language="en"), blocks=blocks, tables=(table,)), catalogue)
    assert [mention.quote for mention in found.mentions] == ["40"]


@pytest.mark.parametrize(
    ("text", "named", "language"),
    [
        ("网民规模为9.89亿", "en", "en"),
        ("Users: 9.89 million", "zh-CN", "zh"),
        ("截至12月，网民规模为9.89亿，5G用户3.55亿", "", "zh"),
        ("Users (网民) numbered 989 million by the end of that year.", "", "en"),
        ("网民规模为9.89亿", "fr", "zh"),
    ],
)
def test_language(text: str, named: str, language: str, catalogue: Catalogue) -> None:
    """The sidecar's language counts where it is one of the catalogue's, else the script of the text."""
    assert language_of(document(text, language=named), catalogue).id == language
