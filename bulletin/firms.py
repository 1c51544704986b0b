"""One firm's figures, which are not those of the whole that the catalogue counts."""

from bulletin.claim import View


def is_of_one_firm(view: View) -> bool:
    """Return whether the clause of the number names one firm, and not several or all: "Jio had 413 million users"."""
    sentence = view.sentence
    if not sentence.spaced or "firm_name" not in sentence.cues:
        return False
    begin, _ = sentence.clause_before(view.index)
    words = sentence.words_in(begin, sentence.clause_after(view.index)[1])
    names = {sentence.text[word.start : word.end] for word in words if word.is_cue("firm_name")}
    return len(names) == 1 and not any(word.is_cue("all_firms") for word in words)
