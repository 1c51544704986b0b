"""Limits of reading as settings: environment, file, defaults, and what is none."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from bulletin.errors import UsageError
from bulletin.limits import DEFAULTS, Limits
from bulletin.settings import limits, paths

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "settings.md"


def test_defaults(tmp_path: Path) -> None:
    """Where nothing is said the limits are ours."""
    assert limits({}, tmp_path / "bulletin.toml") == DEFAULTS


def test_the_environment_comes_before_the_file(tmp_path: Path) -> None:
    """A limit in the environment counts before the one in the file; an empty variable is none."""
    file = tmp_path / "bulletin.toml"
    file.write_text("read_seconds = 5\nfile_bytes = 10_000\nnumbers = 7\nwarehouse = 'w.duckdb'\n", encoding="utf-8")
    environment = {"BULLETIN_READ_SECONDS": "2.5", "BULLETIN_FILE_BYTES": "", "BULLETIN_CHARACTERS": "1_000"}
    assert limits(environment, file) == Limits(read_seconds=2.5, file_bytes=10_000, characters=1_000, numbers=7)
    assert paths({}, file).warehouse == Path("w.duckdb")


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "nan", "inf", "many", "''", "true", "[1]"])
def test_what_is_no_limit(tmp_path: Path, value: str) -> None:
    """A limit that is no whole number above 0 is wrong usage, told with where it stands."""
    file = tmp_path / "bulletin.toml"
    file.write_text(f"numbers = {value if value != 'many' else repr(value)}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"bulletin\.toml: numbers is .*; it takes a whole number above 0"):
        limits({}, file)
    if value[0] not in "'[":
        with pytest.raises(UsageError, match=rf"\$BULLETIN_NUMBERS is '{value}'; it takes a whole number above 0"):
            limits({"BULLETIN_NUMBERS": value}, tmp_path / "none.toml")


def test_the_page_lists_every_limit() -> None:
    """The table has every limit with its variable and its default."""
    text = PAGE.read_text(encoding="utf-8")
    for field in fields(Limits):
        row = f"| `BULLETIN_{field.name.upper()}` | `{field.name}` | {field.default:,} |"
        assert row.replace(".0 |", " |") in text


def test_the_page_lists_every_variable() -> None:
    """Each variable that the code or the container names is in the table, and the table names no other."""
    sources = [*ROOT.glob("bulletin/**/*.py"), *ROOT.glob("flows/*.py"), ROOT / "Dockerfile"]
    code = " ".join(file.read_text(encoding="utf-8") for file in sources)
    named = set(re.findall(r"BULLETIN_[A-Z_]+\b", code)) - {"BULLETIN_SERIES"}
    numbers = {f"BULLETIN_{name.upper()}" for name in ("processes", "batch", "wait", *(f.name for f in fields(Limits)))}
    assert set(re.findall(r"BULLETIN_[A-Z_]+\b", PAGE.read_text(encoding="utf-8"))) == named | numbers
