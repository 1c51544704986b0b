"""From a fact back to the place that states it: the sentence, or the row of the table with its headers."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bulletin.addresses import address_of
from bulletin.answers.asked import ALSO, Asked, named
from bulletin.discover import discover
from bulletin.errors import ReaderError, UsageError
from bulletin.model import Cell, Document, Source, Table
from bulletin.read import read

AROUND = 1
"""Rows of a table that are shown above and below the one that holds the fact."""
WIDE = 8
"""Columns that are shown; of a wider table the first, and those around the cell."""

_FACTS = """
SELECT f.*, d.document, d.vintage, d.sha256, d.publisher, d.title, d.published, d.url,
    d.document_id NOT IN (SELECT document_id FROM current_document) AS superseded
FROM fact_observation AS f JOIN dim_document AS d USING (document_id)
"""
_ORDER = " ORDER BY f.status != 'accepted', d.published DESC NULLS LAST, f.observation_id"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The part of a table around a cell: rows of texts, and which of them is the cell."""

    name: str
    caption: str
    rows: tuple[tuple[str, ...], ...]
    row: int
    column: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """A fact and where it stands."""

    fact: Mapping[str, Any]
    """Its row of `fact_observation`, with document, vintage, publisher, title, published and url."""
    line: int | None = None
    """Line of the text as read, counted from 1, where the format has lines only."""
    excerpt: Excerpt | None = None
    """Of a cell: the table around it."""
    doubt: str = ""
    """Why the place could not be looked up in the file; what is shown then is what the warehouse keeps."""


def explain(words: Sequence[str], warehouse: Asked) -> list[Explanation]:
    """Return the facts that the words name, each with its place in the file that states it.

    The words are the id of an observation (`1234`), or an indicator, then a period, members and an area as in
    `internet_users 2021-12 residence=rural area=CN`. Dimensions that are not named must be the total's.

    Raises:
        UsageError: nothing in the warehouse is of that name; the message says what there is.
    """
    facts = _by_id(int(words[0]), warehouse) if words[0].isdecimal() else _by_name(words, warehouse)
    documents: dict[tuple[str, str], Document | str] = {}
    found = []
    for fact in facts:
        key = (fact["document"], fact["sha256"])
        if key not in documents:
            documents[key] = _document(*key)
        found.append(_explanation(fact, documents[key]))
    return found


def _by_id(observation: int, warehouse: Asked) -> list[dict[str, Any]]:
    facts = warehouse.rows(f"{_FACTS} WHERE f.observation_id = ?", [observation])
    if not facts:
        raise UsageError(
            f"no observation has the id {observation}; `SELECT observation_id, * FROM series` lists those that have one"
        )
    return facts


def _by_name(words: Sequence[str], warehouse: Asked) -> list[dict[str, Any]]:
    told = named(words, warehouse)
    chosen = {**told.members, **{name: value for name in ALSO if (value := getattr(told, name))}}
    where = ["f.indicator = ?", "d.document_id IN (SELECT document_id FROM current_document)"]
    where += [f'f."{name}" = ?' for name in chosen]
    where += [f'f."{name}" IS NULL' for name in told.dimensions if name not in chosen]
    facts = warehouse.rows(f"{_FACTS} WHERE {' AND '.join(where)}{_ORDER}", [told.indicator, *chosen.values()])
    if not facts:
        raise UsageError(_nothing(words, warehouse))
    return facts


def _nothing(words: Sequence[str], warehouse: Asked) -> str:
    """Return that nothing is of that name, with what is near it."""
    known = warehouse.rows(
        "SELECT members, period FROM series WHERE indicator = ? GROUP BY ALL ORDER BY period DESC, members LIMIT 5",
        [words[0]],
    )
    if known:
        near = "; ".join(f"{row['period']} {row['members'].replace(', ', ' ')}".strip() for row in known)
        return f"no fact is {' '.join(words)}; of {words[0]} there are, among others: {near}"
    names = [row["indicator"] for row in warehouse.rows("SELECT DISTINCT indicator FROM series ORDER BY indicator")]
    return f"no fact is of the indicator {words[0]!r}; there are {', '.join(names)}"


def _document(key: str, sha256: str) -> Document | str:
    """Return the document as read from its file today, or why it cannot be."""
    source = source_named(key)
    if source is None:
        return "the file is not there any more, or not in the folder that the command runs in"
    if source.sha256 != sha256:
        return "the file holds something else today; this is what it said when it was loaded"
    try:
        return read(source)
    except ReaderError as error:
        return f"the file cannot be read any more: {error}"


def source_named(key: str) -> Source | None:
    """Return what is there today under the key of a document; None where nothing is."""
    place = Path(key)
    holder = next((p for p in (place, *place.parents) if p.is_file()), None)
    if holder is None or (holder != place and not zipfile.is_zipfile(holder)):
        return None
    return next((source for source in discover([str(holder)]) if source.key == key), None)


def _explanation(fact: Mapping[str, Any], document: Document | str) -> Explanation:
    if isinstance(document, str):
        return Explanation(fact, doubt=document)
    for table in document.tables:
        for cell in table.cells:
            if address_of(table, cell) == fact["address"]:
                return Explanation(fact, excerpt=_excerpt(table, cell))
    if document.text[fact["start"] : fact["end"]] != fact["quote"]:
        return Explanation(fact, doubt="the place is not found in the file as it is read today")
    line = None if fact["address"] else document.text.count("\n", 0, fact["start"]) + 1
    return Explanation(fact, line=line)


def _excerpt(table: Table, cell: Cell) -> Excerpt:
    texts = {(c.row, c.column): c.text + "".join(f"[{mark}]" for mark in c.marks) for c in table.cells}
    width = max(c.column + c.columns - 1 for c in table.cells)
    rows = sorted({c.row for c in table.cells})
    at = rows.index(cell.row)
    head = [row for row in rows[:at] if row <= table.head or not _has_value(table, row)][: 2 * AROUND + 2]
    shown = sorted({*head, *rows[max(0, at - AROUND) : at + AROUND + 1]})
    first = max(1, min(cell.column - WIDE // 2, width - WIDE + 2))
    columns = sorted({1, *range(first, min(width, first + WIDE - 2) + 1)}) if width > WIDE else range(1, width + 1)
    lines = tuple(tuple(texts.get((row, column), "") for column in columns) for row in shown)
    return Excerpt(
        table.name, table.caption, lines, shown.index(cell.row), list(columns).index(cell.column), table.notes
    )


def _has_value(table: Table, row: int) -> bool:
    """Whether a number stands in the row behind its first column; a bare year is a header's."""
    return any(
        c.row == row and c.column > 1 and re.search(r"\d", c.text) and not re.search(r"(?:19|20)\d\d", c.text)
        for c in table.cells
    )
