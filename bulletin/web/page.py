"""A web page as a tree, and which parts of it are its furniture: menus, banners, related news, comments.

Structure decides: elements and roles made for it, what classes and ids say, how much of a part is links, the heading
over it. Nothing that holds most of the page's words is furniture, whatever it is called.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

SKIPPED = frozenset(
    {"script", "style", "template", "noscript", "svg", "head", "iframe", "select", "button", "textarea", "canvas"}
    | {"audio", "video", "object", "datalist", "del", "strike"}
)
"""Elements that are no text of the page, or that it takes back."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_FURNITURE = frozenset({"nav", "footer", "aside", "menu"})
_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "menubar"}
    | {"toolbar", "tablist"}
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDING = frozenset({"sr-only", "visually-hidden", "screen-reader-text", "d-none", "hidden", "hide", "invisible"})
_LISTS = frozenset({"ul", "ol", "dl", "div", "section", "td", "table", "tr", "tbody", "p", "form", "center"})
LINKED, LINKS = 0.7, 2
"""A list or block with at least so many links, which are at least this share of its words, leads elsewhere."""
LONG = 80
"""Characters of a paragraph of its own, which ends what a mere line as a title began."""
TITLE = 32
"""Characters of the title of a part of furniture."""
WORDS = Path(__file__).with_suffix(".yml")
DEEPEST = 24
"""Steps of the path to a block that are told."""


class Node:
    """An element of the page: its children are nodes and texts."""

    __slots__ = ("attrs", "children", "ended", "index", "linked", "links", "parent", "tag", "titles", "words")

    def __init__(self, tag: str, attrs: Any, parent: "Node | None", index: int) -> None:
        self.tag, self.attrs, self.parent, self.index = tag, attrs, parent, index
        self.children: list[Node | str] = []
        self.words = self.linked = self.links = self.titles = 0
        """Characters, those in links, the links, and the headings of the first level in it."""
        self.ended: int | None = None
        """Once a title of furniture has been met in it: the level of that title."""

    def elements(self) -> Iterator["Node"]:
        """Yield its children that are elements."""
        return (child for child in self.children if isinstance(child, Node))

    @property
    def text(self) -> str:
        """All that is written in it."""
        parts: list[str] = []
        stack: list[Node | str] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                parts.append(node)
            else:
                stack.extend(reversed(node.children))
        return "".join(parts)

    def first(self, *tags: str) -> "Node | None":
        """Return the first element of those tags below it."""
        return next(self.all(*tags), None)

    def all(self, *tags: str) -> Iterator["Node"]:
        """Yield the elements of those tags below it, in the page's order."""
        stack: list[Node] = [self]
        while stack:
            node = stack.pop()
            if node.tag in tags and node is not self:
                yield node
            for child in reversed(node.children):
                if type(child) is Node:
                    stack.append(child)

    @property
    def path(self) -> str:
        """Where it stands: `body/div[2]/p[3]`, or from the nearest element with an id, `#content/p[3]`."""
        steps: list[str] = []
        node: Node | None = self
        while node is not None and len(steps) < DEEPEST:
            if name := str(node.attrs.get("id") or ""):
                return "/".join([f"#{name}", *steps[::-1]])
            steps.append(f"{node.tag}[{node.index}]" if node.parent is not None else node.tag)
            node = node.parent
        return "/".join([*(["..."] if node is not None else []), *steps[::-1]])


def tree(body: Any) -> Node:
    """Return the page's body as a tree, without what nobody sees; pages may nest without end, so no recursion."""
    root = Node("body", body.attrs, None, 1)
    made = [root]
    stack: list[tuple[Any, Node]] = [(body, root)]
    while stack:
        element, node = stack.pop()
        counts: dict[str, int] = {}
        for child in element.children:
            tag = getattr(child, "tag", None)
            if tag is None:
                if type(child).__name__ == "Text":
                    node.children.append(str(child.data))
            elif not _is_hidden(tag, child.attrs):
                counts[tag] = counts.get(tag, 0) + 1
                own = Node(tag, child.attrs, node, counts[tag])
                node.children.append(own)
                made.append(own)
                stack.append((child, own))
    for node in reversed(made):
        _measure(node)
    return root


def _is_hidden(tag: str, attrs: Any) -> bool:
    if tag in SKIPPED or "hidden" in attrs or _HIDDEN.search(str(attrs.get("style") or "")):
        return True
    return not _HIDING.isdisjoint(attrs.get("class") or ())


def _measure(node: Node) -> None:
    """Sum up what stands in the node; its children have been summed up. What a heading links to is no list."""
    for child in node.children:
        if isinstance(child, str):
            node.words += len(child.strip())
        else:
            node.words += child.words
            node.linked += child.linked
            node.links += child.links
            node.titles += child.titles
    if node.tag == "a" and node.attrs.get("href"):
        node.linked, node.links = node.words, 1
    elif node.tag in HEADINGS:
        node.linked = node.links = 0
        node.titles += node.tag == "h1"


def article_of(root: Node) -> Node | None:
    """Return the one element that the page says holds its text, if it does hold most of what is no link."""
    found = list(root.all("main", "article", "div", "section"))
    mains = [node for node in found if node.tag == "main" or _role(node) == "main"]
    articles = [node for node in found if node.tag == "article"]
    candidates = mains if len(mains) == 1 else sorted(articles, key=_own_words)[-1:]
    if not candidates:
        return None
    everything = _own_words(root)
    return candidates[0] if 2 * _own_words(candidates[0]) > everything else None


def _own_words(node: Node) -> int:
    return node.words - node.linked


def _role(node: Node) -> str:
    return str(node.attrs.get("role") or "")


def is_furniture(node: Node, root: Node) -> bool:
    """Return whether the element is no part of what the page is about."""
    if node.tag in _FURNITURE or _role(node) in _ROLES:
        return True
    if 2 * node.words > root.words or node.titles:
        return False
    if node.tag == "header":
        return not any(True for _ in node.all(*HEADINGS))
    dense = node.links >= LINKS and node.linked >= LINKED * node.words
    if dense and node.tag in _LISTS:
        return True
    names = _names(str(node.attrs.get("id") or ""), *(node.attrs.get("class") or ()))
    if not names.isdisjoint(_words("names")):
        return node.tag not in ("td", "th", "tr", "table", "p", "span", "a") or dense
    if not names.isdisjoint(_words("likely")):
        title = node.first(*HEADINGS)
        return title is None or _is_title(_bare(title.text))
    return not names.isdisjoint(_words("faint")) and node.links > 0 and 2 * node.linked > node.words


@lru_cache(maxsize=1024)
def _names(*given: str) -> frozenset[str]:
    """Return the words of which classes and ids are made: `relatedNews` and `related-news` are related and news."""
    parts = (re.split(r"[^A-Za-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name)) for name in given)
    return frozenset(word.lower() for words in parts for word in words if word) | {name.lower() for name in given}


def note_title(node: Node, words: str) -> None:
    """End the article where the element is the title of furniture: what follows it in its part is none of the text.

    A heading ends that again that is as high, and a mere line's title any long paragraph.
    """
    plain = _bare(words)
    level = int(node.tag[1]) if node.tag in HEADINGS else None
    furniture = len(plain) <= TITLE and _is_title(plain)
    if level is None and not furniture:
        return
    top = node
    while top.parent is not None and top.parent.words == node.words and top.parent.parent is not None:
        top = top.parent
    if top.parent is None:
        return
    if furniture:
        top.parent.ended = level or len(HEADINGS) + 1
    elif level and top.parent.ended and level <= top.parent.ended:
        top.parent.ended = None


def _bare(words: str) -> str:
    """Return the words of a title without signs around them and the number of what follows."""
    return words.strip(" \n:：>»|•·【】[]（）()0123456789")


def _is_title(words: str) -> bool:
    plain = words.casefold()
    return plain in _words("titles") or any(map(plain.startswith, _words("openings")))


def _words(kind: str) -> frozenset[str]:
    return _lists()[kind]


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    """Return the lists of `page.yml`, read when the first page is."""
    from yaml import safe_load

    listed = safe_load(WORDS.read_text(encoding="utf-8"))
    return {kind: frozenset(words) for kind, words in listed.items()}


def is_behind_title(node: Node) -> bool:
    """Return whether the element follows a title of furniture in its part."""
    parent = node.parent
    if parent is None or parent.ended is None:
        return False
    if node.tag in HEADINGS and int(node.tag[1]) <= parent.ended:
        return False
    own = node.words >= LONG and 2 * node.linked < node.words and node.tag == "p"
    if own and parent.ended > len(HEADINGS):
        parent.ended = None
        return False
    return True
