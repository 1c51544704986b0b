"""From mentions to observations: indicator, members, measure, area, period and base period of every stated number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bulletin import periods
from bulletin.claims import Candidates, Claim, Memory, claims_on, is_bare
from bulletin.extract import language_of
from bulletin.measures import Reading, read_measure
from bulletin.model import Block, Document, Extracted, Mention, Observation, Resolved, Unresolved
from bulletin.periods import FoundPeriod
from bulletin.scan import HARD_BREAK, Sentence, scan
from bulletin.series import apportion
from bulletin.table_facts import resolve_tables
from bulletin.text import sentences, view
from schemas.catalogue import Catalogue, Language
from schemas.concepts import Kind, Measure

Fact = Observation | Unresolved
BASE_REACH = 24


@dataclass(slots=True)
class _Setting:
    """Where and when a document stands, as far as read."""

    area: str
    published: str | None
    point: str | None = None
    """The last month named as a reference period."""
    span: str | None = None
    """The last year, half, quarter or span so named."""
    memory: Memory = field(default_factory=Memory)


def resolve(extracted: Extracted, catalogue: Catalogue) -> Resolved:
    """Return the document with what its numbers state, in reading order; pure, by the document and catalogue alone."""
    document = extracted.document
    language = language_of(document, catalogue)
    text = view(document)
    prose = [mention for mention in extracted.mentions if mention.address is None]
    scanned = list(_scan_all(document, text, prose, catalogue, language))
    setting = _Setting(_main_area(document, scanned), document.metadata.published)
    setting.point = _first_point(scanned, setting)
    facts: list[Fact] = []
    for _block, sentence in scanned:
        facts += _resolve_sentence(sentence, setting, catalogue)
    facts += resolve_tables(document, extracted.mentions, setting.area, catalogue, language)
    return Resolved(document, tuple(facts))


def _scan_all(
    document: Document, text: str, mentions: Sequence[Mention], catalogue: Catalogue, language: Language
) -> Iterator[tuple[Block, Sentence]]:
    at = 0
    for block in document.blocks:
        if block.kind == "menu":
            continue
        for start, end in sentences(text, block.start, block.end):
            own = []
            while at < len(mentions) and mentions[at].start < end:
                own.append(mentions[at])
                at += 1
            yield block, scan(text, own, catalogue, language, start, end)


def _main_area(document: Document, scanned: Sequence[tuple[Block, Sentence]]) -> str:
    """Return the sidecar's area, else the country that the text names most."""
    if document.metadata.area:
        return document.metadata.area
    counts: dict[str, int] = {}
    for _, sentence in scanned:
        for word in sentence.words:
            for sense in word.of("area"):
                if sense.id != "WORLD":
                    counts[sense.id] = counts.get(sense.id, 0) + 1
    if counts:
        return max(counts, key=lambda area: counts[area])
    return "CN" if scanned and not scanned[0][1].language.boundaries else "WORLD"


def _first_point(scanned: Sequence[tuple[Block, Sentence]], setting: _Setting) -> str | None:
    """Return the first month that the text names as its reference, for numbers before it; else the month published."""
    for _, sentence in scanned:
        for period in sentence.periods:
            if not _is_base(sentence, period) and _is_reference(sentence, period):
                value = _absolute(period, setting)
                if value and periods.is_point(value):
                    return value
    return setting.published[:7] if setting.published and len(setting.published) >= 7 else None


def _resolve_sentence(sentence: Sentence, setting: _Setting, catalogue: Catalogue) -> Iterator[Fact]:
    facts: list[Fact] = []
    reading: Reading | None = None
    for index, mention in enumerate(sentence.mentions):
        reading = read_measure(sentence, index, reading)
        found = claims_on(sentence, index, reading, setting.memory, catalogue)
        fact = _fact(sentence, index, mention, reading, found, setting, catalogue)
        if fact is None:
            continue
        if isinstance(fact, Observation):
            setting.memory.claim = Claim(fact.indicator, fact.members)
            setting.memory.members |= dict(fact.members)
        elif fact.measure is Measure.LEVEL:
            # A level of something unknown: what follows may go on about that.
            setting.memory.claim = None
        facts.append(fact)
    _note_members(sentence, setting)
    _note_periods(sentence, setting)
    yield from apportion(sentence, facts, catalogue)


def _note_members(sentence: Sentence, setting: _Setting) -> None:
    for word in sentence.words:
        for sense in word.of("member"):
            setting.memory.members[sense.members[0][0]] = sense.id


def _fact(
    sentence: Sentence,
    index: int,
    mention: Mention,
    reading: Reading,
    found: Candidates,
    setting: _Setting,
    catalogue: Catalogue,
) -> Fact | None:
    if len(found.claims) != 1:
        if not found.claims and is_bare(mention):
            return None
        reason = found.reason or "several indicators claim it with equal right"
        names = tuple(sorted({claim.indicator for claim in found.claims}))
        return _unresolved(sentence, index, mention, reading, reason, names, setting)
    claim = found.claims[0]
    indicator = catalogue.indicators[claim.indicator]
    measure, unit = _measure_and_unit(reading, mention, indicator.unit)
    if measure in (Measure.CHANGE, Measure.GROWTH_RATE) and reading.direction is None:
        reason = "a difference, but no word says of what kind"
        return _unresolved(sentence, index, mention, reading, reason, (claim.indicator,), setting)
    period = _period(sentence, index, indicator.kind, setting, reading.direction is not None)
    base = _base_period(sentence, index, period, setting) if reading.direction else None
    if mention.unit is None and unit != indicator.unit:
        mention = replace(mention, unit=unit)
    return Observation(
        mention=mention,
        indicator=claim.indicator,
        members=claim.members,
        unit=unit,
        measure=measure,
        direction=reading.direction if measure in (Measure.CHANGE, Measure.GROWTH_RATE) else None,
        area=_area(sentence, index, setting),
        period=period,
        base_period=base,
    )


def _unresolved(
    sentence: Sentence,
    index: int,
    mention: Mention,
    reading: Reading,
    reason: str,
    candidates: tuple[str, ...],
    setting: _Setting,
) -> Unresolved:
    if mention.unit is None:
        mention = replace(mention, unit=_counted(sentence, index))
    return Unresolved(
        mention=mention,
        reason=reason,
        candidates=candidates,
        measure=reading.measure,
        direction=reading.direction,
        area=_area(sentence, index, setting),
        period=_period(sentence, index, Kind.STOCK, setting),
    )


def _counted(sentence: Sentence, index: int) -> str | None:
    """Return the unit of what the nearest noun of a unit counts: right behind the number, else before it."""
    begin, end = sentence.gap_after(index)
    behind = [word for word in sentence.words_in(begin, min(end, begin + BASE_REACH)) if word.of("noun")]
    ahead = [word for word in sentence.words_in(sentence.start, sentence.mentions[index].start) if word.of("noun")]
    for word in (*behind[:1], *ahead[-1:]):
        return word.of("noun")[0].id
    return None


def _measure_and_unit(reading: Reading, mention: Mention, unit: str) -> tuple[Measure, str]:
    if mention.unit == "percentage_point":
        level = unit == "percentage_point" and reading.direction is None
        return (Measure.LEVEL if level else Measure.CHANGE), "percentage_point"
    if mention.unit == "times":
        return Measure.GROWTH_RATE, "times"
    if mention.unit == "percent":
        if unit == "percent" and reading.measure is Measure.SHARE:
            return Measure.LEVEL, "percent"
        return reading.measure, "percent"
    return reading.measure, unit


def _area(sentence: Sentence, index: int, setting: _Setting) -> str:
    begin, _ = sentence.gap_before(index)
    for word in reversed(list(sentence.words_in(begin, sentence.mentions[index].start))):
        for sense in word.of("area"):
            if not sentence.broken(word.end, sentence.mentions[index].start, HARD_BREAK):
                return sense.id if sense.id != "WORLD" else setting.area
    return setting.area


# Periods of a sentence: which one a number holds at, and which one it is compared with.


def _cue_right_before(sentence: Sentence, position: int, cue: str, reach: int = BASE_REACH) -> bool:
    """Whether such a word stands before the position with nothing but small words in between."""
    for word in sentence.words:
        if word.is_cue(cue) and word.end <= position and position - word.end <= reach:
            between = sentence.text[word.end : position]
            if not HARD_BREAK.search(between) and not re.search(r"\d", between):
                return True
    return False


def _is_base(sentence: Sentence, period: FoundPeriod) -> bool:
    if period.relative and period.relative != "previous_year":
        return True
    reach = BASE_REACH if sentence.language.boundaries else 3
    return _cue_right_before(sentence, period.start, "base", reach)


def _is_reference(sentence: Sentence, period: FoundPeriod) -> bool:
    """Whether a date is one at which numbers hold; a bare day is when something was said."""
    if period.relative == "previous_year":
        # "last year's prices", 按上年不变价 say nothing of when; only "Last year, ..." does.
        return period.start - sentence.start <= 3
    return not period.day or _cue_right_before(sentence, period.start, "as_of", 6)


def _absolute(period: FoundPeriod, setting: _Setting) -> str | None:
    """Return the period with its year: as printed, or the latest one that the document's date allows."""
    if period.value:
        return period.value
    if period.yearless is not None and not period.relative:
        if setting.published:
            return periods.settle_year(period.yearless, setting.published)
        standing = setting.point or setting.span
        return periods.with_year(period.yearless, periods.year_of(standing)) if standing else None
    now = setting.point or setting.published
    if now and period.relative == "previous_year":
        return str(periods.year_of(now[:7]) - 1)
    return None


def _note_periods(sentence: Sentence, setting: _Setting) -> None:
    """Note the periods that later sentences stand in; one of a mere comparison is none ("against 73% in 2020")."""
    numbers = sentence.mentions
    for period in sentence.periods:
        leads = not numbers or period.end <= numbers[0].start
        follows = bool(numbers) and not sentence.broken(numbers[0].end, period.start, HARD_BREAK)
        later = len(numbers) > 1 and period.start >= numbers[1].start
        if (leads or (follows and not later)) and not _is_base(sentence, period) and _is_reference(sentence, period):
            value = _absolute(period, setting)
            if value and periods.is_point(value):
                setting.point, setting.span = value, None
            elif value:
                setting.span = value


def _period(sentence: Sentence, index: int, kind: Kind, setting: _Setting, difference: bool = False) -> str | None:
    """Return the period that the sentence gives the number, else the one that the text before it left standing."""
    number = sentence.mentions[index]
    own = [p for p in sentence.periods if not _is_base(sentence, p) and _is_reference(sentence, p)]
    begin, end = sentence.clause_after(index)
    behind = [p for p in own if begin <= p.start <= end and p.start - begin <= 16]
    before = [p for p in own if p.end <= number.start]
    # "from 42.1% in 2012", 2012年的42.1%: a period right at a level is its own, though the sentence compares with it.
    touching = [p for p in sentence.periods if 0 <= number.start - p.end <= 2 and not p.relative and not difference]
    later = [p for p in own if p.start >= number.end]
    close = [p for p in later if not sentence.broken(number.end, p.start, HARD_BREAK)]
    for period in (*touching, *behind[:1], *before[::-1], *close[:1]):
        value = _absolute(period, setting)
        if value:
            return value
    if kind is Kind.FLOW and setting.span:
        return setting.span
    if kind is Kind.FLOW:
        standing = setting.point or setting.span
    else:
        standing = setting.point or (periods.last_month(setting.span) if setting.span else None)
    return standing or next((value for value in (_absolute(period, setting) for period in later) if value), None)


def _base_period(sentence: Sentence, index: int, period: str | None, setting: _Setting) -> str | None:
    if period is None:
        return None
    before, _ = sentence.gap_before(index)
    _, after = sentence.gap_after(index)
    near = [p for p in sentence.periods if before <= p.start and p.end <= after and _is_base(sentence, p)]
    for found in near:
        if found.relative:
            return _relative(found, period)
        value = _absolute(found, setting)
        if value:
            return value
    cues = list(sentence.words_in(before, after))
    if any(word.is_cue("year_on_year") for word in cues):
        return periods.previous_year(period)
    if any(word.is_cue("month_on_month") for word in cues):
        return periods.previous_period(period)
    if any(word.is_cue("during_year") for word in cues):
        return periods.previous_year_end(period) if periods.is_point(period) else periods.previous_year(period)
    return None


def _relative(base: FoundPeriod, period: str) -> str:
    """Return the period that the words name as seen from `period`: "the end of the previous year", 上年同期."""
    if base.relative == "previous_year_end":
        return periods.previous_year_end(period)
    if base.relative == "month_of_previous_year":
        return periods.with_year(base.yearless or "-12", periods.year_of(period) - 1)
    if base.relative == "previous_month_end":
        return periods.previous_period(periods.last_month(period))
    return periods.previous_year(period)
