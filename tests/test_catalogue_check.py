"""`bulletin catalogue check`: what it says of sound catalogues, of mistakes, and of what is none."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bulletin.cli import main

SOUND = """\
- id: zorbs
  name: {en: Zorbs, zh: 佐布}
  definition: Things that zorb.
  unit: count
  labels: {en: [zorbs], zh: [佐布]}
"""
DIMENSION = "- id: mood\n  name: {en: Mood, zh: 心情}\n"
MEMBER = "  members: [{id: glad, name: {en: glad, zh: 高兴}}]\n"
UNIT = "- {id: glim, name: {en: glims, zh: 格}, words: {en: [glims]}"

Check = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Check:
    """Write files below a folder, lay it over the catalogue, and return the exit code and the lines printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BULLETIN_CATALOGUE", raising=False)

    def run(files: dict[str, str | bytes]) -> tuple[int, list[str]]:
        folder = tmp_path / "mine"  # in full: what was loaded is kept by its path
        folder.mkdir()
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        code = main(["catalogue", "check", "--catalogue", str(folder)])
        told = capsys.readouterr().out.replace(f"{tmp_path}/", "").splitlines()
        return code, [line for line in told if line.startswith(("mine/", "no problems"))]

    return run


def test_ours_is_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue of Bulletin has no problems, and the answer says how much was looked at."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BULLETIN_CATALOGUE", raising=False)
    assert main(["catalogue", "check"]) == 0
    assert capsys.readouterr().out.startswith("no problems in ")


def test_a_sound_folder(check: Check) -> None:
    """A sound entry laid over ours is counted, with no problems and exit code 0."""
    example = (
        "  examples: [{text: There were 5 million zorbs in 2021., language: en, value: '5000000', period: 2021}]\n"
    )
    code, (line,) = check({"catalogue.yml": "replaces: [indicators]\n", "indicators/mine.yml": SOUND + example})
    assert code == 0
    assert line.startswith("no problems in 1 indicators, ")


CORRECTION = (
    "- {id: a, document: a.txt, start: 3, quote: 5 million, value: '1e6', reason: slip, who: lin, when: '2026-11-25'}\n"
)
BROKEN = {
    "a tab": ("areas.yml", "- id: a\n\tname: b\n", 2, "not YAML"),
    "an open bracket": ("areas.yml", "- {id: a\n", 2, "not YAML"),
    "two documents": ("areas.yml", "- {id: a, name: {}}\n---\n- {id: b, name: {}}\n", 2, "not YAML"),
    "an object of Python": ("areas.yml", "- !!python/object/apply:os.getcwd []\n", 1, "not YAML"),
    "a list as key": ("areas.yml", "- {id: a, [b]: c}\n", 1, "not YAML"),
    "an entry within itself": ("areas.yml", "- &x {id: a, name: *x}\n", 1, "not YAML"),
    "an unknown file": ("towns.yml", "[]\n", 1, "unknown file"),
    "an unknown theme": ("catalogue.yml", "replaces: [towns]\n", 1, "it holds `replaces:`"),
    "a manifest of words": ("catalogue.yml", "everything\n", 1, "it holds `replaces:`"),
    "no id": ("areas.yml", "\n- {name: {en: A, zh: 甲}}\n", 2, "an entry needs an `id`"),
    "a correction without a place": (
        "corrections.yml",
        CORRECTION.replace("start: 3, ", ""),
        1,
        "where the quote stands",
    ),
    "a correction without a day": ("corrections.yml", CORRECTION.replace("2026-11-25", "today"), 1, "an ISO date"),
    "a number corrected twice": (
        "corrections.yml",
        CORRECTION + CORRECTION.replace("id: a", "id: b"),
        2,
        "that 'a' corr",
    ),
    "a correction in words": ("corrections.yml", CORRECTION.replace("'1e6'", "many"), 1, "value is 'many'"),
    "both id and adds_to": ("areas.yml", "- {id: a, adds_to: CN}\n", 1, "an entry needs an `id`"),
    "nothing to add to": ("areas.yml", "- {adds_to: Atlantis}\n", 1, "no entry 'Atlantis' to add to"),
    "a duplicate": ("indicators/a.yml", SOUND + SOUND, 6, "stands twice in this file"),
    "an unknown field": ("indicators/a.yml", f"{SOUND}  colour: red\n", 1, "has no field 'colour'"),
    "an unknown unit": ("indicators/a.yml", SOUND.replace("count", "parsec"), 1, "unit 'parsec' is not in"),
    "an unknown dimension": ("indicators/a.yml", f"{SOUND}  dimensions: [mood]\n", 1, "dimension 'mood' is not in"),
    "an unknown ratio": ("indicators/a.yml", f"{SOUND}  ratio: [zorbs, moons]\n", 1, "'moons', which is no indicator"),
    "an unknown kind": ("indicators/a.yml", f"{SOUND}  kind: mood\n", 1, "'mood' is not a valid Kind"),
    "a minimum in words": ("indicators/a.yml", f"{SOUND}  minimum: low\n", 1, "indicators entry 'zorbs'"),
    "an unknown member": (
        "indicators/a.yml",
        SOUND.replace("[zorbs]", "[{text: zorbs, members: {residence: moon}}]"),
        1,
        "names residence: moon, which is no member",
    ),
    "a label of unknown fields": (
        "indicators/a.yml",
        SOUND.replace("[zorbs]", "[{text: zorbs, colour: red}]"),
        1,
        "a label has no field colour",
    ),
    "an empty label": ("indicators/a.yml", SOUND.replace("[zorbs]", "['']"), 1, "a word is empty"),
    "a label that is no list": ("indicators/a.yml", SOUND.replace("[zorbs]", "zorbs"), 1, "write a list"),
    "a label that is a number": ("indicators/a.yml", SOUND.replace("[zorbs]", "[2021]"), 1, "read as a int; quote it"),
    "a key twice": ("indicators/a.yml", f"{SOUND}  unit: person\n", 1, "unit stands twice"),
    "a member twice": (
        "dimensions.yml",
        DIMENSION + MEMBER.replace("[{", "[{id: glad, name: {en: a, zh: b}}, {"),
        1,
        "member 'glad' stands twice",
    ),
    "a dimension called like a column": (
        "dimensions.yml",
        DIMENSION.replace("mood", "value") + MEMBER,
        1,
        "its id names a column",
    ),
    "an alias": ("indicators/a.yml", SOUND.replace("[zorbs]", "&x [zorbs]").replace("[佐布]", "*x"), 5, "aliases"),
    "an example of words": (
        "indicators/a.yml",
        f"{SOUND}  examples: [{{text: t, language: en, value: many}}]\n",
        1,
        "'many', which is no number",
    ),
    "an example with an unknown field": (
        "indicators/a.yml",
        f"{SOUND}  examples: [{{text: t, language: en, value: '1', perid: 2021}}]\n",
        1,
        "an example has no field perid",
    ),
    "a factor of zero": (
        "units.yml",
        "- {id: glim, name: {en: a, zh: b}, words: {en: [{text: glims, factor: 0}]}}\n",
        1,
        "above zero",
    ),
    "a place in nowhere": ("areas.yml", "- {id: A, name: {en: A, zh: 甲}, part_of: Moon}\n", 1, "part of 'Moon'"),
    "another ending": ("units.yaml", "[]", 1, "ends in .yml"),
    "no unit": ("indicators/a.yml", SOUND.replace("  unit: count\n", ""), 1, "'unit'"),
    "no members": ("dimensions.yml", DIMENSION, 1, "'members' is missing"),
    "no member of that name": ("dimensions.yml", f"{DIMENSION}{MEMBER}  partitions: [[sad]]\n", 1, "'sad' is none of"),
    "a form that is no pattern": (
        "dimensions.yml",
        f"{DIMENSION}{MEMBER}  forms: [{{language: en, pattern: '(', member: x}}]\n",
        1,
        "unterminated subpattern",
    ),
    "a form without its group": (
        "dimensions.yml",
        f"{DIMENSION}{MEMBER}  forms: [{{language: en, pattern: 'a', member: '{{low}}'}}]\n",
        1,
        "'low'",
    ),
    "a sign that is a number": ("units.yml", f"{UNIT}, signs: [1]}}\n", 1, "the word 1 is read as a int; quote it"),
    "a factor in words": ("units.yml", "- {id: u, name: {}, words: {en: [{text: t, factor: many}]}}\n", 1, "entry 'u'"),
    "a pattern": ("languages/en.yml", "- adds_to: en\n  not_statistics: {mine: ['(']}\n", 1, "unterminated subpattern"),
    "a word that is a truth value": (
        "languages/en.yml",
        "- adds_to: en\n  hedges: {about: {before: [true]}}\n",
        1,
        "the word True is read as a bool; quote it",
    ),
    "half a language": ("languages/fr.yml", "id: fr\n", 1, "'hedges' is missing"),
    "a name in one language": (
        "indicators/a.yml",
        SOUND.replace(", zh: 佐布}", "}"),
        1,
        "no name in zh",
    ),
    "no labels": ("indicators/a.yml", SOUND[: SOUND.index("  labels")], 1, "no labels"),
    "labels in no language": ("indicators/a.yml", SOUND.replace("zh: [佐布]", "fr: [z]"), 1, "labels in 'fr'"),
    "a label of another": (
        "indicators/a.yml",
        SOUND.replace("[zorbs]", "[netizens]"),
        1,
        "also that of internet_users",
    ),
    "an unknown period": (
        "languages/en.yml",
        "- adds_to: en\n  periods: [{pattern: 'aeon', means: aeon}]\n",
        1,
        "a period means 'aeon'",
    ),
    "an example of another value": (
        "indicators/a.yml",
        f"{SOUND}  examples: [{{text: There were 5 million zorbs., language: en, value: '6'}}]\n",
        1,
        "not Decimal('6')",
    ),
    "an example of two numbers": (
        "indicators/a.yml",
        f"{SOUND}  examples: [{{text: Of 5 million zorbs 6 million zorbs., language: en, value: '5000000'}}]\n",
        1,
        "states 2 numbers",
    ),
    "an example of nothing": (
        "indicators/a.yml",
        f"{SOUND}  examples: [{{text: There were zorbs., language: en, value: '5'}}]\n",
        1,
        "states 0 numbers",
    ),
    "an example of a unit": (
        "units.yml",
        f"{UNIT}, examples: [{{text: 5 glims, language: en, value: '6'}}]}}\n",
        1,
        "example '5 glims': read as",
    ),
    "bytes that are no text": ("areas.yml", bytes(range(256)), 1, "not YAML"),
    "another encoding": ("areas.yml", "- id: 甲".encode("gb18030"), 1, "not YAML"),
    "brackets without end": ("areas.yml", "[" * 20_000, 2, "not YAML"),
    "an empty file": ("areas.yml", "", 1, "an entry needs an `id`"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_problem(case: str, check: Check) -> None:
    """Every kind of mistake is told with the file, the line and what is wrong, and the exit code is 1."""
    name, content, line, message = BROKEN[case]
    code, told = check({name: content})
    assert code == 1
    assert told[0].startswith(f"mine/{name}:{line}: ")
    assert any(message in text for text in told)


def test_all_problems_of_the_files_at_once(check: Check) -> None:
    """What cannot be used is told of every file in one go."""
    files: dict[str, str | bytes] = {BROKEN[case][0]: BROKEN[case][1] for case in ("no id", "no unit", "a pattern")}
    code, told = check(files | {"towns.yml": "[]\n", "units.yml": BROKEN["a factor in words"][1]})
    assert code == 1
    assert {line.split(":")[0] for line in told} == {f"mine/{name}" for name in (*files, "towns.yml", "units.yml")}


def test_all_problems_in_use_at_once(check: Check) -> None:
    """What does not come out in use is told in one go too, in the order of the files and lines."""
    second = SOUND.replace("zorbs", "glibs").replace("佐布", "格利").replace(", zh: 格利}\n", "}\n")
    third = SOUND.replace("zorbs", "blubs").replace("佐布", "布卢")[: SOUND.index("  labels")]
    code, told = check({"indicators/b.yml": second + third, "indicators/a.yml": SOUND.replace("[佐布]", "[网民]")})
    assert code == 1
    assert [line.rsplit(": ", 1)[0].split(": ")[0] for line in told][:3] == [
        "mine/indicators/a.yml:1",
        "mine/indicators/b.yml:1",
        "mine/indicators/b.yml:6",
    ]


def test_words_that_other_yaml_takes_for_truth_values(check: Check) -> None:
    """`no`, `yes`, `on` and `off` may stand without quotes."""
    areas = "- {id: 'NO', name: {en: yes, zh: on}, labels: {en: [off of no]}}\n"
    code, _ = check({"catalogue.yml": "replaces: [indicators]\n", "indicators/mine.yml": SOUND, "areas.yml": areas})
    assert code == 0


def test_an_empty_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder without files changes nothing: the answer is that of the catalogue alone."""
    code, alone = main(["catalogue", "check"]), capsys.readouterr().out
    assert (main(["catalogue", "check", "--catalogue", str(tmp_path)]), capsys.readouterr().out) == (code, alone)


def test_a_missing_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is not there is wrong usage, named on standard error."""
    assert main(["catalogue", "check", "--catalogue", str(tmp_path / "absent")]) == 2
    assert f"{tmp_path / 'absent'}: no such folder" in capsys.readouterr().err


def test_a_file_in_the_place_of_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file is no catalogue."""
    file = tmp_path / "mine.yml"
    file.write_text(SOUND, encoding="utf-8")
    assert main(["catalogue", "check", "--catalogue", str(file)]) == 2
    assert "no such folder" in capsys.readouterr().err


def test_a_huge_file(check: Check) -> None:
    """Thousands of entries are read, and the one mistake among them is found at its line."""
    areas = "".join(f"- {{id: place {n}, name: {{en: Place {n}, zh: 地{n}}}}}\n" for n in range(5_000))
    code, told = check({"areas.yml": f"{areas}- {{name: {{}}}}\n"})
    assert code == 1
    assert [line.split(": ")[0] for line in told] == ["mine/areas.yml:5001"]


def test_aliases_inside_one_another(check: Check) -> None:
    """A few aliases, each of nine of the one before, would fill the memory; they are refused where they stand."""
    bomb = "- &a0 [x]\n" + "".join(f"- &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
    code, told = check({"areas.yml": bomb})
    assert code == 1
    assert told[0].startswith("mine/areas.yml:2: not YAML: aliases (*name) are not read")
