"""People are told when something needs them: by webhook, Slack-compatible message or e-mail, one message a run.

Telling never fails a run: what cannot be sent is a warning. Addresses of webhooks and passwords are secrets; they may
come from the environment alone, and are in no message, log or table.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import unquote, urlsplit

from bulletin.errors import BulletinError, UsageError


class Outcome(Protocol):
    """What a run came to."""

    @property
    def report(self) -> Mapping[str, Any]:
        """The report's content."""

    @property
    def files(self) -> Mapping[str, Path]:
        """Where it is."""

    @property
    def worst(self) -> str:
        """The worst severity of an open finding."""


Result = TypeVar("Result", bound=Outcome)
WORST = 3
"""Findings that a message names."""
WAIT = 10.0
"""Seconds that a server is waited for."""
ON = ("error", "warning", "always", "never")
_SETTINGS = ("webhook", "slack", "email", "smtp", "sender", "on")
_FROM_ENVIRONMENT = {
    "webhook": "BULLETIN_NOTIFY_WEBHOOK",
    "slack": "BULLETIN_NOTIFY_SLACK",
    "email": "BULLETIN_NOTIFY_EMAIL",
    "smtp": "BULLETIN_NOTIFY_SMTP",
}
PASSWORD = "BULLETIN_SMTP_PASSWORD"


@dataclass(frozen=True, slots=True)
class Notify:
    """Who is told, and when."""

    webhook: str = ""
    """Address that gets the message as JSON."""
    slack: str = ""
    """Address of an incoming webhook of Slack, or of what takes the same (Mattermost, Discord with /slack)."""
    email: tuple[str, ...] = ()
    smtp: str = ""
    """`smtp://user@host:587` (STARTTLS where the server offers it) or `smtps://user@host:465`."""
    sender: str = ""
    on: str = "error"
    """How bad an open finding must be: error or warning; always tells of every run, never of none."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is told of a run."""

    title: str
    counts: Mapping[str, int]
    findings: tuple[Mapping[str, str], ...] = ()
    """The worst, with severity, rule, message and issue."""
    report: str = ""
    """Where the report is."""
    error: str = ""
    """Why the run ended, where it failed."""


def notify_of(content: object, where: str, environment: Mapping[str, str] = os.environ) -> Notify:
    """Return who is told, by the settings' table `notify` and the environment, which goes before it.

    Raises:
        UsageError: a setting is unknown or no text, an address is none, or mail has no server to go by.
    """
    if not isinstance(content, Mapping):
        raise UsageError(f"{where}: notify is {content!r}; it is a table: [notify]")
    if unknown := set(content) - set(_SETTINGS):
        raise UsageError(f"{where}: notify: unknown setting {min(unknown)!r}; allowed are {', '.join(_SETTINGS)}")
    said: dict[str, Any] = dict(content)
    said |= {name: given for name, key in _FROM_ENVIRONMENT.items() if (given := environment.get(key))}
    email = said.pop("email", [])
    said["email"] = tuple(part.strip() for part in email.split(",")) if isinstance(email, str) else tuple(email)
    for name, value in said.items():
        texts = value if isinstance(value, tuple) else (value,)
        if not all(isinstance(text, str) for text in texts):
            raise UsageError(f"{where}: notify.{name} is not a text")
    found = Notify(**said)
    if found.on not in ON:
        raise UsageError(f"{where}: notify.on is {found.on!r}; allowed are {', '.join(ON)}")
    for name, address in (("webhook", found.webhook), ("slack", found.slack)):
        if address and urlsplit(address).scheme not in ("http", "https"):
            raise UsageError(f"{where}: notify.{name} is no address; it begins with https://")
    if found.email and urlsplit(found.smtp).scheme not in ("smtp", "smtps"):
        raise UsageError(f"{where}: notify.email needs notify.smtp, the server: smtp://user@host:587 or smtps://...")
    return found


def wanted(notify: Notify, worst: str) -> bool:
    """Return whether a run whose worst open finding is so bad is to be told."""
    if notify.on == "always":
        return True
    bad = {"error": ("error",), "warning": ("error", "warning"), "never": ()}[notify.on]
    return worst in bad


def of_run(report: Mapping[str, Any], place: str) -> Message:
    """Return what is told of a run that came to this report."""
    summary, findings = report["summary"], report["findings"]
    counts = {name: int(summary[name]) for name in ("documents", "accepted", "quarantined", "unresolved", "unreadable")}
    bad = sum(finding["severity"] == "error" for finding in findings)
    title = f"{bad} findings are errors" if bad != 1 else "1 finding is an error"
    if not bad:
        title = f"{len(findings)} findings, no error" if findings else "nothing is wrong"
    said = tuple(
        {name: str(finding[name]) for name in ("severity", "rule", "message", "issue")} for finding in findings[:WORST]
    )
    return Message(f"Bulletin: {title} in {counts['documents']} documents", counts, said, place)


def of_failure(error: str) -> Message:
    """Return what is told of a run that failed."""
    return Message("Bulletin: a run failed", {}, error=error)


def telling(notify: Notify, run: Callable[[], Result], warn: Callable[[str], None]) -> Result:
    """Return what the run comes to, an `IngestResult`, and tell of it where it needs a person or fails."""
    try:
        outcome = run()
    except BulletinError as error:
        if notify.on != "never":
            send(notify, of_failure(str(error)), warn)
        raise
    if wanted(notify, outcome.worst):
        send(notify, of_run(outcome.report, str(outcome.files["html"].absolute())), warn)
    return outcome


def warn(words: str) -> None:
    """Say it on standard error."""
    print(f"bulletin: {words}", file=sys.stderr)


def send(notify: Notify, message: Message, warn: Callable[[str], None]) -> int:
    """Send the message to everybody who is to be told; return to how many it went. What fails is told to `warn`."""
    from smtplib import SMTPException

    sent = 0
    for name, tell in _ways(notify):
        try:
            tell(message)
            sent += 1
        except (OSError, SMTPException, ValueError) as error:
            warn(f"nobody was told by {name}: {_reason(error)}")
    return sent


def _ways(notify: Notify) -> Iterator[tuple[str, Callable[[Message], None]]]:
    if notify.webhook:
        yield f"webhook ({_host(notify.webhook)})", lambda message: _post(notify.webhook, asdict(message))
    if notify.slack:
        yield f"Slack ({_host(notify.slack)})", lambda message: _post(notify.slack, {"text": as_text(message, "*")})
    if notify.email:
        yield f"e-mail ({_host(notify.smtp)})", lambda message: _mail(notify, message)


def _host(address: str) -> str:
    """Return the host of an address: the rest of it may be a secret."""
    return urlsplit(address).hostname or "?"


def _reason(error: Exception) -> str:
    """Return why it failed, without the address."""
    import smtplib
    import urllib.error

    if isinstance(error, urllib.error.HTTPError):
        return f"the server answered {error.code}"
    if isinstance(error, urllib.error.URLError):
        return str(error.reason)
    if isinstance(error, smtplib.SMTPResponseException):
        return f"the server answered {error.smtp_code}"
    return type(error).__name__ if isinstance(error, ValueError) else str(error) or type(error).__name__


def as_text(message: Message, strong: str = "") -> str:
    """Return the message in words; `strong` stands around its title."""
    lines = [f"{strong}{message.title}{strong}"]
    if message.error:
        lines.append(message.error)
    lines += [f"- {finding['severity']}: {finding['message']} ({finding['issue'][:6]})" for finding in message.findings]
    if message.counts:
        lines.append(", ".join(f"{count:,} {name}" for name, count in message.counts.items()))
    if message.report:
        lines.append(f"Report: {message.report}")
    return "\n".join(lines)


def _post(address: str, content: Mapping[str, Any]) -> None:
    """Send the content as JSON; a redirect is not followed: a message goes where it was sent to."""
    import urllib.request

    class NoRedirect(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any, **__: Any) -> None:
            return None

    data = json.dumps(content, ensure_ascii=False).encode()
    request = urllib.request.Request(address, data, {"Content-Type": "application/json", "User-Agent": "Bulletin"})
    with urllib.request.build_opener(NoRedirect).open(request, timeout=WAIT) as answer:
        answer.read(1024)


def _mail(notify: Notify, message: Message) -> None:
    import smtplib
    import ssl
    from email.message import EmailMessage

    server = urlsplit(notify.smtp)
    mail = EmailMessage()
    mail["Subject"] = " ".join(message.title.split())
    mail["From"] = notify.sender or f"bulletin@{server.hostname}"
    mail["To"] = ", ".join(notify.email)
    mail.set_content(as_text(message))
    secure = server.scheme == "smtps"
    host, port = server.hostname or "localhost", server.port or (465 if secure else 587)
    context = ssl.create_default_context()
    opened = (
        smtplib.SMTP_SSL(host, port, timeout=WAIT, context=context)
        if secure
        else smtplib.SMTP(host, port, timeout=WAIT)
    )
    with opened as smtp:
        smtp.ehlo()
        if not secure and smtp.has_extn("starttls"):
            smtp.starttls(context=context)
            smtp.ehlo()
        password = os.environ.get(PASSWORD) or (unquote(server.password) if server.password else "")
        if server.username and password:
            smtp.login(unquote(server.username), password)
        smtp.send_message(mail)


def digest(rows: Sequence[Mapping[str, Any]], issues: Sequence[Mapping[str, Any]], days: int, place: str) -> Message:
    """Return what is told of a week (or as many days): what was loaded, and what is open; that it was quiet, if it was.

    Args:
        rows: loads of these days, with documents, accepted, quarantined, unresolved.
        issues: open findings, worst first, with severity, rule, message, issue.
        days: how many.
        place: of the report.
    """
    names = ("documents", "accepted", "quarantined", "unresolved")
    counts = {"loads": len(rows), **{name: sum(int(row[name]) for row in rows) for name in names}}
    errors = sum(issue["severity"] == "error" for issue in issues)
    title = f"{counts['documents']} documents in {days} days, {errors} errors open"
    if not rows:
        title = f"nothing new in {days} days, " + (f"{errors} errors open" if errors else "nothing is wrong")
    elif not errors:
        title = f"{counts['documents']} documents in {days} days, nothing is wrong"
    said = tuple(
        {name: str(issue[name]) for name in ("severity", "rule", "message", "issue")} for issue in issues[:WORST]
    )
    return Message(f"Bulletin: {title}", counts, said, place)
