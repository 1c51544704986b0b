"""Rules from the catalogue's structure: what is part of what, and what adds up to what."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from schemas.catalogue import Catalogue
from schemas.concepts import Measure, Outcome
from schemas.frames import records
from schemas.rules import Evaluation, rule
from schemas.rules.wording import amount, name_of

KEY = ["document", "indicator", "area", "period"]


@rule("part_whole")
def part_is_at_most_its_whole(facts: pd.DataFrame, catalogue: Catalogue) -> Iterator[Evaluation]:
    """A part must not be larger than its whole.

    Every member of a dimension is part of the total, and of the wider member that holds it, wherever members of the
    indicator add up: 5G base stations are part of all base stations. Compared on rounding intervals, within a document.
    """
    levels = _levels(facts, catalogue)
    for dimension in catalogue.dimensions.values():
        others = _other_dimensions(catalogue, dimension.id)
        parts = levels[levels[dimension.id] != ""]
        wider = {member.id: member.within for member in dimension.members.values() if member.within}
        for target in (pd.Series("", index=parts.index), parts[dimension.id].map(wider).dropna()):
            if target.empty:
                continue
            narrowed = parts.loc[target.index].assign(whole=target)
            pairs = narrowed.merge(
                levels,
                left_on=[*KEY, *others, "whole"],
                right_on=[*KEY, *others, dimension.id],
                suffixes=("", "_whole"),
            )
            yield from (_compare(pair, catalogue) for pair in records(pairs))


def _compare(pair: dict[str, Any], catalogue: Catalogue) -> Evaluation:
    rows = (int(pair["row"]), int(pair["row_whole"]))
    lower, upper = pair["lower"], pair["upper_whole"]
    if _open(lower) or _open(upper):
        return Evaluation(Outcome.NOT_EVALUABLE, rows)
    if lower <= upper:
        return Evaluation(Outcome.PASS, rows)
    part = name_of(pair, catalogue)
    whole = name_of({**pair, **{d: pair.get(f"{d}_whole", pair[d]) for d in catalogue.dimensions}}, catalogue)
    return Evaluation(
        Outcome.FAIL,
        rows,
        f"{part} of {amount(pair)} cannot be part of {whole} of {amount(pair, '_whole')} "
        f"({pair['area']}, {pair['period']}).",
    )


@rule("parts_sum")
def parts_make_their_whole(facts: pd.DataFrame, catalogue: Catalogue) -> Iterator[Evaluation]:
    """Parts must sum to their whole.

    A dimension declares which members together are the whole: urban and rural. Compared on the intervals that rounding
    and hedges allow, within a document: 748 + 284 = 1,032 million holds, 2,550 + 649 = 904 million does not.
    """
    levels = _levels(facts, catalogue)
    for dimension in catalogue.dimensions.values():
        keys = [*KEY, *_other_dimensions(catalogue, dimension.id)]
        for parts in dimension.partitions:
            joined = levels[levels[dimension.id] == ""]
            for part in parts:
                side = levels[levels[dimension.id] == part][[*keys, "row", "value", "lower", "upper", "quote"]]
                joined = joined.merge(side, on=keys, suffixes=("", f"_{part}"))
            yield from (_sum(row, parts, dimension.id, catalogue) for row in records(joined))


def _sum(row: dict[str, Any], parts: Sequence[str], dimension: str, catalogue: Catalogue) -> Evaluation:
    rows = (int(row["row"]), *(int(row[f"row_{part}"]) for part in parts))
    lowers, uppers = ([row[f"{end}_{part}"] for part in parts] for end in ("lower", "upper"))
    low = None if any(map(_open, lowers)) else sum(lowers)
    high = None if any(map(_open, uppers)) else sum(uppers)
    too_much = low is not None and not _open(row["upper"]) and low > row["upper"]
    too_little = high is not None and not _open(row["lower"]) and high < row["lower"]
    if not (too_much or too_little):
        known = not any(_open(end) for end in (*lowers, *uppers, row["lower"], row["upper"]))
        return Evaluation(Outcome.PASS if known else Outcome.NOT_EVALUABLE, rows)
    summed = " + ".join(
        f"{catalogue.dimensions[dimension].members[part].name['en']} {amount(row, f'_{part}')}" for part in parts
    )
    whole = name_of(row, catalogue)
    return Evaluation(
        Outcome.FAIL, rows, f"{summed} cannot make {whole} of {amount(row)} ({row['area']}, {row['period']})."
    )


@rule("same_fact")
def same_fact_has_one_value(facts: pd.DataFrame, catalogue: Catalogue) -> Iterator[Evaluation]:
    """A fact stated twice in one document must have one value.

    Two statements agree where their rounding intervals overlap: 1.03 billion and 1,032 million do.
    """
    keys = [*KEY, "measure", "base_period", "direction", *catalogue.dimensions]
    stated = _keyed(facts, catalogue)
    for _, group in stated[stated.duplicated(keys, keep=False)].groupby(keys, sort=False):
        rows = tuple(int(row) for row in group["row"])
        lower, upper = group["lower"].dropna().max(), group["upper"].dropna().min()
        if _open(lower) or _open(upper) or lower <= upper:
            yield Evaluation(Outcome.PASS, rows)
            continue
        stated_as = list(records(group))
        first = stated_as[0]
        values = " and ".join(dict.fromkeys(map(amount, stated_as)))
        name = name_of(first, catalogue)
        message = (
            f"{name} is stated as {values} in one document ({first['area']}, {first['period']}, {first['measure']})."
        )
        yield Evaluation(Outcome.FAIL, rows, message)


def _levels(facts: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    additive = [name for name in catalogue.indicators if catalogue.adds_up(name)]
    keyed = _keyed(facts, catalogue)
    levels = keyed[(keyed["measure"] == Measure.LEVEL) & keyed["indicator"].isin(additive)]
    return levels.drop_duplicates([*KEY, *catalogue.dimensions, "value", "lower", "upper"])


def _keyed(facts: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Return the facts with a period, missing members and the like as empty text, so that they join."""
    frame = facts[facts["period"].notna()].copy()
    frame["row"] = frame.index
    for column in (*catalogue.dimensions, "base_period", "direction"):
        frame[column] = frame[column].astype(object).where(frame[column].notna(), "")
    return frame


def _other_dimensions(catalogue: Catalogue, dimension: str) -> list[str]:
    return [name for name in catalogue.dimensions if name != dimension]


def _open(value: Any) -> bool:
    return value is None or bool(pd.isna(value))
