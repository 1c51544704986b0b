"""A Data Package (datapackage.org): `datapackage.json` beside the tables as CSV."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bulletin.exports.content import QUOTED, Column, Content
from bulletin.exports.tables import Reference, Table, write_tables

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES = {"text": "string", "decimal": "number", "double": "number"}


def write(content: Content, folder: Path) -> None:
    """Write the tables and the descriptor that explains them."""
    tables = write_tables(content, folder)
    licences = _licences(content)
    package = {
        "$schema": PROFILE,
        "name": "bulletin-series",
        "title": content.titles["en"],
        "description": content.comments.get("series", ""),
        **({"licenses": licences} if licences else {}),
        **({"sources": sources} if (sources := _sources(content)) else {}),
        "resources": [_resource(table) for table in tables],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _resource(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "title": table.titles["en"],
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(column, table.key) for column in table.columns],
            "primaryKey": list(table.key),
            **({"foreignKeys": [_foreign(one) for one in table.references]} if table.references else {}),
        },
    }


def _field(column: Column, key: Sequence[str]) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if key == (column.name,):
        constraints["unique"] = True
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    return {
        "name": column.name,
        "type": _TYPES.get(column.kind, column.kind),
        "title": column.titles["en"],
        "description": column.description,
        **({"constraints": constraints} if constraints else {}),
    }


def _foreign(reference: Reference) -> dict[str, Any]:
    return {
        "fields": list(reference.columns),
        "reference": {"resource": reference.table, "fields": list(reference.to)},
    }


def _sources(content: Content) -> list[dict[str, str]]:
    """Return the sources that the values are from, with an address where their documents have one."""
    rows = content.warehouse.rows(
        "SELECT source AS title, min(url) FILTER (regexp_matches(url, '^https?://[^\\s]+$')) AS path "
        f"FROM {QUOTED} AND source != '' GROUP BY source ORDER BY source"
    )
    return [{"title": row["title"]} | ({"path": row["path"]} if row["path"] else {}) for row in rows]


def _licences(content: Content) -> list[dict[str, str]]:
    """Return the licences of the documents; a name is made of a licence that is no name (`CC0-1.0`) by itself."""
    rows = content.warehouse.rows(f"SELECT DISTINCT licence FROM {QUOTED} AND trim(licence) != '' ORDER BY licence")
    return [
        {"name": re.sub(r"[^A-Za-z0-9._-]+", "-", row["licence"]).strip("-") or "other", "title": row["licence"]}
        for row in rows
    ]
