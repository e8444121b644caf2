"""Names of what is done on one day, and of what is eaten or applied: no place governs by them.

>>> is_occasion("文化剪纸活动"), is_occasion("“送岗到村”招聘活动"), is_occasion("“敬老月”系列活动")
(True, False, False)
>>> is_occasion("“大管事”专题座谈会"), is_occasion("“渡口骑手”授牌仪式"), is_occasion("民情恳谈会")
(True, True, False)
>>> is_remedy("四神汤"), is_remedy("爱心粥"), is_remedy("渡口会")
(True, False, False)
>>> is_principle("政府主导、市场化运作"), is_principle("支部引领、村民自治"), is_principle("政府引导，企业主体")
(True, False, True)
"""

from __future__ import annotations

import re

from tasks.lexicon.characters import pattern_of

# A performance, a consultation, a meeting of the party on its day: what county papers tell of as done.
_OCCASION = pattern_of(
    r"(?:义诊|书画|书法|剪纸|绘画|摄影|文艺|演出|展演|汇演|联欢|联谊|游园|党日|[日周]宣传|纪念日|观影|采风|朗诵|诵读|诵讲|讲座|研学|参观|采摘"
    r"|开幕|闭幕|启动|揭牌|颁奖|表彰|座谈|签约|猜灯谜|插花|茶艺|手工|拓印|非遗体验)会?"
    r"(?:交流|体验|展示|观摩|慰问|实践|教育|主题|惠民|展览|进社区|进校园)?活动”?"
)
_MEETINGS = (
    *(
        "座谈会",
        "推进会",
        "动员会",
        "部署会",
        "研讨会",
        "发布会",
        "现场会",
        "观摩会",
        "总结会",
        "汇报会",
        "表彰会",
        "招聘会",
    ),
    *("联欢会", "游园会", "晚会", "运动会", "博览会", "启动仪式", "授牌仪式", "揭牌仪式", "签约仪式"),
)
_REMEDY = pattern_of(r"[[:han:]]{1,4}(?:汤|膏|丸|灸|疗法|敷贴|[伏九]贴|豆腐|药酒|药茶|药膳|食疗方|按摩法|推拿法)")
_OF_KINDNESS = ("爱心", "暖心", "敬老", "孝", "连心", "民情", "便民")
# 政府主导、市场运作: how anything is financed anywhere.
_PRINCIPLE = pattern_of(
    r"(?:政府|市场化?|企业|社会(?:资本|力量)?|公众|群众|部门|财政|个人|单位|全民|农[民户]|多方|行业|专家|金融|银行|业主|农户|各方|公司化?|协会)"
    r"(?:主导|运作|运营|参与|引导|推动|主体|监督|补贴|支持|搭台|唱戏|自愿|投入|协同|负责|统筹|补助|联动|经营|带动|服务|自律|受益|评价|共建|主办|承办|协办)"
)


def is_occasion(name: str) -> bool:
    """Whether ``name`` is that of an event: what is shown, held or celebrated, or a meeting with speeches."""
    name = name.rstrip("”")
    return name.endswith(_MEETINGS) or (name.endswith("活动") and _OCCASION.search(name) is not None)


def is_delegation(name: str) -> bool:
    """Whether ``name`` is that of people who come to look or to write.

    >>> is_delegation("“乡村行”采访团"), is_delegation("乡音宣讲团")
    (True, False)
    """
    return name.rstrip("”").endswith(
        ("采访团", "调研队", "调研组", "考察团", "观摩团", "代表团", "专家组", "课题组", "采风团")
    )


def is_remedy(name: str) -> bool:
    """Whether ``name`` is that of a dish or a remedy, and no gift of kindness."""
    return _REMEDY.fullmatch(name) is not None and not name.startswith(_OF_KINDNESS)


def is_principle(name: str) -> bool:
    """Whether ``name`` only says who leads and who joins in, by words that fit any undertaking."""
    clauses = re.split("[、，,+ ]", name)
    return len(clauses) > 1 and all(_PRINCIPLE.fullmatch(clause) for clause in clauses)
