"""docs/connect.md: the Python on the page runs as it stands there."""

import re
from pathlib import Path

import pytest

from tests.findings import ingest, report

PAGE = Path(__file__).parent.parent / "docs" / "connect.md"
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("code", BLOCKS, ids=lambda code: code.split()[1])
def test_python_of_the_page_runs(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in a folder with a warehouse, it yields the value that was loaded."""
    pytest.importorskip(code.split()[1])
    text = "In December 2021 there were 1.032 billion internet users in China."
    ingest(tmp_path / "warehouse", report(tmp_path / "in", text))
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(code, names)
    assert list(names["users"]["value"]) == [1_032_000_000]
