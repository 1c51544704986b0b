"""From a table's cells to observations: the headers carry indicator, members, unit and period."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bulletin import periods
from bulletin.claim import fits
from bulletin.layout import Value, address_of, values
from bulletin.measures import Reading, added_cues
from bulletin.model import Document, FoundPeriod, Members, Mention, Observation, Unresolved
from bulletin.periods import find_periods, header_period
from bulletin.timing import Timeline, relative, standing
from bulletin.vocabulary import Token, tokens
from schemas.catalogue import Catalogue, Indicator, Language
from schemas.concepts import Direction, Kind, Measure

_ARTICLE = re.compile(r"\s+the$", re.IGNORECASE)


def resolve_tables(
    document: Document,
    mentions: Sequence[Mention],
    area: str,
    timeline: Timeline,
    catalogue: Catalogue,
    language: Language,
) -> Iterator[Observation | Unresolved]:
    """Yield what the table mentions of the document state, in reading order."""
    by_address = {mention.address: mention for mention in mentions if mention.address}
    for table in document.tables:
        for value in values(table, language):
            mention = by_address.get(address_of(table, value.cell))
            if mention:
                yield _fact(value, mention, document, area, timeline, catalogue, language)


def _fact(
    value: Value,
    mention: Mention,
    document: Document,
    area: str,
    timeline: Timeline,
    catalogue: Catalogue,
    language: Language,
) -> Observation | Unresolved:
    headers = [*value.headers, document.metadata.title or ""]
    words = [_tokens(text, catalogue, language) for text in headers]
    base = _base(value, language)
    reading = _reading(words, mention)
    if base and reading.measure is Measure.LEVEL:
        reading = Reading(Measure.GROWTH_RATE if mention.unit == "percent" else Measure.CHANGE, Direction.UP)
    claimed = _claim(words, mention, reading, catalogue)
    kind = Kind.STOCK if isinstance(claimed, str) else claimed[0].kind
    period = _period(value, document, language) or standing(kind, timeline)
    if isinstance(claimed, str):
        return Unresolved(mention=mention, reason=claimed, measure=reading.measure, area=area, period=period)
    indicator, members = claimed
    measure = reading.measure
    if measure is Measure.SHARE and indicator.unit == "percent":
        measure = Measure.LEVEL
    plain = measure in (Measure.LEVEL, Measure.CHANGE) and mention.unit != "percentage_point"
    direction = reading.direction if measure in (Measure.CHANGE, Measure.GROWTH_RATE) else None
    if mention.negative and not direction:
        reason = "it is below zero, and no header says that it is a change"
        return Unresolved(
            mention=mention, reason=reason, candidates=(indicator.id,), measure=measure, area=area, period=period
        )
    if direction and mention.negative:
        direction = Direction.DOWN
    yearly = any(word.is_cue("year_on_year") for text in words for word in text)
    begin, _, end = (period or "").partition("/")
    if end and direction and kind is Kind.STOCK:
        # The growth of a stock over the span that the caption names: 2022年12月—2023年6月.
        period = end
    earlier = _base_period(base, period, yearly=yearly) if direction and period else None
    return Observation(
        mention=mention,
        indicator=indicator.id,
        members=members,
        unit=indicator.unit if plain else mention.unit or "percent",
        measure=measure,
        direction=direction,
        area=area,
        period=period,
        base_period=earlier or (begin if direction and period == end else None),
    )


@lru_cache(maxsize=4096)
def _tokens(text: str, catalogue: Catalogue, language: Language) -> tuple[Token, ...]:
    return tuple(tokens(text, catalogue, language, 0, len(text)))


def _reading(words: Sequence[Sequence[Token]], mention: Mention) -> Reading:
    for text in words:
        for word in text:
            if word.is_cue("share"):
                return Reading(Measure.SHARE, None, True)
            if word.is_cue("up", "down", "change_noun", "year_on_year", "month_on_month", *added_cues(mention)):
                direction = Direction.DOWN if word.is_cue("down") else Direction.UP
                return Reading(Measure.GROWTH_RATE if mention.unit == "percent" else Measure.CHANGE, direction)
    return Reading(Measure.LEVEL)


def _base(value: Value, language: Language) -> FoundPeriod | None:
    """Return the period that the header compares with: "Change from 2023", 比上年末净增; None where it names none."""
    for text in value.headers:
        for period in find_periods(text, language):
            if _is_base(text, period, language):
                return period
    return None


def _is_base(text: str, period: FoundPeriod, language: Language) -> bool:
    ahead = _ARTICLE.sub("", text[: period.start].rstrip()).casefold()
    return any(ahead.endswith(word.casefold()) for word in language.cues["base"])


def _base_period(base: FoundPeriod | None, period: str, *, yearly: bool) -> str | None:
    if base and base.value:
        return base.value if base.value < period else None
    if base and base.relative:
        return relative(base, period)
    return periods.previous_year(period) if yearly else None


def _period(value: Value, document: Document, language: Language) -> str | None:
    found = next(
        (p for text in value.headers if (p := header_period(text, language)) and not _is_base(text, p, language)), None
    )
    if found and found.value:
        return found.value
    if found and found.yearless is not None and document.metadata.published:
        return periods.settle_year(found.yearless, document.metadata.published)
    return None


def _claim(
    words: Sequence[Sequence[Token]], mention: Mention, reading: Reading, catalogue: Catalogue
) -> tuple[Indicator, Members] | str:
    """Return the indicator that the nearest header names with a fitting unit, and its members; else why not."""
    for text in words:
        for word in text:
            for sense in word.of("indicator"):
                indicator = catalogue.indicators[sense.id]
                if not fits(indicator, mention, reading, catalogue):
                    continue
                members = dict(_members(words, indicator)) | dict(sense.members)
                if all(dimension in members for dimension in indicator.requires):
                    return indicator, tuple(sorted(members.items()))
    return "no header, caption or title names an indicator of the catalogue with a fitting unit"


def _members(words: Sequence[Sequence[Token]], indicator: Indicator) -> Iterator[tuple[str, str]]:
    """Yield the members that the headers name, the nearest of each dimension, where one header names only one."""
    seen: set[str] = set()
    for text in words:
        named: dict[str, set[str]] = {}
        for word in text:
            for sense in word.of("member"):
                named.setdefault(sense.members[0][0], set()).add(sense.id)
        for dimension, found in named.items():
            if dimension in indicator.dimensions and dimension not in seen and len(found) == 1:
                seen.add(dimension)
                yield dimension, next(iter(found))
