"""Fragments that repeated many times are hard to read, for the tests and for `benchmarks/fuzz.py`."""

NUMBERS = (
    "1.", "1,", "9.4.0 ", "1-", "1 - ", "1 ", "1 1 ", "1 000 ", "1,000", "1,000 ", "0", "0.", "00 ", ".1", ",1",
    "1/", "1/2 ", "1.2.3.", "192.168.", "1x", "1e", "+1 ", "+86 ", "-1", "１", "1万", "1亿1万", "475萬5669戶",
    "1余", "1、", "1和", "1和2，", "1至", "从1到", "from 1 to ", "1 to 2 ", "1 and ", "1 or ",
    "between 1 and 2 ", "$1", "$1$", "US$1 ", "(1", "（1", "[1](", "[1]", "“1", "《1", "1;", "1:", "1 . ",
    "10:30 ", "1% ", "1%、", "1% of ", "1% of users ", "1 million ", "1 million-", "1 / 2 ",
)  # fmt: skip
WORDS = (
    "万", "亿", "百分之", "百分之一", "十", "千", "零", "一千", "成", "两成", "过半", "翻番", "percent of ",
    "% ", "and ", "one ", "hundred ", "hundred and ", "one hundred ", "million ", "half ", "a quarter of ",
    "two thirds ", "twenty-", "dozen ", "the former ", "the latter ", "其中", "分别", "respectively ",
    ", respectively, ", "of ", "to ", "with ", "while ", "not ", "no ", "没有", "more than ", "超过", "近",
    "compared with ", "per ", "of whom ", "the ", "的", "户", "个", "urban and rural ", "城镇、农村", "China ",
    "中国", "internet users ", "users ", "网民", "网民规模", "up ", "increase of ", "同比", "增长",
    "比上年增长",
)  # fmt: skip
CLAIMS = (
    "users 1 million, ", "网民规模为1亿，", "分别达1亿、", "其中1亿为网民，", "up 1% ",
    "an increase of 1% over 2020, ", "同比增长1%，", "城镇1亿、", "占1%、", "1 million were users, ",
    "1 million (1%), ", "1亿（占1%）、", "users 1 and 2 million respectively, ",
    "the former 1% and the latter 2%, ", "1% of users and ", "whose users 1 million ", "比农村网民1亿，",
    "not 1 million users, ",
)  # fmt: skip
PERIODS = (
    "2021年", "2021年12月", "12月", "2021-", "2021-12-", "2021/", "2021, ", "in 2021 ", "by the end of ",
    "by the end of 2021 ", "Dec. ", "December 2021 ", "第1", "第", "截至", "截至2021年底，", "2020年以来",
    "last year ", "同期", "年", "月", "1岁", "aged 1 ", "aged ", "近5年", "49th ", "5G ", "5G、", "No. ",
    "No. 1 ", "page 1 ", "Table 1 ", "表1", "v1.", "from 2020 to ", "1—5月",
)  # fmt: skip
MARKS = (
    "((((", "(", ")", "|", "| 1 ", "| 1 |\n", "|\n", "|-|\n", "| 2021 | 1 |\n", "A.", "A", "a ", "a-", "é",
    "http://", "http://a.b ", "www.", "a@", "a@b.", "<", "<b>", "</", "<b", "&", "&nbsp;", "**", "__", "# ",
    "#", "- 1\n", "1. ", "1.\n", ". ", " . ", "…", "。", "，", "、", "：", "；", "-", "—", " - ", "~", "+",
    "\\", "`", "```\n", "[", "](", "![", "'", '"', "“", "”", "《", "》", "$", "$ ", "$$", "$ \\text", "? ", "!",
    "\u200b", "\ufeff", "😀", "\u2060", "1\u2060",
)  # fmt: skip
SPACES = (" ", "\n", "\t", "\u00a0", "\u3000", "\r", "\r\n", " \n", "\u2028", "1\u00a0", "1 \n")
FRAGMENTS = tuple(dict.fromkeys((*NUMBERS, *WORDS, *CLAIMS, *PERIODS, *MARKS, *SPACES)))


def language_of(fragment: str) -> str:
    """Return the language that the fragment is written in."""
    return "zh" if any("\u4e00" <= character <= "\u9fff" for character in fragment) else "en"
