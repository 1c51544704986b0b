"""The report in a real browser."""

import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from bulletin import pipeline
from bulletin.settings import Request

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


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report over the broken samples."""
    home = tmp_path_factory.mktemp("page")
    outcome = pipeline.ingest(Request((str(RAW / "broken"),), warehouse=home / "b.duckdb"))
    return outcome.files["html"]


def browse(page: Path, home: Path, *options: str) -> str:
    command = [str(BROWSER), *OPTIONS, f"--user-data-dir={home}/profile", *options, page.absolute().as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def test_browser_shows_the_finding_in_its_sentence(page: Path, tmp_path: Path) -> None:
    """The page as the browser built it shows the sentence with both numbers marked."""
    body = browse(page, tmp_path, "--dump-dom")
    assert body.count("<mark") >= 10
    assert "cannot be part of" in body
    assert "<script" not in body


@pytest.mark.parametrize("width", [400, 1200])
def test_page_fits_its_window(page: Path, tmp_path: Path, width: int) -> None:
    """A screenshot as wide as a phone, or a desk's screen, is painted in full."""
    picture = tmp_path / "page.png"
    browse(page, tmp_path, f"--window-size={width},900", f"--screenshot={picture}")
    assert struct.unpack(">II", picture.read_bytes()[16:24]) == (width, 900)
    assert picture.stat().st_size > 10_000
