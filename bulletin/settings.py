"""What a run needs to know besides its input; every value may be given by option or environment."""

import os
from dataclasses import dataclass, field
from pathlib import Path

WAREHOUSE = "BULLETIN_WAREHOUSE"
REPORT = "BULLETIN_REPORT"
DEFAULT_WAREHOUSE = Path("warehouse/bulletin.duckdb")
BATCH = 200
"""Documents in one batch, and so in one transaction."""
WAIT = 30.0
"""Seconds that a run waits for another process to let go of the warehouse."""


@dataclass(frozen=True, slots=True)
class Request:
    """An ingest that was asked for; plain values, so that it can be the parameter of a scheduled run."""

    paths: tuple[str, ...]
    warehouse: Path = DEFAULT_WAREHOUSE
    report: Path | None = None
    """Folder of the report; beside the warehouse where it is None."""
    catalogues: tuple[Path, ...] = ()
    """Folders laid over the catalogue."""
    batch: int = BATCH
    again: bool = False
    """Whether documents that are known already are read anew, as a new vintage."""
    wait: float = WAIT

    @property
    def report_folder(self) -> Path:
        """Where the report goes."""
        return self.report or self.warehouse.parent / "report"


@dataclass(frozen=True, slots=True)
class Paths:
    """Where the warehouse and the report are, by option, environment or default."""

    warehouse: Path = field(default_factory=lambda: Path(os.environ.get(WAREHOUSE) or DEFAULT_WAREHOUSE))
    report: Path | None = field(default_factory=lambda: Path(os.environ[REPORT]) if os.environ.get(REPORT) else None)
