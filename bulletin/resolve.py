"""From mentions to observations: indicator, members, measure, area, period and base period of every stated number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bulletin import periods
from bulletin.bases import base_period_of
from bulletin.citations import without_citations
from bulletin.claim import Claim, Memory, is_bare, same_quantity
from bulletin.claims import Candidates, claims_on
from bulletin.document_time import note_periods, set_reference
from bulletin.extract import language_of
from bulletin.firms import has_peers
from bulletin.fiscal import first_month, in_fiscal_years
from bulletin.from_then import is_undated_start, start_period
from bulletin.held_back import is_of_unnamed_part, names_area, why_held_back
from bulletin.local_money import local_money, with_mentions
from bulletin.main_area import is_dateline, main_area
from bulletin.measures import Reading, read_measure, stands_compared
from bulletin.members import listed_by
from bulletin.model import Block, Document, Extracted, Members, Mention, Observation, Resolved, Token, Unresolved
from bulletin.period_roles import in_parentheses
from bulletin.phrases import narrowed, phrases
from bulletin.places import (
    area_behind,
    area_right_behind,
    at_home,
    is_of_the_world,
    joined_areas,
    own_members,
    sets_scene,
    stands_at,
)
from bulletin.restated import told_elsewhere
from bulletin.scan import HARD_BREAK, Sentence, scan
from bulletin.series import apportion
from bulletin.subjects import has_strangers, opens_with_stranger
from bulletin.table_facts import resolve_tables
from bulletin.theme import theme_of, with_theme
from bulletin.timeline import Dated, Timeline
from bulletin.timing import period_of
from bulletin.told_dates import with_told_dates
from bulletin.words import lowered
from schemas.catalogue import Catalogue, Language
from schemas.concepts import Kind, Measure

Fact = Observation | Unresolved
HEADING = 60
"""Characters that a line without a full stop may have to be taken for a heading."""
OPENING = 2
"""Unknown words, or characters, before the area that a sentence opens with: 浙江, "Women in Japan"."""
_LED_TO = re.compile(r"\s+to\s+(?:an?\s+|the\s+)?(?:[a-z]+\s+){0,2}$", re.IGNORECASE)
COUNTED_REACH = 24
"""Characters behind a number within which a noun says what it counts."""


@dataclass(slots=True)
class _Setting:
    """Where and when a document stands, as far as read."""

    area: str
    country: str
    """The same, or the country that it is a part of."""
    timeline: Timeline
    unnamed_part: bool = False
    """Whether the text is about a part of the country that no word of the catalogue names."""
    place: str | None = None
    """The area that the paragraph went on to speak of."""
    here: str | None = None
    """The area of the number before in the sentence, about which one that names nothing goes on."""
    memory: Memory = field(default_factory=Memory)
    theme: Members = ()
    """The group that the text is about throughout."""
    compared: str | None = None
    """The time that the paragraph last compared with."""
    dated: Dated | None = None
    """The period of the last fact of the sentence before, where a semicolon alone sets it apart."""


def resolve(extracted: Extracted, catalogue: Catalogue) -> Resolved:
    """Return the document with what its numbers state, in reading order; pure, by the document and catalogue alone."""
    document = extracted.document
    language = language_of(document, catalogue)
    scanned = list(_scan_all(extracted, catalogue, language))
    area = main_area(document, scanned, language, catalogue)
    known = catalogue.areas.get(area)
    country = (known.part_of if known else None) or area
    month = first_month(area, catalogue)
    if local := local_money(country, extracted.text, catalogue, language):
        scanned = [(block, with_mentions(sentence, local)) for block, sentence in scanned]
        extracted = replace(extracted, mentions=tuple(local(mention) for mention in extracted.mentions))
    home = frozenset((area, country))
    scanned = [(block, at_home(sentence, home)) for block, sentence in scanned]
    scanned = [(block, in_fiscal_years(without_citations(sentence, catalogue), month)) for block, sentence in scanned]
    scanned = list(with_told_dates(scanned))
    setting = _Setting(area, country, Timeline(document.metadata.published))
    setting.unnamed_part = is_of_unnamed_part((sentence for _, sentence in scanned), area, catalogue)
    set_reference(setting.timeline, [sentence for _, sentence in scanned])
    setting.theme = theme_of(document, [sentence for _, sentence in scanned], catalogue, language)
    facts: list[Fact] = []
    block: Block | None = None
    for own, sentence in scanned:
        if own is not block:
            _enter(own, block, document, setting)
            block = own
        facts += _resolve_sentence(sentence, setting, catalogue, heading=own.kind == "heading")
    if language.boundaries:
        facts = list(told_elsewhere(facts))
    setting.timeline.enter_paragraph()
    facts += resolve_tables(document, extracted.mentions, setting.area, setting.timeline, catalogue, language)
    return Resolved(document, tuple(facts))


def _enter(block: Block, before: Block | None, document: Document, setting: _Setting) -> None:
    """Begin a paragraph; the members that were named are forgotten, but for those of a heading right above it."""
    setting.timeline.enter_paragraph()
    setting.memory.firm, setting.memory.parent = False, None
    setting.compared = None
    if before and not _is_heading(before, document):
        setting.place = None
        setting.memory.members.clear()
        setting.memory.fresh = False


def _is_heading(block: Block, document: Document) -> bool:
    """Whether the block is a heading, marked as one or a short line that ends without a full stop."""
    line = document.text[block.start : block.end].strip()
    return block.kind == "heading" or (len(line) <= HEADING and not line.endswith((".", "。", ";", "；", ",", "，")))


def _scan_all(extracted: Extracted, catalogue: Catalogue, language: Language) -> Iterator[tuple[Block, Sentence]]:
    mentions = [mention for mention in extracted.mentions if not mention.in_table]
    low = lowered(extracted.text)
    at = 0
    for passage in extracted.passages:
        own = []
        while at < len(mentions) and mentions[at].start < passage.end:
            own.append(mentions[at])
            at += 1
        sentence = scan(extracted.text, low, own, passage, catalogue, language)
        yield passage.block, sentence


def _resolve_sentence(sentence: Sentence, setting: _Setting, catalogue: Catalogue, *, heading: bool) -> Iterator[Fact]:
    facts: list[Fact] = []
    reading: Reading | None = None
    dated = known = setting.dated
    setting.memory.by_unit.clear()
    setting.here = None
    setting.memory.doubted = False
    setting.memory.lost = setting.memory.lost and _stays_lost(sentence, setting.memory)
    _note_firm(sentence, setting.memory)
    setting.memory.bare = _is_number_alone(sentence)
    readings: dict[str | None, Reading] = {}
    for index, mention in enumerate(sentence.mentions):
        reading = read_measure(sentence, index, reading, readings.get(mention.unit))
        readings[mention.unit] = reading
        found = claims_on(sentence, index, reading, setting.memory, catalogue)
        when = _when(sentence, index, reading, found, setting, dated, catalogue)
        when = _or_before(when, sentence, index, setting)
        setting.here = None if found.named else setting.here
        fact = _fact(sentence, index, mention, reading, found, when, setting, catalogue)
        if fact is None:
            continue
        setting.memory.doubted = len(found.claims) != 1
        earlier = facts[-1].base_period if facts and isinstance(facts[-1], Observation) else None
        if isinstance(fact, Observation):
            fact = _with_base(fact, sentence, index, setting, earlier)
            known = known if when.local else when
            fact = with_theme(fact, sentence, setting.theme, catalogue) if setting.theme else fact
            _note_parent(sentence, index, fact, setting.memory)
            _remember(fact, found, setting)
        else:
            _note_unresolved(fact, sentence, index, reading, found, setting.memory)
        dated, setting.here = when, fact.area
        facts.append(fact)
    setting.dated = known if _goes_on_behind(sentence) else None
    _note_members(sentence, setting, catalogue)
    note_periods(sentence, setting.timeline, heading=heading)
    yield from apportion(sentence, list(_with_moves(sentence, facts, setting)), catalogue)


def _or_before(when: Dated, sentence: Sentence, index: int, setting: _Setting) -> Dated:
    """Return the time of the number, or, of one that another goes on from, the time with which that is compared."""
    if is_undated_start(sentence, index):
        return when._replace(
            value=start_period(sentence, index, when.value, setting.timeline, setting.compared), local=True
        )
    if when.local and stands_compared(sentence, index):
        setting.compared = when.value
    return when


def _with_base(
    fact: Observation, sentence: Sentence, index: int, setting: _Setting, earlier: str | None
) -> Observation:
    """Return the fact with the period that it is compared with, where it is a difference that names one."""
    if not fact.direction:
        return fact
    base = base_period_of(sentence, index, fact.period, setting.timeline, earlier)
    setting.compared = base or setting.compared
    return replace(fact, base_period=base) if base else fact


def _note_unresolved(
    fact: Unresolved, sentence: Sentence, index: int, reading: Reading, found: Candidates, memory: Memory
) -> None:
    """Note what a number that stays unresolved leaves for those behind it to go on about."""
    share = fact.measure is Measure.SHARE
    if len(found.claims) == 1:
        memory.claim = found.claims[0]
        return
    if reading.groups and not sentence.spaced:
        pass  # how far two groups are apart is said in passing: 高出全国2.6个百分点
    elif fact.measure is Measure.LEVEL or (not share and has_strangers(sentence, index)):
        # Of something unknown: what follows may go on about that.
        memory.claim, memory.lost = None, True
    elif share and not sentence.spaced:
        memory.lost = True
    if not share and _names_other(sentence, index):
        memory.claim, memory.lost, memory.fresh = None, True, False
    memory.by_unit[fact.mention.unit] = None


def _names_other(sentence: Sentence, index: int) -> bool:
    """Whether a subject stands before a number that nothing claims, which what follows goes on about."""
    if sentence.spaced:
        return index == 0 and opens_with_stranger(sentence)
    return any(phrase.head for phrase in phrases(sentence, *sentence.gap_before(index)))


def _goes_on_behind(sentence: Sentence) -> bool:
    """Whether a semicolon ends it, so that the next one stands at the same time: 去年底418万个；其中.CN下224万个."""
    return sentence.text.startswith(("；", ";"), sentence.end - 1)


def _with_moves(sentence: Sentence, facts: Sequence[Fact], setting: _Setting) -> Iterator[Fact]:
    """Yield the facts, a difference that nothing claims as that of the level it led to: "jumped 45% to 890 million"."""
    for index, fact in enumerate(facts):
        level = facts[index + 1] if index + 1 < len(facts) else None
        if isinstance(fact, Unresolved) and not fact.candidates and fact.direction and isinstance(level, Observation):
            leads = _LED_TO.fullmatch(sentence.text, fact.mention.end, level.mention.start)
            relative = fact.measure is Measure.GROWTH_RATE or fact.mention.unit in ("percentage_point", level.unit)
            if leads and relative and level.measure is Measure.LEVEL:
                yield _move_to(sentence, fact, level, setting)
                continue
        if isinstance(fact, Observation) and isinstance(level, Observation) and _moved_by(sentence, fact, level):
            yield replace(_move_to(sentence, fact, level, setting), unit=fact.unit)
            continue
        yield fact


def _moved_by(sentence: Sentence, fact: Observation, level: Observation) -> bool:
    """Whether the difference led to a level of another date: "in 2017 it rose 13% to 1.1 billion as of March"."""
    same = (fact.indicator, fact.members) == (level.indicator, level.members)
    dated = level.period and fact.period and periods.is_point(level.period) and periods.is_point(fact.period)
    if not (same and dated and fact.direction and level.measure is Measure.LEVEL and fact.period != level.period):
        return False
    return _LED_TO.fullmatch(sentence.text, fact.mention.end, level.mention.start) is not None


def _move_to(sentence: Sentence, fact: Fact, level: Observation, setting: _Setting) -> Observation:
    index = sentence.mentions.index(fact.mention)
    return replace(
        level,
        mention=fact.mention,
        unit=fact.mention.unit or level.unit,
        measure=fact.measure,
        direction=fact.direction,
        base_period=base_period_of(sentence, index, level.period, setting.timeline, None),
    )


def _stays_lost(sentence: Sentence, memory: Memory) -> bool:
    """Whether what was lost from sight stays so: the sentence opens with a word for it ("Of these, ...", 其中)."""
    first = next(iter(sentence.words), None)
    if first is None or not first.is_cue("anaphora"):
        return False
    return sentence.spaced or (memory.claim is not None and first.start == sentence.start)


def _note_firm(sentence: Sentence, memory: Memory) -> None:
    """Note whether the talk is of one firm; a sentence that names all of them, or an area, is of the whole again."""
    whole = ("all_firms", "besides", "whole_country", "whole_part")
    if "area" in sentence.kinds or not sentence.cues.isdisjoint(whole):
        memory.firm = False
    if "firm" in sentence.cues:
        memory.firm = "all_firms" not in sentence.cues and not has_peers(sentence)


def _is_number_alone(sentence: Sentence) -> bool:
    """Whether the sentence is a line that holds one number and nothing else, under the line that says what it is."""
    if len(sentence.mentions) != 1:
        return False
    [mention] = sentence.mentions
    around = sentence.text[sentence.start : mention.start] + sentence.text[mention.end : sentence.end]
    return not around.strip(" .。|")


def _note_parent(sentence: Sentence, index: int, fact: Observation, memory: Memory) -> None:
    """Note what the number is said to be a part of, before it takes that one's place."""
    if sentence.cues_in(*sentence.gap_before(index), "anaphora"):
        memory.parent = memory.claim
    elif memory.parent and memory.parent.indicator != fact.indicator:
        memory.parent = None


def _remember(fact: Observation, found: Candidates, setting: _Setting) -> None:
    claim = Claim(fact.indicator, fact.members)
    if setting.memory.claim != claim:
        setting.memory.listed = listed_by(setting.memory.claim, claim)
    setting.memory.claim, setting.memory.lost = claim, False
    setting.memory.shared = fact.measure is Measure.SHARE
    setting.memory.by_unit[fact.mention.unit] = claim
    setting.memory.members |= dict(fact.members)
    setting.memory.told.pop(fact.indicator, None)
    setting.memory.told[fact.indicator] = claim
    if found.named and fact.measure is Measure.LEVEL:
        setting.memory.topic = claim


def _when(
    sentence: Sentence,
    index: int,
    reading: Reading,
    found: Candidates,
    setting: _Setting,
    earlier: Dated | None,
    catalogue: Catalogue,
) -> Dated:
    kinds = {catalogue.indicators[claim.indicator].kind for claim in found.claims}
    kind = next(iter(kinds)) if len(kinds) == 1 else Kind.STOCK
    return period_of(sentence, index, kind, reading, setting.timeline, earlier)


def _note_members(sentence: Sentence, setting: _Setting, catalogue: Catalogue) -> None:
    """Note what the sentence names: its members, and its last label where that means one thing."""
    for phrase in phrases(sentence, sentence.start, sentence.end)[::-1]:
        senses = phrase.head.of("indicator") if phrase.head else ()
        if len(senses) == 1 and not senses[0].requires:
            indicator = catalogue.indicators[senses[0].id]
            members = narrowed({**phrase.members(), **dict(senses[0].members)}, indicator.dimensions)
            if set(indicator.requires) <= set(dict(members)):
                setting.memory.mentioned, setting.memory.fresh = Claim(indicator.id, members), True
                break
    for word in sentence.words_of("member"):
        for sense in word.of("member"):
            setting.memory.members |= dict(sense.members)


def _fact(
    sentence: Sentence,
    index: int,
    mention: Mention,
    reading: Reading,
    found: Candidates,
    when: Dated,
    setting: _Setting,
    catalogue: Catalogue,
) -> Fact | None:
    if len(found.claims) != 1:
        if not found.claims and is_bare(mention):
            return None
        counted = _with_label_unit(sentence, index, catalogue)
        counted = counted if counted.unit else _in_unit(counted, _counted(sentence, index, catalogue))
        reason = found.reason or "several indicators claim it with equal right"
        names = tuple(sorted({claim.indicator for claim in found.claims}))
        return _unresolved(sentence, index, counted, reading, reason, names, when, setting, catalogue)
    claim = found.claims[0]
    indicator = catalogue.indicators[claim.indicator]
    measure, unit = _measure_and_unit(reading, mention, indicator.unit, catalogue)
    reason = why_held_back(sentence, index, claim, measure, reading, when, catalogue)
    if setting.unnamed_part and not names_area(sentence):
        reason = reason or "it is of a part of the country, and nothing says which"
    if reason:
        counted = _in_unit(mention, mention.unit or unit)
        return _unresolved(sentence, index, counted, reading, reason, (claim.indicator,), when, setting, catalogue)
    if mention.unit is None and unit != indicator.unit:
        mention = _in_unit(mention, unit)
    area = _area(sentence, index, setting)
    own = own_members(sentence, area)
    return Observation(
        mention=mention,
        indicator=claim.indicator,
        members=tuple(pair for pair in claim.members if pair not in own or pair[0] in indicator.requires),
        unit=unit,
        measure=measure,
        direction=reading.direction if measure in (Measure.CHANGE, Measure.GROWTH_RATE) else None,
        area=area,
        period=when.value,
    )


def _with_label_unit(sentence: Sentence, index: int, catalogue: Catalogue) -> Mention:
    """Return the number, where nothing claims it and its unit says little (个), with that of its clause's label."""
    mention = sentence.mentions[index]
    if sentence.spaced or not (mention.unit is None or mention.generic):
        return mention
    named = sentence.named_in(*sentence.clause_before(index), "indicator")
    units = {catalogue.indicators[sense.id].unit for word in named[-1:] for sense in word.of("indicator")}
    unit = next(iter(units)) if len(units) == 1 else None
    return _in_unit(mention, unit) if unit and not catalogue.units[unit].printed else mention


def _in_unit(mention: Mention, unit: str | None) -> Mention:
    """Return the number in the unit."""
    return mention if mention.unit == unit else replace(mention, unit=unit)


def _unresolved(
    sentence: Sentence,
    index: int,
    mention: Mention,
    reading: Reading,
    reason: str,
    candidates: tuple[str, ...],
    when: Dated,
    setting: _Setting,
    catalogue: Catalogue,
) -> Unresolved:
    place = setting.place
    area = _area(sentence, index, setting)
    if setting.place and not sentence.spaced and catalogue.areas[setting.place].within:
        setting.place = place  # the town where a scene is set, and nothing that the catalogue counts is told of it
    return Unresolved(
        mention=mention,
        reason=reason,
        candidates=candidates,
        measure=reading.measure,
        direction=reading.direction,
        area=area,
        period=when.value,
    )


def _counted(sentence: Sentence, index: int, catalogue: Catalogue) -> str | None:
    """Return the unit of what the nearest noun of a unit, or label, counts: right behind the number, else before it."""
    begin, end = sentence.gap_after(index)
    behind = sentence.words_in(begin, min(end, begin + COUNTED_REACH))
    ahead = reversed(sentence.words_in(sentence.start, sentence.mentions[index].start))
    units = (unit for word in (*behind, *ahead) if (unit := _unit_of(word, sentence, catalogue)))
    return next(units, None)


def _unit_of(word: Token, sentence: Sentence, catalogue: Catalogue) -> str | None:
    """Return the unit of a noun, or the one unit of all that a label means, where no number prints it."""
    if word.of("noun"):
        return word.of("noun")[0].id
    units = {catalogue.indicators[sense.id].unit for sense in word.of("indicator")} if sentence.spaced else set()
    unit = next(iter(units)) if len(units) == 1 else None
    return unit if unit and not catalogue.units[unit].printed else None


def _measure_and_unit(reading: Reading, mention: Mention, unit: str, catalogue: Catalogue) -> tuple[Measure, str]:
    if mention.unit == "percentage_point":
        level = unit == "percentage_point" and reading.direction is None
        return (Measure.LEVEL if level else Measure.CHANGE), "percentage_point"
    if mention.unit == "times":
        return Measure.GROWTH_RATE, "times"
    if mention.unit == "percent":
        if unit == "percent" and reading.measure is Measure.SHARE:
            return Measure.LEVEL, "percent"
        return reading.measure, "percent"
    if mention.unit and catalogue.units[mention.unit].printed and same_quantity(mention.unit, unit, catalogue):
        return reading.measure, mention.unit
    return reading.measure, unit


def _is_topic(sentence: Sentence, word: Token) -> bool:
    """Whether it is said that the talk is now of the area: "as for Taiwan, ...", 香港方面，..."""
    around = (*sentence.right_before(word.start, 5), *sentence.words_in(word.end, min(sentence.end, word.end + 3)))
    return any(other.is_cue("as_for") for other in around)


def _opens(sentence: Sentence, word: Token) -> bool:
    """Whether the sentence opens with the area, and so do those behind it; 其中成都 is of one number."""
    parted = not sentence.spaced and sentence.cues_in(sentence.start, word.start, "anaphora", "share", "compare")
    return not parted and sentence.unknown(sentence.start, word.start) <= OPENING


def _is_cut_off(sentence: Sentence, word: Token, start: int) -> bool:
    """Whether the clause of the word ends before the number; what parentheses put in right behind it ends none."""
    if stands_at(sentence, word, start):
        return False
    aside = in_parentheses(sentence, word.end + 2)
    begin = aside[1] if aside and aside[0] - word.end <= 1 and aside[1] <= start else word.end
    return sentence.broken(begin, start, HARD_BREAK)


def _area(sentence: Sentence, index: int, setting: _Setting) -> str:
    """Return the area that is named for the number in its clause, else the one that its paragraph speaks of."""
    begin, _ = sentence.gap_before(index)
    start = sentence.mentions[index].start
    named = sentence.words_of("area") or not sentence.cues.isdisjoint(("whole_country", "whole_part"))
    if named and (found := area_right_behind(sentence, index)):
        return found
    ahead = sentence.words_in(begin, start) if named else ()
    shares = [word.start for word in ahead if word.is_cue("share")]
    for word in reversed(ahead):
        of_it = bool(shares) and shares[0] < word.start
        if word.is_cue("whole_country") and not word.of("member") and not of_it:
            setting.place = setting.here = None
            return setting.country
        if word.is_cue("whole_part") and not of_it:
            setting.place = setting.here = None
            break
        aside = in_parentheses(sentence, word.start)
        if (aside and aside[1] <= start) or is_dateline(sentence, word) or word.start in joined_areas(sentence):
            continue  # "the euro area (without Bulgaria)"
        for sense in word.of("area"):
            if sense.id == "WORLD":
                setting.place = None
            if word.of("member"):
                break  # exports to the EU
            told = sense.id != "WORLD" or (not of_it and is_of_the_world(sentence, word, start))
            area = sense.id if told else setting.area
            if _is_topic(sentence, word):
                setting.place = area
            if _is_cut_off(sentence, word, start) and not sets_scene(sentence, word, start):
                continue
            same = (w for w in sentence.words_in(sentence.start, word.end) if any(s.id == area for s in w.of("area")))
            if area != "WORLD" and _opens(sentence, next(same, word)):
                setting.place = area
            return area
    return (area_behind(sentence, index) if named else None) or setting.here or setting.place or setting.area
