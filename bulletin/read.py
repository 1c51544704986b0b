"""From sources to documents."""

from bulletin.errors import ReaderError
from bulletin.model import Document, Source
from bulletin.readers import read as read_bytes


def read(source: Source) -> Document:
    """Return the document in the source's bytes.

    Raises:
        ReaderError: the bytes cannot be read, or the source's sidecar is wrong; the message says what to do.
    """
    if source.problem:
        raise ReaderError(source.problem)
    name = "text.txt" if source.extra.get("text") else source.path
    content, media_type = read_bytes(name, source.data, source.metadata)
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
