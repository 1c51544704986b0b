"""Pages that a browser printed: raised signs, and characters in its own fonts."""

import pytest

from tests.pdf import only
from tests.samples import content
from tests.tables.write_pdf import browser, printed


@pytest.mark.skipif(browser() is None, reason="no Chromium on this machine")
def test_raised_signs() -> None:
    """Raised signs of notes are marks of their cell and no part of a number; a power and an ending are text."""
    page = """<p>Users reached 1,032<sup>1</sup> million in 2021 on 9.6 million km<sup>2</sup>, for the 21<sup>st</sup>
    time.
    <table border=1><tr><th>Area<sup>a</sup><th>2021<tr><td>Urban<td>612.3<sup>*</sup><tr><td>Rural<sup>3)</sup><td>309
    </table><p style="font-size:8pt"><sup>1</sup> Preliminary."""
    found = content(printed(page), "a.pdf")
    assert found.text.splitlines()[0] == "Users reached 1,032 million in 2021 on 9.6 million km², for the 21st time."
    assert only(found) == [["Area", "2021"], ["Urban", "612.3"], ["Rural", "309"]]
    assert [cell.marks for cell in found.tables[0].cells if cell.marks] == [("a",), ("*",), ("3",)]


@pytest.mark.skipif(browser() is None, reason="no Chromium on this machine")
def test_radicals_in_place_of_characters() -> None:
    """Characters that a browser's font shares with radicals are read as characters, and narrow marks take no space."""
    found = content(
        printed("<meta charset=utf-8><p>截至2021年12月，⼈⼝为14.1亿，网民用户、手机用户均有增长。"), "a.pdf"
    )
    assert found.text == "截至2021年12月，人口为14.1亿，网民用户、手机用户均有增长。\n"


@pytest.mark.skipif(browser() is None, reason="no Chromium on this machine")
def test_characters_written_one_by_one() -> None:
    """Where a browser writes a font character by character, words and numbers stay whole and spaces stay."""
    page = """<meta charset=utf-8><p>网民规模达10.32亿人，internet users came to 1,032 million.
    <table border=1><tr><th>指标<th>2023年6月<tr><td>网民规模<td>10.7992亿人<tr><td>互联网普及率<td>76.5%</table>"""
    found = content(printed(page), "a.pdf")
    assert found.text.splitlines()[0] == "网民规模达10.32亿人，internet users came to 1,032 million."
    assert only(found) == [["指标", "2023年6月"], ["网民规模", "10.7992亿人"], ["互联网普及率", "76.5%"]]
