"""Tables written by hand, with the facts that their cells state: `tests/gold/tables.yml`.

python -m tests.tables.gold        the score, and each fact that is not right
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from bulletin.model import Observation, Unresolved
from schemas.catalogue import Catalogue, load_catalogue
from tests.samples import facts

FILE = Path(__file__).parent.parent / "gold" / "tables.yml"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A gold fact of a table and what was read in its place: `right`, `unresolved`, `wrong` or `unread`."""

    table: str
    line: str
    result: str
    read: str = ""


def entries() -> list[dict[str, Any]]:
    """Return the tables of the file."""
    found: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def verdicts(entry: Mapping[str, Any], catalogue: Catalogue) -> Iterator[Verdict]:
    """Yield what became of each gold fact of the table, in reading order."""
    about = {name: entry[name] for name in ("published", "language", "title", "area") if name in entry}
    about.setdefault("area", "CN")
    found = [f for f in facts(entry["text"], catalogue, entry["file"], **about).facts if f.mention.in_table]
    at = 0
    for line in entry["facts"]:
        quote = line.partition(" | ")[0].strip()
        place = next((i for i in range(at, len(found)) if found[i].mention.quote.strip() == quote), None)
        if place is None:
            yield Verdict(entry["name"], line, "right" if line.endswith("| -") else "unread")
            continue
        extra, at = found[at:place], place + 1
        yield from (Verdict(entry["name"], "", "wrong", _said(f)) for f in extra if isinstance(f, Observation))
        yield _verdict(entry["name"], line, found[place], about["area"])
    yield from (Verdict(entry["name"], "", "wrong", _said(f)) for f in found[at:] if isinstance(f, Observation))


def _verdict(name: str, line: str, fact: Observation | Unresolved, area: str) -> Verdict:
    _, *parts = (part.strip() for part in line.split(" | "))
    if parts == ["-"]:
        return Verdict(name, line, "wrong" if isinstance(fact, Observation) else "right", _said(fact))
    if isinstance(fact, Unresolved):
        return Verdict(name, line, "unresolved", f"{fact.reason} <{fact.mention.prefix}>")
    indicator, *members = parts[0].split()
    value, unit, *measure = parts[1].split()
    period, *place = parts[2].split(" ", 1)
    expected = (
        indicator,
        tuple(sorted(tuple(member.split("=")) for member in members)),
        Decimal(value),
        unit,
        *(measure or ["level"])[:1],
        measure[1] if len(measure) > 1 else None,
        period,
        place[0] if place else area,
    )
    return Verdict(name, line, "right" if expected == _read(fact) else "wrong", _said(fact))


def _read(fact: Observation) -> tuple[object, ...]:
    return (
        fact.indicator,
        fact.members,
        fact.mention.value,
        fact.unit,
        fact.measure.value,
        fact.direction.value if fact.direction else None,
        fact.period,
        fact.area,
    )


def _said(fact: Observation | Unresolved) -> str:
    told = " ".join(map(str, _read(fact))) if isinstance(fact, Observation) else fact.reason
    return f"{told} <{fact.mention.prefix}>"


def main() -> None:
    """Print the score and what is not right."""
    catalogue = load_catalogue()
    found = [verdict for entry in entries() for verdict in verdicts(entry, catalogue)]
    right = sum(verdict.result == "right" for verdict in found)
    wrong = sum(verdict.result == "wrong" for verdict in found)
    print(
        f"written by hand: {len(entries())} tables, {len(found)} facts, {right / len(found):.3f} right, {wrong} wrong"
    )
    for verdict in found:
        if verdict.result != "right":
            print(f"    {verdict.table}: {verdict.line}: {verdict.result}: {verdict.read}")


if __name__ == "__main__":
    main()
