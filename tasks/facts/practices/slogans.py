"""Quoted words that a text shouts, celebrates or lectures on: slogans, jubilees and formulas, no practices.

Pages about anything but governance have them by the dozen: the theme of an exhibition, the motto of an open day, the
points of a speech. What stands behind them is mostly 活动 (“event”), a head noun that real practices have as well.
"""

from __future__ import annotations

import re

from tasks.lexicon.characters import pattern_of

# “弘扬家风”为主题的书画展, 主题为“…”, 以“…”为口号: what an event is about, not what it is called.
_THEME_BEHIND = re.compile(r"(?:[”、，“]|[^”“、，。；\n]{2,20}){0,3}为(?:活动)?(?:主题|题|口号|宗旨|目标|主旨|主线)")
_THEME_BEFORE = re.compile(r"(?:主题|口号|宗旨|标语|横幅|条幅)(?:是|为|：|:)?$")
# 庆祝建军节联欢, 喜迎国庆, 某厂成立70周年: a day that is celebrated.
_CELEBRATED = pattern_of(
    r"^(?:热烈|隆重)?(?:庆祝|欢庆|喜迎|欢度|纪念|庆贺|祝贺)|(?:\d{1,3}|[[:one_to_ten:]百]{1,4})周年"
)
# 四个必须, 三句话, 五点希望: points of a speech.
_POINT = pattern_of(
    r"[[:one_to_ten:]两](?:个|点|条|句|项)?(?:必须|坚持|话|希望|期望|嘱托|启示|体会|意识|自信|维护|确立"
    r"|突破|提升|转变|聚焦|强化|加强|统筹|注重|着力|加快|跨越|走在前列|更加|明显|确保|严禁|不变|不减|不降)"
)
# 现场设有“亲子区”“美食街”: what stands at an event for a day.
_AT_EVENT = re.compile(
    "(?:现场|会场|赛场|展区|展会|展厅|市集|集市|主办方)(?:还|共|分别|特别|另|专门){0,2}"
    "(?:设(?:有|置|立)?|布置|划分|搭建)(?:了|出)?(?:“[^”]{1,12}”|[、和等及]){0,6}$"
)
_MATCH_BEFORE = re.compile("(?:对阵|迎战|击败|战胜|力克|战平|不敌|横扫|挑战|大胜|险胜|逆转)[^，。；“”]{0,8}$")
_MATCH_BEHIND = re.compile(
    "[^，。；“”]{0,4}(?:对阵|迎战|击败|战胜|力克|战平|不敌|横扫|险胜|夺冠|夺得|晋级|出线|逆转|主场|客场|以\\d+[：:比]\\d+)"
)
# 旧仓库成了“评理站”，去年挂牌: what it became has a sign of its own.
_OPENED_BEHIND = re.compile("，[^，。；“”]{0,10}(?:挂牌|揭牌|成立|启用|开张|开办|运行)")
ANY_OF_A_KIND = (
    "更多",
    "更多的",
    "许多",
    "不少",
    "大量",
    "大量的",
    "各类",
    "各种",
    "各式",
    "类似",
    "类似的",
    "其他",
    "其它",
)
_LONG_CLAUSE = 5  # characters; clauses of names that rhyme (民有所呼，我有所应) have four


def is_theme(before: str, behind: str) -> bool:
    """Whether the words around a quoted stretch make it the theme of something.

    >>> is_theme("开展了", "为主题的书画展"), is_theme("主题是", "。"), is_theme("开展了", "主题党日活动")
    (True, True, False)
    """
    if _THEME_BEFORE.search(before) is not None:
        return True
    closing = behind.find("为")
    return closing >= 0 and _THEME_BEHIND.match(behind) is not None and (closing == 0 or before.endswith("以"))


def is_opened(behind: str) -> bool:
    """Whether the next clause opens what is named before it: 旧仓库成了“评理站”，去年挂牌.

    >>> is_opened("，去年挂牌"), is_opened("，村民高兴")
    (True, False)
    """
    return _OPENED_BEHIND.match(behind) is not None


def is_at_event(before: str) -> bool:
    """Whether the words before a quoted stretch tell that it stands on the ground of an event.

    >>> is_at_event("现场设有“亲子区”"), is_at_event("社区设有")
    (True, False)
    """
    return _AT_EVENT.search(before) is not None


def is_team(inner: str, before: str, behind: str) -> bool:
    """Whether a quoted stretch is a team that plays: it meets another one, wins or loses.

    >>> is_team("飞虎队", "钟山区", "对阵水城区"), is_team("飞虎队", "钟山区组建", "巡河")
    (True, False)
    """
    is_named_so = inner.endswith(("队", "联队", "俱乐部", "战队"))
    return is_named_so and (_MATCH_BEFORE.search(before) is not None or _MATCH_BEHIND.match(behind) is not None)


def is_celebration(inner: str) -> bool:
    """Whether a quoted stretch celebrates a day: 庆祝建军节, 建厂七十周年.

    >>> is_celebration("庆祝建军97周年"), is_celebration("周年无休岗")
    (True, False)
    """
    return _CELEBRATED.search(inner) is not None


def is_point_of_speech(inner: str) -> bool:
    """Whether a quoted stretch counts the points of a speech.

    >>> is_point_of_speech("四个必须"), is_point_of_speech("三句话"), is_point_of_speech("四个一律")
    (True, True, False)
    """
    return _POINT.fullmatch(inner) is not None


def is_motto(inner: str) -> bool:
    """Whether a quoted stretch is made of clauses that each say something, as the motto of an event is.

    >>> is_motto("传承好家风，争做好少年"), is_motto("群众点单，网格派单")
    (True, False)
    """
    clauses = re.split("[，、 ]", inner)
    return len(clauses) > 1 and all(len(clause) >= _LONG_CLAUSE for clause in clauses)


_ASKED_ABOUT = re.compile("(?:究竟|到底)?(?:是(?:什么|啥|怎么|如何|何)|怎么|如何|何时)[^，。”]{0,12}？")


def is_asked_about(behind: str) -> bool:
    """Whether a question goes on behind a quoted stretch, so that it is no speech: 问：“三色灯”是什么？

    >>> is_asked_about("是什么？"), is_asked_about("他说。")
    (True, False)
    """
    return _ASKED_ABOUT.match(behind) is not None


# “民有所呼、我有所应”理念, “服务零距离”的宗旨: what is believed or aimed at, and nothing that was set up.
_BELIEVED_BEHIND = pattern_of(
    r"(?:的|这一)?(?:[[:han:]]{2,4})?(?:理念|宗旨|信念|初心|准则|目标|愿景|使命|承诺|誓言|情怀|原则)(?![[:han:]]{0,4}(?:机制|制度|行动|工程))"
)
# “甲”和“乙”两个课题: what is studied or talked about.
_STUDIED_BEHIND = pattern_of(
    r"(?:(?:[[:list_mark:]])?“[^“”\n]{1,16}”){0,4}(?:等|这)?(?:[[:one_to_ten:]两\d]{1,2}(?:个|项|大))?"
    r"(?:重点|研究|调研)?(?:课题|议题|话题|命题|论题|选题)"
)
# 人人有责、人人尽责: clauses that begin alike and bind nobody.
_ALL_AND_EVERY = re.compile("(人人|事事|处处|时时|家家|户户|天天|月月|年年|个个|村村)[^、，]{2,6}[、，]")
_STATE_BEHIND = pattern_of(r"(?:的[[:han:]]{0,8}|新)(?:格局|局面|氛围|景象|图景|风尚|态势|面貌)")
_VERB_BEHIND = re.compile("[了着过](?!一[个套项种条批])")
# 多元协同的“综合体” in a heading: an image.
_PICTURED_BEFORE = pattern_of(r"[[:han:]]{4,8}的$")
# 武城样本, 利川方案: what a place is praised for, by its own name.
_PRAISED = frozenset(
    (
        "样本",
        "方案",
        "答卷",
        "速度",
        "力量",
        "路径",
        "名片",
        "故事",
        "声音",
        "范式",
        "画卷",
        "答案",
        "智慧",
        "样板",
        "亮点",
        "印记",
        "温度",
    )
)
# 被誉为“云上村庄”的某村, 素有“竹乡”之称: what a place is called.
_KNOWN_AS = re.compile("(?:誉为|素有|享有|号称|堪称|美称)$")
_KNOWN_AS_BEHIND = re.compile("的|之称|美誉|称号|[，。；]")
_PERSON_BEHIND = pattern_of(r"[[:han:]]{1,3}(?:女士|先生|老人|阿姨|师傅|大姐|大爷|大妈|奶奶|爷爷|老师|同学)")
_SAID_TO_BE = pattern_of(
    r"(?:就|正|便)?是[^，。；：“”\n]{0,28}?(?:平台|机制|制度|模式|品牌|工作法|载体|小程序|工程)(?=[，。；])"
)


def is_praise(inner: str) -> bool:
    """Whether a quoted stretch of four characters is a place and what it is praised for.

    >>> is_praise("渡口方案"), is_praise("渡口经验"), is_praise("实施方案")
    (True, False, True)
    """
    return len(inner) == _LENGTH_OF_PRAISE and inner[2:] in _PRAISED


_LENGTH_OF_PRAISE = 4  # characters: two of the place, two of what is praised


def is_name_of_place(before: str, behind: str) -> bool:
    """Whether the words around a quoted stretch make it what a place is called.

    >>> is_name_of_place("被誉为", "的光明村"), is_name_of_place("被誉为", "工作法")
    (True, False)
    """
    return _KNOWN_AS.search(before) is not None and _KNOWN_AS_BEHIND.match(behind) is not None


def is_of_person(behind: str) -> bool:
    """Whether a quoted stretch is what the person behind it is called: “新居民”俞女士.

    >>> is_of_person("俞女士参加"), is_of_person("机制")
    (True, False)
    """
    return _PERSON_BEHIND.match(behind) is not None


def is_said_to_be(text: str, end: int) -> bool:
    """Whether the words behind a quoted stretch that ends at ``end`` say that it is a platform or a mechanism.

    >>> [is_said_to_be(text, 5) for text in ("“渡口宝”是镇里特有的数字平台，村民", "“渡口宝”是镇里的老人，村民")]
    [True, False]
    """
    return _SAID_TO_BE.match(text, end) is not None


_TASK_VERB = "(?:(?<![共自法德综防政])治理?|抓|拆|清理?|禁|除|(?:(?<=[、，；和及])|^)[达创查破])"


def is_task(inner: str, before: str, text: str) -> bool:
    """Whether a number and a deed are what somebody is to do away with or to attain: 治“六乱”、抓“五拆”, then anywhere.

    >>> text = "县里治“六乱”、抓“五拆”、达“四美”。“五拆”整治"
    >>> is_task("五拆", "治“六乱”、抓", text), is_task("五拆", "。", text), is_task("五拆", "推行", "推行“五拆”")
    (True, True, False)
    """
    if inner[0] not in "两二三四五六七八九十":
        return False
    return re.search(f"{_TASK_VERB}$", before) is not None or re.search(f"{_TASK_VERB}“{inner}”", text) is not None


# 落实省委“三问三比”: what a province asks of all of its counties.
_ORDERED_BEFORE = re.compile(
    "(?:落实|贯彻|按照|围绕|响应|践行|紧扣|对标)[^，。；“”]{0,4}(?:中央|国务院|[省市区州]委|省政府|自治区党委)(?:、?[省市区州]政府)?的?$"
)


def is_ordered(before: str) -> bool:
    """Whether a quoted stretch is what a body above asks for.

    >>> is_ordered("我县落实省委"), is_ordered("省委推出")
    (True, False)
    """
    return _ORDERED_BEFORE.search(before) is not None


def is_believed(behind: str) -> bool:
    """Whether the words behind a quoted stretch make it a belief or an aim.

    >>> is_believed("理念，化解"), is_believed("的服务宗旨"), is_believed("机制")
    (True, True, False)
    """
    return _BELIEVED_BEHIND.match(behind) is not None


def is_studied(text: str, end: int) -> bool:
    """Whether a quoted stretch that ends at ``end`` is what a study or a talk is about, by itself or in a list.

    >>> [is_studied(text, 4) for text in ("“渡口”和“堤坝”两个课题", "“渡口”课题组", "“渡口”和“堤坝”两个品牌")]
    [True, True, False]
    """
    return _STUDIED_BEHIND.match(text, end) is not None


def is_state(inner: str, behind: str) -> bool:
    """Whether a quoted stretch of several clauses says how things stand or ought to.

    >>> is_state("一核引领、共治共享", "的治理新格局"), is_state("一核引领", "治理格局"), is_state("人人有责、人人尽责", "的体系")
    (True, False, True)
    """
    if _ALL_AND_EVERY.match(inner) is not None:
        return True
    return any(mark in inner for mark in "、， ") and _STATE_BEHIND.match(behind) is not None


def is_verb(behind: str) -> bool:
    """Whether a quoted stretch is the verb of its sentence: “量身定制”了村规.

    >>> is_verb("了村规"), is_verb("了一套村规"), is_verb("机制")
    (True, False, False)
    """
    return _VERB_BEHIND.match(behind) is not None


def is_pictured(before: str) -> bool:
    """Whether an adjective of four characters or more stands before what a heading names: 精准高效的.

    >>> is_pictured("构建精准高效的"), is_pictured("办起")
    (True, False)
    """
    return _PICTURED_BEFORE.search(before) is not None
