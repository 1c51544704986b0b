"""Columns dated by the table's own time: last month, the same period of last year, the year to date."""

from collections.abc import Sequence

from bulletin import periods
from bulletin.headers import MEASURES, Header
from bulletin.timeline import relative
from schemas.concepts import Kind


def is_told(headers: Sequence[Header]) -> bool:
    """Return whether one of the headers says when by the table's own time."""
    return any(header.to_date or _seen_from_it(header) for header in headers)


def as_told(headers: Sequence[Header], period: str | None, kind: Kind) -> str | None:
    """Return the period that the headers name as seen from the table's own: 上月, 上年同期, 本年累计.

    A stock adds nothing up, so its year to date is its month.
    """
    if period is None:
        return None
    if kind is not Kind.STOCK and any(header.to_date for header in headers) and periods.is_point(period):
        period = periods.up_to(period)
    for header in headers:
        if _seen_from_it(header):
            return relative(header.periods[-1], period)
    return period


def _seen_from_it(header: Header) -> bool:
    """Whether the header names a period only by another one, and no comparison with it."""
    if not header.periods or header.difference or header.is_cue(*MEASURES):
        return False
    last = header.periods[-1]
    return bool(last.relative) and last.value is None and last.relative not in ("this_year", "period_end")
