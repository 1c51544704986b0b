"""A page as PDFium holds it becomes pieces and rules, upright whichever way it was turned."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from bulletin.pdf.drawing import THIN, segments
from bulletin.pdf.glyphs import Boxes, characters, direction, ink, pieces, turned
from bulletin.pdf.marks import settle
from bulletin.pdf.shapes import Page, Rule

APART = 2.0
"""Points within which two lines are one: the two sides of a thin box, the borders of neighbouring cells."""


def page_of(source: Any, number: int) -> Page:
    """Return the page with its text upright; raises ReaderError where it holds more than is read."""
    left, bottom, right, top = source.get_bbox()
    text_page = source.get_textpage()
    try:
        text, boxes = characters(text_page, number)
    finally:
        text_page.close()
    printed = ink(text, boxes)
    turns = direction(boxes[printed])
    origin = np.array((left, bottom, left, bottom))
    width, height = right - left, top - bottom
    upright = turned(boxes - origin, turns, width, height)
    drawn, pictures = segments(source, number)
    level, plumb = _rules(drawn, origin, turns, width, height)
    if turns % 2:
        width, height = height, width
    settled = settle(pieces(text, upright, printed))
    return Page(number, width, height, tuple(settled), tuple(level), tuple(plumb), pictures)


def _rules(drawn: list[Any], origin: Boxes, turns: int, width: float, height: float) -> tuple[list[Rule], list[Rule]]:
    if not drawn:
        return [], []
    boxes = turned(np.array(drawn) - origin, turns, width, height)
    level, plumb = [], []
    for left, one, right, two in boxes.tolist():
        top, bottom = min(one, two), max(one, two)
        left, right = min(left, right), max(left, right)
        if bottom - top <= THIN and bottom - top <= right - left:
            level.append(Rule((top + bottom) / 2, left, right))
        else:
            plumb.append(Rule((left + right) / 2, top, bottom))
    return merged(level), merged(plumb)


def merged(rules: Iterable[Rule]) -> list[Rule]:
    """Return the lines with those on one another, or end to end, made one; in order of where they are."""
    rows: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if rows and rule.at - rows[-1][0].at <= APART:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    return [whole for row in rows for whole in _end_to_end(row)]


def _end_to_end(row: list[Rule]) -> Iterable[Rule]:
    if len(row) == 1:
        yield row[0]
        return
    at = sum(rule.at for rule in row) / len(row)
    ordered = sorted(row, key=lambda rule: rule.start)
    start, end = ordered[0].start, ordered[0].end
    for rule in ordered[1:]:
        if rule.start > end + APART:
            yield Rule(at, start, end)
            start, end = rule.start, rule.end
        end = max(end, rule.end)
    yield Rule(at, start, end)
