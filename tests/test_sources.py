"""Fetching, from a real server on this machine: what comes, where it lands, what is refused."""

import hashlib
import json
from pathlib import Path

import pytest
import yaml

from bulletin import pipeline
from bulletin.discover import discover
from bulletin.errors import HeldError, UsageError
from bulletin.rebuild import rebuild
from bulletin.settings import Request, policy
from bulletin.sources import named, read
from bulletin.sources.addresses import shown
from bulletin.sources.connection import is_public
from bulletin.sources.fetch import fetch
from bulletin.sources.landing import file_name, remembering
from tests.test_cli import bulletin
from tests.web_site import LIMIT, TEXT, Page, Site, entry, get


def test_bytes_land_with_their_sidecar(site: Site, tmp_path: Path) -> None:
    """The bytes as they came, in a folder of their source and day, beside what is known of them."""
    site.put("/reports/49.txt", TEXT, Last_Modified="Fri, 25 Feb 2022 08:00:00 GMT")
    [done] = get(tmp_path, entry("address", f"{site.url}/reports/49.txt", licence="CC-BY-4.0"))
    assert (done.what, done.path) == ("new", "cnnic/2022-02-25/49.txt")
    assert (tmp_path / done.path).read_bytes() == TEXT
    assert yaml.safe_load((tmp_path / f"{done.path}.yml").read_text()) | {"published": "2022-02-25"} == {
        "publisher": "CNNIC",
        "published": "2022-02-25",
        "language": "en",
        "area": "CN",
        "licence": "CC-BY-4.0",
        "url": f"{site.url}/reports/49.txt",
    }
    remembered = json.loads((tmp_path / ".fetched.json").read_text())
    assert remembered[f"{site.url}/reports/49.txt"]["sha256"] == hashlib.sha256(TEXT).hexdigest()


def test_only_what_is_new_is_sent(site: Site, tmp_path: Path) -> None:
    """An address is asked for what changed since; what did not is neither sent nor written."""
    site.put("/a.txt", TEXT, ETag='"one"')
    source = entry("address", f"{site.url}/a.txt")
    [first], [second] = get(tmp_path, source), get(tmp_path, source)
    assert (first.what, second.what) == ("new", "unchanged")
    assert site.asked[-1][1]["If-None-Match"] == '"one"'


def test_changed_bytes_are_a_new_vintage(site: Site, tmp_path: Path) -> None:
    """The address keeps its file, so that the warehouse sees another vintage; the earlier bytes stay as well."""
    site.put("/a.txt", TEXT, ETag='"one"')
    source = entry("address", f"{site.url}/a.txt")
    get(tmp_path / "raw", source)
    site.put("/a.txt", TEXT.replace(b"1.032", b"1.067"), ETag='"two"')
    [done] = get(tmp_path / "raw", source)
    place = tmp_path / "raw" / done.path
    assert (done.what, place.read_bytes() != TEXT) == ("changed", True)
    [kept] = (place.parent / ".earlier").glob("*-a.txt")
    assert kept.read_bytes() == TEXT
    [found] = discover([str(tmp_path / "raw")])
    assert found.path == str(place)


def test_a_rebuild_replays_both_vintages(site: Site, tmp_path: Path) -> None:
    """What an address gave first is kept, so that a rebuild makes the same warehouse of both."""
    source, request = entry("address", f"{site.url}/a.txt"), Request((str(tmp_path / "raw"),), tmp_path / "b.duckdb")
    for number in (b"1.032", b"1.067"):
        site.put("/a.txt", TEXT.replace(b"1.032", number))
        get(tmp_path / "raw", source)
        pipeline.ingest(request)
    built = rebuild(request)
    assert (built.documents, built.missing, built.equal) == (2, (), True)


def test_a_killed_fetch_is_gone_on_with(site: Site, tmp_path: Path) -> None:
    """Bytes that landed, and were not remembered, are recognised and not landed twice."""
    site.put("/a.txt", TEXT)
    source = entry("address", f"{site.url}/a.txt")
    get(tmp_path, source)
    (tmp_path / ".fetched.json").unlink()
    [done] = get(tmp_path, source)
    assert done.what == "unchanged"
    assert len(list(tmp_path.glob("cnnic/*/a*.txt"))) == 1


def test_two_fetches_at_once(tmp_path: Path) -> None:
    """Only one fetch writes into a folder."""
    with remembering(tmp_path), pytest.raises(HeldError, match="another fetch writes there"):
        get(tmp_path, entry("address", "http://127.0.0.1:1/a.txt"))


def test_a_feed(site: Site, tmp_path: Path) -> None:
    """The reports of a feed come with their titles and days; a link that does not match is left."""
    feed = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
      <item><title>The 49th report</title><link>{site.url}/49.txt</link>
        <pubDate>Fri, 25 Feb 2022 09:00:00 +0800</pubDate></item>
      <item><title>Canteen</title><link>/lunch.html</link></item></channel></rss>"""
    site.put("/feed.xml", feed.encode())
    site.put("/49.txt", TEXT)
    [done] = get(tmp_path, entry("feed", f"{site.url}/feed.xml", links=r"\.txt$"))
    assert done.path == "cnnic/2022-02-25/49.txt"
    assert "title: The 49th report" in (tmp_path / f"{done.path}.yml").read_text()


def test_a_day_to_come_is_not_believed(site: Site, tmp_path: Path) -> None:
    """A server whose clock is wrong dates nothing: the report lies under the day of the fetch."""
    site.put("/a.txt", TEXT, Last_Modified="Mon, 25 Feb 2999 08:00:00 GMT")
    [done] = get(tmp_path, entry("address", f"{site.url}/a.txt"))
    assert "2999" not in done.path
    assert "published" not in (tmp_path / f"{done.path}.yml").read_text()


def test_a_listing_page(site: Site, tmp_path: Path) -> None:
    """Links are followed from where the page says that they begin, each once."""
    links = b"<a href='a.txt'>The <b>first</b></a> <a href='a.txt#top'>again</a> <a href='b.pdf'>b</a>"
    page = b"<base href='/files/'>" + links
    site.put("/list.html", page, Content_Type="text/html")
    site.put("/files/a.txt", TEXT)
    [done] = get(tmp_path, entry("listing", f"{site.url}/list.html", links=r"\.txt$"))
    assert done.what == "new"
    assert "title: The first" in (tmp_path / f"{done.path}.yml").read_text()


@pytest.mark.parametrize(
    ("kind", "body", "message"),
    [
        ("feed", b"<html><p>moved</p></html>", "neither RSS nor Atom"),
        ("feed", b"<rss><channel>", "broken XML"),
        ("feed", b"<!DOCTYPE x [<!ENTITY a 'b'>]><rss/>", "a document type of its own"),
        ("listing", b"<a href='/x.html'>x</a>", "none of its 1 links matches"),
    ],
)
def test_a_page_that_is_another(site: Site, tmp_path: Path, kind: str, body: bytes, message: str) -> None:
    """What is no feed, or leads nowhere any more, is told; the other sources go on."""
    site.put("/x", body)
    site.put("/a.txt", TEXT)
    failed, good = get(tmp_path, entry(kind, f"{site.url}/x", links=r"\.pdf$"), entry("address", f"{site.url}/a.txt"))
    assert (failed.what, good.what) == ("failed", "new")
    assert message in failed.message


def test_addresses_of_this_machine_are_refused(site: Site, tmp_path: Path) -> None:
    """An address is judged by what its name resolves to, however it is written, unless the source allows it."""
    port = site.url.rpartition(":")[2]
    for host in ("127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]", "[::1]"):
        [done] = get(tmp_path, entry("address", f"http://{host}:{port}/a.txt", private=False))
        assert "of this machine or of a private network" in done.message, host
    assert site.asked == []


def test_redirects_lead_nowhere_private(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A redirect is checked like the first address: what may be asked cannot send us to what may not."""
    monkeypatch.setattr("bulletin.sources.connection.is_public", lambda address: address == "127.0.0.1")
    site.put("/a.txt", b"", status=302, Location=f"http://[::1]:{site.url.rpartition(':')[2]}/secret")
    site.put("/robots.txt", b"", status=404)
    [done] = get(tmp_path, entry("address", f"{site.url}/a.txt", private=False))
    assert "::1, an address of this machine" in done.message


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("/a.txt", "redirected more than 5 times"),
        ("file:///etc/passwd", "only http and https are fetched"),
        ("http://[", "redirected to something that is no address"),
    ],
)
def test_redirects_end(site: Site, tmp_path: Path, location: str, message: str) -> None:
    """A circle ends, and a redirect to another scheme is not followed."""
    site.put("/a.txt", b"", status=302, Location=location)
    [done] = get(tmp_path, entry("address", f"{site.url}/a.txt"))
    assert message in done.message


def test_too_many_bytes(site: Site, tmp_path: Path) -> None:
    """An answer that says, or turns out, to be too long is ended at the limit."""
    site.put("/a.txt", b"x" * (LIMIT + 1))
    site.put("/b.txt", b"%x\r\n%s\r\n0\r\n\r\n" % (LIMIT + 1, b"x" * (LIMIT + 1)), Transfer_Encoding="chunked")
    for name in ("a", "b"):
        [done] = get(tmp_path, entry("address", f"{site.url}/{name}.txt"))
        assert "more than the 100,000 bytes" in done.message
    assert not list(tmp_path.glob("cnnic/**/*.txt"))


def test_robots_are_asked(site: Site, tmp_path: Path) -> None:
    """What robots.txt asks not to fetch is not, unless the source says so."""
    site.put("/robots.txt", b"User-agent: *\nDisallow: /private/")
    site.put("/private/a.txt", TEXT)
    address = f"{site.url}/private/a.txt"
    [done] = get(tmp_path, entry("address", address))
    assert "robots.txt asks not to fetch it" in done.message
    [done] = get(tmp_path, entry("address", address, robots=False))
    assert done.what == "new"


def test_what_may_pass_is_tried_again(site: Site, tmp_path: Path) -> None:
    """A busy server is asked again when it says so; a page that is gone is not."""
    waited: list[float] = []
    site.pages["/a.txt"] = [Page(status=503), Page(status=429, headers={"Retry-After": "7"}), Page(TEXT)]
    source = entry("address", f"{site.url}/a.txt", f"{site.url}/gone.txt", robots=False)
    [busy, gone] = fetch([source], tmp_path, limit=LIMIT, sleep=waited.append)
    assert (busy.what, gone.what) == ("new", "failed")
    assert waited == [1.0, 7.0]
    assert "answers 404: it is not there any more" in gone.message


def test_hosts_get_a_pause(site: Site, tmp_path: Path) -> None:
    """Between two requests to a host lies the pause of its source."""
    waited: list[float] = []
    site.put("/a.txt", TEXT)
    site.put("/b.txt", TEXT)
    source = entry("address", f"{site.url}/a.txt", f"{site.url}/b.txt", robots=False, pause=5.0)
    fetch([source], tmp_path, limit=LIMIT, sleep=waited.append)
    assert [round(seconds) for seconds in waited] == [5]


def test_secrets_stay_secret(site: Site, tmp_path: Path) -> None:
    """A secret comes from the environment, goes to its own host only, and is in no file and no message."""
    other = Site()
    site.put("/a.txt", b"", status=302, Location=f"{other.url}/b.txt?token=abc")
    other.put("/b.txt?token=abc", b"", status=403)
    source = entry("address", f"{site.url}/a.txt", authorization="DESK_TOKEN", robots=False)
    [done] = get(tmp_path, source, DESK_TOKEN="Bearer s3cret")
    assert site.asked[-1][1]["Authorization"] == "Bearer s3cret"
    assert "Authorization" not in other.asked[-1][1]
    assert "403: it is refused" in done.message
    other.close()
    [unset] = get(tmp_path, source)
    assert "$DESK_TOKEN, which its `authorization` names, is not set" in unset.message
    written = "".join(file.read_text() for file in tmp_path.rglob("*") if file.is_file())
    assert "s3cret" not in written + done.message


def test_secrets_do_not_go_where_links_lead(site: Site, tmp_path: Path) -> None:
    """A feed that links to another host gives it nothing; a value that is no header is told without the value."""
    other = Site()
    other.put("/a.txt", TEXT)
    feed = f"<rss version='2.0'><channel><item><link>{other.url}/a.txt</link></item></channel></rss>"
    site.put("/feed.xml", feed.encode())
    source = entry("feed", f"{site.url}/feed.xml", authorization="DESK_TOKEN", robots=False)
    [done] = get(tmp_path, source, DESK_TOKEN="Bearer s3cret")
    assert (done.what, "Authorization" in other.asked[-1][1]) == ("new", False)
    other.close()
    [broken] = get(tmp_path, source, DESK_TOKEN="Bearer s3\ncret")
    assert "$DESK_TOKEN holds what no header can" in broken.message
    assert "s3" not in broken.message


@pytest.mark.parametrize(
    ("said", "kind", "name"),
    [
        ("https://x.org/a/%2e%2e%2f%2e%2e%2fetc/passwd", None, "passwd"),
        ("https://x.org/report.php?id=5", "application/pdf", "report.pdf"),
        ("https://x.org/%E6%8A%A5%E5%91%8A.xlsx", None, "报告.xlsx"),
        ("https://x.org/.bulletinignore", None, "bulletinignore"),
        ("https://x.org/a%00b%0A.txt", None, "a_b_.txt"),
        ("https://x.org/catalogue.yml", None, "catalogue.yml.txt"),
        ("https://x.org/..%5c..%5cboot.ini", None, "boot.ini"),
        (f"https://x.org/{'long' * 100}.pdf", None, f"{'long' * 30}.pdf"),
        (f"https://x.org/{'报' * 100}.pdf", None, f"{'报' * 40}.pdf"),
        ("https://x.org/own.docs.jsonl", None, "own.docs.jsonl.txt"),
    ],
)
def test_names_from_the_wire_lead_nowhere(said: str, kind: str | None, name: str) -> None:
    """A name of a file is one: no folder, no hidden file, no sidecar."""
    assert file_name(said, kind) == name


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False),
        ("::127.0.0.1", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),
        ("fec0::1", False),
        ("64:ff9b:1::1", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    """Private, link-local and embedded addresses are none of the public internet."""
    assert is_public(address) is public


def test_addresses_are_told_without_secrets() -> None:
    """A message names the host and the path."""
    assert shown("https://user:pw@example.org:8443/a?token=x") == "https://example.org:8443/a?…"


SOUND = """
- id: cnnic
  publisher: CNNIC
  official: true
  schedule: "0 6 * * 1"
  listing: https://example.org/reports/
  links: '\\.pdf$'
- id: desk
  folder: /srv/drop/**/*.xlsx
"""


def test_sources_yml(tmp_path: Path) -> None:
    """The file names sources, each with one way to get at its reports; folders are read where they are."""
    file = tmp_path / "sources.yml"
    file.write_text(SOUND, encoding="utf-8")
    found = read(file)
    assert [(one.id, one.kind, one.is_fetched) for one in found] == [
        ("cnnic", "listing", True),
        ("desk", "folder", False),
    ]
    assert [one.id for one in named(found, (), file)] == ["cnnic"]
    with pytest.raises(UsageError, match="has no source 'cnic'; there are cnnic, desk"):
        named(found, ("cnic",), file)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("official: true", "official: 1", "sources.yml:2: official is 1; allowed are true and false"),
        ("id: cnnic", "id: ../etc", "sources.yml:2: id is '../etc'; it names a folder in raw/"),
        ("id: desk", "id: cnnic", "two sources have the id 'cnnic'"),
        ("https://example", "ftp://example", "sources.yml:2: listing is 'ftp://example.org/reports/'"),
        ("https://example", "https://me:pw@example", "holds a password; put it into the environment"),
        ("'\\.pdf$'", "'['", "which is no regular expression"),
        ("0 6 * * 1", "0 6 * *", "schedule is '0 6 * *'"),
        ("  folder: /srv/drop/**/*.xlsx", "  what: 5", "sources.yml:8: unknown field 'what'"),
        (
            "  folder:",
            "  objects:",
            "sources.yml:8: objects is '/srv/drop/**/*.xlsx'; it takes an address in an object",
        ),
    ],
)
def test_what_is_wrong_with_sources_yml(tmp_path: Path, old: str, new: str, message: str) -> None:
    """Each problem is told with its line, what was found and what is allowed."""
    file = tmp_path / "sources.yml"
    file.write_text(SOUND.replace(old, new), encoding="utf-8")
    with pytest.raises(UsageError) as error:
        read(file)
    assert message in str(error.value)


def test_trust_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is official stands in sources.yml; a table of bulletin.toml for the same source goes before it."""
    (tmp_path / "sources.yml").write_text(SOUND, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert policy().of("raw/x/a.txt", "CNNIC").official
    (tmp_path / "bulletin.toml").write_text("[sources.cnnic]\ntrust = 1.5\n", encoding="utf-8")
    assert not policy().of("raw/x/a.txt", "CNNIC").official


def test_the_command(site: Site, tmp_path: Path) -> None:
    """`bulletin fetch` says what came and exits with 1 where something did not; `bulletin sources` lists all."""
    site.put("/a.txt", TEXT)
    places = f"'{site.url}/a.txt', '{site.url}/b.txt'"
    source = f"- {{id: cnnic, publisher: CNNIC, address: [{places}], private: true, pause: 0}}"
    (tmp_path / "sources.yml").write_text(source, encoding="utf-8")
    done = bulletin("fetch", cwd=tmp_path)
    assert done.returncode == 1
    assert "1 sources: 1 new, 0 changed, 0 unchanged, 1 failed" in done.stdout
    assert f"cnnic: {site.url}/b.txt: answers 404" in done.stderr
    listed = bulletin("sources", cwd=tmp_path).stdout
    assert "fetched: 1 reports, last new 20" in listed
    assert bulletin("fetch", "--sources", "none.yml", cwd=tmp_path).returncode == 2
