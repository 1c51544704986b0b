"""The layouts of tables that statistical reports print, each in English and Chinese: what every format is written from.

A layout is a function that says the table once, with both wordings; `grids()` returns all, `held_back()` says which
layouts no rule was made on.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence

from tests.tables.cells import Row, Say, head, names, plain, value
from tests.tables.figures import change, growth, level, share
from tests.tables.grid import Grid, GridCell

Layout = Callable[[Say], Grid]
_LAYOUTS: dict[str, Layout] = {}
"""By name: the tests' collection of doctests imports these modules a second time."""
LANGUAGES = ("en", "zh")
TEN_THOUSAND, MILLION, HUNDRED_MILLION = 10_000, 1_000_000, 100_000_000
HALF_YEARS = ("2022-12", "2023-06", "2023-12")
RESIDENCE = ("residence=urban", "residence=rural")
APPS = (
    "application=instant_messaging",
    "application=short_video",
    "application=online_payment",
    "application=ride_hailing",
    "application=online_medical",
)


def grids() -> tuple[Grid, ...]:
    """Return every layout in every language."""
    _load()
    return tuple(layout(Say(language)) for layout in _LAYOUTS.values() for language in LANGUAGES)


def held_back(grid: Grid) -> bool:
    """Return whether the grid's layout is of the third that is looked at for scores only, by the hash of its name."""
    name = grid.id.rpartition("-")[0]
    return int(hashlib.md5(name.encode()).hexdigest(), 16) % 3 == 0


def _load() -> None:
    from tests.tables import layouts_more, layouts_telecom  # noqa: F401


def layout(function: Layout) -> Layout:
    """Add the function to the layouts."""
    _LAYOUTS.setdefault(function.__name__, function)
    return function


def grid(say: Say, name: str, title: tuple[str, str], rows: Sequence[Row], **about: object) -> Grid:
    """Return the grid of these rows, filled up to the width of the widest."""
    width = max(len(row) for row in rows)
    filled = tuple(tuple(row) + (None,) * (width - len(row)) for row in rows)
    about.setdefault("published", "2024-03-22")
    identity = f"{name}-{say.language}"
    return Grid(id=identity, language=say.language, title=say(*title), rows=filled, **about)  # type: ignore[arg-type]


def months(say: Say) -> Iterator[GridCell]:
    """Yield December 2022, June 2023 and December 2023 as headers."""
    for words in (("December 2022", "2022年12月"), ("June 2023", "2023年6月"), ("December 2023", "2023年12月")):
        yield head(say(*words))


@layout
def years_by_indicators(say: Say) -> Grid:
    """Indicators with their units at the left, months on top."""
    rows: list[Row] = [[head(say("Indicator", "指标")), *months(say)]]
    for words, factor, places, indicator in (
        (("Internet users (10,000)", "网民规模（万人）"), TEN_THOUSAND, 0, "internet_users"),
        (("Internet penetration rate (%)", "互联网普及率（%）"), 1, 1, "internet_penetration_rate"),
        (("Domain names (million)", "域名数（万个）"), say(MILLION, TEN_THOUSAND), say(2, 0), "domain_names"),
    ):
        rows.append([plain(say(*words)), *(value(level(indicator, p), factor, places) for p in HALF_YEARS)])
    return grid(say, "years-by-indicators", ("Basic figures on internet development", "互联网发展主要指标"), rows)


@layout
def month_spanner(say: Say) -> Grid:
    """A year spans its months."""
    rows: list[Row] = [
        [
            head(say("Group", "类别"), rows=2),
            head(say("2022", "2022年"), columns=2),
            None,
            head(say("2023", "2023年"), columns=2),
        ],
        [
            None,
            *(head(say(*words)) for _ in range(2) for words in (("June", "6月"), ("December", "12月"))),
        ],
    ]
    for member, words in (
        ("", ("All internet users", "网民总数")),
        ("residence=urban", ("Urban internet users", "城镇网民")),
        ("residence=rural", ("Rural internet users", "农村网民")),
    ):
        periods = ("2022-06", *HALF_YEARS)
        cells = (value(level("internet_users", p, member), TEN_THOUSAND, 0) for p in periods)
        rows.append([plain(say(*words)), *cells])
    unit = say("Unit: 10,000 persons", "单位：万人")
    return grid(say, "month-spanner", ("Internet users by residence", "城乡网民规模"), rows, unit_line=unit, head=2)


@layout
def indicator_spanner(say: Say) -> Grid:
    """Two indicators with their units span the same months; applications at the left."""
    rows: list[Row] = [
        [
            head(say("Application", "应用类型"), rows=2),
            head(say("Users (10,000)", "用户规模（万人）"), columns=2),
            None,
            head(say("Usage rate (%)", "使用率（%）"), columns=2),
        ],
        [None, *(cell for _ in range(2) for cell in (head("2022-12"), head("2023-12")))],
    ]
    for app in APPS:
        users = (value(level("application_users", p, app), TEN_THOUSAND, 0) for p in ("2022-12", "2023-12"))
        rates = (value(level("application_usage_rate", p, app), 1, 1) for p in ("2022-12", "2023-12"))
        rows.append([plain(names(say, app)), *users, *rates])
    title = ("Users and usage rates of internet applications", "各类互联网应用用户规模和使用率")
    return grid(say, "indicator-spanner", title, rows, head=2)


@layout
def growth_columns(say: Say) -> Grid:
    """The level and its growth, falls with a minus in some rows and in parentheses in others."""
    rows: list[Row] = [
        [
            head(say("Item", "项目")),
            head(say("End of 2023 (10,000)", "2023年末（万个）")),
            head(say("Y/Y %", "同比增长（%）")),
        ]
    ]
    for indicator, member, words, style in (
        ("domain_names", "", ("Domain names", "域名"), "minus"),
        ("domain_names", "tld=cn", (".CN domain names", ".CN域名"), "minus"),
        ("websites", "", ("Websites", "网站"), "parentheses"),
        ("ipv4_addresses", "", ("IPv4 addresses", "IPv4地址"), "minus"),
    ):
        total = value(level(indicator, "2023-12", member), TEN_THOUSAND, 2)
        rate = value(growth(indicator, "2023-12", "2022-12", member), 1, 1, signed=style)
        rows.append([plain(say(*words)), total, rate])
    return grid(say, "growth-columns", ("Internet resources", "互联网基础资源"), rows)


@layout
def transposed(say: Say) -> Grid:
    """Periods at the left, indicators on top, their units in a row of their own."""
    rows: list[Row] = [
        [
            head(say("Period", "时间")),
            head(say("Internet users", "网民规模")),
            head(say("Internet penetration", "互联网普及率")),
            head(say("Weekly hours online", "人均每周上网时长")),
        ],
        [None, head(say("10,000 persons", "万人")), head("%"), head(say("hours", "小时"))],
    ]
    for period in HALF_YEARS:
        label = say(period, f"{period[:4]}年{int(period[5:])}月")
        rows.append(
            [
                plain(label),
                value(level("internet_users", period), TEN_THOUSAND, 0),
                value(level("internet_penetration_rate", period), 1, 1),
                value(level("weekly_online_hours", period), 1, 1),
            ]
        )
    title = ("Internet use at the end of each half-year", "各半年末互联网使用情况")
    return grid(say, "transposed", title, rows, head=2)


@layout
def members_in_stub(say: Say) -> Grid:
    """The whole, its parts set in below it."""
    rows: list[Row] = [[head(""), *months(say)]]
    parts = (("residence=urban", ("Urban", "城镇")), ("residence=rural", ("Rural", "农村")))
    for indicator, words, factor, places in (
        ("internet_users", ("Internet users (million)", "网民规模（万人）"), say(MILLION, TEN_THOUSAND), say(2, 0)),
        ("internet_penetration_rate", ("Internet penetration rate (%)", "互联网普及率（%）"), 1, 1),
    ):
        cells = [value(level(indicator, p), factor, places) for p in HALF_YEARS]
        rows.append([plain(say(*words)), *cells])
        for member, label in parts:
            cells = [value(level(indicator, p, member), factor, places) for p in HALF_YEARS]
            rows.append([plain(say(*label), indent=1), *cells])
    return grid(say, "members-in-stub", ("Internet users and penetration", "网民规模与互联网普及率"), rows)


@layout
def provinces(say: Say) -> Grid:
    """Provinces at the left."""
    rows: list[Row] = [
        [
            head(say("Province or municipality", "省（区、市）")),
            head(say("Internet users (10,000)", "网民数（万人）")),
            head(say("Internet penetration rate", "互联网普及率")),
        ]
    ]
    for area, words in (
        ("Beijing", ("Beijing", "北京")),
        ("Hebei", ("Hebei", "河北")),
        ("Jiangsu", ("Jiangsu", "江苏省")),
        ("Guangdong", ("Guangdong", "广东")),
        ("Guizhou", ("Guizhou", "贵州省")),
    ):
        users = value(level("internet_users", "2023-12", area=area), TEN_THOUSAND, 0)
        rate = value(level("internet_penetration_rate", "2023-12", area=area), 1, 1, suffix="%")
        rows.append([plain(say(*words)), users, rate])
    title = ("Internet users by province, December 2023", "2023年12月分省网民规模及互联网普及率")
    return grid(say, "provinces", title, rows)


@layout
def countries(say: Say) -> Grid:
    """Countries at the left, what is measured and when in the caption."""
    rows: list[Row] = [[head(say("Economy", "国家和地区")), head(say("Per cent", "百分比"))]]
    for area, words in (
        ("JP", ("Japan", "日本")),
        ("IN", ("India", "印度")),
        ("US", ("United States", "美国")),
        ("GB", ("United Kingdom", "英国")),
        ("WORLD", ("World", "世界")),
    ):
        rows.append([plain(say(*words)), value(level("internet_penetration_rate", "2023", area=area), 1, 1)])
    return grid(say, "countries", ("Internet penetration rate (%), 2023", "2023年互联网普及率（%）"), rows)


@layout
def units_in_caption(say: Say) -> Grid:
    """The caption names several units, which the kind of number has to be matched with."""
    rows: list[Row] = [[head(say("Measure", "项目")), *months(say)]]
    for indicator, words, factor, places in (
        ("internet_users", ("Internet users", "网民规模"), say(MILLION, TEN_THOUSAND), say(2, 0)),
        ("internet_penetration_rate", ("Internet penetration rate", "互联网普及率"), 1, 1),
    ):
        facts = [level(indicator, p) for p in ("2022-12", "2023-06", "2023-12")]
        rows.append([plain(say(*words)), *(value(fact, factor, places) for fact in facts)])
    title = ("Users and penetration (million persons, %)", "网民规模和普及率（单位：万人、%）")
    return grid(say, "units-in-caption", title, rows)


@layout
def merged_stub(say: Say) -> Grid:
    """An indicator stands once beside all its members."""
    rows: list[Row] = [[head(say("Indicator", "指标")), head(say("Area", "地区")), *months(say)]]
    for indicator, words, factor, places in (
        ("internet_users", ("Internet users (10,000)", "网民规模（万人）"), TEN_THOUSAND, 0),
        ("internet_penetration_rate", ("Penetration rate (%)", "普及率（%）"), 1, 1),
    ):
        for at, (member, label) in enumerate(
            (("", ("Total", "合计")), ("residence=urban", ("Urban", "城镇")), ("residence=rural", ("Rural", "农村")))
        ):
            first = plain(say(*words), rows=3) if at == 0 else None
            cells = (value(level(indicator, p, member), factor, places) for p in HALF_YEARS)
            rows.append([first, plain(say(*label)), *cells])
    return grid(say, "merged-stub", ("Internet use by residence", "分城乡互联网使用情况"), rows)


@layout
def section_rows(say: Say) -> Grid:
    """A line over some rows says whom they are about."""
    rows: list[Row] = [[head(say("Indicator", "指标")), head("2022.12"), head("2023.12")]]
    for member, label in (
        ("residence=urban", ("Urban areas", "城镇地区")),
        ("residence=rural", ("Rural areas", "农村地区")),
    ):
        rows.append([plain(say(*label))])
        for indicator, words, factor, places in (
            ("internet_users", ("Internet users (10,000)", "网民规模（万人）"), TEN_THOUSAND, 0),
            ("internet_penetration_rate", ("Internet penetration rate (%)", "互联网普及率（%）"), 1, 1),
        ):
            cells = (value(level(indicator, p, member), factor, places) for p in ("2022-12", "2023-12"))
            rows.append([plain(say(*words)), *cells])
    return grid(say, "section-rows", ("Internet use in town and country", "城乡互联网使用情况"), rows)


@layout
def age_structure(say: Say) -> Grid:
    """Shares of all users by age."""
    rows: list[Row] = [
        [head(say("Age group", "年龄")), head(say("Share of internet users (%)", "占网民比例（%）"))],
    ]
    for member, words, printed in (
        ("age=10_19", ("10-19 years old", "10-19岁"), "14.7"),
        ("age=20_29", ("20-29 years old", "20-29岁"), "13.7"),
        ("age=60_plus", ("60 and above", "60岁及以上"), "15.6"),
    ):
        rows.append([plain(say(*words)), value(share("internet_users", "2023-12", member, printed), 1, 1)])
    before = say("The table shows the age structure of internet users.", "下表为网民年龄结构。")
    title = ("Age structure of internet users, December 2023", "2023年12月网民年龄结构")
    return grid(say, "age-structure", title, rows, before=before)


@layout
def changes(say: Say) -> Grid:
    """Changes beside the levels, absolute and relative."""
    rows: list[Row] = [
        [
            head(say("Indicator", "指标")),
            head(say("Dec 2023 (10,000)", "2023年12月（万人）")),
            head(say("Change from Dec 2022 (10,000)", "较2022年12月增长（万人）")),
            head(say("Growth rate", "增长率")),
        ]
    ]
    for member, words in (
        ("", ("Internet users", "网民规模")),
        ("residence=urban", ("Urban internet users", "城镇网民规模")),
        ("residence=rural", ("Rural internet users", "农村网民规模")),
        ("device=mobile", ("Mobile internet users", "手机网民规模")),
    ):
        rows.append(
            [
                plain(say(*words)),
                value(level("internet_users", "2023-12", member), TEN_THOUSAND, 0),
                value(change("internet_users", "2023-12", "2022-12", member), TEN_THOUSAND, 0, signed="minus"),
                value(growth("internet_users", "2023-12", "2022-12", member), 1, 1, suffix="%", signed="minus"),
            ]
        )
    return grid(say, "changes", ("How the number of users changed", "网民规模变化情况"), rows)
