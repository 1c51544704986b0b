"""Layouts of the communications industry's bulletins."""

from tests.tables.cells import Row, Say, head, plain, value
from tests.tables.figures import change, growth, level
from tests.tables.grid import Grid
from tests.tables.layouts import HUNDRED_MILLION, MILLION, TEN_THOUSAND, grid, layout, months


@layout
def broadband_by_speed(say: Say) -> Grid:
    """Accounts by speed, with the change since the end of the year before."""
    rows: list[Row] = [
        [
            head(say("Accounts (10,000)", "用户（万户）")),
            head(say("End of June 2023", "2023年6月末")),
            head(say("Change from the end of the previous year", "比上年末净增")),
        ]
    ]
    for member, words in (
        ("", ("Fixed broadband subscriptions", "固定互联网宽带接入用户")),
        ("speed=100mbps_plus", ("of which: 100 Mbps and above", "其中：100Mbps及以上")),
        ("speed=1000mbps_plus", ("1000 Mbps and above", "1000Mbps及以上")),
    ):
        total = value(level("fixed_broadband_subscriptions", "2023-06", member), TEN_THOUSAND, 0)
        more = value(change("fixed_broadband_subscriptions", "2023-06", "2022-12", member), TEN_THOUSAND, 0)
        rows.append([plain(say(*words), indent=1 if member else 0), total, more])
    title = ("Fixed broadband by speed", "固定宽带用户按速率分")
    return grid(say, "broadband-by-speed", title, rows, published="2023-07-20")


@layout
def addresses(say: Say) -> Grid:
    """A unit for every row, in a column of its own."""
    rows: list[Row] = [[head(say("Resource", "资源")), head(say("Unit", "单位")), *months(say)]]
    for indicator, words, unit, factor, places in (
        ("ipv4_addresses", ("IPv4 addresses", "IPv4"), ("number", "个"), 1, 0),
        ("ipv6_addresses", ("IPv6 addresses", "IPv6"), ("blocks/32", "块/32"), 1, 0),
        ("domain_names", ("Domain names", "域名"), ("10,000", "万个"), TEN_THOUSAND, 0),
        ("mobile_apps", ("Mobile apps", "APP数量"), ("thousand", "万款"), say(1000, TEN_THOUSAND), say(0, 1)),
    ):
        label = say(*words) + ("地址" if say.language == "zh" and words[1].startswith("IPv") else "")
        cells = (value(level(indicator, p), factor, places) for p in ("2022-12", "2023-06", "2023-12"))
        rows.append([plain(label), plain(say(*unit)), *cells])
    return grid(say, "addresses", ("Internet resources", "互联网基础资源对比"), rows)


@layout
def industry_table(say: Say) -> Grid:
    """Indicator, unit, this year's total, and its growth over the year before."""
    rows: list[Row] = [
        [
            head(say("Indicator", "指标名称")),
            head(say("Unit", "单位")),
            head(say("January-June 2023", "2023年1-6月累计")),
            head(say("Y/Y growth (%)", "同比增长（%）")),
        ]
    ]
    for indicator, words, unit, factor, places in (
        (
            "telecom_revenue",
            ("Telecom business revenue", "电信业务收入"),
            ("100 million yuan", "亿元"),
            HUNDRED_MILLION,
            1,
        ),
        (
            "telecom_business_volume",
            ("Telecom business volume", "电信业务总量"),
            ("100 million yuan", "亿元"),
            HUNDRED_MILLION,
            1,
        ),
        (
            "mobile_data_traffic",
            ("Mobile data traffic", "移动互联网接入流量"),
            ("billion GB", "亿GB"),
            say(10**18, 10**17),
            say(2, 1),
        ),
    ):
        total = value(level(indicator, "2023-H1"), factor, places)
        rate = value(growth(indicator, "2023-H1", "2022-H1"), 1, 1)
        rows.append([plain(say(*words)), plain(say(*unit)), total, rate])
    title = ("Main indicators of the communications industry", "通信业主要指标完成情况")
    return grid(say, "industry-table", title, rows, published="2023-07-20")


@layout
def industry_stocks(say: Say) -> Grid:
    """Stocks at the end of the year, what was added, and parts with "of which"."""
    rows: list[Row] = [
        [
            head(say("Indicator", "指标")),
            head(say("Unit", "计量单位")),
            head(say("End of 2023", "2023年末")),
            head(say("Growth over the end of 2022 (%)", "比上年末增长（%）")),
        ]
    ]
    unit = {"p": ("10,000", "万户"), "s": ("10,000", "万个"), "k": ("10,000 km", "万公里")}
    for indicator, member, words, kind in (
        ("mobile_subscriptions", "", ("Mobile phone subscriptions", "移动电话用户"), "p"),
        ("mobile_subscriptions", "technology=5g", ("  of which: 5G", "  其中：5G"), "p"),
        ("iot_subscriptions", "", ("Cellular IoT connections", "蜂窝物联网终端用户"), "p"),
        ("mobile_base_stations", "", ("Mobile base stations", "移动电话基站"), "s"),
        ("mobile_base_stations", "technology=4g", ("  of which: 4G", "  其中：4G基站"), "s"),
        ("mobile_base_stations", "technology=5g", ("  5G", "  5G基站"), "s"),
        ("optical_cable_length", "", ("Length of optical cable lines", "光缆线路长度"), "k"),
    ):
        total = value(level(indicator, "2023-12", member), TEN_THOUSAND, 1)
        rate = value(growth(indicator, "2023-12", "2022-12", member), 1, 1)
        label = say(*words)
        rows.append([plain(label.strip(), indent=1 if label[0] == " " else 0), plain(say(*unit[kind])), total, rate])
    title = ("The communications industry at the end of 2023", "2023年末通信业主要发展指标")
    return grid(say, "industry-stocks", title, rows, published="2024-01-25")


@layout
def quarters(say: Say) -> Grid:
    """Quarters under their year, and the whole year."""
    four = (("Q1", "一季度"), ("Q2", "二季度"), ("Q3", "三季度"), ("Q4", "四季度"))
    rows: list[Row] = [
        [head(say("Indicator", "指标"), rows=2), head(say("2023", "2023年"), columns=4)],
        [None, *(head(say(*words)) for words in four)],
    ]
    for indicator, words in (
        ("telecom_revenue", ("Telecommunications revenue (100 million yuan)", "电信业务收入（亿元）")),
        ("mobile_data_traffic", ("Mobile data traffic (billion GB)", "移动互联网接入流量（亿GB）")),
    ):
        zh, en = (10**17, 10**18) if indicator == "mobile_data_traffic" else (HUNDRED_MILLION,) * 2
        places = say(2, 1) if indicator == "mobile_data_traffic" else 1
        cells = (value(level(indicator, f"2023-Q{q}"), say(en, zh), places) for q in range(1, 5))
        rows.append([plain(say(*words)), *cells])
    return grid(say, "quarters", ("Quarterly figures", "分季度情况"), rows, head=2)


@layout
def months_of_year(say: Say) -> Grid:
    """A row of months at the left under a year that stands alone in a line."""
    rows: list[Row] = [
        [
            head(say("Month", "时间")),
            head(say("5G base stations (thousand)", "5G基站数（万个）")),
            head(say("5G subscriptions (million)", "5G移动电话用户（万户）")),
        ],
        [plain(say("2023", "2023年"))],
    ]
    for month, words in (
        (3, ("March", "3月")),
        (6, ("June", "6月")),
        (9, ("September", "9月")),
        (12, ("December", "12月")),
    ):
        period = f"2023-{month:02}"
        stations = level("mobile_base_stations", period, "technology=5g")
        users = level("mobile_subscriptions", period, "technology=5g")
        rows.append(
            [
                plain(say(*words)),
                value(stations, say(1000, TEN_THOUSAND), say(0, 1)),
                value(users, say(MILLION, TEN_THOUSAND), say(2, 0)),
            ]
        )
    return grid(say, "months-of-year", ("5G month by month", "5G发展情况"), rows)


@layout
def one_value_column(say: Say) -> Grid:
    """A fact sheet: names and values, the period in the heading, the sign of every change printed."""
    rows: list[Row] = [
        [
            head(say("Indicator", "指标")),
            head(say("Value", "数值")),
            head(say("Change on the year (%)", "比上年增长（%）")),
        ]
    ]
    for indicator, words, unit, factor, places in (
        (
            "fixed_broadband_subscriptions",
            ("Fixed broadband subscriptions", "固定宽带用户"),
            (" million", "万户"),
            say(MILLION, TEN_THOUSAND),
            say(2, 0),
        ),
        (
            "iptv_subscriptions",
            ("IPTV subscriptions", "IPTV用户"),
            (" million", "万户"),
            say(MILLION, TEN_THOUSAND),
            say(2, 0),
        ),
        (
            "broadband_access_ports",
            ("Broadband access ports", "互联网宽带接入端口"),
            (" million", "万个"),
            say(MILLION, TEN_THOUSAND),
            say(2, 0),
        ),
    ):
        cell = value(level(indicator, "2023-12"), factor, places, suffix=say(*unit))
        rate = value(growth(indicator, "2023-12", "2022-12"), 1, 1, signed="plus")
        rows.append([plain(say(*words)), cell, rate])
    heading = say("At the end of December 2023", "截至2023年12月末")
    return grid(say, "one-value-column", ("Key figures", "主要数据"), rows, heading=heading, published="2024-01-25")


@layout
def subscriptions_by_area(say: Say) -> Grid:
    """Areas at the left with a whole, the indicator over several columns."""
    rows: list[Row] = [
        [
            head(say("Area", "地区"), rows=2),
            head(say("Mobile phone subscriptions", "移动电话用户")),
            head(say("Internet users", "网民")),
        ],
        [None, head(say("10,000", "万户")), head(say("10,000", "万人"))],
    ]
    for area, words in (
        ("CN", ("Whole country", "全国")),
        ("Beijing", ("Beijing", "北京市")),
        ("Hebei", ("Hebei", "河北省")),
        ("Sichuan", ("Sichuan", "四川省")),
    ):
        accounts = value(level("mobile_subscriptions", "area", area=area), TEN_THOUSAND, 1)
        users = value(level("internet_users", "area", area=area), TEN_THOUSAND, 0)
        rows.append([plain(say(*words)), accounts, users])
    before = say("Figures are for December 2023 unless marked.", "以下为2023年12月末数据。")
    title = ("Subscriptions and users by area", "分地区用户情况")
    return grid(say, "subscriptions-by-area", title, rows, before=before, head=2, published="2024-01-25")
