"""A robots.txt forbids what it forbids, however its file was saved or sent."""

from __future__ import annotations

import codecs
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.sources.compression import DamagedError
from tasks.sources.robots import read_rules

RULES = "User-agent: *\nDisallow: /inner/"
SAVED = {
    **{name: RULES.encode(name) for name in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")},
    **{f"{name} with its mark": RULES.encode(name) for name in ("utf-8-sig", "utf-16", "utf-32")},
    "utf-16 below a remark in Chinese": ("# 本站各栏目请勿抓取，谢谢合作。" * 20 + "\n" + RULES).encode("utf-16-le"),
    "gbk below a remark in Chinese": ("# 本站内部栏目请勿抓取\n" + RULES).encode("gbk"),
    "two marks": codecs.BOM_UTF8 * 2 + RULES.encode(),
    "a mark on the second line": b"\n" + codecs.BOM_UTF8 + RULES.encode(),
    "packed, and not said so": gzip.compress(RULES.encode()),
    "line ends of old machines": RULES.replace("\n", "\r").encode(),
    "zeros in front": b"\0\0" + RULES.encode(),
    "a space of no width": f"\u200b{RULES}".encode(),
    "colons of an input method": RULES.replace(":", "：").encode(),
    "letters of an input method": "Ｕｓｅｒ－ａｇｅｎｔ： *\nＤｉｓａｌｌｏｗ： /inner/".encode(),
    "letters and signs of an input method": "Ｕｓｅｒ－ａｇｅｎｔ：＊\nＤｉｓａｌｌｏｗ：／inner／\n".encode(),
    "a slash of an input method": "User-agent: ＊\nDisallow: ／inner/".encode(),
    "hyphens of a word processor": "User‐agent: *\nDisallow: /inner/\n".encode(),
    "a dash for a hyphen": "User–agent: *\nDisallow: /inner/\n".encode(),
    "a line for a hyphen": b"User_agent: *\nDisallow: /inner/",
    "marks of direction": f"\u200f{RULES}".replace("\n", "\n\u200e").encode(),
    "a hyphen that is not shown": RULES.replace("allow", "\xadallow").encode(),
    "a mark of another encoding": codecs.BOM_UTF16_LE + RULES.encode(),
    "a mark of the other order": codecs.BOM_UTF16_BE + RULES.encode("utf-16-le"),
    "lines of a page": RULES.replace("\n", "<br>\n").replace("\n", "").encode(),
    "colons of a page": f"<p>{RULES}</p>".replace(":", "&#58;").encode(),
    "packed twice": gzip.compress(gzip.compress(RULES.encode())),
    "a whole address": b"User-agent: *\nDisallow: http://a.example/inner/",
    "no slash": b"User-agent: *\nDisallow: inner/",
    "its name with a version": b"User-agent: Fangzhi/1.0\nDisallow: /inner/",
    "wrapped in a page": f"<html><body><pre>{RULES}</pre></body></html>".encode(),
}


@pytest.mark.parametrize("name", SAVED)
def test_a_rule_is_read_however_it_was_saved(name: str) -> None:
    rules = read_rules(SAVED[name])
    assert not rules.can_fetch("/inner/1", "fangzhi")
    assert rules.can_fetch("/outer/1", "fangzhi")


@pytest.mark.parametrize("body", [b"", b"<html><body>404</body></html>", "没有这个页面".encode("gbk"), b"\x1f\x8b\x00"])
def test_what_holds_no_rule_forbids_nothing(body: bytes) -> None:
    assert read_rules(body).can_fetch("/inner/1", "fangzhi")


def test_what_is_packed_and_breaks_off_may_forbid_anything() -> None:
    with pytest.raises(DamagedError):
        read_rules(gzip.compress(RULES.encode() * 50)[:-20])


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ("Disallow:", "/inner/1"),  # forbids nothing
        ("Disallow: # /inner/", "/inner/1"),
        ("Disallow: /内（外）/", "/内(外)/1"),  # signs of full width within a path are its own
        ("Disallow: /in_ner/", "/in-ner/1"),
        ("Allow: inner/", "/inner/1"),
    ],
)
def test_a_rule_forbids_no_more_than_it_says(rule: str, path: str) -> None:
    assert read_rules(f"User-agent: *\n{rule}".encode()).can_fetch(path, "fangzhi")


@given(st.binary(max_size=500))
def test_no_bytes_break_the_reading(body: bytes) -> None:
    read_rules(body)
