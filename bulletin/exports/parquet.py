"""Parquet, a file for each indicator in a folder `indicator=<id>` (the layout that Hive began)."""

from pathlib import Path
from urllib.parse import quote

from bulletin.exports.content import ROWS, Content

HOW = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880"
EMPTY = "__HIVE_DEFAULT_PARTITION__"
"""The folder of an export without rows: a file without rows, so that readers find the columns."""


def write(content: Content, folder: Path) -> None:
    """Write the rows of each indicator: doubles as in `series`, and exact decimals beside them."""
    found = content.warehouse.rows(f"SELECT DISTINCT indicator FROM {ROWS} ORDER BY indicator")
    selected = ", ".join(
        f'"{column.name}"' + (f", {column.name}_exact" if column.kind == "decimal" else "")
        for column in content.columns
        if column.name != "indicator"
    )
    for indicator in [row["indicator"] for row in found] or [None]:
        place = folder / f"indicator={EMPTY if indicator is None else quote(indicator, safe='')}"
        place.mkdir()
        literal = "NULL" if indicator is None else "'" + indicator.replace("'", "''") + "'"
        sql = f"SELECT {selected} FROM {ROWS} WHERE indicator = {literal}"
        content.warehouse.copy(sql, place / "part-0.parquet", HOW)
