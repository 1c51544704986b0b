"""From sources to documents, right here; `bulletin/worker.py` does the same in a process that can be killed."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from bulletin.archives import read_member
from bulletin.content import Content
from bulletin.errors import ReaderError
from bulletin.limits import DEFAULTS, Limits, raise_it
from bulletin.model import Document, Source
from bulletin.readers import read as read_bytes

_NUMBER = re.compile(r"\d[\d.,]*")


def read(source: Source, limits: Limits = DEFAULTS) -> Document:
    """Return the document in the source's bytes.

    Raises:
        ReaderError: the bytes cannot be read, or the source's sidecar is wrong; the message says what to do.
    """
    return document(source, *content_of(source, limits))


def document(source: Source, content: Content, media_type: str) -> Document:
    """Return the document that a source with this content is."""
    return Document(
        key=source.key,
        sha256=source.sha256,
        metadata=source.metadata,
        text=content.text,
        blocks=content.blocks,
        tables=content.tables,
        media_type=media_type,
        encoding=content.encoding,
        notes=(*source.notes, *content.notes),
    )


def content_of(source: Source, limits: Limits) -> tuple[Content, str]:
    """Return what a source holds and its media type; raises ReaderError as `read` does."""
    if source.problem:
        raise ReaderError(source.problem)
    name = "text.txt" if source.extra.get("text") else source.member or source.path
    content, media_type = read_bytes(name, _bytes(source, limits), source.metadata, limits)
    _check(content, limits)
    return content, media_type


def _bytes(source: Source, limits: Limits) -> bytes:
    if source.data is not None:
        return source.data
    try:
        if source.member:
            data = read_member(source.path, source.member, limits)
        else:
            with Path(source.path).open("rb") as file:
                data = file.read(source.size + 1)
    except OSError as error:
        raise ReaderError(f"cannot be opened: {error.strerror}") from error
    # What is loaded under a hash must be what has it.
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise ReaderError("it was changed after it was found: ingest it again")
    return data


def _check(content: Content, limits: Limits) -> None:
    """Raise ReaderError where there is more than can be resolved in bounded time and memory, or what is no text."""
    characters = numbers = 0
    for text in _texts(content):
        characters += len(text)
        numbers += sum(1 for _ in _NUMBER.finditer(text))
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            raise ReaderError("its text holds half of a character (a lone surrogate): it is damaged") from None
    for count, name in ((characters, "characters"), (numbers, "numbers")):
        most: int = getattr(limits, name)
        if count > most:
            raise ReaderError(
                f"{count:,} {name} are more than the {most:,} {name} that are read of one document: {raise_it(name)}"
            )


def _texts(content: Content) -> Iterator[str]:
    """Yield the text and, in one piece each, what the cells of each table hold."""
    yield content.text
    for table in content.tables:
        yield "\n".join((table.caption, *table.notes, *(cell.text for cell in table.cells)))
