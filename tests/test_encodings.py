"""Encodings: who names one, who lies, what is told from the text itself, and what stays in doubt."""

import time

import pytest

from bulletin.content import decode
from bulletin.errors import ReaderError
from bulletin.limits import Limits

SIMPLIFIED = (
    "截至6月，全国移动电话用户达16.4亿户，比上年末净增2100万户。",
    "指标,单位,数量\n移动电话用户,万户,164300\n固定电话用户,万户,17900\n",
    "地区,万人\n北京,2100\n上海,2400\n黑龙江,3100\n新疆,2500\n",
    "网民规模",
)
TRADITIONAL = (
    "截至6月，全國行動電話用戶達16.4億戶，比上年末淨增2100萬戶。",
    "指標,單位,數量\n行動電話用戶,萬戶,164300\n固定電話用戶,萬戶,17900\n",
    "網民規模",
)
WESTERN = (
    "The country’s mobile subscriptions rose by 3 % – to about £5 million.",
    "Le taux de pénétration des réseaux à très haut débit a été de 87 % en 2021.",
    "Die Zahl der Anschlüsse stieg im größten Land um ein Fünftel.",
    "El número de líneas móviles creció un 2,3 % según la Comisión.",
)
JAPANESE = ("スマートフォンを持つ世帯の割合は、昨年より2.3ポイント増えて88.6％となった。",)


def told(data: bytes, said: str | None = None, declared: str | None = None) -> tuple[str, str, list[str]]:
    """Return text, encoding and what the notes say."""
    found = decode(data, said, declared)
    assert all(rule == "encoding" for rule, _ in found.notes)
    return found.text, found.encoding, [message for _, message in found.notes]


@pytest.mark.parametrize("times", [1, 500])
@pytest.mark.parametrize(
    ("texts", "encoding", "found"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (TRADITIONAL, "utf-8", "utf-8"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TRADITIONAL[:2], "gb18030", "gb18030"),
        (WESTERN, "cp1252", "cp1252"),
        (JAPANESE, "shift_jis", "cp932"),
        ((*SIMPLIFIED, *TRADITIONAL, *WESTERN), "utf-8-sig", "utf-8-sig"),
        ((*SIMPLIFIED, *TRADITIONAL, *WESTERN), "utf-16", "utf-16"),
        ((*SIMPLIFIED[:3], *WESTERN), "utf-16-le", "utf-16-le"),
        ((*TRADITIONAL[:2], *WESTERN), "utf-16-be", "utf-16-be"),
    ],
)
def test_encodings_that_nobody_names(texts: tuple[str, ...], encoding: str, found: str, times: int) -> None:
    """Prose, tables and single words are told by their text alone, without a doubt."""
    for text in texts:
        whole = f"{text}\n" * times
        assert told(whole.encode(encoding)) == (whole, found, [])


def test_characters_that_come_late() -> None:
    """A text that begins with much ASCII is judged by where it ends."""
    text = "The figures are below.\n" * 20_000 + SIMPLIFIED[0]
    assert told(text.encode("gbk"))[:2] == (text, "gb18030")


def test_the_mark_comes_before_all() -> None:
    """A byte order mark is believed before the sidecar and the page."""
    assert told("网民".encode("utf-16"), "gb18030", "big5")[1:] == ("utf-16", [])


def test_the_sidecar_comes_before_the_page() -> None:
    """What the sidecar says is believed before what the page declares."""
    assert told("網民規模".encode("big5"), "big5", "gb2312")[:2] == ("網民規模", "big5hkscs")


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030"])
def test_simplified_chinese_is_read_as_its_largest(declared: str) -> None:
    """Who declares GB2312 often writes characters of GB18030: it is always read as that."""
    assert told("网民㐂规模".encode("gb18030"), None, declared) == ("网民㐂规模", "gb18030", [])


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        (SIMPLIFIED[0], "gb18030", "utf-8"),
        (SIMPLIFIED[0], "utf-8", "gb2312"),
        (SIMPLIFIED[0], "utf-8", "iso-8859-1"),
        (WESTERN[1], "utf-8", "windows-1252"),
        (WESTERN[1], "cp1252", "utf-8"),
    ],
)
def test_a_page_that_lies(text: str, encoding: str, declared: str) -> None:
    """A page that declares what it is not in is read as what it is, and the lie is a finding that names both."""
    words, found, notes = told(text.encode(encoding), None, declared)
    assert (words, found) == (text, encoding)
    (note,) = notes
    assert note.endswith(f"the encoding that the page itself names; it was read as {encoding}.")


def test_a_page_that_names_what_there_is_not() -> None:
    """A page whose encoding nobody knows is read as one that names none."""
    assert told("网民".encode(), None, "nonsense") == ("网民", "utf-8", [])


def test_a_doubt() -> None:
    """Where two encodings are nearly as likely the finding names both, and how the sidecar settles it."""
    data = "網民".encode("gb18030")
    _, encoding, (note,) = told(data)
    assert encoding == "big5hkscs"
    assert note.startswith("It was read as big5hkscs, but it may be in cp932 or gb18030 (how well it reads, ")
    assert note.endswith("write the right one into its sidecar, `encoding: big5hkscs`.")
    assert told(data, "gb18030") == ("網民", "gb18030", [])


@pytest.mark.parametrize(("encoding", "cut"), [("utf-8", 1), ("utf-8", 2), ("gb18030", 1)])
def test_a_text_that_was_cut_off(encoding: str, cut: int) -> None:
    """A text that ends within a character is read but for that one, and the finding names its line."""
    data = (f"{SIMPLIFIED[0]}\n" * 3).rstrip("\n。").encode(encoding)[:-cut]
    text, found, (note,) = told(data)
    assert text.endswith("\ufffd")
    assert found == encoding
    assert note == f"1 of its characters are invalid in {encoding}, the first in line 3; fetch it again."


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(1, 256)) * 20,
        b"5 million \0 users",
        "\ud83d 5 million".encode("utf-8", "surrogatepass"),
        "Количество абонентов выросло".encode("cp1251"),
    ],
)
def test_what_is_no_text(data: bytes) -> None:
    """Binary bytes, NUL, halves of characters and scripts that nobody expects are refused with what was tried."""
    with pytest.raises(ReaderError, match=r"no text in utf-8, gb18030, big5hkscs, .*`encoding:` in its sidecar"):
        decode(data)


def test_nothing_of_it_depends_on_size() -> None:
    """Twenty megabytes are told apart as fast as their decoding: only a sample is looked at."""
    data = (SIMPLIFIED[0] + "\n").encode("gbk") * 300_000
    start = time.process_time()
    data.decode("gb18030")
    bare = time.process_time() - start
    decode(data, limits=Limits(characters=20_000_000))
    assert time.process_time() - start - bare < 10 * bare + 1
