"""Where a number holds, by where the name of an area stands: ahead of its clause, or behind the number."""

import re

from bulletin.model import Token
from bulletin.scan import HARD_BREAK, Sentence

_LEADS = re.compile(
    r"(?:^|[,;:.–—-]\s)\s*(?:(?:and|but|while|whereas)\s+)?(?:in|for|across|within)\s+(?:the\s+)?$", re.I
)
"""What stands before an area that sets the scene: "In Norway, where ...", "..., and for Europe, ..."."""
_COMMA = re.compile(r"\s*,")
_IN = re.compile(r"\b(?:in|across)\s+(?:the\s+|all\s+of\s+)?$", re.I)


def sets_scene(sentence: Sentence, word: Token, start: int) -> bool:
    """Return whether the area leads the clauses up to `start`: "In Norway, where ..., 4 million people"."""
    if not sentence.spaced or not _COMMA.match(sentence.text, word.end):
        return False
    if not _LEADS.search(sentence.text[sentence.start : word.start]):
        return False
    stop = HARD_BREAK.search(sentence.text, word.end, start)
    return stop is not None and not re.search(r"[;:]", sentence.text[word.end : start])


def area_behind(sentence: Sentence, index: int) -> str | None:
    """Return the area in which the number is said to hold, in its clause: "16 million were served in Norway"."""
    if not sentence.spaced:
        return None
    for word in sentence.named_in(*sentence.clause_after(index), "area"):
        own = [sense.id for sense in word.of("area") if sense.id != "WORLD" and not word.of("member")]
        if own and _IN.search(sentence.text, sentence.mentions[index].end, word.start):
            return own[0]
    return None
