"""Grids for the PDF reader's own tests, in three arrangements and two languages."""

from decimal import Decimal

from tests.tables.grid import Fact, Grid, GridCell

WORDS = {
    "en": {
        "stub": "Application",
        "users": "Users (10,000)",
        "rate": "Usage rate",
        "growth": "Growth (%)",
        "names": ("Instant messaging", "Online video", "Short video", "Online payment", "Search engines"),
        "years": ("2020", "2021", "2022"),
        "unit": "Unit: 10,000 persons",
        "note": "Note: usage rate is users of an application over all internet users.",
        "source": "Source: survey of the year.",
        "before": "The table below lists the applications by users.",
        "total": "Total",
        "areas": ("Urban", "Rural"),
        "section": "Of which:",
    },
    "zh": {
        "stub": "应用",
        "users": "用户规模（万人）",
        "rate": "使用率",
        "growth": "增长率（%）",
        "names": ("即时通信", "网络视频", "短视频", "网络支付", "搜索引擎"),
        "years": ("2020年", "2021年", "2022年"),
        "unit": "单位：万人",
        "note": "注：使用率为应用用户占网民的比例。",
        "source": "资料来源：年度调查。",
        "before": "下表按用户规模列出各类应用。",
        "total": "合计",
        "areas": ("城镇", "农村"),
        "section": "其中：",
    },
}
VALUES = (
    ("98,111", "99.2%", "100,666", "97.5%", "2.6"),
    ("92,677", "93.7%", "97,471", "94.5%", "5.2"),
    ("87,335", "88.3%", "93,415", "90.5%", "7.0"),
    ("85,434", "86.4%", "90,363", "87.6%", "–"),
    ("76,977", "77.8%", "…", "80.3%", "(0.7)"),
)


def _value(text: str, mark: str = "") -> GridCell:
    return GridCell(text, fact=Fact(indicator="users", value=Decimal(1), unit="person", period="2021"), mark=mark)


def two_levels(language: str) -> Grid:
    """Spanners of a year over users and rate, a header over two rows at either side, marks, missing values."""
    words = WORDS[language]
    top = (
        GridCell(words["stub"], rows=2, header=True),
        GridCell("2020.12", columns=2, header=True),
        None,
        GridCell("2021.12", columns=2, header=True),
        None,
        GridCell(words["growth"], rows=2, header=True),
    )
    leaf = (None, *(GridCell(words[name], header=True) for name in ("users", "rate", "users", "rate")), None)
    body = [
        (GridCell(name), *(_value(text, "1" if text == "97,471" else "") for text in values))
        for name, values in zip(words["names"], VALUES, strict=True)
    ]
    title = (
        "表1 2020.12-2021.12 各类应用用户规模" if language == "zh" else "Table 1. Users of applications, 2020 to 2021"
    )
    return Grid(
        id=f"two-levels-{language}",
        language=language,
        title=title,
        rows=(top, leaf, *body),
        published="2022-02-25",
        heading="三、应用" if language == "zh" else "3 Applications",
        before=words["before"],
        notes=(words["note"], words["source"]),
        head=2,
    )


def years(language: str) -> Grid:
    """A header of years, a unit line above, a section row, parts set in, and blank cells."""
    words = WORDS[language]
    head = (GridCell(words["stub"], header=True), *(GridCell(year, header=True) for year in words["years"]))
    rows = [
        (GridCell(words["total"]), *map(_value, ("1,007,200", "1,031,950", "1,067,440"))),
        (GridCell(words["section"]), None, None, None),
        (GridCell(words["areas"][0], indent=1), _value("679,800"), _value("748,100"), None),
        (GridCell(words["areas"][1], indent=1), None, _value("284,000"), _value("308,000")),
    ]
    return Grid(
        id=f"years-{language}",
        language=language,
        title="表2 网民规模" if language == "zh" else "Table 2: Internet users",
        rows=(head, *rows),
        published="2023-03-02",
        before=words["before"],
        unit_line=words["unit"],
        notes=(words["source"],),
    )


def long(language: str) -> Grid:
    """Many rows of plain numbers under one level of headers, longer than a page."""
    words = WORDS[language]
    head = tuple(GridCell(words[name], header=True) for name in ("stub", "users", "rate"))
    rows = [
        (
            GridCell(f"{words['names'][at % 5]} {chr(65 + at % 26)}"),
            _value(f"{10_000 + 37 * at:,}"),
            _value(f"{at % 90}.5%"),
        )
        for at in range(60)
    ]
    return Grid(
        id=f"long-{language}",
        language=language,
        title="表3 明细" if language == "zh" else "Table 3. Details",
        rows=(head, *rows),
        published="2023-03-02",
    )


GRIDS = [make(language) for make in (two_levels, years) for language in ("en", "zh")]
