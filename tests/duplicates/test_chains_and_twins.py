"""Who printed it first, and what a clean copy tells of a damaged one."""

from __future__ import annotations

import doctest
import importlib
import re

import pytest

from tasks.duplicates.chains import Copy, order_chain
from tasks.duplicates.doubtful_runs import doubtful_runs_of, doubts_in, readings_of_twins, with_printed
from tasks.duplicates.twins import read_places
from tasks.records import Article, Block, Repair
from tests.duplicates.composition import compose, day

CLEAN = compose(77, 12)


@pytest.mark.parametrize("name", ["alignments", "chains", "folding", "doubtful_runs", "sketches", "twins"])
def test_the_examples_in_the_documentation_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"tasks.duplicates.{name}")).failed == 0


def roles(*copies: Copy) -> list[tuple[str, str]]:
    return [(link.article_id, link.role) for link in order_chain(copies)]


def test_the_earliest_article_is_canonical() -> None:
    assert roles(Copy("a", day(5), site="明湖网"), Copy("b", day(3), site="北岭在线"))[0][0] == "b"


def test_on_one_day_the_original_outlet_comes_before_its_reprint() -> None:
    chain = roles(Copy("a", day(3), site="明湖网", outlet="青石日报"), Copy("b", day(3), site="青石日报"))
    assert chain == [("b", "original"), ("a", "reprint_credited")]


def test_complete_comes_before_cut_and_undamaged_before_repaired() -> None:
    assert roles(Copy("a", day(3), is_complete=False), Copy("b", day(3)))[0][0] == "b"
    assert roles(Copy("a", day(3), repair_count=4), Copy("b", day(3)))[0][0] == "b"


def test_a_second_page_of_the_same_house_is_a_mirror() -> None:
    pages = Copy("a", day(3), uri="http://www.example.cn/1"), Copy("b", day(3), uri="http://m.example.cn/1")
    assert roles(*pages)[1] == ("b", "mirror")


def test_a_default_date_does_not_make_an_article_the_first() -> None:
    epoch = day(3).replace(year=1970, month=1, day=1)
    assert roles(Copy("a", epoch), Copy("b", day(3)))[0][0] == "b"


def restored(damaged: str, twin: str) -> str:
    """The damaged text with what its twin prints for its lost marks."""
    text, end = "", 0
    for reading in read_places(damaged, [run.span() for run in re.finditer("□+", damaged)], twin):
        text += damaged[end : reading.start_char] + reading.restored
        end = reading.end_char
    return text + damaged[end:]


def test_a_clean_twin_restores_every_lost_mark_that_stands_alone() -> None:
    damaged = CLEAN
    for at in (40, 120, 200, 290):
        damaged = damaged[:at] + "□□" + damaged[at + 2 :]
    assert restored(damaged, "首页 > 要闻\n" + CLEAN + "\n（完）") == CLEAN


def test_a_text_that_is_no_twin_restores_nothing() -> None:
    damaged = CLEAN[:40] + "□" + CLEAN[41:]
    assert restored(damaged, "山高月小，水落石出，曾日月之几何，而江山不可复识矣。") == damaged


def test_a_place_that_the_twin_prints_twice_is_left_open() -> None:
    damaged = "村里的老□人都来了。"
    assert restored(damaged, "村里的老好人都来了。村里的老工人都来了。") == damaged


def test_a_mark_at_the_end_of_a_text_is_read_from_what_stands_before_it() -> None:
    damaged = CLEAN[:-3] + "□□" + CLEAN[-1]
    assert restored(damaged, CLEAN) == CLEAN


def article_of(text: str) -> Article:
    blank = dict.fromkeys(("title", "kicker", "summary", "rubric", "dateline", "published_at", "published_on"))
    return Article(
        0,
        **blank,
        published_precision=None,
        published_from=None,
        site=None,
        outlet=None,
        text=text,
        is_complete=True,  # type: ignore[arg-type]
        incomplete_reason=None,
        paragraphs=(),
        contributors=(),
    )


def test_a_lost_run_is_found_in_its_block() -> None:
    article = article_of("第一段在此。\n南塘边的□□都来了，□人没有走。")
    blocks = [
        Block("title", "□题", 0),
        Block("paragraph", "第一段在此。", 0),
        Block("paragraph", "南塘边的□□都来了，□人没有走。", 0),
        Block("paragraph", "南塘边的□□都来了，□人没有走。", 1),
    ]
    runs = doubtful_runs_of(article, blocks)
    assert [(run.block_ordinal, run.block_start_char) for run in runs] == [(2, 4), (2, 10)]
    assert [article.text[run.start_char : run.end_char] for run in runs] == ["□□", "□"]


def test_a_lost_run_in_a_paragraph_that_comes_twice_has_no_block() -> None:
    runs = doubtful_runs_of(article_of("老□人来了。\n老□人来了。"), [Block("paragraph", "老□人来了。", 0)])
    assert [run.block_ordinal for run in runs] == [None, None]


def test_twins_that_disagree_leave_a_run_lost() -> None:
    other = CLEAN[:40] + "别样" + CLEAN[42:]
    damaged = with_printed(CLEAN, [(40, 42, "□□"), (120, 121, "□")])
    found = readings_of_twins(damaged, [(40, 42), (120, 121)], [("a", CLEAN), ("b", other)])
    assert {start: (name, reading.restored) for start, (name, reading) in found.items()} == {120: ("a", CLEAN[120])}


def test_a_reading_of_another_length_is_left_out() -> None:
    damaged = CLEAN[:40] + "□" + CLEAN[42:]
    assert readings_of_twins(damaged, [(40, 41)], [("a", CLEAN)]) == {}


def test_a_doubtful_repair_is_found_in_the_article_though_its_script_was_changed() -> None:
    source = "<p>今早，村裏的老榕樹下擺開了桌椅，網格員們圍坐議事。</p>"
    at = source.index("擺開了")
    repairs = [
        Repair("pinyin", "樹(shù)", "樹", 1.0, 0, source.index("樹") + 1),
        Repair("byte_shift", "?[_?", "擺開了", 0.7, 0, at + len("(shù)") + 1),
        Repair("invisible", "\u200b", "", 1.0, 1, 1),
    ]
    article = article_of("今早，村里的老榕树下摆开了桌椅，网格员们围坐议事。")
    (run,) = doubtful_runs_of(article, [Block("paragraph", article.text, 0)], doubts_in(source, repairs))
    assert (run.printed, run.block_ordinal, run.block_start_char) == ("摆开了", 0, run.start_char)


def test_a_twin_proves_or_corrects_a_doubtful_repair() -> None:
    other = CLEAN[:40] + "别样" + CLEAN[42:]
    proved = readings_of_twins(CLEAN, [(40, 42)], [("a", CLEAN)])[40][1]
    corrected = readings_of_twins(other, [(40, 42)], [("a", CLEAN)])[40][1]
    assert proved.restored == proved.damaged == corrected.restored == CLEAN[40:42]
    assert proved.confidence > corrected.confidence
