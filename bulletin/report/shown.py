"""How numbers, intervals, times, addresses and sentences are shown, in every format of the report."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import quote

Report = Mapping[str, Any]

URL_CHARACTERS = ":/?#@!$&'*+,;=%~"  # the rest, brackets and quotes among it, is percent-encoded
CONTEXT = 280
"""Characters that are shown on either side of a marked number; a longer sentence is cut."""


def number(value: str | int | None) -> str:
    """Return a decimal for reading: separators between thousands, no idle zeros; a dash where there is none.

    >>> number("2550000000"), number("57.60"), number(None)
    ('2,550,000,000', '57.6', '—')
    """
    try:
        shown = "—" if value is None else f"{Decimal(value):,f}"
    except InvalidOperation:  # not a number: show what is there
        return str(value)
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def moment(stamp: str) -> str:
    """Return an ISO 8601 timestamp to the minute, in UTC if it names a zone; any other text as it is."""
    try:
        when = datetime.fromisoformat(stamp)
    except ValueError:
        return stamp
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if when.tzinfo else f"{when:%Y-%m-%d %H:%M}"


def web_link(url: str | None) -> str | None:
    """Return the address with its odd characters percent-encoded if it is http or https, else None."""
    match = re.fullmatch(r"\s*(https?://\S+)\s*", url or "", re.IGNORECASE)
    return quote(match[1], safe=URL_CHARACTERS, errors="replace") if match else None


def passages(mentions: Sequence[Report]) -> list[dict[str, Any]]:
    """Return the sentences around `mentions`, each sentence once, however many of them it holds.

    A passage has `address`, `document` and `pieces`: pairs of a text and the numbers (`n`, or the place from 1) of
    the mentions that it quotes; an empty list for the words between. Long stretches without a mark are cut.
    """
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for place, mention in enumerate(mentions, 1):
        before, quoted, after = (mention[part] or "" for part in ("prefix", "quote", "suffix"))
        where = {"address": mention["address"], "document": mention.get("document")}
        text = before + quoted + after
        passage = found.setdefault((text, repr(where)), {**where, "text": text, "spans": {}})
        passage["spans"].setdefault((len(before), len(before + quoted)), []).append(mention.get("n", place))
    return [{**passage, "pieces": _cut(_pieces(passage["text"], passage["spans"]))} for passage in found.values()]


def _pieces(text: str, spans: Mapping[tuple[int, int], list[int]]) -> list[tuple[str, list[int]]]:
    pieces, at = [], 0
    for (start, end), numbers in sorted(spans.items()):
        if start >= at:  # of two quotes that overlap, the first is highlighted
            pieces += [(text[at:start], []), (text[start:end], numbers)]
            at = end
    return [piece for piece in [*pieces, (text[at:], [])] if piece[0]]


def _cut(pieces: Sequence[tuple[str, list[int]]]) -> list[tuple[str, list[int]]]:
    """Return the pieces with what is far from every mark left out."""
    cut = []
    for at, (text, numbers) in enumerate(pieces):
        first, last = at == 0, at == len(pieces) - 1
        if not numbers and len(text) > CONTEXT * (1 if first or last else 2):
            head = "" if first else text[:CONTEXT]
            tail = "" if last else text[-CONTEXT:]
            text = f"{head} … {tail}" if head and tail else f"…{tail}" if tail else f"{head}…"
        cut.append((text, numbers))
    return cut
