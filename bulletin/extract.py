"""From prose to mentions: every number that may state a statistic, with its unit, hedge and sentence."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache, partial
from typing import TypedDict

from bulletin.cell_mentions import table_mentions
from bulletin.cells import table_words
from bulletin.hedges import hedge
from bulletin.model import Block, Document, Extracted, Mention, Passage
from bulletin.numbers import TOO_LARGE, Number, aside_patterns, find_numbers, find_ranges, overlaps, spans
from bulletin.patterns import Patterns
from bulletin.periods import period_patterns, read_periods
from bulletin.spelled import read_spelled, spelled_patterns
from bulletin.table_units import split_units
from bulletin.text import normalise, sentences, view
from bulletin.units import FoundUnit, sign_before, unit_after, unit_named
from bulletin.vocabulary import member_patterns, read_members
from schemas.catalogue import Catalogue, Language
from schemas.concepts import Bound

_STRAY_PERCENT = re.compile(r"\s*[%％]")
_PARENTHESES = re.compile(r"[(（]([^()（）]{1,30})[)）]")
LINE = 80
"""Characters of a line of a list, over which a heading may give the unit."""
CONTEXT = 400
"""Characters of the sentence that are kept on each side of a quote."""


def extract(document: Document, catalogue: Catalogue) -> Extracted:
    """Return the document with the mentions of its text and its tables, in reading order."""
    language = language_of(document, catalogue)
    text = view(document)
    mentions: list[Mention] = []
    passages: list[Passage] = []
    heading: FoundUnit | None = None
    captions = [_bare(table.caption) for table in document.tables]
    for block in document.blocks:
        line = text[block.start : block.end].strip()
        said = block.kind == "caption" and any(_bare(line) in caption for caption in captions)
        # The cells are read with their caption; what a line of units holds is no number of its own.
        if block.kind == "menu" or said or _is_unit_line(line, catalogue, language):
            continue
        own: list[Mention] = []
        for start, end in sentences(text, block.start, block.end):
            passage, stated = read_passage(text, block, start, end, catalogue, language, document.text)
            passages.append(passage)
            own += stated
            if own and _STRAY_PERCENT.match(text, end):
                own[-1] = _with_percent(own[-1], end)
        if len(line) > LINE or block.kind == "heading":
            heading = None
        if not own and len(line) <= LINE:
            heading = _unit_over(line, catalogue, language) or heading
        elif heading:
            own = [_with_unit(mention, heading) for mention in own]
        mentions += own
    for table in document.tables:
        mentions += table_mentions(table, catalogue, language)
    return Extracted(document, tuple(mentions), text, tuple(passages))


def _bare(text: str) -> str:
    """Return the text without spaces: a caption of several lines is joined in one way or another."""
    return "".join(normalise(text).split())


def _is_unit_line(line: str, catalogue: Catalogue, language: Language) -> bool:
    """Whether the line says in what a table below it counts, and no more: "(Unit: 10,000 persons, %)"."""
    named = len(line) <= LINE and table_words(language, "unit").search(line)
    if not named or line[: named.start()].strip(" (（"):
        return False
    units, rest = split_units(line, catalogue, language)
    return bool(units) and not rest


def _unit_over(line: str, catalogue: Catalogue, language: Language) -> FoundUnit | None:
    """Return the unit that a line without numbers gives the lines under it: "Most popular apps (million users)"."""
    inside = _PARENTHESES.findall(line)
    return unit_named(inside[-1], catalogue, language.id) if inside else None


def _with_unit(mention: Mention, unit: FoundUnit) -> Mention:
    """Return a number without unit and scale in those of the line above it."""
    if mention.unit or mention.scaled:
        return mention
    value, half = mention.value * unit.factor, mention.half_unit * unit.factor
    return replace(mention, unit=unit.unit or None, value=value, half_unit=half, scaled=unit.factor != 1)


def _with_percent(mention: Mention, end: int) -> Mention:
    """Return the last number of a sentence as a percentage, whose sign strayed behind the full stop: "by 0.04. %"."""
    return replace(mention, unit="percent") if mention.unit is None and mention.sentence_end == end else mention


def language_of(document: Document, catalogue: Catalogue) -> Language:
    """Return the language that the sidecar names, else the one whose script the text is written in."""
    named = (document.metadata.language or "").split("-")[0]
    if named in catalogue.languages:
        return catalogue.languages[named]
    sample = document.text[:20_000] + "".join(cell.text for table in document.tables for cell in table.cells[:500])
    chinese = sum("\u4e00" <= character <= "\u9fff" for character in sample)
    return catalogue.languages["zh" if chinese * 10 > len(sample) else "en"]


@lru_cache(maxsize=16)
def _patterns(catalogue: Catalogue, language: Language) -> Patterns:
    """Return everything that patterns find in a sentence, to be looked for in one pass."""
    return Patterns(
        period_patterns(language),
        member_patterns(catalogue, language),
        spelled_patterns(language),
        aside_patterns(language),
        whole_words=language.boundaries,
    )


def read_passage(
    text: str, block: Block, start: int, end: int, catalogue: Catalogue, language: Language, received: str
) -> tuple[Passage, list[Mention]]:
    """Return the sentence `text[start:end]` of the normalised text with its mentions, in the words received."""
    periods, members, spelled, named = _patterns(catalogue, language).find(text, start, end)
    passage = Passage(block, start, end, read_periods(periods, language), read_members(members, catalogue, language))
    aside = [*passage.aside, *spans(named)]
    numbers = list(find_numbers(text, language, start, end, aside))
    numbers += [number for number in read_spelled(spelled, language) if not overlaps((number.start, number.end), aside)]
    ranges = [ends for ends in find_ranges(text, language, start, end) if not overlaps(_both(*ends), aside)]
    if not (numbers or ranges):
        return passage, []
    in_context = partial(_context, received, passage)
    found: list[Mention | None] = []
    for low, high in ranges:
        found += _range(low, high, text, catalogue, language, in_context)
    found += [_mention(number, text, catalogue, language, in_context) for number in numbers]
    taken, kept = start, list[Mention]()
    for mention in sorted(filter(None, found), key=lambda mention: (mention.start, -mention.end)):
        if mention.start >= taken:
            taken = mention.end
            kept.append(mention)
    return passage, _with_shared_units(list(_multiplied(kept, text)), text, catalogue)


def _both(low: Number, high: Number) -> tuple[int, int]:
    return low.start, high.end


class _Context(TypedDict):
    quote: str
    prefix: str
    suffix: str
    sentence_start: int
    sentence_end: int
    address: str | None


InContext = Callable[[int, int], _Context]


def _context(text: str, passage: Passage, start: int, end: int) -> _Context:
    """Return the words `text[start:end]` as received, and the sentence before and behind them."""
    return {
        "quote": text[start:end],
        "prefix": text[max(passage.start, start - CONTEXT) : start],
        "suffix": text[end : min(passage.end, end + CONTEXT)],
        "sentence_start": passage.start,
        "sentence_end": passage.end,
        "address": passage.block.place or None,
    }


_TIMES = re.compile(r"[×x✕]\s?$")


def _multiplied(mentions: list[Mention], text: str) -> Iterator[Mention]:
    """Yield the mentions, a number behind a multiplier multiplied: "× 100 million 8.22" is 822 million."""
    factor, after = Decimal(1), -1
    for mention in mentions:
        gap = text[after : mention.start] if after >= 0 else "x"
        if factor != 1 and not gap.strip() and not mention.scaled:
            scaled = mention.value * factor, mention.half_unit * factor
            mention = replace(mention, value=scaled[0], half_unit=scaled[1], scaled=True)
        power = mention.value.normalize().as_tuple().digits == (1,) and mention.unit is None
        if power and _TIMES.search(text, max(mention.sentence_start, mention.start - 3), mention.start):
            factor, after = mention.value, mention.end
            continue
        factor, after = Decimal(1), -1
        yield mention


_LISTED = re.compile(r"\s*(?:[,，、/]|and|or|to|和|及|与|至)?\s*(?:and|和|及)?\s*", re.IGNORECASE)


def _with_shared_units(mentions: list[Mention], text: str, catalogue: Catalogue) -> list[Mention]:
    """Return the mentions, those of a list with the unit that stands at its end: "77.42 and 77.34 percent"."""
    for at in range(len(mentions) - 2, -1, -1):
        here, there = mentions[at], mentions[at + 1]
        plain = here.unit is None and not here.scaled and "," not in text[here.start : here.end]
        shared = there.unit is not None and catalogue.units[there.unit].printed and not there.scaled
        if plain and shared and _LISTED.fullmatch(text, here.end, there.start):
            mentions[at] = replace(
                here,
                unit=there.unit,
                value=here.value * there.factor,
                half_unit=here.half_unit * there.factor,
                factor=there.factor,
            )
    return mentions


def _range(
    low: Number, high: Number, text: str, catalogue: Catalogue, language: Language, in_context: InContext
) -> Iterator[Mention]:
    """Yield both ends of a range, at least the one and at most the other; of bare digits (3-5) nothing is known."""
    upper = _mention(high, text, catalogue, language, in_context)
    sign = sign_before(text, low.start, catalogue)
    if upper is None or not (high.scaled or upper.unit or sign):
        return
    if sign:
        upper = replace(upper, unit=sign.unit)
    factor = upper.value / high.value
    start = sign.start if sign else low.start
    yield replace(
        upper,
        **in_context(start, low.end),
        start=start,
        end=low.end,
        number_end=low.end,
        value=low.value * factor,
        decimals=low.decimals,
        half_unit=low.half_unit * factor,
        bound=Bound.MORE_THAN,
    )
    yield replace(upper, bound=Bound.LESS_THAN)


def _mention(
    number: Number, text: str, catalogue: Catalogue, language: Language, in_context: InContext
) -> Mention | None:
    sign = sign_before(text, number.start, catalogue)
    if not sign and text[number.start - 1 : number.start].isalpha() and text[number.start - 1].isascii():
        return None  # a name: COVID19
    unit = None if number.unit else unit_after(text, number.end, catalogue, language.id)
    more = number.more
    if not unit and not number.unit and (word := _between(language).match(text, number.end)):
        unit = unit_after(text, word.end(), catalogue, language.id)
        more = more or unit is not None
    start = sign.start if sign else number.start
    end = unit.end if unit else number.end
    if not unit and text[end : end + 1].isascii() and text[end : end + 1].isalpha():
        return None  # a name: 4K, 3D, A4
    named = number.unit or (sign.unit if sign else unit.unit if unit else None)
    factor = unit.factor if unit and not sign else 1
    if number.value * factor >= TOO_LARGE:
        return None
    return Mention(
        **in_context(start, end),
        start=start,
        end=end,
        value=number.value * factor,
        decimals=number.decimals,
        half_unit=number.half_unit * factor,
        unit=named,
        factor=Decimal(factor),
        generic=unit.generic if unit and not sign else False,
        number_end=number.end,
        bound=Bound.MORE_THAN if more else hedge(text, start, end, language),
        scaled=number.scaled,
        negative=number.negative,
        positive=number.positive,
    )


@lru_cache(maxsize=16)
def _between(language: Language) -> re.Pattern[str]:
    """Return the pattern of what may stand between a number and its unit: 140多个, 200余家; 以上 stands behind both."""
    words = [word for word in language.hedges["more_than"].get("after", ()) if len(word) == 1]
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")
