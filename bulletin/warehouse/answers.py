"""Answers to a user's SQL: read only, not fetched before they are asked for, written by DuckDB where it can."""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO

import duckdb

from bulletin.errors import UsageError, WarehouseError
from bulletin.warehouse.store import Warehouse

CHUNK = 10_000
"""Rows that are fetched at a time."""
_ANSWERED = "SELECT, FROM, WITH, VALUES, PIVOT, DESCRIBE, SHOW, SUMMARIZE and EXPLAIN are answered"
_FORMULA = r"^[\s\x00]*[=+\-@\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]"
_NUMBER = r"^\s*[+\-]?[0-9][0-9.,]*\s*%?\s*$"
_TEXT = re.compile(r"VARCHAR|ENUM|JSON")
_SCALED = re.compile(r"DECIMAL\(\d+,\s*[1-9]")
_OPTIONS = {
    "csv": "FORMAT csv, HEADER true",
    "json": "FORMAT json, ARRAY true",
    "jsonl": "FORMAT json",
    "parquet": "FORMAT parquet, COMPRESSION zstd",
}


class Answer:
    """What a query yields."""

    def __init__(self, warehouse: Warehouse, sql: str) -> None:
        """Take one query that reads.

        Raises:
            UsageError: it is none, several, one that writes, or DuckDB refuses it; the message shows the place.
        """
        self._connection = warehouse.connection
        self._ask("SET python_enable_replacements = false")
        if _asks_plainly(self._connection, sql):
            self._ask(sql, bind=True)
            self._ask(f"CREATE OR REPLACE TEMP VIEW answer AS\n{sql}")
        else:
            found = self._ask(sql).to_arrow_table()
            self._connection.register("answer", found)
        described = self._ask("DESCRIBE answer").fetchall()
        self.names = [str(row[0]) for row in described]
        self.types = [str(row[1]) for row in described]

    def _ask(self, sql: str, *, bind: bool = False) -> Any:
        try:
            return self._connection.sql(sql) if bind else self._connection.execute(sql)
        except duckdb.Error as error:
            raise UsageError(f"the query was refused: {error}") from error

    def count(self) -> int:
        """Return how many rows there are."""
        return int(self._ask("SELECT count(*) FROM answer").fetchone()[0])

    def rows(self, least: int | None = None) -> Iterator[tuple[Any, ...]]:
        """Yield the rows, fetched a few at a time; only the first ones where `least` says how many are enough."""
        cursor = self._ask("FROM answer" + ("" if least is None else f" LIMIT {least:d}"))
        try:
            while chunk := cursor.fetchmany(CHUNK):
                yield from chunk
        except duckdb.Error as error:
            raise UsageError(f"the query was refused: {error}") from error

    def runnable(self) -> int:
        """Return how many texts a spreadsheet would take for formulas."""
        texts = [_quoted(n) for n, kind in zip(self.names, self.types, strict=True) if _TEXT.match(kind)]
        if not texts:
            return 0
        sums = " + ".join(f"count(*) FILTER ({_is_formula(name)})" for name in texts)
        return int(self._ask(f"SELECT {sums} FROM answer").fetchone()[0])

    def write(self, file: Path, form: str, *, guard: bool = False) -> None:
        """Write all rows as `csv`, `json`, `jsonl` or `parquet`, in memory that does not grow with them.

        Decimals are exact. With `guard`, a text of a CSV that a spreadsheet would run as a formula gets a ' before it.
        """
        columns = ", ".join(
            f"{_as(form, _quoted(name), kind, guard)} AS {_quoted(name)}"
            for name, kind in zip(self.names, self.types, strict=True)
        )
        target = str(file).replace("'", "''")
        try:
            self._connection.execute(
                f"COPY (SELECT {columns} FROM answer) TO '{target}' ({_OPTIONS[form]}, USE_TMP_FILE false)"
            )
        except duckdb.IOException as error:
            raise WarehouseError(f"{file}: cannot be written: {error}") from error
        except duckdb.Error as error:
            raise UsageError(f"the query was refused: {error}") from error

    def send(self, out: BinaryIO, form: str, *, guard: bool = False) -> None:
        """Write all rows into a stream, such as standard output.

        Raises:
            BrokenPipeError: nobody reads on.
        """
        reading, writing = os.pipe()
        broken: list[OSError] = []
        thread = Thread(target=_pass_on, args=(reading, out, broken), daemon=True)
        thread.start()
        try:
            self.write(Path(f"/dev/fd/{writing}"), form, guard=guard)
        except WarehouseError:
            if not broken:
                raise
        finally:
            os.close(writing)
            thread.join()
        if broken:
            raise broken[0]


def _asks_plainly(connection: duckdb.DuckDBPyConnection, sql: str) -> bool:
    """Return whether the query can stand in another one: EXPLAIN, PRAGMA and a PIVOT over what it finds cannot."""
    try:
        statements = connection.extract_statements(sql)
    except duckdb.Error as error:
        raise UsageError(f"the query was refused: {error}") from error
    kinds = [statement.type for statement in statements]
    if not kinds:
        raise UsageError('there is no query; try `bulletin query "SHOW TABLES"`')
    found_pivot = len(kinds) > 1 and all(statement.query == "" for statement in statements)
    if len(kinds) > 1 and not found_pivot:
        raise UsageError(f"these are {len(kinds)} statements; ask one at a time")
    if kinds[-1] not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
        said = kinds[-1].name
        instead = " (--output FILE writes the answer of a SELECT)" if said == "COPY" else ""
        raise UsageError(f"{said} is refused: here the warehouse is only read{instead}; {_ANSWERED}")
    pragma = re.match(r"\s*PRAGMA\b", sql, re.IGNORECASE)
    return kinds == [duckdb.StatementType.SELECT] and not pragma


def _pass_on(reading: int, out: BinaryIO, broken: list[OSError]) -> None:
    """Copy what comes out of the pipe; where nobody takes it, close the pipe, so that its writer stops too."""
    with open(reading, "rb", buffering=0) as pipe:
        try:
            while piece := pipe.read(1 << 16):
                out.write(piece)
            out.flush()
        except OSError as error:
            broken.append(error)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _is_formula(column: str) -> str:
    return f"regexp_matches({column}::VARCHAR, '{_FORMULA}') AND NOT regexp_matches({column}::VARCHAR, '{_NUMBER}')"


def _as(form: str, column: str, kind: str, guard: bool) -> str:
    """Return the column as it is written: decimals without idle zeros, no numbers that JSON does not have."""
    if form == "parquet":
        return column
    if _SCALED.match(kind) and not kind.endswith("]"):
        plain = f"rtrim(rtrim({column}::VARCHAR, '0'), '.')"
        return f"{plain}::JSON" if form != "csv" else plain
    if form != "csv" and kind in ("DOUBLE", "FLOAT"):
        return f"CASE WHEN isfinite({column}) THEN {column} END"
    if form == "csv" and guard and _TEXT.match(kind) and not kind.endswith("]"):
        return f"CASE WHEN {_is_formula(column)} THEN '''' || {column}::VARCHAR ELSE {column}::VARCHAR END"
    return column


def formats() -> Sequence[str]:
    """Return the formats that DuckDB writes itself."""
    return tuple(_OPTIONS)
