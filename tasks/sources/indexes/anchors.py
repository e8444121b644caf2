"""The links of an index page, each with the text, the day and the place in the page that tell what it is.

An item is the largest element around a link in which no other address stands: what is printed there beside the link
belongs to it. Links are resolved against the page's address (and its ``<base>``); their fragments are cut off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tasks.lexicon.characters import pattern_of
from tasks.sources.indexes.printed_days import printed_day
from tasks.sources.page_names import canonical_address

# An item is a few elements deep; a link in a deeper nest of its own is an island of its own.
_CLIMB = 6
# How many ancestors tell one list of a page from another: more would part the columns of one list.
_SIGNATURE_LEVELS = 4
_HEADING = "h1, h2, h3, h4, h5, h6, [class*=tit]"
# What a click on a link opens that has no address itself.
_OPENED = re.compile(r"""\b(?:window\.open\s*\(\s*|location(?:\.href)?\s*=\s*)['"]([^'"]+)['"]""")
# A headline has this many Chinese characters at the least; menus and buttons have two to six.
_HEADLINE_CHARACTERS = 7
_HAN = pattern_of(r"[[:han:]]")
_SPACE = re.compile(r"\s+")
_XML_SCRIPT = re.compile(r"<script[^<>]*\btype\s*=\s*[\"']?text/xml[^<>]*>(.*?)</script>", re.IGNORECASE | re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_MOST_XML_SCRIPTS = 20
# A card has its headline, a picture and some marks (网格, 某某镇) as links, the day in an element of its own.
_CARD_CLIMB = 3
_MOST_LINKS_OF_CARD = 6
_LONGEST_BEHIND = 60  # characters between a link and the next one that are looked at for a day
# What is behind one of these is of another item.
_ITEM_TAGS = {"li", "tr", "dt", "ul", "ol", "table", "h1", "h2", "h3", "h4"}
_CUT_OFF = ("…", "...")


@dataclass(frozen=True, slots=True)
class Anchor:
    """One address a page names. ``text`` is the longest text (or title) of the links to it in one item.

    ``listed_on`` is the day printed beside it; ``place`` names the element and its ancestors by tag and class, the same
    for all items of one list; ``is_area`` where it is a region of an image map.
    """

    uri: str
    text: str
    listed_on: date | None
    place: str
    is_area: bool = False


def parse_markup(text: str) -> LexborHTMLParser:
    """The tree of a page, with the items that the JCMS system keeps as XML in a script. Never raises: a parser of HTML
    reads anything.

    >>> record = "<record><![CDATA[<li><a href='/1.html'>县里开会</a></li>]]></record>"
    >>> [node.text() for node in parse_markup(f"<script type='text/xml'>{record}</script>").css("li a")]
    ['县里开会']
    """
    if "<![CDATA[" in text:
        text = _XML_SCRIPT.sub(lambda script: _CDATA.sub(r"\1", script[1]), text, count=_MOST_XML_SCRIPTS)
    return LexborHTMLParser(text)


def read_anchors(tree: LexborHTMLParser, address: str, today: date, until: date | None = None) -> list[Anchor]:
    """The links of the page at ``address``, each address once for each place, in the order of the page.

    ``until`` (or else ``today``) gives the year where only month and day are printed: the latest day that is not after.

    >>> markup = '<ul><li><a href="/a/1.html">兰溪市办起邻里食堂</a><span>03-05</span></li></ul>'
    >>> read_anchors(parse_markup(markup), "http://x.example/a/", date(2024, 3, 9))[0].listed_on
    datetime.date(2024, 3, 5)
    """
    base = base_of(tree, address)
    _write_out_calls(tree)
    found: dict[tuple[str, str], Anchor] = {}
    for node in tree.css("a[href], area[href]"):
        uri = resolved(base, node.attributes.get("href"))
        if uri is None:
            continue
        item = _item_of(node, base)
        title = _SPACE.sub(" ", node.attributes.get("title") or "").strip()
        text = max(_headline_in(node) or _text(node), title, key=_whole_length)
        day = _day_beside(item, node, today, until)
        anchor = Anchor(uri, text, day, _place_of(item), node.tag == "area")
        key = (uri, anchor.place)
        if key not in found or len(text) > len(found[key].text):
            earlier = found.get(key)
            if earlier is not None and anchor.listed_on is None:
                anchor = Anchor(uri, text, earlier.listed_on, anchor.place, anchor.is_area)
            found[key] = anchor
    return list(found.values())


def _write_out_calls(tree: LexborHTMLParser) -> None:
    """Give links that only a click leads on the address that their call opens."""
    for node in tree.css("a[onclick]"):
        link = (node.attributes.get("href") or "").strip().lower()
        call = _OPENED.search(node.attributes.get("onclick") or "")
        if call and (link in {"", "#"} or link.startswith("javascript:")):
            node.attrs["href"] = call[1]


def _headline_in(node: LexborNode) -> str | None:
    """The headline of a link that is a whole card, with a day and an abstract in it."""
    part = node.css_first(_HEADING)
    text = _text(part) if part is not None else ""
    return text if is_headline(text) else None


def _day_beside(item: LexborNode, node: LexborNode, today: date, until: date | None) -> date | None:
    """The day printed in ``item`` outside its links; else the one with which the text of the link begins or ends."""
    around = _text(item)
    for link in item.css("a[href]"):
        around = around.replace(_text(link), " ", 1)
    day = printed_day(around, today, until) or printed_day(_text_behind(item), today, until)
    words = _text(node).split()
    if day is not None or not words:
        return day
    edges = (" ".join(words[:2]), words[0], words[-1])
    day = next((found for edge in edges if (found := printed_day(edge, today, until)) is not None), None)
    return day or _day_of_card(item, node, today, until)


def _day_of_card(item: LexborNode, node: LexborNode, today: date, until: date | None) -> date | None:
    """The day in an element around ``item`` that holds no other headline."""
    own = node.attributes.get("href")
    card = item.parent if is_headline(_text(node)) else None
    for _ in range(_CARD_CLIMB):
        if card is None or card.tag in {"body", "html"}:
            return None
        links = card.css("a[href]")
        others = (one for one in links if one.attributes.get("href") != own)
        if len(links) > _MOST_LINKS_OF_CARD or any(is_headline(_text(one)) for one in others):
            return None
        around = _text(card)
        for link in links:
            around = around.replace(_text(link), " ", 1)
        day = printed_day(around, today, until)
        if day is not None:
            return day
        card = card.parent
    return None


def is_headline(text: str) -> bool:
    """Whether the text of a link can be a headline rather than a menu's entry."""
    return len(_HAN.findall(text)) >= _HEADLINE_CHARACTERS


def _text_behind(item: LexborNode) -> str:
    """What is printed between ``item`` and the next link: the day in a list of definitions, or of bare lines."""
    pieces: list[str] = []
    node = item.next
    while node is not None and sum(map(len, pieces)) < _LONGEST_BEHIND:
        if node.tag in _ITEM_TAGS or node.tag == "a" or (node.tag != "-text" and node.css_first("a[href]")):
            break
        pieces.append(node.text(deep=True, separator=" ", strip=False))
        node = node.next
    return _SPACE.sub(" ", " ".join(pieces)).strip()


def same_site(address: str, other: str) -> bool:
    """Whether two addresses are of one host, ``www.`` aside.

    >>> same_site("http://www.x.example/1", "https://x.example/2"), same_site("http://x.example", "http://m.x.example")
    (True, False)
    """
    return _host(address) == _host(other) != ""


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""


def base_of(tree: LexborHTMLParser, address: str) -> str:
    node = tree.css_first("base[href]")
    return resolved(address, node.attributes.get("href")) or address if node is not None else address


def resolved(base: str, link: str | None) -> str | None:
    """The web address that ``link`` names, None where it names none (scripts, mail, a place on the same page)."""
    link = (link or "").strip()
    if not link or link.startswith("#"):
        return None
    try:
        uri = urldefrag(urljoin(base, link)).url
        parts = urlsplit(uri)
    except ValueError:
        return None
    return canonical_address(uri) if parts.scheme in {"http", "https"} and parts.hostname else None


def _item_of(node: LexborNode, base: str) -> LexborNode:
    """The largest element around ``node`` with no other address in it."""
    own = resolved(base, node.attributes.get("href"))
    item = node
    for _ in range(_CLIMB):
        parent = item.parent
        if parent is None or parent.tag in {"body", "html", "map"}:
            break
        links = parent.css("a[href], area[href]")
        if len(links) > 3 or any(resolved(base, one.attributes.get("href")) not in {own, None} for one in links):
            break
        item = parent
    return item


def _place_of(item: LexborNode) -> str:
    steps: list[str] = []
    node: LexborNode | None = item
    while node is not None and len(steps) < _SIGNATURE_LEVELS and node.tag not in {"body", "html"}:
        names = "" if node is item else "." + ".".join(sorted((node.attributes.get("class") or "").split()))
        steps.append(f"{node.tag}{names.rstrip('.')}")
        node = node.parent
    return " < ".join(steps)


def _whole_length(text: str) -> tuple[bool, int]:
    """Longer is better, but a headline that was cut off (…) is worse than any that was not."""
    return not text.endswith(_CUT_OFF) and bool(text), len(text)


def _text(node: LexborNode) -> str:
    return _SPACE.sub(" ", node.text(deep=True, separator=" ", strip=False)).strip()
