"""`bulletin catalogue suggest`: drafts of entries from the numbers that no indicator claims."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bulletin.catalogue_check import problems
from bulletin.cli import main
from bulletin.suggest import suggestions
from schemas.catalogue import Catalogue, load_catalogue
from tests.samples import facts

POST = "In 2021 there were 12,000 postboxes. In 2020 there were 13,000 postboxes."
LAMPS = "The town had 5,400 lamp posts."
CHINESE = "2021年邮筒数量为1.2万个。2020年邮筒数量为1.1万个。路灯达540万盏。"


def drafts(text: str, catalogue: Catalogue, least: int = 1, language: str = "en") -> list[dict[str, Any]]:
    """Return the drafts for the numbers of one text, read as the YAML that they are."""
    return yaml.safe_load(suggestions([facts(text, catalogue, language=language)], catalogue, least=least)) or []


def words(entries: list[dict[str, Any]], language: str = "en") -> list[str]:
    return [word for entry in entries for word in entry["labels"][language]]


def test_numbers_of_the_same_words_are_one_draft(catalogue: Catalogue) -> None:
    """The numbers that the same words name are one draft, those of most numbers first."""
    assert words(drafts(f"{LAMPS} {POST}", catalogue)) == ["postboxes", "lamp posts"]


def test_words_are_compared_without_case(catalogue: Catalogue) -> None:
    """Capitals and hyphens do not make another draft."""
    text = "The town had 5,400 lamp posts. The city had 6,400 Lamp-Posts."
    assert words(drafts(text, catalogue)) == ["lamp posts"]


def test_a_draft_says_how_often_and_where(catalogue: Catalogue) -> None:
    """Above a draft stand the count of its numbers and documents, and sentences that state them."""
    both = [facts(POST, catalogue, name, language="en") for name in ("a.txt", "b.txt")]
    assert suggestions(both, catalogue).splitlines()[:3] == [
        "# 4 numbers in 2 documents, for instance",
        "#   In 2021 there were 12,000 postboxes.",
        "#   In 2020 there were 13,000 postboxes.",
    ]
    one = suggestions([facts(LAMPS, catalogue, language="en")], catalogue)
    assert one.startswith("# 1 number in 1 document, for instance\n#   The town had 5,400 lamp posts.\n- id:")


def test_at_most_three_sentences_are_shown(catalogue: Catalogue) -> None:
    """Of many sentences the first three are shown, and all are counted."""
    text = " ".join(f"In {year} there were {year * 7:,} postboxes." for year in range(2000, 2010))
    lines = suggestions([facts(text, catalogue, language="en")], catalogue).splitlines()
    assert lines[0] == "# 10 numbers in 1 document, for instance"
    assert [line[:6] for line in lines if line.startswith("#   ")] == ["#   In"] * 3


@pytest.mark.parametrize(("least", "expected"), [(1, ["postboxes", "lamp posts"]), (2, ["postboxes"]), (3, [])])
def test_least(least: int, expected: list[str], catalogue: Catalogue) -> None:
    """Words that fewer numbers are named by are left out."""
    assert words(drafts(f"{LAMPS} {POST}", catalogue, least)) == expected


def test_chinese(catalogue: Catalogue) -> None:
    """Words of a language without spaces are found too."""
    assert words(drafts(CHINESE, catalogue, language="zh"), "zh") == ["邮筒", "路灯"]


def test_known_numbers_are_left_out(catalogue: Catalogue) -> None:
    """A number that an indicator claims needs no draft."""
    text = "In June 2021 China had 989 million internet users."
    assert suggestions([facts(text, catalogue, language="en")], catalogue) == ""


def test_a_draft_has_the_unit_that_stands_there(catalogue: Catalogue) -> None:
    """The unit of the number is the draft's; a number without one is a count."""
    found = drafts("The tower is 300 km high. The town had 5,400 lamp posts.", catalogue)
    assert {entry["id"]: entry["unit"] for entry in found}["lamp_posts"] == "count"
    assert "km" in {entry["unit"] for entry in found}


def test_tables_are_drafted_by_their_headers(catalogue: Catalogue) -> None:
    """A value of a table is named by the words at the head of its row."""
    text = "| Item | 2021 |\n|---|---|\n| Lamp posts | 1,000 |\n| Postboxes | 500 |\n"
    out = suggestions([facts(text, catalogue, "report.md", language="en")], catalogue)
    assert words(yaml.safe_load(out)) == ["Lamp posts", "Postboxes"]
    assert "1,000" in out.splitlines()[1]


HOSTILE = [
    'The town had 5,400 "quoted" posts.',
    "The town had 5,400 lamp: posts.",
    "The town had 5,400 lamp # posts.",
    "The town had 5,400 {lamp} posts.",
    "The town had 5,400 lamp\\posts.",
    "The town had 5,400 no.",
    "The town had 5,400 yes.",
    "The town had 5,400 café posts.",
    "The town had 5,400 😀 posts.",
    "The town had 5,400 posts - &x *y.",
    "The town\u2028had 5,400 lamp posts.",
    "The town\u0085had 5,400 lamp posts.",
]


@pytest.mark.parametrize("text", [POST, LAMPS, f"{LAMPS} {POST}", CHINESE, *HOSTILE])
def test_a_draft_can_be_laid_over_as_it_is(text: str, tmp_path: Path, catalogue: Catalogue) -> None:
    """Saved as it is printed, the draft is read as a catalogue without problems, and claims the numbers of its text."""
    language = "zh" if text == CHINESE else "en"
    out = suggestions([facts(text, catalogue, language=language)], catalogue)
    assert out
    (tmp_path / "indicators").mkdir()
    (tmp_path / "indicators" / "drafts.yml").write_text(out, encoding="utf-8")
    mine = load_catalogue(tmp_path)
    assert [line for line in problems(mine) if str(tmp_path) in line] == []
    assert len(mine.indicators) > len(catalogue.indicators)
    assert suggestions([facts(text, mine, language=language)], mine) == ""


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command reads files and folders, joins what they share, and prints the drafts."""
    (tmp_path / "a.txt").write_text(POST, encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"{POST} {LAMPS}", encoding="utf-8")
    assert main(["catalogue", "suggest", str(tmp_path), "--least", "2"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("# 4 numbers in 2 documents, for instance\n")
    assert words(yaml.safe_load(out)) == ["postboxes"]


def test_the_command_with_a_catalogue(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a folder laid over the catalogue claims is not drafted again."""
    (tmp_path / "a.txt").write_text(f"{POST} {LAMPS}", encoding="utf-8")
    entry = "- {id: boxes, name: {en: B, zh: 箱}, unit: count, labels: {en: [postboxes]}}\n"
    (tmp_path / "mine" / "indicators").mkdir(parents=True)
    (tmp_path / "mine" / "indicators" / "mine.yml").write_text(entry, encoding="utf-8")
    assert main(["catalogue", "suggest", str(tmp_path / "a.txt"), "--catalogue", str(tmp_path / "mine")]) == 0
    assert words(yaml.safe_load(capsys.readouterr().out)) == ["lamp posts"]


def test_the_command_with_nothing_to_draft(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where every number is claimed nothing is printed, and the exit code is 0."""
    (tmp_path / "a.txt").write_text("In June 2021 China had 989 million internet users.", encoding="utf-8")
    assert main(["catalogue", "suggest", str(tmp_path / "a.txt")]) == 0
    assert capsys.readouterr().out == ""


def test_the_command_with_a_broken_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that cannot be read is named on standard error, the others are drafted, and the exit code is 1."""
    (tmp_path / "a.txt").write_text(POST, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(bytes(range(256)))
    assert main(["catalogue", "suggest", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert words(yaml.safe_load(told.out)) == ["postboxes"]
    assert "b.txt" in told.err


@pytest.mark.parametrize("least", ["0", "-1", "many"])
def test_least_is_a_count(least: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--least` takes a number from 1 on; anything else is wrong usage."""
    with pytest.raises(SystemExit) as caught:
        main(["catalogue", "suggest", "x.txt", "--least", least])
    assert caught.value.code == 2
    assert "--least" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("The town had 5,400 C++ programs. The city had 7,000 C# programs.", ["c_programs", "c_programs_2"]),
        ("| Year | Postboxes |\n|--|--|\n| 2020 | 13,000 |\n", ["postboxes"]),
    ],
)
def test_ids_of_drafts(text: str, ids: list[str], catalogue: Catalogue) -> None:
    """Every draft has an id of its own, made of its words and not of a period."""
    drafted = suggestions([facts(text, catalogue, "a.md", language="en")], catalogue)
    assert [entry["id"] for entry in yaml.safe_load(drafted)] == ids
