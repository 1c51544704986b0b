"""What those of a percentage use the net, or a device, for: who do something that no indicator counts."""

import re

from bulletin.claim import Claim, View
from bulletin.phrases import Phrase, phrases
from bulletin.scan import VERB

_DEVICE_FOR = re.compile(
    r"\s+(?:mainly\s+|mostly\s+)?(?:to|for)\s+(?!(?:go|get|access|surf|connect|browse|be|being|reach|use|using|going|getting"
    r"|accessing|surfing|connecting|browsing|internet|online|the|an?|their|all|every|at|more|about)\b)[a-z]+"
)
_PURPOSE = re.compile(
    r"\s+(?:mainly\s+|mostly\s+|primarily\s+|chiefly\s+|largely\s+)?(?:to\s+(?!an?\b|the\b|some\b|any\b|date\b|this\b|that\b|its\b)[a-z]+"
    r"|for\s+(?:their\s+|online\s+)?(?:[a-z]+ing|work|study|studies|school|business|news|entertainment|health"
    r"|education|payments?|fun|pleasure|information|homework|social)\b)"
)


def has_purpose(phrase: Phrase, claim: Claim, view: View) -> bool:
    """Return whether it is said what those online do there: "60% use the net | to read the news, for learning"."""
    indicator = view.catalogue.indicators[claim.indicator]
    online = indicator.of_population or any(
        rate.of_population == indicator.id for rate in view.catalogue.indicators.values()
    )
    if (
        not (online and view.sentence.spaced)
        or phrase.start < view.mention.end
        or not VERB.match(view.sentence.text, phrase.start)
    ):
        return False
    return _PURPOSE.match(view.sentence.text, phrase.end) is not None


def serves_else(view: View) -> bool:
    """Whether those of the percentage use a device for what the catalogue does not know: "70% use phones to pay"."""
    if not (view.is_percent and view.sentence.spaced):
        return False
    begin, end = view.sentence.clause_after(view.index)
    return any(
        phrase.members() and is_used_for_else(phrase, view) and not view.sentence.named_in(phrase.end, end, "member")
        for phrase in phrases(view.sentence, begin, end)[:1]
    )


def is_used_for_else(phrase: Phrase, view: View) -> bool:
    """Return whether a device serves something else than going online: "70% use their phones | to pay"."""
    if not view.sentence.spaced or phrase.start < view.mention.end:
        return False
    return _DEVICE_FOR.match(view.sentence.text, phrase.end) is not None
