"""The report in a real browser."""

import html
import re
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from bulletin import pipeline
from bulletin.report import render_html
from bulletin.settings import Request
from tests.report import sample

BROWSER = shutil.which("chromium")
RAW = Path(__file__).parent.parent.parent / "raw"
OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
]

pytestmark = pytest.mark.skipif(BROWSER is None, reason="Debian's chromium is not installed")


@pytest.fixture(scope="module", params=["en", "zh"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report over the broken samples, in each language."""
    home = tmp_path_factory.mktemp("page")
    outcome = pipeline.ingest(Request((str(RAW / "broken"),), warehouse=home / "b.duckdb", language=request.param))
    return outcome.files["html"]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page whose texts attack it, with words that have no place to break."""
    file = tmp_path_factory.mktemp("hostile") / "page.html"
    long = {"message": "unbreakable" * 40, "title": "x" * 300}
    file.write_text(render_html(sample.report() | {"findings": [sample.WRONG | long, sample.ATTACK]}), "utf-8")
    return file


def browse(page: Path, home: Path, *options: str) -> str:
    command = [str(BROWSER), *OPTIONS, f"--user-data-dir={home}/profile", *options, page.absolute().as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def widths(page: Path, home: Path, *wanted: int) -> dict[int, int]:
    """Return how wide the page is in windows of these widths, with all that it can unfold unfolded."""
    text = html.escape(page.read_text(encoding="utf-8").replace("<details", "<details open"))
    frames = "".join(f'<iframe id="w{w}" srcdoc="{text}" style="width:{w}px;height:900px"></iframe>' for w in wanted)
    measure = "for (f of document.querySelectorAll('iframe')) f.title = f.contentDocument.documentElement.scrollWidth"
    outer = home / "frames.html"
    outer.write_text(f'<meta charset=utf-8><style>iframe{{border:0}}</style><body onload="{measure}">{frames}', "utf-8")
    body = browse(outer, home, "--dump-dom", "--virtual-time-budget=5000")
    found = re.findall(r'<iframe id="w(\d+)"[^>]*? title="(\d+)"', body)
    return {int(width): int(measured) for width, measured in found}


def test_browser_shows_the_finding_in_its_sentence(page: Path, tmp_path: Path) -> None:
    """The page as the browser built it shows the sentence with the numbers marked, and the suspect apart."""
    body = browse(page, tmp_path, "--dump-dom")
    assert body.count("<mark") >= 10
    assert '<mark class="suspect"' in body
    assert "bulletin quality accept" in body
    assert "<script" not in body


def test_page_never_scrolls_sideways(page: Path, hostile: Path, tmp_path: Path) -> None:
    """On a small phone, a tablet and a desk the page is as wide as its window, whatever its texts hold."""
    for file in (page, hostile):
        assert widths(file, tmp_path, 360, 480, 800, 1200) == {360: 360, 480: 480, 800: 800, 1200: 1200}


@pytest.mark.parametrize("options", [("--window-size=400,900",), ("--window-size=1200,900", "--force-dark-mode")])
def test_page_is_painted_in_full(page: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    """A screenshot as wide as a phone, or a desk's dark screen, is painted in full."""
    picture = tmp_path / "page.png"
    browse(page, tmp_path, *options, f"--screenshot={picture}")
    width = int(options[0].split("=")[1].split(",")[0])
    assert struct.unpack(">II", picture.read_bytes()[16:24]) == (width, 900)
    assert picture.stat().st_size > 10_000


def test_page_prints(page: Path, tmp_path: Path) -> None:
    """Printed, it is a document of several pages with the folded parts unfolded."""
    folded, plain = tmp_path / "folded.pdf", tmp_path / "plain.pdf"
    browse(page, tmp_path, f"--print-to-pdf={folded}")
    bare = tmp_path / "bare.html"
    bare.write_text(re.sub(r"(?s)<details.*?</details>", "", page.read_text(encoding="utf-8")), "utf-8")
    browse(bare, tmp_path, f"--print-to-pdf={plain}")
    sheets = [len(re.findall(rb"/Type\s*/Page\b", file.read_bytes())) for file in (folded, plain)]
    assert sheets[0] > sheets[1] > 2
