import re

from bulletin.report import render_markdown
from tests.report import sample


def test_markdown_has_no_html_and_no_stray_markup() -> None:
    """Hostile text reaches Markdown with its angle brackets as entities and its markup characters escaped."""
    report = sample.report()
    markdown = render_markdown(report)
    assert not re.search(r"<[a-z/!]", markdown, re.IGNORECASE)
    assert "a \\| b \\`c\\` \\*d\\* \\_e\\_ \\[f\\](javascript:alert(3)) \\$g\\$" in markdown
    assert set(re.findall(r"(?<!\\)\]\((.{8})", markdown)) == {"https://"}
    assert len(re.findall(r"^#+ ", markdown, re.MULTILINE)) == 10 + len(report["findings"])


def test_markdown_tables_keep_their_shape() -> None:
    """Every row of a Markdown table has as many cells as its header, whatever pipes the texts hold."""
    tables = re.findall(r"(?:^\|.*\n)+", render_markdown(sample.report()), re.MULTILINE)
    assert len(tables) == 9
    for table in tables:
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1


def test_markdown_mark_is_bold_next_to_chinese() -> None:
    """A sign next to a Chinese character would undo the bold, so a hair space parts them; nowhere else."""
    markdown = render_markdown(sample.report())
    assert "普及率超过**57.6%**\u200a的目标" in markdown
    assert "大类中的**40个**。" in markdown
    assert "Of **904 million** users, **748 million** lived in cities and **2.55 billion** in" in markdown


def test_markdown_gives_the_commands_as_code() -> None:
    """The proposal stands with the command that accepts it; nothing in a command ends its code span."""
    markdown = render_markdown(sample.report())
    assert sample.PROPOSAL.replace("*", "") in markdown
    assert "Accept: `bulletin quality accept a1b2c3` · Dismiss: `bulletin quality dismiss a1b2c3`" in markdown
    for line in markdown.splitlines():
        assert len(re.findall(r"(?<!\\)`", line)) % 2 == 0
