"""Put slips into clean facts, one at a time, and see what the checks make of them: `python -m tests.quality.inject`.

The facts are the samples of raw/ as the pipeline reads them, and the gold facts of tests/gold (and of the corpus beside
the project, where it is there) as their annotators gave them. A fact takes part where its annotators do not call it
wrong and nothing speaks against it as it stands.

What is counted (`--json` has the same names):

- `slips`: slips put in. Each changes a number beyond its rounding (its interval and the true one do not meet; a slip of
  percent for points, of a sign, or of two numbers exchanged changes what is stated) in a fact with at least one
  identity: an equation (sum, difference, ratio, growth, the same fact elsewhere) that holds with the true number and
  can be evaluated. What only a range or an inequality speaks of has no identity, nor has what may be restated.
- `detected`: of the slips, those after which a comparison with the changed number is broken that held before, as an
  error or a warning.
- `localised`: of the detected slips in facts with two identities or more, those whose changed number is in a lightest
  set of numbers that must be wrong (of two exchanged numbers, both are). `alone` counts those where no other number is.
- `repaired`: of the detected scale slips (thousand, million, 万, 亿), those for which the first proposal of all, over
  every suspected number, gives the changed number its true value back. `repaired_of_all_kinds` is the same of all.
- `hidden`: slips that are not detected and that no identity could show, since the changed number lies within what the
  rounding of the other numbers leaves it.
- `false_alarms_per_1000`: groups of broken comparisons (errors and warnings) per 1,000 clean gold facts. A group that
  `reviewed.yml` lists is none: there the sources contradict one another, or the gold gives two quantities one name.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pyarrow as pa
import yaml

from bulletin.check import check
from bulletin.localise import Comparison, Group, Network, localise
from bulletin.repair import proposals
from bulletin.rows import fact_types
from schemas.catalogue import Catalogue
from schemas.concepts import Outcome, Severity, Status
from schemas.evaluate import Judged, evaluate
from schemas.frames import frame_of, records
from schemas.relations import Interval
from schemas.rules import all_rules
from schemas.stated import Stated
from tests.quality.clean import Source, gold, samples
from tests.quality.slips import KINDS, SCALE, Fact, Slip

REVIEWED = Path(__file__).with_name("reviewed.yml")
Key = tuple[str, tuple[int, ...]]
"""Rule and rows of a comparison."""


@dataclass(slots=True)
class Tally:
    """What became of the slips of one kind."""

    slips: int = 0
    detected: int = 0
    hidden: int = 0
    linked: int = 0
    """Detected, in a fact with two identities or more."""
    localised: int = 0
    alone: int = 0
    repaired: int = 0


class Facts:
    """Sound facts of one source, what speaks of them, and what holds before a slip is put in."""

    def __init__(self, source: Source) -> None:
        checked = check(source.resolved, source.catalogue)
        about = {document.key: document.metadata for document in checked.documents}
        frame = checked.facts[checked.facts["status"] != Status.UNRESOLVED]
        contract = {row for issue in checked.issues if issue.rule == "contract" for row in issue.rows}
        frame = frame.drop(index=sorted(contract & set(frame.index)))
        self.catalogue = source.catalogue
        self.facts: list[Fact] = [
            fact | {name: getattr(about[fact["document"]], name) for name in ("publisher", "published")}
            for fact in ({k: None if pd.isna(v) else v for k, v in fact.items()} for fact in records(frame))
        ]
        self.wrong = {row for row, fact in enumerate(self.facts) if (fact["document"], fact["start"]) in source.wrong}
        self.judged = judge(self.facts, self.catalogue)
        self.network = Network(Stated(frame_from(self.facts, self.catalogue), self.catalogue), self.judged)
        self.groups = list(localise(self.network))
        doubted = {row for group in self.groups for row in group.rows}
        self.identities = _identities(self.judged)
        self.sound = [row for row in range(len(self.facts)) if row not in doubted | self.wrong and self.identities[row]]
        self.family = _families(self.catalogue)

    def around(self, rows: Sequence[int]) -> list[int]:
        """Return the rows that a rule could compare with these: of the same family of indicators and area."""
        wanted = {(self.family[self.facts[row]["indicator"]], self.facts[row]["area"]) for row in rows}
        documents = {self.facts[row]["document"] for row in rows if self.facts[row]["address"]}
        return [
            row
            for row, fact in enumerate(self.facts)
            if (self.family[fact["indicator"]], fact["area"]) in wanted or fact["document"] in documents
        ]


def frame_from(facts: Sequence[Fact], catalogue: Catalogue) -> pd.DataFrame:
    """Return the facts as the frame that rules see."""
    texts = dict.fromkeys(("publisher", "published"), pa.string())
    return frame_of(facts, fact_types(catalogue) | texts)


def judge(facts: Sequence[Fact], catalogue: Catalogue) -> list[Judged]:
    """Return what every rule makes of the facts."""
    stated = Stated(frame_from(facts, catalogue), catalogue)
    return [item for rule in all_rules() for item in evaluate(rule, stated)]


def _identities(judged: Sequence[Judged]) -> dict[int, set[Key]]:
    found: dict[int, set[Key]] = defaultdict(set)
    for item in judged:
        counts = item.failing is Outcome.FAIL and item.rule.severity is not Severity.INFO
        if counts and item.relation.is_equation:
            for rows in item.rows[item.codes == 0].tolist():
                for row in rows:
                    found[row].add((item.rule.id, tuple(rows)))
    return found


def _families(catalogue: Catalogue) -> dict[str, str]:
    """Return for each indicator the first of those that formulas link it with."""
    head = {name: name for name in catalogue.indicators}

    def root(name: str) -> str:
        while head[name] != name:
            name = head[name]
        return name

    for indicator in catalogue.indicators.values():
        linked = [*(indicator.ratio or ())]
        linked += [indicator.of_population] if indicator.of_population else []
        linked += [indicator.difference.indicator] if indicator.difference else []
        for other in linked:
            head[root(other)] = root(indicator.id)
    return {name: root(name) for name in head}


def slips_in(facts: Facts, random: Random) -> Iterator[tuple[int, Slip]]:
    """Yield the slips that change a sound fact beyond its rounding, kinds in turn, facts at random."""
    order = {kind: random.sample(facts.sound, len(facts.sound)) for kind in KINDS}
    for turn in range(len(facts.sound)):
        for kind, make in KINDS.items():
            row = order[kind][turn]
            for slip in make(row, facts.facts, facts.catalogue, random):
                if kind in ("sign", "percent_points") or not _meet(facts.facts[row], slip.facts[row]):
                    yield row, slip


def _meet(one: Fact, other: Fact) -> bool:
    """Return whether two statements agree within their rounding."""
    (low, high), (least, most) = _ends(one), _ends(other)
    return low <= most and least <= high


def _ends(fact: Fact) -> tuple[Decimal, Decimal]:
    endless = Decimal("1e40")
    low = -endless if fact["lower"] is None else fact["lower"]
    high = endless if fact["upper"] is None else fact["upper"]
    return low, high


def try_slip(row: int, slip: Slip, facts: Facts, tally: Tally) -> str:
    """Count what the checks make of the slip, and return it in a word."""
    rows = facts.around(list(slip.facts))
    place = {old: new for new, old in enumerate(rows)}
    changed = [slip.facts.get(old, facts.facts[old]) for old in rows]
    stated = Stated(frame_from(changed, facts.catalogue), facts.catalogue)
    network = Network(stated, [item for rule in all_rules() for item in evaluate(rule, stated)])
    injected = {place[old] for old in slip.facts}
    tally.slips += 1
    groups = [group for group in localise(network) if any(injected & set(c.rows) for c in group.broken)]
    if not groups:
        hidden = _is_hidden(row, slip, facts)
        tally.hidden += hidden
        return "hidden" if hidden else "missed"
    tally.detected += 1
    repaired = _is_mended(place[row], facts.facts[row], groups, network)
    tally.repaired += repaired
    localised = ""
    if min(len(facts.identities[old]) for old in slip.facts) >= 2:
        tally.linked += 1
        suspected = {suspect for group in groups for suspect in group.suspected}
        found = injected <= suspected
        tally.localised += found
        tally.alone += suspected == injected
        localised = ", localised" if found else ", not localised"
    return f"detected{localised}{', repaired' if repaired else ', not repaired'}"


def _is_mended(at: int, true: Fact, groups: Sequence[Group], network: Network) -> bool:
    """Return whether the first proposal of the group that suspects the number gives it back what it was."""
    value = -true["value"] if true["direction"] == "down" else true["value"]
    for group in groups:
        if at in group.suspected:
            first = next(iter(proposals(sorted(group.suspected), group.broken, network)), None)
            if first is None or at not in dict(first.slip.values):
                return False
            mended = dict(first.slip.values)[at]
            close = abs(mended - value) <= abs(value) * Decimal("1e-9")
            return close and (first.slip.measure or true["measure"]) == true["measure"]
    return False


def _is_hidden(row: int, slip: Slip, facts: Facts) -> bool:
    """Return whether every identity of the true number holds with the changed one too."""
    changed = {old: Stated(frame_from([fact], facts.catalogue), facts.catalogue) for old, fact in slip.facts.items()}
    for old in slip.facts:
        if slip.facts[old]["measure"] != facts.facts[old]["measure"]:
            return False
        for comparison in facts.network.around([old])[old]:
            ends: list[Interval] = [
                changed[number].interval(0) if number in changed else facts.network.interval(number)
                for number in comparison.rows
            ]
            if comparison.relation.outcome(ends) is Outcome.FAIL:
                return False
    return True


def run(slips: int, seed: int = 1, sources: Sequence[Source] | None = None) -> tuple[dict[str, Tally], list[str]]:
    """Return what became of at least so many slips, by kind, and a line for each that was not wholly mended."""
    random = Random(seed)
    tallies = {kind: Tally() for kind in KINDS}
    said: list[str] = []
    held = [Facts(source) for source in (sources or [samples(), *gold()])]
    streams = [(facts, slips_in(facts, random)) for facts in held]
    done = 0
    while streams and done < slips:
        for facts, stream in list(streams):
            for _ in range(max(1, len(facts.sound) // 20)):
                found = next(stream, None)
                if found is None:
                    streams.remove((facts, stream))
                    break
                row, slip = found
                outcome = try_slip(row, slip, facts, tallies[slip.kind])
                done += 1
                fact, now = facts.facts[row], slip.facts[row]
                said.append(
                    f"{outcome}: {slip.kind}: {fact['indicator']} {fact['period']} {fact['measure']} of "
                    f"{fact['document']}: {fact['quote']} [{fact['value']:f}] became {now['value']:f}"
                )
    return tallies, said


def false_alarms() -> tuple[int, list[tuple[str, list[str]]]]:
    """Return how many clean gold facts there are, and each group of broken comparisons on them with its verdict.

    The verdict is that of `reviewed.yml`: `source`, `label`; `wrong` where the number is marked so; else `false alarm`.
    """
    reviewed = yaml.safe_load(REVIEWED.read_text(encoding="utf-8"))
    verdicts = {(entry["document"], entry["quote"]): entry["verdict"] for entry in reviewed}
    total, found = 0, []
    for source in gold():
        facts = Facts(source)
        total += len(facts.facts) - len(facts.wrong)
        for group in facts.groups:
            named = {(facts.facts[row]["document"], facts.facts[row]["quote"]) for row in group.rows}
            verdict = "wrong" if facts.wrong & set(group.rows) else "false alarm"
            known = sorted({verdicts[name] for name in named & set(verdicts)})
            found.append((verdict if verdict == "wrong" or not known else known[0], _told(group, facts)))
    return total, found


def _told(group: Group, facts: Facts) -> list[str]:
    def told(comparison: Comparison) -> str:
        """Return the sentence of a broken comparison."""
        return comparison.judged.describe([facts.network.stated.record(row) for row in comparison.rows])

    return [f"{comparison.rule}: {told(comparison)}" for comparison in group.broken]


def wrong_numbers() -> Iterator[str]:
    """Yield a line for each number that the gold files mark as wrong: what is done with it."""
    for source in gold():
        facts = Facts(source)
        for row in sorted(facts.wrong):
            fact = facts.facts[row]
            groups = [group for group in facts.groups if row in group.rows]
            said = f"{fact['document']}: {fact['indicator']} {fact['quote']}"
            if not groups:
                yield f"{said}: not found ({len(facts.identities[row])} identities)"
                continue
            for group in groups:
                own = [p for p in proposals(sorted(group.suspected), group.broken, facts.network) if p.row == row]
                suspected = "suspected" if row in group.suspected else "not suspected"
                ties = f"one of {len(group.suspects)} sets" if len(group.suspects) > 1 else "the one lightest set"
                repair = f"first proposal {own[0].value:f} ({own[0].slip.words})" if own else "no proposal"
                yield f"{said}: {len(group.broken)} broken, {suspected}, {ties}, {repair}"


def summary(tallies: Mapping[str, Tally]) -> dict[str, Any]:
    """Return the rates, as the module's docstring defines them."""
    every = list(tallies.values())
    scale = [tallies[kind] for kind in SCALE]

    def rate(part: str, whole: str, of: Sequence[Tally]) -> float | None:
        total = sum(getattr(tally, whole) for tally in of)
        return round(sum(getattr(tally, part) for tally in of) / total, 4) if total else None

    seen = sum(tally.slips - tally.hidden for tally in every)
    return {
        "slips": sum(tally.slips for tally in every),
        "detected": rate("detected", "slips", every),
        "detected_of_visible": round(sum(tally.detected for tally in every) / seen, 4),
        "localised": rate("localised", "linked", every),
        "alone": rate("alone", "linked", every),
        "repaired": rate("repaired", "detected", scale),
        "repaired_of_all_kinds": rate("repaired", "detected", every),
    }


def main() -> None:
    """Print a table, or one JSON object with `--json`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--slips", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--verbose", action="store_true", help="every slip that was not wholly mended")
    options = parser.parse_args()
    tallies, said = run(options.slips, options.seed)
    total, alarms = false_alarms()
    count = {verdict: sum(found == verdict for found, _ in alarms) for verdict in ("false alarm", "source", "label")}
    figures = summary(tallies) | {
        "false_alarms_per_1000": round(1000 * count["false alarm"] / total, 2),
        "clean_gold_facts": total,
        "contradictions_of_the_sources": count["source"],
        "two_quantities_of_one_name": count["label"],
    }
    if options.json:
        print(json.dumps(figures))
        return
    names = ("slips", "detected", "hidden", "linked", "localised", "alone", "repaired")
    print(f"{'kind':18}" + "".join(f"{name:>10}" for name in names))
    for kind, tally in tallies.items():
        print(f"{kind:18}" + "".join(f"{getattr(tally, name):>10}" for name in names))
    for name, value in figures.items():
        print(f"{name:30} {value}")
    print("\nAlarms on clean gold facts:")
    for verdict, lines in alarms:
        if verdict != "wrong":
            print(f"  {verdict}: " + "\n    ".join(lines[:3]))
    print("\nNumbers that the gold files mark as wrong:")
    for line in wrong_numbers():
        print(f"  {line}")
    if options.verbose:
        print("\n".join(line for line in said if "not " in line or line.startswith("missed")))


if __name__ == "__main__":
    main()
