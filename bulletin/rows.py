"""From documents and facts to plain rows, in the columns of the contracts and of the warehouse."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from bulletin.model import Document, Observation, Resolved, Unresolved
from bulletin.policy import source_of
from schemas.catalogue import Catalogue
from schemas.concepts import Status
from schemas.frames import DECIMAL

DOCUMENT_TYPES: Mapping[str, pa.DataType] = {
    "key": pa.string(),
    "sha256": pa.string(),
    "metadata_sha256": pa.string(),
    "source": pa.string(),
    "publisher": pa.string(),
    "title": pa.string(),
    "published": pa.string(),
    "edition": pa.string(),
    "url": pa.string(),
    "language": pa.string(),
    "area": pa.string(),
    "licence": pa.string(),
    "media_type": pa.string(),
    "encoding": pa.string(),
    "characters": pa.int64(),
    "status": pa.string(),
    "refused": pa.string(),
    "facts_sha256": pa.string(),
}

_FACT_TYPES: Mapping[str, pa.DataType] = {
    "document": pa.string(),
    "position": pa.int32(),
    "status": pa.string(),
    "indicator": pa.string(),
    "area": pa.string(),
    "period": pa.string(),
    "base_period": pa.string(),
    "measure": pa.string(),
    "direction": pa.string(),
    "bound": pa.string(),
    "unit": pa.string(),
    "value": DECIMAL,
    "lower": DECIMAL,
    "upper": DECIMAL,
    "decimals": pa.int32(),
    "mention_unit": pa.string(),
    "quote": pa.string(),
    "start": pa.int64(),
    "end": pa.int64(),
    "address": pa.string(),
    "prefix": pa.string(),
    "suffix": pa.string(),
    "reason": pa.string(),
    "candidates": pa.string(),
    "correction": pa.string(),
}


def fact_types(catalogue: Catalogue) -> dict[str, pa.DataType]:
    """Return the columns of a fact and their types, one for each dimension of the catalogue among them."""
    return {**_FACT_TYPES, **{dimension: pa.string() for dimension in catalogue.dimensions}}


def fact_rows(resolved: Resolved) -> list[dict[str, Any]]:
    """Return a row for each stated number of the document, in reading order."""
    return [_fact_row(resolved.document, position, fact) for position, fact in enumerate(resolved.facts)]


def _fact_row(document: Document, position: int, fact: Observation | Unresolved) -> dict[str, Any]:
    mention = fact.mention
    lower, upper = mention.interval
    row: dict[str, Any] = {
        "document": document.key,
        "position": position,
        "area": fact.area,
        "period": fact.period,
        "measure": fact.measure.value,
        "direction": fact.direction.value if fact.direction else None,
        "bound": mention.bound.value,
        "value": mention.value,
        "lower": lower,
        "upper": upper,
        "decimals": mention.decimals,
        "mention_unit": mention.unit,
        "quote": mention.quote,
        "start": mention.start,
        "end": mention.end,
        "address": mention.address,
        "prefix": mention.prefix,
        "suffix": mention.suffix,
    }
    if isinstance(fact, Unresolved):
        return row | {
            "status": Status.UNRESOLVED.value,
            "unit": mention.unit,
            "reason": fact.reason,
            "candidates": ", ".join(fact.candidates) or None,
        }
    return row | {
        "status": Status.ACCEPTED.value,
        "indicator": fact.indicator,
        "unit": fact.unit,
        "base_period": fact.base_period,
        "correction": fact.correction,
        **dict(fact.members),
    }


def document_row(document: Document, metadata_sha256: str, status: str) -> dict[str, Any]:
    """Return the row of a document."""
    metadata = document.metadata
    characters = len(document.text) + sum(len(cell.text) for table in document.tables for cell in table.cells)
    return {
        "key": document.key,
        "sha256": document.sha256,
        "metadata_sha256": metadata_sha256,
        "source": source_of(document.key, metadata.publisher),
        "publisher": metadata.publisher,
        "title": metadata.title,
        "published": metadata.published,
        "edition": metadata.edition,
        "url": metadata.url,
        "language": metadata.language,
        "area": metadata.area,
        "licence": metadata.licence,
        "media_type": document.media_type,
        "encoding": document.encoding,
        "characters": characters,
        "status": status,
    }


def extract_line(row: Mapping[str, Any], catalogue: Catalogue) -> dict[str, Any]:
    """Return the row in the terms of the corpus guide, for `bulletin extract --format jsonl`."""
    return {
        "doc_id": row["document"],
        "quote": row["quote"],
        "start": row["start"],
        "end": row["end"],
        "address": row["address"],
        "value": _plain(row["value"]),
        "unit": row["unit"] or "count",
        "bound": row["bound"],
        "measure": row["measure"],
        "direction": row["direction"],
        "indicator": row.get("indicator"),
        "members": {name: row[name] for name in catalogue.dimensions if row.get(name)},
        "area": row["area"],
        "period": row["period"],
        "base_period": row.get("base_period"),
        "lower": _plain(row["lower"]),
        "upper": _plain(row["upper"]),
        "reason": row.get("reason"),
        "candidates": row["candidates"].split(", ") if row.get("candidates") else [],
    }


def _plain(value: Any) -> int | float | None:
    """Return the decimal as a JSON number: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
