"""The report over ten thousand facts."""

import time
from pathlib import Path

import pytest

from bulletin import pipeline
from bulletin.settings import Request
from schemas.catalogue import Catalogue
from tests.report.many import fill


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Path:
    """A warehouse of 10,000 facts in which 300 are wrong."""
    path = tmp_path_factory.mktemp("many") / "b.duckdb"
    fill(path, catalogue, facts=10_000, findings=300)
    return path


@pytest.mark.parametrize("language", ["en", "zh"])
def test_large_report_stays_small_and_quick(warehouse: Path, tmp_path: Path, language: str) -> None:
    """With 10,000 facts and 300 findings the page is under 2 MB, and all formats are made in 2 seconds."""
    request = Request((), warehouse=warehouse, report=tmp_path, language=language)
    pipeline.report(request, None, [])  # the first call loads the template engine and the catalogue
    start = time.process_time()
    outcome = pipeline.report(request, None, [])
    assert time.process_time() - start < 2
    assert len(outcome.report["findings"]) >= 300
    assert outcome.files["html"].stat().st_size < 2_000_000
