"""Which value `series` shows and why, what was known when, and what was revised."""

from datetime import UTC, datetime
from pathlib import Path

from bulletin import decisions
from bulletin.policy import Policy, SourcePolicy
from bulletin.warehouse import Warehouse
from tests.findings import ask, ingest, report

USERS = "In December 2021 there were {} internet users in China."
WHERE = "indicator = 'internet_users' AND members = ''"
OFFICIAL = Policy({"CNNIC": SourcePolicy(official=True, trust=2.0)})


def state(folder: Path, said: str, name: str, publisher: str, published: str | None = None, **more: object) -> None:
    """Ingest a report in which a publisher states a number of users."""
    file = report(folder / "in", USERS.format(said), name, publisher=publisher, published=published)
    ingest(folder, file, **more)


def best(folder: Path, source: str = "series") -> tuple[float, str]:
    """Return the value that `series` shows, and why."""
    [row] = ask(folder, f"SELECT value, chosen_because FROM {source} WHERE {WHERE}")
    return row["value"], row["chosen_because"]


def test_only_value_is_shown(tmp_path: Path) -> None:
    """One statement is the value, with the interval that its rounding allows."""
    state(tmp_path, "1.032 billion", "a.md", "CNNIC", "2022-02-25")
    assert best(tmp_path) == (1_032_000_000, "the only one")
    [row] = ask(tmp_path, f"SELECT lower, upper, documents, sources, agreement FROM series WHERE {WHERE}")
    assert row == {"lower": 1_031_500_000, "upper": 1_032_500_000, "documents": 1, "sources": 1, "agreement": 1.0}


def test_precise_value_is_preferred(tmp_path: Path) -> None:
    """Of two values that agree, the one printed with more digits is shown, and both count."""
    state(tmp_path, "1.03 billion", "a.md", "MIIT", "2022-03-01")
    state(tmp_path, "1.032 billion", "b.md", "CNNIC", "2022-02-25")
    assert best(tmp_path) == (1_032_000_000, "most precise")
    [row] = ask(tmp_path, f"SELECT documents, sources, agreement FROM series WHERE {WHERE}")
    assert row == {"documents": 2, "sources": 2, "agreement": 1.0}


def test_official_source_is_preferred(tmp_path: Path) -> None:
    """What the official source says goes before what is printed with more digits."""
    state(tmp_path, "1.0316 billion", "a.md", "A newspaper", "2022-03-01", policy=OFFICIAL)
    state(tmp_path, "1.032 billion", "b.md", "CNNIC", "2022-02-25", policy=OFFICIAL)
    assert best(tmp_path) == (1_032_000_000, "official source")


def test_source_is_official_from_the_settings_of_the_latest_load(tmp_path: Path) -> None:
    """A source that the settings call official later is preferred from the next load on."""
    state(tmp_path, "1.0316 billion", "a.md", "A newspaper", "2022-03-01")
    state(tmp_path, "1.032 billion", "b.md", "CNNIC", "2022-02-25")
    assert best(tmp_path) == (1_031_600_000, "most precise")
    state(tmp_path, "1.03 billion", "c.md", "MIIT", "2022-04-01", policy=OFFICIAL)
    assert best(tmp_path) == (1_032_000_000, "official source")


def test_most_agreed_value_is_preferred(tmp_path: Path) -> None:
    """Of values that are equally precise the one that more documents state is shown; agreement says how many do."""
    quiet = Policy(severity={"publishers": "off"})
    for name, said in (("a.md", "1.032 billion"), ("b.md", "1.031 billion"), ("c.md", "1.031 billion")):
        state(tmp_path, said, name, f"Paper {name[0].upper()}", "2022-03-01", policy=quiet)
    assert best(tmp_path) == (1_031_000_000, "most agreed")
    [row] = ask(tmp_path, f"SELECT documents, agreement FROM series WHERE {WHERE}")
    assert row == {"documents": 3, "agreement": 1.0}
    state(tmp_path, "1.041 billion", "d.md", "Paper D", "2022-03-01", policy=quiet)
    [row] = ask(tmp_path, f"SELECT documents, agreement FROM series WHERE {WHERE}")
    assert row == {"documents": 3, "agreement": 0.75}


def test_latest_value_is_preferred(tmp_path: Path) -> None:
    """Of two that are alike in all else the later release is shown."""
    state(tmp_path, "1.031 billion", "a.md", "CNNIC", "2022-02-25")
    state(tmp_path, "1.033 billion", "b.md", "CNNIC", "2022-08-31")
    assert best(tmp_path) == (1_033_000_000, "latest")


def test_series_as_of_a_day_is_what_was_published_by_then(tmp_path: Path) -> None:
    """A value published later is not in it, and one that a later vintage replaced is."""
    state(tmp_path, "1.031 billion", "a.md", "CNNIC", "2022-02-25")
    state(tmp_path, "1.033 billion", "a.md", "CNNIC", "2022-08-31")
    assert best(tmp_path, "series_as_of(DATE '2022-08-30')")[0] == 1_031_000_000
    assert best(tmp_path, "series_as_of(DATE '2022-08-31')")[0] == 1_033_000_000
    assert ask(tmp_path, "FROM series_as_of(DATE '2022-02-24')") == []


def test_release_in_a_month_is_known_from_its_end(tmp_path: Path) -> None:
    """Where the sidecar gives a month, nobody can say that it was known before the month was over."""
    state(tmp_path, "1.031 billion", "a.md", "CNNIC", "2022-02")
    assert ask(tmp_path, "FROM series_as_of(DATE '2022-02-27')") == []
    assert best(tmp_path, "series_as_of(DATE '2022-02-28')")[0] == 1_031_000_000


def test_changed_bytes_are_known_from_their_loading(tmp_path: Path) -> None:
    """A file that changed under the same release date is known from the day it was loaded, not from the release."""
    state(tmp_path, "1.031 billion", "a.md", "CNNIC", "2022-02-25")
    state(tmp_path, "1.033 billion", "a.md", "CNNIC", "2022-02-25")
    assert best(tmp_path, "series_as_of(DATE '2023-01-01')")[0] == 1_031_000_000
    assert best(tmp_path)[0] == 1_033_000_000


def test_same_bytes_read_anew_keep_their_date(tmp_path: Path) -> None:
    """A document read anew with a better program is known from when it was released."""
    state(tmp_path, "1.031 billion", "a.md", "CNNIC", "2022-02-25")
    state(tmp_path, "1.031 billion", "a.md", "CNNIC", "2022-02-25", again=True)
    assert best(tmp_path, "series_as_of(DATE '2022-12-31')")[0] == 1_031_000_000
    [row] = ask(tmp_path, "SELECT count(DISTINCT vintage_date) AS dates, count(*) AS vintages FROM dim_document")
    assert row == {"dates": 1, "vintages": 2}


def test_series_as_loaded_is_what_the_warehouse_said(tmp_path: Path) -> None:
    """It gives the values of a moment, whatever was loaded, quarantined or freed since."""
    slip = (
        "In December 2021 there were 1.032 billion internet users in China: urban internet users numbered 748 million "
        "and rural internet users numbered 2.84 billion."
    )
    ingest(tmp_path, report(tmp_path / "in", slip, "a.md"))
    rural = "SELECT value FROM {} WHERE indicator = 'internet_users' AND residence = 'rural'"
    assert ask(tmp_path, rural.format("series")) == []
    before = datetime.now(UTC).isoformat()
    with Warehouse(tmp_path / "bulletin.duckdb") as warehouse:
        for row in warehouse.rows("SELECT DISTINCT finding FROM issue"):
            decisions.dismiss(warehouse, row["finding"], reason="it is so")
    assert ask(tmp_path, rural.format("series")) == [{"value": 2_840_000_000}]
    assert ask(tmp_path, rural.format(f"series_as_loaded(TIMESTAMPTZ '{before}')")) == []


def test_revision_says_what_changed_and_who_said_so(tmp_path: Path) -> None:
    """A source that gives another value later has revised it; one that another source gives is no revision."""
    state(tmp_path, "1.031 billion", "a.md", "CNNIC", "2022-02-25")
    state(tmp_path, "1.04 billion", "b.md", "CNNIC", "2022-08-31")
    state(tmp_path, "1.05 billion", "c.md", "MIIT", "2022-09-30")
    found = ask(
        tmp_path,
        "SELECT period, old_value, new_value, change, round(percent, 3) AS percent, source, new_date::VARCHAR AS day "
        f"FROM revisions WHERE {WHERE}",
    )
    assert found == [
        {
            "period": "2021-12",
            "old_value": 1_031_000_000,
            "new_value": 1_040_000_000,
            "change": 9_000_000,
            "percent": 0.873,
            "source": "CNNIC",
            "day": "2022-08-31",
        }
    ]


def test_more_digits_are_no_revision(tmp_path: Path) -> None:
    """A value that lies within the rounding of the earlier one says nothing new."""
    state(tmp_path, "1.03 billion", "a.md", "CNNIC", "2022-02-25")
    state(tmp_path, "1.032 billion", "b.md", "CNNIC", "2022-08-31")
    assert ask(tmp_path, "FROM revisions") == []


def test_changes_over_different_spans_are_different_series(tmp_path: Path) -> None:
    """A change over a year and one over half a year have their own series, `base_months` apart."""
    text = (
        "By December 2021, China had 1.032 billion internet users, an increase of 42.96 million over December 2020. "
        "Compared with June 2021, internet users increased by 21.0 million."
    )
    ingest(tmp_path, report(tmp_path / "in", text, "a.md"))
    found = ask(
        tmp_path,
        "SELECT base_months, value FROM series JOIN dim_series AS d USING (series_id) "
        "WHERE d.measure = 'change' ORDER BY base_months",
    )
    assert found == [{"base_months": 6, "value": 21_000_000}, {"base_months": 12, "value": 42_960_000}]


def test_series_has_the_same_key_in_every_warehouse(tmp_path: Path) -> None:
    """The key is made from what the series is about, not from what was loaded before."""
    state(tmp_path / "one", "1.031 billion", "a.md", "CNNIC", "2022-02-25")
    state(tmp_path / "two", "35 million", "z.md", "CNNIC", "2022-02-25")
    state(tmp_path / "two", "1.031 billion", "a.md", "CNNIC", "2022-02-25")
    sql = f"SELECT series_id, series FROM dim_series WHERE {WHERE}"
    assert ask(tmp_path / "one", sql) == ask(tmp_path / "two", sql)
    assert ask(tmp_path / "one", sql)[0]["series"] == "internet_users.CN.level.person"
