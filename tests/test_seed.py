"""The given article and the development texts, scored; they stand beside the project and may be absent."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bulletin import pipeline
from bulletin.settings import Request

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the project")


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", CORPUS / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def extracted(split: str) -> list[dict[str, Any]]:
    result = subprocess.run(
        [sys.executable, "-m", "bulletin", "extract", str(CORPUS / f"{split}.docs.jsonl"), "--format", "jsonl"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("split", "floors"),
    [
        ("seed", {"value": (1.0, 1.0), "quantity": (1.0, 1.0), "fact": (1.0, 1.0)}),
        ("en_dev", {"value": (0.99, 0.99), "quantity": (0.92, 0.92), "fact": (0.86, 0.78)}),
        ("zh_dev", {"value": (0.97, 0.98), "quantity": (0.92, 0.93), "fact": (0.91, 0.78)}),
    ],
)
def test_extraction_reaches_its_floor(split: str, floors: dict[str, tuple[float, float]]) -> None:
    """Precision and recall of `bulletin extract` are no lower than what was reached."""
    score = scorer()
    scores, errors = score.score(score.read_jsonl(CORPUS / f"{split}.gold.jsonl"), extracted(split))
    for level, (precision, recall) in floors.items():
        reached = scores["levels"][level]
        assert reached["precision"] >= precision, errors[:5]
        assert reached["recall"] >= recall, errors[:5]


def test_article_ingests_through_the_command(tmp_path: Path) -> None:
    """The given article, written to a file with a sidecar, is loaded with its 33 facts."""
    [record] = [json.loads(line) for line in (CORPUS / "seed.docs.jsonl").read_text(encoding="utf-8").splitlines()]
    file = tmp_path / "article.txt"
    file.write_text(record["text"], encoding="utf-8")
    file.with_name("article.txt.yml").write_text("publisher: Legal Daily\nlanguage: en\n", encoding="utf-8")
    outcome = pipeline.ingest(Request((str(file),), warehouse=tmp_path / "b.duckdb"))
    assert outcome.report["summary"]["accepted"] == 33
    assert not outcome.failed
