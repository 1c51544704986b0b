"""Documents and tables made from a few words, for the tests that need one."""

from collections.abc import Sequence

from bulletin.content import Content
from bulletin.discover import sha256
from bulletin.extract import extract
from bulletin.model import Cell, Document, Mention, Metadata, Resolved, Table
from bulletin.readers import read
from bulletin.resolve import resolve
from schemas.catalogue import Catalogue


def document(data: str | bytes, name: str = "report.txt", **metadata: str) -> Document:
    """Return what the reader of that file name makes of the data."""
    raw = data.encode() if isinstance(data, str) else data
    about = Metadata(**metadata)
    content, media_type = read(name, raw, about)
    return Document(
        key=name,
        sha256=sha256(raw),
        metadata=about,
        text=content.text,
        blocks=content.blocks,
        tables=content.tables,
        media_type=media_type,
        encoding=content.encoding,
    )


def content(data: str | bytes, name: str, **metadata: str) -> Content:
    """Return what the reader of that file name makes of the data."""
    return read(name, data.encode() if isinstance(data, str) else data, Metadata(**metadata))[0]


def mentions(text: str, language: str, catalogue: Catalogue) -> tuple[Mention, ...]:
    """Return the stated numbers of a text."""
    return extract(document(text, language=language), catalogue).mentions


def facts(data: str | bytes, catalogue: Catalogue, name: str = "report.txt", **metadata: str) -> Resolved:
    """Return what the numbers of a document state."""
    return resolve(extract(document(data, name, **metadata), catalogue), catalogue)


def table(*rows: Sequence[str], caption: str = "") -> Table:
    """Return a table of these rows; an empty text is no cell."""
    cells = (Cell(r, c, text) for r, row in enumerate(rows, start=1) for c, text in enumerate(row, start=1) if text)
    return Table("table 1", tuple(cells), caption)
