"""Files that are there whole or not at all, whatever ends the process that writes them."""

import os
from pathlib import Path


def write(file: Path, text: str) -> None:
    """Put the text (UTF-8) in the place of what the file held: a reader sees the old or the new.

    Raises:
        OSError: it cannot be written; what was there is there still.
    """
    new = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        new.write_text(text, encoding="utf-8")
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)
