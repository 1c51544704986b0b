"""Addresses as they may be told and remembered: a query, a user and a password may be secrets."""

import hashlib
from urllib.parse import urlsplit, urlunsplit


def shown(url: str) -> str:
    """Return the address as it may be told: without user, password and query."""
    try:
        parts = urlsplit(url)
        host = f"{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}"
    except ValueError:
        return "(no address)"
    return urlunsplit((parts.scheme, host, parts.path, "…" if parts.query else "", ""))


def origin(url: str) -> tuple[str, str | None, int | None]:
    """Return scheme, host and port: to whom a secret may go."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def remembered_as(url: str) -> str:
    """Return the name under which an address is remembered: itself, or what may be told of it and a hash of the whole.

    >>> remembered_as("https://example.org/a.pdf")
    'https://example.org/a.pdf'
    >>> remembered_as("https://example.org/a?key=1")
    'https://example.org/a?… 4d7ddd2a1676'
    """
    return url if shown(url) == url else f"{shown(url)} {hashlib.sha256(url.encode()).hexdigest()[:12]}"
