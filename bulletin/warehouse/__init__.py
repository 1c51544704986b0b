"""The DuckDB warehouse; nothing else imports duckdb."""

from bulletin.warehouse.answers import Answer
from bulletin.warehouse.comparison import Compared, compare
from bulletin.warehouse.documents import known_documents, metadata_sha256
from bulletin.warehouse.held import held_facts
from bulletin.warehouse.history import History, PastDocument, PastLoad, date_back, history, set_stage
from bulletin.warehouse.issues import decide, issue_row
from bulletin.warehouse.loading import LoadReport, load, loads_seen
from bulletin.warehouse.lock import writing
from bulletin.warehouse.snapshot import publish, reading, snapshot_of, withdraw
from bulletin.warehouse.store import Warehouse, kept_open
from bulletin.warehouse.swap import damage, discard, put_in_place, rebuilt_of
from bulletin.warehouse.tables import is_ready, make_ready, prepare
from bulletin.warehouse.turns import turns

__all__ = [
    "Answer",
    "Compared",
    "History",
    "LoadReport",
    "PastDocument",
    "PastLoad",
    "Warehouse",
    "compare",
    "damage",
    "date_back",
    "decide",
    "discard",
    "held_facts",
    "history",
    "is_ready",
    "issue_row",
    "kept_open",
    "known_documents",
    "load",
    "loads_seen",
    "make_ready",
    "metadata_sha256",
    "prepare",
    "publish",
    "put_in_place",
    "reading",
    "rebuilt_of",
    "set_stage",
    "snapshot_of",
    "turns",
    "withdraw",
    "writing",
]
