"""Small grids for the tests of the office readers: what is hard about them is named by each."""

from decimal import Decimal

from tests.tables.grid import Fact, Grid, GridCell

USERS, RATE = "internet_users", "internet_penetration_rate"


def _head(text: str, rows: int = 1, columns: int = 1) -> GridCell:
    return GridCell(text, rows, columns, header=True)


def _count(text: str, period: str, **members: str) -> GridCell:
    value = Decimal(text.replace(",", "")) * 10_000
    return GridCell(
        text, fact=Fact(indicator=USERS, value=value, unit="person", period=period, members=(*members.items(),))
    )


def _rate(text: str, period: str) -> GridCell:
    value = Decimal(text.strip("()%"))
    return GridCell(text, fact=Fact(indicator=RATE, value=value, unit="percent", period=period))


def years(language: str) -> Grid:
    """Years down, indicators across, a two-level header over them, a raised mark and a note."""
    zh = language == "zh"
    spanner = "互联网" if zh else "Internet"
    heads = ("网民规模（万人）", "互联网普及率") if zh else ("Internet users (10,000)", "Internet penetration")
    figures = (("2021", "103,195", "73.0%"), ("2022", "106,744", "75.6%"), ("2023", "109,225", "77.5%"))
    rows = [
        (_head("年份" if zh else "Year", rows=2), _head(spanner, columns=2), None),
        (None, *map(_head, heads)),
        *(
            (GridCell(y, mark="1" if y == "2023" else ""), _count(n, f"{y}-12"), _rate(r, f"{y}-12"))
            for y, n, r in figures
        ),
    ]
    return Grid(
        id=f"years-{language}",
        language=language,
        title="表1 2021—2023年12月网民规模和互联网普及率"
        if zh
        else "Table 1. Internet users and penetration, December",
        rows=tuple(rows),
        published="2024-03-22",
        heading="网民规模" if zh else "Users",
        before="下表列出各年情况。" if zh else "The table lists the years.",
        notes=("[1] 快报数。", "资料来源：统计调查") if zh else ("[1] Preliminary.", "Source: survey"),
        head=2,
    )


def members(language: str) -> Grid:
    """Parts set in below their whole, a unit line, a stub merged over two rows, a missing value."""
    zh = language == "zh"
    total, urban, rural = ("网民规模", "城镇", "农村") if zh else ("Internet users", "Urban", "Rural")
    rows = (
        (
            _head("地区" if zh else "Area"),
            _head("指标" if zh else "Item"),
            _head("2022年12月" if zh else "December 2022"),
            _head("2023年12月" if zh else "December 2023"),
        ),
        (
            GridCell("全国" if zh else "China", rows=3),
            GridCell(total),
            _count("106,744", "2022-12"),
            _count("109,225", "2023-12"),
        ),
        (
            None,
            GridCell(urban, indent=1),
            _count("75,926", "2022-12", residence="urban"),
            _count("76,600", "2023-12", residence="urban"),
        ),
        (None, GridCell(rural, indent=1), GridCell("…"), _count("32,600", "2023-12", residence="rural")),
    )
    return Grid(
        id=f"members-{language}",
        language=language,
        title="表2 城乡网民规模" if zh else "Table 2. Internet users by residence",
        rows=rows,
        published="2024-03-22",
        unit_line="单位：万人" if zh else "Unit: 10,000 persons",
        notes=("注：城乡按户籍划分。",) if zh else ("Note: by registration.",),
    )


def transposed(language: str) -> Grid:
    """Indicators down, years across, and a change that is negative, in parentheses."""
    zh = language == "zh"
    users, rate = ("网民规模（万人）", "互联网普及率") if zh else ("Internet users (10,000)", "Internet penetration")
    rows = (
        (_head("指标" if zh else "Indicator"), _head("2022"), _head("2023")),
        (GridCell(users), _count("106,744", "2022-12"), _count("109,225", "2023-12")),
        (GridCell(rate), _rate("75.6%", "2022-12"), _rate("77.5%", "2023-12")),
        (GridCell("净变化" if zh else "Net change"), GridCell("(1,250)"), GridCell("-30.5")),
    )
    return Grid(
        id=f"transposed-{language}",
        language=language,
        title="表3 主要指标" if zh else "Table 3. Main indicators",
        rows=rows,
        published="2024-03-22",
    )


GRIDS = [layout(language) for layout in (years, members, transposed) for language in ("en", "zh")]
