"""The Dockerfile: its steps are run here as a script, in a folder of their own, as an engine would run them.

No engine runs where the tests do. Each COPY copies from the project what `.dockerignore` lets through, each RUN is run
by `sh` with the ENV that stands above it; only the folders of the image (/app, /opt/bulletin, /data) are others, and
packages that this machine has in its cache are not fetched again.
"""

import fnmatch
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("/opt/bulletin", "/app", "/data")
REPORT = "In December 2021 there were 1.032 billion internet users in China."


def instructions() -> Iterator[tuple[str, str]]:
    """Yield the instructions of the Dockerfile with their arguments, continued lines joined."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    for line in re.sub(r"\\\n\s*", "", re.sub(r"(?m)^#.*\n", "", text)).splitlines():
        if line:
            word, _, rest = line.partition(" ")
            yield word, rest


def let_through() -> Iterator[Path]:
    """Yield the files that are sent to the engine, as `.dockerignore` has them."""
    rules = [
        line for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"
    ]
    named = [rule[1:] for rule in rules if rule.startswith("!")]
    for name in named:
        place = ROOT / name
        for file in [place] if place.is_file() else sorted(place.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                yield file.relative_to(ROOT)


class Image:
    """What the steps have made so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.place = {name: folder / name.strip("/").replace("/", "-") for name in FOLDERS}
        self.workdir = folder
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("BULLETIN", "PY"))
        }
        self.user = "root"

    def here(self, text: str) -> str:
        """Return the text with the image's folders as the ones here."""
        for name, place in self.place.items():
            text = re.sub(rf"(?<![\w.]){name}\b", str(place), text)
        return text

    def run(self, command: str) -> "subprocess.CompletedProcess[str]":
        """Run a command as the image would."""
        return subprocess.run(
            ["sh", "-eu", "-c", re.sub(r" --(?:no-cache|compile-bytecode)\b(?!-)", "", self.here(command))],
            cwd=self.workdir,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=600,
        )

    def do(self, word: str, rest: str) -> None:
        """Follow an instruction."""
        if word == "WORKDIR":
            self.workdir = Path(self.here(rest))
            self.workdir.mkdir(parents=True, exist_ok=True)
        elif word == "ENV":
            for pair in shlex.split(rest):
                name, _, value = pair.partition("=")
                self.environment[name] = self.here(value).replace("$PATH", self.environment["PATH"])
        elif word == "COPY":
            *sources, target = rest.split()
            self.copy(sources, target)
        elif word == "USER":
            self.user = rest
        elif word == "RUN" and "useradd" not in rest:
            done = self.run(rest)
            assert done.returncode == 0, f"{rest}\n{done.stderr[-2000:]}"

    def copy(self, sources: list[str], target: str) -> None:
        """Copy what the engine was sent."""
        for source in sources:
            files = [file for file in let_through() if file.as_posix() == source or source in map(str, file.parents)]
            assert files, f"COPY {source}: nothing of that name is sent"
            for file in files:
                inside = file.relative_to(source) if file.as_posix() != source else Path(file.name)
                to = self.workdir / target / inside
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / file, to)


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    """The image, built."""
    made = Image(tmp_path_factory.mktemp("image"))
    for word, rest in instructions():
        if word == "RUN" and "locks/uv.txt" in rest:
            probe = made.run("python -m venv probe && probe/bin/pip download -q --no-deps -d probe uv")
            if probe.returncode:
                pytest.skip("the package index does not answer")
        made.do(word, rest)
    made.place["/data"].mkdir(exist_ok=True)
    return made


def test_image_ingests_what_is_in_the_volume(image: Image) -> None:
    """A container without arguments ingests /data/raw into the warehouse of the volume."""
    raw = image.place["/data"] / "raw"
    raw.mkdir()
    (raw / "report.txt").write_text(REPORT, encoding="utf-8")
    words = {word: rest for word, rest in instructions() if word in ("ENTRYPOINT", "CMD")}
    command = " ".join(re.findall(r'"([^"]+)"', words["ENTRYPOINT"] + words["CMD"]))
    done = image.run(f"{command} --quiet --runner local")
    assert done.returncode == 0, done.stderr
    assert (image.place["/data"] / "warehouse" / "bulletin.duckdb").is_file()
    asked = image.run("bulletin query 'SELECT value::BIGINT AS n FROM series' --format csv")
    assert asked.stdout.split() == ["n", "1032000000"]


def test_image_runs_without_its_sources(image: Image) -> None:
    """What runs is what was installed, SQL and catalogue with it, not the folder that it was built in."""
    found = image.run("python -P -c 'import bulletin, schemas; print(bulletin.__file__, schemas.__file__)'")
    assert str(image.place["/opt/bulletin"]) in found.stdout
    assert str(image.place["/app"]) not in found.stdout


def test_image_runs_as_nobody_special(image: Image) -> None:
    """The image's user is not root."""
    assert image.user not in ("", "root", "0")


def test_what_is_sent_is_what_is_copied() -> None:
    """`.dockerignore` keeps out data and whatever was built: only what a COPY names is sent."""
    copied = [source for word, rest in instructions() if word == "COPY" for source in rest.split()[:-1]]
    sent = list(let_through())
    assert all(any(fnmatch.fnmatch(str(file), f"{source}*") for source in copied) for file in sent)
    assert not any(file.suffix == ".duckdb" or file.parts[0] in ("raw", ".venv", ".git") for file in sent)
