"""What becomes of one page's bytes before they are taken apart."""

from __future__ import annotations

from tasks.shards.texts import read_text

DOCUMENT = {
    "document_id": "d",
    "uri": "pages/1.html",
    "media_type": "text/html",
    "charset": None,
    "fetched_on": None,
    "pack": None,
}
IMAGE = "<img src='data:image/png;base64,{}' alt='居民在议事厅'>"
PAGE = "<html><body><p>南岭镇的议事厅开门。</p>{}</body></html>"


def text_of(page: str) -> str:
    return str(read_text(DOCUMENT, page.encode())["text"])


def test_the_images_within_a_page_are_handed_on_to_nobody() -> None:
    assert text_of(PAGE.format(IMAGE.format("QUJD" * 300))) == PAGE.format(IMAGE.format(""))
    icon = PAGE.format(IMAGE.format("QUJD" * 200))
    assert text_of(icon) == icon


def test_a_page_that_was_repaired_keeps_them_for_the_offsets_of_its_repairs() -> None:
    page = PAGE.format(IMAGE.format("QUJD" * 300) + "<p>红色&amp;lsquo;物业&amp;rsquo;进小区。</p>")
    row = read_text(DOCUMENT, page.encode())
    assert row["repairs"]
    assert "QUJD" * 300 in str(row["text"])


def test_a_book_is_refused_by_its_bytes() -> None:
    row = read_text(DOCUMENT, PAGE.format("<p>" + "县里开会，" * 300_000 + "</p>").encode())
    assert (row["reason"], row.get("text")) == ("too_large", None)
