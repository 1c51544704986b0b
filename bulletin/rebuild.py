"""The warehouse made anew from what was received, and proven equal to the one that there is."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bulletin import pipeline
from bulletin.discover import discover, earlier
from bulletin.errors import DamagedError, UsageError
from bulletin.explain import source_named
from bulletin.lake import Lake, Place
from bulletin.model import Source
from bulletin.settings import Request
from bulletin.warehouse import (
    Compared,
    History,
    PastDocument,
    PastLoad,
    compare,
    damage,
    date_back,
    discard,
    history,
    make_ready,
    metadata_sha256,
    put_in_place,
    rebuilt_of,
    set_stage,
    snapshot_of,
    writing,
)
from schemas.catalogue import load_catalogue


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came of a rebuild."""

    file: Path
    """The warehouse that was built; gone where `kept` is false."""
    kept: bool
    documents: int
    loads: int
    compared: tuple[Compared, ...]
    """How it compares to the old one, keys last; empty where there is nothing to compare it with."""
    reference: Path | None
    """What it was compared with: the warehouse or, where that is damaged, its snapshot."""
    damage: str = ""
    """What is wrong with the warehouse."""
    missing: tuple[str, ...] = ()
    """Vintages that cannot be replayed, each with the reason."""
    waiting: tuple[str, ...] = ()
    """Files that were never loaded: the next ingest does."""
    replaced: bool = False
    backup: Path | None = None
    """Where the old warehouse is now, where it was replaced."""

    @property
    def equal(self) -> bool:
        """Whether every value is the same; keys are told, but do not count."""
        values = [rows for rows in self.compared if rows.kind != "keys"]
        return bool(values) and not self.missing and not any(rows.different for rows in values)


def rebuild(
    request: Request,
    *,
    swap: bool = False,
    even_if_different: bool = False,
    progress: pipeline.Progress = pipeline.silent,
) -> Rebuilt:
    """Replay all loads into a new warehouse beside the old one, compare the two, and return what came of it.

    Each load is done again with the same documents at its own moment, and what people decided is decided between the
    loads as it was. Where neither the warehouse nor its snapshot can be read, all of `request.paths` is loaded in the
    order of release, and nothing can be compared. With `swap` the new one takes the place of the old one where they are
    equal, where there is nothing to compare, or `even_if_different`.

    Raises:
        HeldError: another process holds the warehouse.
        WarehouseError: there is no room for the new one.
    """
    path = _file(request.warehouse)
    with writing(path, request.wait, lambda holder: progress(f"waiting for {holder}", 0, 0)):
        wrong, reference = _reference(request)
        new = rebuilt_of(path)
        discard(new)
        into = replace(request, warehouse=new, again=True)
        past = history(reference) if reference else History()
        found = {source.key: source for source in discover(request.paths, request.limits)}
        sources = {**_elsewhere(past, found), **found}
        if reference:
            documents, missing = _replay(past, sources, into, progress)
        else:
            documents, missing = _in_order_of_release(into, progress), ()
        compared = tuple(compare(reference, new)) if reference else ()
        built = Rebuilt(
            file=new,
            kept=True,
            documents=documents,
            loads=len(past.loads),
            compared=compared,
            reference=reference,
            damage=wrong,
            missing=missing,
            waiting=_never_loaded(past, found) if reference else (),
        )
        return _settled(built, request, swap=swap, even_if_different=even_if_different)


def _file(place: Place) -> Path:
    if isinstance(place, Lake):
        raise UsageError(
            f"{place}: a DuckLake is not rebuilt: it keeps every version that it had (`bulletin query --as-of`), and "
            "its database has backups of its own. `bulletin ingest raw` into another lake makes one anew"
        )
    return place


def _reference(request: Request) -> tuple[str, Path | None]:
    """Return what is wrong with the warehouse, and what the new one is to be compared with."""
    path = _file(request.warehouse)
    snapshot = snapshot_of(path)
    wrong = damage(path, request.wait) if path.is_file() else f"{path}: there is no such file"
    if not wrong:
        try:
            make_ready(path, load_catalogue(*request.catalogues), request.wait)
            return "", path
        except DamagedError as error:
            wrong = str(error)
    return wrong, snapshot if snapshot.is_file() and not damage(snapshot, request.wait) else None


def _elsewhere(past: History, found: Mapping[str, Source]) -> dict[str, Source]:
    """Return the documents that were loaded from other places than those that are named now, by key."""
    keys = {document.document for load in past.loads for document in load.documents} - found.keys()
    sources = {key: source_named(key) for key in sorted(keys)}
    return {key: source for key, source in sources.items() if source}


def _replay(
    past: History, sources: Mapping[str, Source], request: Request, progress: pipeline.Progress
) -> tuple[int, tuple[str, ...]]:
    """Do all loads again; return how many documents were loaded, and which could not be."""
    catalogue = load_catalogue(*request.catalogues)
    total = sum(len(load.documents) for load in past.loads)
    missing: list[str] = []
    done = 0
    before = None
    for load in past.loads:
        progress("replay", done, total)
        set_stage(request.warehouse, catalogue, past.between(before, load.loaded_at), coming=load)
        before = load.loaded_at
        then = {**sources, **_kept(load.documents, sources)}
        reasons = {document: _missing(document, then) for document in load.documents}
        missing += [f"{document.document}: {why}" for document, why in reasons.items() if why]
        there = [then[document.document] for document, why in reasons.items() if not why]
        done += len(there)
        if there:
            gated = replace(request, policy=replace(request.policy, gate=load.gate))
            _load_again(there, gated, load, past)
            date_back(request.warehouse, load)
    set_stage(request.warehouse, catalogue, past.between(before, None))
    return done, tuple(missing)


def _kept(documents: Sequence[PastDocument], sources: Mapping[str, Source]) -> dict[str, Source]:
    """Return those documents that hold other bytes today, as a fetch has kept them."""
    other = [document for document in documents if _missing(document, sources)]
    kept = {document.document: earlier(document.document, document.sha256) for document in other}
    return {key: source for key, source in kept.items() if source}


def _missing(document: PastDocument, sources: Mapping[str, Source]) -> str:
    """Return why a vintage cannot be read any more; empty where it can."""
    source = sources.get(document.document)
    if source is None:
        return "the file is gone"
    if source.sha256 != document.sha256:
        return "the file holds other bytes today (an earlier vintage)"
    if metadata_sha256(source.metadata) != document.metadata_sha256:
        return "its sidecar says something else today (an earlier vintage)"
    return ""


def _load_again(sources: Sequence[Source], request: Request, load: PastLoad, past: History) -> None:
    batch = pipeline.read(sources, request.limits)
    resolved = pipeline.resolve(pipeline.extract(batch.documents, request), request)
    checked = pipeline.check(resolved, request, past.accepted_after(load.loaded_at))
    pipeline.load(checked, batch.unreadable, request, load.run, load.loaded_at)


def _in_order_of_release(request: Request, progress: pipeline.Progress) -> int:
    """Load all that is there, the earliest release first; what says no date comes last."""
    make_ready(request.warehouse, load_catalogue(*request.catalogues), request.wait)
    new = pipeline.discover(request).new
    ordered = sorted(new, key=lambda source: (source.metadata.published or "9999", source.key))
    run = str(uuid.uuid4())
    done = 0
    for sources in pipeline.batches(ordered, request.batch):
        progress("read and load", done, len(ordered))
        done += len(sources)
        batch = pipeline.read(sources, request.limits)
        resolved = pipeline.resolve(pipeline.extract(batch.documents, request), request)
        pipeline.load(pipeline.check(resolved, request), batch.unreadable, request, run)
    return len(ordered)


def _never_loaded(past: History, found: Mapping[str, Source]) -> tuple[str, ...]:
    known = {(document.sha256, document.metadata_sha256) for load in past.loads for document in load.documents}
    names = {document.document for load in past.loads for document in load.documents}
    return tuple(
        key
        for key, source in found.items()
        if key not in names and source.size and (source.sha256, metadata_sha256(source.metadata)) not in known
    )


def _settled(built: Rebuilt, request: Request, *, swap: bool, even_if_different: bool) -> Rebuilt:
    """Put the new warehouse in its place where that was asked for and may be; an equal one is else of no use."""
    if swap and (built.equal or built.reference is None or even_if_different):
        backup = put_in_place(built.file, _file(request.warehouse), datetime.now(UTC), request.wait)
        pipeline.publish(request)
        return replace(built, replaced=True, backup=backup, kept=False)
    if built.equal:
        discard(built.file)
        return replace(built, kept=False)
    return built
