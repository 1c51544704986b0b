"""Which files a path, a folder or a pattern names."""

import os
from pathlib import Path

import pytest

from bulletin.discover import discover, sha256
from bulletin.errors import UsageError
from bulletin.read import read
from tests.discover import keys, write


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


def test_same_bytes_in_two_files_are_two_sources() -> None:
    """Two files with the same bytes are two sources of one hash."""
    write("in/a.txt")
    write("in/b.txt")
    first, second = discover(["in"])
    assert first.sha256 == second.sha256 == sha256(b"5 million")
    assert (first.size, first.key, second.key) == (9, "in/a.txt", "in/b.txt")
