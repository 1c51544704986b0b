"""The DuckDB warehouse; nothing else imports duckdb."""

from bulletin.warehouse.documents import Unreadable, known_documents, metadata_sha256
from bulletin.warehouse.held import held_facts
from bulletin.warehouse.issues import decide, issue_row
from bulletin.warehouse.loading import LoadReport, load
from bulletin.warehouse.store import Warehouse
from bulletin.warehouse.tables import make_ready, prepare

__all__ = [
    "LoadReport",
    "Unreadable",
    "Warehouse",
    "decide",
    "held_facts",
    "issue_row",
    "known_documents",
    "load",
    "make_ready",
    "metadata_sha256",
    "prepare",
]
