"""Which area a document is about, by its sidecar, its title, what it names, or the money that it counts in."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bulletin.model import Block, Document, Token
from bulletin.places import without_partners
from bulletin.scan import Sentence
from bulletin.vocabulary import tokens
from bulletin.words import lowered
from schemas.catalogue import Catalogue, Language

COUNTRY = re.compile("[A-Z]{2}")
PART_NAMED = 2
"""Times that a part of a country must be named more often than the country, to be what a text is about."""
WORLD_NAMED = 3
REGION_NAMED = 3
"""Times that several countries together ("euro area") must be named to be what a text is about."""
TITLED = 2
"""What an area in the title counts for."""
LINE = 60
"""Characters of the first line that may be a title."""


def main_area(
    document: Document, scanned: Sequence[tuple[Block, Sentence]], language: Language, catalogue: Catalogue
) -> str:
    """Return the sidecar's area, else the country that the text names most, else the language's.

    A part of a country is the area only of a text that names it more often than any country.
    """
    if document.metadata.area:
        return document.metadata.area
    counts: Counter[str] = Counter()
    plain: set[str] = set()
    line = _first_line(document)
    for title in filter(None, (document.metadata.title, line)):
        named = without_partners(tokens(lowered(title), catalogue, language, 0, len(title)), title)
        counts.update({sense.id: TITLED for word in named for sense in word.of("area")})
    for block, sentence in scanned:
        for word in without_partners(_places(sentence, catalogue), sentence.text):
            written = is_dateline(sentence, word)
            for area in (sense.id for sense in word.of("area")):
                counts[(written and catalogue.areas[area].part_of) or area] += 1
                plain |= set() if word.of("member") else {area}
                if written and block is document.blocks[0]:
                    counts[area] -= TITLED
    world = counts.pop("WORLD", 0)
    own = sum(len(sentence.cues_in(sentence.start, sentence.end, "whole_part")) for _, sentence in scanned)
    whole = {area: count for area, count in counts.items() if COUNTRY.fullmatch(area)}
    best = max(whole, key=whole.__getitem__, default=None)
    of_provinces = _names_province(scanned)
    if of_provinces:
        _count_provinces(counts, catalogue)
    parts = [area for area in counts if catalogue.areas[area].part_of]
    own_parts = [area for area in parts if not (of_provinces and catalogue.areas[area].within)]
    part = max(own_parts, key=counts.__getitem__, default=None)
    # The cities of a province are no other parts beside it: 湖北 ..., 其中武汉、襄阳.
    wider = catalogue.areas[part].within if part else None
    beside = [other for other in parts if part != catalogue.areas[other].within and other != wider]
    if part and 2 * (counts[part] + own) > PART_NAMED + whole.get(best or "", 0) + sum(
        counts[other] for other in beside
    ):
        return part
    if world >= WORLD_NAMED and world > 2 * whole.get(best or "", 0):
        return "WORLD"
    regions = {area: n for area, n in counts.items() if area not in whole and area not in parts}
    region = max(regions, key=regions.__getitem__, default=None)
    if region and regions[region] >= REGION_NAMED and regions[region] > max(world, 2 * whole.get(best or "", 0)):
        return region
    money = _area_of_money(scanned, catalogue)
    if best and best not in plain and money and money != language.area:
        return money  # all that is named may be partners of trade, or where visitors come from
    return best or _country_of(parts, counts, catalogue) or money or language.area


def _names_province(scanned: Sequence[tuple[Block, Sentence]]) -> bool:
    """Whether the text speaks of itself as one about a whole province, and not a city: 全省, 我省."""
    return any("whole_province" in sentence.cues for _, sentence in scanned) and not any(
        "whole_city" in sentence.cues for _, sentence in scanned
    )


def _count_provinces(counts: Counter[str], catalogue: Catalogue) -> None:
    """Count each city for its province too: what a text about a whole province names are places in it."""
    for area in [area for area in counts if catalogue.areas[area].within]:
        counts[catalogue.areas[area].within or area] += counts[area]


def _country_of(parts: Sequence[str], counts: Counter[str], catalogue: Catalogue) -> str | None:
    """Return the country of the parts that the text names most; None where it names none."""
    named = Counter[str]()
    for part in parts:
        named[catalogue.areas[part].part_of or part] += counts[part]
    return max(named, key=named.__getitem__, default=None)


def _places(sentence: Sentence, catalogue: Catalogue) -> Iterator[Token]:
    """Yield the words that name an area; the US of "US dollars", in which the whole world counts, is none."""
    if "area" not in sentence.kinds:
        return
    units = [(m.number_end, m.end) for m in sentence.mentions if m.unit and not catalogue.units[m.unit].area]
    for word in sentence.words_of("area"):
        if not any(begin <= word.start < end for begin, end in units):
            yield word


def _first_line(document: Document) -> str | None:
    if not document.blocks:
        return None
    line = document.text[document.blocks[0].start : document.blocks[0].end]
    if len(line) <= LINE or not line[:LINE].isascii():
        return line[:LINE]
    return line[:LINE].rpartition(" ")[0] or line[:LINE]  # the "us" of a "usage" that is cut is no country


def is_dateline(sentence: Sentence, word: Token) -> bool:
    """Whether the area is where the text was written: 北京8月30日电, 记者张三/台北报导."""
    if "dateline" not in sentence.cues:
        return False
    behind = next((day.end for day in sentence.periods if day.day and day.start == word.end), word.end)
    told = sentence.word_at(behind)
    return told is not None and told.is_cue("dateline")


def _area_of_money(scanned: Sequence[tuple[Block, Sentence]], catalogue: Catalogue) -> str | None:
    """Return the country of the currency that the text counts in most; None where it has none."""
    units = (mention.unit for _, sentence in scanned for mention in sentence.mentions if mention.unit)
    counts = Counter(area for unit in units if (area := catalogue.units[unit].area))
    return max(counts, key=counts.__getitem__, default=None)
