"""The contracts at the gate: a good row passes, a bad one is kept, marked and explained."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bulletin.check import Checked, check
from bulletin.model import Document, Mention, Metadata, Observation, Resolved, Unresolved
from schemas.catalogue import Catalogue
from schemas.concepts import Bound, Direction, Measure, Severity

MENTION = Mention(
    quote="1.032 billion",
    start=10,
    end=23,
    value=Decimal(1_032_000_000),
    decimals=3,
    half_unit=Decimal(500_000),
    unit=None,
)
LEVEL = Observation(
    mention=MENTION,
    indicator="internet_users",
    members=(("residence", "rural"),),
    unit="person",
    measure=Measure.LEVEL,
    direction=None,
    area="CN",
    period="2021-12",
)
CHANGE = replace(LEVEL, measure=Measure.CHANGE, direction=Direction.UP, base_period="2020-12", members=())
DOCUMENT = Document(key="in/a.txt", sha256="0" * 64, metadata=Metadata(), text="1.032 billion")


def number(quote: str, value: int) -> Mention:
    """Return a mention that is printed in whole millions."""
    return replace(MENTION, quote=quote, value=Decimal(value), half_unit=Decimal(500_000))


def checked(*facts: Observation | Unresolved, catalogue: Catalogue, document: Document = DOCUMENT) -> Checked:
    """Return what the gate makes of a document of these facts."""
    return check([Resolved(document, facts)], catalogue)


@pytest.mark.parametrize(
    "fact",
    [
        LEVEL,
        CHANGE,
        replace(CHANGE, direction=Direction.DOWN, base_period=None),
        replace(CHANGE, measure=Measure.GROWTH_RATE, unit="percent", period="2022-H1", base_period="2021-H1"),
        replace(CHANGE, period="2020-01/2020-05", base_period="2019-01/2019-05"),
        replace(CHANGE, period="2022-Q1", base_period="2021-12"),
        replace(
            LEVEL,
            measure=Measure.SHARE,
            unit="percent",
            mention=replace(MENTION, value=Decimal(27), half_unit=Decimal(1)),
        ),
        replace(LEVEL, period="2021", area="Hong Kong", members=()),
        replace(LEVEL, mention=replace(MENTION, bound=Bound.MORE_THAN)),
        replace(LEVEL, mention=replace(MENTION, value=Decimal(0), half_unit=Decimal("0.5"), unit="person")),
        replace(LEVEL, mention=replace(MENTION, start=0, end=1, address="table 1, row 2, column 3")),
    ],
)
def test_a_good_row_is_accepted(fact: Observation, catalogue: Catalogue) -> None:
    """A fact that keeps the contracts of its stages is accepted and nothing is said."""
    found = checked(fact, catalogue=catalogue)
    assert found.issues == ()
    assert found.facts["status"].tolist() == ["accepted"]


BAD_MENTIONS: dict[str, dict[str, Any]] = {
    "mention: quote is '', allowed is str_length(1, 500)": {"quote": ""},
    "allowed is str_length(1, 500)": {"quote": "5" * 501},
    "mention: start is -1, allowed is greater_than_or_equal_to(0)": {"start": -1},
    "quote_has_a_length": {"start": 23},
    "mention: a value is never negative": {"value": Decimal(-5)},
    "mention: decimals is 11, allowed is in_range(0, 10)": {"decimals": 11},
    "mention: decimals is -1, allowed is in_range(0, 10)": {"decimals": -1},
    "mention: mention_unit is 'parsec', allowed is isin(": {"unit": "parsec"},
    "lies outside its own interval": {"half_unit": Decimal(-1)},
}
BAD_OBSERVATIONS: dict[str, dict[str, Any]] = {
    "observation: indicator is 'happiness', allowed is isin(": {"indicator": "happiness"},
    "observation: unit is 'parsec', allowed is isin(": {"unit": "parsec"},
    "observation: residence is 'moon', allowed is isin(": {"members": (("residence", "moon"),)},
    "observation: area is '', allowed is str_length(1, 100)": {"area": ""},
    "neither the text nor its sidecar says when it holds: give the sidecar `published: ": {"period": None},
    "observation: period is '2021-13', allowed is str_matches(": {"period": "2021-13"},
    "observation: period is '21', allowed is str_matches(": {"period": "21"},
    "observation: period is '2021-Q5', allowed is str_matches(": {"period": "2021-Q5"},
    "observation: period is '2021-12 ', allowed is str_matches(": {"period": "2021-12 "},
    "a change needs a direction and a level has none": {"direction": Direction.UP},
}
BAD_CHANGES: dict[str, dict[str, Any]] = {
    "a change needs a direction and a level has none": {"direction": None},
    "it is compared with a period that is not earlier": {"base_period": "2021-12"},
    "compared with a period that is not earlier": {"base_period": "2022-06"},
    "observation: base_period is 'last year', allowed is str_matches(": {"base_period": "last year", "period": None},
}
BAD = [
    *(
        pytest.param(replace(LEVEL, mention=replace(MENTION, **bad)), said, id=said)
        for said, bad in BAD_MENTIONS.items()
    ),
    *(pytest.param(replace(LEVEL, **bad), said, id=said) for said, bad in BAD_OBSERVATIONS.items()),
    *(pytest.param(replace(CHANGE, **bad), said, id=f"change: {said}") for said, bad in BAD_CHANGES.items()),
]


@pytest.mark.parametrize(("fact", "said"), BAD)
def test_a_bad_row_is_quarantined(fact: Observation, said: str, catalogue: Catalogue) -> None:
    """A fact that breaks a contract is kept and marked, and an issue names its quote, its row and what is wrong."""
    good = replace(CHANGE, period="2019-12", base_period="2018-12")
    found = checked(good, fact, good, catalogue=catalogue)
    assert found.facts["status"].tolist() == ["accepted", "quarantined", "accepted"]
    assert found.facts["quote"].tolist() == [MENTION.quote, fact.mention.quote, MENTION.quote]
    assert {(issue.rule, issue.severity, issue.document, issue.rows) for issue in found.issues} == {
        ("contract", Severity.ERROR, "in/a.txt", (1,))
    }
    assert all(repr(fact.mention.quote) in issue.message for issue in found.issues)
    assert any(said in issue.message for issue in found.issues)


def test_every_broken_check_is_told_once(catalogue: Catalogue) -> None:
    """A row that breaks two checks has two issues, and each is told once."""
    fact = replace(LEVEL, indicator="happiness", direction=Direction.UP)
    found = checked(fact, replace(LEVEL, area=""), catalogue=catalogue)
    assert sorted(issue.rows for issue in found.issues) == [(0,), (0,), (1,)]
    assert len({issue.message for issue in found.issues}) == 3


def test_rules_do_not_see_a_bad_row(catalogue: Catalogue) -> None:
    """A fact that breaks a contract is compared with nothing: it cannot drag a good one into quarantine."""
    whole = replace(LEVEL, members=())
    part = replace(LEVEL, mention=replace(MENTION, value=Decimal(2_550_000_000), decimals=11))
    found = checked(whole, part, catalogue=catalogue)
    assert found.facts["status"].tolist() == ["accepted", "quarantined"]
    assert [issue.rule for issue in found.issues] == ["contract"]


def test_a_tie_quarantines_all_its_numbers(catalogue: Catalogue) -> None:
    """Of two facts that cannot both be true, and of which nothing says which is wrong, both are kept and marked."""
    whole = replace(LEVEL, members=())
    part = replace(LEVEL, mention=replace(MENTION, quote="2.55 billion", value=Decimal(2_550_000_000)))
    other = replace(LEVEL, period="2020-12")
    found = checked(whole, part, other, catalogue=catalogue)
    assert found.facts["status"].tolist() == ["quarantined", "quarantined", "accepted"]
    (issue,) = found.issues
    assert (issue.rule, issue.severity, set(issue.rows)) == ("part_whole", Severity.ERROR, {0, 1})
    assert "2.55 billion" in issue.message
    assert set(issue.suspects) == {(0,), (1,)}
    assert (found.counts["part_whole"].failed, found.counts["part_whole"].passed) == (1, 0)


def test_a_broken_rule_quarantines_the_suspect_alone(catalogue: Catalogue) -> None:
    """A number that breaks what others confirm is kept and marked; those it was compared with stay accepted."""
    whole = replace(LEVEL, members=(), mention=number("904 million", 904_000_000))
    urban = replace(LEVEL, members=(("residence", "urban"),), mention=number("649 million", 649_000_000))
    rural = replace(LEVEL, mention=number("2,550 million", 2_550_000_000))
    again = replace(rural, mention=number("255 million", 255_000_000))
    found = checked(whole, urban, rural, again, catalogue=catalogue)
    assert found.facts["status"].tolist() == ["accepted", "accepted", "quarantined", "accepted"]
    assert {issue.rule for issue in found.issues} == {"same_fact", "part_whole", "parts_sum"}
    assert {issue.suspects for issue in found.issues} == {((2,),)}
    assert {(issue.repairs[0].row, issue.repairs[0].value) for issue in found.issues} == {(2, Decimal(255_000_000))}


def test_a_warning_quarantines_nothing(catalogue: Catalogue) -> None:
    """What only a warning speaks against stays accepted, with the finding beside it."""
    uses = replace(LEVEL, indicator="gov_service_uses", unit="person_time", members=(("platform", "national"),))
    fewer = replace(uses, period="2022-12", mention=number("932 million", 932_000_000))
    found = checked(uses, fewer, catalogue=catalogue)
    assert found.facts["status"].tolist() == ["accepted", "accepted"]
    assert [(issue.rule, issue.severity) for issue in found.issues] == [("monotone", Severity.WARNING)]


def test_an_unresolved_number_stays_what_it_is(catalogue: Catalogue) -> None:
    """A number that nothing claims is kept with its reason; a broken contract is told, and its status stays."""
    plain = Unresolved(mention=MENTION, reason="nothing claims it", candidates=("websites", "domain_names"), area="CN")
    bad = replace(plain, mention=replace(MENTION, decimals=11))
    found = checked(LEVEL, plain, bad, catalogue=catalogue)
    assert found.facts["status"].tolist() == ["accepted", "unresolved", "unresolved"]
    assert found.facts["reason"].tolist()[1:] == ["nothing claims it", "nothing claims it"]
    assert found.facts["candidates"].tolist()[1] == "websites, domain_names"
    assert [issue.rows for issue in found.issues] == [(2,)]


def test_values_stay_exact(catalogue: Catalogue) -> None:
    """The value and both ends of its interval reach the frame to the last digit."""
    mention = replace(MENTION, value=Decimal("142300000000000000000.1"), half_unit=Decimal("0.05"))
    found = checked(replace(LEVEL, mention=mention), catalogue=catalogue)
    assert found.facts.at[0, "value"] == Decimal("142300000000000000000.1")
    assert found.facts.at[0, "lower"] == Decimal("142300000000000000000.05")
    assert found.facts.at[0, "upper"] == Decimal("142300000000000000000.15")


def test_an_open_end_is_no_value(catalogue: Catalogue) -> None:
    """An interval without an upper end has none in the frame either."""
    found = checked(replace(LEVEL, mention=replace(MENTION, bound=Bound.MORE_THAN)), catalogue=catalogue)
    assert found.facts["upper"].isna().tolist() == [True]
    assert found.facts.at[0, "lower"] == MENTION.value


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (replace(DOCUMENT, sha256="f" * 63), "sha256 is"),
        (replace(DOCUMENT, key=""), "key is ''"),
        (replace(DOCUMENT, metadata=Metadata(published="soon")), "published is 'soon'"),
        (replace(DOCUMENT, metadata=Metadata(language="English")), "language is 'English'"),
    ],
)
def test_a_bad_document(document: Document, said: str, catalogue: Catalogue) -> None:
    """A document that breaks its contract is an issue of its own, and its facts are kept."""
    found = checked(LEVEL, catalogue=catalogue, document=document)
    assert found.facts["status"].tolist() == ["accepted"]
    (issue,) = found.issues
    assert (issue.rule, issue.severity, issue.document) == ("contract", Severity.ERROR, document.key)
    assert said in issue.message


def test_the_reader_s_notes_are_issues(catalogue: Catalogue) -> None:
    """What the reader noted of a document is a warning."""
    found = checked(LEVEL, catalogue=catalogue, document=replace(DOCUMENT, notes=(("sidecar", "Unknown fields."),)))
    (issue,) = found.issues
    assert (issue.rule, issue.severity, issue.message) == ("sidecar", Severity.WARNING, "Unknown fields.")


@pytest.mark.parametrize("facts", [(), (Unresolved(mention=MENTION, reason="nothing claims it"),)])
def test_a_document_that_yields_nothing(facts: tuple[Unresolved, ...], catalogue: Catalogue) -> None:
    """A document in which no fact was found is told, since an empty frame keeps every contract."""
    (issue,) = checked(*facts, catalogue=catalogue).issues
    assert (issue.rule, issue.severity, issue.document) == ("yields_nothing", Severity.WARNING, "in/a.txt")
    assert f"({len(facts)} numbers, none resolved)" in issue.message


def test_no_documents(catalogue: Catalogue) -> None:
    """Of nothing there is nothing to say."""
    found = check([], catalogue)
    assert (found.documents, len(found.facts), found.issues) == ((), 0, ())


def test_facts_of_two_documents(catalogue: Catalogue) -> None:
    """Rows are numbered over all documents, and an issue names the document that its row stands in."""
    second = replace(DOCUMENT, key="in/b.txt")
    found = check([Resolved(DOCUMENT, (LEVEL,)), Resolved(second, (replace(LEVEL, area=""),))], catalogue)
    assert found.facts["document"].tolist() == ["in/a.txt", "in/b.txt"]
    assert found.facts["position"].tolist() == [0, 0]
    assert [(issue.document, issue.rows) for issue in found.issues] == [("in/b.txt", (1,))]
