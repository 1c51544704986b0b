import copy
import json
from typing import Any

import pytest

from bulletin.report import render_html, render_json, render_junit, render_markdown
from bulletin.report.render import verdict
from bulletin.report.words import Words
from tests.report import sample
from tests.report.sample import BREAKOUT, DOCUMENT, MARKS, PROPOSAL, SCRIPT, TITLE, Page, finding, stated

LANGUAGES = ("en", "zh")


@pytest.fixture
def report() -> dict[str, Any]:
    """The hostile report."""
    return sample.report()


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_well_formed(report: dict[str, Any], language: str) -> None:
    """Every element of the page is closed where it should be, whatever the texts hold."""
    assert Page(render_html(report | {"language": language})).unpaired == []
    assert Page(render_html(sample.clean() | {"language": language})).unpaired == []


def test_page_has_no_script_and_fetches_nothing(report: dict[str, Any]) -> None:
    """No text becomes a script, an image or an event handler, and the page refers to nothing that would load."""
    html = render_html(report)
    page = Page(html)
    assert not {"script", "img", "iframe", "object", "form", "base"} & {tag for tag, _ in page.elements}
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert page.attributes("link", "href") == ["data:,"]
    assert "url(" not in html
    assert "@import" not in html


def test_hostile_text_is_shown_as_it_was_written(report: dict[str, Any]) -> None:
    """A hostile quote is still a quote: the reader sees its very characters."""
    page = Page(render_html(report))
    assert BREAKOUT in page.words("mark")
    assert SCRIPT in page.all_words()
    assert MARKS in page.all_words()


def test_only_web_addresses_become_links(report: dict[str, Any]) -> None:
    """Links lead to http or https, or stay on the page; a javascript address is no link."""
    html = render_html(report)
    outward = {href for href in Page(html).attributes("a", "href") if href and not href.startswith("#")}
    safe = "https://example.org/45?lang=zh&part=%281%29"
    assert outward == {safe, "https://example.org/%22%3E%3Cb%3E%29%7C%60%5Bx%5D%28y"}
    assert "javascript:alert(4)" not in html


def test_page_says_what_is_wrong_before_anything_else(report: dict[str, Any]) -> None:
    """The verdict opens the page, then come the findings in the order given, then the rest."""
    html = render_html(report)
    order = ["1 error and 2 warnings to look at.", "What is wrong", "urban 748 million + rural", "No stated number was",
             "<h2>Restated", "<h2>Decided", "<h2>Summary", "<h2>Over time", "<h2>Coverage", "<h2>Checks by rule",
             "<h2>Sources", "<h2>Documents", "<h2>Unresolved numbers"]  # fmt: skip
    places = [html.index(words, html.index("<body>")) for words in order]
    assert places == sorted(places)


def test_card_says_what_is_suspected_and_how_to_accept_the_proposal(report: dict[str, Any]) -> None:
    """A card has the suspect, the sentence of the proposal, the commands, and what else does not add up."""
    html = render_html(report)
    said = Page(html).all_words()
    for words in (
        "Suspected: «2.55 billion», which alone explains 2 broken comparisons.",
        PROPOSAL,
        "Accept bulletin quality accept a1b2c3 Dismiss bulletin quality dismiss a1b2c3",
        "Also 2.55 billion cannot be part of 904 million.",
        "1 other slip would do it too",
    ):
        assert words in said
    assert '<mark class="suspect" data-n="3">2.55 billion</mark>' in html


def test_suspect_is_drawn_within_its_series(report: dict[str, Any]) -> None:
    """The drawing has the suspect as printed and as proposed, and says in words what it shows."""
    html = render_html(report)
    assert html.count('class="printed"') == html.count('class="proposed"') == 1
    assert "Internet users (rural): the other 5 values, 2015-06 to 2019-06." in Page(html).all_words()


def test_clean_report_says_so_plainly() -> None:
    """When nothing is wrong, both forms say it in one sentence and show no finding."""
    html, markdown = render_html(sample.clean()), render_markdown(sample.clean())
    sentence = "Nothing is wrong: 312 checks passed, none failed."
    page = Page(html)
    assert sentence in page.words("p")
    assert "article" not in {tag for tag, _ in page.elements}
    assert f"\n**{sentence}**\n" in markdown
    assert "What is wrong" not in html + markdown


def test_sentence_is_quoted_once_with_each_of_its_numbers_marked(report: dict[str, Any]) -> None:
    """Three numbers of one sentence give one quotation with three numbered marks, in its document's language."""
    html = render_html(report | {"corrections": []})
    assert (
        '<blockquote lang="zh" dir="auto">Of <mark data-n="1">904 million</mark> users, '
        '<mark data-n="2">748 million</mark> lived in cities and <mark class="suspect" data-n="3">2.55 billion</mark>'
        " in the country.</blockquote>"
    ) in html
    assert html.count("lived in cities") == 1


def test_numbers_stand_with_their_intervals(report: dict[str, Any]) -> None:
    """A finding's table gives each number as stated, as read, and the interval it allows."""
    said = Page(render_html(report)).all_words()
    assert "2.55 billion suspect Internet users rural China, 2020-03 2,550,000,000 persons " in said
    assert "2,545,000,000 – 2,555,000,000" in said
    assert "China, 2020-03 against 2019 57.6 percent at least 57.6 printed as “more than”" in said


def test_missing_facts_about_a_document_leave_no_trace(report: dict[str, Any]) -> None:
    """A document without title, publisher and date is called by its path, and nothing is printed for the rest."""
    for text in (render_html(report), render_markdown(report)):
        assert "raw/x/notice.pdf" in text
        assert "None" not in text


def test_source_of_a_sentence_stands_under_it(report: dict[str, Any]) -> None:
    """Sentences of one document share a source; where the document changes, each has its own."""
    other = DOCUMENT | {"title": "Another bulletin", "language": "en"}
    numbers = [stated("7", prefix="A ", suffix="."), stated("8", prefix="B ", suffix="."),
               stated("9", prefix="C ", suffix=".", document=other)]  # fmt: skip
    html = render_html(sample.clean() | {"findings": [finding("x", "change", "No.", observations=numbers)]})
    assert html.count("<blockquote") == 3
    assert html.count("<figcaption") == 2
    assert 'lang="en">Another bulletin</a>' in html


def test_bars_tell_their_counts_in_words(report: dict[str, Any]) -> None:
    """Each bar has a text for those who do not see it, and no segment for a count of zero."""
    html = render_html(report)
    assert 'aria-label="40 passed, 12 not evaluable, 3 restated, 1 failed"' in html
    assert 'aria-label="0 passed, 0 not evaluable, 0 restated, 0 failed"></span>' in html


def test_coverage_marks_years_with_quarantined_facts(report: dict[str, Any]) -> None:
    """A cell counts the facts of a year, shaded by how many; one with facts in quarantine is marked."""
    assert '<td class="h4 held"' in render_html(report)


def test_long_lists_are_cut_and_say_so(report: dict[str, Any]) -> None:
    """What is not shown is counted: findings beyond the full cards in short, the rest by number."""
    many = [finding(f"f{at}", "range", f"Number {at} is wrong.") for at in range(620)]
    html = render_html(report | {"findings": many, "documents": report["documents"] * 150})
    assert html.count('<article class="card') == 100
    assert "And 520 findings, in short" in html
    assert "500 of 620 shown" in html
    assert "200 of 300 shown" in html
    assert "2 of 57 shown" in html


def test_numbers_beyond_a_cards_table_can_be_unfolded(report: dict[str, Any]) -> None:
    """Of a finding of many numbers the first stand open, the next are folded, and all are counted."""
    numbers = [stated("7", n=at, suspect=True, main=True) for at in range(1, 31)]
    html = render_html(report | {"findings": [finding("x", "change", "No.", observations=numbers)], "notes": []})
    assert "18 more numbers" in html
    assert html.count('<b class="n">') == 24


@pytest.mark.parametrize("language", LANGUAGES)
def test_report_is_wholly_in_its_language(language: str) -> None:
    """In Chinese no English label is left, in English no Chinese one."""
    clean = sample.clean() | {"language": language, "documents": [], "sources": [], "runs": []}
    clean |= {"title": "1", "scope": "1", "warehouse": "1", "created": "1", "coverage": {"indicators": [], "years": []}}
    clean["rules"] = [clean["rules"][0] | {"title": "1", "rule": "1"}]
    said = Page(render_html(clean)).all_words() + render_markdown(clean)
    foreign = [c for c in said if ("\u4e00" <= c <= "\u9fff") != (language == "zh") and c.isalpha()]
    assert foreign == []


def test_json_is_the_report_itself(report: dict[str, Any]) -> None:
    """JSON holds the whole report, keeps Chinese text readable, and does not depend on the order of keys."""
    text = render_json(report)
    assert json.loads(text) == report
    assert TITLE in text
    assert render_json(dict(reversed(report.items()))) == text


@pytest.mark.parametrize("render", [render_html, render_markdown, render_json, render_junit])
def test_rendering_is_a_pure_function(report: dict[str, Any], render: Any) -> None:
    """The same report gives the same text, and rendering leaves the report as it was."""
    before = copy.deepcopy(report)
    assert render(report) == render(report)
    assert report == before


@pytest.mark.parametrize(
    ("severities", "changed", "expected"),
    [
        (["error", "error", "warning"], {}, ("error", "2 errors and 1 warning to look at.")),
        (["warning"], {}, ("warning", "1 warning to look at.")),
        ([], {"checks_failed": 1}, ("warning", "1 check failed.")),
        ([], {"unreadable": 2}, ("warning", "No check failed, but 2 documents could not be read.")),
        ([], {"checks_not_evaluable": 1},
         ("ok", "Nothing is wrong: 312 checks passed, none failed. 1 check could not be evaluated.")),
        ([], {"checks_passed": 0, "checks_not_evaluable": 4},
         ("warning", "No check failed, but none passed. 4 checks could not be evaluated.")),
        ([], {"checks_passed": 0}, ("info", "There was nothing to check.")),
    ],
)  # fmt: skip
def test_verdict(severities: list[str], changed: dict[str, int], expected: tuple[str, str]) -> None:
    """The verdict names the worst there is, and calls nothing right that was not checked."""
    clean = sample.clean()
    findings = [{"severity": severity} for severity in severities]
    shown = clean | {"summary": clean["summary"] | changed, "findings": findings}
    assert verdict(shown, Words("en")) == expected
