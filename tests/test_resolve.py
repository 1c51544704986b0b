"""What a sentence states, in sentences of our own: one construction a case."""

from typing import Any

import pytest

from bulletin.extract import extract
from bulletin.model import Document, Metadata, Observation
from bulletin.readers.text import blocks
from bulletin.resolve import resolve
from schemas.catalogue import Catalogue

UP, DOWN = ("change", "up"), ("change", "down")
GROWN = ("growth_rate", "up")
LEVEL, SHARE = ("level", None), ("share", None)


def facts(text: str, catalogue: Catalogue, language: str, published: str | None = "2023-03-02") -> list[Any]:
    metadata = Metadata(language=language, published=published, area="CN")
    document = Document(key="t", sha256="", metadata=metadata, text=text, blocks=tuple(blocks(text)))
    return list(resolve(extract(document, catalogue), catalogue).facts)


def brief(fact: Any) -> tuple[Any, ...]:
    if not isinstance(fact, Observation):
        return (fact.mention.quote, None)
    members = dict(fact.members)
    return (fact.mention.quote, fact.indicator, (fact.measure.value, fact.direction), members)


ENGLISH = [
    (
        "Mobile internet users grew by 36.36 million to 1.065 billion in 2022.",
        [("36.36 million", "internet_users", UP), ("1.065 billion", "internet_users", LEVEL)],
    ),
    (
        "Medical services online: users of online medical services rose by 64.66 million, or 21.7%.",
        [("64.66 million", "application_users", UP), ("21.7%", "application_users", GROWN)],
    ),
    (
        "Ride-hailing had 472 million users, up 8 percent, or 34.92 million, from December 2022.",
        [
            ("472 million", "application_users", LEVEL),
            ("8 percent", "application_users", GROWN),
            ("34.92 million", "application_users", UP),
        ],
    ),
    (
        "5G mobile phone users reached 561 million, up from 355 million at the end of 2021.",
        [("561 million", "mobile_subscriptions", LEVEL), ("355 million", "mobile_subscriptions", LEVEL)],
    ),
    (
        "Short video had 1.012 billion users (94.8%).",
        [("1.012 billion", "application_users", LEVEL), ("94.8%", "application_usage_rate", LEVEL)],
    ),
    (
        "By then 99.8 percent of netizens went online by mobile phone.",
        [("99.8 percent", "device_access_rate", LEVEL)],
    ),
    (
        "Internet penetration stood at 75.6%, 2.6 percentage points higher than in December 2021.",
        [("75.6%", "internet_penetration_rate", LEVEL), ("2.6 percentage points", "internet_penetration_rate", UP)],
    ),
    ("The growth rate of telecom business revenue was -5.2% in 2020.", [("-5.2%", "telecom_revenue", None)]),
]

CHINESE = [
    (
        "农村网民规模为3.08亿，占网民整体的28.9%。",
        [("3.08亿", "internet_users", LEVEL), ("28.9%", "internet_users", SHARE)],
    ),
    (
        "即时通信用户规模达10.38亿，占网民整体的97.2%。",
        [("10.38亿", "application_users", LEVEL), ("97.2%", "application_usage_rate", LEVEL)],
    ),
    (
        "人均每周上网时长为26.7个小时，较2021年12月减少1.8个小时。",
        [("26.7个小时", "weekly_online_hours", LEVEL), ("1.8个小时", "weekly_online_hours", DOWN)],
    ),
    (
        "全国移动通信基站总数达1083万个，全年净增87万个。",
        [("1083万个", "mobile_base_stations", LEVEL), ("87万个", "mobile_base_stations", UP)],
    ),
    ("網民規模近十一億。", [("十一億", "internet_users", LEVEL)]),
]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [*(("en", *case) for case in ENGLISH[:-1]), *(("zh", *case) for case in CHINESE)],
)
def test_construction(language: str, text: str, expected: list[tuple[Any, ...]], catalogue: Catalogue) -> None:
    """Each number of the sentence is what the words around it say that it is."""
    assert [brief(fact)[:3] for fact in facts(text, catalogue, language)] == expected


def test_minus_turns_growth_down(catalogue: Catalogue) -> None:
    """A growth rate with a minus goes down, and its value has no sign."""
    [fact] = facts(ENGLISH[-1][0], catalogue, "en")
    assert (fact.measure, fact.direction, fact.mention.value) == ("growth_rate", "down", fact.mention.value.copy_abs())


@pytest.mark.parametrize(
    ("language", "text", "members"),
    [
        (
            "en",
            "Internet penetration was 83.1% in urban areas and 61.9% in rural areas.",
            ["urban", "rural"],
        ),
        ("en", "There were 759 million urban and 308 million rural internet users.", ["urban", "rural"]),
        ("en", "In rural areas, internet penetration came to 61.9%.", ["rural"]),
        ("zh", "城镇网民和农村网民分别为7.59亿人和3.08亿人。", ["urban", "rural"]),
        ("zh", "互联网普及率城镇地区为83.1%，农村地区为61.9%。", ["urban", "rural"]),
    ],
)
def test_members_find_their_number(language: str, text: str, members: list[str], catalogue: Catalogue) -> None:
    """A member narrows the number that it stands with, in its phrase, behind it or in a list."""
    assert [dict(fact.members).get("residence") for fact in facts(text, catalogue, language)] == members


@pytest.mark.parametrize(
    ("language", "text", "reason"),
    [
        ("en", "5G signals reach 95% of administrative villages.", "another quantity"),
        (
            "en",
            "Internet penetration was 54.3%, or 4.6 percentage points above the world's average.",
            "comparison of two groups",
        ),
        ("zh", "每万人拥有5G基站数达22.78个。", "another quantity"),
        ("zh", "短视频应用占新增网民的37.3%。", "newcomers"),
    ],
)
def test_doubtful_number_stays_unresolved(language: str, text: str, reason: str, catalogue: Catalogue) -> None:
    """What only looks like an indicator of the catalogue is kept as unresolved, with the reason."""
    last = facts(text, catalogue, language)[-1]
    assert not isinstance(last, Observation)
    assert reason in last.reason


@pytest.mark.parametrize(
    ("language", "text", "period", "base"),
    [
        ("en", "By the end of June 2022 there were 1.051 billion netizens.", "2022-06", None),
        ("en", "In Q1 telecom business revenue grew 9.3% year-on-year.", "2022-Q1", "2021-Q1"),
        ("zh", "截至6月末，网民规模达10.51亿，较上年末增长1919万。", "2022-06", None),
        ("zh", "网民规模为10.51亿，较2021年12月增长1919万。", "2022-08", None),
    ],
)
def test_period(language: str, text: str, period: str, base: str | None, catalogue: Catalogue) -> None:
    """The period is the one named, its year settled by the date of release; else the month of release."""
    first = facts(text, catalogue, language, published="2022-08-31")[0]
    assert (first.period, first.base_period) == (period, base)


def test_base_period_is_read(catalogue: Catalogue) -> None:
    """A difference carries the period that it is from."""
    bases = {
        "网民规模为10.51亿，较2021年12月增长1919万。": "2021-12",
        "截至6月末，网民规模达10.51亿，较上年末增长1919万。": "2021-12",
        "2022年6月，网民规模同比增长4.0%。": "2021-06",
    }
    for text, base in bases.items():
        assert facts(text, catalogue, "zh", published="2022-08-31")[-1].base_period == base


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "In December 2021 there were 3-5 million internet users."), ("zh", "2021年12月网民为300-500万人。")],
)
def test_range_keeps_both_ends(language: str, text: str, catalogue: Catalogue) -> None:
    """A range is two facts, at least the one and at most the other, never their mean."""
    low, high = facts(text, catalogue, language)
    assert (low.mention.value, low.mention.bound, low.indicator) == (3_000_000, "more_than", "internet_users")
    assert (high.mention.value, high.mention.bound, high.indicator) == (5_000_000, "less_than", "internet_users")


def test_range_keeps_its_currency(catalogue: Catalogue) -> None:
    """The sign before the lower end is that of both ends."""
    low, high = facts("In 2021 the fund gave $3-5 million.", catalogue, "en")
    assert [(fact.mention.quote, fact.mention.unit) for fact in (low, high)] == [("$3", "usd"), ("5 million", "usd")]
