"""Plain text and Markdown: headings, list items, paragraphs and tables, with offsets into the text as decoded."""

import re
from collections.abc import Collection, Iterator
from itertools import groupby, pairwise

from bulletin.content import Content, decode
from bulletin.limits import DEFAULTS, Limits
from bulletin.model import Block, Cell, Metadata, Table

SUFFIXES = (".txt", ".md", ".markdown", ".text")
MEDIA_TYPE = "text/plain"

_HEADING = re.compile(r"(#{1,6})\s+\S")
_ITEM = re.compile(r"\s*(?:[-*•·>–—▪◆◇■□●○★☆✓✔➤►※①-⑳]\s?|\d{1,2}[.)]\s)")
_ENDED = re.compile(r"[.。!！?？:：;；…]['\"”’」』)）*]*\s*$")
_ROW = re.compile(r"[^|\n]*\|(?:[^|\n]*\|)*[^|\n]*\n?")
_RULE = re.compile(r"[ \t|:-]*--[ \t|:-]*\n?")
_BAR = re.compile(r"(?<!\\)\|")
_GAP = re.compile(r"(?:\t|\u3000| {2,})[\t\u3000 ]*")
"""What sets the columns of a table apart that has no bars."""
_SLASH = re.compile(r"[ \t]+/[ \t]+")
"""The same where a table is written in running text; "Online food / drinks" is one, a table has columns of them."""
_NUMERIC = re.compile(r"[+-]?[\d.,]+\s?%?")
_MISSING = re.compile(r"[-–—]|n/?a", re.IGNORECASE)
COLUMNS, ROWS, HEADS, FAR = 3, 3, 3, 8
"""The least of a table without bars, how many lines over it may be its head, and how far from the margin."""
_NUMBER_ALONE = re.compile(r"\s*[$¥£€]?\d[\d.,]*\s?(?:%|[a-z]{1,8}|[万亿])?\s*", re.IGNORECASE)
"""A line that holds a number and nothing else says what it is in the next line."""
CAPTION = 120
"""Characters that a line above a table may have to be its caption."""
WRAPPED = 60
"""A line at least this long that ends in mid-sentence goes on in the next line."""


def read(data: bytes, metadata: Metadata, limits: Limits = DEFAULTS) -> Content:
    """Return the text and its blocks; raises ReaderError where the bytes are no text."""
    decoded = decode(data, metadata.encoding, limits=limits)
    text = decoded.text
    rows = sorted([*_tables(text), *_spaced_tables(text), *_slashed_tables(text)], key=lambda found: found[1][0][0])
    found = tuple(_table(number, caption, lines) for number, (caption, lines) in enumerate(rows, start=1))
    aside = {start for _, lines in rows for start, _ in lines}
    return Content(text, tuple(blocks(text, aside)), found, decoded.encoding, notes=decoded.notes)


def blocks(text: str, aside: Collection[int] = ()) -> Iterator[Block]:
    """Yield the blocks of the text: a line each, but lines broken in mid-sentence are one paragraph.

    Lines that begin at an offset in `aside` are left out.

    >>> text = "# Title\\n\\n" + "a" * 60 + "\\nand so on.\\nNext."
    >>> [(block.kind, text[block.start:block.end][-10:]) for block in blocks(text)]
    [('heading', '# Title\\n'), ('paragraph', 'nd so on.\\n'), ('paragraph', 'Next.')]
    """
    pending: Block | None = None
    previous = ""
    at = 0
    for line in text.splitlines(keepends=True):
        start, at = at, at + len(line)
        block = None if start in aside else _block(line, start, at)
        if pending and block and block.kind == "paragraph" and _goes_on(pending, previous):
            pending = Block(pending.kind, pending.start, block.end)
        else:
            if pending:
                yield pending
            pending = block
        previous = line
    if pending:
        yield pending


def _block(line: str, start: int, end: int) -> Block | None:
    if not line.strip():
        return None
    if heading := _HEADING.match(line):
        return Block("heading", start, end, len(heading[1]))
    return Block("item" if _ITEM.match(line) else "paragraph", start, end)


def _goes_on(pending: Block, previous: str) -> bool:
    if _NUMBER_ALONE.fullmatch(previous):
        return True
    return pending.kind != "heading" and len(previous) >= WRAPPED and not _ENDED.search(previous)


_Line = tuple[int, str]


def _tables(text: str) -> Iterator[tuple[str, list[_Line]]]:
    """Yield the lines of each table, with their offsets, and what stands above it.

    | Year | Users |
    | ---- | ----- |
    | 2021 | 1,032 |
    """
    caption, run, at = "", list[_Line](), 0
    for line in [*text.splitlines(keepends=True), ""]:
        if _ROW.fullmatch(line):
            run.append((at, line))
        else:
            if len(run) > 1 and (_RULE.fullmatch(run[1][1]) or _is_even(run)):
                yield caption, run
            run = []
            if plain := line.strip(" #*_\t\n"):
                caption = plain if len(plain) <= CAPTION else ""
        at += len(line)


def _spaced_tables(text: str) -> Iterator[tuple[str, list[_Line]]]:
    """Yield the lines of each table whose columns stand apart by tabs, wide spaces or several spaces.

    Indicator      Unit       Value
    Base stations  thousand   1,162
    """
    lines, at = list[_Line](), 0
    for line in text.splitlines(keepends=True):
        lines.append((at, line))
        at += len(line)
    widths = [0 if _BAR.search(line) else len(_GAP.split(line.strip())) for _, line in lines]
    at = 0
    while at < len(lines):
        end = at + 1
        while end < len(lines) and widths[end] == widths[at]:
            end += 1
        run = lines[at:end]
        first = at
        while first > max(0, at - HEADS) and _may_head(lines[first - 1][1], widths[first - 1]):
            first -= 1
        # Where lines of other columns are the head, all of the even ones are the body: a head may name one column less.
        body, height = (run, len(run) + 1) if first < at else (run[1:], len(run))
        if widths[at] >= COLUMNS and height >= ROWS and len(body) > 1 and _all_end_in_numbers(body, run):
            yield _caption(lines[:first]), lines[first:end]
        at = end


def _slashed_tables(text: str) -> Iterator[tuple[str, list[_Line]]]:
    """Yield the lines of each table whose columns stand apart by slashes, below a line that names all of them.

    Application / Users / Rate
    Short video / 1,040 / 95.2%
    """
    lines, at = list[_Line](), 0
    for line in text.splitlines(keepends=True):
        lines.append((at, line))
        at += len(line)
    at = 0
    for slashes, group in groupby(lines, key=lambda line: len(_SLASH.findall(line[1]))):
        run = list(group)
        if slashes + 1 >= COLUMNS and len(run) >= ROWS and _is_slashed(run):
            yield _caption(lines[:at]), run
        at += len(run)


def _is_slashed(run: list[_Line]) -> bool:
    """Whether every cell of the rows below the first is a number but for their names."""
    rows = [_SLASH.split(line.strip()) for _, line in run]
    told = [_NUMERIC.fullmatch(cell) or _MISSING.fullmatch(cell) for row in rows[1:] for cell in row[1:]]
    return all(told) and not any(_NUMERIC.fullmatch(cell) for cell in rows[0])


def _all_end_in_numbers(body: list[_Line], run: list[_Line]) -> bool:
    """Whether every line of the body does, or every line of the run but its first, which is the head's last then."""
    return all(_ends_in_number(line) for _, line in body) or (
        len(run) >= ROWS and all(_ends_in_number(line) for _, line in run[1:])
    )


def _ends_in_number(line: str) -> bool:
    return _NUMERIC.fullmatch(_GAP.split(line.strip())[-1]) is not None


def _may_head(line: str, columns: int) -> bool:
    """Whether a line of other columns stands over those below it: it has gaps, or is far from the margin."""
    return bool(line.strip()) and (columns >= COLUMNS or line.startswith(" " * FAR))


def _caption(before: list[_Line]) -> str:
    """Return the last line with words, if it is short enough for a caption."""
    plain = next((words for _, line in reversed(before[-HEADS:]) if (words := line.strip(" #*_\t\n\u3000"))), "")
    return plain if len(plain) <= CAPTION else ""


def _is_even(run: list[_Line]) -> bool:
    """Whether every row has as many bars as the first, two at least, and a row below it holds numbers."""
    bars = {len(_BAR.findall(line)) for _, line in run}
    return len(bars) == 1 and min(bars) > 1 and any(re.search(r"\|\s*[\d.,%]+\s*(?:\||$)", line) for _, line in run[1:])


def _table(number: int, caption: str, lines: list[_Line]) -> Table:
    cells = []
    stops = _stops(lines)
    for row, (start, line) in enumerate((line for line in lines if not _RULE.fullmatch(line[1])), start=1):
        spans = list(_spans(line))
        places = [(column, 1) for column in range(1, len(spans) + 1)]
        if stops and len(spans) == len(stops) - 1 and spans[0][0] >= stops[0][1]:
            places = [(column + 1, 1) for column, _ in places]  # nothing stands over the names of the rows
        elif stops and len(spans) != len(stops):
            places = _under(spans, stops)
        for (column, columns), (left, right) in zip(places, spans, strict=True):
            inside = line[left:right]
            if plain := inside.strip():
                offset = start + left + len(inside) - len(inside.lstrip())
                cells.append(Cell(row, column, plain, start=offset, columns=columns))
    return Table(f"table {number}", tuple(cells), caption)


def _stops(lines: list[_Line]) -> list[tuple[int, int]]:
    """Return from where to where each column of a table without bars reaches; nothing for one with bars."""
    if any(_BAR.search(line) or _is_apart(line) for _, line in lines):
        return []  # bars say it
    rows = [list(_spans(line)) for _, line in lines]
    width = len(rows[-1])
    full = [row for row in rows if len(row) == width]
    return [(min(row[at][0] for row in full), max(row[at][1] for row in full)) for at in range(width)]


def _under(spans: list[tuple[int, int]], stops: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return of each piece of a head over which column it begins, and over how many it stands: up to the next piece."""
    firsts: list[int] = []
    for begin, end in spans:
        over = [at for at, (start, stop) in enumerate(stops, start=1) if begin < stop and start < end]
        near = min(range(1, len(stops) + 1), key=lambda at: abs(stops[at - 1][0] - begin))
        firsts.append(over[0] if over else near)
    return [(first, max(1, then - first)) for first, then in pairwise([*firsts, len(stops) + 1])]


def _spans(line: str) -> Iterator[tuple[int, int]]:
    """Yield where the cells of the row stand: between its bars, or between its gaps where it has none."""
    if _BAR.search(line):
        yield from ((left + 1, right) for left, right in pairwise(_edges(line)))
        return
    begin = len(line) - len(line.lstrip())
    gaps = [gap.span() for gap in (_SLASH if _is_apart(line) else _GAP).finditer(line, begin, len(line.rstrip()))]
    yield from zip([begin, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(line)], strict=True)


def _is_apart(line: str) -> bool:
    """Whether slashes set the cells of the row apart."""
    return len(_SLASH.findall(line)) + 1 >= COLUMNS


def _edges(line: str) -> list[int]:
    """Return where the cells of the row end: at its bars, and at the line's own ends where no bar stands there."""
    bars = [bar.start() for bar in _BAR.finditer(line)]
    before, behind = line[: bars[0]].strip(), line[bars[-1] + 1 :].strip()
    return [*([-1] if before else []), *bars, *([len(line.rstrip("\n"))] if behind else [])]
