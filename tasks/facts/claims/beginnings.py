"""By which words something begins at a date: verbs before or behind the mention, and uses that are no beginning."""

from __future__ import annotations

import re

from tasks.facts.claims.clauses import BLANK
from tasks.facts.text.needed import led
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.word_lists import any_of, words_for

VERBS = any_of(words_for("practices/setting_up_verbs", "claim"))
BEGAN = led(
    f"(?:{VERBS}|提出|牵头|决定|试验|尝试|兴起|诞生|问世|面世|亮相|落户|取消|停办|撤销|废止|停止|叫停|解散|关停|停用|发起|首[批次场期]|有了|用上|变成|改为"
    "|就有|聘用|改成|改称|改名为|更名为|改组为|升级为|转为|设成|编成|起步|起头|开头|才?开始(?!是|的)|开班|开课|开讲|开馆|开园|上马|琢磨出|想出|商量出|合计出"
    "|引了?进来|搬了?(?:过|进)来|学了?过?来(?!的)|(?:立|定|订)(?:下了?|了)$|(?:定|立|订|办|搞|摆|开|建|设|创)(?:起来|下)?的$|(?:摆|开|搞|办|建|设)起了?$"
    "|[拉搭支架竖挂亮敲立撑组]起(?:了|来)|[搬摆开]进了?"
    "|带来的$|(?:加入|接入)了?$|组成了?$)"
)
# Behind the mention: it starts, or comes to a place that is named.
_BEGINS_BEHIND = pattern_of(
    f"[^，。]{{0,24}}?{any_of(words_for('practices/setting_up_verbs', 'begins'))}"
    "|[”》]?(?:工作法|机制|制度|做法|模式)?在[^，。；]{2,24}?(?:推广|推开|铺开)(?:开来)?$"
    "|[”》]?(?:第一次|首次|首度|头一[回次]|(?:被|也)?写[进入])"
    "|[”》]?(?:也|都|就|便|正式|全面){0,2}(?:推|搬|引|带|复制|移植|照搬|学|扩|铺)(?:到|进|向|至)?了?"
    "(?:过[去来]|全[县市区镇乡村])"
    f"|[^，。；]{{0,14}}?(?:推广|复制|推开|铺|扩[大展容面]?|延伸|拓展|普及|搬|引|覆盖|走)(?:到|至|进|入)了?"
    f"[^，。；]{{0,3}}?[{BLANK}[:han:]]{{1,8}}[县市区镇乡村旗社]"
)
# What is held is the practice, no meeting about it: “板凳会”现场推进会举行.
_MEETING = "(?![^，。]*?(?:观摩|推进|现场|座谈|总结|表彰|交流|部署|动员)[^，。]{0,4}会)"
HELD_BEHIND = re.compile(
    f"{_MEETING}(?:[^，。]{{0,24}}?|[”》]?(?:系列|主题)?活动(?:暨|在)[^，。]{{0,60}}?)举[行办](?=$|[，。；！])"
)
# Uses of a practice that say nothing of its beginning: 2019年“板凳会”累计调解32件.
USED = re.compile(
    "^[”》]?(?:机制|制度|平台|工作法)?(?:共|累计|已|年均|先后|全年|又){0,4}(?:受理|调解|化解|解决|服务(?=了|[^，。；]{0,6}\\d|群众|居民|村民|老人)|处理|处置|收到|办结|"
    "开了|召开|举办了?|接待|帮助|发放|募集|议定|议事)(?![会厅室堂点角亭站队团员岗日]|中心|工作室)"  # “板凳会”议事会 is a body
)
USED_BEFORE = led(
    f"(?:通过|依托|依靠|借助|利用|凭借|运用|以(?![^，。；]*的$)|(?<![沿使采试启应引])用|靠)(?:(?!{VERBS})[^，。；]){{0,8}}$"
    # 10月15日，为防溺水，持续推进“板凳会”: it goes on
    "|(?:持续|深入|继续|不断|进一步)(?:推进|深化|推动|落实|完善|做好|做实)[“《]?$"
    # 今年已开展1200多场“板凳会”: how often it met
    "|(?:开展|举办|召开|组织|举行|开设|开讲|开)(?:了|过)?\\d[\\d.万]*(?:多|余)?(?:场|次|期|轮|节|堂|课)次?[“《]?$"
)
# What begins by its verb alone, whatever is named with it: “板凳会”首航, 上岗, 开张.
BEGINS = led(any_of(words_for("practices/setting_up_verbs", "begins")))
# Behind a date since which something is there: 自2021年6月|开张以来.
FOUNDED_SINCE = re.compile(
    f"(?:份|初|底|末)?(?:正式)?(?:{VERBS}|{any_of(words_for('practices/setting_up_verbs', 'begins'))})(?:运行|运营|开放)?(?:以来|至今)"
)
# Behind 从5月: from then on it goes on in some way, and not in another way than before or counted.
GOES_ON_SINCE = re.compile(
    "(?:份|初|底|末)?(?:起|开始|以来)(?![^，。；]{0,8}?(?:停|取消|撤|改|调整|延长|搬|更名|升级|扩|恢复|累计|共|不再))"
)
# The mention is what its clause is about, whatever it does: 石桥镇“板凳会”|接待320人次.
OF_SUBJECT = re.compile(f"(?:该|这[个支家处]?|(?:{BLANK}+.){{1,3}}的?|[镇村县乡区]里的?)?[“《]?")


def begins(between: str, behind: str) -> bool:
    """Whether a verb of setting up stands between a date and the mention, or behind the mention."""
    if USED_BEFORE.search(between) or USED.match(behind):
        return False
    return BEGAN.search(between) is not None or _BEGINS_BEHIND.match(behind) is not None
