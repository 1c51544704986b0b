import copy
import json
import re
from html.parser import HTMLParser

import pytest

from bulletin.report import render_html, render_json, render_markdown
from bulletin.report.render import interval, moment, number, passages, verdict, web_link

SCRIPT = "<script>alert(1)</script>"
BREAKOUT = '"><img src=x onerror=alert(2)>'
MARKS = "a | b `c` *d* _e_ [f](javascript:alert(3)) $g$"
SENTENCE = "Of 904 million users, 748 million lived in cities and 2.55 billion in the country."
TITLE = "第45次《中国互联网络发展状况统计报告》"

DOCUMENT = {
    "path": "raw/cnnic/2020-04-28/report.html",
    "title": TITLE,
    "publisher": "中国互联网络信息中心",
    "published": "2020-04-28",
    "url": "https://example.org/45?lang=zh&part=(1)",
    "language": "zh",
}
UNNAMED = dict.fromkeys(DOCUMENT) | {"path": "raw/x/notice.pdf", "url": "javascript:alert(4)"}


def stated(quote, **given):
    """Return an observation of `quote` in SENTENCE."""
    before, _, after = SENTENCE.partition(quote)
    return {
        "observation": "0f", "indicator": "internet_users", "name": "Internet users", "members": "",
        "measure": "level", "direction": None, "value": "904000000", "unit": "person",
        "lower": "903500000", "upper": "904500000", "bound": "exact", "area": "CN", "period": "2020-03",
        "base_period": None, "status": "accepted",
        "prefix": before, "quote": quote, "suffix": after, "address": None,
    } | given  # fmt: skip


URBAN = stated("748 million", members="residence=urban", value="748000000", lower="747500000", upper="748500000")
RURAL = stated(
    "2.55 billion", members="residence=rural", value="2550000000", lower="2545000000", upper="2555000000",
    status="quarantined",
)  # fmt: skip
OPEN = stated(
    "57.6%", prefix="普及率超过", suffix="的目标", value="57.60", unit="percent", lower="57.6", upper=None,
    bound="more_than", measure="growth_rate", direction="up", base_period="2019", address="table 1, row 3, column 2",
)  # fmt: skip
HOSTILE = stated(
    BREAKOUT, prefix=f"{SCRIPT}\n# heading | ", suffix=MARKS, name=MARKS, members=SCRIPT, unit=BREAKOUT,
    area=SCRIPT, address=BREAKOUT, status=BREAKOUT, period=None, value="n/a", lower=None, upper=None,
)  # fmt: skip


@pytest.fixture
def report():
    """A report with an error, a warning whose texts attack the page, and a note without numbers."""
    listed = {key: DOCUMENT[key] for key in ("path", "title", "publisher", "published", "language")}
    counts = {"accepted": 1420, "quarantined": 1, "unresolved": 57, "findings": 1}
    hostile = dict.fromkeys(DOCUMENT, f"{BREAKOUT} | {SCRIPT}") | {"url": 'https://example.org/"><b>)|`[x](y'}
    return copy.deepcopy({
        "title": "Data-quality report",
        "created": "2026-11-24T09:02:03+08:00",
        "scope": "this run",
        "warehouse": "warehouse/bulletin.duckdb",
        "summary": {
            "documents": 3, "loaded": 1, "unchanged": 1, "unreadable": 1, "accepted": 1420, "quarantined": 1,
            "unresolved": 57, "checks_passed": 312, "checks_failed": 2, "checks_not_evaluable": 41,
        },
        "findings": [
            {
                "issue": "a1b2c3", "rule": "parts_sum", "title": "Parts must sum to their whole", "severity": "error",
                "message": "Urban 748 million + rural 2.55 billion cannot make 904 million.", "document": DOCUMENT,
                "observations": [stated("904 million"), URBAN, RURAL],
            },
            {
                "issue": BREAKOUT, "rule": SCRIPT, "title": MARKS, "severity": "warning",
                "message": f"{SCRIPT}\n\n## {MARKS}", "document": hostile, "observations": [HOSTILE, OPEN],
            },
            {
                "issue": "778899", "rule": "document_yields", "title": "A document must yield facts",
                "severity": "info", "message": "No stated number was found.", "document": UNNAMED,
                "observations": [],
            },
        ],
        "documents": [
            listed | {"status": "loaded"} | counts,
            dict.fromkeys(listed) | {"path": f"raw/{SCRIPT}|x", "status": "unreadable"} | dict.fromkeys(counts, 0),
        ],
        "rules": [
            {"rule": "parts_sum", "title": "Parts must sum to their whole", "severity": "error",
             "passed": 40, "failed": 1, "not_evaluable": 12},
            {"rule": "agreement", "title": MARKS, "severity": "info", "passed": 0, "failed": 0, "not_evaluable": 0},
        ],
        "unresolved": [
            {"document": DOCUMENT, "prefix": "覆盖国民经济97个大类中的", "quote": "40个", "suffix": "。",
             "address": None, "reason": "Several indicators fit.", "candidates": ["websites", MARKS]},
            {"document": None, "prefix": SCRIPT, "quote": "7|8", "suffix": "", "address": "table 2, row 1, column 1",
             "reason": BREAKOUT, "candidates": []},
        ],
        "unresolved_total": 57,
    })  # fmt: skip


@pytest.fixture
def clean(report):
    """The same run with nothing wrong in it."""
    nothing = dict.fromkeys(["unreadable", "quarantined", "unresolved", "checks_failed", "checks_not_evaluable"], 0)
    return report | {
        "summary": report["summary"] | nothing, "findings": [], "unresolved": [], "unresolved_total": 0,
    }  # fmt: skip


class Page(HTMLParser):
    """What a browser would build: elements with their attributes, texts by element, and tags that do not pair."""

    VOID = frozenset({"meta", "link"})

    def __init__(self, html):
        super().__init__()
        self.elements, self.texts, self.unpaired, self._open = [], [], [], []
        self.feed(html)
        self.close()
        self.unpaired += self._open

    def handle_starttag(self, tag, attrs):
        """Note an element, open until its end tag."""
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        """Close the innermost element, or note that the tag closes another."""
        if not self._open or self._open.pop() != tag:
            self.unpaired.append(tag)

    def handle_data(self, data):
        """Note a text with the element that it stands in."""
        self.texts.append((self._open[-1] if self._open else "", data))

    def attributes(self, tag, name):
        """Return the values of an attribute, wherever elements of this tag have it."""
        return [attributes[name] for found, attributes in self.elements if found == tag and name in attributes]

    def words(self, tag):
        """Return the texts right within elements of this tag."""
        return [" ".join(data.split()) for inside, data in self.texts if inside == tag and data.strip()]

    def all_words(self):
        """Return all that the page says, its white space collapsed."""
        return " ".join(" ".join(data.split()) for inside, data in self.texts if inside != "style" and data.strip())


def test_page_is_well_formed(report):
    """Every element of the page is closed where it should be, whatever the texts hold."""
    assert Page(render_html(report)).unpaired == []


def test_page_has_no_script_and_fetches_nothing(report):
    """No text becomes a script, an image or an event handler, and the page refers to nothing that would load."""
    page = Page(render_html(report))
    assert not {"script", "img", "iframe", "object", "form", "base"} & {tag for tag, _ in page.elements}
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert page.attributes("link", "href") == ["data:,"]
    assert "url(" not in render_html(report)
    assert "@import" not in render_html(report)


def test_hostile_text_is_shown_as_it_was_written(report):
    """A hostile quote is still a quote: the reader sees its very characters."""
    page = Page(render_html(report))
    assert BREAKOUT in page.words("mark")
    assert SCRIPT in page.all_words()
    assert MARKS in page.all_words()


def test_only_web_addresses_become_links(report):
    """Links lead to http or https, or stay on the page; a javascript address is no link."""
    outward = [href for href in Page(render_html(report)).attributes("a", "href") if not href.startswith("#")]
    safe = "https://example.org/45?lang=zh&part=%281%29"
    assert outward == [safe, "https://example.org/%22%3E%3Cb%3E%29%7C%60%5Bx%5D%28y", safe]
    assert "javascript:alert(4)" not in render_html(report)


def test_page_says_what_is_wrong_before_anything_else(report):
    """The verdict opens the page, then come the findings in the order given, then the rest."""
    html = render_html(report)
    order = ["1 error and 1 warning to look at.", "What is wrong", "Urban 748 million + rural", "No stated number was",
             "<h2>Summary", "<h2>Documents", "<h2>Checks by rule", "<h2>Unresolved mentions"]  # fmt: skip
    places = [html.index(words, html.index("<body>")) for words in order]
    assert places == sorted(places)


def test_clean_report_says_so_plainly(clean):
    """When nothing is wrong, both forms say it in one sentence and show no finding."""
    sentence = "Nothing is wrong: 312 checks passed, none failed."
    page = Page(render_html(clean))
    assert sentence in page.words("p")
    assert "article" not in {tag for tag, _ in page.elements}
    assert f"\n**{sentence}**\n" in render_markdown(clean)
    assert "What is wrong" not in render_html(clean) + render_markdown(clean)


def test_sentence_is_quoted_once_with_each_of_its_numbers_marked(report):
    """Three numbers of one sentence give one quotation with three numbered marks, in its document's language."""
    html = render_html(report)
    assert (
        '<blockquote lang="zh" dir="auto">Of <mark data-n="1">904 million</mark> users, '
        '<mark data-n="2">748 million</mark> lived in cities and <mark data-n="3">2.55 billion</mark>'
        " in the country.</blockquote>"
    ) in html
    assert html.count("lived in cities") == 1


def test_numbers_stand_with_their_intervals(report):
    """A finding's table gives each number as stated, as read, and the interval it allows."""
    words = Page(render_html(report)).all_words()
    assert "2.55 billion Internet users residence=rural quarantined CN, 2020-03 2,550,000,000 person " in words
    assert "2,545,000,000 – 2,555,000,000" in words
    assert "CN, 2020-03 against 2019 57.6 percent at least 57.6 printed as “more than”" in words


def test_missing_facts_about_a_document_leave_no_trace(report):
    """A document without title, publisher and date is called by its path, and nothing is printed for the rest."""
    for text in (render_html(report), render_markdown(report)):
        assert "raw/x/notice.pdf" in text
        assert "None" not in text


def test_observation_may_name_its_own_document(report):
    """A number from another document than the finding's is quoted with that document's source."""
    report["findings"][0]["observations"][2]["document"] = DOCUMENT | {"title": "Another bulletin", "language": "en"}
    html, markdown = render_html(report), render_markdown(report)
    assert html.count("<blockquote") == len(report["findings"]) + len(report["unresolved"]) + 1
    assert 'lang="en">Another bulletin</a>' in html
    assert "** in the country.” · Another bulletin, 中国互联网络信息中心, 2020-04-28 ([source](https://" in markdown


def test_bars_tell_their_counts_in_words(report):
    """Each bar has a text for those who do not see it, and no segment for a count of zero."""
    html = render_html(report)
    assert 'aria-label="40 passed, 12 not evaluable, 1 failed"' in html
    assert 'aria-label="0 passed, 0 not evaluable, 0 failed"></span>' in html


def test_cut_list_says_how_much_is_missing(report):
    """When not all unresolved mentions are in the report, it says how many there are."""
    assert "2 of 57 shown" in render_html(report)
    assert "\n2 of 57 shown.\n" in render_markdown(report)


def test_markdown_has_no_html_and_no_stray_markup(report):
    """Hostile text reaches Markdown with its angle brackets as entities and its markup characters escaped."""
    markdown = render_markdown(report)
    assert not re.search(r"<[a-z/!]", markdown, re.IGNORECASE)
    assert "a \\| b \\`c\\` \\*d\\* \\_e\\_ \\[f\\](javascript:alert(3)) \\$g\\$" in markdown
    assert set(re.findall(r"(?<!\\)\]\((.{8})", markdown)) == {"https://"}
    assert len(re.findall(r"^#+ ", markdown, re.MULTILINE)) == 5 + len(report["findings"])


def test_markdown_tables_keep_their_shape(report):
    """Every row of a Markdown table has as many cells as its header, whatever pipes the texts hold."""
    tables = re.findall(r"(?:^\|.*\n)+", render_markdown(report), re.MULTILINE)
    assert len(tables) == 6
    for table in tables:
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1


def test_markdown_mark_is_bold_next_to_chinese(report):
    """A sign next to a Chinese character would undo the bold, so a hair space parts them; nowhere else."""
    markdown = render_markdown(report)
    assert "普及率超过**57.6%**\u200a的目标" in markdown
    assert "大类中的**40个**。" in markdown
    assert "Of **904 million** users, **748 million** lived in cities and **2.55 billion** in" in markdown


def test_json_is_the_report_itself(report):
    """JSON holds the whole report, keeps Chinese text readable, and does not depend on the order of keys."""
    text = render_json(report)
    assert json.loads(text) == report
    assert TITLE in text
    assert render_json(dict(reversed(report.items()))) == text


@pytest.mark.parametrize("render", [render_html, render_markdown, render_json])
def test_rendering_is_a_pure_function(report, render):
    """The same report gives the same text, and rendering leaves the report as it was."""
    before = copy.deepcopy(report)
    assert render(report) == render(report)
    assert report == before


@pytest.mark.parametrize(
    ("value", "shown"),
    [("2550000000", "2,550,000,000"), ("57.60", "57.6"), ("0.0000000000", "0"), ("1E+9", "1,000,000,000"),
     ("100", "100"), (1204, "1,204"), (None, "—"), ("9.4.0", "9.4.0")],
)  # fmt: skip
def test_number(value, shown):
    """Numbers have thousands separators and no idle zeros; what is no number is shown as it is."""
    assert number(value) == shown


@pytest.mark.parametrize(
    ("lower", "upper", "shown"),
    [("57.55", "57.65", "57.55 – 57.65"), ("1000", None, "at least 1,000"), (None, "1000", "at most 1,000"),
     ("5", "5", "5"), (None, None, "—")],
)  # fmt: skip
def test_interval(lower, upper, shown):
    """An interval shows both ends, or in words the one that it has."""
    assert interval({"lower": lower, "upper": upper}) == shown


@pytest.mark.parametrize(
    ("stamp", "shown"),
    [("2026-11-24T01:02:03+00:00", "2026-11-24 01:02 UTC"), ("2026-11-24T09:02:03+08:00", "2026-11-24 01:02 UTC"),
     ("2026-11-24T01:02:03", "2026-11-24 01:02"), ("some day", "some day")],
)  # fmt: skip
def test_moment(stamp, shown):
    """A time is given in UTC where its zone is known, and is never guessed."""
    assert moment(stamp) == shown


@pytest.mark.parametrize(
    ("url", "link"),
    [("https://example.org/a?b=1&c=%20", "https://example.org/a?b=1&c=%20"),
     (" HTTP://example.org/新 ", "HTTP://example.org/%E6%96%B0"), ("https://example.org/(a)", "https://example.org/%28a%29"),
     ("javascript:alert(1)//https://example.org", None), ("data:text/html,x", None),
     ("ftp://example.org/a", None), ("//example.org", None),
     ("https://a b", None), ("", None), (None, None)],
)  # fmt: skip
def test_web_link(url, link):
    """Only an http or https address is a link, safe within an attribute and within Markdown's parentheses."""
    assert web_link(url) == link


@pytest.mark.parametrize(
    ("severities", "changed", "expected"),
    [
        (["error", "error", "warning"], {}, ("error", "2 errors and 1 warning to look at.")),
        (["warning", "info"], {}, ("warning", "1 warning to look at.")),
        (["info"], {}, ("ok", "Nothing is wrong: 312 checks passed, none failed.")),
        ([], {"checks_failed": 1}, ("warning", "1 check failed.")),
        ([], {"unreadable": 2}, ("warning", "No check failed, but 2 documents could not be read.")),
        ([], {"checks_not_evaluable": 1},
         ("ok", "Nothing is wrong: 312 checks passed, none failed. 1 check could not be evaluated.")),
        ([], {"checks_passed": 0, "checks_not_evaluable": 4},
         ("warning", "No check failed, but none passed. 4 checks could not be evaluated.")),
        ([], {"checks_passed": 0}, ("info", "There was nothing to check.")),
    ],
)  # fmt: skip
def test_verdict(clean, severities, changed, expected):
    """The verdict names the worst there is, and calls nothing right that was not checked."""
    findings = [{"severity": severity} for severity in severities]
    assert verdict(clean | {"summary": clean["summary"] | changed, "findings": findings}) == expected


def test_passages_keep_overlapping_quotes_apart():
    """Of two quotes that overlap the first is marked, and two numbers with the same quote share the mark."""
    wide, narrow = stated("748 million"), stated("48 million")
    [passage] = passages([wide, narrow, wide])
    assert passage["pieces"] == [
        ("Of 904 million users, ", []), ("748 million", [1, 3]),
        (" lived in cities and 2.55 billion in the country.", []),
    ]  # fmt: skip
