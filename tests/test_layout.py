"""The layout of a table: which cells are values, and which words speak of each."""

from decimal import Decimal

import pytest

from bulletin.addresses import address_of
from bulletin.cell_mentions import table_mentions
from bulletin.cells import is_value
from bulletin.layout import values
from bulletin.model import Cell, Mention, Table
from schemas.catalogue import Catalogue, Language, load_catalogue
from schemas.concepts import Bound
from tests.samples import content, table

LANGUAGES = load_catalogue().languages


def read(found: Table, language: str = "en") -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the value cells with the headers above and beside each."""
    return {value.cell.text: (value.columns, value.rows) for value in values(found, LANGUAGES[language])}


def mention(*rows: list[str], catalogue: Catalogue, language: str = "en", caption: str = "") -> Mention:
    """Return the mention of a table that holds one value."""
    (found,) = table_mentions(table(*rows, caption=caption), catalogue, LANGUAGES[language])
    return found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("989", "en"),
        ("1,032.5", "en"),
        ("-2.5", "en"),
        ("(2.5)", "en"),
        ("–2.5", "en"),
        ("73.0%", "en"),
        ("28.5 hours", "en"),
        ("1.7 percentage points", "en"),
        ("4.7 billion people", "en"),
        ("3.5 trillion US dollars", "en"),
        ("$5", "en"),
        ("1.032 billion", "en"),
        ("989*", "en"),
        ("989[1]", "en"),
        ("９８９", "zh"),
        ("9.89亿", "zh"),
        ("3187万个", "zh"),
        ("20567", "en"),
    ],
)
def test_values(text: str, language: str) -> None:
    """One number is a value, with its sign, its unit or the mark of a note."""
    assert is_value(text, LANGUAGES[language])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "en"),
        ("-", "en"),
        ("…", "zh"),
        ("n/a", "en"),
        ("2021", "en"),
        ("2021-12", "en"),
        ("June 2021", "en"),
        ("2021年12月", "zh"),
        ("10-19", "en"),
        ("10-19岁", "zh"),
        ("60+", "en"),
        ("60岁及以上", "zh"),
        ("5G", "en"),
        ("5G", "zh"),
        ("1000Mbps及以上", "zh"),
        ("Users in 2 provinces", "en"),
        ("3 of 5", "en"),
        ("1.2.3", "en"),
    ],
)
def test_what_is_no_value(text: str, language: str) -> None:
    """A missing marker, a period, a name or a text with a number in it is none."""
    assert not is_value(text, LANGUAGES[language])


def test_headers_above_and_beside() -> None:
    """A value has the header over it and the words at its left."""
    found = table(["Item", "2020", "2021"], ["Users", "989", "1032"], ["Sites", "4.4", "4.2"])
    assert read(found) == {
        "989": (("2020",), ("Users",)),
        "1032": (("2021",), ("Users",)),
        "4.4": (("2020",), ("Sites",)),
        "4.2": (("2021",), ("Sites",)),
    }


def test_spans_above_and_beside() -> None:
    """A header over several columns speaks of each, a name beside several rows of each; the nearest comes first."""
    page = """<table>
        <tr><th rowspan=2 colspan=2>Item</th><th colspan=2>2020</th><th colspan=2>2021</th></tr>
        <tr><th>Urban</th><th>Rural</th><th>Urban</th><th>Rural</th></tr>
        <tr><td rowspan=2>Users</td><td>all</td><td>680</td><td>309</td><td>748</td><td>284</td></tr>
        <tr><td>mobile</td><td>679</td><td>308</td><td>747</td><td>283</td></tr>
        <tr><td>Sites</td><td>all</td><td>1</td><td>3</td><td>4</td><td>5</td></tr></table>"""
    found = read(content(page, "a.html").tables[0])
    assert found["309"] == (("Rural", "2020", "Item")[:2], ("all", "Users"))
    assert found["747"] == (("Urban", "2021"), ("mobile", "Users"))
    assert found["5"] == (("Rural", "2021"), ("all", "Sites"))


def test_lines_around_a_table() -> None:
    """The lines over the whole table and its caption speak of all its values, the nearest line first."""
    found = table(["Users online"], ["Unit: million"], ["Item", "2021"], ["Users", "1032"], caption="Table 1")
    (value,) = values(found, LANGUAGES["en"])
    assert value.around == ("Unit: million", "Users online", "Table 1")
    assert value.headers == ("2021", "Users", "Unit: million", "Users online", "Table 1")


def test_missing_values() -> None:
    """A missing value is neither a value nor a header, even where a column holds nothing else."""
    found = table(["Item", "2020", "2021", "2022"], ["Users", "-", "989", "…"], ["Sites", "n/a", "—", "4"])
    assert read(found) == {"989": (("2021",), ("Users",)), "4": (("2022",), ("Sites",))}


def test_counts_that_look_like_years() -> None:
    """A count of 2019 is a value where its column holds other numbers, a row of years is a header."""
    found = table(
        ["Item", "2020", "2021"], ["Users", "20567", "2019"], ["Sites", "1987", "443"], ["Names", "202012", "33"]
    )
    assert set(read(found)) == {"20567", "2019", "1987", "443", "202012", "33"}
    stacked = table(["Item", "2020", "2021"], ["Users", "5", "6"], ["Item", "2022", "2023"], ["Users", "7", "8"])
    assert set(read(stacked)) == {"5", "6", "7", "8"}


def test_a_column_of_years() -> None:
    """Years beside the values are headers."""
    found = table(["Item", "Year", "Value"], ["Users", "2020", "989"], ["Users", "2021", "1032"])
    assert read(found) == {"989": (("Value",), ("2020", "Users")), "1032": (("Value",), ("2021", "Users"))}


def test_a_column_of_running_numbers() -> None:
    """The numbers of the rows are no values, and the names behind them are headers."""
    found = table(["No.", "Item", "2021"], ["1", "Users", "1032"], ["2", "Sites", "4"])
    assert read(found) == {"1032": (("2021",), ("Users",)), "4": (("2021",), ("Sites",))}


def test_a_column_of_units() -> None:
    """A column that is headed so holds the units of its rows, and no values, wherever it stands."""
    found = table(["指标", "单位", "2021"], ["网民规模", "万人", "103195"], ["普及率", "%", "73.0"])
    assert read(found, "zh")["103195"] == (("2021",), ("网民规模",))
    assert [value.unit for value in values(found, LANGUAGES["zh"])] == ["万人", "%"]
    powers = table(["Item", "2021", "Unit"], ["Users", "103195", "10,000"], ["Sites", "418", "10,000"])
    assert [(value.cell.text, value.unit) for value in values(powers, LANGUAGES["en"])] == [
        ("103195", "10,000"),
        ("418", "10,000"),
    ]


def test_blank_headers() -> None:
    """Without spans, a header speaks of the blank places at its right, up to where another one above it begins."""
    found = table(
        ["Item", "2020", "", "2021", ""], ["", "Urban", "Rural", "Urban", "Rural"], ["Users", "5", "6", "7", "8"]
    )
    assert [columns for columns, _ in read(found).values()] == [
        ("Urban", "2020"),
        ("Rural", "2020"),
        ("Urban", "2021"),
        ("Rural", "2021"),
    ]


def test_blank_names() -> None:
    """Without spans, a name speaks of the rows below it until the next one, but for the last column of names."""
    found = table(["Item", "Area", "2021"], ["Users", "Urban", "5"], ["", "Rural", "6"], ["Sites", "Urban", "7"])
    assert [rows for _, rows in read(found).values()] == [("Urban", "Users"), ("Rural", "Users"), ("Urban", "Sites")]


def test_sections() -> None:
    """A line inside a table speaks of the rows below it, until the next line."""
    found = table(["Item", "2021"], ["Urban"], ["Users", "5"], ["Sites", "6"], ["Rural"], ["Users", "7"])
    assert [value.sections for value in values(found, LANGUAGES["en"])] == [("Urban",), ("Urban",), ("Rural",)]


def test_a_second_head() -> None:
    """A row of other periods begins another table, and the line above it is that table's."""
    found = table(["A"], ["Item", "2020"], ["Users", "5"], ["B"], ["Item", "2021"], ["Users", "6"])
    assert [(value.columns, value.around) for value in values(found, LANGUAGES["en"])] == [
        (("2020",), ("A",)),
        (("2021",), ("B",)),
    ]


def test_blocks_side_by_side() -> None:
    """The same head over again at the right has names and values of its own."""
    found = table(["Area", "Users", "Area", "Users"], ["Beijing", "5", "Hebei", "6"], ["Hunan", "7", "Hubei", "8"])
    assert read(found) == {
        "5": (("Users",), ("Beijing",)),
        "7": (("Users",), ("Hunan",)),
        "6": (("Users",), ("Hebei",)),
        "8": (("Users",), ("Hubei",)),
    }


def test_a_row_of_units() -> None:
    """Powers of ten in a row without a name are the units of the columns."""
    found = table(["Item", "Users", "Sites"], ["", "10,000", "thousand"], ["2021", "5", "6"])
    assert [columns for columns, _ in read(found).values()] == [("10,000", "Users"), ("thousand", "Sites")]


def test_notes_of_marks(catalogue: Catalogue) -> None:
    """A mark at a cell or one of its headers brings its note along; notes are neither values nor sections."""
    found = table(["Item", "2021*"], ["Users", "5"], ["* Revised."], ["Source: survey of 2021"])
    (mention,) = table_mentions(found, catalogue, LANGUAGES["en"])
    assert (mention.quote, mention.suffix) == ("5", " (* Revised.)")


@pytest.mark.parametrize(
    ("text", "bound", "value"),
    [
        (">2.3 million", Bound.MORE_THAN, "2300000"),
        ("about 5", Bound.ABOUT, "5"),
        ("~5", Bound.ABOUT, "5"),
        ("5", Bound.EXACT, "5"),
    ],
)
def test_hedges_in_cells(text: str, bound: Bound, value: str, catalogue: Catalogue) -> None:
    """A sign or word before the number says how exact it is."""
    found = mention(["Item", "2021"], ["Users", text], catalogue=catalogue)
    assert (found.bound, found.value) == (bound, Decimal(value))


def test_rows_without_names() -> None:
    """A table without names at the left has values from its first column on."""
    found = table(["Users 2020", "Users 2021"], ["989", "1032"])
    assert read(found) == {"989": (("Users 2020",), ()), "1032": (("Users 2021",), ())}
    assert read(table(["Users"], ["1032"])) == {"1032": (("Users",), ())}


@pytest.mark.parametrize("rows", [[], [["Item", "2021"]], [["a", "b"], ["c", "d"]]])
def test_tables_without_values(rows: list[list[str]]) -> None:
    """A table of words, of years or of nothing has no values."""
    assert read(table(*rows)) == {}


def test_names_in_the_header() -> None:
    """5G, 60+ and 10-19 over a column are names."""
    found = table(["Item", "5G", "60+", "10-19"], ["Users", "1", "2", "3"])
    assert [columns for columns, _ in read(found).values()] == [("5G",), ("60+",), ("10-19",)]


@pytest.mark.parametrize(
    ("rows", "caption", "language", "unit", "value"),
    [
        ([["Item", "2021"], ["Users (million)", "1032"]], "", "en", None, "1032000000"),
        ([["Item", "2021 (10,000 persons)"], ["Users", "103195"]], "", "en", "person", "1031950000"),
        ([["Item", "2021"], ["Rate, %", "73.0"]], "", "en", "percent", "73.0"),
        ([["Item", "2021"], ["Rate", "73.0%"]], "", "en", "percent", "73.0"),
        ([["Item", "2021"], ["Rate (%)", "1.7 percentage points"]], "", "en", "percentage_point", "1.7"),
        ([["Item", "2021"], ["Users (million)", "1.032 billion"]], "", "en", None, "1032000000"),
        ([["Item", "2021"], ["Users", "1032"]], "Users (million)", "en", None, "1032000000"),
        ([["Item", "2021"], ["Users", "1032"]], "Users (million) and rate (%)", "en", None, "1032"),
        ([["Unit: million"], ["Item", "2021"], ["Users", "1032"]], "", "en", None, "1032000000"),
        ([["Item", "2021"], ["Users", "1032"]], "", "en", None, "1032"),
        ([["指标", "2021年"], ["网民规模（万人）", "103195"]], "", "zh", "person", "1031950000"),
        ([["单位：万人"], ["指标", "2021年"], ["网民规模", "103195"]], "", "zh", "person", "1031950000"),
        ([["指标", "2021年"], ["网民规模（万人）", "10.32亿"]], "", "zh", "person", "1032000000"),
        ([["指标", "2021年"], ["流量（亿GB）", "2216"]], "", "zh", "byte", "221600000000000000000"),
        ([["指标", "2021年"], ["收入（亿元）", "5,681"]], "", "zh", "yuan", "568100000000"),
    ],
)
def test_units(
    rows: list[list[str]], caption: str, language: str, unit: str | None, value: str, catalogue: Catalogue
) -> None:
    """The nearest unit counts: the cell's own, a header's, the unit line's, the caption's; a year is no unit."""
    found = mention(*rows, catalogue=catalogue, language=language, caption=caption)
    assert (found.unit, found.value) == (unit, Decimal(value))


@pytest.mark.parametrize(
    ("text", "negative"),
    [("-2.5", True), ("−2.5", True), ("–2.5", True), ("(2.5)", True), ("2.5", False), ("2.5*", False)],
)
def test_signs(text: str, negative: bool, catalogue: Catalogue) -> None:
    """A minus, a dash or brackets say that a value is below zero; the value itself never is."""
    found = mention(["Item", "2021"], ["Users", text], catalogue=catalogue)
    assert (found.negative, found.value) == (negative, Decimal("2.5"))


def test_a_mention_of_a_cell(catalogue: Catalogue) -> None:
    """The quote is the cell as it stands, the prefix its headers, the address where a person finds it."""
    found = mention(["Item", "2021"], ["Users (million)", "1,032.5*"], catalogue=catalogue)
    assert (found.quote, found.start, found.end) == ("1,032.5*", 0, 8)
    assert (found.prefix, found.address) == ("Users (million) | 2021: ", "table 1, row 2, column 2")
    assert (found.decimals, found.half_unit) == (1, Decimal(50_000))


@pytest.mark.parametrize(
    ("addresses", "row", "column", "address"),
    [
        ("row_column", 3, 28, "table 1, row 3, column 28"),
        ("sheet", 3, 1, "table 1, A3"),
        ("sheet", 10, 26, "table 1, Z10"),
        ("sheet", 1, 28, "table 1, AB1"),
        ("sheet", 1_048_576, 16_384, "table 1, XFD1048576"),
    ],
)
def test_addresses(addresses: str, row: int, column: int, address: str) -> None:
    """A cell of a sheet has the name that the spreadsheet gives it."""
    cell = Cell(row, column, "5")
    assert address_of(Table("table 1", (cell,), addresses=addresses), cell) == address


def test_a_cell_of_a_text_has_its_offset(catalogue: Catalogue, english: Language) -> None:
    """Where a format has a text, a cell's offsets are those of its words in it."""
    text = "Intro.\n\n| Item | 2021 |\n|------|------|\n| Users | 1,032 |\n"
    (found,) = table_mentions(content(text, "a.md").tables[0], catalogue, english)
    assert (text[found.start : found.end], found.address) == ("1,032", "table 1, row 2, column 2")


def test_an_identifier_in_a_cell(catalogue: Catalogue, english: Language) -> None:
    """A number beyond anything that is counted is no mention."""
    found = table(["Item", "Key", "2021"], ["Users", "1" * 40, "5"])
    assert [mention.quote for mention in table_mentions(found, catalogue, english)] == ["5"]
