"""A web page as a tree, and which parts of it are its furniture: menus, banners, related news, comments.

Structure decides: elements and roles made for it, what classes and ids say, how much of a part is links, the heading
over it. Nothing that holds most of the page's words is furniture, whatever it is called.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
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
_NAMES = frozenset(
    "nav navbar navigation navi topnav subnav daohang menu menus submenu sidebar sidenav breadcrumb breadcrumbs crumb "
    "crumbs mianbaoxie footer foot copyright banquan cookie cookies consent gdpr related relate recommend recommended "
    "recommendation recommendations recommends xiangguan tuijian comment comments pinglun reply replies disqus "
    "newsletter subscribe pagination pager advert adverts advertisement ads ad sponsor sponsored promo popup modal "
    "skip toolbar sharebar sharing bdshare share-buttons login signin userbar topbar popular trending mostread "
    "friendlink friendlinks youqing".split()
)
"""What classes and ids call the furniture of a page."""
_FAINT = frozenset(
    "side share social hot rank ranking bottom tags tag search banner widget more links link list-link aside right "
    "prev next fenxiang header top".split()
)
"""The same, where most of the part's words are links too, since any of these may name something else."""
_TITLES = re.compile(
    r"(?:相关(?:阅读|新闻|链接|文章|报道|内容|稿件|推荐|附件|解读|文档)|推荐(?:阅读|新闻|文章)|(?:延伸|扩展)阅读|猜你喜欢|热门(?:新闻|文章|推荐|排行)?|"
    r"热点(?:新闻|推荐)|新闻排行|点击排行|阅读排行|最新(?:新闻|文章|发布)|更多(?:新闻|内容|文章)?|(?:网友|最新|全部|热门)?评论|发表评论|分享(?:到)?|"
    r"友情链接|上一篇|下一篇|"
    r"(?:related|recommended|popular|trending|latest|recent|more)\s+(?:news|articles?|stories|posts?|links?|reading|"
    r"content|publications|releases|topics|coverage|from\s+.{1,30}|on\s+this\s+.{1,20})|related|see\s+also|"
    r"further\s+reading|most\s+(?:read|popular|viewed)|you\s+(?:may|might)\s+also\s+like|read\s+(?:more|next)|"
    r"more\s+like\s+this|(?:\d+\s+)?comments?|leave\s+a\s+(?:comment|reply)|share\s+this(?:\s+.{1,20})?|"
    r"tags|categories|archives|what\s+to\s+read\s+next|on\s+this\s+page|table\s+of\s+contents)",
    re.IGNORECASE,
)
"""Headings of the parts that follow an article."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDING = frozenset({"sr-only", "visually-hidden", "screen-reader-text", "d-none", "hidden", "hide", "invisible"})
_LISTS = frozenset({"ul", "ol", "dl", "div", "section", "td", "table", "tr", "tbody", "p", "form", "center"})
LINKED, LINKS = 0.7, 2
"""A list or block with at least so many links, which are at least this share of its words, leads elsewhere."""
LONG = 80
"""Characters of a paragraph of its own, which ends what a mere line as a title began."""
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
        stack = list(self.elements())[::-1]
        while stack:
            node = stack.pop()
            if node.tag in tags:
                yield node
            stack.extend(list(node.elements())[::-1])

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
    node.words = sum(len(child.strip()) for child in node.children if isinstance(child, str))
    for child in node.elements():
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
    mains = [node for node in root.all("main", "div", "section") if node.tag == "main" or _role(node) == "main"]
    articles = list(root.all("article")) if len(mains) != 1 else []
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
    if not names.isdisjoint(_NAMES):
        return node.tag not in ("td", "th", "tr", "table", "p", "span", "a") or dense
    return not names.isdisjoint(_FAINT) and node.links > 0 and 2 * node.linked > node.words


@lru_cache(maxsize=1024)
def _names(*given: str) -> frozenset[str]:
    """Return the words of which classes and ids are made: `relatedNews` and `related-news` are related and news."""
    parts = (re.split(r"[^A-Za-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name)) for name in given)
    return frozenset(word.lower() for words in parts for word in words if word) | {name.lower() for name in given}


def note_title(node: Node, words: str) -> None:
    """End the article where the element is the title of furniture: what follows it in its part is none of the text.

    A heading ends that again that is as high, and a mere line's title any long paragraph.
    """
    plain = words.strip(" \n:：>»|•·【】[]（）()")
    level = int(node.tag[1]) if node.tag in HEADINGS else None
    if level is None and not (len(plain) <= 24 and _TITLES.fullmatch(plain)):
        return
    top = node
    while top.parent is not None and top.parent.words == node.words and top.parent.parent is not None:
        top = top.parent
    if top.parent is None:
        return
    if _TITLES.fullmatch(plain):
        top.parent.ended = level or len(HEADINGS) + 1
    elif level and top.parent.ended and level <= top.parent.ended:
        top.parent.ended = None


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
