"""Inline SVG without words, so that it needs no font and shrinks to a phone; the page says in HTML what it shows."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

Row = Mapping[str, Any]
WIDE, HIGH, EDGE = 320, 84, 8
"""Size of the drawing of a series, and the room around it."""
LOG = 12
"""Ratio of the largest to the smallest value from which on the height is logarithmic."""


def level(count: int) -> str:
    """Return the class of a cell of the coverage: `h1` for one fact, to `h4` for fifteen and more."""
    return f"h{1 + sum(count >= least for least in (2, 5, 15))}"


def columns(values: Sequence[int]) -> str:
    """Return a column for each value, the last one marked; zero is a line's breadth."""
    highest, wide = max([*values, 1]), min(72 / len(values), 9)
    step = (100 - wide) / max(len(values) - 1, 1)
    bars = []
    for at, value in enumerate(values):
        height = max(36 * value / highest, 0.6)
        last = ' class="last"' if at == len(values) - 1 else ""
        bars.append(f'<rect{last} x="{at * step:.2f}" y="{36 - height:.2f}" width="{wide:.2f}" height="{height:.2f}"/>')
    said = ", ".join(f"{value:,}" for value in values)
    frame = 'class="columns" viewBox="0 0 100 36" preserveAspectRatio="none" role="img"'
    return f'<svg {frame} aria-label="{said}">{"".join(bars)}</svg>'


def series(observation: Row, proposed: str | None) -> str:
    """Return the series beside a suspect: a line through the other values, the suspect as printed and as proposed.

    Empty where the series is too short or a value or a date is missing.
    """
    points = [(_day(p["date"]), float(p["value"])) for p in observation["series"] or ()]
    if not points or observation["date"] is None or observation["value"] is None:
        return ""
    day = _day(observation["date"])
    marks = [(day, float(observation["value"]), "printed")]
    if proposed is not None:
        marks.append((day, abs(float(proposed)), "proposed"))
    place = _places([*points, *((x, y) for x, y, _ in marks)])
    line = " ".join("{:.1f},{:.1f}".format(*place(x, y)) for x, y in points)
    dots = "".join(_dot(place(x, y), "other", 2) for x, y in points)
    ends = [place(x, y) for x, y, _ in marks]
    fall = ""
    if len(ends) == 2:
        (x, y1), (_, y2) = ends
        fall = f'<line class="fall" x1="{x:.1f}" y1="{y1:.1f}" x2="{x:.1f}" y2="{y2:.1f}"/>'
    shown = "".join(_dot(place(x, y), kind, 4.5) for x, y, kind in marks)
    return (
        f'<svg class="series" viewBox="0 0 {WIDE} {HIGH}" aria-hidden="true">'
        f'<polyline points="{line}"/>{dots}{fall}{shown}</svg>'
    )


def _day(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()


def _dot(place: tuple[float, float], kind: str, radius: float) -> str:
    return f'<circle class="{kind}" cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="{radius}"/>'


def _places(points: Sequence[tuple[int, float]]) -> Any:
    """Return a function from date and value to the place in the drawing."""
    days, values = [x for x, _ in points], [y for _, y in points]
    logarithmic = min(values) > 0 and max(values) / min(values) > LOG
    height = math.log if logarithmic else float
    low, high = height(min(values)), height(max(values))
    left, right = min(days), max(days)

    def place(day: int, value: float) -> tuple[float, float]:
        across = (day - left) / (right - left) if right > left else 0.5
        up = (height(value) - low) / (high - low) if high > low else 0.5
        return EDGE + across * (WIDE - 2 * EDGE), HIGH - EDGE - up * (HIGH - 2 * EDGE)

    return place
