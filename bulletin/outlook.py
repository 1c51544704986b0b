"""What a text foresees: "enrolment is expected to reach 57,000 in 2030" says nothing of when its other numbers hold."""

from bulletin.model import FoundPeriod
from bulletin.scan import Sentence


def is_foreseen(sentence: Sentence, period: FoundPeriod) -> bool:
    """Return whether words before the period foresee it: it may have come to pass by the time of publication."""
    return bool(sentence.cues_in(sentence.start, period.start, "forecast"))
