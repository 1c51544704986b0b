"""docs/sql.md: its queries asked of the warehouse of the samples, and the answers written below them.

python -m tests.sql_page    writes the answers anew
"""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bulletin import pipeline
from bulletin.answers.grid import grid
from bulletin.answers.query import numeric
from bulletin.settings import Request
from bulletin.warehouse import Answer, Warehouse

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "sql.md"
WIDE = 110
BLOCK = re.compile(r"```sql\n(?P<sql>.*?)\n```\n\n```text\n(?P<answer>.*?)```", re.DOTALL)


def samples(folder: Path) -> Path:
    """Return the warehouse of the samples, made in the folder."""
    warehouse = folder / "bulletin.duckdb"
    pipeline.ingest(Request((str(ROOT / "raw"), str(ROOT / "raw" / "broken")), warehouse=warehouse))
    return warehouse


def questions() -> Iterator[tuple[str, str]]:
    """Yield each query of the page with the answer that stands below it."""
    for found in BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        yield found["sql"], found["answer"]


def answer(sql: str, warehouse: Warehouse) -> str:
    """Return what `bulletin query` prints for the query, in a terminal of WIDE columns."""
    asked = Answer(warehouse, sql)
    rows = list(asked.rows())
    lines, _ = grid(asked.names, numeric(asked.types), rows, WIDE)
    return "".join(f"{line}\n" for line in lines) if rows else "(no rows)\n"


def main() -> None:
    """Write the answers into the page."""
    with tempfile.TemporaryDirectory() as name, Warehouse(samples(Path(name)), read_only=True) as warehouse:
        text = BLOCK.sub(
            lambda found: f"```sql\n{found['sql']}\n```\n\n```text\n{answer(found['sql'], warehouse)}```",
            PAGE.read_text(encoding="utf-8"),
        )
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
