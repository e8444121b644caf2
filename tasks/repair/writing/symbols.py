"""Signs that only four bytes of GB 18030 can write, torn apart by a decoder that knows two: ``?6?1`` was a bullet."""

from __future__ import annotations

import re
from functools import cache

from tasks.repair.repaired import Edit

# The signs of Chinese pages that GBK lacks, the commonest first: of two with the same digits the first is taken.
_SIGNS = "•©®™✔✓➤➢➨▪▶►❤♥★☎✆❶❷❸❹❺①☞✦✿◆❖–‑€\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{REPLACEMENT CHARACTER}"
_TORN = re.compile(r"\?(\d)\?(\d)")


@cache
def _sign_by_digits() -> dict[str, str]:
    found: dict[str, str] = {}
    for sign in _SIGNS:
        data = sign.encode("gb18030")
        if len(data) == 4:
            found.setdefault(chr(data[1]) + chr(data[3]), sign)
    return found


def symbol_edits(text: str) -> list[Edit]:
    """One edit for each torn sign; for mirrors' pages only, elsewhere ``?6?1`` may be part of an address.

    >>> [edit.restored for edit in symbol_edits("张三?6?1李四")]
    ['•']
    """
    edits = []
    for match in _TORN.finditer(text):
        sign = _sign_by_digits().get(match.group(1) + match.group(2))
        if sign is not None:
            edits.append(Edit(match.start(), match.end(), sign, "byte_shift", 0.7))
    return edits
