"""When a document stands: the periods that its paragraphs and it as a whole are in, as far as read. Never the clock."""

from dataclasses import dataclass
from typing import NamedTuple

from bulletin import periods
from bulletin.model import FoundPeriod
from schemas.concepts import Kind


@dataclass(slots=True)
class Timeline:
    """When a document stands, as far as read."""

    published: str | None
    reference: str | None = None
    """The month that most of the document's numbers hold at."""
    reference_span: str | None = None
    """The same of years, halves, quarters and spans."""
    by_month: bool = False
    """Whether the document dates by the ends of quarters, so that a year's stock is that of its December."""
    point: str | None = None
    """The month that the paragraph stands in."""
    span: str | None = None
    """The year, half, quarter or span that it stands in."""
    latest: str | None = None
    """The last of the two that the paragraph named, or the more frequent of the document's."""
    reference_latest: str | None = None
    year_ends: frozenset[str] = frozenset()
    """The Decembers that are only named as the ends of their years, when stocks are counted; a rate is the year's."""
    reference_whole: bool = False
    """Whether the document names its month as a whole wherever it does."""
    whole_month: bool = False
    """Whether that month was named as a whole (8月份), and not by its end or as of it."""
    this_year: str | None = None
    """The year of publication, where the text dates its numbers by "this year" and by no part of it."""
    looks_back: bool = False
    """Whether all times that the text names are long gone, and few of its numbers are of them: nobody says when the
    others hold."""
    fresh: bool = True
    """Whether no sentence of the paragraph has named a period yet."""

    def enter_paragraph(self) -> None:
        """Stand in the document's own period again."""
        self.point, self.span, self.fresh = self.reference, self.reference_span, True
        self.whole_month = self.reference_whole
        self.latest = self.reference_latest


class Dated(NamedTuple):
    """The period of a number, and whether it is that number's alone."""

    value: str | None
    local: bool = False
    cumulative: bool = False
    """Whether the words name the end of the period: as of August, 截至8月末."""
    kind: Kind = Kind.STOCK
    shared: bool = False
    """Whether it leads the number's clause, or stands behind the next number: it need not be that of each of them."""
    doubt: str = ""
    """Why no words say when the number holds, though it is not the time of what stands around it."""


def absolute(period: FoundPeriod, timeline: Timeline) -> str | None:
    """Return the period with its year: as printed, or the latest one that the document's date allows."""
    if period.value:
        return period.value
    if period.relative == "this_year":
        return timeline.this_year
    standing = timeline.point or timeline.reference or timeline.span or timeline.reference_span
    if period.yearless is not None and not period.relative:
        if timeline.published:
            return periods.settle_year(period.yearless, timeline.published)
        return periods.with_year(period.yearless, periods.year_of(standing)) if standing else None
    if period.relative == "period_end":
        stood = timeline.span or timeline.point or timeline.reference_span
        return periods.last_month(stood) if stood else None
    now = timeline.published or standing
    if now and period.relative == "month_of_previous_year":
        return periods.with_year(period.yearless or "-12", periods.year_of(now[:7]) - 1)
    if now and period.relative == "last_year_end":
        return periods.previous_year_end(now[:7])
    if now and period.relative == "previous_year":
        return str(periods.year_of(now[:7]) - 1)
    return None


def standing(kind: Kind, timeline: Timeline) -> str | None:
    """Return the period that nothing near the number names: the paragraph's, else the document's, else its date's."""
    published = timeline.published[:7] if timeline.published and len(timeline.published) >= 7 else None
    if kind is Kind.FLOW:
        if timeline.span and (not timeline.point or periods.last_month(timeline.span) >= timeline.point):
            return timeline.span
        if timeline.point and timeline.whole_month:
            return timeline.point
        return periods.up_to(timeline.point) if timeline.point else published
    if kind is Kind.RATE:
        return timeline.latest or timeline.point or timeline.span or published
    if timeline.point:
        return timeline.point
    if timeline.span:
        ended = periods.last_month(timeline.span)
        under_way = published is not None and ended > published
        whole = len(timeline.span) == 4 and (under_way or not timeline.by_month)
        return timeline.span if whole else ended
    return published


def relative(base: FoundPeriod, period: str) -> str:
    """Return the period that the words name as seen from `period`: "the end of the previous year", 上年同期."""
    if base.relative in ("previous_year_end", "last_year_end"):
        return periods.previous_year_end(period)
    if base.relative == "month_of_previous_year":
        return periods.with_year(base.yearless or "-12", periods.year_of(period) - 1)
    if base.relative == "previous_month_end":
        return periods.previous_period(periods.last_month(period))
    if base.relative == "previous_quarter":
        return periods.months_earlier(period, 3) if periods.is_point(period) else periods.previous_period(period)
    if base.relative == "half_year_earlier":
        return periods.months_earlier(periods.last_month(period), 6)
    if base.relative == "same_period_of_year":
        return periods.years_earlier(period, periods.year_of(period) - int(base.yearless or periods.year_of(period)))
    if base.relative == "months_earlier":
        return periods.months_earlier(periods.last_month(period), int(base.yearless or 1))
    if base.relative == "years_earlier":
        return periods.years_earlier(period, int(base.yearless or 1))
    return periods.previous_year(period)
