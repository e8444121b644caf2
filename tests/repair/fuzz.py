"""Random bytes and strings through decode, repair_source and normalize_block, for as long as one likes.

    python tests/repair/fuzz.py [--seconds 600] [--cases 1000000] [--seed 1]

Stops at the first exception, at a case that takes longer than two seconds, and at output that is not composed (NFC) or
holds control, private-use or surrogate characters. Prints the case as a Python literal; the same seed finds it again.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
import unicodedata
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tasks.repair.blocks import is_traditional, normalize_block
from tasks.repair.decoding.charsets import decode
from tasks.repair.repaired import undo
from tasks.repair.sources import repair_source
from tests.damage_simulator import damage, site_table, to_mirror_traditional

SECONDS_ALLOWED = 2.0  # of CPU time; the first case loads the tables
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff]")
CHARSETS = ("utf-8", "gbk", "gb18030", "big5", "utf-16", "utf-16-le", "shift_jis", "euc_jp", "hz", "cp1252", "euc_kr")
SENTENCES = (
    "社区网格员走访居民，听取意见。", "这个区的人说：“办得很好。”城里人也都说好！", "他问：“来了吗？”保卡已经办好。", "乾隆年间的著名景点",
    "全县共有1,280个站点，满意率98.6%。", "設置‘四點半課堂，請老師來。”", "《办好小事获得一等奖；《走进邻里》获得二等奖", "業務培訓 and 思想教育",
)  # fmt: skip
SIGNS = (
    "?", "!", "？", "！", "?！", "。?", "(qū)", "?qū)", "(", ")", "\"", "'", "“", "”", "‘", "’", "《", "》", "<p>", "</p>",
    "?/p>", "&nbsp;", "&amp;ldquo;",
    "&#8203;", "&#xe000;", "&#xD800;", "\n", "\r\n", "\t", " ", "\N{IDEOGRAPHIC SPACE}", "\xa0", "\u200b", "\ufeff",
    "\ufffd", "锟斤拷", "锟", "\ue5e5", "\ue000",
    "\ud800", "\udc80", "\x00", "\x85", "\u0301", "e\u0301", "\u2028", "\U000f0000", "\U0001f600", "\ufe0f", "가", "ㅤ",
    "鍩哄眰", "»ù²ã", "â€œ", "背抢飬^區里",
    "€", "□", ".", "...", "1.1", "http://a.cn/?q=1", "Ａ１", "％", "ﾟ", "℃", "Ω", "Å", "豈", "\u3099", "🀄", "〇", "①", "~{",
    "~}", "\x1b$B",
)  # fmt: skip


def a_string(choice: random.Random) -> str:
    pieces: list[str] = []
    for _ in range(choice.randint(0, 6)):
        kind = choice.random()
        if kind < 0.55:
            pieces.append(choice.choice(SIGNS))
        elif kind < 0.8:
            sentence = choice.choice(SENTENCES)
            start = choice.randrange(len(sentence))
            pieces.append(sentence[start : start + choice.randint(1, 12)])
        else:
            most = choice.choice((0x7F, 0x2FF, 0xFFFF, 0x10FFFF))
            pieces.append("".join(chr(choice.randint(0, most)) for _ in range(choice.randint(1, 4))))
    text = "".join(pieces)
    kind = choice.random()
    if kind < 0.1:
        table = dict(choice.sample(list(site_table(60).items()), 8))
        text = damage(
            to_mirror_traditional(re.sub("[\ud800-\udfff]", "", text)),
            table,
            choice.choice(("！", "！？", "！？。", "")),
        )
    elif kind < 0.2:
        read = choice.choice(("gbk", "latin-1", "cp1252", "big5"))
        text = text.encode(choice.choice(("utf-8", "gbk", "big5")), "ignore").decode(read, "replace")
    return text


def some_bytes(choice: random.Random) -> bytes:
    if choice.random() < 0.1:
        return choice.randbytes(choice.randint(0, 24))
    data = bytearray(a_string(choice).encode(choice.choice(CHARSETS), "ignore"))
    for _ in range(choice.choice((0, 0, 0, 1, 2))):
        if data:
            place = choice.randrange(len(data))
            data[place : place + choice.randint(0, 1)] = choice.randbytes(choice.randint(0, 2))
    return bytes(data)


def complaint(text: str) -> str | None:
    """What is wrong with the repair of ``text``, or None."""
    repaired = repair_source(text)
    if undo(repaired.text, repaired.repairs) != text:
        return "the repairs of the source cannot be undone"
    traditional = is_traditional(repaired.text)
    for line in repaired.text.split("\n"):
        block = normalize_block(line, traditional=traditional)
        if FORBIDDEN.search(block.text) is not None:
            return f"forbidden characters in {block.text!a}"
        if not unicodedata.is_normalized("NFC", block.text):
            return f"not composed: {block.text!a}"
        if undo(block.text, block.repairs) != line:
            return f"the repairs of a block cannot be undone: {line!a}"
    return None


def run(seconds: float, most: int, seed: int) -> int:
    """How many cases passed; raises at the first that does not."""
    choice = random.Random(seed)
    started = time.monotonic()
    count = 0
    while count < most and time.monotonic() - started < seconds:
        case: str | bytes = a_string(choice) if choice.random() < 0.75 else some_bytes(choice)
        begun = time.process_time()
        try:
            text = decode(case).text if isinstance(case, bytes) else case
            found = complaint(text) if text is not None else None
        except Exception as error:
            raise RuntimeError(f"case {count} of seed {seed}: {case!a}") from error
        if found is None and time.process_time() - begun > SECONDS_ALLOWED:
            found = f"took {time.process_time() - begun:.1f} CPU seconds"
        if found is not None:
            raise RuntimeError(f"case {count} of seed {seed}: {found}: {case!a}")
        count += 1
    return count


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--cases", type=int, default=10_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    started = time.process_time()
    count = run(options.seconds, options.cases, options.seed)
    print(f"{count:,} cases without a complaint in {time.process_time() - started:.0f} CPU seconds")


if __name__ == "__main__":
    main()
