"""A series in the terminal: a line for each period, with a bar, the value, how sure it is, and why it was chosen."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from bulletin.answers.cells import fitted, plain, shown, width
from bulletin.answers.series import Series

EIGHTHS = " ▏▎▍▌▋▊▉█"
LEAST = 8
"""Columns of the longest bar in a narrow terminal."""
MOST = 48
HEDGES = {"more_than": ">", "less_than": "<", "about": "~", "exact": ""}
_SAID = {
    "en": ("{} of {} documents agree", "Sources"),
    "zh": ("{}/{}份文件一致", "来源"),
}
_MISSING = {"en": "{} missing", "zh": "缺{}期"}
_WHY_CHINESE = {
    "the only one": "仅此一值",
    "all state it": "各处相同",
    "official source": "官方来源",
    "most precise": "最精确",
    "most agreed": "多数一致",
    "latest": "最新",
    "first by name": "按名称取首",
}


def chart(series: Series, room: int, language: str = "en") -> Iterator[str]:
    """Yield the lines of the chart, no wider than `room` columns.

    A bar is as long as its value; one below zero is hatched. A hedge stands before the value (> over, < nearly, ~
    about), and behind it what the rounding leaves open.
    """
    yield fitted(f"{series.title} ({series.unit})", room).rstrip()
    rows = [_row(point, language) for point in series.points]
    periods = max(width(row[0]) for row in rows)
    values = max(width(row[1]) for row in rows)
    open_to = max(width(row[2]) for row in rows)
    left = room - periods - values - open_to - 6
    longest = max(LEAST, min(MOST, left // 2 if left > 2 * LEAST else left))
    greatest = max((abs(point["value"]) for point in series.points), default=0)
    missing = _missing([point["end_date"] for point in series.points])
    for point, row, gap in zip(series.points, rows, missing, strict=True):
        if gap:
            yield fitted(f"{'⋮':>{periods}}  {_MISSING[language].format(gap)}", room).rstrip()
        line = (
            f"{fitted(row[0], periods)}  {fitted(row[1], values, right=True)} {fitted(row[2], open_to)} "
            f"{fitted(_bar(point['value'], greatest, longest), longest)}  {row[3]}"
        )
        yield fitted(line, room).rstrip()
    yield ""
    yield f"{_SAID[language][1]}:"
    for source in series.sources:
        yield f"  {plain(source)}"


def _missing(ends: Sequence[date]) -> list[int]:
    """Return how many periods are missing before each one, by the shortest step between two of them."""
    months = [end.year * 12 + end.month for end in ends]
    steps = [behind - ahead for ahead, behind in pairwise(months)]
    least = min((step for step in steps if step), default=1)
    return [0, *(max(0, round(step / least) - 1) for step in steps)][: len(ends)]


def _row(point: Mapping[str, Any], language: str) -> Sequence[str]:
    lower, upper = point["lower"], point["upper"]
    open_to = f"±{shown((upper - lower) / 2)}" if lower is not None and upper is not None and upper > lower else ""
    agree = round(point["documents"] / point["agreement"]) if point["agreement"] else point["documents"]
    why = point["chosen_because"]
    why = _WHY_CHINESE.get(why, why) if language == "zh" else why
    said = _SAID[language][0].format(point["documents"], agree)
    return (
        point["period"],
        HEDGES[point["bound"]] + shown(point["value"]),
        open_to,
        f"{said}, {why}",
    )


def _bar(value: float, greatest: float, columns: int) -> str:
    if not greatest:
        return ""
    eighths = round(8 * columns * abs(value) / greatest)
    if value < 0:
        return "░" * max(1, eighths // 8)
    return EIGHTHS[8] * (eighths // 8) + EIGHTHS[eighths % 8].strip()
