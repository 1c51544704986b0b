"""Archives of reports: which members are documents, under which key, and which are findings."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from bulletin.discover import discover, sha256
from bulletin.limits import DEFAULTS, Limits
from bulletin.model import Source
from bulletin.read import read
from tests.samples import make_hostile as hostile


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    return tmp_path


def packed(*members: tuple[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def found(data: bytes, limits: Limits = DEFAULTS, path: str = "in") -> list[Source]:
    Path("in/reports.zip").write_bytes(data)
    return discover([path], limits)


def problems(data: bytes, limits: Limits = DEFAULTS) -> dict[str, str]:
    """Return why each source cannot be read that cannot, by what follows the archive's name in its key."""
    sources = found(data, limits)
    return {source.key.removeprefix("in/reports.zip"): source.problem for source in sources if source.problem}


def named(*names: bytes, flag: bool = False) -> bytes:
    """Return an archive whose members have names of these bytes."""
    plain = [("m" * (len(name) - 1) + chr(ord("a") + at), b"5 million") for at, name in enumerate(names)]
    data = packed(*plain)
    for (before, _), name in zip(plain, names, strict=True):
        data = data.replace(before.encode(), name)
    return data


@pytest.mark.parametrize("path", ["in", "in/reports.zip", "in/*.zip"])
def test_members_are_documents(path: str) -> None:
    """Each file of an archive is a document, with a key, a hash and a size of its own, read as any other."""
    data = packed(("b.txt", "5 million"), ("inner/a.csv", "a,b\n1,2\n"), ("inner/", ""))
    first, second = found(data, path=path)
    assert (first.key, first.sha256, first.size) == ("in/reports.zip/b.txt", sha256(b"5 million"), 9)
    assert second.key == "in/reports.zip/inner/a.csv"
    assert read(first).text == "5 million"
    assert [cell.text for cell in read(second).tables[0].cells] == ["a", "b", "1", "2"]


def test_sidecars_of_members() -> None:
    """A member's sidecar lies beside it in the archive; what it does not say, the archive's own one says."""
    Path("in/reports.zip.yml").write_text("publisher: P\narea: CN\n", encoding="utf-8")
    data = packed(("a.txt", "5"), ("a.txt.yml", "area: US\ntitle: T\n"), ("b.txt", "6"), ("c.yml", "x"))
    a, b, c = found(data)
    assert (a.metadata.publisher, a.metadata.area, a.metadata.title) == ("P", "US", "T")
    assert (b.metadata.publisher, b.metadata.area, b.metadata.title) == ("P", "CN", None)
    assert c.key == "in/reports.zip/c.yml"


def test_broken_sidecars() -> None:
    """A sidecar in the archive that is wrong is a problem of its member; the archive's own is one of the archive."""
    data = packed(("a.txt", "5"), ("a.txt.yml", "- x"), ("b.txt", "6"))
    assert problems(data) == {"/a.txt": "its sidecar a.txt.yml must hold fields such as `publisher: ...`, not a list"}
    Path("in/reports.zip.yml").write_text("published: soon", encoding="utf-8")
    assert list(problems(data)) == [""]


def test_what_is_left_out() -> None:
    """Hidden files, what systems leave in archives, and what the folder's `.bulletinignore` names are left out."""
    Path("in/.bulletinignore").write_text("reports.zip/drafts/*\n", encoding="utf-8")
    names = ("a.txt", ".hidden.txt", "x/.DS_Store", "__MACOSX/._a.txt", "drafts/b.txt", "./c.txt")
    keys = [source.key for source in found(packed(*((name, "5") for name in names)))]
    assert keys == ["in/reports.zip/a.txt", "in/reports.zip/c.txt"]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("网民规模.txt".encode(), "网民规模.txt"),
        ("网民规模.txt".encode("gbk"), "网民规模.txt"),
        ("㐂.txt".encode("gb18030"), "㐂.txt"),
        (b"r\x82sum\x82.txt", "résumé.txt"),
    ],
)
def test_names_without_an_encoding(raw: bytes, name: str) -> None:
    """Where an archive does not say that its names are UTF-8 they still may be, or GB18030, or of an old PC."""
    (source,) = found(named(raw))
    assert source.key == f"in/reports.zip/{name}"
    assert read(source).text == "5 million"


@pytest.mark.parametrize(
    "name",
    [
        b"../a.txt",
        b"a/../../b.txt",
        b"/etc/a.txt",
        b"C:a.txt",
        b"c:/a.txt",
        b"a\\b.txt",
        b"\\\\host\\a.txt",
        b"a/../b.txt",
    ],
)
def test_names_that_lead_out(name: bytes) -> None:
    """A member whose name leads out of the archive is a problem that names it, and the others are documents."""
    (key,) = (told := problems(named(name, b"good.txt")))
    assert key == f"/{name.decode()}"
    assert told[key].startswith("in the archive reports.zip: its name cannot be used: it ")
    assert len(found(named(name, b"good.txt"))) == 2


@pytest.mark.parametrize(
    ("name", "shown"), [(b"a\0.txt", "a\\x00.txt"), (b"a\n.txt", "a\\n.txt"), (b"a\x1b.t", "a\\x1b.t")]
)
def test_names_that_none_has(name: bytes, shown: str) -> None:
    """A member with control characters in its name is a problem, whose key shows them."""
    assert list(problems(named(name, b"good.txt"))) == [f"/{shown}"]


def test_a_name_that_comes_twice() -> None:
    """Of two members of one name the first is the document."""
    data = named(b"a.txt", b"b.txt").replace(b"b.txt", b"a.txt")
    assert problems(data) == {"/a.txt (again)": "in the archive reports.zip: another file of the archive has its name"}


@pytest.mark.parametrize(
    ("file", "key", "problem"),
    [
        ("encrypted.zip", "/secret.txt", "it is encrypted: unpack the archive with its password"),
        ("link.zip", "/passwd.txt", "it is a link or a device, no file"),
        ("nested.zip", "/inner.zip", "it is an archive within an archive: unpack it"),
        (
            "bomb.zip",
            "/0.txt",
            "unpacked it is 1,028 times larger, more than the 200 times that are read: raise `unpacked",
        ),
        ("truncated.zip", "", "it is no .zip archive, or its end is missing: fetch it again"),
    ],
)
def test_hostile_archives(file: str, key: str, problem: str) -> None:
    """What is encrypted, a link, an archive or a bomb is a problem of its member; what is cut off, of the archive."""
    assert problem in problems(hostile.data(file))[key]


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        (Limits(file_bytes=4), {"/b.txt": "it has 9 bytes, more than the 4 that are read: raise `file_bytes`"}),
        (Limits(unpacked_bytes=10), {"/c.txt": "with it the archive has more than the 10 bytes that are unpacked"}),
        (Limits(archive_members=2), {"": "3 files are more than the 2 that are read of one archive: raise `archive_m"}),
    ],
)
def test_limits(limits: Limits, told: dict[str, str]) -> None:
    """A member beyond a limit is a problem that names the limit; those within it are documents."""
    data = packed(("a.txt", "5"), ("b.txt", "6 million"), ("c.txt", "7"))
    found = problems(data, limits)
    assert found.keys() == told.keys()
    assert all(words in found[key] for key, words in told.items())
    Path("in/reports.zip").write_bytes(data)
    assert sum(source.problem is None for source in discover(["in"], limits)) == 2


def test_a_directory_without_end() -> None:
    """An archive whose directory is larger than of so many members is refused before it is read."""
    data = bytearray(packed(("a.txt", "5")))
    struct.pack_into("<L", data, len(data) - 10, 100_000_000)
    assert "its directory has 100,000,000 bytes" in problems(bytes(data))[""]


def test_a_damaged_member() -> None:
    """A member whose bytes do not add up is a problem, and the others are documents."""
    data = packed(("a.txt", "5 million"), ("b.txt", "6 million"))
    at = data.index(b"a.txt") + 6
    told = problems(data[:at] + bytes([data[at] ^ 255]) + data[at + 1 :])
    assert list(told) == ["/a.txt"]
    assert told["/a.txt"].startswith("in the archive reports.zip: it cannot be unpacked: ")


def test_a_member_packed_by_other_means() -> None:
    """What is neither stored nor deflated is a problem: unpacking it may take any memory."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", "5 million")
    assert "compressed by method 14; stored and deflated files are read" in problems(buffer.getvalue())["/a.txt"]


def test_an_empty_archive() -> None:
    """An archive without a file to read is a problem, not silence."""
    assert problems(packed()) == {"": "the archive holds no file that is to be read"}
