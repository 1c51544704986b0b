"""Fiscal years: 2024-25 is April to March in India and July to June in Australia; which, the document's area tells."""

from dataclasses import replace

from bulletin import periods
from bulletin.model import FoundPeriod
from bulletin.scan import Sentence
from schemas.catalogue import Catalogue


def first_month(area: str, catalogue: Catalogue) -> int | None:
    """Return the month in which the area's fiscal year begins, a part's by its country; None where it is not known."""
    known = catalogue.areas.get(area)
    country = catalogue.areas.get(known.part_of) if known and known.part_of else None
    return (known and known.fiscal_year) or (country and country.fiscal_year) or None


def in_fiscal_years(sentence: Sentence, month: int | None) -> Sentence:
    """Return the sentence with its fiscal years as spans of months; as their first years, where nothing tells more."""
    if not any(period.fiscal for period in sentence.periods):
        return sentence
    found = (_settled(period, month) if period.fiscal else period for period in sentence.periods)
    return replace(sentence, periods=tuple(found))


def _settled(period: FoundPeriod, month: int | None) -> FoundPeriod:
    if month is None or period.value is None:
        return period
    last = f"-{(month + 10) % 12 + 1:02}"
    return period._replace(value=periods.with_year(f"-{month:02}/{last}", int(period.value) + 1))
