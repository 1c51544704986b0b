"""Clean facts to put slips into: the samples as the pipeline reads them, the gold facts as annotators gave them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from bulletin import pipeline
from bulletin.discover import discover
from bulletin.model import Document, Mention, Metadata, Observation, Resolved
from bulletin.settings import Request
from schemas.catalogue import Catalogue, load_catalogue
from schemas.concepts import Bound, Direction, Measure
from tests.scoring import Split, read_lines, splits

ROOT = Path(__file__).parent.parent.parent
NUMERAL = re.compile(r"\d[\d,，]*(?:[.．]\d+)?")
INVENTED = ("en_wild", "prices", "en_reports", "zh_reports", "tourism", "en_unseen", "zh_unseen", "dwellings")
"""Splits whose figures are partly made up: what does not add up in them says nothing of the rules."""
Place = tuple[str, int]
"""Document and offset: where a fact stands."""


@dataclass(frozen=True, slots=True)
class Source:
    """Facts that are read with one catalogue, and where those stand that their annotators call wrong."""

    name: str
    catalogue: Catalogue
    resolved: tuple[Resolved, ...]
    wrong: frozenset[Place] = frozenset()


def samples() -> Source:
    """Return what the pipeline reads from raw/."""
    request = Request((str(ROOT / "raw"),))
    documents = pipeline.read(discover(request.paths)).documents
    return Source("raw", load_catalogue(), pipeline.resolve(pipeline.extract(documents, request), request))


def gold() -> list[Source]:
    """Return the gold facts, one source for each catalogue that they are named with."""
    by_catalogue: dict[Path | None, list[Split]] = defaultdict(list)
    for split in (split for split in splits() if split.name not in INVENTED):
        by_catalogue[split.catalogue].append(split)
    return [_source(folder, parts) for folder, parts in by_catalogue.items()]


def _source(folder: Path | None, parts: Sequence[Split]) -> Source:
    catalogue = load_catalogue(*([folder] if folder else []))
    resolved: list[Resolved] = []
    wrong: set[Place] = set()
    for split in parts:
        documents = {record["doc_id"]: record for record in read_lines(split.documents)}
        facts = defaultdict(list)
        for fact in read_lines(split.gold):
            facts[fact["doc_id"]].append(fact)
            wrong |= {(fact["doc_id"], fact["start"])} if fact.get("wrong") else set()
        for key, own in facts.items():
            resolved.append(Resolved(_document(documents[key]), tuple(_observations(own, catalogue))))
    return Source(folder.name if folder else "gold", catalogue, tuple(resolved), frozenset(wrong))


def _document(record: dict[str, Any]) -> Document:
    about = {name: record.get(name) for name in ("publisher", "published", "language", "title")}
    return Document(key=record["doc_id"], sha256="0" * 64, metadata=Metadata(**about), text=record["text"])


def _observations(facts: Sequence[dict[str, Any]], catalogue: Catalogue) -> Iterator[Observation]:
    """Yield the facts that the catalogue has an indicator for and whose number can be read."""
    for fact in facts:
        if fact["value"] is not None and fact["indicator"] in catalogue.indicators:
            value = Decimal(str(fact["value"]))
            decimals, half = rounding(fact["quote"], value)
            mention = Mention(
                quote=fact["quote"],
                start=fact["start"],
                end=fact["start"] + len(fact["quote"]),
                value=value,
                decimals=decimals,
                half_unit=half,
                unit=fact["unit"] if fact["unit"] in catalogue.units else None,
                bound=Bound(fact["bound"]),
            )
            yield Observation(
                mention=mention,
                indicator=fact["indicator"],
                members=tuple(sorted(fact["members"].items())),
                unit=fact["unit"],
                measure=Measure(fact["measure"]),
                direction=Direction(fact["direction"]) if fact["direction"] else None,
                area=fact["area"],
                period=fact["period"],
                base_period=fact["base_period"],
            )


def rounding(quote: str, value: Decimal) -> tuple[int, Decimal]:
    """Return the printed decimals and half a unit of the last printed digit; nothing for a number in words."""
    match = NUMERAL.search(quote)
    printed = re.sub("[,，]", "", match[0]).replace("．", ".") if match else ""
    if not printed or not Decimal(printed):
        return 0, Decimal(0)
    decimals = len(printed.partition(".")[2])
    return min(decimals, 10), value / Decimal(printed) * Decimal(10) ** -decimals / 2
