"""From an entry as written to the record that it is; what cannot be made raises an error that says why."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from schemas.catalogue.model import (
    Area,
    Correction,
    Difference,
    Dimension,
    Example,
    Indicator,
    Label,
    Language,
    Member,
    MemberForm,
    PeriodForm,
    Unit,
    UnitWord,
)
from schemas.concepts import Kind

FACT_COLUMNS = frozenset(
    {
        "address",
        "agreement",
        "area",
        "base_months",
        "base_period",
        "bound",
        "candidates",
        "chosen_because",
        "correction",
        "current",
        "decimals",
        "direction",
        "document",
        "document_id",
        "documents",
        "end",
        "end_date",
        "indicator",
        "load_id",
        "lower",
        "measure",
        "members",
        "mention_unit",
        "observation_id",
        "period",
        "position",
        "prefix",
        "published",
        "publisher",
        "quote",
        "rank",
        "reason",
        "series",
        "series_id",
        "sha256",
        "source",
        "sources",
        "start",
        "status",
        "suffix",
        "unit",
        "upper",
        "value",
    }
)
"""Columns of facts and series, which a dimension must not be called; `tests/test_catalogue.py` holds them together."""
STATED = ("value", "unit", "bound", "measure", "direction", "members", "area", "period", "base_period")
"""What an example may say of the fact that its text states."""


def _labels(entry: Mapping[str, Sequence[Any]] | None) -> dict[str, tuple[Label, ...]]:
    for language, items in (entry or {}).items():
        if not isinstance(items, list):
            raise ValueError(f"the labels in {language!r} are {items!r}; write a list")
    return {language: tuple(_label(item) for item in items) for language, items in (entry or {}).items()}


def _label(item: Any) -> Label:
    if isinstance(item, dict):
        unknown = set(item) - {"text", "members", "requires", "generic"}
        if unknown:
            allowed = "text, members, requires, generic"
            raise ValueError(f"a label has no field {', '.join(sorted(unknown))}; allowed are {allowed}")
        members = {str(dimension): str(member) for dimension, member in item.get("members", {}).items()}
        requires = _texts(item.get("requires", ()))
        return Label(_text(item["text"]), tuple(sorted(members.items())), requires, bool(item.get("generic", False)))
    return Label(_text(item))


def _examples(entry: Sequence[Mapping[str, Any]] | None) -> tuple[Example, ...]:
    for item in entry or ():
        if unknown := set(item) - {*STATED, "text", "language"}:
            allowed = ", ".join(("text", "language", *STATED))
            raise ValueError(f"an example has no field {', '.join(sorted(unknown))}; allowed are {allowed}")
        try:
            Decimal(str(item["value"]))
        except InvalidOperation:
            raise ValueError(f"the value of an example is {item['value']!r}, which is no number") from None
    return tuple(
        Example(item["text"], item["language"], {"value": item["value"]} | {k: item[k] for k in STATED if k in item})
        for item in entry or ()
    )


def _indicator(entry: dict[str, Any]) -> Indicator:
    for bound in ("minimum", "maximum"):
        if bound in entry:
            entry[bound] = _number(bound, entry[bound])
    for name in ("dimensions", "requires", "ratio_dimensions"):
        entry[name] = tuple(entry.get(name, ()))
    entry["only"] = {dimension: _texts(members) for dimension, members in entry.get("only", {}).items()}
    if "ratio" in entry:
        if len(entry["ratio"]) != 2:
            raise ValueError("a ratio names two indicators: [what is counted, of what]")
        numerator, denominator = entry["ratio"]
        entry["ratio"] = (numerator, denominator)
    if "difference" in entry:
        entry["difference"] = _difference(entry["difference"])
    for name in ("grows", "population", "additive"):
        entry[name] = _flag(name, entry.get(name, name == "additive"))
    entry["kind"] = Kind(entry.get("kind", "stock"))
    return Indicator(**entry | {"labels": _labels(entry.get("labels")), "examples": _examples(entry.get("examples"))})


def _difference(entry: Mapping[str, Any]) -> Difference:
    dimensions = [(name, members) for name, members in entry.items() if name != "indicator"]
    if "indicator" not in entry or len(dimensions) != 1 or len(dimensions[0][1]) != 2:
        raise ValueError(
            f"the difference is {dict(entry)!r}; write an indicator and two members of one dimension: "
            "{indicator: internet_penetration_rate, residence: [urban, rural]}"
        )
    [(dimension, (more, less))] = dimensions
    return Difference(entry["indicator"], dimension, (more, less))


def _flag(name: str, value: Any) -> bool:
    if value not in (True, False, "true", "false"):
        raise ValueError(f"{name} is {value!r}; true or false is asked for")
    return value in (True, "true")


def _dimension(entry: dict[str, Any]) -> Dimension:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", str(entry["id"])) or entry["id"] in FACT_COLUMNS:
        taken = ", ".join(sorted(FACT_COLUMNS))
        raise ValueError(f"its id names a column: small letters, digits and _, and none of {taken}")
    members = {}
    for item in entry["members"]:
        labels = _labels(item.get("labels"))
        if str(item["id"]) in members:
            raise ValueError(f"member {item['id']!r} stands twice")
        members[str(item["id"])] = Member(**item | {"id": str(item["id"]), "dimension": entry["id"], "labels": labels})
    partitions = tuple(tuple(parts) for parts in entry.get("partitions", ()))
    forms = tuple(MemberForm(**form) for form in entry.get("forms", ()))
    for form in forms:
        form.member.format(**dict.fromkeys(re.compile(form.pattern).groupindex, ""))
    entry["shares_of_total"] = _flag("shares_of_total", entry.get("shares_of_total", True))
    return Dimension(**entry | {"members": members, "partitions": partitions, "forms": forms})


def _unit(entry: dict[str, Any]) -> Unit:
    words = {language: tuple(_unit_word(item) for item in items) for language, items in entry.get("words", {}).items()}
    nouns = {language: tuple(items) for language, items in entry.get("nouns", {}).items()}
    signs = _texts(entry.get("signs", ()))
    return Unit(
        **entry | {"words": words, "nouns": nouns, "signs": signs, "examples": _examples(entry.get("examples"))}
    )


def _unit_word(item: Any) -> UnitWord:
    if not isinstance(item, dict):
        return UnitWord(_text(item))
    factor = _number("factor", item.get("factor", 1))
    if factor <= 0:
        raise ValueError(
            f"the factor of {item['text']!r} is {factor}; it is how many of the unit one is, and above zero"
        )
    return UnitWord(**item | {"text": _text(item["text"]), "factor": factor})


def _area(entry: dict[str, Any]) -> Area:
    return Area(**entry | {"labels": _labels(entry.get("labels"))})


def _language(entry: dict[str, Any]) -> Language:
    entry["hedges"] = {
        bound: {side: _texts(words) for side, words in sides.items()} for bound, sides in entry["hedges"].items()
    }
    for name in ("cues", "not_statistics"):
        entry[name] = {key: _texts(words) for key, words in entry[name].items()}
    entry["tables"] = {key: _texts(words) for key, words in entry.get("tables", {}).items()}
    entry["towards"] = {kind: _texts(words) for kind, words in entry.get("towards", {}).items()}
    entry["same_words"] = tuple(_texts(words) for words in entry.get("same_words", ()))
    entry["local_money"] = {word: _texts(areas) for word, areas in entry.get("local_money", {}).items()}
    entry["linking"] = _texts(entry["linking"])
    entry["revisions"] = _texts(entry.get("revisions", ()))
    for name in ("measure_nouns", "member_nouns", "fillers", "count_words"):
        entry[name] = _texts(entry.get(name, ()))
    for name in ("scales", "numerals"):
        for word, value in entry[name].items():
            if not isinstance(value, int):
                raise ValueError(f"{name}: {word!r} is {value!r}; a whole number is asked for")
    entry["periods"] = tuple(PeriodForm(**form) for form in entry["periods"])
    for pattern in _patterns_of(entry):
        re.compile(pattern)
    return Language(**entry)


def _correction(entry: dict[str, Any]) -> Correction:
    for name in ("document", "quote", "reason", "who", "when"):
        entry[name] = _text(entry[name])
    if (entry.get("start") is None) == (entry.get("address") is None):
        raise ValueError("it says where the quote stands: `start` in a text, or the `address` of a cell")
    return Correction(**entry | {"id": str(entry["id"]), "value": _number("value", entry["value"])})


def _texts(words: Iterable[Any]) -> tuple[str, ...]:
    if isinstance(words, str):
        raise ValueError(f"{words!r} stands where a list is asked for: [{words}]")
    return tuple(_text(word) for word in words)


def _text(word: Any) -> str:
    if not isinstance(word, str):
        raise ValueError(f"the word {word!r} is read as a {type(word).__name__}; quote it")
    if not word.strip():
        raise ValueError("a word is empty")
    return word


def _number(name: str, value: Any) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"{name} is {value!r}, which is no number") from None


def _patterns_of(language: Mapping[str, Any]) -> Iterable[str]:
    yield from (pattern for patterns in language["not_statistics"].values() for pattern in patterns)
    # A placeholder stands for a group: {year} for the digits of a year.
    yield from (re.sub(r"\{[a-z]\w*\}", "x", form.pattern) for form in language["periods"])


BUILDERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "indicators": _indicator,
    "dimensions": _dimension,
    "units": _unit,
    "areas": _area,
    "languages": _language,
    "corrections": _correction,
}
