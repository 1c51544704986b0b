"""The report as the command writes and prints it."""

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bulletin.console import Console
from bulletin.settings import LANGUAGE, paths
from tests.report import sample

ROOT = Path(__file__).parent.parent.parent


def bulletin(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {key: value for key, value in os.environ.items() if not key.startswith(("PREFECT_", "BULLETIN_"))}
    command = [sys.executable, "-m", "bulletin", *arguments, "--warehouse", str(home / "b.duckdb")]
    given = settings | {"PREFECT_HOME": str(home / "none"), "PYTHONPATH": str(ROOT), "COLUMNS": "300"} | environment
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=given, check=False)


def test_ingest_writes_the_report_in_four_formats_and_the_chosen_language(tmp_path: Path) -> None:
    """`--lang zh` makes page, Markdown and terminal Chinese; JUnit XML lies beside them for CI."""
    result = bulletin(tmp_path, "ingest", "raw/broken", "--lang", "zh", "--runner", "local")
    assert result.returncode == 1, result.stderr
    assert "网民规模（农村）2.55 billion 不可能是网民规模 904 million 的一部分" in result.stdout
    folder = tmp_path / "report"
    assert sorted(file.name for file in folder.iterdir()) == [
        "quality.html",
        "quality.json",
        "quality.junit.xml",
        "quality.md",
    ]
    assert "# 数据质量报告" in (folder / "quality.md").read_text(encoding="utf-8")
    assert int(ET.parse(folder / "quality.junit.xml").getroot().attrib["failures"]) > 3


def test_language_comes_from_the_option_the_environment_or_the_settings(tmp_path: Path) -> None:
    """The environment counts before `bulletin.toml`, and English is spoken where nobody says."""
    file = tmp_path / "bulletin.toml"
    assert paths({}, file).language == "en"
    file.write_text("language = 'zh'\n", encoding="utf-8")
    assert paths({}, file).language == "zh"
    assert paths({LANGUAGE: "en"}, file).language == "en"
    result = bulletin(tmp_path, "report", BULLETIN_LANGUAGE="fr")
    assert result.returncode == 2
    assert "BULLETIN_LANGUAGE is 'fr'; allowed are en, zh" in result.stderr


def test_terminal_shows_a_finding_in_three_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """First what does not add up, how much else and where; then what is suspected; then what would mend it."""
    Console().findings([sample.WRONG])
    assert capsys.readouterr().out.splitlines()[:3] == [
        f"error   {sample.WRONG['message']} (+1) [{sample.DOCUMENT['path']}]",
        f"        {sample.WRONG['suspicion']}",
        f"        {sample.PROPOSAL} bulletin quality accept a1b2c3",
    ]
