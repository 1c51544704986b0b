"""Drafts of catalogue entries from the numbers that no indicator claims, grouped by the words that name them.

A draft is YAML as it stands in `indicators/*.yml`. It guesses at nothing but the words: the id, the names and the
definition are for a person to write.
"""

import itertools
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bulletin.extract import language_of, read_passage
from bulletin.header_periods import header_period
from bulletin.model import Block, Document, Mention, Resolved, Unresolved
from bulletin.scan import HARD_BREAK, Sentence, scan
from bulletin.text import view
from bulletin.words import lowered, word_key
from schemas.catalogue import Catalogue, Language

LONGEST = {True: 5, False: 14}
"""Words of a name, or characters where words are not spaced."""
EXAMPLES = 3
"""Sentences shown with a draft."""
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(slots=True)
class Draft:
    """The unresolved numbers that are named by the same words."""

    words: str
    language: str
    unit: str
    numbers: list[tuple[str, Unresolved]] = field(default_factory=list)
    """Sentence and number."""
    documents: set[str] = field(default_factory=set)


def suggestions(resolved: Iterable[Resolved], catalogue: Catalogue, *, least: int = 1) -> str:
    """Return drafts of entries as YAML, the most frequent words first; empty where every number is claimed.

    `least` leaves out words that fewer numbers are named by.
    """
    found: dict[tuple[str, str], Draft] = {}
    for item in resolved:
        for words, sentence, fact in _named(item, catalogue):
            language = language_of(item.document, catalogue).id
            key = (language, word_key(words))
            draft = found.setdefault(key, Draft(words, language, fact.mention.unit or "count"))
            draft.numbers.append((sentence, fact))
            draft.documents.add(item.document.key)
    drafts = [draft for draft in found.values() if len(draft.numbers) >= least]
    drafts.sort(key=lambda draft: (-len(draft.numbers), draft.language, draft.words))
    names = _identifiers(drafts, catalogue)
    return "".join(_yaml(draft, name, catalogue) for draft, name in zip(drafts, names, strict=True))


def _identifiers(drafts: Iterable[Draft], catalogue: Catalogue) -> list[str]:
    """Return an id for each draft, of its words, with a number where those of another come to the same."""
    taken = set(catalogue.indicators)
    found = []
    for draft in drafts:
        plain = re.sub(r"\W+", "_", word_key(draft.words)).strip("_") or "unnamed"
        numbered = itertools.chain([plain], (f"{plain}_{number}" for number in itertools.count(2)))
        name = next(name for name in numbered if name not in taken)
        taken.add(name)
        found.append(name)
    return found


def _named(resolved: Resolved, catalogue: Catalogue) -> Iterator[tuple[str, str, Unresolved]]:
    """Yield the unresolved numbers of the document that words name: the words, the sentence and the number."""
    text, language = view(resolved.document), language_of(resolved.document, catalogue)
    for fact in resolved.facts:
        if not isinstance(fact, Unresolved) or fact.candidates:
            continue
        if fact.mention.in_table:
            heads = fact.mention.prefix.rstrip(": ").split(" | ")
            words = next((head for head in heads if _LETTER.search(head) and not header_period(head, language)), "")
            sentence = f"{fact.mention.prefix}{fact.mention.quote}"
        else:
            sentence = " ".join(_sentence(resolved.document, fact.mention).split())
            words = _words(text, fact.mention, catalogue, language)
        if words:
            yield words, sentence, fact


def _sentence(document: Document, mention: Mention) -> str:
    return document.text[mention.sentence_start : mention.sentence_end]


def _words(text: str, mention: Mention, catalogue: Catalogue, language: Language) -> str:
    """Return what the number counts: the words behind it up to a joining word, else the last that lead up to it."""
    start, end = mention.sentence_start, mention.sentence_end
    passage, mentions = read_passage(text, Block("", start, end), start, end, catalogue, language, text)
    at = next((index for index, other in enumerate(mentions) if other.start == mention.start), None)
    if at is None:
        return ""
    sentence = scan(text, lowered(text), mentions, passage, catalogue, language)
    behind = list(_chunks(sentence, *sentence.gap_after(at)))[:1] if language.boundaries else []
    ahead = list(_chunks(sentence, *sentence.gap_before(at)))[::-1]
    rest = [] if language.boundaries else list(_chunks(sentence, *sentence.gap_after(at)))[:1]
    limit = LONGEST[language.boundaries]
    for chunk in (*behind, *ahead, *rest):
        size = len(chunk.split()) if language.boundaries else len(chunk)
        if chunk and size <= limit:
            return chunk
    return ""


def _chunks(sentence: Sentence, begin: int, end: int) -> Iterator[str]:
    """Yield the runs of words between joining words, cues, areas, periods and punctuation, in order."""
    joining = [(word.start, word.end) for word in sentence.words_in(begin, end) if word.of("cue") or word.of("area")]
    joining += [(period.start, period.end) for period in sentence.periods]
    left = list(sentence.text[begin:end])
    for start, stop in joining:
        for position in range(max(start, begin), min(stop, end)):
            left[position - begin] = "|"
    for piece in re.split(r"[|]+", HARD_BREAK.sub("|", sentence.without_linking("".join(left)))):
        if words := " ".join(piece.split()).strip("()（）\"“”'. 　"):
            yield words


def _yaml(draft: Draft, identifier: str, catalogue: Catalogue) -> str:
    numbers, documents = len(draft.numbers), len(draft.documents)
    lines = [f"# {numbers} number{'s' * (numbers != 1)} in {documents} document{'s' * (documents != 1)}, for instance"]
    shown = list(dict.fromkeys(sentence for sentence, _ in draft.numbers))[:EXAMPLES]
    lines += [f"#   {sentence[:200]}" for sentence in shown]
    names = ", ".join(f"{language}: {json.dumps(draft.words, ensure_ascii=False)}" for language in catalogue.languages)
    lines += [
        f"- id: {json.dumps(identifier, ensure_ascii=False)}",
        f"  name: {{{names}}}",
        "  definition: To be written, what exactly it is.",
        f"  unit: {draft.unit}",
        f"  labels: {{{draft.language}: [{json.dumps(draft.words, ensure_ascii=False)}]}}",
    ]
    return "\n".join(lines) + "\n\n"
