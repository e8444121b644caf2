"""Both sides of some limits of the repair: what is left as printed, and how sure a repair is of itself."""

from __future__ import annotations

import random

import pytest

from tasks.records import Repair
from tasks.repair.blocks import normalize_block
from tasks.repair.decoding.charsets import decode
from tasks.repair.originals import span_before
from tasks.repair.repaired import LOST_MARK
from tasks.repair.sources import repair_source
from tasks.repair.suspicions import doubtful_passages
from tasks.repair.torn.torn_runs import Run
from tasks.repair.torn.verdicts import Reading
from tasks.repair.torn.votes import torn_alike, voted
from tests.repair.test_doubts import mirrored

LINES = "镇上的驿站昨天同时开门，过路的人可以进去歇脚。\n住在老街的王阿婆说，现在走到哪儿都有一把椅子。"


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("招牌上写着“東來”，大家都爱去。", "招牌上写着“東來”，大家都爱去。"),
        ("他说：“歡迎來到這裏。”", "他说：“欢迎来到这里。”"),
        ("招牌上写着“東來順樓”。", "招牌上写着“东来顺楼”。"),
    ],
)
def test_a_brand_stays_traditional_and_a_sentence_does_not(printed: str, shown: str) -> None:
    assert normalize_block(printed, traditional=False).text == shown


@pytest.mark.parametrize(("text", "encoded_as"), [("老街", "gbk"), ("老街上的", "gbk"), ("老街", "utf-8")])
def test_four_characters_of_a_wrong_charset_are_read_back(text: str, encoded_as: str) -> None:
    wrong = text.encode(encoded_as).decode("latin-1")
    assert repair_source(f"{LINES}\n{wrong}\n{LINES}").text == f"{LINES}\n{text}\n{LINES}"


@pytest.mark.parametrize(("text", "is_read"), [("又脏又", False), ("老街上的", True)])
def test_what_is_hardly_likelier_than_it_was_is_left(text: str, is_read: bool) -> None:
    wrong = text.encode("gbk").decode("latin-1")
    assert (repair_source(f"{LINES}\n{wrong}\n{LINES}").text == f"{LINES}\n{text}\n{LINES}") == is_read


@pytest.mark.parametrize(("count", "is_read"), [(18, False), (20, True)])
def test_ten_rare_characters_are_looked_into_on_the_page_of_a_mirror(count: int, is_read: bool) -> None:
    sentence = "社区里的老人说：“办得好。”城里人都知道。“来得快。”村里人也说好。\n"
    text = ("是在和的中有" * 4)[:count]
    wrong = text.encode().decode("gb18030", "replace")
    assert repair_source(f"{mirrored(sentence * 40)}{wrong}\n").text.endswith(f"\n{text}\n") == is_read


def test_two_letters_behind_a_mark_tell_that_nothing_is_torn_there() -> None:
    script = f"<script>{'var a = 1; ' * 500}</script>"
    passages = [doubtful_passages(script + line + script) for line in ("大家都说好!他 a", "真好!区a")]
    assert [len(found) if found is not None else None for found in passages] == [0, 1]


def test_a_reading_of_six_letters_does_not_hide_the_mark_before_it() -> None:
    script = f"<script>{'var a = 1; ' * 500}</script>"
    assert len(doubtful_passages(f"{script}大家都说好?(zhuang)区a{script}") or ()) == 1


def test_one_letter_of_another_language_is_left() -> None:
    assert repair_source(f"{LINES}\nÀ\n{LINES}").text == f"{LINES}\nÀ\n{LINES}"


def test_a_mark_for_what_nobody_read_is_hardly_sure_and_an_annotation_nearly_is() -> None:
    sentence = "社区里的老人说：“办得好。”城里人都知道。“来得快。”村里人也说好。\n"
    repairs = repair_source(mirrored(sentence * 2_000)).repairs
    assert {repair.confidence for repair in repairs if repair.restored == LOST_MARK} == {0.05}
    assert {repair.confidence for repair in repairs if repair.kind == "pinyin"} == {0.999}


@pytest.mark.parametrize(("length", "spans"), [(8, [(5, 13), (5, 13)]), (16, [(5, 6), (10, 12)])])
def test_an_edit_of_twelve_characters_is_one_and_a_longer_one_has_parts(
    length: int, spans: list[tuple[int, int]]
) -> None:
    damaged = LINES[:length]
    restored = damaged.replace("，", "，□").replace("镇", "镇镇")
    repairs = [Repair("spacing", damaged, restored, 1.0, 0, 5)]
    assert [span_before(repairs, 5 + offset, 7 + offset) for offset in (0, 6)] == spans


@pytest.mark.parametrize(("count", "is_text"), [(1, True), (3, False)])
def test_lines_that_are_no_text_in_any_charset_make_a_page_undecodable(count: int, is_text: bool) -> None:
    draw = random.Random(7)
    noise = b"\n".join(bytes(draw.randrange(0x81, 0xFE) for _ in range(20)) for _ in range(count))
    assert (decode(f"{LINES}\n".encode() * 3 + noise).text is not None) == is_text


@pytest.mark.parametrize(("count", "is_text"), [(12, True), (16, False)])
def test_bytes_are_read_as_chinese_where_a_third_of_it_is_likely(count: int, is_text: bool) -> None:
    fishes = "鱫鱬鱭鱮鱯鱰鱱鱲鱳鱴鱵鱶鱷鱸鱹鱺鸃鸄鸅鸆鸇鸈鸉鸊"
    assert (decode((f"甲乙丙丁{LINES}"[:60] + fishes * count).encode("gb18030")).text is not None) == is_text


@pytest.mark.parametrize(("count", "is_read"), [(8, True), (9, False)])
def test_a_page_of_eight_kilobytes_may_have_eight_broken_bytes(count: int, is_read: bool) -> None:
    lines = f"{LINES}\n".encode() * 60
    broken = lines.replace("。\n".encode(), "。\n".encode() + b"\xff", count)
    assert (decode(broken).lost_count == count) == is_read


@pytest.mark.parametrize(("count", "is_read"), [(3, True), (4, False)])
def test_a_short_page_may_have_three_broken_bytes(count: int, is_read: bool) -> None:
    lines = f"{LINES}\n".encode() * 2
    broken = lines.replace(b"\n", b"\xff \n", count)
    assert (decode(broken).lost_count == count) == is_read


@pytest.mark.parametrize(("declared", "shown"), [(None, "獵匪郡"), ("big5", "青溪縣")])
def test_bytes_that_fit_two_charsets_are_read_in_the_one_that_is_named(declared: str | None, shown: str) -> None:
    assert decode("青溪縣".encode("big5"), declared=declared).text == shown


@pytest.mark.parametrize(("common", "charset"), [(19, "gb18030"), (18, "cp949")])
def test_a_page_is_what_it_says_where_nineteen_of_twenty_characters_are_common(common: int, charset: str) -> None:
    pure_hangul_in_korean = ("把好" * 10)[:common] + "倮"
    assert decode(pure_hangul_in_korean.encode("gb18030"), declared="gb2312").charset == charset


@pytest.mark.parametrize(("ruined", "is_read"), [((3, 9), True), ((0, 3, 9), False)])
def test_a_line_of_which_more_than_a_quarter_would_stay_lost_is_not_read_anew(
    ruined: tuple[int, ...], is_read: bool
) -> None:
    wrong = list("过路的人可以进去歇脚。".encode().decode("gb18030", "replace"))
    for place in ruined:
        wrong[place] = "\N{REPLACEMENT CHARACTER}"
    shown = repair_source(f"{LINES}\n{''.join(wrong)}\n{LINES}").text
    assert ("\n过路□人可以□去歇脚。\n" in shown) == is_read


@pytest.mark.parametrize(
    ("page", "is_read"),
    [
        ("鎮上的飯(fàn)店昨天開門。", True),  # no writer explains a character that common
        ("老街的郵(yóu)局昨天開門。", False),
        ("老街的郵(yóu)局昨天開門，郵(yóu)差來了。", True),
        ("老街的郵(yóu)局和貝(bèi)殼店昨天開門，來了賓(bīn)客。", False),
        ("老街的郵(yóu)局昨天開門，郵(yóu)差來了，郵(yóu)筒還在，郵(yóu)票賣光，郵費免了。", True),
        ("老街的郵(yóu)局昨天開門，郵(yóu)差來了，郵(yóu)筒還在，郵票賣光，郵費免了。", False),
    ],
)
def test_readings_are_a_mirrors_where_they_come_back_or_stand_behind_the_commonest_characters(
    page: str, is_read: bool
) -> None:
    assert ("(" not in repair_source(page).text) == is_read


@pytest.mark.parametrize(("word", "is_read"), [("好人一家(hǎorényījiā)", True), ("好人一家親(hǎorényījiāqīn)", False)])
def test_a_word_of_four_characters_carries_its_reading_as_a_whole(word: str, is_read: bool) -> None:
    page = f"這個社區(qū)的網(wǎng)格,那個社區(qū)住著{word}。"
    assert ("(" not in repair_source(page).text) == is_read


@pytest.mark.parametrize(("right_lines", "is_read"), [(4, True), (5, False)])
def test_a_short_line_is_wrong_where_a_third_of_the_page_is(right_lines: int, is_read: bool) -> None:
    first, second = LINES.split("\n")
    wrong = f"{first}\n又脏又".encode("gbk").decode("latin-1")
    restored = repair_source(f"{second}\n" * right_lines + wrong).text
    assert restored.endswith("\n又脏又") == is_read


def readings(*shares: tuple[float, str]) -> list[tuple[float, Reading]]:
    return [(share, Reading(9, restored, 4.0, is_open=False)) for share, restored in shares]


@pytest.mark.parametrize(("share", "read"), [(0.94, "个"), (0.95, "债")])
def test_a_tear_is_a_witness_for_its_like_where_it_is_sure(share: float, read: str) -> None:
    found = voted(readings((0.6, "个"), (0.4, "债")), [readings((share, "债"), (1 - share, "个"))])
    assert found[0][1].restored == read


def test_what_others_overrule_is_no_surer_than_nineteen_in_twenty() -> None:
    witness = readings((0.999, "债"))
    assert voted(readings((0.6, "个"), (0.4, "债")), [witness] * 6)[0][0] == 0.95


@pytest.mark.parametrize(("share", "are_alike"), [(0.015, False), (0.025, True)])
def test_tears_are_alike_where_one_of_them_may_be_chinese(share: float, are_alike: bool) -> None:
    text = "公益?！怎么还公益?！怎么办"
    runs = [Run(2, 4, "。", 0.5), Run(9, 11, "。", 0.5)]
    weighed = {run.start_char: readings((1 - share, "。"), (share, "债")) for run in runs}
    assert bool(list(torn_alike(text, runs, weighed))) == are_alike


def test_the_characters_before_a_tear_are_known_behind_a_reading_of_six_letters() -> None:
    text = "大壯(zhuàng)?！怎么还小壯(zhuàng)?！怎么办"
    runs = [Run(at, at + 2, "。", 0.5) for at in (text.index("?"), text.rindex("?"))]
    weighed = {run.start_char: readings((0.6, "个"), (0.4, "债")) for run in runs}
    assert list(torn_alike(text, runs, weighed)) == []
    alike = text.replace("小", "大")
    assert len(list(torn_alike(alike, runs, weighed))) == 2


@pytest.mark.parametrize(("name", "is_likely"), [("羿", True), ("仝", False)])
def test_a_character_that_hardly_any_text_has_is_no_likely_reading(name: str, is_likely: bool) -> None:
    text = f"社区的网格员会对居民说，大家当面定。“走的时候，村里给一袋李子。”古丽{name}笑着说，事就这样成了。"
    runs = [repair for repair in repair_source(mirrored(text)).repairs if name in repair.restored]
    assert [run.confidence > 0.5 for run in runs] == [is_likely]
