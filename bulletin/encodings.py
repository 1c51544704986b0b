"""Which encoding bytes are in that do not say it: each candidate is decoded, and what reads best is taken.

How well a text reads is a share of its characters beyond ASCII: those that its script really uses (level 1 of the
national standards, computed from the codecs), and those few that every text of that script is full of.
"""

import codecs
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

SAMPLE = 65_536
"""Bytes that are looked at, from the line on that has the first byte beyond ASCII."""
MARGIN = 0.2
"""Two candidates nearer than this are in doubt."""
LEAST, WELL = 0.4, 0.55
"""What reads worse than the first is no text; what reads worse than the second is in doubt."""
OFTEN = 0.1
"""Share of the most frequent characters from which on a text is surely of a script; in prose it is about 0.4."""
BROKEN = 4
"""How many good characters an invalid or unassigned one outweighs."""
SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "iso8859-1": "cp1252"}
"""Encodings that are read as a larger one, as browsers do: who declares the one often writes the other."""

_FREQUENT = {
    "gb18030": "的一是在不了有和人这中大为上个国以要时来用们生到于出就分对成会主年月日万亿元户增长业数网信比达规模",
    "big5hkscs": "的一是在不了有和人這中大為上個國以要時來用們生到於出就分對成會主年月日萬億元戶增長業數網信比達規模",
    "cp932": "のにはをたがでてとしれさるいもなからすりっまうくこ",
    "cp949": "이다의에을를은는가고로한지하서사도인리기자대시어수전정부해원만년월일억",
}
_ACCENTED = "[À-ÖØ-öø-ÿŒœŠšŽžŸ]"
_RUN = "(?:[ß-öø-ÿœšž]{1,2}|[À-ÖØ-ÞŒŠŽŸ])"
_LETTERS = re.compile(
    rf"(?<!{_ACCENTED})(?:(?<=[A-Za-z]){_RUN}|{_RUN}(?=[A-Za-z])|(?<!\w)[àáéèêíóôú](?!\w))(?!{_ACCENTED})"
)
"""Letters with accents beside a plain one, two small ones at most (größer, ação), or alone (à)."""
_MARK = re.compile(r"[‘’“”–—…•€£¥§©®°±²³´·½¼¾«»†‡‰™×¿¡ºª\xa0]")


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding, and how well the bytes read in it: 1 is a text, 0 and less is none."""

    encoding: str
    score: float
    sample: str


def guesses(data: bytes) -> list[Guess]:
    """Return the encodings in which the bytes may be text, best first; of those that read the same, one.

    >>> guesses("网民规模达10.3亿".encode("gbk"))[0].encoding
    'gb18030'
    >>> guesses("the café’s price".encode("cp1252"))[0].encoding
    'cp1252'
    """
    found = [
        # The sample may end within a character: an incremental decoder keeps what is unfinished to itself.
        Guess(name, score(text), text)
        for sample in (_sample(data),)
        for name, score in (_WIDE if b"\0" in sample else _SCORES).items()
        if (text := codecs.getincrementaldecoder(name)("replace").decode(sample))
    ]
    different: dict[str, Guess] = {}
    for guess in sorted(found, key=lambda guess: -guess.score):
        different.setdefault(guess.sample, guess)
    return [guess for guess in different.values() if guess.score > 0]


def codec(encoding: str) -> str:
    """Return the name of the codec that reads an encoding; raises LookupError where there is none of that name.

    >>> codec("GB2312"), codec("utf8")
    ('gb18030', 'utf-8')
    """
    name = codecs.lookup(encoding).name
    return SUPERSETS.get(name, name)


def _sample(data: bytes) -> bytes:
    first = re.search(rb"[\x80-\xff\0]", data)
    if first is None or b"\0" in data[:SAMPLE]:
        return data[:SAMPLE]
    start = max(data.rfind(b"\n", 0, first.start()) + 1, first.start() - SAMPLE // 2)
    return data[start : start + SAMPLE]


def _odd(text: str) -> str:
    return re.sub(r"[\x01-\x7f]+", "", text)


def _broken(odd: str) -> float:
    """Return the share of characters that are none, times what each outweighs, as a number to take away."""
    return BROKEN * len(re.findall("[\ufffd\ue000-\uf8ff]", odd)) / max(1, len(odd))


def _utf8(text: str) -> float:
    return 1 - _broken(_odd(text))


def _western(text: str) -> float:
    odd = _odd(text)
    good = sum(map(len, _LETTERS.findall(text))) + len(_MARK.findall(text))
    return good / max(1, len(odd)) - _broken(odd)


def _eastern(encoding: str) -> Callable[[str], float]:
    def score(text: str) -> float:
        odd = _odd(text)
        usual = sum(map(_usual(encoding).__contains__, odd)) / max(1, len(odd))
        if encoding == "gb18030":  # of traditional texts some are in it, but most in Big5
            usual += sum(map(_traditional().__contains__, odd)) / max(1, len(odd)) / 2
        often = sum(map(_FREQUENT[encoding].__contains__, odd)) / max(1, len(odd))
        return 0.6 * usual + 0.4 * min(1.0, often / OFTEN) - _broken(odd)

    return score


def _utf16(text: str) -> float:
    """Return the share of letters, digits, spaces and of the characters that Chinese uses."""
    known = _usual("gb18030") | _usual("big5hkscs")
    return sum("\t" <= character <= "\xff" or character in known for character in text) / max(1, len(text))


@lru_cache(maxsize=1)
def _traditional() -> frozenset[str]:
    return _usual("big5hkscs") - _usual("gb18030")


@lru_cache(maxsize=8)
def _usual(encoding: str) -> frozenset[str]:
    """Return the characters of level 1 of the encoding's standard, with its punctuation and full-width forms."""
    ranges = {
        "gb18030": [(0xA1, 0xA3), (0xB0, 0xD7)],
        "big5hkscs": [(0xA1, 0xC6)],
        "cp932": [(0x81, 0x83), (0x88, 0x97)],
        "cp949": [(0xA1, 0xA3), (0xB0, 0xC8)],
    }[encoding]
    pairs = (
        bytes((lead, trail)) for first, last in ranges for lead in range(first, last + 1) for trail in range(64, 255)
    )
    plain = {"gb18030": "gb2312", "big5hkscs": "big5", "cp932": "shift_jis", "cp949": "euc_kr"}[encoding]
    return frozenset("".join(pair.decode(plain, "ignore") for pair in pairs)) - set(map(chr, range(128)))


_SCORES: Mapping[str, Callable[[str], float]] = {
    "utf-8": _utf8,
    **{encoding: _eastern(encoding) for encoding in _FREQUENT},
    "cp1252": _western,
}
_WIDE: Mapping[str, Callable[[str], float]] = {"utf-16-le": _utf16, "utf-16-be": _utf16}
CANDIDATES = (*_SCORES, *_WIDE)
