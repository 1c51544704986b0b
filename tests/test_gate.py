"""Thresholds of sources, severities, the gate, and what the exit code says of all of it."""

from pathlib import Path

import pytest

from bulletin.cli import main
from bulletin.errors import UsageError
from bulletin.policy import Policy, SourcePolicy, policy_of, source_of
from bulletin.settings import paths, policy
from tests.findings import MENDED, SLIP, ask, ingest, report, states, statuses

GATE = Policy(gate=True)


def test_gate_keeps_a_wrong_document_out(tmp_path: Path) -> None:
    """A document with an error is written with its findings and without facts; the others of its batch are loaded."""
    bad = report(tmp_path / "in", SLIP, "bad.md")
    good = report(tmp_path / "in", "In June 2023 there were 1.079 billion internet users in China.", "good.md")
    outcome = ingest(tmp_path, bad, good, policy=GATE)
    assert outcome.failed
    assert statuses(tmp_path) == {"good.md 1.079 billion": "accepted"}
    assert states(tmp_path) == {("parts_sum", "open"), ("part_whole", "open"), ("gate", "open")}
    rows = ask(tmp_path, "SELECT document, refused FROM dim_document WHERE refused IS NOT NULL")
    assert [Path(row["document"]).name for row in rows] == ["bad.md"]
    assert "cannot" in rows[0]["refused"]
    assert any("kept out" in finding["message"] for finding in outcome.report["findings"])


def test_gate_is_open_by_default(tmp_path: Path) -> None:
    """Without it the same document is let in, its suspect marked."""
    ingest(tmp_path, report(tmp_path / "in", SLIP))
    assert statuses(tmp_path)["report.md 2.84 billion"] == "quarantined"
    assert len(statuses(tmp_path)) == 5


def test_refused_document_doubts_nothing(tmp_path: Path) -> None:
    """What the gate keeps out holds back no fact that is there."""
    ingest(tmp_path, report(tmp_path / "in", MENDED, "a.md"))
    before = statuses(tmp_path)
    wrong = "In December 2021 there were 1.4 billion internet users in China."
    ingest(tmp_path, report(tmp_path / "in", wrong, "b.md", language="zh"), policy=GATE)
    assert statuses(tmp_path) == before


def test_refused_vintage_leaves_the_earlier_one(tmp_path: Path) -> None:
    """A new vintage that the gate keeps out does not take the place of the one before, nor close anything twice."""
    file = report(tmp_path / "in", MENDED)
    ingest(tmp_path, file)
    report(tmp_path / "in", SLIP)
    ingest(tmp_path, file, policy=GATE)
    assert statuses(tmp_path)["report.md 284 million"] == "accepted"
    before = ask(tmp_path, "SELECT count(*) AS n FROM issue_event")
    ingest(tmp_path, file, policy=GATE)
    assert ask(tmp_path, "SELECT count(*) AS n FROM issue_event") == before
    assert ("gate", "open") in states(tmp_path)


def test_refused_document_is_let_in_again(tmp_path: Path) -> None:
    """Read again without the gate its facts are loaded, and the finding of the gate is closed."""
    file = report(tmp_path / "in", SLIP)
    ingest(tmp_path, file, policy=GATE)
    ingest(tmp_path, file, again=True)
    assert statuses(tmp_path)["report.md 748 million"] == "accepted"
    assert ("gate", "closed") in states(tmp_path)
    assert ("parts_sum", "open") in states(tmp_path)


def test_threshold_of_a_source(tmp_path: Path) -> None:
    """More quarantined facts than the source is allowed are an error that says both numbers."""
    asked = Policy({"CNNIC": SourcePolicy(quarantined=10.0)})
    outcome = ingest(tmp_path, report(tmp_path / "in", SLIP), policy=asked)
    [finding] = [finding for finding in outcome.report["findings"] if finding["rule"] == "quarantined"]
    assert finding["message"] == "1 of its 5 facts (20.0%) are quarantined; CNNIC is allowed 10%."
    lenient = Policy({"CNNIC": SourcePolicy(quarantined=20.0)})
    ingest(tmp_path / "other", report(tmp_path / "in", SLIP), policy=lenient)
    assert ("quarantined", "open") not in states(tmp_path / "other")


def test_threshold_of_yield_is_the_gate_s(tmp_path: Path) -> None:
    """A document that yields less than its source is asked for is kept out, though that is only a warning."""
    for number in range(3):
        text = MENDED.replace("2021", f"{2015 + number}")
        ingest(tmp_path, report(tmp_path / "in", text, f"{number}.md", published=f"{2016 + number}-02-25"))
    little = report(tmp_path / "in", "In June 2023 there were 1.079 billion internet users in China.", "little.md")
    ingest(tmp_path, little, policy=Policy({"cnnic": SourcePolicy(least=0.5)}, gate=True))
    assert ("low_yield", "open") in states(tmp_path)
    assert not any(name.startswith("little") for name in statuses(tmp_path))


def test_trust_decides_a_tie(tmp_path: Path) -> None:
    """Of two numbers of which one must be wrong, that of the less trusted source is suspected."""
    whole = report(tmp_path / "in", "In December 2021 there were 1.032 billion internet users in China.", "a.md")
    part = "In December 2021 urban internet users numbered 1.748 billion in China."
    other = report(tmp_path / "in", part, "b.md", publisher="MIIT")
    ingest(tmp_path, whole, other, policy=Policy({"cnnic": SourcePolicy(trust=2.0)}))
    assert statuses(tmp_path) == {"a.md 1.032 billion": "accepted", "b.md 1.748 billion": "quarantined"}


def test_official_source_restates(tmp_path: Path) -> None:
    """Where another publisher differs from the official one, that is a restatement for information."""
    one = report(tmp_path / "in", "In December 2021 there were 1.032 billion internet users in China.", "a.md")
    two = "In December 2021 there were 1.05 billion internet users in China."
    other = report(tmp_path / "in", two, "b.md", publisher="MIIT")
    ingest(tmp_path, one, other, policy=Policy({"CNNIC": SourcePolicy(official=True)}))
    assert ask(tmp_path, "SELECT rule, severity, outcome FROM issue") == [
        {"rule": "publishers", "severity": "info", "outcome": "restated"}
    ]
    ingest(tmp_path / "none", one, other)
    assert ask(tmp_path / "none", "SELECT severity, outcome FROM issue") == [{"severity": "warning", "outcome": "fail"}]


def test_severity_is_overridden(tmp_path: Path) -> None:
    """The settings make a rule worse, milder, or turn it off."""
    file = report(tmp_path / "in", SLIP)
    mild = Policy(severity={"parts_sum": "warning", "part_whole": "off"})
    outcome = ingest(tmp_path, file, policy=mild)
    assert not outcome.failed
    assert ask(tmp_path, "SELECT rule, severity FROM issue") == [{"rule": "parts_sum", "severity": "warning"}]
    assert set(statuses(tmp_path).values()) == {"accepted"}


TOML = """
rules = "rules"
[sources."cnnic"]
quarantined = 2.0
yield = 0.5
trust = 3
official = true
[severity]
jump = "error"
"""


def test_settings_are_read(tmp_path: Path) -> None:
    """`bulletin.toml` says what is asked of sources and rules, and where the user's rules are."""
    file = tmp_path / "bulletin.toml"
    file.write_text(TOML, encoding="utf-8")
    asked = policy(file)
    assert asked.of("raw/cnnic/2022-02-25/a.txt", None) == SourcePolicy(2.0, 0.5, 3.0, True)
    assert asked.of("raw/x/a.txt", "CNNIC") == SourcePolicy(2.0, 0.5, 3.0, True)
    assert asked.of("raw/x/a.txt", "MIIT") == SourcePolicy()
    assert asked.severity == {"jump": "error"}
    assert paths({}, file).rules == (Path("rules"),)
    assert paths({"BULLETIN_RULES": "a:b"}, file).rules == (Path("a"), Path("b"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"sources": {"x": {"quarantine": 1}}}, "unknown setting 'quarantine'; allowed are quarantined, yield"),
        ({"sources": {"x": {"yield": 50}}}, "yield is 50; it is a number from 0 to 1"),
        ({"sources": {"x": {"trust": 0}}}, "trust is 0; it is a number from 0.01 to 100"),
        ({"sources": {"x": {"official": "yes"}}}, "official is 'yes'; it is true or false"),
        ({"sources": {"x": 3}}, 'it is a table: [sources."x"]'),
        ({"sources": 3}, "it is a table: [sources]"),
        ({"severity": {"jump": "fatal"}}, "severity of jump is 'fatal'; allowed are error, warning, info, off"),
    ],
)
def test_wrong_setting_is_said(content: dict[str, object], said: str) -> None:
    """A setting that is none, or has a value that it does not take, is named with what is allowed."""
    with pytest.raises(UsageError) as error:
        policy_of(content, "bulletin.toml")
    assert said in str(error.value)


def test_official_source_is_trusted_more() -> None:
    """An official source weighs twice as much unless its trust is given."""
    assert policy_of({"sources": {"x": {"official": True}}}, "").of("a/x/b", None).trust == 2.0


def test_source_without_publisher_is_its_folder() -> None:
    """A document that names no publisher is of the folder that holds its releases."""
    assert source_of("raw/miit/2023-01-19/a.csv", None) == "miit"
    assert source_of("a.csv", None) == ""
    assert source_of("raw/miit/2023-01-19/a.csv", "MIIT") == "MIIT"


@pytest.mark.parametrize(("fail_on", "code"), [("error", 1), ("warning", 1), ("never", 0)])
def test_exit_code_of_an_error(
    tmp_path: Path, fail_on: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--fail-on` says from which severity on the exit code is 1."""
    monkeypatch.chdir(tmp_path)
    report(tmp_path / "in", SLIP)
    arguments = ["ingest", "in", "--warehouse", "b.duckdb", "--runner", "local", "--quiet", "--fail-on", fail_on]
    assert main(arguments) == code
    assert main(["report", "--warehouse", "b.duckdb", "--quiet", "--fail-on", fail_on]) == code
    assert capsys.readouterr().err == ""


def test_exit_code_of_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A warning fails a run only where that is asked for; what is dismissed fails none."""
    monkeypatch.chdir(tmp_path)
    report(tmp_path / "in", "Nothing to count here.")
    arguments = ["ingest", "in", "--warehouse", "b.duckdb", "--runner", "local", "--quiet"]
    assert main(arguments) == 0
    assert main([*arguments, "--fail-on", "warning"]) == 1


def test_gate_by_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--gate` keeps the document out, and the exit code says so."""
    monkeypatch.chdir(tmp_path)
    report(tmp_path / "in", SLIP)
    assert main(["ingest", "in", "--warehouse", "bulletin.duckdb", "--runner", "local", "--quiet", "--gate"]) == 1
    assert statuses(tmp_path) == {}
