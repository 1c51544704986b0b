"""From a table's cells to mentions: the number of a cell, in the unit that the cell or the nearest header gives it."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from bulletin.addresses import address_of
from bulletin.cells import plain
from bulletin.hedges import hedge
from bulletin.layout import Value, values
from bulletin.model import Mention, Table
from bulletin.numbers import TOO_LARGE, Number, find_numbers
from bulletin.table_units import unit_groups
from bulletin.units import FoundUnit, sign_before, unit_after
from schemas.catalogue import Catalogue, Language
from schemas.concepts import Bound

_BOUNDS = {">": Bound.MORE_THAN, "≥": Bound.MORE_THAN, "<": Bound.LESS_THAN, "≤": Bound.LESS_THAN}
_BOUNDS |= {"~": Bound.ABOUT, "≈": Bound.ABOUT, "＞": Bound.MORE_THAN, "＜": Bound.LESS_THAN}


def table_mentions(table: Table, catalogue: Catalogue, language: Language) -> Iterator[Mention]:
    """Yield the mentions of the table's cells; the prefix of each holds its headers, the suffix its notes.

    A number without a unit of its own has that of the nearest header that names a single one.
    """
    for value in values(table, language):
        mention = mention_of(value, nearest_unit(value, catalogue, language), catalogue, language)
        if mention.value >= TOO_LARGE:
            continue
        words = " | ".join(dict.fromkeys([*value.sections[::-1], *value.rows[::-1], *value.columns[::-1]]))
        yield replace(
            mention,
            address=address_of(table, value.cell),
            prefix=f"{words}: " if words else "",
            suffix=f" ({'; '.join(value.notes)})" if value.notes else "",
        )


def nearest_unit(value: Value, catalogue: Catalogue, language: Language) -> FoundUnit | None:
    """Return the unit of the nearest header that names any; None where that names several."""
    texts = (*value.columns, value.unit, *value.rows, *value.sections, *value.corner, *value.around)
    nearest = next(unit_groups(texts, catalogue, language), ())
    return nearest[0] if len(nearest) == 1 else None


def mention_of(value: Value, unit: FoundUnit | None, catalogue: Catalogue, language: Language) -> Mention:
    """Return the cell's number in the unit that the cell itself names, else in the given one."""
    text = plain(value.cell.text)
    number = next(find_numbers(text, language))
    own = own_unit(text, number, catalogue, language)
    if own:
        unit = own
    elif unit and number.scaled:
        unit = unit._replace(factor=unit.factor / unit.scale)  # 1.2亿 under 万人
    factor = unit.factor if unit else Decimal(1)
    start = value.cell.start or 0
    return Mention(
        quote=value.cell.text,
        start=start,
        end=start + len(value.cell.text),
        value=number.value * factor,
        decimals=number.decimals,
        half_unit=number.half_unit * factor,
        unit=(unit.unit or None) if unit else None,
        generic=unit.generic if unit else False,
        bound=_bound(text, number, own.end if own else number.end, language),
        in_table=True,
        scaled=number.scaled or (unit is not None and unit.scale != 1),
        negative=_is_negative(text, number),
        positive=number.positive,
    )


def own_unit(text: str, number: Number, catalogue: Catalogue, language: Language) -> FoundUnit | None:
    """Return the unit that a cell names itself, behind its number or before it."""
    return unit_after(text, number.end, catalogue, language.id) or sign_before(text, number.start, catalogue)


def _bound(text: str, number: Number, end: int, language: Language) -> Bound:
    sign = next((_BOUNDS[character] for character in text[: number.start] if character in _BOUNDS), None)
    return sign or (Bound.MORE_THAN if number.more else hedge(text, number.start, end, language))


def _is_negative(text: str, number: Number) -> bool:
    """Whether a minus or dash stands before the number, or parentheses around it."""
    if number.negative:
        return True
    before, behind = text[: number.start].rstrip(" $¥€£"), text[number.end :].strip()
    return before.endswith(("–", "—", "-")) or (
        before.endswith(("(", "（")) and behind.rstrip("%").endswith((")", "）"))
    )
