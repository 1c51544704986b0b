"""Rules that a user wrote in SQL, run inside the load's transaction over what was just written."""

import re
from collections.abc import Sequence
from typing import Any

import duckdb

from bulletin.user_rules import ALL, UserQuery
from bulletin.warehouse.issues import close, digest, judge, reopen_or_open, write
from schemas.concepts import Outcome

_FACTS = """
    CREATE OR REPLACE TEMP VIEW facts AS
    SELECT f.*, d.document, d.vintage, d.publisher, d.title, d.published, d.language
    FROM fact_observation AS f JOIN current_document AS d USING (document_id)
    WHERE f.status != 'unresolved'
"""
_LINE = re.compile(r"LINE (\d+):")


class BrokenQueryError(Exception):
    """A query that cannot be run; the transaction may be lost by it."""

    def __init__(self, query: UserQuery, line: int, what: str) -> None:
        super().__init__(what)
        self.query, self.line, self.what = query, line, what


def run_queries(connection: duckdb.DuckDBPyConnection, queries: Sequence[UserQuery], load_id: int) -> None:
    """Write the findings of the queries, close those of whole-warehouse ones that are gone, and judge their facts.

    Raises:
        BrokenQueryError: a query is refused by DuckDB, is no SELECT, or yields no observation_id and message.
    """
    touched: set[int] = set()
    for query in queries:
        touched.update(row[0] for row in connection.execute(_CONCERNED, [query.id]).fetchall())
        found = _bad_rows(connection, query, load_id)
        rows = [
            {
                "issue": digest(query.id, f"{sha256} {position}"),
                "document_id": document_id,
                "rule": query.id,
                "severity": query.severity.value,
                "message": f"{quote!r}: {message}",
                "observation_ids": [observation_id],
                "outcome": Outcome.FAIL.value,
                "finding": digest(query.id, f"{sha256} {position}"),
                "suspect_ids": [],
                "certain": True,
                "repairs": [],
            }
            for observation_id, message, document_id, quote, position, sha256 in found
        ]
        issues = [str(row["issue"]) for row in rows]
        write(connection, rows, load_id)
        reopen_or_open(connection, issues, issues, load_id)
        if query.over == ALL:
            close(connection, query.id, issues, load_id)
        touched.update(row[0] for row in found)
    judge(connection, sorted(touched))


_CONCERNED = "SELECT fact FROM (SELECT unnest(observation_ids) AS fact FROM issue WHERE rule = ?)"


def _bad_rows(connection: duckdb.DuckDBPyConnection, query: UserQuery, load_id: int) -> list[tuple[Any, ...]]:
    """Return for each bad row: observation, message, document, quote, position and the document's hash."""
    over = "" if query.over == ALL else f" AND f.load_id = {load_id:d}"
    try:
        statements = connection.extract_statements(query.sql)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise BrokenQueryError(query, 1, "it is one SELECT of bad rows, and nothing else")
        connection.execute(_FACTS + over)
        relation = connection.execute(query.sql)
        names = [column[0] for column in relation.description or ()]
        if not {"observation_id", "message"} <= set(names):
            what = f"it selects {', '.join(names)}; observation_id and message are asked for"
            raise BrokenQueryError(query, 1, what)
        rows = [dict(zip(names, row, strict=True)) for row in relation.fetchall()]
        bad = {row["observation_id"]: str(row["message"]) for row in rows}
        known = connection.execute(
            "SELECT observation_id, document_id, quote, position, sha256 FROM fact_observation "
            "JOIN dim_document USING (document_id) WHERE observation_id IN (SELECT unnest(?::BIGINT[]))",
            [list(bad)],
        ).fetchall()
    except duckdb.Error as error:
        text = str(error)
        line = _LINE.search(text)
        raise BrokenQueryError(query, int(line[1]) if line else 1, text.splitlines()[0].rstrip(".")) from error
    if len(known) != len(bad):
        raise BrokenQueryError(query, 1, "an observation_id that it selects is none of the warehouse's")
    return [(fact, bad[fact], document, quote, at, sha256) for fact, document, quote, at, sha256 in known]
