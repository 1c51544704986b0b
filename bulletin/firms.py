"""One firm's figures, which are not those of the whole that the catalogue counts."""

import re

from bulletin.claim import View
from bulletin.scan import Sentence

_AND_OTHERS = re.compile(
    r"\b(?:and|or)\s+(?:(?:their|its|other|similar|rival)\s+(?:peers|rivals|competitors|apps|services|platforms|firms|likes?)"
    r"|rivals|competitors|the\s+like)\b",
    re.IGNORECASE,
)
"""What makes one of many of the firm that is named: "Alipay and its peers", "Netflix and the like"."""

_GOES_ON = re.compile(
    r"\s*(?:having|after|adding|gaining|losing|taking|bringing|making|giving|up|down|compared|against|versus|vs|from|of\s+which"
    r"|of\s+whom|including|with|and\s+(?:added|gained|lost|signed|reported|had|has))\b",
    re.IGNORECASE,
)
"""What a clause begins with that goes on about the subject before it: "..., having added 2 million"."""


def is_of_one_firm(view: View) -> bool:
    """Return whether the clause of the number names one firm, and not several or all: "Jio had 413 million users"."""
    sentence = view.sentence
    if not sentence.spaced:
        return _is_of_one_of_them(view)
    if "firm_name" not in sentence.cues:
        return False
    begin, _ = sentence.clause_before(view.index)
    if view.index and _GOES_ON.match(sentence.text, begin):
        begin, _ = sentence.clause_before(view.index - 1)
    words = sentence.words_in(begin, sentence.clause_after(view.index)[1])
    if has_peers(sentence):
        return False
    names = {sentence.text[word.start : word.end] for word in words if word.is_cue("firm_name")}
    return len(names) == 1 and not any(word.is_cue("all_firms") for word in words)


def has_peers(sentence: Sentence) -> bool:
    """Return whether a firm stands there with all that are like it: "Alipay and its peers"."""
    return _AND_OTHERS.search(sentence.text, sentence.start, sentence.end) is not None


def _is_of_one_of_them(view: View) -> bool:
    """Whether the clause names one firm, though the sentence speaks of all: 三大运营商..，中国移动5G用户7.9亿户."""
    if "firm" not in view.sentence.cues:
        return False
    words = view.sentence.words_in(*view.sentence.clause_before(view.index))
    return any(word.is_cue("firm") for word in words) and not any(word.is_cue("all_firms") for word in words)
