"""One sign of what a sentence claims of a practice: a pattern, the side of the mention it is searched on, an example.

A sign looks at one side of the mention: the clause before it, the clause behind it, the whole clause with the mention
as 【】, the whole sentence up to 120 characters on either side, a clause earlier or later in the sentence, the one that
follows, the next sentence. What stands between a sign and the mention must not turn the sentence (``_TURNS``: 学习之后,
而是): then the sign speaks of something else. Examples have the mention in 【】.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from tasks.facts.text.needed import core_of, led
from tasks.lexicon.word_lists import any_of, words_for
from tasks.records import PracticeStatus

Side = Literal["before", "behind", "clause", "sentence", "earlier", "following", "later", "next"]


@dataclass(frozen=True)
class Sign:
    """``pattern`` is searched on ``side``; where ``but`` is found there too, the sign does not hold.

    ``within``: what the clause of the mention, 【】, must show besides, where the side is another one.
    """

    name: str
    status: PracticeStatus
    side: Side
    pattern: str
    example: str
    counter_example: str
    but: str | None = None
    within: str | None = None

    @cached_property
    def compiled_within(self) -> re.Pattern[str] | None:
        """``within`` with its words filled in."""
        return None if self.within is None else _compiled(self.within)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """``spelled``, compiled."""
        return _compiled(self.pattern)

    @cached_property
    def core(self) -> re.Pattern[str] | None:
        """What ``pattern`` comes to behind all that may open its clause; None where nothing opens it."""
        return core_of(self.spelled) if self.pattern.startswith("^") else None

    @property
    def spelled(self) -> str:
        """``pattern`` with its words filled in."""
        return _spelled(self.pattern)

    @cached_property
    def compiled_but(self) -> re.Pattern[str] | None:
        """``but`` with its words filled in."""
        return None if self.but is None else _compiled(self.but)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return led(_spelled(pattern))


def _spelled(pattern: str) -> str:
    verbs = any_of(words_for("practices/setting_up_verbs", "claim"))
    for name, words in (("GAP", _GAP), ("HOW", _HOW), ("ENDING", ENDING), ("VERB", f"(?:{verbs})")):
        pattern = pattern.replace(f"<{name}>", words)
    return pattern


# Up to the mention, without a turn of the sentence.
_TURNS = "后(?!续|盾|备)|基础上|从而|进而|转而|改为|而是|终于|最终|才(?!能|艺|会)|并(?=<VERB>)|来(?=<VERB>)"
_GAP = f"(?:(?!{_TURNS}).)*$"
# Words of manner between an auxiliary and its verb: 全面推行, 在全镇推行. More than three in a row do not occur, and any
# number of them would take time that doubles with each.
_HOW = (
    "(?:合作|共同|联合|携手|牵头|主动|广泛|自主|联手|积极|进一步|全面|加快|大力|着力|切实|继续|抓紧|尽快|深入|逐步|陆续|率先|重点|普遍|普及|统一|全部|正式|真正|同步|再|都|也|"
    "就|还|先|首先|尽早|适时|因地制宜地?|在[^，。；]{1,16}?|[从由]?[各每][^，。；]{1,6}?|用[^，。；]{1,8}?|"
    "与[^，。；]{1,10}?|以[^，。；]{1,8}?|为[^，。；]{1,10}?|把|将|"
    "\\d{1,3}[^，。；]{1,8}?(?=<VERB>)){0,3}"
)
ENDING = "(?:取消|撤销|停办|停播|停摆|停运|停止(?!不前)|废止|终止|暂停|叫停|中止|解散|撤并|关停|关闭|停用|废除|搁置|摘牌|注销|下线|作废|停了|停掉|散了|砍掉|撤掉)"
