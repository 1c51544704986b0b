"""Batches made ready to be checked: read, extracted, resolved. It hangs on files, settings and the catalogue alone.

Processes that do only this import only this: what checks and stores facts takes longer to import than a batch to read.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from bulletin.errors import BulletinError, ReaderError
from bulletin.extract import extract as extract_document
from bulletin.limits import DEFAULTS, Limits
from bulletin.model import Block, Document, Extracted, Metadata, Resolved, Source, Unreadable
from bulletin.resolve import resolve as resolve_document
from bulletin.settings import Request
from bulletin.worker import Worker
from schemas.catalogue import Catalogue, load_catalogue

Result = TypeVar("Result")
Run = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class ReadBatch:
    """Documents as read, and the sources that could not be."""

    documents: tuple[Document, ...]
    unreadable: tuple[Unreadable, ...]


def read(sources: Sequence[Source], limits: Limits = DEFAULTS) -> ReadBatch:
    """Return the documents of a batch; a source that cannot be read within the limits is told apart, with the reason.

    Nothing that a file does while it is read can stop or delay this process: a worker reads it.
    """
    documents, unreadable = [], []
    with Worker(limits) as worker:
        for source in sources:
            try:
                documents.append(worker.read(source))
            except ReaderError as error:
                unreadable.append(Unreadable(source, str(error)))
    return ReadBatch(tuple(documents), tuple(unreadable))


def extract(documents: Sequence[Document], request: Request) -> tuple[Extracted, ...]:
    """Return the documents with their mentions."""
    catalogue = catalogue_of(request)
    return tuple(extract_document(document, catalogue) for document in documents)


def resolve(extracted: Sequence[Extracted], request: Request) -> tuple[Resolved, ...]:
    """Return the documents with what their mentions state."""
    catalogue = catalogue_of(request)
    return tuple(resolve_document(document, catalogue) for document in extracted)


@dataclass(frozen=True, slots=True)
class Ready:
    """A batch that is ready to be checked."""

    resolved: tuple[Resolved, ...]
    unreadable: tuple[Unreadable, ...]
    size: int
    """How many sources it was made of."""


def make_ready_to_check(sources: Sequence[Source], request: Request, run: Run | None = None) -> Ready:
    """Read, extract and resolve a batch; hangs on the files and the request alone, so any process may do it."""
    run = run or call
    documents: ReadBatch = run(read, sources, request.limits)
    extracted = run(extract, documents.documents, request)
    return Ready(run(resolve, extracted, request), documents.unreadable, len(sources))


def warm_up(request: Request) -> None:
    """Read a number in every language, since the first one takes a process half a second, for its patterns.

    A catalogue with problems is left for the step that needs it to tell.
    """
    with suppress(BulletinError):
        for language in catalogue_of(request).languages:
            about, block = Metadata(language=language), Block("paragraph", 0, 1)
            document = Document(key="", sha256="", metadata=about, text="1", blocks=(block,))
            resolve(extract((document,), request), request)


def call(step: Callable[..., Result], *arguments: Any) -> Result:
    """Run a step right here."""
    return step(*arguments)


def catalogue_of(request: Request) -> Catalogue:
    """Return the catalogue that the request asks for."""
    return load_catalogue(*request.catalogues)
