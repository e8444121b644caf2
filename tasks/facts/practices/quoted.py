"""Practices whose names stand in quotation marks, told from speech, slogans, scare quotes and figures of speech.

Each quoted stretch collects evidence for and against being the name of an instrument of governance; no single sign decides.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import NamedTuple

from tasks.lexicon.practice_heads import Head, head_of, marked_head_pattern, well_known
from tasks.lexicon.word_lists import word_set

_QUOTED = re.compile(r"“([^“”\n]{2,30})”|「([^「」\n]{2,30})」|‘([^‘’“”\n]{2,20})’")
_INNER = re.compile(r"(?!)(.)(.)|‘([^‘’“”\n]{2,20})’")
_SENTENCE_MARK = re.compile(r"[。！？；：…]")
_SPEECH_BEFORE = re.compile(
    r"(?:[：:]|说|说道|表示|问|喊|喊道|告诉[^，。]{0,6}|坦言|感慨|笑道|写道|回答|答道|写着|念叨|吆喝|感叹|直言|调侃|打趣)，?$"
)
_NICKNAME_BEFORE = re.compile(r"[叫称喊唤誉](?:[他她我你俺咱]们?)(?:为|作|是|做)?$")  # 大家都叫他“何管家”
_LAST_OF_CALLED = frozenset("他她我你俺咱们为作是做称：:")  # with which the two end
# …有限公司（以下简称“云帆”）
_COMPANY_BEFORE = re.compile(
    r"(?:公司|集团|局|[医学法]院|会|银行|大学|中心|厂|社)[（(](?:以下|下文)?(?:简称|下称)为?[：:]?$"
)
_VOICE = re.compile(r"[我你您咱俺她他吗呢吧啊呀哦嘛]|怎么|什么|没有|不是|这样|那样|为啥|咋")
# A name may be followed by its own head noun, with a few words between: “红石榴”党建品牌, “三色”预警的工作机制.
_HEAD_BEHIND = re.compile(r"(?P<of>的)?(?P<phrase>[一-鿿A-Za-z]{1,14})")
_PROBLEM_BEHIND = re.compile(
    r"(?:等)?(?:的)?(?:[一-鿿]{0,4})?(?:问题|难题|困境|现象|怪圈|矛盾|顽疾|瓶颈|堵点|痛点|困局|之忧|之痛|之困|乱象|短板|弊端|心态|思想|病|陋习|症结|之间|隐患|纠纷|烦恼|尴尬|局面|卡点|难点|壁垒|藩篱)"
)
_ROLE_BEHIND = re.compile(
    r"(?:成了|成为|式的?|者|们|地|角色|作用|关系|一样|般|似的|的(?:感觉|说法|声音|想法|角色|作用|身份|心态|人|老人|群众|居民|意识)|变|到“|转(?=[变为])|为“|上|里|中|下)"
)
_PROBLEM_BEFORE = re.compile(
    r"(?:破解|解决|治理|告别|打通|消除|避免|防止|根治|打破|化解|不再|摆脱|从|由|(?:打造|建设|锻造|办)成|变|变成|变为|变身|化身|当好|做好|成为|当起|当|像|如同|犹如|好比|仿佛|真正|尝到|有了|吃下|端上|架起|按下|跑出|"
    r"奏响|谱写|注入|激活|点燃|筑牢|织密|绷紧|拧紧|擦亮|畅通|变“[^”]{1,10}”为|补齐|跳出|走出|陷入|面临|存在|攻克|扫清|清除|医治|纠治|整治|杜绝|拒绝|克服|消灭|实现了?|走好|跑好|守好|守住|扛起|担起|"
    r"充当|甘当|争当|争做|凝聚|汇聚|释放|绘就|描绘|交出|答好|下好|打好|装上|插上|找到|找准|抓住|牵住|盘活|唤醒|戴上|贴上|被|给予|提升|增强|从事|破除|堵住|缩短|延伸|拉近|迈出|练好|做强|做实|做优|既是|更是|不是|就是|才是|便是|正是|仍是)了?$"
)
_LIKENED_BEFORE = re.compile(
    r"(?:形象地[^，。]{0,4}|戏称为?|比作|比喻[为成]|(?:不|仅|只|仅仅|单单)是(?:一[次个场种项条])?)$"
)
_SPREAD_BEHIND = re.compile(
    r"(?:已|正|也|先后|还)?(?:在全[省市县区国州]|被评为|获评|荣获|入选|启动以来|实施以来|运行以来|成立以来|推行以来|揭牌|上线|开张|开业|启动|开通)"
)
# 所谓“安全账户” keeps its distance, 所谓“圆桌议事”，就是… explains a name.
_SO_CALLED = ("所谓", "所谓的")
_EXPLAINED_BEHIND = re.compile(r"[一-鿿]{0,8}?[，,]?(?:就是|即|是指|指的?是|是由|意为|也就是)")
_PERSON_OR_COHORT = re.compile(
    r"[一-鿿]{1,2}(?:经理|警官|主任|书记|老师|局长|所长|科长|教授|律师|医生|法官|老板|先生|女士|师傅|总|队长|阿姨|大爷|叔叔)|[\dO零〇五六七八九]{1,2}0?[后後]|[一-鿿A-Za-z]{2,8}(?:集团|公司|股份|药业|科技|传媒)"
)
_LAST_OF_OTHERS = frozenset("理官任记师长授生板士傅总姨爷叔后後团司份业技媒")
_COUNTED_BEHIND = re.compile(r"(?:共|达)?\d{1,6}(?:多|余)?[个件条项处家支名户场]")
_PAIRED_BEHIND = re.compile(r"[一-鿿]{1,3}[“「]大")  # “小板凳”撬动“大治理”
_PAIRED_BEFORE = re.compile(r"[”」][一-鿿]{1,3}$")
_NAMED_BEFORE = re.compile(
    r"(?:名为|叫做|叫作|称为|称之为|统称为?|合称为?|取名为?|命名为|称作|被称作|冠名|简称|又称|俗称|誉为|名叫|起名|(?<![大喊呼惨])叫|管(?:它|这|它们)?叫|唤作|即|归纳为|总结为|概括为|提炼出|形成了?|形成的)$"
)
_CREATED_BEFORE = re.compile(
    r"(?:推行|推出|创新|实施|开展|建立|建设|打造|构建|成立|探索|创建|设立|启动|推广|举办|组建|搭建|建起|建成|开设|实行|创设|首创|试点|制定|出台|深化|落实|完善|健全|引入|引进|开办|创办|设置|发起|组织|施行|推动|推进|采取|策划|评选|评出|发放|赋予|授予|命名|创成|"
    r"运用|培育|培树|试行|新建|设有|建有|设了|有一[间座处支家条]|(?<![党共创承举主])(?:办|建|设)|办起|开通|上线|研发|开发|擦亮|叫响|做强)"
    r"(?:实施|建立|推出|推行|打造|形成|构建|开展|性地?|性推出)?(?:了|起了?|出了?|以|的)?(?:一批|一个|一支|一套|全[区县市镇省]|具有[一-鿿]{0,8}的|[一-鿿]{0,6}(?:系列|特色|的))?$"
)
_USED_BEFORE = re.compile(
    r"(?:依托|借助|通过|认领|征集|点亮|采用|坚持|利用|发挥|用好|参加|参与|加入|根据|按照|自从|有了|在|以|对|靠|围绕|运行|自|随着|得益于|正是|这个|该|将|把|作为|入驻|来到|走进|是|的|和|、|与|及)$"
)
_COUNTED_BEFORE = re.compile(
    r"(?:\d+|[二两三四五六七八九十百]+)(?:多|余)?(?:个|家|支|处|座|条|名|间|所|项|类|种)(?:[一-鿿]{1,3}的|特色|示范|标准化|党建|服务|社区|便民|公益|事项|业务)?$"
)
_NUMBER_NAME = re.compile(
    r"\d\s?\+|\+\s?[NnXx\d]|^[一二三四五六七八九十两百千][一-鿿]{1,2}[一二三四五六七八九十两百千][一-鿿]{1,3}$|^[二三四五六七八九十两]+(?:条|类|套|道|把|双|链|图|表|书|好|有|无|优|美|动|结合|同|要)[一-鿿]{1,4}$|^[一二三四五六七八九十两]+(?:大|张|个|项|步|字|色|级|会|长|员|员制|定|必|清单|带|联|融|化|制|岗|心|治|站|办|查|访|问|帮"
    r"|[一-鿿](?:融合|联动|共建|同步|合一|一体|联创|共治|协同))|^一[窗网门码图表键证][一-鿿]{1,3}$"
)
_TRADE = re.compile(
    r"党建|红色|网格|物业|治理|积分|议事|志愿|先锋|邻里|乡贤|调解|便民|民情|代办|清单|联席|驿站|共享|智慧|平安|幸福|和谐|爱心|点单|吹哨|接诉|认领|微心愿|说事|夜话|管家|红|网|码|数字|云|先锋|乡亲|有约|有事|楼|院|巷"
)


_ENOUGH = 1.45  # a name by its number alone passes, one by its trade alone does not
# 通过“揭榜比武”、公开选聘等方式: one of several ways of doing it
_WAY_BEHIND = re.compile(
    r"(?:、[^，。；“”]{1,14})?等(?:多种)?(?:方式|形式|举措|做法|办法|载体|途径|机制|制度|活动|品牌|平台|项目)"
)
_MUSIC = re.compile(r"[曲章歌]$")


class QuotedName(NamedTuple):
    """``start:end`` span the name as the text prints it; ``name`` is how the article is to call it.

    ``head``: the noun behind the name, or behind the list it stands in, or behind another mention of it.
    """

    start: int
    end: int
    name: str
    inner: str
    head: Head | None
    behind: str


def quoted_names(text: str, title: str, taken: bytearray) -> list[QuotedName]:
    """The quoted stretches that name a practice, in order; ``taken`` marks the characters that are none of theirs."""
    matches = _quoted_stretches(text, taken)
    counts = Counter(_content(match) for match in matches)
    listed = _listed_heads(text, matches)
    run_starts = [match.start() for match in matches]
    for index in range(1, len(matches)):
        if text[matches[index - 1].end() : matches[index].start()] in _LIST_MARKS:
            run_starts[index] = run_starts[index - 1]
    found: list[QuotedName] = []
    named: set[str] = set()
    for index, match in enumerate(matches):
        if _content(match) in named:
            continue  # once is enough: every later mention is found by its name
        name = _judge(text, title, match, counts, listed.get(index), run_starts[index])
        if name is not None:
            named.add(name.inner)
            head = name.head or listed.get(index)
            if head is None and counts[name.inner] > 1:
                head = _head_elsewhere(text, matches, index, name.inner)
            found.append(name._replace(head=head))
    return found


def _head_elsewhere(text: str, matches: list[re.Match[str]], index: int, inner: str) -> Head | None:
    """“家门口”服务站 tells what “家门口” is, though the text names it without its head noun first."""
    for match in islice(matches, index + 1, None):
        if _content(match) == inner:
            phrase = _HEAD_BEHIND.match(text, match.end())
            head = _phrase_head(phrase["phrase"])[1] if phrase and not phrase["of"] else None
            if head is not None:
                return head
    return None


def _quoted_stretches(text: str, taken: bytearray) -> list[re.Match[str]]:
    matches: list[re.Match[str]] = []
    for match in _QUOTED.finditer(text):
        if taken[match.start()]:
            continue
        # What someone says may name a practice: “街上建了‘歇脚亭’，累了能坐。”
        if match[1] is not None and "‘" in match[1] and (len(match[1]) > 14 or _SENTENCE_MARK.search(match[1])):
            matches += list(_INNER.finditer(text, match.start(), match.end()))
        else:
            matches.append(match)
    return matches


def _content(match: re.Match[str]) -> str:
    return match[1] or match[2] or match[3]


def _listed_heads(text: str, matches: list[re.Match[str]]) -> dict[int, Head]:
    """“甲”“乙”、“丙”等品牌: the head behind the last of a list holds for all of it."""
    found: dict[int, Head] = {}
    index = 0
    while index < len(matches):
        run = [index]
        while run[-1] + 1 < len(matches) and text[matches[run[-1]].end() : matches[run[-1] + 1].start()] in _RUN_MARKS:
            run.append(run[-1] + 1)
        if len(run) > 1 or text.startswith("等", matches[index].end()):
            behind = _BEHIND_LIST.match(text, matches[run[-1]].end())
            head = _first_head(behind[0].lstrip("等")) if behind else None
            if head is not None:
                found |= dict.fromkeys(run, head)
        index = run[-1] + 1
    return found


def _first_head(phrase: str) -> Head | None:
    """The head noun at the end of the noun phrase that begins ``phrase``, as far as it can be told without a parser."""
    length, head = _phrase_head(phrase)
    return head if length else None


# “夕阳红”助老队: a body of its own behind the name, too short a word to be looked for anywhere else.
_SHORT_HEAD = re.compile(
    r"[一-鿿]{1,4}?(?:队|(?<![纸谜疑面线棉])团|站|室|亭|厅|会|岗|圈|库)(?=$|[，。、；：成已每在“”])"
)
_RUN_MARKS = frozenset(("", "、", "和", "与", "及"))
_LIST_MARKS = frozenset(("", "、", "和", "与", "及", "以及"))
_BEHIND_LIST = re.compile(r"等(?:\d+个|[一二三四五六七八九十]+[个项大类])?(?:[一-鿿]{1,10})|[一-鿿]{2,8}")
_FUNCTION_CHARACTER = re.compile(
    r"[的了着过在把被将由从对向让使与及是有等后前并也都还已就又再]|中(?![心学队枢介])|和(?![谐睦美])"
)


def _phrase_head(phrase: str, *, may_begin_with_verb: bool = False) -> tuple[int, Head | None]:
    """Length up to and including the first head noun of ``phrase`` that is not the modifier of another one."""
    if phrase[:2] in word_set("stop_verbs") and not may_begin_with_verb:
        return 0, None  # “甲”推动工作机制: a verb follows, not a head
    stop_verbs = word_set("stop_verbs")
    end = _FUNCTION_CHARACTER.search(phrase)
    phrase = phrase[: min(end.start() if end else len(phrase), 12)]
    best: tuple[int, Head | None] = (0, None)
    for match in marked_head_pattern().finditer(phrase):
        between = phrase[best[0] : match.start()]
        if best[1] is not None and any(between[i : i + 2] in stop_verbs for i in range(len(between) - 1)):
            break  # …平台推动: the noun phrase is over
        end_of_head = match.end() + (phrase[match.end() - 1 : match.end() + 1] == "制度")
        best = (end_of_head, head_of(match[0]))
    if best[1] is None:
        short = _SHORT_HEAD.match(phrase)
        if short is not None:
            return short.end(), head_of(short[0])
    return best


def _judge(
    text: str,
    title: str,
    match: re.Match[str],
    counts: Counter[str],
    listed: Head | None,
    list_start: int,
) -> QuotedName | None:
    inner = _content(match)
    if _SENTENCE_MARK.search(inner):
        return None
    start, end = match.span()
    before = text[max(start - 16, 0) : start]
    if _SPEECH_BEFORE.search(before):
        return None
    if before[-1:] in _LAST_OF_CALLED and (_COMPANY_BEFORE.search(before) or _NICKNAME_BEFORE.search(before)):
        return None
    behind = text[end : end + 16]
    if inner in word_set("national_terms") or (inner[-1] in _LAST_OF_OTHERS and _PERSON_OR_COHORT.fullmatch(inner)):
        return None
    head_match = _HEAD_BEHIND.match(behind)
    head, phrase_length, has_of = None, 0, False
    if head_match is not None and not (head_match["of"] and _ROLE_BEHIND.match(behind)):
        has_of = head_match["of"] is not None
        phrase_length, head = _phrase_head(head_match["phrase"], may_begin_with_verb=has_of)
    own_head = head_of(inner)
    if len(inner) == 2 and inner[1] == "单":
        return None  # “点单”, “派单”: steps of a practice
    if own_head is not None and own_head.noun == inner and (len(inner) == 2 or own_head.strength != "strong"):
        return None  # “联盟”, “平台”: the kind of thing, not its name
    if own_head is not None and own_head.strength == "weak":
        own_head = None
    score = 0.0
    if head is not None:
        score += (0.8 if has_of else 1.5) if head.strength == "weak" else 3.0
    if listed is not None:
        score += 1.0 if listed.strength == "weak" else 2.0
    if own_head is not None:
        score += 1.2 if own_head.strength == "quoted" else 2.0
        if not before or before[-1] in "。；，—\n":
            score += 0.9  # “邻里学校”解决了接送难: it acts, so it is a thing
    if _NUMBER_NAME.search(inner):
        score += 1.5
    if _TRADE.search(inner):
        score += 0.7
    introduction = before if list_start == start else text[max(list_start - 16, 0) : list_start]
    if (
        _NAMED_BEFORE.search(introduction)
        or _CREATED_BEFORE.search(introduction)
        or _COUNTED_BEFORE.search(introduction)
    ):
        score += 2.0
    elif _USED_BEFORE.search(before):
        score += 0.3
    if len(inner) > 2 or head is not None or own_head is not None:
        score += min(counts[inner] - 1, 2) * 1.2  # “务虚” said twice is still no name
    if inner in title:
        score += 1.6 if f"“{inner}”" in title else 1.0
    if _WAY_BEHIND.match(behind) and not _VOICE.search(inner):
        score += 1.2
    if _SPREAD_BEHIND.match(behind) or _COUNTED_BEHIND.match(behind):
        score += 1.0
    if _PAIRED_BEHIND.match(behind) or (inner[0] == "大" and _PAIRED_BEFORE.search(before)):
        score -= 3.0
    if len(inner) >= 3 and text.count(inner) > counts[inner]:
        score += 0.8
    if head is None and _PROBLEM_BEHIND.match(behind):
        score -= 4.0
    if head is None and listed is None and _ROLE_BEHIND.match(behind):
        is_venue = own_head is not None and behind[:1] in ("上", "里", "中") and before[-1:] == "在"
        score -= 0.0 if is_venue else 1.5  # 在“屋场会”上
    if head is None and len(inner) >= 6 and "了" in inner[2:-1]:
        score -= 3.0  # “给发展中国家提供了样本” is said
    if _LIKENED_BEFORE.search(before):
        score -= 3.0
    if before.endswith(_SO_CALLED):
        score += 2.0 if _EXPLAINED_BEHIND.match(behind) else -3.0
    if behind.startswith(("的“", "的「")):
        score -= 3.0  # “甲方出一点、乙方出一点”的“两个一点”: the first explains the second
    if inner[-1] in "式型":
        score -= 2.0  # “订单式”培训
    if _PROBLEM_BEFORE.search(before):
        score -= 2.5
    if _VOICE.search(inner):
        score -= 1.0 if head is not None else 2.5
    if head is None and (inner in word_set("figures_of_speech") or (own_head is None and _MUSIC.search(inner))):
        return None
    if inner in well_known():
        score += 3.0
    if "的" in inner and head is None:
        score -= 2.5
    if "、" in inner and head is None and own_head is None:
        score -= 1.0
    if "，" in inner:
        score -= 0.5 if head is not None else 1.5
    if len(inner) > 16 and head is None:
        score -= 1.5
    if score < _ENOUGH:
        return None
    return _named(text, match, inner, head, has_of, phrase_length, counts)


def _named(
    text: str,
    match: re.Match[str],
    inner: str,
    head: Head | None,
    has_of: bool,
    phrase_length: int,
    counts: Counter[str],
) -> QuotedName:
    """Chooses between “甲” and “甲”乙机制 as the name: the inner one where it stands by itself or the head adds nothing."""
    start, end = match.span()
    behind = text[end : end + 16]
    bare = QuotedName(start + 1, end - 1, inner, inner, head, behind)
    own = head_of(inner)
    if head is None or has_of or (own is not None and own.noun == head.noun):
        return bare  # “三张清单”资源清单58项: the next phrase begins
    phrase = behind[:phrase_length]
    if phrase == head.noun and head.strength != "strong" and head.noun not in _KEPT_HEADS:
        return bare
    if (head.kind == "brand" or head.strength == "weak") and head.noun not in _KEPT_HEADS:
        return bare
    if counts[inner] > 1 and _stands_alone(text, inner, phrase):
        return bare
    return QuotedName(start, end + phrase_length, text[start : end + phrase_length], inner, head, behind)


_KEPT_HEADS = frozenset(("服务站", "服务中心", "服务点", "平台", "热线", "小程序", "公众号", "工作站", "功能", "系统"))


def _stands_alone(text: str, inner: str, phrase: str) -> bool:
    position = text.find(inner)
    while position >= 0:
        behind = text[position + len(inner) : position + len(inner) + 1 + len(phrase)].lstrip("”」")
        if not behind.startswith(phrase[:2]):
            return True
        position = text.find(inner, position + 1)
    return False
