"""Every reader of text takes time that grows with the length of the text, whatever a page repeats.

Texts of one short seed, repeated, are read at doubling lengths and the processor time of each reader is compared. Only
growth fails, never speed: 2.6 times for twice the text lets a busy machine pass, 4 times is quadratic.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from time import process_time
from typing import Any

import pytest

from tasks.facts.kinds import FACT_KINDS
from tasks.facts.text.reading import Reading
from tasks.lexicon.posts import post_ending_at
from tasks.pages.dumps.cutting import cut_lines
from tasks.pages.lines.titles import cut_site_name, split_kicker
from tasks.pages.reading import read_page
from tasks.records import Page
from tasks.repair.originals import find_passage
from tasks.repair.sources import repair_source
from tasks.sources.feeds import read_feed

_MOST = 2.6  # times as long for twice the text
_LENGTHS = (10_000, 20_000, 40_000, 80_000, 160_000)  # characters
_FLOOR = 0.05  # seconds; below it the clock and the collector of garbage weigh as much as the reader
_ATTEMPTS = 12  # the quickest counts: what grows too fast does so each time, a busy machine has its quiet moments

_SEEDS = (
    "说：“",
    "“一张网”",
    "“好。”说",
    "他说“我们",
    "书记说：“",
    "书记、",
    "张三 ",
    "3.5万元",
    "1年1月1日",
    "百分之",
    "居委会",
    "公司",
    "集团",
    "试点",
    "获评“示范村”",
    "县里开会。",
    "安吉县该区",
    "议事会",
    "长兴县里，县财政局说",
    "阿依古丽·买买提和周敏说",
    "税务、人社等部门",
    "长兴县林城镇的党员",
    "渔民出身的张某",
    # A sentence without an end, of which each mention asks who acts, what is listed, who speaks.
    "“停车难解决了”，村民李",
    "乡、村、组三级监督机制",
    "无码后来的所谓“圆桌议事”，就是提供",
    "年近七十，",
    "化解159件",
    # Bodies without a name, pilots and spoken words of thousands of sentences.
    "县里推行“村务监督快递车”制度。三个镇把“快递车”开到了田头。",
    "镇里推行“邻里茶桌”。石狮市、晋江市已于2020年6月先行试点。",
    "我县示范村申报未获通过，长兴县被列为试点。",
    "她说：“今天大家来，就是商量这件事。”",
    "超过三分之二",
    "县委社会工作部",
    "香港特别行政区沙田区",
    "新华社合肥5月1日电 桐庐县的“【乡贤夜话】”机制受到关注，村民纷纷点赞。",
    "好。“大葱名叫“铁杆”，卖得好。”",
    "石桥镇的石桥“板凳会”开了。",
    "浙江云帆新材料股份有限公司（以下简称“云帆新材”）发布快报，云帆新材分红。",
    "安吉县开展检查，县里联合公安、城管等部门上门。",
)


def _read_html(text: str) -> Page:
    return read_page(f"<html><body>{text}", uri="a.html", media_type="text/html")


def _find_original(text: str) -> tuple[int, int] | None:
    return find_passage(text, "溪口镇")


_LINE_READERS: dict[str, tuple[Callable[[str], Any], str]] = {
    "dashes in a title": (cut_site_name, "-"),
    "spaced dashes in a title": (cut_site_name, " - "),
    "dashes of a kicker": (split_kicker, "— "),
    "comments that never close": (cut_lines, "<!--"),
    "comments of a page that never close": (_read_html, "<!--"),
    "scripts of a page that never close": (_read_html, "<script>"),
    "attributes on one tag": (lambda text: _read_html(f"<p {text}>"), "a1=1 "),
    "elements in a row": (_read_html, "<p>甲"),
    "days of a page": (_read_html, "<p>2018年起村里就有了。<p>一直到今年"),
    "paragraphs that begin again": (_read_html, "<p>下一步先在东边的两个镇里试点，再由县里的民政局牵头在全县推开。"),
    "menus of a page between its lines": (
        _read_html,
        '<div><h3>相关阅读</h3><ul><li><a href="a">甲镇开会</a></li></ul></div><p>连日来，镇里的干部走进田头，听大家说。</p>',
    ),
    "lines of a dump": (cut_lines, "去年村里推开了这一做法，\n"),
    "comments of an original that never close": (_find_original, "<!--"),
    "scripts of an original that never close": (_find_original, "<script>"),
    "marks of a torn page": (repair_source, "?！"),
    "annotated characters": (repair_source, "樹(shù)"),
    "a torn page": (repair_source, "办得好?！背抢"),
    "entries of a feed": (
        lambda text: read_feed(f"<rss><channel>{text}</channel></rss>".encode(), "http://a.example/"),
        "<item><link>http://a.example/1</link></item>",
    ),
    "posts in a row": (lambda text: post_ending_at(text, len(text) - 1), "书记、"),
}


@pytest.fixture(autouse=True)
def _no_collector() -> Iterator[None]:
    """No collector of cycles, as in ``read_facts``: it goes over all records at hand, the more the longer the text."""
    gc.disable()
    yield
    gc.enable()


def _seconds_of_kinds(text: str) -> dict[str, float]:
    reading = Reading(text)
    read: dict[str, Any] = {}
    seconds = {}
    for kind in FACT_KINDS:
        start = process_time()
        read[kind.table] = kind.reader(reading, *(read[name] for name in kind.needs))
        seconds[kind.table] = process_time() - start
    return seconds


def _seconds_of(reader: Callable[[str], Any], text: str) -> dict[str, float]:
    start = process_time()
    reader(text)
    return {"reader": process_time() - start}


def _check_growth(seconds_of: Callable[[str], dict[str, float]], seed: str) -> None:
    """Doubles the text and stops at the first length that takes too long: a cubic reader never sees the longest."""
    shorter: dict[str, float] = {}
    for length in _LENGTHS:
        text = (seed * length)[:length]
        best = seconds_of(text)
        slow = _too_slow(best, shorter)
        for _ in range(1, _ATTEMPTS if slow else 1):
            # Both lengths again: the shorter one may have met a quiet moment of the machine, the longer a busy one.
            shorter = _quicker(shorter, seconds_of(text[: length // 2]))
            best = _quicker(best, seconds_of(text))
            slow = _too_slow(best, shorter)
            if not slow:
                break
        assert not slow, f"{seed!r} repeated to {length} characters: {slow} s, half of it took {shorter} s"
        shorter = best


def _quicker(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    return {name: min(seconds, other[name]) for name, seconds in one.items()}


def _too_slow(longer: dict[str, float], shorter: dict[str, float]) -> dict[str, float]:
    """The readers that took more than ``_MOST`` times as long as for half the text."""
    return {
        name: longer[name]
        for name, seconds in shorter.items()
        if longer[name] > _FLOOR and longer[name] > _MOST * max(seconds, _FLOOR / 2)
    }


@pytest.mark.parametrize("seed", _SEEDS)
def test_the_readers_of_facts_take_twice_as_long_for_twice_the_text(seed: str) -> None:
    _seconds_of_kinds("义乌市石桥社区书记周敏说：“去年新增车位120个。”")  # loads the tables
    _check_growth(_seconds_of_kinds, seed)


@pytest.mark.parametrize("case", _LINE_READERS)
def test_the_readers_of_lines_take_twice_as_long_for_twice_the_line(case: str) -> None:
    reader, seed = _LINE_READERS[case]
    reader("青石镇建起三个驿站_青石新闻网")
    _check_growth(lambda line: _seconds_of(reader, line), seed)
