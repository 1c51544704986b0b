"""Wholes that stand right before their share: 超过移动电话用户的六成, 网民的99.9%用手机上网."""

import re

from bulletin.model import Token
from bulletin.scan import Sentence, remembered

_OF = re.compile(r"\s*(?:总数|总量|总体|整体|总规模|总额|总人数)?\s*的(?P<hedge>[^的]{0,4})$")
REACH = 12
"""Characters between the whole and its share."""


@remembered
def whole_before(sentence: Sentence, index: int) -> Token | None:
    """Return the label that a 的 right before the percentage makes the whole of it; None where there is none."""
    mention = sentence.mentions[index]
    if sentence.spaced or mention.unit != "percent":
        return None
    begin, end = sentence.clause_before(index)
    labels = sentence.named_in(max(begin, end - REACH), end, "indicator")
    of = _OF.match(sentence.text, labels[-1].end, end) if labels else None
    if of is None or sentence.unexplained(of.start("hedge"), end).strip():
        return None
    return labels[-1]
