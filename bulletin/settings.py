"""What a run needs to know besides its input: by option, else the environment, else `bulletin.toml`, else a default."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bulletin.errors import UsageError

FILE = Path("bulletin.toml")
"""The project's settings, in the folder that the command runs in."""
WAREHOUSE = "BULLETIN_WAREHOUSE"
REPORT = "BULLETIN_REPORT"
CATALOGUE = "BULLETIN_CATALOGUE"
"""Several folders are set apart as in PATH."""
LANGUAGE = "BULLETIN_LANGUAGE"
LANGUAGES = ("en", "zh")
"""Languages of the report, the default first."""
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
    language: str = LANGUAGES[0]
    """Of the report."""

    @property
    def report_folder(self) -> Path:
        """Where the report goes."""
        return self.report or self.warehouse.parent / "report"


@dataclass(frozen=True, slots=True)
class Paths:
    """Where things are, for a command that is not told otherwise."""

    warehouse: Path = DEFAULT_WAREHOUSE
    report: Path | None = None
    catalogues: tuple[Path, ...] = ()
    language: str = LANGUAGES[0]


def paths(environment: Mapping[str, str] = os.environ, file: Path = FILE) -> Paths:
    """Return where the warehouse, the report and the catalogues are.

    Raises:
        UsageError: `bulletin.toml` is no TOML, or holds a key that is none of warehouse, report, catalogue, language;
            there is no such language.
    """
    written = _written(file)
    catalogues = (
        environment.get(CATALOGUE, "").split(os.pathsep) if environment.get(CATALOGUE) else written["catalogue"]
    )
    report = environment.get(REPORT) or written["report"]
    language = environment.get(LANGUAGE) or written["language"] or LANGUAGES[0]
    if language not in LANGUAGES:
        where = LANGUAGE if environment.get(LANGUAGE) else f"{file}: language"
        raise UsageError(f"{where} is {language!r}; allowed are {', '.join(LANGUAGES)}")
    return Paths(
        warehouse=Path(environment.get(WAREHOUSE) or written["warehouse"] or DEFAULT_WAREHOUSE),
        report=Path(report) if report else None,
        catalogues=tuple(Path(folder) for folder in catalogues if folder),
        language=language,
    )


def _written(file: Path) -> dict[str, Any]:
    values: dict[str, Any] = {"warehouse": "", "report": "", "catalogue": [], "language": ""}
    if not file.is_file():
        return values
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: not TOML: {error}") from None
    for key, value in content.items():
        if key not in values:
            raise UsageError(f"{file}: unknown setting {key!r}; allowed are {', '.join(values)}")
        several = isinstance(values[key], list)
        given = [value] if several and isinstance(value, str) else value
        if not isinstance(given, type(values[key])) or (several and not all(isinstance(item, str) for item in given)):
            raise UsageError(
                f"{file}: {key} is {value!r}; it takes a {'language' if key == 'language' else 'path'}"
                + (" or a list of paths" if several else "")
            )
        values[key] = given
    return values
