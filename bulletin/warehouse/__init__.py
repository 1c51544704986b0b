"""The DuckDB warehouse; nothing else imports duckdb."""

from bulletin.warehouse.held import held_facts
from bulletin.warehouse.issues import decide, issue_row
from bulletin.warehouse.loading import LoadReport, Unreadable, known_documents, load, metadata_sha256
from bulletin.warehouse.store import Warehouse

__all__ = [
    "LoadReport",
    "Unreadable",
    "Warehouse",
    "decide",
    "held_facts",
    "issue_row",
    "known_documents",
    "load",
    "metadata_sha256",
]
