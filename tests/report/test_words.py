from typing import Any

import pytest
import yaml

from bulletin.report.words import LANGUAGES, Words
from bulletin.settings import LANGUAGES as TAGS
from schemas.rules import all_rules

FREE = {"titles", "messages", "repairs", "reasons"}
"""Sections that translate what is English elsewhere."""


def shape(texts: Any, path: str = "") -> set[str]:
    """Return the paths of all texts, with what they are filled with."""
    if isinstance(texts, dict):
        return {found for key, value in texts.items() for found in shape(value, f"{path}/{key}")}
    return {path}


@pytest.mark.parametrize("language", TAGS[1:])
def test_every_text_stands_in_every_language(language: str) -> None:
    """Each language says all that English says, and nothing that no template asks for."""
    ours, theirs = (
        {key: value for key, value in Words(tag).texts.items() if key not in FREE} for tag in (TAGS[0], language)
    )
    assert shape(theirs) == shape(ours)


def test_every_language_file_can_be_chosen() -> None:
    """The languages that the command offers are the files that there are."""
    assert sorted(TAGS) == sorted(file.stem for file in LANGUAGES.glob("*.yml"))
    for file in LANGUAGES.glob("*.yml"):
        assert yaml.safe_load(file.read_text(encoding="utf-8"))["title"]


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_every_rule_has_a_chinese_title_and_sentence(rule: Any) -> None:
    """A rule's title and sentence are English in its source; `languages/zh.yml` has them in Chinese."""
    texts = Words("zh").texts
    assert rule.id in texts["titles"], f"give {rule.id} a title under `titles` in bulletin/report/languages/zh.yml"
    assert rule.id in texts["messages"], (
        f"give {rule.id} a sentence under `messages` in bulletin/report/languages/zh.yml"
    )


def test_sentence_that_does_not_fit_gives_way_to_the_rules_own() -> None:
    """Where a rule compares other numbers than the Chinese sentence speaks of, its English one is kept."""
    fact = {"named": "网民规模", "quote": "7", "value": 7, "measure": "level", "area": "CN", "period": "2021"}
    fact |= {"published": None, "publisher": None, "area_en": "China", "area_zh": "中国", "direction": None}
    english = "It does not add up."
    assert Words("zh").message("part_whole", [], english) == english
    assert Words("zh").message("some_rule_of_yours", [], english) == english
    assert Words("en").message("part_whole", [], english) == english
