"""From a repaired passage back to the damaged one: whatever was edited, in whatever layers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tasks.repair.originals import find_passage, span_before
from tasks.repair.repaired import Edit, Restoration
from tasks.repair.sources import repair_source

TEXTS = st.text(alphabet="abcdef", min_size=3, max_size=20)


@given(TEXTS, st.lists(st.lists(st.integers(0, 20), min_size=2, max_size=4, unique=True), max_size=3), st.data())
def test_what_a_passage_kept_stands_in_its_original_in_order(
    text: str, layers: list[list[int]], data: st.DataObject
) -> None:
    restoration = Restoration(text)
    for cuts in layers:
        places = sorted(min(cut, len(restoration.text)) for cut in cuts)
        pairs = zip(places[::2], places[1::2], strict=False)
        restoration.apply([Edit(start, end, data.draw(st.text("XYZ", max_size=3)), "pinyin") for start, end in pairs])
    result = restoration.result()
    start = data.draw(st.integers(0, len(result.text)))
    end = data.draw(st.integers(start, len(result.text)))
    first, last = span_before(result.repairs, start, end)
    assert 0 <= first <= last <= len(text)
    original = iter(text[first:last])
    assert all(character in original for character in result.text[start:end] if character.islower())


def test_a_long_edit_is_aligned_and_a_torn_character_is_kept_whole() -> None:
    damaged = "今年以来,网格员走访1200户,调解36件,群众满意.上月又添了两张长椅,老人们坐下来聊天."
    restored = damaged.replace(",", "，").replace(".", "。")
    restoration = Restoration(damaged)
    restoration.replace(restored, "punctuation")
    start = restored.index("上月")
    first, last = span_before(restoration.result().repairs, start, len(restored))
    assert damaged[first:last] == "上月又添了两张长椅,老人们坐下来聊天."
    torn = repair_source("社區(qū)的議(yì)事會(huì)開(kāi)了，社區(qū)裡的人都來(lái)了。")
    assert torn.text.startswith("社區的")
    first, last = span_before(torn.repairs, 1, 2)
    assert (first, last) == (1, 6)


def test_a_passage_is_found_through_markup_references_and_the_width_of_marks() -> None:
    source = "<script>var t='清单上墙';</script><p>“三张<b>清&#21333;</b>”\n上墙,居民说: 好&nbsp;看</p>"
    span = find_passage(source, "“三张清单”上墙，居民说：好看")
    assert span is not None
    assert source[slice(*span)] == "“三张<b>清&#21333;</b>”\n上墙,居民说: 好&nbsp;看"
    assert find_passage(source, "不在页上") is None
    assert find_passage(source, "") is None
