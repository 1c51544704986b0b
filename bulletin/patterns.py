"""Many regular expressions in one pass over a text: each is tried only where letters stand that it can begin with."""

import re
from collections.abc import Iterator, Sequence
from operator import itemgetter
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

from bulletin.words import lowered, trie_of

FLAGS = re.IGNORECASE | re.MULTILINE
LENGTH = 8
"""Letters of an opening by which patterns are told apart."""
MANY = 100
"""Openings of one pattern from which on fewer letters must do."""
REPEATS = 2
"""How much more often than it must a letter may be repeated, for the openings to tell how often it is."""
_STOP = "\0"
"""Ends an opening behind which anything may follow."""
_CLASSES = {_constants.CATEGORY_DIGIT: {"0"}, _constants.CATEGORY_SPACE: {" "}}
_DIGITS = str.maketrans("123456789", "0" * 9)
"""All digits are one letter to the openings: how many of them stand there tells patterns apart."""
_NAMED = re.compile(r"\(\?P<\w+>")
_SPACE, _NEW_LINE = re.compile(r"\s"), re.compile(r"\n")
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
_NOTHING = (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT)
"""What looks around and takes no letter."""

Found = list[tuple[int, re.Match[str]]]
"""Matches, each with the position of its pattern."""


class Patterns:
    """Patterns that are looked for together, in letters of either case."""

    def __init__(self, *groups: Sequence[str], whole_words: bool) -> None:
        """Compile the patterns of all groups, and sort them by what they can begin with.

        One that begins with a digit does so where a number begins, and, with `whole_words`, one that begins with a
        letter where a word begins.
        """
        patterns = [pattern for group in groups for pattern in group]
        self._places_of = [(group, at) for group, own in enumerate(groups) for at in range(len(own))]
        self._groups = len(groups)
        self._patterns = [re.compile(pattern, FLAGS) for pattern in patterns]
        self._joined: dict[tuple[int, ...], re.Pattern[str]] = {}
        trees = [_parser.parse(pattern, FLAGS) for pattern in patterns]
        self._at_line = tuple(n for n, tree in enumerate(trees) if _begins_line(tree))
        openings = {n: _cut(_openings(tree)) for n, tree in enumerate(trees) if n not in self._at_line}
        self._anywhere = [n for n, found in openings.items() if "" in found]
        openings = {n: found for n, found in openings.items() if n not in self._anywhere}
        by_head: dict[str, set[int]] = {}
        for number, found in openings.items():
            for head in found:
                by_head.setdefault(head, set()).add(number)
        self._by_head = {
            head: tuple(sorted(set().union(*(by_head.get(short, ()) for short in _beginnings(head)))))
            for head in by_head
        }
        self._gate = re.compile(_gate(set(by_head), whole_words))

    def find(self, text: str, start: int, end: int) -> list[Found]:
        """Return every match in `text[start:end]` of each pattern, by group, with the pattern's position in its group.

        In the order of the patterns; those of one come in order and never overlap, as its `finditer` yields them.
        """
        low = lowered(text[start:end]).translate(_DIGITS)
        lines = [start]
        if not low.isprintable():
            lines += [start + match.end() for match in _NEW_LINE.finditer(low)]
            low = _SPACE.sub(" ", low)
        matches: Found = []
        taken: dict[int, int] = {}
        for opening in self._gate.finditer(low):
            numbers = self._by_head[opening[1] or opening[2]]
            self._try(numbers, text, start + opening.start(), end, taken, matches)
        for line in lines if self._at_line else ():
            self._try(self._at_line, text, line, end, taken, matches)
        for number in self._anywhere:
            matches += [(number, match) for match in self._patterns[number].finditer(text, start, end)]
        matches.sort(key=itemgetter(0))
        found: list[Found] = [[] for _ in range(self._groups)]
        for number, match in matches:
            group, place = self._places_of[number]
            found[group].append((place, match))
        return found

    def _try(
        self, numbers: tuple[int, ...], text: str, at: int, end: int, taken: dict[int, int], matches: Found
    ) -> None:
        """Try the patterns at the place, but for those whose last match has taken it."""
        joined = self._joined.get(numbers) or self._join(numbers)
        fitting = joined.match(text, at, end)
        if fitting is None or fitting.lastindex is None:
            return
        for number, mark in zip(numbers, fitting.groupdict().values(), strict=True):
            if mark is None or taken.get(number, 0) > at:
                continue
            if match := self._patterns[number].match(text, at, end):
                taken[number] = match.end()
                matches.append((number, match))

    def _join(self, numbers: tuple[int, ...]) -> re.Pattern[str]:
        """Return one pattern that looks for all of them, with an empty group as the mark of each that fits."""
        bare = (_NAMED.sub("(?:", self._patterns[number].pattern) for number in numbers)
        joined = "".join(f"(?:(?={pattern})(?P<_{at}>)|)" for at, pattern in enumerate(bare))
        return self._joined.setdefault(numbers, re.compile(joined, FLAGS))


def _begins_line(tree: Any) -> bool:
    return bool(len(tree)) and tree[0] == (_constants.AT, _constants.AT_BEGINNING)


def _openings(tree: Any) -> set[str]:
    """Return the letters that a match can begin with, in lower case; `""` where that can be any."""
    found = {""}
    for operation, argument in tree:
        if operation in _NOTHING:
            continue
        steps = _steps(operation, argument)
        found = {head if head.endswith(_STOP) else head + step for head in found for step in steps}
        length = LENGTH
        while len(found) > MANY and length:
            length -= 1
            found = {head[:length] + _STOP if len(head) > length else head for head in found}
        found = {head[:LENGTH] + _STOP if len(head) >= LENGTH else head for head in found}
        if all(head.endswith(_STOP) for head in found):
            break
    return found


def _steps(operation: Any, argument: Any) -> set[str]:
    """Return the letters that a part of a pattern can take."""
    if operation is _constants.LITERAL:
        return {_plain(chr(argument))}
    if operation is _constants.IN:
        return _letters(argument)
    if operation is _constants.BRANCH:
        return {step for branch in argument[1] for step in _openings(branch)}
    if operation is _constants.SUBPATTERN:
        return _openings(argument[-1])
    if operation in _REPEATS:
        least, most, part = argument
        steps = _repeated(_openings(part), max(least, 1), most)
        return steps if least else {*steps, ""}
    return {_STOP}


def _repeated(steps: set[str], least: int, most: int) -> set[str]:
    """Return the letters of a part that is repeated; how often, is told of a part that can be but one letter."""
    if most == 1:
        return steps
    if len(steps) > 1 or len(min(steps)) != 1 or steps == {_STOP}:
        return {step + _STOP for step in steps}
    [letter] = steps
    told = range(least, min(least + REPEATS, most) + 1)
    return {letter * times + (_STOP if times == told[-1] < most else "") for times in told}


def _letters(members: Any) -> set[str]:
    """Return the letters of a class; where they are many or all but some, that is not told."""
    found: set[str] = set()
    for kind, value in members:
        if kind is _constants.LITERAL:
            found.add(_plain(chr(value)))
        elif kind is _constants.RANGE and value[1] - value[0] < MANY:
            found |= {_plain(chr(code)) for code in range(value[0], value[1] + 1)}
        elif kind is _constants.CATEGORY and value in _CLASSES:
            found |= _CLASSES[value]
        else:
            return {_STOP}
    return found


def _plain(letter: str) -> str:
    return " " if letter.isspace() else letter.lower().translate(_DIGITS)


def _cut(openings: set[str]) -> set[str]:
    return {opening.partition(_STOP)[0][:LENGTH] for opening in openings}


def _beginnings(head: str) -> Iterator[str]:
    return (head[:length] for length in range(1, len(head) + 1))


def _gate(heads: set[str], whole_words: bool) -> str:
    """Return a pattern that finds the longest head wherever one stands; it takes no letter, as heads may overlap."""
    edge = "a-z0-9" if whole_words else "0-9"
    guarded = [head for head in heads if re.match(f"[{edge}]", head)]
    others = heads.difference(guarded)
    return f"(?<![{edge}])(?=({trie_of(guarded) or '(?!)'}))|(?=({trie_of(others) or '(?!)'}))"
