"""What a text foresees: "enrolment is expected to reach 57,000 in 2030" says nothing of when its other numbers hold."""

from bulletin import periods
from bulletin.model import FoundPeriod
from bulletin.scan import Sentence


def is_foreseen(sentence: Sentence, period: FoundPeriod, value: str, published: str | None) -> bool:
    """Return whether the period had not ended when the text was published, and the words before it foresee it."""
    ahead = published is not None and periods.last_month(value) > published[:7]
    return ahead and bool(sentence.cues_in(sentence.start, period.start, "forecast"))
