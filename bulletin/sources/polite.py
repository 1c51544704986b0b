"""Asking as a guest should: one request at a time, with pauses, where robots.txt allows it, again when told."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from protego import Protego

from bulletin.sources.addresses import origin, shown
from bulletin.sources.connection import AGENT, Answer, FetchError, get
from bulletin.sources.entries import Entry

TRIES = (1.0, 4.0)
"""Seconds before the second and the third try."""
LONGEST = 60.0
"""Seconds that a server may have us wait (Retry-After); where it asks for more, the next run asks again."""
_PASSING = (408, 425, 429, 500, 502, 503, 504)
ROBOTS = 512_000
"""Bytes of a robots.txt that are read, as RFC 9309 has it."""


@dataclass(slots=True)
class Guest:
    """Who asks the web for one run of a fetch; remembers when each host was asked, and what its robots.txt says."""

    secrets: Mapping[str, str]
    """The environment, in which values of `authorization` stand."""
    limit: int
    """Bytes of a file."""
    sleep: Callable[[float], None] = time.sleep
    _asked: dict[str, float] = field(default_factory=dict)
    _robots: dict[str, Protego] = field(default_factory=dict)

    def get(self, url: str, entry: Entry, headers: Mapping[str, str] | None = None) -> Answer:
        """Return what the address answers: with status 200, or 304 where the headers ask for what is new only.

        Raises:
            FetchError: it may not be asked, or answers nothing that is of use.
        """
        self._check(url, entry)
        return self._tried(url, entry, headers)

    def _tried(self, url: str, entry: Entry, headers: Mapping[str, str] | None) -> Answer:
        for pause in TRIES:
            try:
                return self._once(url, entry, headers)
            except FetchError as error:
                if not error.passing or (error.after or 0.0) > LONGEST:
                    raise
                self.sleep(error.after if error.after is not None else pause)
        return self._once(url, entry, headers)

    def _once(self, url: str, entry: Entry, headers: Mapping[str, str] | None) -> Answer:
        self._pause(url, entry)
        authorization = self._secret(entry) if origin(url) in {origin(place) for place in entry.places} else None
        answer = get(
            url,
            limit=self.limit,
            headers=headers,
            authorization=authorization,
            private=entry.private,
            moved=lambda place: self._check(place, entry),
        )
        if answer.status in (200, 304):
            return answer
        passing = answer.status in _PASSING
        raise FetchError(
            f"{shown(url)}: answers {answer.status}{_what(answer.status)}",
            passing=passing,
            after=_seconds(answer.headers.get("retry-after")) if passing else None,
        )

    def _secret(self, entry: Entry) -> str | None:
        """Return what the entry's `authorization` stands for; it is for the source's own hosts alone."""
        if not entry.authorization:
            return None
        value = self.secrets.get(entry.authorization, "").strip()
        if not value:
            raise FetchError(f"{entry.id}: ${entry.authorization}, which its `authorization` names, is not set")
        if not (value.isascii() and value.isprintable()):
            raise FetchError(
                f"{entry.id}: ${entry.authorization} holds what no header can (a line end, a letter beyond ASCII)"
            )
        return value

    def _pause(self, url: str, entry: Entry) -> None:
        host = urlsplit(url).netloc
        left = self._asked.get(host, -entry.pause) + entry.pause - time.monotonic()
        if host in self._asked and left > 0:
            self.sleep(left)
        self._asked[host] = time.monotonic()

    def _check(self, url: str, entry: Entry) -> None:
        """Raise FetchError where the host asks not to fetch the address: the one given, or where a redirect leads."""
        if entry.robots and not self._may(url, entry):
            raise FetchError(
                f"{shown(url)}: its robots.txt asks not to fetch it; `robots: false` in sources.yml does all the same"
            )

    def _may(self, url: str, entry: Entry) -> bool:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = self._rules(f"{origin}/robots.txt", entry)
        return self._robots[origin].can_fetch(url, AGENT)

    def _rules(self, url: str, entry: Entry) -> Protego:
        """Return the rules; as RFC 9309 has it, none is no rule, and a server that fails allows nothing."""
        try:
            answer = get(url, limit=ROBOTS, private=entry.private)
        except FetchError as error:
            if not error.passing:
                raise
            raise FetchError(
                f"{shown(url)}, which says what may be fetched, cannot be read: {error}", passing=True
            ) from error
        if answer.status >= 500:
            return Protego.parse("User-agent: *\nDisallow: /")
        return Protego.parse(answer.body.decode("utf-8", "replace") if answer.status == 200 else "")


def _what(status: int) -> str:
    said = {401: "it wants to know who asks (`authorization`)", 403: "it is refused", 404: "it is not there any more"}
    return f": {said[status]}" if status in said else ""


def _seconds(said: str | None) -> float | None:
    """Return the seconds of a Retry-After; a date counts from now, what is neither says nothing."""
    if not said:
        return None
    if said.strip().isdigit():
        return float(said)
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - time.time())
    except (TypeError, ValueError):
        return None
