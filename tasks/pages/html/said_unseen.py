"""What a page says of its article without showing it: its head, the fields of forms, the areas of pictures, and the
comment that e-paper systems write."""

from __future__ import annotations

import re
from typing import Protocol

from selectolax.lexbor import LexborHTMLParser, LexborNode

FIELD = "field"  # the type of a form's field among the scripts


class Unseen(Protocol):
    """Where it is kept: the part of ``Markup`` that no reader of the page sees."""

    title: str
    metas: dict[str, str]
    canonical: str
    scripts: list[tuple[str, str, str]]
    areas: list[str]
    paper: dict[str, str]

    def add_field(self, name: str, text: str) -> None:
        """Keep a field with the scripts."""


# The e-paper systems of most Chinese newspapers write the fields of the article into a comment of this name.
_PAPER_COMMENT = re.compile(r"\s*enpproperty\b(.{0,6000}?)/?enpproperty\s*$", re.DOTALL | re.IGNORECASE)
_FILLED_FIELD = re.compile(rb"<textarea[^>]*+>(?!\s*+</textarea)")
_PAPER_FIELD = re.compile(r"<([a-z]+)>([^<]{1,300})</\1>", re.IGNORECASE)


def has_filled_field(source: bytes) -> bool:
    """Whether a text area holds anything: most are empty boxes for comments, and to look for them takes a while."""
    place = source.find(b"<textarea")
    while place >= 0:
        if _FILLED_FIELD.match(source, place) is not None:
            return True
        place = source.find(b"<textarea", place + 1)
    return False


def keep_fields(tree: LexborHTMLParser, markup: Unseen) -> None:
    """Keep what hidden fields hold with the scripts: some sites leave the article there for a script to draw."""
    for node in tree.css("textarea"):
        attributes = node.attributes
        name = f"{attributes.get('id') or ''} {attributes.get('class') or ''}".strip().lower()
        content = (node.text(deep=True) or "").strip()
        if name and content:
            markup.add_field(name, content)


def keep_areas(picture: LexborNode, markup: Unseen) -> None:
    """Keep what the areas of a picture are called: e-papers show the printed page, each article of it an area."""
    for node in picture.css("area"):
        attributes = node.attributes
        name = " ".join((attributes.get("title") or attributes.get("alt") or "").split())
        if name and name not in markup.areas:
            markup.areas.append(name)


def read_head(head: LexborNode, markup: Unseen) -> None:
    node = head.first_child
    while node is not None:
        if not read_head_node(node, markup) and node.is_comment_node:
            read_comment(node, markup)
        node = node.next


def read_comment(node: LexborNode, markup: Unseen) -> None:
    comment = _PAPER_COMMENT.match(node.comment_content or "")
    if comment is not None and not markup.paper:
        markup.paper = {name.lower(): value.strip() for name, value in _PAPER_FIELD.findall(comment.group(1))}


def read_head_node(node: LexborNode, markup: Unseen) -> bool:
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
