"""Where the next page of a section is: by the source's own pattern, by a link, by the script that draws the pager.

Content systems number their index pages in few ways: ``index_1.html`` behind ``index.html``, ``list_2.shtml``,
``?page=2``. The TRS system writes the pager by ``createPageHTML(pages, current, "index", "html")`` with the first page
counted 0, or with an element's name in front and the first page counted 1: the next number is one more in both.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tasks.sources.indexes.anchors import same_site

_NEXT_TEXT = re.compile(r"^\W*(?:下一?[页頁]|后一?页|next(?:\s+page)?|older)\W*$", re.IGNORECASE)
_ARROW_TEXT = re.compile(r"^(?:>|›|»|>>|»»|→)$")
# The call of a script that draws the links to further pages, with their number.
_PAGER_CALL = re.compile(
    r"createPageHTML\s*\(\s*(?:['\"][^'\"]*['\"]\s*,\s*)?(\d+)\s*,\s*(\d+)\s*,\s*['\"]([^'\"]+)['\"]\s*,\s*['\"](\w+)"
    r"['\"]",
    re.IGNORECASE,
)
_NUMBERED_FILE = re.compile(r"^(?P<stem>.*?[_-])?(?P<number>\d+)(?P<suffix>\.\w+)$")
_PAGE_KEYS = ("page", "p", "pageno", "pageindex", "pagenum", "currentpage", "curpage", "pn", "paged", "pageid")
# A button that fetches more and has no link has the address of what it fetches among its data.
_MORE_TEXT = re.compile(r"^\W*(?:点击|点此)?(?:加载|查看|显示|浏览)更多\w{0,4}\W*$|^\W*load\s+more\W*$", re.IGNORECASE)
_MORE_ELEMENTS = "a, button, div, span, p"
_ADDRESS = re.compile(r"(?:https?:)?//\S+|\.{0,2}/\S+|[\w./-]+\.\w+(?:\?\S*)?|\?\S+")
_ON_CLICK = re.compile(r"""location(?:\.href)?\s*=\s*['"]([^'"]+)['"]""")


def next_index_page(
    tree: LexborHTMLParser, source: str, address: str, first: str, number: int, pattern: str | None = None
) -> str | None:
    """The address of the index page behind the one at ``address``, None where the page names none.

    ``source`` is the page's markup, ``first`` the address of the section's first page, ``number`` how many index pages
    were seen, ``pattern`` the source's ``next`` with ``{n}`` for the number: the second page has n = 1, or n = 2 where
    page 1 turned out to be the first one again.

    >>> script = '<script>createPageHTML(9, 0, "index", "html");</script>'
    >>> next_index_page(LexborHTMLParser(script), script, "http://x.example/a/", "http://x.example/a/", 1)
    'http://x.example/a/index_1.html'
    """
    if pattern is not None:
        return urljoin(first, pattern.replace("{n}", str(number)))
    found = _by_link(tree, address) or _by_script(source, address) or _by_number(tree, address, first)
    return found if found is not None and found != address and same_site(found, address) else None


def piece_of_button(tree: LexborHTMLParser, address: str) -> str | None:
    """What a button of the page at ``address`` fetches that says 加载更多 (load more), where its data name one address of
    the site alone.

    >>> button = '<button data-url="/more?page=2">加载更多</button>'
    >>> piece_of_button(LexborHTMLParser(button), "http://x.example/a/")
    'http://x.example/more?page=2'
    """
    for node in tree.css(_MORE_ELEMENTS):
        values = [value.strip() for key, value in node.attributes.items() if key.startswith("data-") and value]
        named = {value for value in values if _ADDRESS.fullmatch(value)} if values else set()
        if len(named) == 1 and _MORE_TEXT.match(_label(node)):
            found = _resolved(address, named.pop())
            return found if found is not None and found != address and same_site(found, address) else None
    return None


def piece_behind(address: str, number: int) -> str | None:
    """The piece behind the one at ``address``, which came as the ``number``-th page of its section and has no button:
    None where its address does not count as pages are counted, from 1 or from 0.

    >>> piece_behind("http://x.example/more?id=2&page=2", 2), piece_behind("http://x.example/more?page=7", 2)
    ('http://x.example/more?id=2&page=3', None)
    """
    counted = {str(number): str(number + 1), str(number - 1): str(number)}
    parts = urlsplit(address)
    pairs = [pair.partition("=") for pair in parts.query.split("&")]
    places = [place for place, (key, _, value) in enumerate(pairs) if key.lower() in _PAGE_KEYS and value in counted]
    if len(places) == 1:
        query = [
            f"{key}={counted[value]}" if place == places[0] else f"{key}{mark}{value}"
            for place, (key, mark, value) in enumerate(pairs)
        ]
        return parts._replace(query="&".join(query)).geturl()
    folder, _, name = parts.path.rpartition("/")
    match = _NUMBERED_FILE.match(name)
    if parts.query or match is None or match["number"] not in counted:
        return None
    return parts._replace(path=f"{folder}/{match['stem'] or ''}{counted[match['number']]}{match['suffix']}").geturl()


def _by_link(tree: LexborHTMLParser, address: str) -> str | None:
    named = tree.css_first("link[rel=next][href], a[rel=next][href]")
    nodes = ([named] if named is not None else []) + [
        node for node in tree.css("a") if _NEXT_TEXT.match(_label(node)) or _ARROW_TEXT.match(_label(node))
    ]
    for node in nodes:
        target = _target(node, address)
        if target is not None:
            return target
    return None


def _label(node: LexborNode) -> str:
    image = node.css_first("img[alt]")
    drawn = image.attributes.get("alt") if image is not None else None
    return (node.text(deep=True, strip=True) or node.attributes.get("title") or drawn or "").strip()


def _target(node: LexborNode, address: str) -> str | None:
    link = (node.attributes.get("href") or node.attributes.get("value") or "").strip()
    if not link or link.startswith("#") or link.lower().startswith("javascript:"):
        call = _ON_CLICK.search(node.attributes.get("onclick") or link)
        if call is None:
            return None
        link = call[1]
    return _resolved(address, link)


def _resolved(address: str, link: str) -> str | None:
    try:
        target = urljoin(address, link)
    except ValueError:
        return None
    return target if target.startswith(("http://", "https://")) else None


def _by_script(source: str, address: str) -> str | None:
    call = _PAGER_CALL.search(source)
    if call is None:
        return None
    count, current, stem, suffix = int(call[1]), int(call[2]), call[3], call[4]
    following = current + 1
    is_counted_from_one = call[0].split("(", 1)[1].lstrip().startswith(("'", '"'))
    if following > (count if is_counted_from_one else count - 1):
        return None
    return urljoin(address, f"{stem}_{following}.{suffix}")


def _by_number(tree: LexborHTMLParser, address: str, first: str) -> str | None:
    """The next number of a row of page numbers: the smallest of the section's numbered pages above this page's own."""
    own = _page_number(address, first) or 1
    above: dict[int, str] = {}
    for node in tree.css("a[href], select option[value]"):
        label = _label(node)
        if not label.isdecimal() or len(label) > 4:
            continue
        target = _target(node, address)
        if target is not None and _page_number(target, first) is not None and int(label) > own:
            above.setdefault(int(label), target)
    # A row that leaves out the next number (1 … 40) does not say where it is.
    return above.get(own + 1)


def _page_number(address: str, first: str) -> int | None:
    """The number of an index page by its address, None where it is no numbered page of the section at ``first``."""
    parts, start = urlsplit(address), urlsplit(first)
    if parts.path == start.path:
        numbers = [value for key, value in parse_qsl(parts.query) if key.lower() in _PAGE_KEYS and value.isdecimal()]
        return int(numbers[0]) if numbers else None
    folder, _, name = parts.path.rpartition("/")
    if folder != start.path.rpartition("/")[0]:
        return None
    match = _NUMBERED_FILE.match(name)
    return int(match["number"]) if match else None
