"""Word lists as fast patterns: one trie-shaped regular expression, longest match first."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from bulletin.text import simplified

END = ""


@lru_cache(maxsize=16_384)
def word_key(word: str) -> str:
    """Return the form in which words are compared: one case, runs of spaces and hyphens as one space.

    Texts are read in simplified characters, so that labels in traditional ones are too.

    >>> word_key("Mobile-phone  Users"), word_key("來臺旅客")
    ('mobile phone users', '来台旅客')
    """
    plain = word if word.isascii() else simplified(word)
    return re.sub(r"[\s-]+", " ", plain.casefold()).strip()


def trie_pattern(words: Iterable[str], *, plural: bool = True) -> str:
    r"""Return a regular expression for any of the words, the longest that fits; a space also matches a hyphen.

    With `plural`, a word that ends in a letter may be followed by an s. Shaped as a trie, it costs the same for
    ten words as for thousands.

    >>> trie_pattern(["ab", "ac d"], plural=False)
    'a(?:b|c[\\s-]+d)'
    """
    keys = [word_key(word) for word in words]
    if plural:
        keys += [key + "s" for key in keys if key[-1:].isascii() and key[-1:].isalpha() and not key.endswith("s")]
    return trie_of(keys, _spaced)


def trie_of(words: Iterable[str], escape: Callable[[str], str] = re.escape) -> str:
    """Return a regular expression for any of the words as they are, the longest that fits."""
    root: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[END] = {}
    return _branch(root, escape)


def _branch(node: dict[str, dict], escape: Callable[[str], str]) -> str:  # type: ignore[type-arg]
    parts = [
        escape(character) + _branch(child, escape) for character, child in sorted(node.items()) if character != END
    ]
    if not parts:
        return ""
    body = parts[0] if len(parts) == 1 and END not in node else f"(?:{'|'.join(parts)})"
    return body + "?" if END in node else body


def _spaced(character: str) -> str:
    return r"[\s-]+" if character == " " else re.escape(character)


def lowered(text: str) -> str:
    """Return the text in lower case, character by character: every offset stays true.

    >>> lowered("İstanbul IPv6")
    'İstanbul ipv6'
    """
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(character.lower() if len(character.lower()) == 1 else character for character in text)
