"""People are told when it matters: by real servers on this machine, one message a run, and no run fails by it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from bulletin.errors import UsageError
from bulletin.notify import Notify, notify_of
from tests.findings import MENDED, SLIP, ingest, report

pytestmark = pytest.mark.filterwarnings("ignore")  # of aiosmtpd, which is not ours to mend


class Web:
    """A server that keeps what it is sent, and answers as it is told to."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.answer = 200
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                web.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(web.answer)
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/secret-token"
        Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def web() -> Iterator[Web]:
    """A web server on this machine."""
    made = Web()
    yield made
    made.server.shutdown()


class Mails:
    """What a mail server was given."""

    def __init__(self) -> None:
        self.got: list[Any] = []
        self.users: list[tuple[bytes, bytes]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Keep a mail."""
        self.got.append(envelope)
        return "250 OK"

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, said: Any) -> AuthResult:
        """Let in whoever knows the password."""
        assert isinstance(said, LoginPassword)
        self.users.append((said.login, said.password))
        return AuthResult(success=said.password == b"hidden")


@pytest.fixture
def mails() -> Iterator[tuple[Mails, int]]:
    """A mail server on this machine, and its port."""
    kept = Mails()
    with socket() as free:  # the controller connects to its own port, so it must know it
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(kept, "127.0.0.1", port, authenticator=kept.authenticate, auth_require_tls=False)
    controller.start()
    yield kept, port
    controller.stop()


def run(folder: Path, text: str, *, toml: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
    """Ingest a report with the command, in a folder with these settings."""
    report(folder / "raw", text)
    (folder / "bulletin.toml").write_text(toml)
    command = [sys.executable, "-m", "bulletin.cli", "ingest", "raw", "--quiet", "--runner", "local"]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT), **environment}
    )


ROOT = Path(__file__).parent.parent


def test_webhook_is_told_the_worst_findings(web: Web, tmp_path: Path) -> None:
    """A run with errors sends one JSON message: title, counts, at most three findings, where the report is."""
    done = run(tmp_path, SLIP, toml=f'[notify]\nwebhook = "{web.address}"\n')
    assert done.returncode == 1
    [message] = web.got
    assert message["title"] == "Bulletin: 1 finding is an error in 1 documents"
    assert message["counts"]["quarantined"] == 1
    assert 1 <= len(message["findings"]) <= 3
    assert "2.84 billion" in message["findings"][0]["message"]
    assert Path(message["report"]) == tmp_path / "warehouse" / "report" / "quality.html"


def test_sound_run_tells_nobody(web: Web, tmp_path: Path) -> None:
    """A run in which all adds up sends nothing, unless the settings say always."""
    run(tmp_path, MENDED, BULLETIN_NOTIFY_WEBHOOK=web.address)
    assert web.got == []
    run(tmp_path, MENDED.replace("748", "747"), toml='[notify]\non = "always"\n', BULLETIN_NOTIFY_WEBHOOK=web.address)
    assert len(web.got) == 1


def test_slack_gets_its_own_form(web: Web, tmp_path: Path) -> None:
    """A Slack-compatible hook gets one text, with the title in bold."""
    run(tmp_path, SLIP, BULLETIN_NOTIFY_SLACK=web.address)
    [message] = web.got
    assert set(message) == {"text"}
    assert message["text"].startswith("*Bulletin: 1 finding is an error")
    assert "Report: " in message["text"]


def test_mail_is_sent_with_the_password_of_the_environment(mails: tuple[Mails, int], tmp_path: Path) -> None:
    """A mail goes to everybody named, by a server that asks who sends it."""
    kept, port = mails
    toml = f'[notify]\nemail = ["desk@example.org", "chief@example.org"]\nsmtp = "smtp://bulletin@127.0.0.1:{port}"\n'
    done = run(tmp_path, SLIP, toml=toml, BULLETIN_SMTP_PASSWORD="hidden")
    assert "nobody was told" not in done.stderr
    [mail] = kept.got
    assert mail.rcpt_tos == ["desk@example.org", "chief@example.org"]
    assert b"Subject: Bulletin: 1 finding is an error in 1 documents" in mail.content
    assert kept.users == [(b"bulletin", b"hidden")]


def test_failed_run_is_told(web: Web, tmp_path: Path) -> None:
    """A run that cannot be done at all is told with its reason."""
    (tmp_path / "warehouse").mkdir()
    (tmp_path / "warehouse" / "bulletin.duckdb").write_text("no warehouse")
    done = run(tmp_path, SLIP, BULLETIN_NOTIFY_WEBHOOK=web.address)
    assert done.returncode == 2
    [message] = web.got
    assert message["title"] == "Bulletin: a run failed"
    assert "bulletin.duckdb" in message["error"]


@pytest.mark.parametrize("answer", [500, 302])
def test_server_that_refuses_is_a_warning(web: Web, tmp_path: Path, answer: int) -> None:
    """What cannot be sent is said with the host alone, and changes neither the run nor its exit code."""
    web.answer = answer
    done = run(tmp_path, SLIP, BULLETIN_NOTIFY_WEBHOOK=web.address)
    assert done.returncode == 1
    assert f"nobody was told by webhook (127.0.0.1): the server answered {answer}" in done.stderr
    assert "secret-token" not in done.stderr + done.stdout
    assert len(web.got) == 1


def test_server_that_is_not_there_is_a_warning(tmp_path: Path) -> None:
    """A server that does not answer costs the run nothing but a warning."""
    done = run(tmp_path, SLIP, BULLETIN_NOTIFY_SLACK="http://127.0.0.1:9/secret-token")
    assert done.returncode == 1
    assert "nobody was told by Slack (127.0.0.1)" in done.stderr
    assert "secret-token" not in done.stderr


def test_secrets_are_in_no_table(web: Web, tmp_path: Path) -> None:
    """Neither the warehouse nor the report holds an address."""
    run(tmp_path, SLIP, BULLETIN_NOTIFY_WEBHOOK=web.address)
    files = [file for file in (tmp_path / "warehouse").rglob("*") if file.is_file()]
    assert len(files) > 4
    assert not any(b"secret-token" in file.read_bytes() for file in files)


def test_quiet_week_says_so(web: Web, tmp_path: Path) -> None:
    """The digest of a week without loads says that nothing is new and nothing is wrong."""
    ingest(tmp_path / "warehouse", report(tmp_path / "in", MENDED))
    command = [sys.executable, "-m", "bulletin.cli", "digest"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment)
    assert said.stdout.startswith("Bulletin: 1 documents in 7 days, nothing is wrong")
    import duckdb

    with duckdb.connect(str(tmp_path / "warehouse" / "bulletin.duckdb")) as connection:
        connection.execute("UPDATE load SET loaded_at = now() - INTERVAL 8 DAYS")
    subprocess.run(command, cwd=tmp_path, env={**environment, "BULLETIN_NOTIFY_WEBHOOK": web.address}, check=True)
    assert web.got[0]["title"] == "Bulletin: nothing new in 7 days, nothing is wrong"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"on": "sometimes"}, "allowed are error, warning, always, never"),
        ({"hook": "x"}, "unknown setting 'hook'"),
        ({"webhook": "ftp://x"}, "begins with https://"),
        ({"email": "a@b.c"}, "needs notify.smtp"),
        ({"slack": 5}, "is not a text"),
        ([], "it is a table"),
    ],
)
def test_setting_that_is_none_is_told(content: object, said: str) -> None:
    """A setting that the table does not take is wrong usage; an address is never printed."""
    with pytest.raises(UsageError, match=said):
        notify_of(content, "bulletin.toml", {})


def test_environment_goes_before_the_file() -> None:
    """What the environment says holds; several mail addresses are set apart by commas."""
    found = notify_of(
        {"email": "a@b.c", "smtp": "smtp://h"}, "bulletin.toml", {"BULLETIN_NOTIFY_EMAIL": "d@e.f, g@h.i"}
    )
    assert found == Notify(email=("d@e.f", "g@h.i"), smtp="smtp://h")
