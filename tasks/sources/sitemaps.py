"""Reads sitemaps and sitemap indexes (https://www.sitemaps.org/protocol.html): addresses, with the day they changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree  # type: ignore[attr-defined]

MAX_BYTES = 200_000_000  # the protocol allows 50 MB unpacked; what is far beyond is an attack on the memory


@dataclass(frozen=True)
class SitemapEntry:
    """An address; ``is_sitemap`` where it names a further sitemap; ``updated_at`` where the sitemap says when."""

    uri: str
    is_sitemap: bool
    updated_at: datetime | None


def read_sitemap(body: bytes) -> list[SitemapEntry]:
    """The entries in the order written, each address once; none where the bytes are no sitemap. Never raises.

    >>> read_sitemap(b"<urlset><url><loc>https://a.example/1.html</loc></url></urlset>")[0].uri
    'https://a.example/1.html'
    """
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return []
    if root is None:
        return []
    found: dict[str, SitemapEntry] = {}
    for element in root.iterchildren("{*}url", "{*}sitemap"):
        fields = {etree.QName(child).localname: (child.text or "").strip() for child in element.iterchildren("{*}*")}
        uri = fields.get("loc", "")
        if uri.startswith(("http://", "https://")):
            is_sitemap = etree.QName(element).localname == "sitemap"
            found.setdefault(uri, SitemapEntry(uri, is_sitemap, _moment(fields.get("lastmod", ""))))
    return list(found.values())


def _moment(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
