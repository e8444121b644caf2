"""Which addresses name one page: by http and https, with and without ``www.``, and with what a share adds to them.

A list may name a page as ``http://www.x.example/1.html`` that another one, or the same one a year later, names as
``https://x.example/1.html?from=timeline``. It is one page and is asked for once, by the name under which it came first.
"""

from __future__ import annotations

import re

# What apps and counters add to an address when it is passed on; no server answers with another page for them.
SHARED = r"utm_\w+|spm|isappinstalled|share_\w+|[gf]clid|fbclid|msclkid|bd_vid|hm(?:sr|pl|cu|kw|ci)|nsukey|weixin_\w+"
SHARED_FROM = r"timeline|singlemessage|groupmessage|message|appmsg|app|share|qq|weibo|wx\w*"  # values of ``from``
_ADDED = re.compile(rf"(?:{SHARED})(?:=|$)|from=(?:{SHARED_FROM})?$", re.IGNORECASE)
_HEAD = re.compile(r"(https?)://([^/?#]*)", re.IGNORECASE)
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def canonical_address(uri: str) -> str:
    """``uri`` with its host in lower case, and without a default port and what sharing added to it.

    >>> canonical_address("https://WWW.X.Example:443/n/1.html?id=3&utm_source=qq&from=timeline")
    'https://www.x.example/n/1.html?id=3'
    >>> canonical_address("http://x.example/list?from=2024-03-01")
    'http://x.example/list?from=2024-03-01'
    """
    head = _HEAD.match(uri)
    if head is None:
        return uri
    scheme, host, rest = head[1].lower(), head[2].lower(), uri[head.end() :]
    if "?" in rest:
        path, _, query = rest.partition("?")
        kept = "&".join(pair for pair in query.split("&") if not _ADDED.match(pair))
        rest = f"{path}?{kept}" if kept else path
    return f"{scheme}://{host.removesuffix(_DEFAULT_PORTS[scheme])}{rest}"


def address_key(uri: str) -> str:
    """What all names of one page have in common.

    >>> address_key("http://www.x.example/1.html?spm=a.1") == address_key("https://x.example/1.html")
    True
    """
    return canonical_address(uri).partition("://")[2].removeprefix("www.")
