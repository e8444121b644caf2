"""Who published a page, by what the page says of itself in its foot, its breadcrumb and its disclaimer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from tasks.lexicon.characters import pattern_of

_NAME = r"[[:han:]A-Za-z0-9·（）()\-]{2,24}?"
_OWNERS = (
    pattern_of(
        rf"(?:版权|著作权|知识产权)[^，。]{{0,4}}?(?:均|皆|专)?(?:归|属于?|为)(?:于)?(?P<name>{_NAME})(?:网站|独家|专属|专有)?所有"
    ),
    pattern_of(rf"(?:^|[\s。，|：:])(?P<name>{_NAME})\s*(?:网站)?\s*版权所有"),
    pattern_of(
        r"(?:Copyright|©|\(C\))[\s©(C)Cc,.\d\-—–~至年]*(?P<name>[[:han:]][[:han:]A-Za-z0-9·]{1,20}?)\s*"
        r"(?:版权所有|All\s*Rights|\.|,|，|$|\s)",
        re.IGNORECASE,
    ),
    pattern_of(rf"^(?P<name>{_NAME})(?:网站)?(?:免责声明|版权声明|特别声明|声明)(?:[：:]|$)"),
    pattern_of(
        rf"版权所有\s*[：:©]?\s*(?:©|Copyright|\(C\)|[\d\-— ])*(?P<name>[[:han:]]{_NAME})(?=\s|$|[，。,|])",
        re.IGNORECASE,
    ),
)
# Whose site it is where no owner of its rights is named. Who sets it up and who keeps it running stand beside it.
_HOST = pattern_of(r"主办(?:单位|方)?\s*[：:]\s*(?P<name>[[:han:]]{4,24})(?=\s|$|[，。,|｜/（(])")
# Whose number of registration stands behind the name: 青石网 渝ICP备…号.
_REGISTERED = pattern_of(r"^(?P<name>[[:han:]]{3,16})\s*[（(|｜]?\s*[[:han:]](?:ICP备|新网备|公网安备)")
_YEARS = pattern_of(r"^(?:19|20)\d{2}(?:\s*[-—–~至]+\s*(?:(?:19|20)\d{2}|今|现在))?\s*年?(?=[[:han:]A-Za-z])")
_SERVICE = pattern_of(
    r"^(?P<name>[[:han:]]{1,8}(?:网|文库|图书馆|资料库|在线|论坛))[\s\-—|｜]+(?:免费|更多|手机|移动|触屏|客户端|登录|下载|欢迎|提供)"
)
_CUE = re.compile(  # one class first, through which the engine can skip
    r"[主免下手版所知著声备Cc©(>›»＞→/.](?:(?<=[©>›»＞→/])|(?<=[主免下手版所知著声])(?<=主(?=办)|免(?=费)|下(?=载)|手(?=机)|版(?=权)|所(?=有)|知(?=识产权)"
    r"|著(?=作权)|声(?=明))"
    r"|(?<=CP备)|(?<=网备)|(?<=安备)|(?<=[Cc])(?i:opyright)|(?<=\()[Cc]\)|(?<=[A-Za-z]\.)[A-Za-z])"
)
_ADDRESS = pattern_of(r"^(?P<name>[[:han:]]{2,12})\s*(?:https?://)?(?:[a-z0-9\-]+\.)+[a-z]{2,10}/?$", re.IGNORECASE)
# The first step of the way to the page, which is the site: 当前位置：青石新闻网 > 要闻.
_CRUMB_HEAD = pattern_of(
    rf"^(?:(?:您|你)?(?:的)?(?:现在|当前|目前|所在)?(?:的)?位置\s*(?:是|为)?[：:]?\s*)?(?P<name>{_NAME})\s*(?:>|›|»|＞|/)"
)
# What stands where a site's name does and is none: 首页, 版权, 本站.
_NOT_A_SITE = re.compile(
    r"^(?:首页|主页|网站首页|本网|本站|本报|网站|原作者|作者|作者本人|原作者及|新闻|资讯|正文|当前位置|返回|我们|其|杂志|报社)$|归|版权|"
    r"Copyright|^\d+$|特别|免责|郑重|重要|本文|关键词|链接|选择|其他|上一|下一|页|标签|更多|举报|电话|邮箱|地址|许可|备案",
    re.IGNORECASE,
)
MEDIA_TAIL = re.compile(
    r"(?:网|网站|在线|日报|晚报|报社|报|社|台|门户|频道|论坛|中国|政府|客户端|局|委|公司|杂志|集团)$"
)


# What runs a site of its own, by the end of its name.
_INSTITUTION = pattern_of(
    r"^[[:han:]]{3,}(?:政府|中心|大学|学院|法院|检察院|人大|[政会]协|委员会|常委会|[局委厅院办]|街道办事处|网)$"
)
_TITLE_TAIL = 2  # its weight: more than who sets a site up has, less than who owns its rights
_WEIGHED = (
    (2, _CRUMB_HEAD),
    (2, _REGISTERED),
    (2, _ADDRESS),
    (2, _SERVICE),
    *((3, owner) for owner in _OWNERS),
    (0, _HOST),
)


def names_institution(text: str) -> bool:
    """Whether ``text`` is the name of a body that runs a site of its own.

    >>> names_institution("青石县人民法院"), names_institution("代表工作")
    (True, False)
    """
    return _INSTITUTION.search(text) is not None


def name_site(texts: Iterable[str], *, title_tail: str | None = None) -> str | None:
    """The site's own name: the one that most of the page's notices agree on, None where none names it.

    ``title_tail`` is what the page's title has behind the headline: the site, unless the page says who owns it.

    >>> name_site(["青石网 > 资讯 > 正文", "青石网 版权所有 Copyright 2019"])
    '青石网'
    >>> name_site(["主办单位：青石镇人民政府 技术支持：某某软件"])
    '青石镇人民政府'
    """
    votes: Counter[str] = Counter()
    if title_tail is not None and names_institution(title_tail):
        votes[title_tail] = _TITLE_TAIL
    for text in texts:
        if len(text) > 500 or not _CUE.search(text):
            continue
        for weight, pattern in _WEIGHED:
            for match in pattern.finditer(text):
                name = _YEARS.sub("", match["name"].strip(" ·-()（）"))
                if len(name) < 2 or _NOT_A_SITE.search(name):
                    continue
                if pattern is _CRUMB_HEAD and not MEDIA_TAIL.search(name.removesuffix("首页")):
                    continue
                votes[name] += weight + (2 if MEDIA_TAIL.search(name) else 0)
    for name in [name for name in votes if name.endswith("首页") and len(name) > 4]:
        votes[name.removesuffix("首页")] += votes.pop(name)
    if not votes:
        return None
    most = max(votes.values())
    return next(name for name, count in votes.items() if count == most)
