"""Which site a page is of, and what that site prints on every page."""

from __future__ import annotations

import pytest

from tasks.pages.site_lines import count_lines, site_of

HTML = (
    "<html><head>{head}</head><body><p>老街上的驿站开门了。</p><div>青石网 客服热线 青石网为您服务</div></body></html>"
)


@pytest.mark.parametrize(
    ("uri", "text", "expect"),
    [
        ("https://www.qingshi.example/a/1.html?x=1", "", "qingshi.example"),
        ("http://news.qingshi.example:8080/a", "", "news.qingshi.example"),
        ("a.html", '<link rel="canonical" href="https://www.qingshi.example/a">', "qingshi.example"),
        ("a.html", '<meta property="og:url" content="http://m.qingshi.example/a">', "m.qingshi.example"),
        ("a.txt", "一段话。\n版权所有 Copyright 2019 qingshinews.cn All Rights Reserved", "qingshinews.cn"),
        ("a.txt", "一段话。\n青石新闻网 版权所有", "青石新闻网"),
        ("a.txt", "青石網 > 資訊 > 正文\n一段話。", "青石网"),
        ("a.txt", "一段话，没有说是哪里来的。", None),
        ("file:///tmp/a.html", "", None),
    ],
)
def test_a_site_is_known_by_its_host_or_by_what_its_pages_say(uri: str, text: str, expect: str | None) -> None:
    assert site_of(uri, text) == expect


def test_the_lines_of_a_page_are_counted_as_the_reader_will_see_them() -> None:
    lines = count_lines(HTML.format(head=""), media_type="text/html")
    assert "青石网客服热线青石网为您服务" in lines


def test_a_long_paragraph_is_never_counted_as_furniture() -> None:
    text = "青石新闻网 版权所有\n" + "老街上的驿站开门了，" * 40
    assert all(len(line) <= 300 for line in count_lines(text, media_type="text/plain"))
