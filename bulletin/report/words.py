"""What the report says, in its reader's language: the texts of `languages/<tag>.yml`, filled in."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bulletin.report.shown import number
from schemas.rules.wording import amount, times_as_much

LANGUAGES = Path(__file__).parent / "languages"
Row = Mapping[str, Any]


class Words:
    """The texts of one language; `words.texts` is the whole file, for templates."""

    def __init__(self, language: str) -> None:
        """Take the language by its tag, `en` or `zh`."""
        self.language = language
        self.texts = _read(language)

    def say(self, section: str, key: str, **values: object) -> str:
        """Return a text of the section with the values filled in."""
        said: str = self.texts[section][key].format(**values)
        return said

    def count(self, count: int, noun: str) -> str:
        """Return a count with its noun: "1 check", "1,204 checks"."""
        forms = self.texts["counts"][noun]
        return str(forms[0 if count == 1 else -1]).format(n=f"{count:,}")

    def listed(self, items: Sequence[str], last: str = "and") -> str:
        """Return the items as a list in a sentence: "a, b and c"."""
        joined = self.texts["list"]["comma"].join(items[:-1])
        return f"{joined}{self.texts['list'][last]}{items[-1]}" if joined else "".join(items)

    def title(self, rule: str, english: str) -> str:
        """Return the title of a rule; what the language does not name keeps its English title."""
        return str(self.texts["titles"].get(rule, english))

    def reason(self, english: str | None) -> str:
        """Return why a number is unresolved."""
        return str(self.texts["reasons"].get(english, english or ""))

    def slip(self, kind: str, english: str) -> str:
        """Return what slipped, for a proposal."""
        return str(self.texts["repairs"].get(kind, english))

    def name(self, row: Row, prefix: str = "name") -> str | None:
        """Return the row's name in the language: its column `name_zh`, or the English one."""
        return row.get(f"{prefix}_{self.language}") or row.get(f"{prefix}_en")

    def quantity(self, value: Any, unit: str | None, unit_name: str | None) -> str:
        """Return a value with its unit: "284,000,000 persons", "10.8%"."""
        key = "percent" if unit == "percent" else "plain"
        return self.say("amount", key, value=number(f"{value:f}"), unit=unit_name or unit or "").strip()

    def interval(self, row: Row) -> str:
        """Return the values that the printed rounding and hedge allow, in words where an end is open."""
        lower, upper = row["lower"], row["upper"]
        if lower is None:
            return "—" if upper is None else self.say("interval", "at_most", value=number(upper))
        if upper is None:
            return self.say("interval", "at_least", value=number(lower))
        return number(lower) if lower == upper else f"{number(lower)} – {number(upper)}"

    def message(self, rule: str, facts: Sequence[Row], english: str, outcome: str = "fail") -> str:
        """Return the sentence that says what does not add up.

        Args:
            rule: its id.
            facts: the numbers in the order of the comparison, with `named`, what they count, in the language.
            english: the rule's own sentence, kept where the language has none for it.
            outcome: `restated` may have a sentence of its own.
        """
        messages = self.texts["messages"]
        narrow = f"{rule}_{facts[1]['measure']}" if len(facts) > 1 else rule
        template = messages.get(f"{rule}_{outcome}") or messages.get(narrow) or messages.get(rule)
        if template is None:
            return english
        values: dict[str, object] = {"cause": english.partition(": ")[2] or english, "count": english.partition(" ")[0]}
        if "{moved}" in template:
            times = times_as_much(facts[0], facts[1])
            values["moved"] = self.say("narrowed", "times", times=times) if times else ""
        for place, fact in enumerate(facts, 1):
            values |= {f"{name}{place}": said for name, said in self._parts(fact).items()}
        in_time = sorted(facts, key=lambda fact: (fact["period"] or "", fact["published"] or ""))
        for when, fact in zip(("early", "late"), in_time[:1] + in_time[-1:], strict=False):
            values |= {f"{name}_{when}": said for name, said in self._parts(fact).items()}
        stated = [f"{self._parts(fact)['name']} {amount(fact)}" for fact in facts]
        dated = [self.say("narrowed", "by_members", name=amount(f), members=f["period"]) for f in facts[1:]]
        values |= {"parts": self.listed(stated[1:]), "all": self.listed(stated), "dated": self.listed(dated)}
        try:
            said = str(template).format(**values)
        except KeyError:  # the rule compares other numbers than the sentence speaks of
            return english
        return said.replace("） ", "）")  # a full-width bracket brings its own space

    def _parts(self, fact: Row) -> dict[str, object]:
        area = self.name(fact, "area") or fact["area"]
        said = {"name": self.say("measured", fact["measure"], name=fact["named"]), "amount": amount(fact)}
        where = {
            "area": area,
            "period": fact["period"],
            "where": self.say("narrowed", "place", area=area, period=fact["period"]),
        }
        vintage = {"vintage": fact.get("vintage")}
        return {**said, **where, **vintage, **{name: fact[name] or "—" for name in ("published", "publisher")}}


@cache
def _read(language: str) -> dict[str, Any]:
    texts: dict[str, Any] = yaml.safe_load((LANGUAGES / f"{language}.yml").read_text(encoding="utf-8"))
    return texts
