"""A mirror site that spoils clean Chinese pages in the way real ones do, for tests and for the bundled sample.

A mirror turns a Simplified page into Traditional with a plain one-to-one table, keeps it as GBK bytes and then edits
the bytes with find-and-replace that ignores character boundaries: a pinyin reading is put behind some characters, and
the text is cut at the bytes of ！ ？ and 。 wherever they occur, each piece being decoded alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

_MIRROR_TABLE = Path(__file__).parent / "cases" / "repair" / "mirror_table.tsv"

# Reading by Traditional character, as mirror sites annotate them; any 30 to 90 of these make one site's table.
_ANNOTATED = "當網區對會進調聯業個務時動發實團協場現責領產長關負達經點創醫機設隊計結統構衛運權導請轉環內節絡礎識強準擴戰爭認臺訓復規項報應號獨費續濟勢標國簡遠養學農書過開來說優驗鎮見評質堅態無價術風細護"
_READINGS = """
dāng wǎng qū duì huì jìn diào lián yè gè wù shí dòng fā shí tuán xié chǎng xiàn zé lǐng chǎn zhǎng guān fù dá
jīng diǎn chuàng yī jī shè duì jì jié tǒng gòu wèi yùn quán dǎo qǐng zhuǎn huán nèi jié luò chǔ shí qiáng zhǔn
kuò zhàn zhēng rèn tái xùn fù guī xiàng bào yīng hào dú fèi xù jì shì biāo guó jiǎn yuǎn yǎng xué nóng shū guò
kāi lái shuō yōu yàn zhèn jiàn píng zhì jiān tài wú jià shù fēng xì hù
"""
PINYIN_OF: dict[str, str] = dict(zip(_ANNOTATED, _READINGS.split(), strict=True))

Lost = Literal["?", ""]


@cache
def _mirror_table() -> dict[int, str]:
    lines = _MIRROR_TABLE.read_text(encoding="utf-8").splitlines()
    return {ord(line[0]): line[2] for line in lines}


def to_mirror_traditional(text: str) -> str:
    """``text`` through a mirror's one-to-one table: 后, 里, 制 and 干 stay, every 着 becomes 著.

    >>> to_mirror_traditional("社区干部带着头")
    '社區干部帶著頭'
    """
    return text.translate(_mirror_table())


def site_table(size: int = 60) -> dict[str, str]:
    """The first ``size`` entries of the ready table, as one site's table of annotated characters."""
    return dict(list(PINYIN_OF.items())[:size])


def damage(
    text: str,
    pinyin_of: Mapping[str, str],
    cuts: str = "！？。",
    *,
    lost: Lost = "?",
    lost_at_cut: Lost | None = None,
    strict_python: bool = False,
    fold_punctuation: bool = False,
) -> str:
    """``text`` (already Traditional) as a mirror shows it: annotated, cut and decoded piece by piece.

    ``lost`` is what a byte without a partner becomes, ``lost_at_cut`` what one becomes whose partner is behind a cut,
    if that is something else: some decoders drop what is incomplete and mark only what is wrong. With ``strict_python``
    the pieces are decoded by Python's cp936 (an opening bracket behind a broken character survives, ``€`` and
    private-use characters become marks too); without, as PHP does it (the broken pair becomes one mark).
    ``fold_punctuation`` turns ？！，： into ASCII afterwards.

    >>> damage("老人說:“辦得好。”城里人都知", {}, cuts="！")
    '老人說:“辦得好?！背抢锶硕贾?'
    >>> damage("人們為了孩子", {"優": "yōu"})
    '人們?yōu)榱撕⒆?'
    """
    data = text.encode("gb18030")
    for character, reading in pinyin_of.items():
        key = character.encode("gbk")
        data = data.replace(key, key + b"(" + reading.encode("gbk") + b")")
    pieces = [data]
    for cut in cuts:
        key = cut.encode("gbk")
        pieces = [
            x for piece in pieces for i, part in enumerate(piece.split(key)) for x in ((key, part) if i else (part,))
        ]
    decode = _decode_as_python if strict_python else _decode_as_php
    shown = "".join(decode(piece, lost, lost if lost_at_cut is None else lost_at_cut) for piece in pieces)
    return shown.translate(str.maketrans("？！，：；", "?!,:;")) if fold_punctuation else shown


_UNIT = re.compile(
    rb"[\x00-\x7f]+|\x80|[\x81-\xfe][\x30-\x39][\x81-\xfe][\x30-\x39]|[\x81-\xfe][\x40-\x7e\x80-\xfe]"
    rb"|[\x81-\xff][\x00-\x7f]?"
)


def _decode_as_python(piece: bytes, lost: str, lost_at_cut: str) -> str:
    shown = piece.decode("cp936", "replace")
    if shown.endswith("\ufffd"):
        shown = shown[:-1] + lost_at_cut
    return shown.replace("\ufffd", lost)


def _decode_as_php(piece: bytes, lost: str, lost_at_cut: str) -> str:
    """A lead byte swallows the ASCII byte behind it; 80 is the euro sign; user-defined pairs are private-use
    characters."""
    shown = []
    for match in _UNIT.finditer(piece):
        unit = match.group()
        if unit == b"\x80":
            shown.append("€")
            continue
        try:
            shown.append(unit.decode("gb18030"))
        except UnicodeDecodeError:
            shown.append(lost_at_cut if match.end() == len(piece) and len(unit) == 1 else lost)
    return "".join(shown)
