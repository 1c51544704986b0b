"""What is found and must not or cannot be read: links that lead out, what is no file, what is too large or changes."""

import os
from pathlib import Path

import pytest

from bulletin.discover import discover
from bulletin.errors import ReaderError
from bulletin.limits import DEFAULTS, Limits
from bulletin.read import read
from tests.discover import keys, write

MEMORY = Path("/proc/self/mem")
"""A file that is there, and that nobody can read from its beginning."""


def problems(*paths: str, limits: Limits = DEFAULTS) -> dict[str, str]:
    """Return why each source cannot be read that cannot, by key."""
    return {source.key: source.problem for source in discover(paths, limits) if source.problem}


def test_links(here: Path) -> None:
    """A link to a file of the folder is a file; a linked folder is not walked, a link that leads nowhere left out."""
    write("in/real.txt")
    Path("in/link.txt").symlink_to("real.txt")
    Path("in/broken.txt").symlink_to("nowhere")
    Path("in/loop").symlink_to(here / "in")
    assert keys("in") == ["in/link.txt", "in/real.txt"]
    assert keys("in/*.txt") == ["in/link.txt", "in/real.txt"]
    assert keys("in/**/*.txt") == ["in/link.txt", "in/real.txt"]


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


def test_a_file_that_changes() -> None:
    """What was changed between being found and being read is not loaded under the hash of what it was."""
    write("in/a.txt")
    (source,) = discover(["in"])
    write("in/a.txt", "6 million")
    with pytest.raises(ReaderError, match="it was changed after it was found: ingest it again"):
        read(source)


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
