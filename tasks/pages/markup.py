"""HTML taken apart once: the visible text as leaves in reading order, the block elements around them, and the head.

The walk is iterative (depth is bounded by memory, not by the interpreter's stack) and touches each node once. What would
make the parser slow (nesting in the tens of thousands is quadratic in any HTML5 parser) is measured on the source first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import IntEnum

from selectolax.lexbor import LexborHTMLParser, LexborNode

_SKIPPED = frozenset(
    [
        "style",
        "noscript",
        "svg",
        "iframe",
        "object",
        "video",
        "audio",
        "canvas",
        "template",
        "select",
        "option",
        "textarea",
        "input",
        "math",
        "embed",
        "applet",
        "noframes",
        "map",
        "datalist",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_LINKS = frozenset(("a", "button"))
_BREAK, _IMAGE, _HEAD, _SKIP = range(4)
_ROLES = {
    **dict.fromkeys(_SKIPPED, _SKIP),
    **dict.fromkeys(("script", "meta", "link", "title"), _HEAD),
    **dict.fromkeys(("br", "hr"), _BREAK),
    **dict.fromkeys(("img", "amp-img"), _IMAGE),
    "-comment": _SKIP,
}
_Opened = tuple[LexborNode, bool, int, int, int, int]
_BOLD = frozenset(("b", "strong"))

# The e-paper systems of most Chinese newspapers write the fields of the article into a comment of this name.
_PAPER_COMMENT = re.compile(r"<!--\s*enpproperty\b(.{0,6000}?)/?enpproperty\s*-->", re.DOTALL | re.IGNORECASE)
_PAPER_FIELD = re.compile(r"<([a-z]+)>([^<]{1,300})</\1>", re.IGNORECASE)

_HARD_HIDDEN = re.compile(
    r"display\s*:\s*none|(?:^|;)\s*(?:width|height|font-size|max-height|max-width)\s*:\s*0(?:px|em|pt|%)?\s*(?:;|!|$)"
    r"|(?:left|top|text-indent|margin-left|margin-top)\s*:\s*-\d{4,}|clip\s*:\s*rect\(\s*0",
    re.IGNORECASE,
)
_SOFT_HIDDEN = re.compile(r"visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)", re.IGNORECASE)
_ACCOUNT_IDS = frozenset(("js_name",))  # where a platform prints the account that publishes
_CENTERED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)


class Hiding(IntEnum):
    """How a leaf is kept from the reader: not at all, until a script runs (visibility, opacity), or for good."""

    NONE = 0
    SOFT = 1
    HARD = 2


@dataclass(slots=True)
class Element:
    """One block element: ``first``/``end`` delimit its leaves, ``hints`` are its tag, id and class in lower case."""

    tag: str
    parent: int
    hints: str
    depth: int
    first: int
    end: int = 0
    centered: bool = False


@dataclass(slots=True)
class Leaf:
    """One run of text between two block boundaries or line breaks; ``raw`` keeps a space where inline elements meet."""

    text: str
    raw: str
    link_chars: int
    bold_chars: int
    element: int
    hiding: Hiding
    after_image: bool
    after_break: bool
    char_count: int


@dataclass(slots=True)
class Markup:
    """A parsed page. ``metas`` maps lower-case name/property/itemprop to content; ``scripts`` are (type, id, text).

    ``times`` are the datetime attributes of <time>; ``paper`` are the fields that e-paper systems leave in a comment; ``account`` is who publishes on a platform;
    ``is_drawn``: a script draws the article, it was taken from there."""

    title: str = ""
    metas: dict[str, str] = field(default_factory=dict)
    canonical: str = ""
    scripts: list[tuple[str, str, str]] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)
    paper: dict[str, str] = field(default_factory=dict)
    account: str = ""
    is_drawn: bool = False
    times: list[str] = field(default_factory=list)


def parse_markup(text: str) -> Markup:
    """The leaves, elements and head of an HTML page; call ``excess_of`` first.

    >>> [leaf.text for leaf in parse_markup("<p>青石镇 <b>消息</b></p>第二段<br>第三段").leaves]
    ['青石镇 消息', '第二段', '第三段']
    """
    markup = Markup()
    comment = _PAPER_COMMENT.search(text)
    if comment:
        markup.paper = {name.lower(): value.strip() for name, value in _PAPER_FIELD.findall(comment.group(1))}
    tree = LexborHTMLParser(text.encode("utf-8", "replace"))
    head = tree.head
    if head is not None:
        _read_head(head, markup)
    body = tree.body
    if body is not None:
        _Walk(markup).walk(body)
    return markup


def _read_head(head: LexborNode, markup: Markup) -> None:
    node = head.first_child
    while node is not None:
        _read_head_node(node, markup)
        node = node.next


def _read_head_node(node: LexborNode, markup: Markup) -> bool:
    tag = node.tag
    if tag == "title":
        markup.title = markup.title or " ".join((node.text(deep=True) or "").split())
    elif tag == "meta":
        attributes = node.attributes
        content = attributes.get("content")
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if name and content:
            markup.metas.setdefault(name.lower(), " ".join(content.split()))
    elif tag == "link":
        attributes = node.attributes
        if (attributes.get("rel") or "").lower() == "canonical":
            markup.canonical = markup.canonical or attributes.get("href") or ""
    elif tag == "script":
        attributes = node.attributes
        if not attributes.get("src"):
            child = node.first_child
            if child is not None:
                markup.scripts.append(
                    ((attributes.get("type") or "").lower(), attributes.get("id") or "", child.text_content or "")
                )
    else:
        return False
    return True


class _Walk:
    """The state of one pass over the body."""

    __slots__ = (
        "after_break",
        "after_image",
        "block",
        "bold_chars",
        "bold_depth",
        "hard_depth",
        "link_chars",
        "link_depth",
        "markup",
        "pieces",
        "soft_depth",
    )

    def __init__(self, markup: Markup) -> None:
        self.markup = markup
        self.pieces: list[str] = []
        self.block = -1
        self.link_depth = self.bold_depth = self.hard_depth = self.soft_depth = 0
        self.link_chars = self.bold_chars = 0
        self.after_image = self.after_break = False

    def flush(self) -> None:
        """End the current run of text and keep it as a leaf if anything of it can be seen."""
        if not self.pieces:
            return
        pieces, self.pieces = self.pieces, []
        text = " ".join("".join(pieces).split())
        if text:
            hiding = Hiding.HARD if self.hard_depth else Hiding.SOFT if self.soft_depth else Hiding.NONE
            raw = text if len(pieces) == 1 or len(text) > 300 else " ".join(" ".join(pieces).split())
            self.markup.leaves.append(
                Leaf(
                    text,
                    raw,
                    self.link_chars,
                    self.bold_chars,
                    self.block,
                    hiding,
                    self.after_image,
                    self.after_break,
                    len(text) - text.count(" "),
                )
            )
            self.after_image = False
        self.after_break = False
        self.link_chars = self.bold_chars = 0

    def add_text(self, piece: str) -> None:
        if piece.isspace():
            if self.pieces:
                self.pieces.append(" ")
            return
        self.pieces.append(piece)
        if self.link_depth or self.bold_depth:
            visible = len("".join(piece.split()))
            if self.link_depth:
                self.link_chars += visible
            if self.bold_depth:
                self.bold_chars += visible

    def open_block(self, tag: str, attributes: dict[str, str | None]) -> None:
        if self.pieces:
            self.flush()
        elements = self.markup.elements
        depth = elements[self.block].depth + 1 if self.block >= 0 else 0
        hints, centered = tag, tag == "center"
        if attributes:
            name, classes = attributes.get("id"), attributes.get("class")
            if name or classes:
                hints = f"{tag} {name or ''} {classes or ''}".lower()
            style = attributes.get("style")
            centered = centered or attributes.get("align") == "center" or bool(style and _CENTERED.search(style))
        elements.append(Element(tag, self.block, hints, depth, len(self.markup.leaves), 0, centered))
        self.block = len(elements) - 1

    def close_block(self) -> None:
        if self.pieces:
            self.flush()
        element = self.markup.elements[self.block]
        element.end = len(self.markup.leaves)
        self.block = element.parent

    def walk(self, root: LexborNode) -> None:
        # Each entry undoes what opening its node did: (node, is_block, link, bold, hard, soft).
        stack: list[_Opened] = []
        node: LexborNode | None = root
        while node is not None:
            if node.is_text_node:
                content = node.text_content
                if content:
                    self.add_text(content)
            else:
                child = self._enter(node, stack)
                if child is not None:
                    node = child
                    continue
            following = node.next if stack else None
            while following is None and stack:
                node = self._leave(stack)
                following = node.next if stack else None
            node = following
        if self.pieces:
            self.flush()

    def _enter(self, node: LexborNode, stack: list[_Opened]) -> LexborNode | None:
        """Open ``node``: its first child where it is to be walked into, else None (then it is closed again)."""
        tag = node.tag or ""
        role = _ROLES.get(tag)
        if role is not None:
            if role == _BREAK:
                if self.pieces:
                    self.flush()
                self.after_break = True
            elif role == _IMAGE:
                # An image inside a sentence (a glyph, an emoticon) does not end the paragraph.
                if not self.pieces:
                    self.after_image = True
            elif role == _HEAD:
                _read_head_node(node, self.markup)
            return None
        child = node.first_child
        if child is None:
            return None
        attributes = node.attributes
        is_block = tag in _BLOCKS or "-" in tag
        link = 1 if tag in _LINKS else 0
        bold = 1 if tag in _BOLD else 0
        hard = soft = 0
        if attributes:
            if attributes.get("id") in _ACCOUNT_IDS:
                self.markup.account = " ".join((node.text(deep=True) or "").split())
            style = attributes.get("style")
            if style:
                if _HARD_HIDDEN.search(style):
                    hard = 1
                elif _SOFT_HIDDEN.search(style):
                    soft = 1
                if not bold and _BOLD_STYLE.search(style):
                    bold = 1
            if tag == "time" and attributes.get("datetime"):
                self.markup.times.append(attributes["datetime"] or "")
            if "hidden" in attributes or (attributes.get("aria-hidden") == "true" and tag != "div"):
                hard = 1
        if is_block:
            self.open_block(tag, attributes)
        elif (hard or soft) and self.pieces:
            self.flush()
        self.link_depth += link
        self.bold_depth += bold
        self.hard_depth += hard
        self.soft_depth += soft
        stack.append((node, is_block, link, bold, hard, soft))
        return child

    def _leave(self, stack: list[_Opened]) -> LexborNode:
        node, is_block, link, bold, hard, soft = stack.pop()
        if is_block:
            self.close_block()
        elif (hard or soft) and self.pieces:
            self.flush()
        if link:
            self.link_depth -= 1
        if bold:
            self.bold_depth -= 1
        if hard or soft:
            self.hard_depth -= hard
            self.soft_depth -= soft
        return node
