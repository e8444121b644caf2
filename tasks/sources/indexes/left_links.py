"""What a section page shows beside the articles that were told: said to whoever writes a list of sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from tasks.sources.indexes.anchors import Anchor, is_headline, same_site
from tasks.sources.indexes.article_links import address_form

_FEED = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.DOTALL)
_FORMS_SHOWN = 3  # what a line has room for
_LEAST = 3  # links: fewer are a notice, a banner, a line of the foot


def left_headlines(anchors: Iterable[Anchor], taken: Collection[str], address: str) -> str | None:
    """The forms of address of further headlines of the page at ``address``, None where there are few.

    >>> rows = [Anchor(f"http://x.example/gg/{n}.html", "关于公布议事厅名单的公告", None, "li") for n in range(3)]
    >>> left_headlines(rows, (), "http://x.example/")
    'not taken: 3 headlines of the form /gg/#.html'
    """
    left = {one.uri for one in anchors if one.uri not in taken and is_headline(one.text)}
    forms = Counter(address_form(uri) for uri in sorted(left) if same_site(uri, address))
    shown = [
        f"{count} headlines of the form {form}" for form, count in forms.most_common(_FORMS_SHOWN) if count >= _LEAST
    ]
    return f"not taken: {', '.join(shown)}" if shown else None


def why_empty(tree: LexborHTMLParser, text: str, anchors: Sequence[Anchor], address: str) -> str:
    """Why no list of articles was told on the page at ``address``, and what can be done."""
    other = _FEED.match(text[:2_000])
    if other:
        kind = "sitemap" if other[1] in {"urlset", "sitemapindex"} else "feed"
        return f"it is a {kind}: kind = '{kind}' reads it"
    hosts = Counter(
        urlsplit(one.uri).hostname for one in anchors if is_headline(one.text) and not same_site(one.uri, address)
    )
    if hosts and (most := hosts.most_common(1)[0])[1] >= _LEAST:
        told = f"{most[1]} of its headlines lead to another site, {most[0]}"
        return f"{told}; follow = '…' that matches their addresses allows it"
    calls = [
        call
        for node in tree.css("a, li, tr, div")
        if is_headline(node.text()[:200]) and (call := _call(node.attributes))
    ]
    if len(calls) >= _LEAST:
        return (
            f"{len(calls)} of its headlines call a script ({calls[0]}) instead of having an address; the list they are"
            " drawn from, as the browser's network tool shows it, can be read with kind = 'api'"
        )
    forms = Counter(address_form(one.uri) for one in anchors if same_site(one.uri, address))
    shown = ", ".join(f"{form} ({count})" for form, count in forms.most_common(_FORMS_SHOWN))
    return f"follow = '…' names the form of their addresses; there are {shown}" if shown else "it has no links"


def _call(attributes: dict[str, str | None]) -> str | None:
    """What an element calls where it is clicked, cut to a line."""
    link = attributes.get("href") or ""
    call = link.partition(":")[2] if link.lower().startswith("javascript:") else attributes.get("onclick") or ""
    return " ".join(call.split())[:60] or None
