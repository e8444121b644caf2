"""Reads sitemaps and sitemap indexes (https://www.sitemaps.org/protocol.html): addresses, with the day they changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree  # type: ignore[attr-defined]

MAX_ENTRIES = 50_000  # what the protocol allows in one file
_MAX_ELEMENTS = 40 * MAX_ENTRIES  # an entry with its alternate languages or pictures has about ten
_MAX_FIELD_CHARACTERS = 8_000
_STEP_BYTES = 65_536
_ENTRIES = {"url", "sitemap"}


@dataclass(frozen=True)
class SitemapEntry:
    """An address; ``is_sitemap`` where it names a further sitemap; ``updated_at`` where the sitemap says when."""

    uri: str
    is_sitemap: bool
    updated_at: datetime | None


def read_sitemap(body: bytes) -> list[SitemapEntry]:
    """The entries in the order written, each address once, one more than MAX_ENTRIES at the most; none where the bytes
    are no sitemap. Never raises. No tree is built: the memory holds the entries only.

    >>> read_sitemap(b"<urlset><url><loc>https://a.example/1.html</loc></url></urlset>")[0].uri
    'https://a.example/1.html'
    """
    reader = _EntryReader()
    parser = etree.XMLParser(
        target=reader, recover=True, resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    try:
        for start in range(0, len(body), _STEP_BYTES):
            parser.feed(body[start : start + _STEP_BYTES])
            if len(reader.found) > MAX_ENTRIES or reader.element_count > _MAX_ELEMENTS:
                break
    except (etree.XMLSyntaxError, ValueError, LookupError):
        pass  # what was read up to here counts
    return list(reader.found.values())[: MAX_ENTRIES + 1]


class _EntryReader:
    """Takes the elements of a sitemap one by one; what it keeps are the addresses."""

    def __init__(self) -> None:
        self.found: dict[str, SitemapEntry] = {}
        self.element_count = 0
        self._fields: dict[str, str] = {}
        self._text: list[str] = []
        self._text_count = 0

    def start(self, tag: str, attributes: object) -> None:
        """An element opens."""
        self.element_count += 1
        self._text, self._text_count = [], 0
        if _local(tag) in _ENTRIES:
            self._fields = {}

    def data(self, text: str) -> None:
        """Text of the element that is open."""
        if self._text_count < _MAX_FIELD_CHARACTERS:
            self._text.append(text)
            self._text_count += len(text)

    def end(self, tag: str) -> None:
        """An element closes: a field of an entry, or the entry."""
        name = _local(tag)
        if name in {"loc", "lastmod"}:
            self._fields.setdefault(name, "".join(self._text).strip())
        elif name in _ENTRIES:
            uri = self._fields.get("loc", "")
            if uri.startswith(("http://", "https://")) and len(uri) < _MAX_FIELD_CHARACTERS:
                updated_at = _moment(self._fields.get("lastmod", ""))
                self.found.setdefault(uri, SitemapEntry(uri, name == "sitemap", updated_at))
        self._text, self._text_count = [], 0

    def close(self) -> None:
        """The document is over."""


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _moment(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
