"""The tables of a Data Package and of CSV on the Web: `series` and the tables that its codes refer to, as CSV.

A cell is what the warehouse holds, with two exceptions that docs/exports.md names: what CSV cannot carry (control
characters) and what a spreadsheet would run (formulas).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bulletin.exports.content import QUOTED, ROWS, Column, Content, words

CSV = "FORMAT csv, HEADER, DELIMITER ',', QUOTE '\"', ESCAPE '\"', NULLSTR ''"
_RUNS = r"^''*([=@＝＠\t\r]|[-+－＋].*[(|!])"
"""What a spreadsheet takes for a formula that does something; a signed number is none. Behind any apostrophes, so that
taking one away gives back what was there."""
_CONTROL = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]"
"""What neither CSV readers nor XML take; a space of the line (tab, line feed, carriage return) is none of them."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns that stand in another table, or in the same one where `table` is empty."""

    columns: tuple[str, ...]
    table: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is exported."""

    name: str
    titles: Mapping[str, str]
    description: str
    sql: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()


def cell(expression: str) -> str:
    """Return SQL for a text as a cell of CSV: without control characters, an apostrophe before what would be run."""
    clean = f"regexp_replace({expression}, '{_CONTROL}', '\ufffd', 'g')"
    return f"CASE WHEN regexp_matches({clean}, '{_RUNS}', 's') THEN '''' || {clean} ELSE {clean} END"


def number(expression: str) -> str:
    """Return SQL for an exact decimal in plain digits, without zeros that say nothing."""
    return f"rtrim(rtrim({expression}::VARCHAR, '0'), '.')"


def write_tables(content: Content, folder: Path) -> tuple[Table, ...]:
    """Write each table as `<name>.csv` and return them, `series` first."""
    tables = (_series(content), *_named(content), _periods(content), _documents(content), *_members(content))
    for table in tables:
        content.warehouse.copy(table.sql, folder / f"{table.name}.csv", CSV)
    return tables


def _series(content: Content) -> Table:
    selected = ", ".join(f'{_selected(column)} AS "{column.name}"' for column in content.columns)
    references = [Reference((name,), name, (name,)) for name in ("indicator", "area", "unit", "document")]
    references += [Reference((name,), "period", ("period",)) for name in ("period", "base_period")]
    references += [
        Reference((name,), f"member_{dimension}", ("member",)) for name, dimension in content.members.items()
    ]
    return Table(
        "series",
        words()["tables"]["series"],
        content.comments.get("series", ""),
        f"SELECT {selected} FROM {ROWS}",
        content.columns,
        ("series_id", "period"),
        tuple(references),
    )


def _selected(column: Column) -> str:
    if column.kind == "text":
        return cell(f'"{column.name}"')
    return number(f"{column.name}_exact") if column.kind == "decimal" else f'"{column.name}"'


def _named(content: Content) -> list[Table]:
    """Return the tables of indicators, areas and units: those that are used, known to the catalogue or not."""
    more = {"indicator": ("definition", "unit", "kind")}
    found = []
    for name in ("indicator", "area", "unit"):
        own = ("name_en", "name_zh", *more.get(name, ()))
        selected = ", ".join(f"{cell(f'd.{column}')} AS {column}" for column in own)
        # An indicator's unit of its levels is a unit that no exported value may have.
        used = f"SELECT DISTINCT {name} FROM {ROWS} WHERE {name} IS NOT NULL"
        if name == "unit":
            used += f" UNION SELECT unit FROM dim_indicator WHERE indicator IN (SELECT indicator FROM {ROWS})"
        found.append(
            Table(
                name,
                words()["tables"][name],
                content.comments.get(f"dim_{name}", ""),
                f"SELECT {cell(f'u.{name}')} AS {name}, {selected} FROM ({used}) AS u "
                f"LEFT JOIN dim_{name} AS d USING ({name}) ORDER BY u.{name}",
                _described(content, f"dim_{name}", (name, *own)),
                (name,),
                (Reference(("unit",), "unit", ("unit",)),) if name == "indicator" else (),
            )
        )
    return found


def _periods(content: Content) -> Table:
    return Table(
        "period",
        words()["tables"]["period"],
        content.comments.get("dim_period", ""),
        "SELECT period, start_date, end_date, frequency FROM dim_period WHERE period IN "
        f"(SELECT period FROM {ROWS} UNION SELECT base_period FROM {ROWS}) ORDER BY start_date, end_date, period",
        _described(content, "dim_period", ("period", "start_date", "end_date", "frequency")),
        ("period",),
    )


def _documents(content: Content) -> Table:
    columns = ("source", "publisher", "title", "published", "edition", "language", "url", "licence", "sha256")
    selected = ", ".join(f"{cell(name)} AS {name}" for name in ("document", *columns))
    return Table(
        "document",
        words()["tables"]["document"],
        "Documents that the values are quoted from.",
        f"SELECT {selected}, vintage_date FROM {QUOTED} ORDER BY dim_document.document",
        _described(content, "dim_document", ("document", *columns, "vintage_date")),
        ("document",),
    )


def _members(content: Content) -> list[Table]:
    """Return a table for each dimension: members of the catalogue, and those of forms (ages, speeds) that are used."""
    tables = []
    for name, dimension in content.members.items():
        titles = dict(content.dimension_names[dimension])
        tables.append(
            Table(
                f"member_{dimension}",
                titles,
                f"Members of the dimension {dimension}.",
                f"SELECT {cell('member')} AS member, {cell('name_en')} AS name_en, {cell('name_zh')} AS name_zh, "
                f"{cell('within')} AS within FROM (SELECT member, name_en, name_zh, within FROM dim_member "
                f"WHERE dimension = '{dimension}' UNION ALL BY NAME SELECT DISTINCT \"{name}\" AS member FROM {ROWS} "
                f"WHERE \"{name}\" NOT IN (SELECT member FROM dim_member WHERE dimension = '{dimension}')) AS m "
                "ORDER BY m.member",
                _described(content, "dim_member", ("member", "name_en", "name_zh", "within")),
                ("member",),
                (Reference(("within",), "", ("member",)),),
            )
        )
    return tables


def _described(content: Content, table: str, names: tuple[str, ...]) -> tuple[Column, ...]:
    """Return columns of a dimension table; the first is its key."""
    called = words()["columns"] | words()["dimension_columns"]
    return tuple(
        Column(
            name,
            "date" if name in ("start_date", "end_date", "vintage_date") else "text",
            {"en": called[name]["en"], "zh": called[name]["zh"]},
            content.comments.get(f"{table}.{name}", ""),
            required=at == 0,
        )
        for at, name in enumerate(names)
    )
