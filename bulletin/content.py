"""What every reader hands over, and how bytes become text."""

import codecs
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from bulletin.encodings import CANDIDATES, LEAST, MARGIN, WELL, Guess, codec, guesses
from bulletin.errors import ReaderError
from bulletin.limits import DEFAULTS, Limits, raise_it
from bulletin.model import Block, Table

Notes = tuple[tuple[str, str], ...]
"""Findings of a reader: rule and message."""
ENCODING = "encoding"
"""The rule name of a doubt about an encoding."""
CONTROL_SHARE = 0.01
"""A text may hold this share of control characters; the one of a binary file is far above it."""
DAMAGED_SHARE = 0.001
"""A text may hold this share of invalid characters, as one does that was cut off in the midst of a character."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PAGE = "the page itself"
_WIDE = 3
"""So many characters of three bytes each are never valid UTF-8 by chance."""


@dataclass(frozen=True, slots=True)
class Content:
    """The text, blocks and tables of a document."""

    text: str
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    encoding: str | None = None
    title: str | None = None
    notes: Notes = ()
    """What a person should look at though the document could be read."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the encoding that it was in, and what a person should look at."""

    text: str
    encoding: str
    notes: Notes = ()


def decode(data: bytes, said: str | None = None, declared: str | None = None, limits: Limits = DEFAULTS) -> Decoded:
    """Return the text: in the encoding of its byte order mark, of the sidecar (`said`), or that the page declares.

    Where nobody names one, or the bytes are not valid in it, the text is in UTF-8, or else in what it reads best in.
    Line ends become a single newline, so that offsets are the same on every machine.

    Raises:
        ReaderError: the bytes are no text, there is too much of it, or the sidecar names an unknown encoding.
    """
    if len(data) > 4 * limits.characters:  # none has more than four bytes
        raise _too_long(f"{len(data):,} bytes hold", limits)
    lies = []
    for name, who in _named(data, said, declared):
        text = _strict(data, name)
        if text is not None and not (who == _PAGE and _is_rather_utf8(data, name)):
            found = Decoded(text, name)
            break
        if who:
            lies.append(f"It is not in {name}, the encoding that {who} names")
    else:
        found = _guessed(data)
    if len(found.text) > limits.characters:
        raise _too_long(f"{len(found.text):,} characters are", limits)
    notes = tuple((ENCODING, f"{lie}; it was read as {found.encoding}.") for lie in lies)
    return Decoded(found.text.replace("\r\n", "\n").replace("\r", "\n"), found.encoding, (*notes, *found.notes))


def _too_long(found: str, limits: Limits) -> ReaderError:
    return ReaderError(
        f"{found} more than the {limits.characters:,} characters that are read of one document: "
        f"{raise_it('characters')}"
    )


def _named(data: bytes, said: str | None, declared: str | None) -> Iterator[tuple[str, str]]:
    """Yield the encodings that somebody names, with who does, and UTF-8 at last."""
    yield from [(name, "its byte order mark") for mark, name in _MARKS if data.startswith(mark)][:1]
    if said:
        try:
            yield codec(said), "its sidecar"
        except (LookupError, ValueError):  # no such name, or none that could be one
            raise ReaderError(f"the sidecar names the encoding {said!r}, which is unknown") from None
    if declared:
        with suppress(LookupError):
            yield codec(declared), _PAGE
    yield "utf-8", ""


def _strict(data: bytes, encoding: str) -> str | None:
    """Return the text, None where the bytes are not valid in the encoding or make no text."""
    try:
        text = data.decode(encoding)
    except LookupError:  # a codec that makes no text of bytes, such as hex
        raise ReaderError(f"the sidecar names the encoding {encoding!r}, which is unknown") from None
    except ValueError:
        return None
    return text if _is_text(text) else None


def _is_rather_utf8(data: bytes, declared: str) -> bool:
    """Whether a page is in UTF-8 though it declares another encoding in which its bytes are valid too."""
    if declared in ("utf-8", "utf-16", "utf-32"):
        return False
    text = _strict(data, "utf-8") or ""
    odd = [character for character in text if character > "\x7f"]
    return bool(odd) and (declared == "cp1252" or sum(character > "\u07ff" for character in odd) >= _WIDE)


def _guessed(data: bytes) -> Decoded:
    """Return the text in the encoding in which it reads best, with a note where another is nearly as good."""
    found = guesses(data)
    if not found or found[0].score < LEAST or _has_halves(data):
        raise _no_text(data)
    best = found[0]
    text = data.decode(best.encoding, "replace")
    if not _is_text(text):
        raise _no_text(data)
    return Decoded(text, best.encoding, (*_doubt(found), *_damage(data, text, best.encoding)))


def _has_halves(data: bytes) -> bool:
    """Whether it is UTF-8 but for halves of characters (lone surrogates), which a broken program has written."""
    try:
        return bool(data.decode("utf-8", "surrogatepass"))
    except UnicodeDecodeError:
        return False


def _no_text(data: bytes) -> ReaderError:
    found = "NUL bytes" if b"\0" in data else "control characters, or such as are none"
    return ReaderError(
        f"the bytes are no text in {', '.join(CANDIDATES)} ({found}): it may be a binary file under a text file's "
        "name; `encoding:` in its sidecar names another one"
    )


def _doubt(found: Sequence[Guess]) -> Notes:
    best, *others = found
    rivals = [other for other in others if best.score - other.score < MARGIN]
    if not rivals and best.score >= WELL:
        return ()
    names = " or ".join(other.encoding for other in rivals) or "another"
    scores = ", ".join(f"{guess.encoding} {guess.score:.2f}" for guess in (best, *rivals))
    message = (
        f"It was read as {best.encoding}, but it may be in {names} (how well it reads, 1 being a text: {scores}): "
        f"write the right one into its sidecar, `encoding: {best.encoding}`."
    )
    return ((ENCODING, message),)


def _damage(data: bytes, text: str, encoding: str) -> Notes:
    """Return a note on invalid bytes; raises ReaderError where they are many."""
    damaged = text.count("\ufffd")
    if not damaged or _strict(data, encoding) is not None:
        return ()
    if damaged > max(1, DAMAGED_SHARE * len(text)):
        raise _no_text(data)
    where = text[: text.index("\ufffd")].count("\n") + 1
    message = f"{damaged} of its characters are invalid in {encoding}, the first in line {where}; fetch it again."
    return ((ENCODING, message),)


def _is_text(text: str) -> bool:
    if "\0" in text:
        return False
    sample = text[:65_536]
    controls = sum(ord(character) < 32 and character not in "\t\n\r\f" for character in sample)
    return controls <= CONTROL_SHARE * len(sample)
