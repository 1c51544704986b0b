"""CSV on the Web (W3C): `csv-metadata.json` beside the tables as CSV."""

import json
import re
from pathlib import Path
from typing import Any

from bulletin.exports.content import Column, Content
from bulletin.exports.tables import Reference, Table, write_tables

_TYPES = {"text": "string"}


def write(content: Content, folder: Path) -> None:
    """Write the tables and the metadata that explain them."""
    tables = write_tables(content, folder)
    metadata = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": [{"@value": text, "@language": tag} for tag, text in content.titles.items()],
        "dc:description": content.comments.get("series", ""),
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"], "delimiter": ",", "quoteChar": '"', "header": True},
        "tables": [_table(table) for table in tables],
    }
    text = json.dumps(metadata, ensure_ascii=False, indent=2)
    (folder / "csv-metadata.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _table(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "columns": [_column(column) for column in table.columns],
        "primaryKey": list(table.key),
    }
    if table.references:
        schema["foreignKeys"] = [_foreign(reference, table) for reference in table.references]
    return {
        "url": f"{table.name}.csv",
        "dc:title": [{"@value": text, "@language": tag} for tag, text in table.titles.items()],
        "notes": [{"type": "TextualBody", "value": table.description, "language": "en"}],
        "tableSchema": schema,
    }


def _column(column: Column) -> dict[str, Any]:
    datatype: Any = _TYPES.get(column.kind, column.kind)
    if column.allowed:
        datatype = {"base": "string", "format": "|".join(re.escape(code) for code in column.allowed)}
    return {
        "name": column.name,
        # A title is what a header may say: the header itself is one, of no language.
        "titles": {"und": column.name, **column.titles},
        "dc:description": column.description,
        "datatype": datatype,
        "required": column.required,
    }


def _foreign(reference: Reference, table: Table) -> dict[str, Any]:
    return {
        "columnReference": list(reference.columns),
        "reference": {"resource": f"{reference.table or table.name}.csv", "columnReference": list(reference.to)},
    }
