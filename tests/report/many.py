"""A warehouse of many facts, made by the checks and the loader without any text to read."""

from decimal import Decimal
from itertools import islice, product
from pathlib import Path

from bulletin.check import check
from bulletin.model import Document, Mention, Metadata, Observation, Resolved
from bulletin.warehouse import load
from schemas.catalogue import Catalogue
from schemas.concepts import Measure

MILLION = Decimal(1_000_000)
WORDS = "At the end of the period, the number of people who went online at least once in the half year before was "


def fill(path: Path, catalogue: Catalogue, *, facts: int, findings: int, documents: int = 100) -> None:
    """Load facts in threes (whole, urban, rural), in some of which the rural number lost its decimal point."""
    periods = [f"{year}-{month:02}" for year, month in product(range(2005, 2025), (6, 12))]
    threes = list(islice(product(sorted(catalogue.areas), periods), facts // 3))
    wrong = {int(at * len(threes) / findings) for at in range(findings)}
    size = -(-len(threes) // documents)
    resolved = []
    for number in range(documents):
        own = range(number * size, min((number + 1) * size, len(threes)))
        stated = [fact for at in own for fact in _three(*threes[at], slipped=at in wrong, start=at * 1000)]
        about = Metadata(
            publisher="Office of Statistics", title=f"Bulletin {number}", published="2025-01-17", language="en"
        )
        document = Document(key=f"raw/{number}.txt", sha256=f"{number:064}", metadata=about, text=WORDS)
        resolved.append(Resolved(document, tuple(stated)))
    load(check(resolved, catalogue), (), path, catalogue, "many")


def _three(area: str, period: str, *, slipped: bool, start: int) -> list[Observation]:
    parts = {"": Decimal("10.0"), "urban": Decimal("6.4"), "rural": Decimal("36.0" if slipped else "3.6")}
    return [_fact(area, period, member, value, start + 200 * at) for at, (member, value) in enumerate(parts.items())]


def _fact(area: str, period: str, member: str, value: Decimal, start: int) -> Observation:
    mention = Mention(
        quote=f"{value} million",
        start=start,
        end=start + 12,
        value=value * MILLION,
        decimals=1,
        half_unit=MILLION / 20,
        unit="person",
        prefix=WORDS,
        suffix=f" ({member or 'all'}), in {area}, {period}.",
    )
    members = (("residence", member),) if member else ()
    return Observation(
        mention=mention,
        indicator="internet_users",
        members=members,
        unit="person",
        measure=Measure.LEVEL,
        direction=None,
        area=area,
        period=period,
    )
