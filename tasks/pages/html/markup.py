"""HTML taken apart once: the visible text as leaves in reading order, the block elements around them, and the head.

The walk is iterative (depth is bounded by memory, not by the interpreter's stack) and touches each node once. What
would make the parser slow (nesting in the tens of thousands is quadratic in any HTML5 parser) is measured on the source
first.
"""

from __future__ import annotations

import pickle
import re
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from typing import cast

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tasks.pages.html.said_unseen import (
    FIELD,
    has_filled_field,
    keep_areas,
    keep_fields,
    read_comment,
    read_head,
    read_head_node,
)
from tasks.pages.lines.lines import Removal

_SKIPPED = frozenset((
    "style", "noscript", "svg", "iframe", "object", "video", "audio", "canvas", "template", "select", "option",
    "textarea", "input", "math", "embed", "applet", "noframes", "datalist",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
LONGEST_SPACED = 300  # characters of a leaf whose parts may be fields of their own
_INLINE, _BLOCK, _BREAK, _IMAGE, _HEAD, _MAP, _COMMENT, _SKIP = range(1, 9)
_ROLES = {
    **dict.fromkeys(_BLOCKS, _BLOCK),
    **dict.fromkeys(_SKIPPED, _SKIP),
    **dict.fromkeys(("script", "meta", "link", "title"), _HEAD),
    **dict.fromkeys(("br", "hr"), _BREAK),
    **dict.fromkeys(("img", "amp-img"), _IMAGE),
    "map": _MAP,
    **dict.fromkeys(("a", "span", "b", "strong", "em", "i", "font", "u", "s", "small", "time", "label"), _INLINE),
    "-comment": _COMMENT,
}
_Depths = tuple[int, int, int, int]  # link, bold, hidden for good, hidden until a script runs
_DEPTHS: dict[str, _Depths] = {"a": (1, 0, 0, 0), "button": (1, 0, 0, 0), "b": (0, 1, 0, 0), "strong": (0, 1, 0, 0)}
# The parser's numbers: of runs of text, and below which a number means the same tag on every page. To ask for a number
# and to look up what is known of it takes half the time of asking for the name.
_TEXT, _NUMBERED = 2, 256
_kinds: dict[int, tuple[str, int, _Depths | None]] = {}

_NOSCRIPT = re.compile(rb"</?noscript\b[^>]{0,200}>", re.IGNORECASE)
LEAST_TOLD = 120  # characters; a page that shows fewer may tell its article to readers without scripts
# A style that hides an element from every reader, whatever scripts do.
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
    """How a leaf is kept from the reader: not at all, until a script runs (visibility, opacity), or for good.

    Asked as a truth value (``if leaf.hiding``): naming a member costs more than all else in a loop over leaves.
    """

    NONE = 0
    SOFT = 1
    HARD = 2


@dataclass(slots=True)
class Elements:
    """The block elements in reading order, a column for each property: a page has hundreds, and objects cost thrice as
    much.

    ``firsts`` and ``ends`` delimit the leaves of each, ``parents`` are -1 for the outermost, ``hints`` are tag, id and
    class in lower case.
    """

    tags: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    centered: list[bool] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.tags)

    def span(self, index: int) -> tuple[int, int]:
        """The first of its leaves and the one behind its last."""
        return self.firsts[index], self.ends[index]

    def hints_of(self, index: int) -> str:
        """The hints of an element, none for -1, where a leaf stands outside all elements."""
        return self.hints[index] if index >= 0 else ""


@dataclass(slots=True)
class Leaves:
    """The runs of text between block boundaries and line breaks, a column for each property.

    ``raws`` keep a space where inline elements meet; ``elements`` are the blocks they stand in, -1 outside all;
    ``char_counts`` leave white space out.
    """

    texts: list[str] = field(default_factory=list)
    raws: list[str] = field(default_factory=list)
    link_chars: list[int] = field(default_factory=list)
    bold_chars: list[int] = field(default_factory=list)
    elements: list[int] = field(default_factory=list)
    hidings: list[Hiding] = field(default_factory=list)
    after_images: list[bool] = field(default_factory=list)
    char_counts: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.texts)

    def shown_text(self) -> str:
        """What a reader of the page sees, a line for each leaf."""
        return "\n".join(text for text, hiding in zip(self.texts, self.hidings, strict=True) if not hiding)


@dataclass(slots=True)
class Markup:
    """A parsed page. ``metas`` maps lower-case name/property/itemprop to content; ``scripts`` are (type, id, text).

    ``times`` are the datetime attributes of <time>; ``paper`` are the fields that e-paper systems leave in a comment;
    ``account`` is who publishes on a platform; ``areas`` are the titles of the areas of a picture that one can click;
    ``is_drawn``: a script draws the article, it was taken from there."""

    title: str = ""
    metas: dict[str, str] = field(default_factory=dict)
    canonical: str = ""
    scripts: list[tuple[str, str, str]] = field(default_factory=list)
    elements: Elements = field(default_factory=Elements)
    leaves: Leaves = field(default_factory=Leaves)
    paper: dict[str, str] = field(default_factory=dict)
    account: str = ""
    is_drawn: bool = False
    times: list[str] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    # Measured once, when first asked for (tasks.pages.html.body_element, tasks.pages.html.data_tables).
    running: list[int] | None = None
    worths: list[float] | None = None
    asides: list[Removal | None] | None = None
    rows: dict[int, int] | None = None

    def add_field(self, name: str, text: str) -> None:
        """Keep what a field holds with the scripts."""
        self.scripts.append((FIELD, name, text))

    def to_bytes(self) -> bytes:
        """The parsed page as a worker leaves it to the next, which reads it in a tenth of the time of parsing."""
        return pickle.dumps(self, pickle.HIGHEST_PROTOCOL)

    @staticmethod
    def from_bytes(data: bytes) -> Markup:
        """What ``to_bytes`` of the same code wrote in the same run: it is nothing to be taken from elsewhere."""
        return cast(Markup, pickle.loads(data))  # noqa: S301 (from the run's own work folder)


def parse_markup(text: str) -> Markup:
    """The leaves, elements and head of an HTML page; call ``excess_of`` first.

    >>> parse_markup("<p>青石镇 <b>消息</b></p>第二段<br>第三段").leaves.texts
    ['青石镇 消息', '第二段', '第三段']
    """
    source = text.encode("utf-8", "replace")  # bytes are searched three times as fast as text
    markup = _parsed(source)
    if sum(markup.leaves.char_counts) < LEAST_TOLD and _NOSCRIPT.search(source) is not None:
        told = _parsed(_NOSCRIPT.sub(b"", source))
        if sum(told.leaves.char_counts) >= LEAST_TOLD:
            return told
    return markup


def _parsed(source: bytes) -> Markup:
    markup = Markup()
    tree = LexborHTMLParser(source)
    head = tree.head
    if head is not None:
        read_head(head, markup)
    if has_filled_field(source):
        keep_fields(tree, markup)
    body = tree.body
    if body is not None:
        _walk(body, markup)
    return markup


def _walk(root: LexborNode, markup: Markup) -> None:
    """Fill ``markup`` with the leaves and elements below ``root``, in one loop: a page has thousands of nodes."""
    elements = markup.elements
    tags, parents, firsts, ends = elements.tags, elements.parents, elements.firsts, elements.ends
    kind_of = _kinds.get
    block = -1
    link_depth = bold_depth = hard_depth = soft_depth = 0
    run = _Run()
    pieces, found = run.pieces, run.found
    # Each entry undoes what opening its node did.
    stack: list[tuple[LexborNode, bool, _Depths | None]] = []
    node: LexborNode | None = root
    while node is not None:
        if node.is_empty_text_node:  # every third node
            if pieces:
                pieces.append(" ")
        elif (tag_id := node.tag_id) == _TEXT:
            content = node.text_content or ""
            if content.isspace():
                if pieces:
                    pieces.append(" ")
            elif content:
                pieces.append(content)
                if link_depth:
                    run.link_chars += len("".join(content.split()))
                if bold_depth:
                    run.bold_chars += len("".join(content.split()))
        else:
            tag, role, depths = kind_of(tag_id) or _kind_of(node)
            if role <= _BLOCK:
                child = node.first_child
                if child is not None:
                    attributes = node.attributes
                    centered = tag == "center"
                    hints = tag
                    if attributes:
                        name, style = attributes.get("id"), attributes.get("style")
                        if style or "hidden" in attributes or "aria-hidden" in attributes or tag == "time":
                            depths = _depths(tag, attributes, depths, markup)
                            centered = centered or bool(style and _looks(style)[3])
                        if name in _ACCOUNT_IDS:
                            markup.account = " ".join((node.text(deep=True) or "").split())
                        if role == _BLOCK:
                            classes = attributes.get("class")
                            if name or classes:
                                hints = f"{tag} {name or ''} {classes or ''}".lower()
                            centered = centered or attributes.get("align") == "center"
                    if role == _BLOCK:
                        if pieces:
                            run.end(block)
                        parents.append(block)
                        block = len(tags)
                        tags.append(tag)
                        elements.hints.append(hints)
                        firsts.append(len(found))
                        ends.append(0)
                        elements.centered.append(centered)
                    if depths is not None:
                        link, bold, hard, soft = depths
                        link_depth += link
                        bold_depth += bold
                        if hard or soft:
                            if pieces:
                                run.end(block)
                            hard_depth += hard
                            soft_depth += soft
                            run.hiding = Hiding.HARD if hard_depth else Hiding.SOFT
                    stack.append((node, role == _BLOCK, depths))
                    node = child
                    continue
            elif role == _BREAK:
                if pieces:
                    run.end(block)
            elif role == _IMAGE:
                # An image inside a sentence (a glyph, an emoticon) does not end the paragraph.
                if not pieces:
                    run.after_image = True
            elif role == _HEAD:
                read_head_node(node, markup)
            elif role == _MAP:
                keep_areas(node, markup)
            elif role == _COMMENT:
                read_comment(node, markup)
        following = node.next if stack else None
        while following is None and stack:
            node, is_block, depths = stack.pop()
            if is_block:
                if pieces:
                    run.end(block)
                ends[block] = len(found)
                block = parents[block]
            if depths is not None:
                link, bold, hard, soft = depths
                link_depth -= link
                bold_depth -= bold
                if hard or soft:
                    if pieces:
                        run.end(block)
                    hard_depth -= hard
                    soft_depth -= soft
                    run.hiding = Hiding.HARD if hard_depth else Hiding.SOFT if soft_depth else Hiding.NONE
            following = node.next if stack else None
        node = following
    if pieces:
        run.end(block)
    if found:
        markup.leaves = Leaves(*map(list, zip(*found, strict=True)))


def _kind_of(node: LexborNode) -> tuple[str, int, _Depths | None]:
    """The tag of an element, its role and by how much it deepens what stands in it."""
    tag, tag_id = node.tag or "", node.tag_id
    kind = tag, _ROLES.get(tag) or (_BLOCK if "-" in tag else _INLINE), _DEPTHS.get(tag)
    if tag_id is not None and tag_id < _NUMBERED:
        _kinds[tag_id] = kind
    return kind


class _Run:
    """The run of text that is being read: it ends at the next boundary of a block and becomes a leaf.

    ``found`` are the leaves so far, each in the order of the columns of ``Leaves``."""

    __slots__ = ("after_image", "bold_chars", "found", "hiding", "link_chars", "pieces")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.found: list[tuple[str, str, int, int, int, Hiding, bool, int]] = []
        self.link_chars = self.bold_chars = 0
        self.hiding = Hiding.NONE
        self.after_image = False

    def end(self, element: int) -> None:
        """Keep the run as a leaf of ``element`` if anything of it can be seen, and begin the next one."""
        pieces = self.pieces
        words = (pieces[0] if len(pieces) == 1 else "".join(pieces)).split()
        if words:
            text = raw = " ".join(words)
            if len(pieces) > 1 and len(text) <= LONGEST_SPACED:
                raw = " ".join(" ".join(pieces).split())
            char_count = len(text) - len(words) + 1
            self.found.append(
                (text, raw, self.link_chars, self.bold_chars, element, self.hiding, self.after_image, char_count)
            )
            self.after_image = False
        pieces.clear()
        self.link_chars = self.bold_chars = 0


def _depths(tag: str, attributes: dict[str, str | None], own: _Depths | None, markup: Markup) -> _Depths | None:
    """By how much an element deepens links, bold type and what is hidden for good or until a script runs."""
    link, bold, hard, soft = own or (0, 0, 0, 0)
    style = attributes.get("style")
    if style:
        is_hard, is_soft, is_bold, _ = _looks(style)
        hard, soft, bold = int(is_hard), int(is_soft), int(bold or is_bold)
    if tag == "time" and attributes.get("datetime"):
        markup.times.append(attributes["datetime"] or "")
    if "hidden" in attributes or (attributes.get("aria-hidden") == "true" and tag != "div"):
        hard = 1
    return (link, bold, hard, soft) if link or bold or hard or soft else None


@lru_cache(maxsize=5_000)
def _looks(style: str) -> tuple[bool, bool, bool, bool]:
    """Whether a style hides for good, hides until a script runs, is bold, is centered: a page repeats its styles."""
    is_hard = _HARD_HIDDEN.search(style) is not None
    is_soft = not is_hard and _SOFT_HIDDEN.search(style) is not None
    return is_hard, is_soft, _BOLD_STYLE.search(style) is not None, _CENTERED.search(style) is not None
