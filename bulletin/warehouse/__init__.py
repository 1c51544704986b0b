"""The DuckDB warehouse; nothing else imports duckdb."""

from bulletin.warehouse.loading import LoadReport, Unreadable, known_documents, load, metadata_sha256
from bulletin.warehouse.store import Warehouse

__all__ = ["LoadReport", "Unreadable", "Warehouse", "known_documents", "load", "metadata_sha256"]
