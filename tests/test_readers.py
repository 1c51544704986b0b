"""Readers: from bytes to text, blocks and tables, and what they refuse."""

import pytest

from bulletin.content import Content
from bulletin.errors import ReaderError
from bulletin.limits import Limits
from bulletin.model import Metadata, Source
from bulletin.read import read
from bulletin.readers import read as read_bytes
from bulletin.readers import readers
from bulletin.readers.csv import delimiter
from tests.samples import content


def kinds(found: Content) -> list[tuple[str, str]]:
    """Return kind and words of each block."""
    return [(block.kind, found.text[block.start : block.end].strip()) for block in found.blocks]


def grid(found: Content, index: int = 0) -> list[tuple[int, int, str]]:
    """Return row, column and text of each cell of a table."""
    return [(cell.row, cell.column, cell.text) for cell in found.tables[index].cells]


@pytest.mark.parametrize("suffix", sorted(readers()))
def test_an_empty_file(suffix: str) -> None:
    """An empty file is refused in every format, with what to do about it."""
    with pytest.raises(ReaderError, match=r"empty \(0 bytes\): fetch it again"):
        content(b"", f"a{suffix}")


@pytest.mark.parametrize("name", ["a.rtf", "a", "a.txt.gz", ".txt/a"])
def test_an_unknown_suffix(name: str) -> None:
    """A format without a reader is refused, with those that there are."""
    with pytest.raises(ReaderError, match=r"no reader for .*; there are readers for \.csv, \.docm, "):
        content(b"5 million", name)


def test_suffixes_are_read_in_any_case() -> None:
    """REPORT.TXT is a text as report.txt is."""
    assert content(b"5 million", "REPORT.TXT").text == "5 million"


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.html"])
def test_binary_bytes(name: str) -> None:
    """Bytes that are no text under a text's name are refused, with what was tried."""
    with pytest.raises(ReaderError, match=r"no text in utf-8, gb18030, .* \(NUL bytes\): it may be a binary file"):
        content(bytes(range(256)) * 20, name)


@pytest.mark.parametrize(
    ("encoding", "mark", "found"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8-sig"),
        ("utf-16-le", b"\xff\xfe", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("gb18030", b"", "gb18030"),
        ("gbk", b"", "gb18030"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.csv"])
def test_encodings(encoding: str, mark: bytes, found: str, name: str) -> None:
    """A byte order mark, UTF-8 and GB18030 are recognised, and the mark is not part of the text."""
    read_as = content(mark + "规模为9.89亿，增长5%".encode(encoding), name)
    text = read_as.text or "，".join(cell.text for cell in read_as.tables[0].cells)
    assert text.strip() == "规模为9.89亿，增长5%"
    assert read_as.encoding == found


def test_a_declared_encoding() -> None:
    """The sidecar's encoding is tried before those that are guessed, and read as the larger one that holds it."""
    found = content("網民規模9.89億".encode("big5"), "a.txt", encoding="big5")
    assert (found.text, found.encoding, found.notes) == ("網民規模9.89億", "big5hkscs", ())


def test_a_declared_encoding_that_does_not_fit() -> None:
    """Where the bytes are not in the encoding that the sidecar names, the others are tried, and it is a finding."""
    found = content("网民9.89亿", "a.txt", encoding="ascii")
    assert found.encoding == "utf-8"
    assert found.notes == (
        ("encoding", "It is not in ascii, the encoding that its sidecar names; it was read as utf-8."),
    )


@pytest.mark.parametrize("name", ["klingon", "hex", "utf 99"])
def test_an_encoding_that_there_is_not(name: str) -> None:
    """An encoding that nobody knows is a mistake in the sidecar."""
    with pytest.raises(ReaderError, match=f"the sidecar names the encoding '{name}', which is unknown"):
        content(b"5 million", "a.txt", encoding=name)


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.html"])
def test_a_text_that_is_too_long(name: str) -> None:
    """A text beyond the limit is refused with both numbers and the setting that raises it."""
    with pytest.raises(ReaderError, match=r"1,001 characters are more than the 1,000 characters that.*`characters`"):
        read_bytes(name, b"a" * 1001, Metadata(), Limits(characters=1000))


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (
            Limits(characters=20),
            r"\d+ characters are more than the 20 characters that are read of one document",
        ),
        (Limits(numbers=3), "4 numbers are more than the 3 numbers that are read of one document"),
    ],
)
def test_more_than_can_be_resolved(limits: Limits, message: str) -> None:
    """Characters and numbers of cells are counted as those of the text."""
    source = Source(key="k", path="a.csv", sha256="f" * 64, data=b"area,users\nA,5\nB,6\nC,7,1\n")
    with pytest.raises(ReaderError, match=message):
        read(source, limits)


def test_line_ends() -> None:
    """Whatever ends a line in the file, in the text it is one character."""
    assert content(b"a\r\nb\rc\n", "a.txt").text == "a\nb\nc\n"


def test_plain_text() -> None:
    """Headings, items and paragraphs are blocks, and their offsets are those of the text."""
    text = "# Users\n\nThere were 5.\n- of them 3\n2. of them 2\n\n## More\nLast"
    assert kinds(content(text, "a.md")) == [
        ("heading", "# Users"),
        ("paragraph", "There were 5."),
        ("item", "- of them 3"),
        ("item", "2. of them 2"),
        ("heading", "## More"),
        ("paragraph", "Last"),
    ]
    assert [block.level for block in content(text, "a.md").blocks if block.kind == "heading"] == [1, 2]


def test_wrapped_lines() -> None:
    """A long line that ends in mid-sentence goes on in the next one, a short line or a finished one does not."""
    wrapped = "The number of users in the whole of the country then reached\n1.032 billion.\n"
    assert kinds(content(wrapped + "Short\nlines\n", "a.txt")) == [
        ("paragraph", wrapped.strip()),
        ("paragraph", "Short"),
        ("paragraph", "lines"),
    ]


def test_blank_text() -> None:
    """A file of blank lines has no blocks."""
    assert content(b"\n \n", "a.txt").blocks == ()


def test_tables_in_text() -> None:
    """Rows between bars, with a rule below the first, are a table and no text; the line above is its caption."""
    rows = "| Year | Users \\| all |\n|:-----|-----:|\n| 2021 | **1,032** |\n| 2022 | |\n"
    text = f"Some words of introduction that go on for longer than a line does\n\n## Users\n\n{rows}\nAfter.\n"
    found = content(text, "a.md")
    assert grid(found) == [(1, 1, "Year"), (1, 2, "Users \\| all"), (2, 1, "2021"), (2, 2, "**1,032**"), (3, 1, "2022")]
    assert [text[cell.start : cell.start + len(cell.text)] for cell in found.tables[0].cells if cell.start] == [
        cell.text for cell in found.tables[0].cells
    ]
    assert (found.tables[0].name, found.tables[0].caption) == ("table 1", "Users")
    assert [words for _, words in kinds(found)][1:] == ["## Users", "After."]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("| a | b |\n| 1 | 2 |\n", ["a", "b", "1", "2"]),
        ("a | b\n--|--\n1 | 2\n", ["a", "b", "1", "2"]),
    ],
)
def test_plain_tables(text: str, cells: list[str]) -> None:
    """Two rows between bars make a table without a rule, and a rule one without outer bars."""
    assert [cell for _, _, cell in grid(content(text, "a.md"))] == cells


@pytest.mark.parametrize(
    "head",
    [
        "             Accounts (thousand)   Sites (thousand)",
        "             Accounts   Sites\n             (thousand)   (thousand)",
    ],
)
def test_heads_over_all_columns_but_the_first(head: str) -> None:
    """A head that names one column less than the rows below have leaves out the one of their names."""
    found = content(
        f"By place\n{head}\nNorth               2.7           10.6\nSouth               3.6            6.6\n", "a.txt"
    )
    cells = {(row, column): text for row, column, text in grid(found)}
    last = max(row for row, _ in cells)
    assert (cells[1, 2][:8], cells[1, 3][:5], cells[last, 1], cells[last, 3]) == ("Accounts", "Sites", "South", "6.6")


def test_slashes_between_columns() -> None:
    """Rows of numbers between slashes under a line that names them all are a table; words between slashes are none."""
    rows = "Service / Users / Rate\nNews / 781 / 77.5%\nGames / 566 / -\n"
    found = content(f"Table 3 Users by service\n\n{rows}\nAfter.\n", "a.txt")
    assert grid(found)[3:6] == [(2, 1, "News"), (2, 2, "781"), (2, 3, "77.5%")]
    assert found.tables[0].caption == "Table 3 Users by service"
    words = "Cats / dogs / birds\nNorth / 12 / mostly cats\nSouth / 13 / mostly dogs\n"
    assert content(words, "a.txt").tables == ()


@pytest.mark.parametrize("text", ["| a | b |\n", "up | down\n", "either | or\nthis line has none\n"])
def test_bars_without_a_table(text: str) -> None:
    """A bar in a single line makes no table."""
    found = content(text, "a.md")
    assert found.tables == ()
    assert len(found.blocks) == text.count("\n")


def test_read_says_where_a_source_comes_from() -> None:
    """The document carries the source's key, hash and metadata, and the format that was read."""
    about = Metadata(title="T")
    document = read(Source(key="k", path="in/a.html", sha256="f" * 64, metadata=about, data=b"<p>5</p>"))
    assert (document.key, document.sha256, document.metadata) == ("k", "f" * 64, about)
    assert (document.media_type, document.encoding, document.text) == ("text/html", "utf-8", "5\n")


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        ("a,b\n1,2\n", [(1, 1, "a"), (1, 2, "b"), (2, 1, "1"), (2, 2, "2")]),
        ("a;b\n1,5;2\n3,5;4\n", [(1, 1, "a"), (1, 2, "b"), (2, 1, "1,5"), (2, 2, "2"), (3, 1, "3,5"), (3, 2, "4")]),
        ("A, b\nc;d\nx;1,995\n", [(1, 1, "A, b"), (2, 1, "c"), (2, 2, "d"), (3, 1, "x"), (3, 2, "1,995")]),
        ("a\tb\n1\t2\n", [(1, 1, "a"), (1, 2, "b"), (2, 1, "1"), (2, 2, "2")]),
        ('a,b\n"1,032",""\n', [(1, 1, "a"), (1, 2, "b"), (2, 1, "1,032")]),
        ('a,b\n"x\ny",2', [(1, 1, "a"), (1, 2, "b"), (2, 1, "x\ny"), (2, 2, "2")]),
        ("a\n5\n", [(1, 1, "a"), (2, 1, "5")]),
        ("\n\n", []),
    ],
)
def test_csv(data: str, rows: list[tuple[int, int, str]]) -> None:
    """Commas, semicolons, tabs and quotes are told apart; an empty field is no cell."""
    assert grid(content(data, "a.csv")) == rows


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        (";", "Users, by area and sex\nSource: Office, 2022\n\nArea;Sex;Million\nUrban;m;374,1\nRural;f;142,2\n"),
        (";", "Services\nMobile, fixed and other;5,1;6,2\nRadio, TV, fixed;7,1;8,1\n"),
        ("\t", "网民规模，按地区\n单位：万人\n地区\t2020年\t2021年\n城镇\t68,000\t74,800\n农村\t30,900\t28,400\n"),
        ("|", "Area|Users|Share, %\nUrban|748|72,4\nRural|284|27,6\n"),
        (",", "通信业指标（一）\n单位：亿元、万户\n指标,单位,本年\n电信业务收入,亿元,14700\n注：1.快报数,2.可比口径\n"),
        (",", "Area,Users\nUrban,748\nRural,284\nNotes: a; b; c; d\nMore; x\n"),
        (",", "# version 3; final\n# unit: thousand; base: 2015\nyear,value,flag\n2019,5.1,a\n2020,6.2,b\n"),
        (",", "country,users\nCote d'Ivoire,5\nPeople's Republic,6\n"),
        (",", "Area,Users;\nUrban,748;\nRural,284;\n"),
        (",", "1,2\n3,4\n"),
    ],
)
def test_what_divides_cells(mark: str, text: str) -> None:
    """Titles, notes, commas within words and decimal commas do not hide what stands between the cells."""
    assert delimiter(text) == mark


def test_csv_in_gb18030() -> None:
    """A Chinese spreadsheet's export is read as such."""
    found = content("指标;2021年\n网民规模（万人）;103195\n".encode("gb18030"), "a.csv", title="网民")
    assert grid(found)[2:] == [(2, 1, "网民规模（万人）"), (2, 2, "103195")]
    assert (found.encoding, found.tables[0].caption) == ("gb18030", "网民")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ('a,b\n"x,1\ny,2\nz,3\n', r'not comma-separated values: a quote \("\) that opens in row 2 is never closed'),
        ("a,b\nc," + "x" * 200_000, "row 2 has a cell of more than 100,000 characters"),
        (
            'a,b\n"x,1\n' + "y,2\n" * 50_000,
            r'row 2 has a cell of more than .* a quote \("\) that is never closed',
        ),
        ("a\n" * 200_001, "more than the 200,000 rows"),
    ],
)
def test_csv_that_is_none(data: str, message: str) -> None:
    """A quote without an end would swallow the rest of the table: the file is refused."""
    with pytest.raises(ReaderError, match=message):
        content(data, "a.csv")
