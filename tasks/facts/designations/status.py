"""What a clause says of a designation: given, sought, intended, not given, taken away."""

from __future__ import annotations

import re

from tasks.facts.designations.words import DesignationWord
from tasks.records import DesignationStatus

_REVOKED = re.compile(r"取消|撤销|摘牌|摘掉|收回|除名|退出|终止|不再(?:是|列|作|保留|承担|具有)|剔除|降为")
_REVOKED_BEHIND = re.compile(
    r"(?:的)?(?:称号|资格|身份|牌子|名单)?[，]?(?:被|予以|已)?(?:取消|撤销|收回|摘牌|摘除|除名|终止|剔除)"
)
# …示范镇，2021年因环保问题被摘牌
_REVOKED_LATER = re.compile(r"，[^，。；]{0,18}(?:被|遭)(?:摘牌|取消|撤销|除名|收回)")
# 未被列为, 没有开展过: before the word, where it was not given or never tried.
_REFUSED = re.compile(
    r"未(?:能|被|获|曾|入|列|评|选|通过|成为)|没有?(?:能|被|获|入|列|评|选|成为)|落选|无缘|不予|不是|并非|不属于|尚未|从未|不在|不算|错失|暂不|缓"
    r"|(?:没有?|未曾?)(?:再)?(?:开展|进行|组织|启动|实施|搞|参与|参加|承担)过?"
)
# Behind the word, where it was not given: 示范村申报未获通过.
_REFUSED_BEHIND = re.compile(
    r"(?:的)?(?:申请|申报|评选|创建|验收|复核|名单|资格)?[，]?(?:但|却|因[^，。；]{1,16})?(?:未(?:获|能|被|通过)|没有?(?:获|通过|被)|被否|落选|不合格|被退回)"
)
# …示范县，遗憾落选
_REFUSED_LATER = re.compile(
    r"，[^，。；]{0,8}?(?:落选|落榜|出局|无缘|铩羽|失之交臂|榜上无名|未(?:能|获)?(?:获批|入选|入围|如愿|通过|成功)|没(?:有|能)?(?:获批|入选|评上|选上|通过|成功))"
)
_APPLIED = re.compile(r"申报|申请|争取|争创|申创|推荐|报送|上报|自荐|竞争|角逐|请求|呼吁|建议(?!书)")
# Before the word, where it is still to come: 计划三年内建成示范村.
_PLANNED = re.compile(
    r"计划|打算|原则(?:上)?同意|规划|力争|预计|筹备|准备|有望|即将|明年|后年|下一步|下半年将|目标|拟(?!定|制|订)"
    r"|将(?:[适择酌视][时机情优]){0,2}"
    r"(?=被|于|会|申|开展|启动|建|创|打造|成为|再|继续|逐步|争|在(?:全|20|明|下|[^，。；]{2,24}(?:先行|率先|首先|启动|开展)$)|陆续|全面)|要(?=开展|启动|建|创|打造|争)"
)
# 主动申请，想成为示范点: a wish, with the application in an earlier clause or none.
_WISHED = re.compile(r"(?<!不)(?:想|希望|盼|愿意?|争做|争当|要)(?:能|早日|尽快|也)?(?:成为|当上?|做|建成|争当)")
_SOUGHT_EARLIER = re.compile(r"(?:申请|申报|报名|自荐)(?!的|后|人|书)")
# 评估不合格的取消试点资格, 对成效明显的列为示范村: what would happen to whoever it may be
_CONDITIONAL = re.compile(
    r"(?:不合格|不达标|不力|明显|突出|优秀|合格|符合条件|达标|通过验收)的[，]?(?:村|镇|乡|县|社区|单位)?|如果|一旦|凡是?|对[^，。；]{2,16}的[，]?|可(?:以)?(?:被)?(?:列|评"
    r"|申|优先)|符合"
)
# “垃圾分类示范片区”要达到5%: how many there are to be
_SHARED = re.compile(
    r"[”]?(?:的)?(?:数量|比例|覆盖率|占比)?(?:要|需|应|力争|将)?(?:达到|达|占|不低于|不少于)[^，。；]{0,8}\d"
)


def status_of(text: str, word: DesignationWord) -> DesignationStatus | None:
    """The status, from the stretch of the word and what stands right behind it; None for what is only a rule.

    >>> from tasks.facts.designations.words import designation_words
    >>> from tasks.facts.text.reading import Reading
    >>> texts = ("甲村获评市级示范村。", "甲村申报市级示范村。", "甲村未被列为示范村。", "甲村被取消示范村资格。", "计划把甲村列为示范村。")
    >>> [status_of(text, word) for text in texts for word in designation_words(Reading(text))]
    ['designated', 'applied', 'refused', 'revoked', 'planned']
    """
    comma = text.rfind("，", word.scope_start, max(word.verb_start, word.scope_start))
    before = text[comma + 1 if comma >= 0 else word.scope_start : word.start]
    behind = text[word.end : word.scope_end]
    tail = text[word.end : word.end + 24]
    if _CONDITIONAL.search(before) or _SHARED.match(tail):
        return None
    if _REVOKED_BEHIND.match(tail) or _REVOKED_LATER.match(text, word.end) or _REVOKED.search(before):
        return "revoked"
    if _REFUSED_BEHIND.match(tail) or _REFUSED_LATER.match(text, word.end) or _REFUSED.search(before):
        return "refused"
    if _WISHED.search(before):
        return "applied" if _SOUGHT_EARLIER.search(text, word.scope_start, word.start) else "planned"
    if _PLANNED.search(before):
        return "planned"
    if _APPLIED.search(before) or re.match(r"(?:的)?(?:申报|申请|推荐|评选|创建)", behind):
        return "applied"
    return "designated"
