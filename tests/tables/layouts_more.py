"""More layouts: marks and notes, missing values, ranks, blocks side by side, several tables in one, doubtful rows."""

from tests.tables.cells import Row, Say, head, names, plain, value
from tests.tables.figures import change, growth, level, share
from tests.tables.grid import Grid
from tests.tables.layouts import APPS, HALF_YEARS, MILLION, RESIDENCE, TEN_THOUSAND, grid, layout, months


@layout
def footnote_marks(say: Say) -> Grid:
    """Marks of notes in header, stub and value cells."""
    rows: list[Row] = [
        [
            head(say("Device", "上网设备")),
            head(say("Share going online with it (%)", "上网使用率（%）"), mark="1"),
        ]
    ]
    for at, device in enumerate(("device=mobile", "device=desktop", "device=laptop", "device=tv")):
        cell = value(level("device_access_rate", "2023-06", device), 1, 1, mark="3" if at == 2 else "")
        rows.append([plain(names(say, device), mark="2" if at == 0 else ""), cell])
    notes = (
        say("1 Several answers were possible.", "1 可多选。"),
        say("2 Feature phones are left out.", "2 不含功能手机。"),
        say("3 Revised.", "3 修订数。"),
        say("Source: household survey", "资料来源：住户调查"),
    )
    title = ("Devices used to go online, June 2023", "2023年6月网民上网设备使用率")
    return grid(say, "footnote-marks", title, rows, notes=notes)


@layout
def missing_marks(say: Say) -> Grid:
    """Signs where there is no value."""
    rows: list[Row] = [[head(say("Application", "应用")), *months(say)]]
    absent = say(("n.a.", "–", "…", ".."), ("-", "—", "…", "--"))
    for at, app in enumerate(APPS[:4]):
        cells = [value(level("application_users", p, app), TEN_THOUSAND, 0) for p in HALF_YEARS]
        cells[at % 3] = plain(absent[at])
        rows.append([plain(names(say, app)), *cells])
    unit = say("Unit: 10,000 persons", "（单位：万人）")
    title = ("Users of internet applications", "互联网应用用户规模")
    return grid(say, "missing-marks", title, rows, unit_line=unit)


@layout
def own_units(say: Say) -> Grid:
    """Cells that print their own scale and unit."""
    rows: list[Row] = [[head(say("Indicator", "指标")), head(say("June 2023", "2023年6月"))]]
    users = level("internet_users", "2023-06")
    hundred = value(users, say(MILLION, 100_000_000), say(2, 4), suffix=say(" million", "亿人"))
    rows.append([plain(say("Internet users", "网民规模")), hundred])
    rate = value(level("internet_penetration_rate", "2023-06"), 1, 1, suffix="%")
    rows.append([plain(say("Internet penetration rate", "互联网普及率")), rate])
    hours = value(level("weekly_online_hours", "2023-06"), 1, 1, suffix=say(" hours", "个小时"))
    rows.append([plain(say("Weekly time online", "人均每周上网时长")), hours])
    stations = level("mobile_base_stations", "2023-06", "technology=5g")
    cell = value(
        stations,
        say(MILLION, TEN_THOUSAND),
        say(3, 1),
        prefix=say("about ", "约"),
        suffix=say(" million", "万个"),
    )
    rows.append([plain(say("5G base stations", "5G基站")), cell])
    return grid(say, "own-units", ("The half-year at a glance", "半年数据一览"), rows)


@layout
def of_which(say: Say) -> Grid:
    """Parts of the row above, named as such."""
    rows: list[Row] = [[head(say("Indicator", "指标")), head("2022"), head("2023")]]
    for indicator, member, words in (
        ("online_retail_sales", "", ("Online retail sales", "网上零售额")),
        ("online_retail_sales", "goods=physical", ("of which: physical goods", "其中：实物商品")),
        ("telecom_revenue", "", ("Telecommunications revenue", "电信业务收入")),
    ):
        cells = (value(level(indicator, p, member), 100_000_000, 1) for p in ("2022", "2023"))
        rows.append([plain(say(*words), indent=1 if member else 0), *cells])
    unit = say("Unit: 100 million yuan", "单位：亿元")
    return grid(say, "of-which", ("Digital markets", "数字市场规模"), rows, unit_line=unit)


@layout
def rank_column(say: Say) -> Grid:
    """A running number before each row."""
    rows: list[Row] = [
        [
            head(say("No.", "序号")),
            head(say("Application", "应用")),
            head(say("Users (million)", "用户规模（万人）")),
            head(say("Usage rate", "使用率")),
        ]
    ]
    for number, app in enumerate(APPS, start=1):
        users = value(level("application_users", "2023-12", app), say(MILLION, TEN_THOUSAND), say(2, 0))
        rate = value(level("application_usage_rate", "2023-12", app), 1, 1, suffix="%")
        rows.append([plain(str(number)), plain(names(say, app)), users, rate])
    heading = say("Applications at the end of December 2023", "2023年12月各类应用")
    return grid(say, "rank-column", ("Most used applications", "用户规模较大的应用"), rows, heading=heading)


@layout
def side_by_side(say: Say) -> Grid:
    """Two blocks with the same headers stand next to each other."""
    block = [head(say("Province", "地区")), head(say("Internet users (10,000)", "网民规模（万人）"))]
    rows: list[Row] = [[*block, *block]]
    left = (("Beijing", "北京"), ("Hebei", "河北"), ("Jiangsu", "江苏"))
    right = (("Guangdong", "广东"), ("Sichuan", "四川"), ("Guizhou", "贵州"))
    for pair in zip(left, right, strict=True):
        row: list[object] = []
        for words in pair:
            fact = level("internet_users", "2023-12", area=words[0])
            row += [plain(say(*words)), value(fact, TEN_THOUSAND, 0, grouped=say(" ", ""))]
        rows.append(row)  # type: ignore[arg-type]
    title = ("Internet users in six provinces, end of 2023", "2023年末六省市网民规模")
    about = {"published": "2024-02-01"}
    return grid(say, "side-by-side", title, rows, **about)


@layout
def total_row(say: Say) -> Grid:
    """The whole stands last."""
    rows: list[Row] = [[head(say("Sex", "性别")), head(say("Dec. 2022", "2022.12")), head(say("Dec. 2023", "2023.12"))]]
    for member, words in (("sex=male", ("Male", "男性")), ("sex=female", ("Female", "女性")), ("", ("Total", "合计"))):
        cells = (value(level("internet_users", p, member), MILLION, 2) for p in ("2022-12", "2023-12"))
        rows.append([plain(say(*words)), *cells])
    unit = say("(million)", "单位：百万人")
    return grid(say, "total-row", ("Internet users by sex", "网民性别结构"), rows, unit_line=unit)


@layout
def application_table(say: Say) -> Grid:
    """Users and usage rates of two dates, and the growth between them, as the surveys of internet use print them."""
    spanned = (head(say("Users (10,000)", "用户规模（万人）")), head(say("Usage rate", "网民使用率")))
    rows: list[Row] = [
        [
            head(say("Application", "应用"), rows=2),
            head(say("2022.12", "2022.12"), columns=2),
            None,
            head(say("2023.12", "2023.12"), columns=2),
            None,
            head(say("Growth rate", "增长率"), rows=2),
        ],
        [None, *spanned, *spanned, None],
    ]
    for app in APPS:
        row: list[object] = [plain(names(say, app))]
        for period in ("2022-12", "2023-12"):
            row.append(value(level("application_users", period, app), TEN_THOUSAND, 0, grouped=say(",", "")))
            row.append(value(level("application_usage_rate", period, app), 1, 1, suffix="%"))
        row.append(value(growth("application_users", "2023-12", "2022-12", app), 1, 1, suffix="%", signed="minus"))
        rows.append(row)  # type: ignore[arg-type]
    title = (
        "Users and usage rates of applications, 2022.12-2023.12",
        "2022.12-2023.12各类互联网应用用户规模和网民使用率",
    )
    return grid(say, "application-table", title, rows, head=2)


@layout
def two_tables(say: Say) -> Grid:
    """A second header begins a second table in the same grid."""
    rows: list[Row] = [[head(say("Internet users (10,000)", "网民规模（万人）")), head("2021-12"), head("2022-12")]]
    rows += [_residence_row(say, member, ("2021-12", "2022-12")) for member in RESIDENCE]
    rows.append([None])
    again = [head(say("Internet penetration rate (%)", "互联网普及率（%）")), head("2023-06"), head("2023-12")]
    rows.append(again)
    for member in RESIDENCE:
        cells = (value(level("internet_penetration_rate", p, member), 1, 1) for p in ("2023-06", "2023-12"))
        rows.append([plain(say(*_RESIDENCE[member])), *cells])
    return grid(say, "two-tables", ("Town and country", "城乡对比"), rows)


_RESIDENCE = {"residence=urban": ("Urban", "城镇"), "residence=rural": ("Rural", "农村")}


def _residence_row(say: Say, member: str, dates: tuple[str, ...]) -> Row:
    cells = (value(level("internet_users", p, member), TEN_THOUSAND, 0) for p in dates)
    return [plain(say(*_RESIDENCE[member])), *cells]


@layout
def members_in_header(say: Say) -> Grid:
    """Members stand under the indicator, the period at the left; the second line of months has no year."""
    rows: list[Row] = [
        [
            head(say("Year", "年份"), rows=2),
            head(say("Month", "月份"), rows=2),
            head(say("Internet users (10,000)", "网民规模（万人）"), columns=3),
        ],
        [None, None, head(say("Total", "总计")), head(say("Urban", "城镇")), head(say("Rural", "农村"))],
    ]
    for period, year in (("2022-06", 2), ("2022-12", 0), ("2023-06", 2), ("2023-12", 0)):
        month = say("June" if period.endswith("06") else "December", f"{int(period[5:])}月")
        cells = (value(level("internet_users", period, m), TEN_THOUSAND, 0) for m in ("", *RESIDENCE))
        first = plain(say(period[:4], period[:4] + "年"), rows=year) if year else None
        rows.append([first, plain(month), *cells])
    return grid(say, "members-in-header", ("Internet users over time", "网民规模历年变化"), rows, head=2)


@layout
def unknown_rows(say: Say) -> Grid:
    """Rows that nothing in the catalogue names stand among known ones: their numbers must not become the whole's."""
    rows: list[Row] = [
        [head(say("Group", "群体")), head(say("Internet users (10,000)", "网民规模（万人）"))],
        [plain(say("Urban", "城镇")), value(level("internet_users", "2023-12", "residence=urban"), TEN_THOUSAND, 0)],
        [plain(say("Left-handed", "左撇子")), plain("11,403")],
        [plain(say("Female", "女性")), value(level("internet_users", "2023-12", "sex=female"), TEN_THOUSAND, 0)],
        [plain(say("Shift workers", "倒班职工")), plain("8,216")],
        [plain(say("Total", "总计")), value(level("internet_users", "2023-12"), TEN_THOUSAND, 0)],
    ]
    title = ("Internet users by group, December 2023", "2023年12月各群体网民规模")
    return grid(say, "unknown-rows", title, rows)


@layout
def doubtful_columns(say: Say) -> Grid:
    """A column that names both members, one without any unit that fits, one of something else."""
    rows: list[Row] = [
        [
            head(say("Indicator", "指标")),
            head(say("Urban", "城镇")),
            head(say("Urban and rural", "城镇和农村")),
            head(say("Of large dwellings", "大户型")),
        ]
    ]
    for indicator, words, factor, places, decoys in (
        (
            "internet_users",
            ("Internet users, 2023-12 (10,000)", "2023年12月网民规模（万人）"),
            10_000,
            0,
            ("9,811", "614"),
        ),
        (
            "internet_penetration_rate",
            ("Penetration rate, 2023-12 (%)", "2023年12月普及率（%）"),
            1,
            1,
            ("70.3", "81.2"),
        ),
    ):
        cell = value(level(indicator, "2023-12", "residence=urban"), factor, places)
        rows.append([plain(say(*words)), cell, *map(plain, decoys)])
    rows.append([plain(say("Happiness", "幸福感")), *map(plain, ("7.1", "6.9", "6.4"))])
    return grid(say, "doubtful-columns", ("Various columns", "其他分组"), rows)


@layout
def wide_header(say: Say) -> Grid:
    """Three levels: indicator over year over month, one level of which spans a single column."""
    rows: list[Row] = [
        [
            head(say("Application", "应用"), rows=3),
            head(say("Users (million)", "用户规模（百万人）"), columns=3),
            None,
            None,
            head(say("Change in usage rate, percentage points", "使用率变化（百分点）"), rows=2),
        ],
        [None, head("2022"), head("2023", columns=2), None, None],
        [
            None,
            head(say("December", "12月")),
            head(say("June", "6月")),
            head(say("December", "12月")),
            head(say("Dec. 2023 from Dec. 2022", "2023年12月比2022年12月")),
        ],
    ]
    for app in APPS[:4]:
        users = (value(level("application_users", p, app), MILLION, 2) for p in HALF_YEARS)
        moved = value(change("application_usage_rate", "2023-12", "2022-12", app), 1, 1, signed="true")
        rows.append([plain(names(say, app)), *users, moved])
    return grid(say, "wide-header", ("Applications over time", "各类应用变化"), rows, head=3)


@layout
def shares_of_members(say: Say) -> Grid:
    """Levels and the shares they make up."""
    rows: list[Row] = [
        [
            head(say("Residence", "城乡")),
            head(say("Internet users, December 2023 (million)", "2023年12月网民规模（亿人）")),
            head(say("Share of all internet users (%)", "占全部网民比重（%）")),
        ]
    ]
    for member, printed in (("residence=urban", "72.1"), ("residence=rural", "27.9")):
        users = value(level("internet_users", "2023-12", member), say(MILLION, 100_000_000), say(2, 4))
        part = value(share("internet_users", "2023-12", member, printed), 1, 1)
        rows.append([plain(say(*_RESIDENCE[member])), users, part])
    title = ("Internet users by residence, December 2023", "2023年12月网民城乡结构")
    return grid(say, "shares-of-members", title, rows)
