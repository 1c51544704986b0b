"""One request over HTTP to an address that may be asked: checked where the connection is made, redirects included.

An address is checked by what its name resolves to, and the connection goes to that very address: a name that resolves
to another one a moment later (DNS rebinding) wins nothing, nor does any odd way to write 127.0.0.1.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpcore

from bulletin import __version__
from bulletin.sources.addresses import origin, shown

AGENT = f"Bulletin/{__version__} (statistical reports; respects robots.txt)"
REDIRECTS = 5
CONNECT, READ, WHOLE = 10.0, 30.0, 300.0
"""Seconds to connect, without a byte, and for the whole of an answer."""
_UNICAST = ipaddress.ip_network("2000::/3")
"""All that is given out to the public internet (IANA)."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_MOVED = (301, 302, 303, 307, 308)
_SOCKETS = httpcore.SyncBackend()


class FetchError(Exception):
    """An address cannot be fetched; the message says why and what to do, and holds no secret."""

    def __init__(self, message: str, *, passing: bool = False, after: float | None = None) -> None:
        super().__init__(message)
        self.passing = passing
        """Whether it may go well a little later: a network, an answer that says so."""
        self.after = after
        """Seconds after which the server asks to be asked again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered."""

    status: int
    url: str
    """After redirects, without a query that might hold secrets removed: the address as asked in the end."""
    headers: Mapping[str, str]
    """By lower-case name."""
    body: bytes = field(default=b"", repr=False)


def get(
    url: str,
    *,
    limit: int,
    headers: Mapping[str, str] | None = None,
    authorization: str | None = None,
    private: bool = False,
    moved: Callable[[str], None] = lambda url: None,
) -> Answer:
    """Return what the address answers, after at most five redirects; statuses are the caller's to judge.

    Args:
        url: http or https.
        limit: Bytes of the answer, at most.
        headers: More of them.
        authorization: Value of the header of that name; it goes to the host of `url` only, and never over plain http
            to another machine.
        private: Whether this machine and private networks may be asked.
        moved: Called with each address that a redirect leads to, before that is asked; may raise.

    Raises:
        FetchError: the address may not be asked, does not answer, or answers too much.
    """
    _check_scheme(url, url)
    own, asked = origin(url), url
    deadline = time.monotonic() + WHOLE
    with httpcore.ConnectionPool(
        ssl_context=ssl.create_default_context(), network_backend=_Guarded(private, deadline), max_connections=1
    ) as pool:
        for _ in range(REDIRECTS + 1):
            said = {"User-Agent": AGENT, "Accept-Encoding": "identity", "Accept": "*/*", **(headers or {})}
            if authorization and origin(asked) == own:
                said["Authorization"] = authorization
            answer = _one(pool, asked, said, limit)
            place = answer.headers.get("location")
            if answer.status not in _MOVED or not place:
                return answer
            asked = _joined(asked, place)
            _check_scheme(asked, url)
            moved(asked)
    raise FetchError(f"{shown(url)}: redirected more than {REDIRECTS} times; is the address still right?")


def _joined(url: str, place: str) -> str:
    try:
        return urljoin(url, place)
    except ValueError as error:
        raise FetchError(f"{shown(url)}: redirected to something that is no address: {error}") from None


def _check_scheme(url: str, first: str) -> None:
    try:
        parts = urlsplit(url)
        secure, host, _ = parts.scheme, parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(f"{shown(first)}: redirected to something that is no address: {error}") from None
    if secure not in ("http", "https") or not host:
        raise FetchError(f"{shown(url)}: only http and https are fetched")
    if urlsplit(first).scheme == "https" and secure != "https":
        raise FetchError(f"{shown(first)}: redirected from https to plain http, {shown(url)}, which is not followed")


def _one(pool: httpcore.ConnectionPool, url: str, headers: Mapping[str, str], limit: int) -> Answer:
    timeouts = {"connect": CONNECT, "read": READ, "write": READ, "pool": CONNECT}
    try:
        with pool.stream(
            "GET", _ascii(url), headers=list(headers.items()), extensions={"timeout": timeouts}
        ) as response:
            found = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            if found.get("content-encoding", "identity") not in ("identity", ""):
                raise FetchError(f"{shown(url)}: answers packed ({found['content-encoding']}), though asked not to")
            body = _read(response.iter_stream(), url, limit, found.get("content-length"))
            return Answer(response.status, url, found, body)
    except httpcore.UnsupportedProtocol as error:
        raise FetchError(f"{shown(url)}: {error}") from error
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError) as error:
        why = str(error) or type(error).__name__
        raise FetchError(f"{shown(url)}: does not answer: {why}", passing=True) from error


def _read(pieces: Iterable[bytes], url: str, limit: int, length: str | None) -> bytes:
    too_long = FetchError(
        f"{shown(url)}: more than the {limit:,} bytes that are fetched of a file; raise `file_bytes` if it is meant"
    )
    if length and length.isdigit() and int(length) > limit:
        raise too_long
    found = bytearray()
    for piece in pieces:
        found += piece
        if len(found) > limit:
            raise too_long
    if length and length.isdigit() and len(found) != int(length):
        raise FetchError(f"{shown(url)}: ended after {len(found):,} of {int(length):,} bytes", passing=True)
    return bytes(found)


def _ascii(url: str) -> str:
    """Return the address with what is not ASCII written as such: a host by IDNA, a path by its percent signs."""
    from urllib.parse import quote

    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode("ascii")
    host = f"[{host}]" if ":" in host else host
    place = f"{host}{f':{parts.port}' if parts.port else ''}"
    safe = "/%:@!$&'()*+,;=~-._?"
    return urlunsplit((parts.scheme, place, quote(parts.path, safe=safe) or "/", quote(parts.query, safe=safe), ""))


class _Guarded(httpcore.NetworkBackend):
    """Connects to addresses of the public internet, and to others only where they are allowed."""

    def __init__(self, private: bool, deadline: float) -> None:
        self._private = private
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: "Iterable[httpcore.SOCKET_OPTION] | None" = None,
    ) -> httpcore.NetworkStream:
        """Resolve the name once, check what it resolves to, and connect to just that."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host!r} is not known: {error}") from error
        addresses = list(dict.fromkeys(str(item[4][0]) for item in found))
        for address in addresses:
            if not self._private and not is_public(address):
                raise FetchError(
                    f"{host} is {address}, an address of this machine or of a private network, which is not fetched; "
                    "`private: true` in sources.yml allows it"
                )
        failed: Exception = httpcore.ConnectError(f"the name {host!r} has no address")
        for address in addresses:
            try:
                stream = _SOCKETS.connect_tcp(address, port, timeout, local_address, socket_options)
                return _Hurried(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


class _Hurried(httpcore.NetworkStream):
    """A connection that ends at a moment: an answer sent byte by byte is none, its headers as little as its body."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read some bytes."""
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write them."""
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        """Close it."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Return it encrypted."""
        return _Hurried(self._stream.start_tls(ssl_context, server_hostname, self._left(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Return what is known of it."""
        return self._stream.get_extra_info(info)

    def _left(self, timeout: float | None) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout(f"took more than {WHOLE:.0f} seconds")
        return min(left, READ if timeout is None else timeout)


def is_public(address: str) -> bool:
    """Return whether the address is one of the public internet; those that hold another address are judged by it.

    >>> [is_public(a) for a in ("93.184.215.14", "10.0.0.1", "127.0.0.1", "::1", "::ffff:127.0.0.1", "169.254.169.254")]
    [True, False, False, False, False, False]
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in _NAT64 or int(found) >> 32 == 0:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        return found in _UNICAST and found.is_global
    return found.is_global and not found.is_multicast
