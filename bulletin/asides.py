"""Clauses put in behind what they speak of: "core prices, which leave out food, rose 3%" are no prices of food."""

import re

from bulletin.scan import Sentence, Stretch, remembered

_PUT_IN = re.compile(r"\s*,\s*(?:which|who|whose)\s", re.IGNORECASE)
_END = re.compile(r",\s+")


@remembered
def aside_before(sentence: Sentence, begin: int, end: int) -> Stretch | None:
    """Return the relative clause between commas that stands in the stretch, if a verb goes on behind it."""
    opening = _PUT_IN.search(sentence.text, begin, end) if sentence.spaced else None
    if opening is None:
        return None
    for comma in reversed(list(_END.finditer(sentence.text, opening.end(), end))):
        verb = sentence.word_at(comma.end())
        if verb and verb.is_cue("up", "down", "level_after", "be"):
            return opening.start(), comma.end()
    return None
