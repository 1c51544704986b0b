"""The gold splits and how an extraction of them is scored, in the terms of the corpus guide.

A fact is right where value, unit, indicator, members, measure, direction, area and period are. Gold facts under
`other:` have no indicator in the catalogue: the number must be read and stay unresolved.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CORPUS = HERE.parent.parent / "shared" / "corpus"
FIELDS = ("indicator", "members", "measure", "direction", "area", "period")
Record = Mapping[str, Any]
Key = tuple[str, int, str]
"""Document, offset and quote."""


@dataclass(frozen=True, slots=True)
class Split:
    """Texts and the facts that they state."""

    name: str
    documents: Path
    gold: Path
    catalogue: Path | None = None
    """Laid over ours for it."""


def splits() -> list[Split]:
    """Return the splits of the corpus beside the project, where it is there, and the project's own."""
    found = []
    for folder in (CORPUS, HERE / "gold"):
        for documents in sorted(folder.glob("*.docs.jsonl")):
            name = documents.name.removesuffix(".docs.jsonl")
            catalogue = folder / name
            gold = folder / f"{name}.gold.jsonl"
            found.append(Split(name, documents, gold, catalogue if catalogue.is_dir() else None))
    return found


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Return the records of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def levels(gold: Sequence[Record], predicted: Sequence[Record]) -> dict[str, dict[str, float]]:
    """Return precision, recall and F1 of the numbers, of the numbers with their units, and of the whole facts."""
    hits, golden, guessed = Counter[str](), Counter[str](), Counter[str]()
    for fact, guess in _paired(gold, predicted):
        for counter, record in ((golden, fact), (guessed, guess)):
            if record:
                counter.update(("value", "quantity", *["fact"] * _is_named(record)))
        if fact and guess and _same_value(fact, guess):
            hits.update(("value", *["quantity"] * (fact["unit"] == guess["unit"])))
            hits["fact"] += _is_named(fact) and _is_right(fact, guess)
    return {level: _score(hits[level], guessed[level], golden[level]) for level in ("value", "quantity", "fact")}


def outcomes(gold: Sequence[Record], predicted: Sequence[Record]) -> dict[Key, str]:
    """Return what became of each gold fact and of each number that is none: `right`, or what is wrong with it."""
    found: dict[Key, str] = {}
    for fact, guess in _paired(gold, predicted):
        record = fact or guess
        assert record
        found[record["doc_id"], record["start"], record["quote"]] = _outcome(fact, guess)
    return found


def _outcome(fact: Record | None, guess: Record | None) -> str:
    if fact is None or guess is None:
        return "no statistic" if fact is None else "not read"
    if not _same_value(fact, guess):
        return f"value {guess['value']}, not {fact['value']}"
    if not _is_named(fact):
        return f"claimed by {guess['indicator']}" if _is_named(guess) else "right"
    if _is_right(fact, guess):
        return "right"
    names = [name for name in (*FIELDS, "unit") if (fact.get(name) or None) != (guess.get(name) or None)]
    return ", ".join(f"{name} {guess.get(name)}, not {fact.get(name)}" for name in names)


def _score(hits: int, guessed: int, golden: int) -> dict[str, float]:
    precision = hits / guessed if guessed else 0.0
    recall = hits / golden if golden else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}


def _is_named(record: Record) -> bool:
    return bool(record.get("indicator")) and not record["indicator"].startswith("other:")


def _is_right(fact: Record, guess: Record) -> bool:
    names = (*FIELDS, "unit")
    return all((fact.get(name) or None) == (guess.get(name) or None) for name in names)


def _same_value(fact: Record, guess: Record) -> bool:
    left, right = fact["value"], guess["value"]
    return left is not None and abs(left - right) <= 1e-9 * max(1.0, abs(left))


def _paired(gold: Sequence[Record], predicted: Sequence[Record]) -> list[tuple[Record | None, Record | None]]:
    """Return gold and predicted facts in pairs: overlapping spans, equal values first, then the longest overlap.

    A gold fact that is printed beyond reading (`wrong`, no value) is left out, with any prediction on top of it.
    """
    pairs: list[tuple[Record | None, Record | None]] = []
    guesses = defaultdict(list)
    for guess in predicted:
        guesses[guess["doc_id"]].append(guess)
    facts = defaultdict(list)
    for fact in gold:
        facts[fact["doc_id"]].append(fact)
    for document in {**facts, **guesses}:
        pairs += _paired_within(facts[document], guesses[document])
    return pairs


def _paired_within(gold: Sequence[Record], predicted: Sequence[Record]) -> list[tuple[Record | None, Record | None]]:
    unreadable = [fact for fact in gold if fact.get("wrong") and fact["value"] is None]
    facts = [fact for fact in gold if fact not in unreadable]
    guesses = [guess for guess in predicted if not any(_overlap(fact, guess) > 0 for fact in unreadable)]
    candidates = sorted(
        (not _same_value(fact, guess), -_overlap(fact, guess), f, g)
        for f, fact in enumerate(facts)
        for g, guess in enumerate(guesses)
        if _overlap(fact, guess) > 0
    )
    of_fact: dict[int, int] = {}
    for _, _, f, g in candidates:
        if f not in of_fact and g not in of_fact.values():
            of_fact[f] = g
    taken = set(of_fact.values())
    pairs = [(fact, guesses[of_fact[f]] if f in of_fact else None) for f, fact in enumerate(facts)]
    return [*pairs, *((None, guess) for g, guess in enumerate(guesses) if g not in taken)]


def _overlap(fact: Record, guess: Record) -> int:
    return int(min(fact["start"] + len(fact["quote"]), guess["end"]) - max(fact["start"], guess["start"]))
