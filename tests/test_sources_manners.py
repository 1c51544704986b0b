"""Fetching as a guest should, and what a server cannot make it do: robots.txt, slowness, secrets, certificates."""

import datetime
import ipaddress
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bulletin.sources import connection
from tests.web_site import TEXT, Site, entry, get

KEY = "key=s3cret"


def test_wildcards_of_robots_are_honoured(site: Site, tmp_path: Path) -> None:
    """A pattern of robots.txt (RFC 9309: `*`, `$`) forbids what it matches and no more."""
    site.put("/robots.txt", b"User-agent: *\nDisallow: /*.pdf$\nAllow: /open/*.pdf$\n")
    for name in ("/a.pdf", "/a.pdf.txt", "/open/long/b.pdf"):
        site.put(name, TEXT)
    done = get(tmp_path, entry("address", *(site.url + name for name in ("/a.pdf", "/a.pdf.txt", "/open/long/b.pdf"))))
    assert [fetched.what for fetched in done] == ["failed", "new", "new"]
    assert "robots.txt asks not to fetch it" in done[0].message


def test_a_redirect_leads_to_nothing_forbidden(site: Site, tmp_path: Path) -> None:
    """Where a redirect leads is asked of robots.txt as well, and is not asked for where that forbids it."""
    site.put("/robots.txt", b"User-agent: *\nDisallow: /private/\n")
    site.put("/latest", b"", status=302, Location="/private/a.txt")
    site.put("/private/a.txt", TEXT)
    [done] = get(tmp_path, entry("address", f"{site.url}/latest"))
    assert (done.what, "/private/a.txt: its robots.txt asks not" in done.message) == ("failed", True)
    assert "/private/a.txt" not in [path for path, _ in site.asked]


@contextmanager
def dripping() -> Iterator[str]:
    """Serve an answer whose headers come byte by byte, without end."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            asked, _ = server.accept()
            with asked:
                asked.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
                try:
                    while True:
                        asked.sendall(b"x")
                        time.sleep(0.02)
                except OSError:
                    return

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/a.txt"


def test_headers_byte_by_byte_come_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit of time holds for headers too, though no single byte of them is late."""
    monkeypatch.setattr(connection, "WHOLE", 0.3)
    began = time.monotonic()
    with dripping() as url, pytest.raises(connection.FetchError, match=r"took more than|timed out") as told:
        connection.get(url, limit=1_000_000, private=True)
    assert (told.value.passing, time.monotonic() - began < 10) == (True, True)


def test_a_query_is_remembered_by_its_hash(site: Site, tmp_path: Path) -> None:
    """A key in an address is in no file, and the address is asked for what is new all the same."""
    site.put(f"/a.txt?{KEY}", TEXT, ETag='"one"')
    source = entry("address", f"{site.url}/a.txt?{KEY}")
    [first], [second] = get(tmp_path, source), get(tmp_path, source)
    assert (first.what, second.what, site.asked[-1][1]["If-None-Match"]) == ("new", "unchanged", '"one"')
    assert all(b"s3cret" not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


def test_two_queries_are_two_addresses(site: Site, tmp_path: Path) -> None:
    """Addresses that differ in their query alone do not take each other's place."""
    for number in (1, 2):
        site.put(f"/get.php?id={number}", TEXT + bytes([48 + number]), Content_Type="text/plain")
    source = entry("address", f"{site.url}/get.php?id=1", f"{site.url}/get.php?id=2")
    assert [done.what for done in get(tmp_path, source)] == ["new", "new"]
    assert [done.what for done in get(tmp_path, source)] == ["unchanged", "unchanged"]


def test_the_name_that_a_server_gives_is_taken(site: Site, tmp_path: Path) -> None:
    """Content-Disposition names the file, made plain; nothing in it leads out of the folder."""
    names = {
        "/get?1": 'attachment; filename="Q3 report.txt"',
        "/get?2": "attachment; filename*=UTF-8''..%2f%E7%AC%AC.txt",
    }
    for path, said in names.items():
        site.put(path, TEXT + path.encode(), Content_Disposition=said)
    done = get(tmp_path, entry("address", *(site.url + path for path in names)))
    assert [Path(fetched.path).name for fetched in done] == ["Q3 report.txt", "第.txt"]


def test_asking_in_vain_is_written_down_once(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is new, what is remembered is written at the end alone: a thousand addresses stay quick."""
    for number in range(5):
        site.put(f"/{number}.txt", TEXT + bytes([48 + number]), ETag=f'"{number}"')
    source = entry("address", *(f"{site.url}/{number}.txt" for number in range(5)))
    get(tmp_path, source)
    state, writes = tmp_path / ".fetched.json", list[str]()
    before = json.loads(state.read_text())
    monkeypatch.setattr("bulletin.atomic.write", lambda file, text: writes.append(text))
    assert {done.what for done in get(tmp_path, source)} == {"unchanged"}
    assert len(writes) == 1
    assert json.loads(writes[0]).keys() == before.keys()


@pytest.fixture
def certified(tmp_path: Path) -> Iterator[tuple[Site, Path]]:
    """A server with a certificate for this machine that it signed itself, and where that is."""
    pytest.importorskip("cryptography")
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "server.pem"
    own = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(own + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    found = Site(context)
    yield found, file
    found.close()


def test_a_certificate_that_nobody_vouches_for_is_refused(certified: tuple[Site, Path], tmp_path: Path) -> None:
    """Over https nothing is fetched from a server that cannot prove who it is."""
    site, _ = certified
    site.put("/a.txt", TEXT)
    [done] = get(tmp_path / "raw", entry("address", f"{site.url}/a.txt", robots=False))
    assert (done.what, "certificate verify failed" in done.message, site.asked) == ("failed", True, [])


def test_a_certificate_that_the_system_trusts_is_taken(
    certified: tuple[Site, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Certificates are those of the system; a house's own is named as everywhere, by SSL_CERT_FILE."""
    site, file = certified
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    site.put("/a.txt", TEXT)
    [done] = get(tmp_path / "raw", entry("address", f"{site.url}/a.txt", robots=False))
    assert (done.what, done.message) == ("new", "")


def test_https_leads_to_no_plain_http(
    certified: tuple[Site, Path], site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A redirect from https to http is not followed."""
    secure, file = certified
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    secure.put("/a.txt", b"", status=302, Location=f"{site.url}/a.txt")
    site.put("/a.txt", TEXT)
    [done] = get(tmp_path / "raw", entry("address", f"{secure.url}/a.txt", robots=False))
    assert ("plain http" in done.message, site.asked) == (True, [])
