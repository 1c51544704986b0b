"""From paths to sources: what is taken, what is left out, and what the sidecars say."""

import json
import os
from pathlib import Path

import pytest

from bulletin.discover import discover, sha256
from bulletin.errors import ReaderError, UsageError
from bulletin.limits import DEFAULTS, Limits
from bulletin.model import Metadata
from bulletin.read import read

MEMORY = Path("/proc/self/mem")
"""A file that is there, and that nobody can read from its beginning."""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, text: str | bytes = "5 million") -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def keys(*paths: str) -> list[str]:
    return [source.key for source in discover(paths)]


def test_a_folder_is_walked() -> None:
    """All files of a folder and the folders in it are found, in the order of their names."""
    for name in ("in/b.txt", "in/a/z.md", "in/a/y.csv", "in/c.html"):
        write(name)
    assert keys("in") == ["in/a/y.csv", "in/a/z.md", "in/b.txt", "in/c.html"]


def test_what_a_walk_leaves_out() -> None:
    """Hidden files and folders, sidecars, and what the folder's `.bulletinignore` names are left out."""
    for name in ("a.txt", "a.txt.yml", ".hidden.txt", ".git/b.txt", "skip.log", "build/c.txt", "d/skip.log"):
        write(f"in/{name}", "note: x")
    write("in/.bulletinignore", "# what is not a report\nskip.*\n\n  build/  \n")
    assert keys("in") == ["in/a.txt", "in/d/skip.log"]


def test_an_ignore_file_that_is_no_text() -> None:
    """A `.bulletinignore` that cannot be read stops the run, since nobody knows what it was to leave out."""
    write("in/.bulletinignore", b"\xff\xfe\x00")
    with pytest.raises(UsageError, match=r"in/\.bulletinignore: not UTF-8"):
        discover(["in"])


def test_a_file_that_is_named_is_taken() -> None:
    """What a walk leaves out is taken when it is named."""
    write("in/.hidden.txt")
    write("in/skip.log")
    write("in/.bulletinignore", "skip.log\n")
    assert keys("in/skip.log", "in/.hidden.txt") == ["in/skip.log", "in/.hidden.txt"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("in/*.txt", ["in/a.txt", "in/b.txt"]),
        ("in/**/*.txt", ["in/a.txt", "in/b.txt", "in/c/d.txt"]),
        ("in/[bc]*", ["in/b.txt", "in/c/d.txt"]),
        ("in/*.yml", ["in/alone.yml"]),
    ],
)
def test_a_glob(pattern: str, found: list[str]) -> None:
    """A pattern finds files, and folders to walk, without the sidecars of other files."""
    for name in ("in/b.txt", "in/a.txt", "in/c/d.txt", "in/a.txt.yml", "in/alone.yml"):
        write(name, "note: x")
    assert keys(pattern) == found


def test_a_name_that_looks_like_a_pattern() -> None:
    """A file with brackets in its name is that file."""
    write("in/report [2021].txt")
    assert keys("in/report [2021].txt") == ["in/report [2021].txt"]


@pytest.mark.parametrize(
    ("path", "message"),
    [("nowhere", "nowhere: no such file or folder"), ("nowhere/*.txt", "the pattern matches no file")],
)
def test_nothing_there(path: str, message: str) -> None:
    """A path that leads nowhere is a mistake of the one who asked."""
    with pytest.raises(UsageError, match=message.replace("*", r"\*")):
        discover([path])


def test_a_file_named_twice_is_one_source(here: Path) -> None:
    """However a file is named, it is found once, under its path from here."""
    write("in/a.txt")
    paths = ["in/a.txt", "in", "./in/a.txt", str(here / "in" / "a.txt"), "in/../in/a.txt", "in/*.txt"]
    assert keys(*paths) == ["in/a.txt"]


def test_a_file_elsewhere_has_its_whole_path(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that does not lie below the folder that one works in keeps its absolute path."""
    write("in/a.txt")
    write("work/b.txt")
    monkeypatch.chdir("work")
    assert keys("../in/a.txt") == [f"{here.as_posix()}/in/a.txt"]


def test_links(here: Path) -> None:
    """A link to a file of the folder is a file; a linked folder is not walked, a link that leads nowhere left out."""
    write("in/real.txt")
    Path("in/link.txt").symlink_to("real.txt")
    Path("in/broken.txt").symlink_to("nowhere")
    Path("in/loop").symlink_to(here / "in")
    assert keys("in") == ["in/link.txt", "in/real.txt"]
    assert keys("in/*.txt") == ["in/link.txt", "in/real.txt"]
    assert keys("in/**/*.txt") == ["in/link.txt", "in/real.txt"]


def problems(*paths: str, limits: Limits = DEFAULTS) -> dict[str, str]:
    """Return why each source cannot be read that cannot, by key."""
    return {source.key: source.problem for source in discover(paths, limits) if source.problem}


@pytest.mark.parametrize("path", ["in", "in/*", "in/**/*.txt"])
def test_links_that_lead_out(here: Path, path: str) -> None:
    """A link that leads out of the folder is a problem that names its target, and nothing behind it is read."""
    write("in/real.txt")
    secret = here / write("elsewhere/secret.txt")
    Path("in/out.txt").symlink_to(secret)
    said = "it is a link that leads out of the folder, to {}: put the file itself there, or name it"
    assert problems(path)["in/out.txt"] == said.format(secret.resolve())
    assert len(keys(path)) == 2


def test_a_linked_folder_that_lies_elsewhere() -> None:
    """A linked folder outside of the one that is walked is a problem too; a linked folder that is named is walked."""
    write("elsewhere/secret.txt")
    write("in/real.txt")
    Path("in/out").symlink_to(Path("elsewhere").absolute())
    Path("named").symlink_to("elsewhere")
    assert list(problems("in")) == ["in/out"]
    assert keys("named") == ["named/secret.txt"]


def test_a_sidecar_that_lies_elsewhere() -> None:
    """A sidecar that is a link out of the folder is not read."""
    write("secret.yml", "publisher: secret")
    write("in/a.txt")
    Path("in/a.txt.yml").symlink_to(Path("secret.yml").absolute())
    assert problems("in")["in/a.txt"].startswith("its sidecar cannot be believed: it is a link that leads out")


def test_what_is_no_file(here: Path) -> None:
    """A named pipe is a problem, walked or named: nobody waits for what it may hold."""
    write("in/a.txt")
    os.mkfifo("in/pipe.txt")
    assert problems("in") == problems("in/pipe.txt") == {"in/pipe.txt": "it is a named pipe, no file"}


def test_a_file_that_is_too_large() -> None:
    """A file of more bytes than are read is a problem that names both numbers, and is not opened."""
    write("in/a.txt")
    with write("in/b.txt").open("wb") as file:
        file.truncate(200_000_000)
    found = problems("in")["in/b.txt"]
    assert found.startswith(
        "it has 200,000,000 bytes, more than the 100,000,000 that are read of one file: raise `file"
    )
    assert problems("in", limits=Limits(file_bytes=8)).keys() == {"in/a.txt", "in/b.txt"}


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs an endless file")
def test_a_file_without_end() -> None:
    """A file that says nothing of its size is read up to the limit, no further."""
    endless = Path("/proc/self/environ")
    assert problems(str(endless), limits=Limits(file_bytes=4))[str(endless)].startswith("it has endless bytes")


def test_a_name_that_is_no_text() -> None:
    """A file whose name is not UTF-8 has a key in which the bytes are written out, and is read."""
    Path("in").mkdir()
    Path(os.fsdecode(b"in/\xff.txt")).write_text("5 million", encoding="utf-8")
    (source,) = discover(["in"])
    assert source.key == "in/\\udcff.txt"
    assert read(source).text == "5 million"


def test_folders_within_folders_without_end(here: Path) -> None:
    """A folder may be as deep as the system lets it be."""
    depth = 1_500
    for _ in range(depth):
        Path("d").mkdir()
        os.chdir("d")
    write("a.txt")
    os.chdir(here)
    try:
        assert len(keys("d")) == 1
    finally:  # what removes the test's folder goes down by recursion
        os.chdir("d/" * depth)
        Path("a.txt").unlink()
        for _ in range(depth):
            os.chdir("..")
            Path("d").rmdir()


def test_a_file_that_changes() -> None:
    """What was changed between being found and being read is not loaded under the hash of what it was."""
    write("in/a.txt")
    (source,) = discover(["in"])
    write("in/a.txt", "6 million")
    with pytest.raises(ReaderError, match="it was changed after it was found: ingest it again"):
        read(source)


def test_same_bytes_in_two_files_are_two_sources() -> None:
    """Two files with the same bytes are two sources of one hash."""
    write("in/a.txt")
    write("in/b.txt")
    first, second = discover(["in"])
    assert first.sha256 == second.sha256 == sha256(b"5 million")
    assert (first.size, first.key, second.key) == (9, "in/a.txt", "in/b.txt")


@pytest.mark.skipif(not MEMORY.exists(), reason="needs the files of Linux")
def test_an_unreadable_file_is_a_problem() -> None:
    """A file that cannot be opened is a source with a problem, and does not stop the others."""
    write("in/a.txt")
    Path("b.txt").symlink_to(MEMORY)
    first, second = discover(["in", "b.txt"])
    assert first.problem is None
    assert second.problem == "cannot be opened: Input/output error"
    with pytest.raises(ReaderError, match="cannot be opened"):
        read(second)


@pytest.mark.skipif(not MEMORY.exists(), reason="needs the files of Linux")
def test_an_unreadable_sidecar_is_a_problem() -> None:
    """A sidecar that cannot be opened is a problem of its file."""
    write("in/a.txt")
    Path("in/a.txt.yml").symlink_to(MEMORY)
    (source,) = discover(["in/a.txt"])
    assert source.problem == "its sidecar a.txt.yml cannot be opened: Input/output error"


def sidecar(text: str | bytes) -> tuple[Metadata, str | None, tuple[tuple[str, str], ...]]:
    write("in/a.txt")
    write("in/a.txt.yml", text)
    (source,) = discover(["in"])
    return source.metadata, source.problem, source.notes


def test_a_sidecar() -> None:
    """Every field of a sidecar is taken as it is written."""
    text = """
        publisher: 互联网中心
        title: "Report: the 49th"
        published: 2022-02-25
        url: https://example.org/49
        language: no
        area: NO
        licence: CC0-1.0
        note: 007
        encoding: gb18030
    """
    assert sidecar(text) == (
        Metadata(
            publisher="互联网中心",
            title="Report: the 49th",
            published="2022-02-25",
            url="https://example.org/49",
            language="no",
            area="NO",
            licence="CC0-1.0",
            note="007",
            encoding="gb18030",
        ),
        None,
        (),
    )


@pytest.mark.parametrize(
    "text", ["", "# nothing yet\n", "publisher:\n", "publisher: ~\n", "publisher: null\n", "note: ' '"]
)
def test_a_sidecar_that_says_nothing(text: str) -> None:
    """A sidecar without a value says nothing, and that is no problem."""
    assert sidecar(text) == (Metadata(), None, ())


def test_no_sidecar() -> None:
    """A file without a sidecar is read without metadata."""
    write("in/a.txt")
    (source,) = discover(["in"])
    assert (source.metadata, source.problem) == (Metadata(), None)


@pytest.mark.parametrize("published", ["2022", "2022-02", "2022-02-25", "'2024-02-29'"])
def test_dates(published: str) -> None:
    """A year, a month or a day is a date."""
    metadata, problem, _ = sidecar(f"published: {published}")
    assert (metadata.published, problem) == (published.strip("'"), None)


@pytest.mark.parametrize(
    "published",
    [
        "yesterday",
        "2022-13",
        "2022-02-30",
        "2023-02-29",
        "22-02-25",
        "20220225",
        "2022-2-5",
        "2022-02-25T00:00",
        "２０２２",
    ],
)
def test_bad_dates(published: str) -> None:
    """What is no day, month or year of the calendar is a problem that names the field and shows what is right."""
    _, problem, _ = sidecar(f"published: {published}")
    assert problem == f"its sidecar a.txt.yml: `published: {published}` is no date; write 2022-02-25 or 2022-02"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("publisher: [", "its sidecar a.txt.yml, line 1, is no YAML: "),
        ("title: a\nnote: 'b\n", "its sidecar a.txt.yml, line 3, is no YAML: "),
        (b"title: \x00", "its sidecar a.txt.yml is no YAML: "),
        ("[" * 5000, "its sidecar a.txt.yml is no YAML: "),
        ("- publisher", "its sidecar a.txt.yml must hold fields such as `publisher: ...`, not a list"),
        ("publisher", "its sidecar a.txt.yml must hold fields such as `publisher: ...`, not plain text"),
        ("title: [a, b]", "its sidecar a.txt.yml: `title` must be one text"),
        ("title: {en: a}", "its sidecar a.txt.yml: `title` must be one text"),
        ('title: "\\ud83d"', "its sidecar a.txt.yml: `title` holds half of a character (a lone surrogate)"),
        ('title: "\\UFFFFFFFF"', "its sidecar a.txt.yml is no YAML: "),
        ("#" * 70_000, "its sidecar a.txt.yml has more than the 65,536 bytes that are read of one"),
    ],
)
def test_a_broken_sidecar(text: str | bytes, problem: str) -> None:
    """A sidecar that cannot be believed is a problem of its file: where it is and what is wrong."""
    _, found, _ = sidecar(text)
    assert found
    assert found.startswith(problem)


def test_unknown_fields() -> None:
    """A field that there is not is told, with those that there are, and the file is read all the same."""
    metadata, problem, notes = sidecar("publsher: x\ntitle: T\n1: 2\n")
    assert (metadata, problem) == (Metadata(title="T"), None)
    ((rule, message),) = notes
    assert rule == "sidecar"
    assert "its sidecar a.txt.yml: 1, publsher; allowed are publisher, title, published" in message
    (source,) = discover(["in"])
    assert read(source).notes == notes


def lines(*records: object) -> str:
    return "".join(f"{record if isinstance(record, str) else json.dumps(record)}\n" for record in records)


def test_a_collection() -> None:
    """A JSON Lines file is one source a line, with its own key, hash and metadata."""
    write(
        "in/some.docs.jsonl",
        lines(
            {
                "doc_id": "a",
                "text": "网民 5",
                "published": "2022-02-26",
                "source_url": "http://x",
                "title": None,
                "more": 1,
            },
            "",
            {"doc_id": 7, "text": "6 million"},
        ),
    )
    first, second = discover(["in"])
    assert (first.key, first.path, first.data) == ("a", "in/some.docs.jsonl", "网民 5".encode())
    assert first.metadata == Metadata(published="2022-02-26", url="http://x")
    assert (second.key, second.sha256) == ("7", sha256(b"6 million"))
    assert read(first).text == "网民 5"


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[1]",
        "5",
        '{"doc_id": "b"}',
        '{"text": "b"}',
        '{"doc_id": "b", "text": 5}',
        "[" * 5000,
        '{"doc_id": ',
        '{"doc_id": "\\ud83d", "text": "x"}',
        '{"doc_id": "b", "text": "\\ud83d"}',
    ],
)
def test_a_bad_line_of_a_collection(line: str) -> None:
    """A line that is no text is a problem under its number, and the lines around it are read."""
    write("in/some.docs.jsonl", lines({"doc_id": "a", "text": "x"}, line, {"doc_id": "c", "text": "y"}))
    first, bad, last = discover(["in"])
    assert (first.key, first.problem, last.key, last.problem) == ("a", None, "c", None)
    assert bad.key == "in/some.docs.jsonl#2"
    assert bad.problem
    assert bad.problem.startswith("line 2 is no record with `doc_id` and `text`: ")


def test_a_bad_date_in_a_collection() -> None:
    """A record's date is looked at as a sidecar's is."""
    write("in/some.docs.jsonl", lines({"doc_id": "a", "text": "x", "published": "soon"}))
    (source,) = discover(["in"])
    assert source.problem == "line 1: `published: soon` is no date; write 2022-02-25 or 2022-02"


def test_an_id_that_comes_twice() -> None:
    """Two texts of one id in a collection cannot be told apart: the second is a problem."""
    write("in/some.docs.jsonl", lines({"doc_id": "a", "text": "x"}, {"doc_id": "a", "text": "y"}))
    first, second = discover(["in"])
    assert first.problem is None
    assert second.problem == "line 2 has the `doc_id` 'a' of line 1; each text needs its own"


@pytest.mark.parametrize("data", ["", "\n\n"])
def test_an_empty_collection(data: str) -> None:
    """A collection without a text is a problem, not silence."""
    write("in/some.docs.jsonl", data)
    (source,) = discover(["in"])
    assert source.problem == "it holds no text, one JSON object a line"
