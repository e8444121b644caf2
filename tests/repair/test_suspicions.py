"""A source without suspicions is one that no repair would touch."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.repair.decoding.mojibake import mojibake_edits
from tasks.repair.suspicions import Suspicion, suspicions
from tasks.repair.torn.mirrors import study
from tasks.repair.torn.search import Search
from tasks.repair.writing.brackets import quotation_edits
from tasks.repair.writing.invisible import invisible_edits, lost_edits
from tests.damage_simulator import damage, to_mirror_traditional

PIECES = st.one_of(
    st.characters(),
    st.sampled_from(
        ["?！", "??", "?", "！", "？", "社区", "说：“", "”", "‘便民角", "\n", " ", "a", "(qū)", "qū)", "<p>"]
    ),
    st.sampled_from(
        ["\u200b", "\ue5e5", "\ufffd", "锟斤拷", "\U000f0000", "😀", "\ufe0f", "»ù²ã", "é", "鍩哄眰", "€", "&nbsp;"]
    ),
    st.text("背抢飬^區里人們為當", min_size=1, max_size=6),
)
NAMES = (
    (Suspicion.MOJIBAKE, mojibake_edits),
    (Suspicion.INVISIBLE, invisible_edits),
    (Suspicion.LOST, lost_edits),
    (Suspicion.QUOTATION, quotation_edits),
)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(pieces=st.lists(PIECES, max_size=30))
def test_what_is_not_suspected_needs_no_repair(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = suspicions(text)
    for suspicion, edits in NAMES:
        assert suspicion in found or edits(text) == []
    mirror = study(text)
    if Suspicion.BYTE_SHIFT not in found and not mirror.is_certain:
        assert Search(text, mirror, drops_tags=True).runs() == []


def test_damage_without_pinyin_is_suspected() -> None:
    for text in ("居民说：“办得好。”城里人也都说好。", "他问：“来了吗？”保卡已经办好，看病方便多了。"):
        damaged = damage(to_mirror_traditional(text), {}, "！？")
        assert Suspicion.BYTE_SHIFT in suspicions(damaged)


def test_pages_and_scripts_that_are_whole_raise_no_suspicion() -> None:
    script = r"<script>a=b?c:d;if(!e){/(?:x|\?)/.test('!')}</script>"
    assert suspicions(f"{script}<p>首页 » 社区：“办好了吗？”大家说：“办好了！”😀</p>") is Suspicion.NONE
