"""The whole way of the data on the project's own samples."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from bulletin import pipeline
from bulletin.errors import UsageError
from bulletin.limits import Limits
from bulletin.model import Source
from bulletin.settings import BATCH_BYTES, Request
from bulletin.warehouse import Warehouse

ROOT = Path(__file__).parent.parent
RAW = ROOT / "raw"


def ingest(tmp_path: Path, *paths: Path, **options: object) -> pipeline.IngestResult:
    request = Request(tuple(map(str, paths)), warehouse=tmp_path / "bulletin.duckdb", **options)  # type: ignore[arg-type]
    return pipeline.ingest(request)


def ask(tmp_path: Path, sql: str) -> list[dict[str, object]]:
    with Warehouse(tmp_path / "bulletin.duckdb", read_only=True) as warehouse:
        return warehouse.rows(sql)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, pipeline.IngestResult]:
    """The warehouse of the samples."""
    home = tmp_path_factory.mktemp("samples")
    return home, ingest(home, RAW)


def test_samples_are_sound(samples: tuple[Path, pipeline.IngestResult]) -> None:
    """Every sample is read, nothing in them breaks a rule, and hardly a number stays unresolved."""
    _, outcome = samples
    summary = outcome.report["summary"]
    assert outcome.report["findings"] == []
    assert not outcome.failed
    assert summary["documents"] == summary["loaded"] >= 15
    assert summary["accepted"] > 500
    assert summary["quarantined"] == 0
    assert summary["unresolved"] <= 5
    assert summary["checks_passed"] > 200


def test_samples_make_series(samples: tuple[Path, pipeline.IngestResult]) -> None:
    """The README's first question is answered: 5G base stations over time, from several documents."""
    home, _ = samples
    rows = ask(
        home,
        "SELECT period, value, documents FROM series WHERE indicator = 'mobile_base_stations' "
        "AND technology = '5g' AND measure = 'level' ORDER BY period",
    )
    values = {row["period"]: row["value"] for row in rows}
    assert values["2021-12"] == 1_425_000
    assert values["2022-12"] == 2_312_000
    assert values["2023-12"] == 3_377_000
    assert next(row["documents"] for row in rows if row["period"] == "2021-12") >= 3


def test_editions_agree(samples: tuple[Path, pipeline.IngestResult]) -> None:
    """English and Chinese editions of a report state the same accepted levels of internet users."""
    home, _ = samples
    rows = ask(
        home,
        "SELECT period, count(DISTINCT value) AS n FROM fact_observation JOIN dim_document USING (document_id) "
        "WHERE indicator = 'internet_users' AND measure = 'level' AND media_type = 'text/plain' "
        "AND residence IS NULL AND device IS NULL AND age IS NULL GROUP BY period",
    )
    assert len(rows) >= 6
    assert {row["n"] for row in rows} == {1}


def test_series_has_one_value_a_key(samples: tuple[Path, pipeline.IngestResult]) -> None:
    """A key of the series view never has two values."""
    home, _ = samples
    sql = (
        "SELECT indicator FROM series GROUP BY indicator, members, area, period, measure, base_period "
        "HAVING count(*) > 1"
    )
    assert ask(home, sql) == []


def test_members_are_columns(samples: tuple[Path, pipeline.IngestResult]) -> None:
    """Rural users are found by a column, totals by an empty `members`."""
    home, _ = samples
    where = "indicator = 'internet_users' AND measure = 'level' AND period = '2021-12'"
    assert ask(home, f"SELECT value FROM series WHERE {where} AND residence = 'rural'") == [{"value": 284_000_000}]
    [total] = ask(home, f"SELECT value FROM series WHERE {where} AND members = ''")
    assert total["value"] == pytest.approx(1_032_000_000, rel=1e-4)


def test_every_quote_stands_in_its_document(samples: tuple[Path, pipeline.IngestResult]) -> None:
    """The characters from start to end of the text are the quote, for every fact of a text file."""
    home, _ = samples
    rows = ask(
        home,
        'SELECT document, quote, "start", "end" FROM fact_observation JOIN dim_document USING (document_id) '
        "WHERE media_type = 'text/plain'",
    )
    assert len(rows) > 300
    texts = {row["document"]: Path(str(row["document"])).read_text(encoding="utf-8") for row in rows}
    for row in rows:
        assert texts[row["document"]][row["start"] : row["end"]] == row["quote"]  # type: ignore[misc]


def test_broken_samples_are_found(tmp_path: Path) -> None:
    """Each broken sample has its finding, what is sound is loaded, and the report shows numbers in sentences."""
    outcome = ingest(tmp_path, RAW / "broken")
    found = {
        (said["rule"], Path(finding["document"]["path"]).parts[-3])
        for finding in outcome.report["findings"]
        for said in (finding, *finding["also"])
    }
    assert found >= {
        ("part_whole", "5g-above-all"),
        ("parts_sum", "wan-for-yi"),
        ("parts_sum", "rural-billion"),
        ("part_whole", "rural-billion"),
        ("parts_sum", "wrong-digit"),
        ("range", "penetration-over-100"),
        ("unreadable", "not-text"),
        ("unreadable", "empty"),
    }
    assert outcome.failed
    assert ask(tmp_path, "SELECT count(*) AS n FROM series WHERE period = '2023-06'")[0]["n"] >= 6
    page = outcome.files["html"].read_text(encoding="utf-8")
    assert "9.96 million" in page
    assert "<mark" in page
    assert json.loads(outcome.files["json"].read_text(encoding="utf-8"))["findings"]
    assert "2.84万人" in outcome.files["md"].read_text(encoding="utf-8")


def test_suspects_are_kept_out_of_series(tmp_path: Path) -> None:
    """A quarantined fact is in the warehouse with its quote, and not in `series`."""
    ingest(tmp_path, RAW / "broken")
    sql = "SELECT quote, status FROM fact_observation WHERE technology = '5g' AND indicator = 'mobile_base_stations'"
    assert {"quote": "9.96 million", "status": "quarantined"} in ask(tmp_path, sql)
    assert ask(tmp_path, "SELECT * FROM series WHERE value = 9960000") == []


def test_second_run_loads_nothing(tmp_path: Path) -> None:
    """The same files again are known by their hash: nothing is read, nothing is loaded, the counts stay."""
    first = ingest(tmp_path, RAW)
    before = ask(tmp_path, "SELECT count(*) AS n, max(observation_id) AS last FROM fact_observation")
    second = ingest(tmp_path, RAW)
    assert second.report["summary"]["loaded"] == 0
    assert second.report["summary"]["unchanged"] == first.report["summary"]["loaded"]
    assert second.report["summary"]["accepted"] == first.report["summary"]["accepted"]
    assert ask(tmp_path, "SELECT count(*) AS n, max(observation_id) AS last FROM fact_observation") == before
    assert ask(tmp_path, "SELECT count(*) AS n FROM load") == [{"n": 1}]


def test_bad_data_stays_bad(tmp_path: Path) -> None:
    """A second run over broken files loads nothing and still fails: nothing was mended."""
    ingest(tmp_path, RAW / "broken")
    again = ingest(tmp_path, RAW / "broken")
    assert again.failed
    assert again.report["summary"]["loaded"] == 0


def sample(folder: Path, text: str, published: str = "2022-02-25", name: str = "report.md") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    sidecar = f"publisher: CNNIC\npublished: {published}\nlanguage: en\narea: CN\n"
    file.with_name(name + ".yml").write_text(sidecar, encoding="utf-8")
    return file


def test_changed_file_is_a_new_vintage(tmp_path: Path) -> None:
    """A changed file adds a vintage; the earlier one stays in the facts, `series` shows the later."""
    file = sample(tmp_path / "in", "In December 2021 there were 1.031 billion internet users.")
    ingest(tmp_path, file)
    sample(tmp_path / "in", "In December 2021 there were 1.032 billion internet users.")
    outcome = ingest(tmp_path, file)
    assert outcome.report["summary"]["loaded"] == 1
    assert ask(tmp_path, "SELECT vintage FROM dim_document ORDER BY 1") == [{"vintage": 1}, {"vintage": 2}]
    assert ask(tmp_path, "SELECT count(*) AS n FROM fact_observation") == [{"n": 2}]
    assert ask(tmp_path, "SELECT value FROM series") == [{"value": 1_032_000_000}]


def test_changed_sidecar_is_a_new_vintage(tmp_path: Path) -> None:
    """The same bytes under another date are read again, since the date settles periods."""
    file = sample(tmp_path / "in", "At the end of June there were 1.05 billion internet users.", "2022-08-31")
    ingest(tmp_path, file)
    sample(tmp_path / "in", "At the end of June there were 1.05 billion internet users.", "2021-08-31")
    ingest(tmp_path, file)
    assert ask(tmp_path, "SELECT period FROM series") == [{"period": "2021-06"}]


def test_copy_under_another_name_is_said(tmp_path: Path) -> None:
    """The same content under a second name is not loaded twice."""
    file = sample(tmp_path / "in", "In December 2021 there were 1.032 billion internet users.")
    for suffix in ("", ".yml"):
        shutil.copy(f"{file}{suffix}", f"{tmp_path}/in/copy.md{suffix}")
    outcome = ingest(tmp_path, tmp_path / "in")
    assert outcome.report["summary"]["loaded"] == 1
    assert [Path(pair[0]).name for pair in outcome.found.duplicates] == ["report.md"]


def test_known_documents_are_read_again_when_asked(tmp_path: Path) -> None:
    """`again` reads known documents anew as a new vintage."""
    file = sample(tmp_path / "in", "In December 2021 there were 1.032 billion internet users.")
    ingest(tmp_path, file)
    outcome = ingest(tmp_path, file, again=True)
    assert outcome.report["summary"]["loaded"] == 1
    assert ask(tmp_path, "SELECT max(vintage) AS v FROM dim_document") == [{"v": 2}]


def test_document_without_facts_is_a_finding(tmp_path: Path) -> None:
    """A text in which nothing is found does not pass in silence."""
    outcome = ingest(tmp_path, sample(tmp_path / "in", "Nothing to count here."))
    assert [finding["rule"] for finding in outcome.report["findings"]] == ["yields_nothing"]
    assert not outcome.failed


def test_fact_without_period_is_quarantined(tmp_path: Path) -> None:
    """A fact that neither text nor sidecar dates is kept with its quote, and the finding says what to do."""
    file = tmp_path / "undated.txt"
    file.write_text("There are 1.032 billion internet users in China.", encoding="utf-8")
    outcome = ingest(tmp_path, file)
    [finding] = outcome.report["findings"]
    assert finding["rule"] == "contract"
    assert "published:" in finding["message"]
    assert ask(tmp_path, "SELECT status, quote FROM fact_observation") == [
        {"status": "quarantined", "quote": "1.032 billion"}
    ]


def test_batches_load_the_same(tmp_path: Path, samples: tuple[Path, pipeline.IngestResult]) -> None:
    """Documents in batches of three make the same series as in one batch, in as many transactions as batches."""
    home, whole = samples
    ingest(tmp_path, RAW, batch=3)
    sql = "SELECT * EXCLUDE (observation_id) FROM series ORDER BY ALL"
    assert ask(tmp_path, sql) == ask(home, sql)
    documents = whole.report["summary"]["documents"]
    assert ask(tmp_path, "SELECT count(*) AS n FROM load") == [{"n": -(-documents // 3)}]


def test_a_large_run_takes_large_batches() -> None:
    """A batch is 200 documents, of a large run a twentieth of them, a thousand at most, or as many as are asked for."""
    sizes = {n: [len(batch) for batch in pipeline.batches([Source("", "", "", size=9)] * n, 0)] for n in (500, 8_000)}
    assert sizes == {500: [200, 200, 100], 8_000: [400] * 20}
    assert [len(batch) for batch in pipeline.batches([Source("", "", "")] * 40_000, 0)] == [1_000] * 40
    assert [len(batch) for batch in pipeline.batches([Source("", "", "")] * 5, 2)] == [2, 2, 1]


def test_large_files_make_small_batches() -> None:
    """A batch ends where its files have so many bytes that reading them again would take minutes."""
    large = Source("", "", "", size=BATCH_BYTES // 2)
    assert [len(batch) for batch in pipeline.batches([large] * 5, 0)] == [2, 2, 1]


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    """SQL and HTML inside a report end up as quotes in the warehouse and escaped in the page."""
    text = (
        "In 2021-12 <script>alert(1)</script> '); DROP TABLE load; -- internet penetration was 250% in December 2021."
    )
    outcome = ingest(tmp_path, sample(tmp_path / "in", text))
    assert outcome.failed
    assert "<script>alert" not in outcome.files["html"].read_text(encoding="utf-8")
    assert ask(tmp_path, "SELECT count(*) AS n FROM load") == [{"n": 1}]


def test_huge_number_is_no_crash(tmp_path: Path) -> None:
    """A number longer than any statistic is taken for an identifier."""
    text = f"In December 2021 there were {'9' * 40} internet users, and 5 million internet users abroad."
    outcome = ingest(tmp_path, sample(tmp_path / "in", text))
    assert outcome.report["summary"]["accepted"] == 1


def test_missing_path_is_wrong_usage(tmp_path: Path) -> None:
    """A path that does not exist is no finding but an error before anything is loaded."""
    with pytest.raises(UsageError, match="no such file or folder"):
        ingest(tmp_path, tmp_path / "absent")
    assert not (tmp_path / "bulletin.duckdb").exists()


def test_folder_without_files_is_an_empty_report(tmp_path: Path) -> None:
    """An empty folder makes an empty warehouse and a report that says so."""
    (tmp_path / "in").mkdir()
    outcome = ingest(tmp_path, tmp_path / "in")
    assert outcome.report["summary"]["documents"] == 0
    assert outcome.files["html"].is_file()


@pytest.mark.parametrize("text", ["1" * 1_000_000, "1," * 500_000, "亿" * 300_000, "a@" * 300_000, "<div>" * 100_000])
def test_endless_runs_come_to_an_end(tmp_path: Path, text: str) -> None:
    """A text of one endless run is read in passing: no pattern goes back and forth over it."""
    file = tmp_path / "run.txt"
    file.write_text(text, encoding="utf-8")
    assert ingest(tmp_path, file).report["summary"]["loaded"] == 1


def test_misspelt_sidecar_field_is_a_warning(tmp_path: Path) -> None:
    """An unknown field in a sidecar is said, and the document is loaded."""
    file = sample(tmp_path / "in", "In December 2021 there were 5 million internet users.")
    with file.with_name("report.md.yml").open("a", encoding="utf-8") as sidecar:
        sidecar.write("publishd: 2022\n")
    outcome = ingest(tmp_path, file)
    [finding] = outcome.report["findings"]
    assert (finding["rule"], finding["severity"]) == ("sidecar", "warning")
    assert "publishd" in finding["message"]
    assert outcome.report["summary"]["accepted"] == 1


def test_report_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """Where the report's folder is no folder, the error says so, and that the facts are loaded."""
    file = sample(tmp_path / "in", "In December 2021 there were 5 million internet users.")
    with pytest.raises(UsageError, match="the report cannot be written"):
        ingest(tmp_path, file, report=file)
    assert ask(tmp_path, "SELECT count(*) AS n FROM fact_observation") == [{"n": 1}]


def archive(path: Path, **texts: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in texts.items():
            file.writestr(f"{name}.md", text)
    path.with_name(f"{path.name}.yml").write_text("published: 2022-02-25\nlanguage: en\narea: CN\n", encoding="utf-8")
    return path


def test_members_of_an_archive_are_documents(tmp_path: Path) -> None:
    """Each report in an archive has its own facts and vintages; in a changed archive only what changed is read."""
    first, second = (f"In December 202{year} there were 1.03{year} billion internet users." for year in (1, 2))
    outcome = ingest(tmp_path, archive(tmp_path / "in" / "reports.zip", one=first, two=second))
    assert outcome.report["summary"]["accepted"] == 2
    again = ingest(tmp_path, archive(tmp_path / "in" / "reports.zip", one=first, two=second, three=f"{first} Or so."))
    assert {key: again.report["summary"][key] for key in ("loaded", "unchanged")} == {"loaded": 1, "unchanged": 2}
    documents = ask(tmp_path, "SELECT document, vintage FROM dim_document ORDER BY document")
    assert [str(row["document"]).partition("/in/")[2] for row in documents] == [
        "reports.zip/one.md",
        "reports.zip/three.md",
        "reports.zip/two.md",
    ]
    assert {row["vintage"] for row in documents} == {1}


def test_what_is_refused_is_known_the_next_time(tmp_path: Path) -> None:
    """A file that was refused is a finding of every run, but one document; under a raised limit it is read."""
    file = sample(tmp_path / "in", "In December 2021 there were 5 million internet users.")
    for _ in range(2):
        outcome = ingest(tmp_path, file, limits=Limits(file_bytes=10))
        (finding,) = outcome.report["findings"]
        assert "more than the 10 that are read of one file: raise `file_bytes`" in finding["message"]
    assert ask(tmp_path, "SELECT count(*) AS n FROM dim_document") == [{"n": 1}]
    assert ingest(tmp_path, file).report["summary"]["accepted"] == 1


def test_a_document_that_takes_too_long_stops_nothing(tmp_path: Path) -> None:
    """A document that cannot be read in time is a finding, and the report behind it is loaded."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(b"a\n" * 3_000_000)
    sample(tmp_path / "in", "In December 2021 there were 5 million internet users.", name="b.md")
    outcome = ingest(tmp_path, tmp_path / "in", limits=Limits(read_seconds=0.5, characters=10_000_000))
    (finding,) = outcome.report["findings"]
    assert "reading took more than 0.5 s: raise `read_seconds`" in finding["message"]
    assert outcome.report["summary"]["accepted"] == 1


def test_a_doubtful_encoding_is_a_warning(tmp_path: Path) -> None:
    """A text whose encoding is in doubt is loaded, with a finding that names both."""
    file = sample(tmp_path / "in", "")
    file.write_bytes("網民".encode("gb18030"))
    rules = {finding["rule"]: finding for finding in ingest(tmp_path, file).report["findings"]}
    assert rules["encoding"]["severity"] == "warning"
    assert "it may be in cp932 or gb18030" in rules["encoding"]["message"]
