"""SDMX: the values as SDMX-CSV 2.0 (`series.csv`), and what they mean as an SDMX-JSON 2.0 structure message.

Codes of SDMX are letters, digits and `_ @ $ -`; what else stands in an id of the warehouse (the space of an area's
name) is an underscore there, and the name beside it is as it was.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bulletin.exports.content import ROWS, Column, Content, words
from bulletin.exports.tables import CSV, cell, number

AGENCY, VERSION = "BULLETIN", "1.0.0"
TOTAL, UNSPECIFIED, NOT_APPLICABLE = "_T", "_U", "_Z"
_SCHEMA = (
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/2.0.0/"
    "sdmx-json-structure-schema.json"
)
_NO_CODE = r"[^A-Za-z0-9_@$-]"
_TYPES = {"integer": "Integer", "decimal": "Decimal", "double": "Double", "date": "GregorianDay", "text": "String"}
_PERIOD = """CASE
    WHEN period LIKE '%/%' THEN start_date || '/P' || (datediff('month', start_date, end_date) + 1) || 'M'
    ELSE replace(period, '-H', '-S') END"""
"""2022-H1 is 2022-S1 to SDMX, and a span of five months 2020-01-01/P5M."""
_LAG = f"""CASE WHEN measure NOT IN ('change', 'growth_rate') THEN '{NOT_APPLICABLE}'
    ELSE coalesce('P' || base_months || 'M', '{UNSPECIFIED}') END"""
Names = Mapping[str, str]
Codes = dict[str, Names]


def write(content: Content, folder: Path) -> None:
    """Write `series.csv` and `structure.json`."""
    lists = _lists(content)
    (folder / "structure.json").write_text(
        json.dumps(_message(content, lists), ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
    )
    columns = ", ".join(f'{sql} AS "{name}"' for name, sql in _selected(content).items())
    flow = f"{AGENCY}:SERIES({VERSION})"
    sql = f"SELECT 'dataflow' AS STRUCTURE, '{flow}' AS STRUCTURE_ID, 'I' AS ACTION, {columns} FROM {ROWS}"
    content.warehouse.copy(sql, folder / "series.csv", CSV)


def code(text: str) -> str:
    """Return the id as a code of SDMX.

    >>> code("Inner Mongolia")
    'Inner_Mongolia'
    """
    return re.sub(_NO_CODE, "_", text)


def _coded(expression: str, known: Iterable[str]) -> str:
    """Return SQL for the code of an id; where two ids would have one code, the later ones by name are numbered."""
    said: Counter[str] = Counter()
    twice = []
    for name in sorted(known):
        said[code(name)] += 1
        if said[code(name)] > 1:
            twice.append((name.replace("'", "''"), f"{code(name)}-{said[code(name)]}"))
    plain = f"regexp_replace({expression}, '{_NO_CODE}', '_', 'g')"
    cases = "".join(f" WHEN '{name}' THEN '{numbered}'" for name, numbered in twice)
    return f"CASE {expression}{cases} ELSE {plain} END" if twice else plain


def _selected(content: Content) -> dict[str, str]:
    """Return the columns, by concept, as SQL: dimensions, the value, attributes."""
    named = {column.name: column for column in content.columns}
    chosen = {
        "INDICATOR": _coded("indicator", _used(content, "indicator")),
        "REF_AREA": f"coalesce({_coded('area', _used(content, 'area'))}, '{UNSPECIFIED}')",
        "FREQ": f"CASE frequency WHEN 'X' THEN '{words()['codes']['frequency']['X']['code']}' ELSE frequency END",
        "MEASURE": "measure",
        "UNIT_MEASURE": _coded("unit", _used(content, "unit")),
        "BASE_LAG": _LAG,
    }
    for name in content.members:
        chosen[named[name].concept] = f"coalesce({_coded(_quoted(name), _used(content, name))}, '{TOTAL}')"
    chosen |= {
        "TIME_PERIOD": _PERIOD,
        "OBS_VALUE": number("value_exact"),
        "OBS_STATUS": "CASE bound WHEN 'exact' THEN 'A' ELSE 'E' END",
        "UNIT_MULT": "0",
    }
    for column in _attributes(content):
        chosen[column.concept] = number(f"{column.name}_exact") if column.kind == "decimal" else _plain(column)
    return chosen


def _plain(column: Column) -> str:
    return cell(_quoted(column.name)) if column.kind == "text" and not column.allowed else _quoted(column.name)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _attributes(content: Content) -> list[Column]:
    """Return the columns that say more of a value."""
    own = {"INDICATOR", "REF_AREA", "FREQ", "MEASURE", "UNIT_MEASURE", "BASE_LAG", "TIME_PERIOD", "OBS_VALUE", ""}
    return [column for column in content.columns if column.concept not in own and column.name not in content.members]


def _used(content: Content, column: str) -> list[str]:
    rows = content.warehouse.rows(
        f'SELECT DISTINCT "{column}" AS id FROM {ROWS} WHERE "{column}" IS NOT NULL ORDER BY 1'
    )
    return [row["id"] for row in rows]


def _lists(content: Content) -> dict[str, Codes]:
    """Return the code lists, by concept."""
    codes = words()["codes"]
    concepts = {column.name: column.concept for column in content.columns}
    lists: dict[str, Codes] = {
        "INDICATOR": _table_codes(content, "indicator", "dim_indicator", "indicator"),
        "REF_AREA": {UNSPECIFIED: codes["unspecified"], **_table_codes(content, "area", "dim_area", "area")},
        "FREQ": {entry.get("code", key): _names(entry) for key, entry in codes["frequency"].items()},
        "MEASURE": {key: _names(entry) for key, entry in codes["measure"].items()},
        "UNIT_MEASURE": _table_codes(content, "unit", "dim_unit", "unit"),
        "BASE_LAG": _lags(content),
        "OBS_STATUS": {key: _names(entry) for key, entry in codes["status"].items()},
        "BOUND": {key: _names(entry) for key, entry in codes["bound"].items()},
    }
    for name, dimension in content.members.items():
        member = f"(FROM dim_member WHERE dimension = '{dimension}')"
        lists[concepts[name]] = {TOTAL: codes["total"], **_table_codes(content, name, member, "member")}
    return lists


def _names(entry: Mapping[str, str]) -> Names:
    return {language: entry[language] for language in ("en", "zh")}


def _table_codes(content: Content, column: str, table: str, key: str) -> Codes:
    """Return the codes of the ids that are used, with their names; an id that no table names is its own."""
    rows = content.warehouse.rows(
        f"SELECT u.id, {_coded('u.id', _used(content, column))} AS code, d.name_en, d.name_zh "
        f'FROM (SELECT DISTINCT "{column}" AS id FROM {ROWS} WHERE "{column}" IS NOT NULL) AS u '
        f"LEFT JOIN {table} AS d ON d.{key} = u.id ORDER BY u.id"
    )
    return {
        row["code"]: {"en": row["name_en"] or row["id"], "zh": row["name_zh"] or row["name_en"] or row["id"]}
        for row in rows
    }


def _lags(content: Content) -> Codes:
    months = content.warehouse.rows(
        f"SELECT DISTINCT base_months AS n FROM {ROWS} WHERE measure IN ('change', 'growth_rate') "
        "AND base_months IS NOT NULL ORDER BY n"
    )
    codes = words()["codes"]
    spans = {f"P{row['n']}M": {tag: text.format(n=row["n"]) for tag, text in codes["months"].items()} for row in months}
    return {NOT_APPLICABLE: codes["not_applicable"], UNSPECIFIED: codes["unspecified"], **spans}


def _message(content: Content, lists: Mapping[str, Codes]) -> dict[str, Any]:
    title = content.titles
    return {
        "meta": {
            "schema": _SCHEMA,
            "id": "BULLETIN_SERIES",
            "test": False,
            "prepared": f"{content.latest.isoformat()}T00:00:00Z",  # of the content: the same content is the same file
            "contentLanguages": ["en", "zh"],
            "sender": {"id": AGENCY, "name": AGENCY.title()},
        },
        "data": {
            "codelists": [
                _scheme(f"CL_{name}", _concepts(content)[name], _items(codes), "codes") for name, codes in lists.items()
            ],
            "conceptSchemes": [_scheme("CS_SERIES", title, _items(_concepts(content)), "concepts")],
            "dataStructures": [
                {**_maintained("DSD_SERIES", title), "dataStructureComponents": _components(content, lists)}
            ],
            "dataflows": [
                {
                    **_maintained("SERIES", title),
                    "structure": _urn("datastructure.DataStructure", "DSD_SERIES"),
                }
            ],
        },
    }


def _concepts(content: Content) -> dict[str, Names]:
    """Return the names of the concepts."""
    own = {name: _names(entry) for name, entry in words()["concepts"].items()}
    return {column.concept: column.titles for column in content.columns if column.concept} | own


def _items(names: Mapping[str, Names]) -> list[dict[str, Any]]:
    return [{"id": key, "name": said.get("en", key), "names": {**said}} for key, said in names.items()]


def _maintained(name: str, titles: Names) -> dict[str, Any]:
    return {
        "id": name,
        "agencyID": AGENCY,
        "version": VERSION,
        "name": titles.get("en", name),
        "names": {**titles},
    }


def _scheme(name: str, titles: Names, items: Sequence[Mapping[str, Any]], kind: str) -> dict[str, Any]:
    return {**_maintained(name, titles), "isPartial": kind == "codes", kind: items}


def _urn(kind: str, name: str, item: str = "") -> str:
    return f"urn:sdmx:org.sdmx.infomodel.{kind}={AGENCY}:{name}({VERSION})" + (f".{item}" if item else "")


def _components(content: Content, lists: Mapping[str, Codes]) -> dict[str, Any]:
    columns = {column.concept: column for column in content.columns}
    names = list(_selected(content))
    at = names.index("TIME_PERIOD")
    dimensions = [{**_component(name, columns, lists), "position": place} for place, name in enumerate(names[:at], 1)]
    attributes = [
        {
            **_component(name, columns, lists),
            "usage": "mandatory" if name in ("OBS_STATUS", "UNIT_MULT") else "optional",
            "attributeRelationship": {"observation": {}},
        }
        for name in names[at + 2 :]
    ]
    return {
        "dimensionList": {
            "id": "DimensionDescriptor",
            "dimensions": dimensions,
            "timeDimension": {
                "id": "TIME_PERIOD",
                "conceptIdentity": _concept("TIME_PERIOD"),
                "localRepresentation": {"format": {"dataType": "ObservationalTimePeriod"}},
            },
        },
        "measureList": {
            "id": "MeasureDescriptor",
            "measures": [{**_component("OBS_VALUE", columns, lists), "usage": "mandatory"}],
        },
        "attributeList": {"id": "AttributeDescriptor", "attributes": attributes},
    }


def _component(name: str, columns: Mapping[str, Column], lists: Mapping[str, Codes]) -> dict[str, Any]:
    if name in lists:
        representation: dict[str, Any] = {"enumeration": _urn("codelist.Codelist", f"CL_{name}")}
    else:
        kind = columns[name].kind if name in columns else "integer"
        representation = {"format": {"dataType": _TYPES[kind]}}
    return {"id": name, "conceptIdentity": _concept(name), "localRepresentation": representation}


def _concept(name: str) -> str:
    return _urn("conceptscheme.Concept", "CS_SERIES", name)
