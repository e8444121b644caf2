"""HTML taken apart once: the visible text as leaves in reading order, the block elements around them, and the head.

The walk is iterative (depth is bounded by memory, not by the interpreter's stack) and touches each node once. What would
make the parser slow (nesting in the tens of thousands is quadratic in any HTML5 parser) is measured on the source first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import IntEnum

from selectolax.lexbor import LexborHTMLParser, LexborNode

_SKIPPED = frozenset((
    "style", "noscript", "svg", "iframe", "object", "video", "audio", "canvas", "template", "select", "option",
    "textarea", "input", "math", "embed", "applet", "noframes", "map", "datalist",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_LINKS = frozenset(("a", "button"))
FIELD = "field"  # the type of a form's field among the scripts
_BREAK, _IMAGE, _HEAD, _SKIP = range(4)
_ROLES = {
    **dict.fromkeys(_SKIPPED, _SKIP),
    **dict.fromkeys(("script", "meta", "link", "title"), _HEAD),
    **dict.fromkeys(("br", "hr"), _BREAK),
    **dict.fromkeys(("img", "amp-img"), _IMAGE),
    "-comment": _SKIP,
}
_BOLD = frozenset(("b", "strong"))
_WITH_DEPTH = _LINKS | _BOLD
_Depths = tuple[int, int, int, int]  # link, bold, hidden for good, hidden until a script runs
_NO_DEPTHS: _Depths = (0, 0, 0, 0)

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
    if "<textarea" in text:
        _keep_fields(tree, markup)
    body = tree.body
    if body is not None:
        _walk(body, markup)
    return markup


def _keep_fields(tree: LexborHTMLParser, markup: Markup) -> None:
    """Keep what hidden fields hold with the scripts: some sites leave the article there for a script to draw."""
    for node in tree.css("textarea"):
        attributes = node.attributes
        name = f"{attributes.get('id') or ''} {attributes.get('class') or ''}".strip().lower()
        content = (node.text(deep=True) or "").strip()
        if name and content:
            markup.scripts.append((FIELD, name, content))


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


def _walk(root: LexborNode, markup: Markup) -> None:
    """Fill ``markup`` with the leaves and elements below ``root``, in one loop: a page has thousands of nodes."""
    leaves, elements = markup.leaves, markup.elements
    pieces: list[str] = []
    block = -1
    link_depth = bold_depth = hard_depth = soft_depth = 0
    link_chars = bold_chars = 0
    after_image = after_break = False
    # Each entry undoes what opening its node did.
    stack: list[tuple[LexborNode, bool, _Depths]] = []

    def flush() -> None:
        """End the current run of text and keep it as a leaf if anything of it can be seen."""
        nonlocal pieces, after_image, after_break, link_chars, bold_chars
        run, pieces = pieces, []
        text = " ".join("".join(run).split())
        if text:
            hiding = Hiding.HARD if hard_depth else Hiding.SOFT if soft_depth else Hiding.NONE
            raw = text if len(run) == 1 or len(text) > 300 else " ".join(" ".join(run).split())
            visible = len(text) - text.count(" ")
            leaves.append(Leaf(text, raw, link_chars, bold_chars, block, hiding, after_image, after_break, visible))
            after_image = False
        after_break = False
        link_chars = bold_chars = 0

    node: LexborNode | None = root
    while node is not None:
        if node.is_text_node:
            content = node.text_content or ""
            if content.isspace():
                if pieces:
                    pieces.append(" ")
            elif content:
                pieces.append(content)
                if link_depth or bold_depth:
                    visible = len("".join(content.split()))
                    if link_depth:
                        link_chars += visible
                    if bold_depth:
                        bold_chars += visible
        else:
            tag = node.tag or ""
            role = _ROLES.get(tag)
            if role is None:
                child = node.first_child
                if child is not None:
                    attributes = node.attributes
                    depths = _NO_DEPTHS
                    if attributes or tag in _WITH_DEPTH:
                        depths = _depths(node, tag, attributes, markup)
                    is_block = tag in _BLOCKS or "-" in tag
                    if is_block:
                        if pieces:
                            flush()
                        depth = elements[block].depth + 1 if block >= 0 else 0
                        hints, centered = _hints(tag, attributes) if attributes else (tag, tag == "center")
                        elements.append(Element(tag, block, hints, depth, len(leaves), 0, centered))
                        block = len(elements) - 1
                    if depths is not _NO_DEPTHS:
                        link, bold, hard, soft = depths
                        if (hard or soft) and pieces:
                            flush()
                        link_depth += link
                        bold_depth += bold
                        hard_depth += hard
                        soft_depth += soft
                    stack.append((node, is_block, depths))
                    node = child
                    continue
            elif role == _BREAK:
                if pieces:
                    flush()
                after_break = True
            elif role == _IMAGE:
                # An image inside a sentence (a glyph, an emoticon) does not end the paragraph.
                if not pieces:
                    after_image = True
            elif role == _HEAD:
                _read_head_node(node, markup)
        following = node.next if stack else None
        while following is None and stack:
            node, is_block, depths = stack.pop()
            if is_block:
                if pieces:
                    flush()
                element = elements[block]
                element.end = len(leaves)
                block = element.parent
            if depths is not _NO_DEPTHS:
                link, bold, hard, soft = depths
                if (hard or soft) and pieces:
                    flush()
                link_depth -= link
                bold_depth -= bold
                hard_depth -= hard
                soft_depth -= soft
            following = node.next if stack else None
        node = following
    if pieces:
        flush()


def _hints(tag: str, attributes: dict[str, str | None]) -> tuple[str, bool]:
    """The tag, id and class of a block, and whether it is centered."""
    name, classes = attributes.get("id"), attributes.get("class")
    hints = f"{tag} {name or ''} {classes or ''}".lower() if name or classes else tag
    style = attributes.get("style")
    centered = tag == "center" or attributes.get("align") == "center"
    return hints, centered or bool(style and _CENTERED.search(style))


def _depths(node: LexborNode, tag: str, attributes: dict[str, str | None], markup: Markup) -> _Depths:
    """By how much an element deepens links, bold type and what is hidden for good or until a script runs."""
    link = 1 if tag in _LINKS else 0
    bold = 1 if tag in _BOLD else 0
    hard = soft = 0
    if attributes:
        if attributes.get("id") in _ACCOUNT_IDS:
            markup.account = " ".join((node.text(deep=True) or "").split())
        style = attributes.get("style")
        if style:
            if _HARD_HIDDEN.search(style):
                hard = 1
            elif _SOFT_HIDDEN.search(style):
                soft = 1
            if not bold and _BOLD_STYLE.search(style):
                bold = 1
        if tag == "time" and attributes.get("datetime"):
            markup.times.append(attributes["datetime"] or "")
        if "hidden" in attributes or (attributes.get("aria-hidden") == "true" and tag != "div"):
            hard = 1
    return (link, bold, hard, soft) if link or bold or hard or soft else _NO_DEPTHS
