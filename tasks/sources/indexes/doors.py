"""Pages that only lead to the page with the list: framesets, pages around an iframe, pages that send on.

Only what the page itself says is followed, and only on its own site; a door to another site is named to whoever wrote
the list of sources.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from tasks.sources.indexes.anchors import base_of, resolved, same_site

# 0; url=list.html, with or without its quotes, and without the word url; a pause alone loads the same page again.
_REFRESH = re.compile(r"^\s*[\d.]*\s*[;,]\s*(?:url\s*=\s*)?['\"]?\s*([^'\"\s]+)", re.IGNORECASE)
# A script that is there to send on: location = '…', location.href = '…', location.replace('…').
_SENT_ON = re.compile(
    r"\blocation(?:\.href)?\s*=\s*['\"]([^'\"]+)['\"]|\blocation\.(?:replace|assign)\s*\(\s*['\"]([^'\"]+)['\"]\s*\)"
)


@dataclass(frozen=True, slots=True)
class Doors:
    """The addresses to which a page leads without a link, each once: those of its own site, and those of others."""

    inside: tuple[str, ...]
    outside: tuple[str, ...]


def read_doors(tree: LexborHTMLParser, address: str) -> Doors:
    """The frames of the page at ``address``, and the page to which it sends on.

    A script counts where the page has no link at all and the script names one address alone.

    >>> read_doors(LexborHTMLParser('<meta http-equiv="refresh" content="0;url=list.html">'), "http://x.example/a/")
    Doors(inside=('http://x.example/a/list.html',), outside=())
    """
    base = base_of(tree, address)
    named = [node.attributes.get("src") for node in tree.css("frame[src], iframe[src]")]
    for node in tree.css("meta[http-equiv][content]"):
        refresh = _REFRESH.match(node.attributes.get("content") or "")
        if refresh and (node.attributes.get("http-equiv") or "").strip().lower() == "refresh":
            named.append(refresh[1])
    if not named and tree.css_first("a[href], area[href]") is None:
        scripts = "\n".join(node.text() for node in tree.css("script"))
        targets = {one or other for one, other in _SENT_ON.findall(scripts)}
        named += targets if len(targets) == 1 else ()
    found = dict.fromkeys(uri for one in named if (uri := resolved(base, one)) is not None and uri != address)
    inside = tuple(uri for uri in found if same_site(uri, address))
    return Doors(inside, tuple(uri for uri in found if uri not in inside))
