"""From mentions to observations: indicator, members, measure, area, period and base period of every stated number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bulletin import periods
from bulletin.claim import Claim, Memory, is_bare
from bulletin.claims import Candidates, claims_on
from bulletin.extract import language_of
from bulletin.measures import Reading, read_measure
from bulletin.model import Block, Document, Extracted, Mention, Observation, Resolved, Unresolved
from bulletin.scan import HARD_BREAK, Sentence, scan
from bulletin.series import apportion
from bulletin.table_facts import resolve_tables
from bulletin.text import sentences, view
from bulletin.timing import Timeline, absolute, base_period_of, is_base, is_reference, note_periods, period_of
from schemas.catalogue import Catalogue, Language
from schemas.concepts import Kind, Measure

Fact = Observation | Unresolved
COUNTED_REACH = 24
"""Characters behind a number within which a noun says what it counts."""


@dataclass(slots=True)
class _Setting:
    """Where and when a document stands, as far as read."""

    area: str
    timeline: Timeline
    memory: Memory = field(default_factory=Memory)


def resolve(extracted: Extracted, catalogue: Catalogue) -> Resolved:
    """Return the document with what its numbers state, in reading order; pure, by the document and catalogue alone."""
    document = extracted.document
    language = language_of(document, catalogue)
    text = view(document)
    prose = [mention for mention in extracted.mentions if mention.address is None]
    scanned = list(_scan_all(document, text, prose, catalogue, language))
    setting = _Setting(_main_area(document, scanned, language), Timeline(document.metadata.published))
    setting.timeline.point = _first_point(scanned, setting.timeline)
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


def _main_area(document: Document, scanned: Sequence[tuple[Block, Sentence]], language: Language) -> str:
    """Return the sidecar's area, else the country that the text names most, else the language's."""
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
    return language.area


def _first_point(scanned: Sequence[tuple[Block, Sentence]], timeline: Timeline) -> str | None:
    """Return the first month that the text names as its reference, for numbers before it; else the month published."""
    for _, sentence in scanned:
        for period in sentence.periods:
            if not is_base(sentence, period) and is_reference(sentence, period):
                value = absolute(period, timeline)
                if value and periods.is_point(value):
                    return value
    return timeline.published[:7] if timeline.published and len(timeline.published) >= 7 else None


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
    note_periods(sentence, setting.timeline)
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
    if mention.negative and reading.direction is None:
        reason = "a minus stands before it, and what it is said of is never below zero"
        return _unresolved(sentence, index, mention, reading, reason, (claim.indicator,), setting)
    period = period_of(sentence, index, indicator.kind, setting.timeline, reading.direction is not None)
    base = base_period_of(sentence, index, period, setting.timeline) if reading.direction else None
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
        period=period_of(sentence, index, Kind.STOCK, setting.timeline),
    )


def _counted(sentence: Sentence, index: int) -> str | None:
    """Return the unit of what the nearest noun of a unit counts: right behind the number, else before it."""
    begin, end = sentence.gap_after(index)
    behind = [word for word in sentence.words_in(begin, min(end, begin + COUNTED_REACH)) if word.of("noun")]
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
