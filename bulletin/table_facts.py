"""From a table's cells to observations: the headers carry indicator, members, area, unit and period."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bulletin import periods
from bulletin.addresses import address_of
from bulletin.headers import Header, read_header
from bulletin.layout import Value, values
from bulletin.model import Document, FoundPeriod, Mention, Observation, Table, Unresolved
from bulletin.table_claims import Question, Refusal, TableClaim, claim_on
from bulletin.table_neighbours import DIFFERENCES, Answer, Beside, Level, beside_of, of_neighbours
from bulletin.timeline import Timeline, relative, standing
from bulletin.told_columns import as_told, is_told
from schemas.catalogue import Catalogue, Language
from schemas.catalogue.model import RATE_UNITS
from schemas.concepts import Direction, Kind, Measure

Fact = Observation | Unresolved
_OPENING_NOUN = re.compile(r"[A-Za-z]+s\b")


def resolve_tables(
    document: Document,
    mentions: Sequence[Mention],
    area: str,
    timeline: Timeline,
    catalogue: Catalogue,
    language: Language,
) -> Iterator[Fact]:
    """Yield what the table mentions of the document state, in reading order."""
    by_address = {(mention.address, mention.quote): mention for mention in mentions if mention.in_table}
    for table in document.tables:
        yield from _Resolver(document, by_address, area, timeline, catalogue, language).facts(table)


@dataclass(slots=True)
class _Lead:
    """The last row that names an indicator, of which rows below it may be parts."""

    headers: tuple[Header, ...] = ()
    whole: tuple[Header, ...] = ()
    """The last such row that names no members."""

    def enter(self, own: tuple[Header, ...]) -> None:
        """Note a row by its headers; one with unknown words ends what was spoken of."""
        if any(header.unknown for header in own):
            self.headers = self.whole = ()
        elif any(header.names_indicator or header.total for header in own):
            self.headers = own
            if not any(header.members for header in own):
                self.whole = own

    def over(self, own: tuple[Header, ...]) -> tuple[Header, ...]:
        """Return the headers of the row that this one is a part of."""
        if any(header.unknown for header in own) or not own:
            return ()
        if any(header.names_indicator for header in own):
            # 占网民 is how much of them those of the row above are.
            part = any(header.is_cue("share") for header in own) and not any(header.narrows for header in own)
            return self.headers if part and any(header.narrows for header in self.headers) else ()
        of_which = any(header.is_cue("anaphora") for header in own)
        bare = not any(header.members for header in own)
        return self.headers if of_which or bare else self.whole or self.headers


@dataclass(frozen=True, slots=True)
class _Resolver:
    """Resolves the tables of one document."""

    document: Document
    mentions: dict[tuple[str | None, str], Mention]
    """By the address of the cell and the number as printed, of which a cell may hold two."""
    area: str
    timeline: Timeline
    catalogue: Catalogue
    language: Language

    def facts(self, table: Table) -> Iterator[Fact]:
        found = [
            (value, mention)
            for value in values(table, self.language)
            if (mention := self.mentions.get((address_of(table, value.cell), value.cell.text)))
        ]
        stubs = [header for value, _ in found for header in self._read(value.rows)]
        areal, dated = any(header.areas for header in stubs), any(header.periods for header in stubs)
        told = frozenset(dimension for header in stubs for dimension in header.named())
        lead, around = _Lead(), None
        for _, row in groupby(found, key=lambda pair: (pair[0].cell.row, pair[0].rows)):
            pairs = list(row)
            first = pairs[0][0]
            if (first.around, first.corner, first.sections) != around:
                lead, around = _Lead(), (first.around, first.corner, first.sections)
            own = self._read(first.rows)
            over = lead.over(own)
            lead.enter(own)
            questions = [self._question(value, mention, over, told) for value, mention in pairs]
            yield from self._row(questions, areal=areal, dated=dated)

    def _read(self, texts: Iterable[str]) -> tuple[Header, ...]:
        return tuple(read_header(text, self.catalogue, self.language) for text in texts)

    def _question(self, value: Value, mention: Mention, lead: tuple[Header, ...], told: frozenset[str]) -> Question:
        title = self.document.metadata.title
        far = (*value.corner, *value.around, *([title] if title else []))
        near = tuple(self._completed(header, value) for header in self._read(value.near))
        return Question(value, mention, near, lead, self._read(far), self.catalogue, self.language, bool(title), told)

    def _completed(self, header: Header, value: Value) -> Header:
        """Return the header with the noun that the caption opens with, where only both make a label: Mobile, Users."""
        if header.names_indicator or not self.language.boundaries:
            return header
        for caption in value.around:
            noun = _OPENING_NOUN.match(caption)
            text = f"{header.text} {noun[0]}" if noun else ""
            whole = read_header(text, self.catalogue, self.language)
            if any(word.of("indicator") and word.end - word.start == len(text) for word in whole.words):
                return whole
        return header

    def _row(self, questions: Sequence[Question], *, areal: bool, dated: bool) -> Iterator[Fact]:
        """Yield the facts of a row: its differences may be those of the levels that stand with them."""
        answers = [claim_on(question) for question in questions]
        dated = dated or any(header.periods for q in questions for header in self._read(q.value.columns))
        if dated:
            pairs = zip(questions, answers, strict=True)
            answers = [self._dated(question, answer) for question, answer in pairs]
        levels = [
            Level(answer, period, question.value.cell.column, dated=near is not None)
            for question, answer in zip(questions, answers, strict=True)
            if isinstance(answer, TableClaim) and answer.reading.measure is Measure.LEVEL
            if (period := (near := self._near_period(question, answer)) or self._period(question, answer))
        ]
        for question, answer in zip(questions, answers, strict=True):
            answer = of_neighbours(question, answer, [level.claim for level in levels])
            beside = beside_of(answer, question.value.cell.column, levels)
            yield self._fact(question, answer, beside, areal=areal)

    def _dated(self, question: Question, answer: Answer) -> Answer:
        """Refuse the total of a table of periods: it is that of no period that is named."""
        if isinstance(answer, Refusal) or answer.reading.measure is not Measure.LEVEL:
            return answer
        if not any(header.total for header in question.near) or self._near_period(question, answer):
            return answer
        return Refusal("a total over the periods beside it", (answer.indicator.id,), answer.reading)

    def _fact(self, question: Question, answer: Answer, beside: Beside, *, areal: bool) -> Fact:
        period = self._near_period(question, answer) or beside.period or self._period(question, answer)
        area = self._area(question, answer, areal=areal)
        if isinstance(answer, TableClaim):
            reason = self._objection(question, answer) or (None if area else "of which area is not said")
            if reason is None and area:
                fact = self._observation(question, answer, period, area)
                between = fact.direction and fact.period == beside.period
                return replace(fact, base_period=fact.base_period or beside.base) if between else fact
            answer = Refusal(reason or "", (answer.indicator.id,), answer.reading)
        direction = answer.reading.direction
        if direction and question.mention.negative:
            direction = Direction.DOWN
        return Unresolved(
            mention=question.mention,
            reason=answer.reason,
            candidates=answer.candidates,
            measure=answer.reading.measure,
            direction=direction,
            area=area or self.area,
            period=period,
        )

    def _objection(self, question: Question, claim: TableClaim) -> str | None:
        """Return what speaks against the claim in the number itself."""
        measure = claim.reading.measure
        if claim.mention.negative and measure not in DIFFERENCES:
            return "it is below zero, and no header says that it is a change"
        shared = any(header.is_cue("share") for header in question.near)
        if measure in DIFFERENCES and shared and claim.indicator.unit not in RATE_UNITS:
            return "a change of a share, and not of what it is a share of"
        part = claim.members or claim.indicator.unit in RATE_UNITS or any(header.total for header in question.near)
        return None if part or measure is not Measure.SHARE else "a share, but no header says of which part"

    def _observation(self, question: Question, claim: TableClaim, period: str | None, area: str) -> Observation:
        printed = question.mention
        mention = replace(
            claim.mention, address=printed.address, prefix=printed.prefix, suffix=printed.suffix, quote=printed.quote
        )
        measure, direction = claim.reading.measure, claim.reading.direction
        if measure is Measure.SHARE and claim.indicator.unit == "percent":
            measure = Measure.LEVEL
        if measure is Measure.CHANGE and claim.indicator.unit == "percentage_point" == mention.unit:
            measure = Measure.LEVEL if not claim.reading.cue and not mention.negative else measure
        if measure not in DIFFERENCES:
            direction = None
        elif mention.negative:
            direction = Direction.DOWN
        plain = measure in (Measure.LEVEL, Measure.CHANGE) and mention.unit != "percentage_point"
        base = self._base_period(question, period) if direction and period else None
        begin, _, end = (period or "").partition("/")
        if end and direction and claim.indicator.kind is Kind.STOCK:
            # A stock grew over the span that the caption names: 2022年12月—2023年6月.
            period, base = end, base or begin
        return Observation(
            mention=mention,
            indicator=claim.indicator.id,
            members=claim.members,
            unit=claim.indicator.unit if plain else mention.unit or "percent",
            measure=measure,
            direction=direction,
            area=area,
            period=period,
            base_period=base,
        )

    def _base_period(self, question: Question, period: str) -> str | None:
        base = next((header.base for header in question.near if header.base), None)
        if base and base.value:
            return base.value if base.value < period else None
        if base and base.relative:
            return relative(base, period)
        yearly = any(header.is_cue("year_on_year") for header in (*question.near, *question.far))
        return periods.previous_year(period) if yearly else None

    def _area(self, question: Question, answer: Answer, *, areal: bool) -> str | None:
        """Return the area that the headers name, the nearest first, else the document's.

        None for the total of a table of areas: whether it is the country's is not said.
        """
        led = isinstance(answer, TableClaim) and answer.led
        for header in question.closest(lead=led):
            if header.country:
                return self.area
            if len(header.areas) == 1:
                return next(iter(header.areas))
        if areal:
            return None if any(header.total for header in question.near) else self.area
        named = next((header.areas for header in question.far if header.areas), frozenset())
        return next(iter(named)) if len(named) == 1 else self.area

    def _period(self, question: Question, answer: Answer) -> str | None:
        """Return the period of row and column, else of the lines around, else of where the document stands."""
        return self._near_period(question, answer) or self._far_period(question, answer)

    def _far_period(self, question: Question, answer: Answer) -> str | None:
        """Return the period of the lines around, else of where the document stands."""
        for header in question.far:
            named = {period.value or self._settled(period) for period in header.periods} - {None}
            if len(named) == 1:
                return next(iter(named))
        kind = answer.indicator.kind if isinstance(answer, TableClaim) else Kind.STOCK
        return standing(kind, self.timeline)

    def _near_period(self, question: Question, answer: Answer) -> str | None:
        """Return the period that the headers of row and column name, if only by the table's own: 本年累计, 上月."""
        named = self._named_period(question, answer)
        if not isinstance(answer, TableClaim) or not is_told(question.near):
            return named
        return as_told(question.near, named or self._far_period(question, answer), answer.indicator.kind)

    def _named_period(self, question: Question, answer: Answer) -> str | None:
        """Return the period that the headers of row and column print: 2023-06 of June under 2023 as well."""
        led = isinstance(answer, TableClaim) and answer.led
        year = part = None
        for header in question.closest(lead=led):
            found = header.periods[-1] if header.periods else None
            if found is None:
                continue
            if found.value and len(found.value) > 4 and not part:
                return found.value
            year = year or (found.value[:4] if found.value else None)
            part = part or found.yearless
            if year and part:
                return periods.with_year(part, int(year))
        if part:
            far = (period.value for header in question.far for period in header.periods if period.value)
            year = next(far, None)
            return periods.with_year(part, int(year[:4])) if year else self._settled_part(part)
        return year

    def _settled(self, period: FoundPeriod) -> str | None:
        return self._settled_part(period.yearless) if period.yearless is not None and not period.relative else None

    def _settled_part(self, part: str) -> str | None:
        published = self.document.metadata.published
        return periods.settle_year(part, published) if published else None
