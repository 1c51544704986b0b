"""What every reader hands over, and how bytes become text."""

import codecs
from dataclasses import dataclass

from bulletin.errors import ReaderError
from bulletin.model import Block, Table

TEXT_LIMIT = 20_000_000
"""Characters of a document that are read; a longer one is refused with this number named."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FALLBACKS = ("utf-8", "gb18030")
CONTROL_SHARE = 0.01
"""A text may hold this share of control characters; the one of a binary file is far above it."""


@dataclass(frozen=True, slots=True)
class Content:
    """The text, blocks and tables of a document."""

    text: str
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    encoding: str | None = None
    title: str | None = None
    notes: tuple[tuple[str, str], ...] = ()
    """What a person should look at though the document could be read: rule and message."""


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return the text and its encoding: the byte order mark's, the declared one, UTF-8, then GB18030.

    Line ends become a single newline, so that offsets are the same on every machine.

    Raises:
        ReaderError: the bytes are no text in any of these, or there is too much of it.
    """
    marked = [name for mark, name in _MARKS if data.startswith(mark)]
    tried = (*marked, *([declared] if declared else []), *_FALLBACKS)
    for encoding in tried:
        try:
            text = data.decode(encoding)
        except LookupError:
            raise ReaderError(f"the sidecar names the encoding {encoding!r}, which is unknown") from None
        except ValueError:  # UnicodeError, and a name that can be none
            continue
        if _is_text(text):
            if len(text) > TEXT_LIMIT:
                raise ReaderError(
                    f"{len(text):,} characters are more than the {TEXT_LIMIT:,} that are read of one text"
                )
            return text.replace("\r\n", "\n").replace("\r", "\n"), encoding
    raise ReaderError(
        f"the bytes are no text in {', '.join(dict.fromkeys(tried))} (NUL or control characters, or no valid "
        "characters): it may be a binary file under a text file's name; `encoding:` in its sidecar names another one"
    )


def _is_text(text: str) -> bool:
    if "\0" in text:
        return False
    sample = text[:65_536]
    controls = sum(ord(character) < 32 and character not in "\t\n\r\f" for character in sample)
    return controls <= CONTROL_SHARE * len(sample)
