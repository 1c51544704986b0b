"""The views that ask for what is usual: a year before, an index, what is missing, who disagrees, who covers what."""

from pathlib import Path
from typing import Any

import pytest

from bulletin.policy import policy_of
from tests.findings import ask, ingest, report

REPORTS = {
    "2018.md": ("CNNIC", "In June 2018 there were 802 million internet users in China."),
    "2019.md": (
        "CNNIC",
        "In June 2019 there were 854 million internet users in China. Internet penetration was 61.2%.",
    ),
    "2021.md": (
        "CNNIC",
        (
            "In June 2021 there were 1.011 billion internet users in China, 714 million of them urban. The internet "
            "penetration rate was 71.6%."
        ),
    ),
    "2022.md": (
        "CNNIC",
        (
            "In June 2022 there were 1.051 billion internet users in China, 4.0 percent more than in June 2021. "
            "The internet penetration rate was 74.4%."
        ),
    ),
    "other.md": (
        "Daily News",
        "In June 2021 there were 950 million internet users in China. Ships numbered 31.5 million.",
    ),
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a warehouse of Junes, 2020 left out, and a newspaper that says otherwise."""
    folder = tmp_path_factory.mktemp("ways")
    files = [
        report(
            folder / "in",
            text,
            name,
            publisher=publisher,
            published=f"{name[:4]}-09-01" if name[0] == "2" else "2021-10-01",
        )
        for name, (publisher, text) in REPORTS.items()
    ]
    policy = policy_of({"sources": {"CNNIC": {"official": True}}, "severity": {}}, "bulletin.toml")
    ingest(folder, *files, policy=policy)
    return folder


def one(filled: Path, sql: str) -> dict[str, Any]:
    """Return the only row."""
    [row] = ask(filled, sql)
    return row


def test_year_on_year(filled: Path) -> None:
    """A level stands beside that of twelve months before, with what follows and what is stated of it."""
    row = one(
        filled,
        "SELECT round(change) AS change, round(percent, 2) AS percent, stated_percent, percent_agrees "
        "FROM year_on_year WHERE indicator = 'internet_users' AND period = '2022-06' AND members = ''",
    )
    assert row == {"change": 40_000_000, "percent": 3.96, "stated_percent": 4.0, "percent_agrees": True}


def test_a_percentage_changes_by_points(filled: Path) -> None:
    """Of a percentage there is a change in points and no growth rate."""
    row = one(
        filled,
        "SELECT round(change, 1) AS change, percent FROM year_on_year "
        "WHERE indicator = 'internet_penetration_rate' AND period = '2022-06'",
    )
    assert row == {"change": 2.8, "percent": None}


def test_index(filled: Path) -> None:
    """The period that is named is 100, and a series without it is left out."""
    rows = ask(
        filled,
        "SELECT period, round(index_100, 1) AS index_100 FROM index_of('2018-06') "
        "WHERE indicator IN ('internet_users', 'internet_penetration_rate') ORDER BY end_date",
    )
    assert [(row["period"], row["index_100"]) for row in rows][:2] == [("2018-06", 100.0), ("2019-06", 106.5)]
    assert len(rows) == 4


def test_gaps(filled: Path) -> None:
    """The June that a yearly series does not have is named, with what is known on both sides."""
    row = one(
        filled, "SELECT period, every_months, known_before, known_after FROM gaps WHERE indicator = 'internet_users'"
    )
    assert row == {"period": "2020-06", "every_months": 12, "known_before": "2019-06", "known_after": "2021-06"}


def test_conflicts(filled: Path) -> None:
    """Two sources whose values no rounding explains stand side by side."""
    row = one(
        filled, "SELECT period, least(value, other_value) AS low, greatest(value, other_value) AS high FROM conflicts"
    )
    assert row == {"period": "2021-06", "low": 950_000_000, "high": 1_011_000_000}


def test_coverage(filled: Path) -> None:
    """Each source has a row for each indicator that it states, and one for what nothing claims."""
    rows = ask(
        filled,
        "SELECT indicator, documents, first_period, last_period, unresolved FROM coverage WHERE source = 'Daily News'",
    )
    found = {row.pop("indicator"): row for row in rows}
    assert found["internet_users"] == {
        "documents": 1,
        "first_period": "2021-06",
        "last_period": "2021-06",
        "unresolved": 0,
    }
    assert found[None]["unresolved"] == 1


def test_levels_side_by_side(filled: Path) -> None:
    """Indicators are columns of one row for an area and period; parts have rows of their own in `members_wide`."""
    assert one(
        filled, "SELECT internet_users, internet_penetration_rate FROM levels_wide WHERE period = '2022-06'"
    ) == {
        "internet_users": 1_051_000_000,
        "internet_penetration_rate": 74.4,
    }
    rows = ask(filled, "SELECT members, internet_users FROM members_wide WHERE period = '2021-06' AND members != ''")
    assert rows == [{"members": "residence=urban", "internet_users": 714_000_000}]
