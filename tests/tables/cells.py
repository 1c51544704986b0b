"""Cells of the made-up tables: headers, names and values, printed from facts."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

from tests.tables.grid import Fact, GridCell

Row = Sequence[GridCell | None]
Choice = TypeVar("Choice")
_NAMES = {
    "application=instant_messaging": ("Instant messaging", "即时通信"),
    "application=online_video": ("Online video", "网络视频"),
    "application=short_video": ("Short video", "短视频"),
    "application=online_payment": ("Online payment", "网络支付"),
    "application=online_shopping": ("Online shopping", "网络购物"),
    "application=search_engine": ("Search engine", "搜索引擎"),
    "application=ride_hailing": ("Online ride-hailing", "网约车"),
    "application=online_medical": ("Online medical services", "互联网医疗"),
    "device=mobile": ("Mobile phone", "手机"),
    "device=desktop": ("Desktop computer", "台式电脑"),
    "device=laptop": ("Laptop computer", "笔记本电脑"),
    "device=tv": ("TV", "电视"),
    "sex=male": ("Male", "男性"),
    "sex=female": ("Female", "女性"),
}


class Say:
    """Chooses the wording of one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, english: Choice, chinese: Choice) -> Choice:
        """Return the one of the language."""
        return english if self.language == "en" else chinese


def names(say: Say, member: str) -> str:
    """Return the name of a member such as `device=tv`."""
    return say(*_NAMES[member])


def head(text: str, rows: int = 1, columns: int = 1, mark: str = "") -> GridCell:
    """Return a cell of a header."""
    return GridCell(text, rows, columns, header=True, mark=mark)


def plain(text: str, rows: int = 1, columns: int = 1, mark: str = "", indent: int = 0) -> GridCell:
    """Return a cell that is no value of a fact: a name, a missing mark, or a number that must stay unresolved."""
    return GridCell(text, rows, columns, mark=mark, indent=indent)


def value(
    fact: Fact,
    factor: int,
    places: int,
    *,
    suffix: str = "",
    prefix: str = "",
    signed: str = "",
    grouped: str = ",",
    mark: str = "",
) -> GridCell:
    """Return the cell that prints the fact in units of `factor`.

    `signed` is how a fall is printed, `minus`, `dash`, `true` (−), `parentheses`, and whether a rise has a plus,
    `plus`; `grouped` is what stands between thousands.
    """
    number = fact.value / factor
    rounded = number.quantize(Decimal(1).scaleb(-places))
    assert rounded == number, f"{fact} cannot be printed with {places} decimals of {factor}"
    text = prefix + f"{rounded:,}".replace(",", grouped) + suffix
    if signed and fact.direction == "down":
        text = f"({text})" if signed == "parentheses" else {"dash": "–", "true": "−"}.get(signed, "-") + text
    elif signed == "plus":
        text = "+" + text
    return GridCell(text, fact=fact, mark=mark)
