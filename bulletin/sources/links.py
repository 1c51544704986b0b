"""Which reports a feed or a listing page leads to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import turbohtml

from bulletin.sources.addresses import shown
from bulletin.sources.connection import Answer, FetchError

MOST = 500
"""Links of one page or feed that are followed; the newest come first in feeds."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A report that something leads to."""

    url: str
    title: str | None = None
    published: str | None = None
    """ISO date, where the feed says it."""


def of_feed(answer: Answer, pattern: str | None) -> list[Linked]:
    """Return the reports of an RSS, RDF or Atom feed, in its order; those whose link matches the pattern, if any.

    Raises:
        FetchError: it is no feed.
    """
    text = _text(answer)
    if re.search(r"<!(?:DOCTYPE|ENTITY)", text[:4_096], re.IGNORECASE):
        raise FetchError(f"{shown(answer.url)}: a feed with a document type of its own is not read")
    try:
        feed = turbohtml.parse_xml(text).feed()
    except (turbohtml.HTMLParseError, ValueError) as error:
        raise FetchError(f"{shown(answer.url)}: no feed, but broken XML: {error}") from error
    if feed is None:
        raise FetchError(f"{shown(answer.url)}: neither RSS nor Atom; a page with links is a `listing`")
    found = [
        Linked(urljoin(answer.url, entry.link), _line(entry.title), _day(entry.published or entry.updated))
        for entry in feed.entries
        if entry.link
    ]
    return _wanted(found, pattern)


def of_listing(answer: Answer, pattern: str) -> list[Linked]:
    """Return the reports that the links of the page lead to, each once, with the words of the link as title.

    Raises:
        FetchError: no link matches the pattern: the page is another one than it was.
    """
    page = turbohtml.parse(_text(answer))
    base = page.select_one("base[href]")
    root = urljoin(answer.url, str(base.attrs["href"])) if base is not None else answer.url
    found = [
        Linked(urljoin(root, str(link.attrs["href"]).strip()), _line(link.text)) for link in page.select("a[href]")
    ]
    wanted = _wanted(found, pattern)
    if not wanted:
        raise FetchError(
            f"{shown(answer.url)}: none of its {len(found)} links matches {pattern!r}; has the page changed?"
        )
    return wanted


def _wanted(found: list[Linked], pattern: str | None) -> list[Linked]:
    known = dict.fromkeys(item.url.partition("#")[0] for item in found)
    first = {url: next(item for item in found if item.url.partition("#")[0] == url) for url in known}
    return list(_matching(first, pattern))[:MOST]


def _matching(found: dict[str, Linked], pattern: str | None) -> Iterator[Linked]:
    for url, item in found.items():
        if urlsplit(url).scheme in ("http", "https") and (pattern is None or re.search(pattern, url)):
            yield Linked(url, item.title, item.published)


def _text(answer: Answer) -> str:
    named = re.search(r"charset=[\"']?([\w-]+)", answer.headers.get("content-type", ""))
    declared = re.search(rb"(?:encoding|charset)=[\"']?([\w-]+)", answer.body[:1_024])
    encoding = named[1] if named else declared[1].decode("ascii") if declared else "utf-8"
    try:
        return answer.body.decode(encoding, "replace").lstrip("\ufeff")
    except LookupError:
        return answer.body.decode("utf-8", "replace")


def _line(text: str | None) -> str | None:
    return " ".join(text.split())[:300] or None if text else None


def _day(said: str | None) -> str | None:
    """Return the date of an RSS or Atom time; None where it is none."""
    if not said:
        return None
    try:
        return datetime.fromisoformat(said.strip()).date().isoformat()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(said).astimezone(UTC).date().isoformat()
    except (TypeError, ValueError):
        return None
