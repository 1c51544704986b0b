"""What several commands take from their options."""

import sys
from argparse import Namespace
from pathlib import Path

from bulletin import pipeline
from bulletin.errors import UsageError
from bulletin.warehouse import Warehouse, reading
from schemas.catalogue import CatalogueError, load_catalogue

OK, BAD_DATA = 0, 1


def opened(options: Namespace) -> Warehouse:
    """Return the warehouse for reading, or its snapshot where a run holds it, and say so."""
    warehouse = reading(options.warehouse)
    if warehouse.notice and not getattr(options, "quiet", False):
        print(f"bulletin: {warehouse.notice}", file=sys.stderr)
    return warehouse


def unread(batch: pipeline.ReadBatch) -> int:
    """Say which files could not be read, and return the exit code."""
    for item in batch.unreadable:
        print(f"bulletin: {item.source.key}: {item.reason}", file=sys.stderr)
    return BAD_DATA if batch.unreadable else OK


def catalogue_folders(options: Namespace) -> tuple[Path, ...]:
    """Return the folders laid over the catalogue.

    Raises:
        UsageError: one of them is none.
    """
    folders = tuple(options.catalogue or options.catalogues)
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"--catalogue {folder}: no such folder")
    return folders


def rule_folders(options: Namespace) -> tuple[Path, ...]:
    """Return the folders of the user's rules.

    Raises:
        UsageError: one of them is none.
    """
    folders = tuple(options.rules or options.rule_folders)
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"--rules {folder}: no such folder")
    return folders


def catalogues(options: Namespace) -> tuple[Path, ...]:
    """Return the folders laid over the catalogue, which is sound with them.

    Raises:
        UsageError: one of them is no folder, or the catalogue has problems.
    """
    folders = catalogue_folders(options)
    try:
        load_catalogue(*folders)
    except CatalogueError as error:
        raise UsageError(str(error)) from error
    return folders
