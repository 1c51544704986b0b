"""Lists: "69.7%, 52.1% and 46.2% respectively", 分别为7.48亿和2.84亿 give each number its own member or subject."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bulletin.model import Members, Observation, Token, Unresolved
from bulletin.phrases import narrowed, phrases
from bulletin.scan import Sentence
from schemas.catalogue import Catalogue
from schemas.concepts import Measure

Fact = Observation | Unresolved
REACH = 60
"""Characters between a list and the word that makes its numbers go with what was listed before."""
PAIR = 2
_AND = re.compile(r"\s+and\s+")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_BETWEEN_TIMES = re.compile(r"\s*[、和及与，]\s*")
_LED_TO = re.compile(r"\s*[^，。；\d]{0,4}[至到为][^，。；]{0,12}")
"""What stands between where several things were and where they came to: 分别由94%、70%升至2023年的96%和75%."""
_BREAK = re.compile(r"[，,；;]")
_JOINT = re.compile(r"[\s,，、和及与()（）]*(?:and|以及)?\s*(?:[a-z]+\s+){0,2}", re.IGNORECASE)


def apportion(sentence: Sentence, facts: Sequence[Fact], catalogue: Catalogue) -> Iterator[Fact]:
    """Yield the facts of the sentence, those of a "respectively" list each with its own member or subject.

    A list whose numbers cannot be matched one to one with what was listed before stays as it is. A share in
    parentheses goes with the number before it.
    """
    shares = list(facts)
    chains = _chains(sentence, facts) if "respectively" in sentence.cues else _paired(sentence, facts)
    for cue, chain in chains.items():
        shares = _at_one_time(sentence, shares, chain)
        if areas := _areas(sentence, cue, [facts[position] for position in chain], catalogue):
            for position, area in zip(chain, areas, strict=True):
                shares[position] = replace(shares[position], area=area)
            continue
        if told := _years(sentence, cue, [shares[position] for position in chain]):
            for position, dated in zip(chain, told, strict=True):
                shares[position] = dated
            continue
        for position, fact in _apportioned(sentence, shares, cue, chain, catalogue):
            shares[position] = fact
        if _says_one_thing([shares[position] for position in chain]):
            for position in chain:
                shares[position] = _in_doubt(shares[position])
    yield from shares


def _at_one_time(sentence: Sentence, facts: list[Fact], chain: Sequence[int]) -> list[Fact]:
    """Return the facts, those of a list at the time of its first where none has one of its own, in Chinese."""
    start, end = facts[chain[0]].mention.end, facts[chain[-1]].mention.start
    if sentence.spaced or any(start <= period.start < end for period in sentence.periods):
        return facts
    first = facts[chain[0]].period
    return [replace(fact, period=first) if place in chain else fact for place, fact in enumerate(facts)]


def _years(sentence: Sentence, cue: Token, facts: Sequence[Fact]) -> list[Observation]:
    """Return the facts each at its own time, where as many times are listed before the cue: 2021年、2022年..分别为."""
    told = [fact for fact in facts if isinstance(fact, Observation)]
    if sentence.spaced or len(told) < len(facts) or not _says_one_thing(facts):
        return []
    times = [p for p in sentence.periods if p.end <= cue.start and p.value]
    apart = [sentence.text[a.end : b.start] for a, b in pairwise(times)]
    listed = len(times) == len(facts) and all(_BETWEEN_TIMES.fullmatch(gap) for gap in apart)
    return [replace(fact, period=time.value) for fact, time in zip(told, times, strict=True)] if listed else []


def _says_one_thing(facts: Sequence[Fact]) -> bool:
    """Whether numbers of a list would state the same, so that what it lists is not known."""
    stated = {
        (fact.indicator, fact.members, fact.measure, fact.area, fact.period)
        for fact in facts
        if isinstance(fact, Observation)
    }
    return len(stated) == 1 and sum(isinstance(fact, Observation) for fact in facts) > 1


def _in_doubt(fact: Fact) -> Fact:
    if isinstance(fact, Unresolved):
        return fact
    reason = "a list of several things, and no words that tell which number is of which"
    return Unresolved(
        mention=fact.mention,
        reason=reason,
        candidates=(fact.indicator,),
        measure=fact.measure,
        direction=fact.direction,
        area=fact.area,
        period=fact.period,
    )


def _apportioned(
    sentence: Sentence, facts: Sequence[Fact], cue: Token, run: list[int], catalogue: Catalogue
) -> Iterator[tuple[int, Fact]]:
    earlier = [fact for fact in facts[: run[0]] if isinstance(fact, Observation) and fact.measure is Measure.LEVEL]
    start = min(facts[run[0]].mention.start, cue.start)
    follows = facts[run[0]].measure is not Measure.LEVEL and len(earlier) == len(run)
    if follows and _is_one_list(earlier, facts[run[0] - 1]):
        for position, subject in zip(run, earlier, strict=True):
            yield from _of_subject(position, facts[position], subject, catalogue)
    elif listed := _listed(sentence, start, len(run)):
        for position, (dimension, member) in zip(run, listed, strict=True):
            yield from _narrowed(sentence, facts, position, dimension, member, catalogue)
    elif follows and facts[run[0] - 1] is earlier[-1] and not sentence.spaced:
        for position, subject in zip(run, earlier, strict=True):
            yield from _of_subject(position, facts[position], subject, catalogue)
    elif subjects := _subjects(sentence, start, len(run), catalogue):
        for position, (indicator, members) in zip(run, subjects, strict=True):
            fact = facts[position]
            if isinstance(fact, Observation) and catalogue.indicators[indicator].unit == fact.unit:
                yield position, replace(fact, indicator=indicator, members=members)
    elif follows:
        for position, subject in zip(run, earlier, strict=True):
            yield from _of_subject(position, facts[position], subject, catalogue)


def _is_one_list(levels: Sequence[Observation], before: Fact) -> bool:
    """Whether the levels, which end right before, are of one indicator by its members."""
    return levels[-1] is before and len({fact.indicator for fact in levels}) == 1 < len(
        {fact.members for fact in levels}
    )


def _of_subject(position: int, fact: Fact, subject: Observation, catalogue: Catalogue) -> Iterator[tuple[int, Fact]]:
    """Yield the difference or share as that of the level named earlier: "A 5 and B 6 million, 98% and 38%"."""
    if fact.measure is Measure.SHARE:
        share = replace(subject, mention=fact.mention, measure=Measure.SHARE, unit="percent", base_period=None)
        for dimension, _ in subject.members:
            share = _as_rate(share, dimension, catalogue)
        yield position, share
    elif isinstance(fact, Observation) and fact.unit in (subject.unit, "percent", "percentage_point"):
        yield position, replace(fact, indicator=subject.indicator, members=subject.members)


def _subjects(sentence: Sentence, before: int, count: int, catalogue: Catalogue) -> list[tuple[str, Members]]:
    """Return the last `count` labels before the position, each of one meaning, with their members; else nothing."""
    found: list[tuple[str, Members]] = []
    for phrase in [phrase for phrase in phrases(sentence, sentence.start, before) if phrase.head][-count:]:
        named = phrase.members()
        senses = [s for s in (phrase.head.of("indicator") if phrase.head else ()) if set(s.requires) <= set(named)]
        needed = [sense for sense in senses if sense.requires]
        senses = needed if len(needed) == 1 else senses
        if len(senses) != 1:
            return []
        indicator = catalogue.indicators[senses[0].id]
        found.append((indicator.id, narrowed({**phrase.members(), **dict(senses[0].members)}, indicator.dimensions)))
    return found if len(set(found)) == count else []


def _narrowed(
    sentence: Sentence, facts: Sequence[Fact], position: int, dimension: str, member: str, catalogue: Catalogue
) -> Iterator[tuple[int, Fact]]:
    """Yield the fact, and the share put in behind it, narrowed by the member."""
    for place in (position, position + 1):
        fact = facts[place] if place < len(facts) else None
        if place > position and not (fact and _is_inserted(sentence, fact)):
            return
        if isinstance(fact, Observation) and dimension in catalogue.indicators[fact.indicator].dimensions:
            members = tuple(sorted((dict(fact.members) | {dimension: member}).items()))
            yield place, _as_rate(replace(fact, members=members), dimension, catalogue)


def _as_rate(fact: Observation, dimension: str, catalogue: Catalogue) -> Observation:
    """Return the fact, or that of the indicator which such a share is: netizens by device are a rate."""
    for rate in catalogue.indicators.values():
        own = rate.ratio and rate.ratio[0] == fact.indicator and dimension in rate.ratio_dimensions
        if own and fact.measure is Measure.SHARE:
            return replace(fact, indicator=rate.id, measure=Measure.LEVEL)
    return fact


def _is_inserted(sentence: Sentence, fact: Fact) -> bool:
    return sentence.is_inserted(bisect_left(sentence.mentions, fact.mention.start, key=lambda mention: mention.start))


def _chains(sentence: Sentence, facts: Sequence[Fact]) -> dict[Token, list[int]]:
    """Return the positions of each list's numbers by its cue: 分别 before it, or "respectively" behind."""
    chains: list[list[int]] = []
    end = 0
    for position, fact in enumerate(facts):
        if _is_inserted(sentence, fact):
            end = fact.mention.end
        elif (
            chains
            and fact.measure is facts[chains[-1][-1]].measure
            and _goes_on(sentence, facts[chains[-1][-1]], fact, end)
        ):
            chains[-1].append(position)
        else:
            chains.append([position])
        end = fact.mention.end
    found: dict[Token, list[int]] = {}
    for chain in chains:
        first, last = facts[chain[0]].mention, facts[chain[-1]].mention
        cue = _cue_of(sentence, first.start, last.end)
        if cue and cue not in found and len(chain) > 1:
            found[cue] = chain
        elif (cue is None or cue in found) and _follows(sentence, facts, chain, list(found.values())):
            # It has no cue of its own; the word before it stands in for one.
            found[sentence.words_in(sentence.start, first.start)[-1]] = chain
    for chain, behind in pairwise(chains):
        # "A, B and C grew by 3, 4 and 5 million, or 8%, 7% and 6% respectively": the word speaks for both lists.
        alike = len(chain) == len(behind) > 1 and behind in found.values() and chain not in found.values()
        ahead = sentence.words_in(sentence.start, facts[chain[0]].mention.start)
        if sentence.spaced and alike and ahead:
            found[ahead[-1]] = chain
    return found


def _paired(sentence: Sentence, facts: Sequence[Fact]) -> dict[Token, list[int]]:
    """Return two numbers told of two things side by side: "rural and urban users stood at 2 and 6 million".

    Two differences right behind them are of the same two: "..., up 3% and 5%".
    """
    if not sentence.spaced or not _is_pair(sentence, facts[:PAIR]):
        return {}
    start = facts[0].mention.start
    ahead = sentence.words_in(sentence.start, start)
    members = [word for word in ahead if word.of("member")]
    labels = [phrase.head for phrase in phrases(sentence, sentence.start, start) if phrase.head]
    told = _is_beside(sentence, members, start) and _listed(sentence, start, PAIR)
    if not told and not _is_beside(sentence, labels, start):
        return {}
    found = {ahead[-1]: [0, 1]}
    behind = facts[PAIR : 2 * PAIR]
    between = sentence.words_in(facts[1].mention.end, behind[0].mention.start) if behind else ()
    differ = all(fact.measure in (Measure.CHANGE, Measure.GROWTH_RATE) for fact in behind)
    if between and differ and _is_pair(sentence, behind):
        found[between[-1]] = [PAIR, PAIR + 1]
    return found


def _is_pair(sentence: Sentence, facts: Sequence[Fact]) -> bool:
    """Whether they are two numbers of one unit with nothing but an "and" between them."""
    if len(facts) < PAIR or facts[0].mention.unit != facts[1].mention.unit:
        return False
    return _AND.fullmatch(*_between(sentence, facts[0], facts[1])) is not None


def _is_beside(sentence: Sentence, words: Sequence[Token], start: int) -> bool:
    """Whether they are two words with an "and" between them, in the clause of the number that begins at `start`."""
    if len(words) != PAIR or sentence.broken(words[0].end, start, _BREAK):
        return False
    return _AND.fullmatch(sentence.text, words[0].end, words[1].start) is not None


def _between(sentence: Sentence, one: Fact, other: Fact) -> tuple[str, int, int]:
    return sentence.text, one.mention.end, other.mention.start


def _goes_on(sentence: Sentence, before: Fact, fact: Fact, end: int) -> bool:
    """Whether the number is the next of a list, and no percentage behind counts or count behind percentages."""
    alike = not sentence.spaced or (before.mention.unit == "percent") == (fact.mention.unit == "percent")
    return alike and _JOINT.fullmatch(sentence.text, end, fact.mention.start) is not None


def _follows(sentence: Sentence, facts: Sequence[Fact], chain: list[int], before: list[list[int]]) -> bool:
    """Whether as many differences come right behind a list, and go by its order: 分别达6亿和1亿户，增1亿、3000万户."""
    if not before or len(before[-1]) != len(chain) or before[-1][-1] + 1 != chain[0]:
        return False
    earlier = facts[before[-1][0]].mention.unit
    if all(facts[position].mention.unit == "percent" != earlier for position in chain):
        return True  # "reached A, B and C respectively, with usage rates of 97%, 96% and 95%"
    start = facts[chain[0]].mention.start
    led = _LED_TO.fullmatch(sentence.text, facts[before[-1][-1]].mention.end, start)
    if led and not sentence.spaced:
        return True
    return all(facts[position].measure in (Measure.CHANGE, Measure.GROWTH_RATE) for position in chain)


def _cue_of(sentence: Sentence, start: int, end: int) -> Token | None:
    """Return the cue of the list `text[start:end]`; None where no such word stands next to it."""
    for cue in sentence.words_in(end, min(sentence.end, end + REACH)):
        if cue.is_cue("respectively") and _is_right_behind(sentence, end, cue.start):
            return cue
    for cue in reversed(sentence.words_in(max(sentence.start, start - REACH), start)):
        if cue.is_cue("respectively") and not _BREAK.search(sentence.text, cue.end, start):
            return cue
    return None


def _is_right_behind(sentence: Sentence, end: int, cue: int) -> bool:
    """Whether nothing but an aside, or what the numbers count, stands between the list and the word."""
    between = _ASIDE.sub("", sentence.text[end:cue]).strip(" ,")
    counted = sentence.spaced and not _BREAK.search(between) and sentence.unknown(end, cue) == 0
    return not between or (counted and bool([w for w in sentence.words_in(end, cue) if w.of("indicator")]))


def _areas(sentence: Sentence, cue: Token, facts: Sequence[Fact], catalogue: Catalogue) -> list[str]:
    """Return the areas listed before the cue in its clause, one for each number: 北京、广州分别下降; else nothing."""
    count = len(facts)
    breaks = [match.end() for match in _BREAK.finditer(sentence.text, sentence.start, cue.start)]
    begin = breaks[-1] if breaks and not sentence.spaced else sentence.start
    stop = sentence.mentions[0].start if sentence.spaced else cue.start
    words = [word for word in sentence.words_in(begin, stop) if not _narrows(word, facts, catalogue)]
    named = [sense.id for word in words for sense in word.of("area")]
    return named if len(set(named)) == len(named) == count or (len(set(named)) == count and not sentence.spaced) else []


def _narrows(word: Token, facts: Sequence[Fact], catalogue: Catalogue) -> bool:
    """Whether the area is a member of what the numbers state: 对欧盟、美国出口分别增长 are two partners."""
    indicators = [catalogue.indicators[fact.indicator] for fact in facts if isinstance(fact, Observation)]
    own = {dimension for indicator in indicators for dimension in indicator.dimensions}
    return any(dimension in own for sense in word.of("member") for dimension, _ in sense.members)


def _listed(sentence: Sentence, before: int, count: int) -> list[tuple[str, str]]:
    """Return the last `count` members of one dimension named before the position, all different; else nothing."""
    by_dimension: dict[str, list[str]] = {}
    for word in sentence.words_in(_list_start(sentence, before), before):
        for dimension, member in dict.fromkeys(sense.members[0] for sense in word.of("member")):
            by_dimension.setdefault(dimension, []).append(member)
    for dimension, members in by_dimension.items():
        chosen = members[-count:]
        if len(set(chosen)) == count:
            return [(dimension, member) for member in chosen]
    return []


def _list_start(sentence: Sentence, before: int) -> int:
    """Return where the list before the position begins: at the clause that names any of it, where nothing is spaced.

    鲜菜价格下降5%，鲜果和某物价格分别上涨3%和1%: what the clause before names is not in the list.
    """
    if sentence.spaced:
        return sentence.start
    starts = [sentence.start, *(match.end() for match in _BREAK.finditer(sentence.text, sentence.start, before))]
    named = (start for start in reversed(starts) if sentence.named_in(start, before, "member"))
    return next(named, sentence.start)
