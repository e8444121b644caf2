"""Honours that are given and faults that are found: names in quotation marks that are no practices."""

from __future__ import annotations

import re

from tasks.facts.text.needed import led
from tasks.lexicon.characters import pattern_of

# An honour that is given, no practice: 荣获“平安连队”称号, 授予某人“最美网格员”. 评为“红色物业”示范小区 names one.
_HONOUR_BEHIND = pattern_of(
    r"(?:荣誉|光荣|模范)?(?:称号|奖(?![励补惩学助项])|奖项|大奖|奖牌|奖章|牌匾|锦旗|证书|勋章|荣誉)"
    r"|[[:han:]]{0,6}(?:知识|技能|演讲|书法|征文|摄影|歌咏|棋牌|篮球|足球|辩论)[[:han:]]{0,4}(?:竞赛|大赛|比赛|联赛)"
)
_HONOUR_BEFORE = led(
    r"(?:授予|荣获|获评|获颁|获授|荣膺|喜获|被评为|评为|评选为|当选为?|命名为|获得?了?)(?:[^，。；“”]{0,20}(?:[[:han:]]级|年度|首批|优秀|先进|全[国省市县]|"
    r"第[^，。；“”]{1,4}届))?$"
    r"|授予[^，。；“”]{2,24}$|(?:[、和及]|”)授予[^，。；“”]{2,24}$"
)
_NAMED_AS_MODEL = re.compile("[^，。；“”]{0,4}(?:示范|试点|样板|先行|案例|品牌|项目)")
# 存在“三多三少”, 反对“四风”: what is wrong, however well its number is matched.
_WRONG_BEFORE = led(
    "(?:存在|出现|呈现|面临|暴露|反映|陷入|反对|力戒|杜绝|纠治|整治|狠刹|刹住|克服|摒弃|查摆|指出|警惕)(?:了|着|出|出了|的|一些)?$"
    # 不准大操大办“周年祭”
    "|(?:不准|不许|不得|严禁|禁止|拒绝|抵制)[^，。；“”]{0,6}$"
)
_WRONG_NAME = pattern_of(
    r"[[:one_to_ten:]两](?P<first>[多少重轻缺难弱低慢散乱差怕])[[:one_to_ten:]两][多少重轻缺难弱低慢散乱差软怕实虚]"
)


# “人情重灾区”: what a place is blamed for.
_BLAMED = ("重灾区", "老大难", "顽疾", "死角", "盲区", "洼地", "空白点", "短板")
# 十佳社区工作者, 年度人物: what people are chosen for.
_HONOURED = pattern_of(
    "[十百][佳强优](?!制)[[:han:]]{2,8}|[十百]大(?:杰出|优秀|感动|最美)[[:han:]]{1,6}"
    "|最美[[:han:]]{0,4}(?:新[娘郎]|媳妇|婆婆|[妈爸]{2}|[奶爷]{2}|姑娘|小[伙哥]子?|书记|支书|村医|老?师|医生|护士|[民交]警|法官|[员者人手兵])"
    # 全国和谐社区建设示范社区
    "|(?:全国|国家级?|[[:han:]]{2,6}[省市州盟])[[:han:]]{2,14}(?:示范|先进|文明|模范|标兵)"
    "(?:社区|街道|[[:han:]]?[省市县区旗镇乡村户]|单位|集体|基地|点|窗口|站所)"
    "|(?:[[:han:]]{2})?好(?:儿媳|婆婆|媳妇|公婆|公民|邻居|妯娌|丈夫|妻子|少年|青年|党员)"
    "|(?:最美|感动|年度)[[:han:]]{0,4}人物|(?:优秀|先进|模范)(?:个人|集体|党员|干部|工作者|[[:han:]]{2}党组织)"
)


def is_honour(name: str, before: str, behind: str) -> bool:
    """Whether a quoted name is an honour, by itself or by what stands before and behind it.

    >>> is_honour("平安连队", "三连荣获", "称号"), is_honour("红色物业", "被评为", "示范小区")
    (True, False)
    >>> is_honour("十佳社区工作者", "第三届", "评选"), is_honour("十户联防", "推行", "机制")
    (True, False)
    >>> is_honour("最美人物", "市里的", "评选"), is_honour("连队夜谈", "三连推行", "办法")
    (True, False)
    """
    if is_title_of_honour(name):
        return True
    if _NAMED_AS_MODEL.match(behind):
        return False
    return _HONOUR_BEHIND.match(behind) is not None or _HONOUR_BEFORE.search(before) is not None


def is_title_of_honour(name: str) -> bool:
    """Whether a name is that of an honour, whatever stands around it: 十佳社区工作者."""
    return _HONOURED.fullmatch(name) is not None


def is_called_wrong(before: str) -> bool:
    """Whether the words before say that what is named is wrong: 存在, 杜绝了."""
    return _WRONG_BEFORE.search(before) is not None


def counts_faults(name: str) -> bool:
    """Whether a name counts what there is too much or too little of, or is what a place is blamed for.

    >>> counts_faults("三多三少"), counts_faults("人情重灾区"), counts_faults("三问三答")
    (True, True, False)
    """
    return name.endswith(_BLAMED) or _WRONG_NAME.fullmatch(name) is not None
