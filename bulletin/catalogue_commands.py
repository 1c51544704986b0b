"""`bulletin catalogue`: the catalogue checked, and entries drafted for what it does not know."""

from argparse import Namespace

from bulletin import pipeline, settings
from bulletin.catalogue_check import problems
from bulletin.discover import discover
from bulletin.options import catalogue_folders, catalogues, unread
from bulletin.settings import Request
from bulletin.suggest import suggestions
from schemas.catalogue import CatalogueError, load_catalogue

OK, BAD_DATA = 0, 1


def catalogue(options: Namespace) -> int:
    """Check the catalogue, or draft entries for what it does not know; 1 where the catalogue has problems."""
    return {"check": _check_catalogue, "suggest": _suggest}[options.action](options)


def _check_catalogue(options: Namespace) -> int:
    folders = catalogue_folders(options)
    try:
        found = problems(load_catalogue(*folders))
    except CatalogueError as error:
        found = list(error.problems)
    for line in found:
        print(line)
    if not found:
        read = load_catalogue(*folders)
        counts = {
            theme: len(getattr(read, theme)) for theme in ("indicators", "dimensions", "units", "areas", "languages")
        }
        print(f"no problems in {', '.join(f'{count} {theme}' for theme, count in counts.items())}")
    return BAD_DATA if found else OK


def _suggest(options: Namespace) -> int:
    request = Request(tuple(options.paths), catalogues=catalogues(options), limits=settings.limits())
    known = load_catalogue(*request.catalogues)
    batch = pipeline.read(discover(request.paths, request.limits), request.limits)
    resolved = pipeline.resolve(pipeline.extract(batch.documents, request), request)
    print(suggestions(resolved, known, least=options.least), end="")
    return unread(batch)
