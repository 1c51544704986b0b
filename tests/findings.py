"""Small reports that do not add up, and a warehouse to put them into."""

from pathlib import Path
from typing import Any

from bulletin import pipeline
from bulletin.settings import Request
from bulletin.warehouse import Warehouse

SLIP = (
    "In December 2021 there were 1.032 billion internet users in China, an increase of 42.96 million over December "
    "2020. In December 2020 there were 989 million internet users. In December 2021 urban internet users numbered 748 "
    "million, and rural internet users 2.84 billion."
)
"""Rural users ten times too many: the parts do not make the whole, which its change confirms."""
MENDED = SLIP.replace("2.84 billion", "284 million")


def report(folder: Path, text: str, name: str = "report.md", **about: str) -> Path:
    """Write a report with its sidecar and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    said = {"publisher": "CNNIC", "published": "2022-02-25", "language": "en", "area": "CN", **about}
    sidecar = "".join(f"{field}: {value}\n" for field, value in said.items() if value)
    file.with_name(name + ".yml").write_text(sidecar, encoding="utf-8")
    return file


def ingest(folder: Path, *files: Path, **options: Any) -> pipeline.IngestResult:
    """Ingest the files into the warehouse of the folder."""
    return pipeline.ingest(Request(tuple(map(str, files)), warehouse=folder / "bulletin.duckdb", **options))


def ask(folder: Path, sql: str, *parameters: Any) -> list[dict[str, Any]]:
    """Return what the warehouse of the folder answers."""
    with Warehouse(folder / "bulletin.duckdb", read_only=True) as warehouse:
        return warehouse.rows(sql, parameters)


def statuses(folder: Path) -> dict[str, str]:
    """Return the status of each fact of a current document, by file and quote."""
    rows = ask(
        folder,
        "SELECT document, quote, f.status FROM fact_observation AS f JOIN current_document USING (document_id) "
        "WHERE f.status != 'unresolved'",
    )
    return {f"{Path(row['document']).name} {row['quote']}": row["status"] for row in rows}


def states(folder: Path) -> set[tuple[str, str]]:
    """Return rule and state of every issue."""
    return {(row["rule"], row["state"]) for row in ask(folder, "SELECT rule, state FROM issue")}
