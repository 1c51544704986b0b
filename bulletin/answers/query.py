"""`bulletin query`: the answer as a table, or in a format that other programs read."""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bulletin.answers.cells import shown
from bulletin.answers.grid import grid
from bulletin.answers.sheet import write_sheet
from bulletin.errors import UsageError
from bulletin.warehouse import Answer

FORMATS = ("table", "csv", "json", "jsonl", "parquet", "xlsx", "markdown")
FILES = ("parquet", "xlsx")
"""Formats that need a file."""
SUFFIXES = {".csv": "csv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"} | {
    ".xlsx": "xlsx",
    ".md": "markdown",
    ".txt": "table",
}
ON_SCREEN, IN_A_PIPE = 50, 10_000
"""Rows of a table that are shown where `--rows` does not say."""
PIPED_WIDTH = 4_000
"""Columns where nobody looks: a pipe wants whole lines."""


def form_of(form: str | None, file: Path | None) -> str:
    """Return the format that was asked for, by name or by the file's suffix; a table where nothing says.

    Raises:
        UsageError: the suffix is none of ours, or the format needs a file and there is none.
    """
    found = form or ("table" if file is None else SUFFIXES.get(file.suffix.lower()))
    if found is None:
        raise UsageError(
            f"--output {file}: its suffix is no format; allowed are {', '.join(SUFFIXES)}, or name one with --format"
        )
    if found in FILES and file is None:
        raise UsageError(f"--format {found} needs a file: add --output answer.{found}")
    return found


def query(answer: Answer, form: str, file: Path | None, *, rows: int | None = None, guard: bool = True) -> None:
    """Give the answer to standard output, or write it to a file, which is there whole or not at all."""
    if file is None:
        if form in ("table", "markdown"):
            _print(answer, form, rows)
        else:
            _say_guarded(answer, form, guard)
            answer.send(sys.stdout.buffer, form, guard=guard)
        return
    with _beside(file) as part:
        if form == "xlsx":
            if cut := write_sheet(part, answer.names, answer.rows()):
                _note(f"{cut} texts were cut at 32,767 characters, which is all that a cell holds")
        elif form in ("table", "markdown"):
            lines = _table(answer, PIPED_WIDTH, None)[0] if form == "table" else _markdown(answer)
            with part.open("w", encoding="utf-8", newline="\n") as out:
                out.writelines(f"{line}\n" for line in lines)
        else:
            answer.write(part, form, guard=guard)
    _say_guarded(answer, form, guard)


def _say_guarded(answer: Answer, form: str, guard: bool) -> None:
    if form == "csv" and guard and (count := answer.runnable()):
        _note(f"{count} texts that a spreadsheet would run as formulas got a ' before them; --exact leaves them as is")


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """Give a name beside the file to write to; it takes the file's name once all is written."""
    if not file.parent.is_dir():
        raise UsageError(f"--output {file}: there is no folder {file.parent}")
    if file.is_dir():
        raise UsageError(f"--output {file}: that is a folder; name a file in it")
    if file.exists() and not file.is_file():
        raise UsageError(f"--output {file}: that is no file; without --output the answer goes to standard output")
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(file)
    except OSError as error:
        raise UsageError(f"--output {file}: cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)


def _print(answer: Answer, form: str, rows: int | None) -> None:
    if form == "markdown":
        for line in _markdown(answer):
            print(line)
        return
    screen = sys.stdout.isatty()
    most = rows or (ON_SCREEN if screen else IN_A_PIPE)
    lines, left_out, more = _table(answer, room(PIPED_WIDTH), most)
    print("\n".join(lines))
    notes = []
    if more:
        notes.append(f"{most:,} of {answer.count():,} rows; --rows N shows more, --output FILE writes all")
    if left_out:
        notes.append(f"{len(left_out)} of {len(answer.names)} columns left out: {', '.join(left_out)}")
    for note in notes:
        print(f"({note})", file=sys.stdout if screen else sys.stderr)


def room(elsewhere: int = 100) -> int:
    """Return how many columns there are to write in: those of the terminal, or `elsewhere` where nobody looks."""
    seen = sys.stdout.isatty() or "COLUMNS" in os.environ
    return shutil.get_terminal_size().columns if seen else elsewhere


def _table(answer: Answer, room: int, most: int | None) -> tuple[list[str], list[str], bool]:
    found = list(answer.rows(None if most is None else most + 1))
    if not found:
        return ["(no rows)"], [], False
    kept = found[:most]
    lines, left_out = grid(answer.names, numeric(answer.types), kept, room)
    return lines, left_out, len(found) > len(kept)


def numeric(types: Sequence[str]) -> list[bool]:
    """Return which columns hold numbers, by their DuckDB types."""
    return [kind.endswith("INT") or kind.endswith("INTEGER") or kind.startswith(_NUMBERS) for kind in types]


_NUMBERS = ("DOUBLE", "FLOAT", "DECIMAL")


def _markdown(answer: Answer) -> Iterable[str]:
    """Yield the lines of a Markdown table."""
    yield _line(answer.names)
    yield "| " + " | ".join("---:" if number else "---" for number in numeric(answer.types)) + " |"
    for row in answer.rows():
        yield _line([shown(value, name) for name, value in zip(answer.names, row, strict=True)])


def _line(texts: Iterable[Any]) -> str:
    escaped = (text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;") for text in texts)
    return "| " + " | ".join(escaped) + " |"


def _note(text: str) -> None:
    print(f"bulletin: {text}", file=sys.stderr)
